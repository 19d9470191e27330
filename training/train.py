"""Trains the reader on PolNeAR's training part and on the chains.

    python -m training.train --data DIR --base model.safetensors --tokenizer tokenizer.json --out reader.pt

Writes the running mean of the weights. Every 200 steps OUT.part is written, and the next run goes on from it: on two
cores the whole takes about 40 minutes.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor, nn
from torch.utils.data import DataLoader

from sayso.encoder import tokenizer
from training import data
from training.batches import Epochs, Ready, prepare
from training.network import Network, average, crf_loss, load_base

LABEL_SIZES = (2, 10, 6, 4)
"""Named, kind, stance, certainty."""

CHAINS_WEIGHT = 4
"""Times the chains are read in an epoch: they alone mark nesting and labels, and are an eighth of the words."""

HEAD_RATE = 5
"""The heads begin from nothing: they learn this many times as fast as the encoder."""

REPORT_EVERY, MEAN_EVERY, KEEP_EVERY = 50, 10, 200
"""Steps between two lines of progress, two takings of the mean weights (Polyak & Juditsky 1992), two checkpoints."""

MEAN_MEMORY = 0.9
"""Share of the mean that stays at each taking: it reaches over the last hundred steps or so."""

WARM_UP = 0.06
"""Share of the steps in which the rate climbs; then it falls along a half cosine (Loshchilov & Hutter 2017)."""


@dataclass
class Run:
    """Everything that changes while training; what a checkpoint holds."""

    network: Network
    optimizer: torch.optim.Optimizer
    schedule: torch.optim.lr_scheduler.LRScheduler
    mean: dict[str, Tensor]
    step: int = 0


def forward(network: Network, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """Scores of tags (B, T, 10), roles (R, T, 5) and labels (R, 22)."""
    mask = batch["known"].bool()[:, None, None, :]
    states = network.encoder(batch["ids"], batch["features"], mask)
    at, cue, roles = batch["at"], batch["cue"], batch["roles"]
    places = torch.arange(batch["ids"].shape[1], device=states.device)
    cue_mask = ((places >= cue[:, :1]) & (places < cue[:, 1:])).float()
    ends = torch.stack([cue[:, 0], cue[:, 1] - 1], 1)
    tags = network.tags(states)
    emissions = network.role_emissions(states, at, cue_mask, ends, batch["near"])
    # The roles of an outermost cue are those of the outermost tags; an inner cue's are its own.
    emissions = emissions + batch["outermost"][:, None, None] * (tags[..., :7] @ network.hints)[at]
    source, content = ((roles == 1) | (roles == 2)).float(), ((roles == 3) | (roles == 4)).float()
    return tags, emissions, network.label_scores(states, at, cue_mask, source, content)


def gold_loss(network: Network, batch: dict[str, Tensor], out: tuple[Tensor, Tensor, Tensor]) -> Tensor:
    """Weighted sum of the losses of outermost tags, cues, roles and labels."""
    tags, roles, labels = out
    known = batch["known"].bool()
    outer = crf_loss(tags[..., :7], batch["outer"], network.outer_moves, known)
    loss = 0.2 * (outer + crf_loss(tags[..., 7:], batch["cues"], network.cue_moves, known))
    if len(roles):
        loss = loss + 0.3 * crf_loss(roles, batch["roles"], network.role_moves, known[batch["at"]])
        for scores, wanted in zip(labels.split(LABEL_SIZES, 1), batch["labels"].unbind(1), strict=True):
            if (wanted >= 0).any():
                loss = loss + 0.15 * F.cross_entropy(scores.float(), wanted, ignore_index=-100)
    return loss


def documents(asked: argparse.Namespace) -> list[Ready]:
    """What is learned from, tokenised once."""
    flat = data.labelled(asked.labelled) if asked.labelled else data.polnear(asked.data)
    flat, chained = (
        [d for d in part if not data.held_out(d.id, asked.keep)]
        for part in (flat, data.chains(asked.data / "chains" / "train.jsonl.gz"))
    )
    tokenize = tokenizer(asked.tokenizer)
    return prepare(chained, tokenize, CHAINS_WEIGHT) + prepare(flat, tokenize)


def begin(asked: argparse.Namespace, device: torch.device) -> Run:
    """A new run from the base model or a finished run, or the one that `OUT.part` holds."""
    network = Network()
    if asked.start:
        network.load_state_dict(average(asked.start))
    else:
        load_base(network, str(asked.base))
    network.to(device)
    # The word embeddings are half of all weights, with little to learn from so few texts.
    network.encoder.words.weight.requires_grad_(requires_grad=False)
    deep = [p for p in network.encoder.parameters() if p.requires_grad]
    small = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    groups = [{"params": deep, "lr": asked.rate}, {"params": small, "lr": HEAD_RATE * asked.rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: pace(step, asked.steps))
    run = Run(network, optimizer, schedule, {n: v.detach().clone() for n, v in network.state_dict().items()})
    part = asked.out.with_suffix(".part")
    if part.exists():
        kept = torch.load(part, map_location=device)
        for one, name in ((network, "network"), (optimizer, "optimizer"), (schedule, "schedule")):
            one.load_state_dict(kept[name])
        run.mean, run.step = kept["mean"], kept["step"]
    return run


def pace(step: int, steps: int) -> float:
    """Share of the full rate at a step."""
    warm = min(1.0, (step + 1) / (WARM_UP * steps))
    return warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / steps)))


def train(asked: argparse.Namespace) -> None:
    """Trains to the last step and writes the mean weights."""
    torch.manual_seed(asked.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    run = begin(asked, device)
    source = Epochs(documents(asked), asked.seed + run.step)
    batches = iter(DataLoader(source, batch_size=None, num_workers=1))
    run.network.train()
    start, total = time.time(), 0.0
    while run.step < asked.steps:
        total += take_step(run, batches, device) / REPORT_EVERY
        if run.step % REPORT_EVERY == 0:
            line = f"step {run.step} of {asked.steps}, loss {total:.2f}, {time.time() - start:.0f} s"
            print(line, file=sys.stderr, flush=True)
            total = 0.0
        if run.step % KEEP_EVERY == 0:
            keep(run, asked.out.with_suffix(".part"))
    torch.save(run.mean, asked.out)
    asked.out.with_suffix(".part").unlink(missing_ok=True)


def take_step(run: Run, batches: Iterator[dict[str, Tensor]], device: torch.device) -> float:
    """One batch forth and back; the loss."""
    batch = {k: v.to(device, non_blocking=True) for k, v in next(batches).items()}
    with torch.autocast(device.type, torch.bfloat16):
        out = forward(run.network, batch)
    loss = gold_loss(run.network, batch, out)
    run.optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(run.network.parameters(), 1.0)
    run.optimizer.step()
    run.schedule.step()
    if run.step % MEAN_EVERY == 0:
        old = min(MEAN_MEMORY, (run.step + 1) / (run.step + 20))
        for name, value in run.network.state_dict().items():
            run.mean[name].lerp_(value, 1 - old)
    run.step += 1
    return loss.item()


def keep(run: Run, path: Path) -> None:
    """Writes a checkpoint."""
    parts = {"network": run.network, "optimizer": run.optimizer, "schedule": run.schedule}
    torch.save({n: p.state_dict() for n, p in parts.items()} | {"mean": run.mean, "step": run.step}, path)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, help="all-MiniLM-L6-v2, safetensors")
    parser.add_argument("--start", type=Path, nargs="+", metavar="RUN.pt", help="go on from the mean of these instead")
    parser.add_argument(
        "--labelled", type=Path, help="what training.label wrote: PolNeAR and more, in place of PolNeAR"
    )
    parser.add_argument("--keep", type=int, default=1, help="fifteenths of the documents to keep from training")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--rate", type=float, default=2e-4)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
