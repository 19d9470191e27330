"""Who did not speak to a question that others answered.

Asked about are voices with a name and a part in the incident: others hold them responsible, or they speak on another
question about it as a party, an authority, a court, a victim, a witness, an expert or an institution. Silence proves
nothing: most were never asked. Where a report says that they would not answer, that is told apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import get_args

from sayso.model import Case, Findings, Lineage, Question, Voice
from sayso.model.novelty import Involvement, Silence

RESPONSIBLE = frozenset({"perpetrator", "ordered_by", "complicity"})

PARTS: tuple[Involvement, ...] = get_args(Involvement)

MOST = 20
"""Silent voices of one question, those with the nearest part first: beyond it nobody reads them."""

NEAR = 1000
"""Code points between words that decline and the nearest answer to a question, for the question to be what they
decline. A rule of thumb: two paragraphs."""


@dataclass(slots=True)
class _Present:
    """What one voice does in one incident."""

    part: Involvement
    spoke: dict[str, None] = field(default_factory=dict)
    """Questions, in the order of the case."""
    reports: set[str] = field(default_factory=set)
    declined: defaultdict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    """By question."""


def silences(case: Case, findings: Sequence[Findings]) -> tuple[Silence, ...]:
    """By question, in the order of the case; those who declined first, then those with the nearest part.

    `findings` are those that count, in the order of the reports. Questions to which only unsure answers are given are
    left out.
    """
    voices = {voice.id: voice for voice in case.voices if voice.named}
    declining = _declining(case, findings)
    place = {report.id: number for number, report in enumerate(case.reports)}
    out: list[Silence] = []
    pairs = zip(case.questions, case.lineages, strict=True)
    for _, several in groupby(pairs, key=lambda pair: pair[0].incident):
        asked = list(several)
        present = _present(asked, voices, declining)
        ranked = sorted(present, key=lambda name: (*_rank(present[name]), voices[name].name, name))
        for question, _ in asked:
            if any(not answer.unsure for answer in question.answers):
                out += _silent(question, ranked, present, voices, place)
    return tuple(out)


def _rank(one: _Present) -> tuple[int, int]:
    return PARTS.index(one.part), -len(one.spoke)


def _silent(
    question: Question,
    ranked: Sequence[str],
    present: Mapping[str, _Present],
    voices: Mapping[str, Voice],
    place: Mapping[str, int],
) -> Iterator[Silence]:
    here = [name for name in ranked if question.id not in present[name].spoke]
    declined = [name for name in here if question.id in present[name].declined]
    others = (name for name in here if question.id not in present[name].declined)
    for name in islice((*declined, *others), MOST):
        one = present[name]
        where = tuple(one.declined.get(question.id, ()))
        yield Silence(
            question.id,
            name,
            voices[name].name,
            one.part,
            "declined" if where else "not heard",
            tuple(one.spoke),
            tuple(sorted(one.reports, key=place.__getitem__)),
            where,
        )


def _present(
    asked: Sequence[tuple[Question, Lineage]],
    voices: Mapping[str, Voice],
    declining: Mapping[str, Sequence[tuple[str, str, str]]],
) -> dict[str, _Present]:
    """Named voices with a part in one incident."""
    accused = {
        answer.entity
        for question, _ in asked
        if question.slot in RESPONSIBLE
        for answer in question.answers
        if answer.entity and not answer.unsure and any(given.is_for for given in answer.given)
    }
    found: dict[str, _Present] = {}

    def meet(name: str | None) -> _Present | None:
        part = _part(voices[name], accused) if name in voices else None
        return found.setdefault(name, _Present(part)) if name and part else None

    for question, lineage in asked:
        origins = {one.id: one.voice for one in lineage.origins}
        for testimony in lineage.testimonies:
            if one := meet(origins[testimony.origin]):
                one.spoke[question.id] = None
                one.reports.update(given.report for given in testimony.given)
        for name, report, claim in declining.get(question.id, ()):
            if one := meet(name):
                one.declined[question.id].append((report, claim))
                one.reports.add(report)
    return found


def _part(voice: Voice, accused: set[str]) -> Involvement | None:
    if voice.entity in accused:
        return "accused"
    return voice.kind if voice.kind in PARTS else None  # type: ignore[return-value] # mypy does not narrow by a tuple


def _declining(case: Case, findings: Sequence[Findings]) -> dict[str, list[tuple[str, str, str]]]:
    """By question (voice, report, claim) of who declines: what the claim is read to answer, else what stands nearest."""
    speaker = {name: voice.id for voice in case.voices for name in voice.attributions}
    given: defaultdict[str, list[tuple[int, Question]]] = defaultdict(list)
    starts = {claim.id: claim.content[0].start for found in findings for claim in found.claims}
    for question in case.questions:
        for answer in question.answers:
            for one in answer.given:
                if one.claim in starts:
                    given[one.report].append((starts[one.claim], question))
    out: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for found in findings:
        near = sorted(given[found.report], key=lambda one: (one[0], one[1].id))
        for claim in found.claims:
            voice = speaker.get(claim.attribution or "")
            if claim.stance == "declines" and voice:
                slots = {reply.slot for reply in claim.replies}
                for question in _about(claim.content[0].start, slots, near):
                    out[question].append((voice, found.report, claim.id))
    return out


def _about(start: int, slots: set[str], near: Sequence[tuple[int, Question]]) -> list[str]:
    """Ids of the questions that somebody declines who does it there in the report."""
    if slots and (read := [question.id for _, question in near if question.slot in slots]):
        return list(dict.fromkeys(read))
    at = bisect_left(near, start, key=lambda one: one[0])
    closest = min((abs(where - start) for where, _ in near[max(0, at - 1) : at + 1]), default=NEAR + 1)
    if closest > NEAR:
        return []
    first = bisect_left(near, start - closest, key=lambda one: one[0])
    past = bisect_left(near, start + closest + 1, lo=first, key=lambda one: one[0])
    return list(dict.fromkeys(question.id for where, question in near[first:past] if abs(where - start) == closest))
