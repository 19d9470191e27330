"""What falls with a report or a voice that is taken back: the questions before and after."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from sayso.model import Answer, Asked, Case, Question


class Side(NamedTuple):
    """An answer, and on how much it stands."""

    words: str
    reports: int
    """Reports that give it."""
    against: int
    """Reports that say that it is not the answer."""


class Fallen(NamedTuple):
    """A question that is answered otherwise than before."""

    question: str
    before: tuple[Side, ...]
    after: tuple[Side, ...]
    """Empty where nobody answers it any more."""
    was_disputed: bool
    is_disputed: bool


def what_falls(before: Case, after: Case) -> tuple[Fallen, ...]:
    """The questions of `before` whose answers stand on other reports in `after`, in their order.

    A question is the same where it has the same id, else where most of its claims are: incidents that lose a report can
    get another id.
    """
    by_id = {one.id: one for one in after.questions}
    of_claim = {(one.slot, given): one for one in after.questions for given in _claims(one)}
    found = []
    for one in before.questions:
        now = by_id.get(one.id) or _like(one, of_claim)
        was, then = _sides(one), _sides(now) if now else ()
        if was != then:
            found.append(Fallen(one.text, was, then, one.disputed, now.disputed if now else False))
    return tuple(found)


def _like(one: Question, of_claim: dict[tuple[Asked, str], Question]) -> Question | None:
    met = Counter(of_claim[one.slot, claim].id for claim in _claims(one) if (one.slot, claim) in of_claim)
    best = min(met, key=lambda name: (-met[name], name), default="")
    return next((question for question in of_claim.values() if question.id == best), None)


def _claims(one: Question) -> list[str]:
    return [given.claim for answer in one.answers for given in answer.given]


def _sides(one: Question) -> tuple[Side, ...]:
    return tuple(Side(each.words, _reports(each, is_for=True), _reports(each, is_for=False)) for each in one.answers)


def _reports(one: Answer, *, is_for: bool) -> int:
    return len({given.report for given in one.given if given.is_for == is_for})
