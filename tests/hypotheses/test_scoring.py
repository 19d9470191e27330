"""Scores of matrices that were worked out by hand, the arithmetic beside them."""

from __future__ import annotations

from math import isclose, sqrt

import pytest

from sayso.hypotheses import order, row_values, score, weight
from tests.hypotheses.made import matrix, row

ROWS = (
    row("E1", credibility="high", relevance="high"),
    row("E2"),
    row("E3", credibility="low"),
    row("E4", credibility="low", relevance="low"),
)
WORKED = matrix({"A": "II C I N", "B": "CC I N I", "rest": "N II II CC"}, ROWS)


@pytest.mark.parametrize(
    ("credibility", "relevance", "expected"),
    [
        ("high", "high", 2),  # √2 · √2
        ("high", "medium", sqrt(2)),
        ("high", "low", 1),  # √2 · 1/√2
        ("medium", "medium", 1),
        ("medium", "low", 1 / sqrt(2)),
        ("low", "low", 1 / 2),  # 1/√2 · 1/√2
    ],
)
def test_weight_is_credibility_times_relevance(credibility, relevance, expected):
    assert isclose(weight(row("E", credibility=credibility, relevance=relevance)), expected)
    assert isclose(weight(row("E", credibility=relevance, relevance=credibility)), expected)


@pytest.mark.parametrize(
    ("hypothesis", "plain", "weighted"),
    [
        ("A", 3, 2 * 2 + 1 / sqrt(2)),  # II on weight 2, I on 1/√2; C and N count nothing
        ("B", 2, 1 * 1 + 1 / 2 * 1),  # I on 1, I on 1/2
        ("rest", 4, 1 * 2 + 1 / sqrt(2) * 2),  # II on 1, II on 1/√2
    ],
)
def test_inconsistency_is_summed_plain_and_weighted(hypothesis, plain, weighted):
    (found,) = [one for one in score(WORKED) if one.hypothesis == hypothesis]
    assert found.plain == plain
    assert isclose(found.weighted, weighted)
    most = 2 * (2 + 1 + 1 / sqrt(2) + 1 / 2)  # every row rated II
    assert found.safe is not None
    assert isclose(found.safe, weighted / most)
    assert (found.rated, found.of, found.coverage) == (4, 4, 1)


def test_share_and_coverage_know_blank_from_not_applicable():
    half, none, excused, _ = score(matrix({"A": "II . . N", "B": ". . . .", "C": "II NA NA N", "rest": ". . . ."}))
    assert (half.safe, half.rated, half.of, half.coverage) == (2 / 4, 2, 4, 1 / 2)
    assert (none.safe, none.rated, none.coverage) == (None, 0, 0)
    assert (excused.safe, excused.rated, excused.of, excused.coverage) == (2 / 4, 2, 2, 1)


def test_what_is_only_suggested_does_not_count():
    whole = matrix({"A": "II", "rest": "N"})
    from dataclasses import replace

    open_one = replace(whole, cells=tuple(replace(one, rating="", suggested=one.rating) for one in whole.cells))
    assert [one.rated for one in score(open_one)] == [0, 0]
    assert order(open_one).places == ()


@pytest.mark.parametrize(
    ("may_be_one", "low", "high"),
    [
        ((), 3, 3),
        ((("r E1", "r E2"),), 2, 3),
        ((("r E1", "r E2"), ("r E3", "r E2")), 1, 3),
        ((("r E1", "elsewhere"), ("elsewhere", "r E3")), 2, 3),  # by way of a root that says nothing here
    ],
)
def test_roots_against_are_counted_as_bounds(may_be_one, low, high):
    found = score(matrix({"A": "I II I C", "rest": "N N N N"}, may_be_one=may_be_one))[0]
    assert (found.roots_low, found.roots_high) == (low, high)


def test_many_rows_of_one_root_are_one_root():
    rows = (row("E1", root="same"), row("E2", root="same"), row("E3", root=""))
    found = score(matrix({"A": "I I I", "rest": "N N N"}, rows))[0]
    assert (found.plain, found.roots_low, found.roots_high) == (3, 1, 1)  # an assumption is nobody's word


def test_order_is_by_weighted_inconsistency():
    found = order(WORKED)
    assert found.places == (("B",), ("rest",), ("A",))  # 1.5, 2 + √2 = 3.41, 4 + 1/√2 = 4.71
    assert (found.is_even, found.leaders, found.rows) == (True, ("B",), ("E1", "E2", "E3", "E4"))


def test_scores_that_differ_by_rounding_only_share_a_place():
    rows = (row("E1", credibility="high"), row("E2", credibility="low"), row("E3", credibility="low"))
    found = order(matrix({"A": "I N N", "B": "N I I", "rest": "II II II"}, rows))
    assert found.places[0] == ("A", "B")  # √2 = 1/√2 + 1/√2


def test_unequal_coverage_is_compared_on_shared_rows_and_said():
    """B has less against it over all, 1 to 2, because E2 was not rated for it; on what both are rated on, A has."""
    found = order(matrix({"A": "N II C", "B": "I . C", "rest": ". . ."}))
    assert found.rows == ("E1", "E3")
    assert found.places == (("A",), ("B",))
    assert not found.is_even


def test_not_applicable_to_one_is_unequal_coverage_too():
    found = order(matrix({"A": "N II", "B": "I NA", "rest": ". ."}))
    assert (found.rows, found.is_even) == (("E1",), False)


@pytest.mark.parametrize(
    "ratings",
    [{"A": ". .", "rest": ". ."}, {"A": "I N", "rest": ". ."}, {"A": "I .", "B": ". N", "rest": ". ."}],
)
def test_there_is_no_order_of_what_shares_no_row(ratings):
    assert order(matrix(ratings)).places == ()


@pytest.mark.parametrize(
    ("ratings", "worth", "settles_nothing", "against_all"),
    [
        ("II CC N", 2 * (2 - -2) / 4, False, False),
        ("I C N", 2 * (1 - -1) / 4, False, False),
        ("C C C", 0, True, False),
        ("I I C", 2 * (1 - -1) / 4, False, True),  # none of these is the only one it agrees with
        ("I II I", 2 * (-1 - -2) / 4, False, True),
        ("I . .", None, False, False),
        ("I NA N", 2 * (0 - -1) / 4, False, False),
        (". . .", None, False, False),
    ],
)
def test_what_a_row_is_worth(ratings, worth, settles_nothing, against_all):
    one, two, rest = ratings.split()
    rows = (row("E1", credibility="high", relevance="high"),)  # weight 2
    (found,) = row_values(matrix({"A": one, "B": two, "rest": rest}, rows))
    assert (found.diagnosticity, found.settles_nothing, found.against_all) == (worth, settles_nothing, against_all)
