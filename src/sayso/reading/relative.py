"""Times that hang on the day of publication or on a time before them: "last week", "on Wednesday", "the next day"."""

from __future__ import annotations

import math
from datetime import date, timedelta

from sayso.reading import days
from sayso.reading.dates import PARTS, WORDS, Context, Found, dated, is_future, month_of
from sayso.reading.days import UNKNOWN, Days
from sayso.reading.tokens import Tokens

WEEKDAYS = {name: number for number, name in enumerate(WORDS["weekdays"])}
DAYTIMES = frozenset(WORDS["daytimes"])
UNITS: dict[str, str] = WORDS["units"]
"""Units as they are reckoned: hours and less as "hour"."""
DAYS_OF = frozenset({"day", "week", "month", "year"})
PLURALS = frozenset({"days", "weeks", "months", "years", "decades", "hours", "centuries", "minutes", "moments"})
RECENT = frozenset({"recent", "coming"})
STEPS = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}
"""How many units on from the one that the day of publication lies in."""
WHICH = (("this", "past"), ("this", "coming"), ("last",), ("this",), ("next",), ("past",))
WEEKDAYS_OFF = frozenset({5, 6})
OFFSETS: dict[tuple[str, ...], tuple[int, int]] = {
    ("today",): (0, 0), ("yesterday",): (-1, -1), ("tomorrow",): (1, 1), ("tonight",): (0, 0), ("overnight",): (-1, 0),
    ("last", "night"): (-1, 0), ("the", "day", "before", "yesterday"): (-2, -2),
    ("the", "day", "after", "tomorrow"): (2, 2), **{("this", word): (0, 0) for word in DAYTIMES},
}  # fmt: skip
"""First and last day, counted from the day of publication."""


def of_weekday(context: Context, at: int) -> Found | None:
    """A weekday: "Wednesday", "last Wednesday night", "Wednesday, May 3", "early Monday"."""
    tokens, day = context.tokens, context.published
    start = at + (tokens.words[at] in {"early", "late"})
    which = next((words for words in WHICH if tuple(tokens.words[start : start + len(words)]) == words), ())
    start += len(which)
    number = WEEKDAYS.get(tokens.word(start))
    if number is None:
        return None
    after = start + 1
    comma = tokens.word(after) == ","
    if exact := dated(context, after + comma + (tokens.word(after + comma) == "the")):
        return exact
    after += tokens.word(after) in DAYTIMES
    if day is None:
        return Found(after, UNKNOWN)
    is_ahead = is_future(tokens, at)
    there = day + timedelta(_days_to(day, number, which[-1] if which else "coming" if is_ahead else ""))
    return Found(after, Days(there, there))


def _days_to(day: date, number: int, which: str) -> int:
    """How many days on from the day of publication a weekday is, below 0 for one before it."""
    ahead = (number - day.weekday()) % 7
    if which in {"last", "past"}:
        return ahead - 7
    if which == "next":
        return ahead or 7
    return ahead if which in {"this", "coming"} or not ahead else ahead - 7


def named(context: Context, at: int) -> Found | None:
    """A day by its name from the day of publication: "yesterday", "overnight", "this morning"."""
    tokens, day = context.tokens, context.published
    start = at + (tokens.words[at] in {"earlier", "later", "early", "late"})
    if start >= len(tokens.words) or tokens.written(start).isupper():
        return None  # nothing, or a name in capitals
    for size in (4, 2, 1):
        words = tuple(tokens.words[start : start + size])
        if len(words) == size and (offset := OFFSETS.get(words)):
            after = start + size
            after += tokens.word(after) in DAYTIMES and size == 1
            return Found(after, Days(day + timedelta(offset[0]), day + timedelta(offset[1])) if day else UNKNOWN)
    return None


def lasting(context: Context, unit: str, number: float | None, *, ahead: bool) -> Days:
    """So many units up to the day of publication, or from it on: "the past two weeks", "the next 24 hours"."""
    day = context.published
    if day is None:
        return UNKNOWN
    if unit == "hour" and number is not None:
        number = math.ceil(number / 24)
    unit = "day" if unit == "hour" else unit
    far = days.shifted(day, unit, (1 if ahead else -1) * number) if number is not None else None
    return Days(day, far) if ahead else Days(far, day)


def deictic(context: Context, at: int) -> Found | None:
    """A stretch by the calendar: "last week", "early next month", "the weekend", "last summer", "recent days"."""
    tokens, day = context.tokens, context.published
    start, part = _behind_part(tokens, at)
    is_definite = tokens.word(start) == "the"
    which = tokens.word(start + is_definite)
    place = start + is_definite + 1
    if is_definite and which == "weekend":
        return Found(place, _weekend(day, "this" if is_future(tokens, at) else "last"))
    if which in RECENT and tokens.word(place) in PLURALS:
        return Found(place + 1, Days(None, day) if which == "recent" else Days(day, None))
    if is_definite and which in {"following", "same", "next", "previous"}:
        return _anchored(context, place, which)
    found = _unit(context, place, which) if which in STEPS else None
    return Found(found.after, _parted(found.days, part, day)) if found else None


def _behind_part(tokens: Tokens, at: int) -> tuple[int, str]:
    """Past "early", "late", "the end of": where the stretch begins, and which part of it is meant."""
    start = at + (tokens.words[at] == "the" and tokens.word(at + 1) in PARTS and tokens.word(at + 2) == "of")
    part = tokens.words[start]
    if part not in PARTS:
        return at, ""
    return start + 1 + (tokens.word(start + 1) == "of"), part


def _parted(whole: Days, part: str, day: date | None) -> Days:
    """Of these "earlier this month" ends with the day of publication, "later this year" begins with it."""
    if part in {"earlier", "later"} and whole.first and whole.last and day and whole.first <= day <= whole.last:
        return Days(whole.first, day) if part == "earlier" else Days(day, whole.last)
    return days.part(whole, PARTS.get(part, ""))


def _anchored(context: Context, at: int, which: str) -> Found | None:
    """The next day, the following week: from the time before it in the sentence. `at` is the token of the unit."""
    unit = context.tokens.word(at)
    if unit not in {"day", "week", "month", "year", "morning", "night", "evening", "afternoon"}:
        return None
    day = context.anchor.first
    unit = unit if unit in DAYS_OF else "day"
    if day is None:
        return Found(at + 1, UNKNOWN)
    there = days.shifted(day, unit, {"same": 0, "previous": -1}.get(which, 1))
    return Found(at + 1, days.around(there, unit) if there else UNKNOWN)


def _weekend(day: date | None, which: str) -> Days:
    if day is None:
        return UNKNOWN
    own = days.around(day, "weekend")
    if which == "last" and own.first and own.first > day:
        return days.around(day - timedelta(7), "weekend")
    return days.around(day + timedelta(7), "weekend") if which == "next" else own


def _unit(context: Context, at: int, which: str) -> Found | None:
    """What stands behind "last", "this" or "next": a unit, a season or a month."""
    tokens, day, step = context.tokens, context.published, STEPS[which]
    word = tokens.word(at)
    month = month_of(word) if tokens.is_capital(at) else 0
    if month and (exact := dated(context, at)):
        return exact
    unit = UNITS.get(word, "hour")
    if not month and word not in days.SEASONS and unit == "hour":
        return None
    if day is None:
        return Found(at + 1, UNKNOWN)
    if month:
        return Found(at + 1, _month_near(day, month, step))
    if word in days.SEASONS:
        return Found(at + 1, _season(day, word, step))
    return Found(at + 1, _by_calendar(day, unit, which))


def _by_calendar(day: date, unit: str, which: str) -> Days:
    if unit == "weekend":
        is_during = which in {"last", "past"} and day.weekday() in WEEKDAYS_OFF
        return _weekend(day - timedelta(7) if is_during else day, "last" if which == "past" else which)
    if which in {"past", "previous"}:
        return Days(days.shifted(day, unit, -1), day)
    there = days.shifted(day, unit, STEPS[which])
    return days.around(there, unit) if there else UNKNOWN


def _season(day: date, name: str, step: int) -> Days:
    if step == 0:
        return days.season(name, day.year)
    candidates = [days.season(name, year) for year in range(day.year - 2, day.year + 2)]
    if step < 0:
        return max(one for one in candidates if one.last and one.last < day)
    return min(one for one in candidates if one.first and one.first > day)


def _month_near(day: date, number: int, step: int) -> Days:
    if step == 0:
        return days.month(day.year, number)
    if step < 0:
        return days.month(day.year - (number >= day.month), number)
    return days.month(day.year + (number <= day.month), number)
