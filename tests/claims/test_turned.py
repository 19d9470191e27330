"""Answers that the words before them turn round or make unlikely."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.claims.turned import OTHER_THING, turned
from sayso.model import Reply
from tests.claims.made import bare, place, statement


def reply_to(text, words, slot="means"):
    return Reply(slot, is_for=True, span=place(text, words), score=0.6, probability=0.6)


@pytest.mark.parametrize(
    ("text", "slot", "answer", "expected"),
    [
        ("They found a bomb at the quay", "means", "a bomb", ("a bomb", True)),
        ("They found no sign of a bomb at the quay", "means", "bomb", ("bomb", False)),
        ("They found no sign of a bomb at the quay", "means", "no sign of a bomb", ("bomb", False)),
        ("They found signs of a bomb at the quay", "means", "signs of a bomb", ("bomb", True)),
        ("There was no trace of any explosives", "means", "explosives", ("explosives", False)),
        ("There were no known explosives on board", "means", "explosives", ("explosives", False)),
        ("They did not find any evidence of petrol", "means", "petrol", ("petrol", False)),
        ("There is no evidence that the Reed Front did it", "perpetrator", "Reed Front", ("Reed Front", False)),
        ("There is no evidence linking the Reed Front to it", "perpetrator", "Reed Front", ("Reed Front", False)),
        ("They saw no sign of the men at the old mill", "whereabouts", "old mill", ("old mill", False)),
        ("There is no doubt bombs did it", "means", "bombs", ("bombs", True)),
        ("They found no sign of petrol but traces of a bomb", "means", "bomb", ("bomb", True)),
        ("They found no sign of petrol. A bomb did it", "means", "bomb", ("bomb", True)),
        ("They found no sign of why nine died", "motive", "nine", ("nine", True)),
    ],
)
def test_no_sign_of_an_answer_is_against_it(text, slot, answer, expected):
    (found,) = turned(text, bare(text), None, [reply_to(text, answer, slot)])
    assert (text[slice(*found.span)], found.is_for) == expected


def test_a_denial_that_there_is_no_sign_of_it_is_left_as_read():
    text = "that there was no sign of a bomb"
    content = bare(text)
    denies = content._replace(claim=replace(content.claim, stance="denies"))
    assert turned(text, denies, None, [reply_to(text, "bomb")])[0].is_for


def test_of_two_replies_that_become_one_the_likelier_stays():
    text = "There was no sign of a bomb"
    several = [reply_to(text, "bomb"), reply_to(text, "bomb")._replace(is_for=False, probability=0.2)]
    assert [(one.is_for, one.probability) for one in turned(text, bare(text), None, several)] == [(False, 0.6)]


@pytest.mark.parametrize(
    ("accused", "is_other"),
    [
        ("of hiding the letter", True),
        ("of secretly hiding the letter", True),
        ("of a stalling tactic", True),
        ("for breaking the truce", True),
        ("of the attack", False),
        ("of killing nine people", False),
        ("of hiding the bomb", False),
        ("of doing it", False),
    ],
)
def test_who_is_accused_of_another_thing_hardly_did_it(accused, is_other):
    content, said = statement(text := f"Tarn accused Varr {accused}", f"Varr {accused}", source="Tarn", cue="accused")
    several = [reply_to(text, "Varr", slot) for slot in ("perpetrator", "complicity")]
    who, helped = turned(text, content, said, several)
    assert who.probability == pytest.approx(0.6 * OTHER_THING if is_other else 0.6)
    assert helped.probability == several[1].probability
