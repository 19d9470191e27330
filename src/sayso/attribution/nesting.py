"""Which attribution stands inside which."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from sayso.attribution.drafts import Draft
from sayso.kit import covers
from sayso.model import Span


def holders(drafts: Sequence[Draft]) -> list[int | None]:
    """For each draft, the index of the innermost one whose content holds its cue, source and content.

    A holder's content is always longer than what it holds, so there are no rings. Near linear: only the contents that
    begin before a draft and reach over it are looked at.
    """
    opening = sorted((span.start, span.end, i) for i, d in enumerate(drafts) for span in d.content)
    starts = [start for start, _, _ in opening]
    reach: list[int] = []
    for _, end, _ in opening:
        reach.append(max(end, reach[-1] if reach else 0))
    return [_holder(drafts, i, opening, starts, reach) for i in range(len(drafts))]


def _holder(
    drafts: Sequence[Draft], index: int, opening: list[tuple[int, int, int]], starts: list[int], reach: list[int]
) -> int | None:
    inner = drafts[index]
    anchor = inner.cue or inner.content[0]
    best: tuple[int, int] | None = None
    at = bisect_right(starts, anchor.start) - 1
    while at >= 0 and reach[at] >= anchor.end:
        _, end, other = opening[at]
        if other != index and end >= anchor.end and _holds(drafts[other], inner):
            best = min(best or (_length(drafts[other]), other), (_length(drafts[other]), other))
        at -= 1
    return best[1] if best else None


def _holds(outer: Draft, inner: Draft) -> bool:
    parts = [s for s in (*inner.content, inner.cue, inner.source) if s]
    return _length(outer) > _length(inner) and all(covers(outer.content, part) for part in parts)


def _length(draft: Draft) -> int:
    return sum(_size(span) for span in draft.content)


def _size(span: Span) -> int:
    return span.end - span.start
