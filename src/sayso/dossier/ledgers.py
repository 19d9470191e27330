"""The ledgers of responsibility, legal status and contested words. Nobody stands in them without who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final, TypeVar

from sayso.dossier.index import Place
from sayso.dossier.questions import Chains
from sayso.dossier.sayings import Known, Saying, gathered, of_claim, of_words
from sayso.dossier.words import days
from sayso.model import Accounts, ContestedWords, LegalStatus, Responsibility, Where, WordUse

MOST_ROWS: Final = 60
"""Rows of a ledger that are shown; the rest are counted."""
MOST_CHAINS: Final = 6

BLAME: Final = {
    "claimed": "did it, by their own word",
    "denied": "denied it",
    "accused": "is accused of it",
    "suspected": "is suspected of it",
    "ordered": "is said to have ordered it",
    "helped": "is said to have helped, or let it happen",
    "cleared": "is said to have no part in it",
}
PARTS: Final = {"ordered_by": "the order", "complicity": "help"}
STAKES: Final = {
    "self": "is the one spoken of",
    "same side": "speaks for them",
    "accused": "is held responsible by others",
    "party": "a party to the dispute",
    "victim": "a victim",
}
STATES: Final = {
    "wanted": "wanted", "investigated": "under investigation", "detained": "detained", "charged": "charged",
    "on trial": "on trial", "convicted": "convicted", "sentenced": "sentenced", "acquitted": "acquitted",
    "released": "released", "extradited": "extradited", "sanctioned": "under sanctions", "immune": "immune",
    "accused": "accused",
}  # fmt: skip
SAID: Final = {
    "own voice": "",
    "quoted": "in quotation marks",
    "reported": "as reported, the word may be the reporter’s",
}


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of somebody or something, and by whom."""

    incident: int
    """Its number, 0 for none."""
    about: str
    name: str
    member: int
    """Number in the cast, 0 for none."""
    said: str
    by: Chains


@dataclass(frozen=True, slots=True)
class Ledgers:
    """Three ledgers, each with how many of its rows are not shown."""

    blame: tuple[Row, ...]
    more_blame: int
    states: tuple[Row, ...]
    more_states: int
    wording: tuple[Row, ...]
    more_wording: int


_One = TypeVar("_One")


def ledgers(accounts: Accounts | None, known: Known, most: int | None = MOST_ROWS) -> Ledgers:
    """The ledgers in the order of the accounts; empty where none were drawn up. `most`: rows of each, None for all."""
    if accounts is None:
        return Ledgers((), 0, (), 0, (), 0)
    blame = list(_blame(accounts.responsibilities, known))
    states = list(_states(accounts.statuses, known))
    wording = list(_wording(accounts.contested, known))
    return Ledgers(
        tuple(blame[:most]), len(blame[most:]) if most else 0,
        tuple(states[:most]), len(states[most:]) if most else 0,
        tuple(wording[:most]), len(wording[most:]) if most else 0,
    )  # fmt: skip


def places(found: Ledgers) -> Iterator[Place]:
    """All sentences that the ledgers lead to."""
    for row in chain(found.blame, found.states, found.wording):
        for saying in row.by.shown:
            yield from saying.places


def _alike(some: Iterable[_One], key: Callable[[_One], Hashable]) -> Iterator[list[_One]]:
    """Those of one key together, in the order of the first."""
    alike: defaultdict[Hashable, list[_One]] = defaultdict(list)
    for one in some:
        alike[key(one)].append(one)
    yield from alike.values()


def _blame(some: Iterable[Responsibility], known: Known) -> Iterator[Row]:
    for alike in _alike(some, lambda one: (one.incident, one.entity or one.name, one.kind, one.slot)):
        first = alike[0]
        part = f" ({PARTS[first.slot]})" if first.slot in PARTS and first.kind not in {"ordered", "helped"} else ""
        by = [
            replace(saying, aside=STAKES.get(one.stake, ""))
            for one in alike
            if (saying := of_claim(one.claim, one.span, known, one.speaker))
        ]
        if by:
            yield _row(first, BLAME[first.kind] + part, by, known)


def _states(some: Iterable[LegalStatus], known: Known) -> Iterator[Row]:
    def key(one: LegalStatus) -> Hashable:
        return one.incident, one.entity or one.name, one.kind, one.is_so, one.certainty, one.earliest, one.latest

    for alike in _alike(some, key):
        first = alike[0]
        by = [_by(one.claim, Where(one.report, one.span), one.speaker, known) for one in alike]
        yield _row(first, state(first), by, known)


def state(one: LegalStatus) -> str:
    """A legal status in words, as it is said."""
    hedge = {"possible": "may be ", "probable": "probably "}.get(one.certainty, "")
    when = f", {days(one.earliest, one.latest)}" if one.earliest or one.latest else ""
    return f"{hedge}{'' if one.is_so else 'not '}{STATES[one.kind]}{when}"


def _wording(some: Iterable[ContestedWords], known: Known) -> Iterator[Row]:
    for one in some:
        for alike in _alike(one.uses, lambda use: (use.sense, use.word)):
            by = [_used(use, known) for use in alike]
            word = f"“{alike[0].word}” ({alike[0].sense})"
            yield _row(one, word, by, known)


def _used(use: WordUse, known: Known) -> Saying:
    where = Where(use.report, use.span)
    if use.said == "own voice":
        return of_words(where, known)
    return replace(_by(use.claim, where, use.speaker, known), aside=SAID[use.said])


def _by(claim: str, where: Where, speaker: str, known: Known) -> Saying:
    return of_claim(claim, where.span, known, speaker) or of_words(where, known)


def _row(one: Responsibility | LegalStatus | ContestedWords, said: str, by: Sequence[Saying], known: Known) -> Row:
    number, about = known.incidents.get(one.incident, (0, ""))
    some = gathered(by)
    chains = Chains(some[:MOST_CHAINS], max(0, len(some) - MOST_CHAINS))
    return Row(number, about, one.name, known.cast.get(one.entity or "", 0), said, chains)
