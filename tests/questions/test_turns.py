"""Voices against themselves, and headlines against their reports."""

from __future__ import annotations

import pytest

from sayso.model import Answer, Difference, Given, Report
from sayso.questions.turns import headline_end, headlines_of, turns_of
from sayso.questions.values import Known
from tests.questions.made import Story, says


def answer(name, *given):
    """`given`: "r0 c0" for the answer, "-r0 c0" against it."""
    each = tuple(Given(one.strip("-").split()[0], one.strip("-"), not one.startswith("-"), None) for one in given)
    return Answer(name, name, each)


def spoken(*voices):
    story = Story()
    for voice in voices:
        story.report("It was so.", says("It was so", voice))
    return Known(*story.case())


def turns(known, answers, *differences):
    found = turns_of(answers, [Difference(*each, "") for each in differences], known)
    return [(one.voice, one.before.claim, one.after.claim, one.kind) for one in found]


@pytest.mark.parametrize(
    ("voices", "differing", "expected"),
    [
        (("Tarn", "Tarn"), [("A", "B", "conflict")], [("Tarn", "r0 c0", "r1 c0", "conflict")]),
        (("Tarn", "Tarn"), [("A", "B", "update")], [("Tarn", "r0 c0", "r1 c0", "update")]),
        (("Tarn", "Tarn"), [("B", "A", "update")], [("Tarn", "r0 c0", "r1 c0", "update")]),
        (("Tarn", "Tarn"), [("A", "B", "granularity")], []),
        (("Tarn", "Tarn"), [], []),
        (("Tarn", "Vesk"), [("A", "B", "conflict")], []),
        (("", ""), [("A", "B", "conflict")], []),
        (("unspecified", "unspecified"), [("A", "B", "conflict")], []),
    ],
)
def test_one_voice_gives_two_answers(voices, differing, expected):
    answers = answer("A", "r0 c0"), answer("B", "r1 c0")
    assert turns(spoken(*voices), answers, *differing) == expected
    assert turns(spoken(*voices), answers[::-1], *differing) == expected


def test_one_voice_is_for_an_answer_and_later_against_it():
    known = spoken("Tarn", "Tarn", "Vesk")
    assert turns(known, [answer("A", "r0 c0", "-r1 c0", "r2 c0")]) == [("Tarn", "r0 c0", "r1 c0", "conflict")]
    assert turns(known, [answer("A", "r0 c0", "r1 c0", "-r2 c0")]) == []


def test_what_a_voice_rejects_is_no_second_answer():
    known = spoken("Tarn", "Tarn")
    assert turns(known, [answer("A", "r0 c0"), answer("B", "-r1 c0")], ("A", "B", "conflict")) == []


def test_turns_stand_by_voice():
    known = spoken("Vesk", "Tarn", "Vesk", "Tarn")
    answers = answer("A", "r0 c0", "r1 c0"), answer("B", "r2 c0", "r3 c0")
    assert [one[0] for one in turns(known, answers, ("A", "B", "conflict"))] == ["Tarn", "Vesk"]


TITLE = "Guard shot ferryman"


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (f"{TITLE}\n\nIt rained.", "", TITLE),
        (f"{TITLE}\n\nIt rained.", TITLE, TITLE),
        ("The Guard shot him.\nIt rained.", "", ""),
        ("The Guard shot him.\nIt rained.", "The Guard shot him.", "The Guard shot him."),
        (TITLE, "", ""),
        ("\nIt rained", "", ""),
        ("", "", ""),
    ],
)
def test_where_the_headline_ends(text, title, expected):
    assert text[: headline_end(Report("r", text, "", "", "", title=title))] == expected


def headline(head, body, answers):
    """`head` and `body`: how certain."""
    story = Story().report(
        f"{TITLE}\n\nThe Guard may have shot him, Tarn said.",
        says(TITLE, "", certainty=head),
        says("The Guard may have shot him", "Tarn", certainty=body),
    )
    known = Known(*story.case())
    found = headlines_of(answers, {one.id: one for one in story.reports}, known)
    return [(one.claim, one.body, one.kind) for one in found]


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("certain", "possible", [("r0 c0", "r0 c1", "firmer")]),
        ("probable", "possible", [("r0 c0", "r0 c1", "firmer")]),
        ("possible", "certain", [("r0 c0", "r0 c1", "weaker")]),
        ("certain", "certain", []),
        ("certain", "unknown", []),
    ],
)
def test_a_headline_says_more_or_less_than_its_report(head, body, expected):
    assert headline(head, body, [answer("A", "r0 c0", "r0 c1")]) == expected


def test_a_headline_gives_another_answer():
    other = [("r0 c0", "r0 c1", "other")]
    assert headline("certain", "certain", [answer("A", "r0 c0"), answer("B", "r0 c1")]) == other
    assert headline("certain", "certain", [answer("A", "-r0 c0"), answer("B", "r0 c1")]) == []
    assert headline("certain", "certain", [answer("A", "r0 c0")]) == []
    assert headline("certain", "certain", [answer("A", "r0 c1")]) == []
