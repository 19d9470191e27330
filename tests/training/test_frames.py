"""What counts as a right answer of a sentence frame."""

from __future__ import annotations

import pytest

from sayso.claims.setting import setting_of
from sayso.model import Findings
from tests.claims.made import statement
from training.answered import Answered
from training.frames import judged

TEXT = "The mayor said the guards looked the other way"


def answered(answers, *, text=TEXT, unknown=frozenset()):
    mentions = [("the guards", "person", "name")] if "guards" in text else []
    content, said = statement(text, text[15:], source="The mayor", cue="said", mentions=mentions)
    return Answered(
        report=0,
        is_invented=False,
        text=text,
        content=content,
        said=said,
        is_holder=False,
        marks={},
        answers=tuple(answers),
        states=None,
        setting=setting_of(text, Findings("r")),
        unknown=unknown,
    )


@pytest.mark.parametrize(
    ("answers", "right"),
    [
        ([("complicity", True, "guards at the gate")], True),
        ([("complicity", True, "the port"), ("complicity", True, "the guards")], True),
        ([("complicity", False, "the guards")], False),
        ([("perpetrator", True, "the guards")], False),
        ([("complicity", True, "the port")], False),
        ([], False),
    ],
)
def test_an_answer_is_right_if_question_side_and_words_agree(answers, right):
    ((found, is_right),) = judged({"answers": []}, answered(answers))
    assert (found.frame, is_right) == ("looked away", right)


@pytest.mark.parametrize(("answer", "right"), [("guards", True), ("the port", False)])
def test_the_reporters_own_answers_count_where_nobody_says_which_claim_gives_them(answer, right):
    marked = {"answers": [{"question": "complicity", "answer": answer, "attributions": []}]}
    ((_, is_right),) = judged(marked, answered([], unknown=frozenset({"complicity"})))
    assert is_right is right


@pytest.mark.parametrize(("answer", "right"), [("We", True), ("I", True), ("they", False)])
def test_the_name_of_who_speaks_of_themselves_is_right(answer, right):
    one = answered([("perpetrator", False, answer)], text="The mayor said we had no part in it")
    assert [is_right for _, is_right in judged({"answers": []}, one)] == [right]
