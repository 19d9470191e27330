"""English words: the form that stands in a dictionary, synonyms, and what kind of incident a word can tell of.

Rules take endings off; `lemmas.csv` has the forms that they get wrong. Both are general English, written for this
program; checked on the verbs and nouns of UD English EWT train, 96 % get the lemma given there. What is left are mostly
nouns in -ing, which here are forms of their verbs ("the killing", "killed"). `kinds.csv` is a thesaurus of the words
that news of incidents is told in: words of one sense can stand for each other, words of one kind can be parts of one
incident.
"""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+){0,5}")
_E_ENDINGS = re.compile(
    r"(?:[cvuz]|[^s]s|[bcdfgkptz]l|[dr]g|[aeiou]g|[^aeiou]ur|iat|[^aeo]at|[aeo]iz|[^aeio]ut|[^aeou]id|[^aeo]ir"
    r"|[^aeo]ib|[^aeo]od|[^aeo]ot|[^aeo]ak|[^aeo]ok|[^aeo]ar|[^aeo]in|um|ud|[^aeo]ad|[^aeo]ed|[ae]ng)$"
)
"""Stems of two or more syllables that take an "e" ("evacuat", "injur", "explod")."""

_SHORT_STEM = re.compile(r"(?:[^aeiou]{0,3}|[^aeiou]{0,2}qu)[aeiouy][^aeiouwxyl]$|[^aeiou]{0,3}[aeiou][l]$")
"""One syllable that ends in one vowel and one consonant: it would have doubled the consonant, had it no "e"."""

_LIGHT = frozenset(
    {
        "a", "an", "the", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your",
        "be", "is", "are", "was", "were", "been", "being", "am", "has", "have", "had", "will", "would", "to",
        "did", "do", "does", "n't", "not", "no", "of", "himself", "herself", "themselves",
    }
)  # fmt: skip
"""Words that say nothing of what happens, where others stand beside them."""

_PARTICLES = frozenset(
    {
        "in", "on", "at", "by", "with", "from", "into", "up", "down", "out", "off", "over", "away", "under",
        "for", "as", "after",
    }
)  # fmt: skip
"""Words that stand behind a verb and are no head."""

_MOST_WORDS = 4
"""Of an entry of `kinds.csv`."""


@lru_cache(maxsize=1 << 16)
def lemma(word: str) -> str:
    """The form that stands in a dictionary, in lower case: a verb's for a form that can be a verb's or a noun's.

    >>> [lemma(word) for word in ("Fired", "killings", "shot", "bodies", "injuring", "was")]
    ['fire', 'kill', 'shoot', 'body', 'injure', 'be']
    """
    low = word.lower().replace("’", "'").removesuffix("'s").replace("-", " ")
    if " " in low:
        return " ".join(lemma(one) for one in low.split() if one not in _LIGHT)
    return _lemmas().get(low) or by_rule(low)


def by_rule(word: str) -> str:
    """The lemma by the rules alone, for a word in lower case."""
    if len(word) < 4 or not word.isascii():
        return word
    if word.endswith("ied"):
        return word[:-3] + "y"
    for ending in ("ings", "ing", "ed"):
        if word.endswith(ending) and re.search("[aeiouy]", word[: -len(ending)]):
            return _whole(word[: -len(ending)])
    return _singular(word)


def _whole(stem: str) -> str:
    """The verb of a stem that has lost its ending."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "lsfz":
        return stem[:-1]
    if len(stem) < 3:
        return stem
    if len(re.findall("[aeiouy]+", stem)) == 1 and not stem.endswith(("w", "x", "y")):
        needs = bool(_SHORT_STEM.fullmatch(stem)) or bool(re.search(r"[cvuz]$|[^s]s$|[drln]g$|[bdtkpfgz]l$", stem))
        return stem + "e" if needs and not stem.endswith(("ing", "ang", "ong", "ung")) else stem
    return stem + "e" if _E_ENDINGS.search(stem) else stem


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=1 << 16)
def head(phrase: str) -> str:
    """The words of a phrase that say what happens: those that `kinds.csv` knows together, else one word.

    >>> [head(words) for words in ("the shooting", "was shot", "drive-by shooting", "took off in", "opened fire")]
    ['shooting', 'shot', 'shooting', 'took off', 'opened fire']
    """
    found = [one[0] for one in _WORD.finditer(phrase)]
    rest = [one for one in found if one.lower() not in _LIGHT] or found
    for size in range(min(len(rest), _MOST_WORDS), 1, -1):
        for first in range(len(rest) - size + 1):
            words = " ".join(rest[first : first + size])
            if lemma(words) in _kinds():
                return words
    full = [one for one in rest if one.lower() not in _PARTICLES] or rest or [phrase]
    is_verb = full[-1] != rest[-1] if rest else False
    return next((one for one in reversed(full) if kind(one)), full[0] if is_verb else full[-1])


_SUFFIXES = re.compile(
    r"(?:ations?|ition|[st]?ion|ements?|ments?|ances?|ences?|ers?|ors?|ees?|als?|ures?|ives?|ates?|izes?|ists?|ants?|e|y)$"
)


@lru_cache(maxsize=1 << 16)
def stem(lemma: str) -> str:
    """What is left of a lemma without the ending that makes a noun of a verb, at least four letters.

    >>> stem("nominee") == stem("nomination") == stem("nominate"), stem("announcement") == stem("announce")
    (True, True)
    """
    cut = _SUFFIXES.sub("", lemma)
    return cut if len(cut) > 3 else lemma


_NOBODY = frozenset(
    {
        "each", "other", "others", "own", "my", "our", "your", "nobody", "no", "any", "anyone", "somebody", "someone",
        "everyone", "people", "side", "sides", "who", "which", "that", "whoever", "all", "both",
        "attacker", "attackers", "assailant", "assailants", "suspect", "suspects", "killer", "killers", "bomber",
        "bombers", "perpetrator", "perpetrators", "culprit", "culprits", "responsible", "gunman", "gunmen", "man",
        "men", "individuals", "persons", "person", "dead",
    }
)  # fmt: skip
"""Words with which nobody in particular is named, first or last."""


def is_nobody(phrase: str) -> bool:
    """Whether a phrase names nobody in particular: its first or last word, articles apart, is such.

    >>> is_nobody("the killers"), is_nobody("each other"), is_nobody("the Harbour Guard")
    (True, True, False)
    """
    words = phrase.casefold().split()
    words = words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words
    return bool(words) and not _NOBODY.isdisjoint({words[0], words[-1]})


def kind(word: str) -> str:
    """What kind of incident a word or phrase can tell of ("shooting", "killing", "arrest", …), "" for none.

    Give the form that stands in the text where there is one: "the fire" tells of another thing than "fired".

    >>> kind("gunfire"), kind("fire"), kind("fired"), kind("say")
    ('shooting', 'fire', '', '')
    """
    return _entry(word)[1]


def sense(word: str) -> str:
    """A name for what a word or phrase shares with its synonyms, "" where none are known.

    >>> sense("thwart") == sense("foil"), sense("gunfire") == sense("shooting")
    (True, False)
    """
    return _entry(word)[0]


_PARTED = re.compile("[ -]")


@lru_cache(maxsize=1 << 14)
def _entry(word: str) -> tuple[str, str]:
    """Sense and kind: those of the form, else those of its lemma."""
    known = _kinds()
    return known.get(word.lower()) or known.get(lemma(word)) or ("", "")


@cache
def _kinds() -> dict[str, tuple[str, str]]:
    """Sense and kind of the words of the table. Phrases stand under their lemmas."""
    with (Path(__file__).parent / "kinds.csv").open(encoding="utf-8", newline="") as table:
        rows = [(row["words"], row["sense"], row["kind"]) for row in csv.DictReader(table)]
    phrases = {lemma(words): (sense, kind) for words, sense, kind in reversed(rows) if _PARTED.search(words)}
    return phrases | {words: (sense, kind) for words, sense, kind in rows if not _PARTED.search(words)}


@cache
def _lemmas() -> dict[str, str]:
    with (Path(__file__).parent / "lemmas.csv").open(encoding="utf-8", newline="") as table:
        rows = csv.DictReader(line for line in table if not line.startswith("#"))
        return {row["form"]: row["lemma"] for row in rows}


@lru_cache(maxsize=1 << 14)
def vector(lemma: str) -> NDArray[np.float32]:
    """What a lemma means as a vector (64,) of length 1, for cosines; the mean of its words' for a phrase.

    All zeros where none of its words is in the table, which `training.word_vectors` made.
    """
    rows, table = _vectors()
    known = [rows[word] for word in lemma.split() if word in rows]
    mean = table[known].astype(np.float32).sum(0)
    unit: NDArray[np.float32] = mean / max(float(np.linalg.norm(mean)), 1.0)
    return unit


@cache
def _vectors() -> tuple[dict[str, int], NDArray[np.int8]]:
    with np.load(Path(__file__).parent / "words.npz") as stored:
        return {word: row for row, word in enumerate(str(stored["words"]).split("\n"))}, stored["vectors"]
