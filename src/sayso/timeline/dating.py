"""Which event or statement a time of a report is of, and the time of day.

A time belongs to what stands in the same sentence on the same level: inside the same attribution's content, or outside
of all. Of several the event that has it as its time, else the nearest. Where that is what somebody speaks with ("said
on Friday"), it is the day of their statement.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.kit import begun_in
from sayso.model import Attribution, Event, Findings, Span, When
from sayso.timeline.levels import Levels

FURTHEST = 60
"""Code points between a time and what it is of, where no event has it as its time; a rule of thumb, as is `NEAR`."""

NEAR = 80
"""Code points between an event and its time of day."""

LIGHT = frozenset({"be", "have", "do", "become", "seem", "remain", "get", "publish"})
"""Lemmas of events that say nothing of what happened."""

_HOUR = r"(?:midnight|noon|midday|dawn|dusk|sunrise|sunset|daybreak|nightfall)"
_FIGURES = (
    r"(?:[0-2]?\d[:.][0-5]\d(?:\s?[ap]\.?m\b\.?)?|[01]?\d\s?[ap]\.?m\b\.?|[01]?\d\s?o['’]clock)"
    r"(?:\s(?:local\stime|GMT|UTC|E[SD]T))?"
)
CLOCK = re.compile(
    rf"\b(?:(?:shortly|just|soon|about|around|nearly|almost|at|by|well)\s){{0,2}}(?:(?:before|after|past)\s)?"
    rf"(?:{_HOUR}\b|(?<![\d$£€.,])(?:(?<=at\s)|(?<=about\s)|(?<=around\s)|(?<=before\s)|(?<=after\s)|(?<=by\s)|"
    rf"(?=[\d:.]{{1,5}}\s?[apo'’]))(?:{_FIGURES}))",
    re.IGNORECASE,
)
"""A time of day. Bare figures ("21.52") count behind a word such as "at" alone: else they are scores and shares."""


class Dated(NamedTuple):
    """A time, and the event or the attribution that it is of; both where the event's word is the cue."""

    when: When
    event: Event | None
    said: Attribution | None


class _Candidate(NamedTuple):
    span: Span
    event: Event | None
    said: Attribution | None


def dated(findings: Findings, level: Levels) -> Iterator[Dated]:
    """The times with a first and a last day that are of something, in the order of the text."""
    cues = sorted((one.cue, one.id, one) for one in findings.attributions if one.cue)
    events = _with_cues(sorted(findings.events, key=lambda one: one.span), cues)
    times = sorted(findings.times)
    for sentence in sorted(findings.sentences):
        here = begun_in((sentence,), times)
        beside = begun_in((sentence,), events) if here else ()
        for when in here:
            same = [one for one in beside if _level(one.span, level) == _level(when.span, level)]
            best = _of(when, same) if when.earliest and when.latest else None
            if best and not (best.said and _is_in_source(best.said, when.span)):
                yield Dated(when, best.event, best.said)


def clock(text: str, near: Span, sentence: Span, level: Levels) -> str:
    """The time of day of an event, in the words of its sentence; "" where there is none near it."""
    start, end = max(sentence.start, near.start - NEAR), min(sentence.end, near.end + NEAR)
    found = [one for one in CLOCK.finditer(text, start, end) if _level(Span(*one.span()), level) == _level(near, level)]
    best = min(found, key=lambda one: (_apart(Span(*one.span()), near), one.start()), default=None)
    return best[0].strip() if best else ""


def _with_cues(events: Sequence[Event], cues: Sequence[tuple[Span, str, Attribution]]) -> list[_Candidate]:
    """Events, each with the attribution whose cue it is; and cues that are no event's word."""
    spans = [event.span for event in events]
    speaking: dict[Span, Attribution] = {}
    alone: list[_Candidate] = []
    for cue, _, said in cues:
        within = spans[bisect_left(spans, (cue.start,)) : bisect_left(spans, (cue.end,))]
        speaking |= dict.fromkeys(within, said)
        if not within:
            alone.append(_Candidate(cue, None, said))
    told = [_Candidate(event.span, event, speaking.get(event.span)) for event in events]
    return sorted([*told, *alone], key=lambda one: one.span)


def _of(when: When, several: Sequence[_Candidate]) -> _Candidate | None:
    """The one whose time it is: an event's with that role, one of a kind before others; else the nearest."""
    own = [one for one in several if one.event and has_time(one.event, when.span)]
    if own:
        return min(own, key=lambda one: (not (one.event and one.event.kind), _apart(one.span, when.span), one.span))
    near = [
        one
        for one in several
        if _apart(one.span, when.span) <= FURTHEST
        and not _meet(one.span, when.span)
        and (one.said or (one.event and one.event.lemma not in LIGHT))
    ]
    return min(near, key=lambda one: (_apart(one.span, when.span), one.span), default=None)


def has_time(event: Event, span: Span) -> bool:
    """Whether a time is an event's own."""
    return any(role.name == "time" and _meet(role.span, span) for role in event.roles)


def _is_in_source(said: Attribution, span: Span) -> bool:
    return said.source is not None and _meet(said.source, span)


def _level(span: Span, level: Levels) -> str | None:
    claim = level.at(span.start)
    return claim.attribution if claim else None


def _apart(one: Span, other: Span) -> int:
    return max(0, max(one.start, other.start) - min(one.end, other.end))


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
