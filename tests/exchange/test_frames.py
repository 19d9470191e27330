"""The case as plain columns."""

from __future__ import annotations

import pytest

import sayso
from sayso.exchange.frames import COLUMNS
from sayso.model import (
    Answer,
    Case,
    Claim,
    Findings,
    Given,
    Incident,
    Link,
    Moment,
    Question,
    Reply,
    Report,
    Span,
    Told,
    Voice,
)  # fmt: skip
from tests.dossier.case_of_ostra import ostra

TEXT = "Four men died on Saturday."
LINKS = (Link("Courier"), Link("an official", "alleges", "probable"))


@pytest.fixture(scope="module")
def case():
    claim = Claim(
        "c",
        "r",
        (Span(0, 25),),
        LINKS,
        "a",
        polarity="negative",
        replies=(Reply("killed", True, Span(0, 4), 0.9),),  # noqa: FBT003
    )
    answer = Answer("n", "Four", (Given("r", "c", True, Span(0, 4)), Given("r", "c", False, None)), low=4, high=4)  # noqa: FBT003
    return Case(
        (Report("r", TEXT, "sha", "f", "r", publisher="Courier", published="2031-05-04"),),
        (Findings("r", claims=(claim,)),),
        voices=(Voice("v", "an official", "official", named=False, spellings=("an official",), attributions=("a",),
                      relays=(), reports=("r",)),),
        incidents=(Incident("i", "killing", "killing, Ostra", (("r", "e"),), ("c",), "", "2031-05-04"),),
        questions=(Question("q", "killed", "i", "How many?", (answer,)),),
        moments=(Moment("m", "incident", "Four men died", "2031-05-03", "2031-05-03",
                        (Told("r", "c", Span(0, 13), "2031-05-04", "2031-05-04"),), "i"),),
    )  # fmt: skip


def rows(frame):
    return [dict(zip(frame, cells, strict=True)) for cells in zip(*frame.values(), strict=True)]


def test_answers_have_the_claims_on_both_sides(case):
    for_it, against = rows(sayso.frames(case)["answers"])
    assert (for_it["question"], for_it["answer_words"], for_it["low"]) == ("q", "Four", 4)
    assert (for_it["publisher"], for_it["voice"], for_it["words"], for_it["is_for"]) == (
        "Courier", "an official", "Four", True,
    )  # fmt: skip
    assert (against["is_for"], against["words"], against["disputed"]) == (False, None, True)


def test_a_claim(case):
    (row,) = rows(sayso.frames(case)["claims"])
    assert (row["words"], row["polarity"], row["own_voice"], row["inferred"]) == (TEXT[:-1], "negative", False, False)
    assert row["chain"] == "Courier > an official (alleges, probable)"
    assert row["replies"] == "killed for"


def test_the_timeline(case):
    (row,) = rows(sayso.frames(case)["timeline"])
    assert (row["earliest"], row["said_first"], row["voice"], row["clock"]) == (
        "2031-05-03", "2031-05-04", "an official", None,
    )  # fmt: skip
    assert row["words"] == "Four men died"


@pytest.mark.parametrize("given", [Case((), ()), "full", "ostra"])
def test_all_columns_are_there_and_plain(case, given):
    given = {"full": case, "ostra": ostra()}.get(given, given) if isinstance(given, str) else given
    found = sayso.frames(given)
    assert {name: tuple(frame) for name, frame in found.items()} == COLUMNS
    for frame in found.values():
        assert len({len(cells) for cells in frame.values()}) == 1
        assert all(isinstance(cell, str | int | float | bool | None) for cells in frame.values() for cell in cells)


def test_known_on_a_day(case):
    assert sayso.frames(sayso.as_of(case, "2031-05-04"))["reports"]["report"] == ["r"]
