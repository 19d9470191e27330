"""How likely two words, both in Latin letters, are spellings of one name: Kasim and Qassem, Husayn and Hussein.

Two things are joined. The cost of turning one word into the other by exchanges of up to two letters ("kh" for "q", "ou"
for "u"), each priced by how often it was met between spellings of one name (after Brill and Moore, "An improved error
model for noisy channel spelling correction", ACL 2000). And a logistic over that cost and a few plain measures, which
has seen look-alike names too. The prices (spellings.csv, vowelless.csv) and the weights (weights.toml) are learned from
the Wikidata transliteration lists (Merhav and Ash, COLING 2018; CC0) by `training/names.py`.
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache, lru_cache
from math import exp
from pathlib import Path

from rapidfuzz.distance import OSA

Prices = dict[str, dict[str, float]]
"""Letters of one word, letters of the other ("" for none), price: 0 for the same single letter, else above."""

UNSEEN = 6.0
"""Price of an exchange that the lists do not show: a little more than the dearest one they do show."""

_SOUNDS = str.maketrans("bpfvwckqgjxszdtlrmn", "pppppkkkkkkssttlrmn", "aeiouyh0123456789")
"""Consonants that spellings of one name exchange, to one of them; vowels and h are dropped."""

_FEMININE = (("a", ""), ("a", "o"), ("a", "os"), ("a", "us"), ("ra", "er"), ("aya", "iy"), ("aya", "y"), ("aya", "i"))
"""Endings by which a woman's name differs from a man's in many languages: Daniela, Daniel; Petrova, Petrov."""

_FAR = 0.72
"""Words whose share of differing letters is above this are no spellings of each other, whatever letters they are."""


@lru_cache(maxsize=1 << 18)
def likeness(one: str, other: str, *, vowelless: bool = False) -> float:
    """How likely two words are one name, 0 to 1. Both in small Latin letters, as `folding` makes them.

    `vowelless`: `one` comes from a script that writes few vowels, `other` does not.
    """
    if one == other:
        return 1.0
    if not vowelless:
        one, other = sorted((one, other))
        if OSA.normalized_distance(one, other) > _FAR:
            return 0.0
    values = features(one, other, vowelless=vowelless)
    learned = weights()["vowelless" if vowelless else "spelling"]
    return 1 / (1 + exp(-sum(learned[name] * value for name, value in values.items())))


def features(one: str, other: str, *, vowelless: bool = False) -> dict[str, float]:
    """What the logistic sees of two words."""
    length = max(len(one), len(other), 1)
    paid = price(one, other, prices("vowelless.csv" if vowelless else "spellings.csv"))
    edits = OSA.distance(one, other)
    return {
        "always": 1.0,
        "price": min(paid, 20.0),
        "price per letter": min(paid / length, 4.0),
        "one edit": float(edits == 1),
        "one edit in a short word": (edits == 1) / length,
        "same letters": float(sorted(one) == sorted(other)),
        "first letter": float(one[:1] != other[:1]),
        "shortness": 1 / length,
        "consonants": min(OSA.distance(consonants(one), consonants(other)), 3.0),
        "first consonant": float(consonants(one)[:1] != consonants(other)[:1]),
        "lengths": abs(len(one) - len(other)) / length,
    }


def differ_in_gender(one: str, other: str) -> bool:
    """Whether two words differ by nothing but an ending that makes a man's name a woman's.

    >>> differ_in_gender("daniela", "daniel"), differ_in_gender("mario", "maria"), differ_in_gender("ali", "aly")
    (True, True, False)
    """
    for she, he in ((one, other), (other, one)):
        for her, his in _FEMININE:
            stem = she.removesuffix(her)
            if stem != she and len(stem) > 2 and he == stem + his and (his == "o" or stem[-1] not in "aeiou"):
                return True
    return False


@lru_cache(maxsize=1 << 16)
def consonants(word: str) -> str:
    """The classes of a word's consonants, a letter for each class, none twice in a row.

    >>> consonants("qassem"), consonants("kasim")
    ('ksm', 'ksm')
    """
    classes = word.replace("ph", "f").replace("sh", "s").replace("ch", "k").translate(_SOUNDS)
    return "".join(c for place, c in enumerate(classes) if classes[place - 1 : place] != c)


def price(one: str, other: str, table: Prices) -> float:
    """The cheapest way to turn one word into the other by exchanges of up to two letters for up to two."""
    nothing = table[""]
    here = [0.0] * (len(other) + 1)
    for column in range(1, len(other) + 1):
        here[column] = here[column - 1] + nothing.get(other[column - 1], UNSEEN)
    before: list[float] = []
    none: dict[str, float] = {}
    for row in range(1, len(one) + 1):
        letter, pair = one[row - 1], one[row - 2 : row] if row > 1 else ""
        by_letter, by_pair = table.get(letter, none), table.get(pair, none) if pair else none
        dropped = by_letter.get("", UNSEEN)
        last, before, here = before, here, [here[0] + dropped]
        for column in range(1, len(other) + 1):
            new = other[column - 1]
            exchanged = 0.0 if new == letter else by_letter.get(new, UNSEEN)
            best = min(before[column - 1] + exchanged, before[column] + dropped)
            best = min(best, here[column - 1] + nothing.get(new, UNSEEN))
            if column > 1:
                news = other[column - 2 : column]
                if news in by_letter:
                    best = min(best, before[column - 2] + by_letter[news])
                if news in by_pair:
                    best = min(best, last[column - 2] + by_pair[news])
            if new in by_pair:
                best = min(best, last[column - 1] + by_pair[new])
            here.append(best)
    return here[-1]


@cache
def prices(name: str) -> Prices:
    """A table of learned prices, for both directions if it says so by its columns' names."""
    table: Prices = {"": {}}
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            table.setdefault(row["letters"], {})[row["others"]] = float(row["price"])
    return table


@cache
def weights() -> dict[str, dict[str, float]]:
    """The learned weights: of two words, of two words one of which has few vowels, of two names; and the threshold."""
    found: dict[str, dict[str, float]] = tomllib.loads((Path(__file__).parent / "weights.toml").read_text("utf-8"))
    return found
