"""The lines of a page in the order in which they are read, from the places of its words.

Words that stand on one line make a line, unless a gutter parts them: an upright strip without words between two columns
(after Breuel, "High performance document layout analysis", 2003, whose two rules for the order of reading are used
too). Rows of a table are lines; columns of running text are not. Which of the two a strip parts is told by whether
running text stands on both its sides, and by whether the page was drawn row by row or column by column.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from sayso.intake.pdfpage import Word, right_to_left

NARROWEST = 0.8
"""Of a gutter, in sizes of type. Blanks in justified lines can be as wide, but not one below the other."""
PROSE = 18
"""Characters of a line in a column of running text, on average. Cells of tables are shorter."""
SURE_WIDTH, SURE_LINES = 1.2, 5
"""A gutter through a page that was drawn row by row: sizes of type, and lines on both sides."""
FLUSH = 0.1
"""Distance from the edge of a column, in sizes of type, in which the lines of justified text end."""
MOST_STRIPS = 60
"""Of a page that are looked at, and (squared) that are followed from one line to the next."""
WIDE = 3.0
"""A gutter beside a single line, in sizes of type."""
HEADLINE = 1.2
"""How much larger than the page's type a headline is, at least."""
BAND, MOST_BANDS = 1.6, 12
"""A blank between two lines that may part columns from what is below, in sizes of type; how many are looked at."""
CELL, UNEVEN = 1.2, 2.5
"""A blank that parts the cells of a table: in sizes of type, and how many times as wide as the least of its line."""

TIGHT, LOOSE = 0.08, 0.15
"""A blank between words, in sizes of type, where pdfium saw one and where it did not."""

EAST = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
"""Scripts that part words by nothing."""
MARKER = re.compile(
    r"(?:[•▪➢✓→‣◦●■–—*-]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivx]{1,5})[.)]|\[\d{1,3}\]|§|\d{1,3}(?=\s[A-Z“]))(?=\s)"
)
"""What a paragraph of a list begins with."""


class Line(NamedTuple):
    """A line of text, and what tells where a paragraph begins. Points, y upwards."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: str
    left: float
    """Edges of the column."""
    right: float
    inner: float
    """Where the second word begins: the text after a bullet or a number."""
    first: float
    """Width of the first word."""
    tabular: bool
    """Whether it is a row of a table."""
    column: int
    """Lines of one number stand below each other."""
    flush: bool
    """Whether it ends at the edge of a column of which most lines do."""
    turned: bool = False
    """Whether it is written in another direction than most of the page."""


class _Gutter(NamedTuple):
    x0: float
    x1: float
    top: float
    bottom: float


class _Row(NamedTuple):
    """Words on one line across the page, from left to right."""

    words: list[Word]
    y: float
    free: list[tuple[float, float]]
    """Strips between and beside the words that are wide enough for a gutter."""


class _Block(NamedTuple):
    """Lines below each other, and how far to the left and right they could reach."""

    cell: tuple[float, float]
    lines: list[list[Word]]


def lines(groups: Sequence[Sequence[Word]]) -> list[Line]:
    """The lines of a page in reading order; what is written in another direction comes after the rest."""
    found: list[Line] = []
    for words in groups:
        shift = found[-1].column + 1 if found else 0
        found += [line._replace(column=line.column + shift, turned=bool(shift)) for line in _lines(words)]
    return found


def _lines(words: Sequence[Word]) -> list[Line]:
    if not words:
        return []
    mirrored = _mostly_right_to_left(words)  # its columns are read from the right
    if mirrored:
        words = [word._replace(x0=-word.x1, x1=-word.x0) for word in words]
    rows = _rows(words)
    gutters = _gutters(rows, _median(words))
    blocks = _in_order(_blocks(rows, gutters))
    return [line for number, block in enumerate(blocks) for line in _finish(block, number, mirrored=mirrored)]


def _mostly_right_to_left(words: Sequence[Word]) -> bool:
    text = "".join(word.text for word in words)
    if text.isascii():
        return False
    return 2 * sum(map(right_to_left, text)) > sum(map(str.isalpha, text))


def _median(words: Sequence[Word]) -> float:
    """The size of type of most letters."""
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    return max(sizes.most_common(1)[0][0], 0.1)


def _rows(words: Sequence[Word]) -> list[_Row]:
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


def _row(words: list[Word]) -> _Row:
    free = []
    reach, size = -math.inf, 0.0
    for word in words:
        if word.x0 - reach >= NARROWEST * max(size, word.size):
            free.append((reach, word.x0))
        if word.x1 > reach:
            reach, size = word.x1, word.size
    free.append((reach, math.inf))
    return _Row(words, max(word.y for word in words), free)


def _gutters(rows: list[_Row], size: float) -> list[_Gutter]:
    """The strips that part columns."""
    taken: list[_Gutter] = []
    tallest = sorted(_strips(rows, size), key=lambda strip: (strip[2] - strip[3], strip[0]))[:MOST_STRIPS]
    for x0, x1, first, last in tallest:
        for start, end in _stretches(rows, first, last, size):
            part = rows[start : end + 1]
            whole = _gutter(x0, x1, part)
            if not any(_meet(whole, one) for one in taken) and _parts_columns(
                _narrowed(part, whole, taken), whole, size
            ):
                taken += _cut(x0, x1, part, size)
    return taken


def _gutter(x0: float, x1: float, rows: Sequence[_Row]) -> _Gutter:
    return _Gutter(x0, x1, rows[0].y + rows[0].words[0].size, rows[-1].y - rows[-1].words[0].size / 2)


def _meet(a: _Gutter, b: _Gutter) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.bottom < b.top and b.bottom < a.top


def _cut(x0: float, x1: float, rows: Sequence[_Row], size: float) -> Iterator[_Gutter]:
    """A strip without the headlines that stand beside nothing: they begin another story, of all its columns."""
    start = 0
    for at, row in enumerate(rows):
        if _heads(row, rows, (x0 + x1) / 2, size):
            if at > start:
                yield _gutter(x0, x1, rows[start:at])
            start = at + 1
    if start < len(rows):
        yield _gutter(x0, x1, rows[start:])


def _heads(row: _Row, rows: Sequence[_Row], middle: float, size: float) -> bool:
    """Whether a row is a headline on one side of a strip, and nothing stands at its height on the other."""
    tall = min(word.size for word in row.words)
    if tall < HEADLINE * size:
        return False
    level = [word for one in rows if -0.6 * tall < one.y - row.y < 1.2 * tall for word in one.words]
    return len({word.x0 > middle for word in level}) == 1


def _stretches(rows: list[_Row], first: int, last: int, size: float) -> list[tuple[int, int]]:
    """The whole height of a strip, and its parts between blank bands, the tallest first: a table may stand below."""
    breaks = [at for at in range(first + 1, last + 1) if rows[at - 1].y - rows[at].y > BAND * size][:MOST_BANDS]
    starts, ends = [first, *breaks], [*(at - 1 for at in breaks), last]
    parts = [(start, end) for start in starts for end in ends if start <= end]
    return sorted(parts, key=lambda part: part[0] - part[1])


def _strips(rows: list[_Row], size: float) -> Iterator[tuple[float, float, int, int]]:
    """Every strip as tall as it can be: left, right, first and last row."""
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
            if (x0, x1) not in going and math.isfinite(x1 - x0):
                yield x0, x1, first, number - 1
        for free in row.free:
            going.setdefault(free, number)
        open_ = going
    for (x0, x1), first in open_.items():
        if math.isfinite(x1 - x0):
            yield x0, x1, first, len(rows) - 1


def _narrowed(rows: Sequence[_Row], strip: _Gutter, taken: list[_Gutter]) -> list[_Row]:
    """Rows with only those words that lie between the same gutters as a strip."""
    beside = [one for one in taken if one.bottom < strip.top and strip.bottom < one.top]
    left = max((one.x1 for one in beside if one.x1 <= strip.x0), default=-math.inf)
    right = min((one.x0 for one in beside if one.x0 >= strip.x1), default=math.inf)
    return [row._replace(words=[word for word in row.words if left <= word.x0 and word.x1 <= right]) for row in rows]


def _parts_columns(rows: list[_Row], strip: _Gutter, size: float) -> bool:
    """Whether what stands left and right of a strip is read one after the other, not row by row."""
    left = {number: words for number, row in enumerate(rows) if (words := _beside(row, strip.x0, left=True))}
    right = {number: words for number, row in enumerate(rows) if (words := _beside(row, strip.x1, left=False))}
    if not left or not right:
        return False
    both = range(max(min(left), min(right)), min(max(left), max(right)) + 1)
    fewest, most = sorted(sum(number in side for number in both) for side in (left, right))
    drawn = sorted((words[0].at, words is left.get(n)) for side in (left, right) for n, words in side.items())
    switches = sum(a[1] != b[1] for a, b in pairwise(drawn))
    if switches <= 1 or (switches == 2 and fewest >= 3):
        return fewest >= 2 or (fewest == 1 and most >= 2 and strip.x1 - strip.x0 >= WIDE * size)
    prose = all(
        sum(len(word.text) + 1 for words in side.values() for word in words) >= PROSE * len(side)
        for side in (left, right)
    )
    return prose and fewest >= SURE_LINES and strip.x1 - strip.x0 >= SURE_WIDTH * size


def _beside(row: _Row, x: float, *, left: bool) -> list[Word]:
    """The words of a row next to a strip's edge, up to the next strip."""
    if left:
        limit = max((free[1] for free in row.free if free[1] < x and math.isfinite(free[0])), default=-math.inf)
        return [word for word in row.words if limit <= word.x0 and word.x1 <= x + 0.01]
    limit = min((free[0] for free in row.free if free[0] > x and math.isfinite(free[1])), default=math.inf)
    return [word for word in row.words if x - 0.01 <= word.x0 and word.x1 <= limit]


def _blocks(rows: list[_Row], gutters: list[_Gutter]) -> list[_Block]:
    """Lines below each other that lie between the same gutters."""
    edges = (min(row.words[0].x0 for row in rows), max(word.x1 for row in rows for word in row.words))
    blocks: list[_Block] = []
    open_: dict[tuple[float, float], _Block] = {}
    for row in rows:
        for cell, piece in _split(row, gutters, edges).items():
            for other in [other for other in open_ if other != cell and other[0] < cell[1] and cell[0] < other[1]]:
                del open_[other]
            if cell not in open_:
                open_[cell] = _Block(cell, [])
                blocks.append(open_[cell])
            open_[cell].lines.append(piece)
    return blocks


def _split(row: _Row, gutters: list[_Gutter], edges: tuple[float, float]) -> dict[tuple[float, float], list[Word]]:
    """The pieces of a row, each with the edges of the gutters to its left and right, or of the page."""
    here = [gutter for gutter in gutters if gutter.bottom < row.y < gutter.top]
    pieces: dict[tuple[float, float], list[Word]] = {}
    for word in row.words:
        middle = (word.x0 + word.x1) / 2
        left = max((gutter.x1 for gutter in here if gutter.x0 < middle), default=edges[0])
        right = min((gutter.x0 for gutter in here if gutter.x0 >= middle), default=edges[1])
        pieces.setdefault((left, right), []).append(word)
    return pieces


class _Box(NamedTuple):
    x0: float
    x1: float
    top: float
    bottom: float


def _in_order(blocks: list[_Block]) -> list[_Block]:
    """Sorted so that what must be read before another thing is. Where that runs in a circle, the highest goes first."""
    boxes = [_Box(*one.cell, one.lines[0][0].y + one.lines[0][0].size, one.lines[-1][0].y) for one in blocks]
    count = range(len(blocks))
    before = {b: {a for a in count if a != b and _precedes(boxes[a], boxes[b], boxes)} for b in count}
    order: list[int] = []
    left = set(count)
    while left:
        ready = [b for b in left if not before[b] & left] or list(left)
        chosen = min(ready, key=lambda b: (-boxes[b].top, boxes[b].x0))
        order.append(chosen)
        left.remove(chosen)
    return [blocks[number] for number in order]


def _precedes(a: _Box, b: _Box, boxes: list[_Box]) -> bool:
    """Breuel's rules: what is above, if they share columns; what is left, if nothing parts them that spans both."""
    if _share(a, b):
        return a.top + a.bottom > b.top + b.bottom
    if a.x1 > b.x0:
        return False
    upper, lower = (a, b) if a.top > b.top else (b, a)
    return not any(_share(c, a) and _share(c, b) and lower.top <= c.bottom and c.top <= upper.bottom for c in boxes)


def _share(a: _Box, b: _Box) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 0.1 * min(a.x1 - a.x0, b.x1 - b.x0)


def _finish(block: _Block, number: int, *, mirrored: bool) -> Iterator[Line]:
    left = min(word.x0 for line in block.lines for word in line)
    right = max(word.x1 for line in block.lines for word in line)
    ends = [right - max(word.x1 for word in words) <= FLUSH * words[-1].size for words in block.lines]
    even = len(ends) > 2 and 3 * sum(ends) > len(ends)
    for at, words in enumerate(block.lines):
        size = _median(words)
        main = next(word for word in words if round(word.size, 1) == size or size == 0.1)
        yield Line(
            _text(words, mirrored=mirrored),
            words[0].x0,
            max(word.x1 for word in words),
            main.y,
            size,
            main.font,
            left,
            right,
            words[1].x0 if len(words) > 1 else words[0].x0,
            words[0].x1 - words[0].x0,
            _tabular(words, size, right),
            number,
            even and ends[at],
        )


def _tabular(words: Sequence[Word], size: float, right: float) -> bool:
    """Whether a line has a blank that no justifying makes. The one after a bullet or number does not count."""
    gaps = [b.x0 - a.x1 for a, b in pairwise(words)]
    if gaps and MARKER.match(words[0].text + " "):
        gaps = gaps[1:]
    if not gaps or max(gaps) <= CELL * size:
        return False
    if len(gaps) > 1 and max(gaps) <= UNEVEN * min(gaps) and min(gaps) <= CELL * size:
        return False
    stretched = right - words[-1].x1 < 0.1 * size and not any(map(str.isdigit, words[-1].text))
    return not stretched


def _text(words: Sequence[Word], *, mirrored: bool) -> str:
    """The words of a line in logical order: runs of words of the other direction stand the other way round."""
    if not mirrored and not any(
        right_to_left(character) for word in words if not word.text.isascii() for character in word.text
    ):
        return _join(words)
    leftward = _mostly_right_to_left(words)
    if leftward is not mirrored:
        words = words[::-1]
    logical: list[Word] = []
    for with_line, several in groupby(words, key=lambda word: _goes_left(word, otherwise=leftward) is leftward):
        run = list(several)
        logical += run if with_line else run[::-1]
    return _join(logical)


def _goes_left(word: Word, *, otherwise: bool) -> bool:
    """Whether a word is written from right to left; digits never are. Mere signs go as `otherwise` says."""
    if any(map(right_to_left, word.text)):
        return True
    return otherwise and not any(map(str.isalnum, word.text))


def _join(words: Sequence[Word]) -> str:
    parts = [words[0].text]
    for a, b in pairwise(words):
        gap = max(b.x0 - a.x1, a.x0 - b.x1)
        east = EAST.match(a.text[-1]) and EAST.match(b.text[0]) and gap < max(a.size, b.size)
        follows = east or b.at == a.at + len(a.text) and not b.spaced
        if not follows and gap > (TIGHT if b.spaced else LOOSE) * max(a.size, b.size):
            parts.append(" ")
        parts.append(b.text)
    return "".join(parts)
