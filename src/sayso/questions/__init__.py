"""Where the reports disagree, and how: the disputed questions of each incident, with rival answers.

    replies of all claims ──▶ incident and slot ──▶ answers: replies of one value ──▶ how the answers differ

    asking      which incident a reply is about
    telling     what claims tell of an incident in passing
    values      what a reply answers: who, how many, when, where, what
    answering   replies of one value, or of values that say the same, as one answer
    reasons     what voices offer for and against answers, and who rebuts it
    turns       voices against themselves, headlines against their reports
    free        what some say and others deny, beside the closed list
    holding     answers in words of which the one holds the other
    differing   how two answers differ: only "conflict" is a conflict

Nothing is decided: an answer is what somebody gives, and each keeps the claims for it and against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import get_args

from sayso.kit import Memory, identify
from sayso.model import Answer, Entity, Findings, Incident, Question, Reason, Report, Slot, Voice
from sayso.questions.answering import answers_of
from sayso.questions.asking import Posed, incident_of_claims, leaders, posed
from sayso.questions.differing import differences
from sayso.questions.free import free_questions
from sayso.questions.holding import DOERS
from sayso.questions.reasons import Gives, reasons_of
from sayso.questions.telling import told
from sayso.questions.turns import headlines_of, turns_of
from sayso.questions.values import Known, worded

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
    "whereabouts": "Where are the missing or held?",
}

DOUBTED = 0.2
"""How likely it is at the most that somebody named as a victim is meant as a doer. A rule of thumb."""

__all__ = ["ASKED", "leaders", "pose"]


def pose(
    reports: tuple[Report, ...],
    findings: tuple[Findings, ...],
    entities: Iterable[Entity],
    voices: Iterable[Voice],
    incidents: Sequence[Incident],
    *,
    memory: Memory | None = None,
) -> tuple[Question, ...]:
    """The questions that claims speak to, by incident in its order, then slot. The order of reports changes nothing.

    With a `memory`, a question is posed anew only where something else is said on it, or other names in its reports.
    """
    memory = memory or Memory(keeps=False)
    known = Known(reports, findings, tuple(entities), tuple(voices), memory)
    lead = leaders(incidents)
    asked = incident_of_claims(findings, incidents, lead)
    led = {event: lead[incident.id] for incident in incidents for event in incident.events}
    found = _replies(reports, findings, asked, led, memory)
    free: defaultdict[str, list[Question]] = defaultdict(list)
    for question in free_questions(reports, findings, asked, memory):
        free[question.incident].append(_settled(question, known, memory))
    questions: list[Question] = []
    for incident in incidents:
        asked_of = [(slot, found[incident.id, slot]) for slot in SLOTS if (incident.id, slot) in found]
        each = (_question(incident, slot, several, known=known, memory=memory) for slot, several in asked_of)
        questions += (one for one in each if one.answers)
        questions += free[incident.id]
    reasons = _reasons(reports, findings, questions, memory)
    return tuple(replace(one, reasons=tuple(reasons[one.id])) for one in questions)


Replies = Mapping[tuple[str, Slot], list[Posed]]


def _replies(
    reports: Sequence[Report],
    findings: Sequence[Findings],
    asked: Mapping[str, Incident],
    led: Mapping[tuple[str, str], Incident],
    memory: Memory,
) -> Replies:
    """By incident and slot. Of an incident a report's replies rest on its id and days alone."""
    several = []
    part_of: defaultdict[str, dict[str, object]] = defaultdict(dict)
    for (name, event), incident in led.items():
        part_of[name][event] = _about(incident)
    for report, found in zip(reports, findings, strict=True):
        about = [_about(asked.get(claim.id)) for claim in found.claims]
        make = partial(_in_report, report, found, asked, led)
        several.append(memory.recall(("replies", report.id), (report, found, about, part_of.get(report.id)), make))
    out: defaultdict[tuple[str, Slot], list[Posed]] = defaultdict(list)
    for one in (*(one for given, _ in several for one in given), *(one for _, passing in several for one in passing)):
        out[one.incident.id, one.reply.slot].append(one)
    return out


def _about(incident: Incident | None) -> tuple[str, str, str] | None:
    return (incident.id, incident.earliest, incident.latest) if incident else None


def _in_report(
    report: Report, found: Findings, asked: Mapping[str, Incident], led: Mapping[tuple[str, str], Incident]
) -> tuple[list[Posed], list[Posed]]:
    """What one report replies, and what it tells in passing."""
    return list(posed([found], asked)), list(told([report], [found], asked, led))


def _question(incident: Incident, slot: Slot, several: Sequence[Posed], *, known: Known, memory: Memory) -> Question:
    """A question with all but its reasons; without answers where no reply can be told."""

    def work() -> Question:
        answers = _without_victims(slot, answers_of(several, known), incident)
        text = f"{ASKED[slot]} ({incident.name})"
        how = differences(slot, answers, known)
        return _with_turns(Question(name, slot, incident.id, text, answers, how), known)

    name = identify("question", incident.id, slot)
    claims = [one.claim for one in several]
    described = [known.described(worded(one, known)) for one in several if one.reply.span]
    found = known.all_of(claims), known.within, known.peoples, described
    return memory.recall(name, (incident.name, incident.fillers, several, found), work)


def _settled(question: Question, known: Known, memory: Memory) -> Question:
    """A free question, with who turns."""
    claims = [known.claims[given.claim] for answer in question.answers for given in answer.given]
    return memory.recall(question.id, (question, known.all_of(claims)), partial(_with_turns, question, known))


def _with_turns(one: Question, known: Known) -> Question:
    turns = turns_of(one.answers, one.differences, known)
    return replace(one, turns=turns, headlines=tuple(headlines_of(one.answers, known.reports, known)))


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
    reports: Sequence[Report], findings: Sequence[Findings], questions: Sequence[Question], memory: Memory
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
        answered = [gives.get(claim.id) for claim in found.claims]
        make = partial(_reasons_of, report, found, gives)
        for reason in memory.recall(("reasons", report.id), (report, found, answered), make):
            out[question_of[reason.answer]].append(reason)
    return out


def _reasons_of(report: Report, found: Findings, gives: Gives) -> tuple[Reason, ...]:
    return tuple(reasons_of(report, found, gives))
