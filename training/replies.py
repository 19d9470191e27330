"""Fit by which words, events and counts a claim is seen to speak to a disputed question.

    python -m training.replies MARKED.jsonl.gz [--out WEIGHTS.json]

MARKED holds reports with marked attributions and, under "answers", the disputed questions and which attributions
answer each, for or against. The shipped reader reads them; each attribution that shares half of its characters or more
with a marked one is a row. For each question and side a logistic regression (Adam, L2). First, in four parts of the
reports, each judged by weights from the other three: the best F1 over all questions and the least chance that gives it
are printed. Then on all, which is what is written, without weights near nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from sayso import encoder, spine
from sayso.claims.replies import LABELS, SLOTS, content_of, features
from sayso.kit import identify_report
from sayso.model import Attribution, Findings, Report
from training.fitting import Array, descend, marked_as

PENALTY, RATE, STEPS = 1.0, 0.02, 300
PARTS = 4
RAREST = 4
"""Rows that must have a feature for it to be fitted."""
SMALLEST = 0.05
"""Weights nearer to nothing are left out."""
CHANCES = tuple(round(0.1 + 0.025 * step, 3) for step in range(17))


class Row(NamedTuple):
    """One attribution found: its report's place, what is known of it, and the labels that its marked partner has."""

    report: int
    facts: Mapping[str, float]
    labels: frozenset[str]


def rows(number: int, marked: Mapping[str, Any]) -> list[Row]:
    """The attributions that the reader finds in one marked report and a person marked too."""
    text, publisher = marked["text"], marked.get("publisher") or ""
    name = identify_report(text, publisher=publisher, published="", address="")
    report = Report(name, text, "", "", "", publisher=publisher, language="en")
    findings = spine.read_report(report, encoder.load())
    labels = labels_of(marked)
    said = {one.id: one for one in findings.attributions}
    out = []
    for claim in findings.claims:
        one = said.get(claim.attribution or "")
        partner = one and marked_as(marked, one.content, one.cue)
        if one and partner:
            facts = features(text, content_of(claim, findings), one, is_holder=_is_holder(one, findings))
            out.append(Row(number, facts, frozenset(labels[partner["id"]])))
    return out


def _is_holder(one: Attribution, findings: Findings) -> bool:
    return any(other.within == one.id for other in findings.attributions)


def labels_of(marked: Mapping[str, Any]) -> defaultdict[str, set[str]]:
    """The labels of each marked attribution, by its id."""
    out = defaultdict[str, set[str]](set)
    for answer in marked.get("answers") or ():
        if answer["question"] in SLOTS:
            for name in answer["attributions"]:
                out[name].add(f"{answer['question']} {answer.get('polarity', 'for')}")
    return out


def fit(data: Sequence[Row]) -> dict[str, dict[str, float]]:
    """Weights of every label."""
    often = Counter(name for row in data for name in row.facts)
    names = sorted(name for name in often if often[name] >= RAREST)
    table = matrix(data, names)
    wanted = np.array([[float(label in row.labels) for label in LABELS] for row in data])

    def slope(weights: Array) -> Array:
        by_label = weights.reshape(len(names), len(LABELS))
        chance = 1 / (1 + np.exp(-np.clip(table @ by_label, -30, 30)))
        out: Array = (table.T @ (chance - wanted) + 2 * PENALTY * by_label).ravel()
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
    for line, row in zip(out, data, strict=True):
        line[[place[name] for name in row.facts if name in place]] = 1
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
    right = sum(given[at, LABELS.index(label)] for at, row in enumerate(data) for label in row.labels)
    return float(2 * right / max(1, given.sum() + marked))


def main() -> None:
    """Measure on parts, fit on all, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marked", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/sayso/claims/replies.json"))
    asked = parser.parse_args()
    with gzip.open(asked.marked, "rt", encoding="utf-8") as lines:
        reports = [json.loads(line) for line in lines]
    data = [row for number, report in enumerate(reports) for row in rows(number, report)]
    total = sum(len(labels) for report in reports for labels in labels_of(report).values())
    held, found = [], []
    for part in range(PARTS):
        weights = fit([row for row in data if row.report % PARTS != part])
        rest = [row for row in data if row.report % PARTS == part]
        held += rest
        found.append(chances(rest, weights))
    every = np.concatenate(found)
    least = max(CHANCES, key=lambda chance: f1(held, every, chance, total))
    print("F1 on parts, each by weights from the others:", round(f1(held, every, least, total), 4), "from", least)
    asked.out.write_text(json.dumps({"least": least, "weights": fit(data)}, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
