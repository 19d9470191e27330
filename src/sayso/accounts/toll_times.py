"""Which sentences of a report tell of other times than the incident's: statistics, and what happened before."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date, timedelta

from sayso.accounts.toll_people import Page
from sayso.model import Findings, When
from sayso.words import kind

LONGEST = 31
"""Days of a time within which one incident is counted. "In the last 17 months" counts many. A rule of thumb."""

_YEAR = re.compile(r"\d{4}")
"""A year by itself may date an incident: "the fire of 2029"."""

MANY = 5
"""Shootings, attacks … that a sentence counts: so many are not one incident. A rule of thumb."""

DAYS_BEFORE = 3
"""Days that the telling of a day can be off."""

_TAKEN_UP = re.compile(r"\b(?:those|these)\b", re.IGNORECASE)


def elsewhen(page: Page, findings: Findings, earliest: str) -> frozenset[int]:
    """The numbers of sentences that tell of other times, or of many incidents.

    All their times are long ones, or such as ended before the incident began. Of times within what somebody says and
    others, the first count: "said on Friday that it happened in May".

    A sentence without a time that takes up "those" of one before goes with it.
    """
    times = defaultdict[int, list[When]](list)
    for one in findings.times:
        if one.latest:
            times[page.sentence(one.span)].append(one)
    said = [span for claim in findings.claims if claim.attribution for span in claim.content]
    several = {page.sentence(one.span) for one in findings.quantities if one.low >= MANY and kind(one.counted)}
    out: set[int] = set()
    for number, sentence in enumerate(page.sentences):
        own = times.get(number, [])
        own = [one for one in own if any(span.start <= one.span.start < span.end for span in said)] or own
        goes_on = not own and number - 1 in out and bool(_TAKEN_UP.search(page.text, *sentence))
        if goes_on or number in several or (own and all(_is_other(one, earliest) for one in own)):
            out.add(number)
    return frozenset(out)


def _is_other(one: When, earliest: str) -> bool:
    last = date.fromisoformat(one.latest[:10])
    first = date.fromisoformat(one.earliest[:10]) if one.earliest else date.min
    is_before = bool(earliest) and last + timedelta(DAYS_BEFORE) < date.fromisoformat(earliest[:10])
    return is_before or ((last - first).days > LONGEST and not _YEAR.fullmatch(one.as_written))


def is_too_early(published: str, earliest: str) -> bool:
    """Whether a report was published before an incident began: then it can tell nothing of it."""
    if len(published) < len("2031-05-03") or not earliest:
        return False
    return date.fromisoformat(published[:10]) + timedelta(DAYS_BEFORE) < date.fromisoformat(earliest[:10])
