"""Whether a claim says that something happened or did not, and whether a reporter concludes it or tells it."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from sayso.model import Event, Polarity, Span, Stance

HAPPENED = 1.0
"""From this factuality on a "not" beside an event belongs to something else ("not only did it burn"); below it the
words do not say that it happened (Saurí & Pustejovsky 2009)."""

REACH = 3
"""Words before an event in which its "not" stands ("has not yet been found"): a rule of thumb."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NOT = frozenset({"not", "never", "cannot", "neither", "hardly", "nor"})
_NOBODY = frozenset({"no", "nobody", "none", "nothing", "neither", "not"})
"""A part that begins with one of these, or stands behind it, is nobody's: "nobody", "no door", "not one flare"."""
_COPULAS = frozenset({"be", "have", "do"})


def polarity(stance: Stance, text: str, content: Sequence[Span], events: Sequence[Event]) -> Polarity:
    """Whether the main event is told not to have happened ("negative"); `events` in the order of the text.

    The main event is the first that has a part for somebody or something, else the first. What is ordered, asked for or
    still to come has not happened either, so that factuality alone does not tell: a word that negates must stand by it,
    or nobody have a part in it. Under a denial all events are told as not having happened: that is the voice's stance,
    and the content is taken as it stands.
    """
    main = next((event for event in events if event.roles), events[0] if events else None)
    if main is None or stance == "denies":
        return "positive"
    part = next((span for span in content if span.start <= main.span.start < span.end), content[0])
    parts = (role.span for role in main.roles if role.name in {"agent", "patient"})
    is_nobodys = any(_is_nobodys(text, span, part) for span in parts)
    return "negative" if is_nobodys or _is_negated(text, main, part) else "positive"


def _is_nobodys(text: str, span: Span, part: Span) -> bool:
    words = [*_before(text, span.start, part)[-1:], *_WORD.findall(text, *span)[:1]]
    return any(word.casefold() in _NOBODY for word in words)


def _is_negated(text: str, event: Event, part: Span) -> bool:
    before = _before(text, event.span.start, part)[-REACH:]
    behind = _WORD.match(text, event.span.end + 1, part.end) if event.lemma in _COPULAS else None
    if behind and _negates(behind[0]):
        return True
    return event.factuality < HAPPENED and any(_negates(word) for word in before)


def _before(text: str, place: int, part: Span) -> list[str]:
    """The words of the clause before a place."""
    return _WORD.findall(re.split(r"[,;:.!?]", text[part.start : place])[-1]) if place > part.start else []


def _negates(word: str) -> bool:
    return word.casefold() in _NOT or word.casefold().endswith(("n't", "n’t"))


def is_inferred(words: str) -> bool:
    """Whether words of a reporter draw a conclusion: "it appeared likely", "suggesting that", "must have been".

    >>> is_inferred("The doors must have been shut."), is_inferred("The colonel appeared in court.")
    (True, False)
    """
    return bool(_conclusions().search(words))


@cache
def _conclusions() -> re.Pattern[str]:
    with (Path(__file__).parent / "conclusions.csv").open(encoding="utf-8", newline="") as table:
        rows = [re.escape(row["words"]).replace(r"\ ", r"\s{1,4}") for row in csv.DictReader(table)]
    return re.compile(rf"\b(?:{'|'.join(sorted(rows, key=len, reverse=True))})\b", re.IGNORECASE)
