"""Words and marks of a sentence, for the grammars of counts."""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.model import Span

_TOKEN = re.compile(
    r"\d(?:[\d,.]{0,24}\d)?"  # 52, 1,200, 1.2
    r"|(?:[A-Z]\.){2,4}"  # U.S.
    r"|n['’]t\b"
    r"|[^\W\d_](?:(?!n['’]t\b)[^\W_]){0,40}(?:[-‑][^\W_]{1,30}){0,5}"  # fifty-two, F-16
    r"|['’][a-z]{1,2}\b"  # the possessive, and verbs cut short
    r"|\S"
)


_WORD = re.compile(r"[a-z]+|\d+")


def words_of(text: str, span: Span) -> list[str]:
    """The runs of letters without accents and of digits in a span, in lower case: a quick look before `cut`."""
    return _WORD.findall(text[span.start : span.end].lower())


class Tokens(NamedTuple):
    """The words, numbers and marks of a stretch of text, in order."""

    text: str
    words: list[str]
    """In lower case, curly apostrophes straight."""
    starts: list[int]
    ends: list[int]

    def word(self, at: int) -> str:
        """The word at an index, "" before the first and after the last."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def written(self, at: int) -> str:
        """The same as it stands in the text."""
        return self.text[self.starts[at] : self.ends[at]]

    def is_capital(self, at: int) -> bool:
        """Whether the word begins with a capital letter."""
        return 0 <= at < len(self.words) and self.text[self.starts[at]].isupper()

    def touches(self, at: int) -> bool:
        """Whether no space stands before the token at an index."""
        return 0 < at < len(self.words) and self.ends[at - 1] == self.starts[at]


def cut(text: str, span: Span) -> Tokens:
    """The tokens of a span of the text."""
    found = list(_TOKEN.finditer(text, span.start, span.end))
    words = [one.group().lower().replace("’", "'") for one in found]
    return Tokens(text, words, [one.start() for one in found], [one.end() for one in found])
