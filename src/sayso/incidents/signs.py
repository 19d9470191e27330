"""What a report shows of each event and of itself: the words, names and numbers by which look-alikes are told apart.

Names are found by their capitals, so that no list of names is needed and a name is nothing but itself: other names in
their places give the same. Where `names.resolve` has found one entity under several spellings, all of them count as
its name too.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from sayso.kit import Memory, last_day
from sayso.model import Entity, Event, Findings, Report, Span
from sayso.words import lemma

NEAR_WORDS = 5
"""To each side of an event word."""

BESIDE_WORDS = 3
"""Words with content to each side, kept apart by side: mostly who does it and to whom."""

LONGEST_SENTENCE = 120
"""Words of a sentence that count, around the event: a text without full stops is no sentence."""

CLOSE_WORDS = 3
"""Before an event, in which "another" is looked for."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+){0,5}")

Bag = Mapping[str, int]
"""Terms and how often they stand there."""


class _Token(NamedTuple):
    start: int
    end: int
    low: str
    term: str
    """With "N" before a name, "#" before a number, "w" before another word; "" for words without content."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One event of one report with what stands around it."""

    report: int
    """Its place among the reports."""
    sentence: int
    """Its place among the report's sentences."""
    event: Event
    around: Bag
    """The other words of its sentence."""
    near: Bag
    beside: Bag
    names: Bag
    """Names and numbers of its sentence."""
    days: tuple[int, int] | None = None
    """First and last day it happened on, as ordinals of `datetime.date`, where the text says so of the event itself."""
    days_beside: tuple[int, int] | None = None
    """Those of its claim in its sentence, if there is one time only: "said on Friday" is no part of what was said."""
    known: int | None = None
    """The day on which its report told it as a fact, as an ordinal: no day after it can be its day."""
    is_other: bool = False
    """Whether a word before it says that it is not the one that was spoken of ("another", "earlier")."""
    is_answer: bool = False
    """Whether its sentence says that something was done in answer to something."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One report as a whole."""

    names: Bag
    words: Bag
    numbers: Bag
    scenes: tuple[Scene, ...]

    @property
    def terms(self) -> Bag:
        """All of them."""
        return {**self.names, **self.words, **self.numbers}


def papers(
    reports: Sequence[Report],
    findings: Sequence[Findings],
    named: Mapping[str, Sequence[tuple[Span, Entity]]],
    memory: Memory | None = None,
) -> tuple[Paper, ...]:
    """What each report shows, in the same order. Scenes stand in the order of the events.

    `named`: where entities are named, by report. Those that have several spellings get a term of their own.
    """
    memory = memory or Memory(keeps=False)
    found = []
    for number, (report, one) in enumerate(zip(reports, findings, strict=True)):
        called = [(span, f"N {who.id}") for span, who in named.get(report.id, ()) if len(who.spellings) > 1]
        said = tuple(claim.content for claim in one.claims)
        sentences = tuple(sorted(one.sentences)) or (Span(0, len(report.text)),)
        rows = memory.recall(("words", report.id), (report, sentences), partial(_tokens, report.text, sentences))
        day = last_day(report.published)
        rests_on = (number, day, rows, sentences, one.events, one.times, said, called)
        make = partial(_paper, (number, day), one, dict(called), sentences, rows)
        found.append(memory.recall(("paper", report.id), rests_on, make))
    return tuple(found)


def _paper(
    report: tuple[int, date | None],
    findings: Findings,
    aliases: Mapping[Span, str],
    sentences: Sequence[Span],
    rows: Sequence[Sequence[_Token]],
) -> Paper:
    terms = Counter(token.term for row in rows for token in row)
    terms.update(aliases.values())
    days = _days(findings)
    (number, day), scenes, at = report, [], 0
    for event in sorted(findings.events, key=lambda one: (one.span, one.id)):
        while at + 1 < len(sentences) and sentences[at + 1].start <= event.span.start:
            at += 1
        inside = [term for span, term in aliases.items() if sentences[at].start <= span.start < sentences[at].end]
        scene = _scene(number, at, event, rows[at], inside)
        said = _said(event, findings, sentences[at])
        known = day.toordinal() if day and event.factuality > 0 else None
        scenes.append(replace(scene, days=_days_of(event, days), days_beside=_days_in(days, said), known=known))
    names, words, numbers = ({term: n for term, n in terms.items() if term[:1] == mark} for mark in "Nw#")
    return Paper(names, words, numbers, tuple(scenes))


def _tokens(text: str, sentences: Sequence[Span]) -> list[list[_Token]]:
    """The words of each sentence.

    A word is a name if it has a capital not only at a sentence's beginning, and the text never has it in lower case.
    """
    found = [list(_WORD.finditer(text, *sentence)) for sentence in sentences]
    plain = {one[0] for row in found for one in row if one[0][0].islower()}
    inner = {_bare(one[0]) for row in found for one in row[1:] if one[0][0].isupper()}
    names = {low for low in inner if low not in plain and low not in _empty()}
    return [
        [
            _Token(
                one.start(),
                one.end(),
                low := _bare(one[0]),
                "N" + low if low in names and one[0][0].isupper() else _term(low),
            )
            for one in row
        ]
        for row in found
    ]


@lru_cache(maxsize=1 << 16)
def _bare(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s").lower()


@lru_cache(maxsize=1 << 16)
def _term(low: str) -> str:
    """The term of a word that is no name."""
    if low[:1].isdigit():
        return "#" + low
    return "" if low in _empty() else "w" + lemma(low)


@cache
def _empty() -> frozenset[str]:
    """Words without content."""
    with (Path(__file__).parent / "empty.csv").open(encoding="utf-8", newline="") as table:
        return frozenset(row["word"] for row in csv.DictReader(table))


def _scene(report: int, sentence: int, event: Event, row: Sequence[_Token], aliases: Sequence[str]) -> Scene:
    inside = [at for at, token in enumerate(row) if token.start < event.span.end and token.end > event.span.start]
    first, last = (inside[0], inside[-1]) if inside else (0, -1)
    left, right = row[max(0, first - LONGEST_SENTENCE // 2) : first], row[last + 1 : last + 1 + LONGEST_SENTENCE // 2]
    before, after = [token.term for token in left if token.term], [token.term for token in right if token.term]
    near = (*left[-NEAR_WORDS:], *right[:NEAR_WORDS])
    around = Counter((*before, *after, *aliases))
    says = _apart()
    return Scene(
        report,
        sentence,
        event,
        around,
        Counter(token.term for token in near if token.term),
        Counter([*(f"<{term}" for term in before[-BESIDE_WORDS:]), *(f">{term}" for term in after[:BESIDE_WORDS])]),
        {term: n for term, n in around.items() if term[0] in "N#"},
        is_other=any(says.get(token.low) == "other" for token in left[-CLOSE_WORDS:]),
        is_answer=any(says.get(token.low) == "answer" for token in (*left, *right)),
    )


@cache
def _apart() -> Mapping[str, str]:
    with (Path(__file__).parent / "apart.csv").open(encoding="utf-8", newline="") as table:
        return {row["word"]: row["says"] for row in csv.DictReader(table)}


def _days(findings: Findings) -> list[tuple[Span, int, int]]:
    """The times of a report that are bounded on both sides, as ordinals."""
    return [
        (when.span, date.fromisoformat(when.earliest).toordinal(), date.fromisoformat(when.latest).toordinal())
        for when in sorted(findings.times)
        if when.earliest and when.latest
    ]


def _days_of(event: Event, days: Sequence[tuple[Span, int, int]]) -> tuple[int, int] | None:
    """The days that the event's own time gives."""
    own = [role.span for role in event.roles if role.name == "time"]
    return next((one[1:] for one in days if any(one[0].start < s.end and s.start < one[0].end for s in own)), None)


def _said(event: Event, findings: Findings, sentence: Span) -> Span:
    """What of the sentence belongs to the innermost claim that tells of the event; the sentence where none does."""
    holding = (
        Span(max(span.start, sentence.start), min(span.end, sentence.end))
        for claim in findings.claims
        for span in claim.content
        if span.start <= event.span.start < span.end
    )
    return min(holding, key=lambda span: (span.end - span.start, span), default=sentence)


def _days_in(days: Sequence[tuple[Span, int, int]], said: Span) -> tuple[int, int] | None:
    inside = [one[1:] for one in days if said.start <= one[0].start < said.end]
    return inside[0] if len(inside) == 1 else None
