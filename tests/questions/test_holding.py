"""Which of two answers in words holds the other, which are of one state, and who leads whom."""

from __future__ import annotations

import pytest

from sayso.model import Answer, Entity, Given
from sayso.questions.differing import differences
from sayso.questions.holding import holds, led
from sayso.questions.values import Known
from tests.questions.made import Story, place, says

PEOPLES = frozenset({"veskan", "ostran"})


def held(one, other, slot="perpetrator"):
    """The words of the broader one; "both" where neither is said to be, None where they exclude each other."""
    found = holds(slot, Answer(one, one, ()), Answer(other, other, ()), PEOPLES)
    return None if found is None else found.broader or "both"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("the Guard", "thugs of the Guard", "the Guard"),
        ("guards", "a guard with a scar", "guards"),
        ("dockers", "several striking dockers", "dockers"),
        ("the Guard", "opponents of the Guard", None),
        ("the Guard", "former officers of the Guard", None),
        ("Lena Varr", "Ivo Sarn", None),
        ("the regime", "the government", "both"),
        ("the Veskan regime", "the Veskan army", "the Veskan regime"),
        ("the government", "government troops", "the government"),
        ("the Veskan government", "troops", "both"),  # nobody says whose
        ("the Veskan government", "the Ostran army", None),
        ("Vesk", "the Veskan air force", "Vesk"),
        ("the Veskan military", "Vesk's air force", "the Veskan military"),
        ("the army", "the police", None),
        ("the government", "the rebel army", None),
        ("the government", "the Free Veskan Army", None),
        ("the army", "the dockers", None),
    ],
)
def test_doers(one, other, expected):
    assert held(one, other) == held(other, one) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Shed 9", "the main door of Shed 9", "Shed 9"),
        ("Shed 9", "outside Shed 9", None),
        ("the harbour", "the market", None),
        ("the regime", "the army", None),  # of places nothing is known of states
    ],
)
def test_places(one, other, expected):
    assert held(one, other, "place") == held(other, one, "place") == expected


VARR, GUARD, VESK = ("Lena Varr", "person"), ("Quay Guard", "organisation"), ("Vesk", "place")


@pytest.mark.parametrize(
    ("text", "named", "expected"),
    [
        ("Lena Varr, commander of the Quay Guard, spoke", (VARR, GUARD), "Quay Guard"),
        ("the Quay Guard's commander, Colonel Lena Varr", (GUARD, VARR), "Quay Guard"),
        ("Quay Guard chief Lena Varr", (GUARD, VARR), "Quay Guard"),
        ("Vesk's president, Lena Varr", (VESK, VARR), "Vesk"),
        ("Lena Varr, a critic of the Quay Guard", (VARR, GUARD), ""),
        ("Lena Varr and the Quay Guard", (VARR, GUARD), ""),
    ],
)
def test_who_leads_whom(text, named, expected):
    places = [(place(text, words), Entity(words, words, kind, (words,), ())) for words, kind in named]
    assert list(led(text, places)) == ([("Lena Varr", expected)] if expected else [])


def between(slot, story, one, other):
    (found,) = differences(slot, [one, other], Known(*story.case()))
    return found.kind, found.broader


def test_a_commander_and_the_group():
    story = Story().report("Lena Varr, commander of the Quay Guard, came.", says("came"), names=[VARR, GUARD])
    one, other = (Answer(words, words, (given(0),), entity=words) for words, _ in (VARR, GUARD))
    assert between("perpetrator", story, one, other) == ("granularity", "Quay Guard")


def given(report, claim=0):
    return Given(f"r{report}", f"r{report} c{claim}", is_for=True, span=None)


@pytest.mark.parametrize(
    ("slot", "voice", "claims", "kind"),
    [
        ("perpetrator", "Tarn", (0, 1), "conflict"), ("perpetrator", "Tarn", (1, 1), "granularity"),
        ("perpetrator", "", (0, 1), "conflict"), ("means", "Tarn", (0, 1), "granularity"),
        ("place", "", (0, 1), "granularity"),
    ],
)  # fmt: skip
def test_who_gives_both_in_one_breath_does_not_take_them_to_exclude_each_other(slot, voice, claims, kind):
    story = Story().report(f"It burned. It smoked, {voice}.", says("It burned", voice), says("It smoked", voice))
    one, other = (
        Answer(words, words, (given(0, at),)) for at, words in zip(claims, ("the crew", "two sailors"), strict=True)
    )
    assert between(slot, story, one, other) == (kind, "")


@pytest.mark.parametrize(
    ("one", "other", "broader"),
    [
        ((11, 11), (11, None), "b"),
        ((300, 300), (270, 330), "b"),
        ((10, 15), (12, 20), ""),
        ((0, 40), (11, None), ""),
        ((0, 40), (11, 12), "a"),
    ],
)
def test_counts(one, other, broader):
    story = Story().report("It was so.", says("It was so"))
    answers = [Answer(name, name, (given(0),), low=low, high=high) for name, (low, high) in (("a", one), ("b", other))]
    assert between("killed", story, *answers) == ("update", broader)
    assert between("killed", story, *answers[::-1]) == ("update", broader)


@pytest.mark.parametrize(
    ("one", "other", "broader"),
    [
        (("2031-05-03", "2031-05-03"), ("2031-05-01", "2031-05-31"), "b"),
        (("2031-05-01", "2031-05-10"), ("2031-05-05", "2031-05-31"), ""),
    ],
)
def test_days(one, other, broader):
    story = Story().report("It was so.", says("It was so"))
    answers = [Answer(name, name, (given(0),), earliest=e, latest=e2) for name, (e, e2) in (("a", one), ("b", other))]
    assert between("date", story, *answers) == ("granularity", broader)
