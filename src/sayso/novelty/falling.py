"""What falls between two cases, as when a report or a voice is taken back: the questions before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeAlias

from sayso.model import Answer, Asked, Case, Lineage, Question
from sayso.model.novelty import Fallen, Side
from sayso.model.weighing import Stand

_Claims: TypeAlias = Mapping[tuple[Asked, str], Question]


def falls(before: Case, after: Case, stood: Iterable[Stand] = (), stand: Iterable[Stand] = ()) -> tuple[Fallen, ...]:
    """The questions of `before` whose answers stand on other reports or origins in `after`, in their order.

    A question is the same where it has the same id, else where most of its claims went that were asked of nothing else:
    incidents that lose a report can get another id. Where they went to a question that was there before, only they are
    counted. Which answer leads is told where it is known of both cases how their answers stand.
    """
    was, now = _Standing(before, stood), _Standing(after, stand)
    by_id = {one.id: one for one in after.questions}
    kept = {one.id for one in before.questions}
    of_claim = {(one.slot, given): one for one in after.questions for given in _claims(one)}
    found = []
    for one in before.questions:
        then = by_id.get(one.id) or _like(one, of_claim)
        moved = then is not None and then.id != one.id and then.id in kept
        found.append(_moved(one, then, was) if moved and then else _fallen(one, then, was, now))
    return tuple(one for one in found if _changed(one))


class _Standing:
    """A case, for telling of a question who gives what and which answer leads."""

    def __init__(self, case: Case, stands: Iterable[Stand]) -> None:
        self._lineages = {one.question: one for one in case.lineages}
        self._leaders = {one.question: one.leader for one in stands}

    def origins(self, one: Question | None) -> tuple[int, int]:
        lineage = self._lineages.get(one.id) if one else None
        return (lineage.low, lineage.high) if lineage else (0, 0)

    def sides(self, one: Question | None) -> tuple[Side, ...]:
        return _sides(one, self._lineages.get(one.id)) if one else ()

    def leader(self, one: Question | None) -> str:
        leader = self._leaders.get(one.id) if one else None
        return next((answer.words for answer in one.answers if answer.id == leader), "") if one else ""


def _fallen(one: Question, now: Question | None, before: _Standing, after: _Standing) -> Fallen:
    return Fallen(
        one.text,
        before.sides(one),
        after.sides(now),
        one.disputed,
        now.disputed if now else False,
        before.origins(one),
        after.origins(now),
        before.leader(one),
        after.leader(now),
    )


def _moved(one: Question, now: Question, before: _Standing) -> Fallen:
    """A question that went into another: of that only what its own claims give, without origins and leading answers."""
    own = set(_claims(one))
    given = ((each, tuple(given for given in each.given if given.claim in own)) for each in now.answers)
    left = tuple(replace(each, given=rest) for each, rest in given if rest)
    was = tuple(side._replace(origins=0) for side in before.sides(one))
    after = _sides(replace(now, answers=left), None)
    return Fallen(one.text, was, after, one.disputed, now.disputed, moved=now.text)


def _changed(one: Fallen) -> bool:
    return (one.before, one.origins_before, one.led) != (one.after, one.origins_after, one.leads)


def _like(one: Question, of_claim: _Claims) -> Question | None:
    found = [of_claim[one.slot, claim] for claim in _claims(one) if (one.slot, claim) in of_claim]
    met = Counter(question.id for question in found)
    return min(found, key=lambda question: (-met[question.id], question.id), default=None)


def _claims(one: Question) -> list[str]:
    return [given.claim for answer in one.answers for given in answer.given]


def _sides(one: Question, lineage: Lineage | None) -> tuple[Side, ...]:
    origins = Counter(each.answer for each in (lineage.testimonies if lineage else ()) if each.is_for)
    return tuple(
        Side(each.words, _reports(each, is_for=True), _reports(each, is_for=False), origins[each.id])
        for each in one.answers
    )


def _reports(one: Answer, *, is_for: bool) -> int:
    return len({given.report for given in one.given if given.is_for == is_for})
