"""What is measured of echoes: the invented case, copies made by a seed, and many reports."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from evals.echoes import copied, invented, of_case, of_size, report

TEXT = 'The mill burned down on Monday. "It came down and not up," she said. Nobody was hurt, the mayor said later.'


def test_the_invented_case():
    found = of_case(Path("examples/harbour-fire"))
    assert found["recall"] == {"rewrite": [3, 3], "relay": [5, 7], "same leak": [3, 3]}
    assert len(found["beyond"]) <= 1


@pytest.mark.parametrize("rate", [0.0, 0.5, 1.0])
def test_a_copy_keeps_quotations_and_comes_a_day_later(rate):
    copy = copied(report(TEXT, "Herald", "2031-04-30"), rate, ["oats"], random.Random(1), 7)  # noqa: S311
    assert '"It came down and not up,"' in copy.text
    assert copy.published == "2031-05-01"
    assert (sorted(copy.text.split()) == sorted(TEXT.split())) == (rate == 0)


def test_invented_reports_are_the_same_for_a_seed():
    assert invented(40, 3) == invented(40, 3)
    assert len(invented(40, 3)[1]) == 4


def test_brute_force_finds_what_was_made():
    found = of_size(60, 1)
    assert found["made"] == found["by_force"] == 6
    assert found["recall"] == found["made_and_found"] == 1
