"""The head of the page: accounts that exclude each other, and tolls in a sentence, as the reports put them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.dossier import questions
from sayso.dossier.brief import brief, toll_in_words
from sayso.model import Figure, Toll
from tests.dossier.case_of_ostra import ostra
from tests.dossier.test_page import unsure
from tests.dossier.test_questions import OWN, VARN, asked, given, known


def figure(words, low, high, speaker="the mayor", published="2031-05-04", **more):
    given, basis = more.pop("given", ()), more.pop("basis", "number")
    return Figure(words, "o", speaker, low, high, words, basis, given, published, **more)


def toll(*figures):
    return Toll("t", "i", "killed", 0, 0, 0, 0, 1, figures)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([figure("four", 4, 4)], "Killed: “four” (the mayor)."),
        (
            [figure("four", 4, 4), figure("23", 23, 23, "the coroner", "2031-05-09T06:30")],
            "Killed: “four” (the mayor) to “23” (the coroner). The latest: “23” (the coroner), of 9 May 2031.",
        ),
        (
            [figure("up to 40", 0, 40), figure("nine", 9, 9, "a nurse", "")],
            "Killed: “nine” (a nurse) to “up to 40” (the mayor). The latest: “up to 40” (the mayor), of 4 May 2031.",
        ),
        ([figure("four", 4, 4), figure("men", 2, None, basis="people")], "Killed: “four” (the mayor)."),
        ([figure("four", 4, 4), figure("900", 900, 900, far=True)], "Killed: “four” (the mayor)."),
        ([figure("four", 4, 4), figure("two", 2, 2, scope="child")], "Killed: “four” (the mayor)."),
        ([figure("nine", 9, 9), figure("four", 4, 4, superseded=True)], "Killed: “nine” (the mayor)."),
        ([figure("many dozens", 24, None), figure("31", 31, 31)], "Killed: “31” (the mayor)."),
        ([figure("dozens of guards", 24, None)], "Killed: “dozens of guards” (the mayor)."),
    ],
)
def test_a_toll_in_words(figures, expected):
    assert toll_in_words(toll(*figures), known(ostra())) == expected


def test_what_reporters_recall_counts_where_nobody_else_gives_a_figure():
    case = asked(unsure(ostra(), 2))
    own = figure("six", 6, 6, "Coast Wire", given=(given(case, OWN),))
    varn, officials = (figure(words, 4, 4, given=(given(case, at),)) for words, at in (("four", VARN), ("five", 3)))
    assert toll_in_words(toll(own, varn), known(case)) == "Killed: “four” (the mayor)."
    assert toll_in_words(toll(own), known(case)) == "Killed: “six” (Coast Wire)."
    assert toll_in_words(toll(varn, officials), known(case)) == "Killed: “four” (the mayor)."
    assert toll_in_words(toll(officials), known(case)) == "Killed: “five” (the mayor, unsure)."


def headed(change=lambda one: one):
    case = asked(ostra())
    case = replace(case, questions=tuple(map(change, case.questions)))
    return brief(case, questions.disputes(case, known(case)), known(case))


def test_answers_that_exclude_each_other_are_two_accounts():
    (line,) = headed().lines
    assert line.lead == "Two accounts, one of them denied; one denial besides"
    assert [one.words for one in line.accounts] == ["“guards”", "The Dockers' Union", "“the governor”"]


def test_answers_that_do_not_are_one():
    def akin(one):
        return replace(one, differences=tuple(replace(each, kind="granularity") for each in one.differences))

    (line,) = headed(akin).lines
    assert line.lead == "One account, and it is denied; one denial besides"
    assert line.accounts[0].words == "“guards”"
    assert line.accounts[0].also == (("The Dockers' Union", "according to The Dockers' Union"),)


def test_one_account_that_nobody_denies_is_told_and_not_disputed():
    def alone(one):
        given = [each for answer in one.answers for each in answer.given if each.is_for]
        return replace(one, answers=(replace(one.answers[0], given=tuple(given)),), differences=())

    found = headed(alone)
    assert found.lines == ()
    assert [one.text for one in found.told] == ["Who did it?", "How many were injured?"]


def test_what_unsure_passages_alone_answer_is_named_without_an_account():
    found = headed(lambda one: replace(one, answers=tuple(replace(each, probability=0.1) for each in one.answers)))
    assert found.lines == found.told == ()
    assert [words for _, words in found.faint] == ["Who did it?", "How many were injured?"]


def test_a_dispute_in_unsure_passages_alone_is_marked():
    case = ostra()
    for report in (0, 1):
        case = unsure(case, *range(9), report=report)
    case = asked(case)
    (line,) = brief(case, questions.disputes(case, known(case)), known(case)).lines
    assert [(one.words, one.unsure) for one in line.accounts][:2] == [("“guards”", True), ("The Dockers' Union", True)]


def test_of_many_reports_what_one_alone_answers_is_named_without_its_answer():
    case = asked(ostra())
    alone = replace(case.questions[0], answers=case.questions[0].answers[:1])
    case = replace(case, questions=(alone,), reports=case.reports * 3)
    found = brief(case, questions.disputes(case, known(case)), known(case))
    assert (found.lines, found.told, found.faint) == ((), (), ((1, "Who did it?"),))


def test_of_many_reports_what_one_reporter_says_in_their_own_voice_stands_below():
    case = asked(ostra())
    own = replace(case.questions[0].answers[1], given=(given(case, OWN, "three warehouses"),))
    answers = (case.questions[0].answers[0], own)
    case = replace(case, questions=(replace(case.questions[0], answers=answers),))
    (line,) = brief(case, questions.disputes(case, known(case)), known(case)).lines
    assert [one.own for one in line.accounts] == [False, True]
    both = replace(
        case.questions[0], answers=(replace(answers[0], given=(*answers[0].given, given(case, 1, report=1))), own)
    )
    case = replace(case, questions=(both,), reports=case.reports * 3)
    (line,) = brief(case, questions.disputes(case, known(case)), known(case)).lines
    assert ([one.own for one in line.accounts], line.more) == ([False], "one more below")
