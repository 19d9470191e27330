"""Small drawings beside words that say the same: all they hold is numbers, so nothing in them can be anything else.

Each is as wide as its place: a hundred units from left to right, stretched. They are hidden from screen readers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

WIDTH: Final = 100.0
LEAST: Final = 0.8
"""How wide a bar is at least, so that a single day or number is seen."""


def drawing(shapes: Iterable[str], css: str) -> Markup:
    """The shapes as one picture. They are made in this module, of numbers."""
    return Markup(  # noqa: S704 (made of numbers)
        f'<svg class={css} viewBox="0 0 100 12" preserveAspectRatio=none aria-hidden=true>{"".join(shapes)}</svg>'
    )


def bar(start: float, end: float, css: str) -> str:
    """A bar between two shares of the width (0 to 1), cut off at the edges."""
    left, right = _within(start), _within(end)
    left = min(left, WIDTH - LEAST)
    return f'<rect class={css} x="{left:.1f}" y="3" width="{max(LEAST, right - left):.1f}" height="6"/>'


def tick(at: float, css: str) -> str:
    """An upright line at a share of the width."""
    return f'<path class={css} d="M{_within(at):.1f} 0v12"/>'


def dot(at: float, css: str = "dt") -> str:
    """A round mark at a share of the width: a line of no length with a round end keeps its shape when stretched."""
    return f'<path class={css} d="M{min(max(_within(at), 1.5), 98.5):.1f} 6h.01"/>'


def onward(at: float) -> str:
    """A dashed line from a share of the width to its end: so many or more."""
    return f'<path class=up d="M{_within(at):.1f} 6H100"/>'


def _within(share: float) -> float:
    return min(max(share, 0.0), 1.0) * WIDTH
