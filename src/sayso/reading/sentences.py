"""Sentences of a report, as spans."""

from __future__ import annotations

import re

from nupunkt import sent_spans

from sayso.kit import trim
from sayso.model import Span

_LINE = re.compile(r"[^\n]+")
_CLOSING = re.compile(r"\s*[\"”’»)\]]+")

LONGEST_LINE = 50_000
"""Code points handed to the sentence finder at once."""


def split(text: str) -> tuple[Span, ...]:
    """Sentences in order, without the white space between them. A line break always ends one.

    The finder is nupunkt (Kiss & Strunk 2006, retrained). Closing quotation marks and brackets stay with what they
    close.
    """
    out: list[Span] = []
    for line in _LINE.finditer(text):
        for start in range(line.start(), line.end(), LONGEST_LINE):
            _add_line(text, start, min(start + LONGEST_LINE, line.end()), out)
    return tuple(out)


def _add_line(text: str, start: int, end: int, out: list[Span]) -> None:
    at = start
    for _, stop in sent_spans(text[start:end]):
        last = start + stop
        closing = _CLOSING.match(text, last, end)
        if closing and not text[last : closing.start()].strip():
            last = closing.end() if _closes(text, closing, end) else last
        span = trim(text, at, max(at, last))
        if span.start < span.end:
            out.append(span)
        at = max(at, last)
    span = trim(text, at, end)
    if span.start < span.end:
        out.append(span)


def _closes(text: str, mark: re.Match[str], end: int) -> bool:
    """A straight quotation mark followed by a letter opens what follows; it does not close what went before."""
    return mark.end() >= end or text[mark.end()].isspace()
