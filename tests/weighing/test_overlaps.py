"""Answers that can hold together, against Dempster's rule worked out set by set; and what then leads."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model import Answer, Difference, Question
from sayso.weighing.core import believe, leading
from sayso.weighing.overlaps import Overlap, lay, overlaps
from tests.weighing.made import interval, shape_of

ELSE = frozenset({-1})
"""None of the answers."""

nats = st.sampled_from([0.0, 0.1, 1.4, 5.0])
counts = st.lists(st.tuples(interval, nats), min_size=1, max_size=5)
parents = st.lists(st.tuples(st.integers(-1, 3), nats, nats), min_size=1, max_size=4)


def weighed(sets, support, denial=None, unsure=None):
    """What is left of answers that stand for these sets, and which of them leads."""
    size = len(sets)
    laid = lay([Overlap(0, np.arange(size), shape_of(sets))])
    question, against = np.zeros(size, int), np.zeros(size) if denial is None else np.array(denial, float)
    found = believe(np.array(support, float), against, question, 1, laid=laid)
    flags = None if unsure is None else np.array(unsure)
    return found, leading(found, question, 1, laid=laid, unsure=flags)[0]


def by_dempster(sets, support, denial):
    """Bel and Pl of each set, and what no set has: every way in which the supports and denials can hold or not."""
    frame = frozenset().union(*sets) | ELSE
    shown = [(frozenset(one), 1 - np.exp(-w)) for one, w in zip(sets, support, strict=True)]
    shown += [(frame - frozenset(one), 1 - np.exp(-w)) for one, w in zip(sets, denial, strict=True)]
    mass = {}
    for holds in product((False, True), repeat=len(shown)):
        left, chance = frame, 1.0
        for (one, sure), is_so in zip(shown, holds, strict=True):
            left, chance = (left & one, chance * sure) if is_so else (left, chance * (1 - sure))
        mass[left] = mass.get(left, 0.0) + chance
    whole = 1 - mass.get(frozenset(), 0.0)
    bel = [sum(m for one, m in mass.items() if one and one <= each) / whole for each in sets]
    pl = [sum(m for one, m in mass.items() if one & each) / whole for each in sets]
    return bel, pl, sum(m for one, m in mass.items() if one & ELSE) / whole, 1 - whole


def same(sets, support, denial, *, alone=True):
    """`alone` False: two broader answers may together imply a third, which is not worked out: Bel is then the less."""
    found, _ = weighed(sets, support, denial)
    bel, pl, unresolved, conflict = by_dempster(sets, support, denial)
    if alone:
        assert found.belief == pytest.approx(bel, abs=1e-9)
    assert (found.belief <= np.array(bel) + 1e-9).all()
    assert found.plausible == pytest.approx(pl, abs=1e-9)
    assert found.unresolved[0] == pytest.approx(unresolved, abs=1e-9)
    assert found.conflict[0] == pytest.approx(conflict, abs=1e-9)


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(drawn=counts)
def test_counts_are_combined_by_dempsters_rule(drawn):
    sets, support = zip(*drawn, strict=True)
    same(sets, support, [0.0] * len(sets), alone=False)


@settings(max_examples=150, deadline=None, database=None, derandomize=True)
@given(drawn=parents)
def test_answers_within_answers_are_combined_by_dempsters_rule_denials_too(drawn):
    """Each has something of its own beside what it holds."""
    sets = [{at} for at in range(len(drawn))]
    for at in range(len(drawn)):
        above = at
        while (above := min(drawn[above][0], above - 1)) >= 0:
            sets[above].add(at)
    same(sets, [one[1] for one in drawn], [one[2] for one in drawn])


ELEVEN, AT_LEAST_TEN, NINE = {11}, set(range(10, 30)), {9}


def test_eleven_implies_at_least_ten_and_not_the_other_way():
    found, _ = weighed([ELEVEN, AT_LEAST_TEN], [1.4, 0.0])
    assert found.belief[0] == found.belief[1] > 0
    found, _ = weighed([ELEVEN, AT_LEAST_TEN], [0.0, 1.4])
    assert found.belief[0] == 0
    assert found.plausible[0] == 1


@pytest.mark.parametrize(
    ("sets", "support", "denial", "leads"),
    [
        ([ELEVEN, AT_LEAST_TEN, NINE], [1.4, 1.4, 2.0], None, 1),  # together they have more than nine
        ([ELEVEN, AT_LEAST_TEN, NINE], [2.8, 1.4, 2.0], None, 0),
        ([ELEVEN, AT_LEAST_TEN, NINE], [1.4, 1.4, 4.0], None, 2),
        ([ELEVEN, AT_LEAST_TEN, {12}], [2.8, 1.4, 2.8], None, 1),  # which of the two is not said
        ([ELEVEN, AT_LEAST_TEN, NINE], [2.8, 1.4, 0.0], [2.0, 0.0, 0.0], 1),
        ([ELEVEN, NINE, {9, 11}], [1.4, 1.4, 0.0], None, 2),
        ([{1, 2}, {2, 3}], [1.4, 1.4], None, 0),  # both can hold: the one that is named first
        ([ELEVEN, NINE], [1.4, 1.4], None, -1),
        ([ELEVEN, AT_LEAST_TEN], [0.0, 0.0], None, -1),
    ],
)
def test_what_leads(sets, support, denial, leads):
    assert weighed(sets, support, denial)[1] == leads


def test_an_unsure_answer_leads_only_where_no_sure_one_is_supported():
    sets, support = [ELEVEN, AT_LEAST_TEN, NINE], [2.8, 1.4, 1.0]
    assert weighed(sets, support, unsure=[True, False, False])[1] == 1
    assert weighed(sets, support, unsure=[True, True, False])[1] == 2
    assert weighed(sets, support, unsure=[True, True, True])[1] == 0
    assert weighed(sets, [2.8, 1.4, 0.0], unsure=[True, True, False])[1] == 0


def question(slot, *differs, answers="abcd"):
    made = tuple(Answer(one, one, ()) for one in answers)
    return Question("q", slot, "i", "?", made, tuple(Difference(*one[:3], "", *one[3:]) for one in differs))


def read(*questions):
    """Of each overlap its answers, and by answer those with which it can hold and those that it implies."""
    for one in overlaps(questions):
        names = [int(each) for each in one.answers]
        yield names, [one.fellows(each) for each in names], [one.implying(each) for each in names]


def test_what_questions_say_of_their_answers():
    plain = question("means", ("a", "b", "conflict"))
    chain = question("place", ("a", "b", "granularity", "b"), ("b", "c", "granularity", "c"), ("a", "c", "conflict"))
    alias = question("perpetrator", ("a", "b", "alias"), ("b", "c", "conflict"))
    motives = question("motive", answers="ab")
    assert list(read(plain, chain, alias, motives)) == [
        (
            [4, 5, 6],
            [[5, 6], [4, 6], [4, 5]],
            [[4], [4, 5], [4, 5, 6]],
        ),  # what holds with the narrower one does so here
        ([8, 9], [[9], [8]], [[8], [9]]),
        ([12, 13], [[13], [12]], [[12], [13]]),
    ]


def test_many_that_can_all_hold_are_weighed_at_once():
    sets = [set(range(at, 60)) for at in range(50)]
    found, leads = weighed(sets, [0.1] * 50, [0.01] * 50)
    assert leads == 48
    assert (np.diff(found.belief) <= 1e-9).all()
