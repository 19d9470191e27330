"""How two answers to one question differ. Only "conflict" is a conflict.

conflict       both cannot hold
update         both can hold, or one voice gave the lower number first and the higher one later
granularity    the one holds the other: a city and its country, a day and its month, see `holding`; or one voice gives
               both in one report
time zone      days next to each other
alias          what may be two spellings of one name
scope          counts of different people: civilians, all
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from sayso.model import Answer, Difference, DifferenceKind, Entity, Slot
from sayso.questions.holding import DOERS, content_words, holds, is_a_people, sharing
from sayso.questions.values import COUNTS, Known

COMPARED = 20
"""Answers that are compared with each other, those that most reports give: further ones are rare, or badly read."""

ALIKE_WORDS = 0.5
"""Share of their words that two descriptions must have in common to be granular to each other."""


def differences(slot: Slot, answers: Sequence[Answer], known: Known) -> tuple[Difference, ...]:
    """How each two answers that somebody gives differ. Answers that are only rejected differ from nothing."""
    given = [one for one in answers if any(each.is_for for each in one.given)][:COMPARED]
    return tuple(
        Difference(one.id, other.id, *how)
        for one, other in combinations(given, 2)
        if (how := _between(slot, one, other, known))
    )


class _How(NamedTuple):
    kind: DifferenceKind
    reason: str
    broader: str = ""


def _between(slot: Slot, one: Answer, other: Answer, known: Known) -> _How | None:
    if slot in COUNTS:
        return _counts(one, other, known)
    if slot == "motive":
        return None  # two motives can both hold
    return _days(one, other) if slot == "date" else _names(slot, one, other, known)


def _counts(one: Answer, other: Answer, known: Known) -> _How | None:
    if one.low is None or other.low is None:
        return None
    if one.scope != other.scope:
        whole = [answer.scope or "all" for answer in (one, other)]
        return _How("scope", f"Counts of different people: {whole[0]} and {whole[1]}.")
    low, high = max(one.low, other.low), min(_top(one), _top(other))
    if low <= high:
        broader = next((each.id for each in (one, other) if (each.low, _top(each)) != (low, high)), "")
        within = any((each.low, _top(each)) == (low, high) for each in (one, other))
        reason = f"“{one.words}” and “{other.words}” can both hold: one gives more than the other."
        return _How("update", reason, broader if within else "")
    less, more = sorted((one, other), key=lambda answer: answer.low or 0)
    voice = _raised(less, more, known)
    if voice:
        return _How("update", f"{voice} gave the lower number first and the higher one later.")
    if _is_later(less, more, known):
        reason = f"“{more.words}” was first said after “{less.words}” was last said: a toll rises."
        return _How("update", reason)
    return _How("conflict", f"“{one.words}” and “{other.words}” cannot both hold.")


def _raised(less: Answer, more: Answer, known: Known) -> str:
    """The voice that gives the lower number, and later the higher one; "" where none does.

    Later is in a later report, or in one and the same claim: "raised the number from four to nine".
    """
    both = {given.claim for given in less.given if given.is_for} & {given.claim for given in more.given if given.is_for}
    if both:
        return known.claims[min(both)].chain[-1].voice
    first = {known.voice_of(given): given for given in reversed(less.given) if given.is_for}
    for given in more.given:
        voice = known.voice_of(given)
        if voice and given.is_for and voice in first and known.place[first[voice].report] < known.place[given.report]:
            return known.voices[voice]
    return ""


def _is_later(less: Answer, more: Answer, known: Known) -> bool:
    """Whether the higher number was first said on a later day than the lower one was last said, and nobody rejects it.

    What reporters recall in their own voice counts only where nobody else says it.
    """
    low, high = (_days_said(one, known) for one in (less, more))
    return bool(low and high) and max(low) < min(high) and all(given.is_for for given in more.given)


def _days_said(one: Answer, known: Known) -> list[str]:
    given = [each for each in one.given if each.is_for]
    said = [each for each in given if known.claims[each.claim].attribution] or given
    days = [known.published[each.report] for each in said]
    return days if all(days) else []


def _top(one: Answer) -> float:
    return float("inf") if one.high is None else one.high


def _days(one: Answer, other: Answer) -> _How:
    if one.earliest <= other.latest and other.earliest <= one.latest:
        days = max(one.earliest, other.earliest), min(one.latest, other.latest)
        wide = [each.id for each in (one, other) if (each.earliest, each.latest) != days]
        return _How("granularity", "The days of the one hold those of the other.", wide[0] if len(wide) == 1 else "")
    first, last = (one, other) if one.latest < other.earliest else (other, one)
    if (date.fromisoformat(last.earliest) - date.fromisoformat(first.latest)).days == 1:
        return _How("time zone", "The days are next to each other: it may be one night, or two time zones.")
    return _How("conflict", "The days cannot be the same.")


def _names(slot: Slot, one: Answer, other: Answer, known: Known) -> _How:
    if one.entity and other.entity:
        if _may_be_one(known.entities[one.entity], known.entities[other.entity]):
            return _How("alias", f"“{one.words}” and “{other.words}” may be two spellings of one name.")
        found = _named_within(one, other, known)
        if found:
            return found
    held = holds(slot, one, other, known.peoples)
    if held:
        return _How("granularity", *held)
    if _share(slot, one, other, known.peoples):
        return _How("granularity", sharing(one, other))
    voice = _of_one_voice(slot, one, other, known)
    if voice:
        return _How("granularity", f"{voice} gives both “{one.words}” and “{other.words}” in one report.")
    rival = "Two are named." if slot in {"perpetrator", "ordered_by"} else "Two different answers are given."
    return _How("conflict", rival)


def _may_be_one(one: Entity, other: Entity) -> bool:
    """Whether a joining of their spellings is open; not of a family name alone, which both may bear."""
    both = {*one.spellings} & {*other.spellings} if " " in one.name and " " in other.name else set[str]()
    ours, theirs = {*one.spellings} - both, {*other.spellings} - both
    pairs = ({joining.one, joining.other} for joining in one.joinings if not joining.taken)
    return any(pair & ours and pair & theirs for pair in pairs)


def _named_within(one: Answer, other: Answer, known: Known) -> _How | None:
    found = [two for two in ((one, other), (other, one)) if (two[0].entity, two[1].entity) in known.within]
    if not found:
        return None
    reason = f"“{one.words}” and “{other.words}”: some report names the one in the other, or as what leads it."
    return _How("granularity", reason, found[0][1].id if len(found) == 1 else "")


def _of_one_voice(slot: Slot, one: Answer, other: Answer, known: Known) -> str:
    """Who gives both in one report, and so does not take the one to exclude the other; "" for nobody.

    Of places reporters too, in their own voice; of who did it not, for there they often tell what others say. Who did
    it must be told in one claim: one voice speaks of several deeds.
    """

    def said(answer: Answer) -> set[tuple[str, str, str]]:
        given = (each for each in answer.given if each.is_for)
        return {(each.report, each.claim if slot in DOERS else "", known.voice_of(each)) for each in given}

    both = sorted(said(one) & said(other), key=lambda each: (known.place[each[0]], each[2]))
    found = next((voice for *_, voice in both if voice), "")
    if found:
        return known.voices[found]
    return "A reporter" if both and slot == "place" else ""


def _share(slot: Slot, one: Answer, other: Answer, peoples: frozenset[str]) -> bool:
    """Whether two descriptions share so many words. Of doers the one must have all that the other has."""
    here, there = set(content_words(one.words)), set(content_words(other.words))
    if slot in DOERS:
        is_within = here <= there or there <= here
        return is_within and not is_a_people(one, peoples) and not is_a_people(other, peoples)
    return len(here & there) >= ALIKE_WORDS * max(1, len(here), len(there))
