"""The records of a draft check: one's own article against a case. Nothing of it enters the case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from sayso.model.report import Findings, Report, Span

Verdict = Literal["contradicted", "firmer", "untraced", "single-rooted", "traced", "no claim"]
"""What a sentence of a draft is, the one to look at first in front: a claim of the case denies it or gives another
answer; it drops a hedge or an attribution that all its sources have; nothing in the case is like it; all that is like
it comes from one origin; it comes from two independent origins at least; it says nothing that can be checked."""

Dropped = Literal["hedge", "attribution"]


class Source(NamedTuple):
    """A claim of the case that says the same as the draft, or nearly."""

    report: str
    claim: str
    likeness: float
    """Share of what the draft says that it says too, rare words counting more: 0 to 1. No probability."""


class Root(NamedTuple):
    """One independent origin of what the draft says, with all claims through which it is heard."""

    name: str
    """The voice on whose word it is, the publisher for a reporter's own."""
    own: bool
    """Whether it is a reporter's own voice."""
    sources: tuple[Source, ...]
    """In the order of the case. Never empty."""


class Against(NamedTuple):
    """A claim of the case that speaks against the draft."""

    source: Source
    reason: str
    """In plain words: "denies it", "gives another number: 23"."""
    is_rival: bool
    """Whether it gives another answer; if not, it denies the draft's, or asserts what the draft denies."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One claim of a draft, and where it comes from."""

    claim: str
    """Id of the draft's claim."""
    content: tuple[Span, ...]
    """Its words in the draft, as far as they stand in this sentence."""
    verdict: Verdict
    roots: tuple[Root, ...] = ()
    """Independent origins, at the cautious count: what may be one is one. Those with most sources first."""
    against: tuple[Against, ...] = ()
    """In the order of the case. Of a statement that the draft gives as somebody's word they are no contradiction,
    unless they are that somebody's own."""
    dropped: tuple[Dropped, ...] = ()
    """What all its sources have and the draft has not."""
    also: tuple[Root, ...] = ()
    """Of a statement that the draft gives as the word of somebody: others who say so, or nearly. They trace nothing."""
    nearest: tuple[Source, ...] = ()
    """Of an untraced statement what comes nearest, likest first."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft."""

    span: Span
    verdict: Verdict
    """That of its statement to look at first."""
    statements: tuple[Statement, ...]
    """In the order of the text."""
    passages: tuple[tuple[Span, str, Span], ...] = ()
    """What stands word for word in a report: span in the draft, report, span there."""


@dataclass(frozen=True, slots=True)
class DraftCheck:
    """A draft, what was read in it, and where each of its sentences comes from."""

    report: Report
    findings: Findings
    sentences: tuple[Sentence, ...]
    """All of them, in the order of the text."""
