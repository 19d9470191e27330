"""Text of reports enters the page as text only, and what would turn or hide its surroundings is made visible."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.dossier.words import clean, dates, day, listing, share, shown, web_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("a\u202eb", "a[U+202E]b"),
        ("a\u2066b\u2069", "a[U+2066]b[U+2069]"),
        ("a\x00b\x1b", "a␀b␛"),
        ("a\r\nb\tc", "a \nb\tc"),
        ("a\x85b\ud800", "a\ufffdb\ufffd"),
        ("\u200fשלום\u200f", "\u200fשלום\u200f"),
    ],
)
def test_trouble_is_made_visible(text, expected):
    assert clean(text) == expected


@given(st.text())
def test_whatever_is_shown_holds_no_markup_and_can_be_written(text):
    page = str(shown(text))
    assert "<" not in page
    assert ">" not in page
    page.encode("utf-8")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://coast.example/1", "https://coast.example/1"),
        ("HTTP://coast.example", "HTTP://coast.example"),
        ("javascript:alert(1)", ""),
        (" javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https:", ""),
        ("http://[broken", ""),
        ("https://a\u202eb.example", ""),
        ("reports/one.html", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_become_links(address, expected):
    assert web_address(address) == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2031-05-02", "2 May 2031"), ("2031-02-30", "2031-02-30"), ("", ""), ("0000-01-01", "0000-01-01")],
)
def test_dates_are_words_only_where_they_exist(published, expected):
    assert day(published) == expected


def test_a_span_of_dates_passes_over_what_is_no_date():
    assert dates(["2031-05-02", "soon", "2031-02-30"]) == "2 May 2031"


def test_long_lists_are_counted():
    assert listing(list("ABCDEF"), 3) == "A, B, C and 3 others"
    assert listing([]) == ""


@pytest.mark.parametrize(("score", "expected"), [(1.0, "nearly all"), (0.6, "most"), (0.2, "part"), (0.0, "a little")])
def test_shares_are_words(score, expected):
    assert share(score) == expected
