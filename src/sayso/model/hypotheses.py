"""The records of the matrix of competing hypotheses: what is held against what, and what people made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sayso.model.case import Given

Rating = Literal["II", "I", "N", "C", "CC", "NA", ""]
"""Of a row of evidence under a hypothesis: very inconsistent, inconsistent, neutral, consistent, very consistent; "NA"
where it does not apply; "" where nobody has judged yet."""
Level = Literal["low", "medium", "high"]
Basis = Literal["answer", "reason", "assumption", "absence"]
"""What a row rests on: an answer that somebody gives or denies, a reason that somebody offers, an assumption of the
person at work, or a search that found nothing and that somebody attests."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way that it may have been. Others may be so at the same time, and none of those listed need be so."""

    id: str
    words: str
    answer: str | None = None
    """Id of the answer that it is taken from."""
    is_rest: bool = False
    """Whether it is "none of these", which every matrix has."""
    overlaps: tuple[str, ...] = ()
    """Ids of hypotheses that may be so with it: the one holds the other, or both are one."""
    by: str = ""
    """Who added it, "" for the program; as `because` and `at`."""
    because: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row of the matrix: one proposition on one independent root, in however many reports it stands."""

    id: str
    proposition: str
    """The same for the same proposition of other roots."""
    words: str
    """The proposition."""
    root: str
    """Id of the origin whose word it is; "" for an assumption and for a search that found nothing."""
    actor: str
    """Who says so, or who assumes it."""
    basis: Basis
    given: tuple[Given, ...] = ()
    """The claims that carry it, in the order of the case: echoes of the root stand here too. Empty where `root` is."""
    credibility: Level = "medium"
    relevance: Level = "medium"
    because: str = ""
    """Why it is assumed, or who attests the search, and what was searched."""
    at: str = ""
    """When a person added it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one row of evidence says of one hypothesis."""

    hypothesis: str
    evidence: str
    rating: Rating = ""
    """A person's. Only this counts."""
    reason: str = ""
    by: str = ""
    at: str = ""
    """UTC, ISO 8601."""
    suggested: Rating = ""
    """The program's, which counts for nothing until a person says the same."""
    suggestion: str = ""
    """Why the program suggests it."""
    if_deceptive: bool = False
    """Whether it is rated for the case that who says so deceives."""

    @property
    def state(self) -> Literal["blank", "suggested", "accepted", "rated"]:
        """Whose it is: "accepted" where a person says what the program suggested."""
        if not self.rating:
            return "suggested" if self.suggested else "blank"
        return "accepted" if self.rating == self.suggested else "rated"


@dataclass(frozen=True, slots=True)
class Matrix:
    """The hypotheses on one question, the evidence, and what the one says of the other."""

    question: str
    """Id of the question."""
    text: str
    """The question's."""
    slot: str
    hypotheses: tuple[Hypothesis, ...]
    """In the order of the question's answers, then those that people added, then "none of these"."""
    evidence: tuple[Evidence, ...]
    cells: tuple[Cell, ...]
    """By evidence, then hypothesis, in their order. A cell that is not here is blank."""
    may_be_one: tuple[tuple[str, str], ...] = ()
    """Pairs of roots that may be one."""


@dataclass(frozen=True, slots=True)
class Score:
    """What stands against a hypothesis. It orders hypotheses; it is no probability, and the truth may not be listed."""

    hypothesis: str
    plain: int
    """Heuer's inconsistency score: 2 for each II, 1 for each I."""
    weighted: float
    """The same, each times credibility and relevance."""
    safe: float | None
    """Share of the inconsistency that its rated rows could have had, 0 to 1; None where none is rated."""
    rated: int
    """Rows rated II to CC."""
    of: int
    """Rows that may apply: all but those rated NA."""
    roots_low: int
    """Independent roots inconsistent with it, if those that may be one are one."""
    roots_high: int

    @property
    def coverage(self) -> float:
        """Share of the rows that are rated, 0 to 1."""
        return self.rated / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Order:
    """Hypotheses from the least weighted inconsistency up, on the rows that are rated for all of them alike."""

    places: tuple[tuple[str, ...], ...]
    """Ids; those of equal scores in one place. Empty where fewer than two can be compared."""
    rows: tuple[str, ...]
    """Ids of the evidence that all are rated on, which alone is compared."""
    is_even: bool
    """Whether every hypothesis compared is rated on the same rows, so that nothing had to be left out."""

    @property
    def leaders(self) -> tuple[str, ...]:
        """The hypotheses with least against them."""
        return self.places[0] if self.places else ()


@dataclass(frozen=True, slots=True)
class RowValue:
    """What a row of evidence is worth for telling hypotheses apart."""

    evidence: str
    diagnosticity: float | None
    """Credibility and relevance times a quarter of the spread of its ratings; None with fewer than two ratings."""
    settles_nothing: bool
    """Whether it says the same of every hypothesis that it is rated for."""
    against_all: bool
    """Whether it is inconsistent with all hypotheses but "none of these": one may be missing, or somebody deceives."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A small change that would put other hypotheses first."""

    kind: Literal["row", "claim", "root", "actor", "cell"]
    """What is left out; of a cell: what is rated otherwise."""
    what: tuple[str, ...]
    """Ids of the row, the claim or the root; the actor; or hypothesis, evidence and the other rating."""
    leaders: tuple[str, ...]
    """Ids of the hypotheses that then lead; empty where there is nothing left to compare."""
