"""Tokens of a corpus as running text, where the corpus does not say which of them were written together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from training.data import Pair

_LEANS_LEFT = re.compile(r"(?:[,.;:!?)\]}%…”’]|\.{2,3}|''|n['’]t|['’][^\W\d]\w*)$")
_LEANS_RIGHT = frozenset("([{“‘$£€#@") | {"``"}
_BOTH_WAYS = frozenset("/–")
_STRAIGHT = frozenset("\"'")


def join(words: Sequence[str]) -> tuple[str, tuple[Pair, ...]]:
    """One sentence as it may have been written, and where each word stands in it.

    Punctuation follows its word, brackets hold theirs; of straight quotation marks the first opens and the second
    closes; a straight single one after a plural is its possessive.

    >>> join(["Varr", "'s", "men", "(", "all", ")", "left", "."])[0]
    "Varr's men (all) left."
    """
    text, places = "", []
    for word, apart in zip(words, _apart(words), strict=True):
        text += " " if apart and text else ""
        places.append((len(text), len(text) + len(word)))
        text += word
    return text, tuple(places)


def _apart(words: Sequence[str]) -> Iterator[bool]:
    """For each word, whether a space goes before it."""
    glued, open_marks = True, set[str]()
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        if word in _STRAIGHT:
            closes = word in open_marks or (word == "'" and before.endswith("s"))
            yield not (closes or glued)
            open_marks ^= {word} if word in open_marks or not closes else set()
            glued = not closes
        else:
            yield not (glued or _LEANS_LEFT.match(word) or word in _BOTH_WAYS)
            glued = word in _LEANS_RIGHT or word in _BOTH_WAYS
