"""Which sentences tell of other times than the incident's."""

from __future__ import annotations

import pytest

from sayso.accounts.toll_people import Page
from sayso.accounts.toll_times import elsewhen
from sayso.model import Claim, Findings, Link, Report, Span, When

TEXT = "On Friday the union said that guards killed nine in May."
FRIDAY = (Span(3, 9), "2031-05-30", "2031-05-30", "Friday")
MAY = (Span(52, 55), "2031-05-01", "2031-05-20", "May")


@pytest.mark.parametrize(
    ("content", "times", "expected"),
    [
        ("guards killed nine in May", (FRIDAY, MAY), {0}),
        ("guards killed nine in May", (FRIDAY,), set()),
        ("", (FRIDAY, MAY), set()),
    ],
)
def test_the_times_of_what_is_said_count_before_that_of_the_saying(content, times, expected):
    start = TEXT.index(content)
    said = Claim("c", "r", (Span(start, start + len(content)),), (Link("r"), Link("the union")), "a")
    findings = Findings(
        "r",
        sentences=(Span(0, len(TEXT)),),
        claims=(said,) if content else (),
        times=tuple(When(*one) for one in times),
    )
    assert elsewhen(Page(Report("r", TEXT, "r", "", "r"), findings, ()), findings, "2031-05-29") == expected
