"""What changed on the way from origins to reports: both sentences, side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from sayso.dossier.index import Place
from sayso.dossier.sayings import Known
from sayso.model import PUBLISHER_NOT_RECORDED, Drift, DriftKind, Given, Where

MOST: Final = 120
"""Changes that are shown; the rest are counted."""
LONGEST: Final = 320
"""Characters of a sentence that are shown on either side of the words."""

KINDS: Final[dict[DriftKind, str]] = {
    "denial lost": "A denial is told as so",
    "hedge lost": "A hedge was lost",
    "certainty raised": "Said more firmly",
    "named": "Somebody unnamed got a name",
    "rounded": "A figure was rounded",
    "link dropped": "Somebody was left out",
}
"""In the order in which they are shown: what changes most of what is said comes first."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two sentences."""

    report: int
    publisher: str
    place: Place
    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change and where it stands."""

    kind: str
    reason: str
    before: Side
    after: Side


@dataclass(frozen=True, slots=True)
class Drifts:
    """All changes of a case."""

    shown: tuple[Change, ...]
    counts: tuple[tuple[str, int], ...]
    """How many of each kind there are."""
    more: int


def drifts(found: Iterable[Drift], known: Known, most: int | None = MOST) -> Drifts:
    """The changes, those first that change most of what is said; the same two sentences stand once for each kind.

    `most`: so many are shown, None for all.
    """
    order = {kind: place for place, kind in enumerate(KINDS)}
    made: dict[tuple[str, Place, Place], Change] = {}
    for one in sorted(found, key=lambda each: order[each.kind]):
        for change in _change(one, known):
            made.setdefault((change.kind, change.before.place, change.after.place), change)
    counts = Counter(one.kind for one in made.values())
    several = tuple(made.values())
    shown = several if most is None else _some(several, counts, most)
    return Drifts(shown, tuple(counts.items()), len(several) - len(shown))


def _some(several: tuple[Change, ...], counts: Counter[str], most: int) -> tuple[Change, ...]:
    """The first ones, of each kind a fair share."""
    share = most // max(1, len(counts))
    seen: Counter[str] = Counter()
    first: list[Change] = []
    rest: list[Change] = []
    for one in several:
        (first if seen[one.kind] < share else rest).append(one)
        seen[one.kind] += 1
    kept = {id(one) for one in [*first, *rest[: max(0, most - len(first))]]}
    return tuple(one for one in several if id(one) in kept)


def places(found: Drifts) -> Iterator[Place]:
    """All sentences that the changes lead to."""
    for one in found.shown:
        yield from (one.before.place, one.after.place)


def _change(one: Drift, known: Known) -> Iterator[Change]:
    sides = [_side(given, known) for given in (one.before, one.after)]
    if sides[0] and sides[1]:
        yield Change(KINDS[one.kind], one.reason, sides[0], sides[1])


def _side(given: Given, known: Known) -> Side | None:
    claim = known.claims.get(given.claim)
    if claim is None or given.report not in known.reports:
        return None
    report = known.reports[given.report]
    start, end = claim.content[0].start, claim.content[-1].end
    place = known.index.place(Where(report.id, claim.content[0]))
    sentences = known.index.sentences[report.id]
    around = sentences[place.sentence - 1] if place.sentence else claim.content[0]
    before, after = report.text[min(start, around.start) : start], report.text[end : max(end, around.end)]
    return Side(
        report=known.index.reports[report.id],
        publisher=report.publisher or PUBLISHER_NOT_RECORDED,
        place=place,
        before=before if len(before) <= LONGEST else "… " + before[-LONGEST:],
        words=report.text[start:end] if end - start <= LONGEST else report.text[start : start + LONGEST] + " …",
        after=after if len(after) <= LONGEST else after[:LONGEST] + " …",
    )
