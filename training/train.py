"""Trains the reader.

    python -m training.train --data DIR --base model.safetensors --tokenizer tokenizer.json --out seed1.pt --seed 1
    python -m training.train … --out student.pt --teachers seed1.pt seed2.pt … --pseudo pseudo.jsonl

Without teachers: gold alone. With teachers: the student also learns their mean scores, on the gold and on the
pseudo-labelled documents (`training.label`). Goes on from `OUT.part` if it is there, and writes it every 500 steps.
"""

from __future__ import annotations

import argparse
import math
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor
from torch.utils.data import DataLoader

from sayso.reading.pieces import Tokenize
from training import data
from training.batches import Epochs, Ready, prepare
from training.network import Network, crf_loss, load_base

LABEL_SIZES = (2, 10, 6, 4)
CHAINS_WEIGHT = 3
REPORT_EVERY = 50
MEAN_EVERY = 10
"""Steps between two takings of the running mean of the weights, which is what is kept (Polyak averaging)."""


def tokenizer(path: Path) -> Tokenize:
    """The reader's tokenizer, without framing, truncation or padding."""
    inner = Tokenizer.from_file(str(path))
    inner.no_truncation()
    inner.no_padding()

    def tokenize(text: str) -> tuple[list[int], list[tuple[int, int]]]:
        found = inner.encode(text, add_special_tokens=False)
        return found.ids, found.offsets

    return tokenize


def forward(network: Network, batch: dict[str, Tensor]) -> tuple[Tensor, Tensor, Tensor]:
    """Emissions of tags (B, T, 10), roles (R, T, 5) and labels (R, 22)."""
    mask = batch["known"].bool()[:, None, None, :]
    states = network.encoder(batch["ids"], batch["features"], mask)
    at, cue, roles = batch["at"], batch["cue"], batch["roles"]
    places = torch.arange(batch["ids"].shape[1], device=states.device)
    cue_mask = ((places >= cue[:, :1]) & (places < cue[:, 1:])).float()
    ends = torch.stack([cue[:, 0], cue[:, 1] - 1], 1)
    emissions = network.role_emissions(states, at, cue_mask, ends, batch["near"])
    source, content = ((roles == 1) | (roles == 2)).float(), ((roles == 3) | (roles == 4)).float()
    return network.tags(states), emissions, network.label_scores(states, at, cue_mask, source, content)


def gold_loss(network: Network, batch: dict[str, Tensor], out: tuple[Tensor, Tensor, Tensor]) -> Tensor:
    tags, roles, labels = out
    known = batch["known"].bool()
    loss = crf_loss(tags[..., :7], batch["outer"], network.outer_moves, known)
    loss = loss + crf_loss(tags[..., 7:], batch["cues"], network.cue_moves, known)
    loss = 0.2 * loss
    if len(roles):
        loss = loss + 0.3 * crf_loss(roles, batch["roles"], network.role_moves, known[batch["at"]])
        for scores, wanted in zip(labels.split(LABEL_SIZES, 1), batch["labels"].unbind(1), strict=True):
            if (wanted >= 0).any():
                loss = loss + 0.15 * F.cross_entropy(scores.float(), wanted, ignore_index=-100)
    return loss


def teacher_loss(batch: dict[str, Tensor], out: tuple[Tensor, ...], taught: list[tuple[Tensor, ...]]) -> Tensor:
    """Distance of the student's scores from the teachers' mean distribution (Hinton et al. 2015), per piece."""
    known = batch["known"].bool()
    loss = torch.zeros((), device=known.device)
    tags = [torch.stack([t[0] for t in taught])] + [torch.stack([t[1] for t in taught]), torch.stack([t[2] for t in taught])]
    pieces = known.sum()
    groups = [(out[0][..., :7], tags[0][..., :7], known, pieces / 20), (out[0][..., 7:], tags[0][..., 7:], known, pieces / 20)]
    if len(out[1]):
        rows = known[batch["at"]]
        groups.append((out[1], tags[1], rows, rows.sum() / 30))
        start = 0
        for size in LABEL_SIZES:
            every = torch.ones(len(out[2]), dtype=torch.bool, device=known.device)
            groups.append((out[2][:, start : start + size], tags[2][..., start : start + size], every, len(out[2]) / 0.3))
            start += size
    for mine, theirs, mask, scale in groups:
        wanted = theirs.float().softmax(-1).mean(0)[mask]
        loss = loss + (wanted * (wanted.clamp(min=1e-8).log() - mine.float().log_softmax(-1)[mask])).sum() / scale
    return loss


def documents(asked: argparse.Namespace) -> list[Ready]:
    """Gold (chains weigh more: they mark nesting and are few), or the pseudo-labelled documents in their place."""
    tokenize = tokenizer(asked.tokenizer)
    chained = list(data.chains(asked.data / "chains" / "train.jsonl.gz"))
    flat = list(data.polnear(asked.data))
    if asked.hold_out:
        flat, chained = flat[40:], chained[12:]
    ready = prepare(chained, tokenize, CHAINS_WEIGHT)
    if asked.pseudo:
        kept = {d.id for d in flat} | {d.id for d in chained}
        pseudo = [data.from_json(line) for path in asked.pseudo for line in path.open()]
        return ready + prepare([d for d in pseudo if d.id in kept or d.id not in _all_gold(asked)], tokenize)
    return ready + prepare(flat, tokenize)


def _all_gold(asked: argparse.Namespace) -> set[str]:
    return {d.id for d in data.polnear(asked.data)} | {d.id for d in data.chains(asked.data / "chains" / "train.jsonl.gz")}


def train(asked: argparse.Namespace) -> None:
    torch.manual_seed(asked.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = Network()
    load_base(network, str(asked.base))
    network.to(device)
    teachers = []
    for path in asked.teachers:
        teacher = Network().to(device).eval()
        teacher.load_state_dict(torch.load(path, map_location=device))
        teachers.append(teacher)
    small = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    network.encoder.words.weight.requires_grad_(False)  # half of all weights: little to learn from so few texts
    deep = [p for p in network.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": deep, "lr": asked.rate}, {"params": small, "lr": 5 * asked.rate}],
        weight_decay=0.01,
    )
    def pace(step: int) -> float:
        warm = min(1.0, (step + 1) / (0.06 * asked.steps))
        return warm * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * step / asked.steps)))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, pace)
    mean = {n: v.detach().clone() for n, v in network.state_dict().items()}
    part, begin = asked.out.with_suffix(".part"), 0
    if part.exists():
        kept = torch.load(part, map_location=device)
        network.load_state_dict(kept["network"])
        optimizer.load_state_dict(kept["optimizer"])
        schedule.load_state_dict(kept["schedule"])
        mean, begin = kept["mean"], kept["step"]
    batches = iter(DataLoader(Epochs(documents(asked), asked.seed + begin), batch_size=None, num_workers=asked.workers))
    network.train()
    start, total = time.time(), 0.0
    for step in range(begin, asked.steps):
        batch = {k: v.to(device, non_blocking=True) for k, v in next(batches).items()}
        with torch.autocast(device.type, torch.bfloat16):
            out = forward(network, batch)
            with torch.no_grad():
                taught = [forward(t, batch) for t in teachers]
        loss = gold_loss(network, batch, out)
        if taught:
            loss = 0.4 * loss + teacher_loss(batch, out, taught)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        if step % MEAN_EVERY == 0:
            keep = min(0.99, (step + 1) / (step + 20))
            with torch.no_grad():
                for n, v in network.state_dict().items():
                    mean[n].lerp_(v, 1 - keep)
        total += loss.item() if step % 5 == 0 else 0.0
        if (step + 1) % REPORT_EVERY == 0:
            print(f"{asked.out.stem} step {step + 1} loss {total / (REPORT_EVERY / 5):.3f} {time.time() - start:.0f} s", flush=True)
            total = 0.0
        if (step + 1) % 200 == 0 and not asked.no_parts:
            torch.save({"network": network.state_dict(), "optimizer": optimizer.state_dict(), "mean": mean,
                        "schedule": schedule.state_dict(), "step": step + 1}, part)
    torch.save(mean, asked.out)
    part.unlink(missing_ok=True)


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--base", type=Path, required=True, help="all-MiniLM-L6-v2, safetensors")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--teachers", type=Path, nargs="*", default=[])
    parser.add_argument("--pseudo", type=Path, nargs="*", default=[])
    parser.add_argument("--hold-out", action="store_true", help="leave 40 articles and 12 reports out, to choose by")
    parser.add_argument("--no-parts", action="store_true", help="write no checkpoints on the way")
    return parser


if __name__ == "__main__":
    train(arguments().parse_args())
