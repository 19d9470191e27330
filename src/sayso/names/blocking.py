"""Which names are worth comparing at all: codes that spellings of one name share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import permutations

from sayso.names.parts import take_apart
from sayso.names.spelling import consonants

LONG = 6
"""Words of a name that are looked at."""

_SOFT = re.compile(r"c(?=[eiy])|sch|ch|tz|ts|tch")
_SILENT = re.compile(r"kh|j|w|gh|(?<=o)u")


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
