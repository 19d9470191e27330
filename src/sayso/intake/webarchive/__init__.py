"""The reports in a web archive: pages and documents among its records (WARC, ARC), or those that it lists (WACZ)."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from urllib.parse import urljoin

from sayso.intake import fields, unpacking
from sayso.intake.archive import zipped
from sayso.intake.mail import mime
from sayso.intake.records import Lost, Member, Notes, NotRead
from sayso.intake.unpacking import Seekable
from sayso.intake.webarchive import response, wacz, warc
from sayso.intake.webarchive.warc import Record
from sayso.intake.webpage import saved as savedpage

SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
"""Media types of reports, and the suffix of such a file. All else is what pages are drawn with."""
HEAD = 64 * 1024
"""Bytes of a block by which it is told whether the record is a report; the fields of a response end in them."""
_SCHEMES = ("http://", "https://", "ftp://")
"""Of addresses of reports. Crawlers keep their own notes under urn:, metadata:, dns:, file: and the like."""
_CRAWL, _MOVED, _DRAWN, _AGAIN = (
    "requests and notes of the crawler",
    "redirects and errors",
    "pictures, scripts and other parts of pages",
    "captures of the same page without a change",
)


class _Place(NamedTuple):
    """A record by its archive's and its own number."""

    archive: int
    record: int


class _Revisit(NamedTuple):
    """A capture whose content is that of another record."""

    place: str
    address: str
    captured: str
    names: tuple[str, ...]
    """Of the other record: its id, and the digest of its content."""
    page: bool
    """Whether it would be a report, as far as it says."""


@dataclass(slots=True)
class _Met:
    """What was seen in the records so far."""

    pages: set[str] | None
    """What `_plain` makes of the addresses that are pages; None where nothing lists them."""
    unseen: dict[str, str] = field(default_factory=dict)
    """The listed addresses that no record has, by what `_plain` makes of them."""
    passed: Counter[str] = field(default_factory=Counter)
    """How many records of a kind are no reports."""
    reports: dict[str, tuple[_Place, str]] = field(default_factory=dict)
    """Place and address of the reports, by the id of the record and by the digest of what it holds."""
    others: set[str] = field(default_factory=set)
    """The same for records that are no reports."""
    again: list[_Revisit] = field(default_factory=list)


def articles(file: bytes | Seekable) -> Iterator[Member | Lost]:
    """The pages and documents of a web archive as members; what is damaged, and how much is no report.

    Address and time of capture are as the archive says. Raises NotRead for a file that is no web archive.
    """
    file = io.BytesIO(file) if isinstance(file, bytes) else file
    file.seek(0)
    if file.read(4) not in zipped.STARTS:
        yield from _reports([("", lambda: file)], _Met(None))
        return
    package = wacz.read(file)
    yield from package.problems
    listed = {_plain(page): page for page in package.pages}
    met = _Met(set(listed) or None, listed)
    yield from _reports(package.archives, met)
    if listed and not met.reports:
        yield Lost("pages-not-listed", "", "holds none of the pages that it lists, so that all of its pages were read.")
        yield from _reports(package.archives, _Met(None))


def _reports(archives: Sequence[tuple[str, Callable[[], Seekable]]], met: _Met) -> Iterator[Member | Lost]:
    """The reports in the records of all archives. Those that were passed over are told in one remark."""
    for number, (name, opened) in enumerate(archives):
        for one in warc.records(opened()):
            place = f"{name}, {one.place}".strip(", ") if isinstance(one, Lost) else _shown(name, one)
            if isinstance(one, Lost):
                yield replace(one, place=place)
            elif found := _report(one, place, met, _Place(number, one.number)):
                yield found
    yield from _again(archives, met)
    for page in met.unseen.values() if met.reports else ():
        yield Lost("page-missing", page, "is listed as a page but is not in the archive. Look for a second part of it.")
    if met.passed:
        told = "; ".join(f"{kind}: {number:,}" for kind, number in sorted(met.passed.items()))
        yield Lost("passed-over", "", f"holds records that are no reports and were passed over ({told}).")


def _shown(archive: str, record: Record) -> str:
    return f"{archive}, record {record.number}" if archive else f"record {record.number}"


def _report(record: Record, place: str, met: _Met, where: _Place) -> Member | Lost | None:
    """The report that a record holds, or why it is lost; None for a record that is none, which is counted."""
    met.unseen.pop(_plain(_address(record)), None)
    if record.kind == "revisit":
        met.again.append(_revisit(record, place, met))
        return None
    found = _read(record, place, met)
    names = [record.fields.get(name, "") for name in ("warc-record-id", "warc-payload-digest")]
    if isinstance(found, str):
        met.passed[found] += 1
        met.others.update(names)
        return None
    if found is not None:
        met.reports |= {name: (where, _address(record)) for name in names if name and name not in met.reports}
    return found


def _address(record: Record) -> str:
    """Where the record is from; some programs write it in brackets, or with spaces."""
    return fields.tidy(record.fields.get("warc-target-uri", "")).strip("<>").replace(" ", "%20")


def _read(record: Record, place: str, met: _Met) -> Member | Lost | str | None:
    """The report, or why it is lost; the kind of record for one that is none; None for one that is cut short."""
    address = _address(record)
    if record.kind not in {"response", "resource", "conversion"} or not address.lower().startswith(_SCHEMES):
        return _CRAWL
    block = record.read(HEAD)
    said, body = {"content-type": record.fields.get("content-type", "")}, 0
    if record.kind == "response":
        status, said, body = response.head(block)
        if status != "200":
            _follow(met, address, said.get("location", ""))
            return _MOVED
    kind, charset = mime.media_type(said.get("content-type", ""))
    kind = _looks_like(block[body : body + 1000]) if kind in {"", "application/octet-stream"} else kind
    if kind not in SUFFIXES or not _is_page(record, address, met):
        return _DRAWN
    if record.length > unpacking.LARGEST:
        return Lost("too-large", place, f"holds more than {unpacking.LARGEST >> 20} MB.")
    block += record.read(record.length)
    if len(block) < record.length:
        return None
    return _member(record, place, (kind, charset), (block, body, said))


def _follow(met: _Met, address: str, target: str) -> None:
    """Where a page that is listed was moved to is a page too."""
    if target and met.pages is not None and _plain(address) in met.pages:
        met.pages.add(_plain(_joined(address, fields.tidy(target))))


def _joined(address: str, target: str) -> str:
    try:
        return urljoin(address, target)
    except ValueError:
        return target


def _plain(address: str) -> str:
    """An address for comparing: lists of pages keep the fragment, and sometimes the scheme before it was changed."""
    return re.sub(r"^https?://", "", address.partition("#")[0])


def _is_page(record: Record, address: str, met: _Met) -> bool:
    """Whether a page was asked for, not a part of one: as the list of pages says, or else the browser that crawled."""
    if met.pages is not None:
        return _plain(address) in met.pages
    asked = record.fields.get("warc-resource-type", "document").lower()
    return asked == "document" and not address.lower().endswith("/robots.txt")


def _looks_like(start: bytes) -> str:
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    page = start[:1000].lstrip().lower()
    return "text/html" if page.startswith((b"<!doctype html", b"<html")) else ""


def _member(
    record: Record, place: str, typed: tuple[str, str], found: tuple[bytes, int, dict[str, str]]
) -> Member | Lost:
    """The member; `typed` is media type and charset, `found` the block, where its content begins, and its fields."""
    (kind, charset), (block, body, said) = typed, found
    notes: Notes = ()
    if warc.digest_differs(block, record.fields.get("warc-block-digest", "")):
        notes += (("digest-differs", "The record does not match its digest in the web archive: it was changed later."),)
    if "warc-truncated" in record.fields:
        notes += (("capture-cut", "The web archive kept only a part of this page when it was captured."),)
    try:
        data = response.content(block[body:], said)
    except NotRead as problem:
        return Lost(problem.kind, place, problem.reason)
    if kind.startswith(("text/", "application/xhtml")):
        data, told = mime.with_charset(data, charset)
        notes += told
    captured = savedpage.moment(record.fields.get("warc-date", ""))
    return Member(data, f"record{SUFFIXES[kind]}", place, kind, _address(record), captured, notes=notes)


def _revisit(record: Record, place: str, met: _Met) -> _Revisit:
    told = response.head(record.read(HEAD))
    kind, _ = mime.media_type(told.fields.get("content-type", ""))
    address = _address(record)
    page = told.status in {"", "200"} and (kind in SUFFIXES or not kind) and _is_page(record, address, met)
    names = tuple(record.fields.get(name, "") for name in ("warc-refers-to", "warc-payload-digest"))
    return _Revisit(place, address, savedpage.moment(record.fields.get("warc-date", "")), names, page)


def _again(archives: Sequence[tuple[str, Callable[[], Seekable]]], met: _Met) -> Iterator[Member | Lost]:
    """Pages whose content another record holds (ISO 28500 §6.7): the same at another address is another report."""
    wanted: dict[_Place, list[_Revisit]] = {}
    for one in met.again:
        original = next((met.reports[name] for name in one.names if name in met.reports), None)
        if original and original[1] != one.address:
            wanted.setdefault(original[0], []).append(one)
        elif original:
            met.passed[_AGAIN] += 1
        elif met.others.intersection(filter(None, one.names)) or not one.page:
            met.passed[_DRAWN] += 1
        else:
            reason = "was captured again without a change, and its content is in another file. Read that file too."
            yield Lost("revisit", one.place, reason)
    for number, (_, opened) in enumerate(archives if wanted else ()):
        for record in warc.records(opened()):
            here = wanted.get(_Place(number, record.number), []) if isinstance(record, Record) else []
            found = _read(record, "", met) if here and isinstance(record, Record) else None
            if isinstance(found, Member):
                yield from (replace(found, place=x.place, address=x.address, captured=x.captured) for x in here)
