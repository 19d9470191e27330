"""What is asserted, and through whom: each attribution's content, and what the reporter says in their own voice."""

from __future__ import annotations

import csv
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

from sayso.claims.assertion import is_inferred, polarity
from sayso.claims.network import project
from sayso.claims.replies import reply
from sayso.kit import identify, trim
from sayso.model import PUBLISHER_NOT_RECORDED, Attribution, Certainty, Claim, Event, Link, Report, Span, Stance

__all__ = ["project", "reply", "state"]

LEAST_WORDS_OF_A_REST = 6
"""What is left of a sentence beside its attributions counts as a claim from this many words on.

Shorter rests are days, places and hearers ("on Tuesday", "in a statement to reporters"), which belong to no span.
A rule of thumb, read off news text; nothing was measured.
"""

LEAST_WORDS_OF_A_HEADLINE = 5
"""A sentence without closing punctuation counts as a claim from this many words on: shorter ones are bylines, dates,
page furniture. A rule of thumb."""

LEAST_WORDS_OF_A_SENTENCE = 3
"""The same for a sentence with closing punctuation ("Twelve people died.")."""

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_OPENING = re.compile(r"[\s,;:.!?)\]”’\"'–—-]*(?:\b(?:and|but|or|while|as|that|then|so)\b[\s,]*)?", re.IGNORECASE)
_LAST_JOINT = re.compile(r"\b(?:and|but|or|while|as|that|so)$", re.IGNORECASE)
_LONGEST_JOINT = 6
_CLOSED = re.compile(r"[.!?…][\"'”’)\]]*$")


def state(
    report: Report,
    sentences: tuple[Span, ...],
    attributions: tuple[Attribution, ...],
    events: tuple[Event, ...] = (),
) -> tuple[Claim, ...]:
    """One claim for each attribution, and one for each sentence, or rest of one, that stands in no attribution.

    In the order of the text. The reporter's own claims have the publisher alone in their chain. `events` are the
    report's, in the order of the text: each claim tells of those whose word stands in its content.
    """
    said = [_said(one) for one in attributions]
    told = [_told(report, span) for span in _own_voice(report.text, sentences, attributions)]
    starts = [event.span.start for event in events]
    stated = [_with_events(claim, report.text, events, starts) for claim in (*said, *told)]
    return tuple(sorted(stated, key=lambda claim: (claim.content[0], claim.content[-1].end, claim.id)))


def _with_events(claim: Claim, text: str, events: tuple[Event, ...], starts: list[int]) -> Claim:
    ranges = ((bisect_left(starts, span.start), bisect_left(starts, span.end)) for span in claim.content)
    told = tuple(event for first, past in ranges for event in events[first:past])
    side = polarity(claim.stance, text, claim.content, told)
    return replace(claim, events=tuple(event.id for event in told), polarity=side)


def _said(one: Attribution) -> Claim:
    name = identify("claim", one.report, one.id)
    return Claim(name, one.report, one.content, one.chain, one.id, one.stance, one.certainty)


def _told(report: Report, span: Span) -> Claim:
    words = report.text[span.start : span.end]
    stance, certainty = _attitude(words)
    chain = (Link(report.publisher or PUBLISHER_NOT_RECORDED, stance, certainty),)
    name = identify("claim", report.id, span.start, span.end)
    inferred = stance == "asserts" and is_inferred(words)
    return Claim(name, report.id, (span,), chain, None, stance, certainty, inferred=inferred)


def _attitude(words: str) -> tuple[Stance, Certainty]:
    """A question asks; else the weakest hedge word in it says how firmly the reporter asserts it."""
    if re.search(r"\?[\"'”’)\]]*$", words):
        return "asks", "unknown"
    hedges = {_hedges().get(word.casefold()) for word in _WORD.findall(words)}
    if "possible" in hedges:
        return "asserts", "possible"
    return "asserts", "probable" if "probable" in hedges else "certain"


@cache
def _hedges() -> dict[str, str]:
    with (Path(__file__).parent / "hedges.csv").open(encoding="utf-8", newline="") as table:
        return {row["word"]: row["certainty"] for row in csv.DictReader(table)}


def _own_voice(text: str, sentences: tuple[Span, ...], attributions: tuple[Attribution, ...]) -> Iterator[Span]:
    sentences = tuple(sorted(sentences))
    starts = [sentence.start for sentence in sentences]
    taken = _merged(span for one in attributions for span in _reach(one, starts))
    first = 0
    for sentence in sentences:
        while first < len(taken) and taken[first].end <= sentence.start:
            first += 1
        past = bisect_left(taken, (sentence.end,), lo=first)
        yield from _rests(text, sentence, taken[first:past])


def _reach(one: Attribution, starts: list[int]) -> Iterator[Span]:
    """The spans of an attribution, and what stands between two of them in the same sentence."""
    spans = sorted(span for span in (one.source, one.cue, *one.content) if span is not None)
    yield from spans
    for before, after in pairwise(spans):
        if before.end < after.start and bisect_right(starts, before.end - 1) == bisect_right(starts, after.start):
            yield Span(before.end, after.start)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The same stretches without overlaps, in order."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _rests(text: str, sentence: Span, taken: list[Span]) -> Iterator[Span]:
    """The stretches of a sentence that are long enough to assert something and stand in none of the taken spans."""
    if not taken:
        whole = trim(text, *sentence)
        is_closed = _CLOSED.search(text[whole.start : whole.end])
        if _count(text, whole) >= (LEAST_WORDS_OF_A_SENTENCE if is_closed else LEAST_WORDS_OF_A_HEADLINE):
            yield whole
        return
    start = sentence.start
    for span in (*taken, Span(sentence.end, sentence.end)):
        rest = _without_joint(text, start, span.start)
        if _count(text, rest) >= LEAST_WORDS_OF_A_REST:
            yield rest
        start = max(start, span.end)


def _without_joint(text: str, start: int, end: int) -> Span:
    """The stretch without the commas and the "and" that join it to what stands before and after."""
    if end <= start:
        return Span(start, start)
    joint = _OPENING.match(text, start, end)
    start = joint.end() if joint else start
    end = _without_punctuation(text, start, end)
    if last := _LAST_JOINT.search(text, max(start, end - _LONGEST_JOINT), end):
        end = _without_punctuation(text, start, last.start())
    return trim(text, start, end)


def _without_punctuation(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in ' \t\n\r,;:–—-(“"':
        end -= 1
    return end


def _count(text: str, span: Span) -> int:
    return len(_WORD.findall(text, span.start, span.end)) if span.end > span.start else 0
