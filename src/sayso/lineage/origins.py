"""How many voices there really are: what the answers to each question rest on, as bounds.

    claims of a question ──▶ whose word each rests on ──▶ what shows that two are one ──▶ origins, low and high
                                    roots                      merges, maybes

High counts every origin that nothing shows to be another's; low counts what is left if everything that may be one is
one. Several people quoted together ("three officials") are one origin in both bounds: they are heard as one, by one
reporter, and nothing tells whether they were asked apart. What a person says of two origins counts before all else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import NamedTuple, get_args

from sayso.kit import FIRMNESS, Memory, identify, weakest
from sayso.lineage.maybes import Heard, possible
from sayso.lineage.merges import Shown, taken
from sayso.lineage.roots import Cast, Root, Said
from sayso.model import (
    Case,
    Certainty,
    Judgement,
    Lineage,
    Merge,
    MergeKind,
    Origin,
    Question,
    Testimony,
)

SAME, APART = "same", "different"
"""What a person says of two origins."""

STRENGTH: tuple[MergeKind, ...] = get_args(MergeKind)


Key = tuple[str, str, bool]


class Groups:
    """Which origins are one: two named ones only where a person says so, those that a person tells apart never."""

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        self._of: dict[str, str] = {}
        self._members: dict[str, set[str]] = {}
        self._apart: defaultdict[str, set[str]] = defaultdict(set)
        for one, other in apart:
            self._apart[one].add(other)
            self._apart[other].add(one)

    def first(self, name: str) -> str:
        """What stands for the group of an origin."""
        return self._of.get(name, name)

    def members(self, name: str) -> set[str]:
        """All origins that are one with an origin."""
        return self._members.get(self.first(name), {name})

    def are_apart(self, one: str, other: str) -> bool:
        """Whether a person says that they, or others that are one with them, are two."""
        others = self.members(other)
        return any(self._apart[each] & others for each in self.members(one) if each in self._apart)

    def told_apart(self, name: str) -> list[str]:
        """What a person says is not an origin, nor those that are one with it."""
        return sorted(other for each in self.members(name) if each in self._apart for other in self._apart[each])

    def join(self, one: str, other: str) -> bool:
        """Make two one. False where a person says that they are two."""
        here, there = sorted((self.first(one), self.first(other)))
        if here != there:
            if self.are_apart(here, there):
                return False
            self._members[here] = self.members(here) | self.members(there)
            self._members.pop(there, None)
            self._of.update(dict.fromkeys(self._members[here], here))
        return True


def pair_of(one: str, other: str) -> str:
    """What a judgement on two origins is about, in whatever order."""
    return identify("origins", *sorted((one, other)))


def ruled(judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """The last word on each two origins, by verdict."""
    last: dict[str, Judgement] = {}
    judgements = tuple(judgements)
    gone = {one.supersedes for one in judgements}
    for one in sorted(judgements, key=attrgetter("at")):
        if len(one.names) == 2 and one.about == pair_of(*one.names) and one.id not in gone:
            last[one.about] = one
    return {
        verdict: [last[name] for name in sorted(last) if last[name].verdict == verdict] for verdict in (SAME, APART)
    }


def root(case: Case, memory: Memory | None = None) -> tuple[Lineage, ...]:
    """What the answers to each question rest on, in their order. The order of reports changes nothing.

    With a `memory`, a lineage is traced anew only where claims, voices or origins of its question are others.
    """
    memory = memory or Memory(keeps=False)
    cast = Cast(case)
    asked = [[cast.said(given, one.id) for one in each.answers for given in one.given] for each in case.questions]
    shown = [list(taken(cast, several)) for several in asked]
    said = ruled(case.judgements)
    groups = Groups((one.names[0], one.names[1]) for one in said[APART])
    merges = _person_says(said[SAME], groups)
    merges += _joined([one for several in shown for one in several], groups)
    out = []
    for question, several, evidence in zip(case.questions, asked, shown, strict=True):
        here = {one.root.id for one in several}
        found = _Found(groups, evidence, [one for one in merges if one.one in here and one.other in here])
        answers = [one.id for one in question.answers]
        ruled_apart = [(one.about, one.names) for one in said[APART]]
        members = [groups.members(one.root.id) for one in several]
        rests_on = (
            answers,
            several,
            evidence,
            found.merges,
            members,
            ruled_apart,
            [cast.all_of(one) for one in several],
        )
        make = partial(_lineage, cast, question, several, found=found)
        out.append(memory.recall(("lineage", question.id), rests_on, make))
    return tuple(out)


class _Found(NamedTuple):
    """What was taken, in the whole case and in one question; merges of origins of this question alone."""

    groups: Groups
    shown: list[Shown]
    merges: list[Merge]


def _person_says(same: Iterable[Judgement], groups: Groups) -> list[Merge]:
    found = []
    for one in same:
        here, there = one.names[0], one.names[1]
        if groups.join(here, there):
            found.append(Merge(here, there, "person", f"{one.by} says so: {one.reason}", taken=True))
    return found


def _joined(shown: Iterable[Shown], groups: Groups) -> list[Merge]:
    """The unnamed that are one with others, wherever in the case they speak: no two of different names."""
    evidence: dict[tuple[str, str], Shown] = {}
    for one in sorted(shown, key=_order):
        if one.one.root.sort in {"unnamed", "named"}:
            evidence.setdefault((one.one.root.id, one.other.root.id), one)
    named = {each.root.id for one in evidence.values() for each in (one.one, one.other) if each.root.sort == "named"}
    found = []
    for (here, there), one in evidence.items():
        is_name = one.one.root.sort == one.other.root.sort == "named"
        both = len(named & (groups.members(here) | groups.members(there)))
        if (is_name or both < TWO) and groups.join(here, there):
            found.append(Merge(here, there, one.kind, one.reason, taken=True))
    return found


TWO = 2


def _order(one: Shown) -> tuple[int, str, str, str]:
    return STRENGTH.index(one.kind), one.one.root.id, one.other.root.id, one.reason


def _key(said: Said) -> Key:
    return said.given.claim, said.answer, said.given.is_for


def _heard(several: Sequence[Said], found: _Found) -> list[Heard]:
    """Each claim with its origin: a reporter's own words, and nobody's, may rest on somebody else's claim."""
    onward = {_key(one.one): one.other for one in found.shown if one.one.root.sort in {"own", "nobody"}}

    def last(said: Said) -> Said:
        seen = {_key(said)}
        while (there := onward.get(_key(said))) and _key(there) not in seen:
            if found.groups.are_apart(said.root.id, there.root.id):
                break
            seen.add(_key(there))
            said = there
        return said

    return [Heard(said, found.groups.first(last(said).root.id)) for said in several]


def _lineage(cast: Cast, question: Question, several: Sequence[Said], *, found: _Found) -> Lineage:
    heard = _heard(several, found)
    roots = _best(cast, heard, found.groups)
    at_root = [one for one in heard if found.groups.first(one.root.id) == one.origin]
    maybes = [one for one in possible(cast, at_root) if not found.groups.are_apart(one.one, one.other)]
    low = Groups(_apart(roots, found.groups))
    open_ones = [Merge(*one, taken=False) for one in maybes if low.join(one.one, one.other)]
    joined = len(roots) - len({low.first(name) for name in roots})
    origins = _origins(cast, heard, roots)
    return Lineage(
        question.id,
        origins,
        tuple(_testimonies(question, heard, origins, found)),
        (*_taken_here(heard, found), *open_ones),
        len(roots) - joined,
        len(roots),
    )


def _apart(roots: Mapping[str, Root], groups: Groups) -> Iterable[tuple[str, str]]:
    """The origins of one question that a person tells apart."""
    pairs = ((one, groups.first(other)) for one in roots for other in groups.told_apart(one))
    return [pair for pair in pairs if pair[1] in roots]


def _best(cast: Cast, heard: Sequence[Heard], groups: Groups) -> dict[str, Root]:
    """Each origin by what tells best who it is: by a name, then by the first in the case. In the order of the case."""
    best: dict[str, tuple[tuple[bool, int, int, str], Root]] = {}
    first: dict[str, tuple[int, int, str]] = {}
    for one in heard:
        said = one.said
        place = cast.place[said.report.id], said.claim.content[0].start, said.root.id
        first[one.origin] = min(first.get(one.origin, place), place)
        if groups.first(said.root.id) == one.origin:
            ranked = (said.root.sort != "named", *place), said.root
            best[one.origin] = min(best.get(one.origin, ranked), ranked)
    return {name: best[name][1] for name in sorted(first, key=lambda one: first[one])}


def _origins(cast: Cast, heard: Sequence[Heard], roots: Mapping[str, Root]) -> tuple[Origin, ...]:
    reports: defaultdict[str, set[str]] = defaultdict(set)
    for one in heard:
        reports[one.origin].add(one.said.report.id)
    return tuple(
        Origin(
            name,
            one.name,
            one.kind,
            one.sort in {"named", "own"},
            one.voice,
            tuple(sorted(reports[name], key=cast.place.__getitem__)),
        )
        for name, one in roots.items()
    )


def _taken_here(heard: Sequence[Heard], found: _Found) -> tuple[Merge, ...]:
    """What was taken that is about origins of this question: each two once, the strongest reason."""
    origin = {_key(one.said): one.origin for one in heard}
    merges = [
        *found.merges,
        *(
            Merge(one.one.root.id, one.other.root.id, one.kind, one.reason, taken=True)
            for one in sorted(found.shown, key=_order)
            if origin[_key(one.one)] == origin[_key(one.other)]
        ),
    ]
    each = {frozenset((one.one, one.other)): one for one in reversed(merges)}
    return tuple(reversed(each.values()))


def _testimonies(
    question: Question, heard: Sequence[Heard], origins: Sequence[Origin], found: _Found
) -> Iterable[Testimony]:
    by_side: defaultdict[tuple[str, str, bool], list[Said]] = defaultdict(list)
    for one in heard:
        by_side[one.origin, *one.said.side].append(one.said)
    copies = {_key(one.one) for one in found.shown}
    for answer in question.answers:
        for is_for in (True, False):
            for origin in origins:
                several = by_side.get((origin.id, answer.id, is_for))
                if several:
                    yield _testimony(several, origin, copies)


def _testimony(several: Sequence[Said], origin: Origin, copies: set[Key]) -> Testimony:
    """A hedge once made cannot be undone by whoever passes it on: so the first hearers count, where they are known."""
    at_first_hand = [one for one in several if _key(one) not in copies and len(one.claim.chain) <= FIRST_HAND]
    firmest = min(at_first_hand or several, key=lambda one: FIRMNESS.index(commitment(one)))
    given = tuple(dict.fromkeys(one.given for one in several))
    first = several[0]
    return Testimony(origin.id, first.answer, first.given.is_for, given, firmest.claim.stance, commitment(firmest))


FIRST_HAND = 2
"""Voices in a chain that nobody passes on: the publisher's and the one who speaks."""


def commitment(said: Said) -> Certainty:
    """The weakest certainty along a chain."""
    return max(weakest(said.claim.chain), said.claim.certainty, key=FIRMNESS.index)
