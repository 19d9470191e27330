"""Where names stand in a text, in whatever case, inside words too, and what they are replaced by.

A name of four letters or more is found anywhere: "MORREN", "Morrenism", "ada-morren-denies". A shorter one is found as
a word of its own only, and in running text only with a capital letter: "Al" is in "also", and "US" is not "us". So are
parts of a person's name that nobody writes alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sayso.model import Span
from sayso.redaction.folding import folded, joined

LEAST_INSIDE = 4
"""Letters of the shortest name that is looked for inside words."""
LEAST_RUN_TOGETHER = 6
"""Letters of the shortest name of several words that is found written as one: "adamorren"."""

_BETWEEN = r"[\W_]"
_NOT_LETTERS = re.compile(r"[\W_]+")


class Cut(NamedTuple):
    """A stretch of a text that is replaced."""

    start: int
    end: int
    words: str
    """What stands there instead."""


class Names:
    """Names to look for, and what each is replaced by."""

    def __init__(self, names: Mapping[tuple[str, ...], str], parts: Mapping[str, str]) -> None:
        """`names`: folded words of spellings; `parts`: words of names that are found as words of their own only."""
        self._instead = {**parts, **{joined(words): instead for words, instead in names.items()}}
        self._words_only = {key for key in (*map(joined, names), *parts) if key in parts or _is_short(key)}
        patterns = {key: _word(re.escape(key)) for key in parts}
        patterns |= {joined(words): _pattern(words) for words in names}
        longest = sorted(patterns, key=lambda key: (-len(key), key))
        self._pattern = re.compile("|".join(patterns[key] for key in longest)) if longest else None
        self._known: dict[tuple[str, bool], str] = {}

    def cuts(self, text: str, *, any_case: bool = False) -> list[Cut]:
        """Where names stand, in order, without overlap. `any_case`: short ones in small letters too (addresses)."""
        if self._pattern is None or not text:
            return []
        view = folded(text)
        cuts = list[Cut]()
        for match in self._pattern.finditer(view.text):
            start, end = view.starts[match.start()], view.ends[match.end() - 1]
            key = _NOT_LETTERS.sub("", match[0])
            stands = any_case or key not in self._words_only or text[start:end] != text[start:end].lower()
            if stands and (not cuts or cuts[-1].end <= start):
                cuts.append(Cut(start, end, self._instead[key]))
        return cuts

    def without(self, text: str, *, any_case: bool = False) -> str:
        """The text with names replaced."""
        known = self._known.get((text, any_case))
        if known is None:
            known = self._known[text, any_case] = rewritten(text, self.cuts(text, any_case=any_case))
        return known


def rewritten(text: str, cuts: Iterable[Cut]) -> str:
    """The text with its cuts replaced."""
    pieces, at = list[str](), 0
    for cut in cuts:
        pieces += [text[at : cut.start], cut.words]
        at = cut.end
    return "".join([*pieces, text[at:]]) if pieces else text


def _is_short(key: str) -> bool:
    """Scripts without capitals have names of two signs, and often no blanks: those are found anywhere."""
    return len(key) < LEAST_INSIDE and key.upper() != key


def _pattern(words: Sequence[str]) -> str:
    key = joined(words)
    gap = f"{_BETWEEN}{{0,4}}" if len(key) >= LEAST_RUN_TOGETHER else f"{_BETWEEN}{{1,4}}"
    pattern = gap.join(map(re.escape, words))
    if _is_short(key):
        return _word(pattern)
    before, after = r"(?<!\d)" if key[0].isdigit() else "", r"(?!\d)" if key[-1].isdigit() else ""
    return f"{before}{pattern}{after}"


def _word(pattern: str) -> str:
    return rf"(?<![^\W_]){pattern}(?=s?(?![^\W_]))"


class Moves:
    """Where the places of a text are after its cuts were replaced."""

    def __init__(self, cuts: Sequence[Cut]) -> None:
        """`cuts` in order, without overlap."""
        self._starts = [cut.start for cut in cuts]
        self._ends = [cut.end for cut in cuts]
        self._lengths = [len(cut.words) for cut in cuts]
        self._shifts = [0]
        for cut in cuts:
            self._shifts.append(self._shifts[-1] + len(cut.words) - (cut.end - cut.start))

    def span(self, span: Span) -> Span:
        """Where a span is now. One that begins or ends within a name takes in the whole of what is there instead."""
        return Span(self.start(span.start), self._end(span.end)) if self._starts else span

    def start(self, place: int) -> int:
        """Where a place is now; within a name, the beginning of what is there instead."""
        before = bisect_right(self._ends, place)
        inside = before < len(self._starts) and self._starts[before] < place
        return (self._starts[before] if inside else place) + self._shifts[before]

    def _end(self, place: int) -> int:
        before = bisect_left(self._ends, place)
        if before < len(self._starts) and self._starts[before] < place:
            return self._starts[before] + self._shifts[before] + self._lengths[before]
        return place + self._shifts[before]
