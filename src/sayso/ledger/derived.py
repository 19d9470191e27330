"""What was derived from a case's reports, kept so that nothing is read twice. It can all be thrown away."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import fields

from sayso import judging
from sayso.kit import identify
from sayso.ledger import codec, log
from sayso.ledger.store import Ledger, transaction
from sayso.model import Echo, Findings, Joined, Report

NOT_READ_FROM = frozenset({"file", "name", "place", "text", "captured", "pages"})
"""Fields of a report that the reader does not see, and its text, for which the hash stands."""


def content_key(report: Report) -> str:
    """Stands for all that the reader sees of a report: any other file may give the same report."""
    return identify(*(getattr(report, field.name) for field in fields(report) if field.name not in NOT_READ_FROM))


def keep_findings(ledger: Ledger, version: str, items: Iterable[tuple[Report, Findings]]) -> None:
    """Keep what was found in these reports by this version of the reader, all in one transaction."""
    found = {content_key(report): codec.findings_to_json(findings) for report, findings in items}
    if not found:
        return
    with transaction(ledger) as database:
        rows: log.Rows = {}
        gone = [name for key in found for name in _take_out(database, "key = ? AND version = ?", key, version)]
        for key, record in found.items():
            log.insert(database, rows, "derived", (key, version, record))
        log.append(database, "derived", {"rows": rows, **_gone(gone), "by": version})


def _gone(names: list[str]) -> dict[str, log.Rows]:
    return {"gone": {"derived": names}} if names else {}


def _take_out(database: sqlite3.Connection, which: str, *values: str) -> list[str]:
    """Delete what was derived and is to be replaced: the digests of the rows that are gone."""
    found = database.execute(f"DELETE FROM derived WHERE {which} RETURNING digest", values)  # noqa: S608 - from below and above
    return [name for (name,) in found.fetchall()]


def unread(ledger: Ledger, version: str, reports: Iterable[Report]) -> tuple[Report, ...]:
    """Those of the reports in which this version of the reader has not yet found anything."""
    keys = {key for (key,) in ledger.database.execute("SELECT key FROM derived WHERE version = ?", (version,))}
    return tuple(report for report in reports if content_key(report) not in keys)


def findings(ledger: Ledger, version: str, reports: Iterable[Report]) -> Iterator[Findings | None]:
    """What this version of the reader found in each report; None for one that it has not read.

    None as well where an older sayso kept what it found in another form: the report is read again with the next
    `sayso read`, for then the reader has another version too.
    """
    for report in reports:
        record = _recall(ledger, content_key(report), version)
        yield None if record is None else _in_this_form(record)


def _in_this_form(record: str) -> Findings | None:
    try:
        return codec.findings_from_json(record)
    except (ValueError, TypeError):
        return None


def keep_echoes(ledger: Ledger, version: str, reports: Iterable[Report], echoes: tuple[Echo, ...]) -> None:
    """Keep who echoes whom among these reports."""
    row = (_set_key(reports), version, codec.echoes_to_json(echoes))
    with transaction(ledger) as database:
        rows: log.Rows = {}
        gone = _take_out(database, "key LIKE 'echoes %'")
        log.insert(database, rows, "derived", row)
        log.append(database, "derived", {"rows": rows, **_gone(gone), "by": version})


def echoes(ledger: Ledger, version: str, reports: Iterable[Report]) -> tuple[Echo, ...] | None:
    """Who echoes whom among exactly these reports, if that has been worked out by this version."""
    record = _recall(ledger, _set_key(reports), version)
    return None if record is None else codec.echoes_from_json(record)


def keep_joined(ledger: Ledger, version: str, joined: Joined) -> None:
    """Keep what all reports of the case together show, as it is now."""
    with transaction(ledger) as database:
        rows: log.Rows = {}
        gone = _take_out(database, "key LIKE 'joined %'")
        log.insert(database, rows, "derived", (_joined_key(ledger), version, codec.joined_to_json(joined)))
        log.append(database, "derived", {"rows": rows, **_gone(gone), "by": version})


def joined(ledger: Ledger, version: str) -> Joined | None:
    """What all reports of the case together show, if this version has worked it out for just these."""
    record = _recall(ledger, _joined_key(ledger), version)
    try:
        return None if record is None else codec.joined_from_json(record)
    except (ValueError, TypeError):
        return None


def _joined_key(ledger: Ledger) -> str:
    """Stands for the reports, what was found in them, and what people decided that changes what they show together."""
    ask = ledger.database.execute
    version = current_reader(ledger)
    reports = ask("SELECT id FROM reports ORDER BY id").fetchall()
    read = ask("SELECT key FROM derived WHERE version = ? ORDER BY key", (version,)).fetchall()
    judged = [codec.judgement_from_json(record) for (record,) in ask("SELECT record FROM judgements ORDER BY number")]
    pairs = [one.id for one in judged if len(one.names) == 2]
    return "joined " + identify(version, reports, read, pairs, judging.altering(judged))


def use_reader(ledger: Ledger, version: str, since: str) -> None:
    """From now on (`since`, UTC) the findings of this version of the reader are the case's."""
    if current_reader(ledger) != version:
        with transaction(ledger) as database:
            rows: log.Rows = {}
            log.insert(database, rows, "readers", (log.next_number(database, "readers"), version, since))
            log.append(database, "derived", {"rows": rows, "by": version})


def current_reader(ledger: Ledger) -> str:
    """The version of the reader whose findings are the case's; "" before any was used."""
    row = ledger.database.execute("SELECT version FROM readers ORDER BY number DESC LIMIT 1").fetchone()
    return row[0] if row else ""


def state(ledger: Ledger) -> str:
    """Stands for all that a case says: the same state, the same `Case`. Read off without loading the findings."""
    ask = ledger.database.execute
    version = current_reader(ledger)
    recorded = ask("SELECT number, key, caveats FROM takings ORDER BY number").fetchall()
    reports = ask("SELECT taking, id, place FROM reports ORDER BY taking, id, place").fetchall()
    judged = ask("SELECT id FROM judgements ORDER BY number").fetchall()
    read = ask("SELECT key FROM derived WHERE version = ? ORDER BY key", (version,)).fetchall()
    return identify(version, recorded, reports, judged, read)


def _recall(ledger: Ledger, key: str, version: str) -> str | None:
    row = ledger.database.execute("SELECT record FROM derived WHERE key = ? AND version = ?", (key, version)).fetchone()
    return row[0] if row else None


def _set_key(reports: Iterable[Report]) -> str:
    return "echoes " + identify(*sorted(content_key(report) for report in reports))
