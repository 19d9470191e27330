"""Weighing: what testimonies, taken together, leave of each rival answer, and what hangs on what.

    Questions, Lineages ── hear ──▶ columns ── learn ──▶ reliability, frozen ── work_out ──▶ Weighing

core         the arithmetic on columns: weights, dependence, support, what is left unresolved, conflict
hearing      from records to columns: who was heard on which answer, through whom, how firmly
reliability  how reliable those who speak seem, from how they fare on other questions
hanging      every answer weighed again without one voice, hearer, bloc or report
falling      the smallest set of origins without which another answer leads
numbers      counts and days as posteriors
asking       the next best question
telling      what hangs on what, in sentences
words        likelihood and confidence, apart, and one plain sentence
results      from columns back to records
assumptions  the table of everything that is assumed, `assumptions.toml`

Nothing here says that an answer is so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from sayso.model import Findings, Lineage, Question, Responsibility
from sayso.model.weighing import Stand, Weighing
from sayso.weighing.asking import ask
from sayso.weighing.assumptions import DEFAULTS, Assumptions, change, load
from sayso.weighing.estimates import estimates
from sayso.weighing.hearing import Known, hear, know
from sayso.weighing.reliability import learn
from sayso.weighing.results import Weighed, record, standing, work_out
from sayso.weighing.telling import CONTRADICTED, LIMITS, MUCH_CONFLICT, estimated, hangs

__all__ = [
    "CONTRADICTED",
    "DEFAULTS",
    "LIMITS",
    "MUCH_CONFLICT",
    "Assumptions",
    "ask",
    "change",
    "estimated",
    "hangs",
    "load",
    "stand",
    "weigh",
]


def weigh(
    questions: Sequence[Question],
    lineages: Sequence[Lineage],
    findings: Iterable[Findings] = (),
    *,
    responsibilities: Iterable[Responsibility] = (),
    blocs: Mapping[str, str] | None = None,
    assumptions: Assumptions = DEFAULTS,
) -> tuple[Weighing, ...]:
    """What is said, weighed, for each question that has a lineage, in the order of the questions.

    `findings`: of all reports, in the order of the case; the chains of their claims say through whom. Without them
    everything counts as heard at first hand. `responsibilities`: who speaks for or against themselves. `blocs`: by id
    of an origin the name of a group that depends on each other: a party, an owner. A report is retracted by leaving it
    out of the case; what then becomes of a question stands beforehand among its `hanging`.
    """
    known = know(findings, responsibilities)
    weighed = _weighed(questions, lineages, known, blocs or {}, assumptions)
    lineage_of = {one.question: one for one in lineages}
    found = []
    for at, question in enumerate(questions):
        if question.id in lineage_of:
            one = record(weighed, at, question, lineage_of[question.id])
            figures = estimates(question, lineage_of[question.id], one, known, assumptions)
            found.append(replace(one, estimates=figures))
    return tuple(found)


def stand(
    questions: Sequence[Question],
    lineages: Sequence[Lineage],
    findings: Iterable[Findings] = (),
    *,
    responsibilities: Iterable[Responsibility] = (),
    blocs: Mapping[str, str] | None = None,
    assumptions: Assumptions = DEFAULTS,
) -> tuple[Stand, ...]:
    """How the answers stand, as `weigh` has it, without what hangs on what: some ten times as quick."""
    known = know(findings, responsibilities)
    weighed = _weighed(questions, lineages, known, blocs or {}, assumptions)
    rooted = {one.question for one in lineages}
    return tuple(standing(weighed, at, question) for at, question in enumerate(questions) if question.id in rooted)


def _weighed(
    questions: Sequence[Question],
    lineages: Sequence[Lineage],
    known: Known,
    blocs: Mapping[str, str],
    assumptions: Assumptions,
) -> Weighed:
    heard = hear(questions, lineages, known, blocs=blocs, assumptions=assumptions)
    shares = np.array([1.0 - assumptions.dependence["may_be_one"], 1.0 - assumptions.dependence["bloc"]])
    field, kind = np.array(heard.field, np.int64), np.array(heard.kind, np.int64)
    learned = learn(heard.board, shares, field, kind, claims=assumptions.learning["claims"])
    found = heard.board.hearings
    chance = 1.0 / (found.rivals + 1.0)
    least = chance + assumptions.learning["floor"] * (found.reliability - chance)
    hearings = found._replace(reliability=np.maximum(learned.reliability, np.minimum(least, found.reliability)))
    heard = heard._replace(board=heard.board._replace(hearings=hearings))
    return work_out(heard, learned.claims, assumptions)
