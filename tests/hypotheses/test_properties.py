"""What is always so of scores, whatever the matrix."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sayso.hypotheses import judge, judgement_on, order, propose, row_values, score
from sayso.model import Given
from tests.hypotheses.made import TEXTS, lineage, matrix, question, row

pytestmark = pytest.mark.slow

SCALE = ["II", "I", "N", "C", "CC"]
NAMES = ("A", "B", "C", "rest")
many = settings(max_examples=1000, deadline=None)


@some.composite
def matrices(draw):
    """A matrix with blanks and NA."""
    levels = some.sampled_from(["low", "medium", "high"])
    rows = tuple(
        row(f"E{at}", root=draw(some.sampled_from(["", "r1", "r2"])), credibility=draw(levels), relevance=draw(levels))
        for at in range(draw(some.integers(1, 7)))
    )
    pairs = draw(some.sampled_from([(), (("r1", "r2"),)]))
    rating = some.sampled_from([*SCALE, "NA", "."])
    ratings = {name: " ".join(draw(rating) for _ in rows) for name in NAMES}
    return matrix(ratings, rows, may_be_one=pairs)


def told(found, name=str):
    """All scores, by hypothesis and row, under other names."""
    scores = {name(one.hypothesis): replace(one, hypothesis="") for one in score(found)}
    placed = [frozenset(map(name, place)) for place in order(found).places]
    return scores, placed, {name(one.evidence): replace(one, evidence="") for one in row_values(found)}


@many
@given(matrices(), some.randoms(use_true_random=False))
def test_the_order_of_rows_hypotheses_and_cells_changes_nothing(found, chance):
    rows, cells, named = ([*found.evidence], [*found.cells], [*found.hypotheses])
    for each in (rows, cells, named):
        chance.shuffle(each)
    turned = replace(found, evidence=tuple(rows), cells=tuple(cells), hypotheses=tuple(named))
    assert told(turned) == told(found)


@many
@given(matrices())
def test_renaming_changes_nothing(found):
    def other(name):
        return f"x{name[::-1]}"

    renamed = replace(
        found,
        hypotheses=tuple(replace(one, id=other(one.id), words=other(one.words)) for one in found.hypotheses),
        evidence=tuple(replace(one, id=other(one.id), root=one.root and other(one.root)) for one in found.evidence),
        cells=tuple(
            replace(one, hypothesis=other(one.hypothesis), evidence=other(one.evidence)) for one in found.cells
        ),
        may_be_one=tuple((other(one), other(two)) for one, two in found.may_be_one),
    )
    assert told(renamed) == told(found, other)


@many
@given(matrices(), some.integers(0, 6))
def test_an_echo_of_a_root_changes_nothing(found, number):
    at = number % len(found.evidence)
    echoed = replace(found.evidence[at], given=(*found.evidence[at].given, Given("r9", "echo", is_for=True, span=None)))
    again = replace(found, evidence=(*found.evidence[:at], echoed, *found.evidence[at + 1 :]))
    assert told(again) == told(found)


@many
@given(matrices(), some.data())
def test_scores_fall_as_ratings_rise(found, data):
    """A rating that is one step higher never raises a hypothesis's score, and touches no other hypothesis's."""
    movable = [at for at, cell in enumerate(found.cells) if cell.rating in SCALE[:-1]]
    if not movable:
        return
    at = data.draw(some.sampled_from(movable))
    cell = found.cells[at]
    higher = replace(cell, rating=SCALE[SCALE.index(cell.rating) + 1])
    raised = replace(found, cells=(*found.cells[:at], higher, *found.cells[at + 1 :]))
    for before, after in zip(score(found), score(raised), strict=True):
        if before.hypothesis == cell.hypothesis:
            assert after.plain <= before.plain
            assert after.weighted <= before.weighted
            assert after.safe <= before.safe
            assert after.roots_high <= before.roots_high
        else:
            assert after == before


@many
@given(matrices(), some.data())
def test_blank_differs_from_not_applicable(found, data):
    """What does not apply is no gap: the coverage of a blank is lower as long as anything is rated; all else is one."""
    empty = [at for at, cell in enumerate(found.cells) if cell.rating in {"", "NA"}]
    if not empty:
        return
    at = data.draw(some.sampled_from(empty))
    cell = found.cells[at]
    pair = [
        replace(found, cells=(*found.cells[:at], replace(cell, rating=rating), *found.cells[at + 1 :]))
        for rating in ("", "NA")
    ]
    blank, excused = (next(s for s in score(one) if s.hypothesis == cell.hypothesis) for one in pair)
    assert (blank.of, blank.rated) == (excused.of + 1, excused.rated)
    assert blank.coverage < excused.coverage or not blank.rated
    assert (blank.plain, blank.weighted, blank.safe) == (excused.plain, excused.weighted, excused.safe)


@many
@given(matrices())
def test_scores_stay_in_their_bounds(found):
    for one in score(found):
        assert one.safe is None or 0 <= one.safe <= 1
        assert 0 <= one.coverage <= 1
        assert one.plain / 2 <= one.weighted + 1e-9 <= 2 * one.plain + 2e-9
        assert one.roots_low <= one.roots_high <= one.rated
    assert sorted(order(found).rows) == sorted({*order(found).rows})


@settings(max_examples=200, deadline=None)
@given(
    some.lists(some.sampled_from(["a", "not a", "b", "not b"]), min_size=1, max_size=6),
    some.lists(some.integers(1, 4), min_size=6, max_size=6),
    some.lists(some.sampled_from([*SCALE, "NA"]), min_size=24, max_size=24),
)
def test_reports_that_repeat_an_origin_change_no_score(answers, times, ratings):
    """Each origin is heard in one report, and then in several: rated alike, all comes out the same."""

    def proposed(often):
        said = tuple(
            (f"voice {at}", answer, " ".join(f"r{n}" for n in range(often[at]))) for at, answer in enumerate(answers)
        )
        asked = question(said)
        return propose((asked,), (lineage(asked, said),), TEXTS)

    once, several = proposed([1] * 6), proposed(times)
    assert [one.id for one in once[0].evidence] == [one.id for one in several[0].evidence]
    pairs = [(row_, one) for row_ in once[0].evidence for one in once[0].hypotheses]
    said = [
        judgement_on(once[0], "rating", rating, words=one.words, row=row_)
        for (row_, one), rating in zip(pairs, ratings, strict=False)
    ]
    assert told(judge(once, said)[0]) == told(judge(several, said)[0])
