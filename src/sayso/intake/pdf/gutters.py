"""Upright strips without words that part the columns of a page.

After Breuel, "High performance document layout analysis", 2003: what parts columns is not what is printed but what is
left blank. A strip between the cells of a table is blank too; rows of a table are read across, columns of running text
are not. Which of the two a strip parts is told by whether running text stands on both its sides, and by whether the
page was drawn row by row or column by column.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from sayso.intake.pdf.pages import Word

NARROWEST = 0.8
"""Of a gutter, in sizes of type. Blanks in justified lines can be as wide, but not one below the other."""
PROSE = 18
"""Characters of a line in a column of running text, on average. Cells of tables are shorter."""
SURE_WIDTH, SURE_LINES = 1.2, 5
"""A gutter through a page that was drawn row by row: sizes of type, and lines on both sides."""
MOST_STRIPS = 60
"""Of a page that are looked at, and (squared) that are followed from one line to the next."""
WIDE = 3.0
"""A gutter beside a single line, in sizes of type."""
HEADLINE = 1.2
"""How much larger than the page's type a headline is, at least."""
BAND, MOST_BANDS = 1.6, 12
"""A blank between two lines that may part columns from what is below, in sizes of type; how many are looked at."""


class Gutter(NamedTuple):
    """A strip between columns: its edges, in points."""

    x0: float
    x1: float
    top: float
    bottom: float


class Row(NamedTuple):
    """Words on one line across the page, from left to right."""

    words: list[Word]
    y: float
    free: list[tuple[float, float]]
    """Strips between and beside the words that are wide enough for a gutter."""


_Side = dict[int, list[Word]]
"""Words on one side of a strip, by the number of their row."""


def common_size(words: Sequence[Word]) -> float:
    """The size of type of most letters."""
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[word.size] += len(word.text)
    return max(round(sizes.most_common(1)[0][0], 1), 0.1)


def in_rows(words: Sequence[Word]) -> list[Row]:
    """From top to bottom. A raised or lowered small word goes with the line of the word drawn before it."""
    placed: list[tuple[float, Word]] = []
    for word in sorted(words, key=lambda word: word.at):
        y = word.y
        if placed and _raised(word, placed[-1][1]):
            y = placed[-1][0]
        elif placed and _raised(placed[-1][1], word) and placed[-1][1].y == placed[-1][0]:
            placed[-1] = (word.y, placed[-1][1])
        placed.append((y, word))
    placed.sort(key=lambda one: (-one[0], one[1].x0))
    rows: list[list[Word]] = []
    last, tolerance = math.inf, 0.0
    for y, word in placed:
        if last - y > min(tolerance, 0.25 * word.size):
            rows.append([])
            last, tolerance = y, 0.25 * word.size
        rows[-1].append(word)
    return [_row(sorted(row, key=lambda word: word.x0)) for row in rows]


def _raised(small: Word, big: Word) -> bool:
    """Whether one is a note's mark, an exponent or an index of the other."""
    near = -0.3 * big.size <= small.x0 - big.x1 <= 0.5 * big.size or 0 <= big.x0 - small.x1 <= 0.5 * big.size
    return near and small.size < 0.85 * big.size and -0.35 * big.size < small.y - big.y < 0.7 * big.size


def _row(words: list[Word]) -> Row:
    free = []
    reach, size = -math.inf, 0.0
    for word in words:
        if word.x0 - reach >= NARROWEST * max(size, word.size):
            free.append((reach, word.x0))
        if word.x1 > reach:
            reach, size = word.x1, word.size
    free.append((reach, math.inf))
    return Row(words, max(word.y for word in words), free)


def gutters(rows: list[Row], size: float) -> list[Gutter]:
    """The strips that part columns."""
    taken: list[Gutter] = []
    tallest = sorted(_strips(rows, size), key=lambda strip: (strip[2] - strip[3], strip[0]))[:MOST_STRIPS]
    for x0, x1, first, last in tallest:
        sides = _sides(rows, (first, last), _gutter(x0, x1, rows[first : last + 1]), taken)
        for start, end in _stretches(rows, first, last, size) if all(sides) else ():
            part = rows[start : end + 1]
            whole = _gutter(x0, x1, part)
            if not any(_meet(whole, one) for one in taken) and _parts_columns(sides, (start, end), x1 - x0, size):
                taken += _cut(x0, x1, part, size)
    return taken


def _gutter(x0: float, x1: float, rows: Sequence[Row]) -> Gutter:
    return Gutter(x0, x1, rows[0].y + rows[0].words[0].size, rows[-1].y - rows[-1].words[0].size / 2)


def _meet(a: Gutter, b: Gutter) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.bottom < b.top and b.bottom < a.top


def _cut(x0: float, x1: float, rows: Sequence[Row], size: float) -> Iterator[Gutter]:
    """A strip without the headlines that stand beside nothing: they begin another story, of all its columns."""
    start = 0
    for at, row in enumerate(rows):
        if _heads(row, rows, (x0 + x1) / 2, size):
            if at > start:
                yield _gutter(x0, x1, rows[start:at])
            start = at + 1
    if start < len(rows):
        yield _gutter(x0, x1, rows[start:])


def _heads(row: Row, rows: Sequence[Row], middle: float, size: float) -> bool:
    """Whether a row is a headline on one side of a strip, and nothing stands at its height on the other."""
    tall = min(word.size for word in row.words)
    if tall < HEADLINE * size:
        return False
    level = [word for one in rows if -0.6 * tall < one.y - row.y < 1.2 * tall for word in one.words]
    return len({word.x0 > middle for word in level}) == 1


def _stretches(rows: list[Row], first: int, last: int, size: float) -> list[tuple[int, int]]:
    """The whole height of a strip, and its parts between blank bands, the tallest first: a table may stand below."""
    breaks = [at for at in range(first + 1, last + 1) if rows[at - 1].y - rows[at].y > BAND * size][:MOST_BANDS]
    starts, ends = [first, *breaks], [*(at - 1 for at in breaks), last]
    parts = [(start, end) for start in starts for end in ends if start <= end]
    return sorted(parts, key=lambda part: part[0] - part[1])


def _strips(rows: list[Row], size: float) -> Iterator[tuple[float, float, int, int]]:
    """Every strip of two rows or more, as tall as it can be: left, right, first and last row."""
    open_: dict[tuple[float, float], int] = {}
    for number, row in enumerate(rows):
        if len(open_) * len(row.free) > MOST_STRIPS**2:  # words scattered over the page: no columns
            return
        going: dict[tuple[float, float], int] = {}
        for (x0, x1), first in open_.items():
            for free0, free1 in row.free:
                kept = (max(x0, free0), min(x1, free1))
                if kept[1] - kept[0] >= NARROWEST * size:
                    going[kept] = min(first, going.get(kept, first))
            if (x0, x1) not in going and math.isfinite(x1 - x0) and first < number - 1:
                yield x0, x1, first, number - 1
        for free in row.free:
            going.setdefault(free, number)
        open_ = going
    for (x0, x1), first in open_.items():
        if math.isfinite(x1 - x0) and first < len(rows) - 1:
            yield x0, x1, first, len(rows) - 1


def _sides(rows: list[Row], reach: tuple[int, int], strip: Gutter, taken: list[Gutter]) -> tuple[_Side, _Side]:
    """What stands left and right of a strip in its rows, as far as the next strip or gutter."""
    beside = [one for one in taken if one.bottom < strip.top and strip.bottom < one.top]
    edges = (
        max((one.x1 for one in beside if one.x1 <= strip.x0), default=-math.inf),
        min((one.x0 for one in beside if one.x0 >= strip.x1), default=math.inf),
    )
    sides: tuple[_Side, _Side] = ({}, {})
    for number in range(reach[0], reach[1] + 1):
        row = rows[number]
        left = max(edges[0], *(free[1] for free in row.free if free[1] <= strip.x0), -math.inf)
        right = min(edges[1], *(free[0] for free in row.free if free[0] >= strip.x1), math.inf)
        for side, x0, x1 in ((sides[0], left, strip.x0), (sides[1], strip.x1, right)):
            words = [word for word in row.words if x0 - 0.01 <= word.x0 and word.x1 <= x1 + 0.01]
            if words:
                side[number] = words
    return sides


def _parts_columns(sides: tuple[_Side, _Side], reach: tuple[int, int], width: float, size: float) -> bool:
    """Whether what stands left and right of a strip is read one after the other, not row by row."""
    left, right = ({n: words for n, words in side.items() if reach[0] <= n <= reach[1]} for side in sides)
    if not left or not right:
        return False
    both = range(max(min(left), min(right)), min(max(left), max(right)) + 1)
    fewest, most = sorted(sum(number in side for number in both) for side in (left, right))
    drawn = sorted((words[0].at, words is left.get(n)) for side in (left, right) for n, words in side.items())
    switches = sum(a[1] != b[1] for a, b in pairwise(drawn))
    if switches <= 1 or (switches == 2 and fewest >= 3):
        return fewest >= 2 or (fewest == 1 and most >= 2 and width >= WIDE * size)
    if fewest < SURE_LINES or width < SURE_WIDTH * size:
        return False
    return all(
        sum(len(word.text) + 1 for words in side.values() for word in words) >= PROSE * len(side)
        for side in (left, right)
    )
