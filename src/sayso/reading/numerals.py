"""Numbers in words and figures, with what bounds them, as intervals.

How words become intervals:

    52, fifty-two          from 52 to 52
    at least 40            from 40, no end            no fewer than, a minimum of; "40 or more", "40-plus"
    more than 40           from 41, no end            over, upwards of, in excess of
    up to 40               from 0 to 40               as many as, no more than, at most: nothing is said of a least
    fewer than 40          from 0 to 39               less than, under
    30 to 40               from 30 to 40              between 30 and 40, 30-40, thirty or forty
    some 50                from 45 to 55              about, around, roughly, an estimated; "50 or so"
    nearly 50              from 45 to 49              almost, close to, just under
    just over 50           from 51 to 55
    dozens                 from 24, no end            scores 40, tens 20, hundreds 200, thousands 2,000: two of the unit
    several                from 3, no end
    a few, a handful       from 3 to 9                less than the next unit that has a word, ten
    a couple of            from 2 to 3

A plural of a unit is at least two of it: the words say no more, and nothing of an end. An approximate number stands for
all that are rounded to it: half a unit of its last significant place to each side, but at least one, as in ISO 80000-1,
annex B. That speakers take a round number for an interval as wide as the scale that it stands on is from M. Krifka,
"Approximate interpretation of number words" (2007); so is this: of a number that ends in 5 behind another digit the
unit is five ("about 150" from 125 to 175), of a power of ten it is the place below, for its neighbours are told by that
place (90, 100, 110), and dozens stand on a scale of half dozens.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from sayso.reading.figures import SMALL, WORDS, counts_nothing
from sayso.reading.tokens import Tokens

SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 10**12}
DOZEN = 12
VAGUE = {tuple(words.split()): tuple(bounds) for words, bounds in WORDS["vague"].items()}
BOUNDS = {tuple(words.split()): bound for bound, every in WORDS["bounds"].items() for words in every}
LONGEST_BOUND = max(map(len, BOUNDS))
OPENINGS = frozenset((words[0], words[1]) for words in BOUNDS if len(words) > 1)
PLACES = frozenset({"over", "above", "under", "below", "about", "around"})
"""Prepositions of place or subject before a small number: "a talk about two men"."""
LEAST_BOUNDED = 10
"""From here on `PLACES` bound a number."""
CHANGES = frozenset(WORDS["function"]["changes"])
TOLL_NOUNS = frozenset({"figure", "toll", "estimate", "count", "number"})
FORMER = frozenset({"earlier", "previous", "initial", "prior"})
"""An earlier toll is no longer told: "up from an earlier figure of 136"."""
NONE = frozenset({"no", "none", "nobody", "zero"})
RANGES = frozenset({"to", "-", "–", "or", "and"})
STARTS = frozenset(
    {*SMALL, *(words[0] for words in VAGUE), *NONE, "a", "an", "another", "half", "dozen", "both", "between"}
)
"""Words that a number can begin with, or what stands before the hyphen in them."""
LONGEST_NUMBER = 12
"""Tokens of a number in words at most."""


class Numeral(NamedTuple):
    """A number with what bounds it: tokens [first, last)."""

    first: int
    last: int
    low: float
    high: float | None
    core: int
    """The first token of the number itself."""
    article: bool = False
    """Whether it is "a", "an", "one" or "another": it counts only where somebody's fate is told."""


class _Value(NamedTuple):
    low: float
    high: float | None
    after: int
    half: float
    """Half the width of what the number stands for where it is approximate."""


def numerals(tokens: Tokens) -> Iterator[Numeral]:
    """All numbers that may count something, from left to right, without overlap."""
    at, before = 0, 0
    while at < len(tokens.words):
        word = tokens.words[at]
        if word not in STARTS and not word[0].isdigit() and word.partition("-")[0] not in STARTS:
            at += 1
            continue
        found = _numeral(tokens, at, before)
        if found is not None:
            yield found
            before = found.last
        at = found.last if found else _past(tokens, at)


def numeral_at(tokens: Tokens, at: int) -> Numeral | None:
    """The number with what bounds it that begins at a token, None if none does. "a" and "both" are none."""
    for size in range(LONGEST_BOUND, 0, -1):
        if tuple(tokens.words[at : at + size]) in BOUNDS:
            found = _numeral(tokens, at + size, at) if at + size < len(tokens.words) else None
            return found if found and found.first == at else None
    found = _numeral(tokens, at, at) if at < len(tokens.words) else None
    return found if found and not (found.article and tokens.words[at] != "one") and found.high != 0 else None


def _past(tokens: Tokens, at: int) -> int:
    """Past a token that begins no number; past all of a figure with its parts ("8:30", "24/7", "3-1")."""
    at += 1
    if tokens.words[at - 1][0].isdigit():
        while at < len(tokens.words) and tokens.touches(at) and tokens.words[at] not in {",", ".", ")", ";", '"', "”"}:
            at += 1
    return at


def _numeral(tokens: Tokens, at: int, before: int) -> Numeral | None:
    """The number at a token, whose bounds do not begin before token `before`."""
    word = tokens.words[at]
    if word == "between":
        found = _between(tokens, at + 1)
        return Numeral(at, found.after, found.low, found.high, at + 1) if found else None
    value = None if counts_nothing(tokens, at) else _value(tokens, at)
    return _bounded(tokens, at, before, value) if value else _lone(tokens, at)


def _lone(tokens: Tokens, at: int) -> Numeral | None:
    """The small words that count: "a", "another", "both", "no one"."""
    word, following = tokens.words[at], tokens.word(at + 1)
    if word in {"a", "an", "another"} and (word, following) not in OPENINGS:
        return Numeral(at, at + 1, 1, 1, at, article=True)
    if word == "both":
        return Numeral(at, at + 1, 2, 2, at)
    if word in NONE and following not in {"fewer", "less", "more", "longer", "doubt", "."}:
        return Numeral(at, at + 1 + ((word, following) == ("no", "one")), 0, 0, at)
    return None


def _between(tokens: Tokens, at: int) -> _Value | None:
    one = _value(tokens, at)
    if one is None or tokens.word(one.after) not in {"and", "to", "-", "–"}:
        return None
    other = _value(tokens, one.after + 1)
    return _joined(one, other) if other else None


def _value(tokens: Tokens, at: int) -> _Value | None:
    """A number without bounds: in figures, in words, or a vague word."""
    if at >= len(tokens.words):
        return None
    for size in (3, 2, 1):
        words = tuple(tokens.words[at : at + size])
        if len(words) == size and words in VAGUE:
            if (tokens.word(at + size),) in VAGUE:
                return None  # "several thousands"
            return _scaled_vague(tokens, at + size, *VAGUE[words])
    return _dozens(tokens, at) or _figures(tokens, at) or _worded(tokens, at)


def _scaled_vague(tokens: Tokens, after: int, low: int, high: int) -> _Value:
    """A vague number with its unit: "several hundred", "a couple of hundred", "several dozen"."""
    behind = after + 1 if tokens.word(after) == "of" else after
    scale = DOZEN if tokens.word(behind) == "dozen" else SCALES.get(tokens.word(behind), 1)
    if tokens.word(after - 1) == "couple" and scale == 1 and behind == after:
        high = low  # two who belong together
    return _Value(low * scale, high * scale or None, behind + 1 if scale > 1 else after, 0)


def _dozens(tokens: Tokens, at: int) -> _Value | None:
    word = tokens.words[at]
    if word in {"half-dozen", "half-a-dozen"}:
        return _Value(6, 6, at + 1, 1)
    for size, words in ((3, ("half", "a", "dozen")), (3, ("a", "half", "dozen")), (2, ("half", "dozen"))):
        if tuple(tokens.words[at : at + size]) == words:
            return _Value(6, 6, at + size, 1)
    number = 1 if word in {"a", "one"} else SMALL.get(word, 0)
    if number and tokens.word(at + 1) == "dozen":
        return _Value(number * DOZEN, number * DOZEN, at + 2, DOZEN / 4)
    if word == "dozen":
        return _Value(DOZEN, DOZEN, at + 1, DOZEN / 4)
    if tuple(tokens.words[at : at + 2]) == ("half", "a") and (scale := SCALES.get(tokens.word(at + 2))):
        return _exact(scale / 2, at + 3)
    return None


def _figures(tokens: Tokens, at: int) -> _Value | None:
    word = tokens.words[at]
    if not word[0].isdigit():
        return None
    try:
        number = float(word.replace(",", ""))
    except ValueError:  # "1.2.3", or figures of a script that Python does not read
        return None
    scale = SCALES.get(tokens.word(at + 1), 1)
    if scale == 1 and tokens.word(at + 1) in {"to", "-", "–"} and (shared := SCALES.get(tokens.word(at + 3))):
        return _exact(round(number * shared, 3), at + 1)  # "1.2 to 1.5 million"
    if scale == 1 and (number != int(number) or ("," in word and not _is_grouped(word))):
        return None
    return _exact(round(number * scale, 3), at + 2 if scale > 1 else at + 1)


def _is_grouped(word: str) -> bool:
    head, *rest = word.split(",")
    return 0 < len(head) <= 3 and all(len(part) == 3 and part.isdigit() for part in rest)


def _worded(tokens: Tokens, at: int) -> _Value | None:
    """A number in words: "fifty-two", "two hundred and six", "a thousand"."""
    total = current = 0.0
    start = at
    if tokens.words[at] in {"a", "one"} and tokens.word(at + 1) in SCALES:
        current, at = 1, at + 1
    while at < min(len(tokens.words), start + LONGEST_NUMBER):
        word = tokens.words[at]
        if (small := _small(word)) is not None and (current % 100 == 0 or _fits(current, small)):
            current += small
        elif word == "hundred" and 0 < current < 100:
            current *= 100
        elif word in SCALES and current:
            total, current = total + current * SCALES[word], 0
        elif not (word == "and" and current >= 100 and current % 100 == 0 and _small(tokens.word(at + 1)) is not None):
            break
        at += 1
    return _exact(total + current, at) if at > start and total + current > 0 else None


def _fits(current: float, small: int) -> bool:
    return current % 10 == 0 and current % 100 >= 20 and 0 < small < 10


def _small(word: str) -> int | None:
    """Below one hundred: "fifty", "fifty-two"."""
    if word in SMALL:
        return SMALL[word]
    first, _, second = word.partition("-")
    if second in SMALL and SMALL.get(first, 0) >= 20 and 0 < SMALL[second] < 10:
        return SMALL[first] + SMALL[second]
    return None


def _exact(number: float, after: int) -> _Value:
    return _Value(number, number, after, _half(number))


def _half(number: float) -> float:
    """Half a unit of the last significant place: see the head of this file."""
    if number < 10 or number != int(number):
        return 1.0
    place = 1
    while number % (place * 10) == 0:
        place *= 10
    digits = int(number) // place
    unit = place / 10 if digits == 1 else 5 * place if digits > 10 and digits % 10 == 5 else place
    return max(1.0, unit / 2)


def _bounded(tokens: Tokens, at: int, before: int, value: _Value) -> Numeral | None:
    """The number with the range, the words behind and the words before that bound it."""
    article = value.low == 1 == value.high and tokens.words[at] == "one"
    start = value.after + 1
    value, is_range = _with_range(tokens, value)
    if value.after < len(tokens.words) and _is_cut(tokens, value):
        return None
    if tokens.word(at - 1) == "of" and tokens.word(at - 2) in TOLL_NOUNS and tokens.word(at - 3) in FORMER:
        return None
    if tokens.word(at - 1) == "from" and _is_change(tokens, at - 1):
        if not is_range:
            return None
        at = start
        value = value._replace(low=value.high or value.low)
    value = _with_suffix(tokens, value)
    first, core = at, at
    for _ in range(2):
        bound, start = _bound_before(tokens, first, before)
        is_small = value.low < LEAST_BOUNDED or value.high is None
        if bound is None or (is_small and tokens.words[start] in PLACES and start == first - 1):
            break
        value, first, article = _apply(bound, value), start, False
    return Numeral(first, value.after, value.low, value.high, core, article=article)


def _is_cut(tokens: Tokens, value: _Value) -> bool:
    """Whether what was read is only the beginning of something else: "52-year-old", "2013-14", "3-1", "52%"."""
    if not tokens.touches(value.after):
        return False
    mark, after = tokens.words[value.after], tokens.word(value.after + 1)
    if mark in {"-", "‑"} and after in {"plus", "odd"}:
        return False
    return mark in {"-", "‑", "/", ":", "%", "°", "–"} and tokens.touches(value.after + 1)


def _with_range(tokens: Tokens, value: _Value) -> tuple[_Value, bool]:
    joint = tokens.word(value.after)
    if joint not in RANGES - {"and"}:
        return value, False
    other = _value(tokens, value.after + 1)
    if other is None or value.high is None:
        return value, False
    joined = _joined(value, other)
    if joined is None or (joint == "or" and joined.low * 3 < (joined.high or 0)):
        return value, False
    return joined, True


def _joined(one: _Value, other: _Value) -> _Value | None:
    """From one to the other: "30 to 40", "two or three hundred", "1.2 to 1.5 million"."""
    high = other.high
    if high is None:
        return None
    scale = max((scale for scale in (*SCALES.values(), DOZEN) if high % scale == 0 and high > scale), default=1)
    low = one.low * scale if scale > 1 and one.low < high / scale and one.low < 100 <= high else one.low
    return _Value(low, high, other.after, 0) if low < high else None


def _is_change(tokens: Tokens, at: int) -> bool:
    """Whether a number behind "from" is what something was before: "rose from 30 to 40"."""
    return any(tokens.word(i) in CHANGES for i in range(max(0, at - 6), at))


def _with_suffix(tokens: Tokens, value: _Value) -> _Value:
    words = tuple(tokens.words[value.after : value.after + 2])
    if words in {("or", "more"), ("-", "plus")}:
        return value._replace(high=None, after=value.after + 2)
    if words[:1] in {("+",), ("plus",)} and tokens.touches(value.after):
        return value._replace(high=None, after=value.after + 1)
    if words in {("or", "so"), ("-", "odd")}:
        return _apply("about", value)._replace(after=value.after + 2)
    if words in {("or", "fewer"), ("or", "less")}:
        return value._replace(low=0, after=value.after + 2)
    return value


def _bound_before(tokens: Tokens, at: int, before: int) -> tuple[str | None, int]:
    for size in range(min(LONGEST_BOUND, at - before), 0, -1):
        bound = BOUNDS.get(tuple(tokens.words[at - size : at]))
        if bound is not None:
            return bound, at - size
    return None, at


def _apply(bound: str, value: _Value) -> _Value:
    low, high, half = value.low, value.high, value.half
    if high is None:  # "an estimated more than 400,000", "up to dozens"
        return value._replace(low=0) if bound in {"most", "below"} else value
    bounds: dict[str, tuple[float, float | None]] = {
        "least": (low, None),
        "above": (low + 1, None),
        "most": (0, high),
        "below": (0, high - 1),
        "about": (max(0, math.ceil(low - half)), math.floor(high + half)),
        "nearly": (max(0, math.ceil(low - half)), high - 1),
        "beyond": (low + 1, math.floor(high + half)),
    }
    new_low, new_high = bounds[bound]
    return value._replace(low=new_low, high=new_high)
