"""`sayso judge` and `sayso retract`."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from sayso import cli, intake, ledger, workspace
from sayso.model import Judgement
from tests import toy

TEXTS = {
    "a.txt": "publisher: Quay Courier\npublished: 2031-04-11\n\nMara Orm said Ilo Venn denied that the crane fell."
    " Nobody knew who had bolted the doors.",
    "b.txt": "publisher: Lowland Herald\npublished: 2031-04-12\n\nMara Orm said the pier burned.",
}


@pytest.fixture
def sayso(monkeypatch, capsys, tmp_path):
    """Runs the program on a case of two reports; gives exit status, standard output, standard error."""
    monkeypatch.setattr(intake, "take_in_safely", toy.take_in_here)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "moll")
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    workspace.add("quay.case", list(TEXTS), reader=toy.READER)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["sayso", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return run


def chains():
    return {
        one.id: [link.voice for link in one.chain]
        for each in workspace.load("quay.case").findings
        for one in each.attributions
    }


def test_a_correction_is_told_listed_and_taken_back(sayso):
    before = chains()
    said = ("judge", "quay.case", "2:1", "--correct", "speaker=Ada Quell", "--correct", "stance=alleges")
    status, _, err = sayso(*said, "--because", "she is named above")
    assert (status, "says moll" in err) == (0, True)
    assert "before: Lowland Herald > Mara Orm\n  now: Lowland Herald > Ada Quell (alleges)" in err
    _, out, _ = sayso("judge", "quay.case")
    assert "corrected" in out
    (row,) = csv.DictReader(io.StringIO(sayso("judge", "quay.case", "--format", "csv")[1]))
    assert (row["verdict"], row["before"], row["change"]) == (
        "corrected", "Lowland Herald > Mara Orm", "speaker: Ada Quell; stance: alleges",
    )  # fmt: skip
    assert sayso("judge", "quay.case", "2:1", "--undo")[0] == 0
    assert chains() == before
    _, out, err = sayso("judge", "quay.case")
    assert "Nobody has judged" not in err
    assert [line.split()[0] for line in out.splitlines() if line.startswith("2:1 ")] == ["2:1", "2:1"]
    assert all(words in " ".join(out.split()) for words in ("corrected (stands", "undone (takes"))
    rows = list(csv.DictReader(io.StringIO(sayso("judge", "quay.case", "--format", "csv")[1])))
    assert [(row["place"], row["verdict"], row["stands"]) for row in rows] == [
        ("2:1", "corrected", "no"), ("2:1", "undone", "no"),
    ]  # fmt: skip
    assert {row["about"] for row in rows} == {rows[0]["about"]}


def test_it_is_said_that_nobody_has_judged(sayso):
    assert "Nobody has judged" in sayso("judge", "quay.case")[2]


def test_a_chain_and_who_speaks_are_set(sayso):
    said = ("--correct", "chain=the radio > two officials", "--correct", "kind=official", "--correct", "named=no")
    assert sayso("judge", "quay.case", "2:1", *said, "--because", "it is in line 2")[0] == 0
    assert ["Lowland Herald", "the radio", "two officials"] in chains().values()
    (one,) = workspace.load("quay.case").findings[1].attributions
    assert (one.kind, one.named) == ("official", False)
    (row,) = csv.DictReader(io.StringIO(sayso("judge", "quay.case", "--format", "csv")[1]))
    assert row["change"] == "chain: the radio > two officials; kind: official; named: no"


def test_judgements_that_meet_nothing_are_told(sayso):
    about = workspace.load("quay.case").findings[1].attributions[0].id
    judgement = Judgement("", about[::-1], "accepted", "", "moll", "2031-05-02T10:00:00+00:00")
    with ledger.open_to_write(Path("quay.case")) as opened:
        ledger.record_judgement(opened, judgement)
    for command in ("judge", "verify"):
        status, _, err = sayso(command, "quay.case")
        assert status == 0
        assert "1 judgement no longer meets anything" in err
        assert "its passage is gone" in err


def test_an_attribution_is_added_by_its_words(sayso):
    said = ("--add", "content=bolted the doors", "--add", "speaker=a clerk", "--because", "heard it")
    assert sayso("judge", "quay.case", "1", *said)[0] == 0
    assert ["Quay Courier", "a clerk"] in chains().values()
    (row,) = json.loads(sayso("judge", "quay.case", "--format", "json")[1])
    assert (row["verdict"], row["words"], row["before"]) == ("added", "bolted the doors", "")
    assert sayso("judge", "quay.case", row["about"], "--undo")[0] == 0
    assert ["Quay Courier", "a clerk"] not in chains().values()


def test_a_report_and_a_voice_are_retracted(sayso):
    assert sayso("retract", "quay.case", "b.txt", "--dry-run")[:2] == (0, "No question is answered otherwise.\n")
    assert workspace.load("quay.case").judgements == ()
    assert sayso("retract", "quay.case", "2", "--because", "they took it back")[0] == 0
    assert sayso("retract", "quay.case", "mara orm", "--because", "she withdrew it")[0] == 0
    assert [one.verdict for one in workspace.load("quay.case").judgements] == ["retracted", "retracted"]
    assert sayso("retract", "quay.case", "2", "--undo")[0] == 0
    assert [one.verdict for one in workspace.standing(workspace.load("quay.case"))] == ["retracted"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("judge", "quay.case", "1:1", "--accept"), "2 attributions. Name one by its id:"),
        (("judge", "quay.case", "7:1", "--accept"), "no attribution of this case. `sayso claims CASE` lists them"),
        (("judge", "quay.case", "--accept"), "say of which attribution"),
        (("judge", "quay.case", "2:1"), "--accept, --reject, --correct, --add or --undo"),
        (("judge", "quay.case", "2:1", "--accept", "--reject"), "one thing at a time: --accept or --reject"),
        (("judge", "quay.case", "2:1", "--reject"), "Say why with --because"),
        (("judge", "quay.case", "2:1", "--correct", "speaker", "--because", "b"), "is not FIELD=VALUE"),
        (("judge", "quay.case", "2:1", "--correct", "stance=shouts", "--because", "b"), "no stance. Use one of: as"),
        (("judge", "quay.case", "2:1", "--correct", "content=the moon", "--because", "b"), "does not have the words"),
        (("judge", "quay.case", "1", "--add", "content=o", "--because", "b"), "at several places"),
        (("judge", "quay.case", "Mara Orm", "--add", "content=o", "--because", "b"), "is a voice. Name the report"),
        (("retract", "quay.case", "nobody", "--because", "b"), "no report and no voice of this case"),
        (("retract", "quay.case", "2"), "Say why with --because"),
        (("retract", "quay.case", "2", "--undo"), "no judgement on"),
    ],
)
def test_wrong_use_says_what_to_do(sayso, arguments, message):
    status, _, err = sayso(*arguments)
    assert status == 2
    assert message in err
    assert workspace.load("quay.case").judgements == ()


@pytest.mark.parametrize("command", ["judge", "retract"])
def test_help_has_examples(sayso, command):
    status, out, _ = sayso(command, "--help")
    assert status == 0
    assert f"sayso {command} harbour.case" in out
