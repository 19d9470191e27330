"""What one report gives to the timeline: each telling of an event or a statement with its day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sayso.kit import fold, last_day
from sayso.model import Attribution, Claim, Event, Findings, Incident, MomentKind, Report, Span, Told, When
from sayso.timeline.dating import LIGHT, Dated, clock, dated, has_time
from sayso.timeline.levels import Levels, levels
from sayso.timeline.phrases import phrase, statement
from sayso.words import lemma, sense

LEAST_FACTUALITY = 1.0
"""From here on the words say that an event happened: half way between "it may have" and "probably" of the scale."""


LONGEST = 31
"""Days. What is longer ("in 2001") is no day of a statement."""

WIDEST = 100
"""Code points of a part in which an incident's word is looked for."""

ALIKE = 60
"""Code points by which the words of two statements are told to be the same, where nobody in particular speaks."""


Key = tuple[str, ...]


class Scene(NamedTuple):
    """One telling. Tellings of one key share a line."""

    kind: MomentKind
    key: Key
    told: Told
    earliest: str
    latest: str
    incident: str | None
    rank: int
    """How well its words tell of it by themselves: 2 for what befell whom, or who speaks, 1 for a day of its own."""


class Known(NamedTuple):
    """What only all reports together show, for looking things up."""

    incidents: Mapping[str, Mapping[str, Incident]]
    """By report, then event."""
    entities: Mapping[str, Mapping[Span, str]]
    """By report and span the entity that is named there."""
    voices: Mapping[str, str]
    """Attribution to the named voice that speaks in it."""


class _Page(NamedTuple):
    """One report, for looking things up."""

    report: Report
    sentences: Sequence[Span]
    level: Levels
    said_on: Mapping[str, When]
    """Attribution to the day on which it was said, where the report tells it."""

    def sentence(self, span: Span) -> Span:
        at = bisect_right(self.sentences, (span.start, len(self.report.text))) - 1
        return self.sentences[at] if at >= 0 else Span(0, len(self.report.text))


def scenes(report: Report, findings: Findings, known: Known) -> Iterator[Scene]:
    """What a report tells, in the order of its text: first statements with a day, then events."""
    level = levels(findings.claims)
    times = tuple(dated(findings, level))
    said_on = {one.said.id: one.when for one in reversed(times) if one.said and _was_said(one.when, report)}
    page = _Page(report, sorted(findings.sentences), level, said_on)
    claim_of = {claim.attribution: claim for claim in findings.claims if claim.attribution}
    for one in findings.attributions:
        if one.id in said_on and one.id in claim_of:
            yield _statement(one, claim_of[one.id], page, known)
    of_event = _days(times)
    of_report = known.incidents.get(report.id, {})
    own = {one.span.start: of_report[one.id] for one in findings.events if one.id in of_report}
    for event in findings.events:
        claim = level.at(event.span.start)
        when = of_event.get(event.id)
        incident = of_report.get(event.id) or (_holder(event, when, own) if when else None)
        if claim and incident:
            yield _part(event, claim, incident, page=page, when=when)
        elif claim and when and _happened(event, when, report):
            yield _event(event, claim, when, page=page, known=known)


def _holder(event: Event, when: When, own: Mapping[int, Incident]) -> Incident | None:
    """The incident that has a part in an event of its day: "the fire broke out on Thursday"."""
    if event.kind or event.factuality < LEAST_FACTUALITY:
        return None
    parts = (role.span for role in event.roles if role.name == "agent")
    found = (own[place] for span in parts if span.end - span.start <= WIDEST for place in range(*span) if place in own)
    return next((one for one in found if _overlap(when, one)), None)


def _days(times: Sequence[Dated]) -> dict[str, When]:
    """Event to its day. What somebody speaks with is a statement, unless it tells of an incident."""
    return {one.event.id: one.when for one in reversed(times) if one.event and (one.said is None or one.event.kind)}


def _was_said(when: When, report: Report) -> bool:
    """Whether a time can be the day of a statement: no longer than a month, and not still to come."""
    first, last = (date.fromisoformat(day) for day in (when.earliest, when.latest))
    return (last - first).days < LONGEST and not _is_ahead(when, report)


def _is_ahead(when: When, report: Report) -> bool:
    published = last_day(report.published)
    return published is not None and when.earliest > published.isoformat()


def _happened(event: Event, when: When, report: Report) -> bool:
    is_past = not _is_ahead(when, report)
    return is_past and event.factuality >= LEAST_FACTUALITY and event.lemma not in LIGHT and _is_told(event)


def _is_told(event: Event) -> bool:
    """Whether the words say whom it befell, or who did it."""
    return any(role.name in {"agent", "patient"} for role in event.roles)


def _statement(said: Attribution, claim: Claim, page: _Page, known: Known) -> Scene:
    when = page.said_on[said.id]
    span = statement(page.report.text, said, page.sentence(said.cue or said.content[0]))
    told = Told(page.report.id, claim.id, span, when.earliest, when.latest)
    who = known.voices.get(said.id, "")
    if not who:
        who = fold(page.report.text[slice(*said.content[0])][:ALIKE])
    key = ("statement", when.earliest, when.latest, who)
    return Scene("statement", key, told, when.earliest, when.latest, None, rank=2 * (said.source is not None))


def _part(event: Event, claim: Claim, incident: Incident, *, page: _Page, when: When | None) -> Scene:
    """An event of an incident: of its day, or of the other day that is told of it."""
    is_own = when is not None and has_time(event, when.span)
    told = _told(event, claim, page)
    if when and is_own and incident.earliest and not _overlap(when, incident):
        key: Key = ("incident", incident.id, when.earliest, when.latest)
        return Scene("incident", key, told, when.earliest, when.latest, incident.id, rank=1)
    is_dated = when is not None and when.earliest == when.latest and (is_own or not event.kind)
    rank = 2 * (event.factuality >= LEAST_FACTUALITY and _is_told(event)) + is_dated
    return Scene("incident", ("incident", incident.id), told, incident.earliest, incident.latest, incident.id, rank)


def _event(event: Event, claim: Claim, when: When, *, page: _Page, known: Known) -> Scene:
    what = sense(page.report.text[slice(*event.span)]) or event.lemma
    who = _who(event, page.report, known.entities.get(page.report.id, {}))
    key = ("event", when.earliest, when.latest, what, who or event.id)
    told = _told(event, claim, page)
    return Scene("event", key, told, when.earliest, when.latest, None, rank=2)


def _told(event: Event, claim: Claim, page: _Page) -> Told:
    text, sentence = page.report.text, page.sentence(event.span)
    part = next(span for span in claim.content if span.start <= event.span.start < span.end)
    within = Span(max(part.start, sentence.start), min(part.end, sentence.end))
    span = phrase(text, event, within)
    return Told(page.report.id, claim.id, span, *_said(claim, page), clock(text, event.span, sentence, page.level))


def _said(claim: Claim, page: _Page) -> tuple[str, str]:
    """The days on which a claim can have been made: as told, else when it was published."""
    when = page.said_on.get(claim.attribution or "")
    if when:
        return when.earliest, when.latest
    last = last_day(page.report.published)
    known = page.report.published[:10] if last else ""
    return known if len(known) == len("2031-05-03") else "", last.isoformat() if last else ""


def _overlap(when: When, incident: Incident) -> bool:
    return when.earliest <= incident.latest and incident.earliest <= when.latest


def _who(event: Event, report: Report, entities: Mapping[Span, str]) -> str:
    """Whom it befell, else who did it: an entity, or the last word of a description."""
    for name in ("patient", "agent"):
        for role in event.roles:
            if role.name == name:
                words = fold(report.text[slice(*role.span)]).split()
                if found := entities.get(role.span) or (lemma(words[-1]) if words else ""):
                    return found
    return ""
