"""Claims with the disputed questions that a person says they answer: what replies and answers are learned from.

Two forms of marked reports, one object a line, packed with gzip or not. Both have "text", "publisher" and "answers".

- Marked chains: answers name marked attributions ("attributions": ids; none for the reporter's own voice).
- Invented reports (`training/invented/`): answers quote the words of the statement ("quote") and name its
  speaker ("by", "" for the reporter).

The shipped reader reads the reports; its claims are matched with the marks.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np

from sayso import encoder, reading, spine
from sayso.claims.content import Content, content_of
from sayso.claims.network import States, joined
from sayso.claims.replies import SLOTS
from sayso.claims.setting import Setting, setting_of
from sayso.kit import identify_report
from sayso.model import Attribution, Claim, Findings, Report, Span
from sayso.words import lemma
from training.fitting import marked_as

Marks: TypeAlias = dict[tuple[str, bool], str]
"""(question, whether for) to the answer in the person's words."""
Marked: TypeAlias = tuple[str, bool, str]
"""The same as (question, whether for, answer): of a list of names each."""

LEAST_OF_QUOTE = 0.5
"""Share of a quote that must stand in a claim for the claim to be the one quoted."""
LEAST_OF_CLAIM = 0.3
"""And the share of the claim that the quote must be."""

_SMALL = frozenset(
    {
        "a", "an", "the", "of", "in", "at", "for", "s", "and", "his", "her", "its", "their", "this", "that", "one",
        "some", "several", "to", "by", "on", "with", "from", "was", "were", "is", "be", "been", "as", "or", "it", "he",
        "she", "they", "not", "no",
    }
)  # fmt: skip


class Answered(NamedTuple):
    """One claim of a marked report."""

    report: int
    """The report's place among all that were loaded."""
    is_invented: bool
    text: str
    content: Content
    said: Attribution | None
    is_holder: bool
    marks: Marks
    """Of several answers to one question the last."""
    answers: tuple[Marked, ...]
    """All."""
    states: States
    """Of the whole report: the encoder's own, not projected."""
    setting: Setting
    unknown: frozenset[str]
    """Questions that it may answer, for the marks do not say which claim in the reporter's own voice does."""


def load(paths: Iterable[Path]) -> Iterator[tuple[Mapping[str, Any], tuple[Answered, ...]]]:
    """Each marked report with its claims."""
    reader, number = encoder.load(), 0
    for path in paths:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                marked = json.loads(line)
                report = as_report(marked)
                states = _states(report, reader)
                yield marked, tuple(_answered(number, marked, report, spine.read_report(report, reader), states))
                number += 1


def as_report(marked: Mapping[str, Any]) -> Report:
    """The record of a marked report's text."""
    text, publisher = marked["text"], marked.get("publisher") or ""
    published = marked.get("published") or ""
    name = identify_report(text, publisher=publisher, published=published, address="")
    return Report(name, text, "", "", "", publisher=publisher, published=published, language="en")


def _states(report: Report, reader: encoder.Encoder) -> States:
    windows = reading.read(report, reader.tokenize, reader.run, limit=spine.DEFAULT_LIMIT).windows
    return joined([States(one.starts, one.ends, one.states.astype(np.float16)) for one in windows])


def _answered(
    number: int, marked: Mapping[str, Any], report: Report, findings: Findings, states: States
) -> Iterator[Answered]:
    said = {one.id: one for one in findings.attributions}
    holding = {one.within for one in findings.attributions}
    is_invented = "attributions" not in marked
    marks = _quoted(marked, findings) if is_invented else _named(marked, findings)
    unknown = frozenset() if is_invented else _of_no_attribution(marked)
    setting = setting_of(report.text, findings)
    for claim in findings.claims:
        one = said.get(claim.attribution or "")
        if one and not is_invented and not marked_as(marked, one.content, one.cue):
            continue
        yield Answered(
            number,
            is_invented,
            report.text,
            content_of(claim, findings),
            one,
            claim.attribution in holding and one is not None,
            {(question, is_for): answer for question, is_for, answer in marks[claim.id]},
            tuple(marks[claim.id]),
            states,
            setting,
            frozenset() if one else unknown,
        )


def _of_no_attribution(marked: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(one["question"] for one in marked.get("answers") or () if not one["attributions"])


def _named(marked: Mapping[str, Any], findings: Findings) -> defaultdict[str, list[Marked]]:
    """The marks of each claim whose attribution is a marked one."""
    out = defaultdict[str, list[Marked]](list)
    claims = {claim.attribution: claim.id for claim in findings.claims if claim.attribution}
    for found in findings.attributions:
        partner = marked_as(marked, found.content, found.cue)
        for one in marked.get("answers") or ():
            if partner and one["question"] in SLOTS and partner["id"] in one["attributions"]:
                out[claims[found.id]].append((one["question"], one.get("polarity", "for") == "for", one["answer"]))
    return out


def _quoted(marked: Mapping[str, Any], findings: Findings) -> defaultdict[str, list[Marked]]:
    """The marks of each claim that holds a quote: the one most alike, of equals the innermost."""
    out = defaultdict[str, list[Marked]](list)
    for one in marked["answers"]:
        start = marked["text"].find(one["quote"])
        if start < 0:
            raise SystemExit(f"{marked['id']}: the quote {one['quote']!r} does not stand in the text")
        quote = Span(start, start + len(one["quote"]))
        best = max(findings.claims, key=lambda claim: _alike(claim, quote), default=None)
        if best and one["question"] in SLOTS and _shares(best, quote):
            out[best.id].append((one["question"], one["polarity"] == "for", one["answer"]))
    return out


def _shared(claim: Claim, quote: Span) -> int:
    return sum(max(0, min(span.end, quote.end) - max(span.start, quote.start)) for span in claim.content)


def _length(claim: Claim) -> int:
    return sum(span.end - span.start for span in claim.content)


def _alike(claim: Claim, quote: Span) -> tuple[float, bool]:
    shared = _shared(claim, quote)
    return shared / (_length(claim) + quote.end - quote.start - shared), claim.attribution is not None


def _shares(claim: Claim, quote: Span) -> bool:
    shared = _shared(claim, quote)
    return shared >= LEAST_OF_QUOTE * (quote.end - quote.start) and shared >= LEAST_OF_CLAIM * _length(claim)


def words_of(phrase: str) -> frozenset[str]:
    """The lemmas of a phrase without small words."""
    return frozenset(lemma(word) for word in re.findall(r"[a-z0-9]+", phrase.lower().replace("'s", ""))) - _SMALL


def agree(marked: str, found: str) -> float:
    """How far words agree with the marked answer, 0 to 1: shared over all, 0 where too few are shared."""
    one, other = words_of(marked), words_of(found)
    shared = len(one & other)
    if not shared or 2 * shared < min(len(one), len(other)) or 5 * shared < len(one | other):
        return 0.0
    return shared / len(one | other)


def marks_of(marked: Mapping[str, Any]) -> int:
    """How many marks of attributions a marked report has on the closed list of questions."""
    several: Sequence[Mapping[str, Any]] = marked.get("answers") or ()
    return sum(len(one["attributions"]) for one in several if one["question"] in SLOTS and "attributions" in one)
