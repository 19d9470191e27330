"""Where the reports disagree, and how: the disputed questions of each incident, with rival answers.

    replies of all claims ──▶ incident and slot ──▶ answers: replies of one value ──▶ how the answers differ

    asking      which incident a reply is about
    telling     what claims tell of an incident in passing
    values      what a reply answers: who, how many, when, where, what
    answering   replies of one value, or of values that say the same, as one answer
    reasons     what voices offer for and against answers, and who rebuts it
    turns       voices against themselves, headlines against their reports
    free        what some say and others deny, beside the closed list
    differing   how two answers differ: only "conflict" is a conflict

Nothing is decided: an answer is what somebody gives, and each keeps the claims for it and against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import get_args

from sayso.kit import identify
from sayso.model import Answer, Entity, Findings, Incident, Question, Reason, Report, Slot, Voice
from sayso.questions.answering import answers_of
from sayso.questions.asking import Posed, incident_of_claims, leaders, posed
from sayso.questions.differing import differences
from sayso.questions.free import free_questions
from sayso.questions.reasons import reasons_of
from sayso.questions.telling import told
from sayso.questions.turns import headlines_of, turns_of
from sayso.questions.values import Known

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

DOERS = frozenset({"perpetrator", "ordered_by", "complicity"})
DOUBTED = 0.2
"""How likely it is at the most that somebody named as a victim is meant as a doer. A rule of thumb."""

__all__ = ["ASKED", "leaders", "pose"]


def pose(
    reports: tuple[Report, ...],
    findings: tuple[Findings, ...],
    entities: Iterable[Entity],
    voices: Iterable[Voice],
    incidents: Sequence[Incident],
) -> tuple[Question, ...]:
    """The questions that claims speak to, by incident in its order, then slot. The order of reports changes nothing."""
    known = Known(reports, findings, tuple(entities), tuple(voices))
    lead = leaders(incidents)
    asked = incident_of_claims(findings, incidents, lead)
    led = {event: lead[incident.id] for incident in incidents for event in incident.events}
    found: defaultdict[tuple[str, Slot], list[Posed]] = defaultdict(list)
    for one in (*posed(findings, asked), *told(reports, findings, asked, led)):
        found[one.incident.id, one.reply.slot].append(one)
    free: defaultdict[str, list[Question]] = defaultdict(list)
    for question in free_questions(reports, findings, asked):
        free[question.incident].append(question)
    questions = []
    for incident in incidents:
        for slot in SLOTS:
            answers = _without_victims(slot, answers_of(found.get((incident.id, slot), ()), known), incident)
            if answers:
                name = identify("question", incident.id, slot)
                text = f"{ASKED[slot]} ({incident.name})"
                how = differences(slot, answers, known)
                questions.append(Question(name, slot, incident.id, text, answers, how))
        questions += free[incident.id]
    reasons = _reasons(reports, findings, questions)
    by_id = {report.id: report for report in reports}
    return tuple(
        replace(
            one,
            reasons=tuple(reasons[one.id]),
            turns=turns_of(one.answers, one.differences, known),
            headlines=tuple(headlines_of(one.answers, by_id, known)),
        )
        for one in questions
    )


def _without_victims(slot: Slot, answers: tuple[Answer, ...], incident: Incident) -> tuple[Answer, ...]:
    """The same with those who are named as victims of it unsure as its doers: most often their names were misread.

    Whoever is blamed as often as named a victim is no victim of the incident, see `incidents.telling`.
    """
    if slot not in DOERS:
        return answers
    victims = {words for role, words, _ in incident.fillers if role == "victim"}
    doubted = (
        replace(one, probability=min(one.probability, DOUBTED)) if one.words in victims else one for one in answers
    )
    return tuple(sorted(doubted, key=lambda one: one.unsure))


def _reasons(
    reports: Sequence[Report], findings: Sequence[Findings], questions: Sequence[Question]
) -> defaultdict[str, list[Reason]]:
    """By question."""
    question_of: dict[str, str] = {}
    gives: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
    for question in questions:
        for answer in question.answers:
            question_of[answer.id] = question.id
            for given in answer.given:
                gives[given.claim].append((answer.id, given.is_for))
    out: defaultdict[str, list[Reason]] = defaultdict(list)
    for report, found in zip(reports, findings, strict=True):
        for reason in reasons_of(report, found, gives):
            out[question_of[reason.answer]].append(reason)
    return out
