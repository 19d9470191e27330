"""Fit by which words, events and counts a claim is seen to speak to a disputed question.

    python -m training.replies MARKED.jsonl.gz [INVENTED.jsonl ...] [--out WEIGHTS.json]

The forms are those of `training/answered.py`. For each question and side a logistic regression (Adam, L2). First, in
four parts of the reports with marked chains, each judged by weights from the other three and the invented ones: the
best F1 over all questions and the least chance that gives it are printed. Then on all, which is what is written,
without weights near nothing.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sayso.claims.replies import SLOTS, features, label_of
from training import answered
from training.fitting import Array, descend

PENALTY, RATE, STEPS = 1.0, 0.02, 300
PARTS = 4
RAREST = 4
"""Rows that must have a feature for it to be fitted."""
SMALLEST = 0.05
"""Weights nearer to nothing are left out."""
CHANCES = tuple(round(0.1 + 0.025 * step, 3) for step in range(25))
LABELS = tuple(label_of(slot, is_for=is_for) for slot in SLOTS for is_for in (True, False))


class Row(NamedTuple):
    """One claim: its report's place, what is known of it, the labels that it has, and those that it may have."""

    report: int
    is_invented: bool
    is_said: bool
    facts: Mapping[str, float]
    labels: frozenset[str]
    unknown: frozenset[str]


def row(one: answered.Answered) -> Row:
    """The row of a claim."""
    known = features(one.text, one.content, one.said, is_holder=one.is_holder)
    known |= {"invented": 1.0} if one.is_invented else {}  # where more is answered: so that this is not learned
    labels = frozenset(label_of(slot, is_for=is_for) for slot, is_for in one.marks)
    unknown = frozenset(label_of(slot, is_for=is_for) for slot in one.unknown for is_for in (True, False))
    return Row(one.report, one.is_invented, one.said is not None, known, labels, unknown)


def fit(data: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Weights of every label."""
    often = Counter(name for each in data for name in each.facts)
    names = sorted(name for name in often if often[name] >= RAREST)
    table = matrix(data, names)
    wanted = np.array([[float(label in each.labels) for label in LABELS] for each in data])
    counted = np.array([[float(label not in each.unknown) for label in LABELS] for each in data])

    def slope(weights: Array) -> Array:
        by_label = weights.reshape(len(names), len(LABELS))
        chance = 1 / (1 + np.exp(-np.clip(table @ by_label, -30, 30)))
        out: Array = (table.T @ (counted * (chance - wanted)) + 2 * PENALTY * by_label).ravel()
        return out

    start = np.zeros((len(names), len(LABELS)))
    start[names.index("bias")] = -4
    found = descend(slope, start.ravel(), [RATE] * STEPS).reshape(start.shape)
    return {
        label: {name: round(float(w), 3) for name, w in zip(names, column, strict=True) if abs(w) >= SMALLEST}
        for label, column in zip(LABELS, found.T, strict=True)
        if wanted[:, LABELS.index(label)].any()
    }


def matrix(data: Sequence[Row], names: Sequence[str]) -> Array:
    """(rows, names)."""
    place = {name: at for at, name in enumerate(names)}
    out = np.zeros((len(data), len(names)))
    for line, each in zip(out, data, strict=True):
        line[[place[name] for name in each.facts if name in place]] = 1
    return out


def chances(data: Sequence[Row], weights: Mapping[str, Mapping[str, float]]) -> Array:
    """(rows, labels)."""
    names = sorted({name for each in weights.values() for name in each})
    by_label = np.array([[weights.get(label, {}).get(name, 0.0) for label in LABELS] for name in names])
    known = np.array([label in weights for label in LABELS])
    out: Array = known / (1 + np.exp(-np.clip(matrix(data, names) @ by_label, -30, 30)))
    return out


def f1(data: Sequence[Row], found: Array, least: float, marked: int) -> float:
    """Over all questions and sides; `marked` are all marks, those on attributions that were not found too."""
    given = found >= least
    right = sum(given[at, LABELS.index(label)] for at, each in enumerate(data) for label in each.labels)
    return float(2 * right / max(1, given.sum() + marked))


def in_parts(data: Sequence[Row]) -> tuple[list[Row], Array]:
    """Attributions of marked chains, with chances by weights from reports in other parts."""
    held, found = [], []
    for part in range(PARTS):
        weights = fit([each for each in data if each.is_invented or each.report % PARTS != part])
        rest = [each for each in data if each.is_said and not each.is_invented and each.report % PARTS == part]
        held += rest
        found.append(chances(rest, weights))
    return held, np.concatenate(found)


def main() -> None:
    """Measure on parts, fit on all, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marked", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("src/sayso/claims/replies.json"))
    asked = parser.parse_args()
    reports = list(answered.load(asked.marked))
    data = [row(one) for _, several in reports for one in several]
    total = sum(answered.marks_of(marked) for marked, _ in reports)
    held, every = in_parts(data)
    least = max(CHANCES, key=lambda chance: f1(held, every, chance, total))
    print("F1 on parts, each by weights from the others:", round(f1(held, every, least, total), 4), "from", least)
    asked.out.write_text(json.dumps({"least": least, "weights": fit(data)}, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
