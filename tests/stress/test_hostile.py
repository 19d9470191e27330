"""Sixty hostile files among a hundred good ones (`evals.hostile`). How long they take is for the runner to tell."""

import sys

import pytest

from evals import hostile, hostile_files


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    return hostile.measure(tmp_path_factory.mktemp("hostile"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="pipes and sockets among files are POSIX's")
def test_there_are_as_many_as_are_spoken_of(measured):
    assert (measured["good"], measured["hostile"]) == (100, 60)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="pipes and sockets among files are POSIX's")
def test_good_files_are_read_whatever_lies_beside_them(measured):
    assert measured["good_lost"] == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="pipes and sockets among files are POSIX's")
def test_each_hostile_file_is_named_or_read_and_gives_nothing_away(measured):
    assert measured["wrong"] == {}


def test_what_is_right_is_judged_right_and_what_is_wrong_wrong():
    one = hostile_files.Hostile("a", lambda path: None, frozenset({"trick"}), hostile_files.SAID)
    assert hostile.judge(one, {"trick"}, f"x {hostile_files.SAID}") == ""
    assert "named" in hostile.judge(one, {"empty"}, hostile_files.SAID)
    assert "not read" in hostile.judge(one, {"trick"}, "x")
    assert "gave away" in hostile.judge(one, {"trick"}, hostile_files.SAID + hostile_files.SECRET)
    lost = hostile_files.Hostile("a", lambda path: None, frozenset({"trick"}), hostile_files.NOTHING)
    assert hostile.judge(lost, {"trick"}, "") == ""
    assert "a report came" in hostile.judge(lost, {"trick"}, "x")
