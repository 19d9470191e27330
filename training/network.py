"""The reader's network in torch: a MiniLM encoder, a feature embedding, and the heads of `sayso.attribution.decode`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from torch import Tensor, nn

from sayso.attribution.decode import BUCKETS, ROLE_TAGS, legal_moves
from sayso.reading.pieces import FEATURES

HEAD_DIM, HIDDEN, LABEL_HIDDEN, LABELS = 256, 128, 192, 22


def drop(x: Tensor, share: float, *, training: bool) -> Tensor:
    """Dropout with one mask for all pieces of a row (Gal & Ghahramani 2016).

    Drawing one for each piece took a quarter of the time on a processor.
    """
    if not training or share == 0:
        return x
    shape = (x.shape[0], *[1] * (x.ndim - 2), x.shape[-1])
    return x * F.dropout(torch.ones(shape, dtype=x.dtype, device=x.device), share)


class Layer(nn.Module):
    """One layer of the encoder, as in BERT: attention, then two dense steps, each normalised after its sum."""

    def __init__(self, width: int, heads: int, inner: int, share: float) -> None:
        super().__init__()
        self.heads, self.share = heads, share
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.out, self.up, self.down = nn.Linear(width, width), nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """(B, T, width) → the same shape."""
        b, t, w = x.shape
        q, k, v = (m(x).view(b, t, self.heads, -1).transpose(1, 2) for m in (self.query, self.key, self.value))
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        mixed = self.out(mixed.transpose(1, 2).reshape(b, t, w))
        x = self.norm1(x + drop(mixed, self.share, training=self.training))
        inner = self.down(F.gelu(self.up(x)))
        return self.norm2(x + drop(inner, self.share, training=self.training))


class Encoder(nn.Module):
    """ids, features (B, T) → states (B, T, width). BERT (Devlin et al. 2019) plus an embedding of `features`."""

    def __init__(
        self, vocabulary: int = 30522, width: int = 384, layers: int = 6, heads: int = 12, share: float = 0.1
    ) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(vocabulary, width), nn.Embedding(512, width)
        self.features = nn.Embedding(FEATURES, width)
        self.norm, self.share = nn.LayerNorm(width, 1e-12), share
        self.layers = nn.ModuleList(Layer(width, heads, 4 * width, share) for _ in range(layers))
        nn.init.zeros_(self.features.weight)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor | None = None) -> Tensor:
        """See the class."""
        x = self.words(ids) + self.places.weight[: ids.shape[1]] + self.features(features)
        x = drop(self.norm(x), self.share, training=self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Network(nn.Module):
    """Encoder and heads. `tags` is what goes into the exported graph; the rest runs in numpy, cue by cue."""

    def __init__(self, width: int = 384) -> None:
        super().__init__()
        d = HEAD_DIM
        self.encoder = Encoder(width=width)
        self.tags = nn.Linear(width, 10)
        self.argument, self.gate = nn.Linear(width, d), nn.Linear(width, d, bias=False)
        self.cue, self.cue_gate = nn.Linear(3 * width, d), nn.Linear(3 * width, d, bias=False)
        self.distance = nn.Embedding(BUCKETS, d)
        self.hidden, self.roles = nn.Linear(2 * d, HIDDEN), nn.Linear(HIDDEN, ROLE_TAGS)
        self.role_moves = nn.Parameter(torch.zeros(ROLE_TAGS, ROLE_TAGS))
        self.cue_moves, self.outer_moves = nn.Parameter(torch.zeros(3, 3)), nn.Parameter(torch.zeros(7, 7))
        self.label_hidden, self.labels = nn.Linear(3 * width, LABEL_HIDDEN), nn.Linear(LABEL_HIDDEN, LABELS)
        nn.init.normal_(self.distance.weight, std=0.1)
        self.hints = nn.Parameter(first_hints())

    def role_emissions(self, states: Tensor, at: Tensor, cue_mask: Tensor, ends: Tensor, near: Tensor) -> Tensor:
        """For N cues: window index at (N,), mask (N, T), first and last piece (N, 2), buckets (N, T) → (N, T, 5)."""
        here = states[at]
        rows = torch.arange(len(at), device=states.device)
        mean = (here * cue_mask.unsqueeze(-1)).sum(1) / cue_mask.sum(1, keepdim=True).clamp(min=1)
        cue = torch.cat([here[rows, ends[:, 0]], here[rows, ends[:, 1]], mean], -1)
        plain = F.relu(self.argument(states)[at] + self.cue(cue)[:, None] + self.distance(near))
        crossed = self.gate(states)[at] * self.cue_gate(cue)[:, None]
        both = drop(torch.cat([plain, crossed], -1), 0.1, training=self.training)
        return self.roles(drop(F.relu(self.hidden(both)), 0.1, training=self.training))

    def label_scores(self, states: Tensor, at: Tensor, cue: Tensor, source: Tensor, content: Tensor) -> Tensor:
        """Masks (N, T) of cue, source, content → (N, 22)."""
        here = states[at]
        means = [(here * m.unsqueeze(-1)).sum(1) / m.sum(1, keepdim=True).clamp(min=1) for m in (cue, source, content)]
        row = drop(torch.cat(means, -1), 0.2, training=self.training)
        return self.labels(drop(F.relu(self.label_hidden(row)), 0.2, training=self.training))


def first_hints() -> Tensor:
    """(7, ROLE_TAGS): what an outermost tag adds to the role of the same piece, before training."""
    hints = torch.zeros(7, ROLE_TAGS)
    for tag, role in ((0, 0), (1, 1), (2, 2), (5, 3), (6, 4)):
        hints[tag, role] = 0.1
    return hints


def crf_loss(emissions: Tensor, tags: Tensor, moves: Tensor, known: Tensor) -> Tensor:
    """Mean negative log likelihood per sequence of a linear chain (Lafferty et al. 2001), BIO steps alone allowed.

    emissions (N, T, C); tags (N, T) with -100 where padded or unknown; known (N, T) is False on padding. Unknown tags
    inside a sequence are summed over (partial supervision, Tsuboi et al. 2008).
    """
    legal = torch.from_numpy(legal_moves(len(moves))).to(moves)
    allowed = torch.zeros_like(emissions, dtype=torch.float32)
    fixed = tags >= 0
    allowed[fixed] = (-1e4 * (1 - F.one_hot(tags[fixed], emissions.shape[2]))).float()
    free = emissions.float()
    return (_log_sum(free, legal, moves, known) - _log_sum(free + allowed, legal, moves, known)).mean()


def _log_sum(emissions: Tensor, legal: Tensor, moves: Tensor, known: Tensor) -> Tensor:
    """Log of the summed scores of all tag sequences (N,), as a tree of matrix products: 8 steps for 256 pieces."""
    classes = emissions.shape[2]
    still = (torch.eye(classes, device=emissions.device) - 1) * 1e4
    steps = (legal[:-1] + moves) + emissions[:, 1:, None, :]
    steps = torch.where(known[:, 1:, None, None], steps, still)
    while steps.shape[1] > 1:
        if steps.shape[1] % 2:
            steps = torch.cat([steps, still.expand(len(steps), 1, -1, -1)], 1)
        steps = torch.logsumexp(steps[:, 0::2].unsqueeze(4) + steps[:, 1::2].unsqueeze(2), 3)
    first = emissions[:, 0] + legal[-1]
    return torch.logsumexp(first[:, :, None] + steps[:, 0], (1, 2))


def average(paths: Sequence[Path]) -> dict[str, Tensor]:
    """The mean of the weights that several runs left (Wortsman et al. 2022)."""
    every = [torch.load(path, map_location="cpu") for path in paths]
    return {name: torch.stack([one[name] for one in every]).mean(0) for name in every[0]}


def load_base(network: Network, path: str) -> None:
    """Takes the weights of all-MiniLM-L6-v2 (safetensors, any float type) into the encoder."""
    from safetensors.torch import load_file

    old = {k.removeprefix("bert."): v.float() for k, v in load_file(path).items()}
    kind = old["embeddings.token_type_embeddings.weight"][:1]  # the same for every piece
    new: dict[str, Tensor] = {
        "words.weight": old["embeddings.word_embeddings.weight"],
        "places.weight": old["embeddings.position_embeddings.weight"] + kind,
    }
    names = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "out": "attention.output.dense",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm1": "attention.output.LayerNorm",
        "norm2": "output.LayerNorm",
    }
    for part in ("weight", "bias"):
        new[f"norm.{part}"] = old[f"embeddings.LayerNorm.{part}"]
        for i in range(len(network.encoder.layers)):
            for ours, theirs in names.items():
                new[f"layers.{i}.{ours}.{part}"] = old[f"encoder.layer.{i}.{theirs}.{part}"]
    missing, unexpected = network.encoder.load_state_dict(new, strict=False)
    if list(missing) != ["features.weight"] or unexpected:
        raise ValueError(f"not an all-MiniLM-L6-v2 file: missing {missing}, unexpected {unexpected}")


def heads(network: Network) -> dict[str, Tensor]:
    """The arrays of `sayso.attribution.decode.Heads`: weights transposed, bias as the last row."""
    dense = {n: getattr(network, n) for n in ("label_hidden", "labels")}
    out = {n: torch.cat([m.weight.T, m.bias[None]]) for n, m in dense.items()}
    out |= {n: getattr(network, n) for n in ("role_moves", "cue_moves", "outer_moves", "hints")}
    return {n: v.detach().float().cpu() for n, v in out.items()}
