"""What a speaker has to do with what they say of somebody: nothing that is known, or a stake in it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from sayso.accounts.known import Speaker, words_of
from sayso.model import Entity, Stake

LEAST_LETTERS = 4
"""Of a name or its stem, for a voice that holds it to speak for the one so named."""

MOST_BLAMED = 40
"""Of those held responsible for an incident, the first by id are looked at for whether a voice speaks for them."""


def is_self(speaker: Speaker, entity: Entity | None) -> bool:
    """Whether the one spoken of speaks."""
    return bool(entity and speaker.voice and speaker.voice.entity == entity.id)


def speaks_for(speaker: Speaker, entity: Entity | None) -> bool:
    """Whether a voice speaks for an entity, as far as words tell: "a spokesman for the Harbour Guard", the Guard's.

    So does one who goes by a word made of the name of a country: "the Varnian minister" and Varnia.
    """
    if entity is None:
        return False
    spellings = speaker.voice.spellings if speaker.voice else (speaker.name,)
    return _holds(tuple(spellings), entity.name)


@lru_cache(maxsize=1 << 16)
def _holds(spellings: tuple[str, ...], name: str) -> bool:
    wanted = words_of(name)
    if not wanted or sum(map(len, wanted)) < LEAST_LETTERS:
        return False
    stem = wanted[0].rstrip("aeiouy") if len(wanted) == 1 else ""
    for spelling in spellings:
        words = words_of(spelling)
        if any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1)):
            return True
        if len(stem) >= LEAST_LETTERS and any(word.startswith(stem) for word in words):
            return True
    return False


def stake_of(speaker: Speaker, entity: Entity | None, blamed: Iterable[Entity]) -> Stake:
    """The nearest stake that is known; `blamed` are those whom somebody holds responsible for the same incident."""
    if is_self(speaker, entity):
        return "self"
    if speaks_for(speaker, entity):
        return "same side"
    some = sorted(blamed, key=lambda one: one.id)
    if any(is_self(speaker, one) for one in some) or any(speaks_for(speaker, one) for one in islice(some, MOST_BLAMED)):
        return "accused"
    if speaker.voice and speaker.voice.kind == "party":
        return "party"
    return "victim" if speaker.voice and speaker.voice.kind == "victim" else ""
