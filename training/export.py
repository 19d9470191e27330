"""Writes trained weights into the package: ONNX with 7-bit dynamic int8 weights, the heads, the tokenizer, a record.

python -m training.export WEIGHTS.pt … --tokenizer tokenizer.json [--name sayso-reader-2]
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.network import Layer, Network, average, heads

WEIGHTS = Path(__file__).parents[1] / "src" / "sayso" / "weights"


Node = Any
"""A value in the graph that torch.onnx builds; torch names no public type for it."""


class Attention(torch.autograd.Function):
    """onnxruntime's fused attention (com.microsoft MultiHeadAttention); in torch, the same by scaled_dot_product."""

    @staticmethod
    def symbolic(graph: Node, query: Node, key: Node, value: Node, heads: int) -> Node:
        """What stands in the ONNX graph."""
        return graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)

    @staticmethod
    def forward(_ctx: object, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        """(1, T, width) three times → the same shape."""
        b, t, w = query.shape
        q, k, v = (x.view(b, t, heads, -1).transpose(1, 2) for x in (query, key, value))
        return F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(b, t, w)


class Joined(nn.Module):
    """A layer of the encoder with query, key and value as one product, so that its input is quantised and read once."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.layer, three = layer, (layer.query, layer.key, layer.value)
        self.joined = nn.Linear(three[0].in_features, 3 * three[0].out_features)
        self.joined.weight = nn.Parameter(torch.cat([one.weight for one in three]))
        self.joined.bias = nn.Parameter(torch.cat([one.bias for one in three]))

    def forward(self, x: Tensor, _mask: None) -> Tensor:
        """(1, T, width) → the same shape."""
        layer, width = self.layer, x.shape[-1]
        mixed = Attention.apply(*self.joined(x).split(width, -1), layer.heads)
        x = layer.norm1(x + layer.out(mixed))
        return layer.norm2(x + layer.down(F.gelu(layer.up(x))))


class Graph(nn.Module):
    """What runs in ONNX: ids, features (1, T) → tags (1, T, 10: outermost 7, cues 3), states (1, T, width)."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder, self.tags = copy.deepcopy(network.encoder), network.tags
        self.encoder.layers = nn.ModuleList(Joined(layer) for layer in self.encoder.layers)

    def forward(self, ids: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """See the class."""
        states = self.encoder(ids, features)
        return self.tags(states), states


class Roles(nn.Module):
    """The role reader: states (T, width), cues (K, 2), distance buckets (K, T) → scores (K, T, 5)."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, states: Tensor, cues: Tensor, near: Tensor) -> Tensor:
        """See the class. The same as `Network.role_emissions`, without joining what is split again at once."""
        net = self.network
        places = torch.arange(states.shape[0])
        mask = ((places >= cues[:, :1]) & (places < cues[:, 1:])).float()
        cue = torch.cat([states[cues[:, 0]], states[cues[:, 1] - 1], mask @ states / mask.sum(1, keepdim=True)], -1)
        plain = torch.relu(net.argument(states)[None] + net.cue(cue)[:, None] + net.distance(near))
        crossed = net.gate(states)[None] * net.cue_gate(cue)[:, None]
        one, other = net.hidden.weight.T.split(plain.shape[-1])
        return net.roles(torch.relu(plain @ one + crossed @ other + net.hidden.bias))


def export(network: Network, folder: Path) -> None:
    """reader.onnx (int8), roles.onnx (float) and heads.npz (half precision) of a network."""
    names = ["ids", "features", "tags", "states"]
    example = (torch.randint(1000, 2000, (1, 40)), torch.zeros(1, 40, dtype=torch.long))
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            Graph(network).eval(), example, str(full), input_names=names[:2], output_names=names[2:],
            dynamic_axes={n: {1: "pieces"} for n in names}, opset_version=17, dynamo=False,
            custom_opsets={"com.microsoft": 1},
        )  # fmt: skip
        # Shape inference stops at the fused attention, so the type of what comes after it is told.
        told = {"DefaultTensorType": onnx.TensorProto.FLOAT}
        quantize_dynamic(
            full,
            folder / "reader.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            extra_options=told,
        )
    cues, near = torch.tensor([[3, 4], [7, 9], [20, 21]]), torch.zeros(3, 40, dtype=torch.long)
    torch.onnx.export(
        Roles(network).eval(), (torch.randn(40, 384), cues, near), str(folder / "roles.onnx"),
        input_names=["states", "cues", "near"], output_names=["roles"], opset_version=17, dynamo=False,
        dynamic_axes={"states": {0: "pieces"}, "cues": {0: "cues"}, "near": {0: "cues", 1: "pieces"},
                      "roles": {0: "cues", 1: "pieces"}},
    )  # fmt: skip
    np.savez_compressed(folder / "heads.npz", **{k: v.numpy().astype(np.float16) for k, v in heads(network).items()})


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, nargs="+", help="several are averaged (Wortsman et al. 2022)")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--name", default="sayso-reader-2")
    parser.add_argument("--folder", type=Path, default=WEIGHTS)
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    network = Network()
    network.load_state_dict(average(asked.weights))
    export(network, asked.folder)
    shutil.copy(asked.tokenizer, asked.folder / "tokenizer.json")
    record(asked.folder, asked.name)


def record(folder: Path, name: str) -> None:
    """reader.json: the name of the weights in a folder, and their hash."""
    sums = hashlib.sha256()
    for file in ("reader.onnx", "roles.onnx", "heads.npz", "side.npz", "tokenizer.json"):
        if (folder / file).exists():
            sums.update((folder / file).read_bytes())
    (folder / "reader.json").write_text(json.dumps({"name": name, "sha256": sums.hexdigest()}, indent=1) + "\n")


if __name__ == "__main__":
    main()
