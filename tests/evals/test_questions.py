import pytest

from evals.ledgers import known, recall
from evals.questions import answers_of, ask, measure
from evals.rivals import Mine, same_voice, worth
from sayso.kit import digest
from sayso.model import (
    Answer,
    Case,
    Claim,
    Difference,
    Findings,
    Given,
    Headline,
    Link,
    Question,
    Reason,
    Report,
    Span,
    Turn,
)


def _mine(name="a", slot="means", words="", *, question="Q", sentences=(), by=("Orrin",), **value):
    answer = Answer(name, words, (), **value)
    return Mine(question, slot, f"{slot}?", answer, (words,), sentences, frozenset(by), frozenset())


@pytest.mark.parametrize(
    ("truth", "mine", "agrees"),
    [
        ({"low": 4, "high": 4}, _mine(low=4.0, high=4.0), True),
        ({"low": 4, "high": 4}, _mine(low=4.0), False),
        ({"low": 4, "high": None}, _mine(low=4.0), True),
        ({"high": 40}, _mine(low=1.0, high=40.0), True),
        ({"low": 60, "high": 60, "about": True}, _mine(low=55.0, high=65.0), True),
        ({"low": 60, "high": 60, "about": True}, _mine(low=55.0), False),
        ({"low": 0, "high": 0}, _mine(words="none"), False),
        ({"earliest": "2031-04-10", "latest": "2031-04-10"}, _mine(earliest="2031-04-10", latest="2031-04-10"), True),
        ({"earliest": "2031-04-10", "latest": "2031-04-10"}, _mine(earliest="2031-04-10", latest="2031-04-11"), False),
        ({"names": ["the Crane Union"]}, _mine(words="masked men of the Crane Union"), True),
        ({"names": ["the Crane Union"]}, _mine(words="Crane"), False),
        ({"words": [["oil", "rags"], ["torch"]]}, _mine(words="rags with oil"), True),
        ({"words": [["oil", "rags"], ["torch"]]}, _mine(words="oil"), False),
        ({"words": [["torch"]]}, _mine(words="mill", sentences=("A torch lit the mill.",)), False),
        ({"words": [["locked"]]}, _mine(slot="free", words="shut", sentences=("The gate was locked.",)), True),
    ],
)
def test_when_two_answers_are_one(truth, mine, agrees):
    assert (worth(truth, mine) > 0) == agrees


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the ministry", "the Trade Ministry", True),
        ("the War Ministry", "the Trade Ministry", False),
        ("unspecified", "unspecified", True),
        ("unspecified", "Orrin", False),
        ("", "Orrin", False),
    ],
)
def test_when_two_voices_are_one(one, other, same):
    assert same_voice(one, other) == same


def _answer(name, **value):
    return {"answer": name, "for": ["Orrin"], "against": [], **value}


KILLED = {
    "slot": "killed",
    "answers": [
        _answer("4", low=4, high=4),
        _answer("9", low=9, high=9),
        _answer("12", low=12, high=12),
        {**_answer("2 hurt", low=2, high=2), "optional": True},
    ],
    "differences": [
        {"one": "4", "other": "9", "kind": "update"},
        {"one": "4", "other": "12", "kind": "conflict"},
        {"one": "9", "other": "12", "kind": "conflict"},
    ],
    "open": [],
}
DOOR = {
    "free": "was the gate shut",
    "words": [["gate"]],
    "answers": [_answer("yes", words=[["shut"]])],
    "differences": [],
    "open": [],
}


def _count(name, count):
    return _mine(name, "killed", str(count), low=float(count), high=float(count))


def _case(*differences):
    return Case((), (), questions=(Question("Q", "killed", "I", "", (), tuple(differences)),))


def _measured(mine, *differences, truth=(KILLED, DOOR)):
    return measure(*ask(truth, mine), _case(*differences))


def test_all_found_is_one():
    mine = [_count("a", 4), _count("b", 9), _count("c", 12), _mine("d", "free", "shut", question="F")]
    mine[-1] = mine[-1]._replace(text="Was the gate shut?")
    hows = (
        Difference("b", "a", "update", ""),
        Difference("a", "c", "conflict", ""),
        Difference("b", "c", "conflict", ""),
    )
    result, notes = _measured(mine, *hows)
    assert result["together"] == result["questions"]["f1"] == result["answers"]["f1"] == result["kinds"] == 1
    assert result["differences"]["all"]["f1"] == result["sides"]["f1"] == 1
    assert notes == {"missing": [], "extra": []}


def test_nothing_found_is_nought():
    result, notes = _measured([])
    assert result["together"] == result["answers"]["f1"] == result["kinds"] == 0
    assert len(notes["missing"]) == 6


def test_an_answer_found_twice_is_wrong_once_and_an_optional_one_is_not_counted():
    again = _count("d", 4)._replace(question="other")
    result, _ = _measured([_count("a", 4), again, _count("e", 2)])
    rates = {"precision": 0.5, "recall": 0.25, "f1": pytest.approx(1 / 3)}
    assert result["answers"] == {**rates, "found": 1, "by a right voice": 1, "by sentence": 0}
    assert result["by question"]["killed"] == {"answers": 3, "found": 1, "extra": 1}


def test_another_kind_of_difference_is_missing_under_its_own_and_wrong_under_the_other():
    mine = [_count("a", 4), _count("b", 9)]
    result, notes = _measured(mine, Difference("a", "b", "conflict", ""))
    assert result["differences"]["update"] == {"precision": 0, "recall": 0, "f1": 0, "pairs": 1}
    assert result["differences"]["conflict"]["precision"] == 0
    assert {"question": "killed", "between": ["4", "9"], "is": "update", "found": "conflict"} in notes["missing"]


def test_differences_that_are_open_are_not_counted():
    truth = {**KILLED, "differences": [], "open": [["4", "9"]]}
    result, _ = _measured([_count("a", 4), _count("b", 9)], Difference("a", "b", "scope", ""), truth=[truth])
    assert result["differences"] == {"all": {"precision": 0, "recall": 0, "f1": 0, "pairs": 0}}


def test_a_side_given_by_somebody_else_is_wrong_and_missing():
    result, notes = _measured([_count("a", 4)._replace(for_by=frozenset({"Vask"}))])
    assert result["sides"] == {"precision": 0, "recall": 0, "f1": 0}
    assert (result["answers"]["found"], result["answers"]["by a right voice"]) == (1, 0)
    assert {"side": "for", "found": ["Vask"]}.items() <= notes["missing"][-1].items()


def test_a_free_question_is_not_one_of_another_thing():
    stray = _mine("d", "free", "shut", question="F")._replace(text="Was the lid shut?")
    result, _ = _measured([stray])
    assert (result["questions"]["precision"], result["answers"]["precision"]) == (0, 0)


def _told(name, text):
    claim = Claim(f"claim of {name}", name, (Span(0, len(text)),), (Link("The Post"), Link("Orrin")))
    return Report(name, text, digest(text), "", name), Findings(name, (Span(0, len(text)),), claims=(claim,))


def _posed(name, *reports):
    given = tuple(Given(report, f"claim of {report}", is_for=True, span=None) for report in reports)
    return Question(name, "killed", "I", "", (Answer(f"answer {name}", "4", given, low=4.0, high=4.0),))


def test_questions_are_those_whose_claims_stand_mostly_in_the_reports_of_the_truth():
    told = [_told("r1", "Orrin said four died."), _told("r2", "Orrin said four died there."), _told("mill", "A fire.")]
    asked = (_posed("one", "r1", "r2", "mill"), _posed("two", "mill"), _posed("three", "r1", "mill"))
    case = Case(tuple(report for report, _ in told), tuple(found for _, found in told), questions=asked)
    mine = list(answers_of(case, [digest(report.text) for report, _ in told[:2]]))
    assert [one.question for one in mine] == ["one"]
    assert mine[0].for_by == {"Orrin"}
    assert not mine[0].against_by
    assert mine[0].sentences == ("A fire.", "Orrin said four died.", "Orrin said four died there.")


def _ledgers(reasons=(), turns=(), headlines=()):
    return {"reasons": list(reasons), "turns": list(turns), "headlines": list(headlines)}


def test_reasons_turns_and_headlines_are_found_by_answer_voice_and_words():
    told = [_told("r1", "Orrin said four died, for he saw four."), _told("r2", "Orrin said nine died. He saw none.")]
    texts = [{"id": report.id, "sha256": digest(report.text), "text": report.text} for report, _ in told]
    reason = Reason(
        "a",
        is_for=True,
        by="Orrin",
        report="r1",
        claim="claim of r1",
        span=Span(26, 37),
        rebutted=(("r2", "claim of r2"),),
    )
    turn = Turn(
        "Orrin",
        Given("r1", "claim of r1", is_for=True, span=None),
        Given("r2", "claim of r2", is_for=True, span=None),
        "update",
    )
    headline = Headline("r2", "claim of r2", "claim of r2", "firmer")
    asked = Question("Q", "killed", "I", "", (), (), (reason,), (turn,), (headline,))
    case = Case(tuple(report for report, _ in told), tuple(found for _, found in told), questions=(asked,))
    here = known(case, texts, {"killed": {"Q"}}, {("killed", "4"): "a"})
    quotes = [{"report": "r1", "quote": "he saw four"}, {"report": "r2", "quote": "He saw none."}]
    row = {"question": "killed", "answer": "4", "side": "for", "rebutted_by": ["Orrin"], "quotes": quotes}
    turned = {"who": "Orrin", "question": "killed", "quotes": quotes}
    result, missing = recall(_ledgers([row, {**row, "side": "against"}], [turned], [{"report": "r2"}]), here)
    assert result["reasons"] == {"found": 1, "of": 2}
    assert result["rebuttals"] == result["turns"] == result["headlines"] == {"found": 1, "of": 1}
    assert [(one["ledger"], one["side"]) for one in missing] == [("reasons", "against")]
