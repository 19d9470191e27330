"""Phrases of general English in a text, word by word: what the frames of `frames.toml` are made of.

A phrase is a row of items, each one word of the text:

    look          the word, or a form of it ("looked"); "look|turn" either of them; "looks!" this form alone
    very?         the word, or none
    =deed         a word of the class "deed"; "them|=killer" that, or the word "them"
    ~held         up to five words, the last of the class "held": "those seven", "the two young men"
    ^             any word that is no form in -ing, nor a punctuation mark
    ...           up to four words of any kind, without punctuation
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sayso.model import Span
from sayso.words import kind, lemma

ARTICLES = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "some", "our", "both"}
)
LONGEST_GAP = 4
LONGEST_HELD = 5
_TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+){0,6}|[,;:.!?()—–]")

Classes = Mapping[str, frozenset[str]]
"""By name: lemmas or forms; "kind attack" for words that can tell of an attack, "number" for words of how many."""

_NUMBERS = frozenset(
    {
        "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
        "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
        "dozen", "dozens", "several",
    }
)  # fmt: skip


class Word(NamedTuple):
    """A word, or a punctuation mark, of the text."""

    span: Span
    form: str
    """In lower case."""
    lemma: str

    @property
    def is_mark(self) -> bool:
        """Whether it is a punctuation mark."""
        return not self.form[0].isalnum()


Phrase = tuple[str, ...]


def words_in(text: str, part: Span) -> list[Word]:
    """Those of a part of the text, quotation marks left out."""
    found = ((Span(*one.span()), one[0].lower().replace("’", "'")) for one in _TOKEN.finditer(text, *part))
    return [Word(span, form, lemma(form)) for span, form in found]


def phrase(written: str) -> Phrase:
    """The items of a phrase as the table writes it."""
    return tuple(written.split())


def first_words(one: Phrase) -> frozenset[str]:
    """With which it can begin, to be looked up; empty where a class says so."""
    words = [each.rstrip("!") for each in one[0].rstrip("?").split("|")]
    more = first_words(one[1:]) if one[0].endswith("?") else frozenset()
    return frozenset(words) | more


def matched(one: Sequence[str], words: Sequence[Word], at: int, classes: Classes) -> int | None:
    """Behind which word a phrase ends that begins with the word at this place; None where it does not stand there."""
    if not one:
        return at
    for behind in _steps(one[0], words, at, classes):
        end = matched(one[1:], words, behind, classes)
        if end is not None:
            return end
    return None


def _steps(item: str, words: Sequence[Word], at: int, classes: Classes) -> Iterator[int]:
    """Behind which words an item can end."""
    if item == "...":
        yield from range(at, _unbroken(words, at, LONGEST_GAP) + 1)
    elif item.startswith("~"):
        past = _unbroken(words, at, LONGEST_HELD)
        yield from (end for end in range(at + 1, past + 1) if is_of(words[end - 1], classes[item[1:]]))
    else:
        if at < len(words) and _is(words[at], _read(item), classes):
            yield at + 1
        if item.endswith("?"):
            yield at


class Item(NamedTuple):
    """What an item for one word can be."""

    words: frozenset[str]
    classes: tuple[str, ...]
    is_any: bool


@cache
def _read(item: str) -> Item:
    several = item.rstrip("?").split("|")
    classes = tuple(one[1:] for one in several if one.startswith("="))
    return Item(frozenset(several), classes, several == ["^"])


def _unbroken(words: Sequence[Word], at: int, most: int) -> int:
    """How far words go on without a punctuation mark."""
    end = at
    while end < min(len(words), at + most) and not words[end].is_mark:
        end += 1
    return end


def _is(word: Word, item: Item, classes: Classes) -> bool:
    if item.is_any:
        return not word.is_mark and not word.form.endswith("ing")
    if word.form in item.words or word.lemma in item.words or f"{word.form}!" in item.words:
        return True
    return any(is_of(word, classes[name]) for name in item.classes)


def is_of(word: Word, several: frozenset[str]) -> bool:
    """Whether a word is of a class."""
    if word.form in several or word.lemma in several or f"kind {kind(word.form)}" in several:
        return True
    return "number" in several and (word.form in _NUMBERS or word.form.isdigit())
