"""Reasons that voices offer for and against answers, and who rebuts them.

A reason stands in a clause of the claim that answers ("because …", "since …", "citing …"), or in the next statement of
the same voice, where its cue offers one ("noted", "argued", "pointed out"). Where a voice rejects what another said,
its next statements are reasons against that other's answers. A rebuttal is another voice's statement further on in the
report that takes up a rare word of the reason and says how it could be otherwise, or denies it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from sayso.model import Attribution, Claim, Findings, Reason, Report, Span
from sayso.words import lemma

Gives: TypeAlias = Mapping[str, Sequence[tuple[str, bool]]]
"""By claim the ids of the answers that it speaks of, and whether it is for them."""

OFFERING = frozenset(
    {"note", "argue", "point", "cite", "explain", "recall", "observe", "stress", "add", "reason", "remind", "insist"}
)
"""Lemmas of cues that offer a reason for what the voice said before."""
NEAR = 400
"""Code points from a claim to the next statement of its voice that can be a reason for it."""
REBUTTED_WITHIN = 1500
"""Code points from a reason to its rebuttal, at most: about four paragraphs."""
MOST_REASONS = 2
"""Statements in a row that are taken as reasons for one claim."""
COMMON = 4
"""A word that stands in this many claims of a report is no sign that one takes up another. All bounds are rules of
thumb, read off news text; nothing was measured."""
SHORTEST_CLAUSE = 12
"""Code points."""

_CLAUSE = re.compile(
    r"\b(?:because(?: of)?|since|given that|on the grounds that|citing|pointing to|noting that|as shown by)\s",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(r"\b(?:could|might|may|would|not|never|no|wrong|false|baseless|but|however)\b|n['’]t\b")
_WORD = re.compile(r"[^\W\d_]{4,}")


class Offered(NamedTuple):
    """A claim that offers a reason, its words for it, and the claim whose answers it is offered for or against."""

    claim: Claim
    span: Span
    target: Claim
    is_for: bool


def reasons_of(report: Report, found: Findings, gives: Gives) -> Iterator[Reason]:
    """The reasons in one report, in the order of its text."""
    said = {one.id: one for one in found.attributions}
    offered = {*_clauses(report.text, found.claims, gives), *_statements(report.text, found.claims, said, gives)}
    rare = _rare(report.text, found.claims) if offered else {}
    for one in sorted(offered, key=lambda one: (one.span, one.claim.id, one.target.id)):
        rebutted = tuple((report.id, claim.id) for claim in _rebuttals(report.text, one, found.claims, rare))
        for answer, is_for in gives[one.target.id]:
            voice = one.claim.chain[-1].voice
            yield Reason(answer, is_for == one.is_for, voice, report.id, one.claim.id, one.span, rebutted)


def _clauses(text: str, claims: Sequence[Claim], gives: Gives) -> Iterator[Offered]:
    """Clauses in a claim that answers, and what is left of its sentence behind "since"."""
    for claim in claims:
        last = claim.content[-1]
        clause = _CLAUSE.search(text, last.start + 1, last.end) if claim.id in gives else None
        if clause and last.end - clause.end() >= SHORTEST_CLAUSE:
            yield Offered(claim, Span(clause.end(), last.end), claim, is_for=True)
    for before, after in pairwise(claims):
        rest = after.content[0]
        gap = rest.start - before.content[-1].end
        clause = _CLAUSE.match(text, *rest)
        if before.id in gives and after.attribution is None and clause and 0 <= gap <= len(", "):
            yield Offered(after, Span(clause.end(), rest.end), before, is_for=True)


def _statements(text: str, claims: Sequence[Claim], said: Mapping[str, Attribution], gives: Gives) -> Iterator[Offered]:
    """The next statements of a voice after it answered, or after it rejected what another answered."""
    spoken = [claim for claim in claims if claim.attribution]
    for at, claim in enumerate(spoken):
        rejected = _rejected(text, claim, spoken[:at], gives) if claim.stance == "denies" else None
        target = rejected or (claim if claim.id in gives else None)
        if target:
            for reason in _next(text, spoken[at + 1 :], claim, said, needs_cue=rejected is None):
                if reason.id not in gives:
                    span = Span(reason.content[0].start, reason.content[-1].end)
                    yield Offered(reason, span, target, is_for=rejected is None)


def _next(
    text: str, rest: Sequence[Claim], claim: Claim, said: Mapping[str, Attribution], *, needs_cue: bool
) -> Iterator[Claim]:
    """What the same voice goes on to say."""
    end, taken = claim.content[-1].end, 0
    for one in rest:
        if taken == MOST_REASONS or one.content[0].start - end > NEAR or one.content[0].start < end:
            return
        if [link.voice for link in one.chain] != [link.voice for link in claim.chain]:
            return
        cue = said[one.attribution or ""].cue
        words = {lemma(word) for word in re.findall(r"\w+", text[slice(*cue)].lower())} if cue else set()
        if one.stance == "asserts" and (words & OFFERING or not needs_cue):
            yield one
            end, taken = one.content[-1].end, taken + 1
        elif needs_cue:
            return


def _rejected(text: str, claim: Claim, before: Sequence[Claim], gives: Gives) -> Claim | None:
    """The last claim of a voice that the rejecting words name: "disagreed with the ministry's account"."""
    words = {word for span in claim.content for word in _WORD.findall(text[slice(*span)])}
    acronyms = {word for span in claim.content for word in re.findall(r"\b[A-Z]{2,}\b", text[slice(*span)])}
    own = claim.chain[-1].voice
    for one in reversed(before):
        voice = one.chain[-1].voice
        named = {*_WORD.findall(voice), *re.findall(r"\b[A-Z]{2,}\b", voice)}
        if one.id in gives and voice != own and named & (words | acronyms):
            return one
    return None


def _rare(text: str, claims: Sequence[Claim]) -> dict[str, frozenset[str]]:
    """By claim its words that stand in few claims of the report."""
    words = {
        claim.id: {lemma(word) for span in claim.content for word in _WORD.findall(text, *span)} for claim in claims
    }
    often = Counter(word for several in words.values() for word in several)
    return {name: frozenset(word for word in several if often[word] < COMMON) for name, several in words.items()}


def _rebuttals(text: str, one: Offered, claims: Sequence[Claim], rare: Mapping[str, frozenset[str]]) -> Iterator[Claim]:
    voices = {link.voice for link in one.claim.chain[1:]}
    here = {lemma(word) for word in _WORD.findall(text, *one.span)} & rare[one.claim.id]
    for claim in claims:
        start = claim.content[0].start
        if not one.span.end <= start <= one.span.end + REBUTTED_WITHIN or claim.chain[-1].voice in voices:
            continue
        words = " ".join(text[slice(*span)] for span in claim.content)
        if here & rare[claim.id] and (claim.stance == "denies" or _OTHERWISE.search(words)):
            yield claim
