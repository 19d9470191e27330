"""What became of those who are counted, told from the words of their clause."""

from __future__ import annotations

from typing import NamedTuple

from sayso.reading.figures import MONTHS, WORDS
from sayso.reading.nouns import FATED
from sayso.reading.numerals import numeral_at
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
PLACING = frozenset({"to", "in", "at", "from", "near"})
"""Between these and a name a list goes on: "killed the ambassador to Velmora and three others"."""
FINITE = frozenset({"died", "perished", "drowned", "disappeared", "vanished"})
"""States that need no other verb."""
PARTING = frozenset({",", "(", ")", "—", "–", "-"})
"""Marks between which something is put in: "ten people, most of them women, were killed"."""
FORCING = frozenset(_FUNCTION["forcing"])
COMING = frozenset({"about", "going", "due", "set", "likely", "expected", "scheduled", "ready"})
TAKEN = frozenset({"took", "taken", "take", "taking"})
OPEN = frozenset({"to", "may", "might"})
USING = frozenset({"use", "used", "using"})
"""What was used to kill has killed."""
LISTED = 14
"""Tokens that are looked back over in a list."""
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
        joint = at - 1 - tokens.word(at - 1).endswith("ly")  # "killed or badly wounded"
        other = DOING.get(tokens.word(joint - 1), "") if tokens.word(joint) in {"and", "or", "and/or"} else ""
        return Told(_together(DOING[word], other) if other else DOING[word], first)
    return _listed(tokens, at)


def of_list(tokens: Tokens, first: int) -> str:
    """The fate of one that stands later in the object of a deed: "killed his wife, two neighbours"."""
    first -= tokens.word(first - 1) in {"the", "his", "her", "their", "its"}
    if tokens.words[max(0, first - 2) : first] in (["along", "with"], ["together", "with"]):
        return _beside(tokens, first)
    if tokens.word(first - 1) not in {",", "and"}:
        return ""
    for at in range(first - 2, max(-1, first - LISTED), -1):
        word = tokens.words[at]
        if word == "of" and tokens.word(at - 1) in DEEDS:
            return str(DEEDS[tokens.words[at - 1]])
        if word in DOING:
            return DOING[word] if _is_done(tokens, at) and tokens.word(at - 1) not in BEING else ""
        if not may_stand_in_list(tokens, at):
            return ""
    return ""


def may_stand_in_list(tokens: Tokens, at: int) -> bool:
    """Whether a token can be a part of a list of those counted: no verb, no preposition but that of a place."""
    word = tokens.words[at]
    if word == ".":
        return len(tokens.word(at - 1)) == 1  # an initial
    if word in BREAKS or word in BEING or not (word[0].isalnum() or word == ","):
        return False
    return word not in CLOSING or word == "and" or (word in PLACING and tokens.is_capital(at + 1))


def _beside(tokens: Tokens, first: int) -> str:
    """The fate of those with whom somebody met it: "he died along with two officers"."""
    words = tokens.words[max(0, first - REACH) : first]
    return (
        next((FATED[word] for word in reversed(words) if word in FATED), "") if not UNDONE.intersection(words) else ""
    )


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
    if UNDONE.intersection(previous) and "guilty" not in previous:
        return False
    if tokens.words[at] not in BASE_FORMS:
        return tokens.words[at][-1] != "s" or bool(at)
    if tokens.word(at - 1) in {"and", "or"}:  # "to kill three people and injure"
        for earlier in range(at - 2, max(-1, at - REACH), -1):
            if tokens.words[earlier] in BASE_FORMS:
                at = earlier
                break
    if not OPEN.intersection(tokens.words[max(0, at - 2) : at]):
        return True
    return tokens.word(at - 1) == "to" and bool(USING.intersection(tokens.words[max(0, at - REACH) : at]))


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
    is_carried = crossed = is_parted = False
    group = start
    for at in range(start, min(start + REACH, end, len(tokens.words))):
        word = tokens.words[at]
        if word == "to" and tokens.words[at - 1] in COMING:
            return NOTHING
        if word in UNDONE or (word in BREAKS and not is_carried) or (word == "who" and crossed):
            return NOTHING
        told = _fate_at(tokens, at, is_carried=is_carried, is_direct=not crossed)
        if told:
            is_own = not is_parted or tokens.word((group if is_carried else at) - 1) in PARTING
            return told._replace(is_near=not crossed) if is_own else NOTHING
        if word in BEING:
            group = group if is_carried else at
            is_carried = True
        elif word not in CARRYING and not word.endswith("ly"):
            if at == start and word not in PARTING and _is_verb(tokens, at):
                return NOTHING
            crossed, is_carried = True, False
            is_parted = is_parted or word in PARTING
    return NOTHING


def _is_verb(tokens: Tokens, at: int) -> bool:
    """A past tense right behind those counted, with an object of its own: they did something."""
    return tokens.words[at].endswith("ed") and tokens.word(at + 1) not in CLOSING and tokens.word(at + 1) != "of"


def _fate_at(tokens: Tokens, at: int, *, is_carried: bool, is_direct: bool) -> Told | None:
    word = tokens.words[at]
    if phrase := _phrase(tokens, at):
        return phrase
    if word in STATES and (is_direct or is_carried or word in FINITE):
        return None if _is_other(tokens, at) else _combined(tokens, at, STATES[word])
    if word in PARTICIPLES and (is_carried or (is_direct and _is_passive(tokens, at))):
        return _combined(tokens, at, PARTICIPLES[word])
    if word in PARTICIPLES and is_direct:
        return Told("", at)
    return None


def _is_other(tokens: Tokens, at: int) -> bool:
    """Whether a state is not one of the kind: "missing from the talks", "would have seen them die"."""
    if tokens.words[at] == "die":
        return bool(UNDONE.intersection(tokens.words[max(0, at - REACH) : at]))
    return tokens.words[at] == "missing" and tokens.word(at + 1) == "from"


def _is_passive(tokens: Tokens, at: int) -> bool:
    """Whether a bare participle is one: no object stands behind it."""
    word = tokens.word(at + 1)
    if word.endswith("ly"):
        word = tokens.word(at + 2)
    if numeral_at(tokens, at + 1):
        return False
    return not word or word in CLOSING or not word[0].isalnum()


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
    found = PHRASES.get((first, more[0])) or _loose(first, more) or _after_verb(tokens, at, first, more)
    if not found or (first in {"in", "under"} and tokens.word(at - 1) not in BEING):
        return None
    return Told(found, at + 2)


def _after_verb(tokens: Tokens, at: int, first: str, more: list[str]) -> str:
    """What a verb before those counted makes of them: "took two men into custody", "drove them from their homes"."""
    before = tokens.words[max(0, at - REACH) : at]
    if first in CAPTIVE and before[-1:] not in (["a"], ["the"], [","]) and more[0] in CLOSING | {".", ","}:
        return "detained"
    if first == "from" and {"homes", "home"}.intersection(more) and FORCING.intersection(before):
        return "displaced"
    if (first, more[0]) == ("into", "custody") and TAKEN.intersection(before):
        return "detained"
    is_held = first == "held" and (before[-1:] == ["being"] or more[0] in CAPTIVE)
    return "detained" if is_held else ""


def _loose(first: str, more: list[str]) -> str:
    """The same, where other words may stand in between: "taken into custody", "fled their homes"."""
    if first in VIOLENT and more[0] == "and":
        return PARTICIPLES.get(more[1], "") if more[1:] else ""
    is_violent = first in VIOLENT and (more[0] == "dead" or more[:2] == ["to", "death"])
    if is_violent or (first in {"lost", "losing", "lose"} and LIVES.intersection(more[1:2])):
        return "killed"
    if first == "taken" and (CAPTIVE | {"custody"}).intersection(more):
        return "detained"
    if first in {"fled", "flee", "fleeing"} and HOMES.intersection(more):
        return "displaced"
    if first in {"treated", "suffered", "sustained"} and {"injuries", "wounds"}.intersection(more):
        return "injured"
    return TOLLS.get(more[1], "") if first == "among" and more[0] in {"the", "those"} and more[1:] else ""
