"""What weighing assumes, as one table: reliability, interest, fidelity, hedges, rivals, dependence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sayso.kit import WrongUse
from sayso.model import Kind

TABLE = Path(__file__).with_name("assumptions.toml")


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The table `assumptions.toml`, section by section; what each number means stands there."""

    reliability: Mapping[str, Mapping[str, float]]
    against_interest: Mapping[str, float]
    interest: Mapping[str, float]
    fidelity: Mapping[str, float]
    counting: Mapping[str, float]
    hedge: Mapping[str, float]
    rivals: Mapping[str, float]
    dependence: Mapping[str, float]
    figures: Mapping[str, float]
    learning: Mapping[str, float]
    sources: Mapping[str, str]
    """Where each section's numbers come from."""

    def reliability_of(self, kind: Kind, *, named: bool) -> float:
        """How often somebody of this kind is taken to be right, 0 to 1."""
        return self.reliability[kind]["named" if named else "unnamed"]


def load(path: Path = TABLE) -> Assumptions:
    """The assumptions in a file; what it leaves out is as in the table that comes with the program.

    Raises WrongUse, naming what is wrong, for a file that is no such table.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WrongUse(f"{path}: cannot be read as a table of assumptions: {error}") from error
    if path == TABLE:
        return Assumptions(**given)
    return change(DEFAULTS, given, str(path))


def change(old: Assumptions, given: Mapping[str, Any], name: str = "assumptions") -> Assumptions:
    """The same table with other numbers: {"interest": {"party": 0.5}}. Raises WrongUse for what it does not know."""
    new: dict[str, Any] = {}
    for section, values in given.items():
        known = getattr(old, section, None)
        if not isinstance(known, Mapping) or not isinstance(values, Mapping):
            raise WrongUse(f"{name}: there is no section [{section}]; see {TABLE.name}")
        if unknown := sorted(values.keys() - known.keys()):
            raise WrongUse(f"{name}: [{section}] has no {unknown[0]!r}; it has {', '.join(known)}")
        if not all(_sound(section, value) for value in values.values()):
            raise WrongUse(f"{name}: [{section}] holds a number that is out of bounds; see {TABLE.name}")
        new[section] = {**known, **values}
    return replace(old, **new)


def _sound(section: str, value: object) -> bool:
    if section == "sources":
        return isinstance(value, str)
    if isinstance(value, Mapping):
        return value.keys() == {"named", "unnamed"} and all(_sound(section, one) for one in value.values())
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    return value >= 1 if section == "rivals" else value > 0 if section in {"figures", "learning"} else 0 <= value <= 1


DEFAULTS = load()
"""The table that comes with the program."""
