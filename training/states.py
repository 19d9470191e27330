"""Texts to lessons for the side network: the frozen encoder's states, as they are at run time, with their labels.

The encoder is run once, as the shipped int8 graph: what the side network learns from is what it will be given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray

from sayso.encoder import CLS, SEP, folder, session, tokenizer
from sayso.reading.pieces import Pieces, Tokenize, cut, windows
from sayso.reading.side import LAYERS, NESTED, ROLES, SCALES, SCHEMES, firsts
from training.data import Pair
from training.texts import Syntax, Tagged, Text

UNKNOWN = -100

TAGS = (
    "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ",
    "SYM", "VERB", "X",
)  # fmt: skip
RELATIONS = (
    "acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "clf", "compound", "conj", "cop",
    "csubj", "dep", "det", "discourse", "dislocated", "expl", "fixed", "flat", "goeswith", "iobj", "list", "mark",
    "nmod", "nsubj", "nummod", "obj", "obl", "orphan", "parataxis", "punct", "reparandum", "root", "vocative", "xcomp",
)  # fmt: skip
"""Parts of speech and relations of Universal Dependencies v2 (de Marneffe et al. 2021)."""

States = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float16]]
"""Ids and features (T,) of a window to states (T, len(LAYERS), width)."""


class Lesson(NamedTuple):
    """One window of T pieces, framed, with what its data set marks; None or UNKNOWN where it marks nothing."""

    text: str
    """The text's id."""
    states: NDArray[np.float16]
    """(T, layers, width)."""
    tags: dict[str, NDArray[np.int64]]
    """Scheme to BIO tags (T,)."""
    nested: NDArray[np.int64] | None
    """(N, 3): first and last word (inclusive, as counted in `begins`) and kind of each."""
    triggers: NDArray[np.int64] | None
    """(T,): 1 at the first piece of an event word, 0 at that of any other word."""
    arcs: NDArray[np.int64]
    """(M, 3): pieces of an event word and of the head of its argument, and the role."""
    factuality: NDArray[np.float32]
    """(T,): NaN where unknown."""
    begins: NDArray[np.int64]
    """(W,): the pieces with which the words begin."""
    scale: str = SCALES[0]
    """On which scale factuality is given."""
    syntax: NDArray[np.int64] | None = None
    """(N, 4): first piece of a word, its tag, its relation, the first piece of its governor."""


def frozen(layers: Sequence[int] = LAYERS, path: Path | None = None) -> States:
    """The shipped encoder, with the states after these layers (0 to 6) given out."""
    model = onnx.load(path or folder() / "reader.onnx")
    names = [layer_output(layer) for layer in layers]
    known = {one.name for one in model.graph.output}
    for name in names:
        if name not in known:
            model.graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None))
    with NamedTemporaryFile(suffix=".onnx") as scratch:
        onnx.save(model, scratch.name)
        run = session(Path(scratch.name))

    def states(ids: NDArray[np.int64], features: NDArray[np.int64]) -> NDArray[np.float16]:
        framed = np.concatenate([[CLS], ids, [SEP]])[None]
        marks = np.concatenate([[0], features, [0]])[None]
        found = run.run(names, {"ids": framed, "features": marks})
        return np.stack([one[0] for one in found], 1).astype(np.float16)

    return states


def layer_output(layer: int, layers: int = 6) -> str:
    """What the exported graph calls the states after a layer, counted from 1; 0 stands for the embeddings."""
    if layer == 0:
        return "/encoder/norm/LayerNormalization_output_0"
    return "states" if layer == layers else f"/encoder/layers.{layer - 1}/norm2/LayerNormalization_output_0"


def lessons(texts: Iterable[Text], states: States, tokenize: Tokenize | None = None) -> list[Lesson]:
    """Every window of every text."""
    tokenize = tokenize or tokenizer(folder() / "tokenizer.json")
    out = []
    for text in texts:
        pieces = cut(text.text, tokenize)
        for first, last in windows(text.text, pieces):
            part = pieces.part(first, last)
            out.append(_lesson(text, part, states(part.ids, part.features)))
    return out


def _lesson(text: Text, part: Pieces, states: NDArray[np.float16]) -> Lesson:
    size = len(part.ids) + 2
    tags = {name: _tags(part, marks, SCHEMES[name]) for name, marks in text.spans.items() if name in SCHEMES}
    begins = firsts(text.text, part) + 1
    nested = _nested(part, begins, text.spans.get("gum"))
    triggers = None
    arcs: list[tuple[int, int, int]] = []
    if text.happenings is not None:
        triggers = np.full(size, UNKNOWN)
        triggers[begins] = 0
        for one in text.happenings:
            at = inside(part, one.span)
            if at is None:
                continue
            triggers[at[0]] = 1
            heads = ((inside(part, (head.start, head.end)), head.kind) for head in one.heads)
            arcs += [(at[0], head[0], ROLES.index(kind)) for head, kind in heads if head and kind in ROLES]
    factuality = np.full(size, np.nan, dtype=np.float32)
    for span, value in text.factuality:
        if (at := inside(part, span)) is not None:
            factuality[at[0]] = value
    pairs = np.array(arcs, dtype=np.int64).reshape(-1, 3)
    scale = next((one for one in SCALES if text.id.lower().startswith(one)), SCALES[0])
    return Lesson(
        text.id,
        states,
        tags,
        nested,
        triggers,
        pairs,
        factuality,
        begins,
        scale,
        _syntax(part, text.syntax),
    )


def _syntax(part: Pieces, words: Sequence[Syntax]) -> NDArray[np.int64] | None:
    rows = []
    for word in words:
        at, governor = inside(part, word.span), inside(part, word.governor)
        if at and governor:
            rows.append((at[0], TAGS.index(word.tag), RELATIONS.index(word.relation), governor[0]))
    return np.array(rows, dtype=np.int64) if rows else None


def _nested(part: Pieces, begins: NDArray[np.int64], marks: Sequence[Tagged] | None) -> NDArray[np.int64] | None:
    if marks is None:
        return None
    found = [(at, m.kind) for m in marks if (at := inside(part, (m.start, m.end)))]
    ends = np.array([(a, b - 1) for (a, b), _ in found], dtype=np.int64).reshape(-1, 2)
    words = np.searchsorted(begins, ends, side="right") - 1
    return np.column_stack([words, np.array([NESTED.index(kind) for _, kind in found], dtype=np.int64)])


def _tags(part: Pieces, marks: Sequence[Tagged], kinds: Sequence[str]) -> NDArray[np.int64]:
    out = np.zeros(len(part.ids) + 2, dtype=np.int64)
    for mark in marks:
        at = inside(part, (mark.start, mark.end))
        if at is None or mark.kind not in kinds:
            continue
        begin = 1 + 2 * kinds.index(mark.kind)
        out[at[0] : at[1]] = begin + 1
        out[at[0]] = begin
        if at[1] < len(out) and out[at[1]] and out[at[1]] % 2 == 0:
            out[at[1]] -= 1  # the rest of a mark that this one was written over begins anew
    return out


def inside(part: Pieces, span: Pair) -> Pair | None:
    """The pieces of a window that a span of the text touches, counted with the frame; None if none."""
    a = int(np.searchsorted(part.ends, span[0], side="right"))
    b = int(np.searchsorted(part.starts, span[1], side="left"))
    return (a + 1, b + 1) if a < b else None
