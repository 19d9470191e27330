"""The workspace in a real browser: every act by keys or mouse, hostile reports, two browsers, one that is cut off."""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
import time
from pathlib import Path

import pytest

from sayso import workspace
from tests.web.browser import BROWSER, browsing, served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: install it to test the workspace in it"),
]


@pytest.fixture
def open_case(case_folder, tmp_path):
    with served(case_folder) as (_, address), browsing(tmp_path / "profile") as browser:
        browser.go(address)
        signs(browser)
        yield browser, address.split("/open/")[0], case_folder
        assert browser.complaints() == []


def signs(browser):
    browser.run("document.getElementById('by').focus()")
    browser.type("A. Reader")
    browser.leads_on(browser.press, "Enter")


def report_of(folder, publisher="Ostra Courier"):
    return next(one for one in workspace.load(folder).reports if one.publisher == publisher)


def kept(folder, verdict, reason):
    """Whether the last judgement becomes this one, before long."""
    for _ in range(200):
        made = workspace.load(folder).judgements
        if made and (made[-1].verdict, made[-1].reason) == (verdict, reason):
            return True
        time.sleep(0.1)
    return False


def test_a_report_is_judged_with_the_keyboard_alone(open_case):
    browser, base, folder = open_case
    browser.go(f"{base}/reports/{report_of(folder).id}")
    browser.press("j")
    browser.wait_for("document.querySelector('.claim.now') && document.querySelector('#text u.now')")
    browser.leads_on(browser.press, "a")
    assert kept(folder, "accepted", "")
    assert "accepted by" in browser.run("document.querySelector('.claim.now').textContent")
    browser.press("x")
    browser.wait_for("document.activeElement.name === 'reason'")
    browser.type("nobody said so")
    browser.leads_on(browser.press, "Enter")
    assert kept(folder, "rejected", "nobody said so")
    assert "nobody said so" in browser.run("document.querySelector('.claim.now').textContent")
    browser.leads_on(browser.press, "u")
    assert kept(folder, "undone", "")
    assert "accepted by" in browser.run("document.querySelector('.claim.now').textContent")
    browser.press("c")
    browser.wait_for("document.activeElement.name === 'speaker'")
    browser.type("Warden Oke")
    browser.run("document.querySelector('.claim.now .correct [name=reason]').focus()")
    browser.type("the minutes say so")
    browser.leads_on(browser.press, "Enter")
    assert kept(folder, "corrected", "the minutes say so")
    browser.wait_for("document.querySelector('.claim .ch').textContent.includes('Warden Oke')")


def test_a_chain_is_corrected_with_the_keyboard_and_the_page_of_judgements_tells_it(open_case):
    """Two voices between publisher and speaker, put in order with Alt and an arrow."""
    browser, base, folder = open_case
    browser.size(1440)
    browser.go(f"{base}/reports/{report_of(folder).id}")
    for key in "jc":
        browser.press(key)
    browser.wait_for("document.activeElement.name === 'speaker'")
    browser.wait_for("document.querySelectorAll('#speakers option').length > 4")
    browser.type("two officials")
    browser.run("document.querySelector('.claim.now [name=through1]').focus()")
    browser.type("a clerk")
    browser.wait_for("document.querySelector('.claim.now [name=through2]')")
    browser.press("Tab")
    browser.type("the radio")
    browser.press("ArrowUp", alt=True)
    chain = "[...document.querySelectorAll('.claim.now .path input')].map((one) => one.value).filter(Boolean).join()"
    assert browser.run(chain) == "the radio,a clerk,two officials"
    browser.run("document.querySelector('.claim.now .correct [name=reason]').focus()")
    browser.type("line 2")
    browser.leads_on(browser.press, "Enter")
    assert kept(folder, "corrected", "line 2")
    assert workspace.load(folder).judgements[-1].change.chain == ("the radio", "a clerk", "two officials")
    browser.go(f"{base}/judgements")
    told = browser.run("document.querySelector('.hist li').textContent")
    assert "now Ostra Courier → the radio → a clerk → two officials" in told
    browser.leads_on(browser.click, ".hist li a")
    browser.wait_for("document.querySelector('.claim.now .ch').textContent.includes('two officials')")
    browser.go(f"{base}/judgements")
    browser.leads_on(browser.click, ".hist form button")
    assert kept(folder, "undone", "")


def test_who_judges_is_asked_once(case_folder, tmp_path):
    with served(case_folder) as (_, address), browsing(tmp_path / "profile") as browser:
        browser.go(address)
        browser.go(f"{address.split('/open/')[0]}/reports/{report_of(case_folder).id}")
        for by in ("C. Reader", ""):
            browser.press("j")
            browser.wait_for("document.querySelector('.claim.now')")
            browser.leads_on(browser.press, "a")
            if by:
                browser.wait_for("document.activeElement.name === 'by'")
                assert browser.run("document.querySelectorAll('[name=by]').length") == 1
                browser.type(by)
                browser.leads_on(browser.press, "Enter")
            browser.wait_for("document.querySelector('.claim.now').textContent.includes('accepted by C. Reader')")
        assert [one.by for one in workspace.load(case_folder).judgements] == ["C. Reader", "C. Reader"]


def test_a_redacted_dossier_is_downloaded(open_case, tmp_path):
    browser, base, folder = open_case
    browser.ask("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path / "down")})
    mayor = next(one for one in workspace.load(folder).entities if one.name == "Ilva Torrin")
    browser.go(f"{base}/names/{mayor.id}")
    browser.leads_on(browser.click, "main a[href^='/hand-over']")
    browser.run("document.getElementById('sift').focus()")
    browser.type("harbour")
    browser.wait_for("[...document.querySelectorAll('.ticks label')].some((one) => one.hidden)")
    assert browser.run("document.getElementById('sifted').textContent") == "1 chosen"
    browser.leads_on(browser.click, ".handing form:has(.ticks) button[value=html]")
    browser.wait_for("document.querySelector('a.take')", 60)
    browser.click("a.take")
    file = tmp_path / "down" / "ostra redacted.html"
    for _ in range(100):
        if file.exists():
            break
        time.sleep(0.1)
    assert "Torrin" not in file.read_text("utf-8")
    assert "Person 1" in file.read_text("utf-8")


def test_text_and_passages_lead_to_each_other(open_case):
    browser, base, folder = open_case
    browser.size(1440)
    browser.go(f"{base}/reports/{report_of(folder).id}")
    browser.click("#text u")
    browser.wait_for("document.activeElement.matches('.claim') && document.querySelector('#text u.now')")
    number = browser.run("document.activeElement.dataset.n")
    assert browser.run(f"Boolean(document.querySelector('#q{number}.now'))")
    other = browser.run("[...document.querySelectorAll('.claim')].at(-1).id")
    browser.click(f"#{other} .ch")
    browser.wait_for(f"document.querySelector('#q{other[1:]}.now') && !document.querySelector('#q{number}.now')")


SELECT = """(() => {
  const walker = document.createTreeWalker(document.getElementById("text"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(WORDS);
    if (at < 0) continue;
    getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + WORDS.length);
    return true;
  }
  return false;
})()"""


def test_a_passage_is_added_by_selecting_words(open_case):
    browser, base, folder = open_case
    report = report_of(folder)
    browser.go(f"{base}/reports/{report.id}")
    for words, key in (("four people", "w"), ("Harbour Guard", "s"), ("according to", "q")):
        assert browser.run(SELECT.replace("WORDS", json.dumps(words)))
        browser.wait_for("!document.getElementById('picked').hidden")
        browser.press(key)
        browser.wait_for(f"document.getElementById('picked').textContent.includes({json.dumps(words)})")
    browser.run("document.querySelector('#picked [name=reason]').focus()")
    browser.type("only the number is theirs")
    browser.leads_on(browser.press, "Enter")
    browser.wait_for("document.body.textContent.includes('only the number is theirs')")
    change = workspace.load(folder).judgements[-1].change
    words = [report.text[span.start : span.end] for span in (*change.content, change.source, change.cue)]
    assert words == ["four people", "Harbour Guard", "according to"]


def test_names_hypotheses_search_and_the_history(open_case):
    browser, base, folder = open_case
    case = workspace.load(folder)
    guard = next(one for one in case.entities if one.name == "Harbour Guard")
    browser.go(f"{base}/names/{guard.id}")
    browser.run("document.querySelector('.wide [name=other]').focus()")
    browser.type("Ilva Torrin")
    browser.run("document.querySelector('.wide [name=reason]').focus()")
    browser.type("one and the same")
    browser.leads_on(browser.click, "button[value=different]")
    assert kept(folder, "different", "one and the same")

    question = next(one for one in case.questions if len(one.answers) > 1)
    browser.go(f"{base}/hypotheses/{question.id}/1")
    browser.click(".rate input[value=II]")
    browser.run("document.querySelector('.rate [name=reason]').focus()")
    browser.type("he was abroad")
    browser.leads_on(browser.press, "Enter")
    assert kept(folder, "II", "he was abroad")

    browser.press("/")
    browser.wait_for("document.activeElement.id === 'seek'")
    browser.type("hospital")
    browser.leads_on(browser.press, "Enter")
    browser.wait_for("location.pathname === '/search' && document.querySelector('.hits a')")
    browser.leads_on(browser.click, ".hits a")
    browser.wait_for("/^#s/.test(location.hash) && document.querySelector('.claim.now')")
    number = browser.run("document.querySelector('.claim.now').dataset.n")
    assert browser.run(f"Boolean(document.querySelector('span:target #q{number}'))")

    browser.press("g")
    browser.leads_on(browser.press, "j")
    browser.wait_for("location.pathname === '/judgements'")
    browser.run("document.querySelector('.hist [name=reason]').focus()")
    browser.type("misread")
    browser.leads_on(browser.press, "Enter")
    browser.wait_for("document.body.textContent.includes('takes back')")
    assert kept(folder, "retracted", "misread")


def test_the_case_is_looked_at_as_of_a_day(open_case):
    browser, base, _ = open_case
    browser.go(f"{base}/")
    browser.run("document.getElementById('slide').focus()")
    browser.leads_on(browser.press, "ArrowLeft")
    browser.wait_for("location.pathname === '/as-of' && document.querySelector('.then')")
    assert "1 report of a later day left out" in browser.run("document.querySelector('.then').textContent")
    browser.wait_for("document.activeElement.id === 'slide' && document.activeElement.value === '0'")
    browser.leads_on(browser.press, "ArrowRight")
    browser.wait_for("new URLSearchParams(location.search).get('day') === '2031-05-03'")
    browser.run("document.querySelector('#day').value = '2031-05-02'")
    browser.leads_on(browser.click, "#asof button")
    browser.wait_for("new URLSearchParams(location.search).get('day') === '2031-05-02'")


def test_dropped_files_are_read_with_progress(open_case, tmp_path):
    browser, base, folder = open_case
    for number in range(3):
        (tmp_path / f"depot {number}.txt").write_text(f"Depot {number} stood empty, Warden Oke said.", encoding="utf-8")
    browser.go(f"{base}/add")
    browser.call("DOM.enable")
    root = browser.call("DOM.getDocument")["root"]["nodeId"]
    field = browser.call("DOM.querySelector", nodeId=root, selector="#files")["nodeId"]
    names = [str(tmp_path / f"depot {number}.txt") for number in range(3)]
    browser.call("DOM.setFileInputFiles", nodeId=field, files=names)
    browser.wait_for(
        "document.querySelectorAll('.waiting li').length === 3 && !document.getElementById('read').disabled"
    )
    browser.wait_for("!document.querySelector('.waiting').textContent.includes('…')")
    browser.click("#read")
    browser.wait_for("document.querySelector('.told li')", 60)
    assert "3 new of 5" in browser.run("document.querySelector('.told').textContent")
    assert len(workspace.load(folder).reports) == 5


def overflowing(browser):
    return browser.run("document.documentElement.scrollWidth > innerWidth")


UNTOLD = """[...document.querySelectorAll('.sc')].filter((box) => (box.scrollWidth > box.clientWidth)
  !== (getComputedStyle(box, '::before').content !== 'none')).length"""
"""Tables that go on to the right and do not say so, or the other way round."""


def test_pages_fit_wide_and_narrow_in_light_and_dark(open_case):
    browser, base, folder = open_case
    case = workspace.load(folder)
    pages = ["/", "/reports", "/names", "/voices", "/hypotheses", "/judgements", "/add", "/hand-over", "/search?q=fire",
             "/silence", f"/reports/{case.reports[0].id}", f"/names/{case.entities[0].id}",
             f"/hypotheses/{case.questions[0].id}",
             f"/hypotheses/{case.questions[0].id}/1"]  # fmt: skip
    for path in pages:
        for width in (1440, 390):
            for dark in (False, True):
                browser.size(width, dark=dark)
                browser.go(base + path)
                assert not overflowing(browser), (path, width)
                assert browser.run(UNTOLD) == 0, (path, width)
                unnamed = browser.run(
                    "[...document.querySelectorAll('input:not([type=hidden]), select, textarea, button')]"
                    ".filter((e) => !(e.labels?.length || e.textContent.trim() || e.ariaLabel)).map((e) => e.outerHTML)"
                )
                assert unnamed == [], path


def test_a_browser_that_is_cut_off_in_an_act_loses_nothing(case_folder, tmp_path):
    """Two browsers judge at once; one is killed, then the workspace itself: what was answered is in the case."""
    passages = [one.id for found in workspace.load(case_folder).findings for one in found.attributions]
    send = """fetch("/judge", {method: "POST", headers: {"Content-Type": "application/x-www-form-urlencoded"},
        body: new URLSearchParams({about: ABOUT, verdict: "rejected", reason: REASON})}).then((answer) => answer.ok)"""
    two = browsing(tmp_path / "two")
    with served(case_folder) as (server, address), browsing(tmp_path / "one") as one, two as other:
        base = address.split("/open/")[0]
        one.go(address)
        signs(one)
        one.go(f"{base}/judgements")
        one.run("document.querySelector('form[action=\"/another\"] button').click()")
        one.wait_for("document.querySelector('code.long')")
        second = one.run("document.querySelector('code.long').textContent")
        other.go(second)
        signs(other)
        answered = []

        def judge_on():
            for about in passages:
                script = send.replace("ABOUT", json.dumps(about)).replace("REASON", '"by the one"')
                answered.append(about) if one.run(script) else None

        working = threading.Thread(target=judge_on)
        working.start()
        for about in passages[:2]:
            other.run(
                f"void ({send.replace('ABOUT', json.dumps(about)).replace('REASON', json.dumps('by the other'))})"
            )
        other.kill()
        working.join()
        os.kill(server.pid, signal.SIGKILL)
        time.sleep(0.2)
    made = workspace.load(case_folder).judgements
    assert {one.about for one in made if one.reason == "by the one"} == set(answered) == set(passages)
    assert workspace.verify(case_folder).breaks == ()
    copy = shutil.copytree(case_folder, Path(tmp_path) / "again.case")
    workspace.judge(copy, passages[0], verdict="accepted", reason="", by="later")
