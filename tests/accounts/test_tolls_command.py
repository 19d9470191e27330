"""What `sayso tolls` shows of a case."""

from __future__ import annotations

from dataclasses import replace

from sayso.accounts import toll
from sayso.cli import tolls
from tests.accounts.test_toll import case, dead


def whole():
    found = case(
        dead(0, "4", 4, 4, "the ministry", "2031-05-01"),
        dead(1, "at least 9", 9, None, "the ministry", "2031-05-02"),
        dead(2, "11", 11, 11, "a doctor", "2031-05-02"),
        dead(3, "11", 11, 11, "a cook", "2031-05-03"),
    )
    return replace(found, tolls=toll(found))


def test_a_row_a_toll_with_those_who_say_so():
    opened = whole()
    (row,) = tolls.rows(opened, opened.tolls, "table")
    assert [row[name] for name in tolls.COLUMNS[True]] == [
        "shooting, Ostra", "killed", "9", "11", "11 or more", "9", 3, "11: a doctor, a cook; at least 9: the ministry",
    ]  # fmt: skip


def test_programs_get_numbers_and_ids():
    opened = whole()
    (row,) = tolls.rows(opened, opened.tolls, "json")
    assert set(tolls.COLUMNS[False]) <= {*row}
    assert (row["low"], row["best"], row["open"], len(row["figures"])) == (9, 11, True, 4)


def test_a_row_a_figure():
    opened = whole()
    found = list(tolls.figure_rows(opened, opened.tolls, "table"))
    assert [(row["figure"], row["counts"]) for row in found] == [
        ("4", "no: a later one"), ("at least 9", "yes"), ("11", "yes"), ("11", "yes"),
    ]  # fmt: skip
    assert [row["claims"] for row in found] == [["c0"], ["c1"], ["c2"], ["c3"]]
