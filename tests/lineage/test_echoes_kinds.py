"""What shows that one report has words from another: relays, credits, quotations, edited passages."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from sayso.kit import digest, identify
from sayso.lineage import trace
from sayso.lineage.credits import publisher_key
from sayso.lineage.marks import quoted_stretches
from sayso.model import Report

WIRE = """VESKARA (Orpa) - A fire broke out late on Tuesday in the grain harbour of Veskara and destroyed two piers.

Fishermen carried the wounded across the frozen breakwater before the first engines arrived from the upper town.

"We saw the crane fall before there was any flame at all," the docker Ruan Pell said on the quay.

The harbour council had postponed repairs to the pumps three times since the flood, according to its own minutes.
"""
EDITED = """Two piers were destroyed when a fire broke out late on Tuesday in the old harbour of Veskara.

The council had postponed all repairs to the pumps several times since the flood, according to minutes seen here.

Local fishermen carried the wounded over the frozen breakwater before any engines arrived from the town.
"""
APART = """The blaze at the port of Veskara killed nine, the mayor told a press conference on Wednesday morning.

Shops nearby stayed shut. Insurers put the loss at four million, a figure that traders called far too low.
"""


def report(text, publisher, published="2031-04-11", **more):
    name = identify(text, publisher, published, more.get("address", ""))
    return Report(name, text, digest(text), "", "", publisher=publisher, published=published, **more)


def echoes(*reports):
    """(publisher of the copy, publisher of the original, kind)."""
    known = {one.id: one.publisher for one in reports}
    return {(known[echo.copy], known[echo.original], echo.kind) for echo in trace(reports)}


def wire(**more):
    return report(WIRE, "Orpa News", **more)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no”. “Never,” he added.", ["no", "Never,"]),
        ('"No," he said. "Never."', ["No,", "Never."]),
        ("“One paragraph.\n“Another one.”", ["One paragraph.", "Another one."]),
        ('A 12" pipe and a 9" pipe', []),
        ("“never closed", ["never closed"]),
        ("„Nein“, sagte sie", ["Nein“, sagte sie"]),
        ("Enough. — R. Moll (@moll) May 2, 2031\nHe wrote.", ["Enough. — R. Moll (@moll) May 2, 2031"]),
        ("", []),
    ],
)
def test_what_is_quoted(text, expected):
    assert [text[slice(*span)] for span in quoted_stretches(text)] == expected


@pytest.mark.parametrize(
    ("publisher", "key"),
    [
        ("The Quay Courier", "quay courier"),
        ("Quay Courier (Web)", "quay courier"),
        ("Quay Courier - News", "quay courier"),
    ],
)
def test_one_key_for_a_publisher(publisher, key):
    assert publisher_key(publisher) == key


def test_an_edited_and_reordered_copy_is_one():
    found = trace((wire(), report(EDITED, "Herald", "2031-04-12")))
    (echo,) = (echo for echo in found if echo.kind == "passage")
    assert len(echo.passages) >= 2
    assert echo.score > 0.5
    assert "in the same order" in echo.reason


def test_the_same_event_told_apart_is_none():
    assert echoes(wire(), report(APART, "Herald", "2031-04-12")) == set()


def test_the_same_quotation_is_no_passage():
    heard = f'{APART}\nRuan Pell, a docker: "We saw the crane fall before there was any flame at all."'
    assert echoes(wire(), report(heard, "Herald", "2031-04-12")) == {("Herald", "Orpa News", "quotation")}


@pytest.mark.parametrize(
    ("quoted", "is_echo"),
    [
        ("We saw the crane fall before there was any flame at all", True),
        ("the crane fall before there was any flame", True),  # eight
        ("We saw the crane fall", False),
        ("We never saw the crane and there was no flame at all", False),
    ],
)
def test_eight_words_of_a_quotation(quoted, is_echo):
    found = echoes(wire(), report(f"{APART}\nA docker said: “{quoted}.”", "Herald", "2031-04-12"))
    assert found == ({("Herald", "Orpa News", "quotation")} if is_echo else set())


def test_two_short_quotations_count_together_and_the_same_one_twice_does_not():
    first = 'He said "nobody under my command lit anything" and "ask the colonel who had the keys".'
    both = "“Ask the colonel who had the keys,” she said. “Nobody under my command lit anything.”"
    twice = "“Ask the colonel who had the keys,” she said. “Ask the colonel who had the keys!”"
    one = report(first, "Orpa News")
    assert echoes(one, report(both, "Herald", "2031-04-12")) == {("Herald", "Orpa News", "quotation")}
    assert echoes(one, report(twice, "Herald", "2031-04-12")) == set()


RELAYED = "Fishermen carried the wounded across the breakwater before the engines arrived"


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        (f"{RELAYED}, Orpa News reported.", "relay"),
        (f"{RELAYED}, according to the news agency Orpa News.", "relay"),
        (f"{RELAYED}, a docker told Orpa News.", "relay"),
        (f"Orpa News, citing two dockers, reported that fishermen carried {RELAYED[18:]}.", "relay"),
        (f"{RELAYED}, Orpa News reported on Friday.", "relay"),  # 11 April 2031 was one
        (f"{RELAYED}, Orpa News reported on Monday.", None),
        (f"{RELAYED}. Orpa News has its office on the quay.", None),
        (f"“{RELAYED}, Orpa News reported,” he said.", None),
        ("The mayor will resign before the summer, Orpa News reported.", None),
    ],
)
def test_what_is_said_to_come_from_another(sentence, kind):
    relay = report(f"{APART}\n{sentence}\n", "Herald", "2031-04-12")
    other = report("A goat show opened in Ellmarch. Nobody was hurt. Three goats won.", "Orpa News", "2031-04-11")
    found = {(copy, original) for copy, original, one in echoes(wire(), other, relay) if one == "relay"}
    assert found == ({("Herald", "Orpa News")} if kind else set())


def test_a_relay_leads_to_the_report_that_says_it():
    relay = report(f"{APART}\n{RELAYED}, Orpa News reported.", "Herald", "2031-04-12")
    other = report("A goat show opened in Ellmarch. Nobody was hurt. Three goats won.", "Orpa News", "2031-04-12")
    (echo,) = (echo for echo in trace((relay, other, wire())) if echo.kind == "relay")
    assert echo.original == wire().id
    here, there = echo.passages[0]
    assert relay.text[slice(*here)].startswith("Fishermen")
    assert "frozen breakwater" in wire().text[slice(*there)]
    assert echo.reason == f"Herald passes on Orpa News: “{RELAYED}, Orpa News reported.”"


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("the Courier", True), ("The Quay Courier", True), ("Courier", False), ("the courier", False)],
)
def test_a_publisher_is_named_in_short(name, is_one):
    story = report(WIRE.replace("(Orpa) ", ""), "The Quay Courier")
    relay = report(f"{APART}\n{RELAYED}, a docker told {name}.", "Herald", "2031-04-12")
    assert (("Herald", "The Quay Courier", "relay") in echoes(story, relay)) == is_one


def test_a_short_name_of_two_publishers_leads_to_none():
    story = report(WIRE.replace("(Orpa) ", ""), "The Quay Courier")
    other = report("A goat show opened in Ellmarch.", "The Hill Courier")
    relay = report(f"{APART}\n{RELAYED}, a docker told the Courier.", "Herald", "2031-04-12")
    assert echoes(story, other, relay) == set()


@pytest.mark.parametrize(
    "text",
    [
        WIRE.replace("(Orpa)", "(Orpa News)"),
        f"By Orpa News\n\n{EDITED}",
        f"{EDITED}\nAdditional reporting by Orpa News.",
        f"{EDITED}\n(Orpa News)",
    ],
)
def test_credits(text):
    found = echoes(report(WIRE.replace("(Orpa) ", ""), "Orpa News"), report(text, "Herald", "2031-04-11T20:00:00Z"))
    assert ("Herald", "Orpa News", "credit") in found


def test_who_is_credited_came_first_whatever_the_time_of_day():
    credit = report(f"By Orpa News\n\n{EDITED}", "Herald", "2031-04-11T06:00:00Z")
    story = report(WIRE, "Orpa News", "2031-04-11T18:00:00Z")
    assert echoes(credit, story) == {("Herald", "Orpa News", "credit"), ("Herald", "Orpa News", "passage")}


def test_what_cannot_be_told_of_the_direction_is_said():
    (same_day,) = (e for e in trace((wire(), report(EDITED, "Herald", "2031-04-11"))) if e.kind == "passage")
    (undated,) = (e for e in trace((wire(), report(EDITED, "Herald", ""))) if e.kind == "passage")
    assert same_day.reason.endswith("Both carry the same date.")
    assert undated.reason.endswith("Which came first is not recorded.")


def test_standing_background_of_one_publisher_is_none_and_a_new_form_of_the_story_is():
    background = WIRE.split("\n\n")[1]
    later = report(f"{APART * 3}\n{background}", "Orpa News", "2031-04-14")
    again = report(f"{WIRE}\n{APART}", "Orpa News", "2031-04-12")
    assert echoes(wire(), later) == set()
    assert ("Orpa News", "Orpa News", "passage") in echoes(wire(), again)


def test_page_furniture_of_two_publishers_is_none():
    line = "Subscribe now to the morning letter of the harbour towns and read every story before breakfast."
    assert echoes(report(f"{WIRE}\n{line}", "Orpa News"), report(f"{APART}\n{line}", "Herald", "2031-04-12")) == set()


def test_versions_of_one_address_are_none():
    address = "https://orpa.example/fire"
    assert trace((wire(address=address), report(f"{WIRE} More.", "Orpa News", "2031-04-12", address=address))) == ()


def test_each_passage_leads_to_the_report_that_it_agrees_with_most():
    second = report(EDITED, "Herald", "2031-04-12")
    third = report(EDITED.replace("Local fishermen", "Fishermen"), "Tidings", "2031-04-13")
    found = {one for one in echoes(wire(), second, third) if one[2] == "passage"}
    assert found == {("Herald", "Orpa News", "passage"), ("Tidings", "Herald", "passage")}


def test_one_echo_for_copy_original_and_kind_the_same_in_any_order():
    reports = [wire(), report(APART, "Tidings")]
    reports += [report(f"By Orpa News\n\n{EDITED} {n}", f"Outlet {n}", f"2031-04-{11 + n % 3}") for n in range(9)]
    expected = trace(tuple(reports))
    assert len({(echo.copy, echo.original, echo.kind) for echo in expected}) == len(expected) > 9
    for seed in range(3):
        random.Random(seed).shuffle(reports)  # noqa: S311 - a fixed order, no secret
        assert trace(tuple(reports)) == expected


def test_passages_begin_and_end_with_the_same_words():
    copy = report(EDITED, "Herald", "2031-04-12")
    for echo in trace((wire(), copy)):
        for here, there in echo.passages:
            ours, theirs = (text[slice(*span)].casefold().split() for text, span in ((EDITED, here), (WIRE, there)))
            assert (ours[0].strip('"'), ours[-1].strip(".")) == (theirs[0].strip('"'), theirs[-1].strip("."))


@pytest.mark.parametrize(
    "text", ["", "\n", "“", "word", "a a a a a a a a a a a a a a a a a a", "ash and smoke " * 3000]
)
def test_nothing_breaks_on_odd_texts(text):
    trace((report(text, "A"), report(text, "B", "2031-04-12"), replace(wire(), publisher="")))
