"""How two answers differ: every kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sayso.model import Answer, Given, Joining
from sayso.questions.differing import COMPARED, differences
from sayso.questions.values import Known
from tests.questions.made import Story, says


def between(slot, story, *answers, joinings=()):
    """The kinds of difference, and the reasons."""
    found = differences(slot, answers, Known(*story.case(joinings)))
    return [(one.kind, one.reason) for one in found]


def kinds(slot, *answers, story=None, joinings=()):
    return [kind for kind, _ in between(slot, story or reports(), *answers, joinings=joinings)]


def reports(*told, names=()):
    """One report for each (day, voice or ""), each with one claim."""
    story = Story()
    for day, voice in told or [("2031-05-04", ""), ("2031-05-04", "")]:
        text = f"It was so, {voice}."
        story.report(text, says("It was so", voice), published=day)
    for words, kind in names:
        story.report(words, names=[(words, kind)])
    return story


def answer(words, *where, is_for=True, **more):
    """`where`: numbers of the reports that give it; "0" if none is told."""
    given = tuple(Given(f"r{at}", f"r{at} c0", is_for, None) for at in where or (0,))
    return Answer(words, words, given, **more)


def count(low, *where, high=None, scope="", is_for=True):
    return answer(f"{low} {scope}", *where, is_for=is_for, low=low, high=high or low, scope=scope)


SAME_DAY = [("2031-05-04", "Tarn"), ("2031-05-04", "Berren")]
NEXT_DAY = [("2031-05-04", "Tarn"), ("2031-05-05", "Berren")]


@pytest.mark.parametrize(
    ("told", "less", "more", "kind"),
    [
        (SAME_DAY, count(4, 0), count(9, 1), "conflict"),
        (SAME_DAY, count(4, 0, high=20), count(9, 1), "update"),
        (SAME_DAY, count(4, 0, scope="child"), count(9, 1), "scope"),
        (SAME_DAY, count(4, 0), count(9, 0), "update"),
        (NEXT_DAY, count(4, 0), count(9, 1), "update"),
        (NEXT_DAY, count(4, 1), count(9, 0), "conflict"),
        ([*NEXT_DAY, ("2031-05-06", "Vesk")], count(4, 0, 2), count(9, 1), "conflict"),
        (NEXT_DAY, count(4, 0, 1), count(9, 1), "update"),
        ([("", "Tarn"), ("2031-05-05", "Berren")], count(4, 0), count(9, 1), "conflict"),
        ([("2031-05-04", "Tarn"), ("2031-05-04", "Tarn")], count(4, 0), count(9, 1), "update"),
        ([("2031-05-04", "Tarn"), ("2031-05-04", "Tarn")], count(4, 1), count(9, 0), "conflict"),
        ([("2031-05-04", ""), ("2031-05-04", "")], count(4, 0), count(9, 1), "conflict"),
        ([("2031-05-04", "Tarn"), ("2031-05-05", "Berren"), ("2031-05-06", "")], count(4, 0, 2), count(9, 1), "update"),
    ],
)
def test_counts(told, less, more, kind):
    assert kinds("killed", less, more, story=reports(*told)) == [kind]
    assert kinds("killed", more, less, story=reports(*told)) == [kind]


def test_a_higher_count_that_somebody_rejects_is_no_update():
    more = answer("9", 1, low=9, high=9)
    rejected = Answer("9", "9", (*more.given, Given("r2", "r2 c0", is_for=False, span=None)), low=9, high=9)
    story = reports(*NEXT_DAY, ("2031-05-06", "Vesk"))
    assert kinds("killed", count(4, 0), more, story=story) == ["update"]
    assert kinds("killed", count(4, 0), rejected, story=story) == ["conflict"]


def test_an_update_names_the_voice():
    story = reports(("2031-05-04", "Tarn"), ("2031-05-05", "Tarn"))
    ((_, reason),) = between("killed", story, count(4, 0), count(9, 1))
    assert reason == "Tarn gave the lower number first and the higher one later."


def test_somebody_killed_differs_from_no_count():
    assert kinds("killed", answer("Lena Varr", entity="Lena Varr"), count(9, 1)) == []


def test_answers_that_are_only_rejected_differ_from_nothing():
    assert kinds("killed", count(4, 0), count(9, 1, is_for=False)) == []


def days(words, earliest, latest=""):
    return answer(words, earliest=earliest, latest=latest or earliest)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (days("Saturday", "2031-05-03"), days("May", "2031-05-01", "2031-05-31"), "granularity"),
        (days("Saturday", "2031-05-03"), days("Sunday", "2031-05-04"), "time zone"),
        (days("Saturday", "2031-05-03"), days("Monday", "2031-05-05"), "conflict"),
        (days("April", "2031-04-01", "2031-04-30"), days("Thursday", "2031-05-01"), "time zone"),
    ],
)
def test_days(one, other, kind):
    assert kinds("date", one, other) == kinds("date", other, one) == [kind]


@pytest.mark.parametrize(
    ("slot", "one", "other", "kind"),
    [
        ("perpetrator", "Lena Varr", "Ivo Sarn", "conflict"),
        ("means", "rifle fire from the roof", "fire from the roof", "granularity"),
        ("means", "a rifle", "a bomb under the seat", "conflict"),
        ("perpetrator", "rebel patrols", "harbour patrols", "conflict"),
        ("perpetrator", "patrols", "harbour patrols", "granularity"),
        ("perpetrator", "Varnians", "Varnian soldiers", "conflict"),
    ],
)
def test_words(slot, one, other, kind):
    assert kinds(slot, answer(one, 0), answer(other, 1)) == kinds(slot, answer(other, 1), answer(one, 0)) == [kind]


def test_two_motives_can_both_hold():
    assert kinds("motive", answer("because of the toll", 0), answer("in revenge", 1)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It burned at Low Quay in Port Ostra.", "granularity"),
        ("It burned at Low Quay, Port Ostra.", "granularity"),
        ("It burned at Low Quay near the Port Ostra.", "granularity"),
        ("It burned at Low Quay, not in Port Ostra.", "conflict"),
        ("It burned at Low Quay. Port Ostra burned.", "conflict"),
    ],
)
def test_a_place_in_a_place(text, kind):
    story = Story().report(text, says(text[:-1]), names=[("Low Quay", "place"), ("Port Ostra", "place")])
    story.report("It burned.", says("It burned"))
    one, other = (answer(words, at, entity=words) for at, words in enumerate(("Low Quay", "Port Ostra")))
    assert kinds("place", one, other, story=story) == [kind]


@pytest.mark.parametrize(("taken", "kind"), [(False, "alias"), (True, "conflict")])
def test_an_alias_is_a_joining_that_was_not_taken(taken, kind):
    story = reports(names=[("Lena Varr", "person"), ("Leena Vahr", "person")])
    joining = Joining("Lena Varr", "Leena Vahr", "spellings of one name", 0.7, taken, disputed=False)
    one, other = (answer(words, entity=words) for words in ("Lena Varr", "Leena Vahr"))
    assert kinds("perpetrator", one, other, story=story, joinings=[joining]) == [kind]


@pytest.mark.parametrize(
    ("person", "body", "kind"),
    [
        ("Bo Orvasse", "Orvasse regime", "granularity"),
        ("Bo Orvasse", "Orvasse's forces", "granularity"),
        ("Bo Orvasse", "Orvasse opponents", "conflict"),
        ("Bo Orvasse", "Tarn regime", "conflict"),
    ],
)
def test_a_ruler_and_what_is_called_by_their_name_exclude_each_other_not(person, body, kind):
    story = reports(names=[(person, "person")])
    assert kinds("perpetrator", answer(person, entity=person), answer(body), story=story) == [kind]


def test_two_of_one_family_are_no_spellings_of_one():
    story = reports(names=[("Lena Varr", "person"), ("Ivo Varr", "person"), ("Varr", "person")])
    open_for = Joining("Varr", "Lena Varr", "a family name alone", 0.5, taken=False, disputed=False)
    both, alone = [answer(words, entity=words) for words in ("Lena Varr", "Ivo Varr")], answer("Varr", entity="Varr")
    known = Known(*story.case([open_for]))
    known.entities |= {one.id: replace(one, spellings=(*one.spellings, "Varr")) for one in known.entities.values()}
    assert [one.kind for one in differences("perpetrator", both, known)] == ["conflict"]
    assert [one.kind for one in differences("perpetrator", [both[0], alone], known)] == ["alias"]


def test_only_the_first_answers_are_compared():
    several = [answer(f"word{at}", 0) for at in range(COMPARED + 5)]
    found = differences("means", several, Known(*reports().case()))
    assert len(found) == COMPARED * (COMPARED - 1) / 2
    assert {one.one for one in found} | {one.other for one in found} == {one.id for one in several[:COMPARED]}
