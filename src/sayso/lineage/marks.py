"""What stands between quotation marks.

Curly marks open and close. A straight mark opens after white space or an opening bracket, and closes after anything
else. A quotation ends with its paragraph: one that goes on in the next is opened there again. A post on a social
network that is shown in whole is a quotation too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sayso.model import Span

_MARK = re.compile(r'[“”„«»"\n]|(?<![^\W_])``|\'\'')
_POST = re.compile(r"(?<![^\n])[^\n]{1,2000}\(@\w{1,40}\)[^\n]{0,60}")
"""What somebody wrote on a social network, shown in whole with their handle."""
_OPENING = frozenset("“„«")
_CLOSING = frozenset("”»")


def quoted_stretches(text: str) -> tuple[Span, ...]:
    """Everything between quotation marks, in order, without the marks.

    >>> text = "He said “no”. “Never,” he added."
    >>> [text[slice(*span)] for span in quoted_stretches(text)]
    ['no', 'Never,']
    """
    found = []
    opened = -1
    for match in _MARK.finditer(text):
        mark, at = match[0], match.start()
        ends = mark == "\n" or mark in _CLOSING or mark == "''"
        begins = mark in _OPENING or mark == "``"
        if mark == '"':
            ends = opened >= 0
            begins = not ends and (at == 0 or text[at - 1].isspace() or text[at - 1] in "([—–-")
        if ends and opened >= 0:
            found.append(Span(opened, at))
            opened = -1
        elif begins:
            opened = match.end() if opened < 0 else opened
    if opened >= 0:
        found.append(Span(opened, len(text)))
    found += [Span(*post.span()) for post in _POST.finditer(text)]
    return tuple(_joined(span for span in sorted(found) if span.end > span.start))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Without those that begin inside another."""
    end = -1
    for span in spans:
        if span.start >= end:
            yield span
            end = span.end
