"""What reports add: new questions, answers, denials and origins; what they repeat, and how; what they contradict."""

from dataclasses import replace

from sayso import lineage, novelty
from sayso.model import Difference
from tests.lineage.cases import Says, Told, case, copied

COURIER, GAZETTE, WIRE = (
    Told("1", "The Courier"),
    Told("2", "The Gazette", "2031-05-04"),
    Told("3", "Wire", "2031-05-05"),
)


def built(told, says, echoes=(), conflicts=()):
    made = case(told, says)
    if conflicts:
        differences = tuple(Difference(f"a-{one}", f"a-{other}", "conflict", "") for one, other in conflicts)
        made = replace(made, questions=(replace(made.questions[0], differences=differences),))
    made = replace(made, echoes=tuple(copied(made, *pair) for pair in echoes))
    return replace(made, lineages=lineage.root(made))


def gains(made, added=None):
    """Report, kind and answer of each gain."""
    found = novelty.news(made, added or [one.id for one in made.reports])
    return [(one.report, gain.kind, gain.answer, gain.is_for) for one in found for gain in one.gains]


def test_the_first_report_adds_a_question_the_next_an_answer_and_an_origin():
    made = built(
        (COURIER, GAZETTE),
        (
            Says("1", "The gate was shut, Dara Okonte said.", ("Dara Okonte",)),
            Says("2", "It was open, Ulf Brann said.", ("Ulf Brann",), answer="no"),
            Says("2", "It was shut, Ina Sorel said.", ("Ina Sorel",)),
        ),
    )
    assert gains(made) == [
        ("1", "question", "a-yes", True),
        ("2", "answer", "a-no", True),
        ("2", "origin", "a-yes", True),
    ]


def test_the_same_voice_again_adds_nothing_and_a_denial_is_told():
    made = built(
        (COURIER, GAZETTE),
        (
            Says("1", "The gate was shut, Dara Okonte said.", ("Dara Okonte",)),
            Says("2", "Dara Okonte said again it was shut.", ("Dara Okonte",)),
            Says("2", "Ulf Brann denied that.", ("Ulf Brann",), is_for=False, stance="denies"),
        ),
    )
    (_, second) = novelty.news(made, ["1", "2"])
    repeat, denial = sorted(second.gains, key=lambda one: one.kind, reverse=True)
    assert (repeat.kind, repeat.known, repeat.heard) == ("repeat", ("1",), "voice")
    assert (denial.kind, denial.is_for) == ("denial", False)
    assert [(one.is_for, one.against_is_for, one.is_new) for one in second.clashes] == [
        (True, False, True),
        (False, True, True),
    ] or [(one.is_for, one.is_new) for one in second.clashes] == [(False, True)]
    assert second.adds == (denial,)
