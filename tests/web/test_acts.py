from __future__ import annotations

import re
import threading
import time
from dataclasses import replace

import pytest

from sayso import ledger, workspace
from sayso.kit import SaysoError
from sayso.model import UNSPECIFIED


def judged(web):
    return [(one.verdict, one.reason, one.by) for one in web.case.judgements]


def test_accept_reject_and_undo_are_kept_with_author_and_reason(web):
    said = web.passage("gate had been locked")
    web.post("/me", {"by": "A. Reader"})
    back = f"/reports/{said.report}#c1"
    for verdict, reason in (("accepted", ""), ("rejected", "not her words"), ("undone", "misread")):
        answer = web.post("/judge", {"about": said.id, "verdict": verdict, "reason": reason, "back": back})
        assert (answer.status_code, answer.headers["location"]) == (303, back)
    assert judged(web) == [
        ("accepted", "", "A. Reader"),
        ("rejected", "not her words", "A. Reader"),
        ("undone", "misread", "A. Reader"),
    ]
    page = web.get("/judgements").text
    assert all(word in page for word in ("accepted", "not her words", "A. Reader", "takes back"))


def test_a_verdict_stands_beside_its_passage_and_the_mark_goes(web):
    said = web.passage("gate had been locked")
    assert ' seen"' not in web.get(f"/reports/{said.report}").text
    web.post("/judge", {"about": said.id, "verdict": "accepted", "reason": "read it"})
    page = web.get(f"/reports/{said.report}").text
    assert ' seen"' in page
    assert "accepted by" in page
    assert "read it" in page


def test_a_speaker_is_corrected_and_the_case_follows(web):
    said = web.passage("gate had been locked")
    web.post("/correct", {"about": said.id, "speaker": "Warden Oke", "stance": "denies", "reason": "see line 1"})
    again = web.passage("gate had been locked")
    assert (again.chain[-1].voice, again.stance) == ("Warden Oke", "denies")
    assert "Warden Oke" in web.get("/voices").text
    web.post("/judge", {"about": said.id, "verdict": "undone", "reason": ""})
    assert web.passage("gate had been locked").chain[-1].voice == said.chain[-1].voice


def voices(said):
    return [link.voice for link in said.chain[1:]]


def test_the_whole_chain_is_corrected(web):
    said = web.passage("gate had been locked")
    shown = {"about": said.id, "was": " > ".join(voices(said)), "reason": "see line 1"}
    fields = {"through10": "a  clerk", "through1": "the radio", "through2": " ", "speaker": "two officials"}
    fields |= {"kind": "official", "named": "no", "certainty": "possible"}
    web.post("/correct", shown | fields)
    again = web.passage("gate had been locked")
    assert voices(again) == ["the radio", "a clerk", "two officials"]
    assert (again.kind, again.named, again.certainty) == ("official", False, "possible")
    page = web.get(f"/reports/{said.report}").text
    assert page.index('value="the radio"') < page.index('value="a clerk"') < page.index('value="two officials"')


def test_a_chain_that_the_form_leaves_as_it_was_is_not_set(web):
    said = web.passage("gate had been locked")
    workspace.correct(web.desk.folder, said.id, workspace.Change("", speaker="Warden Oke"), reason="x", by="B. Reader")
    fields = {"about": said.id, "was": " > ".join(voices(said)), "speaker": voices(said)[-1], "stance": "denies"}
    web.post("/correct", fields | {"reason": "seen late"})
    again = web.passage("gate had been locked")
    assert (voices(again), again.stance) == (["Warden Oke"], "denies"), "what another set meanwhile stays"


def test_a_speaker_who_is_left_out_is_not_given(web):
    said = web.passage("gate had been locked")
    web.post("/correct", {"about": said.id, "was": " > ".join(voices(said)), "speaker": "", "reason": "nobody"})
    assert voices(web.passage("gate had been locked")) == [UNSPECIFIED]


def test_all_voices_of_the_case_can_be_chosen(web):
    found = web.get("/suggestions").json()
    assert "Mayor Ilva Torrin" in found
    assert UNSPECIFIED not in found


def test_who_judges_is_asked_once_and_what_was_asked_for_is_done_then(web):
    said = web.passage("gate had been locked")
    stranger = web.another(by="")
    fields = {"about": said.id, "verdict": "rejected", "reason": "not her words", "back": "/reports"}
    asked = stranger.post("/judge", fields)
    page = asked.text
    assert judged(web) == []
    assert (asked.status_code, "Who are you?" in page) == (200, True)
    assert 'action="/me"' not in page, "a second place for a name, which would lose the judgement"
    assert 'action="/me"' in stranger.get("/reports").text
    assert 'value="not her words"' in page
    answer = stranger.post("/judge", fields | {"by": " C.  Reader "})
    assert answer.headers["location"] == "/reports"
    assert "max-age" not in answer.headers["set-cookie"].lower()
    stranger.post("/judge", fields | {"verdict": "accepted"})
    assert [by for _, _, by in judged(web)] == ["C. Reader", "C. Reader"]


def test_the_page_of_judgements_tells_from_what_to_what(web):
    said = web.passage("gate had been locked")
    before = " → ".join(link.voice for link in said.chain)
    for speaker in ("Warden Oke", "Clerk Vann"):
        web.post("/correct", {"about": said.id, "speaker": speaker, "reason": f"{speaker} is named"})
    page = web.get("/judgements").text
    first, second = page.split("<li id=j")[:0:-1]
    assert f"was <del><bdi>{before}" in first
    assert "now <ins><bdi>Ostra Courier → Warden Oke" in first
    assert "was <del><bdi>Ostra Courier → Warden Oke" in second
    assert "Clerk Vann is named" in second
    assert f'href="/reports/{said.report}#c' in second
    assert "/undo" in second
    assert "/undo" not in first


def test_judgements_of_every_kind_are_undone_by_their_id(web):
    said, question = web.passage("gate had been locked"), web.case.questions[0]
    one, other = (origin.id for origin in next(x for x in web.case.lineages if len(x.origins) > 1).origins[:2])
    web.post("/judge", {"about": said.id, "verdict": "accepted"})
    web.post("/names", {"one": "Harbour Guard", "other": "Ilva Torrin", "ruling": "different", "reason": "x"})
    web.post("/hypotheses", {"question": question.id, "act": "add", "words": "A fault", "reason": "asked"})
    pair = workspace.Pair("origins", one, other)
    workspace.judge_pair(web.desk.folder, pair, ruling="different", reason="x", by="x")
    made = web.case.judgements
    assert len(made) == 4
    assert re.search(r'href="/weights/[0-9a-f]{16}"><bdi>“', web.get("/judgements").text), (
        "origins lead to what rests on them"
    )
    for each in made:
        assert web.post("/undo", {"judgement": each.id, "reason": "slip"}).status_code == 303
    assert workspace.stands(web.case) <= {one.id for one in web.case.judgements[4:]}
    assert "/undo" not in web.get("/judgements").text
    assert web.post("/undo", {"judgement": made[0].id, "reason": "slip"}).status_code == 400


def test_what_meets_nothing_any_more_is_told_with_the_reason(web):
    one, other = (origin.id for origin in next(x for x in web.case.lineages if len(x.origins) > 1).origins[:2])
    said = web.passage("gate had been locked")
    web.post("/judge", {"about": said.id, "verdict": "accepted"})
    pair = workspace.Pair("origins", one, other)
    workspace.judge_pair(web.desk.folder, pair, ruling="different", reason="x", by="x")
    assert workspace.lapsed(web.case) == ()
    gone = replace(web.case, lineages=(), findings=())
    assert [(one.judgement.verdict, one.reason.partition(":")[0]) for one in workspace.lapsed(gone)] == [
        ("accepted", "its passage is gone"),
        ("different", "these two origins are no longer there"),
    ]
    web.desk.view().__dict__["lapsed"] = {one.judgement.id: one.reason for one in workspace.lapsed(gone)}
    page = web.get("/judgements").text
    assert "these two origins are no longer there" in page
    assert "2 judgements no longer meet anything" in page
    assert web.get("/judgements?lapsed=yes").text.count("<li id=j") == 2


def test_a_passage_is_added_at_selected_words(web):
    report = next(one for one in web.case.reports if one.publisher == "Ostra Courier")
    fields = {"report": report.id, "content": "1:0:28", "speaker": "Clerk Vann", "reason": "the minutes say so"}
    answer = web.post("/passages", fields)
    assert re.fullmatch(rf"/reports/{report.id}#c\d+", answer.headers["location"])
    said = next(one for found in web.case.findings for one in found.attributions if one.chain[-1].voice == "Clerk Vann")
    start, end = said.content[0]
    assert report.text[start:end] == "The fire in Ostra killed fou"
    assert f"id={answer.headers['location'].split('#')[1]} " in web.get(f"/reports/{report.id}").text


WRONG = [
    ("/judge", {"about": "nothing", "verdict": "accepted"}, "is no attribution, voice or report"),
    ("/judge", {"about": "{said}", "verdict": "rejected", "reason": " "}, "needs to say why"),
    ("/judge", {"about": "{said}", "verdict": "praised"}, "is no verdict"),
    ("/correct", {"about": "{said}", "reason": "x"}, "corrects nothing"),
    ("/correct", {"about": "{said}", "stance": "sings", "reason": "x"}, "is no stance"),
    ("/passages", {"report": "{report}", "content": "", "reason": "x", "speaker": "y"}, "Select the words"),
    ("/passages", {"report": "{report}", "content": "99:0:1", "reason": "x", "speaker": "y"}, "not in this text"),
    ("/passages", {"report": "{report}", "content": "0:0:9999", "reason": "x", "speaker": "y"}, "behind its paragraph"),
    ("/passages", {"report": "{report}", "content": "-1", "reason": "x", "speaker": "y"}, "not in this text"),
    ("/passages", {"report": "{report}", "content": "0:5:4", "reason": "x", "speaker": "y"}, "not in this text"),
    ("/passages", {"report": "{report}", "source": "0:0:3,1:0:3", "reason": "x"}, "one stretch of words"),
    ("/passages", {"report": "gone", "content": "0:0:3", "reason": "x"}, "not in this text"),
    ("/names", {"one": "Nobody Here", "other": "Ilva Torrin", "ruling": "same", "reason": "x"}, "has no name"),
    ("/names", {"one": "Ilva Torrin", "other": "Ostra", "ruling": "friends", "reason": "x"}, "no ruling"),
    ("/rate", {"question": "gone"}, "no such question"),
    ("/hypotheses", {"act": "add", "words": ""}, "in a few words"),
    ("/undo", {"judgement": "gone"}, "no such judgement"),
    ("/me", {"by": "  "}, "give a name"),
]


@pytest.mark.parametrize(("path", "fields", "said"), WRONG)
def test_what_cannot_be_done_is_said_and_changes_nothing(web, path, fields, said):
    passage = web.passage("gate had been locked")
    filled = {name: value.format(said=passage.id, report=passage.report) for name, value in fields.items()}
    answer = web.post(path, filled)
    assert answer.status_code == 400
    assert said in answer.text
    assert judged(web) == []


def test_names_are_merged_split_and_that_is_undone(web):
    fields = {"one": "Harbour Guard", "other": "Ilva Torrin", "reason": "one office"}
    for ruling in ("same", "different", "retracted"):
        answer = web.post("/names", fields | {"ruling": ruling})
        assert answer.headers["location"].startswith("/names/")
        assert web.get(answer.headers["location"]).status_code == 200
    assert [verdict for verdict, _, _ in judged(web)] == ["same", "different", "retracted"]


def test_a_report_is_marked_as_retracted(web):
    report = web.case.reports[0].id
    web.post("/judge", {"about": report, "verdict": "retracted", "reason": "the outlet took it back"})
    assert "the outlet took it back" in web.get(f"/reports/{report}").text


def test_a_row_of_evidence_is_rated_across_all_hypotheses(web):
    question = next(one for one in web.case.questions if len(one.answers) > 1)
    matrix = workspace.matrices(web.case, main=(question.id,))[0]
    page = web.get(f"/hypotheses/{question.id}/1").text
    assert all(f'name="rating-{one.id}"' in page for one in matrix.hypotheses)
    rated = {f"rating-{one.id}": "I" for one in matrix.hypotheses}
    fields = {"question": question.id, "evidence": matrix.evidence[0].id, "credibility": "low", "reason": "was abroad"}
    assert web.post("/rate", fields | rated).status_code == 303
    again = workspace.matrices(web.case, main=(question.id,))[0]
    assert {cell.rating for cell in again.cells if cell.evidence == matrix.evidence[0].id} == {"I"}
    assert again.evidence[0].credibility == "low"
    last = web.case.judgements[-1]
    assert web.post("/undo", {"judgement": last.id, "reason": "slip"}).status_code == 303
    assert workspace.matrices(web.case, main=(question.id,))[0].evidence[0].credibility == "medium"


def test_a_hypothesis_is_added(web):
    question = web.case.questions[0]
    web.post(
        "/hypotheses", {"question": question.id, "act": "add", "words": "A fault in the wiring", "reason": "asked"}
    )
    assert "A fault in the wiring" in web.get(f"/hypotheses/{question.id}").text


def test_two_browsers_at_once_lose_nothing(web):
    other = web.another()
    passages = [one.id for found in web.case.findings for one in found.attributions]

    def judge(browser, name):
        browser.post("/me", {"by": name})
        for about in passages:
            assert browser.post("/judge", {"about": about, "verdict": "accepted"}).status_code == 303

    threads = [threading.Thread(target=judge, args=pair) for pair in ((web, "one"), (other, "two"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    made = web.case.judgements
    assert {(one.about, one.by) for one in made} == {(about, name) for about in passages for name in ("one", "two")}
    assert len(made) == 2 * len(passages)


def test_what_another_program_decides_is_seen(web):
    said = web.passage("gate had been locked")
    web.get("/judgements")
    workspace.judge(web.desk.folder, said.id, verdict="rejected", reason="from the terminal", by="B. Reader")
    assert "from the terminal" in web.get("/judgements").text


def test_while_another_program_writes_an_act_can_be_sent_again(web):
    said = web.passage("gate had been locked")
    fields = {"about": said.id, "verdict": "rejected", "reason": "a long and weighed reason"}
    with ledger.open_to_write(web.desk.folder):
        answer = web.post("/judge", fields)
    assert answer.status_code == 409
    assert "a long and weighed reason" in answer.text
    assert "Send it again" in answer.text
    assert web.post("/judge", fields).status_code == 303


def test_an_act_that_is_cut_off_leaves_the_case_as_it_was(web, monkeypatch):
    said = web.passage("gate had been locked")

    def cut(*_args, **_more):
        raise SaysoError("the power went")

    with monkeypatch.context() as patched:
        patched.setattr("sayso.ledger.recorded.log.append", cut)
        assert web.post("/judge", {"about": said.id, "verdict": "accepted"}).status_code == 409
    assert judged(web) == []
    assert workspace.verify(web.desk.folder).breaks == ()
    assert web.post("/judge", {"about": said.id, "verdict": "accepted"}).status_code == 303


def test_what_is_remembered_changes_nothing_but_the_time(web):
    web.desk.remember()
    said = web.passage("gate had been locked")
    web.post("/judge", {"about": said.id, "verdict": "rejected", "reason": "misread"})
    end = time.monotonic() + 20
    while web.desk.is_following and time.monotonic() < end:
        time.sleep(0.02)
    found, anew = web.desk.view().worked_out, web.case
    assert (found.voices, found.questions, found.lineages) == (anew.voices, anew.questions, anew.lineages)
