"""Absolute times: dates, months, years, decades, in words and figures."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sayso.reading import days
from sayso.reading.days import UNKNOWN, Days, Part
from sayso.reading.figures import DESIGNATORS
from sayso.reading.nouns import MEASURES, PEOPLE, singular
from sayso.reading.tokens import Tokens

WORDS = tomllib.loads(Path(__file__).with_name("times.toml").read_text(encoding="utf-8"))
MONTHS = {name[:3]: number for number, name in enumerate(WORDS["months"], 1)}
MONTH_NAMES = frozenset({*WORDS["months"], *MONTHS, "sept"})
SHORTENED = frozenset({*MONTHS, "sept"}) - {"may"}
DOUBTFUL = frozenset(WORDS["doubtful"])
MONTH_JOINTS = frozenset(WORDS["month_joints"])
PARTS: dict[str, Part] = WORDS["parts"]
FUTURE = frozenset(WORDS["future"])
SPEAKING = frozenset(WORDS["speaking"])
NOUNS_OF_PARTS = frozenset({"middle", "beginning", "start", "end"})
ORDINAL = frozenset({"st", "nd", "rd", "th"})
BEFORE_PUBLICATION = 305
"""A date without a year is at most so many days old: ten months. See the head of `times`."""
REACH = 16
"""Tokens before a time in which a sign of the future counts."""


class Context(NamedTuple):
    """What a time is read by: the words, and the days that it can hang on."""

    tokens: Tokens
    published: date | None
    anchor: Days
    """The time before this one in the sentence, if it is one day."""


class Found(NamedTuple):
    """A time that was found."""

    after: int
    """Past which token its words end."""
    days: Days


def year_of(word: str) -> int:
    """A year that can be meant, 0 for any other word."""
    is_year = len(word) == 4 and word.isascii() and word.isdecimal()
    return int(word) if is_year and days.EARLIEST_YEAR <= int(word) <= days.LATEST_YEAR else 0


def _is_dotted(tokens: Tokens, at: int) -> bool:
    """Whether the full stop of a shortened month follows: "Sept."."""
    return tokens.words[at] in SHORTENED and tokens.word(at + 1) == "." and tokens.touches(at + 1)


def month_of(word: str) -> int:
    """1 to 12, 0 for any other word."""
    return MONTHS[word[:3]] if word in MONTH_NAMES else 0


def is_future(tokens: Tokens, at: int) -> bool:
    """Whether a sign of the future stands before a time, and nobody speaks between."""
    for i in range(at - 1, max(-1, at - REACH), -1):
        if tokens.words[i] in FUTURE:
            return True
        if tokens.words[i] in SPEAKING:
            return False
    return False


def dated(context: Context, at: int) -> Found | None:
    """A day: "3 May 2031", "May 3", "2031-05-03", "03/05/2031"."""
    if at >= len(context.tokens.words):
        return None
    word = context.tokens.words[at]
    if word[0].isdigit():
        return _numbered(context, at) or _day_first(context, at)
    start = at + (word == "the")
    if word == "the" and context.tokens.word(start)[:1].isdigit():
        return _day_first(context, start)
    return _month_first(context, at)


def _numbered(context: Context, at: int) -> Found | None:
    """In figures alone. Where day and month may change places, the time goes over both readings."""
    tokens = context.tokens
    words, after = tokens.words[at].split("."), at + 1
    if len(words) != 3:
        mark = tokens.word(at + 1)
        whole = all(tokens.touches(at + i) for i in range(1, 5))
        if mark not in {"/", "-", "."} or not whole or tokens.word(at + 3) != mark:
            return None
        words, after = [tokens.words[at], tokens.words[at + 2], tokens.words[at + 4]], at + 5
    if not all(word.isdecimal() and word.isascii() for word in words):
        return None
    one, two, three = map(int, words)
    if len(words[0]) == 4:
        found = days.day(one, two, three)
        return Found(after, found) if found else None
    if len(words[2]) != 4:
        return None
    readings = [found for found in (days.day(three, two, one), days.day(three, one, two)) if found]
    return Found(after, Days(min(readings).first, max(readings).last)) if readings else None


def _day_first(context: Context, at: int) -> Found | None:
    tokens = context.tokens
    first = _day_number(tokens, at)
    if first is None:
        return None
    number, after = first
    until = number
    if tokens.word(after) in {"-", "–", "to", "and"} and (second := _day_number(tokens, after + 1)):
        until, after = second
    after += tokens.word(after) == "of"
    month = month_of(tokens.word(after))
    if not month or not tokens.is_capital(after):
        return None
    after += 1 + _is_dotted(tokens, after)
    return _with_year(context, after, month, (number, until))


def _day_number(tokens: Tokens, at: int) -> tuple[int, int] | None:
    word = tokens.word(at)
    if not (word.isdecimal() and word.isascii() and len(word) < 3 and 1 <= int(word) <= 31):
        return None
    if tokens.touches(at + 1) and tokens.word(at + 1) in ORDINAL:
        return int(word), at + 2
    if tokens.touches(at + 1) and tokens.words[at + 1] in {":", "/", "%", "°"}:
        return None
    return int(word), at + 1


def _month_first(context: Context, at: int) -> Found | None:
    tokens = context.tokens
    month = month_of(tokens.word(at))
    if not month or not tokens.is_capital(at):
        return None
    after = at + 1 + _is_dotted(tokens, at)
    first = _day_number(tokens, after)
    if first is None:
        return None
    number, after = first
    second = _day_number(tokens, after + 1) if tokens.word(after) in {"-", "–", "to", "and"} else None
    if second is None or second[0] <= number or _counts_more(tokens.word(second[1])):
        return _with_year(context, after, month, (number, number))
    return _with_year(context, second[1], month, (number, second[0]))


def _counts_more(word: str) -> bool:
    """Whether a number before this word is no day of the month before: "May 3 and 5 people", "May 3 and 5 June"."""
    return bool(month_of(word)) or singular(word) in PEOPLE or singular(word) in MEASURES


def _with_year(context: Context, after: int, month: int, numbers: tuple[int, int]) -> Found | None:
    """A day or days of a month, of the year that follows or of the one that is meant."""
    tokens = context.tokens
    behind = after + (tokens.word(after) in {",", "of", "in"})
    year = year_of(tokens.word(behind))
    if year:
        after = behind + 1
    elif tokens.word(behind) in {"last", "this", "next"} and tokens.word(behind + 1) == "year" and context.published:
        year = context.published.year + {"last": -1, "this": 0, "next": 1}[tokens.word(behind)]
        after = behind + 2
    elif context.published is None:
        return Found(after, UNKNOWN)
    else:
        year = meant_year(context, after, month, numbers[0])
    first, last = days.day(year, month, numbers[0]), days.day(year, month, numbers[1])
    if first is None or last is None:
        return None
    return Found(after, Days(first.first, last.last))


def meant_year(context: Context, at: int, month: int, number: int) -> int:
    """The year of a date that is written without one: see the head of this file."""
    day = context.published
    if day is None:
        return 0
    is_later = (month, number) > (day.month, day.day)
    if is_future(context.tokens, at):
        return day.year if is_later or (month, number) == (day.month, day.day) else day.year + 1
    there = days.month(day.year - 1 if is_later else day.year, month).first
    is_old = is_later and there is not None and (day - there).days - number + 1 > BEFORE_PUBLICATION
    return day.year if not is_later or is_old else day.year - 1


def partial(context: Context, at: int) -> Found | None:
    """More than a day: "May 2031", "mid-November", "early 2013", "the 1990s", "the summer of 2013", "2031"."""
    tokens = context.tokens
    start = at + (tokens.words[at] == "the")
    part = tokens.word(start)
    if part in PARTS:
        start += 1
        if part in NOUNS_OF_PARTS and tokens.word(start) != "of":
            return None  # "to end 2002 sanctions"
        start += tokens.word(start) == "of"
        start += tokens.word(start) == "the"
        whole = _whole(context, start, tokens.word(start), has_part=True)
        return Found(whole.after, days.part(whole.days, PARTS[part])) if whole else None
    for prefix in ("mid-", "early-", "late-"):
        if part.startswith(prefix):
            whole = _whole(context, start, part.removeprefix(prefix), has_part=True)
            return Found(whole.after, days.part(whole.days, PARTS[prefix[:-1]])) if whole else None
    whole = _whole(context, start, part, has_part=False)
    may_have_article = whole is not None and (tokens.words[whole.after - 1][-1:] == "s" or part in days.SEASONS)
    return whole if start == at or may_have_article else None


def _whole(context: Context, at: int, word: str, *, has_part: bool) -> Found | None:
    """A season, decade, month or year at a token, whose word may have lost a "mid-"."""
    tokens, after = context.tokens, at + 1
    if word in days.SEASONS and (year := year_of(tokens.word(after + (tokens.word(after) in {"of", ","})))):
        return Found(after + 1 + (tokens.word(after) in {"of", ","}), days.season(word, year))
    if decade := _decade(tokens, at, word):
        return decade
    month = month_of(word)
    if month and (tokens.is_capital(at) or has_part):
        return _month_alone(context, at, month, has_part=has_part)
    year = year_of(word)
    return Found(after, days.years(year, year)) if year and (has_part or _is_year(tokens, at)) else None


def _decade(tokens: Tokens, at: int, word: str) -> Found | None:
    """A decade ("1990s", "'90s") or a century ("1800s")."""
    figures, after = word.removesuffix("s"), at + 1
    if figures == word:
        is_plural = tokens.word(after) == "s" and tokens.touches(after)
        if word == "'" and tokens.word(after + 1) == "s" and tokens.touches(after + 1):
            figures, after = "19" + tokens.words[after], after + 2
        elif not is_plural:
            return None
        else:
            after += 1
    year = year_of(figures)
    if not year or year % 10:
        return None
    return Found(after, days.years(year, year + (99 if year % 100 == 0 and year < 2000 else 9)))


def _month_alone(context: Context, at: int, month: int, *, has_part: bool) -> Found | None:
    tokens = context.tokens
    after = at + 1 + _is_dotted(tokens, at)
    behind = after + (tokens.word(after) in {",", "of"})
    if year := year_of(tokens.word(behind)):
        return Found(behind + 1, days.month(year, month))
    shift = {"last": -1, "this": 0, "next": 1}.get(tokens.word(after))
    if shift is not None and tokens.word(after + 1) == "year":
        year = context.published.year + shift if context.published else 0
        return Found(after + 2, days.month(year, month) if year else UNKNOWN)
    if not has_part and tokens.words[at] in DOUBTFUL and tokens.word(at - 1) not in MONTH_JOINTS:
        return None
    if tokens.words[at] in MONTHS and tokens.words[at] != "may" and after == at + 1:
        return None
    if context.published is None:
        return Found(after, UNKNOWN)
    return Found(after, days.month(meant_year(context, at, month, 1), month))


def _is_year(tokens: Tokens, at: int) -> bool:
    """Whether a figure of four digits is a year: it stands in no name and counts or measures nothing."""
    if tokens.touches(at) and tokens.word(at - 1) not in {"(", "-", "–", "“", '"', "[", "/", "'", "—"}:
        return False
    if tokens.touches(at + 1) and tokens.words[at + 1][0] not in ",.;:)]'\"”-–?!—":
        return False
    before, word = tokens.word(at - 1), singular(tokens.word(at + 1))
    if before in DESIGNATORS or before in {"$", "£", "€", "#"} or not 1700 <= int(tokens.words[at]) <= 2100:
        return False
    return word not in PEOPLE and word not in MEASURES
