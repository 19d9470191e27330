"""Numbers and days: what the figures that are given leave of them, as a posterior on a grid.

    likelihood of a figure   (1 − ε) Laplace(log s; log θ, σ) + ε uniform

ε is how likely the one who gives it is wrong altogether. A figure is an interval ("at least 40", "dozens"): within it
all is equally likely. A one-sided figure (a party that plays down or up, an older toll of the same origin) leaves the
other side wide open. What depends on another's word counts only in part: its logarithm is multiplied by its discount.
Figures of other people (only civilians, only children) are no rivals: each scope is a number of its own.
"""

from __future__ import annotations

from math import log
from typing import NamedTuple

import numpy as np

from sayso.weighing.core import Floats

GRID = 2000
"""Points of the grid."""

BEYOND = log(10)
"""How far the grid goes beyond the figures: a factor of ten. Whoever is wrong altogether is seldom further off."""

BEYOND_DAYS = 7.0
"""The same of dates."""

LEAST_WRONG = 0.02
"""Nobody's figure is surer than that: one alone cannot rule out all others."""


class Figures(NamedTuple):
    """One row a figure. F rows."""

    low: Floats
    high: Floats
    """Infinite where the words set no upper bound."""
    wrong: Floats
    """ε, 0 to 1."""
    discount: Floats
    """0 to 1."""
    below: Floats
    """How far the number may well lie below the figure, as a multiple of `stray`; 1 for a plain figure."""
    above: Floats


class Posterior(NamedTuple):
    """One in ten that the number is lower than `low`, one in ten that it is higher than `high`."""

    low: float
    mode: float
    high: float
    points: Floats
    """Numbers, rising."""
    share: Floats
    """How likely the number is no higher than each of them."""

    def within(self, low: float, high: float) -> float:
        """How likely the number lies between these, 0 to 1."""
        return float(np.interp(high, self.points, self.share) - np.interp(low, self.points, self.share))


def posterior(figures: Figures, stray: float, *, days: bool = False) -> Posterior:
    """What the figures leave of one number. `stray` is σ: a logarithmic distance, or days.

    Counts are taken as log(1 + s), so that none at all has a place. Raises ValueError without figures.
    """
    if not len(figures.low):
        raise ValueError("no figures to weigh")
    low, high = (figures.low, figures.high) if days else (np.log1p(figures.low), np.log1p(figures.high))
    grid = _grid(low, high, BEYOND_DAYS if days else BEYOND)
    logs = np.zeros(len(grid))
    span = grid[-1] - grid[0]
    for at in range(len(low)):
        logs += figures.discount[at] * _likelihood(grid, low[at], high[at], _Spread(figures, at, stray), span)
    mass = np.exp(logs - logs.max()) * np.gradient(grid)
    share = np.cumsum(mass) / mass.sum()
    ends = np.searchsorted(share, [0.1, 0.9])
    points = grid if days else np.expm1(grid)
    first, last, mode = (float(points[at]) for at in (*ends, int(np.argmax(logs))))
    return Posterior(min(first, mode), mode, max(last, mode), points, share)


class _Spread(NamedTuple):
    figures: Figures
    at: int
    stray: float


def _grid(low: Floats, high: Floats, beyond: float) -> Floats:
    """Evenly spread points, and the figures themselves."""
    ends = np.concatenate([low, high[np.isfinite(high)]])
    points = np.linspace(max(0.0, ends.min() - beyond), ends.max() + beyond, GRID)
    return np.unique(np.concatenate([points, ends]))


def _likelihood(grid: Floats, low: float, high: float, spread: _Spread, span: float) -> Floats:
    """Log likelihood of one figure at every point of the grid."""
    figures, at, stray = spread
    under, over = stray * figures.below[at], stray * figures.above[at]
    top = min(high, float(grid[-1]))
    distance = np.where(grid < low, (low - grid) / under, np.where(grid > top, (grid - top) / over, 0.0))
    density = np.exp(-distance) / (under + over + top - low)
    wrong = max(LEAST_WRONG, float(figures.wrong[at]))
    out: Floats = np.log((1 - wrong) * density + wrong / span)
    return out
