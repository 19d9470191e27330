"""The runner that measures draft checks counts what it says it counts; the marks fit the drafts."""

import json
from pathlib import Path
from typing import get_args

import pytest

from evals.drafts import Judged, rates
from sayso.model import Verdict

ROOT = Path(__file__).parents[2]
PLACES = [ROOT / "examples" / "harbour-fire" / "drafts", ROOT / "tests" / "drafts" / "bridge" / "drafts"]
MARKS = [
    (place, json.loads(line)) for place in PLACES for line in (place / "marks.jsonl").read_text("utf-8").splitlines()
]


def test_rates():
    found = rates([
        Judged("a.txt", "one", ("traced", "single-rooted"), "single-rooted"),
        Judged("a.txt", "two", ("untraced",), "traced"),
        Judged("a.txt", "three", ("traced",), "traced"),
        Judged("a.txt", "four", ("no claim",), "not found"),
    ])  # fmt: skip
    assert (found["sentences"], found["accuracy"]) == (4, 0.5)
    assert found["verdicts"]["traced"] == {"precision": 0.5, "recall": 1.0, "given": 2, "marked": 2}
    assert found["verdicts"]["firmer"] == {"precision": None, "recall": None, "given": 0, "marked": 0}
    assert found["wrong"] == {"no claim > not found": 1, "untraced > traced": 1}


@pytest.mark.parametrize(("place", "name"), sorted({(place, mark["draft"]) for place, mark in MARKS}))
def test_every_mark_is_of_a_sentence_of_its_draft(place, name):
    text = (place / name).read_text("utf-8")
    marks = [mark for where, mark in MARKS if (where, mark["draft"]) == (place, name)]
    assert all(mark["sentence"] in text for mark in marks)
    assert all(set(mark["is"]) <= set(get_args(Verdict)) for mark in marks)
    assert sum(len(mark["sentence"].split()) for mark in marks) == len(text.split())
