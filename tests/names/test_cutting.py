"""Which words of a mention are the name."""

from __future__ import annotations

import pytest

from sayso.model import Span
from sayso.names import resolve
from sayso.names.cutting import Known, names_in, standing_alone
from sayso.names.territories import is_people, territory
from tests.names.case_in_brackets import case

MET = Known(
    people=frozenset({"dara okonte", "lena tarr"}),
    things=frozenset({"quay union", "sea front", "ostra", "varna", "harbour party"}),
    kinds={},
    small=frozenset(),
)


def cut(words, kind, met=MET):
    return [words[one.start : one.end] for one in names_in(words, Span(0, len(words)), kind, met)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Dara Okonte", ["Dara Okonte"]),
        ("topple Okonte", ["Okonte"]),
        ("wife Lena Tarr", ["Lena Tarr"]),
        ("what Secretary of State Dara Okonte", ["Secretary of State Dara Okonte"]),
        ("Secretary of Ports Dara Okonte", ["Dara Okonte"]),
        ("then-Harbour Secretary Dara Okonte", ["Secretary Dara Okonte"]),
        ("Quay Union spokesman Dara Okonte", ["Dara Okonte"]),
        ("Quay Union Dara Okonte", ["Dara Okonte"]),
        ("Ostra's Prime Minister Dara Okonte", ["Prime Minister Dara Okonte"]),
        ("two Quay Union reporters Dara Okonte", ["Dara Okonte"]),
        ("Senator-elect Dara Okonte", ["Senator-elect Dara Okonte"]),
        ("Dara Okonte of Ostra", ["Dara Okonte"]),
        ("Dara Okonte, Harbour Party", ["Dara Okonte"]),
        ("The harbour minister, Dara Okonte", ["Dara Okonte"]),
        ("Okonte, Dara", ["Okonte, Dara"]),
        ("Dara Okonte, Jr.", ["Dara Okonte, Jr."]),
        ("Dara and Lena Okonte", ["Dara", "Lena Okonte"]),
        ("President Okonte and others of his staff", ["President Okonte"]),
        ("Dara Okonte Dara Okonte", ["Dara Okonte"]),
        ("Dara Okonte\n\nOkonte", ["Dara Okonte", "Okonte"]),
        ("Kasim al-Din bin Harrow", ["Kasim al-Din bin Harrow"]),
        ("al-Din", ["al-Din"]),
        ("Minister of Harbours", ["Minister of Harbours"]),
        ("Okonte's lawyer", []),
        ("the Okonte government", []),
        ("Mr.", []),
        ("U", []),
        ("Suspect", []),
        ("H-Ostra", []),
        ("Larry King Orr", ["Larry King Orr"]),
        ("قاسم", ["قاسم"]),
    ],
)
def test_persons(words, expected):
    assert cut(words, "person") == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the Quay Union", ["Quay Union"]),
        ("us The Quay Union", ["Quay Union"]),
        ("website QuayLeaks", ["QuayLeaks"]),
        ("whole Lower Veskara", ["Lower Veskara"]),
        ("divided Sea Council", ["Sea Council"]),
        ("Two Quay Union", ["Quay Union"]),
        ("Two Rivers Bank", ["Two Rivers Bank"]),
        ("Quay Union and Sea Front", ["Quay Union", "Sea Front"]),
        ("QU and the Sea Front", ["QU", "Sea Front"]),
        ("Ministry of Ports and Roads", ["Ministry of Ports and Roads"]),
        ("Ostra, Varna and Quay Union", ["Ostra", "Varna", "Quay Union"]),
        ("Ostra's Quay Union", ["Quay Union"]),
        ("Fisher's Bank", ["Fisher's Bank"]),
        ("Quay Union fighters", []),
        ("the government", []),
        ("the first email", []),
        ("Movement of the Sea", ["Movement of the Sea"]),
        ("Harakat al-Bahr", ["Harakat al-Bahr"]),
        ("Ostra-based agency Quay News", ["Quay News"]),
        ("Free Harbour Movement (FHM", ["Free Harbour Movement"]),
        ("1st Brigade", ["1st Brigade"]),
        ("Judge Dara Okonte of the Coastal Court", ["Judge Dara Okonte"]),
        ("8-year-old Dara Okonte", ["Dara Okonte"]),
        ("Dara Okonte Fund", ["Dara Okonte Fund"]),
    ],
)
def test_other_names(words, expected):
    assert cut(words, "organisation") == expected


def test_what_is_longer_than_any_name_has_none():
    assert cut("A, " * 33_000 + "A", "organisation") == []


def test_what_stands_alone_is_told_from_the_whole_case():
    reports, findings = case("[o Quay Union] and [p Dara Okonte] left. [o Sea Front and Quay Union] stayed.")
    met = standing_alone(zip(reports, findings, strict=True))
    assert (met.people, met.things) == ({"dara okonte"}, {"quay union"})
    assert met.kinds == {"dara okonte": "person", "quay union": "organisation"}


def names(*marked):
    return sorted(entity.name for entity in resolve(*case(*marked))[0])


def kinds(*marked):
    return {entity.name: entity.kind for entity in resolve(*case(*marked))[0]}


def test_a_list_of_names_is_no_name_and_each_of_them_is_met_in_it():
    entities, _ = resolve(*case("[o Quay Union] left.", "[o Sea Front] stayed.", "[o Quay Union and Sea Front] met."))
    assert [(one.name, len(one.mentions), one.joinings) for one in entities] == [
        ("Quay Union", 2, ()),
        ("Sea Front", 2, ()),
    ]


def test_an_entity_is_called_by_its_commonest_full_name_without_its_title():
    marked = [
        "[p President Dara Okonte] won.",
        "[p Dara Okonte] ran.",
        "[p Dara Mbe Okonte] fell. [p Dara Okonte] sat.",
    ]
    assert names(*marked) == ["Dara Okonte"]


@pytest.mark.parametrize(
    "dateline",
    [
        "[o OSTRA] ([o QNA]) — It fell.",
        "[l OSTRA], [o Veskara] ([o QNA]) It fell.",
        "It rained.\n\n[o Ostra] ([o Quaynews]) - It fell.",
    ],
)
def test_a_place_and_the_agency_behind_it_are_two(dateline):
    assert len(names(dateline)) == dateline.count("[")


def test_letters_in_brackets_that_fit_are_an_acronym_at_the_start_of_a_line_too():
    assert names("[o Free Harbour Movement] ([o FHM]) won.") == ["Free Harbour Movement"]


def test_two_places_with_or_between_them_are_two():
    assert names("[l Ostra], or [l Varna], burned.") == ["Ostra", "Varna"]


@pytest.mark.parametrize(
    ("one", "other", "many"),
    [("QNA", "QNB", 2), ("Venn", "Fenn", 2), ("QU", "QUN", 2), ("Q.N.A.", "QNA", 1), ("Harakatun", "Harrakatun", 1)],
)
def test_short_words_must_be_equal(one, other, many):
    assert len(names(f"[o {one}] won.", f"[o {other}] lost.")) == many


def test_a_name_that_is_mostly_a_place_is_one_everywhere_but_in_a_report_with_a_person_of_that_name():
    marked = [*["[l Varna] burned."] * 9, "[p Varna] burned.", "[p Mirel Varna] left. [p Varna] sat."]
    assert kinds(*marked) == {"Varna": "place", "Mirel Varna": "person"}


def test_what_the_case_mostly_writes_small_is_no_name():
    text = "[o Critics] left. The critics say what critics of critics and of other critics say. [o Quay Critics] sat."
    assert names(text.replace("[o Quay Critics] sat.", "")) == []
    assert names(text) == ["Critics", "Quay Critics"]


# Words for states and peoples: the names are looked up, so that none stands here.


@pytest.fixture(scope="module")
def territories():
    from babel import Locale

    return {code: name for code, name in Locale("en").territories.items() if len(code) == 2}


def test_a_word_for_a_people_names_nobody(territories):
    ending_in_a = [name for name in territories.values() if name.endswith("ia") and name.isascii() and " " not in name]
    assert len(ending_in_a) > 20
    for name in ending_in_a:
        assert is_people(f"{name.casefold()}n")
        assert is_people(f"{name.casefold()}ns")
        assert not is_people(name.casefold())
        assert names(f"[o {name}n] ships left.") == []
        assert names(f"[p Dara {name}n] left. [p {name}n] sat.") == [f"Dara {name}n"]


def test_territories_are_places_and_spelled_as_they_are(territories):
    one, other = territories["IS"], territories["IE"]
    assert kinds(f"[p {one}] won.", f"[o {other}] lost.") == {one: "place", other: "place"}
    assert names(f"[o {one}] won.", f"[o {one}x] lost.") == [one, f"{one}x"]
    assert names(f"[p Dara {one}] won. [p {one}] sat.") == [f"Dara {one}"]


def test_the_first_letters_of_a_territory_are_its_name_where_both_are_met(territories):
    name = territories["AE"]
    letters = "".join(word[0] for word in name.split())
    dotted = "".join(f"{letter}." for letter in letters)
    assert territory(letters.casefold()) == "AE"
    assert names(f"[l {name}] won.", f"[l {letters}] lost.", f"[l {dotted}] left.") == [name]
    assert len(names(f"[l {letters}] lost.", "[l Ostra] left.")) == 2
