"""Decoding: legal sequences, spans, distances."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.attribution.decode import BUCKETS, buckets, decode_roles, legal_moves, spans, together, viterbi


def is_legal(tags: tuple[int, ...]) -> bool:
    before = (0, *tags)
    return all(t == 0 or t % 2 or b in (t - 1, t) for b, t in itertools.pairwise(before))


@given(st.lists(st.lists(st.floats(-3, 3, width=32), min_size=5, max_size=5), min_size=1, max_size=5))
def test_viterbi_finds_the_best_legal_sequence(rows: list[list[float]]) -> None:
    scores = np.array(rows, dtype=np.float32)
    path = tuple(viterbi(scores[None], legal_moves(5))[0].tolist())
    worth = lambda tags: sum(float(scores[i, t]) for i, t in enumerate(tags))  # noqa: E731
    best = max(worth(t) for t in itertools.product(range(5), repeat=len(rows)) if is_legal(t))
    assert is_legal(path)
    assert worth(path) == pytest.approx(best, abs=1e-4)


def test_windows_of_any_length_come_out_together_as_each_alone() -> None:
    chance = np.random.default_rng(7)
    many = [chance.normal(size=(k, t, 5)).astype(np.float32) for k, t in ((2, 4), (0, 40), (1, 9), (3, 1))]
    alone = [viterbi(one, legal_moves(5)).tolist() for one in many]
    assert [paths.tolist() for paths in together(many, legal_moves(5))] == alone
    assert [paths.shape for paths in together(many[1:2], legal_moves(5))] == [(0, 40)]


@pytest.mark.parametrize(
    ("tags", "begin", "expected"),
    [
        ([0, 1, 2, 0, 3, 4, 4], 1, [(1, 3)]),
        ([0, 1, 2, 0, 3, 4, 4], 3, [(4, 7)]),
        ([1, 1, 2], 1, [(0, 1), (1, 3)]),
        ([], 1, []),
    ],
)
def test_spans(tags: list[int], begin: int, expected: list[tuple[int, int]]) -> None:
    assert spans(np.array(tags, dtype=np.int64), begin) == expected


def test_buckets_grow_with_distance_and_tell_before_from_after() -> None:
    found = buckets(200, np.array([[100, 102]]))[0]
    assert found[100] == found[101] == 0
    assert found[99] == 1
    assert found[102] == BUCKETS // 2 + 1
    assert found.max() < BUCKETS
    assert len(set(found[:100]) & set(found[102:])) == 0


def test_the_source_nearest_to_the_cue_is_taken() -> None:
    path = np.array([1, 2, 0, 0, 0, 1, 0, 3, 4], dtype=np.int64)
    assert decode_roles(path, (6, 7)) == ((5, 6), [(7, 9)])
