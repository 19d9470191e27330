"""The words that answer a question."""

from __future__ import annotations

import pytest

from sayso.claims import answers
from sayso.claims.answers import FAMILIES, can_answer, choose
from sayso.claims.candidates import AIMED_AT, NOBODY, Candidate
from sayso.model import Span
from tests.claims.made import bare, statement


def one(*signs):
    return Candidate(Span(0, 4), frozenset(signs))


@pytest.mark.parametrize(
    ("slot", "signs", "expected"),
    [
        ("date", {"time"}, True),
        ("date", {"mention place", "run"}, False),
        ("perpetrator", {"mention person"}, True),
        ("perpetrator", {"mention organisation"}, True),
        ("perpetrator", {"filler perpetrator_group"}, True),
        ("perpetrator", {"speaker"}, True),
        ("perpetrator", {"run"}, False),
        ("ordered_by", {"mention weapon"}, False),
        ("ordered_by", {"mention person", NOBODY}, False),
        ("perpetrator", {"mention place", AIMED_AT}, False),
        ("complicity", {"mention person", "pronoun"}, False),
        ("killed", {"count", "count killed"}, True),
        ("killed", {"run"}, True),
        ("killed", {"pronoun"}, False),
        ("place", {"mention place"}, True),
        ("place", {"mention person"}, False),
        ("whereabouts", {"time"}, False),
        ("means", {"run"}, True),
        ("means", {"speaker"}, False),
        ("means", {"mention nationality", "run"}, False),
    ],
)
def test_what_can_answer(slot, signs, expected):
    assert can_answer(slot, one(*signs)) is expected


TEXT = "Mayor Tarn said four guards shot at the old ferry on Friday in Ostra"


def found():
    return statement(
        TEXT,
        "four guards shot at the old ferry on Friday in Ostra",
        source="Mayor Tarn",
        cue="said",
        mentions=[("four guards", "person", "description"), ("Ostra", "place", "name")],
        events=[("shot", 3.0, {"agent": "four guards", "time": "Friday", "place": "Ostra"})],
        times=["Friday"],
    )


@pytest.mark.parametrize(("slot", "expected"), [("date", "Friday"), ("place", "Ostra"), ("perpetrator", "four guards")])
def test_choose(slot, expected):
    content, said = found()
    chosen = choose(slot, TEXT, content, said, is_for=True)
    assert TEXT[slice(*chosen.span)].removeprefix("four ") == expected.removeprefix("four ")
    assert 1 / chosen.candidates <= chosen.share <= 1


def test_a_day_is_a_time():
    text = "riders shot at the old ferry"
    content, _ = statement(text, text)
    assert choose("date", text, content, None, is_for=True) == answers.Chosen(None)


def test_the_heaviest_candidate_is_chosen_of_equals_the_first(monkeypatch):
    content, said = found()
    monkeypatch.setattr(answers, "_weights", lambda: {"whereabouts: mention place": 3.0})
    chosen = choose("whereabouts", TEXT, content, said, is_for=True)
    assert (TEXT[slice(*chosen.span)], chosen.weight) == ("Ostra", 3.0)
    monkeypatch.setattr(answers, "_weights", dict)
    chosen = choose("whereabouts", TEXT, content, said, is_for=True)
    assert TEXT[slice(*chosen.span)] == "shot"
    assert chosen.share == pytest.approx(1 / chosen.candidates)


@pytest.mark.parametrize(
    ("slot", "weights", "expected"),
    [
        (
            "ordered_by",
            {"actor: mention person": 1.0, "ordered_by: mention person": 0.5, "count: mention person": 9.0},
            1.5,
        ),
        ("perpetrator", {"actor: mention person": 1.0, "ordered_by: mention person": 9.0}, 1.0),
        ("place", {"place: mention place": 2.0}, 2.0),
    ],
)
def test_a_weight_is_the_familys_and_the_questions_own_each_once(slot, weights, expected):
    content, said = found()
    assert choose(slot, TEXT, content, said, is_for=True, weights=weights).weight == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the depot was hit because it held arms", "because it held arms"),
        ("they burned it in retaliation for the raid", "in retaliation for the raid"),
        ("The raid was aimed at the ferry", "aimed at the ferry"),
        ("they shot to silence the harbour-master", "to silence the harbour-master"),
        ("the purpose was to close the port", "purpose was to close the port"),
        ("the guards hated ferries", None),
        ("they aimed attacks from the quay", None),
    ],
)
def test_a_motive_is_a_clause(text, expected):
    chosen = choose("motive", text, bare(text), None, is_for=True)
    assert (chosen.span and text[slice(*chosen.span)], chosen.candidates) == (expected, int(expected is not None))


def test_every_question_but_the_motive_has_a_family():
    assert set(answers.FAMILIES) == set(answers.Slot.__args__) - {"motive"}
    assert set(FAMILIES.values()) == {"actor", "count", "date", "place", "means"}
