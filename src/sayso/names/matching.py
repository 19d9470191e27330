"""How likely two names are spellings of one: "Kasim Eddine Harrow" and "HARROW, Qassem al-Din".

Words are compared with words (`spelling.py`), in any order, two or three with one where they were written together
(`aligning.py`). A logistic over the pairs and over what is left without a partner gives the score; its weights and the
threshold are learned from the Wikidata transliteration lists (`training/names.py`), never from a bench of names.

Whatever the score, these are not the same:

    - persons who share one name only, be it the family name ("Okonte" and "Dara Okonte")
    - names whose numbers differ, or where both have a word that the other lacks
    - "A bin B" and "B bin A"; a man and a woman, where title, "bint" or ending say so; the elder and the younger
    - organisations where one has a name besides ("Varr Bank", "Varr Bank Ostra"), or legal forms of different kinds
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, log
from typing import NamedTuple

from sayso.model import MentionKind
from sayso.names.aligning import LEAST, Pair, align, together
from sayso.names.blocking import keys as keys  # noqa: PLC0414 - the two public functions stand in one place
from sayso.names.parts import LONGEST_NAME, Parts, Word, take_apart
from sayso.names.spelling import differ_in_gender, weights
from sayso.names.territories import are_two

THRESHOLD: float = weights()["threshold"]["same"]
"""From this score on two names are taken for one: the best F1 on names made of the lists' words."""

APART = 0.2
"""Score at most of what is never the same."""
BY_FIRST_LETTERS = 0.7
"""Score of "HRC" and "Harbour Relief Committee". A guess: the lists have no acronyms."""
LEAST_OF_AN_ALTERNATIVE = 5
"""Characters on each side of a slash that parts two names: "A/S" is none, nor is "24/7"."""
MOST_ALTERNATIVES = 4
UNLIKE_FORMS = frozenset({"noncommercial", "state", "ship"})
"""Classes of legal forms that go with no other class."""


class Match(NamedTuple):
    """What was found on two names."""

    score: float
    """0 to 1."""
    same: bool
    """Whether `score` reaches `THRESHOLD`."""
    reason: str
    """In plain words."""


class Aligned(NamedTuple):
    """Two names, word by word."""

    us: tuple[Word, ...]
    them: tuple[Word, ...]
    pairs: list[Pair]
    left: list[Word]
    """Words of the first name without a partner."""
    right: list[Word]

    @property
    def shared(self) -> float:
        """Names in both; an initial counts half, common words not."""
        ours = sum(self._counts(pair) for pair in {pair.theirs: pair for pair in self.pairs}.values())
        theirs = sum(self._counts(pair) for pair in {pair.ours: pair for pair in self.pairs}.values())
        return min(ours, theirs)

    def _counts(self, pair: Pair) -> float:
        sorts = {self.us[pair.ours[0]].sort, self.them[pair.theirs[0]].sort}
        return 0 if sorts & {"weak", "empty"} else 0.5 if "initial" in sorts else max(len(pair.ours), len(pair.theirs))


def compare(one: str, other: str, kind: MentionKind = "other") -> Match:
    """How likely two names are spellings of one. The order of the two makes no difference.

    Of kind "person" the rules for persons hold, where a word may be missing; of all other kinds those for things, where
    every name must have its partner. Two single words spelled alike are the same: whether a lone family name means one
    person is for the caller to know.

    >>> compare("OKONTE, Dara", "Dara Okonté", "person").same, compare("Okonte", "Dara Okonte", "person").same
    (True, False)
    """
    person = kind == "person"
    one, other = sorted((one, other))
    sides = [(a, b) for a in _alternatives(one, person=person) for b in _alternatives(other, person=person)]
    score, reason = max((_judge(*sorted(side), person=person) for side in sides), key=lambda judged: judged[0])
    return Match(round(score, 3), round(score, 3) >= THRESHOLD, reason)


def _alternatives(name: str, *, person: bool) -> list[str]:
    """Two names for one thing, as in "Varr Front/Ostra Army"."""
    parts = [] if person or "/" not in name else name[:LONGEST_NAME].split("/", MOST_ALTERNATIVES - 1)
    return parts if parts and min(map(len, parts)) >= LEAST_OF_AN_ALTERNATIVE else [name]


def _judge(one: str, other: str, *, person: bool) -> tuple[float, str]:
    ours, theirs = take_apart(one, person=person), take_apart(other, person=person)
    if not ours.words or not theirs.words:
        same = one.casefold() == other.casefold() and bool(one.strip())
        return (1.0, "the same words") if same else (0.0, "nothing to compare")
    if not person and (said := _acronym(ours, theirs)):
        return BY_FIRST_LETTERS, said
    aligned = aligned_words(ours, theirs)
    against = _marks(ours, theirs) or (_against_persons(aligned) if person else _against_things(aligned, ours, theirs))
    score = likelihood(aligned)
    return (min(score, APART), against) if against else (score, _reason(aligned))


def aligned_words(ours: Parts, theirs: Parts) -> Aligned:
    """Two names word by word."""
    pairs = align(ours.words, theirs.words)
    left = _alone(ours.words, [pair.ours for pair in pairs])
    return Aligned(ours.words, theirs.words, pairs, left, _alone(theirs.words, [pair.theirs for pair in pairs]))


def _alone(words: Sequence[Word], taken: Sequence[tuple[int, ...]]) -> list[Word]:
    used = {index for one in taken for index in one}
    return [word for index, word in enumerate(words) if index not in used]


def against_persons(ours: Parts, theirs: Parts) -> str:
    """Why two persons are not the same whatever the score; "" if nothing says so."""
    return _marks(ours, theirs) or _against_persons(aligned_words(ours, theirs))


def features(aligned: Aligned) -> dict[str, float]:
    """What the logistic sees of two names."""
    worst = min((pair.likely for pair in aligned.pairs), default=0.0)
    worst = min(max(worst, LEAST), 1 - LEAST)
    return {
        "always": 1.0,
        "least alike pair": log(worst / (1 - worst)),
        "left out": min(len(aligned.left) + len(aligned.right), 3.0),
    }


def likelihood(aligned: Aligned) -> float:
    """The learned score of two names, before anything that speaks against them, 0 to 1."""
    learned = weights()["name"]
    return 1 / (1 + exp(-sum(learned[name] * value for name, value in features(aligned).items())))


def _acronym(ours: Parts, theirs: Parts) -> str:
    for short, long in ((ours, theirs), (theirs, ours)):
        if len(short.acronym) > 2 and short.acronym == long.initials:
            return f"{short.acronym.upper()} is made of the other's first letters"
    return ""


def _marks(ours: Parts, theirs: Parts) -> str:
    if ours.numbers != theirs.numbers:
        return f"numbers differ: {' '.join(ours.numbers) or 'none'} and {' '.join(theirs.numbers) or 'none'}"
    if {ours.gender, theirs.gender} == {"m", "f"}:
        return "one is a man, the other a woman"
    if ours.generation and theirs.generation and ours.generation != theirs.generation:
        return f"{ours.generation} and {theirs.generation} are different generations"
    return ""


def _against_persons(aligned: Aligned) -> str:
    if aligned.left and aligned.right:
        return f"{aligned.left[0].text} and {aligned.right[0].text} differ"
    if not any(aligned.us[p.ours[0]].sort == aligned.them[p.theirs[0]].sort == "name" for p in aligned.pairs):
        return "no full name is shared"
    if (aligned.left or aligned.right) and aligned.shared < 1.5:
        return "one name alone is shared"
    if _flipped(aligned):
        return "father and son change places"
    for pair in aligned.pairs:
        ours, theirs = together(aligned.us, pair.ours), together(aligned.them, pair.theirs)
        if differ_in_gender(ours, theirs):
            return f"{ours} and {theirs}: one is a man's name, the other a woman's"
    return ""


def _flipped(aligned: Aligned) -> bool:
    """Whether a name behind "bin" stands before it in the other, and the other way round."""
    behind = [(aligned.us[p.ours[0]].fathers, aligned.them[p.theirs[0]].fathers) for p in aligned.pairs]
    return (True, False) in behind and (False, True) in behind


def _against_things(aligned: Aligned, ours: Parts, theirs: Parts) -> str:
    if not aligned.pairs:
        return "no word is shared"
    if ours.forms and theirs.forms and (ours.forms ^ theirs.forms) & UNLIKE_FORMS:
        return "legal forms of different kinds"
    if aligned.left and aligned.right:
        return f"{aligned.left[0].text} and {aligned.right[0].text} differ"
    for pair in aligned.pairs:
        here, there = together(aligned.us, pair.ours), together(aligned.them, pair.theirs)
        if are_two(here, there):
            return f"{here} and {there} are two territories"
    name = next((word.text for word in aligned.left + aligned.right if word.sort != "empty"), "")
    return f"one has {name} besides" if name else ""


def _reason(aligned: Aligned) -> str:
    said = list(_differences(aligned))
    if not said:
        orders = [pair.theirs for pair in sorted(aligned.pairs)]
        return "the same words" if orders == sorted(orders) else "the same words in another order"
    return "; ".join(said)


def _differences(aligned: Aligned) -> Iterator[str]:
    for pair in sorted(aligned.pairs):
        ours, theirs = together(aligned.us, pair.ours), together(aligned.them, pair.theirs)
        if ours != theirs:
            yield f"{ours} and {theirs} {'may well' if pair.likely >= 0.5 else 'can hardly'} be one name"
    if rest := aligned.left + aligned.right:
        yield f"{' '.join(word.text for word in rest)} stands in one only"
