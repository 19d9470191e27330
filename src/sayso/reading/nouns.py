"""What a number counts: the noun behind it, in the singular."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from sayso.reading.numerals import MONTHS, WORDS
from sayso.reading.tokens import Tokens

Sort = Literal["person", "thing", "unknown"]

NOUNS = WORDS["nouns"]
IRREGULAR: dict[str, str] = NOUNS["irregular"]
PEOPLE = frozenset(NOUNS["people"]) | frozenset(IRREGULAR.values()) & frozenset(NOUNS["people"])
COMBATANTS = frozenset(NOUNS["combatants"])
CIVILIANS = frozenset(NOUNS["civilians"])
THINGS = frozenset(NOUNS["things"])
MEASURES = frozenset(NOUNS["measures"])
JOINED_BY = frozenset(NOUNS["joined_by"])
JOINED_TO = frozenset(NOUNS["joined_to"])
TELLING: dict[str, list[str]] = WORDS["telling"]
STOP = frozenset(WORDS["function"]["stop"])
FATED = {word: fate for table in ("fates", "states") for fate, words in WORDS[table].items() for word in words}
"""Participles and adjectives that tell a fate."""
PRONOUNS = frozenset({"them", "whom", "us", "those", "these", "which", "you"})
BEFORE_NOUN = frozenset({"the", "its", "his", "her", "their", "our", "these", "those", "my", "your", "all"})
MAY_FOLLOW = frozenset(FATED) | frozenset((*WORDS["function"]["carrying"], *WORDS["function"]["closing"])) | {
    "shot", "taken", "stabbed", "beaten", "unaccounted", "burned", "crushed",
}  # fmt: skip
"""What can stand behind a number that has no noun: "52 shot dead"."""
NONE = -1
LONGEST = 6
"""Words from the number to its noun at most."""
_ABOUT_PEOPLE = re.compile(r".{2,30}(?:er|or|ist|ian|man|woman|ee|ant|crat|ese)")
_NO_PLURAL = re.compile(r".{0,40}(?:ss|us|is|ous|'s)|.{1,3}|.{0,40}\d.{0,40}")


class Head(NamedTuple):
    """What is counted."""

    noun: str
    """In the singular; "" where no noun stands there."""
    last: int
    """Past the last token of it."""
    sort: Sort
    fate: str = ""
    """A fate that the noun or a word before it tells: "three wounded soldiers"."""
    who: str = ""
    is_part: bool = False
    """Whether it is a part of others: "three of the soldiers"."""
    is_telling: bool = False
    """Whether the noun itself tells the fate: "deaths"."""


def head(tokens: Tokens, at: int, number: float) -> Head | None:
    """The noun behind a number that ends before token `at`; None where a measure or a time stands there.

    Where nothing can be counted ("52 were killed") the noun is "".
    """
    start, is_part = _skipped(tokens, at)
    if is_part and tokens.word(start) in PRONOUNS:
        return _apposed(tokens, start + 1)
    words = _run(tokens, start)
    if tokens.word(at) == "others" or (tokens.word(at) == "other" and len(words) < 2):
        return Head("", at + 1, "person", is_part=is_part)
    found = NONE if words and singular(words[0]) in MEASURES else _chosen(tokens, start, words, singly=number <= 1)
    if found is not None:
        return None if found == NONE else _described(tokens, start, words[: found + 1], is_part=is_part)
    is_bare = not words or words[0] in MAY_FOLLOW
    return Head("", at + (tokens.word(at) == "more"), "unknown", is_part=is_part) if is_bare else None


def _skipped(tokens: Tokens, at: int) -> tuple[int, bool]:
    """Past "more", "of", "of the 12": where the noun phrase begins, and whether the number counts a part of it."""
    if tokens.word(at) in {"more", "-", "odd"}:
        at += 1
    if tokens.word(at)[:1].isdigit() and tokens.word(at + 1) == "-" and tokens.word(at + 2).startswith(("year", "day")):
        at += 3  # "a 52-year-old man"
    if tokens.word(at) != "of":
        return (at + 1, False) if tokens.word(at) in BEFORE_NOUN and tokens.word(at - 1) == "both" else (at, False)
    at += 1
    if tokens.word(at) in PRONOUNS and tokens.word(at) not in {"those", "these"}:
        return at, True
    determined = False
    while tokens.word(at) in BEFORE_NOUN or (determined and tokens.word(at) and _is_number(tokens.word(at))):
        determined = True
        at += 1
    return at, determined


def _is_number(word: str) -> bool:
    return word[0].isdigit() or word in _NUMBER_WORDS or word.partition("-")[0] in _NUMBER_WORDS


_NUMBER_WORDS = frozenset((*WORDS["numbers"]["units"], *WORDS["numbers"]["tens"], "hundred", "dozen", "thousand"))


def _apposed(tokens: Tokens, at: int) -> Head:
    """The noun behind "them", if one stands there: "13 of them children", "two of whom were soldiers"."""
    start = at + 1 if tokens.word(at) in {"were", "are", "was", "is", "being"} else at
    words = _run(tokens, start)
    found = _chosen(tokens, start, words, singly=False)
    if found is None or found < 0 or any(word in FATED for word in words[:found]):
        return Head("", at, "person", is_part=True)
    return _described(tokens, start, words[: found + 1], is_part=True)._replace(is_part=True)


def _run(tokens: Tokens, at: int) -> list[str]:
    """The words from here to the end of the noun phrase at most."""
    words: list[str] = []
    for i in range(at, min(at + LONGEST, len(tokens.words))):
        word = tokens.words[i]
        if word in STOP or not word[0].isalpha() or (words and word in MONTHS and tokens.is_capital(i)):
            break
        words.append(word)
    return words


def _chosen(tokens: Tokens, start: int, words: list[str], *, singly: bool) -> int | None:
    """Which of the words is the noun: the first plural, or the one behind it if that is a plural too.

    None if there is none, `NONE` if it measures and does not count.
    """
    for i, word in enumerate(words):
        if tokens.word(start + i + 1) in {"'s", "'"}:
            return None
        if (
            (is_plural(word) and not (singly and word in FATED))
            or (singly and word in PEOPLE)
            or (not singly and word == "dead")
        ):
            following = words[i + 1] if i + 1 < len(words) else ""
            if singly and not is_plural(word) and following and not _ends_noun(tokens, start + i + 1):
                continue
            if following and following not in FATED and (is_plural(following) or (singly and following in PEOPLE)):
                continue
            return NONE if singular(word) in MEASURES else i
        if word in FATED and i == 0 and not any(map(is_plural, words[1:])) and not singly:
            return None
    return None


def _is_people(word: str) -> bool:
    return is_plural(word) and sort(singular(word)) == "person" and word != "others"


def _ends_noun(tokens: Tokens, at: int) -> bool:
    """Whether the word behind a singular does not belong to the same noun: "a soldier wounded", not "a soldier boy"."""
    word = tokens.words[at]
    return word in FATED or word.endswith(("ed", "ing", "ly")) or (tokens.is_capital(at) and word not in PEOPLE)


def _described(tokens: Tokens, start: int, words: list[str], *, is_part: bool) -> Head:
    last = start + len(words)
    noun = singular(words[-1])
    if tokens.is_capital(last - 1) and noun not in PEOPLE and words[-1] not in IRREGULAR and start + 1 <= last:
        noun = noun[:1].upper() + noun[1:] if not tokens.written(last - 1).isupper() else noun
    told = TELLING.get(noun, ["", ""])
    fate = told[1] or next((FATED[word] for word in words[:-1] if word in FATED), "")
    kind = sort(noun, is_capital=tokens.is_capital(last - 1))
    if len(words) > 1 and words[-2] in JOINED_BY and noun in JOINED_TO:
        noun = f"{words[-2]} {noun}"
    if kind == "person" and tokens.word(last) == "and" and _is_people(tokens.word(last + 1)):
        noun, last = "person", last + 2  # "men and women"
    sorted_as: Sort = "person" if told[0] else kind
    return Head(told[0] or noun, last, sorted_as, fate, _who(noun, words), is_part, bool(told[0]) and told[0] != noun)


def _who(noun: str, words: list[str]) -> str:
    if noun in CIVILIANS or "civilian" in words:
        return "civilians"
    return "combatants" if noun in COMBATANTS else ""


def is_plural(word: str) -> bool:
    """Whether a word can be a plural noun, by its ending or by the table."""
    if word[-1:] == "s":
        return word in IRREGULAR or not _NO_PLURAL.fullmatch(word)
    return word in IRREGULAR or (word.endswith("men") and word[:-3] + "man" in PEOPLE)


@lru_cache(maxsize=1 << 12)
def singular(word: str) -> str:
    """The singular of a plural in lower case; any other word as it is.

    >>> [singular(word) for word in ("children", "embassies", "boxes", "boats", "crossings")]
    ['child', 'embassy', 'box', 'boat', 'crossing']
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    if not is_plural(word):
        return word
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    return word[:-1]


def sort(noun: str, *, is_capital: bool = False) -> Sort:
    """Whether a noun stands for people, for things, or cannot be told."""
    last = noun.rpartition(" ")[2].rpartition("-")[2]
    if last in PEOPLE or last in TELLING:
        return "person"
    if last in THINGS:
        return "thing"
    return "person" if is_capital or _ABOUT_PEOPLE.fullmatch(last) else "unknown"
