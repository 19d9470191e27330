"""The words by which voices are recognised, and what a noun stands for. The tables are in `words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Literal

from sayso.kit import fold

Sort = Literal["person", "body", "outlet", "document", "unknown"]
"""What a name or description stands for, as far as its words tell."""
Gender = Literal["m", "f", ""]

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def _set(table: str, *keys: str) -> frozenset[str]:
    return frozenset(word for key in keys for word in WORDS[table][key])


MALE = _set("titles", "male") | _set("persons", "male")
FEMALE = _set("titles", "female") | _set("persons", "female")
MALE_GIVEN = _set("given", "male")
FEMALE_GIVEN = _set("given", "female")
TITLES = _set("titles", "male", "female", "other")
OFFICES = _set("titles", "of_office")
HONORIFICS = _set("titles", "honorific")
ROYAL = _set("titles", "royal")
PERSONS = _set("persons", "male", "female", "other")
POSTS = _set("persons", "posts")
STRANGERS = _set("persons", "strangers")
BODIES = _set("bodies", "nouns")
OUTLETS = _set("outlets", "nouns")
OUTLET_NAMES = _set("outlets", "names", "initials")
NEWS = _set("outlets", "news")
DOCUMENTS = _set("documents", "nouns")
STATEMENTS = _set("documents", "statements")
SAID = _set("documents", "said")
NOUNS = PERSONS | BODIES | OUTLETS | DOCUMENTS | STATEMENTS | TITLES
DAYS = _set("function", "days")
OPENERS = _set("function", "openers") | DAYS
AFTER_HEAD = _set("function", "after_head")
QUANTITIES = _set("function", "quantities")
SEVERAL = _set("function", "several")
DEFINITE = _set("function", "definite")
SPEAKING = _set("function", "speaking")
PRONOUNS: Mapping[str, str] = WORDS["pronouns"]
SYNONYMS: Mapping[str, list[str]] = WORDS["synonyms"]

PLURAL_TITLES = frozenset(title for title in TITLES if title.endswith("s") and title[:-1] in PERSONS)
"""Titles of several: "Presidents Vel and Tak"."""
IRREGULAR = {"men": "man", "women": "woman", "people": "person", "children": "child", "wives": "wife"}

_WORD = re.compile(r"[^\W_](?:[^\W_]|[-'’.&](?=[^\W_]))*")


def alternatives(words: Iterable[str]) -> str:
    """The words as a pattern, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@lru_cache(maxsize=8192)
def folded(word: str) -> str:
    """`sayso.kit.fold`, remembered: a report's names come again and again."""
    return fold(word)


@lru_cache(maxsize=8192)
def singular(word: str) -> str:
    """A noun of the tables without its plural ending ("Agencies" → "agency"), other words as they are; all small."""
    word = word.casefold()
    if word in NOUNS and word not in PLURAL_TITLES:
        return word
    for ending, stem in IRREGULAR.items():
        if word.endswith(ending):
            return word[: -len(ending)] + stem
    for ending, stem in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and word[: -len(ending)] + stem in NOUNS:
            return word[: -len(ending)] + stem
    return word


def head_of(description: str) -> tuple[str, frozenset[str]]:
    """The head noun of a description and the words before it, all in small letters.

    >>> head_of("a senior harbour official with knowledge of the raid")[0]
    'official'
    """
    words: list[str] = []
    for match in _WORD.finditer(description):
        word = match[0].casefold()
        gap = description[: match.start()].rstrip()
        participle = word.endswith(("ed", "ing")) and bool(words) and singular(words[-1]) in NOUNS
        if words and (word in AFTER_HEAD or participle or gap.endswith((",", "—", "–", "(", " -"))):
            break
        words.append(re.sub(r"['’]s?$", "", word))
    return (words[-1], frozenset(words[:-1])) if words else ("", frozenset())


def sort_of_head(head: str) -> Sort:
    """What a head noun stands for, in either number."""
    noun = singular(head)
    if noun in OUTLETS:
        return "outlet"
    if noun in PERSONS:
        return "person"
    if noun in BODIES:
        return "body"
    return "document" if noun in DOCUMENTS or noun in STATEMENTS else "unknown"


def sort_of(description: str) -> Sort:
    """What a description stands for: by its head noun, but a news agency is an outlet."""
    head, before = head_of(description)
    sort = sort_of_head(head)
    return "outlet" if sort == "body" and not NEWS.isdisjoint(before) else sort


def is_bodily(word: str) -> bool:
    """Whether a name that ends in this word is a body's or an outlet's."""
    noun = singular(word)
    return noun in BODIES or noun in OUTLET_NAMES
