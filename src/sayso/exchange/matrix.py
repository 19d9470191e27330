"""A matrix of hypotheses as CSV, to be filled in with a spreadsheet and read again without loss.

The first line says which question it is of, and what scores of it mean. Below stands a table: hypotheses in rows, or in
its classic form evidence in rows, which is the same turned over. In the classic form the first columns tell of the
evidence, and then come as many columns as there are hypotheses for each part of a cell: first the rating of each, then
the reason of each, and so on. The lines over them name the part, the hypothesis's id, its words, and who added it.

What a person may change: ratings, reasons, by, at; credibility and relevance. All else is there to be read, and to
bring what one person added into a copy of the case that does not have it. A cell is made harmless as in `table`, but so
that it can be undone.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple, cast, get_args

from sayso import hypotheses
from sayso.exchange.table import CONTROL, PASSED_OVER, SIGNS
from sayso.kit import WrongUse
from sayso.model import Cell, Evidence, Given, Hypothesis, Judgement, Level, Matrix, Rating

FIRST = "sayso: competing hypotheses"
LIMITS = "Scores order hypotheses. They are not probabilities, and the truth may not be listed."
ROWS, CLASSIC = "hypotheses in rows", "evidence in rows"
LEVELS = (hypotheses.CREDIBILITY, hypotheses.RELEVANCE)
OF_ROW = ("evidence", "words", "who", "root", "basis", "claims", "because", "added at", *LEVELS)
RATED = ("rating", "reason", "by", "at")
DECEPTIVE = " if deceptive"
PARTS = (*RATED, *(f"{name}{DECEPTIVE}" for name in RATED), "suggested", "why suggested")
HEAD = ("part", "hypothesis", "its words", "added by", "added because", "added at")
"""What the lines over the cells say, in the last column of those that tell of the evidence."""
UNWEIGHED = "medium"
UNSAID = "as the matrix in CSV has it"
"""The reason of what a CSV changes without one."""

_BEGINS = re.compile(f"{PASSED_OVER}[\t\r\n{SIGNS}']")
_HELD = re.compile(f"[;\t\r\n](?={PASSED_OVER}[{SIGNS}'])")
_FREED = re.compile(f"([;\t\r\n])'(?={PASSED_OVER}[{SIGNS}'])")


class Sheet(NamedTuple):
    """A matrix as a CSV tells it. Cells by evidence, hypothesis and part; what is empty is not there."""

    question: str
    hypotheses: Mapping[str, Hypothesis]
    rows: Mapping[str, Mapping[str, str]]
    cells: Mapping[tuple[str, str, str], str]


def guarded(text: str) -> str:
    """A cell that no spreadsheet takes for a formula, nor for several cells, as `table.safe`; `freed` undoes it.

    >>> guarded("=1+1"), guarded("'tis so"), freed(guarded("a;=1")), freed(guarded("'tis so"))
    ("'=1+1", "''tis so", 'a;=1', "'tis so")
    """
    held = _HELD.sub(r"\g<0>'", CONTROL.sub("\N{REPLACEMENT CHARACTER}", text))
    return f"'{held}" if _BEGINS.match(held) else held


def freed(cell: str) -> str:
    """The text of a cell that `guarded` made harmless."""
    return _FREED.sub(r"\1", cell.removeprefix("'"))


def matrix_to_csv(matrix: Matrix, *, classic: bool = False) -> str:
    """The matrix as CSV (RFC 4180), hypotheses in rows, or evidence if `classic`."""
    lines = _classic(matrix)
    table = io.StringIO(newline="")
    writer = csv.writer(table, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    first = (FIRST, matrix.question, matrix.text, CLASSIC if classic else ROWS, LIMITS)
    for line in (first, *(lines if classic else zip(*lines, strict=True))):
        writer.writerow([guarded(cell) for cell in line])
    return table.getvalue()


def _classic(matrix: Matrix) -> list[list[str]]:
    columns = [(part, one) for part in PARTS for one in matrix.hypotheses]
    over = [[_over(name, part, one) for part, one in columns] for name in HEAD]
    lines = [[*[""] * (len(OF_ROW) - 1), name, *line] for name, line in zip(HEAD[:-1], over[:-1], strict=True)]
    lines.append([*OF_ROW, *over[-1]])
    cells = {(one.evidence, one.hypothesis, one.if_deceptive): one for one in matrix.cells}
    blank = Cell("", "")
    for row in matrix.evidence:
        told = {
            (part, one.id): text
            for one in matrix.hypotheses
            for deceptive in (False, True)
            for part, text in _parts(cells.get((row.id, one.id, deceptive), blank), deceptive=deceptive)
        }
        lines.append([*_of_row(row), *(told[part, one.id] for part, one in columns)])
    return lines


def _over(name: str, part: str, one: Hypothesis) -> str:
    return dict(zip(HEAD, (part, one.id, one.words, one.by, one.because, one.at), strict=True))[name]


def _of_row(row: Evidence) -> tuple[str, ...]:
    claims = " | ".join(map(cited, row.given)) or row.basis
    told = (row.id, row.words, row.actor, row.root, row.basis, claims, row.because, row.at)
    return (*told, row.credibility, row.relevance)


def cited(given: Given) -> str:
    """Report, claim, and the words that carry it, as code points from its start."""
    where = f" {given.span.start}:{given.span.end}" if given.span else ""
    return f"{given.report} {given.claim}{where}"


def _parts(cell: Cell, *, deceptive: bool) -> Iterator[tuple[str, str]]:
    for name in RATED:
        yield (f"{name}{DECEPTIVE}" if deceptive else name), getattr(cell, name)
    if not deceptive:
        yield "suggested", cell.suggested
        yield "why suggested", cell.suggestion


def question_of(text: str) -> str:
    """The id of the question that a matrix in CSV is of. `WrongUse` where it is none."""
    return _read(text).question


def judgements_in(
    text: str, matrix: Matrix, before: Iterable[Judgement] = ()
) -> tuple[tuple[Judgement, ...], tuple[str, ...]]:
    """What a CSV says otherwise than the matrix, as judgements, and what could not be taken, each with the reason.

    Several people may fill in copies of one CSV, and what was said since it was written must stand. So an empty cell
    says nothing, unless its "by" and "at" show that a rating stood there; what stands in `before`, the case's
    judgements, is not said again; and a rating under a person and time that gave another one is nobody's: whoever reads
    the CSV in made it, as all that bears no name. "medium" is what a row has as long as nobody says otherwise.

    `WrongUse` where the CSV is no matrix.
    """
    sheet = _read(text)
    signed = _Signed(before)
    added = tuple(one for one in _added(sheet, matrix) if signed.is_new(one))
    (whole,) = hypotheses.judge((matrix,), added)
    rows = {row.id: row for row in whole.evidence}
    filled = {row for row, _, part in sheet.cells if part.removesuffix(DECEPTIVE) == "rating"}
    problems = [
        f"The row {row['words']!r} is not in the case any more, and its ratings were left out."
        for name, row in sheet.rows.items()
        if name in filled and name not in rows
    ]
    said = list(added)
    for name in sheet.rows:
        if name in rows:
            for one in (*_levels(sheet, whole, rows[name]), *_ratings(sheet, whole, rows[name], signed)):
                if isinstance(one, str):
                    problems.append(one)
                else:
                    said.append(one)
    return tuple(said), tuple(problems)


class _Signed:
    """What was said before: under which person and time."""

    def __init__(self, before: Iterable[Judgement]) -> None:
        self.before = {(one.about, one.by, one.at): (one.verdict, one.reason) for one in before}

    def is_new(self, one: Judgement) -> bool:
        return self.before.get((one.about, one.by, one.at)) != (one.verdict, one.reason)

    def made_by(self, one: Judgement) -> Judgement:
        """Without person and time, if they said something else."""
        return replace(one, by="", at="") if (one.about, one.by, one.at) in self.before else one


def _added(sheet: Sheet, matrix: Matrix) -> Iterator[Judgement]:
    """Hypotheses, assumptions and searches that somebody added, which the case does not have."""
    known = {one.id for one in matrix.hypotheses} | {row.id for row in matrix.evidence}
    for name, one in sheet.hypotheses.items():
        if name not in known and one.by:
            said = hypotheses.judgement_on(matrix, hypotheses.HYPOTHESIS, hypotheses.ADDED, words=one.words)
            yield replace(said, reason=one.because or UNSAID, by=one.by, at=one.at)
    for name, row in sheet.rows.items():
        if name not in known and row["basis"] in {hypotheses.ASSUMPTION, hypotheses.ABSENCE}:
            said = hypotheses.judgement_on(matrix, row["basis"], hypotheses.ADDED, words=row["words"])
            yield replace(said, reason=row["because"] or UNSAID, by=row["who"], at=row["added at"])


def _levels(sheet: Sheet, matrix: Matrix, row: Evidence) -> Iterator[Judgement | str]:
    for kind, now in zip(LEVELS, (row.credibility, row.relevance), strict=True):
        level = sheet.rows[row.id][kind].strip().lower() or UNWEIGHED
        if level not in get_args(Level):
            yield f"{row.words}: {level!r} is no {kind}. Use low, medium or high."
        elif level not in {UNWEIGHED, now}:
            yield replace(hypotheses.judgement_on(matrix, kind, level, row=row), reason=UNSAID)


def _ratings(sheet: Sheet, matrix: Matrix, row: Evidence, signed: _Signed) -> Iterator[Judgement | str]:
    cells = {(one.hypothesis, one.if_deceptive): one for one in matrix.cells if one.evidence == row.id}
    words = {one.id: one.words for one in matrix.hypotheses}
    for name, one in sheet.hypotheses.items():
        for deceptive in (False, True):
            parts = [f"{part}{DECEPTIVE}" if deceptive else part for part in RATED]
            told = Cell(name, row.id, *_told(sheet, row.id, name, parts), if_deceptive=deceptive)
            said = _said(told, cells.get((name, deceptive), Cell(name, row.id, if_deceptive=deceptive)))
            if said is None:
                continue
            where = f"{one.words} × {row.words}"
            if name not in words:
                yield f"{where}: this hypothesis is not in the case any more, and its rating was left out."
            elif said.rating not in get_args(Rating):
                yield f"{where}: {said.rating!r} is no rating. Use {', '.join(filter(None, get_args(Rating)))}."
            elif not said.reason:
                yield f"{where}: {said.rating} has no reason, and was left out."
            else:
                made = _judgement(matrix, said, words[name], row)
                if signed.is_new(made):
                    yield signed.made_by(made)


def _told(sheet: Sheet, row: str, hypothesis: str, parts: Sequence[str]) -> tuple[Rating, str, str, str]:
    rating, reason, by, at = (sheet.cells.get((row, hypothesis, part), "").strip() for part in parts)
    return cast("Rating", rating.upper()), reason, by, at if _is_time(at) else ""


def _said(told: Cell, now: Cell) -> Cell | None:
    """What the CSV says of a cell; None where it says nothing, or what the case does."""
    signature = (told.by, told.at)
    if not told.rating:
        emptied = now.rating and signature == (now.by, now.at)
        return replace(told, reason=UNSAID, by="", at="") if emptied else None
    reason = told.reason or (now.suggestion if told.rating == now.suggested else "")
    same = (told.rating, reason) == (now.rating, now.reason) and signature in {("", ""), (now.by, now.at)}
    return None if same else replace(told, reason=reason)


def _judgement(matrix: Matrix, said: Cell, words: str, row: Evidence) -> Judgement:
    kind = hypotheses.IF_DECEPTIVE if said.if_deceptive else hypotheses.RATING
    one = hypotheses.judgement_on(matrix, kind, said.rating or hypotheses.RETRACTED, words=words, row=row)
    return replace(one, reason=said.reason, by=said.by, at=said.at)


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _read(text: str) -> Sheet:
    text = text.removeprefix("\ufeff")
    mark = text[len(FIRST) + 2 * text.startswith('"') :][:1]
    if FIRST not in text[: len(FIRST) + 1] or mark not in {",", ";", "\t"}:
        raise WrongUse(f"This is no matrix in CSV: it does not begin with “{FIRST}”. Write one with --csv FILE.")
    try:
        first, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        lines = [[freed(cell) for cell in line] for line in lines if any(line)]
        classic = lines if first[3] == CLASSIC else list(zip(*lines, strict=True))
        return _sheet(first[1], classic)
    except (csv.Error, ValueError, KeyError, IndexError) as error:
        raise WrongUse(
            f"The matrix in CSV is broken ({error}). Write it anew with --csv FILE, and fill it in."
        ) from None


def _sheet(question: str, lines: Sequence[Sequence[str]]) -> Sheet:
    width, over = len(OF_ROW), lines[: len(HEAD)]
    if [line[width - 1] for line in over[:-1]] != list(HEAD[:-1]) or tuple(over[-1][:width]) != OF_ROW:
        raise ValueError("its first lines or columns have been changed")
    columns = [dict(zip(HEAD, cells, strict=True)) for cells in zip(*(line[width:] for line in over), strict=True)]
    rows = {line[0]: dict(zip(OF_ROW, line, strict=False)) for line in lines[len(HEAD) :]}
    cells = {
        (line[0], column["hypothesis"], column["part"]): cell
        for line in lines[len(HEAD) :]
        for column, cell in zip(columns, line[width:], strict=True)
        if cell
    }
    told = {
        one["hypothesis"]: Hypothesis(
            one["hypothesis"], one["its words"], by=one["added by"], because=one["added because"], at=one["added at"]
        )
        for one in columns
    }
    return Sheet(question, told, rows, cells)
