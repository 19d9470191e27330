"""The site: pages of plain HTML from Markdown, each with its contents, in the dossier's own style.

Nothing in it asks for anything: no script, no font, no address beyond its own folder. A link in Markdown may lead to
another page, to a heading, to a folder that has a page, or to a file of the checkout, which is then shown as a page.
Whatever leads nowhere, or out of the checkout, stops the building.
"""

from __future__ import annotations

import html
import posixpath
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from press import commands, notebook, records, tables

HERE = Path(__file__).parent
ROOT = HERE.parent
STYLE = ROOT / "src/sayso/dossier/style.css"


class Source(NamedTuple):
    """What a page is made of."""

    name: str
    """Of the page, without ".html"."""
    title: str
    """As the list of pages has it."""
    path: str
    """Of the Markdown, or of what it is made from, in the checkout."""
    made: Callable[[], str] | None = None
    """Gives the Markdown where it is made from the code."""


SECTIONS: dict[str, tuple[Source, ...]] = {
    "Begin": (
        Source("index", "What it is", "README.md"),
        Source("tutorial", "Tutorial", "docs/tutorial.md"),
        Source("example", "The invented case", "examples/harbour-fire/README.md"),
        Source("notebook", "In a notebook", "docs/notebook.ipynb", notebook.as_markdown),
    ),
    "Do": (Source("how-to", "How to …", "docs/how-to.md"),),
    "Look up": (
        Source("reference", "Forms and words", "docs/reference.md"),
        Source("commands", "Commands", "src/sayso/cli", commands.page),
        Source("python", "Python", "src/sayso/__init__.py", records.functions),
        Source("records", "Records", "src/sayso/model", records.page),
        Source("assumptions", "Assumptions and tables", "src/sayso/weighing/assumptions.toml", tables.page),
    ),
    "Understand": (
        Source("explanation", "Why it works as it does", "docs/explanation.md"),
        Source("model-card", "The model: how often it is right", "src/sayso/weights/CARD.md"),
    ),
    "Take part": (
        Source("contributing", "Taking part", "CONTRIBUTING.md"),
        Source("changes", "Changes", "CHANGELOG.md"),
    ),
}
"""All pages, by what a reader wants (the four kinds are those of D. Procida, "Diátaxis", 2017)."""


class BrokenLink(Exception):
    """A link of the documentation leads nowhere."""


class Heading(NamedTuple):
    """A heading of a page."""

    level: int
    anchor: str
    words: str


@dataclass(slots=True)
class Page:
    """One page, ready but for its frame."""

    source: Source
    body: str
    headings: tuple[Heading, ...]
    links: tuple[str, ...]
    """As they stand in the page: relative to its folder."""
    files: dict[str, Path] = field(default_factory=dict)
    """Pictures and shown files that the page needs: place in the site to place in the checkout."""


def sources() -> Iterator[Source]:
    """All pages in their order."""
    for pages in SECTIONS.values():
        yield from pages


def build(folder: Path) -> list[Path]:
    """Write the site into a folder, which is emptied first if it is a site. Gives its pages.

    Raises `BrokenLink` for a link that leads nowhere, before anything is written.
    """
    pages = [rendered(one) for one in sources()]
    check(pages)
    if (folder / "site.css").exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "site.css").write_text(_style(), encoding="utf-8")
    written = [_write(folder / f"{page.source.name}.html", _framed(page)) for page in pages]
    for place, file in sorted({pair for page in pages for pair in page.files.items()}):
        if place.endswith(".html"):
            written.append(_write(folder / place, _shown(file, place)))
        else:
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, folder / place)
    return written


def rendered(source: Source) -> Page:
    """The page's body, with an anchor on every heading and every link led to its page."""
    text = source.made() if source.made else (ROOT / source.path).read_text("utf-8")
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.add_render_rule("fence", _fence)
    markdown.add_render_rule("code_block", _fence)
    tokens = markdown.parse(text)
    page = Page(source, "", tuple(_headings(tokens)), ())
    links = tuple(_led(tokens, page))
    return replace(page, body=markdown.renderer.render(tokens, markdown.options, {}), links=links)


def check(pages: list[Page]) -> None:
    """Raise `BrokenLink` unless every link leads to a page, a heading or a file of the site."""
    anchors = {f"{page.source.name}.html": {one.anchor for one in page.headings} for page in pages}
    files = {place for page in pages for place in page.files}
    for page in pages:
        for link in page.links:
            place, _, anchor = link.partition("#")
            there = anchors.get(place or f"{page.source.name}.html")
            if (there is None and place not in files) or (anchor and anchor not in (there or ())):
                raise BrokenLink(f"{page.source.path}: the link to {link} leads nowhere.")


def slug(words: str) -> str:
    """The anchor of a heading, as code hosts make it, so that links hold there too.

    >>> slug("… accept, reject or mend"), slug("`--as-of` and 2 more")
    ('-accept-reject-or-mend', '--as-of-and-2-more')
    """
    return re.sub(r"[^\w\- ]", "", words.strip().lower()).replace(" ", "-")


def _headings(tokens: list[Token]) -> Iterator[Heading]:
    """The headings; each token gets its anchor."""
    met: dict[str, int] = {}
    for token, inside in pairwise(tokens):
        if token.type != "heading_open":
            continue
        words = "".join(part.content for part in inside.children or ())
        anchor = slug(words)
        met[anchor] = met.get(anchor, -1) + 1
        anchor += f"-{met[anchor]}" if met[anchor] else ""
        token.attrSet("id", anchor)
        yield Heading(int(token.tag[1]), anchor, words)


def _led(tokens: list[Token], page: Page) -> Iterator[str]:
    """Turn each link and picture to its place in the site; gives where they lead."""
    for token in (part for block in tokens for part in block.children or ()):
        for name in ("href", "src"):
            if isinstance(old := token.attrGet(name), str):
                token.attrSet(name, place := _place(old, page))
                yield place


def _place(link: str, page: Page) -> str:
    """Where a link of the Markdown leads in the site. Adds to the page's files."""
    path, _, anchor = link.partition("#")
    if ":" in path or path.startswith("/"):
        raise BrokenLink(f"{page.source.path}: {link} leads out of the documentation.")
    if not path:
        return link
    home = "" if page.source.made else posixpath.dirname(page.source.path)
    target = posixpath.normpath(posixpath.join(home, path))
    known = {one.path: one.name for one in sources()}
    if target in known:
        return f"{known[target]}.html" + (f"#{anchor}" if anchor else "")
    if not (ROOT / target).is_file() or target.startswith(".."):
        raise BrokenLink(f"{page.source.path}: {link} leads nowhere.")
    picture = target.endswith((".png", ".svg"))
    place = f"pictures/{posixpath.basename(target)}" if picture else f"files/{target.replace('/', '.')}.html"
    page.files[place] = ROOT / target
    return place


def _fence(_renderer: object, tokens: list[Token], number: int, *_: object) -> str:
    """A block of code; what the notebook shows is HTML that the program made, and stands as it is.

    Whoever has no mouse can scroll it too.
    """
    token = tokens[number]
    if token.info == notebook.SHOWN:
        return f"<div class=out>{token.content}</div>\n"
    return f"<pre tabindex=0><code>{html.escape(token.content)}</code></pre>\n"


def _framed(page: Page) -> str:
    title = next((one.words for one in page.headings if one.level == 1), page.source.title)
    listed = [one for one in page.headings if one.level == 2]
    body = Markup(page.body)  # noqa: S704 (rendered from our own Markdown, without HTML of its own)
    return _frame().render(name=page.source.name, title=title, body=body, headings=listed, sections=SECTIONS, up="")


def _shown(file: Path, place: str) -> str:
    """A file of the checkout as a page: its text, escaped."""
    title = file.relative_to(ROOT).as_posix()
    body = Markup("<h1>{}</h1><pre class=file tabindex=0><code>{}</code></pre>").format(title, file.read_text("utf-8"))
    return _frame().render(name="", title=title, body=body, headings=[], sections=SECTIONS, up="../" * place.count("/"))


@cache
def _frame() -> Template:
    made = Environment(loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return made.get_template("page.html.j2")


def _style() -> str:
    """The colours and letters of the dossier, then the site's own."""
    return "\n".join(file.read_text("utf-8") for file in (STYLE, HERE / "site.css"))


def _write(file: Path, text: str) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file
