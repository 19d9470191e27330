"""The scene: one report's text, sentences, quotations and cast, as everything that resolves a voice looks at it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from sayso.attribution.cast import Cast
from sayso.attribution.figures import Figure
from sayso.attribution.vocabulary import WORDS
from sayso.model import Attribution, Span

_QUOTED = re.compile(r"“[^”\n]{1,2000}+(?:”|(?=\n)|$)|(?<![^\s(\[—–-])\"[^\"\n]{1,2000}+(?:\"|(?=\n)|$)")
LONGEST_TEASER = 200
"""Code points of a line that points to another report at most, up to who speaks in it."""
DATELINE = re.compile(r"[^().!?\n]{2,60} \(([A-Z][\w&'’ ]{1,30})\) ?(?:-{1,2}|–|—) ")
"""What a wire's report begins with: "PORT TAL, May 3 (Tal Wire) — "."""
_SHOW_OF = re.compile(
    r"(?<![\w.&-])(?P<owner>(?:[A-Z][\w.&-]{1,30} ){0,3}[A-Z][\w.&-]{1,30})['’]s? (?:[\w-]{1,30} ){0,2}"
    r"[“\"](?P<show>[A-Z0-9][^“”\"\n.,]{2,40})"
)
_TEASER = re.compile(
    r"\W{0,3}(?:STORY|More|MORE|Read|READ|READ MORE|Read more|SEE ALSO|See also|RELATED|Related|ALSO|Also|WATCH|Watch|"
    r"PHOTOS|VIDEO|Video|Fact check|FACT CHECK|OPINION|Opinion)(?: \w+){0,2}:"
)
_LINE = re.compile(r"\n+")
_ARTICLES = frozenset({"the", "a", "an"})
_PREPOSITIONS = frozenset(WORDS["function"]["prepositions"])


@dataclass(frozen=True)
class Scene:
    """One report, surveyed once."""

    text: str
    starts: tuple[int, ...]
    """Where each sentence begins, in order."""
    cast: Cast

    @cached_property
    def persons(self) -> tuple[Figure, ...]:
        """The named persons."""
        return tuple(f for f in self.cast.figures if f.sort == "person" and f.core)

    @cached_property
    def shows(self) -> dict[str, str]:
        """Titles in quotation marks and the owner before them: "Tal Radio's “Harbour Hour”"."""
        return {m["show"]: m["owner"] for m in _SHOW_OF.finditer(self.text)}

    @cached_property
    def _paragraphs(self) -> tuple[int, ...]:
        return tuple(m.end() for m in _LINE.finditer(self.text))

    @cached_property
    def _quotations(self) -> tuple[tuple[int, int], ...]:
        return tuple(m.span() for m in _QUOTED.finditer(self.text))

    @cached_property
    def subjects(self) -> frozenset[int]:
        """Starts of the mentions that come first in their sentence, outside quotations and not after a preposition."""
        seen: set[int] = set()
        out = set()
        for mention in self.cast.mentions:
            place = mention.span.start
            number = self.sentence(place)
            passed = mention.qualifies or number in seen or self.quotation(place) >= 0
            if passed or self.after_preposition(place) or self.owns(mention.span.end):
                continue
            seen.add(number)
            out.add(place)
        return frozenset(out)

    def sentence(self, place: int) -> int:
        """Number of the sentence that holds a place, from 0."""
        return max(0, bisect_right(self.starts, place) - 1)

    def bounds(self, place: int) -> tuple[int, int]:
        """Start and end of the sentence that holds a place."""
        number = self.sentence(place)
        start = self.starts[number] if self.starts else 0
        return start, self.starts[number + 1] if number + 1 < len(self.starts) else len(self.text)

    def paragraph(self, place: int) -> int:
        """Number of the paragraph that holds a place, from 0."""
        return bisect_right(self._paragraphs, place)

    def quotation(self, place: int) -> int:
        """Number of the quotation that holds a place, -1 for none."""
        i = bisect_right(self._quotations, (place, len(self.text))) - 1
        return i if i >= 0 and place < self._quotations[i][1] else -1

    def is_teaser(self, place: int) -> bool:
        """Whether a place stands in a line that points to another report: "READ MORE: ..."."""
        line = self.text.rfind("\n", max(0, place - LONGEST_TEASER), place) + 1
        return (line > 0 or place < LONGEST_TEASER) and _TEASER.match(self.text, line) is not None

    def opens_sentence(self, place: int) -> bool:
        """Whether only white space and marks stand before a place in its sentence."""
        start = self.starts[self.sentence(place)] if self.starts else 0
        return place - start < 10 and not self.text[start:place].strip(" \"“'‘(")

    def after_preposition(self, place: int) -> bool:
        """Whether a preposition stands before a place, articles apart."""
        words = self.text[max(0, place - 20) : place].casefold().split()
        while words and words[-1] in _ARTICLES:
            words.pop()
        return bool(words) and words[-1] in _PREPOSITIONS

    def owns(self, end: int) -> bool:
        """Whether a possessive ending stands at a place."""
        return self.text[end : end + 2] in {"'s", "’s"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """One resolved attribution, as the others look back at it."""

    place: int
    figure: Figure
    attribution: Attribution


@dataclass(frozen=True, slots=True)
class Asked:
    """The words whose meaning is asked."""

    attribution: Attribution
    span: Span
    """The words, stripped."""
    holder: Figure | None = None
    """Who speaks in the attribution that holds this one."""


def last_speaker(spoken: Sequence[Spoken], place: int) -> Spoken | None:
    """The last one before a place who speaks in no other's words."""
    recent = (past for past in reversed(spoken[-100:]) if past.place < place)
    return next((past for past in recent if past.attribution.within is None), None)
