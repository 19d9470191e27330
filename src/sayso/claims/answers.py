"""The words of a claim that answer a disputed question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sayso.model import Attribution, Claim, Event, Filler, Mention, Quantity, Slot, Span, When

ACTORS = frozenset({"person", "organisation", "place", "nationality"})
"""Kinds of mentions that can do something: a state is named by its place as a rule."""

FATES = frozenset({"killed", "injured", "missing", "detained"})

_AT = re.compile(r"\b(?:in|at|near|outside|inside|around|across|off|on|over|into|to)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_WHY = re.compile(
    r"\b(?:because(?: of)?|in (?:retaliation|response|revenge|reprisal)(?: for| to)?|over|to avenge|aimed at|"
    r"in order to|designed to|motivated by|as (?:revenge|punishment) for|part of)\s+",
    re.IGNORECASE,
)
_SELF = frozenset({"i", "we", "us", "it", "they", "he", "she", "my", "our", "its", "their", "his", "her"})
_NOBODY = frozenset({"other", "others", "side", "sides", "nobody", "one", "anyone", "somebody", "someone", "people"})
_LOOK_BACK = 40


class Content(NamedTuple):
    """A claim with what was found in its content, each in the order of the text."""

    claim: Claim
    events: Sequence[Event]
    fillers: Sequence[Filler]
    quantities: Sequence[Quantity]
    times: Sequence[When]
    mentions: Sequence[Mention]


def answer_of(slot: Slot, text: str, content: Content, said: Attribution | None) -> Span | None:
    """The words that answer, None where there are none. The speaker's own name where they speak of themselves."""
    if slot in FATES:
        return next((one.span for one in content.quantities if one.fate == slot), None)
    if slot == "date":
        return _date(content)
    if slot in {"place", "whereabouts"}:
        return _place(text, content)
    if slot == "means":
        return _means(content)
    if slot == "motive":
        return _motive(text, content)
    return _actor(slot, text, content, said)


def _place(text: str, content: Content) -> Span | None:
    places = [one.span for one in content.mentions if one.kind == "place"]
    own = [role.span for event in content.events for role in event.roles if role.name == "place"]
    at = [span for span in places if _AT.search(text[max(0, span.start - _LOOK_BACK) : span.start])]
    return next(iter((*own, *at, *places)), None)


def _date(content: Content) -> Span | None:
    """The time of a deed; where the content has one time only, that."""
    own = [role.span for event in content.events if event.kind for role in event.roles if role.name == "time"]
    told = [one.span for one in content.times]
    of_deeds = (span for span in told if any(_meet(span, one) for one in own))
    return next(of_deeds, told[0] if len(told) == 1 and any(event.kind for event in content.events) else None)


def _means(content: Content) -> Span | None:
    weapons = (one.span for one in content.fillers if one.role == "weapon")
    marked = (one.span for one in content.mentions if one.kind in {"weapon", "vehicle"})
    own = (role.span for event in content.events for role in event.roles if role.name == "means")
    return next(iter((*weapons, *marked, *own)), None)


def _motive(text: str, content: Content) -> Span | None:
    for span in content.claim.content:
        why = _WHY.search(text, *span)
        if why:
            return Span(why.start(), span.end)
    return content.claim.content[0]


def _actor(slot: Slot, text: str, content: Content, said: Attribution | None) -> Span | None:
    """Who is named as the doer: by a filler, as the agent of a deed, else the first who is named and does not speak.

    Where the speaker rejects what is said of themselves ("denied involvement"), they are the answer.
    """
    deeds = [event.span for event in content.events if event.kind]
    actors = [one.span for one in content.mentions if _can_act(one, text) and not _is_deed(one.span, deeds)]
    named = [
        one.span
        for one in sorted(content.fillers, key=lambda one: -one.score)
        if one.role in {"perpetrator", "perpetrator_group"} and any(_meet(one.span, actor) for actor in actors)
    ]
    agents = [role.span for event in content.events if event.kind for role in event.roles if role.name == "agent"]
    doers = [actor for span in agents for actor in actors if _meet(actor, span)] if slot == "perpetrator" else []
    chosen = next(iter((*named, *doers, *actors)), None)
    speaks_of_self = any(_own(text, span) for span in agents)
    if said and said.source and (speaks_of_self or (said.stance == "denies" and not actors)):
        return said.source
    return chosen


def _can_act(one: Mention, text: str) -> bool:
    """Whether somebody is named or described who can be blamed: no pronoun, nobody's "people", no "other"."""
    words = text[slice(*one.span)].casefold().split()
    return one.kind in ACTORS and one.wording != "pronoun" and words[0] not in _SELF and words[-1] not in _NOBODY


def _is_deed(span: Span, deeds: Sequence[Span]) -> bool:
    """Whether a mention names a deed ("the blaze"): its last word is an event's."""
    return any(span.start <= deed.start and deed.end == span.end for deed in deeds)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _own(text: str, span: Span) -> bool:
    return text[slice(*span)].casefold() in _SELF
