"""Until the matcher is there: are two names spellings of one? Deleted when it comes."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import NamedTuple

from sayso.kit import fold
from sayso.model import MentionKind


class Match(NamedTuple):
    """How alike two names are."""

    score: float
    same: bool
    reason: str


def compare(one: str, other: str, kind: MentionKind) -> Match:
    """Word by word, in order."""
    here, there = fold(one).split(), fold(other).split()
    if len(here) != len(there) or kind == "nationality":
        return Match(0.0, same=False, reason="")
    score = min(SequenceMatcher(None, a, b).ratio() for a, b in zip(here, there, strict=True)) if here else 0.0
    return Match(score, score >= 0.75, "spellings of one name in Latin letters")


def keys(name: str) -> frozenset[str]:
    """The first letters of its words."""
    words = fold(name).split()
    return frozenset({" ".join(word[:2] for word in words), *(word for word in words if len(words) > 1)})
