"""A claim with what was found in its content."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple, Protocol, TypeVar

from sayso.model import Claim, Event, Filler, Findings, Mention, Quantity, Span, When


class Content(NamedTuple):
    """A claim with what was found in its content, each in the order of the text."""

    claim: Claim
    events: Sequence[Event]
    fillers: Sequence[Filler]
    quantities: Sequence[Quantity]
    times: Sequence[When]
    mentions: Sequence[Mention]


class _Placed(Protocol):
    @property
    def span(self) -> Span: ...


_T = TypeVar("_T", bound=_Placed)


def content_of(claim: Claim, findings: Findings) -> Content:
    """What the report's findings hold of a claim's content."""
    return Content(
        claim,
        _inside(claim.content, findings.events),
        _inside(claim.content, sorted(findings.fillers, key=lambda one: one.span)),
        _inside(claim.content, findings.quantities),
        _inside(claim.content, findings.times),
        _inside(claim.content, findings.mentions),
    )


def _inside(content: Sequence[Span], several: Sequence[_T]) -> tuple[_T, ...]:
    """Those that begin in the content; `several` are in the order of the text."""
    found: list[_T] = []
    for span in content:
        first = bisect_left(several, span.start, key=_start)
        found.extend(several[first : bisect_left(several, span.end, lo=first, key=_start)])
    return tuple(found)


def _start(one: _Placed) -> int:
    return one.span.start
