"""The records of lineage: whose word answers rest on, as far as the reports show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.model.case import Given
from sayso.model.terms import Certainty, Kind, Stance

MergeKind = Literal[
    "person", "relay", "credit", "quotation", "passage", "restated", "byline", "name", "role", "unclear", "bloc"
]
"""What shows that two origins are one, the strongest first: a person says so; a stated relay; a wire's credit; the same
words quoted; a reused passage; a headline, or a reporter, that restates what somebody says in the same report. What may
show it: bylines of one publisher; a short and a long name; the same unnamed role with the same answer in the same days;
a speaker of whom the report does not tell who it is; one who speaks for the other."""

DriftKind = Literal["link dropped", "hedge lost", "certainty raised", "named", "rounded", "denial lost"]
"""What changed on the way: somebody in between, or the speaker, is left out; "may have" became plain; "possibly" became
"probably"; somebody unnamed got a name; a figure became a rounder one; what was denied is told as so."""


@dataclass(frozen=True, slots=True)
class Testimony:
    """What one origin says on one answer, for or against it, in however many reports."""

    origin: str
    """Id of the origin."""
    answer: str
    """Id of the answer."""
    is_for: bool
    given: tuple[Given, ...]
    """The claims that carry it, in the order of the case. Never empty."""
    stance: Stance = "asserts"
    certainty: Certainty = "certain"
    """The weakest along a chain, the firmest of several chains from the same first hearer."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Who says something on their own authority: where a lineage begins."""

    id: str
    """The same for the same origin in all questions of a case."""
    name: str
    """As the first report names it; the publisher for a reporter's own voice."""
    kind: Kind
    named: bool
    voice: str | None
    """Id of the voice; None for a reporter's own."""
    reports: tuple[str, ...]
    """Reports in which it is heard, in the order of the case."""


@dataclass(frozen=True, slots=True)
class Merge:
    """Why two origins are one, or may be one."""

    one: str
    other: str
    """Ids of origins."""
    kind: MergeKind
    reason: str
    """In plain words, with who says so: "the Courier credits the wire"."""
    taken: bool
    """Whether they are counted as one in both bounds. One that was not taken lowers the low bound only."""


@dataclass(frozen=True, slots=True)
class Lineage:
    """What the answers to one question rest on: independent origins, as bounds."""

    question: str
    origins: tuple[Origin, ...]
    """With what was taken for one merged: as many as the high bound. In the order of the case."""
    testimonies: tuple[Testimony, ...]
    """By answer, in the question's order, then for before against, then in the order of `origins`."""
    merges: tuple[Merge, ...]
    """Those taken name origins by their ids before merging; those not taken by ids in `origins`."""
    low: int
    """Independent origins if everything that may be one is one."""
    high: int


@dataclass(frozen=True, slots=True)
class Drift:
    """What changed between two claims that rest on one origin, or of which one is a copy of the other."""

    kind: DriftKind
    before: Given
    """The claim nearer to the origin. Where no question is answered, `is_for` tells whether it is not denied."""
    after: Given
    reason: str
    """In plain words, with who says what."""
    question: str | None = None
    """Id of the question that both answer; None for what was found between a report and its copy alone."""
