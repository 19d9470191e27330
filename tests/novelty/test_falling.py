"""What falls between two cases: reports, origins, the answer that leads, and questions that go into others."""

from dataclasses import replace

from sayso import novelty, weighing
from tests.lineage.cases import Says
from tests.novelty.made import COURIER, GAZETTE, WIRE, built

SHUT = Says("1", "The gate was shut, Dara Okonte said.", ("Dara Okonte",), "gate/shut")
OPEN = Says("2", "It was open, Ulf Brann said.", ("Ulf Brann",), "gate/open")
ALSO = Says("3", "It was shut, Edda Rahl said.", ("Edda Rahl",), "gate/shut")


def of(*says):
    return built((COURIER, GAZETTE, WIRE), says, conflicts=[("gate/shut", "gate/open")] if OPEN in says else ())


def falls(before, after):
    stood, stand = (weighing.stand(one.questions, one.lineages, one.findings) for one in (before, after))
    return novelty.falls(before, after, stood, stand)


def test_nothing_falls_between_a_case_and_itself():
    assert falls(of(SHUT, OPEN), of(SHUT, OPEN)) == ()


def test_an_origin_and_the_leading_answer_fall():
    (one,) = falls(of(SHUT, OPEN, ALSO), of(SHUT, OPEN))
    assert (one.led, one.leads) == ("gate/shut", "")
    assert (one.origins_before, one.origins_after) == ((3, 3), (2, 2))
    assert [(side.words, side.reports, side.origins) for side in one.after] == [
        ("gate/shut", 1, 1),
        ("gate/open", 1, 1),
    ]
    assert list(novelty.tell_fallen([one])) == [
        "gate? (fire, Ostra)",
        "  independent origins: 3, now 2",
        "  leading: “gate/shut”, now none",
        "  gate/shut: 2 reports, now 1 report",
    ]


def test_a_question_that_nobody_answers_any_more():
    (one,) = falls(of(SHUT, Says("2", "Nine died.", ("Ulf Brann",), "dead/nine")), of(SHUT))
    assert (one.question, one.after, one.origins_after) == ("dead? (fire, Ostra)", (), (0, 0))


def test_a_question_under_another_id_is_the_same_one():
    after = of(SHUT, ALSO)
    renamed = replace(
        after,
        questions=tuple(replace(one, id="other") for one in after.questions),
        lineages=tuple(replace(one, question="other") for one in after.lineages),
    )
    assert falls(of(SHUT, ALSO), renamed) == ()


def test_of_a_question_that_went_into_another_only_its_own_claims_are_told():
    before = of(SHUT, OPEN, Says("3", "The gate was locked, Edda Rahl said.", ("Edda Rahl",), "door/locked"))
    gate, door = before.questions
    after = replace(
        before, questions=(replace(gate, answers=(*gate.answers, *door.answers)),), lineages=before.lineages[:1]
    )
    found = {one.question: one for one in falls(before, after)}
    assert door.text not in found, "all that it had is still said"
    less = replace(after, questions=(replace(gate, answers=gate.answers),))
    (one,) = [each for each in falls(before, less) if each.question == door.text]
    assert (one.after, one.moved) == ((), "")


def test_a_long_list_of_answers_is_cut():
    says = [Says("1", f"It was at {hour}.", ("Dara Okonte",), f"hour/{hour}") for hour in range(12)]
    told = list(novelty.tell_fallen(falls(of(SHUT, *says), of(SHUT))))
    assert told[-1] == "  … and 4 more answers"
