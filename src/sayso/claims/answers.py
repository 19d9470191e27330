"""The words of a claim that answer a disputed question.

Every candidate is weighed by what speaks for it (`candidates.py`), with weights learned from marked claims
(`training/answers.py`, in `answers.json`): for kinds of questions that ask for alike things together, and for each
question on its own. A motive is a clause: what stands behind "because", "to" or the like, else none is told.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from sayso.claims.candidates import AIMED_AT, NOBODY, SPEAKER, Candidate, candidates, facts
from sayso.claims.content import Content
from sayso.model import Attribution, Slot, Span

FAMILIES: Mapping[Slot, str] = {
    "perpetrator": "actor",
    "ordered_by": "actor",
    "complicity": "actor",
    "killed": "count",
    "injured": "count",
    "missing": "count",
    "detained": "count",
    "date": "date",
    "place": "place",
    "whereabouts": "place",
    "means": "means",
}
"""Questions that ask for alike things share a family's weights. A motive is found by rule."""

_DOERS = frozenset(
    {
        SPEAKER, "mention person", "mention organisation", "mention place", "mention nationality", "filler perpetrator",
        "filler perpetrator_group",
    }
)  # fmt: skip
_NO_DOERS = frozenset({NOBODY, AIMED_AT})
_NO_THINGS = frozenset(
    {
        SPEAKER, "mention person", "mention nationality", "time", "count killed", "count injured", "count missing",
        "count detained",
    }
)  # fmt: skip
"""Signs of what is neither means nor place: people, how many of them, a time."""

_WHY = re.compile(
    r"\b(?:because(?: of)?|in (?:retaliation|response|revenge|reprisal)(?: for| to)?|to avenge|aimed at|"
    r"in order to|designed to|intended to|meant to|motivated by|as (?:revenge|punishment) for|so that|wanted to|"
    r"hop(?:ed|ing) to|in a bid to|so as to|(?:purpose|aim|goal|motive|reason) (?:was|is)|to (?=avenge|punish|force|"
    r"stop|prevent|silence|intimidate|provoke|free|keep|drive|derail|protect|weaken|frighten|warn|show|make|steal|cover))\b\s*",
    re.IGNORECASE,
)


class Chosen(NamedTuple):
    """The words chosen among the candidates."""

    span: Span | None
    """None where there are none."""
    signs: frozenset[str] = frozenset()
    share: float = 1.0
    """Of the softmax over the candidates."""
    weight: float = 0.0
    candidates: int = 0


def choose(
    slot: Slot,
    text: str,
    content: Content,
    said: Attribution | None,
    *,
    is_for: bool,
    weights: Mapping[str, float] | None = None,
) -> Chosen:
    """The words that answer. The speaker's own name where they speak of themselves. `weights`: the shipped ones."""
    if slot == "motive":
        why = motive(text, content)
        return Chosen(why, candidates=int(why is not None))
    several = [one for one in candidates(text, content, said) if can_answer(slot, one)]
    if not several:
        return Chosen(None)
    known = facts(text, content, said, several, is_for=is_for)
    sums = [_weight(slot, one, _weights() if weights is None else weights) for one in known]
    best = sums.index(max(sums))
    share = 1 / math.fsum(math.exp(each - sums[best]) for each in sums)
    return Chosen(several[best].span, several[best].signs, share, sums[best], len(several))


def can_answer(slot: str, one: Candidate) -> bool:
    """Whether it can at all: a day is a time, a doer somebody or a state, and a pronoun answers nothing."""
    family = FAMILIES.get(slot)  # type: ignore[call-overload]
    if family == "date":
        return "time" in one.signs
    if "pronoun" in one.signs:
        return False
    if family == "actor":
        return bool(one.signs & _DOERS) and not one.signs & _NO_DOERS
    return family == "count" or not one.signs & _NO_THINGS


def _weight(slot: Slot, known: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """What speaks for a candidate, summed: the sum is exact, so facts come in any order."""
    kinds = sorted({FAMILIES[slot], slot})
    return math.fsum(value * weights.get(f"{kind}: {name}", 0.0) for name, value in known.items() for kind in kinds)


@cache
def _weights() -> Mapping[str, float]:
    found: dict[str, float] = json.loads((files("sayso.claims") / "answers.json").read_text(encoding="utf-8"))
    return found


def motive(text: str, content: Content) -> Span | None:
    """What stands behind "because", "in order to" and the like, with these words; None where they do not stand."""
    for span in content.claim.content:
        why = _WHY.search(text, *span)
        if why:
            return Span(why.start(), span.end)
    return None
