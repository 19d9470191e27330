"""Every page that a person sees, looked through by axe-core: no serious and no critical finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from press.site import build as build_docs
from sayso import workspace
from tests.web import axe
from tests.web.browser import BROWSER, browsing, served

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: install it to look through pages"),
    pytest.mark.skipif(axe.FOUND is None, reason="no axe-core in this environment: make setup installs it"),
]

REPORTS = Path(__file__).parents[2] / "examples" / "harbour-fire" / "reports"
DRAFT = (
    "Four people were killed in the fire, officials said. The Guard set the shed on fire.\n\n"
    "Nobody was inside. Ships sank in a faraway sea.\n"
)


@pytest.fixture(scope="module")
def fire(tmp_path_factory):
    """The invented case, with a judgement of each kind of verdict."""
    folder = tmp_path_factory.mktemp("fire") / "harbour-fire.case"
    workspace.add(folder, [REPORTS])
    case = workspace.load(folder)
    said = [one.id for found in case.findings for one in found.attributions]
    last = case.reports[-1].id
    acts = ((said[0], "accepted"), (said[1], "rejected"), (said[0], "undone"), (last, "retracted"))
    for about, verdict in acts:
        workspace.judge(folder, about, verdict=verdict, reason="as asked", by="A. Reader")
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with browsing(tmp_path_factory.mktemp("profile")) as one:
        yield one


def pages_of(case):
    question = next(one for one in case.questions if len(one.answers) > 1)
    return ["/", "/reports", "/reports?q=nowhere", "/names", "/voices", "/hypotheses", "/judgements", "/add",
            "/judgements?lapsed=yes", "/draft", "/hand-over",
            "/search?q=fire", "/nowhere", f"/as-of?day={case.reports[1].published[:10]}", "/incidents/1",
            f"/reports/{case.reports[0].id}", f"/names/{case.entities[0].id}", f"/voices/{case.voices[0].id}",
            f"/hypotheses/{question.id}", f"/hypotheses/{question.id}/1", "/tolls", "/responsibility",
            "/responsibility?book=states", "/timeline", "/timeline?all=1", "/echoes", "/drift", "/silence", "/news",
            "/weights", f"/weights/{question.id}", f"/tolls?day={case.reports[1].published[:10]}"]  # fmt: skip


def test_pages_of_the_workspace(fire, browser):
    case = workspace.load(fire)
    with served(fire) as (_, address):
        base = address.split("/open/")[0]
        browser.go(address)
        found = {path: axe.looked_through(browser, base + path) for path in pages_of(case)}
        assert {path: told for path, told in found.items() if told} == {}


def test_what_opens_on_a_page_of_the_workspace(fire, browser):
    """The list of keys, the form for words that are selected, a draft that was checked."""
    report = workspace.load(fire).reports[0].id
    with served(fire) as (_, address):
        base = address.split("/open/")[0]
        browser.go(address)
        browser.go(f"{base}/reports/{report}")
        browser.press("?")
        browser.wait_for("document.querySelector('dialog').open")
        assert axe.grave(browser, axe.WHOLE) == []
        browser.go(f"{base}/reports/{report}")
        browser.run("getSelection().selectAllChildren(document.querySelector('#text p'))")
        browser.wait_for("!document.getElementById('picked').hidden")
        browser.press("w")
        assert axe.grave(browser, axe.WHOLE) == []
        browser.go(f"{base}/draft")
        browser.run("document.querySelector('textarea').focus()")
        browser.type(DRAFT)
        browser.leads_on(browser.click, "form[action='/draft'] button")
        browser.run(axe.UNFOLD)
        for dark in (False, True):
            browser.size(1440, dark=dark)
            assert axe.grave(browser, axe.WHOLE) == []


def test_the_dossier(fire, browser, tmp_path):
    file = tmp_path / "dossier.html"
    workspace.write_dossier(workspace.load(fire), file)
    assert axe.looked_through(browser, file.as_uri()) == []


def test_a_checked_draft(fire, browser, tmp_path):
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    report, _ = workspace.read_draft(tmp_path / "draft.txt")
    told, checked = workspace.check_draft(workspace.load(fire), report)
    workspace.write(workspace.check_page(told, checked), tmp_path / "check.html")
    assert axe.looked_through(browser, (tmp_path / "check.html").as_uri()) == []


def test_the_documentation(browser, tmp_path):
    build_docs(tmp_path / "docs")
    pages = sorted((tmp_path / "docs").glob("*.html"))
    found = {page.name: axe.looked_through(browser, page.as_uri()) for page in pages}
    assert len(found) > 10
    assert {name: told for name, told in found.items() if told} == {}


def test_the_checker_speaks(browser, tmp_path):
    """Each way of looking does find what is wrong."""
    (tmp_path / "bad.html").write_text(
        "<!doctype html><html><title>x</title><p style='color: #ddd'>pale</p><button></button>", encoding="utf-8"
    )
    found = "\n".join(axe.looked_through(browser, (tmp_path / "bad.html").as_uri()))
    assert all(rule in found for rule in ("html-has-lang", "button-name", "390 dark: color-contrast"))
