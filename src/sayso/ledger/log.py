r"""The log of a case: who did what, when, with which version. Every entry is hashed with the one before.

The forms below are all that is needed to recompute the chain by hand. "JSON" means compact JSON in ASCII: no spaces,
\uXXXX for every other character (Python: `json.dumps(value, separators=(",", ":"))`).

An ENTRY is one line, a JSON array of seven:

    ["HASH OF THE ENTRY BEFORE",NUMBER,"AT","ACTOR","TOOL","WHAT",BODY]

Its hash is the SHA-256 of that line without the line end, as 64 lower-case hex digits. In entry 1 the hash of the entry
before is 64 zeros; numbers go up by one. AT is UTC in ISO 8601, to the second. ACTOR is the name of the user's account,
"" where the machine tells none. TOOL is "sayso 0.1.0". BODY is a JSON object. WHAT is one of

    made        an empty case                           {"case": 32 random hex digits}
    collected   a file that was not known               {"rows": …}
    derived     a look through a file for reports;      {"rows": …, "gone": …, "by": what derived it}
                what was found in reports; copies; the coming into use of a reader
    judged      what a person decided                   {"rows": …}
    exported    written for others                      {"form", "sha256", "size"} of what was written
    deleted     taken out, words and all                {"reason", "gone": …}
    migrated    brought to a newer version of sayso     {"from", "copy", "sha256", "rows": …}: the copy that was kept

"rows" is an object from a table's name to the digests of the rows that were added to it with this entry, "gone" the
same for rows that were taken out. So the log, read from the start, gives the digests of all rows that must be there.

A ROW of a table of `TABLES` is one line too, a JSON array: the table's name, the row's salt, then its columns in the
order of `TABLES`. Its digest is the SHA-256 of that line. The salt is 32 random hex digits, kept in the row: when the
row goes, nobody can find out any more, by trying, what it said. So an entry holds no name, no text, no hash of either.

The texts and the files need no digests: their names are their hashes, and stand in rows of `reports` and `files`.

The HEAD is "NUMBER:HASH" of the last entry. Whoever keeps it elsewhere can tell later whether history was rewritten.
"""

from __future__ import annotations

import getpass
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any, Literal, NamedTuple

from sayso import __version__
from sayso.kit import WrongUse, digest

What = Literal["made", "collected", "derived", "judged", "exported", "deleted", "migrated"]

TABLES = {
    "files": ("number", "sha256", "name", "size", "media_type", "collected", "address", "collector", "tool"),
    "takings": ("number", "key", "file", "name", "taken", "tool", "caveats"),
    "reports": ("number", "taking", "id", "place", "text", "record"),
    "judgements": ("number", "id", "record"),
    "readers": ("number", "version", "since"),
    "derived": ("key", "version", "record"),
}
"""The tables whose rows the log speaks of, with the columns that a row's digest stands for."""

BEFORE_ALL = "0" * 64
"""Stands in the first entry for the hash of the one before."""

SALT_BYTES = 16

Rows = dict[str, list[str]]
"""Digests by table."""


class Head(NamedTuple):
    """The last entry of a log, as it was at some time: as text "NUMBER:HASH"."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the log."""

    number: int
    at: str
    """UTC, ISO 8601."""
    actor: str
    tool: str
    what: str
    body: str
    """JSON, as it was hashed."""
    hash: str

    def line(self, previous: str) -> str:
        """The entry's line, given the hash of the entry before."""
        start = as_json([previous, self.number, self.at, self.actor, self.tool, self.what])
        return f"{start[:-1]},{self.body}]"


def as_json(value: object) -> str:
    """Compact JSON in ASCII."""
    return json.dumps(value, separators=(",", ":"))


def row_line(table: str, salt: str, values: Sequence[object]) -> str:
    """The row's line, given the values of the columns in `TABLES`."""
    return as_json([table, salt, *values])


def now() -> str:
    """UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def account() -> str:
    """The name of the user's account; "" where the machine tells none."""
    try:
        return storable(getpass.getuser())
    except (OSError, KeyError, ImportError):
        return ""


def storable(text: str) -> str:
    """The text as a database can hold it: lone surrogates, as of a file's name that is no UTF-8, spelt out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def insert(database: sqlite3.Connection, rows: Rows, table: str, values: Sequence[object]) -> None:
    """Insert a row into a table of `TABLES`, salted, and note its digest for the entry that is to come."""
    salt = token_hex(SALT_BYTES)
    values = [storable(value) if isinstance(value, str) else value for value in values]
    name = digest(row_line(table, salt, values))
    columns = (*TABLES[table], "salt", "digest")
    marks = ", ".join("?" * len(columns))
    database.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", (*values, salt, name))  # noqa: S608 - names from above
    rows.setdefault(table, []).append(name)


def next_number(database: sqlite3.Connection, table: str) -> int:
    """The number of the next row of a table that has numbers."""
    (number,) = database.execute(f"SELECT coalesce(max(number), 0) + 1 FROM {table}").fetchone()  # noqa: S608 - names from TABLES
    return int(number)


def append(database: sqlite3.Connection, what: What, body: Mapping[str, object]) -> None:
    """Add an entry. Inside the transaction that writes what the entry speaks of."""
    previous = last(database)
    entry = Entry(previous.number + 1, now(), account(), f"sayso {__version__}", what, as_json(body), "")
    database.execute(
        "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)",
        (entry.number, entry.at, entry.actor, entry.tool, what, entry.body, digest(entry.line(previous.hash))),
    )


def begin(database: sqlite3.Connection) -> None:
    """The first entry."""
    append(database, "made", {"case": token_hex(SALT_BYTES)})


def last(database: sqlite3.Connection) -> Head:
    """The head of the log; number 0 before the first entry."""
    row = database.execute("SELECT number, hash FROM log ORDER BY number DESC LIMIT 1").fetchone()
    return Head(*row) if row else Head(0, BEFORE_ALL)


def hash_of(database: sqlite3.Connection, number: int) -> str | None:
    """The hash of the entry with this number; None if there is none."""
    row = database.execute("SELECT hash FROM log WHERE number = ?", (number,)).fetchone()
    return row[0] if row else None


def entries(database: sqlite3.Connection) -> Iterator[Entry]:
    """All entries, oldest first."""
    asked = "SELECT number, at, actor, tool, what, body, hash FROM log ORDER BY number"
    return (Entry(*row) for row in database.execute(asked))


def recorded(database: sqlite3.Connection, table: str) -> Iterator[tuple[str, str]]:
    """Line and digest of each row of a table of `TABLES`."""
    columns = TABLES[table]
    asked = f"SELECT {', '.join(columns)}, salt, digest FROM {table} ORDER BY rowid"  # noqa: S608 - names from TABLES
    for *values, salt, name in database.execute(asked):
        yield row_line(table, salt, values), name


def digests(body: Mapping[str, Any], part: Literal["rows", "gone"]) -> Iterator[tuple[str, str]]:
    """(table, digest) of each row that an entry's body says was added, or gone."""
    for table, names in body.get(part, {}).items():
        yield from ((table, name) for name in names)


def parse_head(text: str) -> Head | None:
    """The head that a text begins with; None if it does not."""
    found = re.match(r"\s*([1-9][0-9]{0,14}):([0-9a-f]{64})(?:\s|$)", text)
    return Head(int(found[1]), found[2]) if found else None


def understand_head(given: str) -> Head:
    """A head that was kept: "NUMBER:HASH", or the name of a file that begins with it. `WrongUse` for anything else."""
    found = parse_head(given)
    if found:
        return found
    try:
        with Path(given).open(encoding="ascii", errors="replace") as file:
            found = parse_head(file.read(200))
    except (OSError, ValueError) as error:
        raise WrongUse(f"{given}: neither a head of a log (NUMBER:HASH) nor a file that can be read.") from error
    if not found:
        raise WrongUse(f"{given}: does not begin with a head of a log: NUMBER:HASH, the hash of 64 hex digits.")
    return found
