"""The command `lineage`, what people say of origins, and lineages in exports."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from sayso import exchange, ledger, lineage, workspace
from sayso.cli import commands
from sayso.kit import WrongUse
from tests.lineage.cases import Says, Told, case

GAZETTE, POST, ECHO = Told("g", "Quay Gazette"), Told("p", "Morning Post"), Told("e", "Hill Echo", "2031-05-04")

SAYS = [
    Says("g", "It may have been shut.", ("three officials",), certainty="possible"),
    Says("e", "It was shut.", ("Quay Gazette", "three officials")),
    Says("p", "The gate was shut.", ("a senior official",)),
]


@pytest.fixture
def made():
    found = case([GAZETTE, POST, ECHO], SAYS)
    return replace(found, lineages=lineage.root(found))


@pytest.fixture
def run(made, monkeypatch):
    monkeypatch.setattr(workspace, "load", lambda _folder: made)

    def invoke(*words):
        return CliRunner().invoke(commands, ["lineage", *map(str, words)])

    return invoke


def test_in_words(made):
    told = workspace.lineage_in_words(made, made.lineages[0])
    assert told == (
        "Three reports, one to two independent origins. "
        "Everything may hang on three officials, quoted by Quay Gazette and Hill Echo."
    )


@pytest.mark.parametrize(
    ("told", "says", "words"),
    [
        ([GAZETTE], SAYS[:1], "One report, one independent origin."),
        (
            [GAZETTE, ECHO],
            [Says("g", "Shut.", ("a guard",)), Says("e", "It was.", ("Quay Gazette", "a guard"))],
            "Two reports, one independent origin. Everything hangs on a guard, quoted by Quay Gazette and Hill Echo.",
        ),
        (
            [GAZETTE, POST],
            [Says("g", "Shut."), Says("p", "It is.")],
            "Two reports, two independent origins.",
        ),
    ],
)
def test_other_lineages_in_words(told, says, words):
    found = case(told, says)
    assert workspace.lineage_in_words(found, lineage.root(found)[0]) == words


def test_the_table(run, made):
    result = run("some.case", "--reasons")
    assert result.exit_code == 0, result.output
    assert "Three reports, one to two independent origins." in result.output
    assert "a senior official (role)" in " ".join(result.output.split())
    assert "(relay: Hill Echo has it from Quay Gazette" in " ".join(result.output.split())
    assert made.lineages[0].origins[0].id in result.output


def test_rows_for_programs(run):
    rows = json.loads(run("some.case", "--format", "json").output)
    assert [(row["origin"], row["reports"], row["low"], row["high"], row["for"]) for row in rows] == [
        ("three officials", ["g", "e"], 1, 2, ["yes"]),
        ("a senior official", ["p"], 1, 2, ["yes"]),
    ]
    assert json.loads(run("some.case", "--slot", "killed", "--format", "json").output) == []


def test_a_judgement_needs_a_reason(run):
    assert isinstance(run("x", "--merge", "a", "b").exception, WrongUse)
    assert isinstance(run("x", "--merge", "a", "b", "--undo", "a", "b").exception, WrongUse)


def test_origins_judged(made, monkeypatch, tmp_path):
    folder = tmp_path / "some.case"
    with ledger.open_to_write(folder, create=True):
        pass

    def load(_folder):
        with ledger.open_to_read(folder) as opened:
            known = replace(made, judgements=ledger.judgements(opened))
        return replace(known, lineages=lineage.root(known))

    monkeypatch.setattr("sayso.workspace.pairs.load", load)
    one, other = (origin.id for origin in made.lineages[0].origins)

    def judged(ruling):
        workspace.judge_pair(
            folder, workspace.Pair("origins", one, other), ruling=ruling, reason="I asked", by="R. Moll"
        )
        found = load(folder)
        return found.lineages[0].low, found.lineages[0].high

    assert judged("same") == (1, 1)
    assert judged("different") == (2, 2)
    assert judged("retracted") == (1, 2)
    with pytest.raises(WrongUse, match="no judgement"):
        judged("retracted")
    with pytest.raises(WrongUse, match="no origin"):
        workspace.judge_pair(folder, workspace.Pair("origins", one, "nobody"), ruling="same", reason="r", by="b")
    with pytest.raises(WrongUse, match="two origins"):
        workspace.judge_pair(folder, workspace.Pair("origins", one, one), ruling="same", reason="r", by="b")
    with pytest.raises(WrongUse, match="who judged"):
        workspace.judge_pair(folder, workspace.Pair("origins", one, other), ruling="same", reason="", by="b")


def test_exports(made):
    drift = lineage.drift(made)
    whole = json.loads(exchange.to_json(made, drift=drift))
    (one,) = whole["lineages"]
    assert (one["low"], one["high"], [origin["name"] for origin in one["origins"]]) == (
        1,
        2,
        ["three officials", "a senior official"],
    )
    assert one["testimonies"][0]["given"][0]["report"] == "g"
    assert [(each["kind"], each["after"]["report"]) for each in whole["drift"]] == [("hedge lost", "e")]
    frames = exchange.frames(made, drift=drift)
    assert frames["lineages"]["name"] == ["three officials", "a senior official"]
    assert frames["lineages"]["certainty"] == ["possible", "certain"]
    assert frames["drift"]["after_words"] == ["It was shut."]
