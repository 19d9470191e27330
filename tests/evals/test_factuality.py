"""Correlation and error over judged words."""

from dataclasses import dataclass

import numpy as np
import pytest

from evals import factuality
from sayso.model import Span
from sayso.reading import Scores
from sayso.reading.side import PARTS

ROW = {"text": "It did n't sink .", "targets": [{"span1": [3, 4], "label": -3.0}]}


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([(1, 2), (2, 4), (3, 6)], 1.0),
        ([(1, -1), (2, -2)], -1.0),
        ([(-3, 1), (0, 1), (3, 1)], 0.0),
        ([(1, 1), (2, 3), (3, 2)], 0.5),
        ([], 0.0),
    ],
)
def test_correlation(pairs, expected):
    assert factuality.pearson(pairs) == pytest.approx(expected)


def test_every_word_counts_once_whatever_its_sentence():
    printed = factuality.score([[(3.0, 3.0), (-3.0, -1.0)], [], [(1.5, 2.5)]])
    assert printed["count"] == 3
    assert printed["mae"] == 1.0
    assert printed["mae of 3"] == 2.5
    assert printed["mae of the mean"] == pytest.approx(2.3333, abs=1e-4)
    assert printed["pearson interval"][0] <= printed["pearson"] <= 1


def test_sentences_stand_as_they_are_read():
    (text,) = factuality.sentences([ROW], "file")
    assert text.text == "It didn't sink."


@pytest.mark.parametrize(
    "rows", [[{"text": "It sank ."}], [{"text": "It", "targets": [{"span1": [7, 8], "label": 1}]}], []]
)
def test_a_file_of_another_form_is_named(rows, capsys):
    with pytest.raises(SystemExit):
        factuality.sentences(rows, "that.jsonl")
    assert "that.jsonl" in capsys.readouterr().err


@dataclass
class Toy:
    """Pieces of one character; each is as certain as its place in the text, less three."""

    @staticmethod
    def tokenize(text):
        return [1] * len(text), [(i, i + 1) for i in range(len(text))]

    @staticmethod
    def run(ids, _):
        side = np.zeros((len(ids), sum(PARTS.values())), dtype=np.float32)
        first = sum(size for name, size in list(PARTS.items())[: list(PARTS).index("words")])
        side[:, first + 1] = np.arange(len(ids)) - 3
        return Scores(np.zeros((len(ids), 10)), np.zeros((len(ids), 4)), side)


def test_a_word_is_judged_by_the_piece_it_begins_with():
    assert factuality.committed("abc defghij", [Span(0, 3), Span(4, 11), Span(8, 11)], Toy()) == [-3.0, 1.0, 3.0]
