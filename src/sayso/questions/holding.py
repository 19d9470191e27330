"""Answers in words of which the one holds the other: a city in its country, a commander of a group, troops of a state.

words        all the words of the one stand in the other: "the Guard", "thugs of the Guard"
office       some report says that the one leads the other: "the Guard's commander, Colonel N."
state        the government and its forces, where no other state is named
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from sayso.model import Answer, Entity, Slot, Span
from sayso.words import lemma

DOERS = frozenset({"perpetrator", "ordered_by", "complicity"})
PLACES = frozenset({"place", "whereabouts"})

LEAST_LETTERS = 4
"""Of the beginning that the name of a country shares with the word for its people."""
_OF_A_PEOPLE = frozenset({"", "n", "an", "ian", "i", "ese", "ish", "s", "nian", "ns", "ans"})
"""What may stand behind that in the longer one."""

_SMALL = frozenset(
    {
        "a", "an", "the", "of", "some", "his", "her", "its", "their", "this", "that", "these", "those", "and", "s",
        "by", "in", "at", "on", "from", "for", "himself", "herself", "itself", "themselves", "several", "unidentified",
        "unknown", "unnamed", "member",
    }
)  # fmt: skip
_AGAINST = frozenset(
    {
        "opponent", "enemy", "rival", "critic", "foe", "anti", "former", "ex", "not", "against", "other", "victim",
        "opposition", "non", "near", "outside", "fake", "false", "pretend", "deserter", "traitor",
    }
)  # fmt: skip
"""Who is called so with the name of another is not one of them; a place called so is not in the other."""

_STATE = frozenset({"regime", "government", "authority", "state", "administration", "junta"})
_FORCES: dict[str, str] = {
    **dict.fromkeys(("army", "military", "troop", "soldier", "force", "armed force", "security force"), "army"),
    **dict.fromkeys(("police", "policeman", "police force"), "police"),
    **dict.fromkeys(("air force", "warplane", "jet", "aircraft"), "air force"),
    **dict.fromkeys(("navy", "warship"), "navy"),
}
"""Heads of descriptions of a state's armed people, and of what."""
_PARTS = frozenset({("army", "air force"), ("army", "navy")})
"""The broader of two forces, and the narrower: "the military" has both."""

_OFFICE = (
    r"(?:commander|chief|leader|head|minister|secretary|director|president|chairman|chairwoman|ruler|general|colonel|"
    r"captain|founder|boss|manager|premier|governor|commissioner)"
)
_BEHIND = re.compile(
    rf",? (?:the |a |an |its |who is |who leads )?(?:[a-z-]{{2,20}} ){{0,2}}{_OFFICE} (?:of|for|at) (?:the |all )?"
)
"""Between a name and what its bearer leads: "N., commander of the Guard"."""
_BEFORE = re.compile(
    rf"(?:['’]s?)? (?:[a-z-]{{2,20}} ){{0,2}}{_OFFICE},? (?:[A-Z][a-z]{{2,12}}\.? ){{0,2}}", re.IGNORECASE
)
"""The same the other way round: "the Guard's commander, Colonel N."."""


class Held(NamedTuple):
    """Two answers that can both hold."""

    reason: str
    broader: str = ""
    """Id of the one that the other implies, "" where that cannot be told."""


def led(text: str, named: Iterable[tuple[Span, Entity]]) -> Iterator[tuple[str, str]]:
    """Ids of a person and of what they lead, as a report names them beside each other."""
    for (one, first), (other, second) in pairwise(named):
        if first.kind == "person" and second.kind != "person" and _BEHIND.fullmatch(text, one.end, other.start):
            yield first.id, second.id
        if first.kind != "person" and second.kind == "person" and _BEFORE.fullmatch(text, one.end, other.start):
            yield second.id, first.id


def holds(slot: Slot, one: Answer, other: Answer, peoples: frozenset[str]) -> Held | None:
    """What the words of two answers show. `peoples`: words for the people of states, as lemmas."""
    here, there = (content_words(answer.words) for answer in (one, other))
    if not here or not there or _AGAINST & ({*here} ^ {*there}):
        return None
    if slot in DOERS:
        found = _of_one_state(one, other, (here, there), peoples) or _of_one_ruler(one, other, here, there)
        if found:
            return found
    for short, long, broader in ((here, there, one), (there, here, other)):
        if slot in DOERS and is_a_people(broader, peoples):
            continue  # they may be anybody of them: it is not said that they are those of the army
        if all(any(_is_alike(word, each) for each in long) for word in short) and len(short) < len(long):
            return Held(sharing(one, other), broader.id)
    return None


def is_a_people(one: Answer, peoples: frozenset[str]) -> bool:
    """Whether an answer is one word for the people of a country, and no name of a group: "Varnians"."""
    words = content_words(one.words)
    return len(words) == 1 and (words[0] in peoples or (one.entity is None and one.words[:1].isupper()))


def sharing(one: Answer, other: Answer) -> str:
    """That they share their words."""
    return f"“{one.words}” and “{other.words}” share their words: one says more than the other."


def content_words(words: str) -> list[str]:
    """Lemmas without small words, "of" turned round: the head is the last."""
    parts = [re.findall(r"[^\W_]+", part) for part in words.casefold().split(" of ")]
    return [lemma(word) for part in reversed(parts) for word in part if word not in _SMALL]


def _is_alike(one: str, other: str) -> bool:
    """Whether two words are one, or a country and its people."""
    if one == other:
        return True
    pairs = enumerate(zip(one, other, strict=False))
    start = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    least = min(len(one), len(other))
    ends = one[start:], other[start:]
    return start >= max(LEAST_LETTERS, least - 1) and max(ends, key=len) in _OF_A_PEOPLE and min(ends, key=len) in "aey"


class _Power(NamedTuple):
    """A description of a government, or of some of its armed people."""

    force: str
    """"" for the government itself."""
    whose: frozenset[str]


def _power(words: list[str], peoples: frozenset[str]) -> _Power | None:
    """None where the words say anything but whose it is."""

    def is_people(word: str) -> bool:
        return word in peoples or any(_is_alike(word, one) for one in peoples)

    for size in (2, 1):
        head, rest = " ".join(words[-size:]), words[:-size]
        if head in _STATE or head in _FORCES:
            states = [word for word in rest if word in _STATE]
            whose = [word for word in rest if word not in _STATE]
            force = _FORCES.get(head, "")
            if not all(map(is_people, whose)) or (states and not force):
                return None
            return _Power(force, frozenset(whose))
    is_state = len(words) == 1 and words[0] not in peoples and is_people(words[0])
    return _Power("", frozenset(words)) if is_state else None


def _of_one_state(
    one: Answer, other: Answer, words: tuple[list[str], list[str]], peoples: frozenset[str]
) -> Held | None:
    here, there = _power(words[0], peoples), _power(words[1], peoples)
    if not here or not there:
        return None
    if here.whose and there.whose and not any(_is_alike(a, b) for a in here.whose for b in there.whose):
        return None
    reason = f"“{one.words}” and “{other.words}” may be of one state, and one of them part of the other."
    if here.force == there.force or bool(here.whose) != bool(there.whose):
        return Held(reason)
    for broad, narrow, broader in ((here, there, one), (there, here, other)):
        if not broad.force or (broad.force, narrow.force) in _PARTS:
            return Held(reason, broader.id)
    return None


def _of_one_ruler(one: Answer, other: Answer, here: list[str], there: list[str]) -> Held | None:
    """A person, and a government or force that is called by their family name: "Bo Orvasse", "Orvasse regime"."""
    for person, name, body in ((one, here, there), (other, there, here)):
        if person.entity and body[:-1] == name[-1:] and (body[-1] in _STATE or body[-1] in _FORCES):
            return Held(f"“{one.words}” and “{other.words}”: the one is called by the name of the other.")
    return None
