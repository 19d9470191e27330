"""Take files out of a case, words and all: for the protection of a source, or because the law says so.

What goes: the kept bytes; every look through them, with its caveats; the reports found in them, and their texts where
no other file gives them; what was found in those reports; judgements about those reports and what was found in them,
for their reasons quote; the copy of the case that a migration kept. What was worked out about copies among all reports
goes too, and is worked out again. What stays is an entry of the log with the reason and the digests of the rows, from
which nobody can tell what they said (`log.py` says why). Exports and dossiers outside the case are the user's to find.

1. The file `deleting` gets the hashes of the files.
2. One transaction: the entry, then the rows. SQLite overwrites what it deletes (`secure_delete`).
3. The kept bytes go, and the database is written anew (`VACUUM`), for pages that were split can hold old bytes.
4. `deleting` goes.

Cut off before 2 is done, nothing was deleted; after it, the next program that opens the case to write does the rest. A
disk may still hold the bytes in places that no file shows: against somebody who takes the disk, it must be encrypted.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from sayso.kit import SaysoError, WrongUse
from sayso.ledger import codec, log
from sayso.ledger.derived import content_key
from sayso.ledger.disk import PART, refusal, sync_folder, telling, whole
from sayso.ledger.migration import COPY
from sayso.ledger.store import DELETING, Ledger, path_of, transaction
from sayso.model import Judgement


@dataclass(frozen=True, slots=True)
class Deleted:
    """How many rows of each kind went."""

    files: int
    reports: int
    judgements: int


def delete(ledger: Ledger, sha256s: Iterable[str], reason: str, *, judgements: Iterable[str] = ()) -> Deleted:
    """Take the files with these hashes out of the case, and all that hangs on them, as told above.

    `reason` stays in the log for good, so it must not say what is to be forgotten. `judgements` are ids of further ones
    to delete, such as those about a voice that is met nowhere else. `WrongUse` for a file or judgement that is not in
    the case, or an empty reason.
    """
    asked = sorted(set(sha256s))
    if not reason.strip():
        raise WrongUse("A deletion needs a reason, which stays in the log: that a deletion was asked for, say.")
    _require(ledger, "files", "sha256", asked)
    _require(ledger, "judgements", "id", judgements := sorted(set(judgements)))
    with telling(ledger.folder), whole(ledger.folder / DELETING, ledger.folder) as file:
        file.write(json.dumps(asked).encode("ascii"))
    sync_folder(ledger.folder)
    with transaction(ledger) as database:
        gone = _rows(database, asked, judgements)
        log.append(database, "deleted", {"reason": reason, "gone": gone})
        for table in ("judgements", "derived", "reports", "takings", "files"):
            _take_out(database, table, frozenset(gone.get(table, ())))
        database.execute("DELETE FROM texts WHERE sha256 NOT IN (SELECT text FROM reports)")
    try:
        finish(ledger)
    except (SaysoError, sqlite3.Error) as error:
        message = (
            "deleted, but what was deleted is not yet overwritten. The next program that adds to the case does that"
        )
        why = error if isinstance(error, SaysoError) else refusal(ledger.folder, error)
        raise SaysoError(f"{ledger.folder}: {message}. The reason: {why}") from error
    return Deleted(*(len(gone.get(table, ())) for table in ("files", "reports", "judgements")))


def reports_only_in(ledger: Ledger, sha256s: Iterable[str]) -> frozenset[str]:
    """Ids of the reports that these files give and no other: what a deletion of the files would take away."""
    _, numbers = _takings(ledger.database, sorted(set(sha256s)))
    return frozenset(_only_there(ledger.database, numbers)[0])


def finish(ledger: Ledger) -> None:
    """Do what is left of a deletion whose rows are gone; nothing if none is under way."""
    place = ledger.folder / DELETING
    if not place.exists():
        return
    with telling(ledger.folder):
        for sha256 in re.findall(r'"([0-9a-f]{64})"', place.read_text(encoding="ascii", errors="replace")):
            if not ledger.database.execute("SELECT 1 FROM files WHERE sha256 = ?", (sha256,)).fetchone():
                kept = path_of(ledger, sha256)
                kept.unlink(missing_ok=True)
                with suppress(OSError):  # other files may be in it
                    kept.parent.rmdir()
        for left in (ledger.folder / COPY, *ledger.folder.rglob(f"{PART}*")):
            left.unlink(missing_ok=True)
        ledger.database.execute("VACUUM")
        place.unlink()
        sync_folder(ledger.folder)


def _require(ledger: Ledger, table: str, column: str, values: Iterable[str]) -> None:
    for value in values:
        if not ledger.database.execute(f"SELECT 1 FROM {table} WHERE {column} = ?", (value,)).fetchone():  # noqa: S608
            raise WrongUse(f"{value}: not among the {table} of {ledger.folder}. Nothing was deleted.")


def _rows(database: sqlite3.Connection, sha256s: list[str], judgements: list[str]) -> log.Rows:
    """The digests of all rows that go, by table."""
    files = _digests(database, "SELECT digest FROM files WHERE sha256 = ?", sha256s)
    takings, numbers = _takings(database, sha256s)
    reports = _digests(database, "SELECT digest FROM reports WHERE taking = ?", numbers)
    names, keys = _only_there(database, numbers)
    found = [
        row for key in keys for row in database.execute("SELECT record, digest FROM derived WHERE key = ?", (key,))
    ]
    copies = database.execute("SELECT digest FROM derived WHERE key LIKE 'echoes %' OR key LIKE 'joined %'").fetchall()
    about = names.union(*(_ids(record) for record, _ in found))
    judged = {
        row
        for name, record, row in database.execute("SELECT id, record, digest FROM judgements ORDER BY number")
        if name in judgements or not about.isdisjoint(_touched(codec.judgement_from_json(record)))
    }
    gone = {
        "files": files,
        "takings": takings,
        "reports": reports,
        "judgements": sorted(judged),
        "derived": sorted({*(row for _, row in found), *(row for (row,) in copies)}),
    }
    return {table: rows for table, rows in gone.items() if rows}


def _take_out(database: sqlite3.Connection, table: str, names: frozenset[str]) -> None:
    rows = database.execute(f"SELECT rowid, digest FROM {table}").fetchall()  # noqa: S608 - names from above
    gone = [(row,) for row, name in rows if name in names]
    database.executemany(f"DELETE FROM {table} WHERE rowid = ?", gone)  # noqa: S608 - the same


def _digests(database: sqlite3.Connection, asked: str, values: Iterable[object]) -> list[str]:
    return [row for value in values for (row,) in database.execute(asked, (value,)).fetchall()]


def _takings(database: sqlite3.Connection, sha256s: list[str]) -> tuple[list[str], list[int]]:
    """Looks through these files, and failed tries to open a file of a name that no other file has."""
    asked = frozenset(sha256s)
    rows = database.execute("SELECT number, file, name, digest FROM takings ORDER BY number").fetchall()
    others = {name for _, file, name, _ in rows if file and file not in asked}
    mine = {name for _, file, name, _ in rows if file in asked} - others
    gone = [(number, row) for number, file, name, row in rows if file in asked or (not file and name in mine)]
    return [row for _, row in gone], [number for number, _ in gone]


def _only_there(database: sqlite3.Connection, takings: list[int]) -> tuple[set[str], set[str]]:
    """Ids of the reports, and keys of what was derived from them, that no other taking gave."""
    given: dict[bool, set[tuple[str, str]]] = {True: set(), False: set()}
    numbers = frozenset(takings)
    for taking, record in database.execute("SELECT taking, record FROM reports"):
        report = codec.report_from_json(record, "")
        given[taking in numbers].add((report.id, content_key(report)))
    stay = {part for pair in given[False] for part in pair}
    return {name for name, _ in given[True]} - stay, {key for _, key in given[True]} - stay


def _touched(judgement: Judgement) -> tuple[str, str]:
    """What it is about, and the report in which it sets something."""
    return judgement.about, judgement.change.report if judgement.change else ""


def _ids(record: str) -> Iterator[str]:
    """Ids of all that was found in a report and can be judged. Of what an older sayso found in another form, none."""
    with suppress(ValueError, TypeError):
        findings = codec.findings_from_json(record)
        yield from (one.id for one in findings.attributions)
        yield from (one.id for one in findings.claims)
