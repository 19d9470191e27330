"""The weights of `sayso.incidents`: which reports tell one story, which event words tell of one event.

    python -m training.same_event ../shared/data/ecbplus/ecbplus_topics_1-35.tar.gz [--folds]

Learned from the training topics of ECB+ (CC BY 3.0; all but the development topics of the usual split). Two logistic
regressions with a little ridge: over pairs of reports (right: the same half of a topic, as each topic has two
look-alike happenings) and over pairs of gold mentions (right: one cluster) of one topic and, drawn by a fixed seed,
across topics. With --folds nothing is written: in four folds of topics, what the other three teach is measured on the
fourth, for several thresholds.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from evals.coreference import conll
from evals.same_event import DEV_TOPICS, Document, ecb, gold_clusters
from sayso import incidents
from sayso.incidents.alike import Papers, Weights, compare_papers, paper_signs, ready, scene_signs
from sayso.incidents.joining import join
from sayso.incidents.linkage import rarity
from sayso.incidents.signs import Paper, papers

OUT = Path(incidents.__file__).parent / "weights.json"
FOLDS, RIDGE, STEPS = 4, 3.0, 30
DRAWN = 12
"""Reports of other topics of the same fold, of which every mention is compared with those of a topic."""
ACROSS_WEIGHT = 0.3
"""Of a pair of reports of two topics."""
THRESHOLDS = (-1.5, -1.25, -1.0, -0.75, -0.5, -0.25)


class Pairs(NamedTuple):
    """Signs (n, k), whether right (n,), weight (n,), fold (n,)."""

    signs: NDArray[np.float32]
    right: NDArray[np.float64]
    weight: NDArray[np.float64]
    fold: NDArray[np.int64]

    def without(self, fold: int) -> Pairs:
        """Those of the other folds."""
        return Pairs(*(column[self.fold != fold] for column in self))


class Shown(NamedTuple):
    """The training documents as `sayso.incidents` sees them."""

    documents: Sequence[Document]
    papers: Sequence[Paper]
    alike: Papers
    rarities: Mapping[str, float]
    topic: NDArray[np.int64]
    fold: NDArray[np.int64]


def show(documents: Sequence[Document]) -> Shown:
    """What the room makes of the texts. Topics are dealt out to the folds in turn."""
    shown = papers([d.report for d in documents], [d.findings for d in documents], {})
    rarities = rarity([paper.terms for paper in shown])
    topic = np.array([int(d.topic) for d in documents])
    turn = {number: at % FOLDS for at, number in enumerate(sorted(set(topic.tolist())))}
    fold = np.array([turn[number] for number in topic.tolist()])
    return Shown(documents, shown, compare_papers(shown, rarities), rarities, topic, fold)


def paper_pairs(shown: Shown) -> tuple[Pairs, list[str]]:
    """Pairs of reports of one fold, and the names of the signs."""
    rows, columns = np.triu_indices(len(shown.documents), 1)
    one_fold = shown.fold[rows] == shown.fold[columns]
    rows, columns = rows[one_fold], columns[one_fold]
    halves = np.array(["plus" in d.report.id for d in shown.documents])
    inside = shown.topic[rows] == shown.topic[columns]
    right = inside & (halves[rows] == halves[columns])
    signs = paper_signs(shown.alike)
    table = np.stack([sign[rows, columns] for sign in signs.values()], axis=1)
    return Pairs(table, right.astype(float), np.where(inside, 1.0, ACROSS_WEIGHT), shown.fold[rows]), list(signs)


def scene_pairs(shown: Shown) -> tuple[Pairs, list[str]]:
    """Pairs of gold mentions, and the names of the signs."""
    draw = np.random.default_rng(0)
    parts, names = [], list[str]()
    for topic in sorted(set(shown.topic.tolist())):
        own = np.flatnonzero(shown.topic == topic)
        fold = int(shown.fold[own[0]])
        others = np.flatnonzero((shown.topic != topic) & (shown.fold == fold))
        chosen = np.concatenate([own, np.sort(draw.choice(others, DRAWN, replace=False))])
        paper = np.array([n for n in chosen.tolist() for _ in shown.papers[n].scenes])
        scenes = [scene for n in chosen.tolist() for scene in shown.papers[n].scenes]
        signs = scene_signs(ready(scenes, shown.rarities), np.arange(len(scenes)), shown.alike.between(paper))
        mine = shown.topic[paper] == topic
        rows, columns = np.triu_indices(len(scenes), 1)
        kept = mine[rows]
        rows, columns = rows[kept], columns[kept]
        gold = np.array([_cluster(shown.documents[scene.report], scene.event.id) for scene in scenes])
        table = np.stack([sign[rows, columns] for sign in signs.values()], axis=1)
        right = (gold[rows] == gold[columns]).astype(float)
        parts.append(Pairs(table, right, np.ones(len(rows)), np.full(len(rows), fold)))
        names = list(signs)
    return Pairs(*(np.concatenate(column) for column in zip(*parts, strict=True))), names


def _cluster(document: Document, event: str) -> str:
    return f"{document.topic} {document.cluster[event]}"


def fit(pairs: Pairs) -> NDArray[np.float32]:
    """Logistic regression by Newton's method; the ridge is on signs scaled to one standard deviation."""
    mean, spread = pairs.signs.mean(0), pairs.signs.std(0)
    constant = spread == 0
    mean[constant], spread[constant] = 0, 1
    scaled = (pairs.signs - mean) / spread
    by = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-scaled @ by))
        slope = scaled.T @ (pairs.weight * (chance - pairs.right)) + RIDGE * by
        bend = (scaled * (pairs.weight * chance * (1 - chance))[:, None]).T @ scaled + RIDGE * np.eye(len(by))
        by -= np.linalg.solve(bend, slope)
    by /= spread
    by[constant] -= (by * mean)[~constant].sum()
    return by.astype(np.float32)


def measure(
    shown: Shown, topics: Collection[int], weights: Weights, threshold: float
) -> tuple[list[list[str]], list[list[str]]]:
    """Gold and found clusters over the documents of some topics, taken for one case."""
    documents = [d for d in shown.documents if int(d.topic) in topics]
    room = papers([d.report for d in documents], [d.findings for d in documents], {})
    found = join(room, weights, threshold)
    return gold_clusters(documents), [[scene.event.id for scene in group] for story in found for group in story.groups]


def main() -> None:
    """Fit and write, or measure in folds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="ecbplus_topics_1-35.tar.gz, or a folder")
    parser.add_argument("--folds", action="store_true", help="measure in four folds, write nothing")
    given = parser.parse_args()
    shown = show([d for d in ecb(given.path) if d.topic not in DEV_TOPICS])
    (of_papers, paper_names), (of_scenes, scene_names) = paper_pairs(shown), scene_pairs(shown)
    print(len(of_papers.right), "pairs of reports,", len(of_scenes.right), "pairs of mentions")
    if given.folds:
        _folds(shown, of_papers, of_scenes)
        return
    fitted = {"papers": (paper_names, fit(of_papers)), "scenes": (scene_names, fit(of_scenes))}
    table = {part: dict(zip(names, map(_short, by.tolist()), strict=True)) for part, (names, by) in fitted.items()}
    OUT.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def _short(number: float) -> float:
    return round(number, 3)


def _folds(shown: Shown, of_papers: Pairs, of_scenes: Pairs) -> None:
    clusters = {threshold: (list[list[str]](), list[list[str]]()) for threshold in THRESHOLDS}
    for fold in range(FOLDS):
        weights = Weights(fit(of_papers.without(fold)), fit(of_scenes.without(fold)))
        topics = set(shown.topic[shown.fold == fold].tolist())
        for threshold, both in clusters.items():
            for whole, part in zip(both, measure(shown, topics, weights, threshold), strict=True):
                whole.extend(part)
    for threshold, (gold, found) in clusters.items():
        print(threshold, round(conll(gold, found)["conll"], 4))  # type: ignore[call-overload]


if __name__ == "__main__":
    main()
