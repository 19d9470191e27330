"""Which claims `sayso claims --about` takes some words for."""

from __future__ import annotations

import pytest

from sayso.cli.about import about
from sayso.kit import WrongUse
from sayso.model import Case, Claim, Entity, Findings, Incident, Link, Reply, Report, Span, Where

TEXT = "Four men died in the fire. Dara Okonte left the quay. The crane is old."
DIED, LEFT, OLD = (Span(0, 26), Span(27, 53), Span(54, 71))


def claim(name, span, **more):
    return Claim(name, "r", (span,), (Link("Courier"),), **more)


CLAIMS = (
    claim("died", DIED, replies=(Reply("killed", is_for=True, span=Span(0, 4), score=0.9),)),
    claim("left", LEFT),
    claim("old", OLD),
)
OKONTE = Entity("e", "Dara Okonte", "person", ("Dara Okonte", "D. Okonte"), (Where("r", Span(27, 38)),))
FIRE = Incident("i", "fire", "fire, Ostra, 3 May 2031", (), ("died", "left"), "", "")
CASE = Case((Report("r", TEXT, "r", "f", "r"),), (Findings("r", claims=CLAIMS),), entities=(OKONTE,), incidents=(FIRE,))


@pytest.mark.parametrize(
    ("words", "meaning", "expected"),
    [
        ("killed", "the question “killed”", {"died"}),
        ("Killed", "the question “killed”", {"died"}),
        ("d. okonte", "Dara Okonte (in any spelling)", {"left"}),
        ("okonte", "Dara Okonte (in any spelling)", {"left"}),
        ("ostra fire", "the incident “fire, Ostra, 3 May 2031”", {"died", "left"}),
        ("crane", "claims with the words “crane”", {"old"}),
        ("old crane", "claims with the words “old crane”", {"old"}),
    ],
)
def test_about(words, meaning, expected):
    found = about(CASE, words)
    assert (found.meaning, found.claims) == (meaning, expected)


def test_a_question_that_no_claim_answers_is_no_meaning():
    with pytest.raises(WrongUse, match="questions: killed; names most like it: Dara Okonte; incidents: “fire, Ostra"):
        about(CASE, "injured")


@pytest.mark.parametrize("words", ["", "  ", "!"])
def test_no_words(words):
    with pytest.raises(WrongUse):
        about(CASE, words)
