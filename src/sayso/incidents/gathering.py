"""Events of one story as incidents: a shooting, those whom it killed, and what was damaged are one thing.

Reports of one story mostly tell of one incident, so events are kept together unless something speaks against it:

    own days that cannot be the same, an event in answer to another, "another", "an earlier" before one of the two,
    two kinds of deed that are not the same deed (an abduction, a fire), what follows (an arrest, a charge)

and all the more so the nearer they stand together in the reports. The numbers are rules of thumb; nothing was fitted.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.incidents.joining import Group, Story
from sayso.incidents.linkage import Scores, average_linkage
from sayso.incidents.signs import Scene

TOGETHER = 0.25
"""Mean score from which groups of events are one incident."""

STORY = 0.3
"""For standing in one report, or in reports that are as likely of one story as not. For less likely ones, as much less
for each unit of log odds."""
NEAR = (1.0, 0.6, 0.4)
"""For standing in the same sentence, the next, the one after: the mean over the reports that have both."""
AGAINST = {"days": -3.0, "answer": -1.5, "other": -1.5, "sequel": -3.0, "deed": -1.0}

MOST_GROUPS = 2000
"""Groups gathered at once."""

SPOKEN_OF = 0.2
"""Share of the events of the commonest kind from which a deed gives its kind to all."""

MOST_ON_ONE = 20
"""Events at most that one of them dates: the one of thirty that has a day was dated wrongly, or is another. A rule of
thumb."""

GENERIC = frozenset({"attack", "clash"})
"""Deeds that can be any other violent one."""
VIOLENT = frozenset({"attack", "clash", "shooting", "bombing", "bombardment", "abuse", "poisoning"})


class _Told(NamedTuple):
    """A group of events by report."""

    kind: str
    part: str
    days: tuple[int, int] | None
    by_report: Mapping[int, Sequence[Scene]]
    is_other: bool


def gather(story: Story) -> list[Group]:
    """The groups of a story as incidents, each in the order of the reports; in the order of their first events.

    More than `MOST_GROUPS` groups are gathered in parts, by time.
    """
    found = []
    for first in range(0, len(story.groups), MOST_GROUPS):
        part = story.groups[first : first + MOST_GROUPS]
        told = [_told(group) for group in part]
        label = average_linkage(_scores(told) + _reports(told, story), TOGETHER)
        for one in dict.fromkeys(label.tolist()):
            scenes = [scene for row in np.flatnonzero(label == one).tolist() for scene in part[row]]
            found.append(sorted(scenes, key=in_order))
    return found


def in_order(scene: Scene) -> tuple[int, int, str]:
    """By report, then place in the text."""
    return scene.report, scene.event.span.start, scene.event.id


def days_of(scenes: Sequence[Scene]) -> tuple[int, int] | None:
    """The days that most scenes with days agree on."""
    return agreed(possible((scene.days for scene in scenes), scenes))


def possible(several: Iterable[tuple[int, int] | None], scenes: Sequence[Scene]) -> list[tuple[int, int]]:
    """Days on which it can have been: no later than it was first told as a fact, give or take a time zone."""
    known = min((scene.known for scene in scenes if scene.known), default=date.max.toordinal())
    return [days for days in several if days and days[0] <= known + 1]


def agreed(several: Iterable[tuple[int, int] | None]) -> tuple[int, int] | None:
    """The commonest, with half a word from each wider one. Of equals the narrowest, then the first."""
    told = Counter(days for days in several if days)

    def support(days: tuple[int, int]) -> int:
        return told[days] + sum(told[other] for other in told if other[0] <= days[0] and days[1] <= other[1])

    return min(told, key=lambda days: (-support(days), days[1] - days[0], days), default=None)


def kind_of(scenes: Sequence[Scene]) -> str:
    """The kind of most of the deeds among them, else of most of the events; a deed that is hardly spoken of is none."""
    kinds = Counter(scene.event.kind for scene in scenes if scene.event.kind)
    least = SPOKEN_OF * max(kinds.values(), default=0)
    deeds = {kind: n for kind, n in kinds.items() if part_of(kind) != "outcome" and n >= least} or kinds
    return min(deeds, key=lambda kind: (-deeds[kind], kind in GENERIC, kind), default="")


@cache
def _parts() -> Mapping[str, str]:
    with (Path(__file__).parent / "kinds.csv").open(encoding="utf-8", newline="") as table:
        return {row["kind"]: row["part"] for row in csv.DictReader(table)}


def part_of(kind: str) -> str:
    """What a kind is in an incident: "deed", "outcome" (a death), or "sequel" (an arrest)."""
    return _parts().get(kind, "deed")


def _told(group: Group) -> _Told:
    kind = kind_of(group)
    by_report = defaultdict[int, list[Scene]](list)
    for scene in group:
        by_report[scene.report].append(scene)
    others = sum(scene.is_other for scene in group)
    return _Told(kind, part_of(kind), firm_days(group), by_report, 2 * others > len(group))


def firm_days(group: Group) -> tuple[int, int] | None:
    """Its days, unless one alone of many events has them."""
    days = days_of(group)
    once = sum(scene.days == days for scene in group) == 1
    return None if once and len(group) > MOST_ON_ONE else days


def _scores(told: Sequence[_Told]) -> Scores:
    """How likely groups are of one incident, each with each (n, n)."""
    parts = np.array([one.part for one in told])
    first = np.array([one.days[0] if one.days else -np.inf for one in told])
    last = np.array([one.days[1] if one.days else np.inf for one in told])
    others = np.array([one.is_other for one in told])
    kinds = np.array([one.kind for one in told])
    is_kind = kinds[:, None] == kinds
    sequel = ((parts == "sequel")[:, None] | (parts == "sequel")) & ~is_kind
    scores = np.zeros((len(told), len(told)), dtype=np.float32)
    scores += AGAINST["days"] * ((first[:, None] > last + 1) | (first > last[:, None] + 1))
    scores += AGAINST["other"] * (others[:, None] != others)
    scores += AGAINST["sequel"] * sequel
    scores += AGAINST["deed"] * ~(is_kind | _can_be_one(told))
    for one, other in _meeting(told):
        scores[one, other] += _beside(told[one], told[other])
        scores[other, one] = scores[one, other]
    return scores


def _reports(told: Sequence[_Told], story: Story) -> Scores:
    """What speaks for groups of one story being one incident, by how much their reports have in common (n, n)."""
    place = {report: at for at, report in enumerate(story.reports)}
    share = np.zeros((len(told), len(place)), dtype=np.float32)
    for row, one in enumerate(told):
        share[row, [place[report] for report in one.by_report]] = 1 / len(one.by_report)
    unlike = np.minimum(story.scores, 0)
    np.fill_diagonal(unlike, 0)
    scores: Scores = (STORY + STORY * np.round(share @ unlike @ share.T, 3)).astype(np.float32)
    return scores


def _meeting(told: Sequence[_Told]) -> list[tuple[int, int]]:
    """The pairs of groups that some report has both of."""
    by_report = defaultdict[int, list[int]](list)
    for number, one in enumerate(told):
        for report in one.by_report:
            by_report[report].append(number)
    return sorted({pair for several in by_report.values() for pair in combinations(several, 2)})


def _can_be_one(told: Sequence[_Told]) -> NDArray[np.bool_]:
    """(n, n): whether deeds of two kinds can be one, or one of the two is no deed."""
    violent = np.array([one.kind in VIOLENT for one in told])
    generic = np.array([one.kind in GENERIC for one in told])
    outcome = np.array([one.part == "outcome" for one in told])
    can: NDArray[np.bool_] = outcome[:, None] | outcome | (violent[:, None] & violent & (generic[:, None] | generic))
    return can


def _beside(one: _Told, other: _Told) -> float:
    """What their places in the reports that have both say."""
    shared = sorted(set(one.by_report) & set(other.by_report))
    near = [_near(one.by_report[report], other.by_report[report]) for report in shared]
    answers = sum(_is_answer(one.by_report[report], other.by_report[report]) for report in shared)
    is_answer = one.part == other.part and 2 * answers > len(shared)
    return sum(near) / len(near) + AGAINST["answer"] * is_answer


def _near(one: Sequence[Scene], other: Sequence[Scene]) -> float:
    distance = min(abs(a.sentence - b.sentence) for a in one for b in other)
    return NEAR[distance] if distance < len(NEAR) else 0.0


def _is_answer(one: Sequence[Scene], other: Sequence[Scene]) -> bool:
    """Whether a sentence that speaks of an answer has both."""
    return bool({a.sentence for a in one if a.is_answer} & {b.sentence for b in other})
