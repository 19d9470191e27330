"""Passages that one report took from another, edited or not.

    shingles of 4 words ─▶ links to earlier reports ─▶ runs ─▶ chains: runs in the same order, close together
        ─▶ the words around both sides aligned ─▶ the stretch of most agreement ─▶ the best original of each passage

A word that stands in both texts in the same order counts for copying by its weight, one that stands in one of them
only counts against it; the passage is the stretch with the largest sum (a local alignment as of Smith and Waterman,
1981, over the longest common subsequence). Words between quotation marks count neither way: anybody may have heard
them. Common shingles lead nowhere unless they go on for eight words, and then to the earliest reports only, so that
the work grows with the words, not with the pairs of reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import log
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import LCSseq

from sayso.lineage.wording import Numbers, Whole, Wording, apart, groups, runs, shingles, whole

SHORT, LONG = 4, 8
"""Words in a shingle. With half of the words edited one in sixteen of the short ones is left."""

MOST_HOLDERS = 12
"""A short shingle that stands in more places is a common phrase."""

LEAST_SEED = 10
"""Weight of a short shingle that leads anywhere: one word of content."""

GAP_WORDS = 24
"""Runs that are farther apart begin another chain."""

AROUND_WORDS = 16
"""So many words before and behind a chain are aligned with it."""

LONGEST_GAP = 12
"""Words that only one of the texts has, in a row: more of them end a passage."""

LONGEST_CHAIN = 2_000
"""Words: what is longer is looked at in pieces, as aligning grows with the square."""

COST = 0.4
"""What a word that stands in one of the two texts only costs, as a share of its weight."""

LEAST_SCORE = 50.0
LEAST_SAME = 12
LEAST_SHARE = 0.4
"""A passage has at least this weight after costs (tenths), so many words that are the same, and these are at least this
share of its weight. Rules of thumb: at half of the words edited about half are the same, in two texts on the same
event that were written apart about an eighth."""

LEAST_ALONE = 120.0
LEAST_RUN, LEAST_OF_RUN = 16, 60.0
LEAST_TOGETHER = 220.0
LEAST_OF_WHOLE, MOST_OF_WHOLE = 0.1, 0.4
"""A passage counts alone from this weight on, or from a lesser one with so many words in a row. Weaker ones count if
together with the others of the same two reports they have the third and are a tenth of the copy's weight, or if they
are most of the copy. What everybody writes of an event ("the attack that killed three people and injured more than")
is shorter and stands alone. Rules of thumb."""

STEP = 1.15
"""Two originals whose scores differ by less are as good as each other: the earlier one is taken."""


class Passage(NamedTuple):
    """The same stretch of two reports, by places of words, half-open."""

    copy: int
    original: int
    here: int
    here_end: int
    there: int
    there_end: int
    same: int
    """Words that are the same, in the same order."""
    run: int
    """Words of them in a row."""
    score: float


class _Run(NamedTuple):
    copy: int
    original: int
    here: int
    there: int
    length: int


def passages(words: Wording) -> list[Passage]:
    """Each passage of each report with the report that it most likely came from."""
    found = sorted({passage for chain in _chains(_seeds(words)) for passage in _aligned(words, chain)})
    return _enough(words, list(_best(words, found)))


def _enough(words: Wording, found: list[Passage]) -> list[Passage]:
    """Those that are enough alone or with the others of the same two reports."""
    total: defaultdict[tuple[int, int], float] = defaultdict(float)
    for one in found:
        total[one.copy, one.original] += one.score
    until = np.r_[0, np.cumsum(words.weight, dtype=np.int64)]
    weight = (until[words.first[1:]] - until[words.first[:-1]]).tolist()
    return [one for one in found if is_passage(one) or _are_enough(total[one.copy, one.original], weight[one.copy])]


def is_passage(one: Passage) -> bool:
    """Whether it counts, whatever else the two reports share."""
    return one.score >= LEAST_ALONE or (one.run >= LEAST_RUN and one.score >= LEAST_OF_RUN)


def _are_enough(score: float, whole: int) -> bool:
    return score >= max(LEAST_TOGETHER, LEAST_OF_WHOLE * whole) or score >= MOST_OF_WHOLE * whole


def _seeds(words: Wording) -> Iterator[_Run]:
    """Runs of equal words in two reports, by copy, then original, then place."""
    short = _links(words, SHORT, MOST_HOLDERS)
    long = _links(words, LONG, 0)
    here, there, length = (np.concatenate(both) for both in zip(short, long, strict=True))
    if not len(here):
        return
    copy, original = words.report[here].astype(np.int64), words.report[there].astype(np.int64)
    order = np.lexsort((length, there, here, original, copy))
    here, there, length, copy, original = (one[order] for one in (here, there, length, copy, original))
    kept = _of_pairs(words, here, there, length)
    yield from map(_Run._make, zip(*(one[kept].tolist() for one in (copy, original, here, there, length)), strict=True))


def _of_pairs(words: Wording, here: Numbers, there: Numbers, length: Numbers) -> Whole:
    """Which runs stand in a pair of reports that shares enough to be looked at."""
    key = words.report[here].astype(np.int64) * len(words.publisher) + words.report[there]
    pair = np.r_[0, np.cumsum(np.diff(key) != 0)]
    total = np.cumsum(words.weight, dtype=np.int64)
    weight = total[here + length - 1] - total[here] + words.weight[here]
    is_several = (np.bincount(pair)[pair] > 1) & (np.bincount(pair, weight)[pair] >= LEAST_SCORE / 2)
    return np.asarray(is_several | (weight >= 2 * LEAST_SEED))


def _links(words: Wording, length: int, most: int) -> tuple[Numbers, Numbers, Numbers]:
    """Runs of shingles that an earlier report has too. `most` 0: however common, but to the earliest only."""
    hashes = shingles(words.word, length)
    total = np.r_[0, np.cumsum(words.weight, dtype=np.int64)]
    weight = total[length:] - total[: len(hashes)] if len(hashes) else total[:0]
    places = np.flatnonzero(whole(words.report, length) & (weight >= LEAST_SEED)).astype(np.int32)
    here, there = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for order, begins in groups(hashes, places):
        sizes = np.bincount(begins, minlength=len(order))[begins]
        index = np.arange(len(order))
        is_few = sizes <= most if most else sizes > MOST_HOLDERS
        back = [index - step for step in (range(1, MOST_HOLDERS) if most else ())]
        for other in [*back, *([begins, begins + 1] if not most else [])]:
            fits = is_few & (other >= begins) & (other < index)
            here.append(order[fits])
            there.append(order[other[fits]])
    return runs(*apart(words, np.concatenate(here), np.concatenate(there)), words.report, length)


def _chains(found: Iterable[_Run]) -> Iterator[list[_Run]]:
    """Runs of one pair of reports in the same order in both, close together."""
    opened: list[list[_Run]] = []
    pair = (-1, -1)
    for run in found:
        if run[:2] != pair:
            yield from opened
            opened, pair = [], (run.copy, run.original)
        for chain in reversed(opened[-8:]):
            if _follows(chain[0], chain[-1], run):
                chain.append(run)
                break
        else:
            opened.append([run])
    yield from opened


def _follows(first: _Run, last: _Run, run: _Run) -> bool:
    ahead, beyond = run.here - last.here - last.length, run.there - last.there - last.length
    if run.here + run.length - first.here > LONGEST_CHAIN:
        return False
    return run.here >= last.here and -last.length <= ahead <= GAP_WORDS and -last.length < beyond <= GAP_WORDS


def _aligned(words: Wording, chain: list[_Run]) -> Iterator[Passage]:
    """The stretches of most agreement around a chain."""
    first, copy, original = chain[0], chain[0].copy, chain[0].original
    here_end = max(run.here + run.length for run in chain) + AROUND_WORDS
    there_end = max(run.there + run.length for run in chain) + AROUND_WORDS
    here, there = first.here - AROUND_WORDS, min(run.there for run in chain) - AROUND_WORDS
    yield from within(
        words,
        (copy, max(int(words.first[copy]), here), min(int(words.first[copy + 1]), here_end)),
        (original, max(int(words.first[original]), there), min(int(words.first[original + 1]), there_end)),
    )


class _Block(NamedTuple):
    """A stretch that both texts have, or that one of them has alone. By places of words."""

    value: float
    is_same: bool
    here: int
    here_end: int
    there: int
    there_end: int


def within(words: Wording, ours: tuple[int, int, int], theirs: tuple[int, int, int]) -> Iterator[Passage]:
    """The stretches of most agreement of two stretches, (report, first place, end): one between each two long gaps."""
    blocks = list(_blocks(words, ours[1:], theirs[1:]))
    gaps = [n for n, block in enumerate(blocks) if _is_gap(block)]
    for begin, end in zip([-1, *gaps], [*gaps, len(blocks)], strict=True):
        if passage := _richest_passage((ours[0], theirs[0]), blocks[begin + 1 : end]):
            yield passage


def _is_gap(block: _Block) -> bool:
    return not block.is_same and max(block.here_end - block.here, block.there_end - block.there) > LONGEST_GAP


def _richest_passage(pair: tuple[int, int], blocks: list[_Block]) -> Passage | None:
    begin, end = _richest([block.value for block in blocks])
    kept = blocks[begin:end]
    equal = [block.here_end - block.here for block in kept if block.is_same]
    score = sum(block.value for block in kept)
    gained = sum(block.value for block in kept if block.is_same)
    if score < LEAST_SCORE or sum(equal) < LEAST_SAME or gained < LEAST_SHARE * (gained + (gained - score) / COST):
        return None
    first, last = kept[0], kept[-1]
    places = first.here, last.here_end, first.there, last.there_end
    return Passage(*pair, *places, same=sum(equal), run=max(equal), score=score)


def _blocks(words: Wording, ours: tuple[int, int], theirs: tuple[int, int]) -> Iterator[_Block]:
    (here, here_end), (there, there_end) = ours, theirs
    weights, others = words.weight[here:here_end].tolist(), words.weight[there:there_end].tolist()
    for code in LCSseq.opcodes(words.word[slice(*ours)].tolist(), words.word[slice(*theirs)].tolist()):
        a, b = slice(code.src_start, code.src_end), slice(code.dest_start, code.dest_end)
        is_same = code.tag == "equal"
        if is_same:
            value = float(sum(map(min, weights[a], others[b])))
        else:
            value = -COST * (sum(weights[a]) + sum(others[b])) / 2
        yield _Block(value, is_same, here + a.start, here + a.stop, there + b.start, there + b.stop)


def _richest(values: list[float]) -> tuple[int, int]:
    """First and end of the stretch with the largest sum (Kadane's algorithm); empty where nothing is above 0."""
    best, found = 0.0, (0, 0)
    total, begin = 0.0, 0
    for index, value in enumerate(values):
        if total <= 0:
            total, begin = 0.0, index
        total += value
        if total > best:
            best, found = total, (begin, index + 1)
    return found


def _best(words: Wording, found: list[Passage]) -> Iterator[Passage]:
    """Of passages that overlap in the copy the one that agrees most; the earlier original where two agree alike.

    What the others have beside it is aligned once more on its own.
    """
    taken: dict[int, list[Passage]] = {}
    for one in sorted(found, key=lambda one: (-round(log(one.score) / log(STEP)), one[:6])):
        others = taken.setdefault(one.copy, [])
        here, here_end = _free(one, others)
        left: Iterable[Passage] = (one,)
        if (here, here_end) != (one.here, one.here_end):
            left = within(words, (one.copy, here, here_end), (one.original, one.there, one.there_end))
        for part in left:
            others.append(part)
            yield part


def _free(one: Passage, others: Iterable[Passage]) -> tuple[int, int]:
    """The longest part of a passage that no other covers."""
    free = [(one.here, one.here_end)]
    for other in others:
        cut = [((begin, min(end, other.here)), (max(begin, other.here_end), end)) for begin, end in free]
        free = [(begin, end) for pieces in cut for begin, end in pieces if begin < end]
    return max(free, key=lambda part: (part[1] - part[0], -part[0]), default=(one.here, one.here))
