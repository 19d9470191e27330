"""What some say and others deny, beside the closed list."""

from __future__ import annotations

import pytest

from sayso.questions.free import free_questions
from tests.questions.made import Story, incident, says

INCIDENT = incident()


def asked(*told):
    """(text of the question, whether for of each claim that gives it) of reports of one claim: (words, voice, more)."""
    story = Story()
    for words, voice, *more in told:
        story.report(f"{voice} spoke: {words}.", says(words, voice, **(more[0] if more else {})))
    return questions(story)


def questions(story):
    about = {claim.id: INCIDENT for found in story.findings for claim in found.claims}
    found = free_questions(story.reports, story.findings, about)
    return [(one.text.split(" (")[0], [each.is_for for each in one.answers[0].given]) for one in found]


SHUT = "Was the door shut or open?"


def test_shut_or_open_from_three_voices():
    told = ("the doors had been bolted", "Tarn"), ("the door was open", "Berren"), ("every door was locked", "Vesk")
    assert asked(*told) == [(SHUT, [True, False, True])]


@pytest.mark.parametrize(
    "told",
    [
        [("the doors were bolted", "Tarn"), ("the door was locked", "Berren")],
        [("the doors were bolted", "Tarn"), ("the gate was open", "Berren")],
        [("the doors were bolted", "Tarn"), ("the doors were open", "Tarn")],
        [("the doors were bolted", "Tarn"), ("was the door open", "Berren", {"stance": "asks"})],
        [("Ostra was shut", "Tarn"), ("Ostra was open", "Berren")],
        [("it was shut", "Tarn"), ("it was open", "Berren")],
        [("the doors were bolted", "Tarn")],
        [],
    ],
)
def test_nothing_is_asked_where_nobody_differs(told):
    assert asked(*told) == []


@pytest.mark.parametrize(
    ("words", "more", "is_for"),
    [
        ("the door was not locked", {}, False),
        ("the door was never locked", {}, False),
        ("no door was locked", {}, False),
        ("the door wasn't locked", {}, False),
        ("the doors weren’t ever locked", {}, False),
        ("the door was not open", {}, True),
        ("the door was locked", {"stance": "denies"}, False),
        ("the door was open", {"stance": "denies"}, True),
        ("the door was locked", {}, True),
    ],
)
def test_negation(words, more, is_for):
    rival = ("the door was open" if is_for else "the door was locked", "Tarn")
    assert asked((words, "Berren", more), rival) == [(SHUT, [is_for, not is_for])]


@pytest.mark.parametrize(("fact", "is_for"), [(3.0, True), (-3.0, False)])
def test_the_thing_is_what_the_event_befell(fact, is_for):
    text = "Tarn said somebody bolted the doors of the ferry."
    story = Story().report(
        text, says(text[10:-1], "Tarn"), events=[("bolted", "", fact, {"patient": "the doors of the ferry"})]
    )
    other = "the door was open" if is_for else "the door was shut"
    story.report(f"Berren said {other}.", says(other, "Berren"))
    assert questions(story) == [(SHUT, [is_for, not is_for])]


def test_the_words_of_an_answer_stand_in_the_report():
    story = Story().report("The doors were bolted.", says("The doors were bolted", "Tarn"))
    story.report("The door stood there. The door was open.", says("The door was open", "Berren"))
    about = {claim.id: INCIDENT for found in story.findings for claim in found.claims}
    (question,) = free_questions(story.reports, story.findings, about)
    (answer,) = question.answers
    texts = [story.reports[int(one.report[1:])].text[slice(*one.span)] for one in answer.given]
    assert (question.slot, answer.words, texts) == ("free", "shut", ["bolted", "open"])
    assert question.disputed


def test_claims_about_nothing_ask_nothing():
    story = Story().report("The doors were bolted.", says("The doors were bolted", "Tarn"))
    story.report("The door was open.", says("The door was open", "Berren"))
    assert list(free_questions(story.reports, story.findings, {"r0 c0": INCIDENT})) == []
