"""Which names stand for one, given the ties between them: clustering that never puts two together that must not be.

Constrained agglomerative clustering (Davidson & Ravi 2005, "Agglomerative hierarchical clustering with constraints"):
ties are taken from the strongest to the weakest, and a tie is passed over where it would bring together two names that
exclude each other. So a chain A ~ B ~ C never joins an A and a C that are two. Names that are tied as spellings of one
name are in one *family*, and all pairs of a family must be alike (complete linkage).

Where ties of one strength contradict each other ("A, also known as X" and "B, also known as X"), none of them is taken,
so that neither the order of reports nor that of the alphabet decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, groupby, product
from typing import NamedTuple

from sayso.names import forms
from sayso.names.records import Key, Tie

MOST_NAMES = 60
"""Names, short forms not counted, that can be one's. Where more hang together, something is misread."""

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

    def join(self, ties: Iterable[Tie]) -> None:
        """Take in what the ties say, strongest first, as far as nothing excludes it."""
        ordered = sorted(ties, key=lambda tie: (-tie.score, tie.one, tie.other, tie.reason))
        self.given |= {_pair(tie) for tie in ordered if not tie.by_spelling}
        for _, equal in groupby(ordered, key=lambda tie: tie.score):
            left = list(equal)
            while contested := self._contested(left):
                self.refused |= contested
                left = [tie for tie in left if tie not in contested]
            for tie in left:
                self._unite(tie)

    def force(self, ties: Iterable[Tie]) -> None:
        """Join by a person's word, in this order. Only a person's word excludes it."""
        for tie in ties:
            self.given.add(_pair(tie))
            names = product(self.of[tie.one].names, self.of[tie.other].names)
            why = next((why for one, other in names if (why := self._set_apart(one, other))), "")
            if why:
                self.refused[tie] = why
            else:
                self._unite(tie)

    def _contested(self, ties: list[Tie]) -> dict[Tie, str]:
        """Of ties of one strength those over which names would come together that exclude each other, with why."""
        contested: dict[Tie, str] = {}
        for graph in _components(ties, self.of):
            too_many = graph.ties() if sum(not name.tied for name in graph.names) > MOST_NAMES else []
            if too_many:
                contested |= dict.fromkeys(too_many, f"more than {MOST_NAMES} names would hang together")
                continue
            for one, other in combinations(sorted(graph.names), 2):
                here, there = graph.names[one] - graph.names[other], graph.names[other] - graph.names[one]
                why = self._obstacle(graph, one, other) if here and there else ""
                if why:
                    contested |= dict.fromkeys(graph.between(here, there), why)
        return contested

    def _obstacle(self, graph: _Graph, one: Name, other: Name) -> str:
        """Why two names exclude each other, if all of a graph came together; "" if they do not."""
        why = self._set_apart(one, other)
        if why or (one.core == other.core and one.person == other.person and not _two_genders(one, other)):
            return why
        if frozenset((one, other)) in self.given:
            return ""
        why = _conflict(one, other)
        if why:
            return why
        here, there = graph.families[one], graph.families[other]
        are_two_people = one.person and _is_full(one) and _is_full(other) and not self._is_told(graph, here, there)
        if (not here.isdisjoint(there) or are_two_people) and not self.alike(one, other):
            return f"{one.core} and {other.core} are two names"
        return ""

    def _is_told(self, graph: _Graph, here: set[int], there: set[int]) -> bool:
        """Whether a text or a person ties a name of one family to a name of the other."""
        ours, theirs = ([n for n, found in graph.families.items() if found & some] for some in (here, there))
        return any(frozenset(pair) in self.given for pair in product(ours, theirs))

    def _set_apart(self, one: Name, other: Name) -> str:
        if other.core in self.apart.get(one.core, ()):
            return f"a person has set {one.core} and {other.core} apart"
        return ""

    def _unite(self, tie: Tie) -> None:
        here, there = self.of[tie.one], self.of[tie.other]
        if here is there:
            return
        if tie.by_spelling:
            family, gone = here.names[_name(tie.one)], there.names[_name(tie.other)]
            there.names = {name: family if old == gone else old for name, old in there.names.items()}
        if len(here.members) < len(there.members):
            here, there = there, here
        here.members += there.members
        here.names = {**there.names, **here.names} if there.names.keys() - here.names.keys() else here.names
        for key in there.members:
            self.of[key] = here


@dataclass(slots=True)
class _Graph:
    """Clusters, by number, that ties of one strength hold together."""

    edges: dict[int, list[tuple[int, Tie]]]
    names: dict[Name, set[int]]
    """The clusters that have a name."""
    families: dict[Name, set[int]]
    """The families that a name would be in."""

    def ties(self) -> list[Tie]:
        """Those between names that are good anywhere."""
        found = (tie for edges in self.edges.values() for _, tie in edges)
        return [tie for tie in found if not tie.one.report and not tie.other.report]

    def between(self, here: set[int], there: set[int]) -> Iterator[Tie]:
        """The ties on all shortest ways from some clusters to others."""
        near, far = self._distances(here), self._distances(there)
        shortest = min(near[number] for number in there)
        for number, edges in self.edges.items():
            yield from (tie for other, tie in edges if near[number] + 1 + far[other] == shortest)

    def _distances(self, start: set[int]) -> dict[int, int]:
        distances = dict.fromkeys(start, 0)
        edge = list(start)
        while edge:
            reached = [other for number in edge for other, _ in self.edges[number] if other not in distances]
            distances |= dict.fromkeys(reached, distances[edge[0]] + 1)
            edge = list(dict.fromkeys(reached))
        return distances


def _components(ties: Iterable[Tie], of: Mapping[Key, Cluster]) -> Iterator[_Graph]:
    """What these ties hold together beyond what is together already."""
    edges: defaultdict[int, list[tuple[int, Tie]]] = defaultdict(list)
    clusters = {}
    for tie in ties:
        here, there = of[tie.one], of[tie.other]
        if here is not there:
            clusters[id(here)], clusters[id(there)] = here, there
            edges[id(here)].append((id(there), tie))
            edges[id(there)].append((id(here), tie))
    left = dict.fromkeys(clusters)
    while left:
        reached = [left.popitem()[0]]
        for number in reached:
            for other, _ in edges[number]:
                if other in left:
                    del left[other]
                    reached.append(other)
        yield _graph({number: edges[number] for number in reached}, clusters)


def _graph(edges: dict[int, list[tuple[int, Tie]]], clusters: Mapping[int, Cluster]) -> _Graph:
    names: defaultdict[Name, set[int]] = defaultdict(set)
    families: defaultdict[Name, set[int]] = defaultdict(set)
    merged = _merged_families(edges, clusters)
    for number in edges:
        for name, family in clusters[number].names.items():
            names[name].add(number)
            families[name].add(merged.get(family, family))
    return _Graph(edges, names, families)


def _merged_families(edges: dict[int, list[tuple[int, Tie]]], clusters: Mapping[int, Cluster]) -> dict[int, int]:
    """The family into which each family goes that a tie by spelling joins to another."""
    merged: dict[int, int] = {}

    def root(family: int) -> int:
        while family in merged and merged[family] != family:
            family = merged[family]
        return family

    for number, ties in edges.items():
        for other, tie in ties:
            if tie.by_spelling:
                ends = {**clusters[number].names, **clusters[other].names}
                one, another = sorted((root(ends[_name(tie.one)]), root(ends[_name(tie.other)])))
                merged[another] = one
    return {family: root(family) for family in merged}


def _name(key: Key) -> Name:
    return Name(key.core, key.person, key.gender, bool(key.report))


def _pair(tie: Tie) -> frozenset[Name]:
    return frozenset((_name(tie.one), _name(tie.other)))


def _is_full(name: Name) -> bool:
    return not name.tied and forms.is_full(name.core)


def _two_genders(one: Name, other: Name) -> bool:
    return bool(one.gender and other.gender) and one.gender != other.gender


def _conflict(one: Name, other: Name) -> str:
    """What speaks against two names whatever else they are; "" for nothing."""
    if one.person != other.person:
        return "one is a person, the other is not"
    if _two_genders(one, other):
        return "titles give them two genders"
    if one.tied or other.tied or set(one.core.split()).isdisjoint(other.core.split()):
        return ""
    return forms.conflict(one.core, other.core)
