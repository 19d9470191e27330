"""Fit how likely a reply is right, words and all.

    python -m training.assurance MARKED.jsonl.gz INVENTED.jsonl ... [--out WEIGHTS.json]

The forms are those of `training/answered.py`. In parts of the reports, a network and the weights of candidates learn
from the other parts and reply; a logistic regression (Adam, L2) learns from all these replies whether the claim is
marked with that question and side, and the words agree with the marked answer (of a motive the mark alone counts).
Claims of invented reports have a sign that says so, for more of them answer; it is not kept. Printed: of replies from
each least probability on the share that is right, how right they say they are, and of all right ones the share found,
in five parts of the reports again; on marked chains and on invented reports.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from sayso.claims.answers import FAMILIES, choose
from sayso.claims.assurance import signs_of
from sayso.claims.replies import SLOTS, facts_of
from training import answered, answers, replies
from training.fitting import Array, descend

LEAST = 0.05
"""Chances below this are none that ship."""
PENALTY, RATE, STEPS = 1.0, 0.05, 300
RAREST = 10
PARTS = 5
INVENTED = "invented"
"""The sign of a claim of an invented report. More of these answer than of others; the sign is not kept."""
SHOWN = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6)


class Row(NamedTuple):
    """One reply: its report, what is known of it, and whether it is right."""

    report: int
    is_invented: bool
    known: dict[str, float]
    is_right: bool


def rows(one: answered.Answered, chances: Array, weights: Mapping[str, float]) -> Iterator[Row]:
    """The replies of one claim that have some chance."""
    standing = facts_of(one.setting, one.content, one.said, is_holder=one.is_holder)
    for at, label in enumerate(replies.LABELS):
        slot, side = SLOTS[at // 2], label.endswith(" for")
        if chances[at] >= LEAST and slot not in one.unknown:
            chosen = choose(slot, one.text, one.content, one.said, is_for=side, weights=weights)
            words = one.text[slice(*chosen.span)] if chosen.span else ""
            marked = one.marks.get((slot, side))
            agrees = slot not in FAMILIES or (marked is not None and answered.agree(marked, words) > 0)
            is_right = marked is not None and chosen.span is not None and agrees
            known = signs_of(slot, chosen, float(chances[at]), standing, is_for=side)
            yield Row(one.report, one.is_invented, known | {INVENTED: float(one.is_invented)}, is_right)


def fit(data: Sequence[Row]) -> dict[str, float]:
    """The weights."""
    often = Counter(name for one in data for name in one.known)
    names = sorted(name for name in often if often[name] >= RAREST)
    table = np.array([[one.known.get(name, 0.0) for name in names] for one in data])
    wanted = np.array([float(one.is_right) for one in data])
    counted = np.array([float(name != "bias") for name in names])

    def slope(weights: Array) -> Array:
        out: Array = table.T @ (1 / (1 + np.exp(-(table @ weights))) - wanted) + 2 * PENALTY * counted * weights
        return out

    found = descend(slope, np.zeros(len(names)), [RATE] * STEPS)
    return {name: round(float(each), 4) for name, each in zip(names, found, strict=True)}


def judged(data: Sequence[Row]) -> Array:
    """(rows,): the probability of each by weights from other reports."""
    out = np.zeros(len(data))
    for part in range(PARTS):
        weights = fit([one for one in data if one.report // replies.PARTS % PARTS != part])
        for at, one in enumerate(data):
            if one.report // replies.PARTS % PARTS == part:
                total = sum(value * weights.get(name, 0.0) for name, value in one.known.items())
                out[at] = 1 / (1 + np.exp(-total))
    return out


def main() -> None:
    """Measure, fit on all, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marked", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("src/sayso/claims/assurance.json"))
    asked = parser.parse_args()
    torch.set_num_threads(2)
    if not asked.out.exists():  # reading needs weights, be they such that say nothing
        asked.out.write_text("{}\n", encoding="utf-8")
    every = [one for _, several in answered.load(asked.marked) for one in several]
    data: list[Row] = []
    for part in range(replies.PARTS):
        network = replies.fit([replies.row(one) for one in every if one.report % replies.PARTS != part])
        known = [each for one in every if one.report % replies.PARTS != part for each in answers.choices(one)]
        weights = answers.fit(known)
        rest = [one for one in every if one.report % replies.PARTS == part and one.content.claim.content]
        rest = [one for one in rest if len(replies.row(one).states)]
        found = replies.chances(network, [replies.row(one) for one in rest])
        data += [each for one, chances in zip(rest, found, strict=True) for each in rows(one, chances, weights)]
    found, right = judged(data), np.array([float(one.is_right) for one in data])
    is_invented = np.array([one.is_invented for one in data])
    for name, of in (("marked chains", ~is_invented), ("invented reports", is_invented)):
        for least in SHOWN:
            given = of & (found >= least)
            share = right[given].sum() / right[of].sum()
            told = (
                f"right {right[given].mean():.3f} of {given.sum()}, says {found[given].mean():.3f}, found {share:.3f}"
            )
            print(f"{name} from {least}: {told}")
    weights = {name: weight for name, weight in fit(data).items() if name != INVENTED}
    asked.out.write_text(json.dumps(weights, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
