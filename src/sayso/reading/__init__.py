"""Reading: one pass of the encoder over a report.

    text ──▶ sentences
    text ──▶ word pieces ──▶ windows of whole paragraphs ──▶ tags and states (one unpadded window a call)

Each window is one call, and its cut depends on its own report alone: a report reads the same alone and in company.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from sayso.model import Caveat, Reading, Report, Window
from sayso.reading.pieces import Pieces, Tokenize, cut, windows
from sayso.reading.sentences import split

Run = Callable[[NDArray[np.int64], NDArray[np.int64]], tuple[NDArray[np.float32], NDArray[np.float32]]]
"""The encoder: ids and features (T,) of one window to tags (T, 10) and states (T, width)."""


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
        tags, states = run(part.ids, part.features)
        yield Window(part.starts, part.ends, tags, states)
