"""The fit of the probabilities, on invented rows."""

import subprocess
import sys

import numpy as np
import pytest

from sayso.attribution import probability
from training import calibrate
from training.calibrate import Row, fit, same_source


def rows(weights, count):
    """Rows drawn from a known logistic function of one feature."""
    draw = np.random.default_rng(3)
    for number in range(count):
        x = float(draw.uniform(-3, 3))
        yield Row(number, {"x": x}, bool(draw.random() < probability.chance({"x": x}, weights)))


def test_the_fit_finds_the_weights_that_made_the_rows():
    true = {"always": 0.5, "x": 1.2}
    assert fit(list(rows(true, 4000))) == pytest.approx(true, abs=0.15)


def test_without_features_the_fit_is_the_share_that_is_right():
    weights = fit([Row(0, {}, right) for right in (True, True, True, False)])
    assert probability.chance({}, weights) == pytest.approx(0.75, abs=0.001)


def test_what_few_rows_speak_for_is_held_down():
    few = fit([*[Row(0, {}, right=n % 2 == 0) for n in range(100)], Row(1, {"rare": 1.0}, right=True)])
    assert 0 < few["rare"] < 1


def test_rows_count_by_their_weight():
    twice = fit([Row(0, {}, right=True, weight=2), Row(0, {}, right=False)])
    assert probability.chance({}, twice) == pytest.approx(2 / 3, abs=0.001)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [((0, 10), (0, 10), True), ((0, 10), (5, 10), True), ((0, 10), (6, 10), False), ((0, 4), (5, 9), False)],
)
def test_sources_are_the_same_from_half_on(one, other, same):
    assert same_source(one, other) is same
    assert same_source(other, one) is same


def test_nothing_of_training_but_the_network_needs_torch():
    code = "import sys; sys.modules['torch'] = None; import training.data, training.calibrate"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=calibrate.__file__.rpartition("/training/")[0])
