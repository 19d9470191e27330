"""Sentences cover the text, in order, and do not run over line breaks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reading.sentences import split


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry sank. Nobody knew.", ["The ferry sank.", "Nobody knew."]),
        ("“We left.” She wept.", ["“We left.”", "She wept."]),
        ("Mr. Odrel spoke to Dr. Vane.", ["Mr. Odrel spoke to Dr. Vane."]),
        ("A headline\nA line", ["A headline", "A line"]),
        ("", []),
        ("  \n \n", []),
    ],
)
def test_split(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in split(text)] == expected


@given(st.text(alphabet="aB.?! \n\"”“'é\ud800", max_size=300))
def test_sentences_lose_no_word_and_keep_their_order(text: str) -> None:
    spans = split(text)
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    kept = {i for a, b in spans for i in range(a, b)}
    assert all(i in kept or c.isspace() for i, c in enumerate(text))
