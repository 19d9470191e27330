"""Nested mentions out of scores made by hand."""

from typing import NamedTuple

import numpy as np
import pytest

from sayso.reading.nesting import apart, nested
from sayso.reading.side import DEPTHS, KIND_DIM, NESTED, PARTS, SPAN_DIM, WIDEST, SideHeads, part

TEXT = "the head of Ostran trade left"
WORDS = [(0, 3), (4, 8), (9, 11), (12, 18), (19, 24), (25, 29)]


class Toy(NamedTuple):
    starts: np.ndarray
    ends: np.ndarray
    side: np.ndarray


def window(paired=(), outer=(), inner=()):
    """Scores under which these (first word, last word, kind) are found; "Ostran" is two pieces."""
    pieces = [(0, 3), (4, 8), (9, 11), (12, 15), (15, 18), (19, 24), (25, 29)]
    begins = [0, 1, 2, 3, 5, 6]
    scores = np.zeros((len(pieces), sum(PARTS.values())), dtype=np.float32)
    for number, (first, last, kind) in enumerate(paired):
        part(scores, "start")[begins[first], number] = part(scores, "end")[begins[last], number] = 15.0
        part(scores, "kind_start")[begins[first], NESTED.index(kind)] = 5.0
    for name, marks in (("outer", outer), ("inner", inner)):
        tags = part(scores, name).reshape(len(pieces), DEPTHS, -1)
        tags[..., 0] = 5.0
        for first, last, kind, depth in marks:
            for word in range(first, last + 1):
                tags[begins[word], depth, 0] = 0
                tags[begins[word], depth, 1 + 2 * NESTED.index(kind) + (word > first)] = 9.0
        part(scores, name)[:] = tags.reshape(len(pieces), -1)
    return Toy(*np.array(pieces).T, scores)


HEADS = SideHeads(
    {},
    kinds=np.eye(KIND_DIM + 1, len(NESTED), dtype=np.float32),
    far=np.zeros(0, dtype=np.float32),
    ties=np.zeros(0, dtype=np.float32),
    wide=np.full(WIDEST, -15.0, dtype=np.float32),
)


def found(**scores):
    return [f"{TEXT[one.start : one.end]} {one.kind}" for one in nested(TEXT, window(**scores), HEADS)]


def test_the_scores_are_scaled_so_that_a_pair_is_likely():
    assert 15.0 * 15.0 / SPAN_DIM**0.5 - 15 > 5


def test_the_three_ways_say_together_what_is_a_mention():
    pair, tag = (0, 4, "person"), (0, 4, "person", 0)
    assert found(paired=[pair], outer=[tag], inner=[tag]) == ["the head of Ostran trade person"]
    assert found(outer=[tag], inner=[tag]) == ["the head of Ostran trade person"]
    assert found(outer=[], inner=[]) == []
    one, all_three = (nested(TEXT, window(**ways), HEADS)[0].score for ways in (
        {"outer": [tag]}, {"paired": [pair], "outer": [tag], "inner": [tag]}
    ))  # fmt: skip
    assert one < 0.34
    assert all_three > 0.95


def test_one_mention_may_stand_inside_another():
    outer = [(0, 4, "person", 0), (3, 4, "abstract", 1), (3, 3, "place", 2)]
    inner = [(0, 4, "person", 2), (3, 4, "abstract", 1), (3, 3, "place", 0)]
    whole = ["the head of Ostran trade person", "Ostran place", "Ostran trade abstract"]
    assert found(outer=outer, inner=inner) == whole


def test_most_of_the_ways_say_what_kind_it_is():
    assert found(paired=[(0, 1, "person")], outer=[(0, 1, "place", 0)], inner=[(0, 1, "place", 0)]) == [
        "the head place"
    ]


@pytest.mark.parametrize(
    ("spans", "kept"),
    [
        ([(0, 3), (1, 2), (0, 3)], [(0, 3), (1, 2), (0, 3)]),
        ([(0, 3), (2, 5)], [(0, 3)]),
        ([(2, 5), (0, 3), (0, 1), (3, 5)], [(2, 5), (0, 1), (3, 5)]),
        ([], []),
    ],
)
def test_none_crosses_one_before_it(spans, kept):
    assert list(apart(spans)) == kept


def test_a_window_without_words_has_no_mentions():
    empty = Toy(np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros((0, sum(PARTS.values())), dtype=np.float32))
    assert nested("", empty, HEADS) == []
