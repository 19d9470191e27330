import pytest

from evals.counting import Counts, compare


def test_micro_averages_add_up_counts():
    total = compare({1, 2}, {1}).plus(compare({3}, {4, 5}))
    assert total == Counts(1, 3, 3)
    assert total.rates() == pytest.approx({"precision": 1 / 3, "recall": 1 / 3, "f1": 1 / 3})


def test_nothing_to_divide_by_is_zero():
    assert Counts().rates() == {"precision": 0.0, "recall": 0.0, "f1": 0.0}
