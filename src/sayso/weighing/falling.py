"""The smallest set of origins without which another answer leads, or none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import comb

import numpy as np

from sayso.weighing.core import Beliefs, Board, Flags, Floats, Ints, believe, leading, taken_sides, totals
from sayso.weighing.hanging import select
from sayso.weighing.overlaps import Laid, lay

MOST_SETS = 500
"""Sets of one size that are tried. Where there are more, the heaviest are taken away one by one."""


AT_ONCE = 64
"""Sets that are weighed together: many at once are quicker, and few are tried in vain."""

Sets = Sequence[tuple[int, ...]]


def fall(board: Board, shares: Floats) -> tuple[tuple[int, ...], int, bool] | None:
    """Of a board with one question: the origins, the answer that then leads (-1 for none), whether none smaller does.

    What leads has fallen where a rival leads, or nothing: not where an answer does that can hold together with it.
    Only those who speak for the leading answer or what implies it, or against others, can make it fall. All sets of one
    origin are tried, then of two, as long as there are few enough (`MOST_SETS`); then the origin whose loss costs the
    leading answer most is taken away, again and again. None where no answer leads.
    """
    before = int(_leaders(board, shares, [()])[0])
    if before < 0:
        return None
    some = _candidates(board, before)
    size = 0
    for size in range(1, len(some) + 1):
        if comb(len(some), size) > MOST_SETS:
            break
        sets = list(combinations(some, size))
        for start in range(0, len(sets), AT_ONCE):
            tried = sets[start : start + AT_ONCE]
            fallen = np.flatnonzero(_has_fallen(board, before, _leaders(board, shares, tried)))
            if len(fallen):
                gone = tried[fallen[0]]
                return gone, int(_leaders(board, shares, [gone])[0]), True
    gone, after = _greedy(board, shares, before, some)
    return gone, after, len(gone) <= size


def _has_fallen(board: Board, before: int, after: Ints) -> Flags:
    fellows = board.overlaps[0].fellows(before) if board.overlaps else []
    return ~np.isin(after, [before, *fellows])


def _candidates(board: Board, leader: int) -> list[int]:
    cell, _ = taken_sides(board.hearings)
    held = [leader, *(board.overlaps[0].fellows(leader) if board.overlaps else [])]
    helps = ((cell & 1 == 0) & np.isin(cell // 2, held)) | ((cell & 1 == 1) & (cell // 2 != leader))
    return [int(one) for one in np.unique(board.hearings.origin[helps])]


def _greedy(board: Board, shares: Floats, leader: int, some: list[int]) -> tuple[tuple[int, ...], int]:
    gone: tuple[int, ...] = ()
    while some:
        sets = [(*gone, other) for other in some]
        margins = _margins(board, shares, sets, leader)
        gone = sets[int(np.argmin(margins))]
        some = [other for other in some if other != gone[-1]]
        after = _leaders(board, shares, [gone])
        if _has_fallen(board, leader, after)[0]:
            return gone, int(after[0])
    return gone, -1


def _margins(board: Board, shares: Floats, sets: Sets, leader: int) -> Floats:
    """By how much the leading answer leads its rivals without each of some sets."""
    belief = _without(board, shares, sets)[0].belief.reshape(len(sets), -1)
    fellows = board.overlaps[0].fellows(leader) if board.overlaps else []
    return np.asarray(belief[:, leader] - np.delete(belief, [leader, *fellows], axis=1).max(1, initial=0.0))


def _leaders(board: Board, shares: Floats, sets: Sets) -> Ints:
    """The answer that leads without each of some sets, -1 for none."""
    found, laid = _without(board, shares, sets)
    size = len(board.question)
    question = np.repeat(np.arange(len(sets)), size)
    unsure = None if board.unsure is None else np.tile(board.unsure, len(sets))
    leader = leading(found, question, len(sets), laid=laid, unsure=unsure)
    return np.where(leader >= 0, leader % size, -1)


def _without(board: Board, shares: Floats, sets: Sets) -> tuple[Beliefs, list[Laid]]:
    """All answers without each of some sets, one after the other."""
    size, several = len(board.question), np.arange(len(sets))
    origin = board.hearings.origin
    kept = [np.flatnonzero(~np.isin(origin, gone)) for gone in sets]
    rows = select(board.hearings, np.concatenate(kept))
    answer = rows.answer + np.repeat(several * size, [len(one) for one in kept])
    question = np.repeat(several, size)
    every = Board(rows._replace(answer=answer), question, len(sets))
    laid = lay(board.overlaps, {0: (several * size, several)})
    return believe(*totals(every, shares), question, len(sets), laid=laid), laid
