"""Counts and days: from the answers to a question and who gives them to posteriors, one for each scope."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from math import inf
from typing import NamedTuple

import numpy as np

from sayso.model import Answer, Lineage, Question
from sayso.model.weighing import Estimate, Part, Weighing
from sayso.weighing.assumptions import Assumptions
from sayso.weighing.hearing import COUNTED, Known, overtaken
from sayso.weighing.numbers import Figures, posterior


class _Figure(NamedTuple):
    """What one origin gives, as one row of `Figures`."""

    scope: str
    origin: str
    last: int
    """Place of the last report that gives it."""
    low: float
    high: float
    wrong: float
    discount: float
    below: float
    above: float


def estimates(
    question: Question, lineage: Lineage, weighing: Weighing, known: Known, assumptions: Assumptions
) -> tuple[Estimate, ...]:
    """One for each scope that figures are given of, that of all first. Empty where no number or day is asked."""
    if question.slot not in COUNTED and question.slot != "date":
        return ()
    answers = {one.id: one for one in question.answers}
    stakes = _stakes(lineage, known)
    passed = overtaken(question)
    by_scope = defaultdict[str, list[_Figure]](list)
    for part in weighing.parts:
        bounds = _bounds(answers[part.answer], days=question.slot == "date")
        if part.is_for and bounds:
            figure = _figure(part, bounds, answers[part.answer].scope, (known, stakes), assumptions)
            wide = assumptions.figures["open_side"]
            by_scope[figure.scope].append(figure._replace(high=inf, above=wide) if part.answer in passed else figure)
    days = question.slot == "date"
    return tuple(_estimate(scope, by_scope[scope], assumptions, days=days) for scope in sorted(by_scope))


def _stakes(lineage: Lineage, known: Known) -> dict[str, str]:
    """What each origin has to do with the incident, as far as the ledger of responsibility tells; else its kind."""
    found = {one.id: "party" if one.kind == "party" else "" for one in lineage.origins}
    by_claim: dict[str, str] = {}
    for (claim, _), stake in sorted(known.stakes.items()):
        by_claim[claim] = by_claim.get(claim) or stake
    for testimony in lineage.testimonies:
        for given in testimony.given:
            found[testimony.origin] = by_claim.get(given.claim) or found.get(testimony.origin, "")
    return found


def _bounds(answer: Answer, *, days: bool) -> tuple[float, float] | None:
    if not days:
        low = answer.low
        return (
            None if low is None and answer.high is None else (low or 0.0, inf if answer.high is None else answer.high)
        )
    try:
        first, last = (date.fromisoformat(one).toordinal() for one in (answer.earliest, answer.latest))
    except ValueError:  # open to one side: no day to weigh
        return None
    return float(first), float(last)


def _figure(
    part: Part,
    bounds: tuple[float, float],
    scope: str,
    about: tuple[Known, dict[str, str]],
    assumptions: Assumptions,
) -> _Figure:
    """Who is held responsible plays down, their opponents and the victims play up: the other side stays open."""
    known, stakes = about
    stake, wide = stakes.get(part.origin, ""), assumptions.figures["open_side"]
    above = wide if stake in {"self", "same side", "accused"} else 1.0
    below = wide if stake in {"party", "victim"} else 1.0
    last = max((known.places.get(report, 0) for report in part.reports), default=0)
    return _Figure(scope, part.origin, last, *bounds, 1.0 - part.reliability, part.discount, below, above)


def _estimate(scope: str, figures: Sequence[_Figure], assumptions: Assumptions, *, days: bool) -> Estimate:
    some = figures if days else tuple(_with_older(figures, assumptions.figures["open_side"]))
    columns = [np.array([one[at] for one in some], float) for at in range(3, 9)]
    stray = assumptions.figures["stray_days" if days else "stray"]
    found = posterior(Figures(*columns), stray, days=days)
    return Estimate(found.low, found.mode, found.high, scope, len({one.origin for one in some}))


def _with_older(figures: Sequence[_Figure], wide: float) -> Iterable[_Figure]:
    """An older toll of an origin is a lower bound: more may have been found since."""
    newest: dict[str, int] = {}
    for one in figures:
        newest[one.origin] = max(one.last, newest.get(one.origin, 0))
    for one in figures:
        older = one.last < newest[one.origin]
        yield one._replace(high=inf, above=wide) if older else one
