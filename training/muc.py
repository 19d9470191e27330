"""Who did it, to whom, to what, with what: the training part of MUC-4 as texts with the marks of the scheme "muc".

Each filler that the keys give as words of the report is marked wherever one of its alternative wordings stands, as
whole words; of marks of one role that overlap the longer stays. Marks of two roles may overlap ("members of the X" is
a perpetrator, X its group). A report without a template has no marks: that is what tells an incident from the rest.

The parts TST1 and TST2 (`grit_dev`) are what is measured on, and are never read here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from numpy.typing import NDArray
from torch import Tensor

from evals.muctext import Document, documents, places
from sayso.reading.fillers import ROLES
from sayso.reading.pieces import Pieces
from training.texts import Tagged, Text

PART = "train"

HELD_OUT = 5
"""One report in this many, by place, is kept out when a recipe or threshold is chosen."""


def muc(folder: Path) -> Iterator[Text]:
    """The 1,300 training reports, in the file's order. `folder` is the data folder."""
    for document in documents(folder / "muc34", PART):
        yield text_of(document)


def text_of(document: Document) -> Text:
    """One report with the marks of its fillers."""
    low = document.text.lower()
    marks = [
        Tagged(start, end, role)
        for role, entities in document.entities.items()
        for start, end in _longest(place for entity in entities for words in entity for place in places(low, words))
    ]
    return Text(f"muc/{document.id}", document.text, {"muc": tuple(sorted(marks))})


def _longest(spans: Iterator[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(spans), key=lambda one: (one[0] - one[1], one)):
        if all(end <= a or b <= start for a, b in kept):
            kept.append((start, end))
    return sorted(kept)


def role_tags(part: Pieces, marks: Sequence[Tagged]) -> NDArray[np.int64]:
    """(T + 2, roles), framed: for each role 0 none, 1 begin, 2 inside. Marks of two roles may share pieces."""
    out = np.zeros((len(part.ids) + 2, len(ROLES)), dtype=np.int64)
    for mark in marks:
        on = 1 + np.flatnonzero((part.starts < mark.end) & (part.ends > mark.start))
        if len(on):
            out[on, ROLES.index(mark.kind)] = 2
            out[on[0], ROLES.index(mark.kind)] = 1
    return out


def role_loss(emissions: Tensor, tags: Tensor) -> Tensor:
    """Mean over pieces of the cross entropies of all roles, each of its own three tags, so that roles may overlap.

    emissions (B, T, 11), of which column 0 is for none; tags (B, T, roles), below 0 where padded or unknown.
    """
    own = (emissions[..., 1:] - emissions[..., :1]).unflatten(-1, (len(ROLES), 2))
    scores = torch.cat([torch.zeros_like(own[..., :1]), own], -1).float()
    known = tags >= 0
    return F.cross_entropy(scores[known], tags[known], reduction="sum") * len(ROLES) / known.sum().clamp(min=1)
