"""Where the reports disagree, and how: the disputed questions of each incident, with rival answers.

    replies of all claims ──▶ incident and slot ──▶ answers: replies of one value ──▶ how the answers differ

    asking      which incident a reply is about
    values      what a reply answers: who, how many, when, where, what
    differing   how two answers differ: only "conflict" is a conflict

Nothing is decided: an answer is what somebody gives, and each keeps the claims for it and against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import get_args

from sayso.kit import identify
from sayso.model import Answer, Entity, Findings, Given, Incident, Question, Report, Slot, Voice
from sayso.questions.asking import Posed, posed
from sayso.questions.differing import differences
from sayso.questions.values import Known, Value, value_of

SLOTS: tuple[Slot, ...] = get_args(Slot)

ASKED: dict[Slot, str] = {
    "perpetrator": "Who did it?",
    "ordered_by": "Who ordered it?",
    "complicity": "Who helped, or let it happen?",
    "killed": "How many were killed?",
    "injured": "How many were injured?",
    "missing": "How many are missing?",
    "detained": "How many were detained?",
    "date": "When was it?",
    "place": "Where was it?",
    "means": "How was it done?",
    "motive": "Why was it done?",
    "whereabouts": "Where are they?",
}

__all__ = ["ASKED", "pose"]


def pose(
    reports: tuple[Report, ...],
    findings: tuple[Findings, ...],
    entities: Iterable[Entity],
    voices: Iterable[Voice],
    incidents: Sequence[Incident],
) -> tuple[Question, ...]:
    """The questions that claims speak to, by incident in its order, then slot. The order of reports changes nothing."""
    order = {report.id: number for number, report in enumerate(reports)}
    known = Known(reports, findings, tuple(entities), tuple(voices))
    found: defaultdict[tuple[str, Slot], list[Posed]] = defaultdict(list)
    for one in posed(findings, incidents):
        found[one.incident.id, one.reply.slot].append(one)
    questions = []
    for incident in incidents:
        for slot in SLOTS:
            several = found.get((incident.id, slot))
            answers = _answers(several, known, order) if several else ()
            if answers:
                name = identify("question", incident.id, slot)
                text = f"{ASKED[slot]} ({incident.name})"
                questions.append(Question(name, slot, incident.id, text, answers, differences(slot, answers, known)))
    return tuple(questions)


def _answers(several: Sequence[Posed], known: Known, order: dict[str, int]) -> tuple[Answer, ...]:
    """Replies of one value as one answer; those that most reports give first."""
    by_value: defaultdict[Value, list[Posed]] = defaultdict(list)
    for one in several:
        value = value_of(one, known)
        if value:
            by_value[value].append(one)
    answers = []
    for value, replies in by_value.items():
        ordered = sorted(replies, key=lambda one: (order[one.claim.report], one.claim.content, one.claim.id))
        given = tuple(Given(one.claim.report, one.claim.id, one.reply.is_for, one.reply.span) for one in ordered)
        words = value.name or known.words(ordered[0])
        name = identify("answer", ordered[0].incident.id, ordered[0].reply.slot, *value)
        answers.append(
            Answer(name, words, given, value.entity or None, value.low, value.high, value.earliest, value.latest)
        )
    return tuple(sorted(answers, key=lambda one: (-len({g.report for g in one.given}), one.words, one.id)))
