"""The served workspace against other pages and other programs of this machine, and against what is cut off half way."""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import socket
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlencode, urlsplit

import pytest

from sayso import workspace
from tests.web.browser import BROWSER, browsing, served

pytestmark = pytest.mark.slow


@contextmanager
def opened(folder):
    """The server's process, its host, and the cookie that it gave."""
    with served(folder) as (server, address):
        parts = urlsplit(address)
        answer = http.client.HTTPConnection(parts.netloc)
        answer.request("GET", parts.path)
        given = answer.getresponse().headers["set-cookie"].partition(";")[0]
        yield server, parts.netloc, f"{given}; sayso-by=A%20Reader"


@pytest.fixture
def let_in(case_folder):
    with opened(case_folder) as one:
        yield one


@pytest.fixture(scope="module")
def left_open(first_case, tmp_path_factory):
    """A workspace that nothing changes."""
    with opened(shutil.copytree(first_case, tmp_path_factory.mktemp("open") / "ostra.case")) as one:
        yield one


def said_in(folder):
    return [one.id for found in workspace.load(folder).findings for one in found.attributions]


def form(host, cookie, fields, path="/judge", *more):
    body = urlencode(fields).encode()
    head = [
        f"POST {path} HTTP/1.1",
        f"Host: {host}",
        f"Origin: http://{host}",
        f"Cookie: {cookie}",
        "Content-Type: application/x-www-form-urlencoded",
        f"Content-Length: {len(body)}",
        "Connection: close",
        *more,
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


def sent(host, data):
    """What the server answers to some bytes, "" where it hangs up without a word."""
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), 10) as line:
        line.settimeout(10)
        line.sendall(data)
        told = b""
        try:
            while piece := line.recv(1 << 16):
                told += piece
        except ConnectionResetError:
            pass
    return told.decode("latin-1")


STRANGE = {
    "two hosts": ("GET / HTTP/1.1", "Host: {host}", "Host: ostra.example"),
    "own host twice": ("GET / HTTP/1.1", "Host: {host}", "Host: {host}"),
    "no host": ("GET / HTTP/1.0",),
    "an empty host": ("GET / HTTP/1.1", "Host:"),
    "another's address": ("GET http://ostra.example/ HTTP/1.1", "Host: ostra.example"),
    "a forwarded host": ("GET / HTTP/1.1", "Host: ostra.example", "X-Forwarded-Host: {host}", "Forwarded: host={host}"),
    "a folded host": ("GET / HTTP/1.1", "Host: ostra.example", " {host}"),
    "a tunnel": ("CONNECT ostra.example:80 HTTP/1.1", "Host: {host}"),
    "a web socket": ("GET / HTTP/1.1", "Host: ostra.example", "Connection: Upgrade", "Upgrade: websocket",
                     "Sec-WebSocket-Key: eHh4eHh4eHh4eHh4eHh4eA==", "Sec-WebSocket-Version: 13"),
}  # fmt: skip


@pytest.mark.parametrize("lines", STRANGE.values(), ids=STRANGE)
def test_strange_requests_get_nothing_even_with_the_cookie(left_open, lines):
    _, host, cookie = left_open
    told = sent(
        host, "\r\n".join([*lines, f"Cookie: {cookie}", "Connection: close", "", ""]).format(host=host).encode()
    )
    assert told == "" or told.split(" ")[1][0] == "4"
    assert "Ostra Courier" not in told


def test_two_origins_and_another_s_cookie_are_refused(let_in, case_folder):
    _, host, cookie = let_in
    fields = {"about": said_in(case_folder)[0], "verdict": "rejected", "reason": "forged"}
    assert " 403 " in sent(host, form(host, cookie, fields, "/judge", "Origin: http://ostra.example"))
    assert " 403 " in sent(host, form(host, "other=x", fields))
    assert workspace.load(case_folder).judgements == ()
    assert " 303 " in sent(host, form(host, cookie, fields))


class Other(BaseHTTPRequestHandler):
    """A page of another origin of the same machine, which gets the cookie sent along: ports do not part sites."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>other</title><body>other")

    def log_message(self, *_):
        pass


TRIED = """(async () => {
  const told = [];
  const body = new URLSearchParams({about: ABOUT, verdict: "rejected", reason: "forged", by: "forged"});
  for (const path of PATHS) {
    for (const how of [{method: "POST", body, mode: "no-cors"}, {method: "POST", body}, {mode: "no-cors"}, {}]) {
      const answer = fetch(BASE + path, {credentials: "include", ...how});
      told.push(await answer.then((found) => found.text()).catch(() => ""));
    }
  }
  for (const tag of ["iframe", "script", "img", "object", "embed"]) {
    const one = document.createElement(tag);
    one[tag === "object" ? "data" : "src"] = BASE + "/page.js";
    document.body.append(one);
  }
  for (const kind of ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data"]) {
    const form = document.body.appendChild(document.createElement("form"));
    const into = document.body.appendChild(document.createElement("iframe"));
    into.name = kind; form.target = kind; form.method = "post"; form.enctype = kind; form.action = BASE + "/judge";
    for (const [name, value] of body) {
      const field = form.appendChild(document.createElement("input"));
      field.name = name; field.value = value;
    }
    form.submit();
  }
  await new Promise((done) => { setTimeout(done, 1000); });
  return told;
})()"""


@pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: install it to attack the workspace from it")
def test_another_page_in_the_same_browser_reads_and_changes_nothing(case_folder, tmp_path):
    other = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    paths = [
        "/judge",
        "/correct",
        "/names",
        "/rate",
        "/undo",
        "/me",
        "/another",
        "/add",
        "/add/file",
        "/draft",
        "/hand-over",
        "/",
    ]
    with served(case_folder) as (_, address), browsing(tmp_path / "profile") as browser:
        base = address.split("/open/")[0]
        browser.go(address)
        script = TRIED.replace("BASE", json.dumps(base)).replace("PATHS", json.dumps(paths))
        script = script.replace("ABOUT", json.dumps(said_in(case_folder)[0]))
        browser.go(f"http://127.0.0.1:{other.server_port}/")
        browser.events.clear()
        told = browser.run(script)
        seen = (one["params"] for one in browser.events if one["method"] == "Network.responseReceivedExtraInfo")
        # What is told late of pages that were opened before is left out, and the other page's own server, which names
        # itself.
        asked = {one["params"]["requestId"] for one in browser.events if one["method"] == "Network.requestWillBeSent"}
        named = [one for one in seen if "server" not in {name.lower() for name in one["headers"]}]
        met = [one for one in named if one["requestId"] in asked]
        assert (len(told), set(told)) == (4 * len(paths), {""})
        assert {one["statusCode"] for one in met} == {403}
        assert len(met) >= len(told)
        browser.go(f"{base}/")
        assert "Ostra" in browser.run("document.body.textContent")
    other.shutdown()
    assert workspace.load(case_folder).judgements == ()


def test_half_a_form_changes_nothing_and_holds_up_nobody(let_in, case_folder):
    _, host, cookie = let_in
    first, *others = said_in(case_folder)
    half = form(host, cookie, {"about": first, "verdict": "rejected", "reason": "half a reason"})[:-4]
    name, _, port = host.partition(":")
    waiting = [socket.create_connection((name, int(port)), 10) for _ in range(8)]
    for line in waiting:
        line.sendall(half)
    for about in others:
        fields = {"about": about, "verdict": "rejected", "reason": "whole"}
        assert " 303 " in sent(host, form(host, cookie, fields))
    for line in waiting:
        line.close()
    time.sleep(0.3)
    assert [one.reason for one in workspace.load(case_folder).judgements] == ["whole"] * len(others)


@pytest.mark.parametrize("after", [0.05, 0.2, 0.5])
def test_whatever_was_answered_before_the_workspace_was_killed_is_kept(let_in, case_folder, after):
    """Two browsers judge without a pause; the power goes."""
    server, host, cookie = let_in
    said, answered = said_in(case_folder), []

    def judge_on(who):
        for n in range(1000):
            reason = f"{who} {n}"
            fields = {"about": said[n % len(said)], "verdict": "rejected", "reason": reason}
            try:
                if " 303 " in sent(host, form(host, cookie, fields)):
                    answered.append(reason)
            except OSError:
                return

    several = [threading.Thread(target=judge_on, args=[who]) for who in ("one", "other")]
    for one in several:
        one.start()
    while len(answered) < 4:
        time.sleep(0.01)
    time.sleep(after)
    server.send_signal(signal.SIGKILL)
    for one in several:
        one.join(20)
    kept = [one.reason for one in workspace.load(case_folder).judgements]
    assert set(answered) <= set(kept)
    assert len(kept) <= len(answered) + 2  # what was on the disk and not yet answered, at most one for each browser
    assert workspace.verify(case_folder).breaks == ()
    workspace.judge(case_folder, said[0], verdict="accepted", reason="", by="later")
