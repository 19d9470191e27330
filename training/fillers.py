"""Fit what speaks for a filler of an incident: the weights of `reading.fillers`, and from what chance one is given.

    python -m training.fillers --data DIR [--out WEIGHTS.json]

The training reports of MUC-4 are cut into parts. Side networks taught by the fillers of the other parts alone score
each part, so that scores are such as unread reports get. Each entity that may be a filler is a row: right, if the
wording that stands for it is one of the gold's. A logistic regression (Adam, L2) gives the weights; then each role's
least chance is the one at which CEAF-REE F1 over all roles is best. Printed: F1, also where both were fitted on the
other parts. The development reports are never opened.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from evals.counting import total
from evals.mucscore import count, normalise
from evals.muctext import Document, documents
from sayso.encoder import folder, tokenizer
from sayso.reading.fillers import ROLES, Scored, weighed
from sayso.reading.pieces import cut, windows
from training import muc
from training.fitting import Array, descend
from training.side import Side
from training.side import fit as teach
from training.states import Lesson, frozen, lessons

EPOCHS, NETWORK_RATE = 8, 1e-3
"""Of each network."""

PARTS = 5
PENALTY, RATE, STEPS = 3.0, 0.05, 500
BY_ROLE = ("bias", "best", "sum")
"""Features that count for each role apart, beside what they count for all."""

CHANCES = tuple(round(0.1 + 0.025 * step, 3) for step in range(21))
"""Least chances that are tried."""

FIRST_CHANCE = 0.25

Weights = dict[str, dict[str, float]]


class Report(NamedTuple):
    """A report and its windows as a network scored them that had not read it."""

    document: Document
    windows: Sequence[Scored]


class Row(NamedTuple):
    """One entity that may be a filler."""

    report: int
    role: str
    words: str
    facts: Mapping[str, float]
    right: bool


def rows(reports: Sequence[Report]) -> list[Row]:
    """Every entity of every report."""
    out = []
    for number, (document, scored) in enumerate(reports):
        gold = {role: {normalise(words) for one in every for words in one} for role, every in document.entities.items()}
        for entity, facts in weighed(document.text, scored):
            words = normalise(document.text[slice(*entity.fullest.span)])
            out.append(Row(number, entity.role, words, facts, words in gold[entity.role]))
    return out


def fit(data: Sequence[Row]) -> Weights:
    """The weights of all features, and of some by role, without least chances."""
    names = sorted(data[0].facts)
    table = np.array([_numbers(row, names) for row in data])
    wanted = np.array([float(row.right) for row in data])
    spread = np.maximum(table.std(0), 0.1)
    found = _logistic(table / spread, wanted) / spread
    out: Weights = {"all": dict(zip(names, found[: len(names)].round(4).tolist(), strict=True))}
    for at, role in enumerate(ROLES):
        first = len(names) + at * len(BY_ROLE)
        out[role] = dict(zip(BY_ROLE, found[first : first + len(BY_ROLE)].round(4).tolist(), strict=True))
    return out


def _numbers(row: Row, names: Sequence[str]) -> list[float]:
    own = [row.facts[name] if role == row.role else 0.0 for role in ROLES for name in BY_ROLE]
    return [row.facts[name] for name in names] + own


def _logistic(table: Array, wanted: Array) -> Array:
    def slope(weights: Array) -> Array:
        chance = 1 / (1 + np.exp(-(table @ weights)))
        out: Array = (table.T @ (chance - wanted) + PENALTY * weights) / len(table)
        return out

    return descend(slope, np.zeros(table.shape[1]), [RATE] * STEPS)


def chances(data: Sequence[Row], weights: Weights) -> list[float]:
    """How likely each row is a filler."""
    out = []
    for row in data:
        own = weights[row.role]
        at = sum((weights["all"][name] + own.get(name, 0.0)) * value for name, value in row.facts.items())
        out.append(float(1 / (1 + np.exp(-at))))
    return out


def f1(reports: Sequence[Report], data: Sequence[Row], given: Sequence[float], least: Mapping[str, float]) -> float:
    """CEAF-REE F1 over all roles where what reaches its role's least chance is given."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row, chance in zip(data, given, strict=True):
        if chance >= least[row.role] and row.words not in found[row.report][row.role]:
            found[row.report][row.role].append(row.words)
    counts = []
    for number, (document, _) in enumerate(reports):
        gold = {role: [frozenset(map(normalise, one)) for one in every] for role, every in document.entities.items()}
        counts += count(gold, {r: [frozenset([w]) for w in some] for r, some in found[number].items()}).values()
    return total(counts).rates()["f1"]


def least_chances(reports: Sequence[Report], data: Sequence[Row], given: Sequence[float]) -> dict[str, float]:
    """The best least chance of each role, one after the other, twice over."""
    least = dict.fromkeys(ROLES, FIRST_CHANCE)
    for role in (*ROLES, *ROLES):
        least[role] = max(CHANCES, key=lambda value: f1(reports, data, given, {**least, role: value}))
    return {str(role): value for role, value in least.items()}


def taught(data: Path) -> list[Report]:
    """Every training report, scored by a network that learned from the fillers of the other parts alone."""
    every = documents(data / "muc34", muc.PART)
    states = frozen()
    learned = [lessons([muc.text_of(one)], states) for one in every]
    scored: dict[int, list[Scored]] = {}
    for part in range(PARTS):
        net = Side()
        pool = [one for at, some in enumerate(learned) if at % PARTS != part for one in some]
        teach(net, pool, epochs=EPOCHS, rate=NETWORK_RATE, seed=part, say=lambda _: None)
        held = range(part, len(every), PARTS)
        scored |= {at: list(_scored(net, every[at].text, learned[at])) for at in held}
        print(f"part {part + 1} of {PARTS}", flush=True)
    return [Report(one, scored[at]) for at, one in enumerate(every)]


def _scored(net: Side, text: str, learned: Sequence[Lesson]) -> Iterator[Scored]:
    pieces = cut(text, tokenizer(folder() / "tokenizer.json"))
    for (first, last), lesson in zip(windows(text, pieces), learned, strict=True):
        with torch.no_grad():
            states = net.states(torch.from_numpy(lesson.states.astype(np.float32))[None], None)
            scores = net.tags["muc"](states)[0, 1:-1].numpy()
        part = pieces.part(first, last)
        yield part.starts, part.ends, scores


def apart(data: Sequence[Row]) -> list[float]:
    """How likely each row is a filler by weights that its own part had no hand in."""
    out = [0.0] * len(data)
    for part in range(PARTS):
        weights = fit([row for row in data if row.report % PARTS != part])
        for at, chance in enumerate(chances(data, weights)):
            out[at] = chance if data[at].report % PARTS == part else out[at]
    return out


def main() -> None:
    """Measure on parts, fit on all, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("src/sayso/reading/fillers.json"))
    asked = parser.parse_args()
    reports = taught(asked.data)
    data = rows(reports)
    given = apart(data)
    least = least_chances(reports, data, given)
    print("F1 on the parts, each by weights from the others:", round(f1(reports, data, given, least), 4))
    asked.out.write_text(json.dumps({**fit(data), "least": least}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
