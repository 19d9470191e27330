"""The next best question: whose answer would change most what the accounts leave of the rival answers.

For each open question one more independent origin is let speak: for each rival answer in turn, and against the leading
one for the case that none of them is so. It depends on nobody, so its weight is simply added. How likely it says what
is read off what is left now: an answer's belief, and an equal share of what is unresolved. Change is the support that
moves (total variation); what is expected of it ranks whom to ask, and the questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from math import exp, expm1, inf, log, log1p
from typing import Literal, NamedTuple

import numpy as np

from sayso.model import Lineage, Question
from sayso.model.novelty import Ask, Whom
from sayso.model.weighing import Stand, Support
from sayso.weighing import overlaps
from sayso.weighing.assumptions import DEFAULTS, Assumptions
from sayso.weighing.core import TIE, Floats, Ints, believe, leading, weight
from sayso.weighing.hearing import COUNTED, RESPONSIBLE, may_be_one
from sayso.weighing.overlaps import Overlap
from sayso.weighing.words import CLOSE_RIVAL

ANYBODY = Whom("", "somebody independent", "witness")
"""Who is asked where no silent voice is known: a named witness, with nothing at stake."""

MOST_ASKED = 5
"""Voices that are named for one question."""


class _Log(NamedTuple):
    """One answer: logarithms of its share before adding up to one, and of what it comes from."""

    id: str
    x: float
    """Log of (e^W − 1) e^(−D); −inf without support."""
    nats_for: float
    nats_against: float


def ask(
    questions: Iterable[Question],
    lineages: Iterable[Lineage],
    stands: Iterable[Stand],
    silent: Mapping[str, Sequence[Whom]],
    *,
    assumptions: Assumptions = DEFAULTS,
) -> tuple[Ask, ...]:
    """Open questions, those first where one more voice would change most. `silent`: whom one could ask, by question.

    Open is a question on which no answer leads, another has nearly as much support, or all who give the leading one may
    be one. Unsure answers are not asked about.
    """
    rooted = {one.question: one for one in lineages}
    left = {one.question: one for one in stands}
    found = []
    for place, question in enumerate(questions):
        if question.id in left and question.id in rooted:
            one = _asked(question, rooted[question.id], left[question.id], silent.get(question.id, ()), assumptions)
            found += [(-round(one.change, 9), place, one)] if one else []
    return tuple(one for *_, one in sorted(found, key=lambda each: each[:2]))


def _asked(
    question: Question, lineage: Lineage, stand: Stand, silent: Sequence[Whom], assumptions: Assumptions
) -> Ask | None:
    rivals = [one.id for one in question.answers if not one.unsure]
    overlap = next(overlaps.overlaps((question,)), None)
    why = _why(question, stand, lineage, overlap)
    if not rivals or not why:
        return None
    now = _Overlapping(question, stand, rivals, overlap) if overlap else _Now(stand, rivals)
    changes = {one: now.change(_nats(one, question.slot, assumptions)) for one in (*silent, ANYBODY)}
    ranked = sorted(silent, key=lambda one: (one.declined, -round(changes[one], 9)))[:MOST_ASKED] or [ANYBODY]
    nats = _nats(ranked[0], question.slot, assumptions)[0]
    would = {one: now.leader_with(one, nats) == one for one in rivals}
    return Ask(
        question=question.id,
        why=why,
        leader=stand.leader,
        ask=tuple(ranked),
        change=max(changes[one] for one in ranked),
        turns=tuple(one for one, leads in would.items() if leads and one != stand.leader),
        settles=tuple(one for one, leads in would.items() if leads and one == stand.leader),
    )


def _why(
    question: Question, stand: Stand, lineage: Lineage, overlap: Overlap | None
) -> Literal["near", "one root", "nobody leads"] | None:
    """Why a question is open, None where it is not."""
    if stand.leader is None:
        return "nobody leads"
    names = [one.id for one in question.answers]
    at = names.index(stand.leader)
    fellows = {names[one] for one in overlap.fellows(at)} if overlap else set[str]()
    same = {names[one] for one in overlap.implying(at)} if overlap else {stand.leader}
    belief = {one.answer: one.belief for one in stand.supports}
    rival = max((left for one, left in belief.items() if one != stand.leader and one not in fellows), default=0.0)
    if rival >= CLOSE_RIVAL * belief[stand.leader]:
        return "near"
    one_of = may_be_one(lineage)
    roots = {one_of.get(one.origin, one.origin) for one in lineage.testimonies if one.answer in same and one.is_for}
    return "one root" if len(roots) == 1 else None


def _nats(whom: Whom, slot: str, assumptions: Assumptions) -> tuple[float, float]:
    """What such a voice would add to an answer that it gives, and to the denial of one."""
    interest = "none"
    if whom.kind in {"accused", "party"} and slot in RESPONSIBLE | COUNTED:
        interest = "party" if slot in COUNTED else whom.kind
    kind = "party" if whom.kind == "accused" else whom.kind
    reliability = assumptions.reliability[kind]["named"]
    taken = assumptions.interest[interest]
    return _added(reliability, taken, assumptions.rivals[slot]), _added(reliability, taken, 1.0)


@lru_cache(maxsize=1 << 10)
def _added(reliability: float, interest: float, rivals: float) -> float:
    one = np.ones(1)
    return float(weight(one, one * reliability, one * interest, one * rivals)[0])


class _Now:
    """What is left of a question's answers, for letting one more voice speak: in constant time an answer."""

    def __init__(self, stand: Stand, rivals: Sequence[str]) -> None:
        self.leader = stand.leader
        self.logs = {one.answer: _log_of(one) for one in stand.supports}
        self.rivals = rivals
        top = max([0.0, *(one.x for one in self.logs.values())])
        self.z = top + log(exp(-top) + sum(exp(one.x - top) for one in self.logs.values()))
        sure = (self.logs[one] for one in rivals if self.logs[one].x > -inf)
        self.ranked = sorted(sure, key=lambda one: (-one.x, one.id))

    def change(self, nats: tuple[float, float]) -> float:
        """The support that is expected to move, 0 to 1."""
        return sum(chance * moved for chance, moved in self._outcomes(*nats))

    def _outcomes(self, nats: float, denying: float) -> Iterator[tuple[float, float]]:
        rest = exp(-self.z) + sum(exp(one.x - self.z) for name, one in self.logs.items() if name not in self.rivals)
        share = rest / (len(self.rivals) + 1)
        for name in self.rivals:
            one = self.logs[name]
            yield exp(one.x - self.z) + share, self._moved(one, _x(one.nats_for + nats, one.nats_against))
        if self.leader:
            one = self.logs[self.leader]
            yield share, self._moved(one, _x(one.nats_for, one.nats_against + denying))

    def _moved(self, one: _Log, x: float) -> float:
        """What an answer wins, or loses, if its share before adding up to one is e^x: others give or get it."""
        before = exp(one.x - self.z)
        others = self.z + log1p(-before) if before < 1 else -inf
        return abs(_share(x, others) - before)

    def leader_with(self, answer: str, nats: float) -> str | None:
        """The answer that leads if one more voice gives this one."""
        one = self.logs[answer]
        x = _x(one.nats_for + nats, one.nats_against)
        rival = next((other for other in self.ranked if other.id != answer), None)
        if rival is None or x > rival.x + TIE:
            return answer
        second = [other for other in self.ranked if other.id != answer][1:2]
        near = max(x, *(other.x for other in second), -inf)
        return rival.id if rival.x > near + TIE else None


class _Overlapping:
    """The same where answers can hold together: everything is weighed again with each voice that may speak."""

    def __init__(self, question: Question, stand: Stand, rivals: Sequence[str], overlap: Overlap) -> None:
        self.leader, self.overlap = stand.leader, overlap
        self.names = [one.answer for one in stand.supports]
        self.rivals = [self.names.index(one) for one in rivals]
        self.unsure = np.array([one.unsure for one in question.answers])
        self.nats = np.array([[one.nats_for, one.nats_against] for one in stand.supports]).T

    def change(self, nats: tuple[float, float]) -> float:
        """The support that is expected to move, 0 to 1: of the answer whose support moves most."""
        moves = [(one, 0, nats[0]) for one in self.rivals]
        if self.leader:
            moves.append((self.names.index(self.leader), 1, nats[1]))
        found, _ = self._with([(0, 0, 0.0), *moves])
        before, after = found[0], found[1:]
        share = max(0.0, 1.0 - float(before[self.rivals].sum())) / (len(self.rivals) + 1)
        chance = np.array([share + (0.0 if side else before[one]) for one, side, _ in moves])
        moved = np.abs(after - before).max(1)
        return float((chance * moved).sum() / max(1.0, float(before[self.rivals].sum())))

    def leader_with(self, answer: str, nats: float) -> str | None:
        """The answer that leads if one more voice gives this one."""
        _, leaders = self._with([(self.names.index(answer), 0, nats)])
        return self.names[leaders[0]] if leaders[0] >= 0 else None

    def _with(self, moves: Sequence[tuple[int, int, float]]) -> tuple[Floats, Ints]:
        """Beliefs (B, A) and what leads (B,) with each of some additions: to an answer, for or against it, in nats."""
        size, every = len(self.names), np.arange(len(moves))
        nats = np.repeat(self.nats[:, None], len(moves), axis=1)
        for at, (one, side, more) in enumerate(moves):
            nats[side, at, one] += more
        question = np.repeat(every, size)
        laid = overlaps.lay([self.overlap], {0: (every * size, every)})
        found = believe(nats[0].ravel(), nats[1].ravel(), question, len(moves), laid=laid)
        leaders = leading(found, question, len(moves), laid=laid, unsure=np.tile(self.unsure, len(moves)))
        return found.belief.reshape(len(moves), size), np.where(leaders >= 0, leaders % size, -1)


def _share(x: float, others: float) -> float:
    """e^x as a share of e^x and e^others."""
    if x == -inf:
        return 0.0
    return 1.0 / (1.0 + exp(others - x)) if others - x < 700 else 0.0


def _log_of(one: Support) -> _Log:
    return _Log(one.answer, _x(one.nats_for, one.nats_against), one.nats_for, one.nats_against)


def _x(nats_for: float, nats_against: float) -> float:
    """The log of (e^W − 1) e^(−D)."""
    if nats_for <= 0:
        return -inf
    return nats_for + log(-expm1(-nats_for)) - nats_against
