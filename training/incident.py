"""The branch of the side network that scores fillers of incidents, and its training on MUC-4.

    states of four layers ──▶ joined ──▶ one layer of attention ──▶ (T, 11): for each role none, begin or inside

    python -m training.incident --data DIR --out incident.pt

It stands apart from the rest of the side network, small as it is, because what it learns from is small too: a wider
layer, or one more pass, learns the reports by heart. Each role has its own three tags, so that the marks of two roles
may overlap, as "members of the X" and "X" do. Where a word may stand for a filler though nobody marked it there
(`muc.LOOSE`), nothing is learned of its role.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from numpy.typing import NDArray
from torch import Tensor, nn

from sayso.encoder import folder, tokenizer
from sayso.reading.fillers import ROLES
from sayso.reading.pieces import Pieces, cut, windows
from sayso.reading.side import LAYERS
from training import muc
from training.network import Layer
from training.states import UNKNOWN, States, frozen
from training.texts import Tagged, Text

WIDTH, HEADS, INNER = 128, 4, 256
DROPPED, LAYER_DROPPED = 0.25, 0.15
EPOCHS, RATE, DECAY, BATCH = 12, 2e-3, 0.01, 12
WITHOUT_MARKS = 0.7
"""Share of the windows without a mark that an epoch reads."""


class Incident(nn.Module):
    """States (B, T, layers, 384) → (B, T, 11): column 0 is 0, then begin and inside of each role."""

    def __init__(self) -> None:
        super().__init__()
        self.join, self.norm = nn.Linear(len(LAYERS) * 384, WIDTH), nn.LayerNorm(WIDTH)
        self.layer = Layer(WIDTH, HEADS, INNER, LAYER_DROPPED)
        self.tags = nn.Linear(WIDTH, 2 * len(ROLES))

    def forward(self, states: Tensor, mask: Tensor | None = None) -> Tensor:
        """See the class."""
        x = self.norm(self.join(F.dropout(states.flatten(2), DROPPED, self.training)))
        scores = self.tags(F.dropout(self.layer(x, mask), DROPPED, self.training))
        return F.pad(scores, (1, 0))


class Lesson(NamedTuple):
    """One window of T pieces, without the two that frame it."""

    text: str
    """The text's id."""
    states: NDArray[np.float16]
    """(T, layers, 384)."""
    tags: NDArray[np.int64]
    """(T, roles): 0 none, 1 begin, 2 inside; UNKNOWN where nothing is to be learned."""


def lessons(texts: Iterable[Text], states: States) -> Iterator[Lesson]:
    """Every window of every text."""
    tokenize = tokenizer(folder() / "tokenizer.json")
    for text in texts:
        pieces = cut(text.text, tokenize)
        for first, last in windows(text.text, pieces):
            part = pieces.part(first, last)
            tags = _tags(part, text.spans["muc"], text.spans[muc.LOOSE])
            yield Lesson(text.id, states(part.ids, part.features)[1:-1], tags)


def _tags(part: Pieces, marks: Sequence[Tagged], loose: Sequence[Tagged]) -> NDArray[np.int64]:
    out = np.zeros((len(part.ids), len(ROLES)), dtype=np.int64)
    for mark in loose:
        out[(part.starts < mark.end) & (part.ends > mark.start), _column(mark)] = UNKNOWN
    for mark in marks:
        on = np.flatnonzero((part.starts < mark.end) & (part.ends > mark.start))
        out[on, _column(mark)] = 2
        out[on[:1], _column(mark)] = 1
    return out


def _column(mark: Tagged) -> int:
    return [str(role) for role in ROLES].index(mark.kind)


def fit(net: Incident, pool: Sequence[Lesson], *, seed: int, say: Callable[[str], None] = print) -> None:
    """Trains in place; leaves the running mean of the weights."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 - no secret
    steps = EPOCHS * -(-len(pool) // BATCH)
    optimizer = torch.optim.AdamW(net.parameters(), RATE, weight_decay=DECAY, betas=(0.9, 0.99))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, steps, pct_start=0.1, anneal_strategy="linear")
    mean = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.98))
    net.train()
    for epoch in range(EPOCHS):
        seen = []
        for batch in _batches(pool, chance):
            loss = _loss(net, batch)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            mean.update_parameters(net)
            seen.append(loss.item())
        say(f"epoch {epoch + 1} of {EPOCHS}: {np.mean(seen):.3f}")
    net.load_state_dict(mean.module.state_dict())
    net.eval()


def _batches(pool: Sequence[Lesson], chance: random.Random) -> Iterator[list[Lesson]]:
    """Windows of like length together, in random order."""
    order = [one for one in pool if (one.tags > 0).any() or chance.random() < WITHOUT_MARKS]
    chance.shuffle(order)
    groups: list[list[Lesson]] = []
    for at in range(0, len(order), 10 * BATCH):
        some = sorted(order[at : at + 10 * BATCH], key=lambda one: len(one.tags))
        groups += [some[first : first + BATCH] for first in range(0, len(some), BATCH)]
    chance.shuffle(groups)
    yield from groups


def _loss(net: Incident, batch: Sequence[Lesson]) -> Tensor:
    """Cross entropy of all roles, summed over them, in the mean over pieces."""
    size = max(len(one.tags) for one in batch)
    states = torch.zeros(len(batch), size, *batch[0].states.shape[1:])
    tags = torch.full((len(batch), size, len(ROLES)), UNKNOWN)
    masked = torch.full((len(batch), 1, 1, size), -1e4)
    for i, one in enumerate(batch):
        n = len(one.tags)
        states[i, :n], tags[i, :n] = torch.from_numpy(one.states).float(), torch.from_numpy(one.tags)
        masked[i, 0, 0, :n] = 0
    with torch.autocast("cpu", torch.bfloat16):
        scores = net(states, masked)
    own = scores[..., 1:].float().unflatten(-1, (len(ROLES), 2))
    three = torch.cat([torch.zeros_like(own[..., :1]), own], -1)
    known = tags >= 0
    return F.cross_entropy(three[known], tags[known], reduction="sum") / (masked == 0).sum()


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    net = Incident()
    pool = list(lessons(muc.muc(asked.data), frozen()))
    fit(net, pool, seed=asked.seed, say=lambda line: print(line, file=sys.stderr, flush=True))
    torch.save(net.state_dict(), asked.out)


if __name__ == "__main__":
    main()
