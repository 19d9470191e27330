"""Answers that plain sentence frames give, and sentences in which none must be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.claims.frames import UNANSWERING, Framed, framed, likelihood, table
from sayso.claims.phrases import matched, phrase, words_in
from sayso.model import Span
from tests.claims.made import statement

WHO = {
    "the Reed Front": "organisation", "the Dock League": "organisation", "Orr": "person", "Berren": "person",
    "the guards": "person", "Ostra": "place", "the old fort": "place", "Colonel Tarn": "person", "Veld": "place",
    "gendarmes": "person", "Reed Front soldiers": "person", "the ministry": "organisation",
    "a barge": "vehicle",
}  # fmt: skip


def said(content, cue="said", stance="asserts", source="The mayor"):
    text = f"{source} {cue} {content}"
    kinds = [(words, kind, "name") for words, kind in WHO.items() if words in content]
    one, attribution = statement(text, content, source=source, cue=cue, mentions=kinds)
    one = one._replace(claim=replace(one.claim, stance=stance))
    return {
        (each.slot, "for" if each.is_for else "against", text[slice(*each.span)])
        for each in framed(text, one, replace(attribution, stance=stance))
    }


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("the killers were from the Reed Front and the Dock League", {"Reed Front", "Dock League"}),
        ("the attack was carried out by the Reed Front", {"Reed Front"}),
        ("this was the work of the Dock League", {"Dock League"}),
        ("the Reed Front was behind the bombing", {"Reed Front"}),
    ],
)
def test_who_did_it(content, expected):
    assert said(content) == {("perpetrator", "for", who) for who in expected}


@pytest.mark.parametrize(
    ("content", "who"),
    [
        ("Reed Front soldiers did not do the shooting", "Reed Front soldiers"),
        ("Colonel Tarn had no part in the killing", "Colonel Tarn"),
        ("the guards had nothing to do with the fire", "guards"),
        ("we had no hand in the attack", "The mayor"),
        ("he had no role in the attack", "The mayor"),
    ],
)
def test_who_did_not(content, who):
    assert said(content) == {("perpetrator", "against", who)}


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("accused", "Orr and also Berren", {("perpetrator", "Orr"), ("perpetrator", "Berren")}),
        ("accused", "the Reed Front of kidnapping them", {("perpetrator", "Reed Front")}),
        ("blamed", "the Reed Front for the attack", {("perpetrator", "Reed Front")}),
        ("accused", "Colonel Tarn of ordering the killing", {("ordered_by", "Colonel Tarn")}),
        ("accused", "the guards of helping the bombers", {("complicity", "guards")}),
        ("accused", "Orr of lying about the attack", set()),
        ("thanked", "Orr and also Berren", set()),
        ("asked", "the Reed Front about the attack", set()),
    ],
)
def test_whom_an_accusation_names(cue, content, expected):
    assert said(content, cue, "alleges") == {(slot, "for", who) for slot, who in expected}


@pytest.mark.parametrize(
    "content",
    [
        "gendarmes must have acquiesced in the attack",
        "gendarmes looked the other way",
        "gendarmes had turned a blind eye",
        "gendarmes stood by and watched",
        "gendarmes let them pass",
        "gendarmes colluded with the raiders",
        "gendarmes did not get in the way",
    ],
)
def test_who_let_it_happen(content):
    assert said(content) == {("complicity", "for", "gendarmes")}


@pytest.mark.parametrize(
    ("content", "side", "where"),
    [
        ("the raiders had taken those seven to Veld", "for", "Veld"),
        ("the men are being held in the old fort", "for", "old fort"),
        ("they are not in Ostra", "against", "Ostra"),
        ("the prisoners were brought into Veld", "for", "Veld"),
        ("the bodies were buried near Ostra", "for", "Ostra"),
        ("the men were held on a barge", "for", "barge"),
    ],
)
def test_where_somebody_is(content, side, where):
    assert said(content) == {("whereabouts", side, where)}


@pytest.mark.parametrize(
    ("content", "side", "who"),
    [
        ("the raid was ordered by Colonel Tarn", "for", "Colonel Tarn"),
        ("they acted on the orders of Colonel Tarn", "for", "Colonel Tarn"),
        ("they acted on behalf of the ministry", "for", "ministry"),
        ("Colonel Tarn ordered the attack", "for", "Colonel Tarn"),
        ("Colonel Tarn gave no such order", "against", "Colonel Tarn"),
        ("Colonel Tarn did not order the attack", "against", "Colonel Tarn"),
    ],
)
def test_who_ordered_it(content, side, who):
    assert ("ordered_by", side, who) in said(content)


@pytest.mark.parametrize(
    "content",
    [
        "the guards stood by their report",
        "the guards were let through by mistake",
        "the flowers were brought to Veld",
        "the wounded were taken to hospital in Veld",
        "the men were taken into custody",
        "the talks are being held in Ostra",
        "the talks are not in Ostra",
        "he flew to Veld",
        "it was not clear whether Colonel Tarn had ordered the attack",
        "if the Reed Front was behind the bombing the truce was over",
        "the guards would look the other way",
        "Colonel Tarn ordered lunch",
        "the Reed Front went to Ostra",
        "the killers were from abroad",
        "the order was read in Ostra",
        "the guards had a part in the film",
    ],
)
def test_what_answers_nothing(content):
    assert said(content) == set()


@pytest.mark.parametrize("stance", sorted(UNANSWERING))
def test_what_is_asked_for_answers_nothing(stance):
    assert said("the guards looked the other way", stance=stance) == set()


def test_a_denial_turns_the_side_round():
    assert said("that Colonel Tarn ordered the attack", "denied", "denies") == {
        ("ordered_by", "against", "Colonel Tarn")
    }
    assert said("any role in the attack", "denied", "denies") == {("perpetrator", "against", "The mayor")}


def test_what_somebody_else_says_within_it_is_theirs():
    text = "The mayor said Orr claimed the guards looked the other way"
    one, attribution = statement(
        text, text[15:], source="The mayor", cue="said", mentions=[("the guards", "person", "description")]
    )
    inner = Span(text.index("the guards"), len(text))
    assert framed(text, one, attribution)
    assert not framed(text, one._replace(inner=(inner,)), attribution)


def test_every_frame_was_counted():
    content, _ = statement("The guards raided the barge.", "The guards raided the barge.")
    several = (Framed(frame.name, frame.slot, frame.is_for, Span(0, 1)) for frame in table().frames)
    assert all(0 < likelihood("The guards raided the barge.", one, content) < 1 for one in several)


@pytest.mark.parametrize(
    ("text", "is_less"),
    [
        ("the barge was sunk by the guards", False),
        ("the killers were guards", False),
        ("the fence was painted by the guards", True),
    ],
)
def test_who_did_it_is_less_likely_answered_where_no_deed_is_told(text, is_less):
    content, _ = statement(text, text)
    found = [
        likelihood(text, Framed("done by", slot, is_for=True, span=Span(0, 1)), content)
        for slot in ("perpetrator", "killed")
    ]
    assert (found[0] < found[1]) == is_less


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("look|turn away", "turned away", True),
        ("look very? far", "looked far", True),
        ("look very? far", "looked very far", True),
        ("take ~held to", "took those two young men to", True),
        ("take ~held to", "took the long way to", False),
        ("kill ... by", "killed at the gate by", True),
        ("kill ... by", "killed, it seems by", False),
        ("of ^ =deed", "of the attack", True),
        ("of ^ =deed", "of planning attack", False),
        ("seize ~held", "seized 12", True),
    ],
)
def test_phrases(written, text, expected):
    words = words_in(text, Span(0, len(text)))
    assert (matched(phrase(written), words, 0, table().classes) == len(words)) is expected
