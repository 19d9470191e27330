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


def net(strands: Iterable[str]) -> Markup:
    """Lines of `strand` and `tie` as one picture that fills its place, a hundred units wide and high."""
    drawn = "".join(strands)
    return Markup(f'<svg class=net viewBox="0 0 100 100" preserveAspectRatio=none aria-hidden=true>{drawn}</svg>')  # noqa: S704 (made of numbers)


def strand(left: float, start: float, right: float, end: float) -> str:
    """A line from one column to another."""
    middle = (left + right) / 2
    return f'<path d="M{left:g} {start:.1f}C{middle:g} {start:.1f} {middle:g} {end:.1f} {right:g} {end:.1f}"/>'


def tie(at: float, start: float, end: float) -> str:
    """A dashed arc that joins two of one column, at its right side."""
    return f'<path class=mb d="M{at:g} {start:.1f}C{at + 5:g} {start:.1f} {at + 5:g} {end:.1f} {at:g} {end:.1f}"/>'


def open_bar(sure: float, possible: float) -> Markup:
    """A bar up to one share of the width, and hatched, what is left open, up to another."""
    left, right = _within(sure), _within(possible)
    solid = f'<rect class=hp x="0" y="3" width="{left:.1f}" height="6"/>' if sure else ""
    rest = f'<path class=lf d="M{left:.1f} 6H{right:.1f}"/>' if right > left else ""
    return drawing((solid, rest), "st")


def step(start: float, end: float, *, is_for: bool) -> Markup:
    """One step of a waterfall, between two shares of the width, with a thin line back to where it began."""
    back = f'<path class=lo d="M0 6H{_within(start):.1f}"/>' if start > 0 else ""
    if is_for:
        return drawing((back, bar(start, end, "hp")), "st")
    end = max(_within(end), _within(start) + LEAST)
    return drawing((back, f'<path class=lf d="M{_within(start):.1f} 6H{end:.1f}"/>'), "st")
