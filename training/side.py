"""The side network in torch: from the frozen encoder's states to mentions, events, roles, factuality, fillers.

    states of four layers ──▶ joined ──▶ one layer of attention ──▶ heads

It is trained apart from the encoder, so that attribution cannot get worse by it, and from states that are computed
once: an epoch takes a few minutes on two cores.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor, nn

from sayso.attribution.decode import legal_moves
from sayso.reading.side import (
    ARC_DIM,
    DEPTHS,
    KIND_DIM,
    LAYERS,
    NESTED,
    REACH,
    ROLES,
    SCALES,
    SCHEMES,
    SPAN_DIM,
    WIDEST,
)
from training.nesting import nested_loss
from training.network import Layer, drop
from training.states import RELATIONS, TAGS, UNKNOWN, Lesson

HEAD_RATE = 3
"""The heads begin from nothing, the added layer does not."""

LARGEST_BATCH = 3072
"""Pieces, padding included."""


class Side(nn.Module):
    """States (B, T, layers, width) → the scores of `forward`."""

    def __init__(
        self, width: int = 256, layers: int = len(LAYERS), added: int = 1, inner: int = 2, share: float = 0.15
    ) -> None:
        super().__init__()
        self.share = share
        self.join = nn.Linear(layers * 384, width)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList(Layer(width, width // 32, inner * width, share) for _ in range(added))
        self.tags = nn.ModuleDict({name: nn.Linear(width, 2 * len(k) + 1) for name, k in SCHEMES.items()})
        self.moves = nn.ParameterDict(
            {name: nn.Parameter(torch.zeros(2 * len(k) + 1, 2 * len(k) + 1)) for name, k in SCHEMES.items()}
        )
        self.start, self.end = nn.Linear(width, SPAN_DIM), nn.Linear(width, SPAN_DIM)
        self.kind_start, self.kind_end = nn.Linear(width, KIND_DIM), nn.Linear(width, KIND_DIM)
        self.kinds = nn.Linear(KIND_DIM, len(NESTED))
        self.wide = nn.Parameter(torch.full((WIDEST,), -4.0))
        """Log odds that two words so far apart are the ends of a mention, before they are looked at."""
        self.outer, self.inner = (nn.Linear(width, DEPTHS * (2 * len(NESTED) + 1)) for _ in range(2))
        self.words = nn.Linear(width, 1 + len(SCALES))
        """Whether it is an event, then its factuality on each scale."""
        self.event, self.argument = nn.Linear(width, ARC_DIM), nn.Linear(width, ARC_DIM)
        self.ties = nn.Parameter(torch.randn(len(ROLES), ARC_DIM + 1, ARC_DIM + 1) * 0.02)
        self.far = nn.Parameter(torch.full((len(ROLES), 2 * REACH + 1), -4.0))

        self.tag, self.relation = nn.Linear(width, len(TAGS)), nn.Linear(width, len(RELATIONS))
        self.governed, self.governor = nn.Linear(width, ARC_DIM), nn.Linear(width, ARC_DIM)
        """What trees teach: not shipped."""

    def states(self, states: Tensor, mask: Tensor | None) -> Tensor:
        """(B, T, width): what the heads stand on."""
        x = self.norm(drop(self.join(states.flatten(2)), self.share, training=self.training))
        for layer in self.layers:
            x = layer(x, mask)
        return drop(x, self.share, training=self.training)


WEIGHTS = dict.fromkeys(SCHEMES, 0.1) | {"nested": 0.25, "triggers": 6.0, "arcs": 6.0, "factuality": 1.5, "syntax": 0.5}
"""What each loss counts: so that all are of one size when they have been learned half."""


def gold_loss(net: Side, x: Tensor, batch: Mapping[str, Tensor], lessons: Sequence[Lesson]) -> dict[str, Tensor]:
    """The loss of each head that the batch has labels for."""
    known = batch["known"].bool()
    out = {}
    for name in SCHEMES:
        rows = [i for i, lesson in enumerate(lessons) if name in lesson.tags]
        if rows:
            out[name] = chain_loss(net.tags[name](x[rows]), batch[name][rows], net.moves[name], known[rows])
    rows = [i for i, lesson in enumerate(lessons) if lesson.nested is not None]
    if rows:
        out["nested"] = nested_loss(net, x[rows], [lessons[i] for i in rows])
    words = net.words(x).float()
    if (batch["triggers"] >= 0).any():
        at = batch["triggers"] >= 0
        out["triggers"] = F.binary_cross_entropy_with_logits(words[..., 0][at], batch["triggers"][at].float())
        out["arcs"] = _arc_loss(net, x, lessons)
    fact = ~batch["factuality"].isnan()
    if fact.any():
        scale = torch.tensor([SCALES.index(lesson.scale) for lesson in lessons])[:, None].expand(fact.shape)[fact]
        said = words[..., 1:][fact].gather(1, scale[:, None])[:, 0]
        out["factuality"] = F.mse_loss(said, batch["factuality"][fact])
    rows = [i for i, lesson in enumerate(lessons) if lesson.syntax is not None]
    if rows:
        out["syntax"] = _syntax_loss(net, x[rows], known[rows], [lessons[i].syntax for i in rows])  # type: ignore[misc]
    return out


def _syntax_loss(net: Side, x: Tensor, known: Tensor, gold: Sequence[np.ndarray]) -> Tensor:
    """Tag, relation and governor of each word (multi-task, as in Strubell et al. 2018)."""
    window = torch.from_numpy(np.repeat(np.arange(len(gold)), [len(rows) for rows in gold]))
    at, tag, relation, governor = torch.from_numpy(np.concatenate(list(gold))).unbind(1)
    words = x[window, at]
    ties = torch.einsum("nd,ntd->nt", net.governed(words), net.governor(x)[window]) / math.sqrt(ARC_DIM)
    ties = ties.masked_fill(~known[window], -1e4)
    chosen = ((net.tag(words), tag), (net.relation(words), relation), (ties, governor))
    return sum((F.cross_entropy(scores.float(), wanted) for scores, wanted in chosen), torch.zeros(()))


def chain_loss(emissions: Tensor, tags: Tensor, moves: Tensor, known: Tensor) -> Tensor:
    """Mean negative log likelihood per sequence of a linear chain, as `network.crf_loss`, for tags that are all known.

    Step by step, in probabilities: with twenty tags this is ten times as fast as a tree of products.
    """
    steps = torch.from_numpy(legal_moves(len(moves)))
    steps = torch.cat([steps[:-1] + moves, steps[-1:]])
    forth = steps[:-1].exp()
    gold = tags.clamp(min=0)
    score = emissions.gather(2, gold[..., None])[..., 0]
    score[:, 1:] = score[:, 1:] + steps[gold[:, :-1], gold[:, 1:]]
    best = emissions[:, 0] + steps[-1]
    for t in range(1, emissions.shape[1]):
        top = best.amax(1, keepdim=True)
        after = ((best - top).exp() @ forth).clamp(min=1e-30).log() + top + emissions[:, t]
        best = torch.where(known[:, t, None], after, best)
    return (best.logsumexp(1) - (score * known).sum(1)).mean()


def _arc_loss(net: Side, x: Tensor, lessons: Sequence[Lesson]) -> Tensor:
    """Which word heads each role of each event: one softmax over the window's pieces and none."""
    losses = []
    for i, lesson in enumerate(lessons):
        if lesson.triggers is None:
            continue
        events = np.flatnonzero(lesson.triggers == 1)
        if not len(events):
            continue
        size = len(lesson.triggers)
        scores = arc_scores(net, x[i, :size], torch.from_numpy(events))
        wanted = torch.zeros(scores.shape)
        place = {int(e): n for n, e in enumerate(events)}
        for event, head, role in lesson.arcs.tolist():
            wanted[place[event], role, head] = 1
        wanted[..., 0] = (wanted.sum(-1) == 0).float()
        shares = wanted / wanted.sum(-1, keepdim=True)
        losses.append(-(shares * F.log_softmax(scores.float(), -1)).sum(-1).flatten())
    return torch.cat(losses).mean() if losses else x.sum() * 0


def arc_scores(net: Side, x: Tensor, events: Tensor) -> Tensor:
    """States (T, width) of a framed window and E pieces → (E, roles, T), the frame's first piece standing for none."""
    one = F.pad(F.relu(net.event(x[events])), (0, 1), value=1.0)
    other = F.pad(F.relu(net.argument(x[1:])), (0, 1), value=1.0)
    scores = torch.einsum("ed,rdf,tf->ert", one, net.ties, other)
    far = (torch.arange(1, x.shape[0])[None] - events[:, None]).clamp(-REACH, REACH) + REACH
    scores = scores + net.far[:, far].transpose(0, 1)
    return F.pad(scores, (1, 0), value=0.0)


def collate(lessons: Sequence[Lesson]) -> dict[str, Tensor]:
    """Pads B windows to T pieces."""
    size = max(len(one.states) for one in lessons)
    shape = (len(lessons), size)
    out = {
        "states": np.zeros((*shape, *lessons[0].states.shape[1:]), dtype=np.float32),
        "known": np.zeros(shape, dtype=np.int64),
        "triggers": np.full(shape, UNKNOWN),
        "factuality": np.full(shape, np.nan, dtype=np.float32),
    } | {name: np.full(shape, UNKNOWN) for name in SCHEMES}
    for i, one in enumerate(lessons):
        n = len(one.states)
        out["states"][i, :n], out["known"][i, :n], out["factuality"][i, :n] = one.states, 1, one.factuality
        if one.triggers is not None:
            out["triggers"][i, :n] = one.triggers
        for name, tags in one.tags.items():
            out[name][i, :n] = tags
    return {name: torch.from_numpy(array) for name, array in out.items()}


def batches(pool: Sequence[Lesson], chance: random.Random) -> Iterator[list[Lesson]]:
    """All lessons once, in random batches of windows of like length."""
    order = list(pool)
    chance.shuffle(order)
    grouped: list[list[Lesson]] = []
    for at in range(0, len(order), 400):
        batch: list[Lesson] = []
        for one in sorted(order[at : at + 400], key=lambda one: len(one.states)):
            if batch and len(one.states) * (len(batch) + 1) > LARGEST_BATCH:
                grouped.append(batch)
                batch = []
            batch.append(one)
        grouped.append(batch)
    chance.shuffle(grouped)
    yield from grouped


def fit(
    net: Side, pool: Sequence[Lesson], *, epochs: float, rate: float, seed: int, say: Callable[[str], None] = print
) -> None:  # fmt: skip
    """Trains in place; leaves the mean of the weights over the last third of the steps."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 - no secret
    steps = max(1, round(epochs * len(list(batches(pool, random.Random(0))))))  # noqa: S311
    deep = [p for n, p in net.named_parameters() if n.startswith("layers.")]
    rest = [p for n, p in net.named_parameters() if not n.startswith("layers.")]
    groups = [{"params": deep, "lr": rate}, {"params": rest, "lr": HEAD_RATE * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda s: min(1.0, (s + 1) / (0.06 * steps)) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * s / steps))),
    )
    mean = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.98))
    net.train()
    step, seen = 0, {}
    while step < steps:
        for chosen in batches(pool, chance):
            if step >= steps:
                break
            batch = collate(chosen)
            with torch.autocast("cpu", torch.bfloat16):
                x = net.states(batch["states"], batch["known"].bool()[:, None, None, :])
            losses = gold_loss(net, x.float(), batch, chosen)
            loss = sum(WEIGHTS[name] * value for name, value in losses.items())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            mean.update_parameters(net)
            for name, value in losses.items():
                old, n = seen.get(name, (0.0, 0))
                seen[name] = (old + value.item(), n + 1)
            step += 1
            if step % 100 == 0:
                say(f"step {step} of {steps}: " + ", ".join(f"{n} {v / c:.3f}" for n, (v, c) in seen.items()))
                seen = {}
    net.load_state_dict(mean.module.state_dict())
    net.eval()
