"""Which names are worth comparing at all: codes that spellings of one name share, and words that have partners."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, permutations

from rapidfuzz.distance import OSA

from sayso.names.aligning import are_short
from sayso.names.forms import PARTICLES
from sayso.names.parts import meaning, take_apart
from sayso.names.spelling import consonants, likeness

LONG = 6
"""Words of a name that are looked at."""

LEAST_SHARED = 0.15
"""Share of pairs of letters in common (Dice 1945) from which two words may be one. Of names of two tokens each of the
Wikidata transliteration lists (Arabic, Russian) that the matcher takes for one, 99 in 100 pass."""

SHORTEST_ALIKE = 6
"""Letters of a name of one word that can be another spelling of a name of one word: of shorter ones ("Fen", "Ven";
acronyms) too many are alike by chance."""

LEAST_LIKELY = 0.3
"""Words less likely to be one than this, in both names, keep the matcher's score below 0.3: so its weights have it."""

MOST_CONSONANTS = 2
"""Consonants in which two words may differ: of 34,000 pairs of words of a case, none with more was likely."""

SHORTEST_WORD = 3
"""Letters of a word that is compared by its letters."""

_SOFT = re.compile(r"c(?=[eiy])|sch|ch|tz|ts|tch")
_SILENT = re.compile(r"kh|j|w|gh|(?<=o)u")


@lru_cache(maxsize=1 << 17)
def keys(name: str) -> frozenset[str]:
    """Short codes, of which two spellings of one name nearly always share one.

    For each two words the first three consonants of one with the first letter of the other; of a name of one word the
    first three; of all words, as if written together, the first six. Consonants that are often exchanged count as one
    ("k", "q"), and where a letter is read in two ways ("c", "j") there are codes for both. Of a name in capitals and
    of three words and more, the first letters.
    """
    found = set[str]()
    for person in (True, False):
        parts = take_apart(name, person=person)
        words = [word.text for word in parts.words[:LONG]]
        found.update(_codes(words, [consonants(word) for word in words]))
        found.update(_codes(words, [_softly(word) for word in words]))
        if not person:
            found.update(f"={letters}" for letters in (parts.acronym, parts.initials) if len(letters) > 2)
    return frozenset(found)


def _codes(words: Sequence[str], sounds: Sequence[str]) -> Iterator[str]:
    yield "".join(sounds)[:6] or "".join(words)[:3]
    if len(words) == 1:
        yield f"1 {sounds[0][:3]}"
    firsts = ["a" if word[0] in "aeiouhy" else sound[:1] for word, sound in zip(words, sounds, strict=True)]
    for one, other in permutations(range(len(words)), 2):
        yield f"{sounds[one][:3]} {firsts[other]}"


@lru_cache(maxsize=1 << 16)
def _softly(word: str) -> str:
    """The consonants where "ch" is heard as "s", and "j", "kh" and "w" hardly."""
    return consonants(_SILENT.sub("", _SOFT.sub("s", word.replace("x", "ks"))))


def may_be_alike(one: str, other: str) -> bool:
    """Whether the matcher is to be asked at all: each word of one name has a word in the other like it.

    Two names of which both have a word without a partner are never the same to the matcher, which is slow. Short
    words are often alike by chance: these must be the same.
    """
    if not (one.isascii() and other.isascii()):  # of two scripts, perhaps
        return True
    here, there = _words(one), _words(other)
    if len(here) <= len(there) <= 2 or len(there) <= len(here) <= 2:
        lone = _lone(one), _lone(other)
        if all(lone) and lone[0] != lone[1] and min(map(len, lone)) < SHORTEST_ALIKE:
            return False
    return _has_partners(here, there) or _has_partners(there, here)


@lru_cache(maxsize=1 << 17)
def _lone(core: str) -> str:
    """The only word of a name that counts, legal forms and articles aside; "" for several."""
    if core.partition(" ")[0] in PARTICLES:
        return ""
    words = take_apart(core, person=False).words
    return words[0].text if len(words) == 1 else ""


@lru_cache(maxsize=1 << 17)
def _words(core: str) -> tuple[str, ...]:
    return tuple(map(meaning, core.split()))


def _has_partners(here: tuple[str, ...], there: tuple[str, ...]) -> bool:
    for word in here:
        if word not in there:
            for other in there:
                if _can_be_one(word, other):
                    break
            else:
                return False
    return True


@lru_cache(maxsize=1 << 20)
def _can_be_one(one: str, other: str) -> bool:
    """Whether two words may be a pair that does not keep two names apart."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if len(short) < SHORTEST_WORD or long.startswith(short) or long.endswith(short):  # initials; run together
        return _share_letters(short, long)
    if OSA.distance(consonants(short), consonants(long), score_cutoff=MOST_CONSONANTS) > MOST_CONSONANTS:
        return are_short(short, long) and _share_letters(short, long)
    return _share_letters(short, long) and (likeness(short, long) >= LEAST_LIKELY or are_short(short, long))


def _share_letters(one: str, other: str) -> bool:
    here, there = _letter_pairs(one), _letter_pairs(other)
    return 2 * len(here & there) >= LEAST_SHARED * (len(here) + len(there))


@lru_cache(maxsize=1 << 17)
def _letter_pairs(word: str) -> frozenset[str]:
    return frozenset(a + b for a, b in pairwise(f" {word} "))
