"""Which words of one name are which of another."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sayso.names.parts import Word
from sayso.names.spelling import likeness

LEAST = 0.02
"""Words less likely to be one than this are no pair."""
LEAST_TOGETHER = 0.8
"""The same for words that were written together on one side: there are many ways to join words."""
MOST_TOGETHER = 3
INITIAL = 0.75
"""Likelihood of a letter for a name that begins with it. A guess; the lists have no initials."""
SHORT = 0.8
"""The same for a short form ("Ted" for "Theodore")."""
ADDED = 0.5
"""Factor for "Abdul Karim" and "Karim", or "Noureddine" and "Nour": other names as a rule, now and then shortened."""
OTHER_SIGNS = 0.2
"""Likelihood at most of words that differ in a sign of their common script: each sign is a word or a syllable."""
WORDS_ALIGNED = 12
"""Of longer names only so many words are looked at: the time goes with the square."""


class Pair(NamedTuple):
    """Words of one name and those of the other that are taken for the same, by their indices."""

    ours: tuple[int, ...]
    theirs: tuple[int, ...]
    likely: float
    """0 to 1."""


def align(us: Sequence[Word], them: Sequence[Word]) -> list[Pair]:
    """The likeliest pairs of words, the best first. No word is in two pairs, but for words that a name says twice."""
    us, them = us[:WORDS_ALIGNED], them[:WORDS_ALIGNED]
    rated = [(-pair.likely, -len(pair.ours) - len(pair.theirs), pair) for pair in _pairs(us, them)]
    taken, theirs, chosen = set[int](), set[int](), list[Pair]()
    for _, _, pair in sorted(rated):
        if taken.isdisjoint(pair.ours) and theirs.isdisjoint(pair.theirs):
            chosen.append(pair)
            taken.update(pair.ours)
            theirs.update(pair.theirs)
    for index in range(len(us)):
        twin = next((p for p in chosen if index not in taken and us[p.ours[0]].text == us[index].text), None)
        chosen.extend([Pair((index,), twin.theirs, twin.likely)] if twin else [])
    for index in range(len(them)):
        twin = next((p for p in chosen if index not in theirs and them[p.theirs[0]].text == them[index].text), None)
        chosen.extend([Pair(twin.ours, (index,), twin.likely)] if twin else [])
    return chosen


def together(words: Sequence[Word], which: Sequence[int]) -> str:
    """Words written together."""
    return words[which[0]].text if len(which) == 1 else "".join(words[index].text for index in which)


def _pairs(us: Sequence[Word], them: Sequence[Word]) -> Iterator[Pair]:
    for i, our in enumerate(us):
        for j, their in enumerate(them):
            likely = likely_same(our, their)
            if likely > LEAST:
                yield Pair((i,), (j,), likely)
    for which, j, likely in _joined(us, them):
        yield Pair(which, (j,), likely)
    for which, i, likely in _joined(them, us):
        yield Pair((i,), which, likely)


def _joined(apart: Sequence[Word], whole: Sequence[Word]) -> Iterator[tuple[tuple[int, ...], int, float]]:
    """Neighbours on one side that are written as one word on the other."""
    lengths = [len(word.text) for word in apart]
    for size in range(2, min(len(apart), MOST_TOGETHER) + 1):
        for start in range(len(apart) - size + 1):
            length = sum(lengths[start : start + size])
            for j, word in enumerate(whole):
                if -2 <= length - len(word.text) <= 2 and length > 3 and word.vowelless == apart[start].vowelless:
                    which = tuple(range(start, start + size))
                    likely = likeness(together(apart, which), word.text)
                    if likely > LEAST_TOGETHER:
                        yield which, j, likely


def likely_same(our: Word, their: Word) -> float:
    """How likely two words are one name, 0 to 1."""
    if our.text == their.text and our.signs == their.signs:
        return 1.0
    if our.sort == "initial" or their.sort == "initial":
        return INITIAL if our.text[:1] == their.text[:1] and our.sort != their.sort else 0.0
    if our.sort == "letters" or their.sort == "letters" or (our.added and their.added and our.added != their.added):
        return 0.0
    if are_short(our.text, their.text):
        return SHORT
    one, other = (their, our) if their.vowelless else (our, their)
    likely = likeness(one.stem, other.stem, vowelless=one.vowelless != other.vowelless)
    if our.signs and their.signs and our.signs != their.signs:
        return min(likely, OTHER_SIGNS)
    return likely * (ADDED if our.added != their.added else 1)


def are_short(one: str, other: str) -> bool:
    """Whether one word is a known short form of the other ("Ted", "Theodore")."""
    return (one, other) in _shorts() or (other, one) in _shorts()


@cache
def _shorts() -> frozenset[tuple[str, str]]:
    with (Path(__file__).parent / "nicknames.csv").open(encoding="utf-8", newline="") as rows:
        return frozenset((row["name"], row["short"]) for row in csv.DictReader(rows))
