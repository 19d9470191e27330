"""The words of a report that tell of an event, short enough for a line."""

from __future__ import annotations

import re

from sayso.kit import trim
from sayso.model import Attribution, Event, Span

LONGEST = 140
"""Code points of a phrase: a line and a half of a terminal. A rule of thumb."""

_STOP = re.compile(r"[;:,!?](?=\s|$|[\"”’])|[—–\n\"“”]|\s-\s")
_FULL_STOP = re.compile(r"(?:(?<=[a-z]{3})|(?<=\d))\.$")
_SMALL = "and|but|or|that|which|who|after|before|as|of|in|on|at|to|by|with|for|from|the|a|an|while|when"
_FIRST = re.compile(r"(?:and|but|or|that)\s", re.IGNORECASE)
_BOUND = re.compile(r"\bat\s$", re.IGNORECASE)
"""What a phrase that begins with "least 11" has lost."""
_LAST = re.compile(rf"\s{{1,4}}(?:{_SMALL})\s{{0,4}}$", re.IGNORECASE)


def phrase(text: str, event: Event, within: Span) -> Span:
    """From who has a part in an event to the end of its clause, inside a stretch of a claim's content."""
    parts = [role.span for role in event.roles if role.name in {"agent", "patient"} and _inside(role.span, within)]
    near = [one for one in parts if abs(one.start - event.span.start) < LONGEST]
    start = min([event.span.start, *(one.start for one in near)])
    if start == event.span.start:
        start = _opening(text, start, within.start)
    last = max([event.span.end, *(one.end for one in near if one.end - start < LONGEST)])
    stop = _STOP.search(text, last, within.end)
    return cut(text, Span(start, stop.start() if stop else within.end))


def statement(text: str, said: Attribution, sentence: Span) -> Span:
    """Who speaks, with which word, and what, as far as it goes in the sentence."""
    spans = [span for span in (said.source, said.cue, *said.content) if span and _inside(span, sentence)]
    start = min((span.start for span in spans), default=said.content[0].start)
    end = max((span.end for span in spans), default=said.content[0].end)
    return cut(text, Span(start, end))


def cut(text: str, span: Span) -> Span:
    """The span up to its last whole word before it is too long."""
    start, end = _whole_number(text, span.start), span.end
    is_bound = text[start : start + 6].lower().startswith(("least ", "most "))
    if is_bound and (bound := _BOUND.search(text, max(0, start - 3), start)):
        start = bound.start()
    if end - start > LONGEST:
        blank = max(text.rfind(one, start, start + LONGEST) for one in " \n\t")
        end = blank if blank > start else start + LONGEST
    while last := _LAST.search(text, start, end):
        end = last.start()
    if stop := _FULL_STOP.search(text, start, end):
        end = stop.start()
    start = first.end() if (first := _FIRST.match(text, start, end)) else start
    found = trim(text, start, end)
    return found if found.start < found.end else Span(start, min(span.end, start + 1))


def _whole_number(text: str, start: int) -> int:
    """Where the number begins of which only the end was taken: "000 troops" of "1,000 troops"."""
    while start > 1 and text[start : start + 1].isdigit() and (text[start - 1].isdigit() or _joins(text, start)):
        start -= 1 if text[start - 1].isdigit() else 2
    return start


def _joins(text: str, start: int) -> bool:
    return text[start - 1] in ",." and text[start - 2].isdigit()


def _opening(text: str, place: int, least: int) -> int:
    """Where the clause of an event begins whose parts do not say so."""
    begin = max(least, place - LONGEST // 2)
    stops = [one.end() for one in _STOP.finditer(text, begin, place)]
    if stops:
        begin = stops[-1]
    elif begin > least:  # not in the middle of a word
        blank = text.find(" ", begin, place)
        begin = place if blank < 0 else blank
    return begin + len(text[begin:place]) - len(text[begin:place].lstrip())


def _inside(span: Span, outer: Span) -> bool:
    return outer.start <= span.start and span.end <= outer.end
