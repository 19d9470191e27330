"""Names made of the transliteration lists' words: two spellings of one, and two that are alike.

There is no list of whole names to learn from, so whole names are made: two to four words drawn by how often they are
met, then spelled anew as names are (`SPELLED_ANEW`: one word in another spelling of the lists, a slip of typing, a
middle word left out, an initial, another order, words run together). Two different names share all words but one, which
is among the most alike of a case: names that are further apart never come to be compared (`names/blocking.py`).
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import NamedTuple

SPELLED_ANEW = {"spelling": 0.4, "slip": 0.35, "left out": 0.3, "initial": 0.08, "order": 0.15, "together": 0.05}
"""How often each happens: to each word, or to the name. Guesses; nothing was measured."""
LENGTHS = ((1, 2, 3, 4), (5, 50, 30, 15))
"""Words of a name, and their weights."""


class Lists(NamedTuple):
    """What names are made of."""

    words: Sequence[str]
    often: Sequence[int]
    """How often each word and those before it were met, together."""
    variants: Mapping[str, Sequence[str]]
    alike: Mapping[str, Sequence[str]]
    """Different names that look alike; for some words only."""


def one_name(lists: Lists, chance: random.Random) -> tuple[str, str]:
    """Two spellings of one name."""
    words = _drawn(lists, chance)
    return " ".join(words), _anew(words, lists, chance)


def two_names(lists: Lists, chance: random.Random) -> tuple[str, str]:
    """Two names that share all words but one, spelled anew, but for slips, of which one may look like the other."""
    words = _drawn(lists, chance)
    at = chance.randrange(len(words))
    words[at] = chance.choice(sorted(lists.alike))
    other = chance.choice(lists.alike[words[at]])
    anew = [other if place == at else _spelled(word, lists, chance) for place, word in enumerate(words)]
    kept = (other,)
    return " ".join(words), " ".join(_rearranged(anew, kept, chance))


def _drawn(lists: Lists, chance: random.Random) -> list[str]:
    (many,) = chance.choices(LENGTHS[0], LENGTHS[1])
    return chance.choices(lists.words, cum_weights=lists.often, k=many)


def _spelled(word: str, lists: Lists, chance: random.Random) -> str:
    if word in lists.variants and chance.random() < SPELLED_ANEW["spelling"]:
        return chance.choice(lists.variants[word])
    return word


def _anew(words: Sequence[str], lists: Lists, chance: random.Random) -> str:
    anew = [_spelled(word, lists, chance) for word in words]
    if chance.random() < SPELLED_ANEW["slip"]:
        at = chance.randrange(len(anew))
        anew[at] = slip(anew[at], chance)
    return " ".join(_rearranged(anew, (), chance))


def _rearranged(words: Sequence[str], kept: Sequence[str], chance: random.Random) -> list[str]:
    """The words with one left out, cut to an initial, put first, or run together with the next; some are kept."""
    anew = list(words)
    middle = [place for place in range(1, len(anew) - 1) if anew[place] not in kept]
    if middle and chance.random() < SPELLED_ANEW["left out"]:
        del anew[chance.choice(middle)]
    if len(anew) > 1 and anew[0] not in kept and chance.random() < SPELLED_ANEW["initial"]:
        anew[0] = anew[0][0]
    if chance.random() < SPELLED_ANEW["order"]:
        anew = [anew[-1], *anew[:-1]]
    if len(anew) > 1 and len(anew[0]) > 1 and chance.random() < SPELLED_ANEW["together"]:
        anew = [anew[0] + anew[1], *anew[2:]]
    return anew


def slip(word: str, chance: random.Random) -> str:
    """A word with one letter left out, doubled, exchanged or put in, or two swapped, as happens in typing."""
    if len(word) < 3:
        return word
    at, letter = chance.randrange(1, len(word)), chance.choice("abcdefghijklmnopqrstuvwxyz")
    kinds = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at - 1] + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
    )
    return chance.choice(kinds)
