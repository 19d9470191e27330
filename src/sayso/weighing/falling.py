"""The smallest set of origins without which another answer leads, or none."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from math import comb

import numpy as np

from sayso.weighing import overlaps
from sayso.weighing.core import Beliefs, Board, Floats, Hearings, leading, taken_sides, weigh
from sayso.weighing.hanging import select

MOST_SETS = 500
"""Sets of one size that are tried. Where there are more, the heaviest are taken away one by one."""


def fall(board: Board, shares: Floats) -> tuple[tuple[int, ...], int, bool] | None:
    """Of a board with one question: the origins, the answer that then leads (-1 for none), whether none smaller does.

    Only those who speak for the leading answer, or against others, can make it fall. All sets of one origin are tried,
    then of two, as long as there are few enough (`MOST_SETS`); then the origin whose loss costs the leading answer most
    is taken away, again and again. None where no answer leads.
    """
    before = _lead(board, shares, ())
    if before < 0:
        return None
    some = _candidates(board.hearings, before)
    size = 0
    for size in range(1, len(some) + 1):
        if comb(len(some), size) > MOST_SETS:
            break
        for gone in combinations(some, size):
            if (after := _lead(board, shares, gone)) != before:
                return gone, after, True
    gone, after = _greedy(board, shares, before, some)
    return gone, after, len(gone) <= size


def _candidates(hearings: Hearings, leader: int) -> list[int]:
    cell, _ = taken_sides(hearings)
    helps = (cell == 2 * leader) | ((cell & 1 == 1) & (cell // 2 != leader))
    return [int(one) for one in np.unique(hearings.origin[helps])]


def _greedy(board: Board, shares: Floats, leader: int, some: list[int]) -> tuple[tuple[int, ...], int]:
    gone: list[int] = []
    while some:
        one = min(some, key=lambda other: (_margin(board, shares, (*gone, other), leader), other))
        gone.append(one)
        some = [other for other in some if other != one]
        if (after := _lead(board, shares, gone)) != leader:
            return tuple(gone), after
    return tuple(gone), -1


def _margin(board: Board, shares: Floats, gone: Iterable[int], leader: int) -> float:
    """By how much the leading answer leads without some."""
    belief = _without(board, shares, gone).belief
    return float(belief[leader] - np.delete(belief, leader).max(initial=0.0))


def _lead(board: Board, shares: Floats, gone: Iterable[int]) -> int:
    found = _without(board, shares, gone)
    return int(leading(found, board.question, 1, laid=overlaps.lay(board.overlaps), unsure=board.unsure)[0])


def _without(board: Board, shares: Floats, gone: Iterable[int]) -> Beliefs:
    kept = np.flatnonzero(~np.isin(board.hearings.origin, list(gone)))
    return weigh(board._replace(hearings=select(board.hearings, kept)), shares)
