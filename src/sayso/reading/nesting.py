"""Nested mentions, found three ways, and what the three agree on.

    start, end       each pair of words, as the first and last of a mention (biaffine: Yu, Bohnet & Poesio 2020)
    outer, inner     BIO tags for each depth of nesting, counted from outside and from inside (Ju et al. 2018)

The three stand on the same states and cost little; together they are right far more often than each alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.reading.side import DEPTHS, NESTED, SPAN_DIM, WIDEST, Marked, Placed, SideHeads, firsts, part

Array = NDArray[np.float32]

PAIRED, TAGGED, SURE = 0.6, 0.4, 0.4
"""What the biaffine's chance weighs, that a mention was tagged at all, and its chance there; the last two for each of
the two ways of counting. Chosen on the training part."""

LEAST = 0.7
"""Weight that a mention must reach."""

FAINT = 0.1
"""Pairs less likely than this are not looked at."""


class _Way(NamedTuple):
    """One mention as one of the ways found it: chance, and shares of the kinds (K,)."""

    chance: float
    kinds: Array


_Spans = dict[tuple[int, int], _Way]
"""First and last word, both included."""


def nested(text: str, pieces: Placed, heads: SideHeads) -> list[Marked]:
    """The mentions of a window, one inside another where so found. Of two that cross the weightier stays."""
    begins = firsts(text, pieces)
    if not len(begins):
        return []
    rows = pieces.side[begins]
    ways = [_tagged(part(rows, name)) for name in ("outer", "inner")]
    pairs = _pairs(rows, heads, {span for way in ways for span in way})
    weighed = {span: PAIRED * one.chance + sum(_weight(way.get(span)) for way in ways) for span, one in pairs.items()}
    starts = pieces.starts[begins]
    ends = pieces.ends[np.append(begins[1:], len(pieces.ends)) - 1]
    out = []
    for first, last in apart(
        sorted((span for span in weighed if weighed[span] >= LEAST), key=lambda s: (-weighed[s], s))
    ):
        found = [pairs[first, last], *(way[first, last] for way in ways if (first, last) in way)]
        kind = NESTED[int(np.sum([one.kinds for one in found], axis=0).argmax())]
        score = weighed[first, last] / (PAIRED + 2 * (TAGGED + SURE))
        out.append(Marked(int(starts[first]), int(ends[last]), kind, score))
    return sorted(out)


def _weight(way: _Way | None) -> float:
    return TAGGED + SURE * way.chance if way else 0.0


def _tagged(scores: Array) -> _Spans:
    """The spans of the tags of all depths (T, DEPTHS × tags): a B and the I's behind it, of whatever kinds."""
    shares = _softmax(scores.reshape(len(scores), DEPTHS, -1))
    begin, inside = shares[..., 1::2], shares[..., 2::2]
    begins, insides = begin.sum(2), inside.sum(2)
    tags = np.stack([shares[..., 0], begins, insides]).argmax(0)
    out: _Spans = {}
    for depth in range(DEPTHS):
        stops = np.append(np.flatnonzero(tags[:, depth] != 2), len(tags))
        for first in np.flatnonzero(tags[:, depth] == 1).tolist():
            stop = int(stops[np.searchsorted(stops, first, side="right")])
            goes_on = insides[stop, depth] if stop < len(tags) else 0.0
            chance = float(min(begins[first, depth], *insides[first + 1 : stop, depth], 1.0) * (1 - goes_on))
            if (first, stop - 1) not in out or out[first, stop - 1].chance < chance:
                kinds = begin[first, depth] + inside[first + 1 : stop, depth].sum(0)
                out[first, stop - 1] = _Way(chance, kinds / kinds.sum())
    return out


def _pairs(rows: Array, heads: SideHeads, asked: Iterable[tuple[int, int]]) -> _Spans:
    """The likely pairs of first and last word, and those asked for."""
    size = len(rows)
    width = np.arange(size)[None] - np.arange(size)[:, None]
    near = (width >= 0) & (width < WIDEST)
    ties = part(rows, "start") @ part(rows, "end").T / np.float32(SPAN_DIM**0.5)
    chances = np.where(near, 1 / (1 + np.exp(-ties - heads.wide[np.clip(width, 0, WIDEST - 1)])), 0)
    spans = sorted({*zip(*(side.tolist() for side in np.nonzero(chances > FAINT)), strict=True), *asked})
    if not spans:
        return {}
    first, last = np.array(spans).T
    sums = np.maximum(part(rows, "kind_start")[first] + part(rows, "kind_end")[last], 0)
    kinds = _softmax(sums @ heads.kinds[:-1] + heads.kinds[-1])
    return {span: _Way(float(chances[span]), share) for span, share in zip(spans, kinds, strict=True)}


def _softmax(scores: Array) -> Array:
    shares: Array = np.exp(scores - scores.max(-1, keepdims=True))
    shares /= shares.sum(-1, keepdims=True)
    return shares


def apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those that cross none before them; one may stand inside another. First and last are both included."""
    kept: list[tuple[int, int]] = []
    for a, b in spans:
        if not any(c < a <= d < b or a < c <= b < d for c, d in kept):
            kept.append((a, b))
            yield a, b
