"""What people said of a matrix: judgements, each about one cell, one row or one question.

A judgement is told by its words, not by its place: `names` are what it is about ("rating" …), the words of the
hypothesis or of what is added, the id of the row of evidence or of the question, the id of the proposition or the
slot, and then claims that carry it. So it finds its row again when further reports merge the row's origin with another,
and its question when they give the incident another beginning. One that finds nothing is adrift, and told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias, get_args

from sayso.hypotheses.proposing import hypothesis_id
from sayso.kit import fold, identify
from sayso.model import Basis, Cell, Evidence, Hypothesis, Judgement, Level, Matrix, Rating

RATING, IF_DECEPTIVE = "rating", "rating if deceptive"
CREDIBILITY, RELEVANCE = "credibility", "relevance"
HYPOTHESIS, ASSUMPTION, ABSENCE = "hypothesis", "assumption", "absence"
KINDS = (RATING, IF_DECEPTIVE, CREDIBILITY, RELEVANCE, HYPOTHESIS, ASSUMPTION, ABSENCE)
ADDED, DROPPED, RETRACTED = "added", "dropped", "retracted"
"""Verdicts on what is added. A hypothesis that the program proposes can be dropped; "retracted" takes either back."""

ANCHORS = 8
"""Claims that a judgement notes, to find its row or question again."""

_ON_CELLS = frozenset({RATING, IF_DECEPTIVE})
_ON_ROWS = frozenset({CREDIBILITY, RELEVANCE})
_BASES: dict[str, Basis] = {ASSUMPTION: "assumption", ABSENCE: "absence"}
_KEY = 4
"""Names before the claims."""


def is_judgement(judgement: Judgement) -> bool:
    """Whether it is about a matrix, and not about a name or a passage."""
    return len(judgement.names) >= _KEY and judgement.names[0] in KINDS


def judgement_on(matrix: Matrix, kind: str, verdict: str, *, words: str = "", row: Evidence | None = None) -> Judgement:
    """A judgement without reason, person and time: `words` are the hypothesis's, or what is added; `row` the evidence.

    Of a cell both are given, of the weight of a row `row` alone, of what is added `words` alone.
    """
    if row is None:
        claims = (given.claim for one in matrix.evidence for given in one.given)
        target, key = matrix.question, matrix.slot
    else:
        claims = (given.claim for given in row.given)
        target, key = row.id, row.proposition
    names = (kind, words, target, key, *list(dict.fromkeys(claims))[:ANCHORS])
    return Judgement("", identify("matrix", kind, fold(words), target), verdict, "", "", "", names=names)


def judge(matrices: Sequence[Matrix], judgements: Iterable[Judgement]) -> tuple[Matrix, ...]:
    """The matrices with what people said, the last word on each thing. Judgements come in the order of the log."""
    return _judged(matrices, judgements)[0]


def adrift(matrices: Sequence[Matrix], judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Those judgements on matrices that find no row, hypothesis or question any more."""
    return _judged(matrices, judgements)[1]


def _judged(
    matrices: Sequence[Matrix], judgements: Iterable[Judgement]
) -> tuple[tuple[Matrix, ...], tuple[Judgement, ...]]:
    mine = [one for one in judgements if is_judgement(one)]
    sheets = _Sheets(tuple(_Sheet(matrix) for matrix in matrices))
    lost = []
    for kinds in ((HYPOTHESIS, ASSUMPTION, ABSENCE), (CREDIBILITY, RELEVANCE), (RATING, IF_DECEPTIVE)):
        lost += [one for one in mine if one.names[0] in kinds and not sheets.take(one)]
    return tuple(sheet.matrix() for sheet in sheets.sheets), tuple(lost)


Key: TypeAlias = tuple[str, str, bool]
"""Evidence, hypothesis, whether for the case that it deceives."""


@dataclass(slots=True)
class _Sheet:
    """A matrix as it is being judged."""

    origin: Matrix
    added: dict[str, Hypothesis] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)
    rows: dict[str, Evidence] = field(default_factory=dict)
    by_words: dict[str, Hypothesis] = field(default_factory=dict)
    cells: dict[Key, Cell] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.rows = {row.id: row for row in self.origin.evidence}
        self.by_words = {fold(one.words): one for one in self.origin.hypotheses}
        self.cells = {(one.evidence, one.hypothesis, one.if_deceptive): one for one in self.origin.cells}

    def matrix(self) -> Matrix:
        *named, rest = self.origin.hypotheses
        hypotheses = (*(one for one in named if one.id not in self.dropped), *self.added.values(), rest)
        place = {one.id: at for at, one in enumerate(hypotheses)}
        line = {name: at for at, name in enumerate(self.rows)}
        kept = [cell for key, cell in self.cells.items() if key[0] in line and key[1] in place]
        kept.sort(key=lambda cell: (line[cell.evidence], place[cell.hypothesis], cell.if_deceptive))
        return replace(self.origin, hypotheses=hypotheses, evidence=tuple(self.rows.values()), cells=tuple(kept))


class _Sheets:
    """The matrices, and where each claim stands in them."""

    def __init__(self, sheets: tuple[_Sheet, ...]) -> None:
        self.sheets = sheets
        self.of_row = {name: sheet for sheet in sheets for name in sheet.rows}
        self.by_claim: dict[tuple[str, str], set[str]] = {}
        self.of_claim: dict[tuple[str, str], set[str]] = {}
        self.of_question = {sheet.origin.question: sheet for sheet in sheets}
        for sheet in sheets:
            for row in sheet.origin.evidence:
                for given in row.given:
                    self.by_claim.setdefault((row.proposition, given.claim), set()).add(row.id)
                    self.of_claim.setdefault((sheet.origin.slot, given.claim), set()).add(sheet.origin.question)

    def take(self, one: Judgement) -> bool:
        """Put it where it belongs, and say whether there is such a place."""
        kind, words, target, key, *claims = one.names
        if kind in _ON_CELLS | _ON_ROWS:
            row = _only(target, self.of_row, (self.by_claim.get((key, claim), set()) for claim in claims))
            return row is not None and self._rate(self.of_row[row], row, one)
        question = _only(target, self.of_question, (self.of_claim.get((key, claim), set()) for claim in claims))
        return question is not None and self._add(self.of_question[question], words, one)

    def _rate(self, sheet: _Sheet, row: str, one: Judgement) -> bool:
        kind, words, *_ = one.names
        if kind in _ON_ROWS:
            level = one.verdict if one.verdict in get_args(Level) else "medium"
            sheet.rows[row] = _with_level(sheet.rows[row], kind, level)
            return True
        hypothesis = sheet.by_words.get(fold(words))
        if hypothesis is None:
            return False
        key = (row, hypothesis.id, kind == IF_DECEPTIVE)
        cell = sheet.cells.get(key, Cell(hypothesis.id, row, if_deceptive=key[2]))
        told = _rating(one.verdict)
        reason, by, at = (one.reason, one.by, one.at) if told else ("", "", "")
        sheet.cells[key] = replace(cell, rating=told, reason=reason, by=by, at=at)
        return True

    def _add(self, sheet: _Sheet, words: str, one: Judgement) -> bool:
        kind, stands = one.names[0], one.verdict == ADDED
        question = sheet.origin.question
        if kind == HYPOTHESIS:
            new = Hypothesis(hypothesis_id(question, words), words, by=one.by, because=one.reason, at=one.at)
            sheet.added.pop(new.id, None)
            sheet.dropped.discard(new.id)
            if one.verdict == DROPPED:
                sheet.dropped.add(new.id)
            elif stands and all(each.id != new.id for each in sheet.origin.hypotheses):
                sheet.added[new.id] = new
                sheet.by_words[fold(words)] = new
            return True
        key = identify(kind, fold(words))
        name = identify("evidence", question, key, "")
        self.of_row.pop(name, None)
        sheet.rows.pop(name, None)
        if stands:
            basis = _BASES[kind]
            sheet.rows[name] = Evidence(name, key, words, "", one.by, basis, because=one.reason, at=one.at)
            self.of_row[name] = sheet
        return True


def _only(target: str, known: Iterable[str], near: Iterable[set[str]]) -> str | None:
    """The target if it is still there, else what alone carries its claims."""
    if target in known:
        return target
    found = set().union(*near)
    return found.pop() if len(found) == 1 else None


def _rating(verdict: str) -> Rating:
    """The verdict, "" for one that is retracted."""
    return next((one for one in get_args(Rating) if one == verdict), "")


def _with_level(row: Evidence, kind: str, level: str) -> Evidence:
    chosen: Level = next(one for one in get_args(Level) if one == level)
    return replace(row, credibility=chosen) if kind == CREDIBILITY else replace(row, relevance=chosen)
