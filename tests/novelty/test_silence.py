"""Who did not speak to a question that others answered, and who declined."""

from dataclasses import replace
from itertools import pairwise

import pytest

from sayso import novelty
from sayso.model import Entity, Joining, Reply, Span
from tests.lineage.cases import Says, Told
from tests.novelty.made import COURIER, GAZETTE, built

ORDER = Says("1", "The captain gave the order, Ina Sorel said.", ("Ina Sorel",), "order/captain")
DEAD = Says("1", "Nine died, Captain Ulf Brann said.", ("Captain Ulf Brann",), "dead/nine", kind="party")
CAPTAIN = {"order/captain": "Captain Ulf Brann"}


def told(made):
    return [(one.question, one.name, one.part, one.kind) for one in novelty.silences(made, made.findings)]


def test_who_speaks_on_one_question_is_silent_on_the_other():
    made = built((COURIER,), (ORDER, DEAD), entities=CAPTAIN)
    assert told(made) == [
        ("order", "Captain Ulf Brann", "accused", "not heard"),
        ("dead", "Ina Sorel", "official", "not heard"),
    ]
    (captain, _) = novelty.silences(made, made.findings)
    assert (captain.spoke_on, captain.reports, captain.declined) == (("dead",), ("1",), ())
    names = novelty.Names(made)
    assert novelty.tell_silence(names, captain) == "Captain Ulf Brann (accused): not heard on this; speaks on: dead"


def test_a_denial_is_no_silence():
    denial = Says("1", "The captain denied that.", ("Captain Ulf Brann",), "order/captain", is_for=False)
    assert told(built((COURIER,), (ORDER, DEAD, denial), entities=CAPTAIN)) == [
        ("dead", "Ina Sorel", "official", "not heard")
    ]


@pytest.mark.parametrize("voice", ["a guard", "The Courier", "the Gazette"])
def test_the_unnamed_and_publishers_are_not_called_silent(voice):
    says = (ORDER, DEAD, Says("2", "Ten died, it was said.", (voice,), "dead/ten"))
    found = {name for _, name, *_ in told(built((COURIER, GAZETTE), says, entities=CAPTAIN))}
    assert found == {"Captain Ulf Brann", "Ina Sorel"}


def test_kinds_without_a_part_are_not_called_silent():
    says = (ORDER, replace_kind(DEAD, "document"))
    assert [name for _, name, *_ in told(built((COURIER,), says))] == ["Ina Sorel"]


def replace_kind(one: Says, kind):
    return one._replace(kind=kind)


def declining(made, claim_words, slot=None):
    """The case with the claim of these words as one that declines, out of all answers."""
    found = []
    for each in made.findings:
        text = next(report.text for report in made.reports if report.id == each.report)
        claims = tuple(
            replace(one, stance="declines") if text[slice(*one.content[0])] == claim_words else one
            for one in each.claims
        )
        found.append(replace(each, claims=claims))
    questions = tuple(one for one in made.questions if one.id != "comment")
    lineages = tuple(one for one in made.lineages if one.question != "comment")
    return replace(made, findings=tuple(found), questions=questions, lineages=lineages)


def test_who_declined_is_told_apart_and_comes_first():
    words = "The mayor, Edda Rahl, would not say who gave the order."
    says = (
        ORDER,
        Says("1", words, ("Edda Rahl",), "comment/none"),
        Says("2", "Nine died.", ("Gard Holm",), "dead/nine"),
    )
    made = declining(built((COURIER, GAZETTE), says), words)
    assert told(made)[:2] == [
        ("order", "Edda Rahl", "official", "declined"),
        ("order", "Gard Holm", "official", "not heard"),
    ]
    first = novelty.silences(made, made.findings)[0]
    assert [report for report, _ in first.declined] == ["1"]
    assert "declined in The Courier, 2031-05-03" in novelty.tell_silence(novelty.Names(made), first)
    (row, *_) = novelty.silence_rows(made, [first])
    assert (row["voice"], row["silence"], row["declined"]) == ("Edda Rahl", "declined", [first.declined[0][1]])


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("who gave the order to fire", ["order"]),
        ("who ordered it", ["order"]),
        ("how many had died", ["dead"]),
        ("to give a death toll", ["dead"]),
        ("to talk about bodies", ["dead"]),
        ("how many guards had been on shift", []),
        ("how the ministry knew", []),
        ("whether the dead man had a dog", []),
        ("", []),
    ],
)
def test_who_declines_one_thing_declines_no_other(asked, expected):
    words = f"The mayor, Edda Rahl, would not say {asked}."
    says = (ORDER, DEAD, Says("1", words, ("Edda Rahl",), "comment/none"))
    made = declining(built((COURIER,), says), words)
    assert [row[0] for row in told(made) if row[1] == "Edda Rahl" and row[3] == "declined"] == expected


@pytest.mark.parametrize("is_one_sentence", [True, False])
def test_without_words_of_a_question_the_sentence_tells_which(is_one_sentence):
    comment = Says("1", "Edda Rahl would not comment.", ("Edda Rahl",), "comment/none")
    made = declining(built((COURIER,), (ORDER, DEAD, comment)), comment.words)
    text = made.reports[0].text
    starts = [0, text.index(DEAD.words), *([] if is_one_sentence else [text.index(comment.words)])]
    sentences = tuple(Span(one, end) for one, end in pairwise([*starts, len(text)]))
    whole = replace(made, findings=tuple(replace(each, sentences=sentences) for each in made.findings))
    assert [row[0] for row in told(whole) if row[3] == "declined"] == ["dead"] * is_one_sentence


@pytest.mark.parametrize(("probability", "is_told"), [(0.1, True), (0.4, False)])
def test_who_may_have_answered_is_not_called_silent(probability, is_told):
    words = "The mayor, Edda Rahl, would not say how many had died."
    also = Says("1", "Eight died, Edda Rahl said later.", ("Edda Rahl",), "comment/eight")
    made = declining(built((COURIER,), (ORDER, DEAD, Says("1", words, ("Edda Rahl",), "comment/none"), also)), words)
    reply = Reply("killed", is_for=True, span=None, score=0.5, probability=probability)
    findings = tuple(
        replace(each, claims=tuple(replace(one, replies=(reply,)) if one.stance != "declines" and
                                   one.chain[-1].voice == "Edda Rahl" else one for one in each.claims))
        for each in made.findings
    )  # fmt: skip
    found = [row for row in told(replace(made, findings=findings)) if row[:2] == ("dead", "Edda Rahl")]
    assert bool(found) is is_told


def test_words_far_from_any_answer_decline_nothing_in_particular():
    words = "The mayor, Edda Rahl, would not comment."
    far = Says("1", "Of the weather. " * 200, (), "comment/weather")
    says = (ORDER, far, Says("1", words, ("Edda Rahl",), "comment/none"))
    made = declining(built((COURIER,), says), words)
    assert not [row for row in told(made) if row[3] == "declined"]


def test_voices_that_may_be_one_are_one():
    says = (ORDER, DEAD, Says("2", "Colonel Brann denied it.", ("Colonel Brann",), "order/captain", is_for=False))
    made = built((COURIER, GAZETTE), says)
    joining = Joining("Captain Ulf Brann", "Colonel Brann", "a family name alone", 0.5, taken=False, disputed=False)
    entity = Entity("e", "Captain Ulf Brann", "person", ("Captain Ulf Brann",), (), (joining,))
    assert ("order", "Captain Ulf Brann", "party", "not heard") in told(made)
    joined = replace(made, entities=(*made.entities, entity))
    assert not [row for row in told(joined) if "Brann" in row[1]]
    apart = replace(entity, joinings=(replace(joining, by="R. Moll"),))
    assert told(replace(made, entities=(apart,))) == told(made)


def test_a_question_with_unsure_answers_alone_is_left_out():
    made = built((COURIER,), (ORDER, DEAD))
    order, dead = made.questions
    order = replace(order, answers=(replace(order.answers[0], probability=0.1),))
    assert {question for question, *_ in told(replace(made, questions=(order, dead)))} == {"dead"}


def test_many_silent_voices_are_bounded():
    says = [Says("1", f"Voice {at} said {at} died.", (f"Voice {at}",), f"dead/{at}") for at in range(40)]
    made = built((Told("1", "The Courier"),), [ORDER, *says])
    assert sum(question == "order" for question, *_ in told(made)) == 20
