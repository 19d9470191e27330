"""Which words of a statement could answer, and what speaks for them."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from sayso.claims.candidates import AIMED_AT, NOBODY, SPEAKER, candidates, facts
from sayso.claims.network import shipped
from sayso.model import Span
from tests.claims.made import bare, statement


def words(text, several):
    return [text[slice(*one.span)] for one in several]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two masked riders shot at the old ferry.", ["Two masked riders shot", "old ferry"]),
        ("The fire was started by a spilt lamp, not by lightning.", ["fire", "started", "spilt lamp", "lightning"]),
        ("It was not.", []),
        ("The Free Port's harbour-master fled.", ["Free Port's harbour-master fled"]),
        ("", []),
    ],
)
def test_runs_of_words_end_at_small_words_and_punctuation(text, expected):
    assert words(text, candidates(text, bare(text), None)) == expected


def test_what_ends_at_the_same_place_is_one_candidate_without_its_article():
    text = "Shots hit the old ferry."
    content, _ = statement(
        text,
        "Shots hit the old ferry",
        mentions=[("the old ferry", "vehicle", "description")],
        events=[("hit", 3.0, {"patient": "the old ferry", "means": "Shots"})],
        fillers=[("old ferry", "target", 0.9)],
    )
    found = {text[slice(*one.span)]: one.signs for one in candidates(text, content, None)}
    assert found["old ferry"] >= {"mention vehicle", "wording description", "filler target", "sure target"}
    assert "the old ferry" not in found
    assert any(sign.startswith("means of") for sign in found["Shots"])


def test_a_run_is_cut_at_verbs_that_the_reader_saw():
    text = "Masked riders attacked two ferries"
    content, _ = statement(text, text, events=[("attacked", 3.0, {})])
    found = words(text, [one for one in candidates(text, content, None) if "run" in one.signs])
    assert found == ["Masked riders", "two ferries"]


def test_an_event_that_did_not_happen_marks_its_parts():
    text = "Riders never shot the guard."
    told = {
        fact: next(
            one.signs
            for one in candidates(text, statement(text, text, events=[("shot", fact, {"agent": "Riders"})])[0], None)
            if text[slice(*one.span)] == "Riders"
        )
        for fact in (3.0, -3.0)
    }
    assert "not agent" in told[-3.0]
    assert "not agent" not in told[3.0]


def test_the_speaker_stands_last():
    text = "Mayor Tarn said we shot the guard"
    content, said = statement(text, "we shot the guard", source="Mayor Tarn", cue="said")
    found = candidates(text, content, said)
    assert [SPEAKER in one.signs for one in found] == [False] * (len(found) - 1) + [True]
    assert found[-1].span == said.source
    assert all(SPEAKER not in one.signs for one in candidates(text, content, None))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nobody", True),
        ("the other side", True),
        ("people", True),
        ("both sides", True),
        ("rebel side", True),
        ("Harbour Guard", False),
        ("masked riders", False),
    ],
)
def test_nobody_in_particular(name, expected):
    text = f"It was done by {name}."
    content, _ = statement(text, text, mentions=[(name, "person", "description")])
    (found,) = (one for one in candidates(text, content, None) if "mention person" in one.signs)
    assert (NOBODY in found.signs) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the attack on the Harbour Guard", True),
        ("they fired into Harbour Guard huts", True),
        ("the blame falls on the Harbour Guard", False),
        ("the attack by the Harbour Guard", False),
    ],
)
def test_what_something_is_aimed_at(text, expected):
    content, _ = statement(text, text, mentions=[("Harbour Guard", "organisation", "name")])
    (found,) = (one for one in candidates(text, content, None) if "mention organisation" in one.signs)
    assert (AIMED_AT in found.signs) == expected


NAMED = (
    "Mayor Ilda Tarn said Ostra's Harbour Guard and Colonel Berren of the Free Port shot four ferry hands on Friday "
    "near Low Quay"
)


def named():
    return statement(
        NAMED,
        NAMED[NAMED.index("Ostra") :],
        source="Mayor Ilda Tarn",
        cue="said",
        mentions=[
            ("Harbour Guard", "organisation", "name"),
            ("Colonel Berren", "person", "name"),
            ("Free Port", "place", "name"),
            ("Low Quay", "place", "name"),
        ],
        events=[("shot", 3.0, {"agent": "Colonel Berren of the Free Port", "patient": "four ferry hands"})],
        counts=[("four", "killed", "hand")],
        times=["Friday"],
    )


def swapped(text):
    """The same with other names, each as long as before."""
    for one, other in {"Ostra": "Velun", "Harbour Guard": "Mooring Watch", "Berren": "Sollum", "Free Port": "High Dell",
                       "Low Quay": "Fir Knot", "Ilda Tarn": "Oona Vesk", "Colonel": "Captain"}.items():  # fmt: skip
        assert len(one) == len(other)
        text = text.replace(one, other)
    return text


@pytest.mark.parametrize("is_for", [True, False])
def test_nobodys_name_is_evidence_of_anything(is_for):
    content, said = named()
    here = facts(NAMED, content, said, candidates(NAMED, content, said), is_for=is_for)
    there = facts(swapped(NAMED), content, said, candidates(swapped(NAMED), content, said), is_for=is_for)
    assert len(here) > 5
    assert here == there


def test_the_shipped_weights_know_no_name():
    """Every word in them is small but for these marks."""
    answers = json.loads((files("sayso.claims") / "answers.json").read_text(encoding="utf-8"))
    assurance = json.loads((files("sayso.claims") / "assurance.json").read_text(encoding="utf-8"))
    capital = {
        word for name in (*answers, *assurance, *shipped().facts) for word in name.split() if word != word.lower()
    }
    assert capital <= {"Name", "True", "False"}


def test_facts_tell_where_a_candidate_stands():
    text = "four guards shot at the old ferry in Ostra"
    content, _ = statement(text, text, mentions=[("Ostra", "place", "name")])
    several = candidates(text, content, None)
    found = dict(zip(words(text, several), facts(text, content, None, several, is_for=True), strict=True))
    assert {"before in", "behind $", "name", "words 1"} <= found["Ostra"].keys()
    assert {"before at", "behind in", "behind in Name", "head ferry", "of old", "words 2"} <= found["old ferry"].keys()
    assert {"first", "place 0", "before ^"} <= found["four guards shot"].keys()
    assert "first" not in found["old ferry"]
    assert any(name.startswith("meaning ") for name in found["old ferry"])
    assert not any(name.startswith("meaning ") for name in found["Ostra"])


@pytest.mark.parametrize(("text", "expected"), [("we shot the guard", True), ("riders shot the guard", False)])
def test_facts_tell_whether_a_speaker_speaks_of_themselves(text, expected):
    whole = f"Mayor Tarn said {text}"
    mentions = [("we", "person", "pronoun")] if expected else []
    content, said = statement(whole, text, source="Mayor Tarn", cue="said", mentions=mentions)
    own = facts(whole, content, said, candidates(whole, content, said), is_for=False)[-1]
    assert own.keys() >= {
        SPEAKER,
        "speaker against",
        f"speaker of self {expected} against",
        "speaker cue say",
        "speaker asserts",
    }


def test_candidates_stand_in_the_order_of_the_text():
    content, said = named()
    spans = [one.span for one in candidates(NAMED, content, said)][:-1]
    assert spans == sorted(spans)
    assert all(isinstance(span, Span) and span.start < span.end for span in spans)
