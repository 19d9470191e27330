"""Words for what is left of an answer: no likelier than what is said for it, nor unlikelier than what is open."""

import pytest

from sayso.weighing.words import EVEN, OPEN, SCALE, likelihood


@pytest.mark.parametrize(
    ("belief", "plausible", "expected"),
    [
        (0.96, 1.0, "almost certain"),
        (0.75, 1.0, "likely"),
        (0.5, 0.9, "roughly even chance"),
        (0.3, 0.5, OPEN),
        (0.0, 1.0, OPEN),
        (0.02, 0.23, "unlikely"),
        (0.0, 0.1, "very unlikely"),
        (0.0, 0.02, "almost no chance"),
    ],
)
def test_likelihood_is_cautious_on_both_sides(belief, plausible, expected):
    assert likelihood(belief, plausible) == expected


@pytest.mark.parametrize("belief", [step / 20 for step in range(21)])
def test_what_stays_open_is_never_called_unlikely(belief):
    unlikely = {word for end, word in SCALE if end <= EVEN}
    assert likelihood(belief, 1.0) not in unlikely
