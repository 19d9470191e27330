"""What small change puts other hypotheses first, worked out by hand and against trying everything."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sayso.hypotheses import deceiving, fewest_roots, order, score, shifts
from sayso.hypotheses.scoring import against, grid
from tests.hypotheses.made import matrix, row


def told(found, kind):
    return {one.what: one.leaders for one in shifts(found) if one.kind == kind}


def test_leaving_out_a_row_a_claim_a_root_an_actor():
    """A has 1 against it, B 2. Without E1, or without all of its root or actor, B has 0."""
    rows = (row("E1", claims="c1"), row("E2", claims="c2 c3", actor="ministry"), row("E3", claims="c4"))
    found = matrix({"A": "N I N", "B": "II N N", "rest": "II II N"}, rows)
    assert order(found).leaders == ("A",)
    assert told(found, "row") == {("E1",): ("B",)}
    assert told(found, "claim") == {("c1",): ("B",)}
    assert told(found, "root") == told(found, "actor") == {("r E1",): ("B",)}


def test_a_claim_that_another_repeats_is_not_missed():
    rows = (row("E1", claims="c1 c2"), row("E2"))
    found = matrix({"A": "N I", "B": "II N", "rest": "II II"}, rows)
    assert told(found, "claim") == {}
    assert told(found, "row") == {("E1",): ("B",)}


def test_one_step_of_a_cell():
    """A 1, B 2, rest 4: one step evens A with B in three ways."""
    found = matrix({"A": "N I", "B": "II N", "rest": "II II"})
    assert told(found, "cell") == {
        ("A", "E1", "I"): ("A", "B"),  # A 2
        ("B", "E1", "I"): ("A", "B"),  # B 1
        ("A", "E2", "II"): ("A", "B"),  # A 2
    }


def test_without_the_last_row_there_is_nothing_to_compare():
    assert told(matrix({"A": "N", "B": "I", "rest": "."}), "row") == {("E1",): ()}


def test_fewest_roots():
    """A 1, B 5 by 2 + 2 + 1: without E1 and E2 still 1. C 4 by 2 + 2: 0 without both, and so less than A."""
    found = matrix({"A": "N N N I", "B": "II II I N", "C": "II II N N", "rest": "II II II II"})
    fewest = fewest_roots(found)
    assert (fewest.what, fewest.leaders) == (("r E1", "r E2"), ("C",))


def test_rows_of_one_root_go_together():
    rows = (row("E1", root="same"), row("E2", root="same"), row("E3"))
    fewest = fewest_roots(matrix({"A": "N N I", "B": "II II N", "rest": "II II II"}, rows))
    assert (fewest.what, fewest.leaders) == (("same",), ("B",))


@pytest.mark.parametrize(
    "ratings",
    [
        {"A": "N N", "B": "I II", "rest": "II II"},  # nothing speaks against A whatever is left out
        {"A": "I N", "B": "N I", "rest": "II II"},  # nobody leads alone
        {"A": ". .", "B": ". .", "rest": ". ."},
    ],
)
def test_no_set_of_roots_where_none_undoes_a_lead(ratings):
    assert fewest_roots(matrix(ratings)) is None


def test_assumptions_have_no_root_to_leave_out():
    rows = (row("E1", root="", actor="A. Reader"), row("E2"))
    assert fewest_roots(matrix({"A": "N I", "B": "II N", "rest": "II II"}, rows)) is None


def test_deceiving_sets_an_actors_rows_to_neutral_and_keeps_blank_and_not_applicable():
    rows = (row("E1", actor="ministry"), row("E2"), row("E3", actor="ministry"), row("E4", actor="ministry"))
    found = matrix({"A": "II I . NA", "B": "CC N C C", "rest": ". . . ."}, rows)
    after = deceiving(found, "ministry")
    assert [one.plain for one in score(found)] == [3, 0, 0]
    assert [one.plain for one in score(after)] == [1, 0, 0]
    assert [(one.rated, one.of) for one in score(after)] == [(one.rated, one.of) for one in score(found)]
    assert deceiving(found, "nobody") == found


def test_deceiving_takes_what_was_rated_for_that_case():
    rows = (row("E1", actor="ministry"), row("E2"))
    found = matrix({"A": "II N", "B": "C N", "rest": ". ."}, rows, deceptive=[("A", "E1", "C"), ("B", "E1", "II")])
    assert [one.plain for one in score(found)] == [2, 0, 0]  # as long as nobody deceives it counts nothing
    assert [one.plain for one in score(deceiving(found, "ministry"))] == [0, 2, 0]


RATINGS = some.sampled_from(["II", "I", "N", "C", "CC"])


@some.composite
def full(draw, *, some_blank=False):
    """A matrix of up to six rows of up to four roots, all rated unless `some_blank`."""
    number = draw(some.integers(1, 6))
    levels = some.sampled_from(["low", "medium", "high"])
    rows = tuple(
        row(
            f"E{at}",
            root=draw(some.sampled_from(["", "r1", "r2", "r3", "r4"])),
            actor=draw(some.sampled_from(["x", "y"])),
            claims=draw(some.sampled_from(["c1", "c2", "c1 c2", "c3"])),
            credibility=draw(levels),
            relevance=draw(levels),
        )
        for at in range(number)
    )
    rating = some.one_of(RATINGS, some.sampled_from(["NA", "."])) if some_blank else RATINGS
    return matrix({name: " ".join(draw(rating) for _ in rows) for name in ("A", "B", "C", "rest")}, rows)


def without(found, gone):
    """The matrix without some rows, put together anew."""
    return replace(
        found,
        evidence=tuple(one for one in found.evidence if one.id not in gone),
        cells=tuple(one for one in found.cells if one.evidence not in gone),
    )


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(full())
def test_the_fewest_roots_are_those_that_trying_all_sets_finds(found):
    now = order(found)
    roots = sorted({one.root for one in found.evidence if one.root})
    told_of = grid(found)
    root_of = {one.id: one.root for one in found.evidence}

    def undone(gone):
        rows = [name for name in now.rows if root_of[name] not in gone]
        totals = {one: round(against(told_of, one, rows), 9) for place in now.places for one in place}
        return len(now.leaders) == 1 and min(totals.values()) < totals[now.leaders[0]]

    sizes = [size for size in range(1, len(roots) + 1) if any(undone(set(one)) for one in combinations(roots, size))]
    fewest = fewest_roots(found)
    assert (len(fewest.what) if fewest else None) == (min(sizes) if sizes else None)
    assert fewest is None or undone(set(fewest.what))


@pytest.mark.slow
@settings(max_examples=1000, deadline=None)
@given(full(some_blank=True))
def test_leaving_out_is_the_same_as_computing_anew(found):
    now = order(found).leaders
    rated = {cell.evidence for cell in found.cells if cell.rating not in {"", "NA"}}
    expected = {("row", (one,)): {one} for one in rated}
    for one in found.evidence:
        for kind, what in (("root", one.root), ("actor", one.actor)):
            if what and one.id in rated:
                expected.setdefault((kind, (what,)), set()).add(one.id)
        if one.id in rated and len({each.claim for each in one.given}) == 1:
            expected.setdefault(("claim", (one.given[0].claim,)), set()).add(one.id)
    anew = {key: order(without(found, gone)).leaders for key, gone in expected.items()}
    told_of = {(one.kind, one.what): one.leaders for one in shifts(found) if one.kind != "cell"}
    assert told_of == {key: leaders for key, leaders in anew.items() if set(leaders) != set(now)}
