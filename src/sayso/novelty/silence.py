"""Who did not speak to a question that others answered.

Asked about are voices with a name and a part in the incident: others hold them responsible, or they speak on another
question about it as a party, an authority, a court, a victim, a witness, an expert or an institution. Silence proves
nothing: most were never asked. Where a report says that they would not answer that very question, that is told apart
(`declining.py`). Voices that may be one count as one here, for whoever may have spoken is not called silent; publishers
are none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, islice
from typing import NamedTuple, get_args

from sayso.kit import fold
from sayso.model import Case, Entity, Findings, Lineage, Question, Voice
from sayso.model.novelty import Involvement, Silence, SilenceKind
from sayso.novelty.declining import answering, declining

RESPONSIBLE = frozenset({"perpetrator", "ordered_by", "complicity"})

PARTS: tuple[Involvement, ...] = get_args(Involvement)

MOST = 20
"""Silent voices of one question, those with the nearest part first: beyond it nobody reads them."""

LIKELY = 0.5
"""Joinings of names from this score on, taken or not, make two voices one here."""


class _Somebody(NamedTuple):
    """Voices that are, or may be, one."""

    voice: Voice
    """The first of them in the case: who speaks most."""
    entities: frozenset[str]


@dataclass(slots=True)
class _Present:
    """What somebody does in one incident."""

    part: Involvement
    spoke: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Questions, in the order of the case, with the report and claim where it does first."""
    reports: dict[str, None] = field(default_factory=dict)
    """In which it does, or declines."""
    declined: defaultdict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    """By question."""
    may_have: set[str] = field(default_factory=set)
    """Questions that a claim of theirs is read to answer, surely or not: on these nobody is called silent."""

    def is_silent_on(self, question: str) -> bool:
        return question not in self.spoke and question not in self.may_have


def silences(case: Case, findings: Sequence[Findings]) -> tuple[Silence, ...]:
    """By question, in the order of the case; those who declined first, then those with the nearest part.

    `findings` are those that count, in the order of the reports. Questions to which only unsure answers are given are
    left out.
    """
    somebody = _somebody(case)
    declines, answers = declining(case, findings), answering(case, findings)
    place = {report.id: number for number, report in enumerate(case.reports)}
    out: list[Silence] = []
    pairs = zip(case.questions, case.lineages, strict=True)
    for _, several in groupby(pairs, key=lambda pair: pair[0].incident):
        asked = list(several)
        present = _present(asked, somebody, declines, answers)
        named = [(somebody[name].voice, one) for name, one in present.items()]
        ranked = sorted(named, key=lambda each: (_rank(each[1]), each[0].name, each[0].id))
        refused: defaultdict[str, list[int]] = defaultdict(list)
        for at, (_, one) in enumerate(ranked):
            one.reports = dict.fromkeys(sorted(one.reports, key=place.__getitem__))
            for name in one.declined:
                refused[name].append(at)
        for question, _ in asked:
            if any(not answer.unsure for answer in question.answers):
                out += _silent(question, ranked, refused[question.id])
    return tuple(out)


def _rank(one: _Present) -> tuple[int, int]:
    return PARTS.index(one.part), -len(one.spoke)


def _silent(question: Question, ranked: Sequence[tuple[Voice, _Present]], refused: Sequence[int]) -> Iterator[Silence]:
    """`refused`: places in `ranked` of those who declined. Walks only as far as is needed, past those who spoke."""
    declined = [(at, *ranked[at]) for at in refused if ranked[at][1].is_silent_on(question.id)]
    gone = frozenset(refused)
    others = (
        (at, voice, one) for at, (voice, one) in enumerate(ranked) if one.is_silent_on(question.id) and at not in gone
    )
    for _, voice, one in islice(chain(declined, others), MOST):
        where = tuple(one.declined.get(question.id, ()))
        kind: SilenceKind = "declined" if where else "not heard"
        spoke, reports = tuple(one.spoke), tuple(one.reports)
        spoken = tuple(one.spoke.values())
        yield Silence(question.id, voice.id, voice.name, one.part, kind, spoke, reports, spoken, where)


def _present(
    asked: Sequence[tuple[Question, Lineage]],
    somebody: Mapping[str, _Somebody],
    declines: Mapping[str, Sequence[tuple[str, str, str]]],
    answers: Mapping[str, Collection[str]],
) -> dict[str, _Present]:
    """Who with a name has a part in one incident, by the id of their first voice."""
    accused = {
        answer.entity
        for question, _ in asked
        if question.slot in RESPONSIBLE
        for answer in question.answers
        if answer.entity and not answer.unsure and any(given.is_for for given in answer.given)
    }
    found: dict[str, _Present] = {}

    def meet(voice: str | None) -> _Present | None:
        one = somebody.get(voice or "")
        part = _part(one, accused) if one else None
        return found.setdefault(one.voice.id, _Present(part)) if one and part else None

    for question, lineage in asked:
        origins = {one.id: one.voice for one in lineage.origins}
        for testimony in lineage.testimonies:
            if one := meet(origins[testimony.origin]):
                one.spoke.setdefault(question.id, (testimony.given[0].report, testimony.given[0].claim))
                one.reports.update(dict.fromkeys(given.report for given in testimony.given))
        for voice, report, claim in declines.get(question.id, ()):
            if one := meet(voice):
                one.declined[question.id].append((report, claim))
                one.reports[report] = None
    for question, _ in asked:
        for voice in sorted(answers.get(question.id, ())):
            if (who := somebody.get(voice)) and who.voice.id in found:
                found[who.voice.id].may_have.add(question.id)
    return found


def _part(one: _Somebody, accused: set[str]) -> Involvement | None:
    if one.entities & accused:
        return "accused"
    return next((part for part in PARTS if part == one.voice.kind), None)


def _somebody(case: Case) -> dict[str, _Somebody]:
    """By voice who it is: those of one name, of one entity, or whose names may well be one. Without publishers."""
    own = {_plain(report.publisher) for report in case.reports}
    entities = {one.id: one for one in case.entities}
    maybe = {
        frozenset((_plain(joining.one), _plain(joining.other)))
        for entity in case.entities
        for joining in entity.joinings
        if joining.score >= LIKELY and not (joining.by and not joining.taken)
    }
    first: dict[str, str] = {}

    def root(name: str) -> str:
        while (above := first.setdefault(name, name)) != name:
            first[name] = name = first[above]
        return name

    named = [voice for voice in case.voices if voice.named and not {*map(_plain, voice.spellings)} & own]
    for pair in maybe:
        one, *other = sorted(map(root, pair))
        first.update((each, one) for each in other)
    for voice in named:
        names = sorted({root(name) for name in _names(voice, entities)})
        first.update((each, names[0]) for each in names[1:])
    groups: defaultdict[str, list[Voice]] = defaultdict(list)
    for voice in named:
        groups[root(_plain(voice.name))].append(voice)
    return {
        voice.id: _Somebody(several[0], frozenset(one.entity for one in several if one.entity))
        for several in groups.values()
        for voice in several
    }


def _names(voice: Voice, entities: Mapping[str, Entity]) -> Iterator[str]:
    yield _plain(voice.name)
    yield from map(_plain, voice.spellings)
    if voice.entity and voice.entity in entities:
        yield from map(_plain, entities[voice.entity].spellings)


def _plain(name: str) -> str:
    """A name for comparing, without article."""
    return fold(name).removeprefix("the ")
