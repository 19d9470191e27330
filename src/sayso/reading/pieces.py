"""Text to word pieces, and word pieces to windows.

A report is tokenised once. Each piece keeps its place in the text (code points) and one small number that says what
an uncased tokenizer throws away: casing, whether it stands inside quotation marks, whether a line break precedes it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

WINDOW_PIECES = 254
"""Pieces in one window, without the two that frame it: 256 as the encoder was trained."""

FEATURES = 24
"""Size of the feature alphabet: 4 casings × 3 quotation states × (break before or not)."""

_CHUNK_CHARACTERS = 20_000
_QUOTE_OR_BREAK = re.compile("[\"“”„«»]|``|''|\n+")
_OPENING, _CLOSING = {"“", "„", "«", "``"}, {"”", "»", "''"}
_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*$")

Tokenize = Callable[[str], tuple[Sequence[int], Sequence[tuple[int, int]]]]
"""Text to ids and their (start, end) in code points, without framing tokens."""


class Pieces(NamedTuple):
    """The word pieces of a text: four arrays of the same length n."""

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    """Code points, as are `ends`."""
    ends: NDArray[np.int64]
    features: NDArray[np.int64]
    """0 to FEATURES - 1: casing + 4 × quotation + 12 × break."""

    def part(self, first: int, last: int) -> Pieces:
        """The pieces [first, last)."""
        return Pieces(*(array[first:last] for array in self))


def cut(text: str, tokenize: Tokenize) -> Pieces:
    """Tokenises a text of any length, in chunks cut at white space so that memory stays bounded."""
    ids: list[int] = []
    places: list[tuple[int, int]] = []
    for start, end in _chunks(text):
        some, where = tokenize(text[start:end])
        ids += some
        places += [(start + a, start + b) for a, b in where]
    spans = np.array(places, dtype=np.int64).reshape(-1, 2)
    return Pieces(np.array(ids, dtype=np.int64), spans[:, 0], spans[:, 1], _features(text, places))


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = min(len(text), start + _CHUNK_CHARACTERS)
        if end < len(text):
            space = max(text.rfind("\n", start + 1, end), text.rfind(" ", start + 1, end))
            end = space if space > start else end
        yield start, end
        start = end


def _features(text: str, places: list[tuple[int, int]]) -> NDArray[np.int64]:
    marks, states = _quotation(text)
    out = np.zeros(len(places), dtype=np.int64)
    before = 0
    for i, (start, end) in enumerate(places):
        piece = text[start:end]
        mark = bisect_right(marks, start) - 1
        quoted = states[mark] if mark >= 0 else 0
        if mark >= 0 and marks[mark] == start and _QUOTE_OR_BREAK.match(piece):
            quoted = 2
        broken = i == 0 or "\n" in text[before:start]
        out[i] = _casing(piece) + 4 * quoted + 12 * broken
        before = end
    return out


def _casing(piece: str) -> int:
    if piece.islower():
        return 1
    if piece.isupper() and len(piece) > 1:
        return 3
    return 2 if piece[:1].isupper() else 0


def _quotation(text: str) -> tuple[list[int], list[int]]:
    """Where the quotation state changes, and to what (1 inside, 0 outside). A line break ends a quotation."""
    marks: list[int] = []
    states: list[int] = []
    inside = 0
    for found in _QUOTE_OR_BREAK.finditer(text):
        mark = found[0]
        if mark in _OPENING:
            inside = 1
        elif mark in _CLOSING or mark[0] == "\n":
            inside = 0
        else:
            inside = 1 - inside
        marks.append(found.start())
        states.append(inside)
    return marks, states


def windows(text: str, pieces: Pieces, size: int = WINDOW_PIECES) -> list[tuple[int, int]]:
    """Cuts a report into windows [first, last) of at most `size` pieces, without overlap.

    Windows hold whole paragraphs; a longer paragraph is cut after its last sentence that fits, else anywhere. The cut
    depends on this report alone, so a report reads the same alone and in company.
    """
    breaks = np.flatnonzero(pieces.features >= FEATURES // 2).tolist() or [0]
    out: list[tuple[int, int]] = []
    first, total = 0, len(pieces.ids)
    while first < total:
        last = min(first + size, total)
        if last < total:
            at = bisect_right(breaks, last) - 1
            last = breaks[at] if breaks[at] > first else _sentence_cut(text, pieces, first, last)
        out.append((first, last))
        first = last
    return out


def _sentence_cut(text: str, pieces: Pieces, first: int, last: int) -> int:
    for i in range(last, first + (last - first) // 2, -1):
        before = text[int(pieces.starts[max(first, i - 3)]) : int(pieces.ends[i - 1])]
        if pieces.starts[i] > pieces.ends[i - 1] and _SENTENCE_END.search(before):
            return i
    return last
