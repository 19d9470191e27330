"""Articles from CSV and TSV, one to a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sayso.intake import fields
from sayso.intake.encoding import decode
from sayso.intake.records import Article, Lost, NotRead, Settings
from sayso.intake.unpacking import LARGEST

DELIMITERS = ",;\t|"
HEADER_SAMPLE = 100_000
"""Characters in which the header line must end."""
MOST_COLUMNS = 5000
"""Of a table of articles. Tables for counting have more, and a file that is no table may seem to."""


def articles(data: bytes, settings: Settings) -> Iterator[Article | Lost]:
    """The articles in the rows, in order; for each row that gives none, why.

    Rows are numbered as a spreadsheet numbers them: the header is row 1. Cells keep their line ends.
    """
    decoded = decode(data)
    rows = read(decoded.text)
    header = next(rows, None)
    if not isinstance(header, Row):
        raise NotRead("broken-table", header.reason if header else "is empty.")
    yield from _about(header.cells, settings)
    for row in rows:
        if isinstance(row, Lost):
            yield row
        elif any(cell.strip() for cell in row.cells):
            found = _article(header.cells, row, settings)
            yield replace(found, notes=decoded.notes + found.notes) if isinstance(found, Article) else found


def holds_text(header: list[str], settings: Settings) -> bool:
    """Whether a column of the header can hold the texts of articles."""
    return any(key in header for key in fields.keys("text", header, settings))


class Row:
    """The cells of a row and its number."""

    __slots__ = ("cells", "number")

    def __init__(self, number: int, cells: list[str]) -> None:
        """Keep both."""
        self.number = number
        self.cells = cells


def read(text: str) -> Iterator[Row | Lost]:
    """All rows of a table in comma, semicolon, tab or bar separated values; a broken one as Lost."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    number = 0
    while True:
        number += 1
        first_line = reader.line_num + 1
        try:
            with _wide_cells():
                cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            what = str(problem).replace("\t", "tab")
            reason = f"is broken ({what}), lines {first_line} to {reader.line_num}. Check its quotation marks."
            yield Lost("broken-table", f"row {number}", reason)
        else:
            yield Row(number, cells)


@contextmanager
def _wide_cells() -> Iterator[None]:
    """Cells as large as a file may be. The limit is the csv module's, for the whole process, so it is put back."""
    before = csv.field_size_limit(LARGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def delimiter(text: str) -> str:
    """What parts the cells of the first line: the sign that parts it into most columns; a comma if none does."""
    first = text[:HEADER_SAMPLE].lstrip("\r\n").split("\n", 1)[0]
    return max(DELIMITERS, key=lambda sign: (first.count(sign), sign == ","))


def _about(header: list[str], settings: Settings) -> Iterator[Lost]:
    """Remarks on the header; raises NotRead if no column can be the text, or there are too many."""
    if len(header) > MOST_COLUMNS:
        raise NotRead("too-large", f"has more than {MOST_COLUMNS:,} columns. Keep those that tell of the articles.")
    if not holds_text(header, settings):
        seen = ", ".join(repr(name) for name in header[:12])
        raise NotRead("no-text", f"has no column that holds the text; it has {seen}. Name it: --field text=COLUMN.")
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        names = ", ".join(map(repr, twice))
        yield Lost("column-twice", "", f"has more than one column {names}; the first one with something in it counts.")
    if said := fields.choice(header, settings):
        yield Lost("field-chosen", "", said)


def _article(header: list[str], row: Row, settings: Settings) -> Article | Lost:
    place = f"row {row.number}"
    if len(row.cells) > len(header):
        reason = f"has {len(row.cells)} cells, the header {len(header)}. Check quotation marks and separators."
        return Lost("broken-table", place, reason)
    cells: dict[str, str] = {}
    for name, cell in zip(header, row.cells, strict=False):  # a row may leave out its last cells
        cells[name] = cells.get(name) or cell
    return fields.article(cells, place, settings) or Lost("no-text", place, "has no text.")
