"""What was recorded in a case: files, the reports found in them, judgements. Only ever added to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path

from sayso.kit import SaysoError, identify
from sayso.ledger import codec, log
from sayso.ledger.store import Ledger, open_to_write, transaction
from sayso.model import Caveat, File, Judgement, Report

PROPOSED = {"publisher": "publisher-proposed", "published": "published-proposed"}
"""The caveat that marks a report's field as proposed from its text, not recorded by anybody."""

PARTICULARS = ("publisher", "published", "address")
"""The fields that, with its text, make a report the one it is."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """A report as one taking of one file gave it. Its text is left out."""

    taking: int
    report: Report
    caveats: tuple[Caveat, ...]
    """Those of the taking that are about this report."""


def record_taking(
    ledger: Ledger, file: File, *, key: str, reports: tuple[Report, ...], caveats: tuple[Caveat, ...], tool: str = ""
) -> None:
    """Keep what one look through a file gave: all of it or, if this is cut off, none.

    `file.sha256` is "" for a file whose bytes could not be read. The bytes themselves must have been kept before.
    `tool` names what found the texts in the file, with its version.
    """
    if not reports and _failed_the_same(ledger, key, caveats):
        return
    with transaction(ledger) as database:
        _collect(database, file)
        rows: log.Rows = {}
        taking = log.next_number(database, "takings")
        told = (taking, key, file.sha256, file.name, file.collected, tool, codec.caveats_to_json(caveats))
        log.insert(database, rows, "takings", told)
        for report in _distinct(reports):
            text = report.text.encode("utf-8", "surrogatepass")
            database.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (report.sha256, text))
            row = (taking, report.id, report.place, report.sha256, codec.report_to_json(report))
            log.insert(database, rows, "reports", (log.next_number(database, "reports"), *row))
        log.append(database, "derived", {"rows": rows, "by": tool})


def _distinct(reports: tuple[Report, ...]) -> Iterable[Report]:
    first: dict[tuple[str, str], Report] = {}
    for report in reports:
        first.setdefault((report.id, report.place), report)
    return first.values()


def _collect(database: sqlite3.Connection, file: File) -> None:
    """A file is known by its bytes, its name, and where it came from: when it came first is what stands."""
    known = "SELECT 1 FROM files WHERE sha256 = ? AND name = ? AND address = ?"
    key = (file.sha256, log.storable(file.name), log.storable(file.address))
    if not file.sha256 or database.execute(known, key).fetchone():
        return
    rows: log.Rows = {}
    values = (getattr(file, name) for name in log.TABLES["files"][1:])
    log.insert(database, rows, "files", (log.next_number(database, "files"), *values))
    log.append(database, "collected", {"rows": rows})


def _failed_the_same(ledger: Ledger, key: str, caveats: tuple[Caveat, ...]) -> bool:
    """Whether the last taking with this key failed for the same reasons: trying again must not make the case grow."""
    row = ledger.database.execute(
        "SELECT caveats FROM takings WHERE key = ? ORDER BY number DESC LIMIT 1", (key,)
    ).fetchone()
    return row is not None and row[0] == codec.caveats_to_json(caveats)


def taken_before(ledger: Ledger, key: str) -> tuple[Caveat, ...] | None:
    """The caveats of the taking with this key; None if there was none, or it gave no report (to be tried anew)."""
    row = ledger.database.execute(
        "SELECT caveats FROM takings WHERE key = ? AND number IN (SELECT taking FROM reports)"
        " ORDER BY number DESC LIMIT 1",
        (key,),
    ).fetchone()
    return codec.caveats_from_json(row[0]) if row else None


def appearances(ledger: Ledger) -> tuple[Appearance, ...]:
    """Each report of the case once, without its text, in the order of their ids.

    Where several files gave the same report, the first by name of file and place stands for it, so that the order of
    taking in does not matter.
    """
    caveats = dict(_takings_caveats(ledger))
    rows = ledger.database.execute("SELECT taking, record FROM reports ORDER BY taking, number").fetchall()
    found = [_appearance(taking, record, caveats[taking]) for taking, record in rows]
    distinct: dict[str, Appearance] = {}
    guessed: dict[str, set[str]] = {}
    for one in sorted(_without_superseded(found), key=_standing):
        distinct.setdefault(one.report.id, one)
        guessed.setdefault(one.report.id, set(PROPOSED.values())).intersection_update(c.kind for c in one.caveats)
    return tuple(_settled(distinct[name], guessed[name]) for name in sorted(distinct))


def _settled(one: Appearance, guessed: set[str]) -> Appearance:
    """Without the caveat that a field is only proposed, where another taking records the very same value."""
    kinds = set(PROPOSED.values()) - guessed
    return replace(one, caveats=tuple(caveat for caveat in one.caveats if caveat.kind not in kinds))


def reports_in(ledger: Ledger, sha256s: Iterable[str]) -> frozenset[str]:
    """The ids of all reports ever found in files with these hashes."""
    asked = "SELECT DISTINCT id FROM reports JOIN takings ON taking = takings.number WHERE file = ?"
    return frozenset(name for one in sha256s for (name,) in ledger.database.execute(asked, (one,)))


def reports_taken(ledger: Ledger, keys: Iterable[str]) -> Iterator[Report]:
    """The reports, without their texts, that the takings with these keys gave."""
    asked = "SELECT DISTINCT record FROM reports JOIN takings ON taking = takings.number WHERE key = ?"
    for key in keys:
        for (record,) in ledger.database.execute(asked, (key,)):
            yield codec.report_from_json(record, "")


def report_ids(ledger: Ledger) -> frozenset[str]:
    """The ids of all reports ever taken in, those too that a later taking filled in."""
    return frozenset(name for (name,) in ledger.database.execute("SELECT DISTINCT id FROM reports"))


def with_texts(ledger: Ledger, reports: Iterable[Report]) -> Iterator[Report]:
    """The reports with their texts, one at a time. `SaysoError` if a text is not in the case."""
    for report in reports:
        row = ledger.database.execute("SELECT text FROM texts WHERE sha256 = ?", (report.sha256,)).fetchone()
        if row is None:
            message = f"{ledger.folder}: the text of report {report.id} is missing. Run `sayso verify {ledger.folder}`."
            raise SaysoError(message)
        yield replace(report, text=row[0].decode("utf-8", "surrogatepass"))


def files(ledger: Ledger) -> tuple[File, ...]:
    """All files of the case, by name, hash and address."""
    rows = ledger.database.execute(
        "SELECT sha256, name, size, media_type, collected, address, collector, tool FROM files"
        " ORDER BY name, sha256, address"
    ).fetchall()
    return tuple(File(*row) for row in rows)


def file_caveats(ledger: Ledger) -> tuple[Caveat, ...]:
    """Caveats that are about files, not about reports in them: those of the last taking of each file."""
    rows = ledger.database.execute("SELECT number, file, name, caveats FROM takings ORDER BY number").fetchall()
    last = {(file, name): (number, caveats) for number, file, name, caveats in rows}
    last_of_name = {name: number for number, _, name, _ in rows}
    known = report_ids(ledger)
    current = {
        caveat
        for (file, name), (number, caveats) in last.items()
        if file or number == last_of_name[name]
        for caveat in codec.caveats_from_json(caveats)
        if caveat.about not in known
    }
    return tuple(sorted(current, key=attrgetter("about", "kind", "message")))


def judgements(ledger: Ledger) -> tuple[Judgement, ...]:
    """All judgements, oldest first."""
    rows = ledger.database.execute("SELECT record FROM judgements ORDER BY number").fetchall()
    return tuple(codec.judgement_from_json(record) for (record,) in rows)


def record_judgement(ledger: Ledger, judgement: Judgement) -> Judgement:
    """Add a judgement; it supersedes the last one about the same thing. Gives it back with its id."""
    return record_judgements(ledger, (judgement,))[0]


def record_judgements(ledger: Ledger, several: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Add judgements in this order, all of them or, if this is cut off, none; see `record_judgement`."""
    before: dict[str, list[str]] = {}
    for one in judgements(ledger):
        before.setdefault(one.about, []).append(one.id)
    kept = []
    with transaction(ledger) as database:
        rows: log.Rows = {}
        for one in several:
            earlier = before.setdefault(one.about, [])
            name = identify("judgement", one.about, one.verdict, one.reason, one.by, one.at)
            name = name if name not in earlier else identify(name, *earlier)
            kept.append(replace(one, id=name, supersedes=earlier[-1] if earlier else None))
            earlier.append(name)
            number = log.next_number(database, "judgements")
            log.insert(database, rows, "judgements", (number, name, codec.judgement_to_json(kept[-1])))
        log.append(database, "judged", {"rows": rows})
    return tuple(kept)


def record_export(folder: Path, form: str, *, sha256: str, size: int) -> SaysoError | None:
    """Note in the log what was written for others: its form, hash and bytes. None where that was done.

    An export is good without the note: where the case cannot be written to just now, the reason is given back, to be
    told, and nothing is raised.
    """
    try:
        with open_to_write(folder) as ledger, transaction(ledger) as database:
            log.append(database, "exported", {"form": form, "sha256": sha256, "size": size})
    except SaysoError as error:
        return error
    return None


def history(ledger: Ledger) -> Iterator[log.Entry]:
    """The log: who did what, when, with which version, oldest first."""
    return log.entries(ledger.database)


def _takings_caveats(ledger: Ledger) -> Iterator[tuple[int, dict[str, tuple[Caveat, ...]]]]:
    for number, record in ledger.database.execute("SELECT number, caveats FROM takings").fetchall():
        about: dict[str, tuple[Caveat, ...]] = {}
        for caveat in codec.caveats_from_json(record):
            about[caveat.about] = (*about.get(caveat.about, ()), caveat)
        yield number, about


def _appearance(taking: int, record: str, caveats: dict[str, tuple[Caveat, ...]]) -> Appearance:
    report = codec.report_from_json(record, "")
    return Appearance(taking, report, caveats.get(report.id, ()))


def _standing(one: Appearance) -> tuple[str, str, str, int]:
    return (one.report.name, one.report.file, one.report.place, one.taking)


def _without_superseded(found: list[Appearance]) -> Iterator[Appearance]:
    """Leave out what another taking of the same text, at the same place of the same bytes, only fills in.

    Somebody reads a folder, sees "publisher not recorded", and reads it again with --publisher: that is one report, now
    better known, not two. So it is where the bytes are there twice, under two names, and one of the two is read again.
    Where both takings record a publisher, and not the same, both stay: two outlets' reports.
    """
    better: dict[tuple[str, ...], list[Appearance]] = {}
    for one in sorted(found, key=_known, reverse=True):
        where = (one.report.file, one.report.place, one.report.sha256)
        if not any(_fills_in(one, other) for other in better.get(where, ())):
            yield one
        better.setdefault(where, []).append(one)


def _known(one: Appearance) -> tuple[int, int]:
    """The better known report comes later, so that the order of reading decides only between two as well known.

    A field counts 2 if somebody recorded it, 1 if it is proposed.
    """
    kinds = {caveat.kind for caveat in one.caveats}
    fields = [field for field in PARTICULARS if getattr(one.report, field)]
    return sum(1 if PROPOSED.get(field) in kinds else 2 for field in fields), one.taking


def _fills_in(one: Appearance, better: Appearance) -> bool:
    """Whether the better known appearance differs only in fields that were not recorded in this one."""
    if one.report.id == better.report.id:
        return False
    kinds = {caveat.kind for caveat in one.caveats}
    return all(
        getattr(one.report, field) == getattr(better.report, field)
        or (getattr(better.report, field) and (not getattr(one.report, field) or PROPOSED.get(field) in kinds))
        for field in PARTICULARS
    )
