"""What must hold for every text: it comes out as it went in, code point for code point, with its own hash."""

import csv
import hashlib
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.intake import Settings, take_in, wire
from sayso.intake.plain import find_header
from sayso.intake.records import Member
from sayso.model import Caveat, Report

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=300).filter(lambda t: not t.isspace())
GIVEN = Settings(publisher="Tide", published="2031-05-02")


def check(text, reports):
    assert [report.text for report in reports] == [text]
    assert reports[0].sha256 == hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@settings(deadline=None)
@given(TEXTS.filter(lambda t: "\0" not in t and not t.startswith("\ufeff") and not find_header(t).end))
def test_a_text_file(text):
    reports, caveats = take_in(text.encode(), "a.txt", GIVEN)
    if any(caveat.kind in {"binary", "empty"} for caveat in caveats):
        pytest.fail(f"{text!r} was not read: {caveats}")
    check(text, reports)


@settings(deadline=None)
@given(st.text(min_size=1, max_size=300).filter(lambda t: not t.isspace()), st.booleans())
def test_a_json_line(text, escaped):
    line = json.dumps(
        {"text": text, "publisher": "Tide"}, ensure_ascii=escaped or any("\ud800" <= c <= "\udfff" for c in text)
    )
    check(json.loads(line)["text"], take_in(line.encode(), "a.jsonl", GIVEN)[0])


@settings(deadline=None)
@given(TEXTS.filter(lambda t: "\0" not in t))
def test_a_table_cell(text):
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["publisher", "text"], ["Tide", text]])
    check(text, take_in(out.getvalue().encode(), "a.csv", GIVEN)[0])


@settings(deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from(["a.txt", "a.md", "a.html", "a.jsonl", "a.json", "a.csv", "a.tsv", "a", "a.gz"]),
)
def test_any_bytes_give_reports_or_a_reason(data, name):
    reports, caveats = take_in(data, name)
    assert reports or caveats
    assert all(report.text and not report.text.isspace() for report in reports)
    assert {caveat.about for caveat in caveats} <= {name, *(report.id for report in reports)}
    assert take_in(data, name) == (reports, caveats)


@settings(deadline=None)
@given(st.lists(st.text(max_size=50), max_size=4), st.text(max_size=20))
def test_what_the_worker_sends_arrives_as_it_was(texts, word):
    reports = [
        (Report("1", text, "2", "3", "n", title="t", authors=("a", "b"), pages=((0, 1), ())), (("kind", text),))
        for text in texts
    ]
    member = Member(word.encode("utf-8", "surrogatepass"), "a", "b", notes=(("kind", word),))
    pieces = [*reports, member, Caveat("x", "y", word.encode("utf-8", "replace").decode())]
    pipe = io.BytesIO()
    wire.write_pieces(pipe, pieces)
    pipe.seek(0)
    assert list(wire.read_pieces(pipe)) == pieces
