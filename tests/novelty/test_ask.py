"""The next best question: one more voice let speak comes out as if it had spoken."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import novelty, spine, weighing
from sayso.model import Answer, Difference, Given, Lineage, Origin, Question
from sayso.model.lineage import Testimony as Said  # pytest would take a name in Test… for tests
from sayso.model.novelty import Whom
from sayso.model.weighing import Stand, Support
from sayso.weighing import ask, overlaps
from sayso.weighing.asking import _Now
from sayso.weighing.core import believe, leading
from tests.lineage.cases import Says
from tests.novelty.made import COURIER, GAZETTE, WIRE, built

SHUT = Says("1", "The gate was shut, Dara Okonte said.", ("Dara Okonte",), "gate/shut")
OPEN = Says("2", "It was open, Ulf Brann said.", ("Ulf Brann",), "gate/open")
AGAIN = Says("2", "It was shut, Ulf Brann said.", ("Ulf Brann",), "gate/shut")
THIRD = Says("3", "It was shut, Edda Rahl said.", ("Edda Rahl",), "gate/shut")


def asked(*says, silent=None):
    made = built((COURIER, GAZETTE, WIRE), says)
    stands = weighing.stand(made.questions, made.lineages, made.findings)
    return made, weighing.ask(made.questions, made.lineages, stands, silent or {})


def test_one_against_one_is_open_and_any_answer_would_lead():
    made, (one,) = asked(SHUT, OPEN)
    assert (one.why, one.leader, set(one.turns)) == ("nobody leads", None, {"a-gate/shut", "a-gate/open"})
    assert novelty.tell_ask(novelty.Names(made), one) == (
        "Ask somebody who does not rest on those who spoke: gate? (fire, Ostra) No answer leads. "
        "If they say “gate/shut” or “gate/open”, that leads."
    )


def test_one_root_is_open_and_a_second_independent_voice_settles_it():
    _, (one,) = asked(SHUT)
    assert (one.why, one.leader, one.turns, one.settles) == ("one root", "a-gate/shut", (), ("a-gate/shut",))


def test_three_voices_for_one_answer_are_not_open():
    assert asked(SHUT, AGAIN, THIRD)[1] == ()


def test_the_nearer_the_answers_the_sooner_it_is_asked():
    _, found = asked(SHUT, OPEN, Says("3", "Nine died, Ina Sorel said.", ("Ina Sorel",), "dead/nine"))
    assert [one.question for one in found] == ["gate", "dead"]


def test_who_is_named_who_declined_last_and_who_serves_themselves_behind_the_impartial():
    order = Says("1", "The captain ordered it, Ina Sorel said.", ("Ina Sorel",), "order/captain")
    whom = (
        Whom("1", "Ulf Brann", "accused"),
        Whom("2", "Edda Rahl", "official"),
        Whom("3", "the court", "court"),
        Whom("4", "Gard Holm", "official", declined=True),
    )
    _, (one,) = asked(order, silent={"order": whom})
    assert [each.name for each in one.ask] == ["the court", "Edda Rahl", "Ulf Brann", "Gard Holm"]
    assert one.change > 0


def test_the_order_of_voices_changes_nothing_but_ties():
    whom = (Whom("2", "Edda Rahl", "official"), Whom("3", "the court", "court"))
    assert asked(SHUT, silent={"gate": whom})[1] == asked(SHUT, silent={"gate": whom[::-1]})[1]


def test_no_number_beside_a_name():
    made, found = asked(SHUT, OPEN, silent={"gate": (Whom("2", "Edda Rahl", "official"),)})
    told = novelty.tell_ask(novelty.Names(made), found[0])
    assert told.startswith("Ask Edda Rahl (official): gate?")
    assert not any(letter.isdigit() for letter in told)


def test_in_the_spine_the_silent_are_asked():
    made = built((COURIER, GAZETTE), (SHUT, Says("2", "Nine died, Ina Sorel said.", ("Ina Sorel",), "dead/nine")))
    assert {one.question: one.ask[0].name for one in spine.ask(made)} == {"dead": "Dara Okonte", "gate": "Ina Sorel"}


def test_answers_stand_as_they_are_weighed():
    made = built((COURIER, GAZETTE, WIRE), (SHUT, OPEN, THIRD, Says("3", "Nine died.", ("Ina Sorel",), "dead/nine")))
    weighed, stands = spine.weigh(made), spine.stand(made)
    assert [(one.question, one.supports, one.leader) for one in weighed] == [
        (one.question, one.supports, one.leader) for one in stands
    ]


nats = st.sampled_from([0.0, 0.1, 0.43, 1.39, 1.386, 3.0, 12.0, 60.0, 700.0])
answers = st.lists(st.tuples(nats, nats), min_size=1, max_size=5)


def stand_of(rows):
    support, denial = np.array([one[0] for one in rows]), np.array([one[1] for one in rows])
    found = believe(support, denial, np.zeros(len(rows), int), 1)
    leader = leading(found, np.zeros(len(rows), int), 1)[0]
    supports = tuple(
        Support(str(at), float(found.belief[at]), 1.0, 0.0, *row, (0.0, 0.0), "") for at, row in enumerate(rows)
    )
    return found, Stand("q", supports, str(leader) if leader >= 0 else None)


@settings(max_examples=400, deadline=None)
@given(answers, st.sampled_from([0.13, 0.55, 1.39, 3.0]), st.data())
def test_one_more_voice_comes_out_as_if_weighed_anew(rows, more, data):
    at = data.draw(st.integers(0, len(rows) - 1))
    before, stand = stand_of(rows)
    after, then = stand_of([(W + more * (n == at), D) for n, (W, D) in enumerate(rows)])
    now = _Now(stand, [str(n) for n in range(len(rows))])
    gap = np.sort(after.belief)[::-1]
    if len(gap) < 2 or gap[0] - gap[1] > 1e-6:  # ties are broken by rounding
        assert (now.leader_with(str(at), more) == str(at)) == (then.leader == str(at))
    outcomes = list(now._outcomes(more, more))
    assert outcomes[at][1] == pytest.approx(abs(after.belief[at] - before.belief[at]), abs=1e-9)
    assert sum(chance for chance, _ in outcomes) <= 1 + 1e-9
    assert 0 <= now.change((more, more)) <= 1


def overlapping(*rows, unsure=()):
    """A question of "eleven", "at least ten" and "nine", each with its nats for and against; how it stands."""
    names = ("eleven", "at least ten", "nine")
    made = tuple(Answer(one, one, (), probability=0.1 if one in unsure else 1.0) for one in names)
    differ = (
        Difference("eleven", "at least ten", "update", "", "at least ten"),
        Difference("eleven", "nine", "conflict", ""),
        Difference("at least ten", "nine", "conflict", ""),
    )
    question = Question("q", "killed", "i", "?", made, differ)
    laid = overlaps.lay(overlaps.overlaps([question]))
    support, denial = (np.array(column, float) for column in zip(*rows, strict=True))
    found = believe(support, denial, np.zeros(3, int), 1, laid=laid)
    flags = np.array([one.unsure for one in made])
    leader = leading(found, np.zeros(3, int), 1, laid=laid, unsure=flags)[0]
    supports = tuple(
        Support(name, float(found.belief[at]), float(found.plausible[at]), 0.0, *rows[at], (0.0, 0.0), "")
        for at, name in enumerate(names)
    )
    origins = tuple(Origin(one, one, "witness", named=True, voice=one, reports=("r",)) for one in ("a", "b"))
    told = tuple(Said(one, "eleven", is_for=True, given=(Given("r", one, is_for=True, span=None),)) for one in "ab")
    return question, Lineage("q", origins, told, (), 2, 2), Stand("q", supports, names[leader])


@pytest.mark.parametrize(
    ("rows", "why", "turns"),
    [
        ([(2.8, 0.0), (1.4, 0.0), (0.0, 0.0)], None, None),  # nothing that excludes it comes near
        ([(1.4, 0.0), (0.0, 0.0), (1.3, 0.0)], "near", ("nine", "at least ten")),
        ([(0.7, 0.0), (1.4, 0.0), (2.0, 0.0)], "near", ("nine", "eleven")),
    ],
)
def test_answers_that_can_hold_together_are_asked_about_as_they_are_weighed(rows, why, turns):
    question, lineage, stand = overlapping(*rows)
    found = ask([question], [lineage], [stand], {})
    assert [one.why for one in found] == ([why] if why else [])
    for one in found:
        assert 0 < one.change < 1
        assert {*one.turns} == {*turns}
