"""When: the times of a report as first and last day.

Absolute times stand by themselves ("3 May 2031", "mid-November 2030", "the 1990s"). Of 03/05/2031 nobody can tell which
is the month: it goes from the one reading to the other. Relative times hang on the day of publication:

    yesterday; overnight, last night    one day; two days, between which the night lies
    on Wednesday                        the last one up to the day of publication, which can be that day; with "will",
                                        "due", "scheduled" … before it in the sentence the next one
    last Wednesday, next Monday         the last before, the first after the day of publication
    last week, this month, next year    by the calendar; a week is as wide as those from Monday and from Sunday together
    May 3, in May, mid-November         the one within ten months before to two months after publication, for what is
                                        further off is written with its year (so the rule of the Associated Press
                                        stylebook, but with no break at New Year); with "will", "due" … the next one
    three weeks ago                     half a unit to each side, as round numbers have (see `numerals`); days as told
    more than two years ago             no first day, and no half unit
    the past two weeks, since 2011      up to the day of publication
    until June, by Friday, before 2011  no first day
    after May 3                         no last day
    two days later, the next day        from the time before it in the same sentence, if that is one day; else both ends
                                        are ""
    three weeks after the attack        both ends are "": nothing here says when the attack was
    early 2013, mid-2013, late 2013     thirds
    the summer of 2013                  the seasons of the northern half of the world, at their widest

Without a publication date relative times have "" for both ends. Durations ("for three weeks"), ages and hours are no
times here. dateparser finds dates in running text too, but took over 20 s for 100,000 characters, and it gives one
day where words mean a stretch.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sayso.model import Span, When
from sayso.reading import days
from sayso.reading.dates import MONTH_JOINTS, MONTH_NAMES, PARTS, WORDS, Context, Found, dated, partial, year_of
from sayso.reading.days import UNKNOWN, Days
from sayso.reading.figures import SMALL
from sayso.reading.nouns import singular
from sayso.reading.numerals import BOUNDS, VAGUE, numeral_at
from sayso.reading.relative import DAYTIMES, PLURALS, STEPS, UNITS, WEEKDAYS, deictic, lasting, named, of_weekday
from sayso.reading.tokens import Tokens, cut, words_of

BOUNDING: dict[str, str] = WORDS["bounding"]
BEHIND_YEAR = frozenset(WORDS["behind_year"])
STARTERS = frozenset(
    {
        *MONTH_NAMES, *WEEKDAYS, *BOUNDING, *days.SEASONS, *PARTS, *SMALL, *PLURALS, *(words[0] for words in VAGUE),
        *(words[0] for words in BOUNDS), "a", "an", "the", "last", "this", "next", "past", "previous", "coming",
        "recent", "between", "from", "today", "yesterday", "tomorrow", "tonight", "overnight", "half", "'", "just",
        "that",
    }
)  # fmt: skip
"""Words that a time can begin with."""
HINTS = frozenset(
    {
        *MONTH_NAMES, *WEEKDAYS, *days.SEASONS, *UNITS, *PLURALS, *DAYTIMES, "fortnights", "weekends", "today",
        "yesterday", "tomorrow", "tonight", "overnight",
    }
)  # fmt: skip
"""Words one of which, or a figure, stands in every time."""


def times(text: str, sentences: Sequence[Span], published: str) -> tuple[When, ...]:
    """All times in a text, in its order. `published` is ISO 8601, a date or a date and time, or "".

    Ends that the words do not bound are "", and so are those of times that hang on an unknown date of publication.
    """
    day = _published(published)
    found: list[When] = []
    for sentence in sentences:
        if any(map(_is_hint, words_of(text, sentence))):
            found += _in_sentence(cut(text, sentence), day)
    return tuple(found)


def _published(written: str) -> date | None:
    try:
        found = date.fromisoformat(written[:10]) if len(written) >= len("2031-05-14") else None
    except ValueError:
        return None
    return found if found and days.EARLIEST_YEAR <= found.year <= days.LATEST_YEAR else None


def _is_hint(word: str) -> bool:
    return word in HINTS or word[0].isdigit()


def _in_sentence(tokens: Tokens, published: date | None) -> list[When]:
    found = []
    anchor = UNKNOWN
    at = 0
    while at < len(tokens.words):
        one = _expression(Context(tokens, published, anchor), at) if _may_begin(tokens.words[at]) else None
        if one is None:
            at += 1
            continue
        span = Span(tokens.starts[at], tokens.ends[one.after - 1])
        first, last = (day.isoformat() if day else "" for day in one.days)
        found.append(When(span, first, last, tokens.text[span.start : span.end]))
        anchor = one.days if one.days.first == one.days.last else UNKNOWN
        at = one.after
    return found


def _may_begin(word: str) -> bool:
    return word in STARTERS or word[0].isdigit() or word.startswith(("mid-", "early-", "late-"))


def _expression(context: Context, at: int) -> Found | None:
    """A time with what bounds it, or a stretch from one to another."""
    tokens = context.tokens
    word = tokens.words[at]
    if word in BOUNDING:
        inner = _stretch(context, at + 1 + (tokens.word(at + 1) in {"on", "about", "around", "at"}))
        if inner is None or tokens.word(inner.after) == "'s" or _has_noun(context, inner):
            return None
        return Found(inner.after, _bound(BOUNDING[word], inner.days, context.published))
    if word in {"between", "from"}:
        return _between(context, at)
    return _stretch(context, at)


def _has_noun(context: Context, inner: Found) -> bool:
    """Whether a noun follows that the time only describes: "after the 2013 attack"."""
    tokens = context.tokens
    is_year = tokens.words[inner.after - 1].isdigit()
    word = tokens.word(inner.after)
    return is_year and word[:1].isalpha() and word not in MONTH_JOINTS and word not in BEHIND_YEAR


def _bound(how: str, inner: Days, published: date | None) -> Days:
    if how == "since":
        return Days(inner.first, published if inner.first else None)
    if how == "to":
        return Days(None, inner.last)
    if how == "before":
        return Days(None, inner.first and inner.first - timedelta(1))
    return Days(inner.last and inner.last + timedelta(1), None)


def _between(context: Context, at: int) -> Found | None:
    one = _point(context, at + 1)
    if one is None or context.tokens.word(one.after) not in {"and", "to", "through", "until", "till", "-", "–"}:
        return None
    other = _point(context, one.after + 1)
    return _spanning(context, one, other, at) if other else None


def _stretch(context: Context, at: int) -> Found | None:
    """One time, or from one to another: "Monday to Wednesday", "2011-2013"."""
    one = _point(context, at)
    if one is None or context.tokens.word(one.after) not in {"to", "through", "-", "–", "until"}:
        return one
    other = _point(context, one.after + 1)
    if other is None:
        return one
    both = _spanning(context, one, other, at)
    return one if both.days == UNKNOWN else both


def _spanning(context: Context, one: Found, other: Found, at: int) -> Found:
    """From the one to the other. A year that stands behind both is that of both."""
    first, last = one.days.first, other.days.last
    words = context.tokens.words
    is_shared = any(map(year_of, words[one.after : other.after])) and not any(map(year_of, words[at : one.after]))
    if first and last and is_shared and (same := days.day(last.year, first.month, first.day)):
        first = same.first
    if first is None or last is None or first > last:
        return Found(other.after, UNKNOWN)
    return Found(other.after, Days(first, last))


def _point(context: Context, at: int) -> Found | None:
    """One time without bounds."""
    if at >= len(context.tokens.words):
        return None
    return _of_day(context, at) or _counted(context, at) or _plain(context, at)


def _plain(context: Context, at: int) -> Found | None:
    """A time that holds no other."""
    if at >= len(context.tokens.words):
        return None
    return (
        of_weekday(context, at)
        or named(context, at)
        or deictic(context, at)
        or dated(context, at)
        or partial(context, at)
    )


def _of_day(context: Context, at: int) -> Found | None:
    """A part of a day: "the morning of 4 June", "the early hours of Monday", "late on Wednesday"."""
    words = context.tokens.words[at : at + 5]
    skip = 0
    if words[0] == "the" and len(words) > 3:
        if words[1] in DAYTIMES | {"day"} and words[2] in {"of", "on"}:
            skip = 3
        elif words[1] in {"early", "late"} and words[2] in {"hours", "morning", "evening"} and words[3] == "of":
            skip = 4
    elif words[0] in {"early", "late", "earlier", "later"} and words[1:2] == ["on"]:
        skip = 2
    inner = _plain(context, at + skip) if skip else None
    if inner is None or not _is_day(inner.days):
        return None
    if words[1:2] == ["night"] and inner.days.last:
        return Found(inner.after, Days(inner.days.first, inner.days.last + timedelta(1)))
    return inner


def _is_day(one: Days) -> bool:
    return one.first == one.last


def _counted(context: Context, at: int) -> Found | None:
    """So many units from somewhere: "three weeks ago", "the past two weeks", "two days later"."""
    tokens = context.tokens
    start = at + (tokens.words[at] in {"the", "these"})
    stretch = tokens.word(start) if tokens.word(start) in STEPS else ""
    start += bool(stretch)
    start += tokens.word(start) in {"just", "only"}
    number = _number(tokens, start)
    unit = UNITS.get(singular(tokens.word(number.after))) if number else None
    if number is None or unit is None or stretch == "this":
        return None
    number = number._replace(after=number.after + 1)
    if stretch:
        return Found(number.after, lasting(context, unit, number.most, ahead=STEPS[stretch] > 0))
    return None if tokens.words[at] in {"the", "these"} else _placed(context, unit, number)


class _Number(NamedTuple):
    """How many units."""

    after: int
    """Past which token the number ends."""
    least: float
    most: float | None
    slack: float = 0.5
    """The share of a unit that may be added to each side."""


def _number(tokens: Tokens, at: int) -> _Number | None:
    """A number before a unit of time, with what bounds it. A bound leaves no half unit to add on its side."""
    word = tokens.word(at)
    if word in {"a", "an"} and UNITS.get(tokens.word(at + 1)):
        return _Number(at + 1, 1, 1)
    if word in PLURALS:
        return _Number(at, 2, None, 0)
    found = numeral_at(tokens, at)
    if found is None or found.first == found.core:
        return _Number(found.last, found.low, found.high) if found else None
    bound = BOUNDS.get(tuple(tokens.words[found.first : found.core]), "")
    bare = numeral_at(tokens, found.core)
    if bare is None or not bound or bare.high is None:
        return _Number(found.last, found.low, found.high)
    least, most = bare.low, bare.high
    told: dict[str, tuple[float, float | None, float]] = {
        "least": (least, None, 0), "above": (least, None, 0), "most": (0, most, 0), "below": (0, most, 0),
        "about": (least, most, 0.5), "nearly": (least - 0.5, most, 0), "beyond": (least, most + 0.5, 0),
    }  # fmt: skip
    return _Number(found.last, *told[bound])


def _placed(context: Context, unit: str, number: _Number) -> Found | None:
    """So many units before or after something: "ago" from publication, else from an anchor."""
    tokens, after = context.tokens, number.after
    word = tokens.word(after)
    if word == "ago":
        return Found(after + 1, _from(context.published, unit, number, sign=-1))
    if word == "from" and tokens.word(after + 1) in {"now", "today"}:
        return Found(after + 2, _from(context.published, unit, number, sign=1))
    if word not in {"earlier", "before", "later", "after", "afterward", "afterwards", "prior", "previously"}:
        return None
    sign = -1 if word in {"earlier", "before", "prior", "previously"} else 1
    if word in {"before", "after"} and (inner := _plain(context, after + 1 + (tokens.word(after + 1) == "on"))):
        is_fixed = _is_day(inner.days) and tokens.word(inner.after) != "'s"
        return Found(inner.after, _from(inner.days.first if is_fixed else None, unit, number, sign=sign))
    has_object = word in {"before", "after", "prior"} and tokens.word(after + 1)[:1].isalpha()
    return Found(after + 1, _from(None if has_object else context.anchor.first, unit, number, sign=sign))


def _from(day: date | None, unit: str, number: _Number, *, sign: int) -> Days:
    if day is None:
        return UNKNOWN
    if unit == "hour":
        return Days(day - timedelta(1), day) if sign < 0 else Days(day, day + timedelta(1))
    return days.away(day, unit, (number.least, number.most), sign=sign, slack=number.slack)
