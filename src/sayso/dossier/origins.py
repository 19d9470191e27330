"""What the answers to a question rest on, as a picture: reports, those who passed words on, origins.

The names stand in lists, for everybody to read; the lines between them are drawn beneath, of numbers alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markupsafe import Markup

from sayso.dossier.pictures import net, strand, tie
from sayso.dossier.sayings import ARROW, Known
from sayso.dossier.words import count, listing
from sayso.model import PUBLISHER_NOT_RECORDED, Lineage, Merge, Origin, Question

MOST_ORIGINS: Final = 7
"""Origins that are drawn, those with most reports; the rest are counted."""
MOST_REPORTS: Final = 10
MOST_ROWS: Final = 16
"""So high a picture is at most, in rows; where more ways lead to origins they stand closer. As in the style sheet."""
MOST_REASONS: Final = 8
MOST_SAID: Final = 2
"""Answers that are named of an origin."""

REPORTS_END: Final = (27.0, 36.0)
"""Where the reports' column ends, in hundredths of the width: with relays, and without. As in the style sheet."""
RELAYS: Final = (34.0, 55.0)
ORIGINS_START: Final = (62.0, 50.0)
ORIGINS_END: Final = 95.0


@dataclass(frozen=True, slots=True)
class Leaf:
    """A report of the picture."""

    number: int
    publisher: str
    rests: str
    """On whom it rests and through whom, for those who do not see the lines."""


@dataclass(frozen=True, slots=True)
class Root:
    """An origin of the picture."""

    name: str
    own: bool
    """Whether it is a reporter, in their own voice."""
    says: str
    """Which answers it gives and denies."""
    maybe: str
    """With which others it may be one; "" for none."""


@dataclass(frozen=True, slots=True)
class Rests:
    """What the answers to one question rest on."""

    leaves: tuple[Leaf, ...]
    relays: tuple[str, ...]
    """Through whom: "" where lines go straight on; none where all do."""
    roots: tuple[Root, ...]
    rows: int
    picture: Markup
    more: str
    """What is not drawn, in words; "" for nothing."""
    reasons: tuple[str, ...]
    """Why some are taken for one, or may be."""
    more_reasons: int
    roll: tuple[tuple[Root, tuple[int, ...]], ...] = ()
    """All origins with the numbers of their reports, where the page has room for them: see `roll`."""


class _Path(NamedTuple):
    """A way from a report to an origin."""

    report: str
    through: str
    origin: str


def rests(question: Question, lineage: Lineage, known: Known) -> Rests:
    """The picture of one question."""
    paths = _paths(lineage, known)
    roots = _drawn(lineage, paths)
    place = {one.id: at for at, one in enumerate(roots)}
    paths = [one for one in paths if one.origin in place]
    leaves = _leaves(paths, place)
    paths = [one for one in paths if one.report in leaves]
    through = list(dict.fromkeys(sorted((place[one.origin], one.through) for one in paths)))
    relays = tuple(name for _, name in through) if any(name for _, name in through) else ()
    reports = {one.report for one in _paths(lineage, known)}
    names = {one.id: one.name for one in lineage.origins}
    said = [_reason(one, names) for one in lineage.merges]
    return Rests(
        leaves=tuple(_leaf(one, paths, names, known) for one in leaves),
        relays=relays,
        roots=tuple(_root(one, question, lineage, names) for one in roots),
        rows=min(max(len(leaves), len(relays), len(roots)), MOST_ROWS),
        picture=_net(paths, (leaves, through if relays else [], roots), lineage.merges),
        more=_more(len(reports) - len(leaves), len(lineage.origins) - len(roots)),
        reasons=tuple(dict.fromkeys(said))[:MOST_REASONS],
        more_reasons=max(0, len(dict.fromkeys(said)) - MOST_REASONS),
    )


def roll(question: Question, lineage: Lineage, known: Known) -> tuple[tuple[Root, tuple[int, ...]], ...]:
    """All origins, those that are not drawn too, each with the numbers of the reports that lead to it."""
    names = {one.id: one.name for one in lineage.origins}
    numbers: defaultdict[str, set[int]] = defaultdict(set)
    for path in _paths(lineage, known):
        numbers[path.origin].add(known.index.reports[path.report])
    return tuple((_root(one, question, lineage, names), tuple(sorted(numbers[one.id]))) for one in lineage.origins)


def bounds_of(heard: Collection[str], lineage: Lineage) -> int:
    """Of these origins, how many there are at the least: if all that may be one is one."""
    same = {one: one for one in heard}
    left = len(same)
    for merge in lineage.merges:
        if not merge.taken and merge.one in same and merge.other in same:
            one, other = same[merge.one], same[merge.other]
            left -= one != other
            same = {name: one if first == other else first for name, first in same.items()}
    return left


def _paths(lineage: Lineage, known: Known) -> list[_Path]:
    found: dict[_Path, None] = {}
    for testimony in lineage.testimonies:
        for given in testimony.given:
            claim = known.claims.get(given.claim)
            if given.report in known.reports:
                relays = [link.voice for link in claim.chain[1:-1]] if claim else []
                found[_Path(given.report, ARROW.join(relays), testimony.origin)] = None
    return list(found)


def _drawn(lineage: Lineage, paths: Iterable[_Path]) -> list[Origin]:
    """The origins with most reports, in the lineage's order."""
    reports: defaultdict[str, set[str]] = defaultdict(set)
    for path in paths:
        reports[path.origin].add(path.report)
    ranked = sorted(lineage.origins, key=lambda one: -len(reports[one.id]))[:MOST_ORIGINS]
    return [one for one in lineage.origins if one in ranked]


def _leaves(paths: Sequence[_Path], place: Mapping[str, int]) -> list[str]:
    """Reports, so that lines cross little: by the origins they lead to. Each origin keeps at least one of them."""
    ways: defaultdict[str, list[int]] = defaultdict(list)
    for path in paths:
        ways[path.report].append(place[path.origin])
    order = sorted(ways, key=lambda one: sum(ways[one]) / len(ways[one]))
    first = {origin: report for report in reversed(order) for origin in ways[report]}
    kept = dict.fromkeys([*first.values(), *order])
    some = set(list(kept)[:MOST_REPORTS])
    return [one for one in order if one in some]


def _leaf(report: str, paths: Iterable[_Path], names: Mapping[str, str], known: Known) -> Leaf:
    mine = [one for one in paths if one.report == report]
    ways = [names[one.origin] + (f", through {one.through}" if one.through else "") for one in mine]
    publisher = known.reports[report].publisher or PUBLISHER_NOT_RECORDED
    return Leaf(known.index.reports[report], publisher, "; ".join(ways))


def _root(one: Origin, question: Question, lineage: Lineage, names: Mapping[str, str]) -> Root:
    words = {answer.id: answer.words for answer in question.answers}
    said = [each for each in lineage.testimonies if each.origin == one.id]
    sides = {True: "says", False: "denies"}
    told = [
        f"{word}: {listing([words[each.answer] for each in said if each.is_for == side], MOST_SAID)}"
        for side, word in sides.items()
        if any(each.is_for == side for each in said)
    ]
    pairs = [{each.one, each.other} for each in lineage.merges if not each.taken]
    others = sorted({name for pair in pairs if one.id in pair for name in pair - {one.id} if name in names})
    return Root(one.name, one.voice is None, "; ".join(told), listing([names[each] for each in others], 3))


def _net(
    paths: Iterable[_Path],
    columns: tuple[Sequence[str], Sequence[tuple[int, str]], Sequence[Origin]],
    merges: Iterable[Merge],
) -> Markup:
    leaves, through, roots = columns
    left = {name: _height(at, len(leaves)) for at, name in enumerate(leaves)}
    right = {one.id: _height(at, len(roots)) for at, one in enumerate(roots)}
    place = {one.id: at for at, one in enumerate(roots)}
    lines: dict[str, None] = {}
    for path in paths:
        start, end = left[path.report], right[path.origin]
        if not through:
            lines[strand(REPORTS_END[1], start, ORIGINS_START[1], end)] = None
            continue
        middle = _height(through.index((place[path.origin], path.through)), len(through))
        lines[strand(REPORTS_END[0], start, RELAYS[0], middle)] = None
        if not path.through:
            lines[strand(RELAYS[0], middle, RELAYS[1], middle)] = None
        lines[strand(RELAYS[1], middle, ORIGINS_START[0], end)] = None
    for merge in merges:
        if not merge.taken and merge.one in right and merge.other in right:
            lines[tie(ORIGINS_END, right[merge.one], right[merge.other])] = None
    return net(lines)


def _height(at: int, of: int) -> float:
    return 100.0 * (at + 0.5) / of


def _more(reports: int, origins: int) -> str:
    words = [count(number, f"more {noun}") for number, noun in ((reports, "report"), (origins, "origin")) if number > 0]
    return " and ".join(words)


def _reason(merge: Merge, names: Mapping[str, str]) -> str:
    if merge.taken:
        return f"One: {merge.reason}"
    pair = [names[one] for one in (merge.one, merge.other) if one in names]
    return f"May be one: {' and '.join(pair)}: {merge.reason}" if pair else f"May be one: {merge.reason}"
