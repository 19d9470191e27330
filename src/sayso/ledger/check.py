"""Verify a case: walk its log, compare every row, hash everything again, check every span, and name each break.

What is compared with what:

    log entries         each with the one before, from the first; the head that the file `head` names, and one that was
                        kept elsewhere (`against`), with the entry of that number
    rows                each with its own digest, and all together with what the log says must be there: no row without
                        an entry, no entry without its row, unless a later entry says that it is gone
    texts, kept files   with the hashes that are their names; no text and no file that no row speaks of, but for a file
                        kept whole by a run that was cut off before it recorded it
    spans               with the text
    the database        SQLite's own check, the file's header, the tables and triggers with those of `schema.sql`

Breaks come in this order: a history that is not the one that a head names; entries of the log that are missing or were
changed; what is wrong with the database itself; then the others by the entry that recorded the thing. What only follows
from a break of the log is not named as another: each entry is compared with the one that really stands before it, and
rows that no entry speaks of are counted, not listed, once an entry is missing or was changed. A case in which nothing
breaks says what it said when the last entry was made. Whoever can write to the folder can still replace all of it by
another case, with a log of its own: only a head that was kept elsewhere shows that.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import file_digest
from operator import itemgetter
from pathlib import Path

from sayso.kit import digest, identify_report
from sayso.ledger import codec, log
from sayso.ledger.derived import content_key
from sayso.ledger.disk import PART
from sayso.ledger.header import header_faults, schema_faults
from sayso.ledger.spans import change_faults, faults
from sayso.ledger.store import Ledger, at_one_moment, kept_head, path_of
from sayso.ledger.wording import describe
from sayso.model import Report

Step = Callable[[str, int, int], None]
"""Told how far the check has come: what is checked, how many are done, of how many."""

HISTORY, LOG, DATABASE = -2, -1, 0
"""Where breaks come that belong before those of the first entry."""


@dataclass(frozen=True, slots=True)
class Break:
    """Something in a case that is not as it was recorded, or a derived span that does not hold."""

    where: str
    """A file's name, a report's id, an entry of the log, or a part of the case."""
    message: str


@dataclass(frozen=True, slots=True)
class Check:
    """What was checked, and what did not hold, in the order of the log."""

    files: int
    texts: int
    findings: int
    spans: int
    breaks: tuple[Break, ...]
    entries: int = 0
    """Of the log."""
    head: str = ""
    """NUMBER:HASH of its last entry, to be kept elsewhere."""
    unrecorded: int = 0
    """Files kept whole by a run that was cut off before it recorded them. Reading them again records them."""


@dataclass(slots=True)
class _Walk:
    """One check under way."""

    ledger: Ledger
    step: Step
    breaks: list[tuple[int, Break]] = field(default_factory=list)
    """Each with the number of the log's entry that it belongs to, or with one of those above."""
    is_log_broken: bool = False
    """Whether an entry is missing or was changed."""
    told: dict[str, tuple[int, str]] = field(default_factory=dict)
    """By digest: the entry that told of a row, and the row's table."""
    gone: set[str] = field(default_factory=set)
    """Digests of rows that a later entry took out."""
    files: int = 0
    texts: int = 0
    findings: int = 0
    spans: int = 0
    entries: int = 0
    unrecorded: int = 0
    head: str = ""

    def note(self, where: str, message: str, entry: int = DATABASE) -> None:
        self.breaks.append((entry, Break(where, message)))

    def entry_of(self, name: str) -> int:
        """The entry that told of the row with this digest; one after the last if none did."""
        return self.told[name][0] if name in self.told else self.entries + 1


def check(ledger: Ledger, step: Step = lambda _what, _done, _total: None, *, against: log.Head | None = None) -> Check:
    """Check everything again, as told above. Never raises for a damaged case."""
    walk = _Walk(ledger, step)
    try:
        with at_one_moment(ledger):
            whole = _database(walk)
            if whole:
                _log(walk)
                _heads(walk, against)
                _rows(walk)
        if whole:
            _files(walk)
            _texts(walk)
            _stray(walk)
            _findings(walk)
            _judgements(walk)
    except (sqlite3.Error, OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        walk.note("case.sqlite", f"the database is damaged: {error}", walk.entries + 1)
    breaks = tuple(one for _, one in sorted(walk.breaks, key=itemgetter(0)))
    counts = (walk.files, walk.texts, walk.findings, walk.spans)
    return Check(*counts, breaks, walk.entries, walk.head, walk.unrecorded)


def _database(walk: _Walk) -> bool:
    """Whether the database can be walked at all."""
    ask = walk.ledger.database.execute
    damage = [message for (message,) in ask("PRAGMA integrity_check").fetchall() if message != "ok"]
    for message in damage:
        walk.note("case.sqlite", f"the database is damaged: {message}")
    for message in (*header_faults(walk.ledger.folder / "case.sqlite"), *schema_faults(walk.ledger.database)):
        walk.note("case.sqlite", message)
    return not damage


def _log(walk: _Walk) -> None:
    """Recompute the chain, and gather what it says must be there."""
    (total,) = walk.ledger.database.execute("SELECT count(*) FROM log").fetchone()
    _chain(walk)
    for done, entry in enumerate(log.entries(walk.ledger.database), 1):
        for fault in _replay(walk, entry):
            walk.note(f"log, entry {entry.number}", fault, entry.number)
        walk.head, walk.entries = str(log.Head(entry.number, entry.hash)), entry.number
        walk.step("log", done, total)
    if not total:
        walk.note("log", "it is empty", LOG)


def _chain(walk: _Walk) -> None:
    """Compare each entry with the one that really stands before it, so that a break is named once, where it is.

    The one after a gap has nothing to be compared with. Where an entry does not fit, the next one may fit the hash that
    is kept of it, or the hash that it has now; those that follow and fit neither are told of together.
    """
    before, unfit = log.Entry(0, "", "", "", "", "", log.BEFORE_ALL), list[int]()
    hashes = {log.BEFORE_ALL}
    for entry in log.entries(walk.ledger.database):
        first, last = before.number + 1, entry.number - 1
        found = {digest(entry.line(previous)) for previous in hashes}
        if last > first:
            _note_log(walk, f"entries {first} to {last} are missing")
        elif last == first:
            _note_log(walk, f"entry {first} is missing")
        elif entry.hash not in found or entry.number < 1:
            unfit.append(entry.number)
        hashes = {entry.hash} if entry.hash in found or last >= first else {entry.hash, *found}
        before = entry
    for first, last in _runs(unfit):
        more = "" if first == last else f", and so were those after it up to entry {last}, or they follow from it"
        _note_log(walk, f"entry {first} was changed: its hash does not fit{more}")


def _note_log(walk: _Walk, message: str) -> None:
    walk.is_log_broken = True
    walk.note("log", message, LOG)


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of numbers that follow one another."""
    among = set(numbers)
    starts = [number for number in numbers if number - 1 not in among]
    ends = [number for number in numbers if number + 1 not in among]
    return zip(starts, ends, strict=True)


def _replay(walk: _Walk, entry: log.Entry) -> Iterator[str]:
    """Bring what must be there up to this entry; what cannot be."""
    body = json.loads(entry.body)
    if (entry.what == "made") != (entry.number == 1):
        yield f"it says {entry.what!r}, which only the first one does"
    for _, name in log.digests(body, "gone"):
        if name in walk.gone or (name not in walk.told and not walk.is_log_broken):
            yield f"it says that a row is gone which was not there: {name}"
        walk.gone.add(name)
    for table, name in log.digests(body, "rows"):
        if name in walk.told or table not in log.TABLES:
            yield f"it says that a row was added to {table} which cannot be: {name}"
        walk.told[name] = (entry.number, table)
    if entry.what == "migrated" and _was_changed(walk.ledger.folder / body["copy"], body["sha256"]):
        yield f"the copy that was kept of the older case, {body['copy']}, was changed"


def _was_changed(place: Path, sha256: str) -> bool:
    """A copy that is not there any more was not changed: it is the user's to keep or not."""
    return place.is_file() and hash_file(place) != sha256


def _heads(walk: _Walk, against: log.Head | None) -> None:
    kept = kept_head(walk.ledger.folder)
    if kept is None:
        walk.note("head", "the file is missing, or names no entry of a log", walk.entries + 1)
    for head, name in ((kept, "the file `head`"), (against, "the head that was kept elsewhere")):
        if head is None:
            continue
        found = log.hash_of(walk.ledger.database, head.number)
        walk.is_log_broken |= found is None
        if found is None and head.number > walk.entries:
            message = f"it ends with entry {walk.entries}, but {name} names entry {head.number}: entries were cut off"
            walk.note("log", message, HISTORY)
        elif found is None:
            walk.note("log", f"entry {head.number}, which {name} names, is missing", HISTORY)
        elif found != head.hash:
            message = f"the history was rewritten: entry {head.number} is not the one that {name} names"
            walk.note("log", message, HISTORY)


def _rows(walk: _Walk) -> None:
    """Each row with its digest, and all of them with what the log says."""
    seen: set[str] = set()
    for table in log.TABLES:
        unspoken = []
        for line, name in log.recorded(walk.ledger.database, table):
            fault = _row_fault(walk, table, line, name)
            if walk.is_log_broken and name not in walk.told:
                unspoken.append(line)
            elif fault or name in seen:
                walk.note(table, fault or f"it is there twice: {describe(line)}", walk.entry_of(name))
            seen.add(name)
        if unspoken:
            message = f"rows that no entry left in the log speaks of: {len(unspoken)}; first {describe(unspoken[0])}"
            walk.note(table, message, walk.entries + 1)
    _missing_rows(walk, [told for name, told in walk.told.items() if name not in seen and name not in walk.gone])


def _missing_rows(walk: _Walk, left: list[tuple[int, str]]) -> None:
    """One break for each entry and table; for each table, where it may be that a missing entry took them out."""
    first = {table: entry for entry, table in reversed(left)} if walk.is_log_broken else {}
    for (entry, table), count in Counter((first.get(table, entry), table) for entry, table in left).items():
        rows, by = ("a row is", "") if count == 1 else (f"{count} rows are", " or later ones" if first else "")
        walk.note(table, f"{rows} missing that entry {entry}{by} of the log recorded", entry)


def _row_fault(walk: _Walk, table: str, line: str, name: str) -> str:
    if walk.told.get(name, (0, table))[1] != table:
        return f"a row stands here that entry {walk.told[name][0]} recorded in another table: {describe(line)}"
    if name not in walk.told:
        return f"no entry of the log speaks of this: {describe(line)}"
    if name in walk.gone:
        return f"this is there again, and a later entry took it out: {describe(line)}"
    if digest(line) != name:
        return f"this was changed after entry {walk.told[name][0]} recorded it: {describe(line)}"
    return ""


def _files(walk: _Walk) -> None:
    asked = "SELECT sha256, name, size, digest FROM files ORDER BY number"
    rows = walk.ledger.database.execute(asked).fetchall()
    hashed: dict[str, str] = {}
    for done, (sha256, name, size, row) in enumerate(rows, 1):
        if sha256 not in hashed:
            hashed[sha256] = _file_fault(walk.ledger, sha256, size)
        if hashed[sha256]:
            walk.note(name, hashed[sha256], walk.entry_of(row))
        walk.step("files", done, len(rows))
    walk.files = len(rows)


def _file_fault(ledger: Ledger, sha256: str, size: int) -> str:
    place = path_of(ledger, sha256)
    shown = place.relative_to(ledger.folder).as_posix()
    try:
        if place.is_symlink():
            return f"the kept file {shown} is only a link to somewhere else"
        found = hash_file(place)
    except FileNotFoundError:
        return f"the kept file {shown} is missing"
    except OSError as error:
        return f"the kept file {shown} cannot be read ({error.strerror})"
    if found != sha256:
        return f"the kept file {shown} was changed: it now hashes to {found}"
    if place.stat().st_size != size:
        return f"the kept file has {place.stat().st_size} bytes, recorded were {size}"
    return ""


def hash_file(place: Path) -> str:
    """The SHA-256 of a file."""
    with place.open("rb") as kept:
        return file_digest(kept, "sha256").hexdigest()


def _texts(walk: _Walk) -> None:
    ask = walk.ledger.database.execute
    with at_one_moment(walk.ledger):
        users = ask("SELECT text, id, digest FROM reports ORDER BY number DESC").fetchall()
        there = [sha256 for (sha256,) in ask("SELECT sha256 FROM texts ORDER BY sha256").fetchall()]
    first = {sha256: (name, row) for sha256, name, row in users}
    for done, sha256 in enumerate(there, 1):
        row = ask("SELECT text FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
        found = digest(row[0]) if row else sha256  # none: deleted a moment ago
        if sha256 not in first:
            walk.note(f"text {sha256}", "no report has this text", walk.entries + 1)
        elif found != sha256:
            entry = walk.entry_of(first[sha256][1])
            walk.note(f"text {sha256}", f"the text was changed: it now hashes to {found}", entry)
        walk.step("texts", done, len(there))
    for sha256 in first.keys() - set(there):
        name, row = first[sha256]
        walk.note(name, f"its text {sha256} is missing from texts", walk.entry_of(row))
    walk.texts = len(there)


def _stray(walk: _Walk) -> None:
    """Files in the folder of kept files that no row speaks of."""
    folder = walk.ledger.folder / "files"
    known = {sha256 for (sha256,) in walk.ledger.database.execute("SELECT sha256 FROM files")}
    for place in sorted(folder.rglob("*")):
        is_home = place.parent == folder and re.fullmatch("[0-9a-f]{2}", place.name) and not place.is_symlink()
        if (place.is_dir() and is_home) or place.name.startswith(PART):
            continue
        if place.name in known and place == path_of(walk.ledger, place.name):
            continue
        if place.is_file() and place == path_of(walk.ledger, place.name) and hash_file(place) == place.name:
            walk.unrecorded += 1
        else:
            walk.note(place.relative_to(walk.ledger.folder).as_posix(), "no record speaks of this", walk.entries + 1)


def _findings(walk: _Walk) -> None:
    ask = walk.ledger.database.execute
    rows = ask("SELECT record, digest FROM reports ORDER BY number").fetchall()
    reports: dict[str, tuple[Report, int]] = {}
    for record, row in rows:
        report = codec.report_from_json(record, "")
        reports.setdefault(content_key(report), (report, walk.entry_of(row)))
    for done, (key, (report, entry)) in enumerate(reports.items(), 1):
        found = ask("SELECT text FROM texts WHERE sha256 = ?", (report.sha256,)).fetchone()
        if found:
            text = found[0].decode("utf-8", "surrogatepass")
            if fault := _report_fault(report, text):
                walk.note(report.id, fault, entry)
            for record, row in ask("SELECT record, digest FROM derived WHERE key = ?", (key,)).fetchall():
                _finding(walk, report.id, text, record, walk.entry_of(row))
        walk.step("spans", done, len(reports))


def _judgements(walk: _Walk) -> None:
    """What people set stands in the text of its report."""
    for record, row in walk.ledger.database.execute("SELECT record, digest FROM judgements ORDER BY number").fetchall():
        if (change := codec.judgement_from_json(record).change) is None:
            continue
        asked = "SELECT texts.text FROM reports JOIN texts ON reports.text = texts.sha256 WHERE reports.id = ?"
        (text,) = walk.ledger.database.execute(asked, (change.report,)).fetchone() or (b"",)
        told = list(change_faults(change, text.decode("utf-8", "surrogatepass")))
        walk.spans += len(told)
        for fault in filter(None, told):
            walk.note(change.report, f"a judgement on it: {fault}", walk.entry_of(row))


def _report_fault(report: Report, text: str) -> str:
    """The id of a report stands for its text and its particulars; the lines of its pages stand in the text."""
    particulars = {name: getattr(report, name) for name in ("publisher", "published", "address")}
    if report.id != identify_report(text, **particulars):
        return "its id does not fit its text, publisher, date and address: one of them was changed"
    lines = [offset for page in report.pages for offset in page]
    if lines != sorted(set(lines)) or (lines and not 0 <= lines[0] <= lines[-1] <= len(text)):
        return "the lines of its pages do not stand in its text one after the other"
    return ""


def _finding(walk: _Walk, report: str, text: str, record: str, entry: int) -> None:
    walk.findings += 1
    try:
        findings = codec.findings_from_json(record)
    except (ValueError, TypeError) as error:
        walk.note(report, f"what was found in it cannot be read: {error}", entry)
        return
    if findings.report != report:
        walk.note(report, f"what was found in it says it is about {findings.report}", entry)
        return
    for fault in faults(findings, text):
        walk.spans += 1
        if fault:
            walk.note(report, fault, entry)
