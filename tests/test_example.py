"""The truth about the invented case: its texts are what intake gives, its spans and links hold together."""

import json
import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import pytest

from sayso.intake import take_in
from sayso.kit import digest
from sayso.model import Certainty, DifferenceKind, Kind, Manner, Report, Slot, Stance

CASE = Path(__file__).parents[1] / "examples" / "harbour-fire"
TRUTH: list[dict[str, Any]] = [json.loads(line) for line in (CASE / "truth.jsonl").read_text("utf-8").splitlines()]
BY_ID = {truth["id"]: truth for truth in TRUTH}
ECHOES: dict[str, Any] = json.loads((CASE / "echoes.json").read_text("utf-8"))
QUESTIONS: dict[str, Any] = json.loads((CASE / "questions.json").read_text("utf-8"))
LEDGERS = ("toll", "status", "wording", "reasons", "headlines", "turns")
VALUES = ("names", "words", "low", "high", "earliest", "latest")
WHO = {"perpetrator", "ordered_by", "complicity", "killed", "injured", "missing", "detained"}
WHAT = {"date", "place", "means", "motive", "whereabouts", "was the door shut from outside"}
LABELS = {
    "named": {True, False},
    "kind": set(get_args(Kind)),
    "stance": set(get_args(Stance)),
    "certainty": set(get_args(Certainty)),
    "manner": set(get_args(Manner)),
}

each_question = pytest.mark.parametrize("question", QUESTIONS["questions"], ids=lambda one: one["text"])
each_report = pytest.mark.parametrize("truth", TRUTH, ids=lambda truth: truth["id"])


def taken_in() -> Iterator[Report]:
    for path in sorted((CASE / "reports").iterdir()):
        yield from take_in(path.read_bytes(), path.name)[0]


def spans(attribution: dict[str, Any]) -> Iterator[tuple[int, int]]:
    for span in [attribution["source"], attribution["cue"], *attribution["content"]]:
        if span is not None:
            yield tuple(span)


def holds(outer: dict[str, Any], inner: dict[str, Any]) -> bool:
    inside = [any(a <= c and d <= b for a, b in outer["content"]) for c, d in inner["content"]]
    return all(inside)


def size(attribution: dict[str, Any]) -> int:
    return sum(end - start for start, end in attribution["content"])


def long_runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", text.casefold())
    return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}


def test_every_report_has_its_truth_and_every_truth_its_report():
    assert {report.sha256: report.text for report in taken_in()} == {t["sha256"]: t["text"] for t in TRUTH}
    assert len(TRUTH) == len(BY_ID) == 15


def test_publisher_and_date_are_those_that_intake_finds():
    found = {report.sha256: (report.publisher, report.published[:10]) for report in taken_in()}
    assert found == {truth["sha256"]: (truth["publisher"], truth["published"]) for truth in TRUTH}


@each_report
def test_spans_are_words_of_the_text(truth):
    text = truth["text"]
    assert digest(text) == truth["sha256"]
    for attribution in truth["attributions"]:
        assert attribution["content"], attribution["id"]
        for start, end in spans(attribution):
            assert 0 <= start < end <= len(text)
            assert text[start:end] == text[start:end].strip()


@each_report
def test_labels_are_known(truth):
    for attribution in truth["attributions"]:
        for label, allowed in LABELS.items():
            assert attribution[label] in allowed, (attribution["id"], label)


@each_report
def test_what_lies_within_extends_the_voices_of_the_innermost_that_holds_it(truth):
    attributions = {a["id"]: a for a in truth["attributions"]}
    for inner in attributions.values():
        assert inner["voices"][0] == truth["publisher"]
        assert all(inner["voices"])
        holders = [a for a in attributions.values() if a is not inner and holds(a, inner) and not holds(inner, a)]
        if inner["within"] is None:
            assert not holders, inner["id"]
            continue
        holder = attributions[inner["within"]]
        assert holds(holder, inner), inner["id"]
        assert size(holder) <= min(map(size, holders), default=size(holder)), inner["id"]
        assert inner["voices"][: len(holder["voices"])] == holder["voices"], inner["id"]


@each_report
def test_answers_point_at_attributions_and_name_their_origins(truth):
    known = {a["id"] for a in truth["attributions"]}
    for answer in truth["answers"]:
        assert set(answer["attributions"]) <= known
        assert answer["polarity"] in {"for", "against"}
        assert answer["origins"]
        assert answer["question"] in WHO | WHAT


def test_echoes_name_reports_and_the_rewrites_share_the_words_they_should():
    shared = {"mostly the same": 60, "partly the same": 10, "its own": 0}
    for echo in ECHOES["echoes"]:
        copy, original = BY_ID[echo["copy"]], BY_ID[echo["original"]]
        assert copy["published"] >= original["published"]
        assert len(long_runs(copy["text"]) & long_runs(original["text"])) >= shared[echo["words"]]


def test_spellings_stand_where_they_are_said_to_stand():
    for name in ECHOES["spellings"]:
        for spelling, reports in name["spellings"].items():
            assert {i for i, truth in BY_ID.items() if re.search(rf"\b{spelling}\b", truth["text"])} == set(reports)


def test_steps_of_drift_have_the_certainty_of_their_attribution():
    for drift in ECHOES["drift"]:
        for step in drift["steps"]:
            truth = BY_ID[step["report"]]
            assert step["words"] in truth["text"]
            if step["attribution"]:
                marked = next(a for a in truth["attributions"] if a["id"] == step["attribution"])
                assert marked["certainty"] == step["certainty"]


def test_questions_are_those_of_the_closed_list_and_free_ones():
    slots = [one["slot"] for one in QUESTIONS["questions"] if "slot" in one]
    assert sorted(slots) == sorted(get_args(Slot))
    assert all(("slot" in one) != ("free" in one and one["words"]) for one in QUESTIONS["questions"])


@each_question
def test_answers_have_a_value_voices_and_reports(question):
    for answer in question["answers"]:
        assert any(value in answer for value in VALUES), answer
        assert answer["for"], answer
        assert answer["reports"] == sorted(answer["reports"], key=list(BY_ID).index), answer
        assert set(answer["reports"]) <= {i for i, truth in BY_ID.items() if truth["answers"]}


@each_question
def test_every_two_answers_differ_in_one_way_at_most(question):
    names = [answer["answer"] for answer in question["answers"]]
    assert len(set(names)) == len(names)
    pairs = [frozenset({one["one"], one["other"]}) for one in question["differences"]]
    pairs += [frozenset(pair) for pair in question["open"]]
    assert len(set(pairs)) == len(pairs)
    assert set(pairs) <= {frozenset(pair) for pair in combinations(names, 2)}
    assert {one["kind"] for one in question["differences"]} <= set(get_args(DifferenceKind))


def test_each_answer_of_a_report_is_in_a_question_of_the_case():
    asked = {one.get("slot") or one["free"]: one["answers"] for one in QUESTIONS["questions"]}
    for truth in TRUTH:
        for one in truth["answers"]:
            sides = "for" if one["polarity"] == "for" else "against"
            here = [answer for answer in asked[one["question"]] if truth["id"] in answer["reports"]]
            assert any(set(one["origins"]) <= set(answer[sides]) for answer in here), (truth["id"], one)


@pytest.mark.parametrize("ledger", LEDGERS)
def test_quotes_of_the_ledgers_stand_in_their_reports(ledger):
    assert QUESTIONS[ledger]
    for row in QUESTIONS[ledger]:
        assert row["quotes"], row
        for one in row["quotes"]:
            assert one["quote"] in BY_ID[one["report"]]["text"], one


def test_ledgers_name_questions_and_answers_of_the_case():
    answers = {one.get("slot") or one["free"]: [a["answer"] for a in one["answers"]] for one in QUESTIONS["questions"]}
    assert all(row["answer"] in answers[row["question"]] for row in QUESTIONS["reasons"])
    assert all(row["question"] in answers for row in QUESTIONS["turns"])
    assert all(row["low"] <= row["best"] <= row["high"] for row in QUESTIONS["toll"])


def test_headlines_are_those_of_their_reports():
    titles = {report.sha256: report.title for report in taken_in()}
    for row in QUESTIONS["headlines"]:
        truth = BY_ID[row["report"]]
        assert row["headline"] in (truth["text"] if row["where"] == "text" else titles[truth["sha256"]])


def test_the_example_says_how_many_questions_and_differences_it_has():
    needed = [one for one in QUESTIONS["questions"] if "optional" not in one]
    answers = [answer for one in needed for answer in one["answers"] if "optional" not in answer]
    differences = [difference for one in needed for difference in one["differences"]]
    told = f"{len(needed)} questions with {len(answers)} answers, five optional questions, {len(differences)} diff"
    assert told in (CASE / "README.md").read_text("utf-8")
