"""The lines of all pages to one text: paragraphs put together, the offset of each line kept.

Lines that stand at the same height on pages near each other and say the same, but for the number of the page, are
running headers and footers. They would cut in two the paragraphs that run over a page: so each stands once, at the
end of the text, and nothing of it is lost. Bare page numbers are left out: the pages are kept beside the text.

A footnote, caption or box between two halves of a paragraph goes after it.

Hyphens at the end of a line: a soft hyphen always goes. Another one goes if a letter stands before it and a small
letter after it, unless the document has the compound with its hyphen elsewhere and nowhere without, or one of its
halves holds another hyphen ("state-of-/the-art"), or hardly any other line of the document ends in one. Otherwise it
stays, and no blank follows it.
"""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from sayso.intake.pdf.layout import EAST, MARKER, Line
from sayso.intake.pdf.pages import LINE_END_HYPHEN

EDGE = 4
"""Lines at the top and at the foot of a page among which running ones are looked for."""
NEAR = 2
"""Pages, between which lines and paragraphs may belong together: left and right ones have their own headers."""
LEVEL = 3.0
"""Points by which the height of a running line may vary."""
CLOSE, FAR = 1.13, 1.22
"""Distance of lines, in that of most lines, that parts paragraphs: after the end of a sentence, and elsewhere."""
SMALL = 9.5
"""Points: the largest type of footnotes that are told by their marks alone."""
DOUBLE = 2.2
"""Distance of lines, in sizes of type, from which on one that ends a sentence ends a paragraph too."""
BROKEN_WORDS = 50
"""A document that breaks words at the end of lines does so once in so many lines, at least."""
LONGEST_NUMBER = 40
"""Characters of a line that gives the page's number and nothing else, at most."""
AHEAD = 8
"""Paragraphs that may stand between two halves of one: footnotes, captions, boxes."""
_NUMBER = re.compile(r"\d+")
_BARE = re.compile(
    r"\W{0,40}(?:page|p\.|pág\.|seite|стр\.|страница|صفحة|第)?\s{0,40}#\s{0,40}"
    r"(?:(?:of|de|von|из|من|[/|–-])\s{0,40}#)?\W{0,40}[页頁]?\W{0,40}",
    re.IGNORECASE,
)
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡§]|\[\d{1,3}\])[.)]?\s*\w")
_ENDS = re.compile(r"[.!?:;…。！？؟][\"'\\”’»)\]]*\d{0,2}$")
_SOFT = "\u00ad"
_HYPHENS = ("-", "\u2010", LINE_END_HYPHEN, _SOFT)
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:[-\u2010][^\W\d_]++)+")
_WORD = re.compile(r"[^\W\d_]+")


class Flow(NamedTuple):
    """The text of a document and where its pages and lines begin in it."""

    text: str
    pages: tuple[tuple[int, ...], ...]
    running: int
    """How many lines were taken out as running headers and footers."""


class _Placed(NamedTuple):
    page: int
    line: Line


_Paragraph = list[_Placed]


def pour(pages: Sequence[Sequence[Line]]) -> Flow:
    """The text of a document, given the lines of each page in reading order."""
    running = _running(pages)
    placed = [
        _Placed(number, line)
        for number, lines in enumerate(pages)
        for at, line in enumerate(lines)
        if (number, at) not in running
    ]
    paragraphs = _joined(_notes_last(list(_paragraphs(placed))))
    met: set[str] = set()
    for number, at in sorted(running):
        line = pages[number][at]
        key = _NUMBER.sub("#", line.text)
        if key not in met and not (len(key) < LONGEST_NUMBER and _BARE.fullmatch(key)):
            paragraphs.append([_Placed(number, line)])
        met.add(key)
    text, offsets = _written(paragraphs, len(pages))
    return Flow(text, offsets, len(running))


def _running(pages: Sequence[Sequence[Line]]) -> set[tuple[int, int]]:
    """Page and number on it of each running line."""
    edges = [list(_edges(lines)) for lines in pages]
    found: set[tuple[int, int]] = set()
    for page, lines in enumerate(edges):
        for other in range(page + 1, min(page + NEAR + 1, len(pages))):
            for at in lines:
                for there in edges[other]:
                    if _same(pages[page][at], pages[other][there], other - page):
                        found |= {(page, at), (other, there)}
    return found


def _edges(lines: Sequence[Line]) -> Iterator[int]:
    """Where a running line may be: at the top, at the foot, and whatever is written askew or far larger."""
    order = sorted(range(len(lines)), key=lambda at: (lines[at].turned, -lines[at].y))
    upright = [at for at in order if not lines[at].turned]
    yield from dict.fromkeys([*upright[:EDGE], *upright[-EDGE:], *order[len(upright) :]])


def _same(a: Line, b: Line, ahead: int) -> bool:
    """Whether two lines say the same at the same height; the page's number goes up with the pages."""
    if abs(a.y - b.y) > LEVEL or _NUMBER.sub("#", a.text) != _NUMBER.sub("#", b.text):
        return False
    steps = [int(y) - int(x) for x, y in zip(_NUMBER.findall(a.text), _NUMBER.findall(b.text), strict=True)]
    return all(step in (0, ahead) for step in steps) and (ahead in steps or bool(_WORD.search(a.text)))


def _paragraphs(placed: list[_Placed]) -> Iterator[_Paragraph]:
    """Lines put together as long as they stand below each other without a sign of a new paragraph."""
    pitch = _pitches(placed)
    current: _Paragraph = []
    for at, one in enumerate(placed):
        if current and _begins(current, one, placed[max(0, at - 4) : at + 3], pitch):
            yield current
            current = []
        current.append(one)
    if current:
        yield current


def _pitches(placed: list[_Placed]) -> dict[tuple[int, int, float] | float, float]:
    """Distance of lines within a paragraph: for each column that tells, and for each size of type."""
    met: dict[tuple[int, int, float] | float, Counter[float]] = {}
    for a, b in pairwise(placed):
        step = a.line.y - b.line.y
        if _below(a, b) and 0 < step < 4 * b.line.size:
            for key in ((b.page, b.line.column, _rounded(b)), _rounded(b)):
                met.setdefault(key, Counter())[round(2 * step) / 2] += 1
    return {key: _typical(counts) for key, counts in met.items()}


def _rounded(one: _Placed) -> float:
    return round(2 * one.line.size) / 2


def _typical(counts: Counter[float]) -> float:
    """The smallest distance that is common: larger ones part paragraphs, which may be short. 0 if there are too few."""
    total = sum(counts.values())
    return min((step for step, count in counts.items() if count >= min(0.2 * total, 20) and total > 3), default=0.0)


def _below(a: _Placed, b: _Placed) -> bool:
    """Whether b stands below a in one column, in type of one size."""
    alike = abs(a.line.size - b.line.size) <= 0.08 * max(a.line.size, b.line.size)
    return a.page == b.page and a.line.column == b.line.column and alike


def _begins(
    current: _Paragraph, one: _Placed, around: list[_Placed], pitch: dict[tuple[int, int, float] | float, float]
) -> bool:
    """Whether a line begins a new paragraph."""
    last, line = current[-1].line, one.line
    if not _below(current[-1], one) or last.tabular or line.tabular:
        return True
    step, ended = last.y - line.y, bool(_ENDS.search(last.text))
    usual = pitch.get((one.page, line.column, _rounded(one))) or pitch.get(_rounded(one)) or 1.3 * line.size
    if step <= 0.3 * line.size or step > (CLOSE if ended else FAR) * usual or (ended and step > DOUBLE * line.size):
        return True
    right = max([last.x1, *(other.line.x1 for other in around if _below(other, one))])
    short = right - last.x1 > line.first + 0.6 * line.size
    return _by_look(current, line, right=right, ended=ended, short=short)


def _by_look(current: _Paragraph, line: Line, *, right: float, ended: bool, short: bool) -> bool:
    """Whether a line begins a new paragraph, though it stands no further from the last one than others do.

    `right` is the edge of the column here; `short` says that the first word of the line had room on the last one.
    """
    first, last = current[0].line, current[-1].line
    if ended and line.size < SMALL and _NOTE.match(line.text) and _NOTE.match(first.text):
        return True
    if _centred(last, line):
        return last.font != line.font
    if MARKER.match(line.text) and (ended or short or MARKER.match(first.text)):
        return line.x0 < first.inner - 0.5 * line.size or len(current) == 1
    return _set_off(current, line) or (short and (ended or right - last.x1 > 0.25 * (right - line.left)))


def _centred(a: Line, b: Line) -> bool:
    middle = abs((a.x0 + a.x1) - (b.x0 + b.x1)) / 2 < 0.3 * b.size
    return middle and abs(a.x0 - b.x0) > 0.8 * b.size


def _set_off(current: _Paragraph, line: Line) -> bool:
    """Whether a line stands further in than the one above it, or further out than one that goes on."""
    first, last = current[0].line, current[-1].line
    step = line.x0 - last.x0
    if len(current) == 1:  # the lines after a bullet or number stand below its text
        hangs = MARKER.match(first.text) and abs(line.x0 - first.inner) < 0.8 * line.size
        return step > 0.8 * line.size and not hangs
    return abs(step) > 0.8 * line.size


def _notes_last(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """Footnotes after all else on their page: those of a first column would stand before the second one."""
    result: list[_Paragraph] = []
    for _, group in groupby(paragraphs, key=lambda paragraph: paragraph[0].page):
        page = list(group)
        notes = _notes(page)
        result += [one for at, one in enumerate(page) if at not in notes]
        result += [page[at] for at in sorted(notes)]
    return result


def _notes(page: list[_Paragraph]) -> set[int]:
    """The paragraphs at the foot of a column that are set smaller than the page, from the first that has a mark."""
    sizes: Counter[float] = Counter()
    for one in (one for paragraph in page for one in paragraph):
        sizes[_rounded(one)] += len(one.line.text)
    usual = sizes.most_common(1)[0][0]
    found: set[int] = set()
    for _, group in groupby(enumerate(page), key=lambda pair: pair[1][0].line.column):
        small: list[int] = []
        for at, paragraph in group:
            less = paragraph[0].line.size < 0.93 * usual
            marked = bool(_NOTE.match(paragraph[0].line.text))
            small = [*small, at] if less and (small or marked) else []
        found.update(small)
    return found


def _joined(paragraphs: list[_Paragraph]) -> list[_Paragraph]:
    """Halves of a paragraph put together over columns, pages, and what stands between them."""
    indents = _indents(paragraphs)
    result: list[_Paragraph] = []
    used: set[int] = set()
    for at, paragraph in enumerate(paragraphs):
        if at in used:
            continue
        whole, end = list(paragraph), at
        while (more := _other_half(whole, paragraphs, end, used, indents=indents)) is not None:
            used.add(more)
            whole += paragraphs[more]
            end = more
        result.append(whole)
    return result


def _indents(paragraphs: list[_Paragraph]) -> bool:
    """Whether the document marks paragraphs by an indented first line."""
    several = [one for one in paragraphs if len(one) > 2 and one[0].line.column == one[2].line.column]
    marked = [one for one in several if one[0].line.x0 - one[1].line.x0 > 0.8 * one[0].line.size]
    return 2 * len(marked) > len(several)


def _other_half(
    first: _Paragraph, paragraphs: list[_Paragraph], end: int, used: set[int], *, indents: bool
) -> int | None:
    """Number of the paragraph that goes on with the first, None if there is none."""
    last = first[-1]
    if last.line.tabular:
        return None
    for at in range(end + 1, min(end + 1 + AHEAD, len(paragraphs))):
        start = paragraphs[at][0]
        if start.page > last.page + NEAR:
            return None
        if at in used or not _alike(last.line, start.line):
            continue
        if at == end + 1 and _below(last, start):
            return None
        sure = _goes_on(last.line, start.line)
        between = at > end + 1 and start.page == last.page
        return at if sure or (not between and _may_go_on(last.line, start.line, indents=indents)) else None
    return None


def _alike(a: Line, b: Line) -> bool:
    return a.turned == b.turned and abs(a.size - b.size) <= 0.04 * a.size and not b.tabular


def _goes_on(a: Line, b: Line) -> bool:
    """A line that begins with a small letter goes on with what was not ended, or ended at the very edge."""
    start = b.text.lstrip("\"'“‘«([")[:1]
    if not start.islower() or MARKER.match(b.text):
        return False
    return not _ENDS.search(a.text) or _full(a)


def _may_go_on(a: Line, b: Line, *, indents: bool) -> bool:
    """The same for other lines, by the look: the one is full, the other not indented.

    Few paragraphs end so near the edge of their column that the next word had no room; one that does goes on, if its
    column is as wide as the next one.
    """
    if MARKER.match(b.text) or not _full(a) or b.x0 - b.left > 0.8 * b.size or a.font != b.font:
        return False
    if not _ENDS.search(a.text) or indents or a.flush:
        return True
    wide = a.right - a.left
    return a.right - a.x1 < b.first and abs(wide - (b.right - b.left)) < 0.1 * wide


def _full(line: Line) -> bool:
    return line.right - line.x1 <= 0.15 * (line.right - line.left) and len(line.text) > 12


def _written(paragraphs: list[_Paragraph], count: int) -> tuple[str, tuple[tuple[int, ...], ...]]:
    """The text, and for each page where its lines begin."""
    known = _Words(paragraphs)
    parts: list[str] = []
    length = 0
    pages: list[list[int]] = [[] for _ in range(count)]
    for paragraph in paragraphs:
        start = "\n\n" if parts else ""
        for at, one in enumerate(paragraph):
            after = paragraph[at + 1].line.text if at + 1 < len(paragraph) else ""
            piece, gap = known.mend(one.line.text, after)
            insort(pages[one.page], length + len(start))
            parts.append(start + piece)
            length += len(parts[-1])
            start = gap
    return "".join(parts), tuple(map(tuple, pages))


class _Words:
    """The words of a document, to tell a hyphen that a line's end has put from one that belongs to a word."""

    def __init__(self, paragraphs: list[_Paragraph]) -> None:
        lines = [one.line.text.rstrip("".join(_HYPHENS)) for paragraph in paragraphs for one in paragraph]
        self.compounds = {match.lower().replace("\u2010", "-") for line in lines for match in _COMPOUND.findall(line)}
        self.plain = {match.lower() for line in lines for match in _WORD.findall(line)}
        broken = sum(one.line.text.endswith(_HYPHENS) for paragraph in paragraphs for one in paragraph)
        self.breaks = broken > 1 and broken * BROKEN_WORDS >= len(lines)

    def mend(self, line: str, after: str) -> tuple[str, str]:
        """A line as it stands in the text, and what parts it from the next one of its paragraph."""
        kept = line.replace(_SOFT, "").replace(LINE_END_HYPHEN, "-")
        if not after:
            return kept, ""
        if line.endswith(_SOFT):
            return kept, ""
        if line.endswith(_HYPHENS) and line[-2:-1].isalnum():
            return (kept[:-1], "") if self._splits(kept[:-1], after) else (kept, "")
        tight = line[-1] in "—–/" and line[-2:-1].isalnum()
        return kept, "" if tight or (EAST.match(line[-1]) and EAST.match(after)) else " "

    def _splits(self, line: str, after: str) -> bool:
        """Whether the hyphen between the two is there for the line's end alone."""
        left = re.split(r"[\s—–/]", line)[-1].strip("\"'“‘«([")
        right = re.match(r"[^\W\d_]*[-\u2010]?", after)
        half = right[0] if right else ""
        if not half[:1].islower() or not left[-1:].isalpha() or "-" in left or half.endswith(("-", "\u2010")):
            return False
        if not self.breaks and f"{left}{half}".lower() not in self.plain:
            return False
        return f"{left}-{half}".lower() not in self.compounds or f"{left}{half}".lower() in self.plain
