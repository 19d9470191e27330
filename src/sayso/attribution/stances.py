"""What the words of a content tell of its stance: an accusation without an accusing verb, a call without an asking one.

"Vel said the guards locked the gate" lays a wrong at somebody's door, and so `alleges`, though "said" tells nothing.
The classes of words stand in `wrongs.toml`, how much each of them counts in `stances.json`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from sayso.attribution.decode import Array
from sayso.model import Stance

LEARNED: tuple[Stance, ...] = ("alleges", "asks")
"""The stances that contents tell: the others are in the cue."""

WRONGS = ("violence", "deceit", "crime", "failure")

_OTHER = re.compile(r"(?:that |[\"“'‘` ])*(?:they|you|the|[A-Z][a-z]+)\b")


def features(said: str) -> dict[str, float]:
    """What a content's words tell, by name; all between 0 and 1."""
    plain = said.replace("n’t", " not").replace("n't", " not")
    found = {name: len({word.casefold() for word in pattern.findall(plain)}) for name, pattern in _classes().items()}
    wrongs = sum(found[name] for name in WRONGS)
    another = _OTHER.match(said) is not None
    facts = {
        "wrong": wrongs,
        "wrong of another": wrongs and another,
        "wrong denied": wrongs and found["denying"],
        "wrong unreal": wrongs and found["unreal"],
        "another": another,
    }
    out = {name: min(1.0, count / 2) for name, count in found.items()}
    out |= {name: float(bool(fact)) for name, fact in facts.items()}
    return out | {"bias": 1.0, "many wrongs": min(1.0, wrongs / 4), "long": min(1.0, len(said) / 300)}


def evidence(facts: Mapping[str, float], values: Sequence[Stance]) -> Array:
    """What is added to the model's log score of each stance, where the cue's own words tell none."""
    weights = _weights()
    sums = {s: sum(weights[s].get(name, 0.0) * value for name, value in facts.items()) for s in LEARNED}
    return np.array([sums.get(value, 0.0) for value in values], dtype=np.float32)


@cache
def _weights() -> dict[str, dict[str, float]]:
    read: dict[str, dict[str, float]] = json.loads(
        (files("sayso.attribution") / "stances.json").read_text(encoding="utf-8")
    )
    return read


@cache
def _classes() -> dict[str, re.Pattern[str]]:
    raw = tomllib.loads((files("sayso.attribution") / "wrongs.toml").read_text(encoding="utf-8"))
    return {name: _pattern(words) for name, words in raw["content"].items()}


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    forms = "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)
