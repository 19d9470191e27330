"""Fit what speaks for a filler of an incident: the weights of `reading.fillers`, and from what chance one is given.

    python -m training.fillers --data DIR [--out WEIGHTS.json]

The training reports of MUC-4 are cut into parts. Each part is scored by a branch (`training.incident`) that learned
from the others, so that scores are such as unread reports get. The mentions in them are what the shipped reader marks.
Then two logistic regressions (Adam, L2) are fitted: of candidates, right if the gold has their words; and of entities,
right if it has those that stand for them. The
second stands on scores that the first gave to parts it had not seen. At last each role's least chance is the one at
which CEAF-REE F1 over all roles is best. The development reports are never opened.
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
from sayso import encoder, reading
from sayso.kit import identify_report
from sayso.model import Report
from sayso.reading.fillers import ROLES, Candidate, Entity, Facts, Scored, Table, candidates, likely, weighed
from sayso.reading.pieces import cut, windows
from sayso.reading.side import Marked
from sayso.spine import DEFAULT_LIMIT
from training import muc
from training.fitting import Array, descend
from training.incident import Incident, Lesson, lessons
from training.incident import fit as teach
from training.states import frozen

PARTS = 4
SPAN_PENALTY, ENTITY_PENALTY, RATE, STEPS = 5.0, 10.0, 0.05, 300

RAREST = 50
"""Candidates that must have a feature for it to be fitted."""

CHANCES = tuple(round(0.1 + 0.025 * step, 3) for step in range(17))
"""Least chances that are tried."""


class Read(NamedTuple):
    """A report, its windows as a network scored them that had not learned from it, and the mentions marked in it."""

    document: Document
    windows: Sequence[Scored]
    marks: Mapping[str, Sequence[Marked]]


class Row(NamedTuple):
    """A candidate or an entity that may be a filler."""

    report: int
    role: str
    words: str
    """As the measure compares them."""
    facts: Facts
    right: bool


def span_rows(reports: Sequence[Read]) -> tuple[list[list[Candidate]], list[Row]]:
    """The candidates of every report; and all of them as rows, in the same order."""
    found = [candidates(one.document.text, one.windows, one.marks) for one in reports]
    rows = []
    for number, some in enumerate(found):
        document = reports[number].document
        gold = _gold(document)
        for one in some:
            words = normalise(document.text[slice(*one.span)])
            rows.append(Row(number, one.role, words, one.facts, any(words in each for each in gold[one.role])))
    return found, rows


def entity_rows(reports: Sequence[Read], found: Sequence[Sequence[Candidate]], tables: Sequence[Table]) -> list[Row]:
    """The entities of every report, its candidates weighed by its own table."""
    rows = []
    for number, (report, some) in enumerate(zip(reports, found, strict=True)):
        text, gold = report.document.text, _gold(report.document)
        for entity, facts in weighed(text, some, tables[number % len(tables)]):
            words = normalise(text[slice(*_stands(entity).span)])
            rows.append(Row(number, entity.role, words, facts, any(words in one for one in gold[entity.role])))
    return rows


def _stands(entity: Entity) -> Candidate:
    return entity.wordings[0].candidates[0][1]


def _gold(document: Document) -> dict[str, list[frozenset[str]]]:
    return {role: [frozenset(map(normalise, one)) for one in some] for role, some in document.entities.items()}


def fit(rows: Sequence[Row], penalty: float) -> dict[str, dict[str, float]]:
    """Weights of all features that are not rare: for every role, and what each role adds."""
    often: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        for name in row.facts:
            often[name] += 1
    names = sorted(name for name, times in often.items() if times >= min(RAREST, len(rows)))
    place = {name: at for at, name in enumerate(names)}
    table = np.zeros((len(rows), len(names) * (1 + len(ROLES))))
    for line, row in zip(table, rows, strict=True):
        own = len(names) * (1 + ROLES.index(row.role))  # type: ignore[arg-type]
        for name, value in row.facts.items():
            if name in place:
                line[[place[name], own + place[name]]] = value
    spread = np.maximum(table.std(0), 0.05)
    found = _logistic(table / spread, np.array([float(row.right) for row in rows]), penalty) / spread
    groups = zip(("all", *ROLES), np.split(found.round(4), 1 + len(ROLES)), strict=True)
    return {group: dict(zip(names, some.tolist(), strict=True)) for group, some in groups}


def _logistic(table: Array, wanted: Array, penalty: float) -> Array:
    def slope(weights: Array) -> Array:
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        out: Array = (table.T @ (chance - wanted) + penalty * weights) / len(table)
        return out

    return descend(slope, np.zeros(table.shape[1]), [RATE] * STEPS)


def by_parts(rows: Sequence[Row], penalty: float) -> list[dict[str, dict[str, float]]]:
    """For each part the weights that the others give."""
    return [fit([row for row in rows if row.report % PARTS != part], penalty) for part in range(PARTS)]


def f1(reports: Sequence[Read], rows: Sequence[Row], given: Sequence[float], least: Mapping[str, float]) -> float:
    """CEAF-REE F1 over all roles where what reaches its role's least chance is given."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row, chance in zip(rows, given, strict=True):
        if chance >= least[row.role] and row.words not in found[row.report][row.role]:
            found[row.report][row.role].append(row.words)
    counts = []
    for number, report in enumerate(reports):
        told = {role: [frozenset([words]) for words in some] for role, some in found[number].items()}
        counts += count(_gold(report.document), told).values()
    return total(counts).rates()["f1"]


def least_chances(reports: Sequence[Read], rows: Sequence[Row], given: Sequence[float]) -> dict[str, float]:
    """The best least chance of each role: one for all first, then half way from it to each role's own best."""
    one = max(CHANCES, key=lambda value: f1(reports, rows, given, dict.fromkeys(ROLES, value)))
    least: dict[str, float] = {str(role): one for role in ROLES}
    for role in least:
        best = max(CHANCES, key=lambda value: f1(reports, rows, given, {**least, role: value}))
        least[role] = round((one + best) / 2, 4)
    return least


def fitted(reports: Sequence[Read]) -> dict[str, object]:
    """All weights. Prints F1 where each part was judged by weights from the others, least chances apart."""
    found, spans = span_rows(reports)
    entities = entity_rows(reports, found, by_parts(spans, SPAN_PENALTY))
    tables = by_parts(entities, ENTITY_PENALTY)
    given = [likely(row.role, row.facts, tables[row.report % PARTS]) for row in entities]
    least = least_chances(reports, entities, given)
    print("F1 on parts, by weights from the others:", round(f1(reports, entities, given, least), 4))
    return {"span": fit(spans, SPAN_PENALTY), "entity": fit(entities, ENTITY_PENALTY), "least": {"all": least}}


def read_apart(data: Path) -> list[Read]:
    """Every training report, scored by a branch that learned from the other parts."""
    every = documents(data / "muc34", muc.PART)
    states = frozen()
    learned = [list(lessons([muc.text_of(one)], states)) for one in every]
    scored: dict[int, list[Scored]] = {}
    for part in range(PARTS):
        net = Incident()
        teach(net, [one for at, some in enumerate(learned) if at % PARTS != part for one in some], seed=part)
        held = range(part, len(every), PARTS)
        scored |= {at: list(_scored(net, every[at].text, learned[at])) for at in held}
        print(f"part {part + 1} of {PARTS}", flush=True)
    return [Read(one, scored[at], _marks(one.text)) for at, one in enumerate(every)]


def _scored(net: Incident, text: str, learned: Sequence[Lesson]) -> Iterator[Scored]:
    pieces = cut(text, encoder.tokenizer(encoder.folder() / "tokenizer.json"))
    for (first, last), lesson in zip(windows(text, pieces), learned, strict=True):
        with torch.no_grad():
            scores = net(torch.from_numpy(lesson.states).float()[None])[0].numpy()
        part = pieces.part(first, last)
        yield part.starts, part.ends, scores


def _marks(text: str) -> dict[str, list[Marked]]:
    """What the shipped reader marks beside fillers."""
    model = encoder.load()
    name = identify_report(text, publisher="", published="", address="")
    read = reading.read(Report(name, text, "", "", ""), model.tokenize, model.run, limit=DEFAULT_LIMIT)
    out: defaultdict[str, list[Marked]] = defaultdict(list)
    for one in reading.find(text, tuple(read.windows), model.side):
        for scheme, some in one.marks.items():
            out[scheme] += some
    return dict(out)


def main() -> None:
    """Measure on parts, fit on all, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("src/sayso/reading/fillers.json"))
    asked = parser.parse_args()
    found = fitted(read_apart(asked.data))
    asked.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
