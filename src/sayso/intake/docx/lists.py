"""What a Word document keeps apart from its text: styles that hide or number, and the numbers of its lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sayso.intake.docx.package import Package, local

LEVELS = 9
"""Levels of a list (ECMA-376 part 1 §17.9.6)."""
LONGEST_PATTERN = 64
"""Characters of a level's pattern; Word writes 31 at most."""
ANCESTORS = 16
"""Styles that a style is based on, one upon the other, that are looked at. Word allows ten."""
BULLET = "•"
"""Stands for every bullet: most are signs of a symbol font that mean nothing elsewhere."""
OFF = frozenset({"0", "false", "off", "none"})
"""Values that switch a property off (ECMA-376 part 1 §17.17.4)."""
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(slots=True)
class Style:
    """What of a style matters for the text. None where it says nothing."""

    hidden: bool | None = None
    number: str | None = None
    """The list that its paragraphs are numbered in."""
    level: int | None = None
    based_on: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    form: str = "decimal"
    pattern: str = ""
    """With %1 to %9 for the numbers of the levels."""
    start: int = 1


@dataclass(slots=True)
class Lists:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    """By list, then level."""
    shared: dict[str, str] = field(default_factory=dict)
    """What a list counts in: lists of one abstract definition go on where the other stopped."""
    counts: dict[str, list[int]] = field(default_factory=dict)
    restarts: dict[tuple[str, int], int] = field(default_factory=dict)
    """Where a list begins anew, not yet done."""

    def next(self, number: str, level: int) -> str:
        """The label of the next paragraph in the list, such as "2.1", "(a)" or "•"; "" if it has none."""
        levels = self.levels.get(number)
        if levels is None or not 0 <= level < LEVELS:
            return ""
        own = levels.get(level, Level())
        shared = self.shared[number]
        counts = self.counts.setdefault(shared, [levels.get(n, Level()).start - 1 for n in range(LEVELS)])
        if (restart := self.restarts.pop((number, level), None)) is not None:
            counts[level] = restart - 1
        counts[level] += 1
        for above in range(level):  # a level that nobody opened shows its first number
            counts[above] = max(counts[above], levels.get(above, Level()).start)
        for below in range(level + 1, LEVELS):
            counts[below] = levels.get(below, Level()).start - 1
        return label(own, [(levels.get(n, Level()), count) for n, count in enumerate(counts)])


def label(own: Level, counted: list[tuple[Level, int]]) -> str:
    """The level's pattern with its numbers filled in; `BULLET` for every bullet."""
    if own.form == "bullet":
        return BULLET if own.pattern.strip() else ""
    if own.form == "none":
        return re.sub(r"%[1-9]", "", own.pattern).strip()

    def number(match: re.Match[str]) -> str:
        level, count = counted[int(match[1]) - 1]
        return _FORMS.get(level.form, str)(count)

    return re.sub(r"%([1-9])", number, own.pattern, count=LEVELS).strip()


def roman(number: int) -> str:
    """A number in small Roman numerals; in digits where they do not reach.

    >>> roman(4), roman(1999), roman(0)
    ('iv', 'mcmxcix', '0')
    """
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, numeral in _ROMAN:
        written += numeral * (number // value)
        number %= value
    return written


def letters(number: int) -> str:
    """As Word counts in letters: a to z, aa, bb to zz, aaa (ECMA-376 part 1 §17.18.59, lowerLetter).

    >>> letters(2), letters(28)
    ('b', 'bb')
    """
    return chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 30) if number > 0 else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
}
"""Other forms (words, other scripts) are written in digits."""


def read_styles(package: Package, part: str) -> dict[str, Style]:
    """The styles by their ids, each with what it takes from those it is based on."""
    root = package.tree(part)
    styles = {_get(one, "styleId"): _style(one) for one in _children(root, "style")}
    for style in styles.values():
        base = styles.get(style.based_on)
        for _ in range(ANCESTORS):
            if base is None:
                break
            style.hidden = base.hidden if style.hidden is None else style.hidden
            style.number = base.number if style.number is None else style.number
            style.level = base.level if style.level is None else style.level
            base = styles.get(base.based_on)
    return styles


def _style(element: Any) -> Style:  # noqa: ANN401 - lxml carries no types
    vanish = _first(element, "rPr", "vanish")
    number = _first(element, "pPr", "numPr", "numId")
    level = _first(element, "pPr", "numPr", "ilvl")
    return Style(
        None if vanish is None else _get(vanish, "val", "1") not in OFF,
        None if number is None else _get(number, "val"),
        None if level is None else whole(_get(level, "val")),
        _get(_first(element, "basedOn"), "val"),
    )


def read_lists(package: Package, part: str) -> Lists:
    """The document's lists (ECMA-376 part 1 §17.9)."""
    root = package.tree(part)
    abstract = {_get(one, "abstractNumId"): dict(_levels(one)) for one in _children(root, "abstractNum")}
    lists = Lists()
    for one in _children(root, "num"):
        number = _get(one, "numId")
        shared = _get(_first(one, "abstractNumId"), "val")
        lists.levels[number] = dict(abstract.get(shared, {}))
        lists.shared[number] = shared
        for override in _children(one, "lvlOverride"):
            level = whole(_get(override, "ilvl"))
            lists.levels[number].update(_levels(override))
            if (start := _first(override, "startOverride")) is not None:
                lists.restarts[number, level] = whole(_get(start, "val"), 1)
    return lists


def _levels(element: Any) -> Iterator[tuple[int, Level]]:  # noqa: ANN401 - the same
    for one in _children(element, "lvl"):
        if (level := whole(_get(one, "ilvl"), -1)) not in range(LEVELS):
            continue
        form = _get(_first(one, "numFmt"), "val", "decimal")
        pattern = _get(_first(one, "lvlText"), "val")[:LONGEST_PATTERN]
        yield level, Level(form, pattern, whole(_get(_first(one, "start"), "val"), 0))


def _children(element: Any, name: str) -> Iterator[Any]:  # noqa: ANN401 - the same
    return (one for one in (() if element is None else element) if local(one.tag) == name)


def _first(element: Any, *names: str) -> Any:  # noqa: ANN401 - the same
    """The first child of that name, then its first child of the next."""
    for name in names:
        element = next(_children(element, name), None)
    return element


def _get(element: Any, name: str, default: str = "") -> str:  # noqa: ANN401 - the same
    if element is not None:
        for key, value in element.attrib.items():
            if local(key) == name:
                return str(value)
    return default


def whole(written: str, default: int = 0) -> int:
    """The number that is written, the default if it is none or beyond what Word counts to."""
    return int(written) if re.fullmatch(r"-?[0-9]{1,9}", written) else default
