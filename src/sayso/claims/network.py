"""How likely a claim answers each disputed question: a small network over the encoder's states and the claim's words.

    states of the word pieces of content, cue and source ──▶ projected, with what part they stand in ──▶ for each
    question and side: attention over them (Bahdanau et al. 2015) ──▶ a sum, with a weight for each fact of the claim

`training/replies.py` makes the weights. numpy alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.model import Attribution, Claim, Span, Window

Floats = NDArray[np.float32]

PARTS = ("content", "cue", "source")
"""Where a word piece can stand, in the order of the network's `parts`; the first that holds it counts."""

LONGEST = 200
"""Word pieces of a claim that are looked at: the first ones. Longer ones are badly cut, or speeches."""


class ReplyHeads(NamedTuple):
    """The weights. W is the encoder's width, H the network's, L labels (a question and a side)."""

    labels: tuple[str, ...]
    """As `label_of` in `replies` names them."""
    project: Floats
    """(W, H)"""
    parts: Floats
    """(3, H): added to a word piece for the part in which it stands, the projection's bias included."""
    attend: Floats
    """(H, L)"""
    value: Floats
    """(H, L)"""
    bias: Floats
    """(L,)"""
    facts: Mapping[str, int]
    """Row of each fact."""
    weights: Floats
    """(facts, L)"""


class States(NamedTuple):
    """The projected states of a report's T word pieces."""

    starts: NDArray[np.int64]
    """(T,): code points, as `ends`."""
    ends: NDArray[np.int64]
    projected: NDArray[np.float16]
    """(T, H). Half as exact, for a long report stands in memory whole."""


@cache
def shipped() -> ReplyHeads:
    """The weights in `replies.npz`; labels and facts are kept as lines of text."""
    with (files("sayso.claims") / "replies.npz").open("rb") as stored, np.load(stored) as arrays:
        labels, facts = (tuple(str(arrays[name]).split("\n")) for name in ("labels", "facts"))
        rest = {
            name: arrays[name].astype(np.float32) for name in ("project", "parts", "attend", "value", "bias", "weights")
        }
        rows = {name: row for row, name in enumerate(facts)}
        return ReplyHeads(labels=labels, facts=rows, **rest)


def project(windows: Iterable[Window]) -> list[States]:
    """What the network needs of each window."""
    heads = shipped()
    return [
        States(one.starts, one.ends, (one.states.astype(np.float32) @ heads.project).astype(np.float16))
        for one in windows
    ]


def joined(several: Sequence[States]) -> States:
    """Those of a whole report."""
    if not several:
        return States(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros((0, 0), np.float16))
    return States(*(np.concatenate(parts) for parts in zip(*several, strict=True)))


def pieces_of(states: States, claim: Claim, said: Attribution | None) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places of a claim's word pieces, and the part of each: both (n,)."""
    cue, source = (said.cue, said.source) if said else (None, None)
    spans: tuple[tuple[Span, ...], ...] = (claim.content, (cue,) if cue else (), (source,) if source else ())
    part: dict[int, int] = {}
    for number, several in reversed(list(enumerate(spans))):
        for span in several:
            first = int(np.searchsorted(states.ends, span.start, side="right"))
            last = int(np.searchsorted(states.starts, span.end, side="left"))
            part |= dict.fromkeys(range(first, last), number)
    places = sorted(part)[:LONGEST]
    return np.array(places, np.int64), np.array([part[place] for place in places], np.int64)


def chances(states: States, claim: Claim, said: Attribution | None, facts: Iterable[str]) -> dict[str, float]:
    """The chance of every label, 0 to 1, not calibrated."""
    heads = shipped()
    places, parts = pieces_of(states, claim, said)
    rows = sorted(heads.facts[name] for name in facts if name in heads.facts)
    scores = heads.bias + heads.weights[rows].sum(0)
    if len(places):
        hidden = gelu(states.projected[places].astype(np.float32) + heads.parts[parts])
        attention = hidden @ heads.attend
        shares = np.exp(attention - attention.max(0))
        scores = scores + (shares / shares.sum(0) * (hidden @ heads.value)).sum(0)
    found = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return {label: round(float(chance), 4) for label, chance in zip(heads.labels, found, strict=True)}


def gelu(x: Floats) -> Floats:
    """The Gaussian error linear unit (Hendrycks & Gimpel 2016), by its tanh approximation."""
    out: Floats = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x**3)))
    return out
