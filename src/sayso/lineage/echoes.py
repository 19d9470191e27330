"""Who echoes whom: reports that hold passages of an earlier report word for word.

A first version, of passages alone. It finds runs of the same words, whatever the punctuation and the case between
them; it does not find paraphrase, nor copies edited every few words, nor relays ("the Courier reported"), which are in
the chains.

    texts ─▶ words ─▶ shingles of 8 words ─▶ the earliest report that has each ─▶ runs, widened and checked word by word

Each passage of a report leads to the earliest report that holds it, so the work grows with the words, not with the
pairs of reports. "Earliest" is by publication date; reports without one come last; the same date is settled by id,
which says nothing about who was first: the score and the passages hold either way.
"""

from __future__ import annotations

import re
from array import array
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import numpy.typing as npt

from sayso.kit import digest
from sayso.model import Echo, Report, Span

SHINGLE_WORDS = 8
"""Words hashed together. Eight is also the length from which the same quotation points to a common origin."""

LEAST_PASSAGE_WORDS = 12
"""Shorter runs are chance, names with titles, or a quotation that anybody may have heard. A rule of thumb."""

FURNITURE_REPORTS = 4
"""What stands word for word in so many reports of one recorded publisher is page furniture or its standing background,
and no sign of copying. A rule of thumb."""

_WORD = re.compile(r"[^\W_]+")

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Words:
    """All words of all reports, one after another, in the order of the reports."""

    word: Numbers
    """A number for each word; the same word has the same number."""
    report: Numbers
    """Which report it stands in."""
    starts: Numbers
    ends: Numbers
    """Offsets in that report's text."""


def trace(reports: tuple[Report, ...]) -> tuple[Echo, ...]:
    """Passages of at least 12 words that stand word for word in an earlier report. Copies by id, then originals."""
    ordered = sorted(reports, key=lambda report: (report.published == "", report.published, report.id))
    words = _words(ordered)
    if len(words.word) < LEAST_PASSAGE_WORDS:
        return ()
    passages: defaultdict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for here, there, length in _runs(words, _shingles(words), _publishers(ordered)):
        start, origin, full = _widened(words, here, there, length)
        if full >= LEAST_PASSAGE_WORDS:
            passages[int(words.report[start]), int(words.report[origin])].append((start, origin, full))
    totals = np.bincount(words.report, minlength=len(ordered))
    echoes = [
        _echo(words, (ordered[copy].id, ordered[original].id), found, int(totals[copy]))
        for (copy, original), found in passages.items()
    ]
    return tuple(sorted(echoes, key=lambda echo: (echo.copy, echo.original)))


def _words(reports: list[Report]) -> _Words:
    numbers: dict[str, int] = {}
    word, starts, ends, counts = array("q"), array("q"), array("q"), array("q")
    for report in reports:
        before = len(word)
        for match in _WORD.finditer(report.text):
            word.append(numbers.setdefault(match[0].casefold(), len(numbers)))
            starts.append(match.start())
            ends.append(match.end())
        counts.append(len(word) - before)
    owner = np.repeat(np.arange(len(reports), dtype=np.int64), counts)
    return _Words(np.array(word), owner, np.array(starts), np.array(ends))


def _shingles(words: _Words) -> Numbers:
    """For each place, a number that stands for the eight words from there on.

    Hashes, taken modulo 2^64: two different shingles may share one. Runs are checked word by word afterwards.
    """
    size = len(words.word) - SHINGLE_WORDS + 1
    factor = np.uint64(int(digest("sayso shingle")[:16], 16) | 1)
    hashes = np.zeros(size, np.uint64)
    mixed = (words.word.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    for step in range(SHINGLE_WORDS):
        hashes = hashes * factor + mixed[step : step + size]
    return hashes.view(np.int64)


def _publishers(reports: list[Report]) -> Numbers:
    """A number for each report's publisher; a report without a recorded one has a number of its own."""
    known: dict[str, int] = {}
    return np.array(
        [known.setdefault(report.publisher or f"\0{report.id}", len(known)) for report in reports], np.int64
    )


def _runs(words: _Words, shingles: Numbers, publishers: Numbers) -> Iterator[tuple[int, int, int]]:
    """(place in the copy, place in the original, words): unbroken runs of shingles that an earlier report has."""
    here, there = _matches(words, shingles, publishers)
    if not len(here):
        return
    breaks = np.flatnonzero((np.diff(here) != 1) | (np.diff(there) != 1) | np.diff(words.report[here]).astype(bool)) + 1
    for first, last in zip(np.r_[0, breaks], np.r_[breaks, len(here)] - 1, strict=True):
        yield int(here[first]), int(there[first]), int(here[last] - here[first]) + SHINGLE_WORDS


def _matches(words: _Words, shingles: Numbers, publishers: Numbers) -> tuple[Numbers, Numbers]:
    """Places of shingles that stand in an earlier report too, and their first place there."""
    size = len(shingles)
    is_whole = words.report[:size] == words.report[SHINGLE_WORDS - 1 :][:size]
    places = np.flatnonzero(is_whole)
    if not len(places):
        return places, places
    order = places[np.argsort(shingles[places], kind="stable")]
    is_new = np.r_[True, np.diff(shingles[order]) != 0]
    group = np.cumsum(is_new) - 1
    first = order[is_new][group]
    is_echo = words.report[order] != words.report[first]
    is_echo &= ~_furniture(group, words.report[order], publishers)
    here, there = order[is_echo], first[is_echo]
    by_place = np.argsort(here, kind="stable")
    return here[by_place], there[by_place]


def _furniture(group: Numbers, report: Numbers, publishers: Numbers) -> npt.NDArray[np.bool_]:
    """Which shingles (in groups of equal ones) stand in too many reports of one publisher."""
    is_common = np.bincount(group)[group] >= FURNITURE_REPORTS
    in_report = np.unique(group[is_common] * len(publishers) + report[is_common])
    groups, reports = np.divmod(in_report, len(publishers))
    of_publisher, counts = np.unique(groups * len(publishers) + publishers[reports], return_counts=True)
    return np.isin(group, of_publisher[counts >= FURNITURE_REPORTS] // len(publishers))


def _widened(words: _Words, here: int, there: int, length: int) -> tuple[int, int, int]:
    """The longest run of the same words around this one, inside both reports; nothing if the hashes deceived."""
    if not np.array_equal(words.word[here : here + length], words.word[there : there + length]):
        return here, there, 0
    while here and there and _same(words, here, there, -1):
        here, there, length = here - 1, there - 1, length + 1
    last = len(words.word) - 1
    while max(here, there) + length <= last and _same(words, here + length - 1, there + length - 1, 1):
        length += 1
    return here, there, length


def _same(words: _Words, here: int, there: int, step: int) -> bool:
    """Whether the next words in this direction are the same and still in the same reports."""
    return bool(
        words.word[here + step] == words.word[there + step]
        and words.report[here + step] == words.report[here]
        and words.report[there + step] == words.report[there]
    )


def _echo(words: _Words, pair: tuple[str, str], found: list[tuple[int, int, int]], total: int) -> Echo:
    kept = list(_without_overlaps(found))
    passages = tuple((_span(words, here, length), _span(words, there, length)) for here, there, length in kept)
    return Echo(*pair, passages, round(sum(length for _, _, length in kept) / total, 4))


def _without_overlaps(found: list[tuple[int, int, int]]) -> Iterator[tuple[int, int, int]]:
    """Passages in the order of the copy; of those that overlap there, the one that begins first, else the longest."""
    end = -1
    for _, same_start in groupby(sorted(set(found)), key=lambda passage: passage[0]):
        passage = max(same_start, key=lambda one: (one[2], -one[1]))
        if passage[0] >= end:
            yield passage
            end = passage[0] + passage[2]


def _span(words: _Words, first: int, length: int) -> Span:
    return Span(int(words.starts[first]), int(words.ends[first + length - 1]))
