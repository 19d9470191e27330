"""The page in a real browser: nothing of a report runs, nothing is asked of any network, packed parts come back."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from sayso.dossier import compose, page
from sayso.model import Entity, Span, Where
from tests.dossier.case_of_ostra import ostra

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--virtual-time-budget=4000", "--dump-dom",
)  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no chromium on this machine: install it to test the page in a browser"),
]

WITNESS = "<script>document.documentElement.dataset.ran = 'yes'</script>"


def dom(html, folder):
    """The page's elements after its script has run."""
    file = folder / "dossier.html"
    file.write_text(html, encoding="utf-8")
    command = [BROWSER, *FLAGS, f"--user-data-dir={folder / 'profile'}", file.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def test_the_page_s_script_runs_and_nothing_else(tmp_path):
    harmed = compose(ostra()).replace("</main>", WITNESS + "</main>")
    html = dom(harmed, tmp_path)
    assert '<span class="chips"><button type="button" data-kind="alleges"' in html
    # Even a script that got into the page as markup is stopped by the policy.
    assert WITNESS in html
    assert "data-ran" not in html
    assert "<img" not in html
    # The witness does speak where no policy stops it.
    assert 'data-ran="yes"' in dom(harmed.replace("Content-Security-Policy", "No-Policy"), tmp_path)


SEARCH = """
  find.value = "WORDS";
  sift();
})();"""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("zebra", "Nothing found among voices and claims. Try your browser’s search in the reports below."),
        ("burned for six", 'Nothing found among voices and claims. The words stand in reports <a href="#r1">1</a>, '),
        ("gate had been", '1 claim. The words stand in report <a href="#r1">1</a>.'),
    ],
)
def test_the_search_says_what_it_finds_and_hides_empty_headings(tmp_path, monkeypatch, words, said):
    html = dom(typed(ostra(), SEARCH.replace("WORDS", words), tmp_path, monkeypatch), tmp_path)
    assert f'<output aria-live="polite">{said}' in html
    assert '<h3 class="oh off"' in html


CLAIM = re.compile(r'<li id="c\d+".*?(?=<li|</ul>)', re.DOTALL)


def test_packed_parts_come_back(tmp_path, monkeypatch):
    whole = compose(ostra())
    monkeypatch.setattr(page, "LARGEST_PAGE", 0)
    monkeypatch.setattr(page, "KEPT", dict.fromkeys(page.KEPT, 0))
    small = compose(ostra())
    assert "<template" in small
    assert not CLAIM.findall(small)
    html = dom(small, tmp_path)
    assert "<template" not in html
    assert all(f'id="c{n}"' in html and f'id="q{n}"' in html for n in range(1, 12))
    # What a claim says was not packed with it: the script took it from the report.
    assert sorted(CLAIM.findall(html)) == sorted(CLAIM.findall(dom(whole, tmp_path)))


FOLLOW = """
  document.querySelectorAll("details").forEach((box) => { box.open = true; });
  await new Promise((done) => { setTimeout(done, 100); });
  location.hash = "s1-7";
})();"""

POINT = """
  document.querySelectorAll("details").forEach((box) => { box.open = true; });
  document.querySelector('.e a[href="#s1-4"]').click();
  await new Promise((done) => { setTimeout(done, 100); });
  const found = [...CSS.highlights.get("met")];
  const words = found.map((one) => one.startContainer.data.slice(one.startOffset, one.endOffset));
  document.body.dataset.met = words.join("|");
})();"""


def test_the_words_that_a_spelling_led_to_are_pointed_at(tmp_path, monkeypatch):
    html = dom(typed(ostra(), POINT, tmp_path, monkeypatch), tmp_path)
    assert 'data-met="Varn"' in html


def test_folded_places_become_links_and_lead_to_their_sentence(tmp_path, monkeypatch):
    case = ostra()
    of = case.reports[0]
    letters = tuple(Where(of.id, Span(n, n + 1)) for n in range(len(of.text)) if of.text[n] == "e")
    many = replace(case, entities=(Entity("x", "e", "other", ("e",), letters),), incidents=())
    html = dom(typed(many, FOLLOW, tmp_path, monkeypatch), tmp_path)
    assert '<span class=""><a href="#s1-7">1:7</a> <a href="#s1-8">1:8</a> <a href="#s1-9">1:9</a> </span>' in html
    assert re.search(r'<span id="s1-7" class="on">.{0,200}“After that it was only smoke.”', html, re.DOTALL)


def typed(case, words, folder, monkeypatch):
    """The page of a case with something done at the end of its own script: nothing else may run in it."""
    page.environment()  # its templates stay where they are
    for name in ("style.css", "page.js"):
        (folder / name).write_text((page.HERE / name).read_text("utf-8"), encoding="utf-8")
    script = (folder / "page.js").read_text("utf-8").rstrip().removesuffix("})();")
    (folder / "page.js").write_text(script + words, encoding="utf-8")
    monkeypatch.setattr(page, "HERE", folder)
    return compose(case)
