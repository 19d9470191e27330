"""Low, best, high of tolls; who counts once; people told of singly."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from sayso.accounts import toll
from sayso.model import (
    Attribution,
    Case,
    Claim,
    Echo,
    Entity,
    Event,
    Findings,
    Incident,
    Link,
    Mention,
    Quantity,
    Report,
    Role,
    Span,
    Voice,
    When,
    Where,
)
from sayso.words import kind, lemma


def span(text, words, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(at, at + len(words))


def told(number, text, *events, counts=(), speaker="", **more):
    """One report: events are (word, patient or None, factuality), counts (words, low, high, noun, fate).

    More: `day`, `names` of people, words for `people`, `times`.
    """
    names = more.get("names", ())
    name = f"r{number}"
    made = tuple(
        Event(
            f"{name} {word}",
            span(text, word),
            lemma(word),
            kind(word),
            (Role("patient", span(text, patient)),) if patient else (),
            *factuality,
        )
        for word, patient, *factuality in events
    )
    quantities = tuple(
        Quantity(span(text, words), low, high, noun, fate, "", words) for words, low, high, noun, fate in counts
    )
    mentions = tuple(
        Mention(span(text, one), "person", "description", 0.9) for one in (*more.get("people", ()), *names)
    )
    said = Attribution(f"a{number}", name, None, None, (Span(0, len(text)),)) if speaker else None
    chain = (Link(name), *((Link(speaker),) if speaker else ()))
    claim = Claim(f"c{number}", name, (Span(0, len(text)),), chain, said.id if said else None)
    ends = [at for at, mark in enumerate(text) if mark == "."]
    starts = [0, *(end + 2 for end in ends[:-1])]
    findings = Findings(
        name,
        tuple(Span(start, end + 1) for start, end in zip(starts, ends, strict=True)),
        (said,) if said else (),
        (claim,),
        (),
        mentions,
        quantities,
        tuple(When(span(text, words), *days, words) for words, *days in more.get("times", ())),
        made,
    )
    return Report(name, text, name, "", name, publisher=name, published=more.get("day", "")), findings, names, speaker


def speaking(name, attributions):
    rest = {"spellings": (name,), "relays": (), "reports": ()}
    return Voice(f"v {name}", name, "official", named=True, attributions=attributions, **rest)


def case(*reports, echoes=(), earliest=""):
    events = tuple((report.id, event.id) for report, found, *_ in reports for event in found.events)
    wheres, spoken = {}, {}
    for report, _, names, speaker in reports:
        for name in names:
            nth = itertools.count()
            for at in itertools.takewhile(lambda n, t=report.text, w=name: t.count(w) > n, nth):
                wheres.setdefault(name, []).append(Where(report.id, span(report.text, name, at)))
        if speaker:
            spoken.setdefault(speaker, []).append(f"a{report.id[1:]}")
    return Case(
        tuple(report for report, *_ in reports),
        tuple(found for _, found, *_ in reports),
        voices=tuple(speaking(name, tuple(ids)) for name, ids in spoken.items()),
        echoes=echoes,
        entities=tuple(Entity(f"e {name}", name, "person", (name,), tuple(w)) for name, w in wheres.items()),
        incidents=(Incident("i", "shooting", "shooting, Ostra", events, (), earliest, ""),),
    )


def dead(number, words, low, high, speaker="", day=""):
    text = f"The shooting killed {words} people."
    return told(
        number,
        text,
        ("shooting", None),
        counts=[(words, low, high, "person", "killed")],
        speaker=speaker,
        day=day,
    )


def tolls(*reports, **more):
    return {one.fate: one for one in toll(case(*reports, **more))}


def numbers(*reports, **more):
    return {fate: (one.low, one.best, one.high) for fate, one in tolls(*reports, **more).items()}


def test_low_best_and_high_of_three_voices():
    found = tolls(
        dead(0, "4", 4, 4, "the ministry"), dead(1, "11", 11, 11, "a doctor"), dead(2, "11", 11, 11, "a cook")
    )
    killed = found["killed"]
    assert (killed.low, killed.best, killed.high, killed.minimum, killed.origins) == (4, 11, 11, 4, 3)
    assert [(one.speaker, one.low, [given.claim for given in one.given]) for one in killed.figures] == [
        ("the ministry", 4, ["c0"]),
        ("a doctor", 11, ["c1"]),
        ("a cook", 11, ["c2"]),
    ]


def test_of_two_the_lower_is_the_best():
    assert numbers(dead(0, "9", 9, 9, "a doctor"), dead(1, "4", 4, 4, "the ministry"))["killed"] == (4, 4, 9)


def test_one_voice_in_many_reports_counts_once():
    same = [dead(n, "4", 4, 4, "the ministry") for n in range(3)]
    assert numbers(*same, dead(3, "11", 11, 11, "a doctor"), dead(4, "11", 11, 11, "a cook"))["killed"] == (4, 11, 11)


def test_a_later_figure_of_one_voice_supersedes_its_earlier_one():
    found = tolls(dead(0, "4", 4, 4, "the ministry", "2031-05-01"), dead(1, "9", 9, 9, "the ministry", "2031-05-03"))[
        "killed"
    ]
    assert (found.low, found.best, found.high) == (9, 9, 9)
    assert [one.superseded for one in found.figures] == [True, False]


def test_a_report_that_echoes_another_has_no_origin_of_its_own():
    reports = [dead(0, "4", 4, 4, day="2031-05-01"), dead(1, "4", 4, 4, day="2031-05-02"), dead(2, "9", 9, 9)]
    assert tolls(*reports)["killed"].origins == 3
    assert tolls(*reports, echoes=(Echo("r1", "r0", (), 0.9),))["killed"].origins == 2
    assert tolls(*reports, echoes=(Echo("r1", "r0", (), 0.2),))["killed"].origins == 3
    assert tolls(*reports, echoes=(Echo("r1", "r0", (), 0.9, "quotation"),))["killed"].origins == 3


def test_at_least_agrees_with_more():
    found = tolls(dead(0, "at least 11", 11, None, "staff"), dead(1, "23", 23, 23, "a judge"))["killed"]
    assert (found.low, found.best, found.high, found.open) == (11, 23, 23, True)


def test_dozens_are_twelve_for_the_minimum():
    found = tolls(dead(0, "dozens of", 24, None, "staff"))["killed"]
    assert (found.minimum, found.low, found.best) == (12, 24, 24)


def test_some_only_count_apart():
    text = "The shooting killed nine people. The two children died at once."
    found = tolls(
        told(
            0, text, ("shooting", None), ("died", None),
            counts=[("nine", 9, 9, "person", "killed"), ("two", 2, 2, "child", "killed")],
        )
    )["killed"]  # fmt: skip
    assert (found.low, found.best, found.high) == (9, 9, 9)
    assert [(one.low, one.scope) for one in found.figures if one.basis == "number"] == [(9, ""), (2, "child")]


DOLL = {"names": ("Lena Doll",)}


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (told(0, "Lena Doll was killed. Lena Doll died at once.", ("killed", "Lena Doll"), **DOLL), {"killed": 1}),
        (
            told(
                0, "Gunmen killed Lena Doll and Piet Moll.", ("killed", "Lena Doll"), names=("Lena Doll", "Piet Moll")
            ),
            {"killed": 2},
        ),
        (told(0, "A man was shot in Ostra.", ("shot", "A man"), people=("A man",)), {"injured": 1}),
        (
            told(0, "Lena Doll was shot. She died.", ("shot", "Lena Doll"), ("died", "She"), people=("She",), **DOLL),
            {"killed": 1},
        ),
        (
            told(
                0, "Four people were shot. One died.", ("shot", "Four people"), ("died", "One"),
                people=("One", "Four people"),
                counts=[("Four", 4, 4, "person", ""), ("One", 1, 1, "person", "killed")],
            ),
            {"killed": 1, "injured": 3},
        ),
        (
            told(
                0, "He killed his wife, then killed himself.", ("killed", "his wife"), people=("his wife",)
            ),
            {"killed": 2},
        ),
        (told(0, "He accidentally shot himself and died.", ("died", "He"), people=("He",)), {"killed": 1}),
        (
            told(0, "The killing of Lena Doll’s son shook Ostra.", ("killing", "Lena Doll"), **DOLL),
            {"killed": 1},
        ),
        (told(0, "Nobody was killed.", ("killed", "Nobody", -3.0), people=("Nobody",)), {}),
        (told(0, "He is charged with attempted murder of Lena Doll.", ("murder", "Lena Doll"), **DOLL), {}),
        (told(0, "He is charged with murder.", ("murder", None)), {}),
        (told(0, "No person was killed.", ("killed", "No person"), people=("No person",)), {}),
    ],
)  # fmt: skip
def test_people_told_of_singly(report, expected):
    assert {fate: best for fate, (_, best, _) in numbers(report).items()} == expected


def test_who_is_hurt_in_one_report_and_dies_in_a_later_one_is_dead():
    found = numbers(
        told(0, "A man was shot in Ostra.", ("shot", "A man"), people=("A man",), day="2031-05-01"),
        told(1, "The man died.", ("died", "The man"), people=("The man",), day="2031-05-02"),
    )
    assert found == {"killed": (1, 1, 1)}


def test_the_attackers_own_death_is_told_apart():
    found = tolls(told(0, "He killed his wife, then killed himself.", ("killed", "his wife"), people=("his wife",)))
    assert found["killed"].attackers == 1


def test_other_times_count_nothing():
    text = "Lena Doll was killed. Since 2029 forty people were killed there."
    found = numbers(
        told(
            0, text, ("killed", "Lena Doll"), counts=[("forty", 40, 40, "person", "killed")],
            times=[("Since 2029", "2029-01-01", "2031-05-03")], **DOLL,
        ),
        earliest="2031-05-03",
    )  # fmt: skip
    assert found == {"killed": (1, 1, 1)}


def test_the_order_of_reports_changes_no_number():
    reports = [dead(0, "4", 4, 4, "a", "2031-05-01"), dead(1, "9", 9, 9, "a", "2031-05-02"), dead(2, "5", 5, None, "b")]
    assert len({str(numbers(*several)) for several in itertools.permutations(reports)}) == 1


def test_a_case_without_incidents_has_no_toll():
    assert toll(Case((), ())) == ()


def test_at_least_does_not_reach_to_a_wars_dead():
    others = [dead(n, "at least 80", 80, None, f"staff {n}") for n in range(3)]
    found = tolls(*others, dead(3, "89", 89, 89, "a judge"), dead(4, "500,000", 500_000, 500_000, "a senator"))[
        "killed"
    ]
    assert (found.low, found.best, found.high) == (80, 89, 89)
    assert [one.low for one in found.figures if one.far] == [500_000]


@pytest.mark.parametrize(("factuality", "expected"), [(3.0, {"killed": 7}), (0.1, {}), (-2.5, {})])
def test_what_is_denied_or_only_possible_counts_nothing(factuality, expected):
    counts = [("seven", 7, 7, "person", "killed")]
    report = told(0, "The seven may have been executed.", ("executed", "seven", factuality), counts=counts)
    assert {fate: best for fate, (_, best, _) in numbers(report).items()} == expected


def test_a_report_from_before_the_incident_tells_nothing_of_it():
    assert numbers(dead(0, "9", 9, 9, day="2031-04-01"), earliest="2031-05-03") == {}
    assert numbers(dead(0, "9", 9, 9, day="2031-05-04"), earliest="2031-05-03")["killed"] == (9, 9, 9)


def test_incidents_told_under_another_share_its_ledger():
    whole = case(dead(0, "9", 9, 9))
    split = replace(whole, incidents=(*whole.incidents, Incident("j", "killing", "killing", (), (), "", "")))
    assert [one.incident for one in toll(split, {"i": "j"})] == ["j"]
