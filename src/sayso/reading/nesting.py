"""Nested mentions, found three ways, and what they say together.

    start, end       each pair of words, as the first and last of a mention (biaffine: Yu, Bohnet & Poesio 2020)
    outer, inner     BIO tags for each depth of nesting, counted from outside and from inside (Ju et al. 2018)

The three stand on the same states and cost little; together they are right more often than each alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.reading.side import DEPTHS, NESTED, SPAN_DIM, WIDEST, Marked, Placed, SideHeads, firsts, part

Array = NDArray[np.float32]
Places = NDArray[np.int64]

LEAST = 0.25
"""Mean of the three chances that a mention must reach: chosen on sixteen training documents that the network had not
learned from, where .2 to .3 are as good, and other weights for the three too."""

FAINT = 0.1
"""Pairs less likely than this are not looked at."""


class _Way(NamedTuple):
    """One mention as one of the ways found it: chance, and shares of the kinds (K,)."""

    chance: float
    kinds: Array


_Spans = dict[tuple[int, int], _Way]
"""First and last word, both included."""


def nested(text: str, pieces: Placed, heads: SideHeads) -> list[Marked]:
    """The mentions of a window, one inside another where so found. Of two that cross the likelier stays."""
    begins = firsts(text, pieces)
    if not len(begins):
        return []
    rows = pieces.side[begins]
    ways = [_tagged(part(rows, name)) for name in ("outer", "inner")]
    pairs = _pairs(rows, heads, {span for way in ways for span in way})
    weighed = {
        span: (one.chance + sum(way[span].chance for way in ways if span in way)) / (1 + len(ways))
        for span, one in pairs.items()
    }
    starts = pieces.starts[begins]
    ends = pieces.ends[np.append(begins[1:], len(pieces.ends)) - 1]
    out = []
    for first, last in apart(
        sorted((span for span in weighed if weighed[span] >= LEAST), key=lambda s: (-weighed[s], s))
    ):
        found = [pairs[first, last], *(way[first, last] for way in ways if (first, last) in way)]
        kind = NESTED[int(np.sum([one.kinds for one in found], axis=0).argmax())]
        out.append(Marked(int(starts[first]), int(ends[last]), kind, weighed[first, last]))
    return sorted(out)


def _tagged(scores: Array) -> _Spans:
    """The spans of the tags of all depths (T, DEPTHS × tags): a B and the I's behind it, of whatever kinds."""
    size = len(scores)
    shares = _softmax(scores.reshape(size, DEPTHS, -1))
    begin, inside = shares[..., 1::2], shares[..., 2::2]
    chances = np.stack([shares[..., 0], begin.sum(2), inside.sum(2)])
    tags = chances.argmax(0)
    places = np.where(tags != 2, np.arange(size)[:, None], size)
    stops = np.minimum.accumulate(np.vstack([places[1:], np.full((1, DEPTHS), size)])[::-1])[::-1]
    depth, first = np.nonzero(tags.T == 1)
    stop = stops[first, depth]
    goes_on = np.vstack([chances[2], np.zeros((1, DEPTHS), np.float32)])[stop, depth]
    sums = np.cumsum(np.where((tags == 1)[..., None], begin, inside), 0)
    kinds = sums[stop - 1, depth] - sums[first, depth] + begin[first, depth]
    kinds /= kinds.sum(1, keepdims=True)
    likely = _least(np.where(tags == 1, chances[1], chances[2]), depth, first, stop) * (1 - goes_on)
    out: _Spans = {}
    for number in np.argsort(likely, kind="stable").tolist():  # of the same span at two depths the likelier stays
        out[int(first[number]), int(stop[number]) - 1] = _Way(float(likely[number]), kinds[number])
    return out


def _least(chances: Array, depth: Places, first: Places, stop: Places) -> Array:
    """The lowest of the chances (T, DEPTHS) between each first and stop."""
    if not len(first):
        return np.zeros(0, np.float32)
    size = len(chances)
    row = np.append(chances.T.ravel(), np.float32(1))  # one more, as the last stop may be the end
    bounds = np.column_stack([depth * size + first, depth * size + stop]).ravel()
    least: Array = np.minimum.reduceat(row, bounds)[::2]
    return least


def _pairs(rows: Array, heads: SideHeads, asked: Iterable[tuple[int, int]]) -> _Spans:
    """The likely pairs of first and last word, and those asked for."""
    ties = part(rows, "start") @ part(rows, "end").T / np.float32(SPAN_DIM**0.5)
    first, last = np.nonzero(ties > np.log(FAINT / (1 - FAINT)) - heads.wide.max())
    near = (last >= first) & (last - first < WIDEST)
    first, last = np.array([*zip(first[near].tolist(), last[near].tolist(), strict=True), *asked], int).reshape(-1, 2).T
    width = last - first
    odds = ties[first, last] + heads.wide[np.minimum(width, WIDEST - 1)]
    chances = np.where(width < WIDEST, 1 / (1 + np.exp(-odds)), 0)
    sums = np.maximum(part(rows, "kind_start")[first] + part(rows, "kind_end")[last], 0)
    kinds = _softmax(sums @ heads.kinds[:-1] + heads.kinds[-1])
    spans = zip(first.tolist(), last.tolist(), strict=True)
    return {span: _Way(chance, share) for span, chance, share in zip(spans, chances.tolist(), kinds, strict=True)}


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
