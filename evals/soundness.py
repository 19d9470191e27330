"""What must hold of whatever a reader of `intake` makes of any bytes. Fuzzing and hypothesis both ask this."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from evals.samples import MAKERS, saved_pages, with_attachment
from sayso.intake import archive, formats, jsonlines, listing, plain, table, take_in, webarchive, wire
from sayso.intake.descent import Piece
from sayso.intake.records import Article, Lost, Member, Notes, NotRead, Settings
from sayso.kit import digest, identify_report, locate
from sayso.ledger import codec
from sayso.model import Caveat, Report

Reader = Callable[[bytes], Iterable[Article | Member | Lost]]
READERS: Mapping[str, Reader] = {
    **formats.READERS,
    "text": lambda data: plain.articles(data, Settings()),
    "json": lambda data: jsonlines.articles(data, Settings()),
    "table": lambda data: table.articles(data, Settings()),
    "archive": archive.articles,
    "webarchive": webarchive.articles,
    "list": lambda data: _problems(listing.understand(data)),
}
"""The readers of one format each, and of the list that may lie beside reports, which is read outside the worker."""
EVERYTHING = "take_in"
"""All of them, and what decides between them and goes into files in files: the first byte chooses the name's suffix."""
SUFFIXES = (*MAKERS, "unknown", "htm", "xz")
STARTS: Mapping[str, tuple[str, ...]] = {
    "html": ("html",),
    "pdf": ("pdf",),
    "docx": ("docx",),
    "mail": ("eml", "mht"),
    "mbox": ("mbox",),
    "mhtml": ("mht",),
    "text": ("txt",),
    "json": ("jsonl", "json"),
    "table": ("csv", "tsv"),
    "archive": ("zip", "tar", "tar.gz"),
    "webarchive": ("warc", "warc.gz", "wacz"),
    "list": ("csv", "tsv"),
}
"""Which good files fuzzing of a reader begins with."""
DOCUMENTS = Path(__file__).parent.parent / "tests" / "intake" / "documents"
LARGEST = 20_000
"""Bytes of a file with which fuzzing begins, and of all that it makes."""
_UNSHOWN = re.compile("[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What must not stand in a line that is shown: it breaks the line, turns words round, or cannot be printed."""
_MOMENT = re.compile(r"(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)?")


class Unsound(AssertionError):
    """Something does not hold that must."""


def _problems(said: listing.Said) -> list[Lost]:
    rows, problems = listing.assign(said, lambda file: file if file.endswith("a") else "")
    for row in rows.values():
        _check_shown(row, "file", "publisher", "published", "address")
    return [Lost("list", "", problem) for problem in problems]


def starts(reader: str) -> Iterator[bytes]:
    """Good files for a reader."""
    if reader == EVERYTHING:
        for number, suffix in enumerate(MAKERS):
            yield bytes([number]) + MAKERS[suffix](number)
    else:
        for number, suffix in enumerate(STARTS[reader]):
            yield MAKERS[suffix](number)
    made = (one for one in sorted(DOCUMENTS.rglob("*")) if one.suffix.startswith(f".{reader[:3]}"))
    yield from (one.read_bytes() for one in made if one.stat().st_size <= LARGEST)
    if reader == "html":
        yield from saved_pages()
    if reader == "list":
        yield b"file,publisher,published,url\na.txt,Tide,2031-05-02,https://t.example/a\n"
    if reader == "pdf":
        yield with_attachment(1)


def check(reader: str, data: bytes) -> None:
    """Let a reader read the bytes, and raise `Unsound` if what it gives must not be. Other errors are let through."""
    if reader == EVERYTHING:
        check_taking(data[1:], f"a.{SUFFIXES[data[0] % len(SUFFIXES)]}" if data else "a")
        return
    found = _read(reader, data)
    for one in found:
        if isinstance(one, Member):
            _check_member(one)
            _check_wire([one])
        elif isinstance(one, Lost):
            _check_shown(one, "kind", "place", "reason")
        else:
            _check_article(one, data)
    if digest(data)[0] == "0" and _read(reader, data) != found:
        raise Unsound("the same bytes gave something else when they were read again")


def _read(reader: str, data: bytes) -> list[Article | Member | Lost]:
    found: list[Article | Member | Lost] = []
    try:
        found.extend(READERS[reader](data))
    except NotRead as problem:
        found.append(Lost(problem.kind, "", problem.reason))
    return found


def _check_article(article: Article, data: bytes) -> None:
    """The article as it is before it is a report, and the report that it makes."""
    report, notes = formats._report(  # noqa: SLF001 - what a reader's article makes, without the other readers
        article, Member(data, "a", ""), formats.Source("a", digest(data)), Settings()
    )
    _check_report(report)
    _check_notes(notes)
    _check_wire([(report, notes)])


def check_taking(data: bytes, name: str) -> None:
    """Take the bytes in, and raise `Unsound` if what comes of them must not be."""
    formats.media_type(data[: formats.HEAD], name)  # asked outside the worker: it must not raise
    reports, caveats = take_in(data, name)
    if not reports and not caveats:
        raise Unsound("neither a report nor a reason why there is none")
    for report in reports:
        _check_report(report)
    about = {name, *(report.id for report in reports)}
    for caveat in caveats:
        _check_shown(caveat, "about", "kind", "message")
        if caveat.about not in about:
            raise Unsound(f"a caveat about {caveat.about!r}, which is nothing here")
    _check_wire([*((report, ()) for report in reports), *caveats])
    if codec.caveats_from_json(codec.caveats_to_json(caveats)) != caveats:
        raise Unsound("caveats do not come back from the case as they were")
    if digest(data)[0] == "0" and take_in(data, name) != (reports, caveats):
        raise Unsound("the same bytes gave something else when they were taken in again")


def _check_report(report: Report) -> None:
    if not report.text or report.text.isspace():
        raise Unsound("a report without a text")
    if report.sha256 != digest(report.text):
        raise Unsound("the text's hash is not that of the text")
    said = {"publisher": report.publisher, "published": report.published, "address": report.address}
    if report.id != identify_report(report.text, **said):
        raise Unsound("the report's id is not its own")
    if not _MOMENT.fullmatch(report.captured):
        raise Unsound(f"a time of capture that is none: {report.captured!r}")
    _check_shown(report, "name", "place", "title", "authors", "publisher", "published", "address", "language")
    _check_pages(report.pages, len(report.text))
    if codec.report_from_json(codec.report_to_json(report), report.text) != report:
        raise Unsound("the report does not come back from the case as it was")


def _check_pages(pages: Sequence[Sequence[int]], length: int) -> None:
    """Offsets of lines rise on each page, lie in the text, and lead back to their page and line."""
    for page, lines in enumerate(pages, 1):
        if any(later <= earlier for earlier, later in pairwise(lines)) or not all(0 <= one < length for one in lines):
            raise Unsound(f"offsets of lines on page {page} do not rise within the text of {length}: {lines[:40]}")
        for line, offset in enumerate(lines, 1):
            if locate(pages, offset) != (page, line if len(lines) > 1 else None):
                raise Unsound(f"page {page}, line {line} begins at {offset}, which is told as {locate(pages, offset)}")


def _check_member(member: Member) -> None:
    _check_shown(member, "name", "place", "media_type", "address", "published", "publisher")
    _check_notes(member.notes)
    if not _MOMENT.fullmatch(member.captured):
        raise Unsound(f"a time of capture that is none: {member.captured!r}")


def _check_shown(record: object, *names: str) -> None:
    """The fields of these names are lines that can be shown."""
    for name in names:
        value = getattr(record, name)
        if _UNSHOWN.search("".join(value)):
            raise Unsound(f"{type(record).__name__}.{name} holds what cannot be shown: {value!r}")


def _check_notes(notes: Notes) -> None:
    for kind, message in notes:
        if _UNSHOWN.search(kind + message):
            raise Unsound(f"the note {kind!r} holds what cannot be shown: {message!r}")


def _check_wire(pieces: list[Piece | Caveat]) -> None:
    """What the worker sends arrives as it was."""
    pipe = io.BytesIO()
    wire.write_pieces(pipe, pieces)
    pipe.seek(0)
    if list(wire.read_pieces(pipe)) != pieces:
        raise Unsound("what the worker sends does not arrive as it was")
