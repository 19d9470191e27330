"""The lines of a page in the order in which they are read, from the places of its words.

Words that stand on one line make a line, unless a gutter parts them. Blocks of lines between the same gutters are put
in order by the two rules of Breuel, "High performance document layout analysis", 2003.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from sayso.intake.pdf.gutters import Gutter, Row, common_size, gutters, in_rows
from sayso.intake.pdf.pages import Word, right_to_left

FLUSH = 0.1
"""Distance from the edge of a column, in sizes of type, in which the lines of justified text end."""
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
    rows = in_rows(words)
    blocks = _in_order(_blocks(rows, gutters(rows, common_size(words))))
    return [line for number, block in enumerate(blocks) for line in _finish(block, number, mirrored=mirrored)]


def _mostly_right_to_left(words: Sequence[Word]) -> bool:
    text = "".join(word.text for word in words)
    if text.isascii():
        return False
    return 2 * sum(map(right_to_left, text)) > sum(map(str.isalpha, text))


def _blocks(rows: list[Row], strips: list[Gutter]) -> list[_Block]:
    """Lines below each other that lie between the same gutters."""
    edges = (min(row.words[0].x0 for row in rows), max(word.x1 for row in rows for word in row.words))
    blocks: list[_Block] = []
    open_: dict[tuple[float, float], _Block] = {}
    for row in rows:
        for cell, piece in _split(row, strips, edges).items():
            for other in [other for other in open_ if other != cell and other[0] < cell[1] and cell[0] < other[1]]:
                del open_[other]
            if cell not in open_:
                open_[cell] = _Block(cell, [])
                blocks.append(open_[cell])
            open_[cell].lines.append(piece)
    return blocks


def _split(row: Row, strips: list[Gutter], edges: tuple[float, float]) -> dict[tuple[float, float], list[Word]]:
    """The pieces of a row, each with the edges of the gutters to its left and right, or of the page."""
    here = [gutter for gutter in strips if gutter.bottom < row.y < gutter.top]
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
        size = common_size(words)
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
        east = bool(EAST.match(a.text[-1]) and EAST.match(b.text[0])) and gap < max(a.size, b.size)
        follows = east or (b.at == a.at + len(a.text) and not b.spaced)
        if not follows and gap > (TIGHT if b.spaced else LOOSE) * max(a.size, b.size):
            parts.append(" ")
        parts.append(b.text)
    return "".join(parts)
