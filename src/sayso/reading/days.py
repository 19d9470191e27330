"""First and last days of stretches of the calendar."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal, NamedTuple

Part = Literal["", "early", "mid", "late"]
Unit = Literal["day", "week", "weekend", "month", "year", "decade", "century"]

EARLIEST_YEAR, LATEST_YEAR = 1400, 2199
SEASONS = {"spring": (3, 1, 6, 21), "summer": (6, 1, 9, 23), "autumn": (9, 1, 12, 21), "fall": (9, 1, 12, 21),
           "winter": (12, 1, 3, 20)}  # fmt: skip
"""First and last day (month, day) in the northern half of the world, as wide as the seasons of meteorology and those of
the sun together."""
DAYS_IN = {
    "day": 1.0, "week": 7.0, "weekend": 7.0, "fortnight": 14.0, "month": 30.4, "year": 365.25, "decade": 3652.5,
    "century": 36525.0,
}  # fmt: skip
"""The mean length of a unit in days."""


class Days(NamedTuple):
    """A stretch of days, both ends in it; None where an end is not known."""

    first: date | None
    last: date | None


UNKNOWN = Days(None, None)


def day(year: int, month: int, number: int) -> Days | None:
    """One day; None if the calendar has no such day."""
    try:
        one = date(year, month, number)
    except ValueError:
        return None
    return Days(one, one)


def month(year: int, number: int) -> Days:
    """A month; months below 1 and above 12 are those of the years before and after."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    return Days(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))


def years(first: int, last: int) -> Days:
    """From the first day of a year to the last of another."""
    return Days(date(first, 1, 1), date(last, 12, 31))


def season(name: str, year: int) -> Days:
    """The season of that name which begins in a year."""
    from_month, from_day, to_month, to_day = SEASONS[name]
    return Days(date(year, from_month, from_day), date(year + (to_month < from_month), to_month, to_day))


def part(days: Days, which: Part) -> Days:
    """The first, middle or last third of a stretch, in whole months of a year and whole years of a decade.

    Of a month the days to 10, from 10 to 20, and from 21 on. The thirds are a convention, and those of a month and of a
    decade share a day or a year: "early" and "late" draw no line.
    """
    if not which or days.first is None or days.last is None:
        return days
    first, last = days.first, days.last
    length = (last - first).days + 1
    if length > 366:
        ends = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}[which]
        return years(first.year + ends[0] * length // 3652, first.year + ends[1] * length // 3652)
    if length > 360 and first.month == 1:
        at = {"early": 1, "mid": 5, "late": 9}[which]
        return Days(month(first.year, at).first, month(first.year, at + 3).last)
    third = length // 3
    bounds = {"early": (0, third - 1), "mid": (third, length - third - 1), "late": (length - third, length - 1)}
    if length >= 28 and first.day == 1:
        bounds = {"early": (0, 9), "mid": (9, 19), "late": (20, length - 1)}
    start, stop = bounds[which]
    return Days(first + timedelta(start), first + timedelta(max(start, stop)))


def around(one: date, unit: str) -> Days:
    """The week, weekend, month or year that a day lies in.

    A week is what begins on Monday (ISO 8601) or on Sunday, both together, for reports do not say which they mean. The
    weekend of a day is the one that ends its week from Monday.
    """
    monday = one - timedelta(one.weekday())
    if unit == "weekend":
        return Days(monday + timedelta(5), monday + timedelta(6))
    if unit == "week":
        sunday = one - timedelta((one.weekday() + 1) % 7)
        return Days(min(monday, sunday), max(monday, sunday) + timedelta(6))
    if unit == "month":
        return month(one.year, one.month)
    if unit == "year":
        return years(one.year, one.year)
    if unit == "decade":
        return years(one.year - one.year % 10, one.year - one.year % 10 + 9)
    return Days(one, one)


def shifted(one: date, unit: str, number: float) -> date | None:
    """The day so many units later (earlier, if negative); None outside the calendar."""
    try:
        if unit in {"month", "year"} and number == int(number):
            months = int(number) * (12 if unit == "year" else 1)
            there = month(one.year, one.month + months)
            return there.first.replace(day=min(one.day, there.last.day)) if there.first and there.last else None
        return one + timedelta(round(number * DAYS_IN[unit]))
    except (ValueError, OverflowError):
        return None


def away(one: date, unit: str, number: tuple[float, float | None], *, sign: int, slack: float) -> Days:
    """What lies so many units, least and most, before (sign -1) or after a day (sign 1).

    `slack` is the share of a unit that is added to each side; a day is always meant as told.
    """
    low, high = number
    slack *= 0 if unit == "day" else DAYS_IN[unit]
    near = shifted(one, unit, sign * low)
    far = None if high is None else shifted(one, unit, sign * high)
    near = near and _moved(near, -sign * slack)
    far = far and _moved(far, sign * slack)
    if near is not None and low > 0:
        near = min(near, one) if sign < 0 else max(near, one)
    return Days(far, near) if sign < 0 else Days(near, far)


def _moved(one: date, days: float) -> date | None:
    try:
        return one + timedelta(int(days))
    except OverflowError:
        return None
