"""Fit how much the words of a content count for its stance.

    python -m training.stances MARKED.jsonl.gz [--out WEIGHTS.json]

The reader finds the attributions of marked reports; each whose content shares half of its characters or more with a
marked one is a row. For each stance that contents tell, a logistic regression (Adam, L2) on top of what the model and
the cue's words say already, which is held fixed. First on three quarters of the reports, measured on the fourth, which
is what is printed: macro-F1 of stance without and with the words of contents. Then on all, which is what is written.

The model has been trained on the same reports and is surer there than elsewhere: what is fitted is rather too small.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sayso import encoder, reading
from sayso.attribution import drafts, stances
from sayso.attribution.labels import STANCES, stance_scores
from sayso.kit import identify_report
from sayso.model import Report
from sayso.spine import DEFAULT_LIMIT
from training.fitting import Array, descend, marked_as

PENALTY = 3.0
STEPS = 250
RATE = 0.05
PARTS = 4
LIFT = 0.6
"""Added to the bias: the likelihood favours the commonest stance, macro-F1 all alike. Chosen on the measured parts."""


class Row(NamedTuple):
    """One attribution found: its report's place, what is known of its stance, and the stance marked."""

    report: int
    scores: Array
    features: Mapping[str, float]
    stance: int


def main() -> None:
    """Measure on parts, fit on all, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marked", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/sayso/attribution/stances.json"))
    asked = parser.parse_args()
    with gzip.open(asked.marked, "rt", encoding="utf-8") as lines:
        data = [row for number, line in enumerate(lines) for row in rows(number, json.loads(line))]
    before, after = [], []
    for part in range(PARTS):
        weights = fit([row for row in data if row.report % PARTS != part])
        for row in (row for row in data if row.report % PARTS == part):
            before.append((row.stance, int(row.scores.argmax())))
            after.append((row.stance, int((row.scores + _added(row, weights)).argmax())))
    print("macro-F1 of stance without", macro_f1(before), "with", macro_f1(after))
    asked.out.write_text(json.dumps(fit(data), indent=1) + "\n", encoding="utf-8")


def rows(number: int, marked: Mapping[str, Any]) -> Iterator[Row]:
    """The attributions that the reader finds in one marked report, with the marked stance."""
    text, model = marked["text"], encoder.load()
    name = identify_report(text, publisher="", published="", address="")
    read = reading.read(Report(name, text, "", "", ""), model.tokenize, model.run, limit=DEFAULT_LIMIT)
    for draft in drafts.find(text, read.windows, model.heads):
        best = marked_as(marked, draft.content, draft.cue)
        if best and len(draft.labels):
            scores, settled = stance_scores(text[slice(*draft.cue)] if draft.cue else "", draft)
            said = " ".join(text[slice(*span)] for span in draft.content)
            features = {} if settled else stances.features(said)
            yield Row(number, scores.astype(np.float64), features, STANCES.index(best["stance"]))


def fit(rows: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Weights of the features by stance, from the rows that the cue does not settle."""
    data = [row for row in rows if row.features]
    names = sorted({name for row in data for name in row.features})
    table = np.array([[row.features.get(name, 0.0) for name in names] for row in data])
    scores = np.array([row.scores for row in data])
    out: dict[str, dict[str, float]] = {}
    for stance in stances.LEARNED:
        place = STANCES.index(stance)
        wanted = np.array([float(row.stance == place) for row in data])
        weights = _logistic(table, wanted, _margin(scores, place))
        weights[names.index("bias")] += LIFT
        out[stance] = {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}
    return out


def _margin(scores: Array, place: int) -> Array:
    """Log odds of one stance against all others."""
    others = np.delete(scores, place, axis=1)
    margin: Array = scores[:, place] - np.log(np.exp(others).sum(1))
    return margin


def _logistic(table: Array, wanted: Array, offset: Array) -> Array:
    def slope(weights: Array) -> Array:
        chance = 1 / (1 + np.exp(-(table @ weights + offset)))
        out: Array = (table.T @ (chance - wanted) + PENALTY * weights) / len(table)
        return out

    return descend(slope, np.zeros(table.shape[1]), [RATE] * STEPS)


def _added(row: Row, weights: Mapping[str, Mapping[str, float]]) -> Array:
    sums = {s: sum(weights[s][name] * value for name, value in row.features.items()) for s in stances.LEARNED}
    return np.array([sums.get(stance, 0.0) for stance in STANCES])


def macro_f1(pairs: Sequence[tuple[int, int]]) -> float:
    """Mean F1 over the values that are marked; pairs of marked and found."""
    scores = []
    for value in {marked for marked, _ in pairs}:
        right = sum(marked == found == value for marked, found in pairs)
        scores.append(2 * right / sum((marked == value) + (found == value) for marked, found in pairs))
    return round(sum(scores) / len(scores), 3)


if __name__ == "__main__":
    main()
