"""The pages of competing hypotheses: the matrix of a question, and one row of evidence across all hypotheses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from sayso import workspace
from sayso.dossier.sayings import Saying, gathered, of_claim
from sayso.model import Cell, Evidence, Hypothesis, Matrix, Score
from sayso.web.acts import LEVELS, RATINGS
from sayso.web.drawing import draw
from sayso.web.pages import Missing, Query, stretch
from sayso.web.view import View

LIMITS: Final = "These numbers order hypotheses. They are not probabilities, and the truth may not be listed."
MEANING: Final = {
    "II": "very inconsistent", "I": "inconsistent", "N": "neutral", "C": "consistent", "CC": "very consistent",
    "NA": "does not apply",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One row of evidence as the matrix shows it."""

    number: int
    evidence: Evidence
    cells: tuple[Cell, ...]
    """One a hypothesis, in their order."""

    @property
    def open(self) -> bool:
        """Whether a hypothesis is not rated yet."""
        return any(not cell.rating for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A matrix, ready to be shown."""

    matrix: Matrix
    rows: tuple[Row, ...]
    scores: tuple[tuple[Hypothesis, Score], ...]
    leaders: tuple[str, ...]
    """The words of the hypotheses with least against them, where there is an order."""
    is_even: bool


def choose(view: View, query: Query) -> Markup:
    """The questions that have answers to be held against each other, those in dispute first."""
    asked = sorted(view.case.questions, key=lambda one: not one.disputed)
    some, part = stretch(asked, query)
    return draw("choose", view=view, questions=some, part=part)


def matrix(view: View, question: str, query: Query) -> Markup:
    """The hypotheses on one question, and how far each row of evidence is rated."""
    sheet = _sheet(view, question)
    some, part = stretch(sheet.rows, query)
    return view.led(draw("matrix", view=view, sheet=sheet, rows=some, part=part, limits=LIMITS, meaning=MEANING))


def row(view: View, question: str, number: str) -> Markup:
    """One row of evidence across all hypotheses."""
    sheet = _sheet(view, question)
    if not number.isdecimal() or not 0 < int(number[:9]) <= len(sheet.rows):
        raise Missing("The matrix has no evidence of this number.")
    one = sheet.rows[int(number) - 1]
    given = [_said(view, one.evidence, n) for n in range(len(one.evidence.given))]
    following = [other.number for other in (*sheet.rows[one.number :], *sheet.rows[: one.number - 1]) if other.open]
    return view.led(
        draw("row", view=view, sheet=sheet, row=one, given=gathered(said for said in given if said),
             next=following[0] if following else 0, ratings=[(each, MEANING[each]) for each in RATINGS], levels=LEVELS)
    )  # fmt: skip


def _said(view: View, evidence: Evidence, number: int) -> Saying | None:
    one = evidence.given[number]
    return of_claim(one.claim, one.span, view.known)


def _sheet(view: View, question: str) -> Sheet:
    found = view.matrix(question)
    if found is None:
        raise Missing("The case has no such question now: new reports and judgements change what is asked.")
    cells = {(cell.evidence, cell.hypothesis): cell for cell in found.cells if not cell.if_deceptive}
    rows = tuple(
        Row(n, one, tuple(cells.get((one.id, each.id), Cell(each.id, one.id)) for each in found.hypotheses))
        for n, one in enumerate(found.evidence, 1)
    )
    order = workspace.order(found)
    words = {one.id: one.words for one in found.hypotheses}
    scores = tuple(zip(found.hypotheses, workspace.score(found), strict=True))
    return Sheet(found, rows, scores, tuple(words[one] for one in order.leaders), order.is_even)
