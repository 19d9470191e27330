"""A claim with what was found in its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.kit import begun_in, covers
from sayso.model import Attribution, Claim, Event, Filler, Findings, Mention, Quantity, Span, When


class Content(NamedTuple):
    """A claim with what was found in its content, each in the order of the text."""

    claim: Claim
    events: Sequence[Event]
    fillers: Sequence[Filler]
    quantities: Sequence[Quantity]
    times: Sequence[When]
    mentions: Sequence[Mention]
    tellers: Sequence[Span] = ()
    """The sources of attributions within the content."""
    inner: Sequence[Span] = ()
    """What these attribute: their claims say it, not this one."""


def content_of(claim: Claim, findings: Findings) -> Content:
    """What the report's findings hold of a claim's content."""
    return Content(
        claim,
        begun_in(claim.content, findings.events),
        begun_in(claim.content, sorted(findings.fillers, key=lambda one: one.span)),
        begun_in(claim.content, findings.quantities),
        begun_in(claim.content, findings.times),
        begun_in(claim.content, findings.mentions),
        tuple(sorted(one.source for one in _within(claim, findings) if one.source)),
        tuple(sorted(span for one in _within(claim, findings) for span in one.content)),
    )


def _within(claim: Claim, findings: Findings) -> Iterator[Attribution]:
    """The attributions that begin in the claim's content, its own left out."""
    for one in findings.attributions:
        if one.id != claim.attribution and covers(claim.content, one.content[0]):
            yield one
