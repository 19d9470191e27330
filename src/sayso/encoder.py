"""The shipped reader: an encoder as ONNX, its tokenizer, and the small heads, all inside the package.

No network, no torch. One thread, one unpadded window a call: dynamic int8 takes its scale over the whole call, so that
a window read together with others would come out slightly different.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sayso.attribution.decode import Heads, Roles
from sayso.kit import SaysoError
from sayso.reading import Run, Scores
from sayso.reading.pieces import Tokenize
from sayso.reading.side import SCHEMES, SideHeads

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

CLS, SEP = 101, 102
"""Ids that frame a window (BERT's vocabulary)."""

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Encoder:
    """All that reading and attribution need of the model."""

    name: str
    tokenize: Tokenize
    run: Run
    heads: Heads
    side: SideHeads


def folder() -> Path:
    """Where the weights stand in the installed package."""
    return Path(str(files("sayso"))) / "weights"


@cache
def version() -> str:
    """The reader's name with the first digits of its weights' hash, without loading them."""
    card = json.loads((folder() / "reader.json").read_text(encoding="utf-8"))
    return f"{card['name']} {card['sha256'][:12]}"


@cache
def load(here: Path | None = None) -> Encoder:
    """Loads the shipped weights (about half a second), or those of another folder.

    One session with one thread: spread work over processes.

    Raises SaysoError where the weights are missing.
    """
    here = here or folder()
    if not (here / "reader.onnx").exists():
        raise SaysoError(f"The reader's weights are missing from {here}. Install sayso again, or run training.export.")
    with np.load(here / "heads.npz") as arrays:
        heads = Heads(_roles(here / "roles.onnx"), **{name: arrays[name].astype(np.float32) for name in arrays})
    with np.load(here / "side.npz") as arrays:
        side = _side({name: arrays[name].astype(np.float32) for name in arrays})
    return Encoder(version(), tokenizer(here / "tokenizer.json"), run_of(here / "reader.onnx"), heads, side)


def _side(arrays: dict[str, NDArray[np.float32]]) -> SideHeads:
    moves = {name: arrays.pop(f"moves {name}") for name in SCHEMES}
    return SideHeads(moves, **arrays)


def tokenizer(path: Path) -> Tokenize:
    """The reader's tokenizer, without framing, truncation or padding."""
    from tokenizers import Tokenizer

    inner = Tokenizer.from_file(str(path))
    inner.no_truncation()
    inner.no_padding()

    def tokenize(text: str) -> tuple[Sequence[int], Sequence[tuple[int, int]]]:
        found = inner.encode(_without_surrogates(text), add_special_tokens=False)
        return found.ids, found.offsets

    return tokenize


def _without_surrogates(text: str) -> str:
    """Lone surrogates as U+FFFD, one for one, so that offsets hold: the tokenizer takes valid Unicode only."""
    return _SURROGATE.sub("\ufffd", text)


def session(path: Path) -> InferenceSession:
    """One thread, no chatter, and without the fused kernel that is slower than its parts."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # Its fused kernel of sum and layer norm is five times as slow as the two apart (onnxruntime 1.32, measured).
    slow = ["SkipLayerNormFusion"]
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=slow
    )


def run_of(path: Path, *, side: bool = True) -> Run:
    """The encoder in this file, as a function of one window. `side=False` is for one without the side network."""
    inner = session(path)
    names = [name for name in Scores._fields if side or name != "side"]

    def run(ids: NDArray[np.int64], features: NDArray[np.int64]) -> Scores:
        framed = np.concatenate([[CLS], ids, [SEP]])[None]
        marks = np.concatenate([[0], features, [0]])[None]
        found = inner.run(names, {"ids": framed, "features": marks})
        none = [] if side else [np.zeros((len(ids), 0), np.float32)]
        return Scores(*(one[0, 1:-1] for one in found), *none)

    return run


def _roles(path: Path) -> Roles:
    inner = session(path)

    def roles(states: NDArray[np.float32], cues: NDArray[np.int64], near: NDArray[np.int64]) -> NDArray[np.float32]:
        out: NDArray[np.float32] = inner.run(["roles"], {"states": states, "cues": cues, "near": near})[0]
        return out

    return roles
