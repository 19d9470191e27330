"""Who is said to be in which legal state, by whom, and whether it is so, not so, or may come to it."""

from __future__ import annotations

import pytest

from sayso.accounts import statuses
from tests.accounts.made import Story, did, said

VARR = ("Lena Varr", "person")
FRONT = ("Reed Front", "organisation")


def found(text, *events, told=(), times=()):
    names = [one for one in (VARR, FRONT) if one[0] in text]
    return list(statuses(Story().report(text, *told, names=names, events=events, times=times).known()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lena Varr is wanted for murder.", ("wanted", True, "certain")),
        ("Judges issued an arrest warrant for Lena Varr.", ("wanted", True, "certain")),
        ("Lena Varr is under investigation.", ("investigated", True, "certain")),
        ("Lena Varr was arrested.", ("detained", True, "certain")),
        ("The arrest of Lena Varr came late.", ("detained", True, "certain")),
        ("Lena Varr was charged with arson.", ("charged", True, "certain")),
        ("Lena Varr could be charged with arson.", ("charged", True, "possible")),
        ("Lena Varr has not been charged.", ("charged", False, "certain")),
        ("Lena Varr was never charged.", ("charged", False, "certain")),
        ("Prosecutors dropped the charges against Lena Varr.", ("charged", False, "certain")),
        ("Lena Varr stood trial.", ("on trial", True, "certain")),
        ("Lena Varr pleaded not guilty.", ("on trial", True, "certain")),
        ("Lena Varr was convicted of arson.", ("convicted", True, "certain")),
        ("Lena Varr was sentenced to nine years.", ("sentenced", True, "certain")),
        ("Lena Varr was cleared of arson.", ("acquitted", True, "certain")),
        ("Lena Varr was found not guilty.", ("acquitted", True, "certain")),
        ("Lena Varr was released on bail.", ("released", True, "certain")),
        ("Lena Varr was extradited.", ("extradited", True, "certain")),
        ("Ostra put sanctions on Reed Front.", ("sanctioned", True, "certain")),
        ("Ostra may put sanctions on Reed Front.", ("sanctioned", True, "possible")),
        ("Lena Varr enjoys judicial immunity.", ("immune", True, "certain")),
        ("Lena Varr is not accused of arson.", ("accused", False, "certain")),
    ],
)
def test_words_of_the_law(text, expected):
    (one,) = found(text)
    assert (one.kind, one.is_so, one.certainty) == expected
    assert one.name in {"Lena Varr", "Reed Front"}
    assert one.speaker == "Quay Courier"


@pytest.mark.parametrize(
    "text",
    [
        "Police are still investigating the hoax.",
        "The lawyer of Lena Varr was charged.",
        "Lena Varr sang, and the boat was charged with coal.",
        "He was charged.",
        "The charged mood pleased Lena Varr.",
    ],
)
def test_what_is_said_of_nobody_here(text):
    assert found(text) == []


def test_the_patient_of_the_verb_is_meant():
    text = "Lena Varr arrested Reed Front."
    (one,) = found(text, did("arrested", agent="Lena Varr", patient="Reed Front"))
    assert one.name == "Reed Front"


def test_she_is_the_one_person_named_before():
    (one,) = found("Lena Varr said that she was arrested.", did("arrested", patient="she"))
    assert (one.name, one.entity) == ("Lena Varr", "E Lena Varr")


def test_who_says_so_and_how_firmly():
    text = "Police said Lena Varr was arrested."
    (one,) = found(text, told=[said("Lena Varr was arrested", "Police", certainty="probable")])
    assert (one.speaker, one.voice, one.claim, one.certainty) == ("Police", "V Police", "r0 c0", "probable")


@pytest.mark.parametrize(("stance", "expected"), [("denies", [False]), ("asks", []), ("asserts", [True])])
def test_what_is_denied_is_kept_as_such_and_what_is_asked_is_not(stance, expected):
    text = "Police denied Lena Varr was arrested."
    told = [said("Lena Varr was arrested", "Police", "denied", stance=stance)]
    assert [one.is_so for one in found(text, told=told)] == expected


def test_an_order_to_arrest_is_no_arrest():
    text = "Judges ordered the arrest of Lena Varr."
    told = [said("the arrest of Lena Varr", "Judges", "ordered", stance="orders")]
    (one,) = found(text, told=told)
    assert (one.certainty, one.speaker) == ("possible", "Quay Courier")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lena Varr was arrested on Friday.", "2031-05-02"),
        ("Lena Varr was arrested, and what burned on Friday was a shed.", ""),
    ],
)
def test_the_day_beside_the_words(text, expected):
    (one,) = found(text, times=[("Friday", ("2031-05-02", "2031-05-02"))])
    assert (one.earliest, one.latest) == (expected, expected)
