"""What the command `sayso accounts` shows: never a name beside an accusation without the voice that makes it."""

from __future__ import annotations

import pytest

from sayso.cli import accounts
from sayso.workspace import draw_up
from tests.accounts.made import Story, did, said

VARR = ("Lena Varr", "person")


@pytest.fixture(scope="module")
def case():
    story = Story().report(
        "Police said Lena Varr attacked the shed.", said("Lena Varr attacked the shed", "Police"), names=[VARR],
        events=[did("attacked", agent=VARR[0])],
    )  # fmt: skip
    story.report("Lena Varr was not charged over the killing.", names=[VARR], events=[did("killing")])
    content = "the massacre was hers, the massacre alone"
    story.report(f"Aunts said {content}.", said(content, "Aunts", manner="direct"), events=[did("massacre")])
    return story.case()


def test_responsibility(case):
    (row,) = accounts.responsibility_rows(case, draw_up(case).responsibilities)
    assert (row["of whom"], row["what is said"], row["stake"]) == ("Lena Varr", "accused", "none known")
    assert (row["chain"], row["unsure"]) == ("Quay Courier → Police", True)  # nobody resolved who "Police" are
    assert row["who says so"] == "Quay Courier → Police (unsure)"
    assert row["words"] == "Lena Varr"


def test_status(case):
    (row,) = accounts.status_rows(case, draw_up(case).statuses)
    assert (row["of whom"], row["what is said"], row["is_so"]) == ("Lena Varr", "not charged", False)
    assert row["who says so"] == "Quay Courier"


def test_wording(case):
    drawn = draw_up(case).contested
    rows = list(accounts.wording_table(case, drawn))
    assert [(row["word"], row["whose word"], row["times"]) for row in rows] == [
        ("killing", "own voice", 1),
        ("massacre", "quoted", 2),
    ]
    assert len(list(accounts.wording_rows(case, drawn))) == 3


@pytest.mark.parametrize("form", [True, False])
@pytest.mark.parametrize("kind", ["responsibility", "status", "wording"])
def test_every_line_of_every_ledger_has_its_voice(case, kind, form):
    rows = list(accounts.ledger_rows(case, draw_up(case), kind, form="table" if form else "csv"))
    columns = accounts.COLUMNS[kind, form]
    assert "who says so" in columns or {"speaker", "chain"} <= set(columns)
    assert rows
    assert all(set(columns) <= set(row) and row["chain"] for row in rows)


def test_only_of_one_incident(case):
    drawn = draw_up(case)
    assert list(accounts.ledger_rows(case, drawn, "status", form="csv", wanted=frozenset({"another"}))) == []
    assert len(list(accounts.ledger_rows(case, drawn, "status", form="csv", wanted=frozenset({"i"})))) == 1
