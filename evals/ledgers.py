"""Reasons, rebuttals, turns and headlines of a questions file that the program gives too.

The truth does not list all that could be said, so that only what is missing is counted, not what is found beside it.

reasons     one for or against the same answer, whose words overlap the first quote
rebuttals   of the reasons found: one that a claim which overlaps another quote rebuts
turns       one to the same question, of the same voice, between the reports of the first and last quote
headlines   one of the same report
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from evals.rivals import same_voice
from sayso.kit import digest
from sayso.model import Case, Claim, Question, Reason, Span

Row = Mapping[str, Any]


class Known(NamedTuple):
    """A case for looking things up."""

    places: Mapping[str, tuple[str, str]]
    """By the truth's id of a report: the program's, and the text."""
    questions: Mapping[str, tuple[Question, ...]]
    """By the truth's name of a question."""
    answers: Mapping[tuple[str, str], str]
    """By the truth's names of a question and an answer: the program's answer."""
    claims: Mapping[str, Claim]


def known(
    case: Case, truth: Sequence[Row], asked: Mapping[str, set[str]], answers: Mapping[tuple[str, str], str]
) -> Known:
    """`asked`: by the truth's name of a question, the ids of the program's."""
    ids = {digest(report.text): report.id for report in case.reports}
    places = {one["id"]: (ids.get(one["sha256"], ""), one["text"]) for one in truth}
    questions = {name: tuple(q for q in case.questions if q.id in found) for name, found in asked.items()}
    return Known(places, questions, answers, {claim.id: claim for each in case.findings for claim in each.claims})


def recall(ledgers: Mapping[str, Sequence[Row]], here: Known) -> tuple[dict[str, Any], list[Row]]:
    """For each ledger how many are found of how many, and what is missing."""
    missing: list[Row] = []
    reasons = [(row, _reason(row, here)) for row in ledgers["reasons"]]
    rebutted = [(row, _rebuttal(row, one, here)) for row, one in reasons if one and row["rebutted_by"]]
    turns = [(row, any(_turns(row, here))) for row in ledgers["turns"]]
    told = {headline.report for question in _every(here) for headline in question.headlines}
    headlines = [(row, here.places[row["report"]][0] in told) for row in ledgers["headlines"]]
    out = {}
    for name, rows in (("reasons", reasons), ("rebuttals", rebutted), ("turns", turns), ("headlines", headlines)):
        out[name] = {"found": sum(bool(found) for _, found in rows), "of": len(rows)}
        missing += [{"ledger": name, **row} for row, found in rows if not found]
    return out, missing


def _every(here: Known) -> Iterator[Question]:
    for several in here.questions.values():
        yield from several


def _span(quote: Row, here: Known) -> tuple[str, Span]:
    report, text = here.places[quote["report"]]
    start = text.index(quote["quote"])
    return report, Span(start, start + len(quote["quote"]))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _reason(row: Row, here: Known) -> Reason | None:
    report, span = _span(row["quotes"][0], here)
    answer = here.answers.get((row["question"], row["answer"]))
    for question in here.questions.get(row["question"], ()):
        for one in question.reasons:
            is_same = (one.report, one.answer, one.is_for) == (report, answer, row["side"] == "for")
            if is_same and _overlap(one.span, span):
                return one
    return None


def _rebuttal(row: Row, reason: Reason, here: Known) -> bool:
    others = [_span(quote, here) for quote in row["quotes"][1:]]
    parts = [(report, part) for report, claim in reason.rebutted for part in here.claims[claim].content]
    return any(report == place and _overlap(part, span) for report, part in parts for place, span in others)


def _turns(row: Row, here: Known) -> Iterator[bool]:
    ends = [_span(row["quotes"][end], here)[0] for end in (0, -1)]
    for question in here.questions.get(row["question"], ()):
        for turn in question.turns:
            yield [turn.before.report, turn.after.report] == ends and same_voice(turn.voice, row["who"])
