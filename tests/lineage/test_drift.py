"""What changes between claims of one origin, and between a report and its copy."""

from dataclasses import replace

import pytest

from sayso import lineage
from sayso.lineage.drift import HEDGES
from sayso.model import Case
from tests.lineage.cases import Says, Told, case, copied

GAZETTE, ECHO = Told("g", "Quay Gazette"), Told("e", "Hill Echo", "2031-05-04")


def drifted(made: Case) -> list[tuple[str, str, str]]:
    rooted = replace(made, lineages=lineage.root(made))
    return [(one.kind, one.before.report, one.after.report) for one in lineage.drift(rooted)]


def test_nothing_changes_in_a_faithful_relay():
    says = [
        Says("g", "It may have been shut.", ("two officers",), certainty="possible"),
        Says("e", "It may have been shut.", ("Quay Gazette", "two officers"), certainty="possible"),
    ]
    assert drifted(case([GAZETTE, ECHO], says)) == []


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("possible", "certain", "hedge lost"),
        ("probable", "certain", "hedge lost"),
        ("possible", "probable", "certainty raised"),
    ],
)
def test_a_relay_that_is_firmer(before, after, kind):
    says = [
        Says("g", "It was shut.", ("two officers",), certainty=before),
        Says("e", "So it was shut.", ("Quay Gazette", "two officers"), certainty=after),
    ]
    assert drifted(case([GAZETTE, ECHO], says)) == [(kind, "g", "e")]


@pytest.mark.parametrize("hedge", sorted(HEDGES))
def test_a_hedge_among_the_words_counts(hedge):
    says = [
        Says("g", f"It {hedge} was shut.", ("Dara Okonte",)),
        Says("e", "It was shut.", ("Dara Okonte",)),
    ]
    assert drifted(case([GAZETTE, ECHO], says)) == [("hedge lost", "g", "e")]


def test_a_weaker_relay_is_no_drift():
    says = [
        Says("g", "It was shut.", ("two officers",)),
        Says("e", "It may have been shut.", ("Quay Gazette", "two officers"), certainty="possible"),
    ]
    assert drifted(case([GAZETTE, ECHO], says)) == []


def test_the_speaker_is_left_out_of_a_copy():
    says = [
        Says("g", "The gate was bolted on Monday night.", ("two officers",)),
        Says("e", "The gate was bolted on Monday night.", answer="no"),
    ]
    made = case([GAZETTE, ECHO], says)
    credited = replace(copied(made, "e", "g"), kind="credit")
    assert drifted(replace(made, echoes=(credited,))) == [("link dropped", "g", "e")]


def test_a_copy_that_does_not_say_whose_words_it_has():
    says = [Says(name, "The gate was bolted on Monday night.", ("Dara Okonte",)) for name in "ge"]
    made = case([GAZETTE, ECHO], says)
    assert drifted(replace(made, echoes=(copied(made, "e", "g"),))) == [("link dropped", "g", "e")]


def test_a_denial_told_as_so():
    says = [
        Says("g", "His men had bolted the gate on Monday.", ("Dara Okonte",), stance="denies", is_for=False),
        Says("e", "His men had bolted the gate on Monday.", ("Dara Okonte",), "other"),
    ]
    made = case([GAZETTE, ECHO], says)
    credited = replace(copied(made, "e", "g"), kind="credit")
    assert drifted(replace(made, echoes=(credited,))) == [("denial lost", "g", "e")]


def test_the_words_of_somebody_unnamed_in_the_mouth_of_another():
    says = [
        Says("g", "Shut the gate and leave it shut tonight.", ("an officer",)),
        Says("e", "Shut the gate and leave it shut tonight.", ("Dara Okonte",), "other"),
    ]
    made = case([GAZETTE, ECHO], says)
    credited = replace(copied(made, "e", "g"), kind="credit")
    assert drifted(replace(made, echoes=(credited,))) == [("named", "g", "e")]


@pytest.mark.parametrize(
    ("first", "second", "is_rounder"),
    [
        ((31, 31), (30, 30), True),
        ((31, 31), (24, None), True),
        ((31, 31), (40, 40), False),
        ((30, 30), (31, 31), False),
    ],
)
def test_a_figure_becomes_rounder(first, second, is_rounder):
    says = [Says("g", "It was 31.", ("Dara Okonte",), "a"), Says("e", "It was many.", ("Dara Okonte",), "b")]
    made = case([GAZETTE, ECHO], says)
    (question,) = made.questions
    bounds = zip(question.answers, (first, second), strict=True)
    answers = tuple(replace(one, low=low, high=high) for one, (low, high) in bounds)
    asked = replace(question, slot="missing", answers=answers)
    assert drifted(replace(made, questions=(asked,))) == [("rounded", "g", "e")] * is_rounder


@pytest.mark.parametrize(
    ("echoes", "expected"),
    [
        ((), [("rounded", "g", "e")]),
        ((("e", "g"),), [("rounded", "g", "e")]),
        ((("g", "e"),), []),
        ((("g", "h"), ("h", "e")), []),
        ((("g", "e"), ("e", "g")), [("rounded", "g", "e")]),
    ],
)
def test_nothing_drifts_from_a_copy_to_its_original(echoes, expected):
    third = Told("h", "Morning Post", "2031-05-05")
    says = [Says("g", "It was 31.", ("Dara Okonte",), "a"), Says("e", "It was many.", ("Dara Okonte",), "b")]
    made = case([GAZETTE, ECHO, third], says)
    (question,) = made.questions
    bounds = zip(question.answers, ((31, 31), (24, None)), strict=True)
    answers = tuple(replace(one, low=low, high=high) for one, (low, high) in bounds)
    credited = tuple(replace(copied(made, *pair), kind="credit") for pair in echoes)
    made = replace(made, questions=(replace(question, slot="missing", answers=answers),), echoes=credited)
    assert drifted(made) == expected


def test_the_order_of_echoes_changes_nothing():
    third = Told("h", "Morning Post", "2031-05-05")
    says = [
        Says("g", "The gate may have been bolted on Monday.", ("two officers",)),
        Says("e", "The gate was bolted on Monday.", ("two officers",), "b"),
        Says("h", "The gate was bolted on Monday.", answer="c"),
    ]
    made = case([GAZETTE, ECHO, third], says)
    echoes = (copied(made, "e", "g"), copied(made, "h", "g"), copied(made, "h", "e"))
    there, back = (drifted(replace(made, echoes=some)) for some in (echoes, echoes[::-1]))
    assert sorted(there) == sorted(back)
    assert ("hedge lost", "g", "h") in there


def test_what_is_told_refers_to_the_claims():
    says = [
        Says("g", "It may have been shut.", ("two officers",)),
        Says("e", "It was shut.", ("Quay Gazette", "two officers")),
    ]
    made = case([GAZETTE, ECHO], says)
    (one,) = lineage.drift(replace(made, lineages=lineage.root(made)))
    assert (one.question, one.before.claim, one.after.claim) == (
        "q",
        *(found.claims[0].id for found in made.findings),
    )
    assert one.reason == "possible in the words of two officers; Hill Echo gives it without a hedge"
