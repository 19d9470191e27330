"""The records of the ledgers: who is held responsible by whom, who is in what legal state, whose words are whose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from sayso.model.report import Span
from sayso.model.terms import Certainty, Slot

Blame = Literal["claimed", "denied", "accused", "suspected", "ordered", "helped", "cleared"]
"""What a voice says of somebody's part: that they claimed it, denied it, did it, may have done it, ordered it, helped
it, or had no part in it."""

Stake = Literal["self", "same side", "accused", "party", "victim", ""]
"""What the speaker has to do with it: is the one spoken of, speaks for them, is held responsible by others, is a party
to the dispute, is a victim; "" for none known."""

StatusKind = Literal[
    "wanted", "investigated", "detained", "charged", "on trial", "convicted", "sentenced", "acquitted", "released",
    "extradited", "sanctioned", "immune", "accused",
]  # fmt: skip

Said = Literal["own voice", "quoted", "reported"]
"""Whose words they are: the reporter's, the speaker's between quotation marks, or the speaker's as reported."""


@dataclass(frozen=True, slots=True)
class Responsibility:
    """What one voice says of somebody's part in an incident. Never that it is so."""

    incident: str
    """Id of the incident."""
    name: str
    """Of whom it is said: an entity's name, or the words of the report."""
    kind: Blame
    slot: Slot
    """Which part is claimed, denied, suspected …: "perpetrator", "ordered_by" or "complicity"."""
    certainty: Certainty
    """The weakest of the chain."""
    speaker: str
    """Who says so: the last voice of the claim's chain, as its report names it. Of an order, the last before the one
    who is said to have given it."""
    stake: Stake
    report: str
    claim: str
    """Id of the claim; its chain says through whom."""
    span: Span
    """The words that name whom it is said of, or that claim or deny it."""
    entity: str | None = None
    """Id of the entity that `name` is."""
    voice: str | None = None
    """Id of the voice that speaks."""


@dataclass(frozen=True, slots=True)
class LegalStatus:
    """What one voice says of how the law deals with a person or group."""

    incident: str
    """Id of the incident that the claim is about, "" for none."""
    name: str
    kind: StatusKind
    is_so: bool
    """False where it is negated or denied: "has not been charged"."""
    certainty: Certainty
    """"possible" where it may come to that: "could be charged"."""
    earliest: str
    """Day it is said to have happened, ISO 8601, "" where unsaid; as `latest`."""
    latest: str
    speaker: str
    report: str
    claim: str
    """Id of the claim, "" where the words stand in none: then the publisher speaks."""
    span: Span
    """The words that say it."""
    entity: str | None = None
    voice: str | None = None


class WordUse(NamedTuple):
    """One place where a voice uses a contested word."""

    word: str
    """As the table of words has it."""
    sense: str
    """What it commits to, in a word or two."""
    said: Said
    speaker: str
    """Of the reporter's own words the publisher."""
    report: str
    claim: str
    """Id of the claim, "" where the words stand in none: then the publisher speaks."""
    span: Span
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class ContestedWords:
    """Words of one group by which different voices call the same act, people or rulers, and mean different things."""

    incident: str
    group: str
    """The group of words: "killing", "attack", "fighters" …"""
    name: str
    """Whom or what they are said of: the incident's name or an entity's."""
    uses: tuple[WordUse, ...]
    """In the order of the case."""
    entity: str | None = None


class Accounts(NamedTuple):
    """What the ledgers hold of a case."""

    responsibilities: tuple[Responsibility, ...]
    """By incident, then whom it is said of (most often first), then in the order of the case."""
    statuses: tuple[LegalStatus, ...]
    """By whom it is said of, then in the order of the case."""
    contested: tuple[ContestedWords, ...]
    """By incident, then group and name."""
