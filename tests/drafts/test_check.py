"""What each sentence of a draft is, against a small invented case that is really read."""

from dataclasses import replace

import pytest

from sayso import spine
from sayso.drafts import Telling
from sayso.model import Judgement
from tests.drafts.conftest import REPORTS, case_of, read, report

SENTENCES = [
    ("Seven people died in the fire, the fire brigade said.", "single-rooted"),
    ("Sacks of grain fell from the upper floor of the mill.", "traced"),
    ("The mill belongs to a bank in Lorn.", "single-rooted"),  # the same words in two reports may be a copy
    ("The roof of the mill was made of reed.", "single-rooted"),
    ("The gate was locked.", "contradicted"),
    ("Three people died in the fire.", "contradicted"),
    ("The gate was chained by the miller, two guards said.", "firmer"),
    ("The gate may have been chained by the miller, two guards said.", "single-rooted"),
    ("A dog barked all night in Mill Lane.", "firmer"),
    ("The bishop sold his horses to a circus.", "untraced"),
    ("Mayor Dara Oru said that the gate was locked.", "contradicted"),
    ("Mayor Dara Oru said that sacks of grain fell from the upper floor of the mill.", "untraced"),
    ("More than five people died in the fire, the fire brigade said.", "single-rooted"),
    ("Nearly forty people died in the fire, the fire brigade said.", "contradicted"),  # it says seven itself
    ("Sacks of grain fell from the upper floor of the mill, but the gate was locked.", "contradicted"),
    ("Was the gate locked?", "no claim"),
    ("What is known of the fire", "no claim"),
]


@pytest.mark.parametrize(("words", "verdict"), SENTENCES)
def test_each_sentence_is_told_by_where_it_comes_from(checked, words, verdict):
    _, check = checked(words)
    assert [one.verdict for one in check.sentences] == [verdict]


def test_every_source_leads_to_the_exact_words(checked):
    case, check = checked("Seven people died in the fire, the fire brigade said. Three people died in the fire.")
    texts = {one.id: one.text for one in case.reports}
    claims = {claim.id: claim for found in case.findings for claim in found.claims}
    met = 0
    for statement in (one for sentence in check.sentences for one in sentence.statements):
        sources = [
            *(one for root in statement.roots for one in root.sources),
            *(one.source for one in statement.against),
        ]
        for one in sources:
            met += 1
            assert claims[one.claim].report == one.report != check.report.id
            assert all(texts[one.report][slice(*span)].strip() for span in claims[one.claim].content)
    assert met > 2


def test_who_says_otherwise_is_told_though_the_draft_names_its_source(checked):
    _, check = checked("Seven people died in the fire, the fire brigade said.")
    ((statement,),) = (one.statements for one in check.sentences)
    assert statement.verdict == "single-rooted"
    assert [one.reason for one in statement.against] == ["gives another number: three"]


def test_others_who_say_so_are_told_apart_from_whom_the_draft_names(checked):
    _, check = checked("Mayor Dara Oru said that sacks of grain fell from the upper floor of the mill.")
    ((statement,),) = (one.statements for one in check.sentences)
    assert statement.roots == ()
    assert len(statement.also) == 2


def test_the_order_of_reports_changes_nothing(mill, checked):
    text = " ".join(words for words, _ in SENTENCES)
    other = case_of(*(report(text, publisher) for publisher, text in reversed(REPORTS.items())))
    assert checked(text, other)[1] == checked(text)[1]


def test_what_a_person_rejected_traces_nothing(mill, checked):
    text = "Seven people died in the fire, the fire brigade said."
    said = next(
        claim.attribution
        for found in mill.findings
        for claim in found.claims
        if claim.attribution and claim.chain[-1].voice == "the fire brigade"
    )
    judged = replace(mill, judgements=(Judgement("j", said, "rejected", "misread", "A. Reader", "2031-05-09"),))
    assert [one.verdict for one in checked(text, judged)[1].sentences] != ["single-rooted"]


def test_a_passage_that_stands_in_a_report_is_shown_as_one(checked):
    text = (
        "A dog barked all night in Mill Lane, the postman said. "
        "Sacks of grain fell from the upper floor of the mill, a neighbour, Ane Holt, said."
    )
    _, check = checked(text)
    passage = check.sentences[1].passages
    assert [text[slice(*here)].startswith("Sacks of grain") for here, _, _ in passage] == [True]


def test_the_draft_is_in_no_record_of_the_case(mill, checked):
    before = repr(mill)
    checked("Seven people died in the fire, the fire brigade said.")
    assert repr(mill) == before


def test_a_draft_without_words_has_no_sentence(checked):
    assert checked("  \n")[1].sentences == ()


def test_a_case_without_reports_traces_nothing(checked):
    _, check = checked("Seven people died in the fire.", spine.assemble((), ()))
    assert [one.verdict for one in check.sentences] == ["untraced"]


def test_a_large_case_is_checked_by_way_of_a_few_of_its_reports(mill, checked, monkeypatch):
    text = " ".join(words for words, _ in SENTENCES)
    whole, check = checked(text)
    monkeypatch.setattr("sayso.drafts.placing.MOST", len(mill.reports) - 1)
    placed, again = checked(text)
    assert [one.verdict for one in again.sentences] == [one.verdict for one in check.sentences]
    assert [one.id for one in placed.reports] == [one.id for one in whole.reports]
    assert {one.id for one in mill.entities} <= {one.id for one in placed.entities}


def test_it_tells_how_many_sentences_are_done(mill):
    draft = report("Seven people died. The bishop sold his horses.", name="draft.txt")
    told = []
    spine.check_draft(mill, draft, read(draft), step=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


ADVICE = [
    ("The gate was locked.", "say that it is disputed, and who says otherwise"),
    ("The gate was chained by the miller, two guards said.", "put the hedge back"),
    ("A dog barked all night in Mill Lane.", "give it as the word of the postman"),
    ("The bishop sold his horses to a circus.", "say where it comes from, or take it out"),
    ("Two guards said the gate may have been chained by the miller.", "find somebody else who can know"),
    ("Sacks of grain fell from the upper floor of the mill.", ""),
]


@pytest.mark.parametrize(("words", "advice"), ADVICE)
def test_it_says_what_to_do_next(checked, words, advice):
    case, check = checked(words)
    assert [Telling(case).advice(one) for one in check.sentences[0].statements] == [advice]


@pytest.mark.parametrize(
    ("quoted", "is_told"), [("Sacks of grain fell", False), ("The sacks of grain came down", True)]
)
def test_a_quotation_that_no_report_has_is_told(checked, quoted, is_told):
    case, check = checked(f"“{quoted} from the upper floor of the mill,” said a neighbour, Ane Holt.")
    lines = [line for one in check.sentences[0].statements for line in Telling(case).reasons(one)]
    assert any(line.startswith("quoted otherwise") for line in lines) is is_told
