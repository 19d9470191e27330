"""The runner of size and speed, small."""

from evals.weighing import evaluate


def test_weighing_is_the_same_in_plain_python():
    found = evaluate(200)
    assert found["greatest difference from plain Python"] < 1e-9
    assert found["questions"] == 4
    assert all(found["left out"].values())
