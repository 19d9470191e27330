"""What kind of voice speaks: the model's scores of all its attributions together, and what its words say.

One voice is of one kind throughout a report. To the mean of the model's scores come the nouns in the words that name or
describe it ("a spokesman for the port authority"), and whether somebody accuses it: an accused voice is a party.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from sayso.attribution.decode import Array
from sayso.attribution.labels import KINDS
from sayso.attribution.vocabulary import OUTLET_NAMES, singular
from sayso.kit import fold
from sayso.model import UNSPECIFIED, Attribution, Kind

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_NAME = re.compile(r"\b[A-Z][\w'’-]+")


def settle(text: str, attributions: Sequence[Attribution], scores: Mapping[str, Array]) -> tuple[Attribution, ...]:
    """The same attributions with `kind` decided voice by voice.

    `scores` holds the model's ten log scores of kind by attribution id; one found by layout alone has none.
    """
    voices: dict[str, list[Attribution]] = defaultdict(list)
    for one in attributions:
        voices[fold(one.chain[-1].voice)].append(one)
    accused = _accused(text, attributions)
    kinds = {name: _kind(text, spoken, scores, accused) for name, spoken in voices.items()}
    return tuple(replace(one, kind=kinds[fold(one.chain[-1].voice)]) for one in attributions)


def _kind(text: str, spoken: Sequence[Attribution], scores: Mapping[str, Array], accused: frozenset[str]) -> Kind:
    voice = spoken[0].chain[-1].voice
    if voice == UNSPECIFIED:
        return "unspecified"
    table = _table()
    known = [_log_chances(scores[one.id]) for one in spoken if one.id in scores]
    total = np.mean(known, axis=0) if known else np.zeros(len(KINDS), dtype=np.float32)
    described = " ".join([voice, *(text[one.source.start : one.source.end] for one in spoken if one.source)])
    told = {table["kind_of"].get(singular(word)) for word in _WORD.findall(described)}
    if spoken[0].named and OUTLET_NAMES & {fold(word) for word in _NAME.findall(voice)}:
        told.add("media")
    evidence = np.array([table["word"] if kind in told else 0.0 for kind in KINDS])
    evidence[KINDS.index("unspecified")] = -table["word"]
    party = KINDS.index("party")
    if accused & _names(described):
        evidence[party] += table["accused"]
    if any(one.stance == "denies" for one in spoken):
        evidence[party] += table["denies"]
    return KINDS[int((total + evidence).argmax())]


def _log_chances(scores: Array) -> Array:
    shifted = scores - scores.max()
    out: Array = shifted - np.log(np.exp(shifted).sum())
    return out


def _accused(text: str, attributions: Sequence[Attribution]) -> frozenset[str]:
    """The names in what is alleged, as words."""
    said = " ".join(text[s.start : s.end] for one in attributions if one.stance == "alleges" for s in one.content)
    return frozenset(_names(said))


def _names(words: str) -> set[str]:
    return {fold(name) for name in _NAME.findall(words)} - {"the", "a", "an"}


@cache
def _table() -> dict[str, Any]:
    raw = tomllib.loads((files("sayso.attribution") / "kinds.toml").read_text(encoding="utf-8"))
    raw["kind_of"] = {singular(word): kind for kind, words in raw["words"].items() for word in words}
    return raw
