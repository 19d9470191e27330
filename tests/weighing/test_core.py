"""The arithmetic of weighing, against figures worked out by hand and against Dempster's rule in full."""

from math import exp, log

import numpy as np
import pytest

from sayso.weighing.core import (
    ALONE,
    Board,
    Hearings,
    Voices,
    believe,
    discounts,
    leading,
    unite,
    weigh,
    weight,
)
from tests.weighing.made import ONE


def _weight(commitment, reliability=0.8, interest=0.0, rivals=1.0):
    return weight(*(np.array([float(one)]) for one in (commitment, reliability, interest, rivals)))[0]


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        ("reference voice", _weight(1), 1.39),
        ("through a wire", _weight(0.97), 1.33),
        ("likely", _weight(2 * 0.675 - 1), 0.43),
        ("anonymous", _weight(0.9, 0.65), 0.55),
        ("self-serving", _weight(1, interest=0.8), 0.13),
        ("against interest", _weight(1, 0.95), 2.94),
        ("of no use: worse than chance", _weight(1, 0.4), 0.0),
        ("of twenty rivals", _weight(1, rivals=20), log(0.8 / 0.01)),
    ],
)
def test_weights_worked_out_by_hand(name, found, expected):
    assert found == pytest.approx(expected, abs=0.005), name


def _believe(support, denial=None):
    support = np.array(support, float)
    denial = np.zeros(len(support)) if denial is None else np.array(denial, float)
    return believe(support, denial, np.zeros(len(support), int), 1)


@pytest.mark.parametrize(
    ("support", "belief", "unresolved", "conflict"),
    [
        ([ONE], [0.75], 0.25, 0.0),
        ([2 * ONE, 0], [0.9375, 0], 0.0625, 0.0),
        ([ONE, ONE], [3 / 7, 3 / 7], 1 / 7, 0.5625),
        ([2 * ONE, ONE], [15 / 19, 3 / 19], 1 / 19, 0.703125),
        ([0], [0], 1.0, 0.0),
    ],
)
def test_voices_against_voices(support, belief, unresolved, conflict):
    found = _believe(support)
    assert found.belief == pytest.approx(belief, abs=1e-12)
    assert found.unresolved[0] == pytest.approx(unresolved, abs=1e-12)
    assert found.conflict[0] == pytest.approx(conflict, abs=1e-12)


def _dempster(support, denial):
    """Bel, Pl, u and κ by Dempster's rule over all sets of answers, with "none of these" as one more."""
    whole = frozenset(range(len(support) + 1))
    masses = {whole: 1.0}
    for answer, (nats_for, nats_against) in enumerate(zip(support, denial, strict=True)):
        for mass, focus in ((1 - exp(-nats_for), {answer}), (1 - exp(-nats_against), whole - {answer})):
            new = {}
            for one, held in masses.items():
                for other, given in ((frozenset(focus), mass), (whole, 1 - mass)):
                    new[one & other] = new.get(one & other, 0.0) + held * given
            masses = new
    conflict = masses.pop(frozenset(), 0.0)
    share = {focus: mass / (1 - conflict) for focus, mass in masses.items()}
    belief = [share.get(frozenset({one}), 0.0) for one in range(len(support))]
    plausible = [sum(mass for focus, mass in share.items() if one in focus) for one in range(len(support))]
    return belief, plausible, 1 - sum(belief), conflict


def test_the_closed_form_is_dempsters_rule():
    draw = np.random.default_rng(7)
    for _ in range(300):
        size = draw.integers(1, 5)
        support = draw.exponential(1.5, size) * (draw.random(size) < 0.7)
        denial = draw.exponential(1.0, size) * (draw.random(size) < 0.6)
        belief, plausible, unresolved, conflict = _dempster(support, denial)
        found = _believe(support, denial)
        assert found.belief == pytest.approx(belief, abs=1e-12)
        assert found.plausible == pytest.approx(plausible, abs=1e-12)
        assert found.unresolved[0] == pytest.approx(unresolved, abs=1e-12)
        assert found.conflict[0] == pytest.approx(conflict, abs=1e-12)


def test_a_thousand_voices_do_not_overflow():
    found = _believe([1000 * ONE, 999 * ONE], [0, 2000 * ONE])
    assert found.belief == pytest.approx([1.0, 0.0])
    assert np.isfinite(found.conflict[0])


def _voices(weights, *levels):
    cells = np.zeros(len(weights), int)
    return Voices(cells, np.arange(len(weights)), np.array(levels), np.array(weights, float))


def test_dependence_lets_the_heaviest_count_whole():
    voices = _voices([1.0, 3.0, 2.0], [0, 0, 0])
    assert list(discounts(voices, np.array([0.5]))) == [0.25, 1.0, 0.5]
    assert list(discounts(voices, np.array([0.0]))) == [0.0, 1.0, 0.0]  # the cautious rule
    assert list(discounts(voices, np.array([1.0]))) == [1.0, 1.0, 1.0]  # Dempster's


def test_groups_lie_in_groups():
    """Two of one house (λ = 0) within a bloc (λ = .5) with a third."""
    voices = _voices([1.0, 3.0, 2.0, 4.0], [0, 0, ALONE, ALONE], [0, 0, 0, ALONE])
    assert list(discounts(voices, np.array([0.0, 0.5]))) == [0.0, 1.0, 0.5, 1.0]


def _heard(*rows):
    """Hearings of one origin for one answer: (hearer, fidelity, hedge)."""
    hearer, fidelity, hedge = (np.array(column) for column in zip(*rows, strict=True))
    size = len(rows)
    zero = np.zeros(size, int)
    ones = np.ones(size)
    return Hearings(
        zero, zero, hearer, zero, np.full((1, size), ALONE), ones > 0, fidelity, hedge, ones * 0.8, ones * 0, ones
    )


@pytest.mark.parametrize(
    ("rows", "commitment"),
    [
        ([(0, 0.9, 1.0), (0, 0.6, 1.0)], 0.9),  # one hearer: the best path
        ([(0, 0.9, 1.0), (1, 0.6, 1.0)], 0.96),  # two hearers: 1 - .1 * .4
        ([(0, 1.0, 0.675), (1, 1.0, 0.675)], 0.35),  # two hearers of "likely" leave it at likely
    ],
)
def test_who_heard_it(rows, commitment):
    hearings = _heard(*rows)
    voices = unite(hearings, np.zeros(len(rows), int), np.abs(2 * hearings.hedge - 1))
    assert voices.weight[0] == pytest.approx(_weight(commitment))


def test_a_doubtful_word_is_a_hedged_denial():
    hearings = _heard((0, 1.0, 0.325))
    found = weigh(Board(hearings, np.array([0]), 1), np.ones(1))
    assert found.support[0] == 0
    assert found.denial[0] == pytest.approx(0.43, abs=0.005)


def test_who_leads():
    question = np.array([0, 0, 1, 1, 2])
    found = believe(np.array([1.0, 1.5, 2.0, 2.0, 0.0]), np.zeros(5), question, 3)
    assert list(leading(found, question, 3)) == [1, -1, -1]
    assert list(leading(found, question, 3, unsure=np.array([False, True, True, False, True]))) == [0, 3, -1]


def test_nothing_heard():
    none = _heard((0, 1.0, 1.0))
    empty = Hearings(*(column[..., :0] for column in none))
    assert list(weigh(Board(empty, np.array([0]), 1), np.ones(1)).unresolved) == [1.0]
