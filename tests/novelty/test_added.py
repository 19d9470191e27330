"""What reports add: new questions, answers, denials and origins; what they repeat, and how; what they contradict."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import novelty
from sayso.model.novelty import News
from tests.lineage.cases import Says, Told
from tests.novelty.made import COURIER, GAZETTE, WIRE, built

SHUT = Says("1", "The gate was shut, Dara Okonte said.", ("Dara Okonte",), "gate/shut")


def every(made, added=None) -> tuple[News, ...]:
    return novelty.news(made, [one.id for one in made.reports] if added is None else added)


def gains(made, added=None):
    return {(one.report, gain.kind, gain.answer[2:], gain.is_for) for one in every(made, added) for gain in one.gains}


def test_the_first_report_adds_a_question_the_next_an_answer_and_an_origin():
    says = (
        SHUT,
        Says("2", "It was open, Ulf Brann said.", ("Ulf Brann",), "gate/open"),
        Says("2", "It was shut, Ina Sorel said.", ("Ina Sorel",), "gate/shut"),
        Says("2", "Nine died, Ina Sorel said.", ("Ina Sorel",), "dead/nine"),
    )
    made = built((COURIER, GAZETTE), says, conflicts=[("gate/shut", "gate/open")])
    assert gains(made) == {
        ("1", "question", "gate/shut", True),
        ("2", "answer", "gate/open", True),
        ("2", "origin", "gate/shut", True),
        ("2", "question", "dead/nine", True),
    }
    (clash,) = every(made)[1].clashes
    assert (clash.answer, clash.against, clash.reports, clash.is_new) == ("a-gate/open", "a-gate/shut", ("1",), True)


def test_the_same_voice_again_adds_nothing_and_a_denial_is_told():
    says = (
        SHUT,
        Says("2", "Dara Okonte said again it was shut.", ("Dara Okonte",), "gate/shut"),
        Says("2", "Ulf Brann denied that.", ("Ulf Brann",), "gate/shut", is_for=False, stance="denies"),
    )
    _, second = every(built((COURIER, GAZETTE), says))
    by_kind = {one.kind: one for one in second.gains}
    assert by_kind.keys() == {"repeat", "denial"}
    assert (by_kind["repeat"].known, by_kind["repeat"].heard) == (("1",), "voice")
    assert second.adds == (by_kind["denial"],)
    assert {(one.is_for, one.against_is_for) for one in second.clashes} == {(False, True)}


def test_a_contradiction_known_before_is_told_apart():
    says = (
        SHUT,
        Says("2", "It was open, Ulf Brann said.", ("Ulf Brann",), "gate/open"),
        Says("3", "It was open, Edda Rahl said.", ("Edda Rahl",), "gate/open"),
    )
    made = built((COURIER, GAZETTE, WIRE), says, conflicts=[("gate/shut", "gate/open")])
    assert [[one.is_new for one in each.clashes] for each in every(made)] == [[], [True], [False]]
    assert not [line for line in novelty.lines(novelty.Names(made), every(made)[2]) if "contradicts" in line]


def test_a_copy_repeats_and_says_by_which_echo():
    says = (
        Says("1", "A guard said the gate was shut.", ("a guard",), "gate/shut"),
        Says("2", "A guard said the gate was shut.", ("a guard",), "gate/shut"),
    )
    _, copy = every(built((COURIER, GAZETTE), says, echoes=[("2", "1")]))
    (gain,) = copy.gains
    assert (gain.kind, gain.known, gain.heard) == ("repeat", ("1",), "passage")
    assert [(echo.copy, echo.original) for echo in copy.echoes] == [("2", "1")]
    apart = built((COURIER, GAZETTE), says)
    (gain,) = every(apart)[1].gains
    assert gain.kind == "origin"
    assert len(gain.may_be) == 1, "two unnamed guards may be one"


def test_an_original_that_comes_later_is_told_as_echoed_before():
    says = (SHUT, Says("2", "The gate was shut, Dara Okonte said.", ("Dara Okonte",), "gate/shut"))
    made = built((COURIER, GAZETTE), says, echoes=[("1", "2")])
    assert [len(one.echoed) for one in every(made)] == [0, 1]
    assert "Echoed before by The Courier" in novelty.summary(novelty.Names(made), every(made)[1])


def test_a_voice_that_says_something_else_than_before():
    says = (SHUT, Says("2", "Now Dara Okonte says it was open.", ("Dara Okonte",), "gate/open"))
    _, second = every(built((COURIER, GAZETTE), says))
    assert second.gains[0].before == ("a-gate/shut",)


def test_reports_that_were_not_added_count_as_known_even_if_they_stand_later():
    says = (SHUT, Says("2", "The gate was shut, Dara Okonte said again.", ("Dara Okonte",), "gate/shut"))
    made = built((COURIER, GAZETTE), says)
    assert gains(made, ["1"]) == {("1", "repeat", "gate/shut", True)}
    assert gains(made, ["2"]) == {("2", "repeat", "gate/shut", True)}
    assert gains(made) == {("1", "question", "gate/shut", True), ("2", "repeat", "gate/shut", True)}


def test_unsure_answers_are_in_no_contradiction_and_not_in_the_summary():
    says = (SHUT, Says("2", "It was open, Ulf Brann said.", ("Ulf Brann",), "gate/open"))
    made = built((COURIER, GAZETTE), says, conflicts=[("gate/shut", "gate/open")])
    (question,) = made.questions
    unsure = replace(question, answers=(question.answers[0], replace(question.answers[1], probability=0.1)))
    made = replace(made, questions=(unsure,))
    _, second = every(made)
    assert not second.clashes
    assert novelty.summary(novelty.Names(made), second) == "Nothing new is sure."


def test_words():
    says = (
        SHUT,
        Says("2", "It was open, Ulf Brann said.", ("Ulf Brann",), "gate/open"),
        Says("2", "Dara Okonte said again it was shut.", ("Dara Okonte",), "gate/shut"),
    )
    made = built((COURIER, GAZETTE), says, conflicts=[("gate/shut", "gate/open")])
    names, (_, second) = novelty.Names(made), every(made)
    assert novelty.title(made.reports[1]) == "The Gazette, 2031-05-04"
    assert novelty.summary(names, second) == "New answer to: gate. Contradicts others on: gate."
    assert list(novelty.lines(names, second)) == [
        "gate? (fire, Ostra)",
        "  new answer “gate/open”: Ulf Brann",
        "  contradicts: “gate/open” against “gate/shut” (The Courier, 2031-05-03)",
        "repeats The Courier, 2031-05-03, from the same voice: gate “gate/shut” (Dara Okonte)",
    ]


def test_rows_have_the_columns_that_are_told():
    says = (SHUT, Says("2", "A guard said the gate was shut.", ("a guard",), "gate/shut"))
    made = built((COURIER, GAZETTE), says, echoes=[("2", "1")])
    rows = list(novelty.news_rows(made, every(made)))
    assert [row["kind"] for row in rows] == ["question", "repeat", "echo"]
    assert all(row.keys() == set(novelty.NEWS_COLUMNS) for row in rows)


VOICES = ("Dara Okonte", "Ulf Brann", "a guard", "two guards", "")
statement = st.tuples(
    st.integers(1, 4), st.sampled_from(VOICES), st.sampled_from(["gate/shut", "gate/open", "dead/nine"]), st.booleans()
)


def case_of(rows):
    told = [Told(str(number), f"Paper {number}", f"2031-05-0{number}") for number in range(1, 5)]
    said = dict.fromkeys(rows)
    says = [
        Says(str(report), f"Sentence {at} of it.", (voice,) * bool(voice), answer, is_for)
        for at, (report, voice, answer, is_for) in enumerate(said)
    ]
    return built(told, says, conflicts=[("gate/shut", "gate/open")])


@settings(max_examples=150, deadline=None)
@given(st.lists(statement, max_size=9))
def test_every_testimony_is_new_once_and_a_question_begins_in_one_report(rows):
    made = case_of(rows) if rows else None
    if made is None:
        return
    found = [(one.report, gain) for one in every(made) for gain in one.gains]
    new = [(gain.origin, gain.answer, gain.is_for) for _, gain in found if gain.kind != "repeat"]
    assert len(new) == len(set(new)) == sum(len(one.testimonies) for one in made.lineages)
    begun = {(gain.question, report) for report, gain in found if gain.kind == "question"}
    assert len(begun) == len(made.questions)


@settings(max_examples=100, deadline=None)
@given(st.lists(statement, min_size=1, max_size=9), st.sets(st.sampled_from("1234")), st.randoms(use_true_random=False))
def test_the_order_in_which_reports_are_named_changes_nothing(rows, some, shuffle: random.Random):
    made = case_of(rows)
    mixed = sorted(some)
    shuffle.shuffle(mixed)
    assert every(made, mixed) == every(made, sorted(some))
    assert [one.report for one in every(made, mixed)] == sorted(some)


@settings(max_examples=100, deadline=None)
@given(st.lists(statement, min_size=1, max_size=8))
def test_an_exact_copy_of_a_report_adds_nothing(rows):
    made = case_of(rows)
    first = made.reports[0]
    mine = [one for one in rows if str(one[0]) == first.id]
    copied = built(
        [*(Told(one.id, one.publisher, one.published) for one in made.reports), Told("9", "Copyist", "2031-05-09")],
        [
            Says(name, f"Sentence {at} of it.", (voice,) * bool(voice), answer, is_for)
            for at, (report, voice, answer, is_for) in enumerate(dict.fromkeys(rows))
            for name in ([str(report), "9"] if (report, voice, answer, is_for) in mine else [str(report)])
        ],
        echoes=[("9", first.id)] if mine else [],
    )
    (copy,) = every(copied, ["9"])
    assert [gain for gain in copy.adds if gain.origin not in _own(copied, "9")] == []


def _own(made, report):
    """Ids of origins that are the reporter's own voice."""
    return {one.id for each in made.lineages for one in each.origins if one.voice is None and report in one.reports}
