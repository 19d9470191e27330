"""What is proposed: hypotheses from rival answers, evidence from origins, suggestions that do not count."""

from __future__ import annotations

from itertools import permutations

import pytest

from sayso.hypotheses import REST, propose
from tests.hypotheses.made import TEXTS, lineage, question, reason

SAID = (("Police", "strikers", "r0 r1"), ("Union", "guards", "r2"), ("Guard", "not guards", "r2"))


def proposed(said=SAID, may_be_one=(), **more):
    asked = question(said, **more)
    (found,) = propose((asked,), (lineage(asked, said, may_be_one=may_be_one),), TEXTS)
    return found


def suggested(found):
    """By actor and proposition: what is suggested for each hypothesis."""
    words = {one.id: one.words for one in found.hypotheses}
    rows = {one.id: (one.actor, one.words.removeprefix("Who did it? ")) for one in found.evidence}
    out = {rows[one.id]: {} for one in found.evidence}
    for cell in found.cells:
        out[rows[cell.evidence]][words[cell.hypothesis]] = cell.suggested
    return out


def test_hypotheses_are_the_rival_answers_and_none_of_these():
    found = proposed()
    assert [one.words for one in found.hypotheses] == ["strikers", "guards", REST]
    assert [one.is_rest for one in found.hypotheses] == [False, False, True]
    assert [one.answer for one in found.hypotheses] == ["perpetrator strikers", "perpetrator guards", None]


def test_a_row_is_a_proposition_on_a_root_in_however_many_reports():
    found = proposed()
    assert [(one.root, len(one.given)) for one in found.evidence] == [("o Police", 2), ("o Union", 1), ("o Guard", 1)]


def test_who_gives_an_answer_speaks_for_it_and_against_those_it_conflicts_with():
    assert suggested(proposed(differs=[("strikers", "guards", "conflict")])) == {
        ("Police", "“strikers”"): {"strikers": "C", "guards": "I", REST: "I"},
        ("Union", "“guards”"): {"strikers": "I", "guards": "C", REST: "I"},
        ("Guard", "Not “guards”"): {"strikers": "N", "guards": "I", REST: "N"},
    }


@pytest.mark.parametrize(
    ("kind", "rating"), [("conflict", "I"), ("granularity", "C"), ("alias", "C"), ("scope", "N"), ("update", "N")]
)
def test_only_a_conflict_speaks_against_another_answer(kind, rating):
    found = suggested(proposed(differs=[("strikers", "guards", kind)]))
    assert found["Police", "“strikers”"]["guards"] == rating


def test_answers_that_nobody_compared_say_nothing_of_each_other():
    assert "guards" not in suggested(proposed())["Police", "“strikers”"]


def test_who_is_not_firm_speaks_against_nothing():
    said = (
        ("Police", "strikers", "r0", "possible"),
        ("Union", "guards", "r1"),
        ("Aunt", "not guards", "r1", "probable"),
    )
    found = suggested(proposed(said, differs=[("strikers", "guards", "conflict")]))
    assert found["Police", "“strikers”"] == {"strikers": "C", "guards": "N", REST: "N"}
    assert found["Aunt", "Not “guards”"]["guards"] == "N"


def test_nothing_counts_before_somebody_accepts_it():
    assert {(one.rating, one.by, one.state) for one in proposed().cells} == {("", "", "suggested")}
    assert all(one.suggestion for one in proposed().cells)


def test_hypotheses_that_may_be_so_together_say_so():
    one, other, rest = proposed(differs=[("strikers", "guards", "granularity")]).hypotheses
    assert (one.overlaps, other.overlaps, rest.overlaps) == ((other.id,), (one.id,), ())


def test_an_answer_that_may_be_read_wrong_is_no_hypothesis_but_its_row_stands():
    found = proposed(unsure=["guards"])
    assert [one.words for one in found.hypotheses] == ["strikers", REST]
    assert suggested(found)["Union", "“guards” (unsure)"] == {}


def test_where_all_answers_are_unsure_they_are_hypotheses():
    assert [one.words for one in proposed(unsure=["guards", "strikers"]).hypotheses] == ["strikers", "guards", REST]


def test_a_reason_speaks_for_its_answer_and_is_blank_for_others():
    found = proposed(reasons=[reason("perpetrator guards", "Union", "r2", "the wall shook at noon")])
    told = suggested(found)["Union", "A reason for “guards”: “the wall shook at noon”"]
    assert told == {"guards": "C"}
    assert found.evidence[-1].root == "o Union"


def test_a_reason_repeated_in_fewer_words_is_one_row_of_its_root():
    several = [
        reason("perpetrator guards", "Union", "r2", "the wall shook at noon"),
        reason("perpetrator guards", "Union", "r2", "the wall shook"),
    ]
    for reasons in permutations(several):
        rows = [one for one in proposed(reasons=reasons).evidence if one.basis == "reason"]
        assert [(one.words, len(one.given)) for one in rows] == [
            ("A reason for “guards”: “the wall shook at noon”", 2)
        ]  # fmt: skip


def test_a_reason_of_another_root_is_another_row():
    several = [reason("perpetrator guards", by, "r2", "the wall shook") for by in ("Union", "Guard")]
    rows = [one for one in proposed(reasons=several).evidence if one.basis == "reason"]
    assert [(one.actor, one.root) for one in rows] == [("Union", "o Union"), ("Guard", "o Guard")]
    assert len({one.proposition for one in rows}) == 1


def test_testimonies_on_other_questions_are_rows_with_blank_cells():
    ordered = (("Clerk", "guards", "r3"), ("Cook", "nobody", "r4"))
    asked, other = question(SAID), question(ordered, slot="ordered_by")
    (found,) = propose((asked, other), (lineage(asked, SAID), lineage(other, ordered)), TEXTS)
    told = suggested(found)
    assert told["Clerk", "Who ordered it? “guards”"] == {"guards": "C"}  # said to have had a part in it
    assert told["Cook", "Who ordered it? “nobody”"] == {}


def test_each_incident_has_its_matrix_of_its_main_question():
    first, second = question(SAID), question(SAID[:1], slot="place", incident="j")
    third = question(SAID, slot="means", incident="j")
    found = propose((first, second, third), tuple(lineage(one, SAID) for one in (first, second, third)), TEXTS)
    assert [one.slot for one in found] == ["perpetrator", "means"]  # of "j" the first that is disputed
    (chosen,) = propose((first, second, third), (), TEXTS, main=(second.id,))
    assert chosen.question == second.id


def test_roots_that_may_be_one_are_noted():
    assert proposed(may_be_one=[("Police", "Guard")]).may_be_one == (("o Police", "o Guard"),)


def test_answers_in_the_same_words_are_told_apart():
    found = proposed((("Police", "four", "r0"), ("Union", "Four", "r1")))
    assert [one.words for one in found.hypotheses] == ["four", "Four (2)", REST]
