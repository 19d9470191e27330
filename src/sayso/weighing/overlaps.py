"""Answers that do not exclude each other: "11" and "at least 11", a city and its country. Only true conflicts compete.

An answer stands for the set of all ways in which it can be so. Two are rivals if nothing is in both; a narrower one
lies within a broader one and implies it, never the other way. Of the supports for answers and of the denials, as in
`core`, each may hold or not; those that contradict each other are set aside (Dempster 1967; of nested answers Shafer
and Logan 1987). With x = e^W − 1 of each answer and S any set of answers of which no two are rivals

    Z = Σ over S of  Π x over S · Π e^(−D) over all that S implies      Bel = what of Z implies the answer, as a share

so that Bel of the broader is at least that of the narrower; with rivals alone it is what `core` has. Answers of which
each two can hold together are taken to hold all together, as numbers and days do. What only several broader answers
imply together ("at least 10" and "at most 10") is not worked out: Bel is then the less, never the more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import product
from operator import or_
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.model import Question

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

NEVER = -np.inf
"""The logarithm of nothing."""


class Shape(NamedTuple):
    """How some answers, by their places, exclude and imply each other. Sets of places are the bits of integers."""

    rivals: tuple[int, ...]
    """Of each answer those with which it cannot hold."""
    implies: tuple[int, ...]
    """Of each answer the broader ones, itself among them."""

    def implied_by(self, place: int) -> Iterator[int]:
        """The narrower ones, itself among them."""
        return (at for at, broader in enumerate(self.implies) if broader >> place & 1)


class Overlap(NamedTuple):
    """Answers to one question of which some can hold together. All its other answers are rivals of everything."""

    question: int
    answers: Ints
    """Numbers of the answers, in their order."""
    shape: Shape

    def fellows(self, answer: int) -> list[int]:
        """Numbers of the other answers with which one can hold together."""
        at = np.flatnonzero(self.answers == answer)
        if not len(at):
            return []
        together = ~self.shape.rivals[at[0]] & ~(1 << int(at[0]))
        return [int(one) for place, one in enumerate(self.answers) if together >> place & 1]

    def implying(self, answer: int) -> list[int]:
        """Numbers of the answers that imply one: itself, and narrower ones."""
        at = np.flatnonzero(self.answers == answer)
        return [int(self.answers[one]) for one in self.shape.implied_by(int(at[0]))] if len(at) else [answer]


class Laid(NamedTuple):
    """Overlaps of one shape in the rows of answers that are to be weighed. B of them, k answers each."""

    shape: Shape
    rows: Ints
    """(B, k)"""
    question: Ints
    """(B,)"""


class Left(NamedTuple):
    """What is left of some answers, as logarithms, before adding up to one."""

    total: Floats
    """(B,): log Z."""
    belief: Floats
    """(B, k)"""
    plausible: Floats
    """(B, k)"""
    whole: Floats
    """(B, k): nats for each with those for the narrower ones."""


def overlaps(questions: Iterable[Question]) -> Iterator[Overlap]:
    """Of each question that has any the answers that can hold together with others."""
    first = 0
    for at, question in enumerate(questions):
        found = _overlap(question)
        if found:
            places, shape = found
            yield Overlap(at, np.array(places, np.int64) + first, shape)
        first += len(question.answers)


def _overlap(question: Question) -> tuple[list[int], Shape] | None:
    """Places and shape. Two answers are rivals unless how they differ says that both can hold; two motives are none.

    What can hold with a narrower answer can hold with the broader one.
    """
    names = {one.id: at for at, one in enumerate(question.answers)}
    size = len(names)
    together = np.eye(size, dtype=bool) | (question.slot == "motive")
    implies = np.eye(size, dtype=bool)
    for one in question.differences:
        if one.kind != "conflict" and one.one in names and one.other in names:
            here, there = names[one.one], names[one.other]
            together[here, there] = together[there, here] = True
            if one.broader:
                implies[there if one.broader == one.one else here, names[one.broader]] = True
    if np.count_nonzero(together) == size:
        return None
    for middle in range(size):
        implies |= implies[:, middle, None] & implies[None, middle]
    together = implies.T @ together @ implies
    kept = [at for at in range(size) if np.count_nonzero(together[at]) > 1]
    grid = np.ix_(kept, kept)
    return kept, Shape(_bits(~together[grid]), _bits(implies[grid]))


def _bits(matrix: NDArray[np.bool_]) -> tuple[int, ...]:
    return tuple(_bits_of(int(at) for at in np.flatnonzero(row)) for row in matrix)


def lay(found: Iterable[Overlap], places: Mapping[int, tuple[Ints, Ints]] | None = None) -> list[Laid]:
    """Overlaps of one shape together. `places`: by question where rows of its answers begin, and their questions there.

    Without them the numbers of the answers are their rows.
    """
    by_shape: dict[Shape, list[tuple[Ints, Ints]]] = {}
    for one in found:
        if places is None:
            by_shape.setdefault(one.shape, []).append((one.answers[None], np.array([one.question])))
        elif one.question in places:
            starts, question = places[one.question]
            by_shape.setdefault(one.shape, []).append((starts[:, None] + one.answers[None], question))
    return [
        Laid(shape, np.concatenate([rows for rows, _ in some]), np.concatenate([question for _, question in some]))
        for shape, some in by_shape.items()
    ]


def believe(shape: Shape, support: Floats, denial: Floats) -> Left:
    """What is left of the answers of a shape. `support`, `denial`: (B, k), in nats."""
    with np.errstate(divide="ignore"):
        x = np.ascontiguousarray((support + np.log1p(-np.exp(-support))).T)
    against = np.ascontiguousarray(denial.T)
    plan = _plan(shape, _where(support), _where(denial))
    sums: list[Floats] = [np.zeros(len(support))]

    def value(one: _Term) -> Floats:
        found = sums[one.rest] if one.place is None else sums[one.rest] + x[one.place]
        for at in one.denials:
            found = found - against[at]
        return found

    def add(several: Sequence[_Term]) -> Floats:
        return reduce(np.logaddexp, map(value, several)) if several else np.full(len(support), NEVER)

    for step in plan.steps:
        if isinstance(step, _Choice):
            sums.append(np.logaddexp(sums[step.without], value(step.held)))
        else:
            sums.append(reduce(np.add, (sums[at] for at in step)))
    return Left(
        sums[plan.total],
        np.stack([add(several) for several in plan.belief], 1),
        np.stack([value(one) for one in plan.plausible], 1),
        np.stack([sums[at] for at in plan.whole], 1),
    )


def _where(nats: Floats) -> int:
    return _bits_of(int(at) for at in np.flatnonzero((nats > 0).any(0)))


class _Term(NamedTuple):
    """A product, as the sum of logarithms: of sets that hold one answer, less the denials of what it implies."""

    place: int | None
    denials: tuple[int, ...]
    rest: int
    """Number of the sum over what can hold with it."""


class _Choice(NamedTuple):
    """The sum over sets without an answer, and over those that hold it."""

    without: int
    held: _Term


class _Plan(NamedTuple):
    """How Z of a shape is worked out, and of its parts. The sum with number 0 is that over nothing: 1."""

    steps: tuple[_Choice | tuple[int, ...], ...]
    """Sums by their numbers, from 1: a choice, or a product of sums."""
    total: int
    belief: tuple[tuple[_Term, ...], ...]
    plausible: tuple[_Term, ...]
    whole: tuple[int, ...]


@lru_cache(maxsize=1 << 12)
def _plan(shape: Shape, supported: int, denied: int) -> _Plan:
    """`supported`, `denied`: of which answers anything is said, and denied."""
    made = _Planner(shape)
    places = range(len(shape.rivals))
    total = made.sum_of(supported, denied)
    return _Plan(
        total=total,
        belief=tuple(tuple(made.implying(at, supported, denied)) for at in places),
        plausible=tuple(made.fitting(at, supported, denied) for at in places),
        whole=tuple(made.sum_of(_bits_of(shape.implied_by(at)) & supported, 0) for at in places),
        steps=tuple(made.steps),
    )


class _Planner:
    """Sums over sets of some answers that hold together, each planned once."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.steps: list[_Choice | tuple[int, ...]] = []
        self.known: dict[tuple[int, int], int] = {}

    def sum_of(self, some: int, denied: int) -> int:
        """Number of the sum over some answers, where of the denials these still count."""
        if not some:
            return 0
        denied &= _all_of(self.shape.implies, some)
        if (some, denied) not in self.known:
            self.steps.append(self._step(some, denied))
            self.known[some, denied] = len(self.steps)
        return self.known[some, denied]

    def implying(self, place: int, some: int, denied: int) -> Iterator[_Term]:
        """The sets that imply an answer: by each narrower one in turn, without those before."""
        for one in self.shape.implied_by(place):
            if some >> one & 1:
                yield self._with(one, some, denied)
                some &= ~(1 << one)

    def fitting(self, place: int, some: int, denied: int) -> _Term:
        """The sets that can hold together with an answer."""
        broader = self.shape.implies[place]
        rest = self.sum_of(some & ~self.shape.rivals[place], denied & ~broader)
        return _Term(None, tuple(_places(broader & denied)), rest)

    def _with(self, one: int, some: int, denied: int) -> _Term:
        broader, fitting = self.shape.implies[one], some & ~self.shape.rivals[one] & ~(1 << one)
        return _Term(one, tuple(_places(broader & denied)), self.sum_of(fitting, denied & ~broader))

    def _step(self, some: int, denied: int) -> _Choice | tuple[int, ...]:
        parts = list(self._apart(some, denied))
        if len(parts) > 1:
            return tuple([self.sum_of(one, denied) for one in parts])
        one = max(_places(some), key=lambda at: ((self.shape.rivals[at] & some).bit_count(), -at))
        return _Choice(self.sum_of(some & ~(1 << one), denied), self._with(one, some, denied))

    def _apart(self, some: int, denied: int) -> Iterator[int]:
        """Answers that neither exclude each other nor imply one that is denied, in parts."""
        while some:
            part, new = 0, some & -some
            while new:
                part |= new
                some &= ~new
                broader = _all_of(self.shape.implies, new) & denied
                fellows = _bits_of(at for at in _places(some) if self.shape.implies[at] & broader)
                new = some & (_all_of(self.shape.rivals, new) | fellows)
            yield part


def _all_of(columns: Sequence[int], some: int) -> int:
    """The sets of some, as one."""
    return reduce(or_, (columns[at] for at in _places(some)), 0)


def _bits_of(places: Iterable[int]) -> int:
    return sum(1 << at for at in places)


def _places(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low


def matrix(columns: Sequence[int]) -> NDArray[np.bool_]:
    """(k, k): the sets of a shape as rows."""
    size = len(columns)
    out = np.zeros((size, size), bool)
    for at, other in product(range(size), repeat=2):
        out[at, other] = columns[at] >> other & 1
    return out
