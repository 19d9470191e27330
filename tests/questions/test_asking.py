"""Which incident leads which, and which one a claim is asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.questions.asking import LEAST_PROBABILITY, incident_of_claims, is_of_other_days, leaders, posed
from tests.questions.made import Story, incident, says, to

MAY_3 = ("2031-05-03", "2031-05-03")
FIRST = incident("attack", "attack", "r0 r1 r2", MAY_3)


def led(*several):
    return {name: one.id for name, one in leaders(several).items()}


@pytest.mark.parametrize(
    ("other", "leader"),
    [
        (incident("other", "killing", "r0 r1"), "attack"),
        (incident("other", "killing", "r0 r1", MAY_3), "attack"),
        (incident("other", "killing", "r0 r3", MAY_3), "attack"),
        (incident("other", "killing", "r0 r3 r4", MAY_3), "other"),
        (incident("other", "killing", "r3 r4"), "other"),
        (incident("other", "killing", "r0 r1", ("2031-05-06", "2031-05-06")), "attack"),
        (incident("other", "killing", "r0 r1", ("2031-05-07", "2031-05-07")), "other"),
        (incident("other", "killing", "r0 r1", ("2031-04-29", "2031-04-29")), "other"),
        (incident("other", "killing", "r0 r1", ("2031-04-01", "2031-05-31")), "attack"),
        (incident("other", "arrest", "r0 r1", MAY_3), "other"),
        (incident("other", "protest", "r0"), "other"),
    ],
)
def test_leaders(other, leader):
    assert led(FIRST, other) == led(other, FIRST) == {"attack": "attack", "other": leader}


def test_of_two_that_as_many_reports_tell_of_the_one_that_is_no_outcome_leads():
    death = incident("death", "death", "r0 r1", ("2031-05-02", "2031-05-02"))
    assert led(death, incident("fire", "fire", "r0 r1", MAY_3)) == {"death": "fire", "fire": "fire"}


def test_an_aftermath_leads_nothing():
    trial = incident("trial", "charge", "r0 r1 r2 r3")
    assert led(trial, incident("killing", "killing", "r0 r1")) == {"trial": "trial", "killing": "killing"}


def test_of_several_the_one_of_most_shared_reports_leads():
    several = (
        incident("a", "attack", "r0 r1 r2 r3 r4"),
        incident("b", "attack", "r1 r2 r7 r8 r9"),
        incident("c", "killing", "r1 r2 r3"),
    )
    assert led(*several)["c"] == "a"


KINDS = ("attack", "killing", "arrest", "fire")
days = st.sampled_from([("", ""), MAY_3, ("2031-05-05", "2031-05-06"), ("2031-05-20", "2031-05-20")])
several_reports = st.lists(st.sampled_from(["r0", "r1", "r2", "r3", "r4"]), min_size=1, unique=True).map(" ".join)


@given(st.lists(st.tuples(st.sampled_from(KINDS), several_reports, days), min_size=1, max_size=7), st.randoms())
def test_the_order_of_incidents_changes_no_leader(made, random):
    several = [incident(f"i{at}", *one) for at, one in enumerate(made)]
    shuffled = random.sample(several, len(several))
    assert led(*several) == led(*shuffled)
    leading = leaders(several)
    assert all(leading[one.id] is one for one in leading.values())


def asked(*incidents):
    story = Story()
    for number in range(2):
        story.report(f"Shots fell at the quay {number}. It rained.", says("Shots fell"), says("It rained"))
    return {name: one.id for name, one in incident_of_claims(story.findings, incidents, leaders(incidents)).items()}


def test_claims_are_asked_about_the_leader_of_what_they_tell_of():
    attack = incident("attack", "attack", "r0 r1 r2 r3")
    other = incident("other", "killing", "r1 r5 r6", claims=("r1 c1",))
    found = asked(attack, other)
    assert found["r1 c1"] == "other"
    assert {found[name] for name in ("r0 c0", "r0 c1", "r1 c0")} == {"attack"}


def test_claims_of_an_aftermath_are_asked_about_what_their_report_mostly_tells_of():
    attack = incident("attack", "attack", "r0 r1")
    arrest = incident("arrest", "arrest", "r0 r1 r2", claims=("r0 c0",))
    assert set(asked(attack, arrest).values()) == {"attack"}
    assert asked(arrest)["r1 c1"] == "arrest"
    assert asked() == {}


def test_unlikely_replies_raise_no_question():
    story = Story().report(
        "Tarn fired. Berren fired. Vesk fired.",
        says("Tarn fired", "", to("perpetrator", "Tarn"), probability=LEAST_PROBABILITY),
        says("Berren fired", "", to("perpetrator", "Berren"), probability=LEAST_PROBABILITY - 0.01),
        says("Vesk fired", "", to("perpetrator", "Vesk")),
    )
    found = posed(story.findings, {"r0 c0": FIRST, "r0 c1": FIRST})
    assert [(one.claim.id, one.incident) for one in found] == [("r0 c0", FIRST)]


@pytest.mark.parametrize(
    ("days", "is_other"),
    [
        (("2031-05-02", "2031-05-02"), False),
        (("2031-05-03", "2031-05-04"), False),
        (("2031-05-04", "2031-05-04"), True),
        (("2031-04-01", "2031-05-01"), False),
        (("2031-04-01", "2031-04-30"), True),
        (("", ""), False),
        (("2031-06-01", ""), False),
    ],
)
def test_a_claim_of_other_days_tells_of_something_else(days, is_other):
    story = Story().report("Tarn shot him on Friday.", says("Tarn shot him on Friday"), times=["Friday"])
    found = story.findings[0]
    assert is_of_other_days(found.claims[0], incident(days=days), found) is is_other


def test_days_outside_of_the_claim_do_not_count():
    story = Story().report("Tarn shot him. It was Friday.", says("Tarn shot him"), times=["Friday"])
    found = story.findings[0]
    assert not is_of_other_days(found.claims[0], incident(days=("2031-06-01", "2031-06-01")), found)
