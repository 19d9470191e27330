"""What the command `sayso timeline` shows, and which incident is meant."""

from __future__ import annotations

import pytest

from sayso.cli.timeline import chosen, most_told, rows
from sayso.kit import WrongUse
from sayso.model import Case, Claim, Findings, Incident, Link, Moment, Report, Span, Told

FIRE = Incident("ab12", "fire", "fire, Ostra, 3 May 2031", (), (), "", "")
SHOOTING = Incident("cd34", "shooting", "shooting, Ostra", (), (), "", "")


def moment(name, *reports, **more):
    told = tuple(Told(one, f"c {one}", Span(0, 3), "2031-05-04", "2031-05-05", "at dawn") for one in reports)
    return Moment(name, more.pop("kind", "event"), "It burned", "2031-05-03", "2031-05-03", told, **more)


def shown(form, *moments):
    names = sorted({told.report for one in moments for told in one.told})
    reports = tuple(Report(name, "It burned.", name, "f", name) for name in names)
    findings = tuple(
        Findings(name, claims=(Claim(f"c {name}", name, (Span(0, 3),), (Link("Courier"), Link(f"voice {name}"))),))
        for name in names
    )
    return list(rows(Case(reports, findings, incidents=(FIRE,), moments=moments), moments, form))


def test_a_row_for_people():
    (row,) = shown("table", moment("m", "r1", "r2", "r3", incident="ab12"))
    assert row["when"] == "2031-05-03, at dawn"
    assert row["who says so"] == "voice r1, voice r2 and 1 more"
    assert (row["reports"], row["said"], row["incident"]) == (3, "2031-05-04 to 05-05", FIRE.name)


def test_a_row_for_programs():
    (row,) = shown("json", moment("m", "r1", "r2"))
    assert row["reports"] == ["r1", "r2"]
    assert row["claims"] == ["c r1", "c r2"]
    assert (row["said_first"], row["said_last"], row["clock"]) == ("2031-05-04", "2031-05-05", ["at dawn"])
    assert row["voices"] == ["voice r1", "voice r2"]


def test_the_most_told_stay_in_their_order():
    some = [moment("a", "r1"), moment("b", "r1", "r2"), moment("c", "r1", kind="incident"), moment("d", "r1")]
    assert [one.id for one in most_told(some, 2)] == ["b", "c"]


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        ("1", [FIRE]),
        ("2", [SHOOTING]),
        ("ostra", [FIRE, SHOOTING]),
        ("Ostra fire", [FIRE]),
        ("cd3", [SHOOTING]),
        ("2031", [FIRE]),
    ],
)
def test_an_incident_by_number_words_or_id(which, expected):
    assert chosen((FIRE, SHOOTING), which) == expected


@pytest.mark.parametrize("which", ["3", "0", "ferry", "", " "])
def test_an_incident_that_is_not_there(which):
    with pytest.raises(WrongUse, match="1 fire, Ostra, 3 May 2031; 2 shooting, Ostra"):
        chosen((FIRE, SHOOTING), which)
    with pytest.raises(WrongUse, match="no incident"):
        chosen((), which)
