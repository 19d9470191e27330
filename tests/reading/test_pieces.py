"""Word pieces keep their places, windows keep every piece, and a report is cut the same alone and in company."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.pieces import FEATURES, cut, windows


def tokenize(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """A stand-in for the tokenizer: words and marks."""
    found = [m.span() for m in re.finditer(r"\w+|[^\w\s]", text)]
    return [7] * len(found), found


def features(text: str) -> list[tuple[str, int, int, int]]:
    pieces = cut(text, tokenize)
    rows = zip(pieces.starts, pieces.ends, pieces.features, strict=True)
    return [(text[a:b], int(f) % 4, int(f) // 4 % 3, int(f) // 12) for a, b, f in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Mayor of UN", [("the", 1, 0, 1), ("Mayor", 2, 0, 0), ("of", 1, 0, 0), ("UN", 3, 0, 0)]),
        ("“No” he", [("“", 0, 2, 1), ("No", 2, 1, 0), ("”", 0, 2, 0), ("he", 1, 0, 0)]),
        ('"a" b', [('"', 0, 2, 1), ("a", 1, 1, 0), ('"', 0, 2, 0), ("b", 1, 0, 0)]),
        ("“a\nb", [("“", 0, 2, 1), ("a", 1, 1, 0), ("b", 1, 0, 1)]),
        ("12 km", [("12", 0, 0, 1), ("km", 1, 0, 0)]),
    ],
)
def test_features_say_casing_quotation_and_break(text: str, expected: list[tuple[str, int, int, int]]) -> None:
    assert features(text) == expected


@given(st.text(max_size=400))
def test_pieces_stand_where_they_say(text: str) -> None:
    pieces = cut(text, tokenize)
    whole = tokenize(text)[1]
    assert list(zip(pieces.starts.tolist(), pieces.ends.tolist(), strict=True)) == whole
    assert ((pieces.features >= 0) & (pieces.features < FEATURES)).all()


@given(st.text(alphabet='ab. \n“”"', max_size=600), st.integers(2, 40))
def test_windows_hold_every_piece_once(text: str, size: int) -> None:
    pieces = cut(text, tokenize)
    found = windows(text, pieces, size)
    assert [i for a, b in found for i in range(a, b)] == list(range(len(pieces.ids)))
    assert all(0 < b - a <= size for a, b in found)


def test_windows_are_cut_at_paragraphs_then_at_sentences() -> None:
    text = "one two three\nfour five six\n" + "a b c d. " * 5
    pieces = cut(text, tokenize)
    cuts = [text[int(pieces.starts[a]) : int(pieces.ends[b - 1])] for a, b in windows(text, pieces, 8)]
    assert cuts[0] == "one two three\nfour five six"
    assert cuts[1] == "a b c d."


def test_a_long_text_is_tokenised_in_chunks() -> None:
    text = "word " * 20_000
    pieces = cut(text, tokenize)
    assert len(pieces.ids) == 20_000
    assert (np.diff(pieces.starts) == 5).all()
