from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from sayso.web import server
from sayso.web.handing import Outbox
from sayso.web.safety import HEADERS, new_address
from sayso.web.uploads import Pile

HOST = "http://127.0.0.1:8000"

FOREIGN = [
    "localhost:8000", "localhost", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8001", "127.0.0.1:08000", "127.0.0.1:8000.",
    "127.0.0.1.:8000", "127.1:8000", "127.0.0.2:8000", "0.0.0.0:8000", "[::1]:8000", "[::ffff:127.0.0.1]:8000",
    "2130706433:8000", "0x7f000001:8000", "0177.0.0.1:8000", "ostra.example", "ostra.example:8000",
    "127.0.0.1.ostra.example:8000", "127.0.0.1:8000.ostra.example", "127.0.0.1:8000@ostra.example",
    "ostra.example#127.0.0.1:8000", "ostra.example/127.0.0.1:8000", "user@127.0.0.1:8000",
    "127.0.0.1:8000,ostra.example",
    "", "LOCALHOST:8000", "127.0.0.1:8000\tostra.example",
]  # fmt: skip


@pytest.mark.parametrize("host", FOREIGN)
@pytest.mark.parametrize("path", ["/", "/style.css", "/open/TICKET"])
def test_a_foreign_host_is_refused_even_with_the_cookie(looked_at, host, path):
    if path.endswith("TICKET"):
        path = new_address(looked_at.keys).removeprefix(HOST)
    answer = looked_at.get(path, headers={"host": host})
    assert answer.status_code == 421
    assert "set-cookie" not in answer.headers


ELSEWHERE = [
    {"origin": "http://ostra.example"},
    {"origin": "https://127.0.0.1:8000"},
    {"origin": "http://127.0.0.1:8001"},
    {"origin": "http://localhost:8000"},
    {"origin": "http://127.0.0.1:8000.ostra.example"},
    {"origin": "null"},
    {"origin": ""},
    {},
    {"origin": "null", "sec-fetch-site": "cross-site"},
    {"origin": HOST, "sec-fetch-site": "cross-site"},
    {"origin": HOST, "sec-fetch-site": "same-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"origin": "http://ostra.example", "sec-fetch-site": "same-origin"},
    {"origin": HOST, "sec-fetch-site": "same-origin, cross-site"},
]
POSTS = [
    "/judge",
    "/correct",
    "/passages",
    "/names",
    "/rate",
    "/hypotheses",
    "/undo",
    "/me",
    "/another",
    "/add",
    "/add/file",
    "/draft",
    "/hand-over",
]


def test_every_address_that_changes_something_is_tried(looked_at, tmp_path):
    routes = server._routes(server.Room(looked_at.desk, looked_at.keys, Pile(tmp_path), Outbox(tmp_path)))
    assert {one.path for one in routes if "POST" in one.methods} == set(POSTS)


@pytest.mark.parametrize("cookie", ["", "sayso-8000=guessed", "sayso-by=A%20Reader"])
@pytest.mark.parametrize("path", POSTS)
def test_what_comes_without_the_cookie_is_refused(looked_at, path, cookie):
    stranger = TestClient(looked_at.app, base_url=HOST, follow_redirects=False)
    headers = {"origin": HOST, "sec-fetch-site": "same-origin", "cookie": cookie}
    assert stranger.post(path, data={"by": "x"}, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", ELSEWHERE)
@pytest.mark.parametrize("path", POSTS)
def test_what_another_page_sends_is_refused(looked_at, headers, path):
    before = looked_at.desk.view().case.judgements
    assert looked_at.client.post(path, data={"by": "x"}, headers=headers).status_code == 403
    assert looked_at.desk.view().case.judgements == before


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://ostra.example"},
        {"origin": "null"},
    ],
)
def test_pages_are_shown_to_no_other_page(looked_at, headers):
    assert looked_at.get("/", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"origin": HOST}, {"origin": "null", "sec-fetch-site": "same-origin"}, {"sec-fetch-site": "same-origin"}],
)
def test_the_workspace_s_own_forms_are_let_in(looked_at, headers):
    answer = looked_at.client.post("/me", data={"by": "A. Reader", "back": "/reports"}, headers=headers)
    assert (answer.status_code, answer.headers["location"]) == (303, "/reports")


PATHS = ["/", "/reports", "/names", "/voices", "/judgements", "/search?q=gate", "/add", "/add/progress", "/hypotheses",
         "/as-of?day=2031-05-02", "/style.css", "/page.js", "/following", "/suggestions",
         "/hand-over", "/hand-over/progress", "/hand-over/guessed", "/nowhere", "/open/",
         "/open/guessed"]  # fmt: skip
COOKIES = [
    "",
    "sayso-8000=",
    "sayso-8000=guessed",
    "sayso-8001={session}",
    "other={session}",
    'sayso-8000="{session}x"',
    "=;;=",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("cookie", COOKIES)
def test_without_the_cookie_nothing_is_answered(looked_at, path, cookie):
    stranger = TestClient(looked_at.app, base_url=HOST, follow_redirects=False)
    cookie = cookie.replace("{session}", looked_at.keys.session)
    answer = stranger.get(path, headers={"cookie": cookie} if cookie else {})
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


def test_the_printed_address_works_once(looked_at):
    first, second = (TestClient(looked_at.app, base_url=HOST, follow_redirects=False) for _ in range(2))
    path = new_address(looked_at.keys).removeprefix(HOST)
    assert first.head(path).status_code == 403  # a program that only looks ahead does not use it up
    answer = first.get(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert first.get("/").status_code == 200
    assert second.get(path).status_code == 403
    assert second.get("/").status_code == 403


def test_another_browser_gets_an_address_of_its_own(looked_at):
    page = looked_at.post("/another").text
    path = page.split(HOST)[1].split("<")[0]
    stranger = TestClient(looked_at.app, base_url=HOST, follow_redirects=False)
    assert stranger.get(path).status_code == 303
    assert stranger.get("/reports").status_code == 200


@pytest.mark.parametrize("path", [*PATHS, "/reports/nowhere", "/names/nowhere"])
@pytest.mark.parametrize("let_in", [True, False])
def test_every_answer_bears_the_headers(looked_at, path, let_in):
    client = looked_at.client if let_in else TestClient(looked_at.app, base_url=HOST, follow_redirects=False)
    headers = client.get(path).headers
    assert {name: headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_lets_no_inline_script_or_style_run():
    policy = HEADERS["content-security-policy"]
    assert "unsafe" not in policy
    assert "http" not in policy
    for part in (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ):
        assert part in policy


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "NONSENSE"])
def test_other_requests_are_refused(looked_at, method):
    assert looked_at.client.request(method, "/").status_code == 405


def test_a_form_is_bounded(looked_at):
    assert "too much" in looked_at.post("/judge", {"reason": "x" * 600_000}).text
    assert looked_at.post("/judge", {f"f{n}": "x" for n in range(50)}).status_code == 400
    json = {"origin": HOST, "content-type": "application/json"}
    assert looked_at.client.post("/judge", content=b"{}", headers=json).status_code == 400


@pytest.mark.parametrize(
    ("back", "leads"),
    [
        ("/reports", "/reports"),
        ("/reports/x#c1", "/reports/x#c1"),
        ("https://ostra.example/", "/"),
        ("//ostra.example/", "/"),
        ("/\\ostra.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/\r\nset-cookie: a=b", "/"),
        ("", "/"),
    ],
)
def test_a_form_leads_back_to_own_pages_only(looked_at, back, leads):
    assert looked_at.post("/me", {"by": "x", "back": back}).headers["location"] == leads
