"""Who echoes whom, and where."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest

from sayso.kit import digest, identify
from sayso.lineage import trace
from sayso.model import Report

WIRE = (
    "A fire broke out late on Tuesday in the grain harbour of Veskara and destroyed two of its three piers. "
    "“We saw the crane fall before there was any flame,” a docker told this agency on the quay."
)
OWN = "Our reporter counted eleven boats at the outer wall this morning, four of them without masts."


def report(text, publisher, published="2031-04-11"):
    return Report(
        identify(text, publisher, published), text, digest(text), "", "", publisher=publisher, published=published
    )


def passages(reports):
    """(publisher of the copy, publisher of the original, words of the copy, words of the original)."""
    known = {one.id: one for one in reports}
    return [
        (
            known[echo.copy].publisher,
            known[echo.original].publisher,
            known[echo.copy].text[slice(*here)],
            known[echo.original].text[slice(*there)],
        )
        for echo in trace(tuple(reports))
        if echo.kind == "passage"
        for here, there in echo.passages
    ]


def test_a_rewrite_leads_to_its_wire():
    rewrite = f"{OWN} A FIRE broke out late on Tuesday, in the grain harbour of Veskara and destroyed everything."
    reports = [report(rewrite, "Herald", "2031-04-12"), report(WIRE, "Orpa News")]
    assert passages(reports) == [
        (
            "Herald",
            "Orpa News",
            "A FIRE broke out late on Tuesday, in the grain harbour of Veskara and destroyed",
            "A fire broke out late on Tuesday in the grain harbour of Veskara and destroyed",
        )
    ]


def test_the_score_is_the_share_of_the_copys_words():
    found = trace((report(WIRE, "Orpa News"), report(f"{WIRE} {OWN}", "Herald", "2031-04-12")))
    (echo,) = (echo for echo in found if echo.kind == "passage")
    words = len(WIRE.split()), len(OWN.split())
    assert echo.score == pytest.approx(words[0] / sum(words), abs=1e-4)


@pytest.mark.parametrize(
    "other",
    [
        OWN,
        "",
        "A fire broke out late on Tuesday in the grain",  # nine words
        "late a fire out on broke Tuesday the in grain harbour Veskara of and two destroyed piers",
    ],
)
def test_no_echo(other):
    assert trace((report(WIRE, "Orpa News"), report(other, "Herald", "2031-04-12"))) == ()


def test_the_earliest_is_the_original_and_without_a_date_it_comes_last():
    dated, early, undated = report(WIRE, "B", "2031-04-12"), report(WIRE, "C", "2031-04-11"), report(WIRE, "A", "")
    pairs = {(echo.copy, echo.original) for echo in trace((undated, dated, early))}
    assert pairs == {(dated.id, early.id), (undated.id, early.id)}


def test_two_sources_of_one_copy():
    second = "The harbour master had warned in March that the cranes were older than their papers said they were."
    reports = [
        report(WIRE, "Orpa News"),
        report(second, "Tessera"),
        report(f"{second}\n\n{WIRE}", "Herald", "2031-04-13"),
    ]
    assert {(copy, original) for copy, original, _, _ in passages(reports)} == {
        ("Herald", "Orpa News"),
        ("Herald", "Tessera"),
    }


def test_furniture_of_one_outlet_is_no_echo_but_the_wire_run_by_many_is():
    line = "Friends of the harbour gather at the old customs house with bread and lanterns on each working day."
    own = [report(f"{line} Story {number}.", "Herald", f"2031-04-{number + 10}") for number in range(5)]
    many = [report(f"{line} Story {number}.", f"Outlet {number}", f"2031-04-{number + 10}") for number in range(5)]
    assert trace(tuple(own)) == ()
    assert len(trace(tuple(many))) == 4


def test_order_changes_nothing():
    reports = [
        report(f"{WIRE} {OWN} {number}", f"Outlet {number}", f"2031-04-{10 + number % 3}") for number in range(9)
    ]
    expected = trace(tuple(reports))
    random.Random(3).shuffle(reports)  # noqa: S311 - a fixed order, no secret
    assert trace(tuple(reports)) == expected != ()


def test_words_repeated_within_reports_end_in_order():
    for echo in trace((report("ash and smoke " * 50, "A"), report("ash and smoke " * 60, "B", "2031-04-12"))):
        spans = [here for here, _ in echo.passages]
        assert spans == sorted(spans)
        assert all(one.end <= other.start for one, other in pairwise(spans))
        assert 0 < echo.score <= 1


@pytest.mark.slow
def test_five_thousand_reports_take_seconds():
    """Near linear: every tenth report repeats fifty words of the one before it."""
    words = random.Random(1)  # noqa: S311 - no secret
    vocabulary = [f"word{number}" for number in range(20_000)]
    reports, last = [], ""
    for number in range(5_000):
        text = " ".join(words.choices(vocabulary, k=700))
        if number % 10 == 0:
            text = f"{text} {' '.join(last.split()[100:150])}"
        reports.append(report(text, f"Outlet {number}", f"20{10 + number // 300}-01-01"))
        last = text
    started = time.process_time()
    echoes = trace(tuple(reports))
    assert len(echoes) == 499
    assert time.process_time() - started < 60
