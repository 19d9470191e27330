"""The article in a text or Markdown file, and the header that may stand above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sayso.intake import fields
from sayso.intake.encoding import decode
from sayso.intake.records import Article, Lost, Notes, NotRead, Settings

HEADER_SAMPLE = 8192
"""Characters in which a header must end."""
_BREAK = r"\r\n|\n|\r"
_LINE = re.compile(rf"(?P<key>[A-Za-z][A-Za-z _-]{{1,24}}?)[ \t]*:[ \t]*+(?P<value>[^\r\n]*+)(?:{_BREAK})")
_BLANK = re.compile(rf"[ \t]*(?:{_BREAK})")
_FENCE = re.compile(rf"---[ \t]*(?:{_BREAK})")
_MARKUP = re.compile(r"<!doctype html|<html[\s>]|</(?:p|div|span|a)>", re.IGNORECASE)


class Header(NamedTuple):
    """What a header says, and where the text after it begins."""

    rows: dict[str, str]
    end: int


def articles(data: bytes, settings: Settings) -> Iterator[Article | Lost]:
    """The one article of a text file. Its text is kept code point for code point; a header is no part of it."""
    decoded = decode(data)
    text = decoded.text
    header = find_header(text[:HEADER_SAMPLE])
    text = text[header.end :] if header.end else text
    if not text or text.isspace():
        raise NotRead("empty", "has a header but no text after it." if header.end else "is empty.")
    notes = decoded.notes + markup(text)
    if not header.rows:
        yield Article(text, notes=notes)
        return
    row = {**header.rows, "text": text}
    known = Settings(tuple(pair for pair in settings.fields if pair[0] != "text"))
    article = fields.article(row, "", known)
    if article is not None:
        yield Article(
            text, "", article.title, article.publisher, article.published, article.address, article.authors, notes
        )


def find_header(start: str) -> Header:
    """The header at the start of a text, `Header({}, 0)` if there is none.

    It is lines of `key: value` closed by a blank line, all with keys that are known, so that ordinary text is not
    taken for one; or, as Markdown has it, lines between two lines of three hyphens, one of them with a known key.
    """
    if fence := _FENCE.match(start):
        return _fenced(start, fence.end())
    rows, end = _rows(start, 0)
    blank = _BLANK.match(start, end)
    if not rows or not blank or not all(_known(key) for key in rows):
        return Header({}, 0)
    return Header(rows, blank.end())


def _fenced(start: str, begin: int) -> Header:
    rows, end = _rows(start, begin)
    fence = _FENCE.match(start, end)
    if not fence or not any(_known(key) for key in rows):
        return Header({}, 0)
    blank = _BLANK.match(start, fence.end())
    return Header({key: value for key, value in rows.items() if _known(key)}, (blank or fence).end())


def _rows(start: str, begin: int) -> tuple[dict[str, str], int]:
    rows: dict[str, str] = {}
    while match := _LINE.match(start, begin):
        rows.setdefault(match["key"], match["value"].strip().strip("\"'"))
        begin = match.end()
    return rows, begin


def _known(key: str) -> bool:
    return any(fields.plain(key) in fields.names()[field] for field in fields.FIELDS if field != "text")


def markup(text: str) -> Notes:
    """A note if a text given as text is full of HTML tags; they are kept, and would be read as words."""
    if len(_MARKUP.findall(text[:20_000])) < 3:
        return ()
    return (("text-holds-markup", "The text holds HTML tags, kept as they are. For a web page, name the file .html."),)
