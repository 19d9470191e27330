"""Reading: one pass of the encoder over a report.

    text ──▶ sentences, quantities, times
    text ──▶ word pieces ──▶ windows of whole paragraphs ──▶ scores (one unpadded window a call)
                                                     scores ──▶ mentions, events, fillers; the rest is for attribution

Each window is one call, and its cut depends on its own report alone: a report reads the same alone and in company.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.model import (
    Caveat,
    Event,
    Filler,
    Mention,
    Quantity,
    Reading,
    Report,
    Span,
    When,
    Window,
)
from sayso.reading import events, fillers, mentions, nesting, quantities, side, times
from sayso.reading.confidence import with_confidence
from sayso.reading.events import Spotted, Words
from sayso.reading.pieces import Pieces, Tokenize, cut, windows
from sayso.reading.sentences import split
from sayso.reading.side import Marked, SideHeads


class Scores(NamedTuple):
    """What the encoder says of a window of T pieces, by the names of its outputs."""

    tags: NDArray[np.float32]
    """(T, 10): see `attribution.decode`."""
    states: NDArray[np.float32]
    """(T, width): its last layer."""
    side: NDArray[np.float32]
    """(T, D): see `side`."""


Run = Callable[[NDArray[np.int64], NDArray[np.int64]], Scores]
"""The encoder: ids and features (T,) of one window to its scores."""


class Found(NamedTuple):
    """What one window gives, before the report is looked at as a whole."""

    marks: dict[str, list[Marked]]
    """Scheme to its marks; "gum" stands for the nested ones."""
    spotted: list[Spotted]
    fillers: fillers.Scored


class Noted(NamedTuple):
    """Who and what a report speaks of, each in the order of the text."""

    mentions: tuple[Mention, ...]
    quantities: tuple[Quantity, ...]
    times: tuple[When, ...]
    events: tuple[Event, ...]
    fillers: tuple[Filler, ...]


def read(report: Report, tokenize: Tokenize, run: Run, *, limit: int) -> Reading:
    """Reads the first `limit` code points of a report. Caveats say where reading stopped and what looks wrong."""
    text = report.text[:limit]
    caveats = []
    if len(report.text) > limit:
        message = f"Read up to character {limit:,} of {len(report.text):,}. Use a higher --limit to read on."
        caveats.append(Caveat(report.id, "read-in-part", message))
    return Reading(report.id, split(text), _windows(text, tokenize, run), tuple(caveats))


def _windows(text: str, tokenize: Tokenize, run: Run) -> Iterator[Window]:
    pieces = cut(text, tokenize)
    for first, last in windows(text, pieces):
        part: Pieces = pieces.part(first, last)
        yield Window(part.starts, part.ends, *run(part.ids, part.features))


def find(text: str, some: Sequence[Window], heads: SideHeads) -> list[Found]:
    """What the scores of each window mark. Many together are quicker, and come out as each alone."""
    flat = side.flat(some, heads)
    return [_found(text, window, heads, marks) for window, marks in zip(some, flat, strict=True)]


def _found(text: str, window: Window, heads: SideHeads, flat: dict[str, list[Marked]]) -> Found:
    marks = {**flat, "gum": nesting.nested(text, window, heads)}
    found = side.triggers(text, window)
    tied = events.arcs(side.arc_scores(window.side, found, heads))
    how = side.part(window.side, "words")[:, 1]
    spotted = events.spot(text, window.starts, window.ends, found=found, factuality=how, arcs=tied)
    return Found(marks, spotted, (window.starts, window.ends, side.part(window.side, "muc").copy()))


def note(report: Report, sentences: tuple[Span, ...], found: Sequence[Found], words: Words) -> Noted:
    """Who and what a report speaks of. `found` is what each of its windows gave, in order."""
    text = report.text[: sentences[-1].end] if sentences else ""
    marks: defaultdict[str, list[Marked]] = defaultdict(list)
    for one in found:
        for scheme, some in one.marks.items():
            marks[scheme] += some
    named = mentions.mentions(text, marks)
    when = times.times(text, sentences, report.published)
    phrases = [*(one.span for one in named), *(one.span for one in when)]
    spotted = [each for one in found for each in one.spotted]
    return Noted(
        named,
        quantities.quantities(text, sentences),
        when,
        events.events(report.id, text, spotted, phrases, words=words),
        with_confidence(text, sentences, fillers.fillers(text, [one.fillers for one in found], marks)),
    )
