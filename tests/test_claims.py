"""What each text states: (text with marks, expected claims).

An attribution is written [source|cue|content]; sentences end with a full stop, question mark or line end.
"""

from __future__ import annotations

import re

import pytest

from sayso.claims import state
from sayso.claims.assertion import is_inferred, polarity
from sayso.kit import trim
from sayso.model import Attribution, Event, Link, Report, Role, Span

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


def event(text, word, fact, *parts):
    def at(words):
        return Span(text.index(words), text.index(words) + len(words))

    roles = tuple(Role("patient", at(part)) for part in parts)
    return Event(word, at(word), "be" if word == "is" else word, roles=roles, factuality=fact)


@pytest.mark.parametrize(
    ("text", "word", "fact", "parts", "expected"),
    [
        ("The pier burned.", "burned", 3.0, ["The pier"], "positive"),
        ("The pier has not burned.", "burned", -2.0, ["The pier"], "negative"),
        ("The pier never burned.", "burned", 0.4, ["The pier"], "negative"),
        ("The pier hasn’t burned.", "burned", -2.0, ["The pier"], "negative"),
        ("No pier burned.", "burned", 2.5, ["pier"], "negative"),
        ("Nobody burned.", "burned", 2.5, ["Nobody"], "negative"),
        ("The pier is not safe.", "is", 2.0, ["The pier"], "negative"),
        ("The pier must burn.", "burn", -1.5, ["The pier"], "positive"),
        ("It was not only the crane, the pier burned.", "burned", 3.0, ["the pier"], "positive"),
        ("He did not see that the pier burned.", "burned", 3.0, ["the pier"], "positive"),
    ],
)
def test_polarity(text, word, fact, parts, expected):
    found = (event(text, word, fact, *parts),)
    assert polarity("asserts", text, (Span(0, len(text)),), found) == expected
    assert polarity("denies", text, (Span(0, len(text)),), found) == "positive"


def test_the_main_event_is_the_first_that_somebody_has_a_part_in():
    text = "The burning of the pier killed nobody."
    some = (event(text, "burning", -3.0), event(text, "killed", 3.0, "nobody"))
    report, sentences, _ = understand(text)
    (claim,) = state(report, sentences, (), some)
    assert (claim.events, claim.polarity) == (("burning", "killed"), "negative")
    assert polarity("asserts", text, sentences, ()) == "positive"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It appeared likely that the pier would burn.", True),
        ("Apparently the pier burned.", True),
        ("The doors were shut, suggesting that somebody had the keys.", True),
        ("There were two of them, which would mean that one got out.", True),
        ("The doors must have been shut.", True),
        ("The colonel appeared in court.", False),
        ("The pier burned.", False),
        ("Does it seem right?", False),
    ],
)
def test_what_the_reporter_concludes(text, expected):
    (claim,) = state(*understand(text))
    assert claim.inferred == expected


def test_what_others_conclude_is_theirs():
    (claim,) = state(*understand("[Mayor Tarn|said|the pier apparently burned]."))
    assert is_inferred("the pier apparently burned")
    assert not claim.inferred
