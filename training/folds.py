"""What the side network finds in texts that it has not learned from, where a data set has no parts of its own.

The texts are cut into ten by the hash of their id. Ten networks are trained, each on nine of the parts, and each reads
the tenth.
"""

from __future__ import annotations

import copy
import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch

from sayso.encoder import folder, tokenizer
from sayso.model import Window
from sayso.reading.pieces import cut, windows
from sayso.reading.side import SCHEMES, Marked, SideHeads, flat
from training.attach import Graph, arrays
from training.side import Side, fit
from training.states import Lesson, frozen, lessons
from training.texts import Text

FOLDS = 10
EPOCHS, RATE = 40, 1e-3
"""For a network that begins from nothing."""
MORE_EPOCHS, MORE_RATE = 25, 1e-3
"""For one that has learned from other data sets."""


def fold_of(name: str) -> int:
    """The part that a text is in, 0 to FOLDS - 1."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS


def marks(texts: Sequence[Text], scheme: str, begun: Path | None = None) -> dict[str, list[Marked]]:
    """What is found in each text, by its id. `begun` holds a network taught without these texts (`training.teach`)."""
    states = frozen()
    learned = {text.id: lessons([text], states) for text in texts}
    start = Side()
    if begun:
        start.load_state_dict(torch.load(begun, map_location="cpu"))
    found = {}
    for fold in range(FOLDS):
        pool = [lesson for text in texts if fold_of(text.id) != fold for lesson in learned[text.id]]
        net = copy.deepcopy(start)
        epochs, rate = (MORE_EPOCHS, MORE_RATE) if begun else (EPOCHS, RATE)
        fit(net, pool, epochs=epochs, rate=rate, seed=fold, say=lambda _: None)
        held = [text for text in texts if fold_of(text.id) == fold]
        found |= {text.id: list(_read(net, text, learned[text.id], scheme)) for text in held}
        print(f"fold {fold + 1} of {FOLDS}", file=sys.stderr, flush=True)
    return found


def _read(net: Side, text: Text, learned: Sequence[Lesson], scheme: str) -> Iterator[Marked]:
    graph, tables = Graph(net).eval(), {name: value.astype(np.float32) for name, value in arrays(net).items()}
    moves = {name: tables.pop(f"moves {name}") for name in SCHEMES}
    heads = SideHeads(moves, **tables)
    pieces = cut(text.text, tokenizer(folder() / "tokenizer.json"))
    for (first, last), lesson in zip(windows(text.text, pieces), learned, strict=True):
        part = pieces.part(first, last)
        states = torch.from_numpy(lesson.states.astype(np.float32))[None]
        with torch.no_grad():
            scores = graph(*states.unbind(2))[0, 1:-1].numpy()
        (found,) = flat([Window(part.starts, part.ends, scores, scores, scores)], heads)
        yield from found[scheme]
