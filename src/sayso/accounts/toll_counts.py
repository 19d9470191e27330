"""From what one report tells of people to what it tells of numbers.

All that a report tells of singly is a floor: "John was killed" says one at least. Within one sentence people add up
where the words keep them apart (names, "others", different nouns, the attacker's own death). Of the floors and numbers
of a report the highest counts, for the lower ones may count some only: "two children died" beside "five people were
killed".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, cast

from sayso.accounts.toll_people import (
    ANYBODY,
    HOSPITAL,
    SELF_KEY,
    SUFFERED,
    Page,
    Suffered,
    Sufferers,
    of_count,
    pair,
    self_harm,
    told_by_events,
)
from sayso.model import Event, FigureBasis, Quantity, Span


class Count(NamedTuple):
    """How many suffered one fate, in one report."""

    fate: Suffered
    low: float
    high: float | None
    spans: tuple[Span, ...]
    """The words that tell it."""
    basis: FigureBasis = "people"
    scope: str = ""
    attackers: int = 0
    """How many of them took their own life."""
    people: frozenset[str] = frozenset()
    """Ids of the entities that are named."""


def counts_of(page: Page, events: Sequence[Event], quantities: Iterable[Quantity]) -> list[Count]:
    """What a report tells of one incident: every number by itself, and of each fate the highest floor."""
    told = told_in(page, events, quantities)
    killed = floors(told, "killed")
    if killed and _only_bare(told):
        killed = None
    dead = max((one.low for one in told if one.fate == "killed" and one.is_number), default=0)
    dead = max(dead, killed.low if killed else 0)
    rest = (floors(told, "missing"), floors(told, "detained"))
    found = [one for one in (killed, *rest) if one]
    return [*numbers(told, dead), *found, *_injured(told, dead)]


def _only_bare(told: Sequence[Sufferers]) -> bool:
    """Whether a death is only spoken of, where a number is given of those hit: a report that counts would count it."""
    is_counted = any(one.is_number and one.fate in {"hit", "injured"} for one in told)
    return is_counted and all(one.is_bare for one in told if one.fate == "killed")


def numbers(told: Sequence[Sufferers], dead: float) -> Iterator[Count]:
    """The numbers that stand by themselves; not those that a sentence adds to others.

    Some of those told of have their noun as scope. Those of whom it was told before that they died are not injured.
    """
    for one in told:
        if _is_alone(one) or (one.low == 0 and one.fate != "hit"):
            beside = [each for each in told if each.fate == one.fate and each.sentence == one.sentence]
            most = max([dead * (one.fate == "killed"), *(each.low for each in told if each.fate == one.fate)])
            is_part = one.low < most and (one.noun not in ANYBODY or one.is_definite)
            is_dead = one.fate == "injured" and one.is_definite and 0 < one.low <= dead
            if not is_dead and (one.high is None or sum_of(beside, one.fate).low <= one.high or is_part):
                scope = one.scope or ((one.noun or "some") if is_part and one.low else "")
                yield Count(one.fate, one.low, one.high, (one.span,), "number", scope)


def _injured(told: Sequence[Sufferers], dead: float) -> Iterator[Count]:
    """The floor of those injured. Who is hit, and not dead, is injured; a wound of one who died is none."""
    apart = _beside_the_dead(told)
    if apart:
        yield apart
    hit = _hit(told)
    injured = floors(told, "injured")
    if not dead and injured and (not hit or injured.low > hit.low):
        hit = injured
    if hit and hit.low > dead:
        yield hit._replace(fate="injured", basis="both")


def _hit(told: Sequence[Sufferers]) -> Count | None:
    """Dead and injured together: those who were shot, and all who are named with any of these fates."""
    hit = floors([one._replace(fate="hit") if one.fate == "injured" and one.is_more else one for one in told], "hit")
    exact = max((one for one in told if one.fate == "hit" and one.is_number), key=lambda one: one.low, default=None)
    if exact and (not hit or exact.low >= hit.low):
        hit = Count("hit", exact.low, exact.high, (exact.span,))
    own = [one for one in told if one.fate in {"hit", "killed", "injured"}]
    names = {one.who: one.span for one in own if one.who not in {"", SELF_KEY}}
    if len(names) > (hit.low if hit else 0):
        hit = Count("hit", len(names), None, tuple(sorted(names.values())), people=frozenset(names))
    return hit


def _beside_the_dead(told: Sequence[Sufferers]) -> Count | None:
    """Those whom a sentence tells of as injured beside others that it tells of as dead."""
    found = []
    for one in told:
        if one.fate == "injured" and one.who != SELF_KEY and not _is_alone(one):
            dead = [each for each in told if each.fate == "killed" and each.sentence == one.sentence]
            gone = {each.who for each in told if each.fate == "killed" and each.who}
            is_apart = one.is_more or (dead and all(_are_apart(one, each) for each in dead))
            if is_apart and one.who not in gone and one.noun:
                found.append(Count("injured", one.low, None, (one.span,)))
    return max(found, key=lambda one: (one.low, one.spans), default=None)


def _are_apart(one: Sufferers, other: Sufferers) -> bool:
    return one.span.end <= other.span.start or other.span.end <= one.span.start


def told_in(page: Page, events: Sequence[Event], counts: Iterable[Quantity]) -> list[Sufferers]:
    """All that a report tells of the people of one incident: numbers, and people by events beside them."""
    out: list[Sufferers] = []
    for count in counts:
        fate = cast("Suffered", count.fate) if count.fate in SUFFERED else None
        if not count.fate and _is_in_hospital(page, count):
            fate = "hit"
        if fate:
            out.append(of_count(page, count, fate))
    taken = {(one.span, one.fate) for one in out}
    out += [one for one in told_by_events(page, events) if (one.span, one.fate) not in taken]
    for sentence in sorted({one.sentence for one in out}):
        out = _with_own_death(page, sentence, out)
    return sorted(out, key=lambda one: (one.span, one.fate, one.who))


def _with_own_death(page: Page, sentence: int, told: list[Sufferers]) -> list[Sufferers]:
    """The same with whoever takes their own life in one sentence, where it tells of others who were killed or hit."""
    both, span = pair(page, sentence), self_harm(page, sentence)
    if both:
        told = [*told, Sufferers("killed", 2, None, "", both, sentence)]
    others = [one for one in told if one.sentence == sentence and one.who != SELF_KEY and one.fate in {"killed", "hit"}]
    if span and any(one.span.end <= span.start and not one.is_bare for one in others):
        told = [one for one in told if one.sentence != sentence or one.who != SELF_KEY]
        told.append(Sufferers("killed", 1, None, SELF_KEY, span, sentence, is_deed=True))
    return told


def _is_in_hospital(page: Page, count: Quantity) -> bool:
    end = page.sentences[page.sentence(count.span)].end
    return count.counted in {"person", "victim", "man", "woman", "child"} and bool(
        HOSPITAL.match(page.text[count.span.end : end])
    )


def floors(told: Sequence[Sufferers], fate: Suffered) -> Count | None:
    """The highest floor of what is told singly of one fate. Numbers count where a sentence adds others to them."""
    own = [one for one in told if one.fate == fate and one.low >= 1]
    by_sentence = defaultdict[int, list[Sufferers]](list)
    for one in own:
        by_sentence[one.sentence].append(one)
    found = []
    for several in by_sentence.values():
        whole = sum_of(several, fate)
        if all(not _is_alone(one) or whole.low > (one.high or one.low) for one in several):
            found.append(whole)
    names = {one.who: one.span for one in own if one.who not in {"", SELF_KEY}}
    if names:
        found.append(Count(fate, len(names), None, tuple(sorted(names.values())), people=frozenset(names)))
    best = max(found, key=lambda one: (one.low, one.spans), default=None)
    return best._replace(people=frozenset(names)) if best else None


def _is_alone(one: Sufferers) -> bool:
    """Whether it is a number that stands by itself."""
    return one.is_number and one.fate != "hit" and not one.is_more


def sum_of(told: Sequence[Sufferers], fate: Suffered) -> Count:
    """How many a sentence tells of at least."""
    selves = [one for one in told if one.who == SELF_KEY]
    names = {one.who: one for one in told if one.who not in {"", SELF_KEY}}
    others = [one for one in told if not one.who]
    numbers = [one for one in others if not one.event]
    by_event = defaultdict[str, list[Sufferers]](list)
    for one in others:
        if one.event:
            by_event[one.event].append(one)
    unnamed = max((sum(one.low for one in several) for several in by_event.values()), default=0)
    objects = _different({one.noun for one in others if one.is_object and one.event and one.noun})
    more = sum(one.low for one in numbers if one.is_more)
    victims = max(len(names) + more, max(unnamed, objects) + more, _counted(numbers))
    is_beside = fate == "killed" and any(one.is_deed for one in told if one.who != SELF_KEY)
    low = victims + 1 if selves and is_beside else max(victims, len(selves[:1]))
    spans = tuple(sorted({one.span for one in told}))
    return Count(fate, low, None, spans, attackers=int(bool(selves) and is_beside))


def _different(words: Iterable[str]) -> int:
    """How many descriptions are not a part of another: "a friend" may be "a friend of 17"."""
    kept: list[str] = []
    for one in sorted(words, key=lambda word: (-len(word), word)):
        if not any(one in other for other in kept):
            kept.append(one)
    return len(kept)


def _counted(numbers: Sequence[Sufferers]) -> float:
    """Of several numbers in a sentence the sum, where each counts others: "two men and a girl"."""
    nouns = {one.noun for one in numbers}
    if len(nouns) == len(numbers) and not nouns & ANYBODY:
        return sum(one.low for one in numbers)
    plain = max((one.low for one in numbers if not one.is_more), default=0)
    return plain + sum(one.low for one in numbers if one.is_more)
