"""Fit how much each sign counts for the kind of a voice.

    python -m training.kinds MARKED.jsonl.gz [--out WEIGHTS.json]

The program reads marked reports; each attribution whose content shares half of its characters or more with a marked one
is a row: the signs of its voice, and the kind marked. A softmax over the ten kinds (Adam, L2), without the model, which
has been trained on the same reports. First on three quarters of the reports, measured on the fourth, which is what is
printed: accuracy of the signs alone. Then on all, which is what is written.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

import sayso
from sayso.attribution import signs
from sayso.attribution.kinds import voices
from sayso.attribution.labels import KINDS
from sayso.model import UNSPECIFIED, Kind
from training.fitting import Array, descend, marked_as

PENALTY = 6.0
STEPS = 200
RATE = 0.1
PARTS = 4
LIFT = 0.3
"""Added to what is always so of a party, which is missed more often than wrongly found. Chosen on the measured
parts and on the invented case."""

EXPECTED: Mapping[str, tuple[Kind, float]] = {
    "officials": ("official", 2.0), "police": ("official", 2.0), "ministry": ("official", 2.0),
    "lawmakers": ("official", 2.0), "agencies": ("official", 2.0), "ministers": ("official", 1.0),
    "rebels": ("party", 2.0), "suspects": ("party", 3.0), "accused first": ("party", 2.0),
    "witnesses": ("witness", 3.0), "experts": ("expert", 3.0), "courts": ("court", 5.0), "outlets": ("media", 3.0),
    "journalists": ("media", 3.0), "an outlet's name": ("media", 3.0), "documents": ("document", 3.0),
    "relatives": ("victim", 3.0), "organisations": ("body", 2.0), "companies": ("body", 3.0),
}  # fmt: skip
"""What a sign weighs for the kind that it is a word for, before anything is seen: weights are held near these, all the
others near nought. Rare kinds (seven voices of courts) could not be learned otherwise."""


class Row(NamedTuple):
    """One attribution found: its report's place, the signs of its voice, and the kind marked."""

    report: int
    signs: Mapping[str, float]
    kind: int


def main() -> None:
    """Measure on parts, fit on all, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marked", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/sayso/attribution/kinds.json"))
    asked = parser.parse_args()
    with gzip.open(asked.marked, "rt", encoding="utf-8") as lines:
        data = [row for number, line in enumerate(lines) for row in rows(number, json.loads(line))]
    right = 0
    for part in range(PARTS):
        weights = fit([row for row in data if row.report % PARTS != part])
        right += sum(_best(row.signs, weights) == row.kind for row in data if row.report % PARTS == part)
    print("accuracy of the signs alone", round(right / len(data), 3), "rows", len(data))
    asked.out.write_text(json.dumps(fit(data), indent=1) + "\n", encoding="utf-8")


def rows(number: int, marked: Mapping[str, Any]) -> Iterator[Row]:
    """The attributions that the program finds in one marked report, with the marked kind of the voice."""
    text = marked["text"]
    found = sayso.read_text(text, publisher=marked["publisher"]).attributions
    around = signs.survey(text, found)
    for name, spoken in voices(found).items():
        told = signs.read(text, spoken, around)
        for one in spoken:
            best = marked_as(marked, one.content, one.cue)
            if best and name != UNSPECIFIED:
                yield Row(number, told, KINDS.index(best["kind"]))


def fit(data: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Weights of the signs by kind."""
    names = sorted({name for row in data for name in row.signs})
    table = np.array([[row.signs.get(name, 0.0) for name in names] for row in data])
    wanted = np.eye(len(KINDS))[[row.kind for row in data]]
    expected = np.zeros((len(names), len(KINDS)))
    for name, (kind, weight) in EXPECTED.items():
        if name in names:
            expected[names.index(name), KINDS.index(kind)] = weight

    def slope(weights: Array) -> Array:
        scores = table @ weights
        chance = np.exp(scores - scores.max(1, keepdims=True))
        chance /= chance.sum(1, keepdims=True)
        out: Array = (table.T @ (chance - wanted) + PENALTY * (weights - expected)) / len(table)
        return out

    weights = descend(slope, expected, [RATE] * STEPS)
    weights[names.index("always"), KINDS.index("party")] += LIFT
    return {
        kind: {name: round(float(w), 2) for name, w in zip(names, weights[:, k], strict=True) if abs(w) >= 0.05}
        for k, kind in enumerate(KINDS)
    }


def _best(told: Mapping[str, float], weights: Mapping[str, Mapping[str, float]]) -> int:
    scores = [sum(weights[kind].get(name, 0.0) * value for name, value in told.items()) for kind in KINDS]
    return int(np.argmax(scores))


if __name__ == "__main__":
    main()
