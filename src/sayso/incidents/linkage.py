"""Likeness of bags of words, and groups by average linkage: what is most alike is joined first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.incidents.signs import Bag

Scores = NDArray[np.float32]

OTHERS = 300
"""Reports without the term that are thought beside those of the case. So a name that stands in every report of a case
still speaks for their being about one thing, only less than one that stands in two."""

COMMON = 20
"""Terms in more than one row of so many are multiplied as a matrix, rarer ones one by one: the same sums, faster."""

NEVER = -1e9

SIDES = "<>"
"""What stands before a term to tell on which side of an event it was."""


def rarity(bags: Sequence[Bag]) -> Mapping[str, float]:
    """The weight of each term: inverse document frequency (Spärck Jones 1972), with `OTHERS`."""
    met = defaultdict[str, int](int)
    for bag in bags:
        for term in bag:
            met[term] += 1
    return {term: math.log((len(bags) + OTHERS) / n) for term, n in met.items()}


class Vectors(NamedTuple):
    """Bags as sparse vectors of length 1: the terms of bag i stand at [starts[i], starts[i + 1])."""

    starts: NDArray[np.int64]
    terms: NDArray[np.int64]
    values: Scores


def vectors(bags: Sequence[Bag], weights: Mapping[str, float]) -> Vectors:
    """Counts damped by 1 + log n and weighted.

    Terms are numbered as they come, so that it matters nowhere what they are. An empty bag is an empty vector.
    """
    numbers = dict[str, int]()
    starts, terms, values = [0], list[int](), list[float]()
    for bag in bags:
        several = [(n, weights[term.lstrip(SIDES)]) for term, n in bag.items()]
        valued = [weight if n == 1 else (1 + math.log(n)) * weight for n, weight in several]  # 1 as good as always
        length = math.sqrt(math.fsum(value * value for value in valued)) or 1.0
        terms += [numbers.setdefault(term, len(numbers)) for term in bag]
        values += [value / length for value in valued]
        starts.append(len(terms))
    return Vectors(np.array(starts), np.array(terms, dtype=np.int64), np.array(values, dtype=np.float32))


def likeness(bags: Vectors, rows: NDArray[np.int64]) -> Scores:
    """Cosines (n, n) between n of the bags."""
    n = len(rows)
    sizes = bags.starts[rows + 1] - bags.starts[rows]
    at = np.repeat(bags.starts[rows] - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) + np.arange(sizes.sum())
    row, term, value = np.repeat(np.arange(n), sizes), bags.terms[at], bags.values[at]
    order = np.argsort(term, kind="stable")
    row, term, value = row[order], term[order], value[order]
    ends = np.flatnonzero(np.diff(term, append=-1)) + 1
    counts = np.diff(ends, prepend=0)
    out = np.zeros((n, n), dtype=np.float32)
    is_common = counts > max(COMMON, n // COMMON)
    for end, count in zip(
        ends[~is_common & (counts > 1)].tolist(), counts[~is_common & (counts > 1)].tolist(), strict=True
    ):
        which, worth = row[end - count : end], value[end - count : end]
        out[which[:, None], which] += worth[:, None] * worth
    if is_common.any():
        dense = np.zeros((n, int(is_common.sum())), dtype=np.float32)
        kept = np.repeat(is_common, counts)
        dense[row[kept], np.repeat(np.cumsum(is_common) - 1, counts)[kept]] = value[kept]
        out += dense @ dense.T
    return np.round(out, 4)


def average_linkage(scores: Scores, threshold: float, sizes: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
    """The group (n,) of each of n things, called by its first member's number.

    The two groups with the highest mean score between their members are joined, until none is above the threshold
    (UPGMA, Sokal and Michener 1958). `scores` (n, n) is symmetric; `sizes` (n,) says how many members each thing
    stands for. Of equal scores the first counts.
    """
    n = len(scores)
    group = np.arange(n)
    if n < 2:
        return group
    left = scores.astype(np.float32, copy=True)
    np.fill_diagonal(left, NEVER)
    weight = np.ones(n, dtype=np.float32) if sizes is None else sizes.astype(np.float32)
    best = left.argmax(axis=1)
    height = left[np.arange(n), best]
    while True:
        one = int(height.argmax())
        if height[one] < threshold:
            return group
        keep, gone = sorted((one, int(best[one])))
        joined = (left[keep] * weight[keep] + left[gone] * weight[gone]) / (weight[keep] + weight[gone])
        joined = np.where(left[keep] == NEVER, NEVER, joined)
        joined[[keep, gone]] = NEVER
        weight[keep] += weight[gone]
        group[group == gone] = keep
        left[keep], left[:, keep], left[gone], left[:, gone] = joined, joined, NEVER, NEVER
        _renew(left, best, height, (keep, gone))


def _renew(left: Scores, best: NDArray[np.int64], height: Scores, pair: tuple[int, int]) -> None:
    """Puts right the best partner of each row after two have become one. Changes `best` and `height`."""
    keep, gone = pair
    height[gone] = NEVER
    stale = np.flatnonzero((height > NEVER) & ((best == keep) | (best == gone)))
    for row in (keep, *stale.tolist()):
        best[row] = left[row].argmax()
        height[row] = left[row, best[row]]
    better = left[keep] > height
    best[better], height[better] = keep, left[keep][better]
