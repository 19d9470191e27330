"""How reliable those who speak seem, from how they fare on other questions.

A voice is compared with what is left of the answers without it (`hanging.leave_out`), question by question: the share
of what others resolve that falls on its own answer. The shares are shrunk towards those of its kind, these towards the
table (empirical Bayes with a fixed number of claims in hand). For each question its own share is taken out again, so
that nobody's word on a question makes them reliable on it; then the reliabilities are frozen, and only then is weighed.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sayso.weighing.core import Board, Floats, Ints, number, sums, taken_sides
from sayso.weighing.hanging import leave_out


class Learned(NamedTuple):
    """Reliability of each hearing's origin on its question, and what it rests on. R rows."""

    reliability: Floats
    claims: Floats
    """How many claims on other questions, as far as others resolve them, it rests on."""


class _Seen(NamedTuple):
    """One row an origin and answer: how it fared."""

    right: Floats
    """0 to 1: what others leave of its answer."""
    settled: Floats
    """0 to 1: what others resolve of the question; at least `right`."""


def learn(board: Board, shares: Floats, field: Ints, kind: Ints, *, claims: float, rounds: int = 1) -> Learned:
    """Reliability from agreement. The prior is each hearing's own reliability on the board.

    `field` (R,) names what is spoken of (a type of question), `kind` (R,) the kind of who speaks: an origin is learned
    for each field apart, and shrunk to its kind there. `claims`: how many claims the prior counts for. `rounds`: how
    often what was learned is put in the place of the prior before it is frozen.
    """
    prior = board.hearings.reliability
    learned = Learned(prior, np.zeros(len(prior)))
    for _ in range(rounds):
        now = board._replace(hearings=board.hearings._replace(reliability=learned.reliability))
        learned = _learned(board, _seen(now, shares), prior, (field, kind), claims)
    return learned


def _seen(board: Board, shares: Floats) -> _Seen:
    """How each hearing's origin fares against the rest."""
    hearings = board.hearings
    without = leave_out(board, shares, hearings.origin)
    width = int(hearings.origin.max(initial=0)) + 1
    rows = without.answer * width + without.unit[without.pair]
    order = np.argsort(rows, kind="stable")
    at = order[np.searchsorted(rows[order], hearings.answer * width + hearings.origin)]
    settled = 1.0 - without.unresolved[without.pair[at]]
    cell, _ = taken_sides(hearings)
    own = without.belief[at]
    return _Seen(np.where(cell & 1, settled - own, own), settled)


def _learned(board: Board, seen: _Seen, prior: Floats, labels: tuple[Ints, Ints], claims: float) -> Learned:
    hearings, (field, kind) = board.hearings, labels
    testimony = number(hearings.answer, hearings.origin, hearings.is_for)[1]
    once = 1.0 / np.bincount(testimony)[testimony]  # one origin heard ten times has spoken once
    right, settled = seen.right * once, seen.settled * once
    question = board.question[hearings.answer]
    of_kind = _without(number(field, kind)[1], question, right, settled)
    expected = (of_kind[0] + claims * prior) / (of_kind[1] + claims)
    of_voice = _without(number(field, hearings.origin)[1], question, right, settled)
    return Learned((of_voice[0] + claims * expected) / (of_voice[1] + claims), of_voice[1])


def _without(group: Ints, question: Ints, right: Floats, settled: Floats) -> tuple[Floats, Floats]:
    """(R,) each: the sums over a row's group, without those of the row's own question."""
    own = number(group, question)[1]
    size = len(group)
    left = [np.maximum(0.0, sums(group, one, size)[group] - sums(own, one, size)[own]) for one in (right, settled)]
    return left[0], left[1]
