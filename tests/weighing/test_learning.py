"""Reliability from agreement, and the set of origins that an answer hangs on."""

from itertools import combinations

import numpy as np
import pytest

from sayso.weighing.core import ALONE, Board, Hearings, leading, weigh
from sayso.weighing.falling import fall
from sayso.weighing.hanging import select
from sayso.weighing.reliability import learn

ONE = np.ones(1)


def _board(rows, questions, answers=2):
    """Rows of (question, answer of it, origin); so many answers to each question."""
    question, answer, origin = (np.array(column) for column in zip(*rows, strict=True))
    ones, size = np.ones(len(rows)), len(rows)
    hearings = Hearings(question * answers + answer, origin, origin, origin, np.full((1, size), ALONE), ones > 0,
                        ones, ones, ones * 0.8, ones * 0, ones)  # fmt: skip
    return Board(hearings, np.repeat(np.arange(questions), answers), questions)


def _learned(rows, questions, **more):
    board = _board(rows, questions)
    zero = np.zeros(len(rows), int)
    return learn(board, ONE, zero, zero, claims=10, **more)


def test_who_agrees_with_others_seems_reliable():
    rows = [(q, int(origin == 3), origin) for q in range(40) for origin in range(4)]
    found = _learned(rows, 40)
    assert found.reliability[0] > 0.75
    assert found.reliability[3] < 0.4


def test_nobody_makes_themselves_reliable():
    """What is said on a question changes nobody's reliability on it."""
    rows = [(q, 0, origin) for q in range(6) for origin in range(3)]
    other = [(0, 1, 0) if row == (0, 0, 0) else row for row in rows]
    before, after = _learned(rows, 6), _learned(other, 6)
    mine = [at for at, row in enumerate(rows) if row[0] == 0]
    assert after.reliability[mine] == pytest.approx(before.reliability[mine])
    assert after.reliability[5] != pytest.approx(before.reliability[5])


def test_alone_there_is_nothing_to_learn():
    found = _learned([(0, 0, 0), (1, 0, 0)], 2)
    assert list(found.reliability) == [0.8, 0.8]
    assert list(found.claims) == [0, 0]


def test_the_smallest_set_is_the_smallest():
    draw = np.random.default_rng(3)
    for _ in range(25):
        rows = [(0, int(draw.random() < 0.3), origin) for origin in range(draw.integers(1, 7))]
        board = _board(rows, 1)
        found = fall(board, ONE)
        before = leading(weigh(board, ONE), board.question, 1)[0]
        if before < 0:
            assert found is None
            continue
        gone, after, smallest = found
        assert smallest
        assert after != before
        assert all(_leads(board, some) == before for size in range(len(gone)) for some in combinations(range(6), size))
        assert _leads(board, gone) == after


def _leads(board, gone):
    kept = np.flatnonzero(~np.isin(board.hearings.origin, gone))
    left = board._replace(hearings=select(board.hearings, kept))
    return leading(weigh(left, ONE), board.question, 1)[0]


def test_many_are_taken_away_one_by_one():
    board = _board([(0, 0, origin) for origin in range(40)] + [(0, 1, 40)], 1)
    gone, after, smallest = fall(board, ONE)
    assert (len(gone), after, smallest) == (39, -1, False)
