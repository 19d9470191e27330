"""Which events are one incident, and what is told of it."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.incidents import group
from sayso.incidents.gathering import agreed, days_of, firm_days, kind_of
from sayso.model import Span
from tests.incidents.made import case

SATURDAY = "[t Saturday|2031-05-03..2031-05-03]"
THURSDAY = "[t Thursday|2031-05-01..2031-05-01]"
NOVEMBER = "[t Friday|2031-11-21..2031-11-21]"
FERRY = [
    ("2031-05-04",
     (f"Gunmen [e opened fire] at the ferry landing in [l Ostra] on {SATURDAY}. Harbour guard [p Dara Okonte], 41, was "
     f"[e killed]. Six passengers were [e wounded].")),
    ("2031-05-05",
     (f"The [e shooting] at the ferry landing in [l Ostra] [e killed] [p Dara Okonte], 41, on {SATURDAY}. Passengers "
     f"were [e wounded].")),
    ("2031-05-19",
     ("Two weeks on, [l Ostra] mourns [p Dara Okonte], 41, who [e died] when gunmen [e opened fire] at the ferry "
     "landing.")),
]  # fmt: skip
MILL = [
    ("2031-05-04",
     ("A paper mill in [l Quell] [e burned] down on [t Friday|2031-05-02..2031-05-02]. The owner [p Ines Tarrow] said "
     "the [e blaze] began in the dryer.")),
    ("2031-05-05",
     ("Investigators combed the paper mill in [l Quell] after the [e blaze]. [p Ines Tarrow], its owner, blamed the "
     "dryer.")),
]  # fmt: skip
AGAIN = [
    ("2031-11-22", f"A gunman [e shot] baker [p Milo Senn], 23, outside a bakery in [l Ostra] on {NOVEMBER}."),
    ("2031-11-23",
     f"The [e shooting] outside a bakery in [l Ostra] on {NOVEMBER} left the baker [p Milo Senn], 23, in hospital."),
]  # fmt: skip


def told(*reports):
    """Each incident as its kind and the reports it is told in."""
    return [(one.kind, sorted({report for report, _ in one.events})) for one in group(*case(*reports))]


def test_one_attack_told_of_on_many_days_is_one():
    assert told(*FERRY) == [("shooting", ["r0", "r1", "r2"])]


def test_two_incidents_are_two():
    assert sorted(told(*FERRY, *MILL)) == [("fire", ["r3", "r4"]), ("shooting", ["r0", "r1", "r2"])]


def test_another_shooting_in_the_same_town_stays_apart():
    assert sorted(told(*FERRY, *AGAIN)) == [("shooting", ["r0", "r1", "r2"]), ("shooting", ["r3", "r4"])]


@pytest.mark.parametrize(
    "text",
    [
        f"Jets [e bombed] [l Quell] on {SATURDAY}. The [e attack] in [l Ostra] was on {THURSDAY}.",
        "Jets [e shelled] camps near [l Quell] in retaliation for the [e attack] on a post in [l Ostra].",
        "Gunmen [e attacked] a post in [l Quell]. An earlier [e attack] hit [l Ostra].",
        "Gunmen [e kidnapped] a driver near [l Quell]. The depot [e fire] there is under study. Rain fell. Wind too.",
        "Police [e arrested] a man over the [e shooting] in [l Ostra].",
    ],
)
def test_look_alikes_in_one_report_stay_apart(text):
    assert len(told(("2031-05-05", text))) == 2


def test_what_is_told():
    text = (
        "[perpetrator Gunmen] [e killed] [victim Dara Okonte] with a [weapon rifle] in [l Ostra] on "
        "[t Saturday|2031-05-03..2031-05-03]. [p Dara Okonte] was 41. The [target depot] is far away."
    )
    (one,) = group(*case(("2031-05-04", text)))
    assert (one.kind, one.name) == ("killing", "killing, Ostra, 3 May 2031")
    assert (one.earliest, one.latest) == ("2031-05-03", "2031-05-03")
    assert len(one.places) == len(one.claims) == 1
    assert [(role, words) for role, words, _ in one.fillers] == [
        ("perpetrator", "Gunmen"), ("victim", "Dara Okonte"), ("weapon", "rifle"),
    ]  # fmt: skip
    assert one.reasons == (
        "The day is given as 3 May 2031 (once).",
        "The reports' word for it: kill.",
        "One report alone tells of it.",
    )


def test_reasons_name_what_reports_share():
    (one,) = group(*case(*FERRY))
    assert one.reasons[0].startswith("Several reports have these names and numbers beside it: ")
    assert {"Ostra", "Dara", "Okonte"} <= set(re.findall(r"\w+", one.reasons[0]))
    assert "The reports are from 4 May 2031 to 19 May 2031." in one.reasons


def test_without_a_day_it_was_by_the_first_report():
    (one,) = group(*case(("2031-05-04", "Gunmen [e killed] a guard in [l Ostra].")))
    assert (one.earliest, one.latest, one.name) == ("", "2031-05-04", "killing, Ostra")


@pytest.mark.parametrize("text", ["Nobody [e attacked=-3] the post.", "They [e said] it rained.", "Rain fell.", ""])
def test_no_incident(text):
    assert group(*case(("2031-05-04", text))) == ()


def test_a_denied_attack_that_somebody_reports_is_one_with_its_denial():
    told_of = [
        ("2031-05-04", "Gunmen [e attacked] the Vesk grain depot in [l Ostra], [p Lena Varr] said."),
        ("2031-05-05", "[p Lena Varr] lied, the army said: nobody [e attacked=-3] the Vesk grain depot in [l Ostra]."),
    ]
    assert told(*told_of) == [("attack", ["r0", "r1"])]


def test_findings_without_their_report_are_passed_over():
    reports, findings, entities = case(*FERRY)
    assert len(group(reports[:1], findings, entities)[0].events) == 3


ALL = [*FERRY, *MILL, *AGAIN]


def essence(incidents):
    return {(one.kind, one.events, one.earliest, one.latest, one.claims) for one in incidents}


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_reports_changes_nothing(chance: random.Random):
    reports, findings, entities = case(*ALL)
    parts = [list(reports), list(findings), list(entities)]
    for part in parts:
        chance.shuffle(part)
    assert group(*map(tuple, parts)) == group(reports, findings, entities)


NAMES = ["Dara", "Okonte", "Ines", "Tarrow", "Milo", "Senn", "Ostra", "Quell"]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text("bdklmnrstv", min_size=5, max_size=5), min_size=len(NAMES), max_size=len(NAMES), unique=True))
def test_renaming_people_and_places_changes_nothing(others):
    new = {old: f"{other[:4]}a{other[4:]}o".capitalize() for old, other in zip(NAMES, others, strict=True)}
    renamed = [(day, re.sub("|".join(NAMES), lambda found: new[found[0]], text)) for day, text in ALL]

    def words(told_of):
        texts = {report.id: report.text for report in case(*told_of)[0]}
        found = group(*case(*told_of))
        events = {event.id: (one.report, event.span) for one in case(*told_of)[1] for event in one.events}
        return {
            (one.kind, one.earliest, tuple((events[e][0], texts[r][slice(*events[e][1])]) for r, e in one.events))
            for one in found
        }

    assert words(renamed) == words(ALL)


def test_one_deed_among_many_outcomes_does_not_name_them():
    several = [SimpleNamespace(event=SimpleNamespace(kind=kind)) for kind in ["killing"] * 6 + ["crash"]]
    assert kind_of(several) == "killing"
    assert kind_of(several[4:]) == "crash"


@pytest.mark.parametrize(
    ("several", "expected"),
    [
        ([], None),
        ([None, (5, 5), (5, 5), (7, 7)], (5, 5)),
        ([(1, 30), (1, 30), (5, 5), (5, 5)], (5, 5)),
        ([(1, 30), (1, 30), (1, 30), (5, 5)], (1, 30)),
        ([(7, 7), (5, 5)], (5, 5)),
    ],
)
def test_the_days_that_most_agree_on(several, expected):
    assert agreed(several) == expected


def test_a_place_where_it_was_comes_before_one_that_is_only_named():
    text = "[l Varnia]'s minister said gunmen [e killed] a guard in the eastern town of [l Ostra]."
    (one,) = group(*case(("2031-05-04", text)))
    assert one.name == "killing, Ostra"
    assert len(one.places) == 1
    (one,) = group(*case(("2031-05-04", "[l Varnia]'s minister said gunmen [e killed] a guard.")))
    assert one.name == "killing, Varnia"


def test_a_day_beside_an_event_is_told_but_keeps_nothing_apart():
    said = "Gunmen [e shot] a guard in [l Ostra], police said on [d Friday|2031-05-02..2031-05-02]. "
    (one,) = group(*case(("2031-05-04", said)))
    assert one.earliest == "2031-05-02"
    (one,) = group(*case(("2031-05-09", f"{said} He was [e shot] in [l Ostra] on [t 4 May|2031-05-04..2031-05-04].")))
    assert one.earliest == "2031-05-04"
    (one,) = group(*case(("2031-05-09", f"{said} He was [e shot] in [l Ostra] in [t May|2031-05-01..2031-05-31].")))
    assert one.earliest == "2031-05-02"


def test_a_day_of_saying_is_none_of_the_event():
    reports, findings, entities = case(
        ("2031-05-04", "Police said on [d Friday|2031-05-02..2031-05-02] a guard was [e shot].")
    )
    (found,) = findings
    (claim,) = found.claims
    at = reports[0].text.index("a guard")
    inner = replace(claim, id="inner", content=(Span(at, len(reports[0].text)),))
    assert group(reports, findings, entities)[0].earliest == "2031-05-02"
    assert group(reports, (replace(found, claims=(claim, inner)),), entities)[0].earliest == ""


def test_nobody_has_a_part_in_what_only_follows():
    (one,) = group(*case(("2031-05-04", "Police [e arrested] [victim Lena Varr] in [l Ostra].")))
    assert one.fillers == ()


def test_whoever_is_named_as_perpetrator_as_often_is_no_victim():
    text = "[perpetrator Lena Varr] [e shot] at guards in [l Ostra]. The [e shooting] in [l Ostra] hurt [victim {who}]."
    parts = [
        [role for role, _, _ in group(*case(("2031-05-04", text.format(who=who))))[0].fillers]
        for who in ("Lena Varr", "Dara Okonte")
    ]
    assert parts == [["perpetrator"], ["perpetrator", "victim"]]


@pytest.mark.parametrize(
    ("scenes", "expected"),
    [
        ([((5, 5), 7), ((9, 9), None), ((9, 9), None)], (5, 5)),
        ([((8, 8), 7)], (8, 8)),
        ([((9, 9), 7), (None, 9)], None),
        ([((9, 9), None), ((9, 9), None), ((5, 5), None)], (9, 9)),
    ],
)
def test_nothing_happened_after_it_was_told_as_a_fact(scenes, expected):
    assert days_of([SimpleNamespace(days=days, known=known) for days, known in scenes]) == expected


@pytest.mark.parametrize(("events", "expected"), [(10, (5, 5)), (40, None), (1, (5, 5))])
def test_a_day_that_one_of_many_events_has_parts_nothing(events, expected):
    undated = [SimpleNamespace(days=None, known=None)] * (events - 1)
    assert firm_days([SimpleNamespace(days=(5, 5), known=None), *undated]) == expected
