"""Bytes and a name to reports: which format it is, who reads it, and what becomes of what it gives."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import BinaryIO, NamedTuple

from sayso import __version__, kit
from sayso.intake import (
    archive,
    dates,
    docx,
    fields,
    jsonlines,
    language,
    mail,
    pdf,
    plain,
    proposals,
    table,
    webarchive,
    webpage,
)
from sayso.intake.descent import ADVICE, Piece, Taken, descend, placed, within
from sayso.intake.mail import mbox, mhtml
from sayso.intake.records import Article, Lost, Member, Notes, NotRead, Settings
from sayso.intake.unpacking import INSTEAD, LARGEST, formats, packing, refuse_known_binaries, suffix, unpack
from sayso.model import Caveat, Report

LIBRARIES = ("lxml", "trafilatura", "pypdfium2", "warcio")
"""What parses files, beside the standard library."""
NAMED = 10
"""Reasons for which parts of a file are lost that get a caveat each; the others are told in one."""
ARCHIVES = frozenset({"zip", "tar", "warc", "wacz"})
"""Formats that their readers unpack as they go, and so may be larger than a file in memory."""
SIGNED = frozenset({"pdf", "docx", *ARCHIVES})
"""Formats that cannot be told by the name alone: they begin with a signature."""
READERS: Mapping[str, Callable[[bytes], Iterable[Article | Member | Lost]]] = {
    "html": webpage.articles,
    "pdf": pdf.articles,
    "docx": docx.articles,
    "mail": mail.articles,
    "mbox": mbox.articles,
    "mhtml": mhtml.articles,
}
"""Who reads what is no archive; `_reader` adds those that take settings."""
FIRST_IN_DOCUMENTS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"mimetype")
"""With which of its files a document begins, by the name in the first local header."""
HEAD = 4096
"""Bytes by which a format is told."""
_PAGE = re.compile(
    rb"\s*+(?:\xef\xbb\xbf\s*+)?(?:<!--.{0,500}?-->\s*+)?(?:<\?xml[^>]{0,200}>\s*+)?<(?:!doctype html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_MESSAGE = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[ \t][^\r\n]{0,998}\r?\n(?:[ \t][^\r\n]{1,998}\r?\n)*){3}")
"""Three header fields in a row, as every message begins (RFC 5322 §2.2, lines of 998 characters at most)."""
_MESSAGE_FIELD = re.compile(
    rb"^(?:Received|Message-ID|MIME-Version|Return-Path|Delivered-To):", re.IGNORECASE | re.MULTILINE
)
"""What a header above a text would not have."""
_NUMBERED = re.compile(r"(\w+) (\d+)")


class Source(NamedTuple):
    """The file that is taken in."""

    name: str
    sha256: str


@cache
def tools() -> str:
    """What finds the texts in files: the program and the libraries that parse, each with its version."""
    return ", ".join([f"sayso {__version__}", *(f"{name} {version(name)}" for name in LIBRARIES)])


def take_in(data: bytes, name: str, settings: Settings | None = None) -> Taken:
    """All reports in the bytes of one file, in order, and what is wrong with them or with what gave none.

    Files in the file (of an archive, a message) are taken in too. Pure: the same bytes, name and settings give the same
    reports. Reads nothing else, writes nothing. It can take long or much memory on hostile bytes; `take_in_safely` runs
    it where that does no harm. Raises WrongUse for a field in the settings that does not exist, else nothing.
    """
    settings = settings or Settings()
    fields.check(settings)
    source = Source(name, kit.digest(data))
    return descend(Member(data, name, ""), name, lambda member, _depth: unfold(member, source, settings))


def unfold(member: Member, source: Source, settings: Settings, *, large: BinaryIO | None = None) -> Iterator[Piece]:
    """One level of a file: its reports, the files inside it (under their whole place), and what is wrong.

    `large` is the file itself, where it is too large to be handed over as bytes.
    """
    label = f"{source.name}, {member.place}" if member.place else source.name
    lost = []
    try:
        for one in _articles(member, settings, large):
            if isinstance(one, Article):
                yield _report(one, member, source, settings)
            elif isinstance(one, Member):
                yield placed(one, member)
            else:
                lost.append(one)
    except NotRead as problem:
        yield Caveat(source.name, problem.kind, f"{label} {problem.reason}")
    yield from _losses(lost, source.name, label)


def understand(settings: Settings) -> Settings:
    """The settings with their date in ISO 8601. `WrongUse` for a date that cannot be understood, or a wrong field."""
    fields.check(settings)
    value, kind = dates.understand(settings.published)
    if kind:
        trouble = "can be two dates" if kind == "published-ambiguous" else "is no date that is understood"
        raise kit.WrongUse(f"{settings.published!r} {trouble}. Write it as 2031-05-02.")
    return replace(settings, published=value)


def media_type(start: bytes, name: str) -> str:
    """The media type of a file as it came, for its collection record, from its first bytes and its name."""
    packed = packing(start)
    if packed:
        return f"application/{'x-' if packed[0] != 'gzip' else ''}{packed[0]}"
    try:
        return str(formats()["media"][_form(start, name)])
    except NotRead:
        return "application/octet-stream"


def _articles(member: Member, settings: Settings, large: BinaryIO | None) -> Iterator[Article | Member | Lost]:
    file = large or io.BytesIO(member.data)
    start = file.read(HEAD)
    form = _archive(member.data or start, member.name, member.media_type)
    if form:
        yield from (archive if form in {"zip", "tar"} else webarchive).articles(file)
        return
    if large:
        raise NotRead("too-large", f"holds more than {LARGEST >> 20} MB. Split it into smaller files.")
    data = unpack(member.data)
    if not data or data.isspace():
        raise NotRead("empty", "is empty.")
    form = _form(data, member.name, member.media_type)
    if form in ARCHIVES:  # inside what was unpacked
        raise NotRead("format", f"is packed twice over in a way that is not read. {ADVICE}")
    yield from _reader(form, settings)(data)
    ending = suffix(member.name)
    if form == "text" and ending and formats()["suffixes"].get(ending) != "text" and not member.media_type:
        yield Lost("format-guessed", "", f"was read as plain text: it is not what the ending {ending!r} says.")


def _reader(form: str, settings: Settings) -> Callable[[bytes], Iterable[Article | Member | Lost]]:
    told = {"json": jsonlines.articles, "table": table.articles, "text": plain.articles}
    if form in told:
        return lambda data: told[form](data, settings)
    return READERS[form]


def _archive(data: bytes, name: str, declared: str) -> str:
    """The format of a file that its reader unpacks as it goes: "zip", "tar", "warc", "wacz"; "" for any other."""
    ending = _ending(name, declared)
    signed = _by_signature(data)
    if signed == "zip":
        if suffix(name) in formats()["unread"]:
            raise NotRead("format", f"looks like {formats()['unread'][suffix(name)]}. {INSTEAD}")
        if ending == "docx" or _is_document(data):
            return ""
        return "wacz" if ending == "wacz" else "zip"
    if signed in ARCHIVES:
        return signed
    return ending if ending in {"tar", "warc"} and packing(data[:HEAD]) else ""


def _is_document(data: bytes) -> bool:
    """Whether a ZIP file is a document of Word: its first files are what Word begins with (ECMA-376-2, "packages")."""
    return b"word/document.xml" in data and data[30:].startswith(FIRST_IN_DOCUMENTS)


def _ending(name: str, declared: str = "") -> str:
    """The format that the name's suffix says; if it says nothing, the one that its container declares."""
    known = formats()
    return str(known["suffixes"].get(suffix(name)) or known["declared"].get(declared, ""))


def _form(data: bytes, name: str, declared: str = "") -> str:
    """The format: by its signature, then the name's suffix, then the declared media type, then its first bytes.

    Raises NotRead for what is known to be no report.
    """
    ending, signed = _ending(name, declared), _by_signature(data)
    if signed == "zip":
        return "docx" if ending == "docx" or _is_document(data) else ending if ending == "wacz" else "zip"
    if signed or (ending == "pdf" and b"%PDF-" in data[:1024]):  # ISO 32000-1, annex H: readers look so far
        return signed or "pdf"
    refuse_known_binaries(data)
    return ending if ending and ending not in SIGNED else _by_content(data, name)


def _by_content(data: bytes, name: str) -> str:
    """The format of what neither signature nor name gives away."""
    if _PAGE.match(data[:2000]):
        return "html"
    unread = formats()["unread"]
    if suffix(name) in unread:
        raise NotRead("format", f"looks like {unread[suffix(name)]}. {INSTEAD}")
    if jsonlines.looks_like(data):
        return "json"
    if mbox.looks_like(data):
        return "mbox"
    if _MESSAGE.match(data[:HEAD]) and _MESSAGE_FIELD.search(data[:HEAD]):
        return "mhtml" if mhtml.looks_like(data) else "mail"
    return "text"


def _by_signature(start: bytes) -> str:
    """The format that the first bytes give away; "" if they do not."""
    for entry in formats()["signature"]:
        if start[entry["at"] :].startswith(bytes.fromhex(entry["starts"])):
            return str(entry["form"])
    return ""


def _losses(lost: Iterable[Lost], about: str, label: str) -> Iterator[Caveat]:
    """A caveat for each remark on the file and each of the first lost parts; those lost the same way in one."""
    by_kind: dict[str, list[Lost]] = {}
    for one in lost:
        by_kind.setdefault(one.kind, []).append(one)
    for kind, several in by_kind.items():
        alike: dict[str, list[str]] = {}
        for one in several:
            alike.setdefault(one.reason, []).append(one.place)
        named = list(alike.items())[:NAMED]
        for reason, places in named:
            where = f"{label}, {places[0]}," if places[0] else label
            yield Caveat(about, kind, f"{where} {reason}")
            if more := [place for place in places[1:] if place]:
                yield Caveat(about, kind, f"{label}: and {_more(more)} the same way: {_ranges(more)}.")
        if rest := [one.place for one in several if one.place and one.reason not in dict(named)]:
            yield Caveat(about, kind, f"{label}: and {_more(rest)} like these: {_ranges(rest)}.")


def _more(places: list[str]) -> str:
    """How many: "1 more row", "9 more lines", "3 more parts"."""
    numbered = _NUMBERED.fullmatch(places[0])
    noun = numbered[1] if numbered else "part"
    return f"{len(places)} more {noun}{'' if len(places) == 1 else 's'}"


def _ranges(places: list[str]) -> str:
    """Places in few words.

    >>> _ranges(["row 3", "row 4", "row 5", "row 9"]), _ranges(["a.png", "b.png"])
    ('row 3 to row 5, row 9', 'a.png, b.png')
    """
    runs: list[list[str]] = []
    last = None
    for place in places:
        numbered = _NUMBERED.fullmatch(place)
        number = int(numbered[2]) if numbered else None
        if number is not None and last is not None and number == last + 1:
            runs[-1][1:] = [place]
        else:
            runs.append([place])
        last = number
    shown = ", ".join(" to ".join(run) for run in runs[: 2 * NAMED])
    return f"{shown}, …" if len(runs) > 2 * NAMED else shown


def _report(article: Article, member: Member, source: Source, settings: Settings) -> tuple[Report, Notes]:
    """The report that an article makes, and the notes on it."""
    article = _completed(article, member, settings)
    publisher, from_publisher = _publisher(article)
    published, from_published = _published(article)
    tongue, beginning = language.tell(article.text)
    notes = (*article.notes, *from_publisher, *from_published, *language.caution(tongue, beginning))
    report = Report(
        id=kit.identify_report(article.text, publisher=publisher, published=published, address=article.address),
        text=article.text,
        sha256=kit.digest(article.text),
        file=source.sha256,
        name=source.name,
        place=within(member.place, article.place),
        title=article.title,
        publisher=publisher,
        authors=article.authors,
        published=published,
        address=article.address,
        language=tongue,
        captured=article.captured,
        pages=article.pages,
    )
    return report, notes


def _completed(article: Article, member: Member, settings: Settings) -> Article:
    """With what its container, and then the user, says where the article says nothing, or only guesses."""
    article = replace(
        article,
        address=member.address or article.address,
        captured=member.captured or article.captured,
        publisher=article.publisher or member.publisher,
        published=article.published or member.published,
        notes=(*member.notes, *article.notes),
    )
    guessed = {kind for kind, _ in article.notes}
    asked = {
        field: getattr(settings, field)
        for field in ("publisher", "published", "address")
        if getattr(settings, field) and (not getattr(article, field) or f"{field}-proposed" in guessed)
    }
    return replace(article, **asked, notes=tuple(n for n in article.notes if n[0].split("-")[0] not in asked))


def _publisher(article: Article) -> tuple[str, Notes]:
    if article.publisher:
        return article.publisher, ()
    if proposal := proposals.publisher(article.text, article.address):
        message = f"The publisher is not recorded; {proposal.value!r} is proposed from {proposal.found}. Check it."
        return proposal.value, (("publisher-proposed", message),)
    message = "Nobody recorded who published this. Say so with --publisher, a header or a reports.csv."
    return "", (("publisher-not-recorded", message),)


def _published(article: Article) -> tuple[str, Notes]:
    if not article.published:
        proposal = proposals.published(article.text)
        if not proposal:
            return "", ()
        message = f"The date is not recorded; {proposal.value} is proposed from {proposal.found}. Check it."
        return proposal.value, (("published-proposed", message),)
    value, kind = dates.understand(article.published)
    if kind == "published-ambiguous":
        message = f"{value!r} can be two dates; it is kept as written. Write it as 2031-05-02."
    else:
        message = f"The date {value!r} is not understood; it is kept as written. Write it as 2031-05-02."
    return value, ((kind, message),) if kind else ()
