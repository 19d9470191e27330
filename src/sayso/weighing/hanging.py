"""What hangs on what, on columns: every answer weighed again without one unit, for all units at once.

A unit is anything that hearings can be laid to: an origin, a hearer, a bloc, a report. Only what a unit touches is
computed again: its groups within an answer's support or denials, then the answers of those questions. The rest is
taken as it stands, and what comes out is what weighing all the rest anew would give.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from sayso.weighing import overlaps
from sayso.weighing.core import (
    ALONE,
    Beliefs,
    Board,
    Floats,
    Hearings,
    Ints,
    believe,
    discounts,
    leading,
    number,
    sums,
    taken_sides,
    unite,
)
from sayso.weighing.overlaps import Overlap

AT_ONCE = 2_000_000
"""Rows that are laid out together: enough to be quick, few enough to stand in memory."""

NOTHING = 1e-11
"""Nats below which support that is left after taking some away is a rounding error."""


class LeftOut(NamedTuple):
    """Every unit left out of every question that it speaks to: S of these pairs, K rows of their answers."""

    unit: Ints
    """(S,)"""
    question: Ints
    """(S,)"""
    leader: Ints
    """(S,): the leading answer without the unit, -1 for none."""
    unresolved: Floats
    """(S,)"""
    pair: Ints
    """(K,): which of the S pairs a row of answers belongs to."""
    answer: Ints
    """(K,)"""
    belief: Floats
    """(K,): Bel of the answer without the unit."""


class _Knots(NamedTuple):
    """Rows that depend on each other within one cell. M knots; support is the sum over knots."""

    of_row: Ints
    cell: Ints
    """(M,)"""
    support: Floats
    """(M,): nats."""


def leave_out(board: Board, shares: Floats, units: Ints) -> LeftOut:
    """Each unit left out in turn. `units` (R,) names the unit of each hearing, -1 for none."""
    knots = _knots(board, shares)
    laid = np.flatnonzero(units >= 0)
    first, _ = number(knots.of_row[laid], units[laid])
    pairs = np.stack([knots.of_row, units])[:, laid[first]]
    parts = [_leave_out(board, shares, units, knots, some) for some in _portions(board, knots, pairs)]
    if not parts:
        none, nothing = np.zeros(0, np.int64), np.zeros(0)
        return LeftOut(none, none, none, nothing, none, none, nothing)
    firsts = np.cumsum([0, *(len(part.unit) for part in parts)])
    moved = [part._replace(pair=part.pair + first) for part, first in zip(parts, firsts, strict=False)]
    return LeftOut(*(np.concatenate(column) for column in zip(*moved, strict=True)))


def _knots(board: Board, shares: Floats) -> _Knots:
    cell, commits = taken_sides(board.hearings)
    name = board.hearings.origin
    for level in board.hearings.groups:  # the outermost group that is one, told apart from origins and other levels
        name = np.where(level == ALONE, name, name.max(initial=0) + 1 + level)
    first, of_row = number(cell, name)
    return _Knots(of_row, cell[first], _support(board.hearings, of_row, len(first), commits, shares, cell & 1))


def _support(hearings: Hearings, knot: Ints, knots: int, commits: Floats, shares: Floats, side: Ints) -> Floats:
    """Nats of each knot from the rows that are laid to it."""
    voices = unite(hearings, knot * 2 + side, commits)
    return sums(voices.cell // 2, voices.weight * discounts(voices, shares), knots)


def _portions(board: Board, knots: _Knots, pairs: Ints) -> Iterator[Ints]:
    """The pairs in portions of whole questions, each of few rows."""
    question = board.question[knots.cell[pairs[0]] // 2]
    order = np.argsort(question, kind="stable")
    pairs, question = pairs[:, order], question[order]
    sizes = np.bincount(knots.of_row, minlength=len(knots.cell))[pairs[0]]
    portion = (np.cumsum(sizes) // AT_ONCE)[np.searchsorted(question, question)]
    cuts = np.flatnonzero(np.diff(portion)) + 1
    yield from (part for part in np.split(pairs, cuts, axis=1) if part.shape[1])


def _leave_out(board: Board, shares: Floats, units: Ints, knots: _Knots, pairs: Ints) -> LeftOut:
    hearings, (knot, unit) = board.hearings, pairs
    rows = np.argsort(knots.of_row, kind="stable")
    sizes = np.bincount(knots.of_row, minlength=len(knots.cell))
    starts = np.cumsum(sizes) - sizes
    pair, row = spread(starts[knot], sizes[knot])
    row = rows[row]
    kept = units[row] != unit[pair]
    pair, row = pair[kept], row[kept]
    side, commits = taken_sides(hearings)
    some = select(hearings, row)
    new = _support(some, pair, len(knot), commits[row], shares, side[row] & 1)
    return _again(board, _totals(board, knots), Change(unit, knots.cell[knot], new - knots.support[knot]))


class Change(NamedTuple):
    """How the support or denials of answers change without a unit."""

    unit: Ints
    cell: Ints
    nats: Floats


def _totals(board: Board, knots: _Knots) -> Floats:
    """(2 A,): support and denial of each answer, in nats."""
    return sums(knots.cell, knots.support, 2 * len(board.question))


def _again(board: Board, totals: Floats, change: Change) -> LeftOut:
    """The answers of every question that a unit touches, weighed with the changes."""
    question = board.question[change.cell // 2]
    first, pair_of = number(question, change.unit)
    known, pairs = (question[first], change.unit[first]), len(first)
    by_question = np.argsort(board.question, kind="stable")
    sizes = np.bincount(board.question, minlength=board.questions)
    starts = np.cumsum(sizes) - sizes
    pair, answer = spread(starts[known[0]], sizes[known[0]])
    answer = by_question[answer]
    place = np.empty(len(board.question), np.int64)
    place[by_question] = np.arange(len(by_question)) - np.repeat(starts, sizes)
    begins = np.cumsum(sizes[known[0]]) - sizes[known[0]]
    at = begins[pair_of] + place[change.cell // 2]
    moved = sums(at * 2 + (change.cell & 1), change.nats, 2 * len(pair))
    left = np.stack([totals[answer * 2], totals[answer * 2 + 1]]) + moved.reshape(-1, 2).T
    left[left < NOTHING] = 0.0
    within = [one._replace(answers=place[one.answers]) for one in board.overlaps]
    laid = overlaps.lay(within, _pairs_of(within, known[0], begins))
    found: Beliefs = believe(left[0], left[1], pair, pairs, laid=laid)
    unsure = None if board.unsure is None else board.unsure[answer]
    leader = leading(found, pair, pairs, laid=laid, unsure=unsure)
    leader = np.where(leader >= 0, answer[leader], -1)
    return LeftOut(known[1], known[0], leader, found.unresolved, pair, answer, found.belief)


def _pairs_of(within: Iterable[Overlap], question: Ints, begins: Ints) -> dict[int, tuple[Ints, Ints]]:
    """By question with overlaps: where the rows of its pairs begin, and the pairs."""
    pairs = {one.question: np.flatnonzero(question == one.question) for one in within}
    return {one: (begins[some], some) for one, some in pairs.items() if len(some)}


def select(hearings: Hearings, rows: Ints) -> Hearings:
    """Some of the hearings, in this order."""
    return Hearings._make(column[..., rows] for column in hearings)


def spread(starts: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Ranges laid out one after the other: which range, and the number in it.

    >>> [list(map(int, one)) for one in spread(np.array([5, 0]), np.array([2, 3]))]
    [[0, 0, 1, 1, 1], [5, 6, 0, 1, 2]]
    """
    which = np.repeat(np.arange(len(sizes)), sizes)
    within = np.arange(len(which)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return which, np.repeat(starts, sizes) + within


__all__ = ["NOTHING", "LeftOut", "leave_out", "select", "spread"]
