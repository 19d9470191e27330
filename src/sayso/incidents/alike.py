"""How likely two reports tell one story, and two event words one event: weighted sums of a few signs.

The weights are those of two logistic regressions, which `training.same_event` fits on the training topics of ECB+
(Cybulska and Vossen 2014) and writes to `weights.json`. A score is a log odds, as the training topics have it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.incidents.linkage import Scores, Vectors, likeness, vectors
from sayso.incidents.signs import Bag, Paper, Scene
from sayso.words import sense, stem, vector

BOUND = 8.0
"""Scores are cut to -8 to 8, so that no single pair decides over a group."""

SAME_SENSE = 0.9
"""How far two words of one sense count as one word, where a sign asks for one. A rule of thumb."""

SAYING = frozenset({"say", "announce", "report", "ask", "confirm", "deny"})
"""Senses of words for speaking: the same word mostly tells of another act of it."""

APART = -4.0
"""Added where the words themselves say that two events are two. Set by hand: the training topics have no days of
publication, so that nothing could be learned from them."""


AKIN = {"killing": "death", "death": "death"}
"""Kinds of one happening by what was done and by what came of it."""


class Papers(NamedTuple):
    """Cosines (N, N) between reports."""

    names: Scores
    words: Scores
    numbers: Scores

    def between(self, rows: NDArray[np.int64]) -> Papers:
        """The same between these reports only, one of which may be given several times."""
        return Papers(*(matrix[rows[:, None], rows] for matrix in self))


class Weights(NamedTuple):
    """See `weights.json`."""

    papers: NDArray[np.float32]
    scenes: NDArray[np.float32]


@cache
def weights() -> Weights:
    """The fitted weights, in the order of the signs."""
    stored = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    return Weights(*(np.array(list(stored[name].values()), dtype=np.float32) for name in Weights._fields))


def compare_papers(papers: Sequence[Paper], rarities: Mapping[str, float]) -> Papers:
    """Names, words and numbers of reports side by side."""
    bags = ([paper.names for paper in papers], [paper.words for paper in papers], [paper.numbers for paper in papers])
    return Papers(*(compare(several, rarities) for several in bags))


def compare(bags: Sequence[Bag], rarities: Mapping[str, float]) -> Scores:
    """Bags side by side (n, n). The rarity of a term rests on the bags of its kind alone."""
    return likeness(vectors(bags, rarities), np.arange(len(bags)))


def paper_signs(alike: Papers) -> dict[str, Scores]:
    """What speaks for two reports telling one story."""
    return {
        "any": np.ones_like(alike.names),
        "names, root": np.sqrt(alike.names),
        "names": alike.names,
        "words, root": np.sqrt(alike.words),
        "words": alike.words,
        "numbers, root": np.sqrt(alike.numbers),
    }


class Scenes(NamedTuple):
    """Events with what stands around them, ready to be compared."""

    scenes: Sequence[Scene]
    around: Vectors
    near: Vectors
    beside: Vectors
    names: Vectors


def ready(scenes: Sequence[Scene], rarities: Mapping[str, float]) -> Scenes:
    """Bags as vectors."""
    bags = [(scene.around, scene.near, scene.beside, scene.names) for scene in scenes]
    return Scenes(scenes, *(vectors([each[n] for each in bags], rarities) for n in range(4)))


def scene_signs(every: Scenes, rows: NDArray[np.int64], alike: Papers) -> dict[str, Scores]:
    """What speaks for two of these n events being one, each (n, n). `alike` is between their reports, as (n, n)."""
    scenes = [every.scenes[row] for row in rows.tolist()]
    lemmas = [scene.event.lemma for scene in scenes]
    lemma = _equal(lemmas)
    stems = np.maximum(_equal([stem(one) for one in lemmas]) - lemma, 0)
    senses = np.maximum(_equal([sense(one) for one in lemmas]) - lemma, 0)
    kinds = np.maximum(_equal([scene.event.kind for scene in scenes]) - lemma - senses, 0)
    akin = np.maximum(_equal([AKIN.get(scene.event.kind, "") for scene in scenes]) - lemma - senses - kinds, 0)
    states = np.stack([vector(one) for one in lemmas])
    meaning = np.round(np.maximum(states @ states.T, 0), 4) * (1 - lemma)
    word = np.maximum(np.maximum(lemma, stems), senses * SAME_SENSE)
    here = _equal([f"{scene.report}" for scene in scenes])
    sentences = np.array([scene.sentence for scene in scenes])
    beyond = np.abs(sentences[:, None] - sentences)
    one_sentence = here * (beyond == 0)
    first = np.array([1 / (1 + scene.sentence) for scene in scenes], dtype=np.float32)
    names = np.sqrt(alike.names) * (1 - here)
    words = alike.words * (1 - here)
    around, near, beside, names_beside = (likeness(bags, rows) for bags in every[1:])
    named = np.array([bool(scene.names) for scene in scenes])
    saying = np.array([sense(one) in SAYING for one in lemmas], dtype=np.float32)
    return {
        "any": np.ones_like(lemma),
        "lemma": lemma,
        "stem": stems,
        "sense": senses,
        "kind": kinds,
        "akin": akin,
        "meaning": meaning,
        "same report": here,
        "same sentence": one_sentence,
        "word, same sentence": word * one_sentence,
        "far in report": here * np.log1p(beyond).astype(np.float32),
        "word, far in report": word * here * np.log1p(beyond).astype(np.float32),
        "early": first[:, None] * first,
        "word, early": word * first[:, None] * first,
        "names of report": names,
        "words of report": words,
        "numbers of report": np.sqrt(alike.numbers) * (1 - here),
        "sentence": around,
        "near": near,
        "beside": beside,
        "other names": (named[:, None] & named & (names_beside == 0)).astype(np.float32),
        "word, same report": word * here,
        "word, names of report": word * names,
        "word, words of report": word * words,
        "word, sentence": word * around,
        "word, near": word * near,
        "word, beside": word * beside,
        "meaning, names of report": meaning * names,
        "meaning, words of report": meaning * words,
        "meaning, sentence": meaning * around,
        "lemma, of speaking": lemma * saying,
    }


def _equal(terms: Sequence[str]) -> Scores:
    """1 where two terms are the same, 0 elsewhere and for empty ones."""
    numbers = {term: number for number, term in enumerate(dict.fromkeys(terms))}
    row = np.array([numbers[term] if term else -1 for term in terms])
    equal: Scores = ((row[:, None] == row) & (row >= 0)).astype(np.float32)
    return equal


def are_apart(scenes: Sequence[Scene]) -> NDArray[np.bool_]:
    """(n, n): whether both events have days, more than a day apart, or one report says of one that it is "another"."""
    first = np.array([scene.days[0] if scene.days else -np.inf for scene in scenes])
    last = np.array([scene.days[1] if scene.days else np.inf for scene in scenes])
    other = np.array([scene.is_other for scene in scenes])
    report = np.array([scene.report for scene in scenes])
    is_another = (other[:, None] != other) & (report[:, None] == report)
    apart: NDArray[np.bool_] = is_another | (first[:, None] > last + 1) | (first > last[:, None] + 1)
    return apart


def weigh(signs: Mapping[str, Scores], by: NDArray[np.float32]) -> Scores:
    """The weighted sum of signs, rounded so that the order of adding up shows nowhere."""
    total = sum(weight * sign for weight, sign in zip(by, signs.values(), strict=True))
    scores: Scores = np.round(np.clip(total, -BOUND, BOUND), 3).astype(np.float32)
    return scores
