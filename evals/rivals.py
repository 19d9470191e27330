"""When an answer of the program is an answer of a truth file, and a voice one of its voices.

The form of the truth is told in `examples/harbour-fire/README.md`, "The questions file".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sayso.kit import fold
from sayso.model import UNSPECIFIED, Answer

FREE = "free"
"""The slot of questions beside the closed list."""

SMALL = frozenset({"a", "an", "the", "of", "in", "on", "at", "to", "who", "whom", "was", "were", "so", "called", "own"})
"""Words that do not tell one name from another."""

EXACT, HELD, BY_SENTENCE = 3.0, 1.0, 0.25
"""What a pair is worth where the pairing one to one has a choice: same value; held in the words, to which the share of
the words that are the same is added; only in the sentence. Any numbers in this order do."""

MOST = 0.5
"""Two names are one voice's where more than this share of the shorter one's words is in the other."""


class Mine(NamedTuple):
    """An answer of the program, with what it is known by."""

    question: str
    """Id."""
    slot: str
    text: str
    """The question's."""
    answer: Answer
    names: tuple[str, ...]
    """Its words and, of an entity, all spellings."""
    sentences: tuple[str, ...]
    """Those in which its claims' words stand."""
    for_by: frozenset[str]
    """The last voices of the claims that give it."""
    against_by: frozenset[str]


def words_of(text: str) -> frozenset[str]:
    """The words that tell.

    >>> sorted(words_of("The so-called Crane Drivers’ Union"))
    ['crane', 'drivers', 'union']
    """
    return frozenset(fold(text).split()) - SMALL


def worth(truth: Mapping[str, Any], mine: Mine) -> float:
    """How well an answer of the program agrees with one of the truth, 0 where it does not.

    A free question asks whether something is so, and its answer has few words or none of its own: there the sentence
    speaks where the words do not. Elsewhere it would take any words of a sentence for the answer that it holds.
    """
    if "low" in truth or "high" in truth:
        return EXACT * _same_count(truth, mine.answer)
    if "earliest" in truth:
        return EXACT * ((mine.answer.earliest, mine.answer.latest) == (truth["earliest"], truth["latest"]))
    if "names" in truth:
        return _held((words_of(name) for name in truth["names"]), mine.names)
    by_words = _held(map(frozenset, truth["words"]), mine.names)
    if by_words or mine.slot != FREE:
        return by_words
    return BY_SENTENCE * bool(_held(map(frozenset, truth["words"]), mine.sentences))


def _same_count(truth: Mapping[str, Any], answer: Answer) -> bool:
    if answer.low is None and answer.high is None:
        return False
    if truth.get("about"):
        return answer.high is not None and (answer.low or 0) <= truth["low"] and truth["high"] <= answer.high
    bounds = {"low": answer.low, "high": answer.high}
    return all(bounds[side] == truth[side] for side in ("low", "high") if side in truth)


def _held(wanted: Iterable[frozenset[str]], texts: Iterable[str]) -> float:
    """The most that one of the wanted sets is worth in one of the texts: 0 where no text holds a whole set."""
    every = list(wanted)
    best = 0.0
    for here in map(words_of, texts):
        for one in every:
            if one and one <= here:
                best = max(best, HELD + len(one) / len(here))
    return best


def same_voice(one: str, other: str) -> bool:
    """Whether two names may be one voice's, by the words they share.

    >>> same_voice("Captain Orle Vask", "Vask"), same_voice("the Trade Ministry", "the War Ministry")
    (True, False)
    """
    if UNSPECIFIED in {one, other}:
        return one == other
    here, there = words_of(one), words_of(other)
    return len(here & there) > MOST * min(len(here), len(there))
