"""Kind, stance, certainty and manner of an attribution."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, get_args

import numpy as np

from sayso.attribution import stances
from sayso.attribution.decode import Array
from sayso.attribution.drafts import Draft
from sayso.model import Certainty, Kind, Manner, Span, Stance

KINDS: tuple[Kind, ...] = get_args(Kind)
STANCES: tuple[Stance, ...] = get_args(Stance)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)
"""In the order of the model's scores: named 2, then these."""

OPENING_WORDS = 20
"""Words of the content in which a hedge is taken for the speaker's own: later ones hedge details."""

LEAST_STEM = 4
"""Shorter words of the cue table ("may", "no", "for") take no endings; "ask" lists its own."""

_MARK = re.compile(r"[“”\"«»]|``|''")
_REJECTION = re.compile(r"\W*+(?:\w++\W++){0,3}?(?:disagreement with|opposition to|rejection of)\b", re.IGNORECASE)
"""How a content begins that is itself a rejection, after a verb that tells nothing: "voiced strong opposition to"."""

_WORD_OR_MARK = re.compile(_MARK.pattern + r"|[^\W_]+(?:['’-][^\W_]+)*")


SCORES = 2 + len(KINDS) + len(STANCES) + len(CERTAINTIES)
"""How many scores `Draft.labels` holds."""


def read(text: str, draft: Draft) -> tuple[Kind, Stance, Certainty]:
    """What the model and the cue's own words say of the last voice.

    A quotation that layout alone attributes gets the commonest values.
    """
    if not len(draft.labels):
        return "unspecified", "asserts", "certain"
    kinds, _, certainties = _parts(draft.labels)
    cue = text[draft.cue.start : draft.cue.end] if draft.cue else ""
    kind = KINDS[int(kinds.argmax())]
    said = " ".join(text[s.start : s.end] for s in draft.content)
    scores, settled = stance_scores(cue, draft)
    if not settled:
        scores = scores + stances.evidence(stances.features(said), STANCES)
    stance = "denies" if not settled and _REJECTION.match(said) else STANCES[int(scores.argmax())]
    opening = " ".join(said.split()[:OPENING_WORDS])
    firmness = _evidence(cue, CERTAINTIES, "certainty") + _evidence(opening, CERTAINTIES, "content")
    certainty = CERTAINTIES[int((certainties + firmness).argmax())]
    return kind, stance, "unknown" if stance in {"asks", "declines"} else certainty  # decision 7 of the guidelines


def stance_scores(cue: str, draft: Draft) -> tuple[Array, bool]:
    """Log scores of the six stances by the model and the cue's own words, and whether these settle it.

    They do where the cue has a listed word, or where a stance is likeliest of which contents tell nothing.
    """
    told = _evidence(cue, STANCES, "stance")
    scores = _parts(draft.labels)[1] + told
    return scores, bool(told.any()) or STANCES[int(scores.argmax())] not in {"asserts", *stances.LEARNED}


def kind_scores(draft: Draft) -> Array:
    """The model's log scores of the ten kinds."""
    return _parts(draft.labels)[0]


def _parts(scores: Array) -> tuple[Array, Array, Array]:
    first = 2 + len(KINDS)
    second = first + len(STANCES)
    return scores[2:first], scores[first:second], scores[second:]


@lru_cache(maxsize=1 << 14)  # most cues are a few words that come again and again
def _evidence(cue: str, values: tuple[str, ...], part: str) -> Array:
    """The bonus of each value whose words the cue holds, by this part of the table; the longest match alone counts."""
    patterns = _table()[part]
    found = {value: _longest(patterns[value], cue) for value in values if value in patterns}
    longest = max(found.values(), default=0)
    bonus = _table()["bonus"]
    return np.array([bonus if longest and found.get(v) == longest else 0.0 for v in values], dtype=np.float32)


def _longest(pattern: re.Pattern[str], cue: str) -> int:
    plain = cue.replace("n’t", " not").replace("n't", " not")
    return max((len(match[0]) for match in pattern.finditer(plain)), default=0)


@cache
def _table() -> dict[str, Any]:
    raw = tomllib.loads((files("sayso.attribution") / "cues.toml").read_text(encoding="utf-8"))
    for part in ("stance", "certainty", "content"):
        raw[part] = {value: _pattern(words) for value, words in raw[part].items()}
    return raw


def _pattern(entries: Sequence[str]) -> re.Pattern[str]:
    """The entries as words, each word with its endings: deny, denies, denied, denying."""
    forms = (r"\W+(?:\w+\W+)?".join(_with_endings(word) for word in entry.split()) for entry in entries)
    return re.compile(rf"\b(?:{'|'.join(forms)})\b", re.IGNORECASE)


def _with_endings(word: str) -> str:
    if len(word) < LEAST_STEM:
        return word
    stem = re.sub(r"(?:e|y)$", "", word)
    return rf"{stem}(?:e|y|ie)?(?:s|d|ed|ing|es)?"


def manners(text: str, drafts: Sequence[Draft], holders: Sequence[int | None]) -> list[Manner]:
    """Direct, mixed or indirect, by the quotation marks that are each one's own: no holder's, no nested one's."""
    inner: dict[int, list[Span]] = {}
    for i, holder in enumerate(holders):
        if holder is not None:
            inner.setdefault(holder, []).extend(drafts[i].content)
    return [_manner(text, draft.content, inner.get(i, [])) for i, draft in enumerate(drafts)]


def _manner(text: str, content: Sequence[Span], nested: Sequence[Span]) -> Manner:
    inside = outside = 0
    for span in content:
        quoted = False
        for at, word in _words_and_marks(text, span):
            if _MARK.fullmatch(word):
                quoted = _next_state(word, quoted=quoted)
            elif not any(n.start <= at < n.end and n != span for n in nested):
                inside, outside = inside + quoted, outside + (not quoted)
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def _words_and_marks(text: str, span: Span) -> list[tuple[int, str]]:
    return [(m.start(), m[0]) for m in _WORD_OR_MARK.finditer(text, span.start, span.end)]


def _next_state(mark: str, *, quoted: bool) -> bool:
    return not quoted if mark == '"' else mark in ("“", "«", "``")
