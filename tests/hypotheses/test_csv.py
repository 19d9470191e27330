"""Cells of a matrix in CSV: harmless, and the same text again when they are read."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from sayso.exchange.matrix import freed, guarded
from sayso.exchange.table import safe

TRICKY = some.text(some.sampled_from(list("=+-@'\";,\t\r\n a＝\u200b")), max_size=12)


@settings(max_examples=300, deadline=None)
@given(some.one_of(TRICKY, some.text(some.characters(exclude_categories=["Cc", "Cs"]), max_size=20)))
@example("'=1")
@example(";';=")
@example("''; '=")
def test_a_cell_is_harmless_and_can_be_read_again(text):
    cell = guarded(text)
    assert safe(cell) == cell  # nothing is left that a spreadsheet could run
    assert freed(cell) == text


@pytest.mark.parametrize("text", ["", "plain", "a; b", "it's", "3 May 2031", "II"])
def test_plain_cells_stay_as_they_are(text):
    assert guarded(text) == text


def test_control_characters_do_not_get_through():
    assert not re.search(r"[\x00-\x08]", guarded("a\x00b\x07"))
