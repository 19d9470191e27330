"""What people say of a matrix: the last word counts, finds its row again, and is never lost in silence."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.hypotheses import REST, adrift, judge, judgement_on, order, propose, score
from tests.hypotheses.made import TEXTS, lineage, question
from tests.hypotheses.test_propose import SAID


def laid_out(said=SAID, **more):
    asked = question(said, differs=[("strikers", "guards", "conflict")], **more)
    return propose((asked,), (lineage(asked, said),), TEXTS)


def said_of(found, verdict, words, row, kind="rating", by="A. Reader"):
    chosen = None if row is None else found[0].evidence[row]
    one = judgement_on(found[0], kind, verdict, words=words, row=chosen)
    return replace(one, reason=f"because {verdict}", by=by, at="2031-05-03T10:00:00+00:00")


def cell_of(found, words, row):
    (name,) = (one.id for one in found[0].hypotheses if one.words == words)
    return next(one for one in found[0].cells if (one.hypothesis, one.evidence) == (name, found[0].evidence[row].id))


def test_a_rating_counts_with_who_gave_it_and_why():
    found = laid_out()
    rated = judge(found, [said_of(found, "II", "strikers", 1)])
    cell = cell_of(rated, "strikers", 1)
    assert (cell.rating, cell.by, cell.reason, cell.at[:4]) == ("II", "A. Reader", "because II", "2031")
    assert (cell.suggested, cell.state) == ("I", "rated")
    assert [one.plain for one in score(rated[0])] == [2, 0, 0]


def test_saying_what_was_suggested_is_accepting_it():
    found = laid_out()
    assert cell_of(judge(found, [said_of(found, "I", "strikers", 1)]), "strikers", 1).state == "accepted"


def test_the_last_word_counts_and_can_be_taken_back():
    found = laid_out()
    several = [said_of(found, one, "strikers", 1) for one in ("II", "CC", "retracted")]
    assert [cell_of(judge(found, several[:number]), "strikers", 1).rating for number in (1, 2, 3)] == ["II", "CC", ""]
    assert judge(found, several) == found


def test_blank_and_not_applicable_are_two_things():
    found = laid_out()
    rated = judge(found, [said_of(found, "NA", "strikers", 1)])
    assert cell_of(rated, "strikers", 1).rating == "NA"
    assert [(one.rated, one.of) for one in score(rated[0])] == [(0, 2), (0, 3), (0, 3)]


def test_what_is_rated_for_the_case_of_deception_counts_for_nothing_else():
    found = laid_out()
    rated = judge(found, [said_of(found, "II", "strikers", 1, "rating if deceptive")])
    assert [one.rated for one in score(rated[0])] == [0, 0, 0]


@pytest.mark.parametrize("kind", ["credibility", "relevance"])
def test_weights_are_given_and_taken_back(kind):
    found = laid_out()
    assert getattr(judge(found, [said_of(found, "high", "", 0, kind)])[0].evidence[0], kind) == "high"
    several = [said_of(found, one, "", 0, kind) for one in ("high", "retracted")]
    assert judge(found, several) == found


def test_hypotheses_are_added_rated_dropped_and_restored():
    found = laid_out()
    add = said_of(found, "added", "A fault in the wiring", None, "hypothesis")
    rate = said_of(found, "CC", "a fault in the wiring", 0)
    added = judge(found, [rate, add])  # whatever was said first
    assert [one.words for one in added[0].hypotheses] == ["strikers", "guards", "A fault in the wiring", REST]
    assert cell_of(added, "A fault in the wiring", 0).rating == "CC"
    drop = said_of(found, "dropped", "strikers", None, "hypothesis")
    assert [one.words for one in judge(found, [drop])[0].hypotheses] == ["guards", REST]
    back = [said_of(found, "retracted", words, None, "hypothesis") for words in ("strikers", "A fault in the wiring")]
    assert judge(found, [add, drop, *back]) == found


def test_the_catch_all_cannot_be_dropped():
    found = laid_out()
    assert judge(found, [said_of(found, "dropped", REST, None, "hypothesis")]) == found


@pytest.mark.parametrize("basis", ["assumption", "absence"])
def test_rows_that_no_claim_carries_say_who_stands_for_them(basis):
    found = laid_out()
    add = said_of(found, "added", "No call was logged", None, basis, by="B. Reader")
    added = judge(found, [add])
    row = added[0].evidence[-1]
    assert (row.basis, row.actor, row.because, row.root, row.given) == (basis, "B. Reader", "because added", "", ())
    rated = judge(found, [add, said_of(added, "I", "strikers", -1)])
    assert (score(rated[0])[0].plain, score(rated[0])[0].roots_high) == (1, 0)
    assert judge(found, [add, said_of(found, "retracted", "No call was logged", None, basis)]) == found


def test_an_echo_changes_no_score_and_no_rating():
    """Two more reports repeat what the police say: the row is the same, and so is all that was said of it."""
    found = laid_out()
    said = [said_of(found, "II", words, row) for words, row in (("guards", 0), ("strikers", 1), ("guards", 1))]
    echoed = laid_out((("Police", "strikers", "r0 r1 r5 r6"), *SAID[1:]))
    before, after = judge(found, said)[0], judge(echoed, said)[0]
    assert len(after.evidence[0].given) == len(before.evidence[0].given) + 2
    assert score(after) == score(before)
    assert order(after) == order(before)


def test_a_rating_finds_its_row_when_its_origin_has_become_another():
    """Further reports show that "Police" is the "Ostra Police": the row's root, and so its id, is another."""
    found = laid_out()
    said = [said_of(found, "II", "guards", 0)]
    renamed = laid_out()[0]
    rows = tuple(
        replace(one, id="another", root="o Ostra Police") if one.root == "o Police" else one for one in renamed.evidence
    )
    cells = tuple(
        replace(one, evidence="another") if one.evidence == renamed.evidence[0].id else one for one in renamed.cells
    )
    again = (replace(renamed, evidence=rows, cells=cells),)
    assert cell_of(judge(again, said), "guards", 0).rating == "II"
    assert adrift(again, said) == ()


def test_what_finds_nothing_is_adrift():
    found = laid_out()
    said = [said_of(found, "II", "strikers", 0), said_of(found, "II", "guards", 1)]
    fewer = laid_out((SAID[0],))
    assert adrift(fewer, said) == (said[1],)
    assert [one.plain for one in score(judge(fewer, said)[0])] == [2, 0]


def test_judgements_on_names_and_passages_are_none_of_ours():
    found = laid_out()
    others = [replace(said_of(found, "same", "", 0), names=names) for names in ((), ("Okonte", "Dara Okonte"))]
    assert judge(found, others) == found
    assert adrift(found, others) == ()
