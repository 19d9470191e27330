"""The list that may lie beside reports: a `reports.csv` that says who published each file, when, and where."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sayso.intake import fields, table
from sayso.intake.encoding import decode
from sayso.intake.records import Found, Lost, NotRead, Settings
from sayso.model import Caveat

NAME = "reports.csv"
"""Columns file, publisher, published, url, or their common synonyms."""
LARGEST = 10 * 1024 * 1024
"""Bytes of a list. It is read outside the worker; a hundred thousand rows take less."""
UNSAID = Settings()


@dataclass(frozen=True, slots=True)
class List:
    """What a list says of files, by their real paths."""

    rows: dict[str, Found]
    caveats: tuple[Caveat, ...] = ()
    no_report: bool = True
    """False if it has a column of texts and so is a table of articles too."""


def read(path: Path) -> List:
    """The list at a path; an empty one if there is none or it cannot be used, then with a caveat. Raises nothing."""
    if not os.path.isfile(path):  # noqa: PTH113 - Path.is_file raises where this says no
        return List({})
    try:
        with path.open("rb") as file:
            return _understand(path, file.read(LARGEST + 1))
    except NotRead as problem:
        return List({}, (_about(path, f"{problem.reason} It was not used as a list."),))
    except OSError as problem:
        return List({}, (_about(path, f"cannot be read ({problem.strerror}). It was not used as a list."),))


def _about(path: Path, message: str) -> Caveat:
    shown = os.fsencode(path.name).decode("utf-8", "backslashreplace")
    return Caveat(shown, "list", f"{shown} {message}")


def _understand(path: Path, data: bytes) -> List:
    if len(data) > LARGEST:
        raise NotRead("list", f"is larger than {LARGEST >> 20} MB.")
    lines = list(table.read(decode(data).text))
    header = lines[0].cells if lines and isinstance(lines[0], table.Row) else []
    holds_text = table.holds_text(header, UNSAID)
    if not fields.keys("file", header, UNSAID):
        if holds_text:
            return List({}, no_report=False)
        raise NotRead("list", "has no column 'file'. Give it the columns file, publisher, published, url.")
    rows: dict[str, Found] = {}
    caveats = [_about(path, f"{one.place} {one.reason}") for one in lines if isinstance(one, Lost)]
    for line in lines[1:]:
        if isinstance(line, table.Row):
            caveats += _take_row(path, dict(zip(header, line.cells, strict=False)), rows)
    return List(rows, tuple(caveats), no_report=not holds_text)


def _take_row(path: Path, row: dict[str, str], rows: dict[str, Found]) -> Iterable[Caveat]:
    """Put what a row says under its file; a caveat if there is no such file or another row speaks of it."""
    given = fields.tidy(fields.pick("file", row, UNSAID)).replace("\\", "/")
    if not given:
        return []
    file = path.parent / given
    if not os.path.lexists(file):
        return [_about(path, f"names {given!r}, which is not there.")]
    publisher, published, address = (
        fields.tidy(fields.pick(one, row, UNSAID)) for one in ("publisher", "published", "url")
    )
    found = Found(file, "", publisher, published, address)
    if rows.setdefault(os.path.realpath(file), found) != found:
        return [_about(path, f"says two things of {given!r}; the first counts.")]
    return []
