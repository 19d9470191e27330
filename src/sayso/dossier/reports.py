"""The reports as the page shows them, with what they share and where they come from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, NamedTuple

from markupsafe import Markup

from sayso.dossier.index import Entry, Index, Place
from sayso.dossier.markup import marked
from sayso.dossier.voices import verdict
from sayso.dossier.words import count, day, share, unsure, web_address
from sayso.model import Case, Caveat, Echo, EchoKind, Findings, Report, Span

PASSAGES_SHOWN: Final = 6
"""Longest shared passages of an echo that are set side by side; the rest are counted."""

_WORD: Final = re.compile(r"\w+")
_OPENED: Final = "\"'“‘«(["
"""Quotation marks and brackets that belong to the word after them."""

LONGEST_LINE: Final = 70
"""Characters of a first line that stand for a headline."""

LONGEST_PASSAGE: Final = 600
"""Characters of a shared passage that are shown."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One report."""

    number: int
    report: Report
    headline: str
    listed: str
    """How the list of reports calls it: its headline or first line."""
    date: str
    captured: str
    address: str
    """A web address that may be a link, else ""."""
    body: Markup
    passages: str
    caveats: tuple[Caveat, ...]
    echoes: tuple[tuple[str, int], ...]
    """What it shares, in words, and the number of the other report."""
    changes: tuple[Change, ...]
    """How it differs from other versions of the same address."""
    verdict: str


@dataclass(frozen=True, slots=True)
class Change:
    """What is between a report and another version of the same address."""

    said: str
    other: int
    """The other report's number."""
    removed: tuple[str, ...]
    """Passages of the earlier version, in the later one only."""
    added: tuple[str, ...]


SHARED: dict[EchoKind, tuple[str, str]] = {
    "relay": ("it passes on what it says it has from", "it is passed on, as its text says, by"),
    "credit": ("it credits", "it is credited by"),
    "quotation": ("it has the same words quoted as", "the same words are quoted in"),
    "passage": ("{} of its words stand in", "{} of the words here stand in the same order in it:"),
}
"""What the copy and the original share, before the number of the other report."""


SAID: dict[EchoKind, tuple[str, str]] = {
    "relay": ("report", "says that it has words from"),
    "credit": ("report", "credits"),
    "quotation": ("report", "has the same words quoted as"),
    "passage": ("{} of report", "stands in"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """One echo: what one report has from another."""

    copy: Report
    original: Report
    copy_number: int
    original_number: int
    said: tuple[str, str]
    """What stands before the copy's number and between copy and original."""
    reason: str
    order: str
    passages: tuple[tuple[str, str], ...]
    more: int
    """Passages that are not shown."""


def sheets(case: Case, index: Index, led_to: Container[Place] = (), *, only: str = "") -> list[Sheet]:
    """A sheet for each report, in the case's order. `led_to`: sentences that other parts of the page lead to.

    `only`: the id of the one report that is wanted.
    """
    found = {findings.report: findings for findings in case.findings}
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in index.entries.values():
        entries[entry.report.id].append(entry)
    shared = _shared(case.echoes, index)
    changes = _changes(case, index)
    return [
        _sheet(
            report,
            found.get(report.id, Findings(report.id)),
            entries[report.id],
            around=_Around(
                tuple(shared.get(report.id, ())), tuple(changes.get(report.id, ())), _anchors(report, index, led_to)
            ),
            index=index,
        )
        for report in case.reports
        if only in {"", report.id}
    ]


class _Around(NamedTuple):
    """How a report stands to the others, and to the rest of the page."""

    echoes: tuple[tuple[str, int], ...]
    changes: tuple[Change, ...]
    anchors: dict[Span, str]
    """Ids of the sentences that other parts of the page lead to."""


def _anchors(report: Report, index: Index, led_to: Container[Place]) -> dict[Span, str]:
    places = ((span, Place(index.reports[report.id], n)) for n, span in enumerate(index.sentences[report.id], 1))
    return {span: place.anchor for span, place in places if place in led_to}


def _sheet(report: Report, findings: Findings, entries: list[Entry], *, around: _Around, index: Index) -> Sheet:
    faint = {entry.number for entry in entries if index.is_unsure(entry)}
    return Sheet(
        number=index.reports[report.id],
        report=report,
        headline=headline(report),
        listed=report.title or first_line(report),
        date=day(report.published),
        captured=day(report.captured),
        address=web_address(report.address),
        body=marked(report.text, findings.sentences, _as_told(entries, index), faint, report.pages, around.anchors),
        passages=count(len(entries), "attributed passage") + unsure(len(faint), len(entries)),
        caveats=findings.caveats,
        echoes=around.echoes,
        changes=around.changes,
        verdict=verdict(index.standing.get(report.id)),
    )


def _as_told(entries: list[Entry], index: Index) -> list[Entry]:
    """The entries without a chain where a person said who speaks: then the text bears no gloss of the program's.

    Nor do other attributions to the very same words ("he"), so that no word stands with a gloss that a person denied.
    """
    stands = ((one.attribution.source, index.standing.get(one.attribution.id)) for one in entries)
    told = {source for source, by in stands if by and by.change and (by.change.speaker or by.change.chain)}
    return [
        replace(one, attribution=replace(one.attribution, chain=())) if one.attribution.source in told else one
        for one in entries
    ]


def headline(report: Report) -> str:
    """Its title; where none is recorded, publisher and date; where these are not either, its first line."""
    known = [part for part in (report.publisher, day(report.published)) if part]
    return report.title or ", ".join(known) or first_line(report)


def first_line(report: Report) -> str:
    """The first words of its text."""
    line = report.text.strip().split("\n", 1)[0]
    return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE].rsplit(" ", 1)[0] + " …"


def _shared(echoes: Iterable[Echo], index: Index) -> dict[str, list[tuple[str, int]]]:
    """What each report shares with which other, from both sides."""
    shared: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for echo in echoes:
        if echo.copy in index.reports and echo.original in index.reports:
            ours, theirs = (words.format(share(echo.score)) for words in SHARED[echo.kind])
            shared[echo.copy].append((ours, index.reports[echo.original]))
            shared[echo.original].append((theirs, index.reports[echo.copy]))
    return shared


def _changes(case: Case, index: Index) -> dict[str, list[Change]]:
    """Versions of the same address: the later one says what changed, the earlier that there is a later one."""
    texts = {report.id: report.text for report in case.reports}
    changes: defaultdict[str, list[Change]] = defaultdict(list)
    for version in case.versions:
        removed, added = (
            tuple(texts[name][span.start : span.end][:LONGEST_PASSAGE] for span in spans[:PASSAGES_SHOWN])
            for name, spans in ((version.earlier, version.removed), (version.later, version.added))
        )
        other = "A later version of the same address is" if version.dated else "The same address gave another text in"
        changes[version.earlier].append(Change(other, index.reports[version.later], (), ()))
        what = f"{count(len(version.added), 'passage')} put in, {len(version.removed)} taken out"
        said = (
            f"A later version of an address, {what} since"
            if version.dated
            else f"Which came first is not recorded: the same address, {what}, beside"
        )
        changes[version.later].append(Change(said, index.reports[version.earlier], removed, added))
    return changes


def pairs(case: Case, index: Index) -> list[Pair]:
    """The echoes, those that share most first."""
    reports = {report.id: report for report in case.reports}
    starts = {findings.report: tuple(span.start for span in findings.sentences) for findings in case.findings}
    known = [echo for echo in case.echoes if echo.copy in reports and echo.original in reports]
    known.sort(key=lambda echo: (-echo.score, index.reports[echo.copy], index.reports[echo.original]))
    stated = {(echo.copy, echo.original) for echo in known if echo.kind in {"relay", "credit"}}
    made = [_pair(echo, reports, index, starts.get(echo.copy, ())) for echo in known]
    return [
        replace(pair, order="The text says which came first.") if (echo.copy, echo.original) in stated else pair
        for pair, echo in zip(made, known, strict=True)
    ]


def _pair(echo: Echo, reports: dict[str, Report], index: Index, starts: tuple[int, ...]) -> Pair:
    copy, original = reports[echo.copy], reports[echo.original]
    longest = sorted(echo.passages, key=lambda pair: (pair[0].start - pair[0].end, pair))[:PASSAGES_SHOWN]
    return Pair(
        copy=copy,
        original=original,
        copy_number=index.reports[copy.id],
        original_number=index.reports[original.id],
        said=(SAID[echo.kind][0].format(share(echo.score)), SAID[echo.kind][1]),
        reason=echo.reason.removesuffix(" Both carry the same date.").removesuffix(
            " Which came first is not recorded."
        ),
        order=_order(copy, original, index.reports),
        passages=tuple(_passages(copy, original, pair, starts) for pair in sorted(longest)),
        more=len(echo.passages) - len(longest),
    )


def _order(copy: Report, original: Report, numbers: dict[str, int]) -> str:
    if not copy.published or not original.published:
        return "Which came first is not recorded."
    if copy.published == original.published:
        return "Both carry the same date: which came first is not known."
    first, second = (f"{day(report.published)} (report {numbers[report.id]})" for report in (original, copy))
    return f"Dated {first} and {second}."


def _passages(copy: Report, original: Report, pair: tuple[Span, Span], starts: tuple[int, ...]) -> tuple[str, str]:
    """Both sides of a shared passage, without the end of a sentence at its beginning where most is left then.

    Both are cut where what is cut off has the same words, so both sides begin alike. What still begins inside a
    sentence has an ellipsis before it.
    """
    a, b = pair
    start = next((start for start in starts if a.start <= start < (a.start + a.end) / 2), a.start)
    skipped = _WORD.findall(copy.text, a.start, start)
    theirs = list(islice(_WORD.finditer(original.text, b.start, b.end), len(skipped) + 1))
    same = [word.casefold() for word in skipped] == [word[0].casefold() for word in theirs[:-1]]
    later = theirs[-1] if theirs else None
    if skipped and later and same:
        before = original.text[b.start : later.start()]
        a, b = Span(start, a.end), Span(b.start + len(before.rstrip(_OPENED)), b.end)
    lead = "" if a.start in starts or not starts else "… "
    return lead + _passage(copy, a), lead + _passage(original, b)


def _passage(report: Report, span: Span) -> str:
    words = report.text[span.start : span.end]
    return words if len(words) <= LONGEST_PASSAGE else words[:LONGEST_PASSAGE].rstrip() + " …"


def caveats(case: Case, index: Index) -> list[tuple[str, str, list[str | int]]]:
    """Kind and message of every caveat, each once, with what it is about: report numbers or file names."""
    gathered: defaultdict[tuple[str, str], list[str | int]] = defaultdict(list)
    everything = [*case.caveats, *(caveat for findings in case.findings for caveat in findings.caveats)]
    for caveat in everything:
        gathered[caveat.kind, caveat.message].append(index.reports.get(caveat.about, caveat.about))
    return [(kind, message, about) for (kind, message), about in gathered.items()]
