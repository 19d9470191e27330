"""What became of those who are counted, told from the words of their clause."""

from __future__ import annotations

from typing import NamedTuple

from sayso.reading.nouns import FATED
from sayso.reading.numerals import MONTHS, WORDS
from sayso.reading.tokens import Tokens

_FUNCTION = WORDS["function"]
PARTICIPLES = {word: fate for fate, words in WORDS["fates"].items() for word in words}
STATES = {word: fate for fate, words in WORDS["states"].items() for word in words}
DOING = {word: fate for fate, words in WORDS["doing"].items() for word in words}
DEEDS = {word: fate for fate, words in WORDS["deeds"].items() for word in words}
CARRYING = frozenset(_FUNCTION["carrying"])
BEING = frozenset(_FUNCTION["being"])
UNDONE = frozenset(_FUNCTION["undone"])
CLOSING = frozenset(_FUNCTION["closing"]) | MONTHS
BREAKS = frozenset(_FUNCTION["breaks"])
BASE_FORMS = frozenset(word for word in DOING if not word.endswith(("ed", "ing", "s", "slew")) and word != "hurt")
SKIPPED = frozenset(_FUNCTION["skipped"])
TOLL_JOINTS = frozenset(_FUNCTION["toll_joints"])
TOLLS: dict[str, str] = WORDS["tolls"]
HOMES = frozenset(_FUNCTION["homes"])
VIOLENT = frozenset(_FUNCTION["violent"])
CAPTIVE = frozenset(_FUNCTION["captive"])
LIVES = frozenset({"lives", "life"})
PHRASES = {
    ("unaccounted", "for"): "missing", ("in", "custody"): "detained", ("under", "arrest"): "detained",
    ("to", "flee"): "displaced",
}  # fmt: skip
BOTH = "killed or injured"
"""Told of a number that gives killed and injured together."""
REACH = 16
"""Tokens from those counted to the verb that tells their fate at most."""


class Told(NamedTuple):
    """A fate, and past which token the words that tell it end."""

    fate: str
    after: int
    is_near: bool = True
    """Whether it stands right beside the number or its noun."""


NOTHING = Told("", 0)


def before(tokens: Tokens, first: int) -> Told:
    """The fate told by what stands right before a number: "killing at least 52", "the death toll rose to 63"."""
    at = first - 1
    if tokens.word(at) in TOLL_JOINTS and (fate := _toll(tokens, at)):
        return Told(fate, first)
    steps = 0
    while at >= 0 and tokens.words[at] in SKIPPED and steps < 4:
        if tokens.words[at] == "of" and tokens.word(at - 1) in DEEDS:
            return Told(DEEDS[tokens.words[at - 1]], first)
        at, steps = at - 1, steps + 1
    word = tokens.word(at)
    if word in VIOLENT and tokens.word(at + 1) == "dead":
        return Told("killed", first)
    if word in DOING and _is_done(tokens, at):
        if tokens.word(at - 1) in {"and", "or", "and/or"} and tokens.word(at - 2) in DOING and at - 2 >= 0:
            return Told(_together(DOING[word], DOING[tokens.words[at - 2]]), first)
        return Told(DOING[word], first)
    return _listed(tokens, at)


def of_list(tokens: Tokens, first: int) -> str:
    """The fate of one that stands later in the object of a deed: "killed his wife, two neighbours"."""
    if tokens.word(first - 1) not in {",", "and"}:
        return ""
    for at in range(first - 2, max(-1, first - 9), -1):
        word = tokens.words[at]
        if word in DOING:
            return DOING[word] if _is_done(tokens, at) and tokens.word(at - 1) not in BEING else ""
        if word in CLOSING - {"and"} or word in BREAKS or word in BEING or not (word[0].isalpha() or word == ","):
            return ""
    return ""


def _together(one: str, other: str) -> str:
    return one if one == other else BOTH if {one, other} == {"killed", "injured"} else ""


def _toll(tokens: Tokens, at: int) -> str:
    """What a toll tells: "the death toll rose to", "the number of people killed stands at"."""
    words = tokens.words[max(0, at - 9) : at]
    if "toll" in words:
        return "killed"
    if "number" in words or "figure" in words or "total" in words or "count" in words:
        return next((TOLLS[word] for word in reversed(words) if word in TOLLS), "")
    return ""


def _is_done(tokens: Tokens, at: int) -> bool:
    """Whether the deed at a token was done: not "to kill", "would have killed", "did not kill"."""
    previous = tokens.words[max(0, at - 3) : at]
    if UNDONE.intersection(previous):
        return False
    if tokens.words[at] in BASE_FORMS:
        return not {"to", "may", "might"}.intersection(previous[-2:])
    return tokens.words[at][-1] != "s" or bool(at)


def _listed(tokens: Tokens, at: int) -> Told:
    """A list of victims that the number begins: "Among the dead were", "Those killed included"."""
    if tokens.word(at) not in {"were", "included", "include", "are", "was", "is", "includes", "including"}:
        return NOTHING
    for i in range(at - 1, max(-1, at - 4), -1):
        if tokens.words[i] in TOLLS and tokens.word(i - 1) in {
            "the",
            "those",
            "of",
            "people",
            "were",
            "and",
            "civilians",
        }:
            return Told(TOLLS[tokens.words[i]], at + 1)
    return NOTHING


def after(tokens: Tokens, start: int, end: int) -> Told:
    """The fate told by the clause behind those counted, whose words end before token `start`.

    `end` is where another count begins that may have the clause for itself.
    """
    is_carried = False
    crossed = False
    for at in range(start, min(start + REACH, end, len(tokens.words))):
        word = tokens.words[at]
        if word in UNDONE or (word in BREAKS and not is_carried):
            return NOTHING
        if told := _fate_at(tokens, at, is_carried=is_carried, is_direct=not crossed):
            return told._replace(is_near=not crossed)
        if word in BEING:
            is_carried = True
        elif word not in CARRYING and not word.endswith("ly"):
            if at == start and word not in {",", "(", "—", "–"} and _is_verb(tokens, at):
                return NOTHING
            crossed, is_carried = True, False
    return NOTHING


def _is_verb(tokens: Tokens, at: int) -> bool:
    """A past tense right behind those counted, with an object of its own: they did something."""
    return tokens.words[at].endswith("ed") and tokens.word(at + 1) not in CLOSING and tokens.word(at + 1) != "of"


def _fate_at(tokens: Tokens, at: int, *, is_carried: bool, is_direct: bool) -> Told | None:
    word = tokens.words[at]
    phrase = _phrase(tokens, at)
    if phrase:
        return phrase
    if word in STATES and (
        is_direct or is_carried or word in {"died", "perished", "drowned", "disappeared", "vanished"}
    ):
        return _combined(tokens, at, STATES[word])
    if word in PARTICIPLES and (is_carried or (is_direct and _is_passive(tokens, at))):
        return _combined(tokens, at, PARTICIPLES[word])
    if word in PARTICIPLES and is_direct:
        return Told("", at)
    return None


def _is_passive(tokens: Tokens, at: int) -> bool:
    """Whether a bare participle is one: no object stands behind it."""
    word = tokens.word(at + 1)
    return (
        not word or word in CLOSING or not word[0].isalnum() or (word.endswith("ly") and tokens.word(at + 2) in CLOSING)
    )


def _combined(tokens: Tokens, at: int, fate: str) -> Told:
    """The fate at a token, with that of "killed or wounded", which tells of both together."""
    if tokens.word(at + 1) in {"and", "or", "and/or"}:
        other = FATED.get(tokens.word(at + 2))
        if other and _is_passive(tokens, at + 2):
            return Told(_together(fate, other), at + 3)
    return Told(fate, at + 1)


def _phrase(tokens: Tokens, at: int) -> Told | None:
    """Fates told by several words."""
    first, *more = tokens.words[at : at + 4]
    if not more:
        return None
    found = PHRASES.get((first, more[0])) or _loose(first, more)
    if found and not (first in {"in", "under"} and tokens.word(at - 1) not in BEING):
        return Told(found, at + 2)
    if first in VIOLENT and more[0] == "and" and more[1:2] and more[1] in PARTICIPLES:
        return Told(PARTICIPLES[more[1]], at + 3)
    if first == "held" and (tokens.word(at - 1) == "being" or more[0] in CAPTIVE):
        return Told("detained", at + 1)
    return None


def _loose(first: str, more: list[str]) -> str:
    """The same, where other words may stand in between: "taken into custody", "fled their homes"."""
    if first in VIOLENT and (more[0] == "dead" or more[:2] == ["to", "death"]):
        return "killed"
    if first in {"lost", "losing", "lose"} and LIVES.intersection(more[1:2]):
        return "killed"
    if first == "taken" and (CAPTIVE | {"custody"}).intersection(more):
        return "detained"
    if first in {"fled", "flee", "fleeing"} and HOMES.intersection(more):
        return "displaced"
    if first == "from" and {"homes", "home"}.intersection(more):
        return "displaced"
    return TOLLS.get(more[1], "") if first == "among" and more[0] in {"the", "those"} and more[1:] else ""
