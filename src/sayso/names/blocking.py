"""Which names are worth comparing at all: codes that spellings of one name share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import permutations

from sayso.names.parts import take_apart
from sayso.names.spelling import consonants

LONG = 6
"""Words of a name that are looked at."""


def keys(name: str) -> frozenset[str]:
    """Short codes, of which two spellings of one name nearly always share one.

    For each two words the first consonants of one with the first of the other; of one word more consonants; of a name
    in capitals the name, and of three words and more their first letters.
    """
    found = set[str]()
    for person in (True, False):
        parts = take_apart(name, person=person)
        found.update(_codes([word.text for word in parts.words[:LONG]]))
        if not person:
            found.update(f"={letters}" for letters in (parts.acronym, parts.initials) if len(letters) > 2)
    return frozenset(found)


def _codes(words: Sequence[str]) -> Iterator[str]:
    sounds = [consonants(word) for word in words]
    yield "".join(sounds)[:5] or "".join(words)[:3]
    for one, other in permutations(range(len(words)), 2):
        yield f"{sounds[one][:3]} {sounds[other][:1]}"
