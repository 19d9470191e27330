"""Numbers that count nothing: parts of names and dates, sums, shares, scores, ages, years."""

from __future__ import annotations

import tomllib
from pathlib import Path

from sayso.reading.tokens import Tokens

WORDS = tomllib.loads(Path(__file__).with_name("counts.toml").read_text(encoding="utf-8"))

SMALL = {word: value for value, word in enumerate(WORDS["numbers"]["units"])} | {
    word: value for value, word in zip(range(20, 100, 10), WORDS["numbers"]["tens"], strict=True)
}
MONTHS = frozenset(WORDS["numbers"]["months"])
DESIGNATORS = frozenset(WORDS["numbers"]["designators"])
CURRENCIES = frozenset(WORDS["numbers"]["currencies"])
NAMED_BEFORE = DESIGNATORS | CURRENCIES | MONTHS
NUMBERED = frozenset((*WORDS["nouns"]["people"], *WORDS["nouns"]["things"]))
"""Nouns in the singular: "Suspect 2" is a name."""
PLAIN = frozenset((*WORDS["nouns"]["irregular"], *(f"{noun}s" for noun in WORDS["nouns"]["people"])))
BOUND_ENDS = frozenset(words.split()[-1] for every in WORDS["bounds"].values() for words in every)
BEFORE_YEAR = frozenset(
    {"in", "since", "of", "by", "from", "until", ",", "the", "late", "early", "during", "before", "after"}
)
"""Before these a figure such as 2013 is a year, whatever follows; elsewhere it is none only between a bound and `PLAIN`
people ("about 2013 people"), for counts of a thousand or more are mostly written with a comma."""
EARLY_YEARS, LATE_YEARS = range(1000, 1800), range(1800, 2200)
OPENING = frozenset({"(", '"', "“", "'", "[", "—", "–", "~"})
PARTS = frozenset({":", "/", "%", "'", "°", "*"})


def counts_nothing(tokens: Tokens, at: int) -> bool:
    """Whether the number that begins at a token is not one that counts."""
    if tokens.words[at][0].isdigit() and (_is_cut(tokens, at) or _is_name(tokens, at) or _is_year(tokens, at)):
        return True
    return _is_worded_name(tokens, at) or _is_share(tokens, at)


def _is_cut(tokens: Tokens, at: int) -> bool:
    """Whether a figure is a part of something: "F-16", "52%", "8:30", "24/7", "7th"."""
    if tokens.touches(at) and tokens.words[at - 1] not in OPENING:
        return True
    after = tokens.word(at + 1)
    return tokens.touches(at + 1) and (after[0].isalpha() or after in PARTS)


def _is_name(tokens: Tokens, at: int) -> bool:
    """Whether a figure is a part of a name or date: "flight 804", "page 3 of 12", "May 3", "Suspect 2", "No. 4"."""
    before = tokens.word(at - 1)
    if before in NUMBERED and tokens.is_capital(at - 1):
        return True
    if before == "of" and tokens.word(at - 2)[:1].isdigit():
        return tokens.word(at - 3) in DESIGNATORS
    if before == ".":
        return tokens.word(at - 2) in MONTHS | {"no", "nos"}
    return before in NAMED_BEFORE or tokens.word(at + 1) in MONTHS


def _is_year(tokens: Tokens, at: int) -> bool:
    if not can_be_year(tokens.words[at]):
        return False
    before = tokens.word(at - 1)
    is_bounded = tokens.word(at + 1) in PLAIN and before in BOUND_ENDS
    return before in BEFORE_YEAR or (int(tokens.words[at]) in LATE_YEARS and not is_bounded)


def can_be_year(word: str) -> bool:
    """Whether a word is a figure that can be a year."""
    is_figure = len(word) == 4 and word.isascii() and word.isdigit()
    return is_figure and (int(word) in EARLY_YEARS or int(word) in LATE_YEARS)


def _is_worded_name(tokens: Tokens, at: int) -> bool:
    """Whether a number in words is a part of a name: "Group of Seven", "suspect one"."""
    before = tokens.word(at - 1)
    if before in {"in", "of"} and at > 1 and tokens.is_capital(at) and tokens.is_capital(at - 2):
        return True
    return before == "suspect" and tokens.word(at - 2) != "a"


def _is_share(tokens: Tokens, at: int) -> bool:
    """Whether a number is one of two that tell a share or a rate: "eight in 10", "1 out of 5", "per 100,000 people"."""
    back, ahead = tokens.words[max(0, at - 3) : at], tokens.words[at + 1 : at + 4]
    if back[-1:] == ["per"]:
        return True
    other = ahead[2:3] if ahead[:2] == ["out", "of"] else ahead[1:2] if ahead[:1] == ["in"] else []
    other += back[:1] if back[1:] == ["out", "of"] else back[-2:-1] if back[-1:] == ["in"] else []
    return any((word[0].isdigit() or word in SMALL) and not can_be_year(word) for word in other)
