"""Numbers and days as posteriors."""

from math import inf

import numpy as np
import pytest

from sayso.weighing.numbers import Figures, posterior


def _figures(*rows):
    """(low, high, wrong, discount, below, above), as many as are given; a plain figure else."""
    plain = (0, 0, 0.2, 1.0, 1.0, 1.0)
    return Figures(
        *(np.array(column, float) for column in zip(*(row + plain[len(row) :] for row in rows), strict=True))
    )


@pytest.mark.parametrize(
    ("name", "rows", "best"),
    [
        ("one figure", [(12, 12)], 12),
        ("most voices", [(12, 12), (12, 12), (40, 40)], 12),
        ("nobody", [(0, 0), (0, 0)], 0),
        ("at least, and a figure", [(10, inf), (12, 12)], 12),
        ("an echo counts for nothing", [(12, 12), (40, 40, 0.2), (12, 12, 0.2, 0.0), (40, 40)], 40),
        ("who is seldom wrong", [(12, 12, 0.05), (40, 40, 0.6)], 12),
    ],
)
def test_mode(name, rows, best):
    found = posterior(_figures(*rows), 0.1)
    assert found.mode == pytest.approx(best, abs=1e-6), name
    assert found.low <= found.mode <= found.high


def test_a_one_sided_figure_leaves_the_other_side_open():
    plain = posterior(_figures((12, 12)), 0.1)
    played_down = posterior(_figures((12, 12, 0.2, 1.0, 1.0, 10.0)), 0.1)
    assert played_down.high > plain.high
    assert played_down.mode == pytest.approx(12)


def test_more_voices_narrow_it():
    one, three = (posterior(_figures(*[(12, 12)] * count), 0.1) for count in (1, 3))
    assert three.high - three.low < one.high - one.low
    assert three.within(11.5, 12.5) > one.within(11.5, 12.5)


def test_days():
    found = posterior(_figures((741_000, 741_000), (741_000, 741_001), (741_003, 741_003)), 0.5, days=True)
    assert found.mode == 741_000


def test_no_figures():
    with pytest.raises(ValueError, match="no figures"):
        posterior(Figures(*([np.zeros(0)] * 6)), 0.1)
