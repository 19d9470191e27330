"""Which claim a place of a text belongs to: the innermost whose content holds it."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.model import Claim


@dataclass(frozen=True, slots=True)
class Levels:
    """Stretches of a text, each with its innermost claim."""

    starts: tuple[int, ...]
    claims: tuple[Claim | None, ...]

    def at(self, place: int) -> Claim | None:
        """The innermost claim at a code point, None where none stands."""
        found = bisect_right(self.starts, place) - 1
        return self.claims[found] if found >= 0 else None


def levels(claims: Iterable[Claim]) -> Levels:
    """The stretches of one report's claims. Innermost is what begins last, of those what ends first."""
    spans = sorted((span.start, span.end, claim.id, claim) for claim in claims for span in claim.content)
    open_now: list[tuple[int, int, str, Claim]] = []
    starts: list[int] = []
    found: list[Claim | None] = []
    at = 0
    for place in sorted({edge for start, end, *_ in spans for edge in (start, end)}):
        while at < len(spans) and spans[at][0] == place:
            start, end, name, claim = spans[at]
            heapq.heappush(open_now, (-start, end, name, claim))
            at += 1
        while open_now and open_now[0][1] <= place:
            heapq.heappop(open_now)
        starts.append(place)
        found.append(open_now[0][3] if open_now else None)
    return Levels(tuple(starts), tuple(found))
