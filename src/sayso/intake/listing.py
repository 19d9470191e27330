"""The list that may lie beside reports: a `reports.csv` that says who published each file, when, and where."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from sayso.intake import fields, table
from sayso.intake.encoding import decode
from sayso.intake.records import Found, Lost, NotRead, Settings
from sayso.model import Caveat

NAME = "reports.csv"
"""Columns file, publisher, published, url, or their common synonyms."""
LARGEST = 10 * 1024 * 1024
"""Bytes of a list. It is read outside the worker; a hundred thousand rows take less."""
MOST_ROWS = 100_000
NAMED = 20
"""Problems of a list that are told one by one."""
UNSAID = Settings()


@dataclass(frozen=True, slots=True)
class Row:
    """What a list says of one file."""

    file: str
    """As written, with "/"."""
    publisher: str
    published: str
    address: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a list says, before its files are looked for."""

    rows: tuple[Row, ...] = ()
    problems: tuple[str, ...] = ()
    no_report: bool = True
    """False if it has a column of texts and so is a table of articles too."""


@dataclass(frozen=True, slots=True)
class List:
    """What a list says of files, by their real paths."""

    rows: dict[str, Found]
    caveats: tuple[Caveat, ...] = ()
    no_report: bool = True
    """As `Said.no_report`."""


def read(path: Path) -> List:
    """The list at a path; an empty one if there is none or it cannot be used, then with a caveat. Raises nothing."""
    if not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises where this says no
        return List({})
    try:
        with path.open("rb") as file:
            said = understand(file.read(LARGEST + 1))
    except NotRead as problem:
        return List({}, (_about(path, f"{problem.reason} It was not used as a list."),))
    except OSError as problem:
        return List({}, (_about(path, f"cannot be read ({problem.strerror}). It was not used as a list."),))
    rows, problems = assign(said, lambda file: _identity(path.parent / file))
    found = {
        identity: Found(path.parent / row.file, "", row.publisher, row.published, row.address)
        for identity, row in rows.items()
    }
    return List(found, tuple(_about(path, one) for one in problems), said.no_report)


def _about(path: Path, message: str) -> Caveat:
    shown = os.fsencode(path.name).decode("utf-8", "backslashreplace")
    return Caveat(shown, "list", f"{shown} {message}")


def _identity(file: Path) -> str:
    """The real path of a file, "" if it is not there."""
    return os.path.realpath(file) if os.path.lexists(file) else ""


def understand(data: bytes) -> Said:
    """What the bytes of a list say. Raises NotRead for what is no list."""
    if len(data) > LARGEST:
        raise NotRead("list", f"is larger than {LARGEST >> 20} MB.")
    lines = list(islice(table.read(decode(data).text), MOST_ROWS + 1))
    header = lines[0].cells if lines and isinstance(lines[0], table.Row) else []
    if len(header) > table.MOST_COLUMNS or len(lines) > MOST_ROWS:
        raise NotRead("list", f"has more than {MOST_ROWS:,} rows or {table.MOST_COLUMNS:,} columns.")
    holds_text = table.holds_text(header, UNSAID)
    if not fields.keys("file", header, UNSAID):
        if holds_text:
            return Said(no_report=False)
        raise NotRead("list", "has no column 'file'. Give it the columns file, publisher, published, url.")
    problems = tuple(f"{one.place} {one.reason}" for one in lines if isinstance(one, Lost))
    rows = (_row(dict(zip(header, line.cells, strict=False))) for line in lines[1:] if isinstance(line, table.Row))
    return Said(tuple(row for row in rows if row.file), problems, no_report=not holds_text)


def _row(row: dict[str, str]) -> Row:
    file, publisher, published, address = (
        fields.tidy(fields.pick(one, row, UNSAID)) for one in ("file", "publisher", "published", "url")
    )
    return Row(file.replace("\\", "/"), publisher, published, address)


def assign(said: Said, locate: Callable[[str], str]) -> tuple[dict[str, Row], tuple[str, ...]]:
    """The rows under what `locate` makes of their files ("" for one that is not there), and what is wrong with them."""
    rows: dict[str, Row] = {}
    problems = list(said.problems)
    for row in said.rows:
        identity = locate(row.file)
        if not identity:
            problems.append(f"names {row.file!r}, which is not there.")
        elif replace(rows.setdefault(identity, row), file=row.file) != row:
            problems.append(f"says two things of {row.file!r}; the first counts.")
    if len(problems) > NAMED:
        problems[NAMED:] = [f"has {len(problems) - NAMED:,} more rows like these."]
    return rows, tuple(problems)
