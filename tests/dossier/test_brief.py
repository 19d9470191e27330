"""The head of the page: tolls in a sentence, as the reports put them."""

from __future__ import annotations

import pytest

from sayso.dossier.brief import toll_in_words
from sayso.model import Figure, Toll


def figure(words, low, high, speaker="the mayor", published="2031-05-04", **more):
    return Figure(words, "o", speaker, low, high, words, more.pop("basis", "number"), (), published, **more)


def toll(*figures):
    return Toll("t", "i", "killed", 0, 0, 0, 0, 1, figures)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([figure("four", 4, 4)], "Killed: “four” (the mayor)."),
        (
            [figure("four", 4, 4), figure("23", 23, 23, "the coroner", "2031-05-09T06:30")],
            "Killed: “four” (the mayor) to “23” (the coroner). The latest: “23” (the coroner), of 9 May 2031.",
        ),
        (
            [figure("up to 40", 0, 40), figure("nine", 9, 9, "a nurse", "")],
            "Killed: “nine” (a nurse) to “up to 40” (the mayor). The latest: “up to 40” (the mayor), of 4 May 2031.",
        ),
        ([figure("four", 4, 4), figure("men", 2, None, basis="people")], "Killed: “four” (the mayor)."),
        ([figure("four", 4, 4), figure("900", 900, 900, far=True)], "Killed: “four” (the mayor)."),
        ([figure("four", 4, 4), figure("two", 2, 2, scope="child")], "Killed: “four” (the mayor)."),
        ([figure("nine", 9, 9), figure("four", 4, 4, superseded=True)], "Killed: “nine” (the mayor)."),
    ],
)
def test_a_toll_in_words(figures, expected):
    assert toll_in_words(toll(*figures)) == expected
