"""What claims tell of an incident in passing: how many, when, where, with what, by whom.

The learned replies find what a claim is offered as an answer to. Much is told without being offered: "at least 11
people were killed when fire swept through a warehouse on Tallow Quay on Thursday". Counts of people tell their own
fate; days, places, means and doers are taken from the roles of events that belong to the incident.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol, TypeVar

from sayso.model import Claim, Event, Findings, Incident, Quantity, Reply, Slot, Span, When
from sayso.questions.asking import Posed
from sayso.questions.values import COUNTS

DENIED = -1.0
"""Events below this factuality are told as not having happened."""
HAPPENED = 1.0
"""Events from this factuality on are told as having happened."""
TOLD = 1.0
"""The score of what a claim tells."""

SUPPOSED = 40
"""Code points into a denied content from which on a count is not what is denied: "denied that he had ordered the doors
shut on the night at least nine people died". A rule of thumb."""
LONGEST_DAYS = 3
"""A time of more days is none at which something happened."""

ACTORS = frozenset({"person", "organisation", "nationality"})
DEEDS = frozenset({"attack", "killing", "shooting", "bombing", "bombardment", "abduction", "poisoning", "intrusion"})
"""Kinds of events whose agent did it. A fire, a crash and a death have none."""
OUTCOMES = frozenset({"death", "injury", "disappearance", "arrest"})
"""Kinds of events whose time and place are not those of what happened: "died on Monday in hospital"."""
SILENT = frozenset({"asks", "declines"})
"""Stances of claims that tell nothing."""


def told(
    findings: Sequence[Findings], asked: Mapping[str, Incident], led: Mapping[tuple[str, str], Incident]
) -> Iterator[Posed]:
    """What every claim tells of its incident. By claim `asked`, by (report, event) `led`."""
    for found in findings:
        events = {event.id: event for event in found.events}
        for claim in found.claims:
            incident = asked.get(claim.id)
            if incident and claim.stance not in SILENT:
                own = [events[name] for name in claim.events if led.get((found.report, name)) == incident]
                for reply in (*_counts(claim, found.quantities), *_roles(claim, own, found)):
                    yield Posed(reply, claim, incident)


def _counts(claim: Claim, quantities: Sequence[Quantity]) -> Iterator[Reply]:
    for one in quantities:
        if one.fate in COUNTS and any(part.start <= one.span.start < part.end for part in claim.content):
            is_for = claim.stance != "denies"
            if is_for or one.span.start - claim.content[0].start < SUPPOSED:
                yield Reply(one.fate, is_for, one.span, TOLD)  # type: ignore[arg-type]


def _roles(claim: Claim, own: Sequence[Event], found: Findings) -> Iterator[Reply]:
    for event in own:
        is_for = claim.stance != "denies" and event.factuality > DENIED
        for role in event.roles:
            span = _answering(role.name, event, role.span, found)
            slot = _SLOT_OF.get(role.name)
            if span and slot and (slot == "perpetrator" or event.factuality >= HAPPENED):
                yield Reply(slot, is_for, span, TOLD)


_SLOT_OF: dict[str, Slot] = {"agent": "perpetrator", "time": "date", "place": "place", "means": "means"}


def _answering(role: str, event: Event, span: Span, found: Findings) -> Span | None:
    """The day, the place, the means or the doer in the words of a role; None where they are none."""
    if role == "time":
        days = (one.span for one in _within(found.times, span) if _is_short(one))
        return next(days, None) if event.kind not in OUTCOMES else None
    if role == "place":
        return (
            next((one.span for one in _within(found.mentions, span) if one.kind == "place"), None)
            if event.kind not in OUTCOMES
            else None
        )
    if role == "agent":
        actors = (one for one in _within(found.mentions, span) if one.kind in ACTORS and one.wording != "pronoun")
        return next((one.span for one in actors), None) if event.kind in DEEDS else None
    return span if role == "means" else None


def _is_short(one: When) -> bool:
    if not one.earliest or not one.latest:
        return False
    return (date.fromisoformat(one.latest[:10]) - date.fromisoformat(one.earliest[:10])).days < LONGEST_DAYS


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


_T = TypeVar("_T", bound=_Placed)


def _within(several: Sequence[_T], span: Span) -> Iterator[_T]:
    """Those that begin in a span; `several` are in the order of the text."""
    first = bisect_left(several, span.start, key=lambda one: one.span.start)
    while first < len(several) and several[first].span.start < span.end:
        yield several[first]
        first += 1
