"""Where a claim stands in its report, and whether beside the day and place that the report is about.

Reports tell of other happenings too: an earlier attack, a like one elsewhere, the reprisal. What they tell of these
answers no question about their own. Signs of it: a day that is not the report's, places that its opening does not
name, a place far down. The other words of the sentence ("in a separate attack") were tried: they gave nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.kit import begun_in
from sayso.model import Claim, Findings, Span, When

OPENING = 3
"""Sentences of a report that tell what it is about: the headline, if its text has one, and two more."""

EARLY, LATE = 0.25, 0.6
"""Shares of a report's length up to which, and from which on, something stands early or late."""

_NAME = re.compile(r"[^\W\d_]+")


class Setting(NamedTuple):
    """What a report is about, as far as its days and places show."""

    text: str
    sentences: Sequence[Span]
    own_day: tuple[str, str]
    """First and last of the days that most of its times name, ("", "") where none is told."""
    own_places: frozenset[str]
    """Words of the places that its opening names."""
    places: Sequence[Span]
    times: Sequence[When]
    last_other: Sequence[bool]
    """For each sentence, whether the last day told in or before it, in its paragraph, is another than the report's."""


def setting_of(text: str, findings: Findings) -> Setting:
    """The setting of one report. Sentences, mentions and times come in the order of the text."""
    places = [one.span for one in findings.mentions if one.kind == "place"]
    sentences = findings.sentences
    end = sentences[min(OPENING, len(sentences)) - 1].end if sentences else 0
    own = frozenset(word for span in places if span.start < end for word in _names(text, span))
    times = [one for one in findings.times if one.earliest and one.latest]
    day = _commonest(times)
    told = [_other(day, begun_in((one,), times)) for one in sentences]
    return Setting(text, sentences, day, own, places, times, list(_carried(text, sentences, told)))


def _carried(text: str, sentences: Sequence[Span], told: Sequence[bool | None]) -> Iterator[bool]:
    """By sentence what the last one of its paragraph with a day says."""
    last: bool | None = None
    for at, (sentence, here) in enumerate(zip(sentences, told, strict=True)):
        if at and "\n" in text[sentences[at - 1].end : sentence.start]:
            last = None
        last = last if here is None else here
        yield bool(last)


def signs_around(setting: Setting, claim: Claim) -> Iterator[str]:
    """What stands around a claim: facts of the kind that `replies.facts_of` gives."""
    at = bisect_right([one.start for one in setting.sentences], claim.content[0].start) - 1
    if at < 0:
        return
    sentence = setting.sentences[at]
    share = sentence.start / max(1, len(setting.text))
    yield "stands early" if share < EARLY else "stands late" if share >= LATE else "stands amid"
    is_other = _other(setting.own_day, begun_in((sentence,), setting.times))
    if is_other is not None:
        yield "beside another day" if is_other else "beside the day"
    elif setting.last_other[at]:
        yield "after another day"
    near = [set(_names(setting.text, one)) for one in setting.places if sentence.start <= one.start < sentence.end]
    if near:
        yield "beside the place" if any(one & setting.own_places for one in near) else "beside other places"


def _names(text: str, span: Span) -> list[str]:
    return [word.casefold() for word in _NAME.findall(text, *span) if word[:1].isupper()]


def _commonest(times: Sequence[When]) -> tuple[str, str]:
    """The days named most often, of equals those named first."""
    days = Counter((one.earliest[:10], one.latest[:10]) for one in times)
    return days.most_common(1)[0][0] if days else ("", "")


def _other(day: tuple[str, str], times: Sequence[When]) -> bool | None:
    """Whether all times lie apart from the day; None where no time is told."""
    if not times or not day[0]:
        return None
    return all(one.latest[:10] < day[0] or one.earliest[:10] > day[1] for one in times)
