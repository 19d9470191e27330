"""Ten parts of a data set, and the tags by depth, where torch is there."""

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is there for training alone")

from training import folds
from training.nesting import depths
from training.side import Side
from training.states import frozen, lessons
from training.texts import Text


def test_each_text_is_in_one_part_always_the_same():
    names = [f"re3d/{number}" for number in range(200)]
    parts = [folds.fold_of(name) for name in names]
    assert set(parts) == set(range(folds.FOLDS))
    assert parts == [folds.fold_of(name) for name in names]


MARKS = np.array([(0, 3, 0), (1, 2, 1), (2, 2, 2), (4, 4, 3)])


@pytest.mark.parametrize(
    ("outermost", "columns"),
    [
        (True, [[1, 2, 2, 2, 7], [0, 3, 4, 0, 0], [0, 0, 5, 0, 0]]),
        (False, [[0, 0, 5, 0, 7], [0, 3, 4, 0, 0], [1, 2, 2, 2, 0]]),
    ],
)
def test_a_mention_is_tagged_at_its_depth(outermost, columns):
    tags = depths(MARKS, 5, outermost=outermost)
    assert tags[:, :3].T.tolist() == columns
    assert not tags[:, 3:].any()
    assert not depths(MARKS[:0], 2, outermost=outermost).any()


def test_an_untaught_network_reads_a_text_without_error():
    text = Text("re3d/0", "Dara Okonte left Ostra on Monday.", {"re3d": ()})
    found = list(folds._read(Side(), text, lessons([text], frozen()), "re3d"))
    assert all(0 <= one.start < one.end <= len(text.text) for one in found)
