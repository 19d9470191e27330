"""The site builds, every link in it leads somewhere in it, and nothing in it asks for anything outside."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

import sayso.model
from press import browser, notebook, pictures, site
from sayso.cli import commands

OUTSIDE = re.compile(r"^(?:[a-z]+:|//)")


class Marks(HTMLParser):
    """Elements, anchors, and all that an element could fetch or lead to."""

    def __init__(self, text):
        super().__init__()
        self.names, self.anchors, self.links, self.depth = set(), set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, given):
        self.names.add(tag)
        self.anchors.update(value for name, value in given if name == "id")
        self.links += [value for name, value in given if name in {"href", "src", "srcset", "action", "data", "poster"}]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    return folder, {file: Marks(file.read_text("utf-8")) for file in site.build(folder)}


def test_every_page_is_there(built):
    folder, pages = built
    assert {folder / f"{one.name}.html" for one in site.sources()} <= set(pages)
    assert all(file.stat().st_size > 1500 for file in pages)


def test_every_link_leads_to_something_in_the_site(built):
    folder, pages = built
    followed = 0
    for file, marks in pages.items():
        for link in marks.links:
            assert not OUTSIDE.match(link), f"{file.name}: {link}"
            place, _, anchor = link.partition("#")
            target = (file.parent / place).resolve() if place else file
            assert target.is_file(), f"{file.name}: {link}"
            assert folder in target.parents
            assert not anchor or anchor in pages[target].anchors, f"{file.name}: {link}"
            followed += 1
    assert followed > 500


def test_nothing_runs_and_nothing_is_fetched(built):
    folder, pages = built
    for file, marks in pages.items():
        assert not marks.names & {"script", "iframe", "object", "embed", "form", "base"}, file.name
    assert not re.search(r"@import|url\((?!\"data:)", (folder / "site.css").read_text("utf-8"))


@pytest.mark.parametrize(
    "link", ["gone.md", "#gone", "docs/tutorial.md#gone", "https://gull.example", "../etc/hosts", "/etc/hosts"]
)
def test_a_link_that_leads_nowhere_stops_the_building(link):
    tutorial = written("# Tutorial: a first dossier", "tutorial")
    site.check([written("[x](docs/tutorial.md#tutorial-a-first-dossier)"), tutorial])
    with pytest.raises(site.BrokenLink):
        site.check([written(f"[x]({link})"), tutorial])


def written(text, name="x"):
    return site.rendered(site.Source(name, name, f"{name}.md", lambda: text))


def test_html_in_a_text_stays_text():
    page = written("a <script>alert(1)</script>\n\n<img src=x onerror=y>")
    assert "<script" not in page.body
    assert "<img" not in page.body


def test_the_page_of_commands_has_every_command_and_every_option(built):
    folder, _ = built
    text = (folder / "commands.html").read_text("utf-8")
    for name, command in commands.commands.items():
        assert f'<h2 id="sayso-{name}">sayso {name}</h2>' in text
        for one in command.params:
            assert all(spelling in text for spelling in one.opts if spelling.startswith("--"))


def test_the_page_of_records_has_every_record_and_term(built):
    folder, _ = built
    text = (folder / "records.html").read_text("utf-8")
    assert [name for name in sayso.model.__all__ if f">{name}</h3>" not in text] == []


def test_the_page_of_functions_has_what_import_sayso_offers(built):
    folder, _ = built
    text = (folder / "python.html").read_text("utf-8")
    functions = [name for name in sayso.__all__ if name[0].islower()]
    assert [name for name in functions if f">sayso.{name}</h2>" not in text] == []


def test_the_notebook_holds_the_cells_of_the_script_and_what_they_showed():
    book = json.loads(notebook.FILE.read_text("utf-8"))
    assert [(cell["cell_type"], "".join(cell["source"])) for cell in book["cells"]] == list(notebook.CELLS)
    shown = ["text/html" in output["data"] for cell in book["cells"] for output in cell.get("outputs", ())]
    assert shown == [True, True, True, False]


@pytest.mark.slow
def test_the_notebook_runs():
    outputs = [given for kind, _, given in notebook.run() if kind == "code"]
    assert all(given["text/html"].count("<svg") for given in outputs[:3])
    assert outputs[3]["text/plain"].startswith("[('killed'")


def test_every_picture_is_shown_somewhere(built):
    _, pages = built
    shown = {link.rpartition("/")[2] for marks in pages.values() for link in marks.links if "pictures/" in link}
    assert {file.name for file in pictures.FOLDER.iterdir()} == shown
    assert {f"{shot.name}.png" for shot in pictures.SHOTS} <= shown


def test_the_floor_plan_has_every_room():
    plan = (site.ROOT / "README.md").read_text("utf-8").partition("## Floor plan")[2].partition("Who may use whom")[0]
    named = set(re.findall(r"^ {6}([a-z]+/|[a-z]+\.py) ", plan, re.MULTILINE))
    rooms = {f"{one.name}/" for one in site.ROOT.glob("src/sayso/*") if (one / "__init__.py").exists()}
    assert named == rooms | {one.name for one in site.ROOT.glob("src/sayso/[!_]*.py")}


@pytest.mark.slow
@pytest.mark.skipif(browser.program() is None, reason="no chromium on this machine: install it to look at the site")
def test_no_page_is_wider_than_its_window(built, tmp_path):
    _, pages = built
    with browser.opened(tmp_path / "profile") as window:
        for width in (390, 800, 1440):
            window.size(width, 900)
            for file in pages:
                window.go(file.as_uri())
                assert window.run("document.documentElement.scrollWidth") <= width, f"{file.name} at {width}"
