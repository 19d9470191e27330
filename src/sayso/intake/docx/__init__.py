"""The text of a Word document (DOCX, DOCM, DOTX): all of it, in order, and what was left out, said.

Comments are left out: they are no part of what was published, and somebody else speaks in them. Footnotes and endnotes
stand after the text. Headers and footers are left out, and quoted in a note if they say more than the page's number.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from sayso.intake import fields, proposals
from sayso.intake.docx.lists import Style, read_lists, read_styles
from sayso.intake.docx.package import Package, Relation, local
from sayso.intake.docx.wordml import Reader
from sayso.intake.docx.wordtext import RENDERED, mark, paginate, without_breaks
from sayso.intake.records import Article, Lost, Member, Notes, NotRead
from sayso.intake.unpacking import formats, suffix

APART = frozenset({"package", "oleObject", "aFChunk", "control"})
"""Relations to files within the document (ECMA-376 part 1 §11.3.1, §15.2.1, §15.2.11)."""
DRAWN = frozenset({"diagramData", "chart", "chartEx"})
NAMED = 8
"""Names or fonts that a note names at most."""
QUOTED = 200
"""Characters of headers and footers that a note quotes."""
_PAGE_NUMBER = re.compile(r"[\W\d_]|\b(?:page|pages|of)\b", re.IGNORECASE)
_FILE_NAME = re.compile(r"(?:microsoft word - )?\S.*\.(?:docx?|dotx?|rtf|odt|txt)", re.IGNORECASE)


@dataclass(slots=True)
class Met:
    """What was met in all parts, to be said in notes."""

    changes: Counter[str] = field(default_factory=Counter)
    authors: Counter[str] = field(default_factory=Counter)
    unknown: set[str] = field(default_factory=set)
    hidden: int = 0
    unended: int = 0
    pictures: int = 0

    def add(self, reader: Reader) -> None:
        """What one part has shown."""
        state = reader.state
        self.changes += state.changes
        self.authors += state.authors
        self.unknown |= state.unknown
        self.hidden += state.hidden
        self.pictures += state.pictures


def articles(data: bytes) -> Iterator[Article | Member | Lost]:
    """The one text of a document; then the files within it; then what of it is not read.

    Raises NotRead for what is no document, is locked, damaged, too large, or holds a document type.
    """
    package = Package(data)
    main = next((one.target for one in package.relations() if one.kind == "officeDocument"), "word/document.xml")
    relations = package.relations(main)
    styles = read_styles(package, _part(relations, "styles"))
    reader = _read(package, main, styles, relations)
    if reader.root != "w:document":
        raise NotRead("format", _no_document(reader.root))
    met = Met()
    body = reader.text()
    if reader.state.unended:
        met.unended = reader.state.unended
        reader = _read(package, main, styles, relations, fields_are_text=True)
        body = reader.text()
    met.add(reader)
    text, pages = _paged(package, body)
    text = "\n\n".join(filter(None, (text, *_beside(package, relations, reader, met))))
    apart = [one for one in relations if one.kind in APART and one.target]
    if text.strip():
        notes = (*_notes(met), *_about(package, relations, reader), *_about_pages(package, pages))
        yield _described(package, Article(text, pages=pages, notes=notes))
    elif apart:
        yield Lost("empty", "", _empty(met))
    else:
        raise NotRead("empty", _empty(met))
    yield from _members(package, apart)


def _read(
    package: Package,
    main: str,
    styles: dict[str, Style],
    relations: Iterable[Relation],
    *,
    fields_are_text: bool = False,
) -> Reader:
    """The main part, its lists counted from their beginning."""
    reader = Reader(styles, read_lists(package, _part(relations, "numbering")))
    reader.state.fields_are_text = fields_are_text
    package.walk(main, reader)
    return reader


def _part(relations: Iterable[Relation], kind: str) -> str:
    return next((one.target for one in relations if one.kind == kind), "")


def _no_document(root: str) -> str:
    what = root.partition(":")[2]
    if what in {"workbook", "presentation"}:
        return f"is no Word document but a {what}. Save what it says as .docx or .txt."
    return "has no text of a Word document in it. Open it in a word processor and save it anew."


def _empty(met: Met) -> str:
    if met.pictures:
        return "holds pictures but no text: it may be a scan. Have its text recognised (OCR) and hand that in."
    if met.hidden or met.changes:
        return "holds no text but what is hidden or deleted. Show it in a word processor and save that."
    return "holds no text."


def _paged(package: Package, body: str) -> tuple[str, tuple[tuple[int, ...], ...]]:
    """Text, and pages if the file says where all of them end.

    It does where the program that saved it marked every break; or where the author set as many breaks as make the pages
    that the program counted. One page is not believed: libraries write that number and have counted nothing.
    """
    text, pages = paginate(body)
    known = RENDERED in body or (len(pages) > 1 and _counted(package) == str(len(pages)))
    return text.strip("\n"), pages if known else ()


def _counted(package: Package) -> str:
    """How many pages the program that saved the file counted."""
    return _properties(package, "extended-properties", "docprops/app.xml").get("Pages", "")


def _beside(package: Package, relations: Iterable[Relation], reader: Reader, met: Met) -> Iterator[str]:
    """What stands after the text: footnotes, endnotes, words in diagrams."""
    for kind in ("footnote", "endnote"):
        notes = Reader(reader.state.styles, reader.state.lists)
        package.walk(_part(relations, f"{kind}s"), notes)
        met.add(notes)
        for of, number, count in reader.state.references:
            if of == f"w:{kind}" and (said := notes.state.notes.pop(number, "")):
                yield f"{mark(of, count)} {said}" if count else said
    for drawn in dict.fromkeys(one.target for one in relations if one.kind in DRAWN and one.target):
        yield _drawn(package.tree(drawn))


def _drawn(root: Any) -> str:  # noqa: ANN401 - lxml carries no types
    """The words of a diagram or a chart, a line for each paragraph (DrawingML, ECMA-376 part 1 §21.1.2.2.6)."""
    paragraphs = () if root is None else root.iter("{*}p")
    lines = ("".join(one.text or "" for one in paragraph.iter("{*}t")).strip() for paragraph in paragraphs)
    return "\n".join(filter(None, lines))


def _notes(met: Met) -> Iterator[tuple[str, str]]:
    """What a reader must know of a text that holds more than it shows."""
    if met.changes:
        kept, moved = met.changes["w:ins"], met.changes["w:moveTo"]
        counts = f"{kept} inserted (kept), {met.changes['w:del']} deleted (left out), {moved} moved"
        yield "tracked-changes", f"The document holds tracked changes by {_names(met.authors)}: {counts}."
    if met.hidden:
        yield "hidden-text", f"The document holds hidden text, which was left out: {met.hidden:,} characters."
    if met.unended:
        yield "field-without-end", "A field of the document has no end; what may be its code was read as text."
    if met.unknown:
        fonts = ", ".join(sorted(met.unknown)[:NAMED])
        yield "symbols", f"Signs of symbol fonts ({fonts}) are not known here and show as \ufffd."


def _names(authors: Counter[str]) -> str:
    named = [fields.tidy(name) or "somebody without a name" for name in list(authors)[:NAMED]]
    more = len(authors) - len(named)
    return " and ".join(named) + (f" and {more} more" if more > 0 else "")


def _about(package: Package, relations: Iterable[Relation], main: Reader) -> Iterator[tuple[str, str]]:
    """What the parts beside the text hold."""
    comments = Reader(main.state.styles, main.state.lists)
    package.walk(_part(relations, "comments"), comments)
    if count := comments.state.comments:
        by = _names(comments.state.authors)
        yield "comments", f"The document holds comments, which were left out: {count}, by {by}."
    if furniture := _furniture(package, relations, main):
        yield "headers-and-footers", f"Headers and footers were left out. They say: {furniture!r}."
    if any(one.kind == "chart" for one in relations):
        yield "charts", "The document holds charts: their words stand at its end, their figures were left out."
    if any(one.kind == "subDocument" for one in relations):
        yield "document-apart", "A part of the document is in another file. Hand that in too."
    if package.twice:
        yield "part-twice", f"The file holds {package.twice[0]} more than once; the last one was read."


def _furniture(package: Package, relations: Iterable[Relation], main: Reader) -> str:
    """The words of headers and footers, each once; "" if they only number the pages."""
    said: dict[str, None] = {}
    for part in dict.fromkeys(one.target for one in relations if one.kind in {"header", "footer"}):
        reader = Reader(main.state.styles, main.state.lists)
        package.walk(part, reader)
        words = " ".join(without_breaks(reader.text()).split())
        if _PAGE_NUMBER.sub("", words):
            said[words] = None
    return fields.tidy(" / ".join(said))[:QUOTED]


def _about_pages(package: Package, pages: tuple[tuple[int, ...], ...]) -> Iterator[tuple[str, str]]:
    if pages:
        counted = _counted(package)
        other = (
            f" (it counts {counted} pages, its marks give {len(pages)})" if counted not in {"", str(len(pages))} else ""
        )
        said = "The pages are those at which the program that saved the file last broke it"
        yield "pages-of-last-saving", f"{said}{other}; elsewhere they can differ. Its notes count to the last page."


def _described(package: Package, article: Article) -> Article:
    """With what the file's properties say of it (ECMA-376 part 2 §11), each proposed, for they are often left over."""
    said = _properties(package, "core-properties", "docprops/core.xml")
    junk = _junk()
    title, people, saved = fields.tidy(said.get("title")), fields.people(said.get("creator")), said.get("modified", "")
    title = "" if title.lower() in junk["titles"] or _FILE_NAME.fullmatch(title) else title
    people = tuple(name for name in people if name.lower() not in junk["authors"])
    dated = bool(saved) and saved not in junk["dates"] and proposals.published(article.text) is None
    notes: Notes = ()
    if title or people:
        what = f"title {title!r}" if title else ""
        who = f"{' and ' if title else ''}author {', '.join(people)!r}" if people else ""
        said_of = f"The {what}{who} stood in the file's properties, where they can be left over. Check it."
        notes += (("title-proposed" if title else "authors-proposed", said_of),)
    if dated:
        notes += (("published-proposed", f"The date is when the file was last saved ({saved[:10]}). Check it."),)
    published = fields.tidy(saved)[:10] if dated else ""
    return Article(
        article.text,
        title=title,
        authors=people,
        published=published,
        notes=article.notes + notes,
        pages=article.pages,
    )


def _properties(package: Package, kind: str, fallback: str) -> dict[str, str]:
    part = next((one.target for one in package.relations() if one.kind == kind), fallback)
    root = package.tree(part)
    return {local(one.tag): (one.text or "").strip() for one in (() if root is None else root)}


@cache
def _junk() -> dict[str, list[str]]:
    return tomllib.loads(resources.files("sayso.intake.docx").joinpath("docx.toml").read_text(encoding="utf-8"))


def _members(package: Package, apart: Iterable[Relation]) -> Iterator[Member | Lost]:
    """The files within the document, once each."""
    for name in dict.fromkeys(one.target for one in apart):
        file = posixpath.basename(name)
        if suffix(file) not in formats()["suffixes"]:
            reason = "is a file within the document that cannot be read here. Save it as a file of its own."
            yield Lost("embedded", name, reason)
            continue
        try:
            if data := package.read(name):
                yield Member(data, file, name)
        except NotRead as problem:
            yield Lost(problem.kind, name, problem.reason)
