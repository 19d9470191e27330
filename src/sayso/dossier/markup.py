"""A report's text as HTML: sentences, and in them source, cue and content of every attribution, told apart.

Sentences are `span`, contents `u` (annotated text), sources `i`, cues `a` that lead to the claim. Spans may overlap
in any way (a quotation runs over sentences and paragraphs, a sentence ends inside it), while HTML must nest: at every
boundary the elements that should be open are compared with those that are, and the difference is closed and opened. A
sentence that goes on in a further paragraph has the class `m` there, so that it is counted once. After a pronoun or
description stands a `small`: whom the program took it for, which is no word of the report; another after the cue of
an unsure attribution, or after its content where there is no cue. Such a content has the class `n`, for a broken
line. A sentence that other parts of the page lead to carries an id. A content's first piece carries the id `qN`,
every later piece the class `qN`; what begins a further span of it has the class `k` as well. A `small` of the class
`pg` says where a page of the report's file begins.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup, escape

from sayso.dossier.index import Entry, cut
from sayso.dossier.words import clean, shown
from sayso.kit import fold, trim
from sayso.model import UNSPECIFIED, Span

_BLANK_LINES: Final = re.compile(r"\n[^\S\n]*\n\s*")
_ARTICLE: Final = re.compile(r"^(?:the|an?)\s+", re.IGNORECASE)
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
    taken: str = ""
    """Of a source: whom it was taken for, where its words do not say it; "?" where that could not be told."""
    aside: bool = False
    """Whether that is said in a tooltip only, for a name shortened."""
    unsure: bool = False
    """Whether its attribution is."""
    tells: bool = False
    """Whether it is the mark that says so in words."""
    anchor: str = ""
    """Of a sentence: its id in the page; "" for one that nothing leads to."""

    def order(self) -> tuple[bool, int, int, bool, int, str]:
        """Outer elements before inner ones: sentences, then the longer, then the outer attribution's."""
        return (self.element != "span", self.span.start - self.span.end, self.depth, self.element != "u", self.number,
                self.element)  # fmt: skip


def marked(
    text: str,
    sentences: Iterable[Span],
    entries: Iterable[Entry],
    unsure: Container[int] = (),
    pages: Iterable[Sequence[int]] = (),
    anchors: Mapping[Span, str] | None = None,
) -> Markup:
    """The text in paragraphs, with every sentence and attribution marked. `unsure`: numbers of entries that are.

    `pages` as in `Report.pages`: where each but the first begins, it is said. `anchors`: ids of sentences.
    """
    marks = [Mark(sentence, "span", anchor=(anchors or {}).get(sentence, "")) for sentence in sentences]
    for entry in entries:
        marks.extend(_marks(entry, is_unsure=entry.number in unsure))
    begins = {lines[0]: page for page, lines in enumerate(pages, 1) if lines and page > 1}
    waiting = sorted((mark for mark in marks if mark.span.end > mark.span.start), key=lambda mark: -mark.span.start)
    edges = sorted({*(edge for mark in waiting for edge in mark.span), *begins})
    over = _sweep(waiting)
    opened: set[object] = set()
    parts: list[str] = []
    for block in paragraphs(text):
        parts.append("<p>")
        inside = edges[bisect_right(edges, block.start) : bisect_left(edges, block.end)]
        parts.extend(_pieces(_Stretch(text, block, inside, begins), over, opened))
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


def _marks(entry: Entry, *, is_unsure: bool) -> Iterator[Mark]:
    said = entry.attribution
    for place, span in enumerate(said.content):
        tells = is_unsure and said.cue is None and place == len(said.content) - 1
        yield Mark(span, "u", entry.number, entry.depth, first=place == 0, unsure=is_unsure, tells=tells)
    if said.source:
        yield Mark(said.source, "i", entry.number, entry.depth, taken=_taken(entry), aside=_shortened(entry))
    if said.cue:
        yield Mark(said.cue, "a", entry.number, entry.depth, tells=is_unsure)


def _taken(entry: Entry) -> str:
    """Whom the program took the source for, where its words do not say it; "?" where it could not tell."""
    chain, source = entry.attribution.chain, entry.attribution.source
    if not chain or not source:
        return ""
    if not chain[-1].resolved or chain[-1].voice == UNSPECIFIED:
        return "?"
    if chain[-1].span and 0 <= source.start - chain[-1].span.end <= len(", "):
        return ""  # "supporters who": the name stands right before it
    words, name = fold(cut(entry.report.text, [source])), fold(chain[-1].voice)
    return "" if f" {_ARTICLE.sub('', name)} " in f" {words} " else chain[-1].voice


def _shortened(entry: Entry) -> bool:
    """Whether the source is a shorter form of the voice's own name ("Varn"): no pronoun and no description."""
    chain, source = entry.attribution.chain, entry.attribution.source
    if not chain or not source or not chain[-1].resolved:
        return False
    words = _ARTICLE.sub("", cut(entry.report.text, [source]))
    return words[:1].isupper() and set(fold(words).split()) <= set(fold(chain[-1].voice).split())


@dataclass(frozen=True, slots=True)
class _Stretch:
    """One paragraph, the edges of marks in it, and the pages that begin at an offset."""

    text: str
    block: Span
    edges: list[int]
    pages: dict[int, int]


def _pieces(one: _Stretch, over: Callable[[int, int], list[Mark]], opened: set[object]) -> Iterator[str]:
    """One paragraph, stretch by stretch between the edges in it."""
    stack: list[Mark] = []
    start = one.block.start
    for end in [*one.edges, one.block.end]:
        wanted = _nested(over(start, end))
        kept = _common(stack, wanted)
        yield from (_close(mark, start, opened) for mark in reversed(stack[kept:]))
        yield from (_open(mark, opened) for mark in wanted[kept:])
        if start in one.pages:
            yield f"<small class=pg role=note>[page {one.pages[start]}]</small>"
        yield str(shown(one.text[start:end]))
        stack, start = wanted, end
    yield from (_close(mark, start, opened) for mark in reversed(stack))


def _nested(active: list[Mark]) -> list[Mark]:
    """HTML knows no link in a link: where cues share words, the first leads on."""
    links = [mark for mark in active if mark.element == "a"]
    return [mark for mark in active if mark.element != "a" or mark is links[0]]


def _common(stack: list[Mark], wanted: list[Mark]) -> int:
    same = 0
    while same < min(len(stack), len(wanted)) and stack[same] is wanted[same]:
        same += 1
    return same


def _open(mark: Mark, opened: set[object]) -> str:
    if mark.element == "a":
        return f"<a href=#c{mark.number}>"
    if mark.element == "span":
        return (
            f"<span{mark.anchor and f' id={mark.anchor}'}>" if _first(("span", mark.span), opened) else "<span class=m>"
        )
    if mark.element == "i":
        return f'<i title="{escape(clean(mark.taken))}">' if mark.taken and mark.aside else "<i>"
    if mark.first and _first(mark.number, opened):
        return f"<u id=q{mark.number} class=n>" if mark.unsure else f"<u id=q{mark.number}>"
    goes_on = mark.first or not _first((mark.number, mark.span), opened)
    classes = (f"q{mark.number}", "" if goes_on else "k", "n" if mark.unsure else "")
    return f"<u class={_quoted(' '.join(name for name in classes if name))}>"


def _quoted(value: str) -> str:
    """An attribute's value of plain letters and blanks, in quotation marks where it needs them."""
    return f'"{value}"' if " " in value else value


def _close(mark: Mark, at: int, opened: set[object]) -> str:
    """The end tag; at a mark's last word, in brackets, whom a source was taken for, and that something is unsure."""
    told = mark.taken and not mark.aside and at >= mark.span.end and _first((mark.span.end, mark.taken), opened)
    words = "who?" if mark.taken == "?" else f"= {shown(mark.taken)}"
    doubt = mark.tells and at >= mark.span.end and _first((mark.span.end, "unsure"), opened)
    notes = (words if told else "", "unsure" if doubt else "")
    return f"</{mark.element}>" + "".join(f"<small role=note>[{note}]</small>" for note in notes if note)


def _first(key: object, opened: set[object]) -> bool:
    """Whether this was not drawn before; from now on it was."""
    if key in opened:
        return False
    opened.add(key)
    return True
