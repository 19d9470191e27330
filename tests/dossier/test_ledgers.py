"""The ledgers: every line with who says so, pictures that say what the words say, text that stays text."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sayso.dossier import compose, ledgers, tolls
from sayso.dossier.index import number
from sayso.dossier.ledgers import state
from sayso.dossier.pictures import bar, dot, onward, tick
from sayso.dossier.sayings import Known, of_claim
from sayso.model import (
    Accounts,
    Case,
    ContestedWords,
    Figure,
    LegalStatus,
    Responsibility,
    Span,
    Toll,
    WordUse,
)
from tests.dossier.case_of_ostra import ATTACK, AUTHORITY, TURNED, ostra, span
from tests.dossier.test_page import Outline
from tests.dossier.test_questions import DENIAL, OFFICIALS, OWN, VARN, given


def figure(name, low, high, *some, **fields):
    return Figure(name, "v", "somebody", low, high, str(low), fields.pop("basis", "number"), some, **fields)


def counted(case):
    """The invented case with two tolls, one of which holds all that can be said of a figure."""
    four, three = given(case, VARN, "four"), given(case, OWN, "three warehouses")
    killed = Toll(
        "t1", "i1", "killed", 3, 4, 9, 3, 2,
        (figure("a", 4, 4, four), figure("b", 4, 4, three), figure("c", 3, None, three, basis="people"),
         figure("d", 9, 9, four, scope=ATTACK), figure("e", 2, 2, three, superseded=True),
         figure("f", 400, 400, four, far=True), figure("g", 5, 7, four, basis="both")),
        open=True, attackers=1,
    )  # fmt: skip
    return replace(case, tolls=(killed, Toll("t2", "gone", "injured", 0, 0, 0, 0, 1, (figure("h", 0, 0, four),))))


def drawn(case):
    """Ledgers of the invented case, with a line that means harm in each."""
    wire, rival, hostile = case.reports
    claims, harm = case.findings[0].claims, case.findings[2].claims[1]
    accused = Responsibility(
        "i1", "guards", "accused", "perpetrator", "probable", "two port officials", "party", wire.id,
        claims[OFFICIALS].id, span(wire.text, "guards"),
    )  # fmt: skip
    relayed = replace(
        accused, name="the gate", kind="ordered", slot="ordered_by", speaker="The Maritime Ledger", stake=""
    )
    owned = Responsibility(
        "i1", "Ostra Port Authority", "denied", "ordered_by", "certain", "harbour master Ilse Varn", "self", wire.id,
        claims[DENIAL].id, span(wire.text, "any gate"), AUTHORITY,
    )  # fmt: skip
    wicked = replace(accused, incident="i3", name=ATTACK, kind="helped", speaker=ATTACK, report=hostile.id,
                     claim=harm.id, span=harm.content[0], stake="")  # fmt: skip
    gone = replace(accused, claim="gone", name="nobody says so")
    charged = LegalStatus("i1", "Ilse Varn", "charged", False, "certain", "2031-05-01", "2031-05-01",  # noqa: FBT003
                          "Coast Wire", wire.id, "", span(wire.text, "Harbour master"))  # fmt: skip
    words = ContestedWords(
        "i1", "fire", "the fire",
        (WordUse("lost", "loss", "own voice", "Coast Wire", wire.id, "", span(wire.text, "lost")),
         WordUse("lost", "loss", "quoted", "harbour master Ilse Varn", wire.id, claims[VARN].id,
                 span(wire.text, "started")),
         WordUse(ATTACK, TURNED, "reported", ATTACK, hostile.id, harm.id, harm.content[0])),
    )  # fmt: skip
    assert rival
    return Accounts((accused, relayed, owned, wicked, gone), (charged,), (words,))


@pytest.fixture(scope="module")
def html():
    case = counted(ostra())
    return compose(case, accounts=drawn(case))


@pytest.fixture(scope="module")
def outline(html):
    return Outline(html)


@pytest.mark.parametrize(
    "said",
    [
        "Killed fire, Ostra, 28 April 2031 Lowest 3 Best 4 Highest 9 or more Careful minimum 3",
        "From two origins that give a figure of all. One attacker among them, as it is told.",
        "3 or more people told of singly Coast Wire, in the reporter’s own voice",
        "5 to 7 those who were hit, less the dead",
        "2 the same origin gives another figure later",
        "400 far from the others: it may count something else",
        f"9 of “{ATTACK}” only",
        "guards is accused of it Coast Wire → The Maritime Ledger → two port officials alleges, probable (a party to",
        "the gate is said to have ordered it Coast Wire → The Maritime Ledger : guards probably",
        "Ostra Port Authority denied it (the order) Coast Wire → harbour master Ilse Varn denies (is the one spoken",
        "Ilse Varn not charged, 1 May 2031 Coast Wire, in the reporter’s own voice : Harbour master",
        "the fire “lost” (loss) Coast Wire, in the reporter’s own voice :",
        "harbour master Ilse Varn accepted by R. Moll : the fire",
        "(in quotation marks)",
        "(as reported, the word may be the reporter’s)",
    ],
)
def test_the_page_says(outline, said):
    assert said in outline.text


def test_whom_nobody_names_is_not_named(outline):
    assert "nobody says so" not in outline.text


def test_every_lead_arrives_and_headings_descend(outline):
    assert [lead for lead in outline.leads if lead not in outline.ids] == []
    assert all(after - before <= 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))


def test_text_of_reports_stays_text(html, outline):
    assert "<script>alert" not in html
    assert TURNED[0] not in html
    assert (outline.tags["script"], outline.tags["img"]) == (1, 0)
    assert not [a for a in outline.attributes if a[1].startswith("on") or "alert" in a[2]]
    assert not re.search(r"\sstyle=", html)


def test_pictures_hold_numbers_only_and_are_hidden_from_screen_readers(html):
    drawings = re.findall(r"<svg [^>]*>.*?</svg>", html)
    assert drawings
    for one in drawings:
        assert "aria-hidden=true" in one
        assert not re.search(r"nan|inf", one)


def test_the_scale_ends_beyond_the_highest_figure_that_is_not_far_off():
    case = counted(ostra())
    assert tolls.scale(case.tolls[0]) == pytest.approx(9 * tolls.MARGIN)
    assert tolls.scale(case.tolls[1]) == pytest.approx(tolls.MARGIN)


def test_figures_that_count_stand_first_by_number():
    case = counted(ostra())
    ledger = tolls.tolls(case, Known(case, number(case), {})).shown[0]
    assert [one.words for one in ledger.numbers] == ["3 or more", "4", "5 to 7", "2", "9", "400"]
    assert len(ledger.numbers[1].by.shown) == 2


def test_of_many_figures_those_that_most_reports_give_stand_first_by_number():
    case = counted(ostra())
    once, twice = given(case, VARN, "four"), given(case, 0, report=1)
    figures = [figure(f"f{n}", n, n, once) for n in range(1, 12)]
    many = replace(case.tolls[0], figures=(*figures, figure("g", 11, 11, twice), figure("h", 99, 99, twice, scope="x")))
    ledger = tolls.tolls(replace(case, tolls=(many,)), Known(case, number(case), {})).shown[0]
    assert [one.words for one in ledger.numbers] == [*"1234567", "11", "8", "9", "10", "99"]
    assert tolls.scale(many) == pytest.approx(11 * tolls.MARGIN)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "charged"),
        ({"is_so": False}, "not charged"),
        ({"certainty": "possible"}, "may be charged"),
        ({"kind": "immune", "earliest": "2031-05-01", "latest": "2031-05-02"}, "immune, 1 to 2 May 2031"),
    ],
)
def test_legal_status_in_words(fields, expected):
    one = LegalStatus("", "A", "charged", is_so=True, certainty="certain", earliest="", latest="", speaker="B",
                      report="r", claim="c", span=Span(0, 1))  # fmt: skip
    assert state(replace(one, **fields)) == expected


def test_long_ledgers_are_cut_and_counted():
    case = counted(ostra())
    accounts = drawn(case)
    many = tuple(replace(accounts.responsibilities[0], name=f"name {n}") for n in range(ledgers.MOST_ROWS + 7))
    figures = tuple(figure(f"f{n}", n, n, given(case, VARN, "four")) for n in range(tolls.MOST_FIGURES + 3))
    long = replace(case, tolls=(replace(case.tolls[0], figures=figures), *[case.tolls[1]] * tolls.MOST))
    text = Outline(compose(long, accounts=accounts._replace(responsibilities=many))).text
    assert "And 7 more rows: sayso accounts lists them all." in text
    assert "And 3 more figures: sayso tolls --figures lists them all." in text
    assert "And 1 more toll: sayso tolls lists them all." in text


def test_who_is_said_to_have_ordered_does_not_say_so():
    case = ostra()
    known = Known(case, number(case), {})
    claim = case.findings[0].claims[OFFICIALS].id
    assert of_claim(claim, None, known).who == "Coast Wire → The Maritime Ledger → two port officials"
    ended = of_claim(claim, None, known, "The Maritime Ledger")
    assert (ended.who, ended.mark) == ("Coast Wire → The Maritime Ledger", "")
    assert of_claim(claim, None, known, "somebody else").who == of_claim(claim, None, known).who
    assert of_claim("gone", None, known) is None


def test_a_case_without_ledgers_says_so():
    assert "No figures, accusations, legal states or contested words were found." in Outline(compose(Case((), ()))).text


@pytest.mark.parametrize("shape", [bar(-1, 2, "x"), bar(0.5, 0.5, "x"), tick(7, "x"), dot(0), dot(1), onward(-3)])
def test_shapes_stay_within_their_picture(shape):
    numbers = [float(one) for one in re.findall(r"[\d.-]+", re.sub(r"class=\w+|v12|h\.01|height=\"6\"", "", shape))]
    assert all(0 <= one <= 100 for one in numbers)
