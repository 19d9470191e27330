"""What the text of a Word document is put together from: stories of blocks, paragraphs, tables, pages."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from sayso.intake.docx.lists import Lists, Style, roman

BREAK = "\f"
"""Stands for a page break that the author set. XML cannot hold this character or the next (XML 1.0 §2.2)."""
RENDERED = "\v"
"""Stands for a page break where the word processor last set one (w:lastRenderedPageBreak)."""
_BREAKS = re.compile(f"([{BREAK}{RENDERED}])")
_OTHERS = re.compile(f"[^{BREAK}{RENDERED}]")


@cache
def symbols() -> dict[str, dict[str, str]]:
    """By font in small letters: hexadecimal code → character, from `wordml.toml`."""
    return tomllib.loads(resources.files("sayso.intake.docx").joinpath("wordml.toml").read_text(encoding="utf-8"))


@dataclass(slots=True)
class Story:
    """Blocks of text, one below the other: the body, a cell, a text box, a note."""

    between: str = "\n\n"
    blocks: list[str] = field(default_factory=list)
    breaks: str = ""
    """Page breaks that come before the next block."""
    held: Paragraph | None = None
    """A paragraph whose end was deleted: the next one goes on from it."""

    def add(self, text: str, label: str = "") -> None:
        """A block, its ends trimmed; of a blank one only its page breaks stay."""
        core = text.strip()
        start = len(text) - len(text.lstrip())
        self.breaks += _OTHERS.sub("", text[:start])
        if core:
            self.blocks.append(f"{self.breaks}{label}{' ' if label else ''}{core}")
            self.breaks = _OTHERS.sub("", text[start + len(core) :])

    def add_paragraph(self, paragraph: Paragraph, label: str = "") -> None:
        """A paragraph, then the boxes that are anchored in it."""
        self.add("".join(paragraph.pieces), label)
        for box in paragraph.boxes:
            self.add(box)

    def add_row(self, cells: list[str]) -> None:
        """A row of a table. Empty cells at its end leave no tabs."""
        self.breaks += "".join(_OTHERS.sub("", cell) for cell in cells if not cell.strip())
        row = "\t".join(cell if cell.strip() else "" for cell in cells).rstrip("\t")
        if row:
            self.blocks.append(self.breaks + row)
            self.breaks = ""

    def text(self) -> str:
        """All blocks."""
        if self.held is not None:
            self.add_paragraph(self.held)
            self.held = None
        return self.between.join(self.blocks) + self.breaks


@dataclass(slots=True)
class Paragraph:
    """A paragraph while it is read."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    """The text boxes that are anchored in it."""
    style: str = ""
    number: str | None = None
    level: int | None = None
    joined: bool = False
    """Its end was deleted."""


@dataclass(slots=True)
class Table:
    """A table while it is read."""

    rows: Story
    cells: list[str] = field(default_factory=list)
    deleted: bool = False


@dataclass(slots=True)
class Run:
    """A run of characters while it is read."""

    hidden: bool | None = None
    style: str = ""


@dataclass(slots=True)
class State:
    """How far the reading of a part has come, and what was met on the way."""

    styles: dict[str, Style]
    lists: Lists
    notes: dict[str, str] = field(default_factory=dict)
    """Of a part with footnotes or endnotes: text by id."""
    references: list[tuple[str, str, int]] = field(default_factory=list)
    """(w:footnote or w:endnote, id, number, 0 where the author set a mark), in the order of the text."""
    changes: Counter[str] = field(default_factory=Counter)
    """How many pieces were inserted, deleted, moved."""
    authors: Counter[str] = field(default_factory=Counter)
    """Who changed or commented, and how often."""
    comments: int = 0
    pictures: int = 0
    hidden: int = 0
    """Characters."""
    unended: int = 0
    """Characters in the code of a field that has no end."""
    fields_are_text: bool = False
    """Take no field for one: after one was met that has no end, and so would hide the rest."""
    unknown: set[str] = field(default_factory=set)
    """Symbol fonts with characters that are not known."""
    depth: int = 0
    skipped: int = 0
    """The depth of the element that is left out with all in it; 0 for none."""
    seen: int = 0
    """Characters met, shown or not."""
    speaking: bool = False
    """Within an element whose characters are text."""
    in_properties: bool = False
    in_row_properties: bool = False
    stories: list[Story] = field(default_factory=lambda: [Story()])
    """From the body inwards, as the next four."""
    paragraphs: list[Paragraph] = field(default_factory=lambda: [Paragraph()])
    """The first takes what stands in no paragraph, against the rules."""
    tables: list[Table] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    """"code" or "result"."""
    codes: int = 0
    """How many of them are at their code."""
    alternates: list[bool] = field(default_factory=list)
    """Whether one of the alternatives was taken."""
    choices: list[int] = field(default_factory=list)
    """What was seen when each alternative began."""
    marks: Counter[str] = field(default_factory=Counter)
    note: str = ""
    ruby: list[int | str] = field(default_factory=list)

    def put(self, text: str) -> None:
        """Text of the page, unless it is hidden or the code of a field."""
        self.seen += len(text)
        if self.codes:
            self.unended += len(text)
        elif self.is_hidden():
            self.hidden += len(text.strip())
        else:
            self.paragraphs[-1].pieces.append(text)

    def is_hidden(self) -> bool:
        """Whether the run is, by itself or by its styles."""
        if not self.runs:
            return False
        run = self.runs[-1]
        if run.hidden is not None:
            return run.hidden
        for name in (run.style, self.paragraphs[-1].style):
            if name and (style := self.styles.get(name)) and style.hidden is not None:
                return style.hidden
        return False

    def leave_out(self) -> None:
        """Leave out the element that has just begun."""
        self.skipped = self.depth


def without_breaks(text: str) -> str:
    """A text that stands beside the pages, such as a note."""
    return _BREAKS.sub("", text)


def paginate(text: str) -> tuple[str, tuple[tuple[int, ...], ...]]:
    r"""The text without the signs of page breaks, and its pages as `Report.pages` has them, each as one line.

    A break that the word processor set right after one of the author's is the same break: it notes both.

    >>> paginate("One.\f\vTwo \vthree.")
    ('One.Two three.', ((0,), (4,), (8,)))
    """
    pages: list[tuple[int, ...]] = [()]
    kept: list[str] = []
    at, just_set = 0, False
    for piece in _BREAKS.split(text):
        if piece == BREAK or (piece == RENDERED and not just_set):
            pages.append(())
            just_set = piece == BREAK
        elif piece == RENDERED:
            just_set = False
        else:
            if piece.strip():
                just_set = False
                pages[-1] = pages[-1] or (at + len(piece) - len(piece.lstrip()),)
            kept.append(piece)
            at += len(piece)
    return "".join(kept), tuple(pages)


def mark(kind: str, number: int) -> str:
    """How a note is marked, in the text and before the note: [1] for footnotes, [i] for endnotes, as in Word."""
    return f"[{number if kind == 'w:footnote' else roman(number)}]"
