"""Text in capitals put back into the mixed case of a newspaper, as far as words alone tell.

A word of `lowercase.txt`, and one that ends like a word that is no name, is written small; other words begin with a
capital, as do sentences; short ones with no vowel inside are taken for acronyms. The list holds the
words that UD English EWT, GUM (free genres) and wikigold write small more often than not, inside sentences, and at
least twice: `training/casing.py` makes it.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("lowercase.txt")

WORD = re.compile(r"[a-z]+")
_NOT_A_NAME = re.compile(
    r"\w{2,40}(?:ing|ed|ly|tions?|ments?|ness|ives?|ous|ists?|ism|able|ible|ers?|ies|ance|ence|ees?|ship|ity|"
    r"cy|ized?|less|ful|men|man|s)"
)
_OF_A_NATION = re.compile(r"\w{3,40}(?:ans?|ese)")
_UNSPEAKABLE = re.compile(r"[aeiou]?[^aeiou]{2,4}[aeiou]?")
_OPENS = re.compile(r"(?:\n|[.!?][\"')]?\s)[\"'(]?$")

_ACRONYM, _LEAST_DERIVED = range(3, 5), 7
"""Letters of an acronym, and of the shortest word that is judged by its ending."""


def natural(text: str) -> str:
    """The text in mixed case. Same length, so offsets hold.

    >>> natural("THE POLICE OF KETTERAND SAID NOTHING. THE KLF DID.")
    'The police of Ketterand said nothing. The KLF did.'
    """
    low = text.lower()
    out = list(low)
    for found in WORD.finditer(low):
        start, end = found.span()
        shape = _shape(found[0])
        if low[start - 1 : start] == "'" and end - start <= 2:
            continue
        if shape == "acronym":
            out[start:end] = found[0].upper()
        elif shape == "name" or _OPENS.search("\n" + low[max(0, start - 4) : start], 0 if start < 4 else 1):
            out[start] = found[0][0].upper()
    return "".join(out)


def _shape(word: str) -> str:
    known = _small()
    if len(word) == 1 or word in known or word.removesuffix("s") in known:
        return "small"
    if len(word) in _ACRONYM and _UNSPEAKABLE.fullmatch(word):
        return "acronym"
    if _OF_A_NATION.fullmatch(word):
        return "name"
    stems = (word.removesuffix(ending) for ending in ("ing", "ed", "ly", "er", "ers") if word.endswith(ending))
    if any(stem in known or f"{stem}e" in known for stem in stems):
        return "small"
    return "small" if len(word) >= _LEAST_DERIVED and _NOT_A_NAME.fullmatch(word) else "name"


@cache
def _small() -> frozenset[str]:
    return frozenset(LIST.read_text(encoding="ascii").split())
