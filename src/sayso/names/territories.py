"""Names of states and territories, and the words for their people: what is spelled as it is, and what only describes.

The names are those of the Unicode CLDR in English, as babel has them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from sayso.kit import fold
from sayso.names.folding import romanise

ALLIANCES = frozenset({"UN", "EU", "EZ"})
"""Codes among those of territories that are none."""

_LARGEST_CODE = 2
"""Letters of a territory's code; those of continents and their parts are numbers."""

_ENDINGS = (
    ("a", "an"), ("a", "ese"), ("a", "ine"), ("an", "anese"), ("e", "ean"), ("e", "ian"), ("e", "an"), ("es", "i"),
    ("istan", ""), ("o", "an"), ("o", "ese"), ("on", "ese"), ("um", "an"), ("y", "ian"), ("y", ""), ("", "i"),
    ("", "ian"), ("", "an"), ("", "ese"), ("", "er"),
)  # fmt: skip
"""Endings of names of countries, and what stands for them in the word for their people: "-a", "-an"."""

_OF_A_PEOPLE = re.compile(r"(?:ish|ese|an|ch|ek|ic)$")
"""How names of languages end that are words for a people, too."""

_SHORTEST_PEOPLE = 5
"""Letters of a word for a people: shorter ones are family names as well."""


def are_two(one: str, other: str) -> bool:
    """Whether both words, in small Latin letters, are names of territories, and not of the same one."""
    known = _single_words()
    return one != other and one in known and other in known and known[one] != known[other]


def territory(core: str) -> str:
    """The code of a state, territory or alliance that has this folded name or these first letters; "" for none.

    First letters that fit several stand for none of them.
    """
    return _names().get(core, "") or _initials().get(core, "")


def is_written_out(core: str) -> bool:
    """Whether a folded name is that of a territory, not its first letters."""
    return core in _names()


def is_people(core: str) -> bool:
    """Whether a folded name is a word for the people of a country, a continent or a language, one or many of them.

    Such a word describes: it names nobody.
    """
    return core in _peoples() or core.removesuffix("s") in _peoples()


@cache
def _single_words() -> dict[str, str]:
    """Names of one word, each with its code."""
    return {romanise(name): code for name, code in _all() if " " not in name}


def _all() -> Iterator[tuple[str, str]]:
    """Names with the codes of states and territories, and of three alliances."""
    from babel import Locale

    for code, name in Locale("en").territories.items():
        if len(code) == _LARGEST_CODE:
            yield name, code


@cache
def _names() -> dict[str, str]:
    return {fold(part): code for name, code in _all() for part in (name, *name.strip(")").split(" ("), _spelt(name))}


def _spelt(name: str) -> str:
    return name.replace("&", "and")


@cache
def _initials() -> dict[str, str]:
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for name, code in _names().items():
        words = [word for word in name.split() if word not in {"and", "of", "the"}]
        if len(words) > 1:
            codes["".join(word[0] for word in words)].add(code)
    return {letters: next(iter(found)) for letters, found in codes.items() if len(found) == 1}


@cache
def _peoples() -> frozenset[str]:
    from babel import Locale

    english = Locale("en")
    found: set[str] = set()
    for code, name in english.territories.items():
        if code not in ALLIANCES:
            found.update(_people_of(fold(name)))
    for name in english.languages.values():
        word = fold(name).split()[0] if fold(name) else ""
        if _OF_A_PEOPLE.search(word):
            found.add(word)
    return frozenset(word for word in found if len(word) >= _SHORTEST_PEOPLE) - _names().keys()


def _people_of(name: str) -> Iterator[str]:
    """What may be the word for the people of a country. Some of it is in no language, and does no harm."""
    before, _, last = name.rpartition(" ")
    for ending, instead in _ENDINGS:
        if last.endswith(ending) and len(last) - len(ending) > 1:
            yield f"{before} {last.removesuffix(ending)}{instead}".strip()
    if before.endswith("i") and " " not in before:  # the first of two words is the people's already
        yield before
