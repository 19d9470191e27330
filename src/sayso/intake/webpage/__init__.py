"""The article in a web page: trafilatura finds the main text, checked against the page's own words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.intake import fields
from sayso.intake.encoding import decode
from sayso.intake.records import Article, Notes, NotRead
from sayso.intake.webpage import saved as savedpage
from sayso.intake.webpage.words import Words, all_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*+=\s*+(?:[\"']\s*+)?([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
HEAD = 4096
"""Bytes in which a page must declare its encoding; browsers look at the first 1,024."""
MOST_ATTRIBUTES = 1000
"""Attributes of one tag at most: libxml2 compares each with all before it, and hung on 200,000."""
MOST_TOIL = 50_000_000
"""The same over all tags, as `Words.toil`: a tenth of a second."""
MOST_TAGS = 25_000
"""Tags of a page whose main text is looked for: that takes two seconds, and grows faster than the page. Long live
pages have 20,000."""
MOST_WORDS = 2_000_000
"""Characters of such a page: beyond, the same."""
LONGEST_HEAD = 100_000
"""Characters of such a page that are looked at for its title, publisher, date and address."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that XML does not allow (XML 1.0 §2.2). Trafilatura fails on some; browsers show nothing for them."""
EARLIEST, LATEST = "1900-01-01", "2100-12-31"
"""Bounds of a publication date. Fixed: htmldate's own is today, and the same page must always give the same report."""
SITE_IN_TITLE = re.compile(r"\s[|–—-]\s([A-Z0-9][^|–—]{1,39})$")
"""Where most pages put their site's name in the title: "Ships left | North Gazette"."""
_TOOLBARS = " | ".join(f"//*[@id='{name}']" for name in savedpage.TOOLBAR_IDS)
_SITE_NAMES = (
    "//meta[@property='og:site_name' or @name='og:site_name' or @name='application-name' or @name='publisher'"
    " or @name='DC.publisher' or @name='dc.publisher' or @name='citation_publisher']/@content"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says about itself, "" where it does not; and notes on what was guessed."""

    title: str = ""
    publisher: str = ""
    published: str = ""
    address: str = ""
    authors: tuple[str, ...] = ()
    notes: Notes = ()


def articles(data: bytes) -> Iterator[Article]:
    """The one article of a page: its main text, paragraphs parted by an empty line.

    Where no main text is found, or the page is too strange for the parser, all its words, with a note that says so.
    """
    declared = DECLARED.search(data[:HEAD])
    decoded = decode(data, declared[1].decode("ascii") if declared else "")
    saved = savedpage.saved(decoded.text)
    page = savedpage.without_toolbar(decoded.text) if saved.archive else decoded.text
    words = all_words(page)
    metadata, text, problem = _extract(page, words)
    saved, where_from = savedpage.agree(saved, metadata.address)
    notes = decoded.notes + metadata.notes + where_from
    if not text and not words.text:
        raise NotRead("empty", "is a web page without words. If scripts draw it, save it from the browser as text.")
    if not text:
        notes += (("whole-page", f"{problem}; all words of the page were taken, menus and notices too."),)
    yield Article(
        text or words.text,
        title=metadata.title,
        publisher=metadata.publisher,
        published=metadata.published,
        address=saved.address,
        authors=metadata.authors,
        notes=notes,
        captured=saved.captured,
    )


def _extract(page: str, words: Words) -> tuple[Metadata, str, str]:
    """Metadata, main text ("" if there is none), and then why not."""
    import trafilatura  # here, since it takes half a second that only web pages should cost
    from trafilatura.metadata import Document

    if words.attributes > MOST_ATTRIBUTES or words.toil > MOST_TOIL:
        return Metadata(), "", f"A tag has {words.attributes:,} attributes"
    too_large = words.tags > MOST_TAGS or len(words.text) > MOST_WORDS
    tree = _tree(_head(page) if too_large else page)
    if isinstance(tree, str):
        return Metadata(), "", tree
    try:
        metadata = _metadata(tree)
        if too_large:
            return metadata, "", "It is too large to look for its main text"
        document = trafilatura.bare_extraction(tree, include_comments=False)
    except ValueError:  # of lxml, for a reference to a sign that XML does not allow, such as &#11;
        return Metadata(), "", "It holds signs that no page may hold"
    text = document.text if isinstance(document, Document) else None
    return metadata, _checked(text or "", words.text), "No main text was found"


def _head(page: str) -> str:
    """The source before the body, as far as it is looked at."""
    start = page[:LONGEST_HEAD]
    return start[: start.lower().find("<body")]


def _tree(page: str) -> HtmlElement | str:
    """The page's elements, without a web archive's toolbar; or why it cannot be had."""
    from lxml import etree, html

    # A tree, never a string: given a string that is an address, htmldate would fetch it.
    page = _FORBIDDEN.sub(" ", page)
    page = page.replace("--!>", "-->")  # the end of a comment to browsers; libxml2 looks for another, again and again
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError, AssertionError):
        return "It could not be parsed as a web page"
    if any("depth" in entry.message.lower() for entry in parser.error_log):  # libxml2 then leaves out the rest
        return "Its tags are nested too deeply to be told apart"
    for furniture in tree.xpath(_TOOLBARS):
        # ValueError: a control character stands after it. AssertionError: it is the page itself. Both are no browser's.
        with suppress(ValueError, AssertionError):
            furniture.drop_tree()
    return tree


def _metadata(tree: HtmlElement) -> Metadata:
    from htmldate import find_date
    from trafilatura.metadata import extract_metadata

    asked = {"original_date": True, "extensive_search": False, "min_date": EARLIEST, "max_date": LATEST}
    found = extract_metadata(tree, date_config=asked)
    notes: list[tuple[str, str]] = []
    publisher = fields.tidy(found.sitename)
    if not publisher and (part := SITE_IN_TITLE.search(fields.tidy(tree.findtext(".//title")))):
        publisher = part[1]
    if publisher and not _declares(tree, publisher):
        notes.append(("publisher-proposed", f"{publisher!r} was guessed from the page's title or address. Check it."))
    published = _declared_moment(tree) or fields.tidy(found.date)
    guess = "" if published else find_date(tree, original_date=True, min_date=EARLIEST, max_date=LATEST)
    if guess:
        published = guess
        notes.append(("published-proposed", f"{guess} was guessed from dates on the page. Check it."))
    authors = fields.people(found.author)
    title, address = fields.tidy(found.title), fields.tidy(found.url)
    return Metadata(title, publisher, published, address, authors, tuple(notes))


def _declares(tree: HtmlElement, publisher: str) -> bool:
    """Whether the page itself names the publisher as such, in a meta tag or in its linked data."""
    if any(fields.tidy(str(name)) == publisher for name in tree.xpath(_SITE_NAMES)):
        return True
    linked = " ".join(map(str, tree.xpath("//script[@type='application/ld+json']/text()")))
    return f'"{publisher}"' in linked


def _declared_moment(tree: HtmlElement) -> str:
    """Date and time of publication as the page's Open Graph tag gives it; htmldate keeps the date alone."""
    moments = tree.xpath("//meta[@property='article:published_time']/@content")
    return fields.tidy(str(moments[0])) if moments else ""


def _checked(text: str, words: str) -> str:
    """The paragraphs of trafilatura's text, each as often as the page has it: it gives some twice."""
    left = Counter(map(_squeeze, words.split("\n\n")))
    met: set[str] = set()
    kept = []
    for line in text.split("\n"):
        key = _squeeze(line)
        left[key] -= 1
        if key and (left[key] >= 0 or key not in met):
            kept.append(line.strip())
        met.add(key)
    return "\n\n".join(kept)


def _squeeze(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
