"""When it happened beside when it was said: the timeline as the page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from sayso.dossier.index import Place
from sayso.dossier.pictures import bar, dot, drawing
from sayso.dossier.questions import Chains
from sayso.dossier.sayings import Known, gathered, of_claim
from sayso.dossier.words import day, days
from sayso.model import Case, Moment

MOST: Final = 60
"""Lines that are shown, those of which most reports tell."""
MOST_CHAINS: Final = 5
KINDS: Final = {"incident": "incident", "event": "event", "statement": "statement"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline."""

    when: str
    clock: str
    """The time of day in a report's words, "" where none gives it."""
    kind: str
    incident: int
    """Number of the incident, 0 for none."""
    by: Chains
    """Who says so; the first one's words stand in the line."""
    said: str
    """The days on which it was said, in words."""
    picture: Markup


@dataclass(frozen=True, slots=True)
class Lines:
    """The timeline."""

    shown: tuple[Line, ...]
    more: int
    first: str
    """First and last day of the strips, in words; "" where there are no days."""
    last: str


def lines(case: Case, known: Known, some: Sequence[Moment] | None = None) -> Lines:
    """The moments that most reports tell of, in their order; or only `some`, on strips of the same days."""
    often = most_told(case.moments, MOST)
    first, last = window(often, case.incidents[0].id if case.incidents else "")
    shown = often if some is None else some
    made = [_line(one, (first, last), known) for one in shown]
    told = tuple(one for one in made if one.by.shown)
    return Lines(told, len(case.moments) - len(told), day(first), day(last))


def places(found: Lines) -> Iterator[Place]:
    """All sentences that the timeline leads to."""
    for one in found.shown:
        for saying in one.by.shown:
            yield from saying.places


def most_told(moments: Sequence[Moment], most: int) -> list[Moment]:
    """Those of which most reports tell, an incident before others, in their order."""
    ranked = sorted(range(len(moments)), key=lambda at: (*_rank(moments[at]), at))[:most]
    return [moments[at] for at in sorted(ranked)]


def _rank(one: Moment) -> tuple[int, bool, int]:
    return -len({told.report for told in one.told}), one.kind != "incident", -len(one.told)


def window(moments: Sequence[Moment], main: str) -> tuple[str, str]:
    """First and last day of the strips: from the main incident, or the first word on anything, to the last word.

    What happened long before would leave no room for the rest: it stands at the left edge.
    """
    said = [one for moment in moments for told in moment.told for one in (told.said_first, told.said_last) if one]
    happened = [one.earliest for one in moments if one.incident == main and one.kind == "incident" and one.earliest]
    begun = [*happened, *said]
    return (min(begun), max([*said, *happened])) if begun else ("", "")


def _line(one: Moment, window: tuple[str, str], known: Known) -> Line:
    sayings = [saying for told in one.told if (saying := of_claim(told.claim, told.span, known))]
    some = gathered(sayings)
    said = sorted({each for told in one.told for each in (told.said_first, told.said_last) if each})
    return Line(
        when=days(one.earliest, one.latest),
        clock=next((told.clock for told in one.told if told.clock), ""),
        kind=KINDS[one.kind],
        incident=known.incidents.get(one.incident or "", (0, ""))[0],
        by=Chains(some[:MOST_CHAINS], max(0, len(some) - MOST_CHAINS)),
        said=days(said[0], said[-1]) if said else "not recorded",
        picture=_strip(one, said, window),
    )


def _strip(one: Moment, said: Sequence[str], window: tuple[str, str]) -> Markup:
    first, last = window
    if not first:
        return Markup()
    whole = max(1, _days(first, last) + 1)
    shapes = []
    if one.earliest or one.latest:
        start = _days(first, one.earliest) / whole if one.earliest else 0.0
        end = (_days(first, one.latest) + 1) / whole if one.latest else 1.0
        shapes.append(bar(start, end, "hp"))
    shapes += [dot((_days(first, each) + 0.5) / whole) for each in said]
    return drawing(shapes, "st")


def _days(first: str, other: str) -> int:
    return (date.fromisoformat(other[:10]) - date.fromisoformat(first[:10])).days
