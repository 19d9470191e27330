"""Signs of what kind of voice speaks: the words that describe it, who accuses it, and how it speaks.

The classes of words stand in `kinds.toml`; how much each sign counts for each kind is fitted (`training/kinds.py`).
A party is whoever is accused, claims the act or wages the dispute, governments too; a government that only investigates
or accuses is official (decision 9 of the guidelines). So the office alone does not tell the two apart: accusations do.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import get_args

from sayso.attribution.vocabulary import DAYS, OPENERS, OUTLET_NAMES, TITLES, singular
from sayso.kit import fold
from sayso.model import Attribution, Stance

FIRST_WORDS = 10
"""Words of an accusation within which the accused is named, as a rule."""
MENTIONS = 4
"""Mentions of a name around which it is looked for who that is: the first ones introduce it."""
SIDES = ("rebels", "military", "government", "suspects")
"""Classes whose nouns tell by themselves who is accused: "the guards"."""

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_NAME = re.compile(r"\b[A-Z][\w’'-]*")
_BEFORE = re.compile(r"(?:[\w-]{1,60}+ ){1,3}$")
_BESIDE = re.compile(r", ((?:an? |the |who |[a-z]+ )[^,]{0,80}?)(?:,|\. |$)")
_OWN = re.compile(r"\b(?:we|our|us|ours)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a report says around the names of its voices, and whom it has accused."""

    beside: Mapping[str, str]
    """By the last word of a voice: the words before and after its first mentions."""
    counts: Mapping[str, int]
    places: frozenset[str]
    """Words that stand after "in"."""
    accused: Sequence[tuple[str, frozenset[str], frozenset[str]]]
    """Each accusation: the voice that makes it, who is named at its beginning, who is named in it."""
    length: int
    """Of the text."""


def survey(text: str, attributions: Sequence[Attribution]) -> Surroundings:
    """One pass over the text for all voices."""
    wanted = {words[-1] for a in attributions if (words := _WORD.findall(a.chain[-1].voice))}
    beside: defaultdict[str, list[str]] = defaultdict(list)
    counts: defaultdict[str, int] = defaultdict(int)
    places = set()
    for found in _NAME.finditer(text):
        word = re.split("['’]", found[0])[0]
        if word not in wanted:
            continue
        counts[word] += 1
        if text[max(0, found.start() - 3) : found.start()].casefold() == "in ":
            places.add(word)
        if counts[word] <= MENTIONS:
            before = _BEFORE.search(text, max(0, found.start() - 60), found.start())
            after = _BESIDE.match(text, found.end(), found.end() + 90)
            beside[word] += [part for part in (before and before[0], after and after[1]) if part]
    accused = tuple(_accusation(text, a) for a in attributions if a.stance == "alleges")
    joined = {word: " ".join(parts) for word, parts in beside.items()}
    return Surroundings(joined, counts, frozenset(places), accused, len(text))


def _accusation(text: str, a: Attribution) -> tuple[str, frozenset[str], frozenset[str]]:
    said = " ".join(text[slice(*span)] for span in a.content)
    first = " ".join(said.split()[:FIRST_WORDS])
    return fold(a.chain[-1].voice), _names(first) | _sides(first), _names(said)


def read(text: str, spoken: Sequence[Attribution], around: Surroundings) -> dict[str, float]:
    """The signs of one voice, from all that it says, by name; all between 0 and 1."""
    voice = spoken[0].chain[-1].voice
    words = _WORD.findall(voice)
    described = " ".join([voice, *sorted({text[slice(*a.source)] for a in spoken if a.source})])
    last = words[-1] if words and words[-1][0].isupper() else ""
    own, beside = _classes_in(described), _classes_in(around.beside.get(last, ""))
    signs = dict.fromkeys(own, 1.0) | {f"beside: {name}": 1.0 for name in beside - own}
    shapes = {
        "always": True,
        "in small letters": voice[:1].islower(),
        "several capitals": sum(word[0].isupper() for word in words) > 1,
        "one name": len(words) == 1 and bool(last),
        "initials": len(voice) > 1 and voice.isupper(),
        "a place": last in around.places,
        "an outlet's name": not OUTLET_NAMES.isdisjoint(fold(name) for name in _NAME.findall(voice)),
        "named": spoken[0].named,
    }
    signs |= {name: 1.0 for name, holds in shapes.items() if holds}
    mentions = around.counts.get(last, 0) * 600 / max(1, around.length)
    return signs | _accused(described, fold(voice), around) | _manner(text, spoken) | {"mentions": min(1.0, mentions)}


def _accused(described: str, voice: str, around: Surroundings) -> dict[str, float]:
    """How often others accuse this voice."""
    names, sides = _names(described), _sides(described)
    others = [(first, named) for by, first, named in around.accused if by != voice]
    begun = sum(not first.isdisjoint(names | sides) for first, _ in others)
    held = sum(not named.isdisjoint(names) for _, named in others)
    every = max(1, len(around.accused))
    return {
        "accused first": min(1.0, begun / 3),
        "share accused first": begun / every,
        "accused": min(1.0, held / 4),
        "share accused": held / every,
    }


def _manner(text: str, spoken: Sequence[Attribution]) -> dict[str, float]:
    """How a voice speaks: the share of each stance, of quotations, of "we"."""
    many = len(spoken)
    signs = {stance: sum(a.stance == stance for a in spoken) / many for stance in get_args(Stance)[1:]}
    own = sum(any(_OWN.search(text, *span) for span in a.content) for a in spoken)
    return signs | {
        "has denied": float(signs["denies"] > 0),
        "quoted": sum(a.manner != "indirect" for a in spoken) / many,
        "we": own / many,
        "speaks often": min(1.0, many / 8),
    }


def _classes_in(words: str) -> set[str]:
    table = _table()
    return {name for word in _WORD.findall(words) for name in table.get(singular(word), ())}


def _names(words: str) -> frozenset[str]:
    """The names in some words, without the endings of peoples: a people and its country count as one."""
    small = ((name, name.casefold()) for name in _NAME.findall(words))
    return frozenset(_stem(n) for n, low in small if singular(low) not in TITLES and low not in DAYS | OPENERS)


def _stem(name: str) -> str:
    folded = fold(name).replace(" ", "")
    return re.sub(r"(?:ians?|ans?|ia|is?|s)$", "", folded) if len(folded) > 4 else folded


def _sides(words: str) -> frozenset[str]:
    table = _table()
    nouns = (singular(word) for word in _WORD.findall(words) if word.islower())
    return frozenset(noun for noun in nouns if not table.get(noun, frozenset()).isdisjoint(SIDES))


@cache
def _table() -> dict[str, frozenset[str]]:
    """The classes of each word."""
    raw = tomllib.loads((files("sayso.attribution") / "kinds.toml").read_text(encoding="utf-8"))
    classes: defaultdict[str, set[str]] = defaultdict(set)
    for name, words in raw["words"].items():
        for word in words:
            classes[singular(word)].add(name)
    return {word: frozenset(names) for word, names in classes.items()}
