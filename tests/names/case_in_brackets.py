"""Reports with their mentions in brackets: "[p Dara Okonte] met [-p the prosecutor] of [o the Quay Union]"."""

from __future__ import annotations

import re

from sayso.kit import digest
from sayso.model import Findings, Mention, Report, Span

KINDS = {
    "p": "person", "o": "organisation", "l": "place", "n": "nationality", "w": "weapon", "d": "document",
}  # fmt: skip
MARKED = re.compile(r"\[(?P<is>-?)(?P<kind>[polnwd]) (?P<words>[^\]]+)\]")


def read(name: str, marked: str) -> tuple[Report, Findings]:
    text, mentions, done = "", [], 0
    for found in MARKED.finditer(marked):
        text += marked[done : found.start()]
        span = Span(len(text), len(text) + len(found["words"]))
        mentions.append(Mention(span, KINDS[found["kind"]], "description" if found["is"] else "name", 0.9))
        text += found["words"]
        done = found.end()
    text += marked[done:]
    return Report(name, text, digest(text), "f", name), Findings(name, mentions=tuple(mentions))


def case(*marked: str) -> tuple[tuple[Report, ...], tuple[Findings, ...]]:
    """One report a text."""
    read_ones = [read(f"r{number}", one) for number, one in enumerate(marked)]
    return tuple(report for report, _ in read_ones), tuple(findings for _, findings in read_ones)
