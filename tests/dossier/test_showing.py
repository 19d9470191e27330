"""Pictures for notebooks: what they say, and that nothing of a report can do anything in them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

import sayso
from sayso.dossier import show
from sayso.kit import WrongUse
from sayso.model import Link
from tests.dossier.case_of_ostra import ostra
from tests.dossier.test_questions import asked

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
CHAIN = (Link("Gull Post"), Link("two officials", certainty="probable"), Link("he", stance="denies", resolved=False))


def svgs(html):
    return [etree.fromstring(found) for found in re.findall(r"<svg.*?</svg>", html, re.DOTALL)]


def texts(svg):
    return ["".join(one.itertext()) for one in svg.iter("{http://www.w3.org/2000/svg}text")]


def test_a_chain_is_drawn_publisher_first_with_what_each_voice_does():
    shown = show(CHAIN)
    (svg,) = svgs(shown._repr_html_())
    assert texts(svg) == ["Gull Post", "two officials", "probable", "he", "denies", "what it says"]
    assert repr(shown) == "Gull Post → two officials (probable) → he (denies, not resolved)"
    boxes = list(svg.iter("{http://www.w3.org/2000/svg}rect"))
    assert ["stroke-dasharray" in box.attrib for box in boxes] == [False, False, True]


def test_an_attribution_shows_its_words_where_the_case_is_given():
    case = ostra()
    said = case.findings[0].attributions[0]
    words = case.reports[0].text[said.content[0].start : said.content[0].end]
    assert words in repr(show(said, case))
    assert words not in repr(show(said))


def test_a_question_shows_each_answer_with_its_voices_and_days():
    case = asked(ostra())
    question = case.questions[0]
    shown = show(question, case)
    assert all(str(answer.words) in shown.words for answer in question.answers)
    assert len(svgs(shown.html)) == sum(bool(answer.given) for answer in question.answers)


def test_a_case_shows_its_reports_and_what_is_in_dispute():
    case = asked(ostra())
    shown = show(case)
    (strip,) = svgs(shown.html)
    marks = strip.iter("{http://www.w3.org/2000/svg}circle")
    assert len(list(marks)) == sum(bool(DAY.match(one.published)) for one in case.reports)
    assert shown.words.startswith("3 reports, 3 publishers, 7 voices, ")
    assert ", 1 checked by a person, " in shown.words


def test_reports_without_a_day_are_no_mistake():
    case = asked(ostra())
    dateless = replace(case, reports=tuple(replace(report, published="some day") for report in case.reports))
    assert svgs(show(dateless).html) == []
    assert svgs(show(dateless.questions[0], dateless).html) == []


def test_text_of_reports_is_escaped_everywhere():
    case = asked(ostra())
    harmed = replace(case, reports=tuple(replace(report, publisher=HOSTILE) for report in case.reports))
    question = replace(harmed.questions[0], text=HOSTILE)
    for shown in (show(harmed), show(question, harmed), show((Link(HOSTILE), Link(HOSTILE)))):
        assert "<script" not in shown.html
        assert "<img" not in shown.html
        assert len(svgs(shown.html)) >= 1


def test_nothing_is_asked_of_any_network():
    case = asked(ostra())
    for shown in (show(case), show(case.questions[0], case), show(CHAIN)):
        assert not re.search(r"(?:src|href)=|url\(|<style|<script", shown.html)


@pytest.mark.parametrize("thing", [(), 3, "words", (1, 2), None])
def test_what_has_no_picture_says_so(thing):
    with pytest.raises(WrongUse, match="there is no picture of that"):
        sayso.show(thing)


def test_a_question_wants_its_case():
    with pytest.raises(WrongUse, match="with the case"):
        sayso.show(asked(ostra()).questions[0])
