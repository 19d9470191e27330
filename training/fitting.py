"""What the fits of small weights on marked chains share: rows and a descent. Only numpy is needed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from sayso.model import Span

Array: TypeAlias = NDArray[np.float64]

LEAST_ALIKE = 0.5
"""Intersection over union of the characters of two contents from which they are the same, as for the scorer."""


def marked_as(marked: Mapping[str, Any], content: Sequence[Span], cue: Span | None) -> Mapping[str, Any] | None:
    """The attribution of a marked report that one found is: the most alike in content, then in cue; None if none is."""
    best = max(marked["attributions"], key=lambda a: _overlap(a, content, cue), default=None)
    return best if best and _overlap(best, content, cue)[0] >= LEAST_ALIKE else None


def _overlap(marked: Mapping[str, Any], content: Sequence[Span], cue: Span | None) -> tuple[float, int]:
    """Shared characters of content over all of them, then those shared by the cues."""
    here = {i for span in content for i in range(*span)}
    there = {i for first, last in marked["content"] for i in range(first, last)}
    cues = set(range(*cue or (0, 0))) & set(range(*marked["cue"] or (0, 0)))
    return len(here & there) / len(here | there), len(cues)


def descend(slope: Callable[[Array], Array], weights: Array, rates: Sequence[float]) -> Array:
    """The weights after one step of Adam (Kingma & Ba 2015) at each rate; `slope` gives the gradient, same shape."""
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step, rate in enumerate(rates, 1):
        here = slope(weights)
        first = 0.9 * first + 0.1 * here
        second = 0.999 * second + 0.001 * here**2
        weights = weights - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights
