"""How firmly something is said: hedges in the words, and along the chain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.drafts.units import Unit
from sayso.kit import FIRMNESS, weakest
from sayso.model import Span
from sayso.words import lemma

_HEDGE = re.compile(
    r"\b(?:may|might|could|perhaps|maybe|possibl[ye]|probabl[ye]|likel(?:y|iest)|unlikely|apparent(?:ly)?|appear(?:s|ed)?|"
    r"seem(?:s|ed)?|seemingly|presumabl[ye]|purported(?:ly)?|allegedly|reportedly|suspect(?:s|ed)?|suggest(?:s|ed)?|"
    r"fear(?:s|ed)?|believ(?:es?|ed)|thought|thinks?|estimat(?:es?|ed)|assum(?:es?|ed)|expect(?:s|ed)?|"
    r"cannot be sure|not sure|unclear|not clear|not certain)\b",
    re.IGNORECASE,
)
"""Words that hold back from saying that it is so. General English (the weaker terms of Saurí & Pustejovsky 2009)."""


NEAR = 40
"""Code points from a hedge to the words that it hedges, at most: about six words. A rule of thumb."""


def is_hedged(unit: Unit, text: str, content: Sequence[Span], forms: frozenset[str] = frozenset()) -> bool:
    """Whether anything in a claim's chain, cue or words holds back from saying that it is so.

    `content`: the words that are looked at; with `forms`, only those close before or behind words of these forms.
    """
    if FIRMNESS.index(weakest(unit.claim.chain)) >= FIRMNESS.index("probable"):
        return True
    if unit.said_as and unit.said_as.cue and _HEDGE.search(text, *unit.said_as.cue):
        return True
    return any(
        not forms or _is_near(text, Span(*found.span()), span, forms)
        for span in content
        for found in _HEDGE.finditer(text, *span)
    )


def _is_near(text: str, hedge: Span, part: Span, forms: frozenset[str]) -> bool:
    """Whether the words right after a hedge, up to a comma, or the one before it, are among those that are told."""
    after = re.split(r"[,;:.]", text[hedge.end : min(part.end, hedge.end + NEAR)])[0]
    return any(lemma(word) in forms for word in re.findall(r"[^\W_]+", after)[:4])
