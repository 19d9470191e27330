"""From the encoder's numbers to spans: find every cue, then ask for each cue which words are its source and content.

    states (T, 384) ──▶ cue tags ──▶ cues, at any depth of nesting
    states + one cue ──▶ role tags of all T pieces ──▶ its source, its content (in several spans, if need be)

Reading the roles for one cue at a time finds nested attributions in the same pass: an inner cue has a source and a
content of its own inside the outer content. (Cue first, then roles, as in semantic role labelling.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

Stretch = tuple[int, int]
"""A run of word pieces of one window, half-open."""

ROLE_TAGS = 5
"""O, B-source, I-source, B-content, I-content."""

BUCKET_EDGES = (1, 2, 3, 4, 5, 7, 10, 15, 23, 36, 61)
"""Distances (in pieces) from the cue at which a new bucket begins; coarser with distance."""

BUCKETS = 2 * len(BUCKET_EDGES) + 1
"""One inside the cue, then those before it, then those after it."""

IMPOSSIBLE = np.float32(-1e4)


Roles = Callable[[Array, NDArray[np.int64], NDArray[np.int64]], Array]
"""States (T, H), cues (K, 2) and distance buckets (K, T) to scores of the role tags (K, T, ROLE_TAGS)."""


class Heads(NamedTuple):
    """What stands on top of the encoder; arrays are float32."""

    roles: Roles
    role_moves: Array
    """(ROLE_TAGS, ROLE_TAGS): learned score of each step from tag to tag."""
    cue_moves: Array
    """(3, 3)"""
    label_hidden: Array
    """(3H + 1, L): from the means of cue, source and content; the last row is the bias."""
    labels: Array
    """(L + 1, 22): named 2, kind 10, stance 6, certainty 4."""


class Found(NamedTuple):
    """One attribution in a window, in pieces (half-open)."""

    cue: Stretch
    source: Stretch | None
    content: tuple[Stretch, ...]
    score: float
    """The lowest posterior of the cue's pieces, 0 to 1; raw."""
    labels: Array
    """(22,): log scores, see `Heads.labels`."""


def legal_moves(tags: int) -> Array:
    """(tags + 1, tags): 0 where a BIO sequence may step, IMPOSSIBLE where not; the last row is the start.

    Tag 0 is O, then B and I of each role in turn.
    """
    out = np.zeros((tags + 1, tags), dtype=np.float32)
    for inside in range(2, tags, 2):
        out[:, inside] = IMPOSSIBLE
        out[inside - 1 : inside + 1, inside] = 0
    return out


def viterbi(emissions: Array, moves: Array) -> NDArray[np.int64]:
    """Best tag sequences. emissions (K, T, C), moves (C + 1, C) with the start last → (K, T)."""
    count, length, _ = emissions.shape
    back = np.zeros(emissions.shape, dtype=np.int8)
    best = emissions[:, 0] + moves[-1]
    for t in range(1, length):
        steps = best[:, :, None] + moves[:-1]
        back[:, t] = steps.argmax(1)
        best = steps.max(1) + emissions[:, t]
    path = np.zeros((count, length), dtype=np.int64)
    path[:, -1] = best.argmax(1)
    for t in range(length - 1, 0, -1):
        path[:, t - 1] = back[np.arange(count), t, path[:, t]]
    return path


def spans(tags: NDArray[np.int64], begin: int) -> list[Stretch]:
    """Half-open runs of one role (`begin` is its B tag, begin + 1 its I tag) in a legal sequence."""
    out: list[Stretch] = []
    for t in np.flatnonzero((tags == begin) | (tags == begin + 1)).tolist():
        if tags[t] == begin:
            out.append((t, t + 1))
        elif out:
            out[-1] = (out[-1][0], t + 1)
    return out


def find_cues(emissions: Array, heads: Heads) -> list[tuple[int, int, float]]:
    """Emissions (T, 3) → cues as (first, last, score), in order."""
    tags = viterbi(emissions[None], _with_start(heads.cue_moves))[0]
    shifted = np.exp(emissions - emissions.max(1, keepdims=True))
    chance = 1 - shifted[:, 0] / shifted.sum(1)
    return [(a, b, float(chance[a:b].min())) for a, b in spans(tags, 1)]


def _with_start(moves: Array) -> Array:
    legal = legal_moves(len(moves))
    legal[:-1] += moves
    return legal


def _dense(values: Array, weights: Array) -> Array:
    """Values (…, n) times weights (n + 1, m), whose last row is the bias."""
    out: Array = values @ weights[:-1] + weights[-1]
    return out


def buckets(length: int, cues: NDArray[np.int64]) -> NDArray[np.int64]:
    """The distance buckets (K, length) of all pieces from each of the cues (K, 2)."""
    at = np.arange(length)
    first, last = cues[:, :1], cues[:, 1:]
    before = np.searchsorted(BUCKET_EDGES, first - at, side="right")
    after = np.searchsorted(BUCKET_EDGES, at - last + 1, side="right") + len(BUCKET_EDGES)
    return np.where(at < first, before, np.where(at >= last, after, 0))


def decode(tags: Array, states: Array, heads: Heads) -> list[Found]:
    """Every attribution of one window: tags (T, 3), states (T, H)."""
    cues = find_cues(tags, heads)
    if not cues:
        return []
    places = np.array([(first, last) for first, last, _ in cues], dtype=np.int64)
    emissions = heads.roles(states, places, buckets(len(states), places))
    paths = viterbi(emissions, _with_start(heads.role_moves))
    parts = [((a, b), *decode_roles(path, (a, b)), score) for (a, b, score), path in zip(cues, paths, strict=True)]
    parts = [part for part in parts if part[2]]
    labels = _label_scores(states, heads, [part[:3] for part in parts])
    return [
        Found(cue, source, tuple(content), score, row)
        for (cue, source, content, score), row in zip(parts, labels, strict=True)
    ]


def _label_scores(states: Array, heads: Heads, parts: Sequence[tuple[Stretch, Stretch | None, list[Stretch]]]) -> Array:
    """Log scores (K, 22) of named, kind, stance, certainty for K attributions: cue, source, content."""
    nothing = np.zeros(states.shape[1], dtype=np.float32)
    rows = [
        np.concatenate([
            states[cue[0] : cue[1]].mean(0),
            states[source[0] : source[1]].mean(0) if source else nothing,
            np.concatenate([states[a:b] for a, b in content]).mean(0),
        ])
        for cue, source, content in parts
    ]  # fmt: skip
    stacked = np.array(rows, dtype=np.float32).reshape(len(rows), 3 * states.shape[1])
    return _dense(np.maximum(_dense(stacked, heads.label_hidden), 0), heads.labels)


def decode_roles(path: NDArray[np.int64], cue: Stretch) -> tuple[Stretch | None, list[Stretch]]:
    """The source nearest to the cue (None if there is none) and every content span of a role sequence (T,)."""
    sources = spans(path, 1)
    nearest = min(sources, key=lambda s: max(cue[0] - s[1], s[0] - cue[1], 0)) if sources else None
    return nearest, spans(path, 3)
