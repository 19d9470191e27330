"""Which words are contested, and whose they are."""

from __future__ import annotations

import pytest

from sayso.accounts import contested_words
from tests.accounts.made import Story, did, said

FRONT = ("Reed Front", "organisation")


def acts(first, second, **more):
    """The publisher's word for it, and a speaker's."""
    story = Story().report(f"The {first} hit the shed.", events=[did(first)])
    return story.report(
        f"A minister said the {second} hit the shed.", said(f"the {second} hit the shed", "A minister", **more),
        events=[did(second)],
    )  # fmt: skip


def told(story):
    return [
        (one.group, one.name, [(use.word, use.sense, use.said, use.speaker) for use in one.uses])
        for one in contested_words(story.known())
    ]


def test_two_voices_call_one_act_by_words_of_different_sense():
    assert told(acts("killing", "massacre", manner="direct")) == [
        (
            "killing",
            "attack, Ostra, 3 May 2031",
            [
                ("killing", "killing", "own voice", "Quay Courier"),
                ("massacre", "massacre", "quoted", "A minister"),
            ],
        )
    ]


@pytest.mark.parametrize(("first", "second"), [("attack", "assault"), ("massacre", "massacre"), ("attack", "massacre")])
def test_words_of_one_sense_or_of_two_groups_are_not_contested(first, second):
    assert told(acts(first, second, manner="direct")) == []


def test_a_reported_word_is_marked_as_such():
    (one,) = told(acts("killing", "murder"))
    assert [use[2] for use in one[2]] == ["own voice", "reported"]


def test_one_voice_contests_nothing():
    story = Story().report("The killing was a massacre.", events=[did("killing"), did("massacre")])
    assert told(story) == []


def test_a_word_in_quotation_marks_is_the_speakers():
    story = Story().report("The killing hit all.", events=[did("killing")])
    content = "what he called a “massacre” of men"
    story.report(f"A minister told {content}.", said(content, "A minister", "told"), events=[did("massacre")])
    assert told(story)[0][2][1] == ("massacre", "massacre", "quoted", "A minister")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The terrorist group Reed Front held it.", "terrorist"),
        ("Reed Front, a terrorist group, held it.", "terrorist"),
        ("Reed Front terrorists held it.", "terrorist"),
        ("Reed Front is a gang of thieves.", "gang"),
    ],
)
def test_words_beside_a_name(text, word):
    story = Story().report("An attack hit it. Reed Front rebels held it.", names=[FRONT], events=[did("attack")])
    story.report(text + " An attack hit it.", names=[FRONT], events=[did("attack")], publisher="Lowland Herald")
    (one,) = told(story)
    assert one[:2] == ("fighters", "Reed Front")
    assert [use[0] for use in one[2]] == ["rebel", word]


def test_words_for_those_who_govern():
    story = Story().report("The Varr government fell in the attack.", events=[did("attack")])
    story.report("The Varr regime fell in the attack.", events=[did("attack")], publisher="Lowland Herald")
    (one,) = told(story)
    assert one[:2] == ("rulers", "varr")
    assert [use[0] for use in one[2]] == ["government", "regime"]


def test_the_incident_stands_for_the_act():
    story = acts("attack", "raid")
    content = "the incident hurt nobody in the raid"
    story.report(f"Guards said {content}.", said(content, "Guards", manner="direct"), events=[did("raid")])
    (one,) = told(story)
    assert ("incident", "incident", "quoted", "Guards") in one[2]


def test_who_executes_a_plan_kills_nobody():
    story = acts("killing", "killing", manner="direct")
    text = "Guards executed the plan."
    story.report(
        text, said("executed the plan", "Guards", "Guards", manner="direct"), names=[("the plan", "other")],
        events=[did("executed", patient="the plan")],
    )  # fmt: skip
    assert told(story) == []


@pytest.mark.parametrize(("where", "expected"), [("of", []), ("at", ["killing"])])
def test_who_is_killed_by_name_is_killed_apart(where, expected):
    story = Story().report("The killing hit all.", events=[did("killing")])
    text = f"A massacre {where} Lena Varr hit all."
    story.report(
        text, names=[("Lena Varr", "person")], events=[did("massacre", patient="Lena Varr")], publisher="Lowland Herald"
    )
    assert [one[0] for one in told(story)] == expected
