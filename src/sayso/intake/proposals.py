"""Publisher and date that nobody recorded, proposed from the first and last lines of a text, or from its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from sayso.intake import dates, fields

EDGE = 6000
"""Characters at each end of a text in which its first and last lines are looked for."""
FIRST_LINES = 12
LAST_LINES = 8
LONGEST_LINE = 120
"""Characters of a line of page furniture at most; longer ones are prose."""
_NAME = r"(?P<name>[^\W\d_][^|<>\n]{1,60}?)"
_RIGHTS = r"[.,;]?(?:\s*+(?:[-|–]\s*+)?all rights reserved.*)?\.?"
_YEARS = r"\d{4}(?:\s*+[-–]\s*+\d{4})?"
PUBLISHERS = (
    re.compile(rf"site icon {_NAME}", re.IGNORECASE),  # what the AMP plug-in of WordPress leaves above a page
    re.compile(rf"the post .+ (?:appeared first on|first appeared on) {_NAME}\.?", re.IGNORECASE),  # its RSS footer
    re.compile(
        rf"(?:(?:copyright\s*)?©\s*+(?:{_YEARS})?|(?:copyright\s*)?\(c\)\s*{_YEARS}|copyright\s+{_YEARS})[\s,]*+(?:by\s++)?"
        rf"{_NAME}{_RIGHTS}",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:publisher|published by|publication|outlet|source)\s*:\s*{_NAME}", re.IGNORECASE),
    re.compile(rf"published (?:by|in) {_NAME}\.?", re.IGNORECASE),
)
BEFORE_DATE = re.compile(
    r"(?:(?:first |originally )?(?:published|posted|publication date|date|issued|released)(?: on| at)?\s*:?\s+)"
    r"|(?:date:)",
    re.IGNORECASE,
)


class Proposal(NamedTuple):
    """A value and where it was found."""

    value: str
    found: str


def publisher(text: str, address: str) -> Proposal | None:
    """Who may have published the text: from its edges, else the host of its address. None if nothing says.

    The surest pattern counts, wherever its line stands.
    """
    lines = list(_edges(text))
    for pattern in PUBLISHERS:
        for where, line in lines:
            if match := pattern.fullmatch(_undated(line)[0]):
                return Proposal(fields.tidy(match["name"]).rstrip(" .,"), f"the {where} ({line!r})")
    host = fields.site(address)
    return Proposal(host, f"the address ({address})") if host != address else None


def published(text: str) -> Proposal | None:
    """When the text may have been published: a line at its edges is a date, or names a publisher and ends in one.

    A year alone, a month, or a row of digits is too little.
    """
    for where, line in _edges(text):
        plain, date = _undated(line)
        found = dates.understand(BEFORE_DATE.sub("", line, count=1))
        if found.value and not found.kind and re.search(r"\d\D+\d", line):
            return Proposal(found.value, f"the {where} ({line!r})")
        if date and any(pattern.fullmatch(plain) for pattern in PUBLISHERS):
            return Proposal(date, f"the {where} ({line!r})")
    return None


def _undated(line: str) -> tuple[str, str]:
    """A line without the date that it ends in, and the date: "Published by the Gazette, 14 March 2032."."""
    parts = re.split(r"(,\s|\son\s)", line.rstrip(" ."))
    for at in range(len(parts) - 2, max(-1, len(parts) - 8), -2):
        found = dates.understand("".join(parts[at + 1 :]))
        if found.value and not found.kind and re.search(r"\d\D+\d", found.value):
            return "".join(parts[:at]), found.value
    return line, ""


def _edges(text: str) -> Iterator[tuple[str, str]]:
    """The short lines at both ends, each with the name of its place."""
    first = [line.strip() for line in text[:EDGE].split("\n") if line.strip()]
    last = [line.strip() for line in text[-EDGE:].split("\n") if line.strip()]
    for number, line in enumerate(first[:FIRST_LINES], 1):
        if len(line) <= LONGEST_LINE:
            yield f"{_nth(number)} line", line
    for number, line in enumerate(reversed(last[-LAST_LINES:]), 1):
        if len(line) <= LONGEST_LINE:
            yield ("last line" if number == 1 else f"{_nth(number)} line from the end"), line


def _nth(number: int) -> str:
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"
