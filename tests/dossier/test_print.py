"""On paper every statement has a numbered note: its sentence, and where that stands."""

from __future__ import annotations

import re
import subprocess
from html import unescape
from shutil import which

import pytest

from sayso.dossier import compose
from sayso.dossier.index import Place
from sayso.dossier.markdown import compose_markdown
from sayso.dossier.notes import Notes
from sayso.dossier.page import NOT_WEIGHED, seen
from tests.dossier.case_of_ostra import ostra
from tests.dossier.test_browser import BROWSER, FLAGS, dom, typed
from tests.dossier.test_questions import asked

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: install it to test the page in a browser"),
]

PRINTED = """
  dispatchEvent(new Event("beforeprint"));
  await new Promise((done) => { setTimeout(done, 100); });
  dispatchEvent(new Event("beforeprint"));
})();"""
NOTE = re.compile(r"<li><q>(.*?)</q> Report (\d+), (.*?), (paragraph|page) (\d+), sentence (\d+)\.</li>", re.DOTALL)
PLACE = re.compile(r'href="#(?:s\d+-\d+|q\d+)"[^>]*>[^<]*</a>(<sup class="nt">\d+</sup>)?')


def one_line(words):
    return " ".join(unescape(words).split())


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("printed")
        return dom(typed(asked(ostra()), PRINTED, folder, patch), folder)


def test_every_statement_has_the_number_of_its_note(printed):
    stated = printed.partition('<section id="disputes"')[2].partition('<section id="cast"')[0]
    places = PLACE.findall(stated)
    assert len(places) > 20
    assert all(places)


def test_the_notes_are_those_of_the_markdown(printed):
    """Same sentences, same paragraphs: both count as the page does."""
    notes = NOTE.findall(printed.partition('<section id="notes"')[2])
    assert len(notes) > 10
    known = Notes(seen(asked(ostra()), None, NOT_WEIGHED, mark="", title="").known)
    for words, report, _, kind, place, sentence in notes:
        number = known.number(Place(int(report), int(sentence)))
        note = known.all()[number - 1]
        assert one_line(words) == one_line(re.sub("[\u202e\u2066]", lambda c: f"[U+{ord(c[0]):04X}]", note.sentence))
        assert f"{kind} {place}, sentence {sentence}" in note.where


def test_notes_are_made_once_and_stand_for_themselves(printed):
    assert printed.count('<section id="notes">') == 1
    assert "<script>alert" not in printed.partition('<section id="notes">')[2].partition("</section>")[0]


@pytest.mark.skipif(which("pdftotext") is None, reason="no pdftotext on this machine: install poppler-utils")
def test_the_notes_are_on_the_paper(tmp_path):
    page, paper = tmp_path / "dossier.html", tmp_path / "dossier.pdf"
    page.write_text(compose(asked(ostra())), encoding="utf-8")
    flags = [flag for flag in FLAGS if flag != "--dump-dom"]
    command = [BROWSER, *flags, f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={paper}", page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    text = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, text=True, check=True).stdout
    notes = text.rpartition("Notes")[2]
    assert "1. “" in notes
    assert "Coast Wire, 2 May 2031, by Ada Lind, paragraph 2, sentence 2." in one_line(notes)
    assert compose_markdown(asked(ostra())).count("\n[^") > 10
