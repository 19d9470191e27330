"""The same words quoted in two reports: both may have heard them, and then they heard one voice."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np

from sayso.lineage.wording import CONTENT, Numbers, Wording, apart, groups, runs, shingles, whole

SHINGLE_WORDS = 5

LEAST_WORDS = 8
"""From eight words on the same quotation points to a common origin."""

LEAST_WORDS_OF_SEVERAL = 12
"""So many words in all where one report has several shorter quotations, of five words or more, from another."""

LEAST_VALUE = 2 * CONTENT
"""Weight of the words that are the same: a name with a title is no quotation."""


class Shared(NamedTuple):
    """The same quoted words in two reports, by places of words."""

    here: int
    there: int
    length: int


def shared_quotations(words: Wording) -> dict[tuple[int, int], list[Shared]]:
    """By copy and original what both quote, in the order of the copy. Each leads to the earliest report that has it."""
    found: defaultdict[tuple[int, int], list[Shared]] = defaultdict(list)
    for here, there, length in zip(*(one.tolist() for one in _links(words)), strict=True):
        one = _widened(words, here, there, length)
        if one and _is_quotation(words, one):
            found[int(words.report[one.here]), int(words.report[one.there])].append(one)
    kept = {pair: _without_overlaps(words, some) for pair, some in found.items()}
    return {pair: some for pair, some in kept.items() if _is_enough(some)}


def _links(words: Wording) -> tuple[Numbers, Numbers, Numbers]:
    hashes = shingles(words.word, SHINGLE_WORDS)
    total = np.r_[0, np.cumsum(words.quoted & ~words.is_furniture)]
    is_quoted = total[SHINGLE_WORDS:] - total[: len(hashes)] == SHINGLE_WORDS if len(hashes) else np.zeros(0, bool)
    places = np.flatnonzero(whole(words.report, SHINGLE_WORDS) & is_quoted).astype(np.int32)
    here, there = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)]
    for order, begins in groups(hashes, places):
        here.append(order)
        there.append(order[begins])
    return runs(*apart(words, np.concatenate(here), np.concatenate(there)), words.report, SHINGLE_WORDS)


def _is_quotation(words: Wording, one: Shared) -> bool:
    """Whether it says something, and is long or begins or ends a quotation: else it is a phrase of everybody's."""
    says = words.value[one.here : one.here + one.length].sum() >= LEAST_VALUE
    edges = (_is_edge(words, place, place + one.length) for place in (one.here, one.there))
    return bool(says) and (one.length >= LEAST_WORDS or any(edges))


def _is_edge(words: Wording, first: int, end: int) -> bool:
    quoted, last = words.quoted, len(words.quoted)
    return first == 0 or end == last or not quoted[first - 1] or not quoted[end]


def _widened(words: Wording, here: int, there: int, length: int) -> Shared | None:
    """The longest run of the same quoted words around this one; None if the hashes deceived."""
    if not np.array_equal(words.word[here : here + length], words.word[there : there + length]):
        return None
    while here and there and _same(words, here, there, -1):
        here, there, length = here - 1, there - 1, length + 1
    last = len(words.word) - 1
    while max(here, there) + length <= last and _same(words, here + length - 1, there + length - 1, 1):
        length += 1
    return Shared(here, there, length)


def _same(words: Wording, here: int, there: int, step: int) -> bool:
    """Whether the next words in this direction are the same, quoted, and still in the same reports."""
    return bool(
        words.word[here + step] == words.word[there + step]
        and words.quoted[here + step]
        and words.quoted[there + step]
        and words.report[here + step] == words.report[here]
        and words.report[there + step] == words.report[there]
    )


def _without_overlaps(words: Wording, found: list[Shared]) -> list[Shared]:
    """The longest first, the same words once; then in the order of the copy."""
    kept: dict[tuple[int, ...], Shared] = {}
    for one in sorted(set(found), key=lambda one: (-one.length, one)):
        said = tuple(words.word[one.here : one.here + one.length].tolist())
        if said not in kept and all(_are_apart(one, other) for other in kept.values()):
            kept[said] = one
    return sorted(kept.values())


def _are_apart(one: Shared, other: Shared) -> bool:
    return one.here >= other.here + other.length or other.here >= one.here + one.length


def _is_enough(found: list[Shared]) -> bool:
    longest, total = max(one.length for one in found), sum(one.length for one in found)
    return longest >= LEAST_WORDS or total >= LEAST_WORDS_OF_SEVERAL
