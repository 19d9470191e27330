"""Cast and incidents: who is meant under which spelling, and nobody named in a part but by somebody."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sayso.dossier import cast, compose, incidents
from sayso.dossier.incidents import interval, scenes
from sayso.dossier.index import Place, number
from sayso.dossier.sayings import speaker
from sayso.dossier.words import days
from sayso.model import Case, Entity, Incident, Joining, Judgement, Quantity, Span, Where
from tests.dossier.case_of_ostra import RIVAL, WIRE, ostra, span
from tests.dossier.test_page import Outline


@pytest.fixture(scope="module")
def html():
    return compose(ostra())


@pytest.fixture(scope="module")
def outline(html):
    return Outline(html)


def members(case):
    return cast.members(case, number(case), {})


def told(case):
    return scenes(case, number(case), {identity: n for n, identity in enumerate(cast.order(case), 1)})


@pytest.mark.parametrize(
    "said",
    [
        "Harbour master Ilse Varn person open or disputed 3 mentions in 2 reports “Harbour master Ilse Varn” , “Varn”",
        "Why these are taken for one “Harbour master Ilse Varn” and “Varn” : a short form in one report",
        "disputed “Harbour master Ilse Varn” and “Harbour master I. Varn” : same title, initial and family name",
        "joined by R. Moll “Ostra Port Authority” and “the port authority” : the end of the full name",
        "May belong to it, and is not joined open “Ostra Port Authority” and “Ostra” : the one begins with the other",
        "Named once Tomas Reke person 1:5",
        "Ostra 5 times, 2 reports 1:1 2:1 2:2 2:5 2:6",
    ],
)
def test_the_cast_says(outline, said):
    assert said in outline.text


@pytest.mark.parametrize(
    "said",
    [
        "When 28 April 2031 Where Ostra Told in report 1 , Coast Wire : 1:1 report 2 , Ostra Courier : 2:2 2:5",
        'Ilse Varn accepted by R. Moll : the fire "started in warehouse four", where paint was stored 1:2',
        "Coast Wire → harbour master Ilse Varn denies : any gate had been open 1:4",
        "Coast Wire, in the reporter’s own voice : The harbour of Ostra burned for six hours on Monday",
        "Coast Wire → The Maritime Ledger → two port officials alleges, probable : 1:3 Named as perpetrator guards",
        "Ostra Courier → The Dockers' Union alleges : 2:3 Named as the group behind it Ostra Port Authority",
        "alleges speaks here : 2:3 Named as the group behind it The Dockers' Union",
        "Ostra Courier, in the reporter’s own voice : 2:5 Named as victim four sailors",
        "“At least four” 4 or more sailor (civilians), injured Ostra Courier, in the reporter’s own voice : 2:5",
        "“In 2029” 2029 Ostra Courier, in the reporter’s own voice : 2:6",
        "Why this is taken for one incident the same words tell of it in report 1 and report 2",
        "Not to be taken for it fire, Ostra, 2029 : the same place",
        "3 incidents told apart by program: which",
        "2 names with spellings that may or may not be one: the cast",
    ],
)  # fmt: skip
def test_the_incidents_say(outline, said):
    assert said in outline.text


def test_whom_nobody_names_is_not_named(outline):
    case = ostra()
    assert any(name == "nobody says so" and not places for _, name, places in case.incidents[0].fillers)
    assert "nobody says so" not in outline.text


def test_a_speaker_who_is_not_given_is_called_so():
    case = ostra()
    believed = case.findings[0].claims[6].id
    fire = replace(case.incidents[0], claims=(believed,))
    text = Outline(compose(replace(case, incidents=(fire,)))).text
    assert "Coast Wire → speaker not given possible unsure : nobody slept in the sheds 1:8" in text


def test_every_name_in_a_part_has_its_voices():
    for scene in told(ostra()):
        for named in scene.named:
            assert named.by
            assert all(saying.who and saying.told for saying in named.by)


@pytest.mark.parametrize(
    ("taken", "disputed", "by", "mark"),
    [
        (True, False, "", ""),
        (True, True, "", "disputed"),
        (False, False, "", "open"),
        (False, True, "", "open"),
        (True, False, "R. Moll", "joined by R. Moll"),
        (False, False, "R. Moll", "kept apart by R. Moll"),
        (False, True, "R. Moll", "to be joined, says R. Moll"),
    ],
)
def test_how_a_joining_stands(taken, disputed, by, mark):
    case = ostra()
    joining = Joining("Varn", "Reke", "why", 0.5, taken, disputed, by)
    one = replace(case.entities[0], joinings=(joining,))
    member = members(replace(case, entities=(one, *case.entities[1:])))[0]
    assert [reason.mark for reason in (member.joined if taken else member.apart)] == [mark]


def test_what_a_person_said_of_a_reading_stands_beside_it():
    case = ostra()
    rejected = Judgement("j", case.findings[0].attributions[2].id, "rejected", "misheard", "R. Moll", "2031-06-02")
    text = Outline(compose(replace(case, judgements=(rejected,)))).text
    assert "two port officials alleges, probable rejected by R. Moll : 1:3 Named as perpetrator guards" in text


def test_a_row_of_parts_begins_with_who_says_so(html):
    rows = re.findall(r"<tr><td>\n*<ul class=by><li><bdi>([^<]+)</bdi>.*?<td>(Named as [^<]+)<td>", html, re.DOTALL)
    assert rows[:2] == [
        ("Coast Wire → The Maritime Ledger → two port officials", "Named as perpetrator"),
        ("Ostra Courier → The Dockers' Union", "Named as the group behind it"),
    ]
    assert html.count("<td>Named as") == len(rows) == 5


def test_a_mention_leads_to_its_sentence(html):
    assert "<a href=#s1-1>1:1</a>" in html
    assert re.search(r"<span id=s1-1><u|<span id=s1-1>The harbour of Ostra burned", html)
    led = set(re.findall(r"href=#(s\d+-\d+)", html))
    assert led
    assert led == set(re.findall(r"<span id=(s\d+-\d+)>", html)), "sentences that nothing leads to carry no id"


def test_a_mention_in_a_report_without_sentences_leads_to_the_report():
    assert Place(3, 0).anchor == "r3"
    case = ostra()
    bare = replace(case, findings=tuple(replace(each, sentences=()) for each in case.findings))
    outline = Outline(compose(bare))
    assert [lead for lead in outline.leads if lead not in outline.ids] == []


@pytest.mark.parametrize(
    ("words", "text", "nth", "expected"),
    [
        ("guards", WIRE, 0, "two port officials"),
        ("two port officials", WIRE, 0, "two port officials"),
        ("The Maritime Ledger", WIRE, 0, "The Maritime Ledger"),
        ("three warehouses", WIRE, 0, None),
        ("the port authority", RIVAL, 0, "The Dockers' Union"),
    ],
)
def test_words_are_those_of_the_innermost_who_says_them(words, text, nth, expected):
    case = ostra()
    report = next(report for report in case.reports if report.text == text)
    entries = [entry for entry in number(case).entries.values() if entry.report is report]
    found = speaker(Where(report.id, span(text, words, nth)), entries)
    assert (found.attribution.chain[-1].voice if found else None) == expected


def test_an_entity_met_in_no_report_of_the_case_is_not_in_the_cast():
    case = ostra()
    stray = Entity("x", "Nobody Here", "person", ("Nobody Here",), (Where("gone", Span(0, 4)),))
    assert [one.name for one in members(replace(case, entities=(*case.entities, stray)))] == [
        one.name for one in members(case)
    ]


def test_an_open_joining_leads_to_the_other():
    authority = next(one for one in members(ostra()) if one.name == "Ostra Port Authority")
    place = next(one for one in members(ostra()) if one.name == "Ostra")
    assert [reason.leads for reason in authority.apart] == [place.number]
    assert [reason.leads for reason in authority.joined] == [0, 0]


def test_people_come_first_then_groups_then_places():
    assert [one.section for one in members(ostra())] == [
        "People", "People", "People", "Groups and organisations", "Groups and organisations",
        "Groups and organisations", "Places",
    ]  # fmt: skip


def test_long_lists_are_folded_and_lose_nothing():
    case = ostra()
    text = case.reports[0].text
    many = tuple(Where(case.reports[0].id, Span(start, start + 1)) for start in range(len(text)) if text[start] == "e")
    letter = Entity("x", "e", "other", ("e",), many)
    page = compose(replace(case, entities=(letter,)))
    card = page[page.index('<details class="v e"') :]
    assert f"{len(many)} mentions in 1 report" in card
    assert re.findall(r"<a href=#s[\d-]+>(1:\d)</a>", card) == [f"1:{n}" for n in range(1, 7)]
    assert "<summary>3 more</summary><span class=at>1:7 8 9</span></details>" in card


def test_look_alikes_are_named_each_time():
    case = ostra()
    two = replace(case, incidents=tuple(replace(case.incidents[0], id=f"i{n}") for n in range(3)))
    assert all(len(scene.alike) == 2 for scene in told(two))


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (40, None, "40 or more"), (0, 14, "14 or fewer"), (20, 30, "20 to 30"), (1200, 1200, "1,200"),
        (1.5, 2, "1.5 to 2"), (0, 0, "0"), (0, None, "0 or more"), (2_000_000, None, "2,000,000 or more"),
    ],
)  # fmt: skip
def test_intervals_in_words(low, high, expected):
    assert interval(Quantity(Span(0, 1), low, high, "", "", "", "")) == expected


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        ("2031-05-02", "2031-05-02", "2 May 2031"),
        ("2031-05-02", "2031-05-04", "2 to 4 May 2031"),
        ("2031-05-02", "", "2 May 2031 or later"),
        ("", "2031-05-02", "2 May 2031 or before"),
        ("", "", "not said"),
    ],
)
def test_days_in_words(earliest, latest, expected):
    assert days(earliest, latest) == expected


def test_only_incidents_of_one_kind_that_share_place_or_days_are_alike():
    def incident(name, kind, day="", *places):
        return Incident(name, kind, name, (), (), day, day, places)

    some = (
        incident("a", "fire", "2031-05-02", "p"), incident("b", "fire", "2031-05-02", "q"),
        incident("c", "attack", "2031-05-02", "p"), incident("d", "fire", "2031-06-01", "p"), incident("e", "fire"),
    )  # fmt: skip
    shared = [[(number, words) for number, _, words in incidents.alike(some, one)] for one in range(1, len(some) + 1)]
    assert shared == [
        [(2, "days that can be the same"), (4, "the same place")], [(1, "days that can be the same")], [],
        [(1, "the same place")], [],
    ]  # fmt: skip


def test_a_case_without_names_and_incidents_says_so():
    text = Outline(compose(Case((), ()))).text
    assert "No incident was found." in text
    assert "No name was found." in text
