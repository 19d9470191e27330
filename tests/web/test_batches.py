"""Reports in the order in which they were taken in, and what each added then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.model import File
from sayso.web.batches import as_added, batches
from tests.lineage.cases import Says
from tests.novelty.made import COURIER, GAZETTE, WIRE, built

SAYS = [
    Says("1", "Nine died, Ina Sorel said.", ("Ina Sorel",), "dead/nine"),
    Says("2", "Nine died, Ina Sorel said.", ("Ina Sorel",), "dead/nine"),
    Says("3", "Seven died, Ulf Brann said.", ("Ulf Brann",), "dead/seven"),
]


def taken(*times):
    made = built((COURIER, GAZETTE, WIRE), SAYS)
    files = tuple(File(f"f{n}", f"{n}.txt", 1, "text/plain", time) for n, time in enumerate(times))
    reports = tuple(replace(one, file=f"f{n}") for n, one in enumerate(made.reports))
    return replace(made, reports=reports, files=files)


AT = "2031-06-01T10:00:{:02}+00:00"


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ([AT.format(0), AT.format(1), AT.format(50)], [["1", "2", "3"]]),
        ([AT.format(50), AT.format(1), AT.format(0)], [["1", "2", "3"]]),
        (["2031-06-03T10:00:00+00:00", AT.format(1), AT.format(0)], [["2", "3"], ["1"]]),
        (["", "", ""], [["1", "2", "3"]]),
        (["", AT.format(1), "what"], [["1"], ["2"], ["3"]]),
    ],
)
def test_what_was_taken_in_together_stands_together(times, expected):
    assert [[one.id for one in some] for _, some in batches(taken(*times))] == expected


def test_what_came_later_is_held_against_what_came_before_it_whatever_its_day():
    made = taken("2031-06-03T10:00:00+00:00", AT.format(1), AT.format(0))
    kinds = {one.report: [gain.kind for gain in one.gains] for one in as_added(made)}
    assert kinds == {"2": ["question"], "3": ["answer"], "1": ["repeat"]}


def test_a_case_without_reports_has_none():
    assert batches(replace(taken(""), reports=())) == []
