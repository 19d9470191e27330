"""Which names stand for one, given the ties between them: clustering that never puts two together that must not be.

Constrained agglomerative clustering (Davidson & Ravi 2005, "Agglomerative hierarchical clustering with constraints"):
ties are taken from the strongest to the weakest, and a tie is passed over where it would bring together two names that
exclude each other. So a chain A ~ B ~ C never joins an A and a C that are two. Names that are tied as spellings of one
name are in one *family*, and all pairs of a family must be alike (complete linkage).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from sayso.names import forms
from sayso.names.records import Key, Tie

Alike = Callable[["Name", "Name"], bool]


class Name(NamedTuple):
    """What of a key bears on whether two exclude each other."""

    core: str
    person: bool
    gender: forms.Gender
    tied: bool
    """Whether it is good in one report alone: a short form, a description."""


@dataclass(slots=True)
class Cluster:
    """Names that stand for one."""

    members: list[Key]
    names: dict[Name, int]
    """The family of each distinct name in it."""


@dataclass(slots=True)
class Clusters:
    """All clusters so far."""

    alike: Alike
    """Whether two names can be spellings of one."""
    apart: Mapping[str, frozenset[str]]
    """Cores that a person has set apart, by core."""
    of: dict[Key, Cluster] = field(default_factory=dict)
    given: set[frozenset[Name]] = field(default_factory=set)
    """Pairs of names that a text or a person ties: these do not exclude each other."""
    refused: dict[Tie, str] = field(default_factory=dict)
    """Why a tie was passed over."""

    def add(self, keys: Iterable[Key]) -> None:
        """A cluster, and a family, for each key."""
        for family, key in enumerate(keys, len(self.of)):
            self.of[key] = Cluster([key], {_name(key): family})

    def join(self, ties: Iterable[Tie], *, forced: bool = False) -> None:
        """Take in what the ties say, strongest first, as far as nothing excludes it.

        `forced` ties are a person's word, which only a person's word excludes.
        """
        ordered = sorted(ties, key=lambda tie: (-tie.score, tie.one, tie.other, tie.reason))
        self.given |= {frozenset((_name(tie.one), _name(tie.other))) for tie in ordered if not tie.by_spelling}
        for tie in ordered:
            here, there = self.of[tie.one], self.of[tie.other]
            if here is there:
                continue
            why = self._set_apart(here, there) or ("" if forced else self._obstacle(tie, here, there))
            if why:
                self.refused[tie] = why
            else:
                self._unite(tie, here, there)

    def _obstacle(self, tie: Tie, here: Cluster, there: Cluster) -> str:
        """Which two names exclude each other, and why; "" if none do."""
        now = {**here.names, **there.names}
        if tie.by_spelling:
            merged, gone = now[_name(tie.one)], now[_name(tie.other)]
            now = {name: merged if family == gone else family for name, family in now.items()}
        for one, other in product(here.names, there.names):
            why = _conflict(one, other)
            if why and frozenset((one, other)) not in self.given:
                return why
            if now[one] == now[other] or (one.person and _is_full(one) and _is_full(other)):
                is_told = now[one] != now[other] and self._is_told(now, now[one], now[other])
                if one.core != other.core and not is_told and not self.alike(one, other):
                    return f"{one.core} and {other.core} are two names"
        return ""

    def _is_told(self, now: Mapping[Name, int], one: int, other: int) -> bool:
        """Whether a text or a person ties a name of one family to a name of the other."""
        here = [name for name, family in now.items() if family == one]
        there = [name for name, family in now.items() if family == other]
        return any(frozenset(pair) in self.given for pair in product(here, there))

    def _set_apart(self, here: Cluster, there: Cluster) -> str:
        if not self.apart:
            return ""
        cores = {name.core for name in there.names}
        for name in here.names:
            parted = self.apart.get(name.core, frozenset()) & cores
            if parted:
                return f"a person has set {name.core} and {min(parted)} apart"
        return ""

    def _unite(self, tie: Tie, here: Cluster, there: Cluster) -> None:
        if tie.by_spelling:
            family, gone = here.names[_name(tie.one)], there.names[_name(tie.other)]
            there.names = {name: family if old == gone else old for name, old in there.names.items()}
        if len(here.members) < len(there.members):
            here, there = there, here
        here.members += there.members
        here.names = {**there.names, **here.names}
        for key in there.members:
            self.of[key] = here


def _name(key: Key) -> Name:
    return Name(key.core, key.person, key.gender, bool(key.report))


def _is_full(name: Name) -> bool:
    return not name.tied and forms.is_full(name.core)


def _conflict(one: Name, other: Name) -> str:
    """What speaks against two names whatever else they are; "" for nothing."""
    if one.person != other.person:
        return "one is a person, the other is not"
    if one.gender and other.gender and one.gender != other.gender:
        return "titles give them two genders"
    if one.tied or other.tied or set(one.core.split()).isdisjoint(other.core.split()):
        return ""
    return forms.conflict(one.core, other.core)
