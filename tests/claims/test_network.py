"""The network of replies, with weights small enough to work out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.claims import network
from sayso.claims.network import LONGEST, ReplyHeads, States, chances, gelu, joined, pieces_of, project
from sayso.model import Attribution, Claim, Span, Window

HUGE = (1e8, 1.0, -1e8, 3e7, -3e7, 0.5)
"""Weights whose sum, in single precision, depends on their order."""

LABELS = ("killed for", "killed against")


def heads(**changed):
    """Two states in, two hidden, two labels; all zero but for what is changed."""
    zero = {
        "project": np.zeros((3, 2), np.float32),
        "parts": np.zeros((3, 2), np.float32),
        "attend": np.zeros((2, 2), np.float32),
        "value": np.zeros((2, 2), np.float32),
        "bias": np.zeros(2, np.float32),
        "weights": np.zeros((2, 2), np.float32),
    }
    rest = {name: np.array(value, np.float32) for name, value in changed.items()}
    return ReplyHeads(labels=LABELS, facts={"said": 0, "time": 1}, **(zero | rest))


@pytest.fixture
def ship(monkeypatch):
    def put(**changed):
        made = heads(**changed)
        monkeypatch.setattr(network, "shipped", lambda: made)
        return made

    return put


def pieces(count, hidden=((0.0, 0.0),)):
    """Word pieces of four letters, a space between them."""
    starts = np.arange(count) * 5
    rows = [hidden[at % len(hidden)] for at in range(count)]
    return States(starts, starts + 4, np.array(rows, np.float16).reshape(count, 2))


def claim(*content):
    return Claim("c", "r", tuple(Span(*one) for one in content), ())


def said(cue=None, source=None):
    return Attribution("a", "r", source and Span(*source), cue and Span(*cue), (Span(0, 4),))


@pytest.mark.parametrize(
    ("content", "one", "places", "parts"),
    [
        ([(0, 9)], None, [0, 1], [0, 0]),
        ([(0, 4), (15, 19)], None, [0, 3], [0, 0]),
        ([(6, 7)], None, [1], [0]),
        ([(4, 5)], None, [], []),
        ([(0, 9)], said(cue=(10, 14), source=(15, 24)), [0, 1, 2, 3, 4], [0, 0, 1, 2, 2]),
        ([(10, 14)], said(cue=(5, 9), source=(0, 4)), [0, 1, 2], [2, 1, 0]),
        ([(0, 14)], said(cue=(5, 9)), [0, 1, 2], [0, 0, 0]),
        ([(0, 4)], said(cue=(5, 14), source=(10, 19)), [0, 1, 2, 3], [0, 1, 1, 2]),
        ([(0, 4)], said(), [0], [0]),
        ([(90, 95)], None, [], []),
    ],
)
def test_word_pieces_of_a_claim(content, one, places, parts):
    found = pieces_of(pieces(5), claim(*content), one)
    assert [list(each) for each in found] == [places, parts]


def test_of_a_speech_the_first_pieces_are_looked_at():
    places, parts = pieces_of(pieces(300), claim((0, 2000)), None)
    assert places.tolist() == list(range(LONGEST))
    assert parts.shape == (LONGEST,)


def test_bias_and_facts_alone(ship):
    ship(bias=[1, -2], weights=[[0.5, 0], [0, 4]])
    found = chances(pieces(3), claim((0, 4)), None, ["said", "unheard of", "time"])
    assert found == {
        "killed for": round(1 / (1 + math.exp(-1.5)), 4),
        "killed against": round(1 / (1 + math.exp(-2)), 4),
    }


def test_without_pieces_or_facts_the_bias_is_all(ship):
    ship(bias=[0, 2], value=[[9, 9], [9, 9]], parts=[[5, 5]] * 3)
    for states in (joined([]), pieces(0), pieces(3)):
        found = chances(states, claim((90, 95)), None, [])
        assert found == {"killed for": 0.5, "killed against": 0.8808}


def test_attention_picks_the_piece_that_speaks(ship):
    """The first label looks at pieces of the first hidden unit, the second at all alike."""
    ship(attend=[[20, 0], [0, 0]], value=[[1, 1], [0, 0]])
    found = chances(pieces(2, hidden=((4.0, 0.0), (0.0, 4.0))), claim((0, 9)), None, [])
    assert found["killed for"] == pytest.approx(1 / (1 + math.exp(-4)), abs=1e-3)
    assert found["killed against"] == pytest.approx(1 / (1 + math.exp(-2)), abs=1e-3)


def test_it_matters_in_which_part_a_piece_stands(ship):
    ship(parts=[[0, 0], [3, 0], [0, 0]], value=[[1, 0], [0, 0]])
    quiet = chances(pieces(2), claim((0, 9)), None, [])
    cued = chances(pieces(2), claim((0, 4)), said(cue=(5, 9)), [])
    assert quiet["killed for"] == 0.5
    assert cued["killed for"] == pytest.approx(1 / (1 + math.exp(-1.5)), abs=1e-2)


@given(st.permutations(range(len(HUGE))))
def test_the_order_of_facts_changes_nothing(order):
    made = heads()._replace(
        facts={f"fact {at}": at for at in range(len(HUGE))},
        weights=np.array([(each, 0) for each in HUGE], np.float32),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "shipped", lambda: made)
        found, again = (
            chances(pieces(2), claim((0, 9)), None, [f"fact {at}" for at in each]) for each in (order, range(len(HUGE)))
        )
    assert found == again
    assert tuple(found) == LABELS


@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), max_size=6))
def test_a_chance_is_between_0_and_1(hidden):
    made = heads(bias=[3, -3], parts=[[1, 2]] * 3, attend=[[9, -9], [4, 4]], value=[[5, -5], [-7, 7]])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "shipped", lambda: made)
        states = pieces(len(hidden), hidden=hidden or [(0, 0)])
        found = chances(states, claim((0, 40)), None, ["said"])
    assert all(0 <= chance <= 1 for chance in found.values())


def test_extreme_scores_stay_between_0_and_1(ship):
    ship(bias=[1e6, -1e6])
    found = chances(pieces(1), claim((0, 4)), None, [])
    assert found == {"killed for": 1.0, "killed against": 0.0}


def test_windows_are_projected_and_joined(ship):
    ship(project=[[1, 0], [0, 1], [0, 0]])
    windows = [window(2, first=0), window(1, first=10)]
    several = project(windows)
    assert [one.projected.shape for one in several] == [(2, 2), (1, 2)]
    whole = joined(several)
    assert whole.starts.tolist() == [0, 5, 10]
    assert whole.ends.tolist() == [4, 9, 14]
    assert whole.projected.tolist() == [[1, 2], [1, 2], [1, 2]]
    assert whole.projected.dtype == np.float16
    assert joined([]).projected.shape == (0, 0)


def window(count, first):
    starts = np.arange(count) * 5 + first
    states = np.tile(np.array([1, 2, 3], np.float32), (count, 1))
    nothing = np.zeros((count, 0), np.float32)
    return Window(starts, starts + 4, nothing, states, nothing)


def test_gelu():
    x = np.array([-3.0, 0.0, 1.0, 3.0], np.float32)
    expected = [each * 0.5 * (1 + math.erf(each / math.sqrt(2))) for each in x]
    assert gelu(x) == pytest.approx(expected, abs=2e-3)
