"""A reliability diagram as SVG: what was said to be right, and how much of it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

SIDE, GAP, LEFT, TOP = 260, 70, 48, 40
"""Pixels: a panel's side, between panels, before the first, above them."""
HISTOGRAM = 44
"""Pixels below a panel in which the bars stand that say how many there are."""

STYLE = """
svg{font:12px system-ui,sans-serif;--ink:#1c1f23;--soft:#59616b;--rule:#dcd8cf;--accent:#0b5a6d;--paper:#fcfbf8}
@media(prefers-color-scheme:dark){svg{--ink:#e8e6e1;--soft:#a3abb4;--rule:#3a4048;--accent:#6cc3d5;--paper:#16191d}}
.paper{fill:var(--paper)}text{fill:var(--ink)}.soft{fill:var(--soft)}.frame{fill:none;stroke:var(--rule)}
.even{stroke:var(--soft);stroke-dasharray:4 4}.gap{stroke:var(--accent);stroke-width:2;opacity:.5}
.bin{fill:var(--accent)}.bar{fill:var(--rule)}
""".strip().replace("\n", "")
"""The colours of the dossier, light and dark."""


def draw(panels: Mapping[str, Mapping[str, Any]]) -> str:
    """One panel for each result of `calibration.score`, by its title, side by side.

    Each dot is a bin: to the right its mean probability, upwards the share that is right; on the dashed line the two
    are the same, and the line from dot to dashed line is the gap. The bars below say how many each bin holds.
    """
    width = LEFT + len(panels) * (SIDE + GAP)
    height = TOP + SIDE + HISTOGRAM + 66
    drawn = "".join(
        _panel(title, result, LEFT + place * (SIDE + GAP)) for place, (title, result) in enumerate(panels.items())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img"><title>Reliability diagram</title><desc>{escape(_in_words(panels))}</desc>'
        f'<style>{STYLE}</style><rect class="paper" width="100%" height="100%"/>{drawn}</svg>\n'
    )


def _in_words(panels: Mapping[str, Mapping[str, Any]]) -> str:
    """What the picture shows, for those who do not see it."""
    lines = []
    for title, result in panels.items():
        bins = ", ".join(f"{b['mean probability']:.2f}: {b['share right']:.2f}" for b in result["bins"])
        lines.append(f"{title}, mean probability and share right by bin: {bins}.")
    return " ".join(lines)


def _panel(title: str, result: Mapping[str, Any], left: int) -> str:
    bottom, bins = TOP + SIDE, result["bins"]
    dots = "".join(_dot(b["mean probability"], b["share right"], left) for b in bins)
    ece = "" if result["ece"] is None else f", ECE {result['ece']:.3f}"
    return (
        f'<text x="{left}" y="{TOP - 14}" font-weight="600">{escape(title)}{ece}, {result["count"]:,} found</text>'
        f'<rect class="frame" x="{left}" y="{TOP}" width="{SIDE}" height="{SIDE}"/>'
        f'<line class="even" x1="{left}" y1="{bottom}" x2="{left + SIDE}" y2="{TOP}"/>{_bars(bins, left)}{dots}'
        f'{_scales(left)}<text x="{left + SIDE / 2}" y="{bottom + HISTOGRAM + 42}" text-anchor="middle">probability'
        f'</text><text transform="translate({left - 34} {TOP + SIDE / 2}) rotate(-90)" text-anchor="middle">'
        "share right</text>"
    )


def _scales(left: int) -> str:
    below = TOP + SIDE + HISTOGRAM + 20
    return "".join(
        f'<text class="soft" x="{left + t * SIDE:g}" y="{below}" text-anchor="middle">{t:g}</text>'
        f'<text class="soft" x="{left - 8}" y="{_height(t) + 4:g}" text-anchor="end">{t:g}</text>'
        for t in (0, 0.25, 0.5, 0.75, 1)
    )


def _dot(mean: float, right: float, left: int) -> str:
    """A bin's dot, and its distance from where it should be."""
    x, y, even = f"{left + mean * SIDE:.1f}", f"{_height(right):.1f}", f"{_height(mean):.1f}"
    return f'<line class="gap" x1="{x}" y1="{even}" x2="{x}" y2="{y}"/><circle class="bin" cx="{x}" cy="{y}" r="4"/>'


def _height(share: float) -> float:
    return TOP + (1 - share) * SIDE


def _bars(bins: Sequence[Mapping[str, Any]], left: int) -> str:
    """How many attributions each bin holds, below the panel; the fullest bin's bar takes the whole height."""
    most = max((b["count"] for b in bins), default=1)
    top = TOP + SIDE + 4
    return "".join(
        f'<rect class="bar" x="{left + b["low"] * SIDE + 1:.1f}" y="{top + HISTOGRAM - 4 - high:.1f}"'
        f' width="{(b["high"] - b["low"]) * SIDE - 2:.1f}" height="{high:.1f}"><title>{b["count"]}</title></rect>'
        for b in bins
        for high in [max(1.0, (HISTOGRAM - 4) * b["count"] / most)]
    )
