"""Handing over from the workspace: dossiers and exports to be downloaded, as they are or with names replaced."""

from __future__ import annotations

import io
import json
import re
import threading
import time
import zipfile

import pytest

from sayso import workspace
from sayso.web import handing


def handed(web, fields, seconds=60):
    """The page once it is written, and the answer that brings the file."""
    answer = web.post("/hand-over", fields)
    assert (answer.status_code, answer.headers["location"]) == (303, "/hand-over")
    end = time.monotonic() + seconds
    while web.get("/hand-over/progress").json()["running"] and time.monotonic() < end:
        time.sleep(0.02)
    page = web.get("/hand-over").text
    found = re.search(r'href="(/hand-over/[\w-]{10,})"', page)
    return page, web.get(found[1]) if found else None


def entity(web, name):
    return next(one for one in web.case.entities if one.name == name)


FILES = [
    ("html", "ostra.html", "<!doctype html>"),
    ("markdown", "ostra.md", "# "),
    ("json", "ostra.json", "{"),
    ("csv", "ostra.csv", '"report",'),
]


@pytest.mark.parametrize(("form", "name", "begins"), FILES)
def test_what_is_handed_over_is_a_file_to_be_kept_and_nothing_to_be_shown(web, form, name, begins):
    page, answer = handed(web, {"form": form})
    assert name in page
    assert answer.text.lstrip("\ufeff").startswith(begins)
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "Ilva Torrin" in answer.text


def test_evidence_is_handed_over_whole_and_the_log_tells_so(web):
    before = web.desk.view()
    _, answer = handed(web, {"form": "bundle"})
    assert "verify.py" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    handed(web, {"form": "json"})
    assert [entry.what for entry, _ in workspace.history(web.desk.folder)][-2:] == ["exported", "exported"]
    assert web.desk.view() is before, "an export changes nothing, so nothing is loaded again"


@pytest.mark.parametrize("form", ["html", "markdown", "json", "csv"])
def test_names_that_are_ticked_or_written_are_replaced_throughout(web, form):
    mayor = entity(web, "Ilva Torrin")
    fields = {"form": form, "redact": "yes", f"hide-{mayor.id}": "on", "others": "\n Ostra   Courier \n"}
    page, answer = handed(web, fields)
    assert "Torrin" not in answer.text
    assert "Ostra Courier" not in answer.text
    assert "Port Bell" in answer.text
    assert "Person 1" in answer.text
    assert "redacted" in answer.headers["content-disposition"]
    assert "Descriptions are left as they are" in page
    assert "Person 1 is Ilva Torrin" in page
    assert " is Ostra Courier" in page


def test_a_name_in_the_name_of_the_case_goes_too(case_folder, tmp_path):
    from tests.web.conftest import opened

    web = opened(case_folder.rename(tmp_path / "Ilva Torrin.case"))
    _, answer = handed(web, {"form": "html", "redact": "yes", "others": "Ilva Torrin"})
    assert "Torrin" not in answer.headers["content-disposition"]
    assert "Torrin" not in answer.text


WRONG = [
    ({"form": "exe"}, "Choose what to hand over"),
    ({"form": "html", "redact": "yes", "others": " \n"}, "No name is chosen"),
    ({"form": "bundle", "redact": "yes", "others": "Ilva Torrin"}, "Choose what to hand over"),
    ({"form": "html", "redact": "yes", "hide-gone": "on"}, "no more"),
]


@pytest.mark.parametrize(("fields", "said"), WRONG)
def test_what_cannot_be_handed_over_is_said(web, fields, said):
    answer = web.post("/hand-over", fields)
    assert answer.status_code == 400
    assert said in answer.text
    assert "class=take" not in web.get("/hand-over").text


def test_a_name_that_stands_nowhere_is_told_and_nothing_is_written(web):
    page, answer = handed(web, {"form": "html", "redact": "yes", "others": "Nobody Here"})
    assert answer is None
    assert "Nobody Here" in page
    assert "Not written" in page


def test_one_thing_is_written_at_a_time_and_a_newer_one_takes_the_place_of_the_older(web, monkeypatch):
    _, first = handed(web, {"form": "csv"})
    waiting = threading.Event()
    write = handing._write
    monkeypatch.setattr(handing, "_write", lambda *given, **more: (waiting.wait(20), write(*given, **more)))
    web.post("/hand-over", {"form": "markdown"})
    again = web.post("/hand-over", {"form": "csv"})
    assert (again.status_code, "already" in again.text) == (400, True)
    assert web.get(first.request.url.path).status_code == 404
    assert "Being written" in web.get("/hand-over").text
    waiting.set()
    for _ in range(200):
        if not web.get("/hand-over/progress").json()["running"]:
            break
        time.sleep(0.05)
    assert "ostra.md" in web.get("/hand-over").text


def test_the_name_s_own_page_leads_to_its_being_replaced(web):
    mayor = entity(web, "Ilva Torrin")
    assert f"/hand-over?hide={mayor.id}" in web.get(f"/names/{mayor.id}").text
    assert re.search(rf'name="hide-{mayor.id}" checked', web.get(f"/hand-over?hide={mayor.id}").text)


def test_judgements_of_a_moment_ago_are_in_it(web):
    said = web.passage("gate had been locked")
    web.post("/correct", {"about": said.id, "speaker": "Warden Oke", "reason": "see line 1"})
    _, answer = handed(web, {"form": "json"})
    assert "Warden Oke" in {
        link["voice"] for link in json.loads(answer.text)["findings"][0]["attributions"][0]["chain"]
    }
