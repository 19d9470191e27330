"""What voices offer for and against answers, and who rebuts it."""

from __future__ import annotations

import pytest

from sayso.questions.reasons import MOST_REASONS, NEAR, reasons_of
from tests.questions.made import Story, says


def reasons(text, *told, **gives):
    """(answer, whether for, by, words, claims that rebut) in a report; `gives`: c0=("answer", is_for) …"""
    story = Story().report(text, *told)
    spoken = {f"r0 {name}": [each] for name, each in gives.items()}
    found = reasons_of(story.reports[0], story.findings[0], spoken)
    return [
        (one.answer, one.is_for, one.by, text[slice(*one.span)], [claim for _, claim in one.rebutted]) for one in found
    ]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("the Guard shot him because of the rifles found there", "the rifles found there"),
        ("the Guard shot him, citing a letter of the harbour-master", "a letter of the harbour-master"),
        ("the Guard shot him, given that no one else had rifles", "no one else had rifles"),
    ],
)
@pytest.mark.parametrize("is_for", [True, False])
def test_a_reason_in_a_clause(said, reason, is_for):
    found = reasons(f"Tarn said {said}.", says(said, "Tarn"), c0=("A", is_for))
    assert found == [("A", is_for, "Tarn", reason, [])]


@pytest.mark.parametrize(
    "said", ["the Guard shot him because of it", "because the rifles were found there", "the Guard shot him"]
)
def test_no_reason(said):
    assert reasons(f"Tarn said {said}.", says(said, "Tarn"), c0=("A", True)) == []


def test_a_clause_of_a_claim_without_an_answer_is_none():
    said = "the Guard shot him because of the rifles found there"
    assert reasons(f"Tarn said {said}.", says(said, "Tarn")) == []


def test_what_is_left_of_a_sentence_behind_since():
    text = "Tarn said the Guard shot him, since nobody else had rifles on the quay."
    told = says("the Guard shot him", "Tarn"), says("since nobody else had rifles on the quay")
    assert reasons(text, *told, c0=("A", True)) == [("A", True, "Courier", "nobody else had rifles on the quay", [])]


TWO = "Tarn said the Guard shot him. He {cue} that only the Guard had rifles."


@pytest.mark.parametrize(
    ("cue", "is_reason"), [("noted", True), ("pointed out", True), ("said", False), ("joked", False)]
)
def test_the_next_statement_with_an_offering_cue(cue, is_reason):
    told = says("the Guard shot him", "Tarn", cue="said"), says("only the Guard had rifles", "Tarn", cue=cue)
    text = TWO.format(cue=cue)
    expected = [("A", True, "Tarn", "only the Guard had rifles", [])]
    assert reasons(text, *told, c0=("A", True)) == (expected if is_reason else [])


def test_a_statement_of_another_is_no_reason_nor_one_far_off_or_that_answers():
    first, second = says("the Guard shot him", "Tarn"), says("only the Guard had rifles", "Tarn", cue="noted")
    other = says("only the Guard had rifles", "Vesk", cue="noted")
    text = TWO.format(cue="noted")
    assert reasons(text, first, other, c0=("A", True)) == []
    assert reasons(text, first, second, c0=("A", True), c1=("B", True)) == []
    assert reasons(text.replace(". He", "." + " " * NEAR + "He"), first, second, c0=("A", True)) == []
    asked = says("only the Guard had rifles", "Tarn", cue="noted", stance="asks")
    assert reasons(text, first, asked, c0=("A", True)) == []


def test_only_so_many_statements_in_a_row():
    several = [f"there was sign {'abcd'[at]} on the quay" for at in range(4)]
    text = "Tarn said the Guard shot him. " + " ".join(f"He noted that {one}." for one in several)
    told = [says(one, "Tarn", cue="noted") for one in several]
    found = reasons(text, says("the Guard shot him", "Tarn"), *told, c0=("A", True))
    assert [one[3] for one in found] == several[:MOST_REASONS]


REJECTED = (
    "The harbour ministry said the ferry sank by itself. Vesk disagreed with {what}. Vesk said the hull had been torn."
)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("the account of the harbour ministry", [("A", False, "Vesk", "the hull had been torn", [])]),
        ("the account of the police", []),
    ],
)
def test_a_rejected_account(what, expected):
    found = reasons(
        REJECTED.format(what=what),
        says("the ferry sank by itself", "The harbour ministry"),
        says(what, "Vesk", stance="denies"),
        says("the hull had been torn", "Vesk"),
        c0=("A", True),
    )
    assert found == expected


REBUTTED = "Tarn said the Guard shot him because the bullets were of brass. {who} said {what}."


@pytest.mark.parametrize(
    ("who", "what", "more", "is_rebutted"),
    [
        ("Vesk", "brass bullets could be bought anywhere", {}, True),
        ("Vesk", "brass bullets were used", {"stance": "denies"}, True),
        ("Vesk", "brass bullets were used", {}, False),
        ("Vesk", "rain might fall", {}, False),
        ("Tarn", "brass bullets could be bought anywhere", {}, False),
    ],
)
def test_a_rebuttal_takes_up_a_rare_word_and_says_how_it_could_be_otherwise(who, what, more, is_rebutted):
    first = says("the Guard shot him because the bullets were of brass", "Tarn")
    found = reasons(REBUTTED.format(who=who, what=what), first, says(what, who, **more), c0=("A", True))
    assert [one[-1] for one in found] == [["r0 c1"] if is_rebutted else []]


def test_a_word_that_many_claims_share_rebuts_nothing():
    others = [f"the bullets of gun {one} were heavy" for one in "abcd"]
    first = says("the Guard shot him because the bullets were of brass", "Tarn")
    text = f"Tarn said {first[0]}. Vesk said bullets could be bought. {'. '.join(others)}."
    told = [first, says("bullets could be bought", "Vesk")]
    few = reasons(text, *told, *(says(one) for one in others[:1]), c0=("A", True))
    many = reasons(text, *told, *(says(one) for one in others), c0=("A", True))
    assert (few[0][-1], many[0][-1]) == (["r0 c1"], [])
