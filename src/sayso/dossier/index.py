"""Numbers for everything that can be pointed at: reports, attributed passages, sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from sayso.judging import CHECKED, standing
from sayso.kit import covers
from sayso.model import Attribution, Case, Findings, Judgement, Report, Span, Where


class Place(NamedTuple):
    """A sentence of the page: what points to it leads there."""

    report: int
    """The report's number."""
    sentence: int
    """Counted from 1; 0 where the report has no sentences."""

    @property
    def anchor(self) -> str:
        """The sentence's id in the page; the report's where it has no sentences."""
        return f"s{self.report}-{self.sentence}" if self.sentence else f"r{self.report}"

    def __str__(self) -> str:
        """As the listings of the command line write it."""
        return f"{self.report}:{self.sentence}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One attributed passage with the numbers under which the page shows it."""

    number: int
    """1, 2, … over the whole case, in the order of reports and of their texts."""
    attribution: Attribution
    report: Report
    report_number: int
    sentence: int
    """The sentence in which its content begins, counted from 1; 0 where the report has no sentences."""
    depth: int
    """How many attributions hold this one."""
    around: Span | None = None
    """That sentence, if all of the content stands in it."""


@dataclass(frozen=True, slots=True)
class Index:
    """Look-ups over a case."""

    reports: dict[str, int]
    """Number of a report, by its id."""
    entries: dict[str, Entry]
    """By the attribution's id, in the order of their numbers."""
    standing: dict[str, Judgement]
    """The judgement that stands, by what it is about."""
    sentences: dict[str, tuple[Span, ...]]
    """Of a report, in the order of its text."""
    unsure: frozenset[str]
    """Ids of the attributions whose chains are unsure."""

    def place(self, where: Where) -> Place:
        """The sentence in which these words begin."""
        found = bisect_right(self.sentences[where.report], where.span.start, key=lambda sentence: sentence.start)
        return Place(self.reports[where.report], found)

    def is_unsure(self, entry: Entry) -> bool:
        """Whether its chain is unsure, and no person has checked it."""
        if entry.attribution.id not in self.unsure:
            return False
        judgement = self.standing.get(entry.attribution.id)
        return not (judgement and judgement.verdict in CHECKED)

    def of(self, ids: Iterable[str]) -> list[Entry]:
        """The entries of these attributions, by number. Unknown ids are passed over."""
        return sorted((self.entries[i] for i in ids if i in self.entries), key=lambda entry: entry.number)


def number(case: Case) -> Index:
    """Number the reports and attributed passages of a case."""
    numbers = {report.id: place for place, report in enumerate(case.reports, 1)}
    found = {findings.report: findings for findings in case.findings}
    entries: dict[str, Entry] = {}
    parted: dict[str, tuple[Span, ...]] = {}
    for report in case.reports:
        findings = found.get(report.id, Findings(report.id))
        parted[report.id] = sentences = tuple(sorted(findings.sentences))
        for attribution, sentence, depth in _in_order(findings, sentences):
            around = _around(attribution, sentences[sentence - 1]) if sentence else None
            place = len(entries) + 1
            entries[attribution.id] = Entry(place, attribution, report, numbers[report.id], sentence, depth, around)
    unsure = frozenset(name for name, entry in entries.items() if entry.attribution.unsure)
    return Index(numbers, entries, standing(case.judgements), parted, unsure)


def judged(index: Index, judgements: Iterable[Judgement]) -> Index:
    """The same numbers with these judgements: for a case whose reports and findings are the same."""
    return replace(index, standing=standing(judgements))


def _around(attribution: Attribution, sentence: Span) -> Span | None:
    return sentence if all(covers([sentence], span) for span in attribution.content) else None


def _in_order(findings: Findings, sentences: tuple[Span, ...]) -> list[tuple[Attribution, int, int]]:
    """A report's attributions in the order of its text, outer ones first, each with its sentence and depth."""
    holders = {attribution.id: attribution.within for attribution in findings.attributions}
    starts = [sentence.start for sentence in sentences]
    found = [(a, bisect_right(starts, a.content[0].start), _depth(a.id, holders)) for a in findings.attributions]
    return sorted(found, key=lambda item: (item[0].content[0].start, item[2], item[0].id))


def _depth(identity: str, holders: dict[str, str | None]) -> int:
    """How many attributions hold this one. A ring of holders, which no reader should make, ends the count."""
    seen = {identity}
    holder = holders[identity]
    while holder in holders and holder is not None and holder not in seen:
        seen.add(holder)
        holder = holders[holder]
    return len(seen) - 1


def row_of(places: Iterable[Place]) -> str:
    """Places in a row of text, a report's number before its first sentence only.

    >>> row_of([Place(2, 4), Place(2, 5), Place(3, 1)])
    '2:4 5; 3:1'
    """
    rows = ((report, " ".join(str(p.sentence) for p in some)) for report, some in groupby(places, lambda p: p.report))
    return "; ".join(f"{report}:{sentences}" for report, sentences in rows)


def cut(text: str, spans: Iterable[Span]) -> str:
    """The words of several spans, an ellipsis where something stands between them."""
    return " … ".join(text[span.start : span.end] for span in spans)
