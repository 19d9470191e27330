"""The toll ledger: low, best and high of those killed, injured, missing and detained, with every figure and its origin.

    numbers and people of each report ──▶ figures, one an origin and report ──▶ the last of each origin ──▶ tolls

low, best, high   after the Uppsala Conflict Data Program (UCDP Battle-Related Deaths and Georeferenced Event Dataset
                  codebooks): where reports differ and none is more reliable, the lower figure is the best estimate;
                  the lowest and the highest stand beside it. Which report is reliable is not judged here: the best is
                  what most independent origins can agree on, and of equals the lowest.
minimum           after the Armed Conflict Location & Event Data Project (ACLED, "Fatalities", 2023): the most
                  conservative figure of those given; 10 for "tens", 12 for "dozens", 100 for "hundreds".
origin            who a figure rests on: the last voice of its chain, the publisher where the reporter speaks. Reports
                  that only echo another have that one's origin. Each counts once, with its last figure.

A count of some people only (civilians, children) stands among the figures with its scope and counts in no total.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple, get_args

from sayso.accounts.toll_counts import Count, counts_of
from sayso.accounts.toll_people import Page, fate_of
from sayso.accounts.toll_times import elsewhen, is_too_early
from sayso.kit import Memory, identify, named_by_report
from sayso.model import (
    UNSPECIFIED,
    Case,
    Claim,
    Echo,
    Entity,
    Event,
    Fate,
    Figure,
    Findings,
    Given,
    Quantity,
    Report,
    Span,
    Toll,
)

FATES: tuple[Fate, ...] = get_args(Fate)

AFTERMATH = frozenset({"arrest", "charge", "protest", "escape"})
"""Kinds of incidents that follow on others: what they count belongs to what their report mostly tells of."""

POSSIBLE = 1.0
"""Factuality from which words say that something may be so (Saurí and Pustejovsky 2009: 1 possible, 2 probable)."""

_DEFINITE = re.compile(r"\b(?:the|those|these|its|their)\s+(?:\w{3,12}\s+)?$", re.IGNORECASE)
_LOOK_BACK = 24

ECHOED = 0.5
"""Share of a report's words that stand in another from which it has no origin of its own. A rule of thumb."""


def toll(case: Case, lead: Mapping[str, str] | None = None, memory: Memory | None = None) -> tuple[Toll, ...]:
    """The tolls of a case by incident, in their order, then fate. The order of reports changes nothing.

    `lead`: incident to the incident that it is told under, where one happening is told as several. With a `memory`,
    reports are gone through again only where something else is known of them.
    """
    memory = memory or Memory(keeps=False)
    known = _Known(case, lead or {}, memory)
    found = defaultdict[tuple[str, Fate], list[_Given]](list)
    for report, one in zip(case.reports, case.findings, strict=True):
        make = partial(_in_report, report, one, known)
        for incident, fate, given in memory.recall(("figures", report.id), known.all_of(report, one), make):
            found[incident, fate].append(given)
    by_incident = {one.id: [found.get((one.id, fate), []) for fate in FATES] for one in case.incidents}
    several = (
        memory.recall(("toll", name), given, partial(_of_incident, name, dict(zip(FATES, given, strict=True))))
        for name, given in by_incident.items()
    )
    return tuple(each for tolls in several for each in tolls)


def _in_report(report: Report, findings: Findings, known: _Known) -> list[tuple[str, Fate, _Given]]:
    """The figures of one report, with the incident and the fate that they are of."""
    page = Page(report, findings, known.people(report.id))
    found: list[tuple[str, Fate, _Given]] = []
    for part in _parts(page, findings, known.of_event, known.aftermath):
        if is_too_early(report.published, known.days[part.incident]):
            continue
        within = _within(page, findings, part, known.days[part.incident])
        found += (
            (part.incident, count.fate, _figure(report, findings, part.incident, count, known))
            for count in counts_of(page, within.events, within.counts)
            if count.fate != "hit"
        )
    return found


class _Known:
    """The case, for looking things up. Made once."""

    def __init__(self, case: Case, lead: Mapping[str, str], memory: Memory) -> None:
        self.voices = {name: one for one in case.voices for name in one.attributions if one.name != UNSPECIFIED}
        """Attribution to the voice that speaks in it."""
        self.root = _roots(case.reports, case.echoes)
        self.days = {one.id: one.earliest for one in case.incidents}
        self.lead = {one.id: lead.get(one.id, one.id) for one in case.incidents}
        self.aftermath = frozenset(one.id for one in case.incidents if one.kind in AFTERMATH)
        self.of_event = {event: self.lead[one.id] for one in case.incidents for _, event in one.events}
        self._happened = defaultdict[str, list[tuple[str, str, str, bool]]](list)
        for one in case.incidents:
            lead_id = self.lead[one.id]
            told = lead_id, self.days.get(lead_id, ""), lead_id in self.aftermath
            for name, event in one.events:
                self._happened[name].append((event, *told))
        self._named = named_by_report(case.entities, memory)

    def people(self, report: str) -> list[tuple[Span, Entity]]:
        """The people whom a report names."""
        return [one for one in self._named[report] if one[1].kind == "person"]

    def all_of(self, report: Report, findings: Findings) -> object:
        """All that is known of a report: to be compared with what was known before."""
        happened = sorted(self._happened[report.id])
        spoken = [voice and voice.id for voice in (self.voices.get(one.id) for one in findings.attributions)]
        return report, findings, self._named[report.id], happened, spoken, self.root[report.id]


def _roots(reports: Sequence[Report], echoes: Iterable[Echo]) -> dict[str, str]:
    """By report the first of those that it echoes, one after the other; itself where it echoes none."""
    of = {echo.copy: echo.original for echo in echoes if echo.kind == "passage" and echo.score >= ECHOED}
    out: dict[str, str] = {}
    for report in reports:
        name, seen = report.id, {report.id}
        while name in of and of[name] not in seen:
            name = of[name]
            seen.add(name)
        out[report.id] = name
    return out


class _Part(NamedTuple):
    """What one report tells of one incident."""

    incident: str
    events: list[Event]
    counts: list[Quantity]


def _within(page: Page, findings: Findings, part: _Part, earliest: str) -> _Part:
    """The same without the sentences that tell of other times: weeks, years, days before it."""
    other = elsewhen(page, findings, earliest)
    events = [one for one in part.events if page.sentence(one.span) not in other]
    counts = [one for one in part.counts if page.sentence(one.span) not in other]
    return _Part(part.incident, events, counts)


def _parts(page: Page, findings: Findings, of_event: Mapping[str, str], aftermath: Container[str]) -> list[_Part]:
    """The events and numbers of a report by incident.

    A number belongs to the incident of the event whose part it is, else of the nearest event in its sentence, else to
    the one that most of the report's events belong to; so does all that stands with an aftermath. What is denied, or
    only thought possible, is left out.
    """
    events = [one for one in sorted(findings.events, key=lambda one: (one.span, one.id)) if one.id in of_event]
    numbers = Counter(of_event[one.id] for one in events)
    if not numbers:
        return []
    mostly = max(numbers, key=lambda one: (one not in aftermath, numbers[one], one))
    parts: dict[str, _Part] = {}
    by_sentence = defaultdict[int, list[Event]](list)
    for event in events:
        name = mostly if of_event[event.id] in aftermath else of_event[event.id]
        parts.setdefault(name, _Part(name, [], [])).events.append(event)
        by_sentence[page.sentence(event.span)].append(event)
    for count in page.counts:
        near = by_sentence.get(page.sentence(count.span), [])
        nearest = min(near, key=lambda one: _distance(one, count), default=None)
        name = of_event[nearest.id] if nearest else mostly
        if not nearest or not _is_open(nearest, count):
            parts[mostly if name in aftermath else name].counts.append(count)
    return list(parts.values())


def _is_open(event: Event, count: Quantity) -> bool:
    """Whether what became of so many is denied, or only thought possible: "26 men are not missing"."""
    is_its = not _distance(event, count)[0] or fate_of(event) == count.fate
    return event.factuality < 1.0 and count.low > 0 and is_its


def _distance(event: Event, count: Quantity) -> tuple[bool, int, str]:
    holds = any(one.span.start <= count.span.start and count.span.end <= one.span.end for one in event.roles)
    return not holds, abs(event.span.start - count.span.start), event.id


class _Given(NamedTuple):
    """A figure with the count that it is of."""

    figure: Figure
    of: Count


def _figure(report: Report, findings: Findings, incident: str, count: Count, known: _Known) -> _Given:
    claims = [_claim_at(findings.claims, span) for span in count.spans]
    given = tuple(
        Given(report.id, claim.id, is_for=True, span=span)
        for claim, span in zip(claims, count.spans, strict=True)
        if claim
    )
    own = next((claim for claim in claims if claim), None) if count.basis == "number" else None
    if own and _is_presupposed(report.text, count.spans[0]):
        own = None
    voice = known.voices.get(own.attribution or "") if own else None
    origin = voice.id if voice else known.root[report.id]
    speaker = own.chain[-1].voice if voice and own and own.chain else report.publisher or report.name
    words = report.text[slice(*count.spans[0])] if count.spans else ""
    name = identify("figure", incident, report.id, count.fate, count.low, count.high, *count.spans)
    figure = Figure(
        name, origin, speaker, count.low, count.high, words, count.basis, given, report.published, count.scope
    )
    return _Given(figure, count)


def _is_presupposed(text: str, span: Span) -> bool:
    """Whether a count is taken for known: "the ministry believes the 52 guards were shot" says not that they were 52.

    What a definite description presupposes is the reporter's, whoever is reported (Karttunen 1973, "Presuppositions of
    compound sentences").
    """
    return bool(_DEFINITE.search(text, max(0, span.start - _LOOK_BACK), span.start))


def _claim_at(claims: Iterable[Claim], span: Span) -> Claim | None:
    """The innermost claim that holds a span, or a part of it."""
    holding = (
        (part.end - part.start, claim.id, claim)
        for claim in claims
        for part in claim.content
        if part.start < span.end and span.start < part.end
    )
    return min(holding, key=lambda one: one[:2], default=(0, "", None))[2]


def _of_incident(incident: str, found: Mapping[Fate, list[_Given]]) -> list[Toll]:
    best, out = 0.0, []
    for fate in FATES:
        several = found[fate]
        if fate == "injured":
            several = [one for one in (_less(each, best) for each in several) if one]
        if several:
            made = _toll(incident, fate, several)
            best = made.best if fate == "killed" else best
            out.append(made)
    return out


def _less(one: _Given, dead: float) -> _Given | None:
    """A figure of dead and injured together without the dead; None where nobody is left."""
    if one.figure.basis != "both":
        return one
    low = one.figure.low - dead
    high = None if one.figure.high is None else one.figure.high - dead
    return one._replace(figure=replace(one.figure, low=low, high=high)) if low > 0 else None


def _toll(incident: str, fate: Fate, several: Sequence[_Given]) -> Toll:
    last = _last(one.figure for one in several)
    whole = [one for one in last if not one.scope] or list(last)
    best = _best(whole)
    far = {one for one in whole if _is_far(one, best)}
    figures = tuple(replace(one.figure, superseded=one.figure not in last, far=one.figure in far) for one in several)
    whole = [one for one in whole if one not in far]
    told = [one for one in whole if one.basis == "number" and (one.low or not one.high)] or whole
    floor = max((one.low for one in whole if one.basis != "number"), default=0)
    return Toll(
        id=identify("toll", incident, fate),
        incident=incident,
        fate=fate,
        low=min(*(one.low for one in told), best) if told is not whole else best,
        best=best,
        high=max(*(one.high or one.low for one in whole), floor),
        minimum=min(*(_conservative(one) for one in told), best),
        origins=len({one.origin for one in whole}),
        figures=figures,
        open=any(one.high is None for one in told if one.basis == "number"),
        attackers=max(one.of.attackers for one in several),
    )


FAR = 20
"""So many times more, or less, than what most agree on is likely a count of something else, such as a war's dead. UCDP
leaves out estimates that are not deemed reasonable; this bound is a rule of thumb."""


def _is_far(one: Figure, best: float) -> bool:
    top = one.low if one.high is None else one.high
    return one.basis == "number" and best > 0 and (one.low > FAR * best or 0 < top * FAR < best)


def _last(figures: Iterable[Figure]) -> set[Figure]:
    """Of each origin and scope the figure of its latest report; of several in one report the highest."""
    best: dict[tuple[str, str, bool], Figure] = {}
    for one in figures:
        key = (one.origin, one.scope, one.basis == "number")
        if key not in best or (one.published, one.low, one.id) > (best[key].published, best[key].low, best[key].id):
            best[key] = one
    return set(best.values())


VAGUE = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000}


def _conservative(one: Figure) -> float:
    return float(min(one.low, next((n for word, n in VAGUE.items() if word in one.words.lower().split()), one.low)))


def _best(figures: Sequence[Figure]) -> float:
    """The number that most origins can agree on, of equals the lowest. An origin that gives a number gives no floor."""
    counted = {one.origin for one in figures if one.basis == "number"}
    own = [one for one in figures if one.basis == "number" or one.origin not in counted]
    points = sorted({one.low for one in own} | {one.high for one in own if one.high is not None})
    agree = {point: sum(_agrees(one, point) for one in own) for point in points}
    return min(points, key=lambda point: (-agree[point], point))


HALF = 0.5
"""How far somebody who tells of two people singly agrees that there were five. A rule of thumb."""

REACH = 5
"""Up to so many times its number "at least" agrees with a higher one: "dozens" with a hundred. A rule of thumb."""


def _agrees(one: Figure, number: float) -> float:
    if number < one.low or (one.high is not None and number > one.high):
        return 0.0
    if one.basis != "number":
        return HALF if one.high is None and number > one.low else 1.0
    return float(one.high is not None or number <= REACH * one.low)
