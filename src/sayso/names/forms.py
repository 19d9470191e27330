"""What a name says by itself: what is left without titles, whom it can be, what speaks against its being another."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from sayso.kit import fold
from sayso.names.parts import table

ARTICLES = frozenset({"the", "a", "an"})

PARTICLES = frozenset({
    "al", "el", "ad", "ar", "as", "at", "az", "an", "ash", "bin", "ben", "ibn", "bint", "abu", "abd", "umm", "de",
    "del", "della", "der", "den", "di", "da", "das", "do", "dos", "du", "des", "la", "le", "van", "von", "ter", "ten",
    "zu", "mac", "mc", "st", "saint", "o", "d", "l",
})  # fmt: skip
"""Words that are part of a family name and never one alone: "al-Din", "van der Berg"."""

LINKING = frozenset({"of", "for", "and", "the", "in", "to", "on", "at", "de", "la", "des", "du", "del"})
"""Words of a group's name that its acronym may leave out."""

GENERATIONS = frozenset({"jr", "junior", "sr", "senior", "ii", "iii", "iv", "elder", "younger"})
"""What tells a father from a son of the same name."""

SIDES = frozenset({"north", "south", "east", "west", "northern", "southern", "eastern", "western", "upper", "lower",
                   "inner", "outer", "old", "new", "anti", "pro", "non", "former"})  # fmt: skip
"""Words that make two names of places or groups two, however alike the rest is."""

LONGEST_TITLE = 30
"""Characters before a name in which its title is looked for."""

LONGEST_ABBREVIATION = 5
"""Characters of a title that a full stop belongs to ("Capt."). Behind a longer one it ends a sentence."""

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_CARDINALS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
NUMBERS = {word: place for words in (_ORDINALS, _CARDINALS, _ROMANS) for place, word in enumerate(words, 1)}
_DIGITS = re.compile(r"([0-9]{1,9})(?:st|nd|rd|th)?")
_ACRONYM = re.compile(r"(?:[A-Z][A-Za-z0-9&-]{1,9}|(?:[A-Z]\.){2,8}[A-Z]?)")

Gender = Literal["", "m", "f"]
GENDERS: tuple[Gender, ...] = ("", "m", "f")


@dataclass(frozen=True, slots=True)
class Form:
    """A name taken to pieces."""

    core: str
    """Folded, without article and titles: the same core, the same name."""
    titles: frozenset[str]
    """Titles before it, folded: "president", "mr"."""
    gender: Gender
    """As far as a title tells it."""


@lru_cache(maxsize=1 << 16)
def form(name: str, *, person: bool) -> Form:
    """The pieces of a name as written. Titles are looked for before names of persons alone.

    A name that is nothing but titles ("Judge") is left whole.
    """
    words = _without_article(fold(name).split())
    if not person and len(words) > 1 and all(len(word) == 1 for word in words):
        words = ["".join(words)]  # "F.H.M."
    titles, rest = _parted(words) if person else ([], words)
    if rest[:1] in (["of"], ["for"]):  # an office without a name: "Minister of Harbours"
        titles, rest = [], words
    gender: Gender = next((g for title in titles if (g := _titles()[title])), "")
    return Form(" ".join(rest or words), frozenset(titles if rest else ()), gender if rest else "")


@lru_cache(maxsize=1 << 16)
def plain_name(name: str) -> str:
    """A name for comparing across reports: folded, without a leading article, without titles before a full name.

    "The Courier" gives "courier", "Prime Minister Dara Okonte" gives "dara okonte". A title stays where only one word
    is left behind it: "Mr. Okonte" gives "mr okonte", for that is not just any Okonte.
    """
    words = _without_article(fold(name).split())
    _, rest = _parted(words)
    is_full_name = len(rest) > 1 and not ARTICLES.intersection(rest) and "of" not in rest and "for" not in rest
    return " ".join(rest if is_full_name else words)


def title_before(text: str, start: int) -> str:
    """The title that stands right before an offset, folded; "" for none. "he told President Okonte": "president"."""
    before = text[max(0, start - LONGEST_TITLE) : start]
    words = before.split()
    if not words or not before[-1].isspace() or words[-1].casefold().rstrip(".") not in _last_words():
        return ""
    if words[-1].endswith(".") and len(words[-1]) > LONGEST_ABBREVIATION:
        return ""
    words = fold(before).split()
    _, longest = _longest()
    return next((found for n in range(longest, 0, -1) if (found := " ".join(words[-n:])) in _titles()), "")


def without_titles(words: Sequence[str]) -> list[str]:
    """Folded words without the titles at the front."""
    return _parted(list(words))[1]


def size_of_title(words: Sequence[str], at: int) -> int:
    """How many of these folded words, from one on, are a title; 0 for none."""
    if words[at] not in _first_words():
        return 0
    titles, longest = _longest()
    return next((n for n in range(min(longest, len(words) - at), 0, -1) if " ".join(words[at : at + n]) in titles), 0)


def gender_of(title: str) -> Gender:
    """What a title tells of who bears it."""
    return _titles().get(title, "")


@lru_cache(maxsize=1 << 16)
def is_bare(core: str) -> bool:
    """Whether a person's name is one word, particles aside: a family name alone, or a given name alone."""
    return sum(word not in PARTICLES and word not in GENERATIONS for word in core.split()) <= 1


@lru_cache(maxsize=1 << 16)
def is_full(core: str) -> bool:
    """Whether a person's name has a given name and a family name, and no office in it. "Dara O" has none."""
    words = without_generation(core).split()
    is_whole = len(words[-1]) > 1 and not {"of", "for"}.intersection(words)
    return is_whole and len(words) >= 2 and core.count(" ") <= 5 and not is_bare(core)


def ends_with(core: str, short: str) -> bool:
    """Whether a name ends with the words of another and has more. "Okonte" can be short for "Dara Okonte Jr."."""
    return core.endswith(f" {short}") or without_generation(core).endswith(f" {short}")


def is_fathers(core: str, short: str) -> bool:
    """Whether a name ends in another as its father's: "Varr" in "Kasim bin Varr" names the father, not the son."""
    before = without_generation(core).removesuffix(f" {short}").rsplit(" ", 1)[-1]
    return table("particles.csv").get(before) in {"son", "daughter"}


@lru_cache(maxsize=1 << 16)
def without_generation(core: str) -> str:
    """The name without a last word such as "jr"."""
    words = core.split()
    return " ".join(words[:-1]) if words and words[-1] in GENERATIONS else core


def is_acronym(written: str) -> bool:
    """Whether it is written as an acronym: "FHM", "MoD", "F.H.M."; more capitals than small letters."""
    capitals = sum(letter.isupper() for letter in written)
    return bool(_ACRONYM.fullmatch(written)) and capitals >= 2 and 2 * capitals >= sum(map(str.isalpha, written))


def stands_for(acronym: str, name: str) -> bool:
    """Whether the letters of an acronym are the first letters of a name's words, with or without its linking words."""
    letters = "".join(fold(acronym).split())
    words = fold(name).split()
    short = [word[0] for word in words if word not in LINKING]
    whole = [word[0] for word in _without_article(words)]
    return len(letters) >= 2 and letters in {"".join(short), "".join(whole)}


@lru_cache(maxsize=1 << 16)
def conflict(one: str, other: str) -> str:
    """What in two cores makes them two, in words; "" for nothing. Of names that are alike and differ in this alone."""
    here, there = one.split(), other.split()
    if _numbers(here) != _numbers(there):
        return "their numbers differ"
    if GENERATIONS.intersection(here) != GENERATIONS.intersection(there):
        return "one is marked as the elder or the younger of a name"
    if SIDES.intersection(here) != SIDES.intersection(there):
        return "one has a word such as north or former that the other has not"
    return ""


def _numbers(words: list[str]) -> frozenset[int]:
    digits = (int(found[1]) for word in words if (found := _DIGITS.fullmatch(word)))
    spelt = (NUMBERS[word] for word in words[:1] + words[1:] if word in NUMBERS and word not in {"i", "v", "x"})
    return frozenset((*digits, *spelt))


def _without_article(words: list[str]) -> list[str]:
    return words[1:] if len(words) > 1 and words[0] in ARTICLES else words


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    """Titles at the front, and the rest."""
    titles, longest = _longest()
    found, rest = [], words
    while size := next((n for n in range(longest, 0, -1) if " ".join(rest[:n]) in titles), 0):
        found.append(" ".join(rest[:size]))
        rest = rest[size:]
    return found, rest


@cache
def _titles() -> dict[str, Gender]:
    with (Path(__file__).parent / "titles.csv").open(encoding="utf-8", newline="") as table:
        genders: dict[str, Gender] = {"m": "m", "f": "f"}
        return {row["title"]: genders.get(row["gender"], "") for row in csv.DictReader(table)}


@cache
def _first_words() -> frozenset[str]:
    return frozenset(title.split()[0] for title in _titles())


@cache
def _last_words() -> frozenset[str]:
    return frozenset(title.split()[-1] for title in _titles())


@cache
def _longest() -> tuple[frozenset[str], int]:
    titles = frozenset(_titles())
    return titles, max(title.count(" ") + 1 for title in titles)
