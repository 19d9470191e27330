"""Who and what the reports speak of: all spellings of each, why these are taken for one, and where they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sayso.dossier.index import Index, Place
from sayso.dossier.words import count, times
from sayso.model import Case, Entity, Joining, Report

KINDS: Final = {
    "person": "person",
    "organisation": "group or organisation",
    "place": "place",
    "nationality": "nationality",
    "weapon": "weapon",
    "vehicle": "vehicle",
    "event": "event",
    "document": "document",
    "money": "sum of money",
    "quantity": "count",
    "time": "time",
    "other": "other name",
}
SECTIONS: Final = {"person": "People", "organisation": "Groups and organisations", "place": "Places"}
REST: Final = "Other names"

UNDECIDED: Final = frozenset({"disputed", "open"})

FEW: Final = 12
"""So many spellings, reasons, chains or counts are shown; more are folded."""

LINKS: Final = 6
"""So many places in a row are shown as links; more are folded, and links once scripts are allowed."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """One way in which somebody is written."""

    words: str
    met: str
    """How often and in how many reports, in words."""
    places: tuple[Place, ...]
    """The sentences, each once, in the order of the case."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two spellings are taken for one, or are not."""

    one: str
    other: str
    why: str
    mark: str
    """What is not plain about it: "disputed", "open", or what a person decided, with their name; else ""."""
    leads: int = 0
    """The number of the other member of the cast that it may belong to; 0 for none."""


@dataclass(frozen=True, slots=True)
class Member:
    """One entity as the page shows it."""

    number: int
    """1, 2, … through all sections."""
    name: str
    kind: str
    section: str
    met: str
    """How often and in how many reports, in words."""
    spellings: tuple[Spelling, ...]
    """The commonest first."""
    joined: tuple[Reason, ...]
    apart: tuple[Reason, ...]
    """Other spellings that may belong to it, and are not joined."""
    voices: tuple[int, ...]
    """Numbers of the voices that are this entity."""

    @property
    def once(self) -> bool:
        """Whether it is met in one sentence only, with nothing more to say of it."""
        return sum(len(one.places) for one in self.spellings) == 1 and not (self.joined or self.apart or self.voices)

    @property
    def disputed(self) -> bool:
        """Whether something speaks against one of its joinings, or one is left open."""
        return any(reason.mark in UNDECIDED for reason in (*self.joined, *self.apart))


def order(case: Case) -> list[str]:
    """Ids of all who are in the cast: people, groups, places, the rest; in each as the case orders them.

    An entity that is met nowhere is passed over.
    """
    reports = {report.id for report in case.reports}
    sections = [*SECTIONS.values(), REST]
    met = [one for one in case.entities if any(where.report in reports for where in one.mentions)]
    return [one.id for one in sorted(met, key=lambda one: sections.index(SECTIONS.get(one.kind, REST)))]


def members(case: Case, index: Index, voices: dict[str, list[int]]) -> list[Member]:
    """Everybody in the cast, in its order. `voices`: numbers of voices by the entity that speaks."""
    known = Names(case, index, voices)
    return [member(known, number) for number in range(1, len(known.met) + 1)]


class Names:
    """Look-ups that everything needs that tells of a name."""

    def __init__(self, case: Case, index: Index, voices: dict[str, list[int]]) -> None:
        self.index, self.voices = index, voices
        self.texts = {report.id: report for report in case.reports}
        entities = {entity.id: entity for entity in case.entities}
        self.met = [entities[identity] for identity in order(case)]
        """The cast, by number from 1."""
        self.numbers: defaultdict[str, list[int]] = defaultdict(list)
        """Numbers of the members that are written so."""
        for number, entity in enumerate(self.met, 1):
            for spelling in entity.spellings:
                self.numbers[spelling].append(number)


def places(members: Iterable[Member]) -> Iterator[Place]:
    """The sentences that the cast leads to without scripts."""
    for member in members:
        for spelling in member.spellings:
            yield from spelling.places[:LINKS]


def member(known: Names, number: int) -> Member:
    """One of the cast, by number from 1."""
    entity, texts = known.met[number - 1], known.texts
    spellings = tuple(_spellings(entity, texts, known.index))
    reports = {where.report for where in entity.mentions if where.report in texts}
    mentions = sum(where.report in texts for where in entity.mentions)
    reasons = [_reason(joining, number, known.numbers) for joining in entity.joinings]
    return Member(
        number=number,
        name=entity.name,
        kind=KINDS[entity.kind],
        section=SECTIONS.get(entity.kind, REST),
        met=f"{count(mentions, 'mention')} in {count(len(reports), 'report')}",
        spellings=spellings,
        joined=tuple(r for r, j in zip(reasons, entity.joinings, strict=True) if j.taken),
        apart=tuple(r for r, j in zip(reasons, entity.joinings, strict=True) if not j.taken),
        voices=tuple(known.voices.get(entity.id, ())),
    )


def _spellings(entity: Entity, texts: dict[str, Report], index: Index) -> Iterator[Spelling]:
    often: Counter[str] = Counter()
    places: defaultdict[str, dict[Place, None]] = defaultdict(dict)
    for where in entity.mentions:
        if where.report in texts:
            words = " ".join(texts[where.report].text[where.span.start : where.span.end].split())
            often[words] += 1
            places[words][index.place(where)] = None
    for words in sorted(often, key=lambda one: -often[one]):
        reports = len({place.report for place in places[words]})
        yield Spelling(words, f"{times(often[words])}, {count(reports, 'report')}", tuple(places[words]))


def is_disputed(entity: Entity) -> bool:
    """As the member's `disputed`."""
    return any(_mark(joining) in UNDECIDED for joining in entity.joinings)


def _reason(joining: Joining, number: int, numbers: dict[str, list[int]]) -> Reason:
    others = (other for spelling in (joining.one, joining.other) for other in numbers.get(spelling, ()))
    leads = 0 if joining.taken else next((other for other in others if other != number), 0)
    return Reason(joining.one, joining.other, joining.reason, _mark(joining), leads)


def _mark(joining: Joining) -> str:
    if joining.by:
        barred = "to be joined, says" if joining.disputed else "kept apart by"
        return f"{'joined by' if joining.taken else barred} {joining.by}"
    if not joining.taken:
        return "open"
    return "disputed" if joining.disputed else ""
