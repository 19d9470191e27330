"""What `sayso tolls` shows of a case."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from sayso import workspace
from sayso.accounts import toll
from sayso.cli import commands, tolls
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


@pytest.fixture
def sayso(monkeypatch, tmp_path):
    monkeypatch.setattr(workspace, "load", lambda _: whole())
    return lambda *words: CliRunner().invoke(commands, ["tolls", str(tmp_path), *words]).stdout


def test_the_command_shows_tolls_and_figures(sayso):
    assert "shooting, Ostra" in sayso()
    assert "at least 9" in sayso("--figures")
    assert len(json.loads(sayso("--figures", "--format", "json"))) == 4
    assert json.loads(sayso("--fate", "missing", "--format", "json")) == []
    assert sayso("--incident", "1", "--format", "csv").splitlines()[0].replace('"', "") == ",".join(
        tolls.COLUMNS[False]
    )
