"""The toll ledger: lowest, best, highest, and every figure on a line with those who give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markupsafe import Markup

from sayso.dossier.index import Place
from sayso.dossier.pictures import bar, dot, drawing, onward, tick
from sayso.dossier.questions import Chains
from sayso.dossier.sayings import Known, gathered, of_claim
from sayso.dossier.words import bounds, figure, spelled
from sayso.model import Case, Figure, Toll

MOST: Final = 20
"""Tolls that are shown; the rest are counted."""
MOST_FIGURES: Final = 30
FEW: Final = 8
"""Figures of a toll that are shown before it is unfolded: those that most reports give."""
MOST_CHAINS: Final = 6
MARGIN: Final = 1.05
"""The scale ends so far beyond the highest number."""
PEOPLE: Final = "people told of singly"
REST: Final = "those who were hit, less the dead"


class _Value(NamedTuple):
    """What figures have in common that stand on one line."""

    low: float
    high: float | None
    scope: str
    superseded: bool
    far: bool
    basis: str


@dataclass(frozen=True, slots=True)
class Number:
    """One figure and those who give it."""

    words: str
    asides: tuple[str, ...]
    """What is to be known of it: of whom it counts, whether a later one took its place."""
    by: Chains
    picture: Markup


@dataclass(frozen=True, slots=True)
class Ledger:
    """One toll as the page shows it."""

    fate: str
    incident: int
    about: str
    low: str
    best: str
    high: str
    minimum: str
    origins: str
    attackers: str
    """What is said of attackers among the dead, "" for nothing."""
    numbers: tuple[Number, ...]
    more: int
    end: str
    """The right end of the scale."""


@dataclass(frozen=True, slots=True)
class Tolls:
    """All tolls of a case."""

    shown: tuple[Ledger, ...]
    more: int


def tolls(case: Case, known: Known) -> Tolls:
    """The tolls in the case's order."""
    shown = [_ledger(one, known) for one in case.tolls[:MOST]]
    return Tolls(tuple(shown), len(case.tolls) - len(shown))


def places(found: Tolls) -> Iterator[Place]:
    """All sentences that the tolls lead to."""
    for ledger in found.shown:
        for number in ledger.numbers:
            for saying in number.by.shown:
                yield from saying.places


def _ledger(one: Toll, known: Known) -> Ledger:
    incident, about = known.incidents.get(one.incident, (0, ""))
    alike: defaultdict[_Value, list[Figure]] = defaultdict(list)
    for each in one.figures:
        alike[_Value(each.low, each.high, each.scope, each.superseded, each.far, each.basis)].append(each)
    ordered = _most_given_first(alike)
    end = scale(one)
    return Ledger(
        fate=one.fate,
        incident=incident,
        about=about,
        low=figure(one.low),
        best=figure(one.best),
        high=f"{figure(one.high)}{' or more' if one.open else ''}",
        minimum=figure(one.minimum),
        origins=spelled(one.origins, "origin"),
        attackers=spelled(one.attackers, "attacker") if one.attackers else "",
        numbers=tuple(_number(value, alike[value], (one, end), known) for value in ordered[:MOST_FIGURES]),
        more=max(0, len(ordered) - MOST_FIGURES),
        end=figure(round(end)),
    )


def _most_given_first(alike: dict[_Value, list[Figure]]) -> list[_Value]:
    """The few that most reports give, then the rest; both by number."""

    def reports(value: _Value) -> int:
        return len({given.report for one in alike[value] for given in one.given})

    ranked = sorted(alike, key=lambda value: (_place(value)[0], -reports(value), _place(value)))
    return sorted(ranked[:FEW], key=_place) + sorted(ranked[FEW:], key=_place)


def _place(value: _Value) -> tuple[bool, float, float, bool, str, str]:
    """Those that count first, then by number."""
    aside = bool(value.scope) or value.superseded or value.far
    top = value.low if value.high is None else value.high
    return aside, top, value.low, value.high is None, value.scope, value.basis


def scale(one: Toll) -> float:
    """Where the scale ends: beyond the highest number that counts."""
    counting = [each for each in one.figures if not (each.far or each.superseded or each.scope)]
    tops = [each.low if each.high is None else each.high for each in counting]
    return max([one.high, *tops, 1.0]) * MARGIN


def _number(value: _Value, figures: Sequence[Figure], drawn: tuple[Toll, float], known: Known) -> Number:
    some = gathered(
        saying for one in figures for given in one.given if (saying := of_claim(given.claim, given.span, known))
    )
    asides = (
        f"of “{value.scope}” only" if value.scope else "",
        PEOPLE if value.basis == "people" else REST if value.basis == "both" else "",
        "the same origin gives another figure later" if value.superseded else "",
        "far from the others: it may count something else" if value.far else "",
    )
    return Number(
        words=bounds(value.low, value.high),
        asides=tuple(aside for aside in asides if aside),
        by=Chains(some[:MOST_CHAINS], max(0, len(some) - MOST_CHAINS)),
        picture=_drawn(value, *drawn),
    )


def _drawn(value: _Value, one: Toll, end: float) -> Markup:
    aside = bool(value.scope) or value.superseded or value.far
    top = value.low if value.high is None else value.high
    shapes = [tick(one.low / end, "lo"), tick(one.high / end, "lo"), tick(one.best / end, "be")]
    if value.high is None:
        shapes.append(onward(value.low / end))
    if value.low == top:
        shapes.append(dot(top / end, "ao" if aside else "ex"))
    else:
        shapes.append(bar(value.low / end, top / end, "as" if aside else "hp"))
    return drawing(shapes, "st")
