"""From the encoder's numbers to spans: find every cue, then ask for each cue which words are its source and content.

    outermost tags ──▶ outermost cues, and where contents are
    cue tags there ──▶ inner cues, at any depth of nesting
    states + one cue ──▶ role tags of all T pieces ──▶ its source, its content (in several spans, if need be)

Reading the roles for one cue at a time finds nested attributions in the same pass: an inner cue has a source and a
content of its own inside the outer content. (Cue first, then roles, as in semantic role labelling.)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

Stretch = tuple[int, int]
"""A run of word pieces of one window, half-open."""

OUTER_TAGS, CUE_TAGS = 7, 3
"""O, then B and I of source, cue, content of the outermost attributions; O, B, I of cues at any depth."""

ROLE_TAGS = 5
"""O, B-source, I-source, B-content, I-content."""

BUCKET_EDGES = (1, 2, 3, 4, 5, 7, 10, 15, 23, 36, 61)
"""Distances (in pieces) from the cue at which a new bucket begins; coarser with distance."""

BUCKETS = 2 * len(BUCKET_EDGES) + 1
"""One inside the cue, then those before it, then those after it."""

INNER_BONUS = 0.25
"""Log odds that an inner cue is given beyond its score: they are few, and what was learned from knows few of them."""

CUE_OPINION, SECOND_OPINION = 0.4, 0.2
"""How much the cue tags count among the outermost tags, and these among the roles: each sees what the other misses."""

IMPOSSIBLE = np.float32(-1e4)

EVIDENCE = 8
"""Columns of `_evidence`."""


Roles = Callable[[Array, NDArray[np.int64], NDArray[np.int64]], Array]
"""States (T, H), cues (K, 2) and distance buckets (K, T) to scores of the role tags (K, T, ROLE_TAGS)."""


class Heads(NamedTuple):
    """What stands on top of the encoder; arrays are float32."""

    roles: Roles
    role_moves: Array
    """(ROLE_TAGS, ROLE_TAGS): learned score of each step from tag to tag."""
    cue_moves: Array
    """(CUE_TAGS, CUE_TAGS)"""
    outer_moves: Array
    """(OUTER_TAGS, OUTER_TAGS)"""
    hints: Array
    """(OUTER_TAGS, ROLE_TAGS): what the outermost tags add to the roles of an outermost cue."""
    label_hidden: Array
    """(3H + 1, L): from the means of cue, source and content; the last row is the bias."""
    labels: Array
    """(L + 1, 22): named 2, kind 10, stance 6, certainty 4."""


class Cue(NamedTuple):
    """The words that make an attribution, in pieces of a window (half-open)."""

    first: int
    last: int
    outer: bool
    """Found by the outermost tags, not inside another attribution's content."""


class Found(NamedTuple):
    """One attribution in a window, in pieces (half-open)."""

    cue: Stretch
    source: Stretch | None
    content: tuple[Stretch, ...]
    evidence: Array
    """(EVIDENCE,): how clear the tags were, see `_evidence`."""
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


def together(emissions: Sequence[Array], moves: Array) -> list[NDArray[np.int64]]:
    """Best tag sequences (K, T) of each of these (K, T, C), all worked out at once: see `viterbi`."""
    sizes = np.array([one.shape[1] for one in emissions for _ in range(len(one))], dtype=np.int64)
    if not len(sizes):
        return [np.zeros(one.shape[:2], dtype=np.int64) for one in emissions]
    padded = [np.pad(one, ((0, 0), (0, sizes.max() - one.shape[1]), (0, 0))) for one in emissions if len(one)]
    paths = iter(viterbi(np.concatenate(padded), moves, sizes))
    return [np.array([next(paths)[: one.shape[1]] for _ in one]).reshape(one.shape[:2]) for one in emissions]


def viterbi(emissions: Array, moves: Array, sizes: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
    """Best tag sequences. emissions (K, T, C), moves (C + 1, C) or (K, C + 1, C) with the start last → (K, T).

    `sizes` (K,) is how long each is, where not all are T long; what stands behind its end says nothing. The way back is
    found after the loop, for all steps at once: the loop is what costs.
    """
    count, length, tags = emissions.shape
    sizes = np.full(count, length) if sizes is None else sizes
    columns = np.ascontiguousarray(emissions.transpose(1, 0, 2))
    into = moves[..., :-1, :]
    best, steps = np.empty_like(columns), np.empty((count, tags, tags), dtype=np.float32)
    best[0] = columns[0] + moves[..., -1, :]
    for t in range(1, length):
        np.add(best[t - 1][:, :, None], into, out=steps)
        np.maximum.reduce(steps, axis=1, out=best[t])
        best[t] += columns[t]
    back = (best[:-1, :, :, None] + into).argmax(2)
    path = np.empty((length, count), dtype=np.int64)
    each = np.arange(count)
    path[-1] = best[sizes - 1, each].argmax(1)
    for t in range(length - 1, 0, -1):
        path[t - 1] = np.where(t < sizes, back[t - 1][each, path[t]], path[t])
    return path.T


def spans(tags: NDArray[np.int64], begin: int) -> list[Stretch]:
    """Half-open runs of one role (`begin` is its B tag, begin + 1 its I tag) in a legal sequence."""
    out: list[Stretch] = []
    for t in np.flatnonzero((tags == begin) | (tags == begin + 1)).tolist():
        if tags[t] == begin:
            out.append((t, t + 1))
        elif out:
            out[-1] = (out[-1][0], t + 1)
    return out


def find_cues(windows: Sequence[Array], heads: Heads) -> list[list[Cue]]:
    """Every cue of each window, in order: tags (T, OUTER_TAGS + CUE_TAGS).

    The outermost tags know where an outermost cue ends better than the others; these find what stands inside a content.
    """
    return [_cues(tags, path) for tags, path in zip(windows, _paths(windows, heads), strict=True)]


def _cues(tags: Array, path: NDArray[np.int64]) -> list[Cue]:
    outer, inner = path
    cues = [Cue(a, b, outer=True) for a, b in spans(outer, 3)]
    taken = (outer == 3) | (outer == 4)
    held = outer >= 5
    sure = _chances(tags[:, OUTER_TAGS:], [0])
    for a, b in spans(inner, 1):
        inside = bool(held[a:b].all())
        if not taken[a:b].any() and (inside or sure[a:b].max() < 0.5):
            cues.append(Cue(a, b, outer=not inside))
    return sorted(cues)


def _paths(windows: Sequence[Array], heads: Heads) -> list[NDArray[np.int64]]:
    """The best sequences of outermost tags and of cue tags (2, T), in one go: many cost hardly more than one."""
    moves = np.zeros((2, OUTER_TAGS + 1, OUTER_TAGS), dtype=np.float32)
    moves[0] = _with_start(heads.outer_moves)
    moves[1] = legal_moves(OUTER_TAGS)
    moves[1, :CUE_TAGS, :CUE_TAGS] += heads.cue_moves
    return together([_both(tags) for tags in windows], np.tile(moves, (len(windows), 1, 1)))


def _both(tags: Array) -> Array:
    """Scores (2, T, OUTER_TAGS) of the outermost tags and of the cue tags, filled up with impossible ones."""
    both = np.full((2, len(tags), OUTER_TAGS), IMPOSSIBLE, dtype=np.float32)
    both[0], both[1, :, :CUE_TAGS] = tags[:, :OUTER_TAGS], tags[:, OUTER_TAGS:]
    both[1, :, 0] -= INNER_BONUS
    both[0, :, 3:5] += CUE_OPINION * (both[1, :, 1:CUE_TAGS] - tags[:, OUTER_TAGS : OUTER_TAGS + 1])
    return both


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


def decode(windows: Sequence[tuple[Array, Array]], heads: Heads) -> list[list[Found]]:
    """Every attribution of each window: tags (T, OUTER_TAGS + CUE_TAGS), states (T, H).

    Many together are quicker, and come out as each alone.
    """
    cues = find_cues([tags for tags, _ in windows], heads)
    emissions = [_emissions(*window, some, heads) for window, some in zip(windows, cues, strict=True)]
    paths = _role_paths(cues, emissions, _with_start(heads.role_moves))
    read = map(_Read, cues, emissions, paths)
    return [_found(*window, heads, one) if one.cues else [] for window, one in zip(windows, read, strict=True)]


def _emissions(tags: Array, states: Array, cues: Sequence[Cue], heads: Heads) -> Array:
    """Scores of the role tags for each cue of a window (K, T, ROLE_TAGS)."""
    if not cues:
        return np.zeros((0, len(tags), ROLE_TAGS), dtype=np.float32)
    places = np.array([cue[:2] for cue in cues], dtype=np.int64)
    emissions = heads.roles(states, places, buckets(len(states), places))
    emissions[[cue.outer for cue in cues]] += _hints(tags[:, :OUTER_TAGS], heads)
    return emissions


class _Read(NamedTuple):
    """The cues of one window, and what was read for each."""

    cues: Sequence[Cue]
    emissions: Array
    """(K, T, ROLE_TAGS)"""
    paths: NDArray[np.int64]
    """(K, T)"""


def _found(tags: Array, states: Array, heads: Heads, read: _Read) -> list[Found]:
    evidence = _evidence(tags, *read)
    parts = [(cue[:2], *decode_roles(path, cue[:2])) for cue, path in zip(read.cues, read.paths, strict=True)]
    kept = [k for k, part in enumerate(parts) if part[2]]
    parts = [parts[k] for k in kept]
    labels = _label_scores(states, heads, parts)
    return [
        Found(cue, source, tuple(content), evidence[k], row)
        for k, (cue, source, content), row in zip(kept, parts, labels, strict=True)
    ]


def _hints(outer: Array, heads: Heads) -> Array:
    """What the outermost tags (T, OUTER_TAGS) add to the roles of an outermost cue (T, ROLE_TAGS)."""
    none = np.logaddexp.reduce(outer[:, [0, 3, 4]], axis=1)
    same = np.stack([none, outer[:, 1], outer[:, 2], outer[:, 5], outer[:, 6]], 1)
    out: Array = (outer @ heads.hints + SECOND_OPINION * same).astype(np.float32)
    return out


def _role_paths(cues: Sequence[Sequence[Cue]], emissions: Sequence[Array], moves: Array) -> list[NDArray[np.int64]]:
    """The best role sequences (K, T) of each window.

    First of the outermost cues, then of inner ones inside the content of those.
    """
    outer = [np.array([cue.outer for cue in some], dtype=bool) for some in cues]
    paths = [np.zeros(scores.shape[:2], dtype=np.int64) for scores in emissions]
    found = together([scores[some] for scores, some in zip(emissions, outer, strict=True)], moves)
    for path, some, own in zip(paths, outer, found, strict=True):
        path[some] = own
    inner = [(n, *one) for n, some in enumerate(cues) for one in _inner(some, emissions[n], paths[n])]
    inside = together([emissions[n][k : k + 1, reach] for n, k, reach in inner], moves)
    for (n, k, reach), own in zip(inner, inside, strict=True):
        paths[n][k, reach] = own[0]
    return paths


def _inner(cues: Sequence[Cue], emissions: Array, paths: NDArray[np.int64]) -> Iterator[tuple[int, slice]]:
    """Each inner cue with the stretch where its roles can stand; elsewhere they are made impossible."""
    contents = paths >= 3
    for k, (first, last, outer) in enumerate(cues):
        holder = None if outer else next((c for c in contents if c[first:last].all()), None)
        if holder is not None:
            places = np.flatnonzero(holder)
            emissions[k, ~holder, 1:] = IMPOSSIBLE
            yield k, slice(places[0], places[-1] + 1)


def _evidence(tags: Array, cues: Sequence[Cue], emissions: Array, paths: NDArray[np.int64]) -> Array:
    """How clear the tags of each of K attributions are (K, EVIDENCE), as log odds.

    Columns: cue by the outermost tags (0 for an inner one); cue by the cue tags; content and source, each the overlap
    that the spans found can be expected to have with the true ones; content's length; whether the cue is an inner one;
    cue by the cue tags and content once more for these.
    """
    by_outer, by_cue = 1 - _chances(tags[:, :OUTER_TAGS], [0, 1, 2, 5, 6]), 1 - _chances(tags[:, OUTER_TAGS:], [0])
    contents, sources = (_expected_overlap(emissions, paths, begin) for begin in (3, 1))
    inner = np.array([not cue.outer for cue in cues], dtype=np.float32)
    columns = [
        _log_odds(np.array([by_outer[a:b].min() for a, b, _ in cues])) * (1 - inner),
        _log_odds(np.array([by_cue[a:b].min() for a, b, _ in cues])),
        _log_odds(contents),
        _log_odds(sources),
        np.log(np.maximum((paths >= 3).sum(1), 1)),
        inner,
    ]
    columns += [columns[1] * inner, columns[2] * inner]
    return np.stack(columns, 1).astype(np.float32)


def _chances(scores: Array, classes: list[int]) -> Array:
    """Softmax of (…, C), summed over some classes."""
    shifted = np.exp(scores - scores.max(-1, keepdims=True))
    out: Array = shifted[..., classes].sum(-1) / shifted.sum(-1)
    return out


def _expected_overlap(emissions: Array, paths: NDArray[np.int64], begin: int) -> Array:
    """Intersection over union (K,) of a role's pieces with the true ones, in expectation, each piece by itself."""
    chance = _chances(emissions, [begin, begin + 1])
    chosen = (paths == begin) | (paths == begin + 1)
    size = chosen.sum(1)
    rest = (chance * ~chosen).sum(1)
    out: Array = np.where(size, (chance * chosen).sum(1), 1) / (np.maximum(size, 1) + rest)
    return out


def _log_odds(chance: Array) -> Array:
    sure = np.clip(chance, 1e-3, 1 - 1e-3)
    out: Array = np.log(sure / (1 - sure))
    return out


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
