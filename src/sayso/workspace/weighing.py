"""What is said, weighed, under the table of assumptions or another; and that table, to look at and to change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from difflib import get_close_matches
from typing import Any, NamedTuple

from sayso import spine, weighing
from sayso.kit import WrongUse
from sayso.model import Accounts, Case, Question, Weighing
from sayso.weighing import CONTRADICTED, DEFAULTS, LIMITS, MUCH_CONFLICT, Assumptions, estimated, hangs

__all__ = ["WEIGHED_LIMITS", "Assumed", "Assumptions", "assume", "assumed", "hangs_in_words", "said_beside", "weigh"]


class Assumed(NamedTuple):
    """One number of the table of assumptions."""

    key: str
    """Section and names, with dots between them: "reliability.official.named"."""
    value: float
    default: float
    """What the table that comes with the program says."""
    source: str
    """Where the numbers of its section come from."""


def weigh(case: Case, *, assumptions: Assumptions = DEFAULTS, accounts: Accounts | None = None) -> tuple[Weighing, ...]:
    """What the testimonies on each question, taken together, leave of its answers, in the order of the questions.

    Nothing in it says that an answer is so. `assume` makes other assumptions. `accounts`: the ledgers, where they were
    drawn up before.
    """
    return spine.weigh(case, accounts=accounts, assumptions=assumptions)


def assume(several: Iterable[str], assumptions: Assumptions = DEFAULTS) -> Assumptions:
    """The table with other numbers, each as "KEY=VALUE": "dependence.bloc=0.3". `WrongUse` where there is none."""
    for one in several:
        key, _, written = one.partition("=")
        path = [part.strip() for part in key.split(".")]
        try:
            value = float(written)
        except ValueError:
            raise WrongUse(f"{one!r} is not KEY=VALUE, as in dependence.bloc=0.3.") from None
        _refuse_unknown(key.strip(), assumptions)
        assumptions = weighing.change(assumptions, _changed(assumptions, path, value), f"--assume {one}")
    return assumptions


def _refuse_unknown(key: str, assumptions: Assumptions) -> None:
    known = [one.key for one in assumed(assumptions)]
    if key not in known:
        near = get_close_matches(key, known, n=1)
        meant = f" Did you mean {near[0]}?" if near else ""
        raise WrongUse(f"There is no assumption {key!r}.{meant} `sayso weigh --assumptions` lists them all.")


def _changed(assumptions: Assumptions, path: list[str], value: float) -> dict[str, Any]:
    """The change as a table: of two names below a section, the other one stays."""
    section, name, *deeper = path
    if not deeper:
        return {section: {name: value}}
    return {section: {name: {**getattr(assumptions, section)[name], deeper[0]: value}}}


def assumed(assumptions: Assumptions = DEFAULTS) -> tuple[Assumed, ...]:
    """Every number that weighing assumes, with its source, in the order of the table."""
    default = dict(_numbers(DEFAULTS))
    return tuple(
        Assumed(key, value, default[key], assumptions.sources[key.partition(".")[0]])
        for key, value in _numbers(assumptions)
    )


def _numbers(assumptions: Assumptions) -> Iterator[tuple[str, float]]:
    for field in fields(assumptions):
        if field.name != "sources":
            yield from _below(field.name, getattr(assumptions, field.name))


def _below(key: str, found: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    for name, value in found.items():
        if isinstance(value, Mapping):
            yield from _below(f"{key}.{name}", value)
        else:
            yield f"{key}.{name}", float(value)


def hangs_in_words(
    question: Question, weighing: Weighing, names: Mapping[str, str], *, numbers: bool = False
) -> tuple[str, ...]:
    """What hangs on what, in sentences. `names`: of origins and reports, by their ids."""
    return tuple(hangs(question, weighing, names, numbers=numbers))


def said_beside(question: Question, weighing: Weighing, *, numbers: bool = False) -> tuple[str, ...]:
    """How well founded what leads is, and whether accounts contradict each other; with `numbers` figures too."""
    estimates = weighing.estimates if numbers else ()
    return (
        f"Confidence: {weighing.confidence}. {' '.join(weighing.reasons)}",
        *((CONTRADICTED,) if weighing.conflict >= MUCH_CONFLICT else ()),
        *(estimated(one, days=question.slot == "date") for one in estimates),
    )


WEIGHED_LIMITS = LIMITS
"""To be said beside every weighing."""
