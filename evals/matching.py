"""Gold and found brought together one to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from sayso.model import Span

Gold = TypeVar("Gold")
Found = TypeVar("Found")


def match_by(
    alike: Callable[[Gold, Found], float], gold: Sequence[Gold], found: Sequence[Found]
) -> list[tuple[int, int]]:
    """Pairs (gold, found) of places, one to one: the most alike first, then in the order given; never those at 0."""
    ranked = sorted((-share, i, j) for i, g in enumerate(gold) for j, f in enumerate(found) if (share := alike(g, f)))
    pairs: dict[int, int] = {}
    for _, i, j in ranked:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return sorted(pairs.items())


def overlap(one: Span | None, other: Span | None) -> float:
    """Intersection over union of the characters of two spans, 0 to 1; 0 where either is missing.

    >>> overlap(Span(0, 10), Span(5, 10)), overlap(None, Span(0, 3))
    (0.5, 0.0)
    """
    if one is None or other is None:
        return 0.0
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / (max(one.end, other.end) - min(one.start, other.start))
