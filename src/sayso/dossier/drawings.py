"""Drawings with words in them: a chain of voices as boxes and arrows, reports on a line of days.

SVG without style sheets or scripts, in the colour of the text around it, so that it holds in dark places too. Words
enter through `Markup.format`, which escapes them. Lengths are in units of the drawing, one to a screen pixel at most.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from markupsafe import Markup

from sayso.dossier.voices import called, mark
from sayso.dossier.words import clean
from sayso.dossier.words import day as in_words
from sayso.model import Link

LETTER: Final = 7.0
"""Width left for a letter, that of a wide sans-serif at `SIZE`."""
SIZE: Final = 13
LINE: Final = 16
NAME: Final = 26
"""Letters on one line of a name; longer names go on below."""
CONTENT: Final = 44
MOST_LINES: Final = 6
ARROW: Final = 68
WIDE: Final = 520
"""Width of the line of days."""
STEP: Final = 13
"""From one mark to the next above it."""

SVG: Final = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:.0f} {h:.0f}" width="{w:.0f}" height="{h:.0f}" role="img" '
    'fill="currentColor" font-family="system-ui,sans-serif" font-size="{size}" '
    'style="max-width:100%;height:auto;display:block"><title>{words}</title>{shapes}</svg>'
)
LABEL: Final = Markup('<text x="{x:.0f}" y="{y:.0f}" font-size="11" text-anchor="{side}">{words}</text>')
BOX: Final = Markup(
    '<rect x="{x:.0f}" y="1" width="{w:.0f}" height="{h:.0f}" rx="4" fill="none" stroke="currentColor"{dashes}/>'
)
LINE_ON: Final = Markup(
    '<g fill="none" stroke="currentColor" stroke-width="1.6"><path d="M{start:.0f} 16H{end:.0f}"{dashes}/>'
    '<path d="M{tip:.0f} 11l7 5-7 5"/>{cross}</g>'
)
CROSS: Final = Markup('<path d="M{x:.0f} {y:.0f}l{s} {s}m0-{s}l-{s} {s}"/>')
DOT: Final = Markup('<circle cx="{x:.0f}" cy="{y:.0f}" r="4.5"/>')
MARK: Final = Markup('<g stroke="currentColor" stroke-width="1.6"><title>{words}</title>{shape}</g>')


class Mark(NamedTuple):
    """One report on a line of days."""

    day: str
    """ISO 8601, "" or anything else where it has none: then it is not drawn."""
    who: str
    is_for: bool


def chain(links: Sequence[Link], content: str, words: str) -> Markup:
    """Boxes from left to right, publisher first, then the words. `words`: the same for screen readers.

    Dashed box: not resolved. Crossed arrow: denied. Broken arrow: hedged. The word under an arrow says the same.
    """
    shapes, left, tallest = Markup(), 1.0, 54.0
    for link in links:
        name = _lines(called(link), NAME)
        width, height = _wide(name) + 20, len(name) * LINE + 14
        dashes = Markup() if link.resolved else Markup(' stroke-dasharray="5 4"')
        shapes += BOX.format(x=left, w=width, h=height, dashes=dashes) + _text(left + 10, name)
        shapes += _arrow(left + width, link)
        left, tallest = left + width + ARROW, max(tallest, height + 2.0)
    said = _lines(content, CONTENT) if content else ["what it says"]
    shapes += _text(left + 4, said)
    return _svg(shapes, (left + _wide(said) + 12, max(tallest, len(said) * LINE + 12.0)), words)


def _arrow(left: float, link: Link) -> Markup:
    """What a voice does with what it passes on."""
    end, middle = left + ARROW - 4, left + ARROW / 2
    dashes = Markup() if link.certainty == "certain" else Markup(' stroke-dasharray="4 4"')
    cross = CROSS.format(x=middle - 7, y=9, s=14) if link.stance == "denies" else ""
    marks = [one for one in mark(link.stance, link.certainty).split(", ") if one]
    labels = [LABEL.format(x=middle, y=36 + 12 * row, side="middle", words=one) for row, one in enumerate(marks)]
    return LINE_ON.format(start=left + 4, end=end, tip=end - 7, dashes=dashes, cross=cross) + Markup().join(labels)


def _lines(words: str, width: int) -> list[str]:
    lines = textwrap.wrap(" ".join(clean(words).split()), width) or [""]
    return [*lines[: MOST_LINES - 1], f"{lines[MOST_LINES - 1]} …"] if len(lines) > MOST_LINES else lines


def _wide(lines: Iterable[str]) -> float:
    return max(map(len, lines)) * LETTER


def _text(left: float, lines: Iterable[str]) -> Markup:
    """Lines below each other."""
    row = Markup('<tspan x="{:.0f}" y="{}">{}</tspan>')
    rows = Markup().join(row.format(left, 21 + n * LINE, line) for n, line in enumerate(lines))
    return Markup("<text>{}</text>").format(rows)


def scale(published: Iterable[str]) -> tuple[int, int] | None:
    """The first day and the last, as ordinals of the calendar; None where there is none."""
    found = [one for each in published if (one := _ordinal(each)) is not None]
    return (min(found), max(found)) if found else None


def strip(marks: Iterable[Mark], days: tuple[int, int] | None) -> Markup:
    """Marks on a line from the first day to the last: a dot for, a cross against, those of one day above each other."""
    found = sorted((at, one.who, one.is_for) for one in marks if (at := _ordinal(one.day)) is not None)
    if days is None or not found:
        return Markup()
    floor = max(Counter(at for at, _, _ in found).values()) * STEP + 4
    shapes, stood = Markup(), Counter[int]()
    for at, who, is_for in found:
        shape = _shape(_across(at, days), floor - 9 - STEP * stood[at], is_for=is_for)
        shapes += MARK.format(words=_said(at, who, is_for=is_for), shape=shape)
        stood[at] += 1
    shapes += Markup('<path d="M4 {}H{}" stroke="currentColor"/>').format(floor, WIDE - 4)
    for at, side in zip(dict.fromkeys(days), ("start", "end"), strict=False):
        shapes += LABEL.format(x=10 if side == "start" else WIDE - 10, y=floor + 14, side=side, words=_day(at))
    told = "; ".join(_said(at, who, is_for=is_for) for at, who, is_for in found)
    return _svg(shapes, (WIDE, floor + 18.0), told)


def _shape(x: float, y: float, *, is_for: bool) -> Markup:
    return DOT.format(x=x, y=y) if is_for else CROSS.format(x=x - 4, y=y - 4, s=8)


def _across(at: int, days: tuple[int, int]) -> float:
    first, last = days
    return 10 + (WIDE - 20) * (at - first) / max(1, last - first)


def _said(at: int, who: str, *, is_for: bool) -> str:
    return f"{clean(who)}, {_day(at)}{'' if is_for else ', against it'}"


def _day(at: int) -> str:
    return in_words(date.fromordinal(at).isoformat())


def _ordinal(published: str) -> int | None:
    try:
        return date.fromisoformat(published[:10]).toordinal()
    except ValueError:
        return None


def _svg(shapes: Markup, extent: tuple[float, float], words: str) -> Markup:
    return SVG.format(w=extent[0], h=extent[1], size=SIZE, words=clean(words), shapes=shapes)
