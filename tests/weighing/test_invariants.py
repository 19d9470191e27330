"""What is always true of weighing, tried on boards drawn at random. The slow tests try a thousand of each."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.weighing.core import ALONE, believe, leading, weigh, weight
from sayso.weighing.hanging import leave_out, select
from sayso.weighing.overlaps import lay
from tests.weighing.made import (
    ANSWERS,
    ONE,
    ORIGINS,
    QUESTION,
    blocs,
    board,
    boards,
    hearing,
    hearing_by,
    interval,
    overlapping,
    shape_of,
    shares,
    speakers,
)

CLOSE = 1e-9

rows = st.lists(hearing, max_size=6)
unit = st.floats(0, 1)
nats = st.lists(st.sampled_from([0.0, 0.1, 1.4, 5.0, 60.0]), min_size=ANSWERS, max_size=ANSWERS)
which = st.integers(0, ANSWERS - 1)

ALWAYS = {}


def always(**drawn):
    """Keeps a property under its name, with what it is tried on."""

    def keep(check):
        ALWAYS[check.__name__] = given(**drawn)(check)
        return check

    return keep


def _same(one, other):
    for name in one._fields:
        assert getattr(one, name) == pytest.approx(getattr(other, name), abs=CLOSE), name


def _apart(*weights):
    return [np.array([one], float) for one in weights]


@always(rows=st.lists(hearing, min_size=1, max_size=6), who=speakers, bloc=blocs, share=shares, at=st.integers(0, 5))
def an_exact_echo_changes_nothing(rows, who, bloc, share, at):
    echo = [*rows, rows[at % len(rows)]]
    _same(weigh(board(rows, who, bloc), share), weigh(board(echo, who, bloc), share))


@always(rows=rows, who=speakers, bloc=blocs, share=shares, new=st.randoms())
def order_changes_nothing(rows, who, bloc, share, new):
    moved = new.sample(rows, len(rows))
    _same(weigh(board(rows, who, bloc), share), weigh(board(moved, who, bloc), share))


@always(rows=rows, who=speakers, bloc=blocs, share=shares, more=st.lists(hearing_by(ORIGINS), max_size=3))
def who_is_silent_changes_nothing(rows, who, bloc, share, more):
    """A fifth origin whose claims are all taken away again, and one that never had any."""
    whole = board([*rows, *more], [*who, (0.9, 0.0)], [*bloc, 0])
    left = whole._replace(hearings=select(whole.hearings, np.flatnonzero(whole.hearings.origin < ORIGINS)))
    _same(weigh(board(rows, who, bloc), share), weigh(left, share))


@always(given=boards(), share=shares, answer=which, fidelity=unit, hedge=st.floats(0.5, 1), r=unit)
def an_independent_supporter_never_lowers_its_answer_nor_raises_a_rival(given, share, answer, fidelity, hedge, r):
    before = weigh(given, share)
    after = weigh(_with(given, answer, fidelity, hedge, r), share)
    rivals = _rivals(given, answer)
    for name in ("belief", "plausible"):
        one, other = getattr(before, name), getattr(after, name)
        assert other[answer] >= one[answer] - CLOSE
        assert (other[rivals] <= one[rivals] + CLOSE).all()


def _rivals(given, answer):
    """Numbers of those that exclude an answer."""
    together = [answer, *(one for each in given.overlaps for one in each.fellows(answer))]
    return np.setdiff1d(np.flatnonzero(QUESTION[answer] == QUESTION), together)


@always(given=boards(), share=shares, answer=which, fidelity=unit, hedge=st.floats(0.5, 1), r=unit)
def a_supporter_lowers_neither_what_its_answer_implies_nor_what_implies_it(given, share, answer, fidelity, hedge, r):
    before, after = weigh(given, share), weigh(_with(given, answer, fidelity, hedge, r), share)
    for broader in range(ANSWERS):
        for narrower in [one for each in given.overlaps for one in each.implying(broader)]:
            assert before.belief[broader] >= before.belief[narrower] - CLOSE
            if answer in {broader, narrower}:
                assert after.belief[broader] >= before.belief[broader] - CLOSE
                assert after.belief[narrower] >= before.belief[narrower] - CLOSE


@always(given=boards(), share=shares, answer=which, fidelity=unit, r=unit)
def what_supports_an_answer_alone_says_nothing_for_the_narrower(given, share, answer, fidelity, r):
    only = _with(given._replace(hearings=select(given.hearings, np.zeros(0, int))), answer, fidelity, 1.0, r)
    found = weigh(only, share)
    implied = [one for one in range(ANSWERS) for each in given.overlaps if answer in each.implying(one)]
    others = np.setdiff1d(np.arange(ANSWERS), [answer, *implied])
    assert found.belief[others] == pytest.approx(0.0, abs=CLOSE)
    assert found.belief[implied] == pytest.approx(found.belief[answer], abs=CLOSE)


@always(given=boards(), share=shares)
def answers_that_exclude_each_other_share_what_is_resolved(given, share):
    found = weigh(given, share)
    for first in range(3):
        rivals = [first]
        for one in range(3):
            if all(one in _rivals(given, other) for other in rivals):
                rivals.append(one)
        assert found.belief[rivals].sum() + found.unresolved[0] <= 1 + CLOSE


@always(rows=rows, who=speakers, bloc=blocs, share=shares)
def what_only_excludes_is_weighed_as_without_overlaps(rows, who, bloc, share):
    given = board(rows, who, bloc)
    _same(weigh(given, share), weigh(overlapping(given, shape_of([{0}, {1}, {2}])), share))


@always(given=boards(), share=shares, answer=which, fidelity=unit, hedge=st.floats(0.5, 1), r=unit)
def a_denial_never_raises_its_target(given, share, answer, fidelity, hedge, r):
    before = weigh(given, share)
    after = weigh(_with(given, answer, fidelity, hedge, r, is_for=False), share)
    assert after.belief[answer] <= before.belief[answer] + CLOSE
    assert after.plausible[answer] <= before.plausible[answer] + CLOSE


def _with(given, answer, fidelity, hedge, reliability, *, is_for=True):
    """The board with one more origin that depends on nobody."""
    h = given.hearings
    new = h._replace(
        answer=np.append(h.answer, answer),
        origin=np.append(h.origin, ORIGINS),
        hearer=np.append(h.hearer, 0),
        report=np.append(h.report, 0),
        groups=np.append(h.groups, [[ALONE]] * len(h.groups), axis=1),
        is_for=np.append(h.is_for, is_for),
        fidelity=np.append(h.fidelity, fidelity),
        hedge=np.append(h.hedge, hedge),
        reliability=np.append(h.reliability, reliability),
        interest=np.append(h.interest, 0.0),
        rivals=np.append(h.rivals, 2.0),
    )
    return given._replace(hearings=new)


@always(given=boards(), one=shares, other=shares)
def more_dependence_never_raises_support(given, one, other):
    more, less = weigh(given, np.minimum(one, other)), weigh(given, np.maximum(one, other))
    assert (more.support <= less.support + CLOSE).all()
    assert (more.denial <= less.denial + CLOSE).all()


@always(given=boards(), share=shares, factor=st.lists(unit, min_size=7, max_size=7))
def a_longer_chain_never_raises_support(given, share, factor):
    longer = given.hearings.fidelity * np.array(factor[: len(given.hearings.fidelity)])
    after = weigh(given._replace(hearings=given.hearings._replace(fidelity=longer)), share)
    before = weigh(given, share)
    assert (after.support <= before.support + CLOSE).all()
    assert (after.denial <= before.denial + CLOSE).all()


@always(given=boards(), share=shares, more=unit)
def more_interest_never_raises_support(given, share, more):
    interest = np.maximum(given.hearings.interest, more)
    after = weigh(given._replace(hearings=given.hearings._replace(interest=interest)), share)
    assert (after.support <= weigh(given, share).support + CLOSE).all()


@always(given=boards(), share=shares, more=unit)
def support_grows_with_reliability(given, share, more):
    reliability = np.maximum(given.hearings.reliability, more)
    after = weigh(given._replace(hearings=given.hearings._replace(reliability=reliability)), share)
    assert (after.support >= weigh(given, share).support - CLOSE).all()


@always(given=boards(), share=shares, more=st.floats(0.5, 1))
def support_grows_with_commitment(given, share, more):
    """Of what commits at all: what is hedged below one half is a denial."""
    hedge = np.where(given.hearings.hedge >= 0.5, np.maximum(given.hearings.hedge, more), given.hearings.hedge)
    after = weigh(given._replace(hearings=given.hearings._replace(hedge=hedge)), share)
    assert (after.support >= weigh(given, share).support - CLOSE).all()


@always(tau=unit, r=unit, b=unit, n=st.sampled_from([1.0, 2.0, 20.0]), step=unit)
def one_weight_is_monotone_and_bounded(tau, r, b, n, step):
    found = weight(*_apart(tau, r, b, n))
    assert 0 <= found < 14
    assert weight(*_apart(max(tau, step), r, b, n)) >= found - CLOSE
    assert weight(*_apart(tau, max(r, step), b, n)) >= found - CLOSE
    assert weight(*_apart(tau, r, max(b, step), n)) <= found + CLOSE


@always(support=nats, denial=nats)
def beliefs_lie_between_nothing_and_one(support, denial):
    found = believe(np.array(support), np.array(denial), QUESTION, 2)
    assert (found.belief >= 0).all()
    assert (found.belief <= found.plausible + CLOSE).all()
    assert (found.plausible <= 1).all()
    assert (np.bincount(QUESTION, found.belief, 2) + found.unresolved <= 1 + CLOSE).all()
    assert (found.conflict >= 0).all()
    assert (found.conflict <= 1).all()


@always(given=boards(), share=shares)
def an_unsupported_answer_changes_nothing(given, share):
    before = weigh(given, share)
    after = weigh(given._replace(question=np.append(QUESTION, 0)), share)
    assert after.belief[:-1] == pytest.approx(before.belief, abs=CLOSE)
    assert after.plausible[:-1] == pytest.approx(before.plausible, abs=CLOSE)
    assert after.unresolved == pytest.approx(before.unresolved, abs=CLOSE)
    assert after.conflict == pytest.approx(before.conflict, abs=CLOSE)


@always(
    rows=rows,
    who=speakers,
    bloc=blocs,
    share=shares,
    names=st.tuples(st.permutations(range(ORIGINS)), st.permutations(range(3))),
    sets=st.lists(interval, min_size=3, max_size=3),
)
def renaming_changes_nothing(rows, who, bloc, share, names, sets):
    """Other numbers for origins, hearers, blocs, and for the three answers to the first question."""
    names, new = names
    to = [*new, 3]
    renamed = [(to[row[0]], names[row[1]], 2 - row[2], *row[3:]) for row in rows]
    back = np.argsort(names)
    other = board(renamed, [who[one] for one in back], [1 - bloc[one] if bloc[one] >= 0 else ALONE for one in back])
    before = weigh(overlapping(board(rows, who, bloc), shape_of(sets)), share)
    after = weigh(overlapping(other, shape_of([sets[new.index(at)] for at in range(3)])), share)
    for name in ("support", "denial", "belief", "plausible"):
        assert getattr(after, name)[to] == pytest.approx(getattr(before, name), abs=CLOSE)
    assert after.unresolved == pytest.approx(before.unresolved, abs=CLOSE)


@always(rows=rows, who=speakers, bloc=blocs, share=shares)
def taking_two_origins_for_one_never_raises_their_voices(rows, who, bloc, share):
    """Whether they are counted as one that must be heard once, or laid into one group of which the heaviest counts."""
    before = weigh(board(rows, who, bloc), share).support / ONE
    grouped = weigh(board(rows, who, bloc, [0, 0, ALONE, ALONE]), np.array([0.0, share[1]])).support / ONE
    apart = weigh(board(rows, who, bloc), np.array([0.0, share[1]])).support / ONE
    same_bloc = bloc[0] == bloc[1]
    if same_bloc:  # groups are nested: who shares the inner one shares the outer one
        assert (grouped <= apart + CLOSE).all()
    single = [(row[0], 0 if row[1] == 1 else row[1], *row[2:]) for row in rows]
    one = min(who[0], who[1])
    if who[0] == who[1] and same_bloc and bloc[0] == ALONE:
        assert (weigh(board(single, [one, one, *who[2:]], bloc), share).support / ONE <= before + CLOSE).all()


@always(given=boards(), share=shares, by=st.sampled_from(["origin", "hearer", "report", "bloc"]))
def leaving_out_one_by_one_is_weighing_anew(given, share, by):
    units = given.hearings.groups[-1] if by == "bloc" else getattr(given.hearings, by)
    found = leave_out(given, share, units)
    assert len(found.unit) == len(
        {(u, QUESTION[a]) for u, a in zip(units, given.hearings.answer, strict=True) if u >= 0}
    )
    for at, (one, question) in enumerate(zip(found.unit, found.question, strict=True)):
        kept = select(given.hearings, np.flatnonzero(units != one))
        anew = weigh(given._replace(hearings=kept), share)
        mine = found.pair == at
        assert found.belief[mine] == pytest.approx(anew.belief[found.answer[mine]], abs=CLOSE)
        assert found.unresolved[at] == pytest.approx(anew.unresolved[question], abs=CLOSE)
        assert found.leader[at] == leading(anew, QUESTION, 2, laid=lay(given.overlaps))[question]


def _try(name, cases):
    settings(max_examples=cases, deadline=None, database=None, derandomize=True)(ALWAYS[name])()


@pytest.mark.parametrize("name", list(ALWAYS))
def test_always_true(name):
    _try(name, 60)


@pytest.mark.slow
@pytest.mark.parametrize("name", list(ALWAYS))
def test_always_true_of_a_thousand(name):
    _try(name, 1000)
