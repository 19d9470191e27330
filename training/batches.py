"""Documents to batches: random windows, their labels, and one row of roles for each cue in them."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import IterableDataset, get_worker_info

from sayso.attribution.decode import buckets
from sayso.encoder import CLS, SEP
from sayso.reading.pieces import FEATURES, WINDOW_PIECES, Pieces, Tokenize, cut, windows
from training.data import Document, Marked, Pair

UNKNOWN = -100
LARGEST_BATCH = 3072
"""Pieces, padding included."""


class Ready(NamedTuple):
    """A document, tokenised."""

    document: Document
    pieces: Pieces
    weight: int
    """How many times it is read in an epoch."""


class Row(NamedTuple):
    """One cue's roles in a window."""

    cue: Pair
    outer: bool
    """Not inside another attribution's content."""
    roles: np.ndarray
    labels: tuple[int, int, int, int]


class Example(NamedTuple):
    """One framed window: T pieces and their labels (UNKNOWN where nobody knows)."""

    ids: np.ndarray
    features: np.ndarray
    outer: np.ndarray
    cues: np.ndarray
    rows: tuple[Row, ...]


def prepare(documents: Sequence[Document], tokenize: Tokenize, weight: int = 1) -> list[Ready]:
    """Tokenises documents, each to be read `weight` times an epoch."""
    return [Ready(d, cut(d.text, tokenize), weight) for d in documents]


def example(ready: Ready, first: int, last: int, marks: Sequence[Marked]) -> Example:
    """The window [first, last) with its labels."""
    part = ready.pieces.part(first, last)
    size = last - first + 2
    ids, features = np.full(size, CLS), np.zeros(size, dtype=np.int64)
    ids[1:-1], ids[-1], features[1:-1] = part.ids, SEP, part.features
    outer, cues = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    rows = []
    _forget(cues, part, [] if ready.document.nested else [span for mark in marks for span in mark.content])
    for tags in (cues, outer):
        _forget(tags, part, ready.document.unknown)
    for mark in marks:
        cue, source = _inside(part, mark.cue), _inside(part, mark.source) if mark.source else (0, 0)
        content = [s for s in (_inside(part, c) for c in mark.content) if s[0] < s[1]]
        roles = np.zeros(size, dtype=np.int64)
        for begin, found in ((1, [source]), (3, content)):
            for a, b in found:
                _fill(roles, a, b, begin)
        if mark.outer:
            for begin, found in ((1, [source]), (3, [cue]), (5, content)):
                for a, b in found:
                    _fill(outer, a, b, begin)
        if cue[0] < cue[1]:
            _fill(cues, *cue, 1)
            rows.append(Row(cue, mark.outer, roles, mark.labels or (UNKNOWN,) * 4))
    return Example(ids, features, outer, cues, tuple(rows))


def _forget(tags: np.ndarray, part: Pieces, spans: Sequence[Pair]) -> None:
    for a, b in (_inside(part, span) for span in spans):
        tags[a:b] = UNKNOWN


def _fill(tags: np.ndarray, a: int, b: int, begin: int) -> None:
    """Writes one span, and mends the rest of a span that it cuts in two: a tag I goes on after its own kind alone."""
    if a >= b:
        return
    tags[a:b] = begin + 1
    tags[a] = begin
    if b < len(tags) and tags[b] > 0 and tags[b] % 2 == 0:
        tags[b] -= 1


def _inside(part: Pieces, span: Pair) -> Pair:
    """The pieces of a window that a span of the text touches, counted with the frame; (0, 0) if none."""
    a = int(np.searchsorted(part.ends, span[0], side="right"))
    b = int(np.searchsorted(part.starts, span[1], side="left"))
    return (a + 1, b + 1) if a < b else (0, 0)


def cuts(ready: Ready, chance: random.Random) -> list[Pair]:
    """Windows as the reader cuts them, shifted at random; or a few paragraphs alone, as short texts are."""
    pieces = ready.pieces
    if chance.random() < 0.6:
        skip = chance.randrange(0, 200)
        starts = np.flatnonzero(pieces.features >= FEATURES // 2)
        skip = int(starts[np.searchsorted(starts, skip, side="right") - 1]) if len(starts) else 0
        rest = windows(ready.document.text, pieces.part(skip, len(pieces.ids)))
        head = windows(ready.document.text, pieces.part(0, skip)) if skip else []
        return head + [(a + skip, b + skip) for a, b in rest]
    bounds = [*np.flatnonzero(pieces.features >= FEATURES // 2).tolist(), len(pieces.ids)]
    out, i = [], 0
    while i < len(bounds) - 1:
        j = min(i + chance.choice((1, 1, 1, 2, 3)), len(bounds) - 1)
        first, last = bounds[i], bounds[j]
        out += [(a, min(a + WINDOW_PIECES, last)) for a in range(first, last, WINDOW_PIECES)]
        i = j
    return out


class Epochs(IterableDataset):
    """Endless batches of tensors, in a random order that depends on the seed alone."""

    def __init__(self, ready: Sequence[Ready], seed: int) -> None:
        self.ready, self.seed = ready, seed

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        worker = get_worker_info()
        share = worker.num_workers if worker else 1
        chance = random.Random(self.seed * 1000 + (worker.id if worker else 0))  # noqa: S311 - no secret
        while True:
            order = [r for r in self.ready for _ in range(r.weight)]
            chance.shuffle(order)
            for at in range(0, max(1, len(order) // share), 40):
                pool = []
                for ready in order[at : at + 40]:
                    marks = chance.choice(ready.document.readings)
                    pool += [example(ready, a, b, marks) for a, b in cuts(ready, chance) if b > a]
                batches = list(_grouped(pool))
                chance.shuffle(batches)
                for batch in batches:
                    yield collate(batch)


def _grouped(pool: list[Example]) -> Iterator[list[Example]]:
    batch: list[Example] = []
    for e in sorted(pool, key=lambda e: len(e.ids)):
        if batch and len(e.ids) * (len(batch) + 1) > LARGEST_BATCH:
            yield batch
            batch = []
        batch.append(e)
    if batch:
        yield batch


def collate(batch: Sequence[Example]) -> dict[str, Tensor]:
    """Pads B windows to T pieces; the R cues of all of them become rows of their own (row → window in `at`)."""
    length = max(len(e.ids) for e in batch)
    out = {
        k: np.full((len(batch), length), v)
        for k, v in (("ids", 0), ("features", 0), ("outer", UNKNOWN), ("cues", UNKNOWN), ("known", 0))
    }
    rows = [(i, r) for i, e in enumerate(batch) for r in e.rows]
    roles, near = np.full((len(rows), length), UNKNOWN), np.zeros((len(rows), length), dtype=np.int64)
    for i, e in enumerate(batch):
        n = len(e.ids)
        out["known"][i, :n] = 1
        for k in ("ids", "features", "outer", "cues"):
            out[k][i, :n] = getattr(e, k)
    for j, (_, r) in enumerate(rows):
        roles[j, : len(r.roles)] = r.roles
        near[j] = buckets(length, np.array([r.cue]))[0]
    out |= {
        "roles": roles,
        "near": near,
        "outermost": np.array([r.outer for _, r in rows], dtype=np.float32),
        "at": np.array([i for i, _ in rows], dtype=np.int64),
        "cue": np.array([r.cue for _, r in rows], dtype=np.int64).reshape(-1, 2),
        "labels": np.array([r.labels for _, r in rows], dtype=np.int64).reshape(-1, 4),
    }
    return {k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in out.items()}
