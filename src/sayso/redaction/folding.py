"""Text as it is compared for names: small letters without accents, each with where it stands in the text as written.

What hides a name from the eye of a program is undone: marks and accents, soft hyphens and what is not seen, letters in
full width, a word parted at the end of a line, and the "%C3%A9" of addresses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

_CODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_PARTED = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][^\S\n]{0,3}\r?\n[^\S\n]{0,20}(?=[^\W\d_])")
_SPECIAL = re.compile(f"{_CODED.pattern}|{_PARTED.pattern}")


class Folded(NamedTuple):
    """A folded text."""

    text: str
    starts: Sequence[int]
    """Of each letter, where what it stands for begins in the text as written; as many `ends`."""
    ends: Sequence[int]


def folded(text: str) -> Folded:
    r"""The text folded.

    >>> folded("Émir%C3%A9 Mor-\nren").text
    'emire morren'
    """
    if text.isascii() and not _SPECIAL.search(text):
        places = range(len(text) + 1)
        return Folded(text.lower(), places[:-1], places[1:])
    letters, starts, ends = list[str](), list[int](), list[int]()
    for letter, start, end in _letters(text):
        letters.append(letter)
        starts.extend([start] * len(letter))
        ends.extend([end] * len(letter))
    return Folded("".join(letters), starts, ends)


def _letters(text: str) -> Iterator[tuple[str, int, int]]:
    at = 0
    for special in _SPECIAL.finditer(text):
        yield from ((_plain(text[n]), n, n + 1) for n in range(at, special.start()))
        at = special.end()
        if special[0][0] == "%":
            yield from _decoded(special[0], special.start())
    yield from ((_plain(text[n]), n, n + 1) for n in range(at, len(text)))


def _decoded(coded: str, start: int) -> Iterator[tuple[str, int, int]]:
    """The letters of a percent-encoded stretch (RFC 3986, 2.1), each with its triplets."""
    for letter in unquote_to_bytes(coded).decode("utf-8", "replace"):
        width = 3 * len(letter.encode("utf-8")) if letter != "\ufffd" else 3
        yield _plain(letter), start, start + width
        start += width


@lru_cache(maxsize=1 << 16)
def _plain(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    if unicodedata.category(letter) == "Cf":  # soft hyphens, joiners, marks of direction
        return ""
    parts = unicodedata.normalize("NFKD", letter.replace("’", "'"))
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()


_WORDS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 16)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without an article before it and a possessive behind it.

    >>> words_of("the Émirate’s"), words_of("Ada O'Brien")
    (('emirate',), ('ada', 'o', 'brien'))
    """
    words = _WORDS.findall(re.sub(r"'s$|'$", "", folded(" ".join(name.split())).text))
    return tuple(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)


def joined(words: Sequence[str]) -> str:
    """Words as one."""
    return "".join(chain(words))
