"""Times of invented sentences in a report of Wednesday, 14 May 2031. `times.csv` says what a coder would write."""

import csv
import time
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sayso.model import Span
from sayso.reading.sentences import split
from sayso.reading.times import times

FOLDER = Path(__file__).parent
PUBLISHED = "2031-05-14"


def _table():
    with (FOLDER / "times.csv").open(encoding="utf-8", newline="") as table:
        for sentence, rows in groupby(csv.DictReader(table), key=itemgetter("sentence")):
            yield sentence, [(r["as_written"], r["earliest"], r["latest"]) for r in rows if r["as_written"]]


TABLE = list(_table())


def _found(text, published=PUBLISHED):
    return [(one.as_written, one.earliest, one.latest) for one in times(text, split(text), published)]


@pytest.mark.parametrize(("sentence", "expected"), TABLE, ids=[sentence[:60] for sentence, _ in TABLE])
def test_times(sentence, expected):
    assert _found(sentence) == expected


def test_the_table_holds_150_phrases():
    assert len(TABLE) >= 150


@pytest.mark.parametrize(
    ("sentence", "published", "expected"),
    [
        ("It happened yesterday.", "", [("yesterday", "", "")]),
        ("It happened yesterday.", "May 2031", [("yesterday", "", "")]),
        ("It happened yesterday.", "2031-05", [("yesterday", "", "")]),
        ("It happened yesterday.", "2031-03-01T02:00:00Z", [("yesterday", "2031-02-28", "2031-02-28")]),
        ("It happened on Wednesday.", "", [("Wednesday", "", "")]),
        ("It happened on May 3.", "", [("May 3", "", "")]),
        ("It happened on May 3, 2031.", "", [("May 3, 2031", "2031-05-03", "2031-05-03")]),
        ("It has lasted since 2011.", "", [("since 2011", "2011-01-01", "")]),
        ("They met three weeks ago.", "", [("three weeks ago", "", "")]),
        ("They met last month.", "2031-01-31", [("last month", "2030-12-01", "2030-12-31")]),
        ("They met a month ago.", "2031-03-31", [("a month ago", "2031-02-13", "2031-03-15")]),
        ("They met last weekend.", "2031-05-18", [("last weekend", "2031-05-10", "2031-05-11")]),
        ("They met over the weekend.", "2031-05-18", [("the weekend", "2031-05-17", "2031-05-18")]),
        (
            "They met on Feb. 29, 2031.",
            "2031-05-18",
            [("Feb.", "2031-02-01", "2031-02-28"), ("2031", "2031-01-01", "2031-12-31")],
        ),
    ],
)
def test_other_days_of_publication(sentence, published, expected):
    assert _found(sentence, published) == expected


SOME_WORDS = (
    "the last this next on in May March 3 31 2031 1990 s Monday night days weeks two a ago later of , . - "
    "/ since until before after between and to yesterday weekend early mid-May late year years century ' "
    "th"
)


@example(["It", "came", "late"], PUBLISHED)
@given(
    st.lists(st.sampled_from(SOME_WORDS.split()), max_size=30),
    st.sampled_from(["", PUBLISHED, "0001-01-01", "9999-12-31"]),
)
def test_any_words_give_spans_in_order_and_no_error(words, published):
    text = " ".join(words)
    end = 0
    for one in times(text, split(text), published):
        assert text[one.span.start : one.span.end] == one.as_written == one.as_written.strip() != ""
        assert one.span.start >= end
        assert not (one.earliest and one.latest) or one.earliest <= one.latest
        end = one.span.end


@pytest.mark.parametrize(
    "unit", ["May ", "two weeks before ", "late on ", "the morning of ", "1/", "2031-", "from May 3 to "]
)
def test_a_long_line_takes_time_in_proportion(unit):
    text = unit * (40_000 // len(unit))
    started = time.process_time()
    times(text, (Span(0, len(text.rstrip())),), PUBLISHED)
    assert time.process_time() - started < 3
