"""Who did it, to whom, to what, with what: the fillers of the incident that a report is about (MUC-4, 1992).

    scores of word pieces ──▶ candidate spans ──▶ entities, role by role ──▶ those that are likely enough

The side network scores each piece for each role by its window alone. Whether the report as a whole tells of an
incident, and whose part in it is told, shows in all of its windows: so every span that may be a filler is first put
together with those that name the same thing, and then weighed by what the whole report gives (`features`). What each
feature counts stands in `fillers.json`, fitted by `training/fillers.py`.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.kit import fold
from sayso.model import Filler, FillerRole, Span

ROLES: tuple[FillerRole, ...] = ("perpetrator", "perpetrator_group", "target", "victim", "weapon")
"""In the order of the scores: column 0 is for none, then begin and inside of each role in turn."""

LEAST = 0.1
"""Chance of a piece from which it can be part of a candidate. Low: the entity is judged later, as a whole."""

GOES_ON = 0.35
"""A candidate goes on while its pieces are at least this share as likely as its first."""

ALMOST = 0.5
"""The longest wording of an entity stands for it among those at least this share as likely as the likeliest."""

MOST = 100
"""Wordings of one role that are looked at, the likeliest first: no report of an incident has so many parties."""

BRIDGE = 0.04
"""Chance of every piece between two candidates of a role from which they are one: names come in many pieces."""

WIDEST_GAP = 16
"""Code points between two candidates that can be one."""

_TABLE = tomllib.loads((files("sayso.reading") / "fillers.toml").read_text(encoding="utf-8"))
_PRONOUNS, _TITLES, _AFTER_HEAD, _SMALL = (
    frozenset(_TABLE[name]) for name in ("pronouns", "titles", "after_head", "small")
)
_EDGE = "|".join(_TABLE["edge"])
_OPENING = re.compile(rf"(?:(?:{_EDGE})\s{{1,3}}){{1,5}}", re.IGNORECASE)
_CLOSING = re.compile(rf"(?:\s{{1,3}}(?:{_EDGE})){{1,5}}$", re.IGNORECASE)
_FIRST_WORD = re.compile(r"([^\W\d_]{1,20})\.?\s{1,3}")
_STOPS = re.compile(r"[.;:!?,()\"“”\n]")

Scored = tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]
"""A window: starts and ends (T,) of its pieces in code points, scores (T, 11)."""


class Candidate(NamedTuple):
    """A span that may be a filler."""

    span: Span
    score: float
    """Mean chance of its pieces, 0 to 1."""
    window: int
    words: str
    """Folded, to be compared."""


class Entity(NamedTuple):
    """Candidates of one role that name the same thing."""

    role: FillerRole
    candidates: tuple[Candidate, ...]

    @property
    def score(self) -> float:
        """That of its likeliest candidate."""
        return max(one.score for one in self.candidates)

    @property
    def fullest(self) -> Candidate:
        """The longest wording that is almost as likely as the likeliest, where it first stands."""
        near = [one for one in self.candidates if one.score >= ALMOST * self.score]
        longest = max((len(one.words), one.words) for one in near)
        return next(one for one in near if (len(one.words), one.words) == longest)


def fillers(text: str, windows: Iterable[Scored]) -> tuple[Filler, ...]:
    """One filler for each entity that is likely enough to have a part in an incident, in the order of the text."""
    least = _weights()["least"]
    found = []
    for entity, facts in weighed(text, windows):
        chance = likely(entity.role, facts)
        if chance >= least[entity.role]:
            found.append(Filler(entity.role, entity.fullest.span, chance))
    return tuple(sorted(found, key=lambda one: (one.span, ROLES.index(one.role))))


def likely(role: str, facts: Mapping[str, float]) -> float:
    """How likely an entity with these features is a filler, 0 to 1."""
    weights = _weights()
    total = sum((weights["all"].get(name, 0.0) + weights[role].get(name, 0.0)) * value for name, value in facts.items())
    return float(1 / (1 + np.exp(-total)))


@cache
def _weights() -> dict[str, dict[str, float]]:
    read: dict[str, dict[str, float]] = json.loads((files("sayso.reading") / "fillers.json").read_text("utf-8"))
    return read


def weighed(text: str, windows: Iterable[Scored]) -> list[tuple[Entity, dict[str, float]]]:
    """Every entity that may be a filler, with its features."""
    found = candidates(text, windows)
    every = {role: together(role, some, text) for role, some in found.items()}
    report = whole(every)
    out = []
    for entities in every.values():
        rivals = sorted((entity.score for entity in entities), reverse=True)
        out += [(entity, features(entity, rivals, report, text)) for entity in entities]
    return out


def candidates(text: str, windows: Iterable[Scored]) -> dict[FillerRole, list[Candidate]]:
    """The candidates of each role, in the order of the text."""
    found: dict[FillerRole, list[Candidate]] = {role: [] for role in ROLES}
    for number, (starts, ends, scores) in enumerate(windows):
        for at, role in enumerate(ROLES):
            chances = _chances(scores, at)
            for first, last in _joined(text, starts, ends, chances):
                span = _trimmed(text, int(starts[first]), int(ends[last - 1]), titles=role == "victim")
                words = fold(text[slice(*span)])
                if len(words) > 1 and words not in _PRONOUNS:
                    score = float((1 - chances[first:last, 0]).mean())
                    found[role].append(Candidate(span, score, number, words))
    return found


def _chances(scores: NDArray[np.float32], role: int) -> NDArray[np.float64]:
    """(T, 3): chance of none, begin and inside of one role. Other roles are left out: two may share a word."""
    some = scores[:, [1 + 2 * role, 2 + 2 * role]].astype(np.float64) - scores[:, :1]
    some = np.concatenate([np.zeros((len(some), 1)), some], 1)
    some = np.exp(some - some.max(1, keepdims=True))
    out: NDArray[np.float64] = some / some.sum(1, keepdims=True)
    return out


def _joined(
    text: str, starts: NDArray[np.int64], ends: NDArray[np.int64], chances: NDArray[np.float64]
) -> Iterator[tuple[int, int]]:
    """The runs of a window, those taken for one that little lies between."""
    inside = 1 - chances[:, 0]
    first, last = 0, 0
    for begin, end in _runs(inside, chances[:, 1] > chances[:, 2]):
        gap = text[int(ends[last - 1]) : int(starts[begin])] if last else "."
        likely = inside[last:begin].min() >= BRIDGE if last < begin else chances[begin, 2] > chances[begin, 1] / 2
        if likely and len(gap) <= WIDEST_GAP and not _STOPS.search(gap):
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


def together(role: FillerRole, found: Sequence[Candidate], text: str) -> list[Entity]:
    """Candidates put together to entities, the likeliest wordings first. The order of candidates changes nothing."""
    wordings: defaultdict[str, list[Candidate]] = defaultdict(list)
    for one in found:
        wordings[one.words].append(one)
    low = fold(text) if role == "perpetrator_group" else ""
    ranked = sorted(wordings, key=lambda words: (-max(one.score for one in wordings[words]), words))[:MOST]
    groups: list[list[str]] = []
    for words in ranked:
        home = next((group for group in groups if any(_same(role, words, other, low) for other in group)), None)
        if home is None:
            groups.append([words])
        else:
            home.append(words)
    return [Entity(role, tuple(sorted(one for words in group for one in wordings[words]))) for group in groups]


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
    if word.endswith("men"):
        return f"{word[:-3]}man"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


class Whole(NamedTuple):
    """What the candidates of a report say together."""

    peaks: Mapping[FillerRole, Mapping[int, float]]
    """The best score of each role in each window that has any."""
    total: float
    """Of all scores."""


def whole(every: Mapping[FillerRole, Sequence[Entity]]) -> Whole:
    """Sums up a report, so that each entity can be held against it."""
    peaks: dict[FillerRole, dict[int, float]] = {role: {} for role in ROLES}
    total = 0.0
    for role, entities in every.items():
        for one in (each for entity in entities for each in entity.candidates):
            peaks[role][one.window] = max(one.score, peaks[role].get(one.window, 0.0))
            total += one.score
    return Whole(peaks, total)


def features(entity: Entity, rivals: Sequence[float], report: Whole, text: str) -> dict[str, float]:
    """What speaks for an entity, by name: its own scores, and those of the rest of the report.

    `rivals` are the scores of all entities of its role, best first.
    """
    own = [one.score for one in entity.candidates]
    here = {one.window for one in entity.candidates}
    others = [peaks for role, peaks in report.peaks.items() if role != entity.role]
    near = (peaks.get(window, 0.0) for peaks in others for window in here)
    return {
        "bias": 1.0,
        "best": _odds(max(own)),
        "sum": float(np.log(sum(own) + 0.05)),
        "mean": _odds(sum(own) / len(own)),
        "others": _odds(max((max(peaks.values()) for peaks in others if peaks), default=0.0)),
        "near": _odds(max(near, default=0.0)),
        "all": float(np.log1p(report.total)),
        "behind": float(min(rivals.index(entity.score), 4)),
        "late": min(min(one.span.start for one in entity.candidates) / 1500, 2.0),
        "words": min(len(entity.fullest.words.split()), 8) / 4,
        "long": float(np.log(max(len(text), 100) / 1000)),
    }


def _odds(chance: float) -> float:
    bounded = min(max(chance, 0.001), 0.999)
    return float(np.log(bounded / (1 - bounded)))
