from __future__ import annotations

import time

import pytest

from sayso.web import uploads
from sayso.web.uploads import plain

HOST = "http://127.0.0.1:8000"


def drop(web, name, data):
    return web.client.post(f"/add/file?name={name}", content=data, headers={"origin": HOST})


def finished(web):
    for _ in range(600):
        told = web.get("/add/progress").json()
        if not told["running"]:
            return told
        time.sleep(0.05)
    raise AssertionError("never")


def test_dropped_files_are_read_into_the_case(web):
    before = len(web.case.reports)
    text = b"The depot stood empty, Warden Oke said."
    assert drop(web, "depot.txt", text).json() == {"name": "depot.txt"}
    assert drop(web, "depot.txt", text + b" Nobody was hurt.").json() == {"name": "depot (2).txt"}
    assert drop(web, "broken.pdf", b"%PDF-1.4 broken").json() == {"name": "broken.pdf"}
    assert "depot (2).txt" in web.get("/add").text
    answer = web.post("/add", {"publisher": "Depot News", "published": "2031-05-04"})
    assert answer.headers["location"] == "/add"
    told = finished(web)
    assert told["told"][0].startswith(f"2 new of {before + 2} in the case")
    assert any("broken.pdf" in line for line in told["told"])
    assert {one.publisher for one in web.case.reports} == {"Ostra Courier", "Port Bell", "Depot News"}
    assert "Depot News" in web.get("/reports").text
    assert told["waiting"] == 0
    assert web.post("/add", {"publisher": ""}).status_code == 400  # nothing is left to be read


def test_a_date_that_is_none_is_told(web):
    drop(web, "depot.txt", b"The depot stood empty, Warden Oke said.")
    web.post("/add", {"published": "yesterday"})
    assert any("yesterday" in line for line in finished(web)["told"])


def test_files_are_bounded(web, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_FILE", 10)
    answer = drop(web, "large.txt", b"x" * 11)
    assert answer.status_code == 400
    assert "too large" in answer.json()["problem"]
    monkeypatch.setattr(uploads, "LARGEST_ALL", 15)
    assert drop(web, "a.txt", b"x" * 10).status_code == 200
    assert drop(web, "b.txt", b"x" * 10).status_code == 400
    monkeypatch.setattr(uploads, "MOST_FILES", 1)
    assert drop(web, "c.txt", b"x").status_code == 400
    assert web.get("/add/progress").json()["waiting"] == 1


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("minutes.pdf", "minutes.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\minutes.pdf", "minutes.pdf"),
        ("/", "file"),
        ("..", "file"),
        (".", "file"),
        ("", "file"),
        ("a\x00b\n.txt", "ab.txt"),
        (".hidden", "_.hidden"),
        ("x" * 300 + ".txt", "x" * 146 + ".txt"),
        ("протокол.txt", "протокол.txt"),
    ],
)
def test_a_file_s_name_leads_nowhere_else(name, kept):
    assert plain(name) == kept
