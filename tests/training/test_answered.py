"""Which claims the marks of a person belong to, and whether words agree with a marked answer."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from sayso.claims.replies import SLOTS
from sayso.model import Attribution, Claim, Findings, Report, Span
from training.answered import _named, _quoted, agree, as_report, marks_of, words_of

TEXT = "Tarn said riders shot four guards at Low Quay, and that nobody had ordered it. It rained all night."


def span(words):
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def findings():
    """Tarn's whole statement, what he says in it of the order, and the reporter's own sentence."""
    contents = {
        "whole": (span(TEXT[10 : TEXT.index(". It")]), "a0"),
        "order": (span("nobody had ordered it"), "a1"),
        "own": (span("It rained all night."), None),
    }
    claims = tuple(Claim(name, "r", (part,), (), said) for name, (part, said) in contents.items())
    said = tuple(Attribution(name, "r", None, None, (part,)) for part, name in contents.values() if name)
    return Findings("r", attributions=said, claims=claims)


def mark(quote, question="killed", answer="four", polarity="for"):
    return {"quote": quote, "question": question, "answer": answer, "polarity": polarity, "by": "Tarn"}


def quoted(*marks):
    return dict(_quoted({"id": "m", "text": TEXT, "answers": marks}, findings()))


@pytest.mark.parametrize(
    ("quote", "claim"),
    [
        ("riders shot four guards at Low Quay", "whole"),
        ("nobody had ordered it", "order"),
        ("It rained all night", "own"),
        ("Tarn said riders shot four guards at Low Quay, and that nobody had ordered it. It rained", "whole"),
        ("Low Quay", None),
        ("Tarn", None),
    ],
)
def test_a_quote_belongs_to_the_claim_most_like_it(quote, claim):
    assert quoted(mark(quote)) == ({claim: [("killed", True, "four")]} if claim else {})


def test_of_claims_equally_like_a_quote_somebodys_statement_has_it():
    part = (span("nobody had ordered it"),)
    claims = Claim("own", "r", part, ()), Claim("said", "r", part, (), "a0")
    marked = {"id": "m", "text": TEXT, "answers": [mark("nobody had ordered it")]}
    for several in (claims, claims[::-1]):
        assert set(_quoted(marked, Findings("r", claims=several))) == {"said"}


def test_marks_of_both_sides_and_of_known_questions_alone():
    several = (
        mark("nobody had ordered it", "ordered_by", "Tarn", "against"),
        mark("nobody had ordered it", "killed", "none"),
        mark("nobody had ordered it", "weather", "rain"),
    )
    assert quoted(*several) == {"order": [("ordered_by", False, "Tarn"), ("killed", True, "none")]}


def test_a_quote_that_does_not_stand_in_the_text_is_an_error():
    with pytest.raises(SystemExit, match="m: the quote 'it snowed' does not stand"):
        quoted(mark("it snowed"))


def test_a_named_attribution_gives_its_marks_to_the_claim_of_the_one_found():
    marked = {
        "attributions": [
            {"id": "x", "content": [span("nobody had ordered it")], "cue": None},
            {"id": "y", "content": [span("Tarn said")], "cue": None},
        ],
        "answers": [
            {"question": "ordered_by", "answer": "nobody", "attributions": ["x"], "polarity": "against"},
            {"question": "killed", "answer": "four", "attributions": ["y"]},
            {"question": "weather", "answer": "rain", "attributions": ["x"]},
        ],
    }
    assert dict(_named(marked, findings())) == {"order": [("ordered_by", False, "nobody")]}
    assert marks_of(marked) == 2
    assert marks_of({"answers": None}) == 0


@pytest.mark.parametrize(
    ("marked", "found", "expected"),
    [
        ("four guards", "four guards", 1.0),
        ("the four guards", "four of the guards", 1.0),
        ("four guards", "Four guard", 1.0),
        ("four guards", "guards", 0.5),
        ("four old harbour guards", "guards", 0.25),
        ("four guards", "riders", 0.0),
        ("four guards", "", 0.0),
        ("the", "the", 0.0),
        ("one two three four five guards", "guards", 0.2),
        ("red blue green black white brown guards", "guards", 0.0),
        ("old harbour guards of Ostra", "young river guards of Velun", 0.0),
    ],
)
def test_how_far_words_agree(marked, found, expected):
    assert agree(marked, found) == agree(found, marked) == pytest.approx(expected)


def test_words_of_a_phrase():
    assert words_of("The Guard's 9 old guards, and riders") == {"guard", "9", "old", "rider"}


def test_the_record_of_a_marked_report():
    one = as_report({"text": TEXT, "publisher": None})
    assert (one.text, one.publisher, one.language) == (TEXT, "", "en")
    assert isinstance(one, Report)
    assert as_report({"text": TEXT, "publisher": "Courier"}).id != one.id


INVENTED = sorted((Path(__file__).parents[2] / "training" / "invented").glob("*.jsonl"))
MARKED = [json.loads(line) for path in INVENTED for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", INVENTED, ids=lambda path: path.stem)
def test_every_invented_mark_can_be_learned_from(path):
    wrong = [
        (marked["id"], one["quote"])
        for marked in map(json.loads, path.read_text(encoding="utf-8").splitlines())
        for one in marked["answers"]
        if marked["text"].count(one["quote"]) != 1
        or one["question"] not in SLOTS
        or one["polarity"] not in {"for", "against"}
        or not one["answer"].strip()
        or one["quote"] != one["quote"].strip()
        or one.keys() != {"question", "answer", "quote", "by", "polarity"}
    ]
    assert wrong == []


def test_the_invented_reports_are_told_apart_and_speak_to_every_question():
    assert len(INVENTED) == 6
    assert [name for name, often in Counter(one["id"] for one in MARKED).items() if often > 1] == []
    assert len({one["text"] for one in MARKED}) == len(MARKED)
    asked = Counter(one["question"] for marked in MARKED for one in marked["answers"])
    assert set(asked) == set(SLOTS)
    assert min(asked.values()) >= 10


def test_the_speaker_of_an_invented_mark_stands_in_its_report():
    wrong = [
        (marked["id"], one["by"])
        for marked in MARKED
        for one in marked["answers"]
        if one["by"].lower() not in marked["text"].lower()
    ]
    assert wrong == []
