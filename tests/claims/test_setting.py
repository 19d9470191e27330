"""Where a claim stands: beside the day and place that its report is about, or beside others."""

from __future__ import annotations

import re

import pytest

from sayso.claims.setting import setting_of, signs_around
from sayso.model import Claim, Findings, Link, Mention, Span, When

TEXT = (
    "A blast in Ostra on 3 May killed four. The mayor of Ostra spoke on 3 May. Nobody claimed it.\n\n"
    "In a like attack in Low Tarn on 9 March a bus was hit. The driver died.\n\nThe council met."
)
DAYS = {"3 May": "2031-05-03", "9 March": "2031-03-09"}


def findings():
    sentences = [Span(one.start(), one.end()) for one in re.finditer(r"[^.\n ][^.]*\.", TEXT)]
    places = [Mention(Span(*one.span()), "place", "name", 0.9) for one in re.finditer("Ostra|Low Tarn", TEXT)]
    times = [When(Span(*one.span()), DAYS[one[0]], DAYS[one[0]], one[0]) for one in re.finditer("3 May|9 March", TEXT)]
    return Findings("r", tuple(sentences), mentions=tuple(places), times=tuple(times))


def told(words):
    at = TEXT.index(words)
    claim = Claim("c", "r", (Span(at, at + len(words)),), (Link("Quay Courier"),))
    return set(signs_around(setting_of(TEXT, findings()), claim))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A blast in Ostra on 3 May killed four", {"stands early", "beside the day", "beside the place"}),
        ("Nobody claimed it", {"stands amid"}),
        ("a bus was hit", {"stands amid", "beside another day", "beside other places"}),
        ("The driver died", {"stands late", "after another day"}),
        ("The council met", {"stands late"}),
    ],
)
def test_what_stands_around(words, expected):
    assert told(words) == expected


def test_nothing_is_known_of_a_text_without_sentences():
    claim = Claim("c", "r", (Span(0, 4),), (Link("Quay Courier"),))
    assert not set(signs_around(setting_of("Fire", Findings("r")), claim))
