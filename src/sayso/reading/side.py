"""What the side network tells of each word piece, beside attribution, and how its scores become spans.

A small network reads the encoder's states of four layers (`LAYERS`) in the same pass; the encoder itself knows nothing
of it, so that attribution stays as it was. For each piece it gives one row of numbers (`part` says which is what):

    BIO tags of each scheme ──▶ flat mentions, fillers of the incident
    start, end, kinds       ──▶ nested mentions (biaffine: Dozat & Manning 2017; Yu, Bohnet & Poesio 2020)
    words                   ──▶ event words, and how far the text commits to each
    event, argument         ──▶ for each event word, the head word of each role

Names of kinds are those of the data sets that it learned from (`training/mentions.py` says which).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import cycle, islice
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

LAYERS = (0, 2, 4, 6)
"""The encoder's layers whose states it reads, counted from 1; 0 is its embeddings. The last layer alone has forgotten
which words it read: names by it alone were found a fifth less well."""

SCHEMES: dict[str, tuple[str, ...]] = {
    "re3d": (
        "Person", "Organisation", "Location", "Nationality", "Temporal", "Quantity", "Weapon", "Vehicle",
        "MilitaryPlatform", "DocumentReference", "Money",
    ),
    "crossner": (
        "politician", "person", "organisation", "politicalparty", "event", "election", "country", "location", "misc",
    ),
    "wikigold": ("PER", "LOC", "ORG", "MISC"),
}  # fmt: skip
"""Scheme of flat BIO tags to its kinds: tag 0 is O, then B and I of each kind in turn."""

NESTED = (
    "person", "place", "organization", "object", "event", "time", "substance", "animal", "plant", "abstract",
)  # fmt: skip
"""Kinds of GUM's nested mentions."""

ROLES = ("agent", "patient", "recipient", "means", "place", "time")
"""Roles of events, in the order of the arcs' scores."""

SCALES = ("uds", "uw", "meantime")
"""Scales of factuality: people judged whether it happened (the first, which is used) or how sure the text is."""

SPAN_DIM, KIND_DIM, ARC_DIM = 96, 128, 64
"""Widths: starts and ends of nested mentions; their kinds; ends of arcs."""

WIDEST = 64
"""Words of the longest nested mention that is learned and looked for."""

DEPTHS = 5
"""Levels of nesting that are tagged."""

REACH = 32
"""Distances of arcs, in pieces, beyond which all are one."""

PARTS: dict[str, int] = {name: 2 * len(kinds) + 1 for name, kinds in SCHEMES.items()} | {
    "start": SPAN_DIM, "end": SPAN_DIM, "kind_start": KIND_DIM, "kind_end": KIND_DIM, "words": 1 + len(SCALES),
    "event": ARC_DIM, "argument": ARC_DIM,
    "outer": DEPTHS * (2 * len(NESTED) + 1), "inner": DEPTHS * (2 * len(NESTED) + 1),
    "muc": 11,
}  # fmt: skip
"""What a row of scores holds, and how many numbers each is. "muc" comes from a branch of its own, see `fillers`."""

_ENDS = dict(zip(PARTS, np.cumsum(list(PARTS.values())).tolist(), strict=True))


class SideHeads(NamedTuple):
    """What turns the side network's scores into spans; arrays are float32."""

    moves: Mapping[str, Array]
    """Scheme to (tags, tags): learned score of each step from tag to tag."""
    kinds: Array
    """(KIND_DIM + 1, kinds): from the sum of `kind_start` and `kind_end`; the last row is the bias."""
    far: Array
    """(roles, 2 REACH + 1): what the distance adds to an arc; that nobody fills a role has 0."""
    ties: Array
    """(roles, ARC_DIM + 1, ARC_DIM + 1): biaffine form of an event and a head word, the last of each being 1."""
    wide: Array
    """(WIDEST,): log odds that two words so far apart are the ends of a mention, before they are looked at."""


class Marked(NamedTuple):
    """A marked stretch of a text: code points, half-open."""

    start: int
    end: int
    kind: str
    score: float
    """0 to 1, not calibrated."""


def part(scores: Array, name: str) -> Array:
    """The columns of a window's scores (T, sum of PARTS) that are this part's."""
    columns: Array = scores[:, _ENDS[name] - PARTS[name] : _ENDS[name]]
    return columns


class Places(Protocol):
    """Word pieces in a text."""

    @property
    def starts(self) -> NDArray[np.int64]:
        """(T,): code points."""

    @property
    def ends(self) -> NDArray[np.int64]:
        """(T,): code points."""


class Placed(Places, Protocol):
    """Word pieces in a text, with their scores."""

    @property
    def side(self) -> Array:
        """(T, sum of PARTS)."""


def firsts(text: str, pieces: Places) -> NDArray[np.int64]:
    """Indices of the pieces with which a word begins."""
    glued = np.zeros(len(pieces.starts), dtype=bool)
    glued[1:] = pieces.starts[1:] == pieces.ends[:-1]
    for i in np.flatnonzero(glued):
        at = int(pieces.starts[i])
        glued[i] = text[at].isalnum() and text[at - 1].isalnum()
    return np.flatnonzero(~glued)


def flat(windows: Sequence[Placed], heads: SideHeads) -> list[dict[str, list[Marked]]]:
    """The spans of every scheme in each window, in order, none over another: the likeliest sequence of its tags."""
    emissions = [(scheme, part(pieces.side, scheme)) for pieces in windows for scheme in SCHEMES]
    shares = [softmax(scores) for _, scores in emissions]
    paths = _paths(emissions, [some[:, 0] for some in shares], heads.moves)
    whose = [pieces for pieces in windows for _ in SCHEMES]
    marks = map(_marked, whose, paths, shares, cycle(SCHEMES.values()))
    return [dict(zip(SCHEMES, islice(marks, len(SCHEMES)), strict=True)) for _ in windows]


def _marked(pieces: Placed, path: NDArray[np.int64], shares: Array, kinds: tuple[str, ...]) -> list[Marked]:
    """The spans of a path (T,), each scored by the mean share (T, tags) of its kind."""
    firsts = np.flatnonzero(path % 2 == 1)
    stops = np.flatnonzero(np.append((path == 0) | (path % 2 == 1), True))
    lasts = stops[np.searchsorted(stops, firsts, "right")]
    of_kind = np.ascontiguousarray((shares[:, 1::2] + shares[:, 2::2]).T)
    starts, ends = pieces.starts[firsts].tolist(), pieces.ends[lasts - 1].tolist()
    rows = zip(firsts.tolist(), lasts.tolist(), (path[firsts] // 2).tolist(), starts, ends, strict=True)
    return [
        Marked(start, end, kinds[kind], float(of_kind[kind, a:b].sum() / np.float32(b - a)))
        for a, b, kind, start, end in rows
    ]


CLEAR = 0.995
"""A piece that is so likely outside every span is taken to be: only what lies between such is decoded."""


def _paths(
    emissions: Sequence[tuple[str, Array]], outside: Sequence[Array], moves: Mapping[str, Array]
) -> list[NDArray[np.int64]]:
    """The likeliest tags (T,) of linear chains, worked out on the stretches alone that may hold a span."""
    paths = [np.zeros(len(scores), dtype=np.int64) for _, scores in emissions]
    found = [(k, a, b) for k, some in enumerate(outside) for a, b in _near(some)]
    found.sort(key=lambda one: one[1] - one[2])
    decoded = viterbi([emissions[k][1][a:b] for k, a, b in found], [moves[emissions[k][0]] for k, _, _ in found])
    for (k, a, b), path in zip(found, decoded, strict=True):
        paths[k][a:b] = path
    return paths


def _near(outside: Array) -> list[list[int]]:
    near = np.concatenate([[False], outside < CLEAR, [False]])
    found: list[list[int]] = np.flatnonzero(near[1:] != near[:-1]).reshape(-1, 2).tolist()
    return found


def viterbi(emissions: Sequence[Array], moves: Sequence[Array]) -> list[NDArray[np.int64]]:
    """The best tags (T,) of each stretch by itself, longest first: emissions (T, tags), moves (tags, tags).

    (Viterbi 1967.) The tag O stands before and after each. No I but after its own B or I. All stretches take a step at
    once, for the steps are what costs. Fewer tags than another has are filled up with impossible ones.
    """
    if not emissions:
        return []
    sizes = np.array([len(one) for one in emissions])
    tags, count = max(one.shape[1] for one in emissions), len(emissions)
    steps, best = _filled(emissions, moves, (sizes[0], count, tags))
    best[0] += steps[:, 0]
    best[0, :, 2::2] = -np.inf
    steps += _illegal(tags)
    running = (sizes[:, None] > np.arange(sizes[0])).sum(0).tolist()
    for t in range(1, len(best)):
        n = running[t]
        best[t, :n] += np.maximum.reduce(best[t - 1, :n, :, None] + steps[:n], axis=1)
    path = np.zeros((len(best), count), dtype=np.int64)
    here, each = sizes - 1, np.arange(count)
    path[here, each] = (best[here, each] + steps[:, :, 0]).argmax(1)
    for t in range(len(best) - 1, 0, -1):
        n = running[t]
        path[t - 1, :n] = (best[t - 1, :n] + steps[each[:n], :, path[t, :n]]).argmax(1)
    return [path[:size, k] for k, size in enumerate(sizes.tolist())]


def _filled(emissions: Sequence[Array], moves: Sequence[Array], shape: tuple[int, int, int]) -> tuple[Array, Array]:
    """Moves (K, tags, tags) and emissions (longest, K, tags) of K stretches, impossible where one has nothing."""
    length, count, tags = shape
    steps, scores = (np.full(size, -np.inf, dtype=np.float32) for size in ((count, tags, tags), (length, count, tags)))
    for k, (own, move) in enumerate(zip(emissions, moves, strict=True)):
        steps[k, : len(move), : len(move)] = move
        scores[: len(own), k, : len(move)] = own
    return steps, scores


@cache
def _illegal(tags: int) -> Array:
    out = np.zeros((tags, tags), dtype=np.float32)
    for inside in range(2, tags, 2):
        out[:, inside] = -np.inf
        out[inside - 1 : inside + 1, inside] = 0
    return out


def softmax(scores: Array) -> Array:
    """Shares of the last axis, each 0 to 1, together 1; the same shape."""
    shares: Array = np.exp(scores - scores.max(-1, keepdims=True))
    shares /= shares.sum(-1, keepdims=True)
    return shares


def triggers(text: str, pieces: Placed) -> NDArray[np.int64]:
    """The pieces with which the event words of a window begin."""
    begins = firsts(text, pieces)
    out: NDArray[np.int64] = begins[part(pieces.side, "words")[begins, 0] > 0]
    return out


def arc_scores(scores: Array, events: NDArray[np.int64], heads: SideHeads) -> Array:
    """For E event pieces, (E, ROLES, 1 + T): how well nobody, and each piece, heads each role."""
    one, other = _with_one(part(scores, "event")[events]), _with_one(part(scores, "argument"))
    far = np.clip(np.arange(len(scores))[None] - events[:, None], -REACH, REACH) + REACH
    ties = one @ heads.ties @ other.T + heads.far[:, far]
    out: Array = np.pad(ties, ((0, 0), (0, 0), (1, 0))).transpose(1, 0, 2).astype(np.float32)
    return out


def _with_one(rows: Array) -> Array:
    out: Array = np.pad(np.maximum(rows, 0), ((0, 0), (0, 1)), constant_values=1)
    return out
