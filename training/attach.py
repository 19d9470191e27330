"""Attaches a trained side network to the packed reader: one graph, one pass; the encoder's own nodes stay as they are.

    python -m training.attach SIDE.pt … --incident INCIDENT.pt [--name sayso-reader-3]

Writes reader.onnx (with a further output "side"), side.npz and reader.json into the package.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
import torch.nn.functional as F  # noqa: N812 - torch's own convention
from onnx import compose, utils
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from sayso.reading.side import LAYERS, PARTS, SCHEMES
from training.export import WEIGHTS, Joined, record
from training.incident import Incident
from training.network import average
from training.side import Side
from training.states import layer_output


class Graph(nn.Module):
    """States (1, T, 384) of each of `LAYERS` → (1, T, sum of PARTS). Without an incident branch, its part is 0."""

    def __init__(self, side: Side, incident: Incident | None = None) -> None:
        super().__init__()
        self.branch = None if incident is None else Branch(incident)
        self.join, self.norm = side.join, side.norm
        self.layers = nn.ModuleList(Joined(layer) for layer in side.layers)
        rows = {**side.tags, "start": side.start, "end": side.end, "kind_start": side.kind_start, "outer": side.outer}
        rows |= {
            "inner": side.inner,
            "kind_end": side.kind_end,
            "words": side.words,
            "event": side.event,
            "argument": side.argument,
        }
        joined = [rows[name] for name in PARTS if name != "muc"]
        self.heads = nn.Linear(joined[0].in_features, sum(one.out_features for one in joined))
        self.heads.weight = nn.Parameter(torch.cat([one.weight for one in joined]))
        self.heads.bias = nn.Parameter(torch.cat([one.bias for one in joined]))

    def forward(self, *states: Tensor) -> Tensor:
        """See the class."""
        x = self.norm(self.join(torch.cat(states, -1)))
        for layer in self.layers:
            x = layer(x, None)
        scores = self.heads(x)
        if self.branch is None:
            return F.pad(scores, (0, PARTS["muc"]))
        return torch.cat([scores, self.branch(*states)], -1)


class Branch(nn.Module):
    """`Incident` as it runs in ONNX: states (1, T, 384) of each of `LAYERS` → (1, T, 11)."""

    def __init__(self, incident: Incident) -> None:
        super().__init__()
        self.join, self.norm, self.layer = incident.join, incident.norm, Joined(incident.layer)
        self.tags = nn.Linear(incident.tags.in_features, 1 + incident.tags.out_features)
        self.tags.weight = nn.Parameter(F.pad(incident.tags.weight.detach(), (0, 0, 1, 0)))
        self.tags.bias = nn.Parameter(F.pad(incident.tags.bias.detach(), (1, 0)))

    def forward(self, *states: Tensor) -> Tensor:
        """See the class."""
        return self.tags(self.layer(self.norm(self.join(torch.cat(states, -1))), None))


def arrays(side: Side) -> dict[str, np.ndarray]:
    """`SideHeads` as flat arrays: moves under "moves NAME"."""
    kinds = torch.cat([side.kinds.weight.T, side.kinds.bias[None]])
    plain = {"kinds": kinds, "far": side.far, "ties": side.ties, "wide": side.wide}
    moves = {f"moves {name}": side.moves[name] for name in SCHEMES}
    return {name: value.detach().numpy().astype(np.float16) for name, value in {**plain, **moves}.items()}


def attach(side: Side, incident: Incident, folder: Path) -> None:
    """Puts the side network's graph behind the encoder's, whatever stood there before."""
    names = [f"layer {layer}" for layer in LAYERS]
    with tempfile.TemporaryDirectory() as scratch:
        full, small, bare = (Path(scratch) / f"{name}.onnx" for name in ("full", "small", "bare"))
        torch.onnx.export(
            Graph(side, incident).eval(), tuple(torch.randn(1, 40, 384) for _ in LAYERS), str(full), input_names=names,
            output_names=["side"], dynamic_axes={n: {1: "pieces"} for n in [*names, "side"]}, opset_version=17,
            dynamo=False, custom_opsets={"com.microsoft": 1},
        )  # fmt: skip
        quantize_dynamic(
            full, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )  # fmt: skip
        utils.extract_model(
            str(folder / "reader.onnx"), str(bare), ["ids", "features"], ["tags", "states"], check_model=False
        )
        joined = merge(onnx.load(bare), onnx.load(small), dict(zip(LAYERS, names, strict=True)))
    onnx.save(joined, folder / "reader.onnx")
    np.savez_compressed(folder / "side.npz", **arrays(side))


def merge(encoder: onnx.ModelProto, side: onnx.ModelProto, into: dict[int, str]) -> onnx.ModelProto:
    """One graph of both: the states after each layer go into the side network's input of this name."""
    given = {one.name for one in encoder.graph.output}
    for layer in into:
        if layer_output(layer) not in given:
            value = onnx.helper.make_tensor_value_info(layer_output(layer), onnx.TensorProto.FLOAT, None)
            encoder.graph.output.append(value)
    side = compose.add_prefix(side, "side/", rename_inputs=False, rename_outputs=False)
    side.ir_version = encoder.ir_version
    del side.opset_import[:]
    side.opset_import.extend(encoder.opset_import)
    wires = [(layer_output(layer), name) for layer, name in into.items()]
    return compose.merge_models(encoder, side, wires, outputs=["tags", "states", "side"])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("side", type=Path, nargs="+", help="several are averaged (Wortsman et al. 2022)")
    parser.add_argument("--incident", type=Path, required=True, help="the branch of `training.incident`")
    parser.add_argument("--name", default="sayso-reader-3")
    parser.add_argument("--folder", type=Path, default=WEIGHTS)
    asked = parser.parse_args()
    side = Side()
    side.load_state_dict(average(asked.side))
    incident = Incident()
    incident.load_state_dict(torch.load(asked.incident, map_location="cpu"))
    attach(side, incident, asked.folder)
    record(asked.folder, asked.name)


if __name__ == "__main__":
    main()
