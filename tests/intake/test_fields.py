import pytest

from sayso.intake import Settings, fields, take_in
from sayso.kit import WrongUse

PEOPLE = [
    ("By Ada Mirel", ("Ada Mirel",)),
    ("Ada Mirel, Tom Oru and Lea Sund", ("Ada Mirel", "Tom Oru", "Lea Sund")),
    ("Mirel, Ada", ("Mirel, Ada",)),
    ("Mirel, Ada; Oru, Tom", ("Mirel, Ada", "Oru, Tom")),
    (["Ada Mirel", {"name": "Tom Oru"}, None, "Ada Mirel"], ("Ada Mirel", "Tom Oru")),
    ("", ()),
    (None, ()),
]
TIDY = [
    ("  North\n Gazette ", "North Gazette"),
    ("North\u202e Gazette\x00", "North Gazette"),
    ("half \ud800", "half \ufffd"),
    ({"id": None, "name": "The Tide"}, "The Tide"),
    (True, ""),
    (["a"], ""),
    (1399024800, "1399024800"),
    ("x" * 9999, "x" * 500),
]


@pytest.mark.parametrize(("value", "expected"), PEOPLE)
def test_a_byline_names_its_people(value, expected):
    assert fields.people(value) == expected


@pytest.mark.parametrize(("value", "expected"), TIDY)
def test_a_value_becomes_one_clean_line(value, expected):
    assert fields.tidy(value) == expected


@pytest.mark.parametrize("key", ["Text", "content", "BODY", "articleBody", "Full-Text", "full text"])
def test_common_names_of_the_text_are_understood(key):
    assert fields.pick("text", {"id": 1, key: "Ships left."}, Settings()) == "Ships left."


def test_the_original_goes_before_a_text_worked_over_and_an_empty_one_is_passed_over():
    assert fields.pick("text", {"content": "a", "content_original": "b"}, Settings()) == "b"
    assert fields.pick("text", {"content": "a", "content_original": ""}, Settings()) == "a"


def test_a_named_key_replaces_the_known_ones_and_may_be_a_path():
    settings = Settings((("text", "raw.words"), ("publisher", "Haus")))
    row = {"text": "no", "raw": {"words": "yes"}, "publisher": "no", "Haus": "Tide"}
    assert fields.pick("text", row, settings) == "yes"
    assert fields.pick("publisher", row, settings) == "Tide"
    assert fields.pick("text", {"text": "no"}, settings) is None


def test_an_unknown_field_is_wrong_use():
    with pytest.raises(WrongUse, match="txet"):
        take_in(b"x", "x.txt", Settings((("txet", "body"),)))
