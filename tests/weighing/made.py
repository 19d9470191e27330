"""Small boards for tests: few questions, few answers, few who speak, everything possible."""

from math import log

import numpy as np
from hypothesis import strategies as st

from sayso.weighing.core import ALONE, Board, Hearings
from sayso.weighing.overlaps import Overlap, Shape

QUESTIONS, ANSWERS, ORIGINS, HEARERS, BLOCS = 2, 4, 4, 3, 2
QUESTION = np.array([0, 0, 0, 1])
"""Three answers to the first question, one to the second."""


def hearing_by(origin):
    """One hearing of this origin: answer, origin, hearer, for or against, fidelity, hedge."""
    return st.tuples(
        st.integers(0, ANSWERS - 1),
        st.just(origin),
        st.integers(0, HEARERS - 1),
        st.booleans(),
        st.sampled_from([1.0, 0.97, 0.6, 0.0]),
        st.sampled_from([1.0, 0.875, 0.675, 0.5, 0.325]),
    )


hearing = st.integers(0, ORIGINS - 1).flatmap(hearing_by)
speaker = st.tuples(st.sampled_from([0.3, 0.5, 0.65, 0.8, 0.95, 1.0]), st.sampled_from([0.0, 0.3, 0.8, 1.0]))
speakers = st.lists(speaker, min_size=ORIGINS, max_size=ORIGINS)
blocs = st.lists(st.integers(ALONE, BLOCS - 1), min_size=ORIGINS, max_size=ORIGINS)
shares = st.tuples(st.sampled_from([0.0, 0.3, 1.0]), st.sampled_from([0.0, 0.5, 1.0])).map(np.array)


def board(rows, who, bloc, inner=None):
    """A board of these rows. Origins by number: reliability and interest in `who`, groups in `inner` and `bloc`."""
    answer, origin, hearer, is_for, fidelity, hedge = zip(*rows, strict=True) if rows else ((),) * 6
    at = np.array(origin, int)
    groups = np.array([inner or [ALONE] * len(bloc), bloc])[:, at]
    return Board(
        Hearings(
            answer=np.array(answer, int),
            origin=at,
            hearer=np.array(hearer, int),
            report=np.arange(len(rows)) % 3,
            groups=groups,
            is_for=np.array(is_for, bool),
            fidelity=np.array(fidelity, float),
            hedge=np.array(hedge, float),
            reliability=np.array([one[0] for one in who], float)[at],
            interest=np.array([one[1] for one in who], float)[at],
            rivals=np.where(QUESTION[np.array(answer, int)] == 0, 3.0, 1.0),
        ),
        QUESTION,
        QUESTIONS,
    )


def shape_of(sets):
    """How answers that stand for these sets exclude and imply each other."""
    bits = [
        [sum(1 << at for at, other in enumerate(sets) if how(one, other)) for one in sets]
        for how in (_apart, set.issubset)
    ]
    return Shape(*map(tuple, bits))


def _apart(one, other):
    return not one & other


interval = st.tuples(st.integers(0, 4), st.integers(0, 4)).map(lambda ends: set(range(min(ends), max(ends) + 1)))
shapes = st.lists(interval, min_size=3, max_size=3).map(shape_of)
"""Of the three answers to the first question: counts, some of which hold others."""


def overlapping(given, shape):
    """The board with answers to its first question that can hold together as in this shape."""
    return given._replace(overlaps=(Overlap(0, np.arange(3), shape),)) if shape else given


@st.composite
def boards(draw, least=0):
    """A board with up to seven hearings, on answers that exclude each other or not."""
    rows = draw(st.lists(hearing, min_size=least, max_size=7))
    return overlapping(board(rows, draw(speakers), draw(blocs)), draw(st.none() | shapes))


ONE = log(4)
"""Nats of one reference voice: reliability .8, two answers, nothing lost or hedged on the way (1.39)."""
