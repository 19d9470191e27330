"""Numbers in names: in figures, in words, ordinal, Roman."""

from __future__ import annotations

import re

_UNITS = (
    "zero one,first two,second three,third four,fourth five,fifth six,sixth seven,seventh eight,eighth nine,ninth "
    "ten,tenth eleven,eleventh twelve,twelfth thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: n for n, words in enumerate(_UNITS.split()) for word in words.split(",")} | {
    word: 10 * n for n, word in enumerate(_TENS.split(), 2)
}
_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)$")


def number_of(word: str, plain: str, *, first: bool) -> str | None:
    """The number that a word of a name stands for, in figures; None if it is none.

    Roman numbers are read up to 39, in capitals, and not as the first word; one letter only if it is V or X.

    >>> [number_of(w, w.lower(), first=False) for w in ("44", "1st", "Forty", "XIV", "I", "Army", "04b")]
    ['44', '1', '40', '14', None, None, '4b']
    """
    if plain[:1].isdigit():
        return _ORDINAL.sub("", plain).lstrip("0") or "0"
    if plain in _VALUES:
        return str(_VALUES[plain])
    if not first and word.isupper() and (len(word) > 1 or word in "VX") and _ROMAN.fullmatch(word):
        return str(_roman(word))
    return None


def _roman(word: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in word]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
