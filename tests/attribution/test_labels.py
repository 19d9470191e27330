"""Manner by quotation marks, and what a cue's own words add."""

import numpy as np
import pytest

from sayso.attribution.drafts import NOTHING, Draft
from sayso.attribution.labels import KINDS, STANCES, manners, read
from sayso.model import Span

LEANING = np.zeros(22, np.float32)
LEANING[2 + len(KINDS) + STANCES.index("asserts")] = 1.0
"""Of a model that leans to the commonest stance and knows nothing else."""


def draft(text: str, content: str, cue: str = "", *, labels: bool = False) -> Draft:
    at = text.index(content)
    where = Span(text.index(cue), text.index(cue) + len(cue)) if cue else None
    return Draft(None, where, (Span(at, at + len(content)),), NOTHING, LEANING if labels else NOTHING)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("the quay was empty", "indirect"),
        ("“The quay was empty,”", "direct"),
        ('"The quay was empty. Nobody came."', "direct"),
        ("the quay was “quite empty”", "mixed"),
        ('the quay was "quite" empty', "mixed"),
        ("“Empty”, the quay", "mixed"),
    ],
)
def test_manner(content: str, expected: str) -> None:
    assert manners(content, [draft(content, content)], [None]) == [expected]


def test_marks_of_a_nested_quotation_are_not_the_holders() -> None:
    text = "the guard shouted “Run” at noon"
    outer, inner = draft(text, text), draft(text, "“Run”")
    assert manners(text, [outer, inner], [None, 0]) == ["indirect", "direct"]


@pytest.mark.parametrize(
    ("cue", "stance", "certainty"),
    [
        ("denied", "denies", "certain"),
        ("did not believe", "denies", "probable"),
        ("declined to say", "declines", "unknown"),
        ("would neither confirm nor deny", "declines", "unknown"),
        ("accused", "alleges", "certain"),
        ("has ordered", "orders", "certain"),
        ("is believed", "asserts", "probable"),
        ("reportedly", "asserts", "unknown"),
        ("said", "asserts", "certain"),
    ],
)
def test_a_listed_cue_decides_where_the_model_does_not(cue: str, stance: str, certainty: str) -> None:
    text = f"Odrel {cue} that it burned"
    assert read(text, draft(text, "that it burned", cue, labels=True))[1:] == (stance, certainty)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("the crane could have slipped", "possible"),
        ("the crane probably slipped", "probable"),
        ("the crane slipped", "certain"),
        (
            "the crane slipped at noon in the harbour of the old town, and nobody saw it or stood by, and it may rain",
            "certain",
        ),
    ],
)
def test_a_hedge_that_opens_what_is_said_is_the_speakers(content: str, expected: str) -> None:
    text = f"Odrel said {content}"
    assert read(text, draft(text, content, "said", labels=True))[2] == expected


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("voiced", "strong opposition to the new quay", "denies"),
        ("voiced", "hope for the opposition", "asserts"),
        ("refused to accept", "the finding that the pump failed", "denies"),
    ],
)
def test_a_content_that_is_a_rejection_is_denied(cue: str, content: str, expected: str) -> None:
    text = f"Odrel {cue} {content}."
    assert read(text, draft(text, content, cue, labels=True))[1] == expected
