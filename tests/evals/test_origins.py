"""The runner on origins, given the truth's attributions: no reader is needed."""

import json
from pathlib import Path

import pytest

from evals.files import json_lines
from evals.origins import of_truth, row, summed, true_origins
from sayso import lineage, spine
from sayso.kit import digest, identify_report
from sayso.model import Answer, Case, Findings, Given, Lineage, Question, Report

FOLDER = Path(__file__).resolve().parents[2] / "examples" / "harbour-fire"
TRUTH = json_lines(FOLDER / "truth.jsonl")


def report(truth) -> Report:
    beside = {"publisher": truth["publisher"], "published": truth["published"]}
    name = identify_report(truth["text"], **beside, address="")
    return Report(name, truth["text"], digest(truth["text"]), "", "", **beside)


@pytest.fixture(scope="module")
def told() -> Case:
    reports = tuple(sorted(map(report, TRUTH), key=lambda one: (one.published, one.publisher, one.id)))
    case = Case(reports, tuple(Findings(one.id) for one in reports), echoes=spine.trace(reports))
    return of_truth(case, TRUTH, json.loads((FOLDER / "questions.json").read_text("utf-8"))["questions"])


def test_every_attribution_and_answer_of_the_truth_is_there(told):
    assert sum(len(one.attributions) for one in told.findings) == sum(len(one["attributions"]) for one in TRUTH)
    assert {one.id for one in told.questions} == set(true_origins(TRUTH))


def test_the_bounds_hold_the_true_number_and_are_narrow(told):
    """Without the names that a reader finds, one question may miss: two spellings of a name stay apart."""
    true = true_origins(TRUTH)
    pairs = zip(told.questions, lineage.root(told), strict=True)
    found = summed({question.id: row(one, question, len(true[question.id])) for question, one in pairs})
    assert found["questions"] == 13
    assert found["inside"] >= 12
    assert found["both"] >= 11


@pytest.mark.parametrize(
    ("low", "high", "true", "inside", "narrow"),
    [(1, 2, 2, True, True), (1, 3, 2, True, False), (3, 3, 2, False, True), (1, 1, 2, False, True)],
)
def test_a_row(low, high, true, inside, narrow):
    given = tuple(Given(name, name, is_for=True, span=None) for name in ("a", "b", "c", "a"))
    question = Question("q", "free", "", "?", (Answer("x", "yes", given),))
    told = row(Lineage("q", (), (), (), low, high), question, true)
    assert (told["reports"], told["inside"], told["narrow"]) == (3, inside, narrow)
