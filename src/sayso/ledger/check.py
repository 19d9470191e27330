"""Verify a case: hash everything again, check every span, and name each break."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import file_digest

from sayso.kit import covers, digest, identify_report
from sayso.ledger import codec
from sayso.ledger.derived import content_key
from sayso.ledger.store import Ledger, path_of
from sayso.model import Attribution, Findings, Link, Report, Span

Step = Callable[[str, int, int], None]
"""Told how far the check has come: what is checked, how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Break:
    """Something in a case that is not as it was recorded, or a derived span that does not hold."""

    where: str
    """A file's name, a report's id, or a part of the case."""
    message: str


@dataclass(frozen=True, slots=True)
class Check:
    """What was checked, and what did not hold."""

    files: int
    texts: int
    findings: int
    spans: int
    breaks: tuple[Break, ...]


def check(ledger: Ledger, step: Step = lambda _what, _done, _total: None) -> Check:
    """Hash every file and text again and check every span of every finding. Never raises for a damaged case."""
    try:
        damage = tuple(_damage(ledger))
        if damage:
            return Check(0, 0, 0, 0, damage)
        file_breaks, files = _gather(_files(ledger, step))
        text_breaks, texts = _gather(_texts(ledger, step))
        span_breaks, (findings, spans) = _findings(ledger, step)
    except (sqlite3.DatabaseError, ValueError, TypeError, KeyError) as error:
        return Check(0, 0, 0, 0, (Break("case.sqlite", f"the database is damaged: {error}"),))
    return Check(files, texts, findings, spans, (*file_breaks, *text_breaks, *_stray(ledger), *span_breaks))


def _gather(found: Iterable[Break | None]) -> tuple[list[Break], int]:
    every = list(found)
    return [one for one in every if one is not None], len(every)


def _damage(ledger: Ledger) -> Iterator[Break]:
    for (message,) in ledger.database.execute("PRAGMA integrity_check").fetchall():
        if message != "ok":
            yield Break("case.sqlite", f"the database is damaged: {message}")
    for row in ledger.database.execute("PRAGMA foreign_key_check").fetchall():
        yield Break("case.sqlite", f"a row of {row[0]} refers to one that is missing from {row[2]}")


def _files(ledger: Ledger, step: Step) -> Iterator[Break | None]:
    rows = ledger.database.execute("SELECT sha256, name, size FROM files ORDER BY name, sha256").fetchall()
    for done, (sha256, name, size) in enumerate(rows, 1):
        yield _file(ledger, sha256, name, size)
        step("files", done, len(rows))


def _file(ledger: Ledger, sha256: str, name: str, size: int) -> Break | None:
    place = path_of(ledger, sha256)
    try:
        with place.open("rb") as kept:
            found = file_digest(kept, "sha256").hexdigest()
    except FileNotFoundError:
        return Break(name, f"the kept file {place.relative_to(ledger.folder)} is missing")
    except OSError as error:
        return Break(name, f"the kept file {place.relative_to(ledger.folder)} cannot be read ({error.strerror})")
    if found != sha256:
        return Break(name, f"the kept file {place.relative_to(ledger.folder)} was changed: it now hashes to {found}")
    if place.stat().st_size != size:
        return Break(name, f"the kept file has {place.stat().st_size} bytes, recorded were {size}")
    return None


def _texts(ledger: Ledger, step: Step) -> Iterator[Break | None]:
    names = [name for (name,) in ledger.database.execute("SELECT sha256 FROM texts ORDER BY sha256").fetchall()]
    for done, sha256 in enumerate(names, 1):
        (text,) = ledger.database.execute("SELECT text FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
        found = digest(text)
        yield None if found == sha256 else Break(f"text {sha256}", f"the text was changed: it now hashes to {found}")
        step("texts", done, len(names))


def _stray(ledger: Ledger) -> Iterator[Break]:
    known = {sha256 for (sha256,) in ledger.database.execute("SELECT sha256 FROM files")}
    for place in sorted((ledger.folder / "files").glob("*/*")):
        if place.name not in known and not place.name.startswith(".part-"):
            yield Break(str(place.relative_to(ledger.folder)), "a file that no record speaks of")


def _findings(ledger: Ledger, step: Step) -> tuple[list[Break], tuple[int, int]]:
    rows = ledger.database.execute("SELECT rowid, record FROM reports ORDER BY id").fetchall()
    reports = {content_key(one): one for one in (codec.report_from_json(record, "") for _, record in rows)}
    breaks: list[Break] = []
    findings = spans = 0
    for done, (key, report) in enumerate(reports.items(), 1):
        text = _text(ledger, report.sha256)
        breaks.extend(_misnamed(report, text))
        records = ledger.database.execute("SELECT record FROM derived WHERE key = ?", (key,)).fetchall()
        for (record,) in records:
            found, count = _one_finding(report.id, record, text)
            breaks.extend(found)
            findings, spans = findings + 1, spans + count
        step("spans", done, len(reports))
    return breaks, (findings, spans)


def _text(ledger: Ledger, sha256: str) -> str:
    (text,) = ledger.database.execute("SELECT text FROM texts WHERE sha256 = ?", (sha256,)).fetchone()
    return str(text.decode("utf-8", "surrogatepass"))


def _misnamed(report: Report, text: str) -> Iterator[Break]:
    """The id of a report stands for its text and its particulars."""
    particulars = {name: getattr(report, name) for name in ("publisher", "published", "address")}
    if report.id != identify_report(text, **particulars):
        yield Break(report.id, "its id does not fit its text, publisher, date and address: one of them was changed")


def _one_finding(report: str, record: str, text: str) -> tuple[list[Break], int]:
    try:
        findings = codec.findings_from_json(record)
    except (json.JSONDecodeError, ValueError, TypeError) as error:
        return [Break(report, f"what was found in it cannot be read: {error}")], 0
    if findings.report != report:
        return [Break(report, f"what was found in it says it is about {findings.report}")], 0
    breaks, count = _gather(_faults(findings, text))
    return breaks, count


def _faults(findings: Findings, text: str) -> Iterator[Break | None]:
    """One item for each span and each reference: None where it holds."""
    for name, span in _spans(findings):
        fault = _fault(span, text)
        yield Break(findings.report, f"{name}: {fault}") if fault else None
    by_id = {one.id: one for one in findings.attributions}
    for one in findings.attributions:
        if one.within is not None:
            fault = _outer_fault(one, by_id.get(one.within))
            yield Break(findings.report, f"attribution {one.id}: {fault}") if fault else None
        if not one.content:
            yield Break(findings.report, f"attribution {one.id}: has no content")
    for owner, link in _links(findings):
        if link.via is not None and link.via not in by_id:
            yield Break(findings.report, f"{owner}: a link goes through {link.via}, which is not in the report")


def _spans(findings: Findings) -> Iterator[tuple[str, Span]]:
    yield from (("sentence", span) for span in findings.sentences)
    for one in findings.attributions:
        name = f"attribution {one.id}"
        parts = (one.source, one.cue, one.hearer, *one.content, *(link.span for link in one.chain))
        yield from ((name, span) for span in parts if span is not None)
    for claim in findings.claims:
        parts = (*claim.content, *(link.span for link in claim.chain))
        yield from ((f"claim {claim.id}", span) for span in parts if span is not None)


def _links(findings: Findings) -> Iterator[tuple[str, Link]]:
    for one in findings.attributions:
        yield from ((f"attribution {one.id}", link) for link in one.chain)
    for claim in findings.claims:
        yield from ((f"claim {claim.id}", link) for link in claim.chain)


def _fault(span: Span, text: str) -> str:
    """What is wrong with a span, "" if nothing."""
    start, end = span
    if not 0 <= start < end <= len(text):
        return f"the span {start} to {end} is not in the text of {len(text)} characters"
    if text[start].isspace() or text[end - 1].isspace():
        return f"the span {start} to {end} has white space at its ends"
    return ""


def _outer_fault(inner: Attribution, outer: Attribution | None) -> str:
    if outer is None:
        return f"stands within {inner.within}, which is not in the report"
    if not all(covers(outer.content, span) for span in inner.content):
        return f"its content is not inside that of {outer.id}"
    return ""
