"""What claims tell of an incident in passing: how many, when, where, with what, by whom.

The learned replies find what a claim is offered as an answer to. Much is told without being offered: "at least 11
people were killed when fire swept through a warehouse on Tallow Quay on Thursday". Counts of people tell their own
fate; days, places, means and doers are taken from the roles of events that belong to the incident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sayso.kit import begun_in
from sayso.model import Claim, Event, Findings, Incident, Quantity, Reply, Report, Slot, Span, When
from sayso.questions.asking import OUTCOMES, SILENT, Posed, is_of_other_days
from sayso.questions.values import COUNTS
from sayso.words import is_nobody

DENIED = -1.0
"""Events below this factuality are told as not having happened."""
HAPPENED = 1.0
"""Events from this factuality on are told as having happened."""
TOLD: Mapping[Slot, float] = {"perpetrator": 0.3, "date": 0.4, "place": 0.2, "means": 0.3, "detained": 0.5}
"""How likely what a claim tells is an answer to the question about this incident, by slot; rough shares of 47 judged by
hand on news of fifteen events. Much is told of other happenings."""
TOLD_COUNT = 0.4
TOLD_DENIAL = 0.6
"""The same of who says outright that they gave no order. A rule of thumb."""

SUPPOSED = 40
"""Code points into a denied content from which on a count is not what is denied: "denied that he had ordered the doors
shut on the night at least nine people died". A rule of thumb."""
LONGEST_DAYS = 3
"""A time of more days is none at which something happened."""

ACTORS = frozenset({"person", "organisation", "nationality"})
DEEDS = frozenset({"attack", "killing", "shooting", "bombing", "bombardment", "abduction", "poisoning", "intrusion"})
"""Kinds of events whose agent did it. A fire, a crash and a death have none."""
_PART = re.compile(r" (?:other|more|of the|of them|others)\b")
"""Behind a count of some of them, or of further ones."""
_ORDERED = re.compile(
    r"[\"“‘']?(?:that )?(?:(?:i|he|she|it|they|we) )?(?:(?:had|has|have|having|ever|never|did|not|didn['’]t) ){0,4}"
    r"(?:(?:give|gave|given|giving|issued?|issuing) (?:any|no|such|an?|the|that|this)"
    r"(?: such| written| direct| verbal)? (?:order|instruction|command)s?|order(?:ed|ing)?|authori[sz](?:ed|ing))\b",
    re.IGNORECASE,
)
"""What the speaker says of giving an order, at the very beginning of the content."""
_NONE = re.compile(r"\b(?:no|not|never|didn['’]t)\b", re.IGNORECASE)
_BY = re.compile(r"\bby (?:the |an? )?(?:[\w-]{1,20} ){0,2}$")
_PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be|got)\b")
_LOOK_BACK = 60


def told(
    reports: Sequence[Report],
    findings: Sequence[Findings],
    asked: Mapping[str, Incident],
    led: Mapping[tuple[str, str], Incident],
) -> Iterator[Posed]:
    """What every claim tells of its incident. By claim `asked`, by (report, event) `led`."""
    for report, found in zip(reports, findings, strict=True):
        events = {event.id: event for event in found.events}
        for claim in found.claims:
            incident = asked.get(claim.id)
            if incident and claim.stance not in SILENT and not is_of_other_days(claim, incident, found):
                own = [events[name] for name in claim.events if led.get((found.report, name)) == incident]
                several = (
                    *_counts(report.text, claim, found.quantities),
                    *_roles(report.text, claim, own, found),
                    *_no_orders(report.text, claim, found),
                )
                yield from (Posed(reply, claim, incident) for reply in several)


def _counts(text: str, claim: Claim, quantities: Sequence[Quantity]) -> Iterator[Reply]:
    for one in begun_in(claim.content, quantities):
        if one.fate in COUNTS and not _PART.match(text, one.span.end):
            is_for = claim.stance != "denies"
            if is_for or one.span.start - claim.content[0].start < SUPPOSED:
                slot: Slot = one.fate  # type: ignore[assignment]
                yield _reply(slot, one.span, is_for=is_for)


def _no_orders(text: str, claim: Claim, found: Findings) -> Iterator[Reply]:
    """That the speaker gave no order: "denied having ordered it", "I gave no such order"."""
    said = next((one for one in found.attributions if one.id == claim.attribution), None)
    ordered = _ORDERED.match(text, *claim.content[0])
    if said and said.source and ordered and (claim.stance == "denies") != bool(_NONE.search(ordered[0])):
        yield Reply("ordered_by", is_for=False, span=said.source, score=TOLD_DENIAL, probability=TOLD_DENIAL)


def _reply(slot: Slot, span: Span, *, is_for: bool) -> Reply:
    likely = TOLD.get(slot, TOLD_COUNT)
    return Reply(slot, is_for, span, likely, likely)


def _roles(text: str, claim: Claim, own: Sequence[Event], found: Findings) -> Iterator[Reply]:
    for event in own:
        is_for = claim.stance != "denies" and event.factuality > DENIED
        for role in event.roles:
            span = _answering(role.name, event, role.span, found)
            slot = _SLOT_OF.get(role.name)
            if slot == "perpetrator" and not (span and _does(text, span, event)):
                continue
            if span and slot and (slot == "perpetrator" or event.factuality >= HAPPENED):
                yield _reply(slot, span, is_for=is_for)


_SLOT_OF: dict[str, Slot] = {"agent": "perpetrator", "time": "date", "place": "place", "means": "means"}


def _answering(role: str, event: Event, span: Span, found: Findings) -> Span | None:
    """The day, the place, the means or the doer in the words of a role; None where they are none."""
    if role == "time":
        days = (one.span for one in begun_in((span,), found.times) if _is_short(one))
        return next(days, None) if event.kind not in OUTCOMES else None
    if role == "place":
        return (
            next((one.span for one in begun_in((span,), found.mentions) if one.kind == "place"), None)
            if event.kind not in OUTCOMES
            else None
        )
    if role == "agent":
        actors = (one for one in begun_in((span,), found.mentions) if one.kind in ACTORS and one.wording != "pronoun")
        return next((one.span for one in actors), None) if event.kind in DEEDS else None
    is_somebody = any(one.kind in ACTORS for one in begun_in((span,), found.mentions))
    return span if role == "means" and not is_somebody else None


def _does(text: str, doer: Span, event: Event) -> bool:
    """Whether the words put somebody in particular down as the doer: in front of an active verb, or behind "by"."""
    if is_nobody(text[slice(*doer)]):
        return False
    if doer.start > event.span.start:
        return bool(_BY.search(text, max(0, doer.start - _LOOK_BACK), doer.start))
    between = text[doer.end : event.span.start]
    return text[slice(*event.span)].lower() != event.lemma and not _PASSIVE.search(between)


def _is_short(one: When) -> bool:
    if not one.earliest or not one.latest:
        return False
    return (date.fromisoformat(one.latest[:10]) - date.fromisoformat(one.earliest[:10])).days < LONGEST_DAYS
