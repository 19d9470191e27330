"""All names here are invented, or single words of many languages."""

import pytest

from sayso.names.matching import APART, THRESHOLD, compare, keys

SAME_PERSON = [
    ("Dara Okonte", "dara OKONTE"),
    ("OKONTE, Dara", "Dara Okonté"),
    ("Kasim Harrow", "Qassem Harrow"),
    ("Saif al-Din Varro", "Seifeddine Varro"),
    ("Abd al-Rahman Varro", "Abdurrahman Varro"),
    ("Husayn al-Ostrani", "Hussein Ostrani"),
    ("Ilmar Yusuf Tessaly", "Ilmar Tessaly"),
    ("Ilmar Y. Tessaly", "Ilmar Yusuf Tessaly"),
    ("D. Okonte", "Dara Okonte"),
    ("Dr. Dara Okonte", "Dara Okonte"),
    ("DaraOkonte", "Dara Okonte"),
    ("Mohammad Hasri Varro", "Varro Mohammadhasri"),
    ("Theodore Harrow", "Ted Harrow"),
    ("Dara Dara Okonte", "Dara Okonte"),
    ("Дара Оконте", "Dara Okonte"),
    ("Ντάρα Οκόντε", "Dara Okonte"),
    ("Dara 0konte", "Dara Okonte"),
    ("Łukasz Ørvik", "Lukasz Orvik"),
    ("Ilmar Tessaly", "Ilmar Tesasly"),
]

OTHER_PERSON = [
    ("Okonte", "Dara Okonte"),
    ("Dara Okonte", "Lena Okonte"),
    ("Mr Okonte", "Mrs Okonte"),
    ("Salim bin Rashid Varro", "Rashid bin Salim Varro"),
    ("Daniel Harrow", "Daniela Harrow"),
    ("Ilmar Yusuf Tessaly", "Ilmar Karim Tessaly"),
    ("Ilmar Tessaly Jr.", "Ilmar Tessaly Sr."),
    ("D. Okonte", "Lena Okonte"),
    ("D. O.", "Dara Okonte"),
    ("Dara Okonte", "Dara Harrow"),
    ("Abdul Karim Varro", "Abdul Hamid Varro"),
    ("", "Dara Okonte"),
    ("...", "Dara Okonte"),
]

SAME_THING = [
    ("Varr Shipping Ltd.", "VARR SHIPPING LIMITED"),
    ("OOO Varr", "Varr Limited Liability Company"),
    ("The Ostra Refinery Company", "Ostra Refinery Corporation"),
    ("Harbour Relief Committee", "HRC"),
    ("44th Harbour Brigade", "Forty-Fourth Harbour Brigade"),
    ("Front for the Liberation of Ostra", "Liberation of Ostra Front"),
    ("V.O.S. Holdings", "VOS Holdings"),
    ("Ostra Int'l Bank", "Ostra International Bank"),
    ("MV Ostra Star", "Ostra Star"),
    ("Ostra & Varr", "Ostra and Varr"),
]

OTHER_THING = [
    ("Varr Bank", "Varr Bank Ostra"),
    ("44th Brigade", "45th Brigade"),
    ("Ostra Fund II", "Ostra Fund III"),
    ("Management Company", "Ostra Management Company"),
    ("Varr Systems", "Varr Industries"),
    ("ANO Varr", "OOO Varr"),
    ("North Ostra", "South Ostra"),
]


@pytest.mark.parametrize(("one", "other"), SAME_PERSON)
def test_one_person(one, other):
    assert compare(one, other, "person").same


@pytest.mark.parametrize(("one", "other"), OTHER_PERSON)
def test_two_persons(one, other):
    assert not compare(one, other, "person").same


@pytest.mark.parametrize(("one", "other"), SAME_THING)
def test_one_organisation(one, other):
    assert compare(one, other, "organisation").same


@pytest.mark.parametrize(("one", "other"), OTHER_THING)
def test_two_organisations(one, other):
    assert not compare(one, other, "organisation").same


@pytest.mark.parametrize(("one", "other"), SAME_PERSON + OTHER_PERSON + SAME_THING + OTHER_THING)
def test_the_order_of_the_two_makes_no_difference(one, other):
    assert compare(one, other, "person") == compare(other, one, "person")
    assert compare(one, other) == compare(other, one)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Okonte", "Dara Okonte", "one name alone is shared"),
        ("Dara Okonte", "Okonte Dara", "the same words in another order"),
        ("Salim bin Rashid Varro", "Rashid bin Salim Varro", "father and son change places"),
        ("Dara Okonte", "Lena Harrow", "differ"),
        ("Ilmar Yusuf Tessaly", "Ilmar Tessaly", "yusuf stands in one only"),
    ],
)
def test_the_reason_is_given_in_plain_words(one, other, reason):
    assert reason in compare(one, other, "person").reason


def test_what_speaks_against_keeps_the_score_low():
    assert compare("Okonte", "Dara Okonte", "person").score <= APART < THRESHOLD


def test_the_very_same_name_has_the_highest_score():
    assert compare("Dara Okonte", "Dara Okonte", "person").score > 0.95


@pytest.mark.parametrize(("one", "other"), SAME_PERSON + SAME_THING)
def test_spellings_of_one_name_share_a_key(one, other):
    assert keys(one) & keys(other)


@pytest.mark.parametrize("kind", ["person", "organisation", "other"])
@pytest.mark.parametrize("name", ["x" * 100_000, "a/" * 50_000, "Co " * 30_000, "Dara " * 20_000, "\u0301"])
def test_what_is_no_name_ends_soon(name, kind):
    assert 0 <= compare(name, name + "y", kind).score <= 1
    assert len(keys(name)) < 200
