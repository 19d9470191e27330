"""Scores of hypotheses: how much stands against each.

Inconsistency is counted, as in the Analysis of Competing Hypotheses: what is consistent with a hypothesis is often
consistent with its rivals too. (R. J. Heuer, Psychology of Intelligence Analysis, 1999, chapter 8; the weights by
credibility and relevance as in PARC's ACH 2.0 of 2005.) The scores order hypotheses. They are no probabilities.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby
from math import fsum

from sayso.model import Cell, Evidence, Matrix, Order, RowValue, Score

VALUES: dict[str, int] = {"II": -2, "I": -1, "N": 0, "C": 1, "CC": 2}
"""Of the ratings that count. "NA" says that a row does not apply, "" that nobody has judged."""

STEPS = {"low": -1, "medium": 0, "high": 1}
"""Half powers of two: low is 1/√2, high √2, and both high is exactly 2."""

SAME = 9
"""Decimals to which two scores are the same: sums of √2 do not come out to the last digit."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A matrix, ready to be scored."""

    weights: Mapping[str, float]
    """By evidence."""
    values: Mapping[str, Mapping[str, int]]
    """By hypothesis, then by evidence: -2 to 2, of rated cells only."""


def weight(row: Evidence) -> float:
    """What a row weighs: credibility times relevance, 1/2 to 2.

    >>> from sayso.model import Evidence
    >>> weight(Evidence("e", "", "", "", "", "answer", credibility="high", relevance="high"))
    2.0
    """
    return float(2 ** ((STEPS[row.credibility] + STEPS[row.relevance]) / 2))


def grid(matrix: Matrix) -> Grid:
    """The ratings that count: those of people, for the case that nobody deceives."""
    values: dict[str, dict[str, int]] = {one.id: {} for one in matrix.hypotheses}
    for cell in counting(matrix):
        if cell.rating in VALUES:
            values[cell.hypothesis][cell.evidence] = VALUES[cell.rating]
    return Grid({row.id: weight(row) for row in matrix.evidence}, values)


def counting(matrix: Matrix) -> Iterator[Cell]:
    """The cells that a person has rated, as true."""
    return (cell for cell in matrix.cells if cell.rating and not cell.if_deceptive)


def penalty(value: int) -> int:
    """How much a rating counts against a hypothesis: only inconsistency does."""
    return max(0, -value)


def score(matrix: Matrix) -> tuple[Score, ...]:
    """The scores of all hypotheses, in their order. The order of rows changes nothing, nor do echoes of a root."""
    told = grid(matrix)
    roots = {row.id: row.root for row in matrix.evidence if row.root}
    excused: dict[str, int] = {}
    for cell in counting(matrix):
        excused[cell.hypothesis] = excused.get(cell.hypothesis, 0) + (cell.rating == "NA")
    found = []
    for one in matrix.hypotheses:
        values = told.values[one.id]
        against = {roots[row] for row, value in values.items() if value < 0 and row in roots}
        weighted = fsum(told.weights[row] * penalty(value) for row, value in values.items())
        most = 2 * fsum(told.weights[row] for row in values)
        found.append(
            Score(
                one.id,
                plain=sum(map(penalty, values.values())),
                weighted=weighted,
                safe=weighted / most if values else None,
                rated=len(values),
                of=len(matrix.evidence) - excused.get(one.id, 0),
                roots_low=_groups(against, matrix.may_be_one),
                roots_high=len(against),
            )
        )
    return tuple(found)


def _groups(roots: AbstractSet[str], pairs: Iterable[tuple[str, str]]) -> int:
    """How many roots there are if all that may be one are one, by way of roots that say nothing here too."""
    if len(roots) < 2:
        return len(roots)
    head: dict[str, str] = {}

    def top(root: str) -> str:
        while head.get(root, root) != root:
            root = head[root]
        return root

    for one, other in pairs:
        head[top(one)] = top(other)
    return len({top(root) for root in roots})


def order(matrix: Matrix) -> Order:
    """Which hypotheses have least against them, on the rows that are rated for every hypothesis that is rated at all.

    A hypothesis that fewer rows are rated for would look better for that alone: what is not rated for all is left out,
    and `is_even` says whether anything had to be.
    """
    return order_of(grid(matrix))


def order_of(told: Grid, without: AbstractSet[str] = frozenset()) -> Order:
    """The same, without some rows of evidence."""
    rated = {one: values.keys() - without for one, values in told.values.items()}
    ranked = {one: rows for one, rows in rated.items() if rows}
    shared = frozenset.intersection(*map(frozenset, ranked.values())) if ranked else frozenset[str]()
    rows = tuple(row for row in told.weights if row in shared)
    is_even = all(len(several) == len(rows) for several in ranked.values())
    if len(ranked) < 2 or not rows:
        return Order((), rows, is_even)
    return Order(places({one: against(told, one, rows) for one in ranked}), rows, is_even)


def against(told: Grid, hypothesis: str, rows: Iterable[str]) -> float:
    """The weighted inconsistency of a hypothesis with some rows."""
    values = told.values[hypothesis]
    return fsum(told.weights[row] * penalty(values[row]) for row in rows)


def places(totals: Mapping[str, float]) -> tuple[tuple[str, ...], ...]:
    """Ids from the lowest total up, those of the same total together, in the order given."""
    rounded = {one: round(total, SAME) for one, total in totals.items()}
    return tuple(tuple(several) for _, several in groupby(sorted(rounded, key=rounded.__getitem__), rounded.get))


def row_values(matrix: Matrix) -> tuple[RowValue, ...]:
    """What each row of evidence is worth for telling the hypotheses apart, in the order of the matrix."""
    told = grid(matrix)
    named = [one.id for one in matrix.hypotheses if not one.is_rest]
    found = []
    for row in matrix.evidence:
        values = [values[row.id] for values in told.values.values() if row.id in values]
        spread = max(values) - min(values) if len(values) > 1 else None
        against_all = bool(named) and all(told.values[one].get(row.id, 0) < 0 for one in named)
        worth = None if spread is None else told.weights[row.id] * spread / 4
        found.append(RowValue(row.id, worth, spread == 0, against_all))
    return tuple(found)
