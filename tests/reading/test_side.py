"""From the side network's scores to spans, on scores made by hand or at random."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.model import Window
from sayso.reading import side
from sayso.reading.side import PARTS, REACH, ROLES, SCHEMES, SideHeads

TEXT = "The Quay Guard's boats left Ostra at dawn"
WORDS = [(0, 3), (4, 8), (9, 14), (14, 15), (15, 16), (17, 22), (23, 27), (28, 33), (34, 36), (37, 41)]


def window(**parts: dict[tuple[int, int], float]) -> Window:
    """A window over TEXT whose scores are 0 but where told: part → {(piece, column): score}."""
    scores = np.zeros((len(WORDS), sum(PARTS.values())), dtype=np.float32)
    for name, values in parts.items():
        for place, value in values.items():
            side.part(scores, name)[place] = value
    starts, ends = np.array(WORDS).T
    return Window(starts, ends, np.zeros((0, 10)), np.zeros((0, 4)), scores)


def heads() -> SideHeads:
    """Heads that add nothing of their own."""
    return SideHeads(
        {name: np.zeros((2 * len(kinds) + 1,) * 2, np.float32) for name, kinds in SCHEMES.items()},
        kinds=np.eye(side.KIND_DIM + 1, len(side.NESTED), dtype=np.float32),
        far=np.full((len(ROLES), 2 * REACH + 1), -4, np.float32),
        ties=np.stack([np.eye(side.ARC_DIM + 1, dtype=np.float32) * (role == 0) for role in range(len(ROLES))]),
        wide=np.full(side.WIDEST, -4, np.float32),
    )


def words(marks: list[side.Marked]) -> list[tuple[str, str]]:
    """What is marked, as written, with its kind."""
    return [(TEXT[one.start : one.end], one.kind) for one in marks]


def test_parts_cover_a_row_once():
    row = np.arange(sum(PARTS.values()), dtype=np.float32)[None]
    assert [number for name in PARTS for number in side.part(row, name)[0]] == row[0].tolist()


def test_a_word_begins_where_no_letter_stands_right_before():
    assert side.firsts(TEXT, window()).tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    glued = window()._replace(starts=np.array([0, 2, 4, 6]), ends=np.array([2, 3, 6, 8]))
    assert side.firsts(TEXT, glued).tolist() == [0, 2]


def test_flat_marks_join_a_beginning_and_what_goes_on():
    organisation = 1 + 2 * SCHEMES["re3d"].index("Organisation")
    place = 1 + 2 * SCHEMES["re3d"].index("Location")
    marked = window(
        re3d={(1, organisation): 9, (2, organisation + 1): 9, (7, place): 9, **{(i, 0): 5 for i in (0, 3, 4)}}
    )
    found, again = (each["re3d"] for each in side.flat([marked, marked], heads()))
    assert found == again
    assert words(found) == [("Quay Guard", "Organisation"), ("Ostra", "Location")]
    assert all(0.5 < one.score <= 1 for one in found)


def test_what_goes_on_without_a_beginning_is_begun_or_left_out():
    inside = 2 + 2 * SCHEMES["wikigold"].index("LOC")
    found = side.flat([window(wikigold={(7, inside): 9})], heads())[0]["wikigold"]
    assert all(one.kind == "LOC" for one in found)
    assert len(found) <= 1


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_the_decoder_finds_the_best_of_all_legal_sequences(seed, lengths):
    chance = np.random.default_rng(seed)
    tags = (5, 3, 5, 3)
    many = [chance.normal(size=(length, n)) for length, n in zip(sorted(lengths, reverse=True), tags, strict=False)]
    moves = [chance.normal(size=(one.shape[1],) * 2) for one in many]

    def worth(path: tuple[int, ...], k: int) -> float:
        steps = zip((0, *path), (*path, 0), strict=True)
        if any(b in {2, 4} and a not in {b, b - 1} for a, b in steps):
            return -np.inf
        steps = zip((0, *path), (*path, 0), strict=True)
        return sum(moves[k][a, b] for a, b in steps) + sum(many[k][t, tag] for t, tag in enumerate(path))

    for k, found in enumerate(side.viterbi(many, moves)):
        length, n = many[k].shape
        best = max(worth(path, k) for path in product(range(n), repeat=length))
        assert worth(tuple(found), k) == pytest.approx(best, abs=1e-5)


def test_nobody_is_found_where_nothing_is_likelier_than_none():
    scores = side.arc_scores(window().side, np.array([6]), heads())
    assert scores.shape == (1, len(ROLES), 1 + len(WORDS))
    assert (scores.argmax(2) == 0).all()


def test_the_head_of_a_role_is_the_piece_that_fits_its_event():
    scores = side.arc_scores(window(event={(6, 3): 3.0}, argument={(5, 3): 3.0}).side, np.array([6]), heads())
    assert scores[0, 0].argmax() == 1 + 5  # 3 · 3, and 1 · 1 of the constants, less 4 for the distance
    assert (scores[0, 1:].argmax(1) == 0).all()


def test_event_words_are_those_of_a_score_above_nought():
    assert side.triggers(TEXT, window(words={(6, 0): 0.1, (2, 0): -0.1})).tolist() == [6]
