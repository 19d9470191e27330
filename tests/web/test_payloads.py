"""What is hostile in a report, a file's name, a judgement or a draft runs on no page and in no export, in a browser."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from contextlib import contextmanager
from dataclasses import replace
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from sayso import workspace
from sayso.cli.group import commands
from sayso.model import UNSPECIFIED
from tests.web.browser import BROWSER, browsing, served
from tests.web.payloads import RUN, THERE, table

PAYLOADS = table()

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: install it to test hostile texts in it"),
]

TEXT = """The gate {n} was locked, Mayor {one} Torrin said on Friday. “{other},” she told reporters.

The fire in Ostra killed {toll} people, according to {other}. The Harbour Guard set the shed on fire, clerk Vann said.
{one} denied it. Warden Oke said that {other} set the shed on fire.
"""
MOST = 15
"""Names, and voices, whose own pages are opened; the lists are opened whole."""


def rows():
    """A report for every two payloads, each of them before and behind the other. Every two reports have one address."""
    pairs = [(PAYLOADS[n], PAYLOADS[(n + 1) % len(PAYLOADS)]) for n in range(0, len(PAYLOADS), 2)]
    for n, (one, other) in enumerate(pairs):
        address = f"https://ostra.example/{n // 2}?" + "&".join(pairs[n // 2 * 2])
        yield {"text": TEXT.format(n=n, one=one, other=other, toll=4 + n % 3), "title": f"{one} {other}",
               "publisher": f"{other} {one} {n}", "authors": [one, other], "published": f"2031-05-{1 + n % 28:02}",
               "url": address}  # fmt: skip


def in_a_file_s_name(harm):
    name = re.sub(r"[/\0\ud800-\udfff]", "_", harm)
    return name.encode()[:220].decode("utf-8", "ignore")


def judge(folder, case):
    """Every payload as the reason of a judgement and as the name below it, and some as words that a person added."""
    said = [one for found in case.findings for one in found.attributions]
    for n, harm in enumerate(PAYLOADS):
        about = said[n % len(said)].id
        if n % 4:
            workspace.judge(folder, about, verdict="rejected", reason=f"{harm} x", by=f"{harm} x", case=case)
        else:
            change = workspace.Change("", speaker=f"Clerk {harm}")
            workspace.correct(folder, about, change, reason=f"{harm} x", by=f"{harm} x", case=case)
    matrix = workspace.matrices(workspace.load(folder))[0]
    kinds = ("hypothesis", "assumption", "absence")
    added = [
        workspace.judgement_on(matrix, kinds[n % 3], "added", words=f"{harm} x") for n, harm in enumerate(PAYLOADS[::6])
    ]
    workspace.judge_matrix(folder, [replace(one, reason="y") for one in added], by="x")


@pytest.fixture(scope="module")
def harmed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("harm")
    (folder / "in").mkdir()
    for n, row in enumerate(rows()):
        name = f"{n}{in_a_file_s_name(row['title'])}.jsonl"
        (folder / "in" / name).write_text(json.dumps(row), encoding="utf-8")
    workspace.add(folder / "harm.case", [folder / "in"], processes=2)
    judge(folder / "harm.case", workspace.load(folder / "harm.case"))
    return folder / "harm.case"


@pytest.fixture(scope="module")
def case(harmed):
    return workspace.load(harmed)


LOOK = """(() => {
  const loads = "img, iframe, frame, object, embed, base, video, audio, source, picture, applet, math, marquee, " +
    "animate, set, foreignObject, portal, xmp, plaintext, listing, meta[http-equiv=refresh i], link[href*=evil]";
  const found = [...document.querySelectorAll(loads)].map((one) => one.outerHTML);
  if (document.documentElement.dataset.ran) found.push("a payload has run");
  if (document.scripts.length !== SCRIPTS) found.push(document.scripts.length + " scripts");
  for (const one of document.querySelectorAll("*")) {
    const names = [...one.attributes].map((held) => held.name);
    if (names.some((name) => name.startsWith("on") || name === "srcdoc")) found.push(one.outerHTML);
  }
  for (const one of document.links) {
    if (!["http:", "https:", "file:"].includes(one.protocol)) found.push(one.outerHTML);
  }
  for (const one of document.forms) {
    if (new URL(one.getAttribute("action") || "", location).origin !== location.origin) found.push(one.outerHTML);
  }
  return found.map((one) => one.slice(0, 300));
})()"""
"""What no page has, unless something of a report became more than text."""


OWN_PICTURES = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width="
"""So begin the arrows of the style."""


def looked(browser, scripts=1):
    browser.run("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    return browser.run(LOOK.replace("SCRIPTS", str(scripts)))


@contextmanager
def watched(folder):
    """A browser that notes all that goes over any network, and afterwards whether that was only what it should be."""
    log = folder / "net.json"
    with browsing(folder / "profile", f"--log-net-log={log}") as browser:
        yield browser
        told = browser.complaints()
        assert [one for one in told if not re.search(r"server responded with a status of 40[04] ", one)] == []
    noted = log.read_text("utf-8", "replace")
    assert '"type":' in noted
    assert THERE not in noted


def lists(path, number):
    mark = "&" if "?" in path else "?"
    return [f"{path}{mark}page={page}" for page in range(1, -(-number // 60) + 1)]


def pages_of(case):
    voices = [one for one in case.voices if one.name != UNSPECIFIED]
    days = sorted({one.published for one in case.reports})
    harm = quote(PAYLOADS[0])
    return [
        "/", "/hypotheses", "/add", "/draft", "/hand-over", "/search?q=gate", f"/search?q={harm}", f"/{harm}",
        "/incidents/1",
        f"/as-of?day={days[len(days) // 2]}", f"/as-of?day={harm}",
        *lists("/reports", len(case.reports)), *lists("/names", len(case.entities)),
        *lists("/voices", len(case.voices)), *lists("/judgements", len(case.judgements)),
        *(f"/reports/{one.id}" for one in case.reports), *(f"/names/{one.id}" for one in case.entities[:MOST]),
        *(f"/voices/{one.id}" for one in voices[:MOST]), *(f"/hypotheses/{one.id}" for one in case.questions[:MOST]),
        *(f"/hypotheses/{case.questions[0].id}/{row}" for row in (1, 2)),
        *(f"/responsibility?book={book}" for book in ("blame", "states", "wording", harm)), f"/tolls?day={harm}",
        "/tolls", "/timeline", "/silence", "/weights", f"/drift?kind={harm}", "/news?adding=1",
        *lists("/timeline?all=1", min(len(case.moments), 120)), *lists("/news", len(case.reports)),
        *lists("/echoes", min(len(case.echoes), 120)), *lists("/drift", 120),
        *(f"/weights/{one.id}" for one in case.questions[:MOST]), f"/news?day={days[len(days) // 2]}",
    ]  # fmt: skip


def draft():
    """A zero byte would make it no text."""
    return "\n\n".join(f"Warden Oke said that {harm} set the shed on fire." for harm in PAYLOADS).replace("\0", "")


def test_there_are_two_hundred_and_all_are_in_the_case(case):
    assert len(PAYLOADS) >= 200
    assert len(case.reports) == len(PAYLOADS) // 2 + len(PAYLOADS) % 2
    assert sum(one.reason.endswith(" x") for one in case.judgements) >= len(PAYLOADS)


def test_on_the_pages_of_the_workspace(harmed, case, tmp_path):
    with served(harmed) as (_, address), watched(tmp_path) as browser:
        base = address.split("/open/")[0]
        browser.go(address)
        found = {}
        for path in pages_of(case):
            browser.go(base + path)
            found[path] = looked(browser)
        browser.go(f"{base}/draft")
        browser.run("document.querySelector('[name=by]').focus()")
        browser.type(PAYLOADS[0])
        browser.leads_on(browser.click, "form.me button")
        browser.go(f"{base}/draft")
        browser.run("document.querySelector('textarea').focus()")
        browser.type(draft())
        browser.leads_on(browser.click, "form[action='/draft'] button")
        found["draft"] = looked(browser)
        assert browser.run("document.querySelectorAll('.drafted li').length") > 200
        assert {path: bad for path, bad in found.items() if bad} == {}
        assert {
            one for one in browser.requests() if not one.startswith((base, "data:,", "about:", OWN_PICTURES))
        } == set()


def test_on_the_dossier_and_the_page_of_a_draft(case, tmp_path):
    workspace.write_dossier(case, tmp_path / "dossier.html", title=PAYLOADS[0])
    (tmp_path / "draft.txt").write_text(draft(), "utf-8")
    told, checked = workspace.check_draft(case, workspace.read_draft(tmp_path / "draft.txt")[0])
    workspace.write(workspace.check_page(told, checked), tmp_path / "check.html")
    with watched(tmp_path) as browser:
        for name, scripts in (("dossier", 1), ("check", 0)):
            browser.go((tmp_path / f"{name}.html").as_uri())
            assert looked(browser, scripts) == [], name
        assert {one for one in browser.requests() if not one.startswith((tmp_path.as_uri(), OWN_PICTURES))} == set()


def test_where_nothing_but_the_program_stands_between(case, tmp_path):
    """Pictures in a notebook and the dossier as Markdown are shown by others, who have no policy against scripts."""
    shown = [
        case,
        *((one, case) for one in case.questions),
        *(one.attributions[0] for one in case.findings if one.attributions),
    ]
    pictures = "".join(workspace.show(*one if isinstance(one, tuple) else (one,))._repr_html_() for one in shown)
    written = workspace.write_dossier(case, tmp_path / "dossier.md", title=PAYLOADS[0], form="markdown")
    drawn = MarkdownIt("commonmark", {"html": True}).enable("table").render(written)
    with watched(tmp_path) as browser:
        for name, body in (("pictures", pictures), ("markdown", drawn)):
            (tmp_path / f"{name}.html").write_text(f"<!doctype html><meta charset=utf-8><body>{body}", "utf-8")
            browser.go((tmp_path / f"{name}.html").as_uri())
            assert looked(browser, 0) == [], name
        assert {one for one in browser.requests() if not one.startswith(tmp_path.as_uri())} == set()


def test_the_witness_speaks(tmp_path):
    """Where payloads are taken for markup, they do run, load and are found."""
    body = "".join(one for one in PAYLOADS if one.startswith(("<img", "<svg onload", "<link")))
    (tmp_path / "bad.html").write_text(f"<!doctype html><meta charset=utf-8><body>{body}", "utf-8")
    with browsing(tmp_path / "profile") as browser:
        browser.go((tmp_path / "bad.html").as_uri())
        found = looked(browser, 0)
        assert "a payload has run" in found
        assert any("onerror" in one for one in found)
        assert any(THERE in one for one in browser.requests())


TABLES = (
    ["claims", "--own"], ["voices"], ["names", "--all"], ["incidents"], ["questions"], ["lineage", "--reasons"],
    ["weigh"], ["tolls", "--figures"], ["timeline", "--all"], ["hypotheses", "--all"], ["accounts"], ["versions"],
    ["log"], ["new"], ["silence", "--all"], ["ask"],
)  # fmt: skip
FORMULA = re.compile(r"[\s\"\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]*[=+\-@\t\r＝＋－＠−]")
TO_DO = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Kinds of characters that do something in a terminal, or to the order of what is shown."""


def ran(*given):
    told = CliRunner().invoke(commands, list(map(str, given)))
    assert told.exit_code == 0, told.output[-500:]
    return told


@pytest.mark.parametrize("command", TABLES, ids=lambda one: one[0])
def test_in_the_terminal_s_tables(harmed, command):
    told = ran(command[0], harmed, *command[1:]).output
    assert told.strip()
    assert {c for c in told if unicodedata.category(c) in TO_DO} <= {"\n"}


def safe_cells(text):
    rows = list(csv.reader(io.StringIO(text, newline="")))
    cells = [cell for row in rows for cell in row]
    # What parts cells by semicolons, tabs or line ends takes each of these pieces for a cell.
    bad = [cell for cell in cells if any(FORMULA.match(piece) for piece in (cell, *re.split(r"[;\t\r\n]", cell)[1:]))]
    assert len({len(row) for row in rows}) == 1
    return cells, bad


@pytest.mark.parametrize("command", TABLES, ids=lambda one: one[0])
def test_in_csv_and_json_lines(harmed, command):
    rows, lines = (ran(command[0], harmed, *command[1:], "--format", form).stdout for form in ("csv", "jsonl"))
    assert safe_cells(rows)[1] == []
    assert all(isinstance(json.loads(line), dict) for line in lines.splitlines())


def test_in_exports_and_the_bundle(harmed, case, tmp_path):
    cells, bad = safe_cells(workspace.export(case, "csv"))
    assert bad == []
    assert sum(RUN in cell for cell in cells) > 100
    told = json.loads(workspace.export(case, "json"))
    assert {one["title"] for one in told["reports"]} == {one.title for one in case.reports}
    chains = workspace.export(case, "chains", with_text=True).splitlines()
    assert len(list(map(json.loads, chains))) == len(case.reports)
    ran("export", harmed, "--format", "bundle", "-o", tmp_path / "x.zip")
    with zipfile.ZipFile(tmp_path / "x.zip") as bundle:
        names = bundle.namelist()
        lines = bundle.read("records.jsonl").decode().split("\n")[:-1]
    assert all(re.fullmatch(r"(texts/|files/)?[\w.]+", name, re.ASCII) for name in names)
    assert len(list(map(json.loads, lines))) == len(lines)
