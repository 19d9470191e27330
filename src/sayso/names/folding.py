"""Words of names in small plain Latin letters, whatever script and accents they were written in."""

from __future__ import annotations

import csv
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from anyascii import anyascii

_VOWELLESS = (("\u0590", "\u06ff"), ("\u0750", "\u077f"), ("\ufb1d", "\ufeff"))
"""Ranges of Unicode with the letters of Hebrew and Arabic, which write few vowels."""


def is_vowelless(word: str) -> bool:
    """Whether a word is written in Hebrew or Arabic letters."""
    return not word.isascii() and any(first <= letter <= last for letter in word for first, last in _VOWELLESS)


@lru_cache(maxsize=1 << 16)
def romanise(word: str) -> str:
    """A word in the letters a to z and digits; "" if nothing of it is a letter or a digit.

    Accents go; Arabic and Hebrew by `scripts.csv`, so that the letters which may stand for vowels stay; all else as
    anyascii has it.

    >>> romanise("Łódź"), romanise("Володимир"), romanise("قاسم")
    ('lodz', 'volodimir', 'qasm')
    """
    if not word.isascii():
        table = scripts()
        plain = unicodedata.normalize("NFKD", word)
        plain = "".join(table.get(c, c) for c in plain if not unicodedata.combining(c))
        greek = "\u0370" <= plain[:1] <= "\u03ff"
        word = anyascii(plain).lower()
        if greek:
            word = _GREEK_FIRST.get(word[:2], word[:2]) + word[2:]
    return "".join(c for c in word.lower() if c.isalnum())


_GREEK_FIRST = {"mp": "b", "nt": "d", "gk": "g"}
"""At the start of a Greek word two letters write one sound."""


@cache
def scripts() -> dict[str, str]:
    """Latin letters for a letter of Arabic or Hebrew."""
    with (Path(__file__).parent / "scripts.csv").open(encoding="utf-8", newline="") as rows:
        return {row["letter"]: row["latin"] or "" for row in csv.DictReader(rows)}


_SIGNS = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"), ("\uf900", "\ufaff"))
"""Ranges of kana, Chinese characters, and Korean syllables."""


def has_signs(word: str) -> bool:
    """Whether a word is written with a sign for each syllable or word, as Chinese, Japanese and Korean are."""
    return not word.isascii() and any(first <= letter <= last for letter in word for first, last in _SIGNS)
