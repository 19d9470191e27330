"""One list of mentions out of the marks of several schemes."""

import pytest

from sayso.model import Span
from sayso.reading.mentions import head_of, mentions, tidy


def found(text, *marks):
    """Marks as "scheme:kind:words" or "scheme:kind:words:score", to "words kind wording"."""
    tagged = {}
    for mark in marks:
        scheme, kind, words, *score = mark.split(":")
        start = text.index(words)
        tagged.setdefault(scheme, []).append((start, start + len(words), kind, float(*score or [0.9])))
    return [f"{text[slice(*one.span)]} | {one.kind} {one.wording}" for one in mentions(text, tagged)]


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ("He met the Quay Brigade.", ["re3d:Organisation:the Quay Brigade"], ["Quay Brigade | organisation name"]),
        ("They met rebels.", ["re3d:Organisation:rebels"], ["rebels | organisation description"]),
        ("Rebels met.", ["re3d:Organisation:Rebels"], ["Rebels | organisation description"]),
        ("Rain. Rebels met.", ["re3d:Organisation:Rebels"], ["Rebels | organisation description"]),
        ("QBR met.", ["re3d:Organisation:QBR"], ["QBR | organisation name"]),
        ("Ostra fell.", ["re3d:Location:Ostra", "wikigold:LOC:Ostra"], ["Ostra | place name"]),
        ("Then Ostra fell.", ["re3d:Location:Ostra"], ["Ostra | place name"]),
        ("It is the President.", ["re3d:Person:the President"], ["the President | person description"]),
        ("It is President Varr.", ["re3d:Person:President Varr"], ["President Varr | person name"]),
        ("He met a Varnian.", ["re3d:Nationality:a Varnian"], ["a Varnian | nationality description"]),
        ("Then he left.", ["gum:person:he"], ["he | person pronoun"]),
        ("Then he left.", ["gum:abstract:he", "gum:animal:he", "else:Person:he"], []),
        ("Ana Varr's men", ["gum:person:Ana Varr's", "gum:person:Ana Varr's men"],
         ["Ana Varr's men | person description", "Ana Varr | person name"]),
        ("a T-9 tank", ["re3d:MilitaryPlatform:T-9 tank"], ["T-9 tank | vehicle description"]),
        # the same head: the first scheme's stays
        ("Then the rebels who left", ["re3d:Organisation:rebels", "gum:person:the rebels who left"],
         ["rebels | organisation description"]),
        ("Then Mr Jan Varr left", ["re3d:Person:Mr Jan Varr", "wikigold:PER:Jan Varr", "crossner:politician:Varr"],
         ["Mr Jan Varr | person name"]),
        ("Then Jan Varr left", ["wikigold:ORG:Jan Varr:0.9", "crossner:politician:Varr:0.2"],
         ["Jan Varr | organisation name"]),
        # the votes on its kind
        ("Then Jan Varr left", ["re3d:Organisation:Jan Varr:0.4", "wikigold:PER:Jan Varr:0.8"],
         ["Jan Varr | person name"]),
        ("Then Jan Varr left", ["re3d:Person:Jan Varr:0.5", "wikigold:MISC:Varr:0.9"], ["Jan Varr | person name"]),
        ("Then QBR left, with Varr; Jan Varr stays",
         ["re3d:Organisation:QBR:0.6", "re3d:Location:Varr:0.4", "wikigold:LOC:Varr:0.3",
          "crossner:person:Jan Varr:0.8"],
         ["QBR | organisation name", "Varr | person name", "Jan Varr | person name"]),
        ("the U.S. left", ["re3d:Location:U.S.:0.4", "crossner:country:U.S:0.9"], ["U.S. | place name"]),
        # names of posts and bodies
        ("It is the Rain Department.", ["re3d:Organisation:the Rain Department"],
         ["Rain Department | organisation name"]),
        ("It is the Department.", ["re3d:Organisation:the Department"], ["the Department | organisation description"]),
        ("It is Ostra's President", ["re3d:Person:Ostra's President"], ["Ostra's President | person description"]),
        ("In two years", ["re3d:Temporal:two years:0.4", "gum:event:two years:0.9"], ["two years | time description"]),
        ("He left on Tuesday.", ["re3d:Temporal:Tuesday"], ["Tuesday | time description"]),
        # one inside another
        ("the head of the Quay Brigade", ["gum:person:the head of the Quay Brigade", "re3d:Organisation:Quay Brigade"],
         ["the head of the Quay Brigade | person description", "Quay Brigade | organisation name"]),
        # across each other
        ("Then Jan Varr Ostra left", ["re3d:Person:Jan Varr", "wikigold:LOC:Varr Ostra"], ["Jan Varr | person name"]),
        ("Then Jan Varr left", ["gum:person:Jan Varr:0.6", "gum:person:Varr left:0.8"],
         ["Varr left | person description"]),
        ("", [], []),
    ],
)  # fmt: skip
def test_marks_become_mentions(text, marks, expected):
    assert found(text, *marks) == expected
    assert found(text, *reversed(marks)) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (" Ostra, ", "Ostra"), ("“Ostra”", "Ostra"), ("Ostra's", "Ostra"), ("the Varrs’", "the Varrs"),
        ("QBR)", "QBR"), ("(QBR", "QBR"), ("Quay (QBR)", "Quay (QBR)"), ("the U.S.", "the U.S."), (" ,", ""),
    ],
)  # fmt: skip
def test_what_does_not_belong_to_the_words_is_cut_off(written, expected):
    assert written[slice(*tidy(written, 0, len(written)))] == expected


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("the two men who left", "men"), ("the of", "of"), ("Jan Varr, the minister", "Varr"), ("the", "the"),
        ("the Ministry of Rain and Wind", "Ministry"), ("a man (aged 40)", "man"), ("Ostra's men", "men"),
    ],
)  # fmt: skip
def test_heads(words, head):
    assert words[slice(*head_of(words, Span(0, len(words))))] == head


def test_many_marks_in_a_row_are_settled_group_by_group():
    text = "Ana met Bo. " * 20_000
    tagged = {"gum": [(at, at + 3, "person", 0.5) for at in range(0, len(text), 12)]}
    assert len(mentions(text, tagged)) == 20_000
