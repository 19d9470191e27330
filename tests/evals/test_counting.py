import pytest

from evals.counting import Counts, compare, interval


def test_micro_averages_add_up_counts():
    total = compare({1, 2}, {1}).plus(compare({3}, {4, 5}))
    assert total == Counts(1, 3, 3)
    assert total.rates() == pytest.approx({"precision": 1 / 3, "recall": 1 / 3, "f1": 1 / 3})


def test_nothing_to_divide_by_is_zero():
    assert Counts().rates() == {"precision": 0.0, "recall": 0.0, "f1": 0.0}


def test_the_interval_is_wide_where_articles_differ_and_none_without_articles():
    alike, mixed = [Counts(1, 2, 2)] * 4, [Counts(0, 2, 2), Counts(2, 2, 2)] * 2
    assert interval(alike) == [0.5, 0.5]
    low, high = interval(mixed)
    assert 0 <= low < 0.5 < high <= 1
    assert interval(mixed) == [low, high]
    assert interval([]) == []
