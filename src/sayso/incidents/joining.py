"""Which events of which reports are one: reports into stories, then the events of each story.

    reports ──▶ names, words, numbers alike? ──▶ stories                (average linkage)
    events of one story ──▶ words, sentences, reports alike? ──▶ groups (average linkage)

Two reports of different stories never share an event. A story of more than `MOST_SCENES` events is cut into parts by
date; groups of the parts are then joined, each by a few of its events. So the work grows with the number of events.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.incidents.alike import (
    APART,
    BOUND,
    Papers,
    Scenes,
    Weights,
    are_apart,
    compare,
    paper_signs,
    ready,
    scene_signs,
    weigh,
    weights,
)
from sayso.incidents.linkage import Scores, average_linkage, rarity
from sayso.incidents.signs import Paper, Scene
from sayso.kit import Memory
from sayso.words import sense

STORY = -2.0
"""Mean score between reports from which they are taken for one story. Low, for what is apart here stays apart."""

EVENT = -0.75
"""Mean score between events from which they are taken for one: in the middle of -1.25 to -0.25, between which four
folds of ECB+ train show no difference (`training.same_event --folds`)."""

MOST_PAPERS = 5000
"""Reports compared at once; larger cases are cut by date."""

MOST_SCENES = 300
"""Events compared at once."""

ROWS = 500
"""Of a matrix of reports, weighed at once."""

SPOKESMEN = 4
"""Events that stand for a group where parts of a story are joined."""


ROUNDS = 4
"""Most times that the parts of a story are cut anew and joined."""


Group = list[Scene]
"""Events that are one, in the order of the reports and their texts."""


class Story(NamedTuple):
    """What is told in some reports that have much in common."""

    reports: Sequence[int]
    """In order."""
    scores: Scores
    """How likely each two of these reports tell one story (n, n)."""
    groups: Sequence[Group]
    """All events, those together that are one, in the order of their first events."""


class _Told(NamedTuple):
    """The events of some reports, and how alike the reports are."""

    scenes: Scenes
    paper: NDArray[np.int64]
    """(n,): the report of each scene, as a row of `alike`."""
    alike: Papers
    by: NDArray[np.float32]
    threshold: float


def join(
    papers: Sequence[Paper], by: Weights | None = None, threshold: float = EVENT, memory: Memory | None = None
) -> list[Story]:
    """The stories in the order of their first reports. The papers are in order of time.

    With a `memory` stories are told apart anew only where other words are met, and each gets its events anew only where
    they are others, or compared otherwise. Such a memory is for one set of weights, and one threshold.
    """
    by, memory = by or weights(), memory or Memory(keeps=False)
    terms = [(paper.names, paper.words, paper.numbers) for paper in papers]
    rarities = memory.recall("rarities", terms, lambda: rarity([paper.terms for paper in papers]))
    found = []
    for first in range(0, len(papers), MOST_PAPERS):
        part = papers[first : first + MOST_PAPERS]
        alike = Papers(
            *(
                memory.recall(
                    ("alike", kind, first), every, partial(compare, every[first : first + MOST_PAPERS], rarities)
                )
                for kind, every in enumerate(zip(*terms, strict=True))
            )
        )
        compared = memory.recall(("stories", first), terms, partial(_stories, alike, by))
        for rows in compared.rows:
            scenes = [scene for row in rows.tolist() for scene in part[row].scenes]
            if not scenes:
                continue
            paper = np.array([at for at, row in enumerate(rows.tolist()) for _ in part[row].scenes], dtype=np.int64)
            between = alike.between(rows)
            rare = {term: rarities[term] for row in rows.tolist() for term in part[row].terms}
            rests_on = (scenes, rows.tobytes(), [matrix.tobytes() for matrix in between], rare)
            told = partial(_Told, paper=paper, alike=between, by=by.scenes, threshold=threshold)
            make = partial(_events_of, scenes, rarities, told)
            events = memory.recall(("story", first, int(rows[0])), rests_on, make)
            found.append(Story([first + row for row in rows.tolist()], compared.scores[np.ix_(rows, rows)], events))
    return found


class _Compared(NamedTuple):
    """How likely each two reports tell one story (n, n), and the rows of each story."""

    scores: Scores
    rows: Sequence[NDArray[np.int64]]


def _stories(alike: Papers, by: Weights) -> _Compared:
    scores = _paper_scores(alike, by.papers)
    label = average_linkage(scores, STORY)
    return _Compared(scores, [np.flatnonzero(label == one) for one in dict.fromkeys(label.tolist())])


def _events_of(scenes: Sequence[Scene], rarities: Mapping[str, float], told: Callable[[Scenes], _Told]) -> list[Group]:
    return _events(told(ready(scenes, rarities)))


def _paper_scores(alike: Papers, by: NDArray[np.float32]) -> Scores:
    """How likely each two reports tell one story (n, n); a few rows at a time, to spare memory."""
    cuts = range(0, len(alike.names), ROWS)
    return np.concatenate([weigh(paper_signs(Papers(*(m[at : at + ROWS] for m in alike))), by) for at in cuts])


def _scores(told: _Told, rows: NDArray[np.int64]) -> Scores:
    """How likely these events are one, each with each (n, n)."""
    signs = scene_signs(told.scenes, rows, told.alike.between(told.paper[rows]))
    apart = are_apart([told.scenes.scenes[row] for row in rows.tolist()])
    return np.maximum(weigh(signs, told.by) + APART * apart, -BOUND)


def _events(told: _Told) -> list[Group]:
    groups = [[number] for number in range(len(told.scenes.scenes))]
    for turn in range(ROUNDS):
        parts = _cut(groups)
        before, groups = len(groups), [one for part in parts for one in _joined(part, told)]
        if len(parts) == 1 or (turn and len(groups) == before):
            break
        groups.sort(key=lambda group: (_name(told, group), group[0]))
    return [[told.scenes.scenes[number] for number in group] for group in sorted(groups)]


def _name(told: _Told, group: Sequence[int]) -> str:
    """What brings groups side by side that may be one: a word's sense, else the word."""
    lemma = told.scenes.scenes[group[0]].event.lemma
    return sense(lemma) or lemma


def _cut(groups: Sequence[list[int]]) -> list[list[list[int]]]:
    """Parts of neighbouring groups that together have `MOST_SCENES` spokesmen at most."""
    parts: list[list[list[int]]] = [[]]
    filled = 0
    for group in groups:
        size = min(len(group), SPOKESMEN)
        if filled + size > MOST_SCENES:
            parts.append([])
            filled = 0
        parts[-1].append(group)
        filled += size
    return parts


def _joined(groups: Sequence[list[int]], told: _Told) -> list[list[int]]:
    speaking = [_spokesmen(group) for group in groups]
    scores = _scores(told, np.array([number for several in speaking for number in several]))
    sizes = np.array([len(several) for several in speaking])
    if len(scores) > len(groups):
        first = np.cumsum(sizes) - sizes
        sums = np.add.reduceat(np.add.reduceat(scores, first, axis=0), first, axis=1)
        scores = np.round(sums / (sizes[:, None] * sizes), 3)
    label = average_linkage(scores, told.threshold, np.array([len(group) for group in groups]))
    return [
        sorted(number for row in np.flatnonzero(label == one).tolist() for number in groups[row])
        for one in dict.fromkeys(label.tolist())
    ]


def _spokesmen(group: Sequence[int]) -> list[int]:
    """Some members, evenly spread over the time that the group covers."""
    count = min(len(group), SPOKESMEN)
    return [group[n * len(group) // count] for n in range(count)]
