"""What reports add and who is silent, as pages show it: every statement leads to its words."""

from __future__ import annotations

import re

import pytest

from sayso import novelty, spine, workspace
from sayso.dossier import Weighed, compose, compose_markdown, news, silence
from sayso.dossier.index import number
from sayso.dossier.sayings import Known
from tests.lineage.cases import Says
from tests.novelty.made import COURIER, GAZETTE, WIRE, built

ORDER = Says("1", "The captain gave the order, Ina Sorel said.", ("Ina Sorel",), "order/captain")
DEAD = Says("1", "Nine died, Captain Ulf Brann said.", ("Captain Ulf Brann",), "dead/nine", kind="party")
AGAIN = Says("2", "The captain gave it, Ina Sorel said.", ("Ina Sorel",), "order/captain")
OTHER = Says("3", "Seven <b>died</b>, Ina Sorel said.", ("Ina Sorel",), "dead/seven <b>")


@pytest.fixture(scope="module")
def made():
    return built(
        (COURIER, GAZETTE, WIRE),
        (ORDER, DEAD, AGAIN, OTHER),
        echoes=[("2", "1")],
        conflicts=[("dead/nine", "dead/seven <b>")],
        entities={"order/captain": "Captain Ulf Brann"},
    )


def known_of(made):
    return Known(made, number(made), {})


def fresh(made):
    asked = {one.id: n for n, one in enumerate(made.questions, 1)}
    return news.fresh(made, novelty.news(made, [one.id for one in made.reports]), known_of(made), asked)


def test_what_each_report_adds(made):
    first, second, third = fresh(made)
    assert {(fact.head, fact.question) for fact in first.facts} == {
        ("New question", "order?"),
        ("New question", "dead?"),
    }
    assert (second.facts, second.state) == ((), "Nothing new.")
    assert [(fact.head, fact.others) for fact in second.repeats] == [("Repeats", (1,))]
    assert second.echoes == (("a passage of the same words", 1),)
    assert [(fact.head, fact.others) for fact in third.facts] == [("New answer", ()), ("Contradicts", (1,))]
    assert "against “nine”" in third.facts[1].words.replace("dead/", "")


def test_every_fact_leads_to_the_words_of_its_own_report(made):
    for one in fresh(made):
        for fact in (*one.facts, *one.repeats):
            assert fact.asked
            assert {place.report for saying in fact.by for place in saying.places} == {one.number}


def test_only_the_last_reports_that_add_something_stand_in_the_dossier(made):
    shown, more = news.latest(made, novelty.news(made, [one.id for one in made.reports]))
    assert ([one.report for one in shown], more) == (["3", "1"], 0)


def test_the_map_says_of_each_voice_and_question_what_it_did(made):
    (drawn,) = silence.maps(made, novelty.silences(made, made.findings), known_of(made), {})
    assert [one.text for one in drawn.questions] == ["dead?", "order?"]
    rows = {one.name: [(cell.state, cell.place is not None) for cell in one.cells] for one in drawn.voices}
    assert rows == {"Captain Ulf Brann": [("spoke", True), ("silent", False)]}


def test_what_is_not_drawn_is_counted(made):
    found = novelty.silences(made, made.findings)
    (drawn,) = silence.maps(made, found, known_of(made), {}, questions=1, voices=0)
    assert (len(drawn.questions), drawn.more_questions, drawn.voices) == (1, 1, ())


@pytest.fixture(scope="module")
def found(made):
    return Weighed(spine.weigh(made), news=workspace.news(made), silences=workspace.silences(made))


def test_the_dossier_shows_both_and_every_link_leads_somewhere(made, found):
    page = compose(made, found=found)
    part = page.partition("<section id=silence")[2].partition("<section id=caveats")[0]
    assert "Captain Ulf Brann" in part
    assert "not heard" in part
    assert "Contradicts" in part
    assert "Repeats" not in part
    assert "<b>died" not in part
    ids = set(re.findall(r'\bid="?([\w-]+)', page))
    links = set(re.findall(r"href=#([\w-]+)", part))
    assert len(links) > 3
    assert links <= ids


def test_markdown_says_the_same(made, found):
    text = compose_markdown(made, found=found)
    part = text.partition("## Who is silent")[2].partition("## Caveats")[0]
    assert "| Captain Ulf Brann" in part
    assert "not heard" in part
    assert "**Contradicts** report 1" in part
    assert "<b>" not in part


def test_a_case_in_which_nobody_is_silent_says_so(made):
    page = compose(made)
    assert "Nobody who speaks on one question was found silent on another." in page
    assert "No report adds an answer." in page
