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

from collections.abc import Mapping
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


def flat(pieces: Placed, heads: SideHeads, scheme: str) -> list[Marked]:
    """The spans of one scheme in a window, in order, none over another: the likeliest sequence of its tags."""
    emissions = part(pieces.side, scheme)
    shares = _softmax(emissions)
    path = _tags(emissions, shares[:, 0], heads.moves[scheme])
    out = []
    kinds = SCHEMES[scheme]
    begins = np.flatnonzero(path % 2 == 1)
    for a in begins.tolist():
        inside = int(path[a]) + 1
        b = a + 1
        while b < len(path) and path[b] == inside:
            b += 1
        score = float(shares[a:b, [inside - 1, inside]].sum(1).mean())
        out.append(Marked(int(pieces.starts[a]), int(pieces.ends[b - 1]), kinds[inside // 2 - 1], score))
    return out


CLEAR = 0.995
"""A piece that is so likely outside every span is taken to be: only what lies between such is decoded."""


def _tags(emissions: Array, outside: Array, moves: Array) -> NDArray[np.int64]:
    """The likeliest tags (T,) of a linear chain, worked out on the stretches alone that may hold a span."""
    path = np.zeros(len(emissions), dtype=np.int64)
    near = np.concatenate([[False], outside < CLEAR, [False]])
    bounds = np.flatnonzero(near[1:] != near[:-1]).reshape(-1, 2)
    for a, b in bounds.tolist():
        path[a:b] = _viterbi(emissions[a:b], moves)
    return path


def _viterbi(emissions: Array, moves: Array) -> NDArray[np.int64]:
    """Viterbi (1967) over one stretch, with the tag O before it and after it. No I but after its own B or I."""
    length, tags = emissions.shape
    best = moves[0] + emissions[0]
    best[2::2] = -np.inf
    back = np.empty((length, tags), dtype=np.int64)
    steps = moves + _illegal(tags)
    for t in range(1, length):
        ways = best[:, None] + steps
        back[t] = ways.argmax(0)
        best = ways[back[t], np.arange(tags)] + emissions[t]
    path = np.empty(length, dtype=np.int64)
    path[-1] = (best + moves[:, 0]).argmax()
    for t in range(length - 1, 0, -1):
        path[t - 1] = back[t, path[t]]
    return path


def _illegal(tags: int) -> Array:
    out = np.zeros((tags, tags), dtype=np.float32)
    for inside in range(2, tags, 2):
        out[:, inside] = -np.inf
        out[inside - 1 : inside + 1, inside] = 0
    return out


def _softmax(scores: Array) -> Array:
    shares = np.exp(scores - scores.max(1, keepdims=True))
    out: Array = shares / shares.sum(1, keepdims=True)
    return out


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
