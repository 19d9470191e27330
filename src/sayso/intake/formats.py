"""Bytes and a name to reports: which format it is, who reads it, and what becomes of what it gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sayso import kit
from sayso.intake import dates, fields, jsonlines, language, plain, proposals, table, webpage
from sayso.intake.records import Article, Lost, Notes, NotRead, Settings
from sayso.intake.unpacking import GZIP, READS, formats, refuse_known_binaries, suffix, unpack
from sayso.model import Caveat, Report

NAMED = 10
"""Reasons for which lines or rows of a file are lost that get a caveat each; the others are told in one."""
_PAGE = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!--.{0,500}?-->\s*)?(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_LANGUAGES = "The reader knows English only: what it says about this report is not to be relied on."


def take_in(data: bytes, name: str, settings: Settings | None = None) -> tuple[tuple[Report, ...], tuple[Caveat, ...]]:
    """All reports in the bytes of one file, in order, and what is wrong with them or with what gave none.

    Pure: the same bytes, name and settings give the same reports. Reads nothing else, writes nothing. It can take long
    or much memory on hostile bytes; `take_in_safely` runs it where that does no harm. Raises WrongUse for a field in
    the settings that does not exist, nothing else on purpose.
    """
    settings = settings or Settings()
    fields.check(settings)
    source = kit.digest(data)
    try:
        found = list(_articles(data, name, settings))
    except NotRead as problem:
        return (), (Caveat(name, problem.kind, f"{name} {problem.reason}"),)
    reports: dict[str, Report] = {}
    caveats = list(_losses((one for one in found if isinstance(one, Lost)), name))
    for article in found:
        if isinstance(article, Article):
            report, notes = _report(article, settings, source, name)
            caveats += _unless_met(report, notes, reports)
    if not reports and not caveats:
        caveats.append(Caveat(name, "empty", f"{name} is empty."))
    return tuple(reports.values()), tuple(caveats)


def understand(settings: Settings) -> Settings:
    """The settings with their date in ISO 8601. `WrongUse` for a date that cannot be understood, or a wrong field."""
    fields.check(settings)
    value, kind = dates.understand(settings.published)
    if kind:
        trouble = "can be two dates" if kind == "published-ambiguous" else "is no date that is understood"
        raise kit.WrongUse(f"{settings.published!r} {trouble}. Write it as 2031-05-02.")
    return replace(settings, published=value)


def _unless_met(report: Report, notes: Notes, met: dict[str, Report]) -> Iterator[Caveat]:
    """Put the report among those met, with its caveats; the same one twice in a file is one report."""
    first = met.setdefault(report.id, report)
    if first is report:
        yield from (Caveat(report.id, kind, message) for kind, message in notes)
    else:
        message = f"{report.place} of {report.name} is the same report as {first.place}; it was taken once."
        yield Caveat(report.id, "same-report", message)


def media_type(data: bytes, name: str) -> str:
    """The media type of a file as it came, for its collection record."""
    if data.startswith(GZIP):
        return "application/gzip"
    try:
        refuse_known_binaries(data)
        return str(formats()["media"][_format(data, name)])
    except NotRead:
        return "application/octet-stream"


def _articles(data: bytes, name: str, settings: Settings) -> Iterator[Article | Lost]:
    data = unpack(data)
    if not data or data.isspace():
        raise NotRead("empty", "is empty.")
    refuse_known_binaries(data)
    form = _format(data, name)
    if form == "json":
        yield from jsonlines.articles(data, settings)
    elif form == "table":
        yield from table.articles(data, settings)
    elif form == "html":
        yield from webpage.articles(data)
    else:
        yield from plain.articles(data, settings)
        if suffix(name) not in formats()["suffixes"] and suffix(name):
            yield Lost("format-guessed", "", f"was read as plain text: the ending {suffix(name)!r} is not known here.")


def _format(data: bytes, name: str) -> str:
    """The suffix decides; where it is not known, what the bytes begin with. Raises NotRead for later formats."""
    ending = suffix(name)
    if ending in formats()["suffixes"]:
        return str(formats()["suffixes"][ending])
    if _PAGE.match(data[:2000]):
        return "html"
    if ending in formats()["unread"]:
        raise NotRead("format", f"looks like {formats()['unread'][ending]}. {READS}")
    return "json" if jsonlines.looks_like(data) else "text"


def _losses(lost: Iterable[Lost], name: str) -> Iterator[Caveat]:
    """A caveat for each remark on the file and each of the first lost rows; rows lost the same way in one."""
    by_kind: dict[str, list[Lost]] = {}
    for one in lost:
        by_kind.setdefault(one.kind, []).append(one)
    for kind, several in by_kind.items():
        alike: dict[str, list[str]] = {}
        for one in several:
            alike.setdefault(one.reason, []).append(one.place)
        for reason, places in list(alike.items())[:NAMED]:
            where = f"{name}, {places[0]}," if places[0] else name
            yield Caveat(name, kind, f"{where} {reason}")
            if more := [place for place in places[1:] if place]:
                yield Caveat(name, kind, f"{name}: and {_more(more)} the same way: {_ranges(more)}.")
        if rest := [one.place for one in several if one.place and one.reason not in list(alike)[:NAMED]]:
            yield Caveat(name, kind, f"{name}: and {_more(rest)} like these: {_ranges(rest)}.")


def _more(places: list[str]) -> str:
    """How many: "1 more row", "9 more lines"."""
    noun = places[0].split()[0]
    return f"{len(places)} more {noun}{'' if len(places) == 1 else 's'}"


def _ranges(places: Iterable[str]) -> str:
    """Places in few words.

    >>> _ranges(["row 3", "row 4", "row 5", "row 9"])
    'row 3 to row 5, row 9'
    """
    runs: list[list[str]] = []
    last = 0
    for place in places:
        number = int(place.split()[-1])
        if runs and number == last + 1:
            runs[-1][1:] = [place]
        else:
            runs.append([place])
        last = number
    return ", ".join(" to ".join(run) for run in runs)


def _report(article: Article, settings: Settings, source: str, name: str) -> tuple[Report, Notes]:
    """The report that an article makes, and the notes on it."""
    guessed = {kind for kind, _ in article.notes}
    asked = {
        field: getattr(settings, field)
        for field in ("publisher", "published", "address")
        if getattr(settings, field) and (not getattr(article, field) or f"{field}-proposed" in guessed)
    }
    article = replace(article, **asked, notes=tuple(n for n in article.notes if n[0].split("-")[0] not in asked))
    publisher, from_publisher = _publisher(article)
    published, from_published = _published(article)
    tongue = language.tell(article.text)
    notes = (*article.notes, *from_publisher, *from_published, *_about_language(tongue))
    report = Report(
        id=kit.identify(article.text, publisher, published, article.address),
        text=article.text,
        sha256=kit.digest(article.text),
        file=source,
        name=name,
        place=article.place,
        title=article.title,
        publisher=publisher,
        authors=article.authors,
        published=published,
        address=article.address,
        language=tongue,
    )
    return report, notes


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


def _about_language(tongue: str) -> Iterator[tuple[str, str]]:
    if tongue not in ("", "en"):
        yield "language", f"The text seems to be in another language ({tongue}). {_LANGUAGES}"
