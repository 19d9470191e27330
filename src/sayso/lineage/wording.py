"""The words of all reports, one after another, and what each weighs as a sign of copying.

    texts ─▶ words, numbered ─▶ shingles: hashes of a few words in a row ─▶ links: where an earlier report has the same

Everything is kept in arrays: a hundred thousand reports are tens of millions of words.
"""

from __future__ import annotations

import re
import tomllib
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sayso.kit import digest
from sayso.lineage.marks import quoted_stretches
from sayso.model import Report, Span

CONTENT, NAME, FUNCTION = 10, 4, 2
"""What a word in the same place of two texts weighs, in tenths. Names, numbers and small words stand in every report
of the same event. A rule of thumb."""

FURNITURE_WORDS = 8
FURNITURE_REPORTS = 4
"""Eight words in a row that stand in so many reports of one recorded publisher are page furniture or its standing
background, and no sign of copying. A rule of thumb."""

AT_ONCE = 4_000_000
"""Shingles that are sorted at once: the memory for sorting stays the same however many there are."""

_WORD = re.compile(r"[^\W_]+")

Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Whole = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Wording:
    """All words of all reports, in the order of the reports. An earlier report comes first."""

    word: Whole
    """A number for each word; the same word, whatever its case, has the same number."""
    report: Whole
    """Which report it stands in."""
    starts: Whole
    ends: Whole
    """Offsets in that report's text."""
    quoted: Flags
    """Whether it stands between quotation marks."""
    is_furniture: Flags
    """Whether it stands in page furniture or a publisher's standing background."""
    value: Whole
    """What it weighs, in tenths."""
    weight: Whole
    """The same, but 0 for words between quotation marks and page furniture."""
    first: Numbers
    """By report its first word; with the number of all words at the end."""
    publisher: Numbers
    """By report a number: the same for what came from the same site or, without an address, the same publisher."""
    address: Numbers
    """By report a number: the same for versions of the same address."""

    def span(self, first: int, end: int) -> Span:
        """Where the words from `first` up to `end` stand in their report."""
        return Span(int(self.starts[first]), int(self.ends[end - 1]))


@cache
def words_of(table: str) -> frozenset[str]:
    """One of the lists of words beside this file."""
    found: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("wording.toml").read_text("utf-8"))
    return frozenset(found[table])


def wording(reports: Sequence[Report], addresses: Sequence[str]) -> Wording:
    """The words of these reports. `addresses`: what stands for the address of each, "" where none is recorded."""
    forms: dict[str, int] = {}
    form, starts, ends, counts = array("i"), array("i"), array("i"), [0]
    quoted = []
    for report in reports:
        before = len(form)
        for match in _WORD.finditer(report.text):
            form.append(forms.setdefault(match[0], len(forms)))
            starts.append(match.start())
            ends.append(match.end())
        counts.append(len(form) - before)
        quoted.append(_inside(np.array(starts[before:], np.int32), quoted_stretches(report.text)))
    folded, weights = _vocabulary(list(forms))
    both = list(zip(reports, addresses, strict=True))
    spelled = np.array(form, np.int32)
    word = folded[spelled]
    owner = np.repeat(np.arange(len(reports), dtype=np.int32), counts[1:])
    inside = np.concatenate(quoted) if quoted else np.zeros(0, bool)
    publisher = _numbered([address.partition("/")[0] or one.publisher or f"\0{one.id}" for one, address in both])
    furniture = _furniture(word, owner, publisher)
    value = weights[spelled]
    return Wording(
        word,
        owner,
        np.array(starts, np.int32),
        np.array(ends, np.int32),
        inside,
        furniture,
        value,
        np.where(inside | furniture, 0, value).astype(np.int8),
        np.cumsum(counts, dtype=np.int64),
        publisher,
        _numbered([address or f"\0{one.id}" for one, address in both]),
    )


def _inside(starts: Whole, stretches: Sequence[Span]) -> Flags:
    if not stretches:
        return np.zeros(len(starts), bool)
    at = np.searchsorted([one.start for one in stretches], starts, side="right") - 1
    ends = np.array([one.end for one in stretches])
    return (at >= 0) & (starts < ends[at])


def _numbered(names: Sequence[str]) -> Numbers:
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], np.int64)


def _vocabulary(forms: list[str]) -> tuple[Whole, Whole]:
    """For each spelling the number of its word and its weight.

    A name is what no report writes small.
    """
    small, function = set(forms), words_of("function")
    folded: dict[str, int] = {}
    number = np.empty(len(forms), np.int32)
    weight = np.empty(len(forms), np.int8)
    for index, form in enumerate(forms):
        plain = form.casefold()
        number[index] = folded.setdefault(plain, len(folded))
        is_name = not form[0].islower() and plain not in small
        weight[index] = FUNCTION if plain in function or len(plain) == 1 else NAME if is_name else CONTENT
    return number, weight


def shingles(word: Whole, length: int) -> Numbers:
    """For each place, a number that stands for so many words from there on.

    Hashes, taken modulo 2^64: two different shingles may share one. What is found by them is checked word by word.
    """
    size = max(0, len(word) - length + 1)
    factor = np.uint64(int(digest("sayso shingle")[:16], 16) | 1)
    hashes = np.zeros(size, np.uint64)
    for step in range(length):
        mixed = (word[step : step + size].astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        hashes *= factor
        hashes += mixed ^ (mixed >> np.uint64(29))
    hashes ^= hashes >> np.uint64(31)
    return hashes.view(np.int64)


def groups(hashes: Numbers, places: Whole) -> Iterator[tuple[Whole, Numbers]]:
    """The places of equal shingles, those that stand once left out: (places, for each where its group begins).

    A part of all groups at a time; within a group the places are in order.
    """
    parts = 1 + len(places) // AT_ONCE
    part = (hashes.view(np.uint64)[places] % np.uint64(parts)).astype(np.int16)
    for number in range(parts):
        some = places[part == number]
        order = some[np.argsort(hashes[some], kind="stable")]
        is_new = np.r_[True, np.diff(hashes[order]) != 0] if len(order) else np.zeros(0, bool)
        is_alone = is_new & np.r_[is_new[1:], True] if len(order) else is_new
        order, is_new = order[~is_alone], is_new[~is_alone]
        if len(order):
            yield order, np.flatnonzero(is_new)[np.cumsum(is_new) - 1]


def whole(report: Whole, length: int) -> Flags:
    """Where so many words from there on stand in one report."""
    size = max(0, len(report) - length + 1)
    return np.asarray(report[:size] == report[length - 1 :][:size])


def _furniture(word: Whole, report: Whole, publisher: Numbers) -> Flags:
    """Which words stand in a shingle that too many reports of one publisher have."""
    out = np.zeros(len(word), bool)
    hashes = shingles(word, FURNITURE_WORDS)
    for order, begins in groups(hashes, np.flatnonzero(whole(report, FURNITURE_WORDS)).astype(np.int32)):
        many = np.bincount(begins, minlength=len(order))[begins] >= FURNITURE_REPORTS
        places, group = order[many], begins[many]
        groups_of, reports = np.divmod(np.unique(group * len(publisher) + report[places]), len(publisher))
        of_publisher, counts = np.unique(groups_of * len(publisher) + publisher[reports], return_counts=True)
        common = of_publisher[counts >= FURNITURE_REPORTS] // len(publisher)
        found = places[np.isin(group, common)]
        for step in range(FURNITURE_WORDS):
            out[found + step] = True
    return out


def apart(words: Wording, here: Whole, there: Whole) -> tuple[Whole, Whole]:
    """Those links that lead to a report of another address."""
    kept = words.address[words.report[here]] != words.address[words.report[there]]
    return here[kept], there[kept]


def runs(here: Whole, there: Whole, report: Whole, length: int) -> tuple[Numbers, Numbers, Numbers]:
    """Links of shingles of so many words joined to unbroken runs: places in the copy and the original, words."""
    order = np.lexsort((here, there.astype(np.int64) - here))
    here, there = here[order].astype(np.int64), there[order].astype(np.int64)
    if not len(here):
        return here, there, here
    is_break = (np.diff(here) != 1) | (np.diff(there) != 1)
    is_break |= (np.diff(report[here]) != 0) | (np.diff(report[there]) != 0)
    begins = np.r_[0, np.flatnonzero(is_break) + 1]
    last = np.r_[begins[1:], len(here)] - 1
    return here[begins], there[begins], here[last] - here[begins] + length
