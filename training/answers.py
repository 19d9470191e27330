"""Fit by which signs the words of a claim that answer a question are told from its other words.

    python -m training.answers MARKED.jsonl.gz [INVENTED.jsonl ...] [--out WEIGHTS.json]

The forms are those of `training/answered.py`. For every claim that a person says answers a question, the candidates
share the weight 1 by how far their words agree with the marked answer; the loss is the cross entropy of a softmax over
the candidates (as for listwise ranking, Cao et al. 2007), with L2, by Adam. First, in four parts of the reports with
marked chains, it prints how often the best candidate agrees; then it fits on all and writes the weights.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sayso.claims.answers import FAMILIES, can_answer
from sayso.claims.candidates import candidates, facts
from training import answered
from training.fitting import Array, descend

PENALTY, RATE, STEPS = 1.0, 0.05, 200
PARTS = 4
RAREST = 3
"""Candidates that must have a fact for it to be fitted."""
SMALLEST = 0.03
"""Weights nearer to nothing are left out."""


class Choice(NamedTuple):
    """The candidates of one claim for one question."""

    report: int
    is_invented: bool
    slot: str
    known: list[dict[str, float]]
    """Facts of each candidate under "family: name" and "slot: name"."""
    agreeing: list[float]


def choices(one: answered.Answered) -> Iterator[Choice]:
    """For each question that the claim answers with one of its candidates."""
    for (slot, is_for), words in sorted(one.marks.items()):
        if slot in FAMILIES:
            several = [each for each in candidates(one.text, one.content, one.said) if can_answer(slot, each)]
            known = facts(one.text, one.content, one.said, several, is_for=is_for)
            agreeing = [answered.agree(words, one.text[slice(*each.span)]) for each in several]
            family = FAMILIES[slot]
            named = [
                {f"{start}: {name}": value for name, value in each.items() for start in (family, slot)}
                for each in known
            ]
            yield Choice(one.report, one.is_invented, slot, named, agreeing)


class Table(NamedTuple):
    """Facts of all candidates of all choices, as entries of a sparse matrix."""

    lines: Array
    columns: Array
    values: Array
    choice: Array
    """(candidates,): the place of each one's choice."""


def table(several: Sequence[Choice], names: Mapping[str, int]) -> Table:
    """The entries of every candidate."""
    lines, columns, values, choice = [], [], [], []
    for at, one in enumerate(several):
        for each in one.known:
            for name, value in each.items():
                if name in names:
                    lines.append(len(choice))
                    columns.append(names[name])
                    values.append(value)
            choice.append(at)
    return Table(np.array(lines), np.array(columns), np.array(values), np.array(choice))


def fit(several: Sequence[Choice]) -> dict[str, float]:
    """Weights by "family: name" and "slot: name"."""
    several = [one for one in several if any(one.agreeing)]
    often = Counter(name for one in several for each in one.known for name in each)
    names = {name: at for at, name in enumerate(sorted(name for name in often if often[name] >= RAREST))}
    entries = table(several, names)
    wanted = np.concatenate([np.array(one.agreeing) / sum(one.agreeing) for one in several])
    size = len(wanted)

    def slope(weights: Array) -> Array:
        sums = np.bincount(entries.lines, entries.values * weights[entries.columns], minlength=size)
        powers = np.exp(np.clip(sums, -30, 30))
        shares = powers / np.bincount(entries.choice, powers)[entries.choice]
        out: Array = (
            np.bincount(entries.columns, entries.values * (shares - wanted)[entries.lines], minlength=len(names))
            + 2 * PENALTY * weights
        )
        return out

    found = descend(slope, np.zeros(len(names)), [RATE] * STEPS)
    return {name: round(float(found[at]), 3) for name, at in names.items() if abs(found[at]) >= SMALLEST}


def best(one: Choice, weights: Mapping[str, float]) -> int:
    """The place of the heaviest candidate, of equals the first."""
    sums = [sum(value * weights.get(name, 0.0) for name, value in each.items()) for each in one.known]
    return sums.index(max(sums))


def main() -> None:
    """Measure on parts, fit on all, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marked", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("src/sayso/claims/answers.json"))
    asked = parser.parse_args()
    every = [one for _, several in answered.load(asked.marked) for each in several for one in choices(each)]
    right, count = Counter[str](), Counter[str]()
    for part in range(PARTS):
        weights = fit([one for one in every if one.is_invented or one.report % PARTS != part])
        for one in every:
            if not one.is_invented and one.report % PARTS == part:
                count[one.slot] += 1
                right[one.slot] += bool(one.known) and one.agreeing[best(one, weights)] > 0
    print("right on parts:", sum(right.values()), "of", sum(count.values()), {s: (right[s], count[s]) for s in count})
    asked.out.write_text(json.dumps(fit(every), indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
