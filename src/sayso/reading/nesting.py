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

from sayso.reading.side import DEPTHS, NESTED, SPAN_DIM, WIDEST, Marked, Placed, SideHeads, firsts, part, softmax

Array = NDArray[np.float32]
Places = NDArray[np.int64]

LEAST = 0.25
"""Mean of the three chances that a mention must reach: chosen on sixteen training documents that the network had not
learned from, where .2 to .3 are as good, and other weights for the three too."""

ALONE = 3 * LEAST - 0.01
"""Pairs that no tags mark are not looked at below this: alone they could not reach the mean."""


class _Tagged(NamedTuple):
    """The mentions (M) that one of the tagged ways found."""

    which: Places
    """(T, T): by first and last word, both included, the number of the mention; -1 where there is none."""
    chances: Array
    """(M + 1,): the last, for none, is 0."""
    kinds: Array
    """(M + 1, K): shares of the kinds; of none 0."""


def nested(text: str, pieces: Placed, heads: SideHeads) -> list[Marked]:
    """The mentions of a window, one inside another where so found. Of two that cross the likelier stays."""
    begins = firsts(text, pieces)
    if not len(begins):
        return []
    rows = pieces.side[begins]
    ways = [_tagged(part(rows, name)) for name in ("outer", "inner")]
    first, last, chances = _pairs(rows, heads, ways)
    numbers = [way.which[first, last] for way in ways]
    for way, which in zip(ways, numbers, strict=True):
        chances += way.chances[which]
    chances /= 1 + len(ways)
    best = np.lexsort((last, first, -chances))[: np.count_nonzero(chances >= LEAST)]
    kinds = _kinds(rows, heads, first[best], last[best])
    for way, which in zip(ways, numbers, strict=True):
        kinds += way.kinds[which[best]]
    starts = pieces.starts[begins][first[best]]
    ends = pieces.ends[np.append(begins[1:], len(pieces.ends)) - 1][last[best]]
    found = map(
        Marked, starts.tolist(), ends.tolist(), map(NESTED.__getitem__, kinds.argmax(1)), chances[best].tolist()
    )
    spans = list(zip(first[best].tolist(), last[best].tolist(), strict=True))
    kept = set(apart(spans))
    return sorted(one for one, span in zip(found, spans, strict=True) if span in kept)


def _tagged(scores: Array) -> _Tagged:
    """The spans of the tags of all depths (T, DEPTHS × tags): a B and the I's behind it, of whatever kinds."""
    size = len(scores)
    shares = softmax(scores.reshape(size, DEPTHS, -1))
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
    which = np.full((size, size), -1)
    order = np.argsort(likely, kind="stable")
    which[first[order], stop[order] - 1] = order  # of the same span at two depths the likelier stays
    return _Tagged(
        which, np.append(likely, np.float32(0)), np.vstack([kinds, np.zeros((1, kinds.shape[1]), np.float32)])
    )


def _least(chances: Array, depth: Places, first: Places, stop: Places) -> Array:
    """The lowest of the chances (T, DEPTHS) between each first and stop."""
    if not len(first):
        return np.zeros(0, np.float32)
    size = len(chances)
    row = np.append(chances.T.ravel(), np.float32(1))  # one more, as the last stop may be the end
    bounds = np.column_stack([depth * size + first, depth * size + stop]).ravel()
    least: Array = np.minimum.reduceat(row, bounds)[::2]
    return least


def _pairs(rows: Array, heads: SideHeads, ways: Iterable[_Tagged]) -> tuple[Places, Places, NDArray[np.float64]]:
    """First and last words of the likely pairs and of those that were tagged, with their chances."""
    ties = part(rows, "start") @ part(rows, "end").T / np.float32(SPAN_DIM**0.5)
    asked = ties > np.log(ALONE / (1 - ALONE)) - heads.wide.max()
    for way in ways:
        asked |= way.which >= 0
    first, last = np.nonzero(asked)
    forward = last >= first
    first, last = first[forward], last[forward]
    width = last - first
    odds = ties[first, last] + heads.wide[np.minimum(width, WIDEST - 1)]
    return first, last, np.where(width < WIDEST, 1 / (1 + np.exp(-odds)), 0).astype(np.float64)


def _kinds(rows: Array, heads: SideHeads, first: Places, last: Places) -> Array:
    """The shares of the kinds (K,) of each of these pairs."""
    sums = np.maximum(part(rows, "kind_start")[first] + part(rows, "kind_end")[last], 0)
    return softmax(sums @ heads.kinds[:-1] + heads.kinds[-1])


def apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Those that cross none before them; one may stand inside another. First and last are both included."""
    kept: list[tuple[int, int]] = []
    for a, b in spans:
        if not any(c < a <= d < b or a < c <= b < d for c, d in kept):
            kept.append((a, b))
            yield a, b
