"""Fit the weights by which a pronoun finds whom it means.

    python -m training.salience MARKED.jsonl.gz [--out WEIGHTS.json]

For each pronoun in source position the program's own candidates are the rows, and those that agree with the last voice
marked are right. A softmax over the candidates is fitted (Adam, L2). First on each half of the reports, measured on the
other, which is what is printed; then on all, which is what is written. Only numpy is needed.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from sayso.attribution import antecedents, voices
from sayso.attribution.figures import Figure
from sayso.attribution.scene import Asked, Scene, Spoken
from sayso.kit import fold
from sayso.model import Attribution, Span
from sayso.reading import sentences
from training.fitting import Array, descend

PENALTY = 0.003
STEPS = 600
RATE = 0.1
ALIKE = 0.6
FILLER = frozenset({"the", "a", "an", "of"})

Features = dict[str, float]
Choice = tuple[list[Features], list[bool]]
"""The candidates of one pronoun, and which of them are right."""


def main() -> None:
    """Measure on halves, fit on all, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marked", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/sayso/attribution/salience.json"))
    asked = parser.parse_args()
    with gzip.open(asked.marked, "rt", encoding="utf-8") as lines:
        reports = [json.loads(line) for line in lines]
    halves = [[c for r in reports[k::2] for c in choices(r)] for k in (0, 1)]
    for name, mine, other in (("even on odd", halves[0], halves[1]), ("odd on even", halves[1], halves[0])):
        print(name, "fitted", _accuracy(other, fit(mine)), "shipped", _accuracy(other, antecedents.SALIENCE))
    weights = {name: round(float(weight), 3) for name, weight in sorted(fit(halves[0] + halves[1]).items())}
    asked.out.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


def choices(report: Mapping[str, Any]) -> Iterator[Choice]:
    """Each pronoun of a marked report with its candidates."""
    text = report["text"]
    attributions = [_attribution(report["id"], a) for a in report["attributions"]]
    gold = {a["id"]: a["voices"][-1] for a in report["attributions"]}
    found: list[Choice] = []
    ranked = antecedents.ranked

    def watched(here: Scene, asked: Asked, spoken: Sequence[Spoken], gender: str) -> list[tuple[Figure, float]]:
        options = antecedents.candidates(here, asked, spoken, gender)
        right = [_same(figure.name, gold[asked.attribution.id]) for figure, _ in options]
        found.append(([features for _, features in options], right))
        return ranked(here, asked, spoken, gender)

    antecedents.ranked = watched
    try:
        voices.resolve(voices.scene(text, sentences.split(text), attributions), attributions)
    finally:
        antecedents.ranked = ranked
    yield from (choice for choice in found if any(choice[1]))


def _attribution(report: str, a: Mapping[str, Any]) -> Attribution:
    source, cue = (Span(*a[part]) if a[part] else None for part in ("source", "cue"))
    return Attribution(a["id"], report, source, cue, tuple(Span(*s) for s in a["content"]), a["within"], kind=a["kind"])


def _same(one: str, other: str) -> bool:
    """Whether one name's words hold the other's, of not too different length, or most are shared."""
    a, b = (set(fold(name).split()) - FILLER for name in (one, other))
    small, large = sorted((len(a), len(b)))
    return small > 0 and ((len(a & b) == small and 3 * small >= large) or len(a & b) >= ALIKE * len(a | b))


def fit(data: Sequence[Choice]) -> dict[str, float]:
    """Weights of the features: the likelihood of the right candidates is raised, large weights are held down."""
    names = sorted({name for rows, _ in data for row in rows for name in row})
    tables = [
        (np.array([[row.get(name, 0.0) for name in names] for row in rows]), np.array(right, dtype=np.float64))
        for rows, right in data
    ]

    def slope(weights: Array) -> Array:
        pull = sum(_pull(table, right, weights) for table, right in tables) / len(tables)
        out: Array = 2 * PENALTY * weights - pull
        return out

    rates = [RATE if step < 0.7 * STEPS else RATE / 5 for step in range(1, STEPS + 1)]
    weights = descend(slope, np.zeros(len(names)), rates)
    return dict(zip(names, weights, strict=True))


def _pull(table: Array, right: Array, weights: Array) -> Array:
    """Gradient of the log likelihood of the right candidates of one pronoun."""
    scores = table @ weights
    chance = np.exp(scores - scores.max())
    chance /= chance.sum()
    wanted = chance * right
    slope: Array = table.T @ (wanted / max(float(wanted.sum()), 1e-12) - chance)
    return slope


def _accuracy(data: Sequence[Choice], weights: Mapping[str, float]) -> float:
    """Share of the pronouns whose best candidate is right, of those with a right one."""
    hits = 0
    for rows, right in data:
        scores = [sum(weights.get(name, 0.0) * value for name, value in row.items()) for row in rows]
        hits += right[int(np.argmax(scores))]
    return round(hits / max(1, len(data)), 3)


if __name__ == "__main__":
    main()
