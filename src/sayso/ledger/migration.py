"""Bring a case of an older version to this one: a copy first, then the new database in one step.

1. `case.sqlite.version-1`: a copy by SQLite's backup, on the disk before anything else happens. It stays; the log
   tells its hash; a deletion takes it away, for it holds the words.
2. `.part-case.sqlite`: the new database, filled from the old one: the same rows, with salts and digests, and a log of
   two entries, "made" and "migrated". Its records are the old ones, byte for byte.
3. `head`, then the new database takes the name `case.sqlite`.

Cut off anywhere, the old database is still there under its name, and the next start does it all again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import file_digest
from pathlib import Path

from sayso.kit import NotACase
from sayso.ledger import log
from sayso.ledger.disk import PART, refusal, sync_file, sync_folder
from sayso.ledger.store import empty_database, write_head

FROM = 1
"""The one older version there is."""

COPY = f"case.sqlite.version-{FROM}"

READ_V1 = {
    "files": "SELECT row_number() OVER (ORDER BY name, sha256), sha256, name, size, media_type, collected, '', '', ''"
    " FROM files ORDER BY name, sha256",
    "takings": "SELECT number, key, file, name, taken, '', caveats FROM takings ORDER BY number",
    "reports": "SELECT rowid, taking, id, place, text, record FROM reports ORDER BY rowid",
    "judgements": "SELECT number, id, record FROM judgements ORDER BY number",
    "readers": "SELECT number, version, since FROM readers ORDER BY number",
    "derived": "SELECT key, version, record FROM derived ORDER BY key, version",
}
"""Rows of this version's tables out of those of version 1, columns as in `log.TABLES`. What it did not know is ''."""


def migrate(folder: Path) -> None:
    """Bring a case of version 1 to this version. The caller holds the lock. `SaysoError` for a damaged database."""
    place, copy, part = folder / "case.sqlite", folder / COPY, folder / f"{PART}case.sqlite"
    try:
        _copy(place, folder / f"{PART}copy", copy)
        with copy.open("rb") as kept:
            sha256 = file_digest(kept, "sha256").hexdigest()
        _refuse_a_log(folder, copy)
        with closing(sqlite3.connect(copy)) as old, closing(empty_database(part)) as new:
            new.execute("BEGIN")
            log.begin(new)
            body = {"from": FROM, "copy": COPY, "sha256": sha256, "rows": _fill(old, new)}
            log.append(new, "migrated", body)
            new.execute("COMMIT")
            head = log.last(new)
    except sqlite3.Error as error:
        raise refusal(folder, error) from error
    sync_file(part)
    write_head(folder, head)
    part.replace(place)
    sync_folder(folder)


def _refuse_a_log(folder: Path, copy: Path) -> None:
    """A log that a later version made must not get lost because the number of the version was changed."""
    with closing(sqlite3.connect(copy)) as old:
        if old.execute("SELECT 1 FROM sqlite_schema WHERE name = 'log'").fetchone():
            copy.unlink()
            message = f"{folder}: says it is of version {FROM}, and has a log, as only later ones have. Use a copy."
            raise NotACase(message)


def _copy(place: Path, part: Path, copy: Path) -> None:
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(place)) as old, closing(sqlite3.connect(part)) as new:
        old.backup(new)
    sync_file(part)
    part.replace(copy)
    sync_folder(copy.parent)


def _fill(old: sqlite3.Connection, new: sqlite3.Connection) -> log.Rows:
    new.executemany("INSERT INTO texts VALUES (?, ?)", old.execute("SELECT sha256, text FROM texts ORDER BY sha256"))
    rows: log.Rows = {}
    for table, values in _rows(old):
        log.insert(new, rows, table, values)
    return rows


def _rows(old: sqlite3.Connection) -> Iterator[tuple[str, tuple[object, ...]]]:
    for table, asked in READ_V1.items():
        yield from ((table, values) for values in old.execute(asked))
