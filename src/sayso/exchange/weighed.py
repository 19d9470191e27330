"""Rows of the data frames on what is said, weighed: see `frames`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sayso.model import PUBLISHER_NOT_RECORDED, Case, Question, Weighing

Row = dict[str, object]


class _Names:
    """What ids of a case are called."""

    def __init__(self, case: Case) -> None:
        self.questions = {one.id: one for one in case.questions}
        self.answers = {answer.id: answer.words for one in case.questions for answer in one.answers}
        self.origins = {(one.question, origin.id): origin.name for one in case.lineages for origin in one.origins}
        self.reports = {one.id: one.publisher or PUBLISHER_NOT_RECORDED for one in case.reports}

    def unit(self, question: str, unit: str) -> str:
        """An origin or report by its name; hearers and blocs have no id beside it. Origins have one a question."""
        return self.origins.get((question, unit)) or self.reports.get(unit) or unit


def _asked(one: Question) -> Row:
    return {"question": one.id, "slot": one.slot, "incident": one.incident, "text": one.text}


def weighings(case: Case, several: Iterable[Weighing]) -> Iterator[Row]:
    """One row a question."""
    names = _Names(case)
    for one in several:
        fall = one.fall
        yield {
            **_asked(names.questions[one.question]),
            "leader": one.leader,
            "leader_words": names.answers.get(one.leader or ""),
            "unresolved": one.unresolved,
            "conflict": one.conflict,
            "confidence": one.confidence,
            "reasons": " ".join(one.reasons),
            "sentence": one.sentence,
            "fall": "; ".join(names.unit(one.question, each) for each in fall.origins) if fall else None,
            "fall_leader": names.answers.get(fall.leader or "") if fall else None,
        }


def supports(case: Case, several: Iterable[Weighing]) -> Iterator[Row]:
    """One row an answer."""
    names = _Names(case)
    for one in several:
        for each in one.supports:
            yield {
                "question": one.question,
                "answer": each.answer,
                "answer_words": names.answers[each.answer],
                "likelihood": each.likelihood,
                "belief": each.belief,
                "plausible": each.plausible,
                "belief_apart": each.belief_apart,
                "nats_for": each.nats_for,
                "nats_against": each.nats_against,
                "voices_low": each.voices[0],
                "voices_high": each.voices[1],
            }


def parts(case: Case, several: Iterable[Weighing]) -> Iterator[Row]:
    """One row an origin's word on an answer."""
    names = _Names(case)
    for one in several:
        for each in one.parts:
            yield {
                "question": one.question,
                "answer": each.answer,
                "answer_words": names.answers[each.answer],
                "is_for": each.is_for,
                "origin": each.origin,
                "name": names.unit(one.question, each.origin),
                "weight": each.weight,
                "discount": each.discount,
                "contribution": each.contribution,
                "reliability": each.reliability,
                "prior_only": each.prior_only,
                "reports": "; ".join(each.reports),
            }


def hangs(case: Case, several: Iterable[Weighing]) -> Iterator[Row]:
    """One row a voice, hearer, bloc or report that is left out."""
    names = _Names(case)
    for one in several:
        for each in one.hanging:
            yield {
                "question": one.question,
                "kind": each.kind,
                "unit": each.unit,
                "name": names.unit(one.question, each.unit),
                "flips": each.flips,
                "leader": each.leader,
                "leader_words": names.answers.get(each.leader or ""),
                "belief": each.belief,
            }


def estimates(case: Case, several: Iterable[Weighing]) -> Iterator[Row]:
    """One row a number or day, of one scope. Days are ISO 8601."""
    names = _Names(case)
    for one in several:
        question = names.questions[one.question]
        for each in one.estimates:
            bounds = {"low": each.low, "best": each.best, "high": each.high}
            days = {name: date.fromordinal(max(1, round(value))).isoformat() for name, value in bounds.items()}
            yield {
                **_asked(question),
                **(days if question.slot == "date" else bounds),
                "scope": each.scope,
                "origins": each.origins,
            }
