"""A report's text as HTML: sentences, and in them source, cue and content of every attribution, told apart.

Sentences are `span`, contents `u` (annotated text), sources `i`, cues `a` that lead to the claim. Spans may overlap in
any way (a quotation runs over sentences and paragraphs, a sentence ends inside it), while HTML must nest: at every
boundary the elements that should be open are compared with those that are, and the difference is closed and opened.
A content's first piece carries the id `qN`, every later piece the class `qN`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from sayso.dossier.index import Entry
from sayso.dossier.words import shown
from sayso.kit import trim
from sayso.model import Span

_BLANK_LINES: Final = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_ENDS: Final = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True)
class Mark:
    """One element to be drawn over a stretch of the text."""

    span: Span
    element: str
    """"span", "u", "i" or "a"."""
    number: int = 0
    """The entry's number, 0 for a sentence."""
    depth: int = 0
    first: bool = True
    """Whether this is the first span of its content."""

    def order(self) -> tuple[bool, int, int, bool, int, str]:
        """Outer elements before inner ones: sentences, then the longer, then the outer attribution's."""
        return (self.element != "span", self.span.start - self.span.end, self.depth, self.element != "u", self.number,
                self.element)  # fmt: skip


def marked(text: str, sentences: Iterable[Span], entries: Iterable[Entry]) -> Markup:
    """The text in paragraphs, with every sentence and attribution marked."""
    marks = [Mark(sentence, "span") for sentence in sentences]
    for entry in entries:
        marks.extend(_marks(entry))
    waiting = sorted((mark for mark in marks if mark.span.end > mark.span.start), key=lambda mark: -mark.span.start)
    edges = sorted({edge for mark in waiting for edge in mark.span})
    over = _sweep(waiting)
    opened: set[int] = set()
    parts: list[str] = []
    for block in paragraphs(text):
        parts.append("<p>")
        inside = edges[bisect_right(edges, block.start) : bisect_left(edges, block.end)]
        parts.extend(_pieces(text, block, edges=inside, over=over, opened=opened))
        parts.append("\n")
    return Markup("".join(parts))  # noqa: S704 (every text in it came through `shown`)


def _sweep(waiting: list[Mark]) -> Callable[[int, int], list[Mark]]:
    """A look-up of the marks over a stretch, outer ones first. Stretches must be asked for from left to right."""
    active: list[Mark] = []

    def over(start: int, end: int) -> list[Mark]:
        while waiting and waiting[-1].span.start <= start:
            active.append(waiting.pop())
        active[:] = [mark for mark in active if mark.span.end > start]
        return sorted((mark for mark in active if mark.span.end >= end), key=Mark.order)

    return over


def paragraphs(text: str) -> list[Span]:
    """The text's blocks: between blank lines if it has any (lines inside may be wrapped), else its lines."""
    breaks = _BLANK_LINES if _BLANK_LINES.search(text.strip()) else _LINE_ENDS
    blocks, start = [], 0
    for match in breaks.finditer(text):
        blocks.append(trim(text, start, match.start()))
        start = match.end()
    blocks.append(trim(text, start, len(text)))
    return [block for block in blocks if block.end > block.start]


def _marks(entry: Entry) -> Iterator[Mark]:
    said = entry.attribution
    for place, span in enumerate(said.content):
        yield Mark(span, "u", entry.number, entry.depth, first=place == 0)
    if said.source:
        yield Mark(said.source, "i", entry.number, entry.depth)
    if said.cue:
        yield Mark(said.cue, "a", entry.number, entry.depth)


def _pieces(
    text: str, block: Span, *, edges: list[int], over: Callable[[int, int], list[Mark]], opened: set[int]
) -> Iterator[str]:
    """One paragraph, stretch by stretch between the edges in it."""
    stack: list[Mark] = []
    start = block.start
    for end in [*edges, block.end]:
        wanted = _nested(over(start, end))
        kept = _common(stack, wanted)
        yield from (f"</{mark.element}>" for mark in reversed(stack[kept:]))
        yield from (_open(mark, opened) for mark in wanted[kept:])
        yield str(shown(text[start:end]))
        stack, start = wanted, end
    yield from (f"</{mark.element}>" for mark in reversed(stack))


def _nested(active: list[Mark]) -> list[Mark]:
    """HTML knows no link in a link: where cues share words, the first leads on."""
    links = [mark for mark in active if mark.element == "a"]
    return [mark for mark in active if mark.element != "a" or mark is links[0]]


def _common(stack: list[Mark], wanted: list[Mark]) -> int:
    same = 0
    while same < min(len(stack), len(wanted)) and stack[same] is wanted[same]:
        same += 1
    return same


def _open(mark: Mark, opened: set[int]) -> str:
    if mark.element == "a":
        return f"<a href=#c{mark.number}>"
    if mark.element != "u":
        return f"<{mark.element}>"
    if mark.first and mark.number not in opened:
        opened.add(mark.number)
        return f"<u id=q{mark.number}>"
    return f"<u class=q{mark.number}>"
