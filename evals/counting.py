"""Precision, recall and F1 over counts of spans."""

from __future__ import annotations

import random
from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple


class Counts(NamedTuple):
    """How many were found rightly, how many were found at all, how many there are."""

    right: int = 0
    predicted: int = 0
    gold: int = 0

    def plus(self, other: Counts) -> Counts:
        """Both together: the sum over items gives micro averages."""
        return Counts(self.right + other.right, self.predicted + other.predicted, self.gold + other.gold)

    def rates(self) -> dict[str, float]:
        """Precision, recall and F1, each 0 to 1; 0 where there is nothing to divide by."""
        return {
            "precision": self.right / self.predicted if self.predicted else 0.0,
            "recall": self.right / self.gold if self.gold else 0.0,
            "f1": 2 * self.right / (self.predicted + self.gold) if self.predicted + self.gold else 0.0,
        }


def compare(gold: AbstractSet[Hashable], predicted: AbstractSet[Hashable]) -> Counts:
    """Count two sets against each other: right are those that are in both, identical.

    >>> compare({(0, 2), (4, 5)}, {(0, 2), (4, 6)}).rates()["f1"]
    0.5
    """
    return Counts(len(gold & predicted), len(predicted), len(gold))


def interval(parts: Sequence[Counts], rate: str = "f1", draws: int = 1000) -> list[float]:
    """90 % interval of a rate when the parts (articles, reports) are drawn anew, fixed seed. Empty without parts.

    The percentile bootstrap of Efron (1979).
    """
    if not parts:
        return []
    draw = random.Random(0)  # noqa: S311 - chance for statistics, not for secrets
    values = sorted(total(draw.choices(parts, k=len(parts))).rates()[rate] for _ in range(draws))
    return [round(values[draws // 20], 4), round(values[-draws // 20], 4)]


def total(parts: Sequence[Counts]) -> Counts:
    """All of them together."""
    return Counts(*map(sum, zip(*parts, strict=True)))
