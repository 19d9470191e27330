"""The pages on which a whole case is written up: what stands on them, on what day, and on paper."""

from __future__ import annotations

import re
from html import escape, unescape

import pytest

from sayso import workspace
from sayso.dossier import origins
from sayso.web.server import DATED, MENU
from tests.web.browser import BROWSER, browsing, served
from tests.web.test_pages import DATED as PAGES

LEADS = re.compile(r'href="?(/reports/\w+#[sc][\w-]+)')


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/tolls", "Careful minimum"),
        ("/responsibility", "somebody’s word"),
        ("/timeline", "Happened"),
        ("/news", "New question"),
        ("/silence", "Silence proves nothing"),
    ],
)
def test_what_they_tell_leads_to_the_words(looked_at, path, words):
    page = looked_at.get(path).text
    assert words in page
    assert LEADS.search(page) or path in {"/silence", "/responsibility"}


def test_a_question_shows_its_answers_what_they_rest_on_and_how_that_was_computed(looked_at):
    one = looked_at.case.questions[0]
    assert f'href="/weights/{one.id}"' in looked_at.get("/weights").text
    page = looked_at.get(f"/weights/{one.id}").text
    for words in ("What it rests on", "What hangs on what", "Unresolved", "Assumptions", escape(one.answers[0].words)):
        assert words in page


@pytest.mark.parametrize("path", PAGES)
def test_each_can_be_seen_as_of_a_day(looked_at, path):
    mark = "&" if "?" in path else "?"
    page = looked_at.get(f"{path}{mark}day=2031-05-02").text
    assert "As known on 2 May 2031" in page
    assert "ospital staff" not in page.partition("<main")[2]
    back = re.search(r'<a href="([^"]+)">Back to all that is known', page)[1].replace("&amp;", "&")
    assert back == path
    others = set(re.findall(r'href="(/\w+)\?day=2031-05-02"', page.partition("<main")[0]))
    assert others & DATED


def test_a_day_goes_along_to_a_question_and_back(looked_at):
    page = looked_at.get("/weights?day=2031-05-02").text
    path = re.search(r'href="(/weights/\w+\?day=2031-05-02)"', page)[1]
    assert "As known on 2 May 2031" in looked_at.get(path).text


def test_the_menu_shows_the_pages_of_the_group_that_is_open(looked_at):
    page = looked_at.get("/silence").text.partition("</nav>")[0]
    assert [label for label in MENU["Accounts"].values() if label in page] == [*MENU["Accounts"].values()]
    assert "Check a draft" not in page
    assert page.count("aria-current") == 2


def test_every_page_of_the_menu_is_there(looked_at):
    for address in (address for pages in MENU.values() for address in pages):
        assert looked_at.get(address).status_code == 200, address


@pytest.mark.slow
@pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: install it to test the pages in a browser")
def test_on_paper_stands_what_is_told_and_nothing_to_press(first_case, tmp_path):
    report = workspace.load(first_case).reports[0].id
    with served(first_case) as (_, address), browsing(tmp_path) as browser:
        base = address.split("/open/")[0]
        browser.go(address)
        for path in ("/", *PAGES, "/names", "/voices", "/judgements", f"/reports/{report}"):
            browser.go(base + path)
            scheme = {"name": "prefers-color-scheme", "value": "dark"}
            browser.call("Emulation.setEmulatedMedia", media="print", features=[scheme])
            pressed = (
                "[...document.querySelectorAll('button, input, select, textarea, nav')].filter(e => e.offsetParent)"
            )
            assert browser.run(f"{pressed}.map(e => e.outerHTML.slice(0, 90))") == [], path
            colours = "getComputedStyle(document.body)"
            assert browser.run(f"[{colours}.color, {colours}.backgroundColor]") == [
                "rgb(0, 0, 0)",
                "rgb(255, 255, 255)",
            ]
            if browser.run("document.querySelector('main a.pl') !== null"):
                assert "2:14 is sentence 14 of report 2" in browser.run("document.querySelector('.cited').innerText")
            browser.call("Emulation.setEmulatedMedia", media="")


def test_origins_that_are_not_drawn_are_listed_on_the_page(looked_at, monkeypatch):
    monkeypatch.setattr(origins, "MOST_ORIGINS", 1)
    lineage = next(one for one in looked_at.case.lineages if len(one.origins) == 2)
    page = looked_at.get(f"/weights/{lineage.question}").text
    assert "sayso lineage" not in page
    told = page[page.index("1 more origin not drawn") :].partition("</details>")[0]
    assert all(one.name in unescape(told) for one in lineage.origins)
    assert 'href="/reports/' in told
