"""Who did it, to whom, to what, with what: the fillers of the incident that a report is about (MUC-4, 1992).

    scores of word pieces, marked mentions ──▶ candidate spans ──▶ entities, role by role ──▶ the likely ones

The side network scores each piece for each role by its window alone, and is often wrong about where a filler ends. So
the spans that other data sets taught it to mark stand as candidates beside its own, and each is weighed by all scores
in and around it. Candidates that name the same thing are then put together to entities, and these weighed by what the
whole report gives: whether it tells of an incident at all shows in all of its windows. What each feature counts stands
in `fillers.json`, fitted by `training/fillers.py`.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from itertools import combinations
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from sayso.kit import fold, shared
from sayso.model import Filler, FillerRole, Span
from sayso.reading.side import Marked

ROLES: tuple[FillerRole, ...] = get_args(FillerRole)
"""In the order of the scores: column 0 is for none, then begin and inside of each role in turn."""

LEAST = 0.08
"""Chance of its likeliest piece from which a span is a candidate. Low: the entity is judged later, as a whole."""

GOES_ON = 0.35
"""A run of pieces goes on while they are at least this share as likely as its first."""

BRIDGE, WIDEST_GAP = 0.04, 16
"""Chance of every piece between two runs of a role from which they are one, and the most code points between them."""

MOST = 60
"""Wordings of one role that are looked at, the likeliest first: no report of an incident has so many parties."""

_TABLE = tomllib.loads((files("sayso.reading") / "fillers.toml").read_text(encoding="utf-8"))
_PRONOUNS, _TITLES, _AFTER_HEAD, _SMALL = (
    frozenset(_TABLE[name]) for name in ("pronouns", "titles", "after_head", "small")
)
_TITLED = frozenset({"victim"})
"""Roles whose fillers are named without the titles before them."""
_EDGE = "|".join(_TABLE["edge"])
_OPENING = re.compile(rf"(?:(?:{_EDGE})\s{{1,3}}){{1,5}}", re.IGNORECASE)
_CLOSING = re.compile(rf"(?:\s{{1,3}}(?:{_EDGE})){{1,5}}$", re.IGNORECASE)
_FIRST_WORD = re.compile(r"([^\W\d_]{1,20})\.?\s{1,3}")
_STOPS = re.compile(r"[.;:!?,()\"“”\n]")

Scored = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]
"""A window: starts and ends (T,) of its pieces in code points, scores (T, 11)."""

Facts = dict[str, float]
Table = Mapping[str, Mapping[str, float]]
"""Weights of features: under "all" for every role, under a role what it adds."""


class Candidate(NamedTuple):
    """A span that may be a filler."""

    role: FillerRole
    span: Span
    words: str
    """Folded, to be compared."""
    window: int
    facts: Facts


class Wording(NamedTuple):
    """All candidates of a role with the same words."""

    words: str
    score: float
    """That of its likeliest candidate, 0 to 1."""
    candidates: tuple[tuple[float, Candidate], ...]
    """Each with its score, the likeliest first, then in the order of the text."""


class Entity(NamedTuple):
    """Wordings of one role that name the same thing, the likeliest first: this one stands for it."""

    role: FillerRole
    wordings: tuple[Wording, ...]


def fillers(text: str, windows: Iterable[Scored], marks: Mapping[str, Sequence[Marked]]) -> tuple[Filler, ...]:
    """One filler for each entity that is likely enough to have a part in an incident, in the order of the text.

    `marks` are the mentions that the side network marks, by scheme.
    """
    every = weights()
    found = []
    for entity, facts in weighed(text, candidates(text, windows, marks), every["span"]):
        chance = likely(entity.role, facts, every["entity"])
        if chance >= every["least"]["all"][entity.role]:
            found.append(Filler(entity.role, entity.wordings[0].candidates[0][1].span, chance))
    return tuple(sorted(found, key=lambda one: (one.span, ROLES.index(one.role))))


def likely(role: str, facts: Mapping[str, float], table: Table) -> float:
    """How likely something with these features is a filler of this role, 0 to 1."""
    common, own = table["all"], table[role]
    # An exact sum: facts come in any order.
    total = math.fsum((common.get(name, 0.0) + own.get(name, 0.0)) * value for name, value in facts.items())
    return float(1 / (1 + np.exp(-np.clip(total, -30, 30))))


@cache
def weights() -> dict[str, Table]:
    """The shipped weights: "span" of candidates, "entity" of entities, "least" the chance that each role must reach."""
    read: dict[str, Table] = json.loads((files("sayso.reading") / "fillers.json").read_text("utf-8"))
    return read


def candidates(text: str, windows: Iterable[Scored], marks: Mapping[str, Sequence[Marked]]) -> list[Candidate]:
    """Every span that may be a filler, window by window, role by role."""
    ordered = sorted((one.start, one.end, scheme, one.kind) for scheme, some in marks.items() for one in some)
    firsts = [one[0] for one in ordered]
    out: list[Candidate] = []
    for number, (starts, ends, scores) in enumerate(windows):
        if not len(starts):
            continue
        here = ordered[bisect_left(firsts, int(starts[0])) : bisect_left(firsts, int(ends[-1]))]
        near = cache(partial(_near, text, starts, ends, here))
        for at, role in enumerate(ROLES):
            pieces = _Pieces(text, starts, ends, _chances(scores, at))
            if 1 - pieces.chances[:, 0].min() >= LEAST:
                out += _of_window(pieces, role, number, near(role in _TITLED))
    return out


class _Pieces(NamedTuple):
    """One window for one role."""

    text: str
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    chances: NDArray[np.float64]
    """(T, 3): of none, begin and inside."""


def _chances(scores: NDArray[np.float32], role: int) -> NDArray[np.float64]:
    """(T, 3): chance of none, begin and inside of one role. Other roles are left out: two may share a word."""
    some = scores[:, [1 + 2 * role, 2 + 2 * role]].astype(np.float64) - scores[:, :1]
    some = np.concatenate([np.zeros((len(some), 1)), some], 1)
    some = np.exp(some - some.max(1, keepdims=True))
    out: NDArray[np.float64] = some / some.sum(1, keepdims=True)
    return out


class _Near(NamedTuple):
    """The marked mentions of one window."""

    marks: list[tuple[Span, str, str]]
    """Trimmed, with scheme and kind."""
    firsts: NDArray[np.int64]
    """Of each its first piece."""
    lasts: NDArray[np.int64]
    """Of each the piece behind it."""


def _near(
    text: str, starts: NDArray[np.int64], ends: NDArray[np.int64], marks: Sequence[tuple[int, int, str, str]],
    titled: bool,  # noqa: FBT001 - remembered by this value
) -> _Near:  # fmt: skip
    spans = [_trimmed(text, start, end, titles=titled) for start, end, _, _ in marks]
    places = np.array(spans, dtype=np.int64).reshape(-1, 2)
    firsts, lasts = np.searchsorted(ends, places[:, 0], "right"), np.searchsorted(starts, places[:, 1], "left")
    return _Near([(span, *mark[2:]) for span, mark in zip(spans, marks, strict=True)], firsts, lasts)


def _of_window(pieces: _Pieces, role: FillerRole, number: int, near: _Near) -> Iterator[Candidate]:
    """The runs of likely pieces, and the marked mentions with a likely piece in them."""
    titles = role in _TITLED
    runs = [
        _trimmed(pieces.text, int(pieces.starts[first]), int(pieces.ends[last - 1]), titles=titles)
        for first, last in _joined(pieces)
    ]
    signs: defaultdict[Span, set[str]] = defaultdict(set)
    for span in runs:
        signs[span].add("run")
    likely = np.append(0, np.cumsum(1 - pieces.chances[:, 0] >= LEAST))
    for at in np.flatnonzero((near.firsts < near.lasts) & (likely[near.firsts] < likely[near.lasts])).tolist():
        span, scheme, kind = near.marks[at]
        signs[span] |= {scheme, f"{scheme} {kind}"}
    for span in sorted(signs):
        words = fold(pieces.text[slice(*span)])
        facts = _span_facts(pieces, span, words, runs) if len(words) > 1 and words not in _PRONOUNS else None
        if facts:
            yield Candidate(role, span, words, number, facts | dict.fromkeys(signs[span], 1.0))


def _span_facts(pieces: _Pieces, span: Span, words: str, runs: Sequence[Span]) -> Facts | None:
    """What speaks for a span: the scores in it, before and behind it, and its form. None if no piece is likely."""
    first = int(np.searchsorted(pieces.ends, span.start, "right"))
    last = int(np.searchsorted(pieces.starts, span.end, "left"))
    inside = 1 - pieces.chances[:, 0]
    own = inside[first:last]
    if first >= last or own.max() < LEAST:
        return None
    goes_on = last < len(inside) and pieces.chances[last, 1] < pieces.chances[last, 2]
    size = len(words.split())
    return {
        "bias": 1.0,
        "mean": odds(own.mean()),
        "min": odds(own.min()),
        "max": odds(own.max()),
        "begin": odds(pieces.chances[first, 1]),
        "last": odds(own[-1]),
        "before": odds(inside[first - 1] if first else 0.0),
        "behind": odds(inside[last] if goes_on else 0.0),
        "overlap": max((_overlap(span, run) for run in runs), default=0.0),
        "words": min(size, 8) / 4,
        "one word": float(size == 1),
        "capital": float(pieces.text[span.start].isupper()),
        "digits": float(any(sign.isdigit() for sign in words)),
    }


def odds(chance: float) -> float:
    """Log odds, between -7 and 7."""
    bounded = min(max(float(chance), 0.001), 0.999)
    return float(np.log(bounded / (1 - bounded)))


def _overlap(one: Span, other: Span) -> float:
    return max(0, shared(one, other)) / (max(one.end, other.end) - min(one.start, other.start))


def _joined(pieces: _Pieces) -> Iterator[tuple[int, int]]:
    """The runs of a window, those taken for one that little lies between."""
    chances, inside = pieces.chances, 1 - pieces.chances[:, 0]
    first, last = 0, 0
    for begin, end in _runs(inside, chances[:, 1] > chances[:, 2]):
        gap = pieces.text[int(pieces.ends[last - 1]) : int(pieces.starts[begin])] if last else "."
        joins = inside[last:begin].min() >= BRIDGE if last < begin else chances[begin, 2] > chances[begin, 1] / 2
        if joins and len(gap) <= WIDEST_GAP and not _STOPS.search(gap):
            last = end
            continue
        if last:
            yield first, last
        first, last = begin, end
    if last:
        yield first, last


def _runs(inside: NDArray[np.float64], begins: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """Pieces [first, last): likely ones in a row, a new run where beginning is likelier than going on."""
    first, size = 0, len(inside)
    while first < size:
        last = first + 1
        if inside[first] >= LEAST:
            floor = max(LEAST, GOES_ON * inside[first])
            while last < size and inside[last] >= floor and not begins[last]:
                last += 1
            yield first, last
        first = last


def _trimmed(text: str, start: int, end: int, *, titles: bool) -> Span:
    """The span out to whole words, without the small words and marks at its ends, nor the titles before a name."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    opening = _OPENING.match(text, start, end)
    start = opening.end() if opening and opening.end() < end else start
    closing = _CLOSING.search(text[start:end])
    end = start + closing.start() if closing else end
    while titles and (first := _FIRST_WORD.match(text, start, end)) and first[1].lower() in _TITLES:
        start = first.end()
    while end > start and not text[end - 1].isalnum():
        end -= 1
    while start < end and not text[start].isalnum():
        start += 1
    return Span(start, end)


def weighed(text: str, found: Sequence[Candidate], table: Table) -> list[tuple[Entity, Facts]]:
    """Every entity that may be a filler, with its features; `table` weighs candidates."""
    scored = [(likely(one.role, one.facts, table), one) for one in found]
    entities = [each for role in ROLES for each in together(role, [one for one in scored if one[1].role == role], text)]
    total = sum(score for score, _ in scored)
    peaks: defaultdict[tuple[str, int], float] = defaultdict(float)
    for score, one in scored:
        for window in (one.window, -1):
            peaks[one.role, window] = max(score, peaks[one.role, window])
    out = []
    for role in ROLES:
        rivals = [one for one in entities if one.role == role]
        for rank, entity in enumerate(rivals):
            facts = _entity_facts(entity, peaks, rivals[0].wordings[0].score)
            more = {"total": float(np.log1p(total)), "rank": float(min(rank, 4))}
            out.append((entity, facts | more | {"long": float(np.log(max(len(text), 100) / 1000))}))
    return out


def together(role: FillerRole, found: Sequence[tuple[float, Candidate]], text: str) -> list[Entity]:
    """Candidates of a role put together to entities, the likeliest first. Their order changes nothing."""
    by_words: defaultdict[str, list[tuple[float, Candidate]]] = defaultdict(list)
    for score, one in found:
        by_words[one.words].append((score, one))
    wordings = []
    for words, some in by_words.items():
        ordered = sorted(some, key=lambda each: (-each[0], each[1].span))
        wordings.append(Wording(words, ordered[0][0], tuple(ordered)))
    low = fold(text) if role == "perpetrator_group" else ""
    beside = _sharing([one for _, one in found])
    groups: list[list[Wording]] = []
    for wording in sorted(wordings, key=lambda one: (-one.score, one.words))[:MOST]:
        homes = (group for group in groups if any(_same(role, wording.words, one.words, low) for one in group[:3]))
        near = (group for group in groups if any(one.words in beside[wording.words] for one in group))
        home = next(homes, None) or next(near, None)
        if home is None:
            groups.append([wording])
        else:
            home.append(wording)
    return [Entity(role, tuple(group)) for group in groups]


def _sharing(found: Sequence[Candidate]) -> defaultdict[str, set[str]]:
    """Words to those of the candidates that overlap one of theirs."""
    windows: defaultdict[int, list[Candidate]] = defaultdict(list)
    for one in found:
        windows[one.window].append(one)
    out: defaultdict[str, set[str]] = defaultdict(set)
    for some in windows.values():
        for one, other in combinations(some, 2):
            if one.span.start < other.span.end and other.span.start < one.span.end:
                out[one.words].add(other.words)
                out[other.words].add(one.words)
    return out


def _same(role: FillerRole, one: str, other: str, low: str) -> bool:
    """Whether two wordings name the same: one holds the other's words, or is its acronym, or its bare head."""
    here, there = one.split(), other.split()
    if set(here) <= set(there) or set(there) <= set(here):
        return True
    if role == "victim":
        return False
    if role == "perpetrator_group":
        return _short_for(here, there, low) or _short_for(there, here, low)
    return 1 in {len(here), len(there)} and _singular(_head(here)) == _singular(_head(there))


def _short_for(short: Sequence[str], name: Sequence[str], low: str) -> bool:
    """Whether a word is a name's acronym, by its letters or because it stands right beside it."""
    if len(short) != 1 or len(name) < 2:
        return False
    letters = "".join(word[0] for word in name if word not in _SMALL)
    full = " ".join(name)
    return short[0] == letters or f" {full} {short[0]} " in f" {low} " or f" {short[0]} {full} " in f" {low} "


def _head(words: Sequence[str]) -> str:
    """The word that says what it is: the one before "of", "with", "in" …, else the last."""
    return next((words[i - 1] for i, word in enumerate(words) if i and word in _AFTER_HEAD), words[-1])


def _singular(word: str) -> str:
    """Plainer than `nouns.singular`: the weights of entities were fitted on what this puts together."""
    if word.endswith("men"):
        return f"{word[:-3]}man"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _entity_facts(entity: Entity, peaks: Mapping[tuple[str, int], float], first: float) -> Facts:
    """What speaks for an entity: its scores, and the best of the other roles in the report and in its windows.

    `peaks` has the best score of a role in a window, under -1 in the report; `first` that of the role's first entity.
    """
    best = entity.wordings[0]
    others = [role for role in ROLES if role != entity.role]
    windows = {one.window for _, one in best.candidates}
    return {
        "bias": 1.0,
        "best": odds(best.score),
        "sum": float(np.log(sum(score for score, _ in best.candidates) + 0.05)),
        "all": float(np.log(sum(score for one in entity.wordings for score, _ in one.candidates) + 0.05)),
        "number": float(np.log(len(best.candidates))),
        "others": odds(max(peaks.get((role, -1), 0.0) for role in others)),
        "near": odds(max(peaks.get((role, window), 0.0) for role in others for window in windows)),
        "gap": odds(first) - odds(best.score),
        "late": min(min(one.span.start for _, one in best.candidates) / 1500, 2.0),
        "words": min(len(best.words.split()), 8) / 4,
    }
