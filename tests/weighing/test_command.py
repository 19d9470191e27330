"""The command `weigh`, the table of assumptions, and what is weighed in exports."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

import sayso
from sayso import exchange, lineage, workspace
from sayso.cli import commands
from sayso.kit import WrongUse
from tests.lineage.cases import Says, Told, case

TOLD = [Told("g", "Quay Gazette"), Told("p", "Morning Post"), Told("e", "Hill Echo", "2031-05-04")]

SAYS = [
    Says("g", "It was shut.", ("Ilo Marrek",)),
    Says("e", "It was shut.", ("Quay Gazette", "Ilo Marrek")),
    Says("p", "The gate was shut.", ("Ana Delt",)),
    Says("p", "The gate was open.", ("Bo Karsk",), answer="no"),
]


@pytest.fixture
def made():
    found = case(TOLD, SAYS)
    return replace(found, lineages=lineage.root(found))


@pytest.fixture
def run(made, monkeypatch):
    monkeypatch.setattr(workspace, "load", lambda _folder: made)

    def invoke(*words):
        return CliRunner().invoke(commands, ["weigh", *map(str, words)], terminal_width=120)

    return invoke


def test_words_first(run):
    result = run("some.case")
    assert result.exit_code == 0, result.output
    told = " ".join(result.output.split())
    assert "Three reports, three independent origins." in told
    assert "does not say what is so" in told
    assert not any(character.isdigit() for character in result.output)


def test_likelihood_and_confidence_are_never_in_one_line(run):
    lines = run("some.case").output.splitlines()
    (sure,) = (line for line in lines if line.startswith("Confidence: "))
    (row,) = (line for line in lines if line.startswith("yes"))
    assert "not settled" in row  # one of three speaks against it
    assert "likely" not in sure
    assert "settled" not in sure


def test_numbers_come_with_what_is_unresolved(run, made):
    output = run("some.case", "--numbers").output
    (found,) = workspace.weigh(made)
    assert f"{found.supports[0].belief:.2f}" in output
    assert f"Unresolved: {found.unresolved:.2f}." in output
    assert "%" not in output


def test_why_is_a_waterfall(run, made):
    output = run("some.case", "--why", "yes").output
    assert "Ilo Marrek" in output
    assert "·█" in output
    rows = json.loads(run("some.case", "--why", "yes", "--format", "json").output)
    assert [row["origin"] for row in rows] == ["Ana Delt", "Ilo Marrek"] or len(rows) == 2
    (found,) = workspace.weigh(made)
    assert rows[-1]["so_far"] == pytest.approx(found.supports[0].nats_for)


def test_no_such_answer(run):
    assert "sayso questions" in str(run("some.case", "--why", "ajar").exception)
    assert isinstance(run("some.case", "--why", "yes", "--hangs").exception, WrongUse)


def test_hangs(run):
    told = run("some.case", "--hangs").output
    assert "By what is said, “yes” has the most support." in told
    assert "Without Ana Delt: none leads." in told
    assert "Without the report of Hill Echo, 2031-05-04: it still leads" not in told
    assert "it still leads (0." in run("some.case", "--hangs", "--numbers").output
    rows = json.loads(run("some.case", "--hangs", "--format", "json").output)
    assert {row["kind"] for row in rows} == {"voice", "hearer", "report"}
    assert {row["leader"] for row in rows if row["flips"]} == {""}


def test_where_none_leads_it_says_who_stands_in_the_way(monkeypatch):
    found = case(TOLD, [SAYS[0], SAYS[3]])
    monkeypatch.setattr(workspace, "load", lambda _folder: replace(found, lineages=lineage.root(found)))
    told = CliRunner().invoke(commands, ["weigh", "some.case", "--hangs"]).output
    assert "By what is said, no answer leads." in told
    assert "Without Bo Karsk: “yes” leads." in told


def test_rows_for_programs(run):
    rows = json.loads(run("some.case", "--format", "json").output)
    assert [(row["answer"], row["leads"]) for row in rows] == [("yes", True), ("no", False)]
    assert sum(row["support"] for row in rows) + rows[0]["unresolved"] == pytest.approx(1)
    assert run("some.case", "--format", "csv").output.startswith('"question_id",')
    assert json.loads(run("some.case", "--slot", "killed", "--format", "json").output) == []


def test_assumptions_are_listed_with_their_sources():
    listed = json.loads(CliRunner().invoke(commands, ["weigh", "--assumptions", "--format", "json"]).output)
    assert {
        name: value
        for row in listed
        if row["key"] == "fidelity.wire"
        for name, value in row.items()
        if name != "source"
    } == {"key": "fidelity.wire", "value": 0.97, "default": 0.97}
    assert all(row["source"] for row in listed)


def test_an_assumption_changes_what_comes_out(run, made):
    before = json.loads(run("x", "--format", "json").output)
    after = json.loads(run("x", "--assume", "reliability.official.named=0.95", "--format", "json").output)
    assert after[0]["nats_for"] > before[0]["nats_for"]
    other = workspace.assume(["reliability.official.named=0.95"])
    assert sayso.weigh(made, assumptions=other)[0].supports[0].nats_for == after[0]["nats_for"]
    assert other.reliability["official"]["unnamed"] == workspace.assume([]).reliability["official"]["unnamed"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("fidelity.wires=1", "Did you mean fidelity.wire?"),
        ("wire", "is not KEY=VALUE"),
        ("fidelity.wire=high", "is not KEY=VALUE"),
        ("fidelity.wire=3", "out of bounds"),
        ("sources.wire=1", "There is no assumption"),
        ("reliability.official=1", "There is no assumption"),
    ],
)
def test_a_wrong_assumption(said, message):
    with pytest.raises(WrongUse, match=message.replace("?", r"\?")):
        workspace.assume([said])


def test_a_case_is_needed_but_for_assumptions():
    result = CliRunner().invoke(commands, ["weigh"])
    assert result.exit_code == 2
    assert "CASE" in result.output


def test_exports(made):
    whole = json.loads(workspace.export(made, "json"))
    (weighed,) = whole["weighings"]
    assert weighed["sentence"].startswith("Three reports, three independent origins.")
    assert {part["contribution"] for part in weighed["parts"]} == {
        part["weight"] * part["discount"] for part in weighed["parts"]
    }
    assert "matrices" in whole
    assert "weighings" not in json.loads(exchange.to_json(made))


def test_frames(made):
    found = sayso.frames(made)
    assert found["weighings"]["leader_words"] == ["yes"]
    assert found["supports"]["answer_words"] == ["yes", "no"]
    assert sorted(found["parts"]["name"]) == ["Ana Delt", "Bo Karsk", "Ilo Marrek"]
    assert set(found["hangs"]["kind"]) == {"voice", "hearer", "report"}
    assert "Hill Echo" in found["hangs"]["name"]
    assert found["estimates"] == {name: [] for name in found["estimates"]}
