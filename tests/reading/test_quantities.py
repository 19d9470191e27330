"""Counts of invented sentences: `counts.csv` says what a careful coder would write down."""

import csv
import time
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Span
from sayso.reading.quantities import quantities
from sayso.reading.sentences import split

FOLDER = Path(__file__).parent


def _table():
    with (FOLDER / "counts.csv").open(encoding="utf-8", newline="") as table:
        for sentence, rows in groupby(csv.DictReader(table), key=itemgetter("sentence")):
            yield (
                sentence,
                [
                    (
                        r["as_written"],
                        float(r["low"]),
                        float(r["high"]) if r["high"] else None,
                        r["counted"],
                        r["fate"],
                        r["who"],
                    )
                    for r in rows
                    if r["low"]
                ],
            )


TABLE = list(_table())


def _found(text):
    return [(q.as_written, q.low, q.high, q.counted, q.fate, q.who) for q in quantities(text, split(text))]


def test_the_table_holds_300_phrases():
    assert len(TABLE) >= 300
    assert sum(len(counts) for _, counts in TABLE) >= 300


@pytest.mark.parametrize(("sentence", "expected"), TABLE, ids=[sentence[:60] for sentence, _ in TABLE])
def test_counts(sentence, expected):
    assert _found(sentence) == expected


SOME_WORDS = (
    "52 1,200 1.2 million fifty-two two dozen dozens of the people were killed and wounded , . - to "
    "between at least more than about no one a soldier soldiers dead from homes % $ May ’s them 13 "
    "including children half several"
)


@given(st.lists(st.sampled_from(SOME_WORDS.split()), max_size=30))
def test_any_words_give_spans_in_order_and_no_error(words):
    text = " ".join(words)
    start = 0
    for one in quantities(text, split(text)):
        assert text[one.span.start : one.span.end] == one.as_written == one.as_written.strip() != ""
        assert one.span.start >= start
        assert one.low >= 0
        assert one.high is None or one.high >= one.low
        start = one.span.start


@given(st.text(max_size=200))
def test_any_text_gives_no_error(text):
    assert all(text[one.span.start : one.span.end] == one.as_written for one in quantities(text, split(text)))


@pytest.mark.parametrize(
    "unit",
    ["52 ", "killed 3, ", "two of the ", "a man and ", "1-", "one hundred and ", "3 of ", "kill and ", "1 in 2 "],
)
def test_a_long_line_takes_time_in_proportion(unit):
    text = unit * (40_000 // len(unit))
    started = time.process_time()
    quantities(text, (Span(0, len(text.rstrip())),))
    assert time.process_time() - started < 3
