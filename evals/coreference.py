"""The standard scores of coreference over given mentions: MUC, B3, CEAF-e, and their mean, the CoNLL F1.

As defined by Pradhan, Luo, Recasens, Hovy, Ng and Strube (2014), "Scoring coreference partitions of predicted
mentions", for the case in which both sides hold the same mentions. Counted over all mentions together, clusters of
one mention included: MUC does not see them, B3 and CEAF-e do.

    MUC     Vilain et al. (1995): links that must be added to a cluster of one side to get one of the other
    B3      Bagga and Baldwin (1998): for each mention, what its two clusters share
    CEAF-e  Luo (2005): clusters paired one to one so that the sum of 2 |a ∩ b| / (|a| + |b|) is the largest
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Clusters = Sequence[Sequence[Hashable]]


class Rates(NamedTuple):
    """Each 0 to 1."""

    precision: float
    recall: float
    f1: float


def conll(gold: Clusters, found: Clusters) -> dict[str, dict[str, float] | float]:
    """MUC, B3 and CEAF-e with precision, recall and F1, and the mean of the three F1 as "conll".

    Raises ValueError if the two sides do not hold the same mentions, each once.
    """
    if _mentions(gold) != _mentions(found):
        raise ValueError("Both sides must hold the same mentions, each once.")
    scores = {"muc": muc(gold, found), "b3": b_cubed(gold, found), "ceaf_e": ceaf_e(gold, found)}
    return {**{name: one._asdict() for name, one in scores.items()}, "conll": sum(s.f1 for s in scores.values()) / 3}


def _mentions(clusters: Clusters) -> list[Hashable]:
    return sorted((one for cluster in clusters for one in cluster), key=repr)


def muc(gold: Clusters, found: Clusters) -> Rates:
    """Links: a cluster of n mentions has n - 1, of which as many are missing as the other side cuts it into parts."""
    return _rates(_links(found, gold), _links(gold, found))


def _links(clusters: Clusters, others: Clusters) -> tuple[float, float]:
    """Links of the clusters that the others have too, and all links of the clusters."""
    of = _cluster_of(others)
    kept = sum(len(cluster) - len({of[one] for one in cluster}) for cluster in clusters)
    return kept, sum(len(cluster) - 1 for cluster in clusters)


def b_cubed(gold: Clusters, found: Clusters) -> Rates:
    """For each mention, how much of its cluster is in the other side's cluster."""
    return _rates(_shares(found, gold), _shares(gold, found))


def _shares(clusters: Clusters, others: Clusters) -> tuple[float, float]:
    of = _cluster_of(others)
    shared = sum(
        sum(n * n for n in Counter(of[one] for one in cluster).values()) / len(cluster) for cluster in clusters
    )
    return shared, sum(map(len, clusters))


def ceaf_e(gold: Clusters, found: Clusters) -> Rates:
    """Clusters paired one to one, each pair worth 2 |a ∩ b| / (|a| + |b|), over the number of clusters."""
    best = sum(float(part[best_pairs(part)].sum()) for part in _likeness(gold, found))
    return _rates((best, len(found)), (best, len(gold)))


def _likeness(gold: Clusters, found: Clusters) -> Iterable[NDArray[np.float64]]:
    """A matrix, gold by found, for each group of clusters that hang together: a pairing never crosses two groups."""
    of = _cluster_of(gold)
    shared = Counter((of[one], b) for b, cluster in enumerate(found) for one in cluster)
    parts: list[tuple[set[int], set[int]]] = []
    by_gold, by_found = defaultdict(set), defaultdict(set)
    for a, b in shared:
        by_gold[a].add(b)
        by_found[b].add(a)
    left = set(by_gold)
    while left:
        rows, columns, new = set[int](), set[int](), {min(left)}
        while new:
            rows |= new
            columns |= {b for a in new for b in by_gold[a]}
            new = {a for b in columns for a in by_found[b]} - rows
        left -= rows
        parts.append((rows, columns))
    for rows, columns in parts:
        yield np.array(
            [[2 * shared[a, b] / (len(gold[a]) + len(found[b])) for b in sorted(columns)] for a in sorted(rows)]
        )


def best_pairs(worth: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns (min(n, m),) of the pairing of a matrix (n, m) with the largest sum.

    Shortest augmenting paths (Jonker and Volgenant 1987; as laid out by Crouse 2016), O(n² m).

    >>> best_pairs(np.array([[3.0, 2.0], [2.0, 0.0]]))
    (array([1, 0]), array([0, 1]))
    """
    if worth.shape[0] > worth.shape[1]:
        columns, rows = best_pairs(worth.T)
        return rows, columns
    cost = worth.max(initial=0.0) - worth
    n, m = cost.shape
    of_row, of_column = np.zeros(n), np.zeros(m)
    row_at = np.full(m, -1)
    for row in range(n):
        _augment(cost, row, row_at, (of_row, of_column))
    taken = np.flatnonzero(row_at >= 0)
    return row_at[taken], taken


def _augment(
    cost: NDArray[np.float64],
    row: int,
    row_at: NDArray[np.int64],
    prices: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> None:
    """Gives one more row its column, moving others along the cheapest path. Changes `row_at` and the prices."""
    of_row, of_column = prices
    m = cost.shape[1]
    length, before, done = np.full(m, np.inf), np.full(m, -1), np.zeros(m, dtype=bool)
    at, reached, rows = row, 0.0, [row]
    while True:
        step = reached + cost[at] - of_row[at] - of_column
        better = ~done & (step < length)
        length[better], before[better] = step[better], at
        column = int(np.argmin(np.where(done, np.inf, length)))
        reached, done[column] = float(length[column]), True
        if row_at[column] < 0:
            break
        at = int(row_at[column])
        rows.append(at)
    column_of = {int(r): c for c, r in enumerate(row_at) if r >= 0}
    of_row[row] += reached
    for other in rows[1:]:
        of_row[other] += reached - length[column_of[other]]
    of_column[done] -= reached - length[done]
    while True:
        owner = int(before[column])
        row_at[column] = owner
        if owner == row:
            return
        column = column_of[owner]


def _cluster_of(clusters: Clusters) -> Mapping[Hashable, int]:
    return {one: number for number, cluster in enumerate(clusters) for one in cluster}


def _rates(precision: tuple[float, float], recall: tuple[float, float]) -> Rates:
    p, r = (shared / whole if whole else 0.0 for shared, whole in (precision, recall))
    return Rates(p, r, 2 * p * r / (p + r) if p + r else 0.0)
