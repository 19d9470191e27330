"""Marks unlabelled reports, and the insides of PolNeAR's contents, with an ensemble of trained networks.

    python -m training.label --data DIR --tokenizer tokenizer.json --out pseudo.jsonl seed1.pt seed2.pt …

The development texts are opened for one purpose: to leave out every document that shares a run of ten words with one.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch

from sayso.attribution.decode import Heads, buckets, decode_roles, find_cues, legal_moves, viterbi
from sayso.reading.pieces import Pieces, Tokenize, cut, windows
from training import data
from training.batches import CLS, SEP
from training.data import Document, Marked, Pair
from training.network import Network, heads
from training.train import LABEL_SIZES, tokenizer

LONGEST = 12_000
"""Characters of a plain report that are marked; the rest of a long one teaches little that is new."""


class Ensemble:
    """Networks whose scores are averaged."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.networks = []
        for path in paths:
            network = Network().to(self.device).eval()
            network.load_state_dict(torch.load(path, map_location=self.device))
            self.networks.append(network)
        every = [heads(n) for n in self.networks]
        self.heads = Heads(**{k: torch.stack([h[k] for h in every]).mean(0).numpy() for k in Heads._fields})

    @torch.no_grad()
    def read(self, pieces: Pieces) -> tuple[list[tuple[Pair, Pair | None, list[Pair], list[int]]], np.ndarray]:
        """One window → (cue, source, content, labels) in its pieces, and the mean outermost emissions (T, 7)."""
        put = lambda a: torch.from_numpy(np.concatenate(a)).to(self.device)[None]  # noqa: E731
        ids = put([[CLS], pieces.ids, [SEP]])
        features = put([[0], pieces.features, [0]])
        states = [n.encoder(ids, features) for n in self.networks]
        tags = torch.stack([n.tags(s) for n, s in zip(self.networks, states, strict=True)]).mean(0)[0].cpu().numpy()[1:-1]
        cues = find_cues(tags[:, 7:], self.heads)
        if not cues:
            return [], tags[:, :7]
        length = ids.shape[1]
        cue = torch.tensor([[a + 1, b + 1] for a, b, _ in cues], device=self.device)
        at = torch.zeros(len(cues), dtype=torch.long, device=self.device)
        places = torch.arange(length, device=self.device)
        mask = ((places >= cue[:, :1]) & (places < cue[:, 1:])).float()
        ends = torch.stack([cue[:, 0], cue[:, 1] - 1], 1)
        near = torch.from_numpy(np.stack([buckets(length, a + 1, b + 1) for a, b, _ in cues])).to(self.device)
        pairs = list(zip(self.networks, states, strict=True))
        emissions = torch.stack([n.role_emissions(s, at, mask, ends, near) for n, s in pairs]).mean(0)
        legal = legal_moves(5)
        legal[:-1] += self.heads.role_moves
        paths = viterbi(emissions.cpu().numpy()[:, 1:-1], legal)
        roles = torch.from_numpy(np.pad(paths, ((0, 0), (1, 1)))).to(self.device)
        source, content = ((roles == 1) | (roles == 2)).float(), ((roles == 3) | (roles == 4)).float()
        labels = torch.stack([n.label_scores(s, at, mask, source, content) for n, s in pairs]).mean(0).cpu()
        best = torch.stack([part.argmax(1) for part in labels.split(LABEL_SIZES, 1)], 1).tolist()
        out = [((a, b), *decode_roles(p, (a, b)), chosen) for (a, b, _), p, chosen in zip(cues, paths, best, strict=True)]
        return [f for f in out if f[2]], tags[:, :7]


def marks(ensemble: Ensemble, text: str, tokenize: Tokenize) -> list[Marked]:
    """Every attribution the ensemble finds in a text; those whose cue lies in another's content are nested."""
    pieces = cut(text, tokenize)
    found: list[Marked] = []
    for first, last in windows(text, pieces):
        part = pieces.part(first, last)
        span = lambda s, part=part: (int(part.starts[s[0]]), int(part.ends[s[1] - 1]))  # noqa: E731
        for cue, source, content, labels in ensemble.read(part)[0]:
            spans = tuple(span(c) for c in content)
            found.append(Marked(source and span(source), span(cue), spans, True, tuple(labels)))
    return [m._replace(outer=not any(_holds(o, m) for o in found if o is not m)) for m in found]


def _holds(outer: Marked, inner: Marked) -> bool:
    return any(a <= inner.cue[0] and inner.cue[1] <= b for a, b in outer.content)


def with_nested(document: Document, found: Sequence[Marked]) -> Document:
    """Gold outermost attributions plus those found inside their contents."""
    def inner(gold: Sequence[Marked]) -> tuple[Marked, ...]:
        return tuple(m._replace(outer=False) for m in found if any(_holds(g, m) for g in gold))
    return Document(document.id, document.text, tuple(r + inner(r) for r in document.readings), nested=True)


def held_out(folder: Path) -> Iterator[tuple[str, str]]:
    """(id, text) of the development texts that plain reports could repeat."""
    with gzip.open(folder / "chains" / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)
            yield report["id"], report["text"]
    for document in data.polnear(folder, "dev"):
        yield document.id, document.text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--part", default="0/1", help="K/N: only every N-th document, from the K-th")
    parser.add_argument("networks", type=Path, nargs="+")
    asked = parser.parse_args()
    ensemble, tokenize = Ensemble(asked.networks), tokenizer(asked.tokenizer)
    closed = list(held_out(asked.data))
    known = {d.id for d in data.chains(asked.data / "chains" / "train.jsonl.gz")}
    loose = data.clean(data.plain(asked.data, known | {i for i, _ in closed}), [t for _, t in closed])
    own, every = map(int, asked.part.split("/"))
    with asked.out.open("w") as out:
        for document in list(data.polnear(asked.data))[own::every]:
            out.write(data.to_json(with_nested(document, marks(ensemble, document.text, tokenize))) + "\n")
        for document in list(loose)[own::every]:
            text = document.text[:LONGEST]
            reading = tuple(marks(ensemble, text, tokenize))
            out.write(data.to_json(Document(document.id, text, (reading,), nested=True)) + "\n")


if __name__ == "__main__":
    main()
