"""Which wordings are one answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model import Reply
from sayso.questions.answering import answers_of
from sayso.questions.asking import Posed
from sayso.questions.values import Known
from tests.questions.made import Story, incident, place, says, to

INCIDENT = incident()


def answered(slot, *wordings, names=(), probabilities=()):
    """The answers that reports, one wording each, give: words and how many reports."""
    story = Story()
    for at, words in enumerate(wordings):
        probability = probabilities[at] if probabilities else 0.9
        text = f"It was {words} they said."
        known = [(name, "organisation") for name in names if name in words]
        story.report(text, says(text[:-1], "", to(slot, words), probability=probability), names=known)
    return answers(story)


def answers(story):
    posed = [Posed(one, claim, INCIDENT) for found in story.findings for claim in found.claims for one in claim.replies]
    return answers_of(posed, Known(*story.case()))


@pytest.mark.parametrize(
    ("wordings", "expected"),
    [
        (["a flare", "flares"], {"a flare": 2}),
        (["signal flares", "flares", "a flare"], {"signal flares": 3}),
        (["signal flares", "hunting flares", "flares"], {"signal flares": 1, "hunting flares": 1, "flares": 1}),
        (["the lamp of the ferry", "lamp"], {"the lamp of the ferry": 2}),
        (["ferry lamp", "lamp ferry"], {"ferry lamp": 1, "lamp ferry": 1}),
        (["the lamp itself", "a lamp"], {"the lamp itself": 2}),
        (["rifles", "a knife"], {"rifles": 1, "a knife": 1}),
        (["rifles", "Rifles", "rifles"], {"rifles": 3}),
    ],
)
def test_wordings_that_say_the_same(wordings, expected):
    found = {one.words: len(one.given) for one in answered("means", *wordings)}
    if expected.keys() == {"signal flares"}:
        assert list(found.values()) == [3]
    else:
        assert found == expected


def test_motives_are_not_compared_word_by_word():
    assert len(answered("motive", "flares", "signal flares")) == 2


def test_a_name_takes_up_the_wordings_of_it():
    found = answered("perpetrator", "Harbour Guard", "the Guard", "Harbour Guard", names=["Harbour Guard"])
    assert [(one.words, one.entity, len(one.given)) for one in found] == [("Harbour Guard", "Harbour Guard", 3)]


def test_two_names_stay_two():
    found = answered("perpetrator", "Harbour Guard", "River Guard", "Guard", names=["Harbour Guard", "River Guard"])
    assert {one.words: len(one.given) for one in found} == {"Harbour Guard": 1, "River Guard": 1, "Guard": 1}


def test_the_sure_stand_first_then_those_that_most_reports_give():
    found = answered("means", "rifles", "a knife", "a bomb", "a bomb", "a knife", "a knife", "rifles",
                     probabilities=[0.9, 0.1, 0.4, 0.2, 0.1, 0.1, 0.5])  # fmt: skip
    assert [(one.words, one.probability, one.unsure) for one in found] == [
        ("a bomb", 0.52, False),
        ("rifles", 0.95, False),
        ("a knife", 0.271, True),
    ]


@pytest.mark.parametrize(
    ("against", "expected"),
    [((0.5, 0.99), True), ((0.6, 0.99), False), ((0.6, 0.4), True), ((0.6, 0.9), True), ((0.95, 0.1), False)],
)
def test_a_claim_gives_an_answer_once_as_its_firmest_reply_has_it(against, expected):
    text = "It was rifles, said Tarn, rifles."
    story = Story().report(text, says(text[:-1], "Tarn", to("means", "rifles"), probability=0.6))
    claim = story.findings[0].claims[0]
    probability, score = against
    other = Reply("means", is_for=False, span=place(text, "rifles", 20), score=score, probability=probability)
    for replies in ([*claim.replies, other], [other, *claim.replies]):
        (found,) = answers_of([Posed(one, claim, INCIDENT) for one in replies], Known(*story.case()))
        assert [(one.claim, one.is_for) for one in found.given] == [("r0 c0", expected)]
        assert found.given[0].span == (claim.replies[0].span if expected else other.span)


def test_of_replies_as_firm_as_each_other_the_first_words_are_the_answers():
    text = "It was flares, a red flare."
    story = Story().report(text, says(text[:-1], "", to("means", "flares"), to("means", "red flare")))
    claim = story.findings[0].claims[0]
    for replies in (claim.replies, claim.replies[::-1]):
        (found,) = answers_of([Posed(one, claim, INCIDENT) for one in replies], Known(*story.case()))
        assert found.words == "flares"


def test_many_readings_together_make_sure_but_those_of_one_report_count_once():
    text = "It was rifles. Rifles it was."
    one = says("It was rifles", "", to("means", "rifles"), probability=0.3)
    other = says("Rifles it was", "", to("means", "Rifles"), probability=0.2)
    assert [each.probability for each in answers(Story().report(text, one, other))] == [0.3]
    twice = Story().report(text, one, other).report(text, one)
    assert [each.probability for each in answers(twice)] == [0.51]


WORDINGS = (
    "flares",
    "signal flares",
    "hunting flares",
    "a flare",
    "a knife",
    "the ferry lamp",
    "lamp",
    "lamps of the ferry",
)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDINGS), min_size=1, max_size=9), st.randoms())
def test_the_order_of_replies_changes_nothing(wordings, random):
    story = Story()
    for words in wordings:
        text = f"It was {words} they said."
        story.report(text, says(text[:-1], "", to("means", words)))
    posed = [Posed(one, claim, INCIDENT) for found in story.findings for claim in found.claims for one in claim.replies]
    known = Known(*story.case())
    assert answers_of(random.sample(posed, len(posed)), known) == answers_of(posed, known)
