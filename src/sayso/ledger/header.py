"""What SQLite's own check passes over: the file's header, and tables, indexes and triggers that are not a case's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

from sayso.ledger.store import SCHEMA

PAGE_BYTES = 4096

FIXED = (
    (0, b"SQLite format 3\0", "the mark of a database"),
    (16, PAGE_BYTES.to_bytes(2, "big"), "the size of a page"),
    (18, b"\1\1", "the way of writing (a rollback journal)"),
    (20, b"\0\x40\x20\x20", "the shares of a page"),
    (44, (4).to_bytes(4, "big"), "the form of the schema"),
    (48, bytes(8), "the size of the cache, or the largest root"),
    (56, (1).to_bytes(4, "big"), "the encoding (UTF-8)"),
    (64, bytes(4), "the way of vacuuming"),
    (72, bytes(20), "the room that is kept free"),
)
"""Offset, bytes and meaning of what never changes in a case's header: sqlite.org/fileformat2.html, section 1.3.

Version and application are checked when a case is opened; the counters and the list of free pages by SQLite.
"""

HEADER_BYTES = 100


def header_faults(place: Path) -> Iterator[str]:
    """What is wrong with the header of a case's database, or its length. Nobody may be writing meanwhile."""
    with place.open("rb") as file:
        header = file.read(HEADER_BYTES)
    for offset, expected, meaning in FIXED:
        found = header[offset : offset + len(expected)]
        if found != expected:
            yield f"{meaning} in its header (byte {offset}) is {found.hex()}, not {expected.hex()}"
    pages, size = int.from_bytes(header[28:32], "big"), place.stat().st_size
    if pages * PAGE_BYTES != size:
        yield f"its header says {pages} pages of {PAGE_BYTES} bytes, the file has {size} bytes"


def schema_faults(database: sqlite3.Connection) -> Iterator[str]:
    """What differs between the database's tables, indexes and triggers and those of a case."""
    found = _schema(database)
    expected = _expected()
    there = {(kind, name) for kind, name, _ in found}
    for kind, name, _ in sorted(expected - found, key=str):
        yield f"{kind} {name} {'was changed' if (kind, name) in there else 'is missing'}"
    known = {(kind, name) for kind, name, _ in expected}
    for kind, name, _ in sorted(found - expected, key=str):
        if (kind, name) not in known:
            yield f"{kind} {name} is not part of a case"


def _schema(database: sqlite3.Connection) -> frozenset[tuple[str, str, str | None]]:
    rows = database.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    return frozenset((kind, f"{name} of {table}", sql) for kind, name, table, sql in rows)


@cache
def _expected() -> frozenset[tuple[str, str, str | None]]:
    with closing(sqlite3.connect(":memory:")) as database:
        database.executescript(SCHEMA.read_text(encoding="utf-8"))
        return _schema(database)
