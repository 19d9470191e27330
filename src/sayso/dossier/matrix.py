"""The matrices of competing hypotheses: what each origin's word says of each, and what people made of that."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sayso import hypotheses
from sayso.dossier.index import Place
from sayso.dossier.questions import Chains
from sayso.dossier.sayings import Known, gathered, of_claim
from sayso.dossier.words import listing, spelled, upper_first
from sayso.model import Cell, Evidence, Hypothesis, Matrix

MOST: Final = 6
"""Matrices that are shown, those of the incidents that most reports tell of; the rest are counted."""
MOST_HYPOTHESES: Final = 12
MOST_EVIDENCE: Final = 16
"""Of one matrix; the rest are counted."""
MOST_CHAINS: Final = 4

LIMITS: Final = (
    "Ratings and scores order hypotheses. They are no probabilities, what happened may not be listed, and a row of "
    "evidence is somebody’s word, not a fact."
)
MEANS: Final = {
    "II": "very inconsistent", "I": "inconsistent", "N": "neutral", "C": "consistent", "CC": "very consistent",
    "NA": "does not apply", "": "not rated",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell: the letters, in small ones what is only suggested, and what they mean for screen readers."""

    letters: str
    means: str
    state: str


@dataclass(frozen=True, slots=True)
class Row:
    """One hypothesis."""

    code: str
    words: str
    beside: str
    """With which others it may be so at the same time."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """One row of evidence: somebody's word."""

    code: str
    actor: str
    words: str
    basis: str
    reports: str
    by: Chains
    worth: str
    """What it does for telling hypotheses apart, once it is rated."""


@dataclass(frozen=True, slots=True)
class Score:
    """What stands against a hypothesis."""

    words: str
    plain: int
    weighted: str
    safe: str
    coverage: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One matrix as the page shows it."""

    text: str
    codes: tuple[str, ...]
    rows: tuple[Row, ...]
    more: str
    """What is left out, in words."""
    proofs: tuple[Proof, ...]
    state: str
    """How much of it people have rated."""
    hangs: tuple[str, ...]
    scores: tuple[Score, ...]


@dataclass(frozen=True, slots=True)
class Sheets:
    """All matrices of a case."""

    shown: tuple[Sheet, ...]
    more: int


def sheets(found: Iterable[Matrix], known: Known) -> Sheets:
    """The matrices of rival hypotheses, those first on which people have worked, then those with most evidence."""
    rivals = (one for one in found if _rated(one) or sum(not each.is_rest for each in one.hypotheses) > 1)
    some = sorted(rivals, key=lambda one: (not _rated(one), -len(one.evidence)))
    return Sheets(tuple(_sheet(one, known) for one in some[:MOST]), max(0, len(some) - MOST))


def places(found: Sheets) -> Iterator[Place]:
    """All sentences that the matrices lead to."""
    for one in found.shown:
        for proof in one.proofs:
            for saying in proof.by.shown:
                yield from saying.places


def _rated(matrix: Matrix) -> int:
    return sum(bool(one.rating) and not one.if_deceptive for one in matrix.cells)


def _sheet(matrix: Matrix, known: Known) -> Sheet:
    cells = {(one.hypothesis, one.evidence): one for one in matrix.cells if not one.if_deceptive}
    rated = {one.evidence for one in matrix.cells if one.rating}
    evidence = _evidence(matrix, rated)
    named = _hypotheses(matrix)
    code = {one.id: f"H{number}" for number, one in enumerate(matrix.hypotheses, 1)}
    code |= {one.id: f"E{number}" for number, one in enumerate(matrix.evidence, 1)}
    values = {one.evidence: one for one in hypotheses.row_values(matrix)} if rated else {}
    return Sheet(
        text=matrix.text,
        codes=tuple(code[one.id] for one in evidence),
        rows=tuple(
            Row(code[one.id], one.words, _beside(one, code),
                tuple(_mark(cells.get((one.id, row.id), Cell(one.id, row.id))) for row in evidence))
            for one in named
        ),
        more=_more(len(matrix.hypotheses) - len(named), len(matrix.evidence) - len(evidence)),
        proofs=tuple(_proof(one, code[one.id], known, _worth(values.get(one.id))) for one in evidence),
        state=_state(matrix),
        hangs=tuple(_hangs(matrix, code)) if rated else (),
        scores=tuple(_scores(matrix)) if rated else (),
    )  # fmt: skip


def _evidence(matrix: Matrix, rated: Container[str]) -> list[Evidence]:
    """Rows that people rated, then those with suggestions, then others; of equals those in most reports first."""
    suggested = {one.evidence for one in matrix.cells if one.suggested}

    def rank(one: Evidence) -> tuple[bool, bool, int]:
        return one.id not in rated, one.id not in suggested, -len({each.report for each in one.given})

    kept = {one.id for one in sorted(matrix.evidence, key=rank)[:MOST_EVIDENCE]}
    return [one for one in matrix.evidence if one.id in kept]


def _hypotheses(matrix: Matrix) -> list[Hypothesis]:
    """The first ones, and "none of these" always."""
    some = [one for one in matrix.hypotheses if not one.is_rest][: MOST_HYPOTHESES - 1]
    return [one for one in matrix.hypotheses if one.is_rest or one in some]


def _beside(one: Hypothesis, code: dict[str, str]) -> str:
    known = [code[each] for each in one.overlaps if each in code]
    return f"may be so together with {listing(known, 5)}" if known else ""


def _mark(cell: Cell) -> Mark:
    if cell.rating:
        return Mark(cell.rating, f"{MEANS[cell.rating]}, rated by {cell.by}", cell.state)
    if cell.suggested:
        return Mark(f"{cell.suggested.lower()}?", f"suggested: {MEANS[cell.suggested]}", cell.state)
    return Mark("·", MEANS[""], cell.state)


def _more(fewer: int, less: int) -> str:
    words = (
        spelled(fewer, "more hypothesis", "more hypotheses") if fewer else "",
        spelled(less, "more row of evidence", "more rows of evidence") if less else "",
    )
    return upper_first(" and ".join(word for word in words if word))


def _proof(one: Evidence, code: str, known: Known, worth: str) -> Proof:
    some = gathered(saying for each in one.given if (saying := of_claim(each.claim, each.span, known)))
    reports = len({each.report for each in one.given})
    return Proof(
        code=code,
        actor=one.actor,
        words=one.words,
        basis=one.basis if one.basis in {"assumption", "absence"} else "",
        reports=f"in {spelled(reports, 'report')}" if reports else one.because,
        by=Chains(some[:MOST_CHAINS], max(0, len(some) - MOST_CHAINS)),
        worth=worth,
    )


def _worth(value: object) -> str:
    if getattr(value, "against_all", False):
        return "Inconsistent with all: one may be missing, or somebody deceives."
    return "Settles nothing." if getattr(value, "settles_nothing", False) else ""


def _state(matrix: Matrix) -> str:
    rated = _rated(matrix)
    if not rated:
        return "Nobody has rated anything yet: the small letters with “?” are suggestions, and count for nothing."
    people = {one.by for one in matrix.cells if one.rating}
    rated_by = f"{upper_first(spelled(rated, 'cell'))} rated, by {listing(sorted(people))}"
    return f"{rated_by}; small letters with “?” are suggestions."


def _hangs(matrix: Matrix, code: dict[str, str]) -> Iterator[str]:
    order, who = hypotheses.order(matrix), {row.root: row.actor for row in matrix.evidence}
    if not order.is_even:
        rows = spelled(len(order.rows), "row")
        yield f"Hypotheses are rated on different rows: compared are they on the {rows} that all are rated on."
    if not order.places:
        yield "There is no order: no two hypotheses are rated on the same rows."
        return
    yield f"Least stands against {listing([code[one] for one in order.leaders])}."
    fewest = hypotheses.fewest_roots(matrix)
    if fewest:
        then = listing([code[one] for one in fewest.leaders]) or "none"
        yield f"That hangs on what {listing([who[one] for one in fewest.what])} say: without it, {then} would be first."
    elif len(order.leaders) == 1:
        yield "Leaving out voices changes nothing of that."
    singly = [one for one in hypotheses.shifts(matrix) if one.kind == "actor"]
    if singly:
        yield f"Singly, the words of {spelled(len(singly), 'voice')} would change that: `sayso hypotheses` names them."


def _scores(matrix: Matrix) -> Iterator[Score]:
    words = {one.id: one.words for one in matrix.hypotheses}
    for one in hypotheses.score(matrix)[:MOST_HYPOTHESES]:
        safe = "not rated" if one.safe is None else f"{one.safe:.2f}"
        yield Score(words[one.hypothesis], one.plain, f"{one.weighted:.2f}", safe, f"{one.rated} of {one.of} rows")
