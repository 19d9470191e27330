"""What a name is made of: its words in Latin letters, what each of them is, and the marks that tell names apart.

The tables beside this file hold what is generally known of names: articles and other particles, honorifics, legal
forms, words that many organisations share, and first parts of Arabic names that are written together or apart.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from sayso.names.folding import has_signs, is_vowelless, romanise
from sayso.names.numerals import number_of

Sort = Literal["name", "initial", "weak", "empty", "letters"]
"""Of a word: a name of its own; one letter for a name; a word that many names share ("Army"), and one of these that may
as well be missing ("Group"); an abbreviation ("V.O.S."), where each letter stands for a word."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name that counts."""

    text: str
    """Letters a to z, small."""
    sort: Sort
    stem: str
    """The word without "abd", "abu" or "umm" before it and "uddin" behind it."""
    added: str = ""
    """Which of these there is."""
    vowelless: bool = False
    """Written in a script with few vowels."""
    fathers: bool = False
    """Stands behind "bin", "ibn", "ben", "bint"."""
    signs: str = ""
    """As written, where its script has a sign for each syllable or word."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart."""

    words: tuple[Word, ...]
    numbers: tuple[str, ...] = ()
    """In figures, in the order of the name; none for persons."""
    forms: frozenset[str] = frozenset()
    """Classes of the legal forms in it, as `legal_forms.csv` has them."""
    gender: str = ""
    """m or f, where a title, "bin" or "bint" says so."""
    generation: str = ""
    """jr, sr, ii, iii, iv."""
    initials: str = ""
    """First letters of its words, as an acronym would have them."""
    acronym: str = ""
    """The name itself, where it is one word in capitals."""


_ASSIMILATED = re.compile(r"\b(?:a[dhnrstz]|ash|ath|adh|u[dlnrstz]|ush|e[dnrstz])-(?=\w)", re.IGNORECASE)
"""The Arabic article as it sounds before certain letters: "as-", "ud-"."""
_DOTTED = re.compile(r"\b[^\W\d_](?:\.[ -]?[^\W\d_]\b){1,8}\.?")
_IN_BRACKETS = re.compile(r"\(([A-Z]{2,9})\)$")
"""An abbreviation that follows the name it stands for."""
_POSSESSIVE = re.compile(r"(?<=\w)['’ʼ]s\b", re.IGNORECASE)
_INSIDE = str.maketrans("", "", "'’‘`´ʼʻʾʿʹ·\u200c\u200d\u200e\u200f")
_RUN_TOGETHER = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")
_FAITH = re.compile(r"(?:[ae]l|[aeiou]?d|e)?d(?:i|ee|ie|y)ne?")
""" "al-Din", "Eddine", "uddin" behind another word, with which it makes one name."""
_FAITHFUL = re.compile(r"(?<=..)[aeiou](?:dd|ld)(?:i|ee|ie|y)ne?$")
"""The same at the end of one word: "Noureddine"."""
_SERVANT = re.compile(r"[aie]bd[aeou]?(?:l|([drstznh])(?=\1))?")
""" "Abd", "Abdul", "Abder" with what may stand before the name of God."""
_LOOKS_LIKE = str.maketrans("012345789", "oizeastbg")
_GENERATIONS = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_SMALL = frozenset({"and", "for", "in", "on", "of", "the", "to", "with"})
_ON_PERSONS = frozenset({"llc", "ltd", "inc", "corp", "gmbh", "plc", "limited", "incorporated"})
"""Legal forms that can be nothing else behind the name of a person."""
LONGEST_NAME = 400
"""Characters of a name that are looked at: what is longer is no name."""
_SHORT = 4
"""Letters of the longest word in capitals that is taken for an abbreviation, in a name that is not all in capitals."""
_LONGEST_FORM = 5
"""Words of the longest legal form."""


@lru_cache(maxsize=1 << 17)
def take_apart(name: str, *, person: bool) -> Parts:
    """A name's parts, by the rules for persons or those for all other names."""
    spelled = _spelled_person(name) if person else _spelled(name)
    initials = _first_letters(spelled)
    acronym = romanise(name) if name.isupper() and len(spelled) == 1 else ""
    if person:
        spelled, gender = _without_honorifics(spelled)
        spelled, generation = _without_generation(spelled)
        spelled, _ = _without_forms(spelled, person=True)
        return Parts(tuple(_words_of_person(spelled)), (), frozenset(), gender, generation)
    spelled, numbers = _without_numbers(spelled)
    spelled, forms = _without_forms(spelled, person=False)
    words = tuple(_words(spelled))
    return Parts(words, numbers, forms, initials=initials, acronym=acronym)


def _spelled(name: str) -> list[str]:
    """Words as written, initialisms with dots closed up ("S.A." is SA), apostrophes taken out."""
    text = _POSSESSIVE.sub("", unicodedata.normalize("NFKC", name[:LONGEST_NAME]))
    text = _ASSIMILATED.sub("al ", text)
    text = _DOTTED.sub(lambda found: re.sub(r"[. -]", "", found[0]).upper(), text)
    text = re.sub(r"\b([^\W\d_])/([^\W\d_])\b", r"\1\2", text)
    words = _split(text)
    given = _IN_BRACKETS.search(text)
    return words[:-1] if given and _first_letters(words[:-1]) == romanise(given[1]) else words


def _first_letters(words: Sequence[str]) -> str:
    return "".join(word[0] for word in map(romanise, words) if word and word not in _SMALL)


def _spelled_person(name: str) -> list[str]:
    """Words as written, "Okonte, Dara" turned, "JC" taken for two initials unless all is in capitals."""
    text = _POSSESSIVE.sub("", unicodedata.normalize("NFKC", name[:LONGEST_NAME]))
    last, comma, first = text.partition(",")
    if comma and "," not in first and romanise(first) not in _GENERATIONS:
        text = f"{first} {last}"
    words = list[str]()
    for word in _split(_ASSIMILATED.sub("al ", text)):
        if len(word) == 2 and word.isascii() and word.isupper() and not name.isupper():
            words.extend(word)
        elif word.startswith("ال") and len(word) > 4:
            words.extend(("al", word[2:]))
        else:
            words.append(word)
    return words


def _split(text: str) -> list[str]:
    text = _RUN_TOGETHER.sub(" ", text.translate(_INSIDE))
    if not text.isascii() or not text.isalnum():
        text = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text)
    return text.split()


def _without_honorifics(words: list[str]) -> tuple[list[str], str]:
    """The words without titles, and the gender they tell; all of them if nothing else is there."""
    known = table("honorifics.csv")
    kept = [word for word in words if romanise(word) not in known]
    told = {known[romanise(word)] for word in words if romanise(word) in known} - {""}
    return (kept or words), (told.pop() if len(told) == 1 and kept else "")


def _without_generation(words: list[str]) -> tuple[list[str], str]:
    if len(words) > 2 and (found := _GENERATIONS.get(romanise(words[-1]))):
        return words[:-1], found
    return words, ""


def _without_forms(words: list[str], *, person: bool) -> tuple[list[str], frozenset[str]]:
    """Words without legal forms, and the classes of these. Short forms count only at the ends of a name."""
    known, plain = table("legal_forms.csv"), [romanise(word) for word in words]
    kept, found, at = list[str](), set[str](), 0
    while at < len(words):
        size = _size_of_form(plain, at, known)
        form = " ".join(plain[at : at + size])
        at_an_end = size and (at == 0 or at + size == len(words) or " ".join(plain[at + size :]) in known)
        if size and (at_an_end or len(form) > 3) and (not person or (at and form in _ON_PERSONS)):
            found.add(known[form])
            at += size
        else:
            kept.append(words[at])
            at += 1
    return (kept, frozenset(found)) if kept else (words, frozenset())


def _size_of_form(plain: Sequence[str], at: int, known: dict[str, str]) -> int:
    if plain[at] not in _first_words_of_forms():
        return 0
    sizes = range(min(_LONGEST_FORM, len(plain) - at), 0, -1)
    return next((size for size in sizes if " ".join(plain[at : at + size]) in known), 0)


@cache
def _first_words_of_forms() -> frozenset[str]:
    return frozenset(form.partition(" ")[0] for form in table("legal_forms.csv"))


def _without_numbers(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
    """Words without numbers, and these in figures: "forty four", "Forty 4" and "XLIV" are 44."""
    kept, numbers, tens = list[str](), list[str](), False
    for place, word in enumerate(words):
        value = number_of(word, romanise(word), first=place == 0)
        if value is None:
            kept.append(word)
        elif tens and value.isdigit() and 0 < int(value) < 10:
            numbers[-1] = str(int(numbers[-1]) + int(value))
        else:
            numbers.append(value)
        tens = value is not None and word.isalpha() and value in {"20", "30", "40", "50", "60", "70", "80", "90"}
    return (kept, tuple(numbers)) if kept else (words, ())


def _words(spelled: Sequence[str]) -> Iterator[Word]:
    """The words that count of a name that is no person's."""
    means, particles = table("words.csv"), table("particles.csv")
    longer = [written for written in spelled if len(written) > _SHORT]
    shouting = bool(longer) and all(written.isupper() for written in longer)
    for written in spelled:
        text = romanise(written)
        if text and ((text not in _SMALL and text not in particles) or len(spelled) == 1):
            text = means.get(text) or text
            short = len(written) <= _SHORT and written.isupper() and not shouting
            yield _word(text, written, "letters" if short else _weights().get(text, "name"))


def _words_of_person(spelled: Sequence[str]) -> Iterator[Word]:
    """The words that count of a person's name, "abd", "abu" and "al-Din" joined to what they belong to."""
    particles, firsts = table("particles.csv"), table("prefixes.csv")
    held, first, fathers = list[Word](), "", False
    for place, written in enumerate(spelled):
        text, is_last = _letters(written), place == len(spelled) - 1
        role = particles.get(text, "") if len(spelled) > 1 and _may_be_particle(text, place, is_last=is_last) else ""
        if role:
            fathers = fathers or role in {"son", "daughter"}
        elif text in firsts and not is_last:
            first = firsts[text]
        elif held and not held[-1].added and _FAITH.fullmatch(text):
            before = held.pop()
            held.append(_word(before.stem, written, "name", added="uddin", fathers=before.fathers))
        elif text:
            held.append(_with_first(first, text, written, fathers=fathers))
            first, fathers = "", False
    yield from held


def _letters(written: str) -> str:
    """A word of a person's name in Latin letters; figures among letters are read as the letters they look like."""
    text = romanise(written)
    if not text.isalpha() and 2 * sum(map(str.isalpha, text)) > len(text):
        text = text.translate(_LOOKS_LIKE)
    return text


def _may_be_particle(text: str, place: int, *, is_last: bool) -> bool:
    """Not "Ben" and "Van" as first words, nor "Do" as the last: these are names."""
    return text in {"al", "el", "bin", "ibn", "the"} or not (is_last or place == 0)


def _with_first(first: str, text: str, written: str, *, fathers: bool) -> Word:
    if not first and (begins := _SERVANT.match(text)) and len(text) - begins.end() > 2:
        first, text = "abd", text[begins.end() :]
    elif not first and text.startswith(("abu", "umm")) and len(text) > 5:
        first, text = text[:3], text[3:]
    elif not first and (ends := _FAITHFUL.search(text)):
        first, text = "uddin", text[: ends.start()]
    return _word(text, written, "name" if first or len(text) > 1 else "initial", added=first, fathers=fathers)


def _word(stem: str, written: str, sort: Sort, *, added: str = "", fathers: bool = False) -> Word:
    text = stem + added if added == "uddin" else added + stem
    return Word(text, sort, stem, added, is_vowelless(written), fathers, written if has_signs(written) else "")


def meaning(word: str) -> str:
    """A word that many organisations share in English, any other as it is: "akademiya" is "academy"."""
    return table("words.csv").get(word) or word


def is_shared(word: str) -> bool:
    """Whether many organisations have this word in their names: "ministry", "army"."""
    return meaning(word) in _weights()


@cache
def _weights() -> dict[str, Sort]:
    with (Path(__file__).parent / "words.csv").open(encoding="utf-8", newline="") as rows:
        read = [(row["means"] or row["word"], row["weight"]) for row in csv.DictReader(rows)]
    return {word: "empty" if weight == "empty" else "weak" for word, weight in read if weight}


@cache
def table(name: str) -> dict[str, str]:
    """A table beside this file: its first column to its second."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as rows:
        return {row[0]: row[1] for row in list(csv.reader(rows))[1:]}
