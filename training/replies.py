"""Fit the network that tells which disputed questions a claim answers.

    python -m training.replies MARKED.jsonl.gz [INVENTED.jsonl ...] [--out WEIGHTS.npz]

The forms are those of `training/answered.py`. The encoder's states stay as they are; what is learned is the small
network of `sayso.claims.network`: cross entropy over every question and side, AdamW (Loshchilov & Hutter 2019),
dropout.
Claims of invented reports have a fact that says so, for more of them answer than of others; it is not kept.

First, in parts of the reports, each judged by a network that learned from the others: the best F1 over all questions
and the least chance that gives it, on marked chains and on invented reports. Then on all, which is what is written.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from sayso.claims.network import pieces_of
from sayso.claims.replies import SLOTS, facts_of, label_of
from training import answered
from training.fitting import Array

WIDTH, DROPPED = 96, 0.3
EPOCHS, TOGETHER = 16, 32
RATE, RATE_OF_FACTS = 1e-3, 5e-3
DECAY, DECAY_OF_FACTS = 0.01, 0.1
PARTS = 3
INVENTED = 0.5
"""What a claim of an invented report counts beside one of a marked report."""
RAREST = 4
"""Claims that must have a fact for it to be fitted."""
CHANCES = tuple(round(0.1 + 0.025 * step, 3) for step in range(25))
LABELS = tuple(label_of(slot, is_for=is_for) for slot in SLOTS for is_for in (True, False))
ENCODER = 384
"""The width of the encoder's states."""
NONE = 3
"""The part of padding."""


class Row(NamedTuple):
    """One claim of n word pieces."""

    report: int
    is_invented: bool
    is_said: bool
    facts: list[str]
    labels: frozenset[str]
    unknown: frozenset[str]
    """Labels that it may have."""
    states: Tensor
    """(n, W)"""
    parts: Tensor
    """(n,)"""


def row(one: answered.Answered) -> Row:
    """The row of a claim."""
    facts = facts_of(one.setting, one.content, one.said, is_holder=one.is_holder)
    facts += ["invented"] if one.is_invented else []
    labels = frozenset(label_of(slot, is_for=is_for) for slot, is_for in one.marks)
    unknown = frozenset(label_of(slot, is_for=is_for) for slot in one.unknown for is_for in (True, False))
    places, parts = pieces_of(one.states, one.content.claim, one.said)
    states = torch.from_numpy(one.states.projected[places].astype(np.float32))
    is_said = one.said is not None
    return Row(one.report, one.is_invented, is_said, facts, labels, unknown, states, torch.from_numpy(parts))


class Network(nn.Module):
    """`sayso.claims.network` while it learns."""

    def __init__(self, width: int, facts: Mapping[str, int]) -> None:
        super().__init__()
        self.facts = facts
        self.project = nn.Linear(width, WIDTH)
        self.parts = nn.Embedding(NONE + 1, WIDTH)
        self.attend = nn.Linear(WIDTH, len(LABELS), bias=False)
        self.value = nn.Linear(WIDTH, len(LABELS), bias=False)
        self.weights = nn.EmbeddingBag(len(facts) + 1, len(LABELS), mode="sum", padding_idx=len(facts))
        self.bias = nn.Parameter(torch.full((len(LABELS),), -3.0))
        self.drop = nn.Dropout(DROPPED)
        nn.init.zeros_(self.weights.weight)

    def forward(self, rows: Sequence[Row]) -> Tensor:
        """(rows, labels): logits."""
        states = nn.utils.rnn.pad_sequence([one.states for one in rows], batch_first=True)
        parts = nn.utils.rnn.pad_sequence([one.parts for one in rows], batch_first=True, padding_value=NONE)
        hidden = functional.gelu(self.project(self.drop(states)) + self.parts(parts), approximate="tanh")
        hidden = self.drop(hidden)
        attention = self.attend(hidden).masked_fill((parts == NONE)[..., None], -1e4).softmax(1)
        found = [[self.facts[name] for name in one.facts if name in self.facts] for one in rows]
        starts = torch.tensor(np.cumsum([0, *map(len, found)])[:-1])
        flat = torch.tensor([each for several in found for each in several], dtype=torch.long)
        out: Tensor = (attention * self.value(hidden)).sum(1) + self.weights(flat, starts) + self.bias
        return out


def fit(data: Sequence[Row], *, seed: int = 0) -> Network:
    """A network that has learned from these."""
    torch.manual_seed(seed)
    order = random.Random(seed)  # noqa: S311 - an order to learn in
    often = Counter(name for one in data for name in one.facts)
    facts = {name: at for at, name in enumerate(sorted(name for name in often if often[name] >= RAREST))}
    network = Network(ENCODER, facts)
    of_facts = [network.weights.weight]
    rest = [each for name, each in network.named_parameters() if name != "weights.weight"]
    descent = torch.optim.AdamW(
        [
            {"params": rest, "lr": RATE, "weight_decay": DECAY},
            {"params": of_facts, "lr": RATE_OF_FACTS, "weight_decay": DECAY_OF_FACTS},
        ]
    )
    by_length = sorted((one for one in data if len(one.states)), key=lambda one: len(one.states))
    batches = [by_length[at : at + TOGETHER] for at in range(0, len(by_length), TOGETHER)]
    slower = torch.optim.lr_scheduler.LinearLR(descent, 1.0, 0.01, EPOCHS * len(batches))
    for _ in range(EPOCHS):
        order.shuffle(batches)
        for batch in batches:
            descent.zero_grad()
            _loss(network(batch), batch).backward()
            descent.step()
            slower.step()
    return network.eval()


def _loss(found: Tensor, batch: Sequence[Row]) -> Tensor:
    wanted = torch.tensor([[float(label in one.labels) for label in LABELS] for one in batch])
    counted = torch.tensor([[float(label not in one.unknown) for label in LABELS] for one in batch])
    counted *= torch.tensor([[INVENTED if one.is_invented else 1.0] for one in batch])
    each = functional.binary_cross_entropy_with_logits(found, wanted, reduction="none")
    return (each * counted).sum() / len(batch)


def chances(network: Network, data: Sequence[Row]) -> Array:
    """(rows, labels)."""
    with torch.no_grad():
        parts = [torch.sigmoid(network(data[at : at + 64])).numpy() for at in range(0, len(data), 64)]
    return np.concatenate(parts).astype(float)


def f1(data: Sequence[Row], found: Array, least: float, marked: int) -> float:
    """Over all questions and sides; `marked` are all marks, those on attributions that were not found too."""
    given = found >= least
    right = sum(given[at, LABELS.index(label)] for at, each in enumerate(data) for label in each.labels)
    return float(2 * right / max(1, given.sum() + marked))


def in_parts(data: Sequence[Row]) -> tuple[list[Row], Array]:
    """Every row with the chances that a network gives it which learned from reports in other parts."""
    held, found = [], []
    for part in range(PARTS):
        network = fit([one for one in data if one.report % PARTS != part])
        rest = [one for one in data if one.report % PARTS == part and len(one.states)]
        held += rest
        found.append(chances(network, rest))
    return held, np.concatenate(found)


def measured(data: Iterable[Row], total: int) -> None:
    """Prints the best F1 on parts, and the least chance that gives it."""
    held, found = in_parts(list(data))
    for is_invented in (True, False):
        places = [at for at, one in enumerate(held) if one.is_invented == is_invented and (one.is_said or is_invented)]
        rows, here = [held[at] for at in places], found[places]
        marked = sum(len(one.labels) for one in rows) if is_invented else total
        least = max(CHANCES, key=lambda chance: f1(rows, here, chance, marked))
        name = "invented reports" if is_invented else "marked chains"
        print(f"F1 on parts, {name}: {f1(rows, here, least, marked):.4f} from {least}")


def arrays(network: Network) -> dict[str, np.ndarray]:
    """What `sayso.claims.network.shipped` reads."""
    kept = {name: at for name, at in network.facts.items() if name != "invented"}
    found = {name: each.detach().numpy() for name, each in network.named_parameters()}
    return {
        "labels": np.array("\n".join(LABELS)),
        "facts": np.array("\n".join(kept)),
        "project": found["project.weight"].T.astype(np.float16),
        "parts": (found["parts.weight"][:NONE] + found["project.bias"]).astype(np.float32),
        "attend": found["attend.weight"].T.astype(np.float32),
        "value": found["value.weight"].T.astype(np.float32),
        "bias": found["bias"].astype(np.float32),
        "weights": found["weights.weight"][list(kept.values())].astype(np.float16),
    }


def main() -> None:
    """Measure on parts, fit on all, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marked", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("src/sayso/claims/replies.npz"))
    asked = parser.parse_args()
    torch.set_num_threads(2)
    if not asked.out.exists():  # reading needs weights, be they such that answer nothing
        np.savez_compressed(asked.out, **arrays(Network(ENCODER, {})))
    reports = list(answered.load(asked.marked))
    data = [row(one) for _, several in reports for one in several]
    measured(data, sum(answered.marks_of(marked) for marked, _ in reports))
    np.savez_compressed(asked.out, **arrays(fit(data)))


if __name__ == "__main__":
    main()
