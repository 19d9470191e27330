"""A claim with what was found in its content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sayso.kit import begun_in
from sayso.model import Claim, Event, Filler, Findings, Mention, Quantity, When


class Content(NamedTuple):
    """A claim with what was found in its content, each in the order of the text."""

    claim: Claim
    events: Sequence[Event]
    fillers: Sequence[Filler]
    quantities: Sequence[Quantity]
    times: Sequence[When]
    mentions: Sequence[Mention]


def content_of(claim: Claim, findings: Findings) -> Content:
    """What the report's findings hold of a claim's content."""
    return Content(
        claim,
        begun_in(claim.content, findings.events),
        begun_in(claim.content, sorted(findings.fillers, key=lambda one: one.span)),
        begun_in(claim.content, findings.quantities),
        begun_in(claim.content, findings.times),
        begun_in(claim.content, findings.mentions),
    )
