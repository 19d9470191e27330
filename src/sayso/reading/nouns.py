"""What a number counts: the noun behind it, in the singular."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from sayso.reading.figures import MONTHS, WORDS
from sayso.reading.tokens import Tokens

Sort = Literal["person", "thing", "unknown"]

NOUNS = WORDS["nouns"]
IRREGULAR: dict[str, str] = NOUNS["irregular"]
PEOPLE = frozenset(NOUNS["people"]) | frozenset(IRREGULAR.values()) & frozenset(NOUNS["people"])
COMBATANTS = frozenset(NOUNS["combatants"])
CIVILIANS = frozenset(NOUNS["civilians"])
THINGS = frozenset(NOUNS["things"])
KNOWN = PEOPLE | THINGS
MEASURES = frozenset(NOUNS["measures"])
JOINED_BY = frozenset(NOUNS["joined_by"])
JOINED_TO = frozenset(NOUNS["joined_to"])
TELLING: dict[str, list[str]] = WORDS["telling"]
STOP = frozenset(WORDS["function"]["stop"])
FATED = {word: fate for table in ("fates", "states") for fate, words in WORDS[table].items() for word in words}
"""Participles and adjectives that tell a fate."""
PAIRED = frozenset(WORDS["function"]["paired"])
NOT_PLURAL = frozenset(WORDS["function"]["not_plural"])
MODIFYING = frozenset(WORDS["function"]["modifying"])
"""Plurals that stand before a noun as adjectives do."""
PRONOUNS = frozenset({"them", "whom", "us", "those", "these", "which", "you"})
SUBJECTS = frozenset({"they", "we", "you", "who", "which", "them", "us"})
BEFORE_NOUN = frozenset({"the", "its", "his", "her", "their", "our", "these", "those", "my", "your", "all"})
MAY_FOLLOW = frozenset(FATED) | frozenset((*WORDS["function"]["carrying"], *WORDS["function"]["closing"])) | {
    "shot", "taken", "stabbed", "beaten", "unaccounted", "burned", "crushed",
}  # fmt: skip
"""What can stand behind a number that has no noun: "52 shot dead"."""
CROWDS = frozenset({"dozens", "scores", "hundreds", "thousands", "millions"})
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
    is_group: bool = False
    """Whether it stands before the number: "a family of five"."""
    is_telling: bool = False
    """Whether the noun itself tells the fate: "deaths"."""


def head(tokens: Tokens, at: int, number: float) -> Head | None:
    """The noun behind a number that ends before token `at`; None where a measure or a time stands there.

    Where nothing can be counted ("52 were killed") the noun is "".
    """
    start, is_part = _skipped(tokens, at)
    if is_part and tokens.word(start) in PRONOUNS:
        return None if tokens.word(start) == "which" else _apposed(tokens, start + 1)
    words = _run(tokens, start)
    if words and words[0].endswith("ing") and tokens.word(at - 2) == "with":
        return None  # "with 43 showing signs of it"
    if words in (["other"], ["others"]) or words[:1] == ["others"]:
        return Head("", start + 1, "person", is_part=is_part)
    found = (
        NONE if words and singular(words[0]) in MEASURES else _chosen(tokens, start, words, 2 if is_part else number)
    )
    if found is not None:
        return None if found == NONE else _described(tokens, start, words[: found + 1], is_part=is_part)
    is_bare = not words or words[0] in MAY_FOLLOW
    if _is_crowd(tokens, at):
        return Head("person", at, "person")
    return Head("", at + (tokens.word(at) == "more"), "unknown", is_part=is_part) if is_bare else None


def _is_crowd(tokens: Tokens, at: int) -> bool:
    """Whether a vague number is all that tells who did something: "thousands marched", "dozens have gathered"."""
    return tokens.words[at - 1] in CROWDS and (
        tokens.word(at) in {"have", "had", "were"} or tokens.word(at).endswith("ed")
    )


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
    found = _chosen(tokens, start, words, 2)
    if found is None or found < 0 or any(word in FATED or word.endswith(("ing", "ed")) for word in words[:found]):
        return Head("", at, "person", is_part=True)
    return _described(tokens, start, words[: found + 1], is_part=True)._replace(is_part=True)


def _run(tokens: Tokens, at: int) -> list[str]:
    """The words from here to the end of the noun phrase at most."""
    words: list[str] = []
    for i in range(at, min(at + LONGEST, len(tokens.words))):
        word = tokens.words[i]
        is_paired = word == "and" and words and words[-1] in PAIRED and tokens.word(i + 1) in PAIRED
        if is_paired or (word == "and" and words and words[-1] in MODIFYING):
            words.append(word)  # "five current and former officials", "rights and reform activists"
            continue
        if word in STOP or not word[0].isalpha() or (words and word in MONTHS and tokens.is_capital(i)):
            break
        words.append(word)
    return words


def _chosen(tokens: Tokens, start: int, words: list[str], number: float) -> int | None:
    """Which of the words is the noun: the first plural, or the one behind it if that is a plural too.

    None if there is none, `NONE` if it measures and does not count.
    """
    for i, word in enumerate(words):
        if tokens.word(start + i + 1) in {"'s", "'"}:
            return None
        following = words[i + 1] if i + 1 < len(words) else ""
        if number == 1 and (word in FATED or is_plural(word)) and following not in PEOPLE:
            return None
        if is_plural(word) and number != 1:
            describes = _is_known(following) or (word in MODIFYING and any(map(is_plural, words[i + 1 :])))
            if not describes or singular(word) in MEASURES:
                return NONE if singular(word) in MEASURES else i
        elif number <= 1 and _is_one(tokens, start + i, word, following):
            return i
    return None


def _is_one(tokens: Tokens, at: int, word: str, following: str) -> bool:
    """Whether a word in the singular is the noun: it stands for a person, and what follows is no part of it."""
    is_person = word in PEOPLE or (following in FATED and tokens.is_capital(at))
    return is_person and following not in PEOPLE and not _goes_on(tokens, at + 1, following)


def _is_people(word: str) -> bool:
    return is_plural(word) and sort(singular(word)) != "thing" and word not in {"others", "police", "officials"}


def _is_known(word: str) -> bool:
    """Whether a word is the plural of a noun of the tables, so that a plural before it describes it."""
    return is_plural(word) and word not in FATED and (word in IRREGULAR or singular(word) in KNOWN)


def _goes_on(tokens: Tokens, at: int, word: str) -> bool:
    """Whether the word behind a singular belongs to the same noun: "a soldier boy", not "a soldier wounded"."""
    if not word:
        return False
    return not (word in FATED or word.endswith(("ed", "ing", "ly")) or (tokens.is_capital(at) and word not in PEOPLE))


def _described(tokens: Tokens, start: int, words: list[str], *, is_part: bool) -> Head:
    last = start + len(words)
    noun = singular(words[-1])
    if tokens.is_capital(last - 1) and noun not in KNOWN and words[-1].startswith(noun):
        noun = tokens.written(last - 1)[: len(noun)]  # "American"
    told = TELLING.get(noun, ["", ""])
    fate = told[1] or next((FATED[word] for word in words[:-1] if word in FATED), "")
    kind = sort(noun, is_capital=tokens.is_capital(last - 1))
    if len(words) > 1 and words[-2] in JOINED_BY and noun in JOINED_TO:
        noun = f"{words[-2]} {noun}"
    comma = tokens.word(last) == "," and tokens.word(last + 2) in {"and", ","}
    if kind == "person" and (comma or tokens.word(last) == "and") and _is_people(tokens.word(last + 1)):
        noun, last = "person", last + 2  # "men and women", "men, women and children"
    sorted_as: Sort = "person" if told[0] else kind
    return Head(
        told[0] or noun, last, sorted_as, fate, _who(noun, words), is_part, is_telling=told[0] not in {"", noun}
    )


def _who(noun: str, words: list[str]) -> str:
    if noun in CIVILIANS or "civilian" in words:
        return "civilians"
    return "combatants" if noun in COMBATANTS else ""


def is_plural(word: str) -> bool:
    """Whether a word can be a plural noun, by its ending or by the table."""
    if word[-1:] == "s":
        return word in IRREGULAR or not (word in NOT_PLURAL or _NO_PLURAL.fullmatch(word))
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
