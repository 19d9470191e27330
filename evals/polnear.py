"""Exact spans of source, cue and content on items of tokens, as CofeNet counts them.

    python -m evals.polnear --items FILE

FILE holds one JSON object a line, gzipped or not: `tokens`, a list of strings in the manner of CoreNLP, and `labels`,
one of O, B-source, I-source, B-cue … for each token. The tokens are joined to a text by one rule (`join`), the text is
read by sayso as any report is, and the spans of the outermost attributions (those within no other) are mapped back: a
token belongs to a span if the two overlap. Every item counts, also one that occurs twice. Per item and role the set of
spans found is compared with the set of gold spans: identical [start, end) of tokens, or wrong. Sums over all items give
the rates.

Prints {"source": {"precision", "recall", "f1"}, "cue": …, "content": …}.
"""

from __future__ import annotations

import argparse
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from pathlib import Path

from evals.counting import Counts, compare
from evals.files import json_lines, report_result
from evals.reader import read_all
from sayso.model import Attribution, Span

ROLES = ("source", "cue", "content")

WRITTEN = {
    "``": "“",
    "''": "”",
    "`": "‘",
    "-LRB-": "(",
    "-RRB-": ")",
    "-LSB-": "[",
    "-RSB-": "]",
    "-LCB-": "{",
    "-RCB-": "}",
}
"""How CoreNLP's stand-ins were written, quotation marks with their direction."""

OPENING = frozenset("“‘([{$#£€")
"""Nothing stands between these and the next token."""

ATTACHED = re.compile(r"[.,;:?!%)\]}”’']|n['’]t|['’](s|re|ve|ll|d|m)", re.IGNORECASE)
"""Nothing stands between these and the token before."""

ABBREVIATION = re.compile(r".*\w\.")
"""After these CoreNLP writes the full stop of the sentence again."""

SPLIT = {("can", "not"), ("gon", "na"), ("wan", "na"), ("got", "ta"), ("gim", "me"), ("lem", "me")}
"""One word that CoreNLP cuts in two."""


def join(tokens: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """Write tokens as running text: the text, and where each token stands in it.

    One space stands between two tokens, except before `ATTACHED`, after `OPENING`, and inside `SPLIT`. Stand-ins are
    `WRITTEN` out; a '' that closes nothing opens, if they come in pairs up to the next ``. A full stop after an
    abbreviation is the abbreviation's own: it is written once, and the second token has an empty span, which no
    other overlaps. Where paragraphs ended is not known, so the text is one paragraph.

    >>> join(["``", "It", "is", "so", ",", "''", "she", "did", "n't", "say", "."])[0]
    "“It is so,” she didn't say."
    """
    text, spans, before = "", [], ""
    for token in _written(tokens):
        if token == "." and ABBREVIATION.fullmatch(before):
            spans.append(Span(len(text), len(text)))
            continue
        if text and not _touch(before, token):
            text += " "
        spans.append(Span(len(text), len(text) + len(token)))
        text += token
        before = token
    return text, tuple(spans)


def _written(tokens: Sequence[str]) -> Iterator[str]:
    """The tokens with their stand-ins written out, quotation marks turned the right way."""
    is_open = False
    for at, token in enumerate(tokens):
        written = "“" if token == "''" and not is_open and _pairs_up(tokens[at:]) else WRITTEN.get(token, token)
        is_open = written == "“" or (is_open and written != "”")
        yield written


def _pairs_up(tokens: Sequence[str]) -> bool:
    return sum(t == "''" for t in takewhile(lambda t: t != "``", tokens)) % 2 == 0


def _touch(before: str, token: str) -> bool:
    together = (before.casefold(), token.casefold()) in SPLIT
    return together or before in OPENING or bool(ATTACHED.fullmatch(token))


def gold_spans(labels: Sequence[str]) -> dict[str, set[Span]]:
    """The spans of each role, [start, end) in tokens. A span begins at B, and at an I that continues nothing.

    >>> gold_spans(["B-source", "B-cue", "I-cue", "O"])["cue"]
    {Span(start=1, end=3)}
    """
    found: dict[str, set[Span]] = {role: set() for role in ROLES}
    start, role = 0, ""
    for at, label in enumerate([*labels, "O"]):
        if role and label != f"I-{role}":
            found[role].add(Span(start, at))
            role = ""
        if label != "O" and not role:
            start, role = at, label[2:]
    return found


def predicted_spans(attributions: Iterable[Attribution], tokens: Sequence[Span]) -> dict[str, set[Span]]:
    """The spans of each role in the outermost attributions, mapped from characters to [start, end) of tokens."""
    outermost = [a for a in attributions if a.within is None]
    spans = {
        "source": [a.source for a in outermost if a.source],
        "cue": [a.cue for a in outermost if a.cue],
        "content": [span for a in outermost for span in a.content],
    }
    return {role: {_tokens_of(span, tokens) for span in spans[role]} for role in ROLES}


def _tokens_of(span: Span, tokens: Sequence[Span]) -> Span:
    first = bisect_right(tokens, span.start, key=lambda t: t.end)
    return Span(first, bisect_left(tokens, span.end, key=lambda t: t.start))


def score(items: Sequence[dict[str, list[str]]], found: Iterable[Sequence[Attribution]]) -> dict[str, dict[str, float]]:
    """Rates per role over all items, `found` being the attributions of each item's joined text, in the same order."""
    totals = dict.fromkeys(ROLES, Counts())
    for item, attributions in zip(items, found, strict=True):
        gold = gold_spans(item["labels"])
        predicted = predicted_spans(attributions, join(item["tokens"])[1])
        totals = {role: totals[role].plus(compare(gold[role], predicted[role])) for role in ROLES}
    return {role: totals[role].rates() for role in ROLES}


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=Path, required=True, metavar="FILE", help="items as JSON Lines, gzipped or not")
    asked = parser.parse_args()
    items = json_lines(asked.items)
    findings = read_all([join(item["tokens"])[0] for item in items])
    report_result(score(items, (f.attributions for f in findings)))


if __name__ == "__main__":
    main()
