"""What the command `sayso incidents` shows of each incident."""

from __future__ import annotations

from sayso.cli.incidents import matches, rows
from sayso.incidents import group
from sayso.model import Case
from tests.incidents.made import case

SHOT = (
    "[perpetrator {who}] [e shot] [victim Dara Okonte] with a [weapon rifle] in [l Ostra] on "
    "[t Saturday|2031-05-03..2031-05-03]. [p Dara Okonte] was 41."
)


def shown(*texts, form="table", most=3):
    reports, findings, entities = case(*((f"2031-05-0{4 + n}", text) for n, text in enumerate(texts)))
    found = group(reports, findings, entities)
    made = Case(reports, findings, entities=entities, incidents=found)
    return made, list(rows(made, found, form, shown=most))


def test_a_row_for_people():
    _, (row,) = shown(SHOT.format(who="Gunmen"))
    assert row["incident"] == "shooting, Ostra, 3 May 2031"
    assert (row["when"], row["reports"], row["where"]) == ("2031-05-03", 1, "Ostra")
    assert row["named"] == "as perpetrator: 1 named; as victim: Dara Okonte; as weapon: rifle"


def test_no_name_of_a_perpetrator_stands_there_without_its_voice():
    _, (row,) = shown(SHOT.format(who="Lena Varr"), most=None)
    assert "Varr" not in str(row["named"])


def test_what_one_of_many_reports_names_is_counted():
    _, (row,) = shown(
        SHOT.format(who="Gunmen"), SHOT.format(who="Gunmen").replace("rifle", "pistol"), SHOT.format(who="Men")
    )
    assert (
        row["named"] == "as perpetrator: 2 named; as victim: Dara Okonte; as weapon: rifle, 1 named in one report only"
    )


def test_programs_get_everything():
    made, (row,) = shown(SHOT.format(who="Gunmen"), form="json")
    assert row["named"] == [["victim", "Dara Okonte", 1], ["weapon", "rifle", 1]]
    assert row["events"] == [list(event) for event in made.incidents[0].events]


def test_words_that_are_asked_for():
    made, _ = shown(SHOT.format(who="Gunmen"))
    assert [matches(made, made.incidents[0], words) for words in ("ostra SHOOTING", "okonte", "ferry")] == [
        True,
        True,
        False,
    ]
