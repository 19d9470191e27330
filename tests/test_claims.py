"""What each text states: (text with marks, expected claims).

An attribution is written [source|cue|content]; sentences end with a full stop, question mark or line end.
"""

from __future__ import annotations

import re

import pytest

from sayso.claims import state
from sayso.kit import trim
from sayso.model import Attribution, Link, Report, Span

MARK = re.compile(r"\[(.*?)\|(.*?)\|(.*?)\]")


def understand(marked):
    """The report, its sentences and attributions."""
    text, attributions, place = "", [], 0
    for found in MARK.finditer(marked):
        text += marked[place : found.start()]
        spans = []
        for part in found.groups():
            spans.append(Span(len(text), len(text) + len(part)))
            text += f"{part} "
        text, place = text[:-1], found.end()
        source, cue, content = spans
        chain = (Link("Courier"), Link(text[slice(*source)]))
        attributions.append(
            Attribution(
                f"a{len(attributions)}",
                "r",
                source if source.end > source.start else None,
                cue,
                (content,),
                None,
                chain,
            )
        )
    text += marked[place:]
    report = Report("r", text, "", "", "", publisher="Courier")
    sentences = tuple(trim(text, *found.span()) for found in re.finditer(r"[^.?\n]+[.?]*\n*", text))
    return report, sentences, tuple(attributions)


def stated(marked):
    report, sentences, attributions = understand(marked)
    return [
        (">".join(link.voice for link in claim.chain), report.text[claim.content[0].start : claim.content[-1].end])
        for claim in state(report, sentences, attributions)
    ]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("The pier burned.", [("Courier", "The pier burned.")]),
        ("[Mayor Tarn|said|the pier burned].", [("Courier>Mayor Tarn", "the pier burned")]),
        (
            "[Mayor Tarn|said|the pier burned], two days before a crane fell on it.",
            [("Courier>Mayor Tarn", "the pier burned"), ("Courier", "two days before a crane fell on it.")],
        ),
        (
            "The crane had stood there for thirty years, and [Mayor Tarn|said|it was safe].",
            [("Courier", "The crane had stood there for thirty years"), ("Courier>Mayor Tarn", "it was safe")],
        ),
        ("In a statement on Tuesday [Mayor Tarn|said|it burned].", [("Courier>Mayor Tarn", "it burned")]),
        ("April 11, 2031\nBy Ana Sorel\n", []),
        ("Harbour crane falls on burning pier\n", [("Courier", "Harbour crane falls on burning pier")]),
        ("", []),
    ],
)
def test_claims(marked, expected):
    assert stated(marked) == expected


@pytest.mark.parametrize(
    ("text", "stance", "certainty"),
    [
        ("The pier burned.", "asserts", "certain"),
        ("The pier probably burned.", "asserts", "probable"),
        ("It appeared likely that it could burn.", "asserts", "possible"),
        ("Who set the pier on fire?", "asks", "unknown"),
    ],
)
def test_how_firmly_the_reporter_speaks(text, stance, certainty):
    (claim,) = state(*understand(text))
    assert (claim.stance, claim.certainty) == (stance, certainty)
    assert (claim.chain[0].stance, claim.chain[0].certainty, claim.attribution) == (stance, certainty, None)


def test_content_over_several_sentences_is_not_the_reporters():
    assert stated("[Mayor Tarn|said|it burned. It burned all through the night]. The mayor then left the town.") == [
        ("Courier>Mayor Tarn", "it burned. It burned all through the night"),
        ("Courier", "The mayor then left the town."),
    ]


def test_a_report_of_one_endless_line_takes_no_time():
    marked = "The pier burned and the crane fell. " * 20_000
    assert len(stated(marked)) == 20_000
