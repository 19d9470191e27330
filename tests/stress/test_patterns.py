"""Own regular expressions take no more than in proportion to the text. `python -m evals.patterns` goes further."""

import re
import signal

import pytest

from evals import patterns
from evals.attacks import _parser, attacks, text_of, witness

SMALL = (7_500, 15_000)


@pytest.fixture(autouse=True)
def _alarm():
    before = signal.signal(signal.SIGALRM, patterns._late)
    yield
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    ("written", "use"),
    [
        (r"\s+;", "search"),  # each of many spaces begins a run to the end
        (r"[a-z]+ly\b", "finditer"),
        (r"\((.*)\)", "search"),
        (r"(?:[\w-]+ ){1,3}$", "search"),
        (r"(?:\w*\w+)+!", "match"),  # exponential
        (r"key:[ \t]*(?P<value>[^\n]*)\n", "match"),
        (r"<b[^>]*x", "search"),
    ],
)
def test_what_is_slow_is_found_to_be(written, use, monkeypatch):
    monkeypatch.setattr(patterns, "DEADLINE_SECONDS", 0.5)
    own = patterns.Own("here", re.compile(written), (use,))
    assert patterns.measure(own, (1_600, 3_200))[0].ratio > patterns.MOST


@pytest.mark.parametrize("written", [r"\w+", r"(?<!\s)\s++;", r"[a-z]{1,20}ly\b", r"\([^()]*\)", "the (?:cat|dog)s?"])
def test_what_is_quick_is_found_to_be(written):
    own = patterns.Own("here", re.compile(written), ("finditer",))
    assert patterns.measure(own, (2_000, 4_000))[0].ratio <= patterns.MOST


@pytest.mark.parametrize(
    "written", ["a[bc]+d?", "(?:x|yz){2,5}", r"\d\s\w[^a]", "(?P<one>[“«]).{3}(?:!|$)", "[^\\W\\d_][-’]", "a{2,3}?b"]
)
def test_a_witness_is_matched(written):
    tree = list(_parser.parse(written))
    for variant in range(4):
        assert re.fullmatch(written, witness(tree, variant), re.DOTALL)


def test_texts_are_about_as_long_as_asked():
    for attack in attacks(r"(?:[A-Z]\w+ )+said", 0):
        assert abs(len(text_of(attack, 1_000)) - 1_000) <= max(map(len, attack)) + len(attack[0])


def test_no_pattern_of_the_source_is_missed():
    every, unknown = patterns.collect(patterns.modules())
    assert unknown == []
    assert len(every) > 200
    assert all(own.uses for own in every)


@pytest.mark.slow
def test_no_pattern_of_the_source_is_slow():
    over = patterns.run(SMALL)["over"]
    again = patterns.run(SMALL)["over"] if over else []  # a machine with other work can make one look slow, once
    assert {one["where"] for one in over} & {one["where"] for one in again} == set()
