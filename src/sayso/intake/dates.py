"""Dates as written to ISO 8601, where there is only one way to understand them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""English month names by their first three letters."""
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[5-9]|20|21)\d\d)"
_GAP = r"[\s.,/\u2013-]+"
_TIME = r"(?:(?:\s*,|\s+at|\s+-)?\s+\d{1,2}[:.h]\d\d.{0,24})?"
"""A time after a date in words: its zone is mostly a local name, so that it cannot be told; the date is kept."""
WORDED = re.compile(
    rf"(?:[a-z]{{3,9}}day{_GAP}|(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun){_GAP})?"
    rf"(?:{_MONTH}{_GAP}{_DAY}{_GAP}{_YEAR}|{_DAY.replace('day', 'day2')}{_GAP}(?:of\s+)?"
    rf"{_MONTH.replace('<month>', '<month2>')}{_GAP}{_YEAR.replace('year', 'year2')}){_TIME}",
    re.IGNORECASE,
)
MONTH_ONLY = re.compile(rf"{_MONTH}{_GAP}{_YEAR}", re.IGNORECASE)
NUMBERED = re.compile(rf"([0-3]?\d)([./-])([0-3]?\d)\2{_YEAR}(?:,?\s.{{0,24}})?")
EITHER_WAY = re.compile(r"(?:0?[1-9]|1[0-2])([./-])(?:0?[1-9]|1[0-2])\1(?:\d\d)?\d\d.*|\d\d?([./-])\d\d?\2\d\d")
"""Day and month could change places, or the year has two digits."""
YEAR_FIRST = re.compile(rf"{_YEAR}([./])([01]?\d)\2([0-3]?\d)(?:\s.{{0,24}})?")
PACKED = re.compile(rf"{_YEAR}([01]\d)([0-3]\d)(?:T(\d\d)(\d\d)(\d\d)Z?)?")
PARTIAL = re.compile(rf"{_YEAR}(?:-(?:0[1-9]|1[0-2]))?")
INTERNET = re.compile(r"(?:[A-Z][a-z]{2}, )?\d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? (?:GMT|UTC|Z|[+-]\d{4})")
"""The dates of RSS and e-mail (RFC 5322): Fri, 02 May 2031 10:00:00 +0300."""
EPOCH = re.compile(r"-?\d{9,13}(?:\.\d+)?")
MILLISECONDS_FROM = 100_000_000_000
"""Numbers from here on are milliseconds: as seconds they would lie after the year 5138."""
LONGEST = 64
"""Characters of a date at most. Longer ones are no dates, and cost time."""


class Dated(NamedTuple):
    """A date in ISO 8601, or as written with what is wrong with it."""

    value: str
    kind: str = ""
    """"" where it was understood, else "published-ambiguous" or "published-not-understood"."""


def understand(written: str) -> Dated:
    """A publication date in ISO 8601, if it can mean one thing only; otherwise as written.

    >>> understand("December 27-2013").value
    '2013-12-27'
    >>> understand("03/04/2031")
    Dated(value='03/04/2031', kind='published-ambiguous')
    """
    written = " ".join(written.split())
    if not written:
        return Dated("")
    if len(written) > LONGEST:
        return Dated(written, "published-not-understood")
    try:
        found = _iso(written) or _numbers(written) or _internet(written) or _words(written)
    except (ValueError, OverflowError, OSError):
        found = ""
    if found:
        return Dated(found)
    return Dated(written, "published-ambiguous" if EITHER_WAY.fullmatch(written) else "published-not-understood")


def _iso(written: str) -> str:
    if PARTIAL.fullmatch(written):
        return written
    if packed := PACKED.fullmatch(written):
        year, month, day, hour, minute, second = (int(part or 0) for part in packed.groups())
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        return _format(moment) if "T" in written else moment.date().isoformat()
    if not re.match(r"\d{4}-\d\d-\d\d", written):
        return ""
    if len(written) == len("2031-05-02"):
        return date.fromisoformat(written).isoformat()
    tidy = re.sub(r"(?<!\s)\s*+(?:UTC|GMT)$", "Z", re.sub(r"(\d)\s+([+-]\d\d)", r"\1\2", written))
    return _format(datetime.fromisoformat(tidy))


def _format(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _numbers(written: str) -> str:
    """Digits alone: seconds since 1970, year first, or day and month where only one order is possible."""
    if EPOCH.fullmatch(written):
        seconds = float(written)
        return _format(datetime.fromtimestamp(seconds / (1000 if seconds >= MILLISECONDS_FROM else 1), tz=UTC))
    if match := YEAR_FIRST.fullmatch(written):
        year, _, month, day = match.groups()
        return date(int(year), int(month), int(day)).isoformat()
    match = NUMBERED.fullmatch(written)
    if not match:
        return ""
    first, second, year = int(match[1]), int(match[3]), int(match["year"])
    if first != second and max(first, second) <= len(MONTHS):
        return ""
    day, month = max(first, second), min(first, second)
    return date(year, month, day).isoformat()


def _words(written: str) -> str:
    if match := WORDED.fullmatch(written):
        day, month, year = (match[name] or match[f"{name}2"] for name in ("day", "month", "year"))
        return date(int(year), MONTHS.index(month[:3].lower()) + 1, int(day)).isoformat()
    if match := MONTH_ONLY.fullmatch(written):
        return f"{match['year']}-{MONTHS.index(match['month'][:3].lower()) + 1:02d}"
    return ""


def _internet(written: str) -> str:
    return _format(parsedate_to_datetime(written)) if INTERNET.fullmatch(written) else ""
