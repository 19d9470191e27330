from __future__ import annotations

import re

import pytest

from sayso import workspace
from tests.web.conftest import opened

DATED = ["/tolls", "/responsibility", "/responsibility?book=states", "/responsibility?book=wording", "/timeline",
         "/timeline?all=1", "/echoes", "/drift", "/weights", "/silence", "/news", "/news?adding=1"]  # fmt: skip
"""Pages that can be shown as of a day."""
PAGES = ["/", "/reports", "/names", "/voices", "/hypotheses", "/judgements", "/draft", "/add", "/search?q=fire", *DATED]


def test_the_first_page_says_that_nothing_is_checked(looked_at):
    page = looked_at.get("/").text
    assert "Questions in dispute" in page
    assert "Nobody has checked these readings yet" in page


@pytest.mark.parametrize("path", PAGES)
def test_every_page_of_the_menu_is_there_and_whole(looked_at, path):
    answer = looked_at.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<main") == answer.text.count("</main>") == 1
    assert "<style" not in answer.text
    assert "style=" not in answer.text
    assert not re.search(r"\son\w+=", answer.text)


def test_every_link_leads_somewhere(looked_at):
    seen, todo = set(), ["/"]
    while todo:
        path = todo.pop().split("#")[0]
        if path in seen or not path:
            continue
        seen.add(path)
        answer = looked_at.get(path)
        assert answer.status_code in {200, 303}, path
        if "html" in answer.headers.get("content-type", ""):
            links = re.findall(r'<a [^>]*?href="?(/[^" >]*)', answer.text)
            todo += [link.replace("&amp;", "&") for link in links]
    assert len(seen) > 20


def test_every_link_into_a_report_finds_its_place(looked_at):
    some = ["/", "/search?q=fire", "/names", "/as-of?day=2031-05-02", *DATED, "/tolls?day=2031-05-02"]
    pages = [looked_at.get(path).text for path in some]
    links = {link for page in pages for link in re.findall(r'href="?(/reports/\w+#\w[\w-]*)', page)}
    assert links
    for link in links:
        path, _, name = link.partition("#")
        assert re.search(rf'id="?{name}[ >"]', looked_at.get(path).text), link


def test_a_report_shows_its_text_and_beside_it_who_says_what(looked_at):
    said = looked_at.passage("gate had been locked")
    page = looked_at.get(f"/reports/{said.report}").text
    number = re.search(rf'<article class=claim id=c(\d+) (?:(?!<article).)*value="{said.id}"', page, re.DOTALL)[1]
    assert f"<u id=q{number}>" in page
    assert f'#q{number}"' in page
    assert "read the sentence" in page or "Reject" in page


@pytest.mark.parametrize(
    ("words", "sentences"), [("gate locked", 1), ("FIRE ostra", 2), ("torrín", 2), ("no such words", 0), ("", 0)]
)
def test_words_are_found_in_all_texts(looked_at, words, sentences):
    page = looked_at.get("/search", params={"q": words}).text
    assert page.count("/reports/") == sentences


def test_reports_are_found_by_their_words(looked_at):
    page = looked_at.get("/reports?q=hospital").text
    assert "1 report with these words" in page
    assert "Port Bell" in page
    assert "Ostra Courier" not in page


def test_the_case_as_it_was_known_on_a_day(looked_at):
    page = looked_at.get("/as-of?day=2031-05-02").text
    assert "<b>As known on 2 May 2031</b>: 1 report of a later day left out" in page
    assert "ospital staff" not in page
    assert re.search(r'id=slide min=0 max="1" value="0".*<option value="2031-05-02" selected>2 May 2031', page)
    assert "ospital staff" in looked_at.get("/voices").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/as-of?day=yesterday", 400),
        ("/as-of?day=1999-01-01", 400),
        ("/as-of", 400),
        ("/reports/nothing", 404),
        ("/names/nothing", 404),
        ("/voices/nothing", 404),
        ("/incidents/0", 404),
        ("/incidents/99999999999999999999", 404),
        ("/incidents/²", 404),
        ("/hypotheses/nothing", 404),
        ("/hypotheses/nothing/1", 404),
        ("/weights/nothing", 404),
        ("/weights/nothing?day=2031-05-02", 404),
        ("/tolls?day=yesterday", 400),
        ("/tolls?day=1999-01-01", 400),
        ("/tolls?page=99", 200),
        ("/responsibility?book=nothing", 200),
        ("/drift?kind=nothing", 200),
        ("/reports?day=yesterday", 200),
        ("/at/99/1", 404),
        ("/nothing", 404),
        ("/judge", 404),
        ("/favicon.ico", 204),
        ("/reports/../../etc/passwd", 404),
        ("/reports?page=0", 200),
        ("/reports?page=99999999999999999999", 200),
        ("/reports?page=-1", 200),
        ("/reports?page=²", 200),
    ],
)
def test_addresses_that_lead_nowhere_are_told(looked_at, path, status):
    answer = looked_at.get(path)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "{{ 7*7 }}",
    "</textarea><script>",
]


def test_what_reports_say_is_text_on_every_page(tmp_path):
    lines = [f"Mayor Ilva {payload} Torrin said the {payload} gate was locked." for payload in PAYLOADS]
    name = "<img src=x onerror=alert(1)>.txt"
    (tmp_path / name).write_text("\n\n".join(lines), encoding="utf-8")
    settings = workspace.Settings(publisher="<script>alert(2)</script>", published="2031-05-02")
    workspace.add(tmp_path / "<b>.case", [tmp_path / name], settings=settings)
    web = opened(tmp_path / "<b>.case")
    report = web.case.reports[0].id
    said = web.case.findings[0].attributions
    web.post("/me", {"by": "<script>alert(3)</script>"})
    for one in said[:1]:
        web.post("/judge", {"about": one.id, "verdict": "rejected", "reason": "<script>alert(4)</script>"})
    for path in (*PAGES, f"/reports/{report}", "/search?q=<script>alert(5)</script>", "/nowhere"):
        page = web.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "49" not in re.sub(r"[0-9a-f]{16,}", "", page) or "7*7" in page
        assert set(re.findall(r"<script[^>]*>", page)) == {'<script src="/page.js" defer>'}


def test_a_draft_is_held_against_the_case_and_not_kept(looked_at):
    before = looked_at.case
    draft = "The gate had been locked, Mayor Ilva Torrin said.\n\nThe moon <b>is</b> made of cheese, a sailor said."
    page = looked_at.post("/draft", {"text": draft}).text
    assert "untraced" in page
    assert "single-rooted" in page
    assert re.search(r'<a href="/reports/\w+#s1-1">', page)
    assert "<b>is</b>" not in page
    assert looked_at.case == before
    assert looked_at.post("/draft", {"text": " "}).status_code == 400


def test_no_page_names_another_host(looked_at):
    for path in (*PAGES, "/style.css", "/page.js"):
        found = re.findall(r"https?://[^\s\"')]+", looked_at.get(path).text)
        assert {one for one in found if not one.startswith("http://www.w3.org/")} == set(), path
