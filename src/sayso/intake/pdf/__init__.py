"""The text of a PDF, in reading order, with the page and line of every stretch of it; and the files attached to it.

pdfium reads the file (ISO 32000-2); `pages` tells the words of a page, `layout` puts them into lines and columns,
`flow` makes one text of all pages. What the file's properties say of title and author is proposed, since programs fill
them in; when it was made is told in a note only, since that is not when the text was published.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

from sayso.intake import fields
from sayso.intake.archive import entry
from sayso.intake.pdf import flow, layout
from sayso.intake.pdf import guard as pdfguard
from sayso.intake.pdf import mending as pdfmending
from sayso.intake.pdf import pages as pdfpage
from sayso.intake.records import Article, Lost, Member, Notes, NotRead
from sayso.intake.unpacking import RATIO

MOST_PAGES = 2000
MOST_CHARACTERS = 800_000
"""Of a document, and one more for each 10 bytes; of a small file `RATIO` times its bytes. About 500 full pages: more
would take the time that the worker has."""
MOST_FAILURES = 50
"""Pages that cannot be read, after which no more are tried."""
GARBLED = 0.2
"""Share of characters of which the file does not say what they are."""
TAIL = 2048
"""Bytes at the end of a file in which its end must be marked; readers look at the last 1,024 (ISO 32000-1, annex H)."""
_NO_FONTS = c.FPDF_SYSFONTINFO(version=1)
c.FPDF_SetSystemFontInfo(_NO_FONTS)  # a font that the file lacks must not be looked for: each machine has others
_OCR = "Recognise its text with a program such as ocrmypdf, and read the new file."
_JUNK = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel) - .*|untitled.*|(?:slide|document|doc|page|report|scan)?[ _-]*\d*"
    r"|.*\.(?:docx?|odt|rtf|txt|pptx?|xlsx?|indd|qxd|pdf|html?|tex|dvi)|https?:.*|about:blank|\(?anonymous\)?"
    r"|\(?unspecified\)?|unknown|user|admin|administrator|owner)",
    re.IGNORECASE,
)
"""Titles and authors that a program has put there."""
_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


class _Read(NamedTuple):
    """The pages of a document and which of them could not be read (numbers from 1)."""

    pages: list[pdfpage.Page | None]
    total: int
    """As many as the document has, read or not."""


def articles(data: bytes) -> Iterator[Article | Member | Lost]:
    """The one article of a PDF, then its attachments.

    A PDF without a text layer gives a `Lost` of the kind "scan", one with nothing on its pages of the kind "empty".
    Raises NotRead: "encrypted" if it needs a password, "damaged" if it cannot be opened.
    """
    document = _opened(data)
    try:
        harmless = pdfguard.check(document, len(data))
        read = _read(document, len(data))
        poured = flow.pour([layout.lines(page.groups) if page else [] for page in read.pages])
        damage = _damage(data)
        yield _article(document, read, poured, damage) if poured.text else _nothing(read, damage)
        if harmless:
            yield from _attachments(document)
        else:
            yield Lost("too-large", "", "holds an attachment that unpacks to far more than it is. None was taken out.")
    finally:
        document.close()


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as problem:
        if problem.err_code == c.FPDF_ERR_FORMAT and (whole := pdfmending.mended(data)):
            with contextlib.suppress(pdfium.PdfiumError):
                return pdfium.PdfDocument(whole)
        if problem.err_code == c.FPDF_ERR_PASSWORD:
            raise NotRead("encrypted", "is locked with a password. Save it without one and read it again.") from None
        if problem.err_code == c.FPDF_ERR_SECURITY:
            raise NotRead("encrypted", "is locked in a way that is not known here. Print it to a new PDF.") from None
        raise NotRead("damaged", "is no PDF that can be opened: it is damaged or cut short. Get it again.") from None


def _read(document: pdfium.PdfDocument, size: int) -> _Read:
    count = len(document)
    pages: list[pdfpage.Page | None] = []
    characters = failures = 0
    for number in range(min(count, MOST_PAGES)):
        page = _page(document, number)
        pages.append(page)
        characters += page.characters if page else 0
        failures += page is None
        if characters > min(MOST_CHARACTERS, RATIO * size) + size // 10 or failures > MOST_FAILURES:
            break
    return _Read(pages, count)


def _page(document: pdfium.PdfDocument, number: int) -> pdfpage.Page | None:
    try:
        page = document[number]
        try:
            return pdfpage.read(page)
        finally:
            page.close()
    except pdfium.PdfiumError:
        return None


def _article(document: pdfium.PdfDocument, read: _Read, poured: flow.Flow, damage: Notes) -> Article:
    said = document.get_metadata_dict()
    title, authors, notes = _said(said, poured.text)
    notes = (*damage, *_about(read, poured), *notes)
    pages = poured.pages + ((),) * (min(read.total, MOST_PAGES) - len(poured.pages))
    return Article(poured.text, title=title, authors=authors, notes=notes, pages=pages)


def _nothing(read: _Read, damage: Notes) -> Lost:
    if any(page and page.drawn for page in read.pages):
        return Lost("scan", "", f"holds pictures of pages and no text. {_OCR}")
    if damage or any(page is None for page in read.pages) or not read.total:
        return Lost("damaged", "", "is damaged: none of its pages can be read. Get it again.")
    return Lost("empty", "", "has nothing on its pages.")


def _about(read: _Read, poured: flow.Flow) -> Iterator[tuple[str, str]]:
    """What should be known about how a document was read."""
    numbered = list(enumerate(read.pages, 1))
    if scans := [number for number, page in numbered if page and page.drawn and not page.characters]:
        yield "scan", f"{_named(scans)} of {read.total}: pictures without text, nothing was read there. {_OCR}"
    if failed := [number for number, page in numbered if page is None]:
        yield "damaged", f"{_named(failed)} of {read.total} cannot be read: the file is damaged. Get it again."
    if cut := [number for number, page in numbered if page and page.cut]:
        yield "too-large", f"{_named(cut)}: more than {pdfpage.MOST_CHARACTERS:,} characters, the rest was not read."
    if len(read.pages) < read.total:
        yield "too-large", f"Only {len(read.pages)} of {read.total} pages were read. Split the file into smaller ones."
    if outside := [number for number, page in numbered if page and page.outside]:
        yield "outside", f"{_named(outside)}: there is text beyond the edge of the page, which was left out."
    unknown = sum(page.unknown for _, page in numbered if page)
    if unknown > GARBLED * sum(page.characters for _, page in numbered if page):
        message = f"The file does not say which letters many of its signs are; the text is not to be relied on. {_OCR}"
        yield "garbled", message
    if poured.running:
        yield "running-lines", _RUNNING


_RUNNING = (
    "Headers and footers that are repeated on the pages stand once, at the end of the text; page numbers were left out."
)


def _named(pages: list[int]) -> str:
    """Pages in few words.

    >>> _named([2]), _named([2, 3, 4, 9])
    ('Page 2', 'Pages 2 to 4, 9')
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    return ("Page " if len(pages) == 1 else "Pages ") + ", ".join(" to ".join(map(str, run)) for run in runs)


def _said(said: dict[str, str], text: str) -> tuple[str, tuple[str, ...], Notes]:
    """Title and authors as the file's properties have them, and what is to be thought of that."""
    title, author = (_unless_junk(said.get(key, "")) for key in ("Title", "Author"))
    notes: list[tuple[str, str]] = []
    if title and "".join(title.split()).casefold() not in "".join(text[:2000].split()).casefold():
        notes.append(("title-proposed", f"The title {title!r} is proposed from the file's properties. Check it."))
    if author:
        notes.append(("authors-proposed", f"{author!r} is proposed as author from the file's properties. Check it."))
    if made := _DATE.match(said.get("CreationDate", "")):
        when = "-".join(made.groups())
        notes.append(("file-made", f"The file was made on {when}, as it says; that is not when it was published."))
    return title, fields.people(author), tuple(notes)


def _unless_junk(value: str) -> str:
    value = fields.tidy(value.replace("\0", ""))
    return "" if _JUNK.fullmatch(value) else value


def _damage(data: bytes) -> Notes:
    """A note if the end of the file is missing or does not lead to its table of contents (ISO 32000-2 §7.5.5)."""
    starts = re.findall(rb"startxref\s+(\d{1,12})", data[-TAIL:])
    head = max(0, data.find(b"%PDF-", 0, 1024))
    at = head + int(starts[-1]) if starts else len(data)
    if b"%%EOF" in data[-TAIL:] and re.match(rb"\s*(?:xref|\d+\s+\d+\s+obj)", data[at : at + 40]):
        return ()
    return (("damaged", "The file is damaged or cut short. What could be found in it was read; get it again."),)


def _attachments(document: pdfium.PdfDocument) -> Iterator[Member | Lost]:
    for number in range(1, document.count_attachments() + 1):
        place = f"attachment {number}"
        try:
            one = document.get_attachment(number - 1)
            name = entry.shown(one.get_name())
            yield Member(bytes(one.get_data()), name, f"{place} ({name})")
        except (pdfium.PdfiumError, UnicodeDecodeError):
            yield Lost("damaged", place, "cannot be taken out of the file. Save it with a PDF reader.")
