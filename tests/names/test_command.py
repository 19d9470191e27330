"""`sayso names`: who is who in a case on disk, and what a person says of it."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from sayso import cli, intake, ledger, workspace
from sayso.kit import WrongUse
from sayso.model import Mention, Span
from sayso.workspace import Reader
from tests import toy

PEOPLE = re.compile(r"\b(?:Dara Okonte|Okonte|Lena Tarr)\b")
TEXTS = {
    "a.txt": "publisher: Quay Courier\npublished: 2031-04-11\n\nDara Okonte said it fell. President Dara Okonte left.",
    "b.txt": "publisher: Lowland Herald\npublished: 2031-04-12\n\nPresident Okonte said the crane stood.",
    "c.txt": "publisher: Tidings\npublished: 2031-04-13\n\nLena Tarr saw it. Okonte saw it too.",
}


def read(report):
    found = (Span(*one.span()) for one in PEOPLE.finditer(report.text))
    return replace(toy.read(report), mentions=tuple(Mention(span, "person", "name", 0.9) for span in found))


@pytest.fixture
def sayso(monkeypatch, capsys, tmp_path):
    """Runs the program on a case of three reports; gives exit status, standard output, standard error."""
    monkeypatch.setattr(intake, "take_in_safely", toy.take_in_here)
    monkeypatch.chdir(tmp_path)
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    workspace.add("quay.case", list(TEXTS), reader=Reader("people", lambda: read))

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["sayso", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        return ended.value.code, out, err

    return run


def listed(sayso, *more):
    return json.loads(sayso("names", "quay.case", "--format", "json", *more)[1])


def together(sayso, *more):
    """How many reports each name is met in."""
    return sorted((one["name"], len(one["reports"])) for one in listed(sayso, *more))


def test_it_lists_who_is_who(sayso):
    assert together(sayso) == [("Dara Okonte", 2), ("Lena Tarr", 1), ("Okonte", 1)]
    assert together(sayso, "--without-disputed") == [("Dara Okonte", 1), ("Lena Tarr", 1), ("Okonte", 1), ("Okonte", 1)]
    assert together(sayso, "--about", "tarr") == [("Lena Tarr", 1)]
    assert together(sayso, "--kind", "place") == []
    table = sayso("names", "quay.case")[1]
    assert "disputed: Okonte = Dara Okonte (the family name with the same title" in " ".join(table.split())
    rows = list(csv.DictReader(io.StringIO(sayso("names", "quay.case", "--format", "csv")[1])))
    assert rows[0]["name"] == "Dara Okonte"
    assert "open: Okonte ≠ Dara Okonte" in rows[0]["joinings"]


def test_the_table_shows_the_commonest_names_and_says_how_to_see_the_rest(sayso, monkeypatch):
    monkeypatch.setattr("sayso.cli.names.MOST", 1)
    status, out, err = sayso("names", "quay.case")
    assert (status, "Dara Okonte" in out, "Lena Tarr" in out) == (0, True, False)
    assert err == "… and 2 more names. To see all: --all. To find one: --about WORDS. For programs: --format csv.\n"
    for arguments in (["--all"], ["--about", "tarr"], ["--format", "csv"]):
        _, out, err = sayso("names", "quay.case", *arguments)
        assert ("Lena Tarr" in out, err) == (True, "")


def test_names_that_nobody_has_are_said_with_the_nearest(sayso):
    assert sayso("names", "quay.case", "--about", "Dana Okonte") == (
        0, "", "No name has these words. The nearest: Dara Okonte, Okonte, President Okonte.\n"
    )  # fmt: skip
    assert sayso("names", "quay.case", "--kind", "weapon")[2] == "The reports of this case name no weapon.\n"
    assert sayso("names", "quay.case", "--about", "zzz", "--format", "json")[1] == "[]\n"


def test_a_person_joins_splits_and_takes_back(sayso):
    before = listed(sayso)
    words = ("--reason", "seen on a list", "--by", "R. Moll")
    status, out, err = sayso("names", "quay.case", "--merge", "Okonte", "dara okonte", *words)
    assert (status, out) == (0, "")
    assert "Kept, and in the log" in err
    assert "Dara Okonte (person), 3 reports: Dara Okonte · Okonte" in err
    assert together(sayso) == [("Dara Okonte", 3), ("Lena Tarr", 1)]
    said = [one for one in listed(sayso)[0]["joinings"] if one["by"]]
    assert [(one["by"], one["reason"], one["taken"]) for one in said] == [("R. Moll", "seen on a list", True)]
    assert "same by R. Moll: Okonte and dara okonte" in sayso("log", "quay.case", "--format", "json")[1]

    sayso("names", "quay.case", "--split", "Dara Okonte", "Okonte", *words)
    assert together(sayso) == [("Dara Okonte", 1), ("Lena Tarr", 1), ("Okonte", 1), ("Okonte", 1)]
    sayso("names", "quay.case", "--undo", "Okonte", "Dara Okonte", *words)
    assert listed(sayso) == before
    with ledger.open_to_read(Path("quay.case")) as opened:
        first, second, third = ledger.judgements(opened)
    assert (first.supersedes, second.supersedes, third.supersedes) == (None, first.id, second.id)
    assert sayso("verify", "quay.case")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--merge", "Okonte", "Dara Okonte"], "Say why with --reason"),
        (["--merge", "Okonte", "Dora Okonte", "--reason", "r"], "no name 'Dora Okonte'. The nearest: Dara Okonte"),
        (["--merge", "Dara Okonte", "President Dara Okonte", "--reason", "r"], "are one name but for case"),
        (["--undo", "Okonte", "Dara Okonte", "--reason", "r"], "no judgement on Okonte and Dara Okonte to take back"),
        (["--merge", "Okonte", "Lena Tarr", "--split", "Okonte", "Lena Tarr", "--reason", "r"], "one thing at a time"),
    ],
)
def test_wrong_use_says_what_to_do(sayso, arguments, message):
    status, _, err = sayso("names", "quay.case", *arguments)
    assert (status, message in err) == (2, True), err
    assert together(sayso) == [("Dara Okonte", 2), ("Lena Tarr", 1), ("Okonte", 1)]


def test_a_ruling_needs_a_name_and_is_one_of_three(sayso):
    pair = workspace.Pair("names", "Okonte", "Lena Tarr")
    with pytest.raises(WrongUse, match="who judged"):
        workspace.judge_pair("quay.case", pair, ruling="same", reason="r", by=" ")
    with pytest.raises(WrongUse, match="no ruling"):
        workspace.judge_pair("quay.case", pair, ruling="perhaps", reason="r", by="R. Moll")


def test_a_judgement_goes_with_the_only_report_that_has_the_name(sayso):
    words = ("--reason", "seen on a list", "--by", "R. Moll")
    sayso("names", "quay.case", "--split", "Okonte", "Lena Tarr", *words)
    sayso("names", "quay.case", "--split", "Okonte", "Dara Okonte", *words)
    assert "1 judgement" in sayso("delete", "quay.case", "c.txt", "--reason", "asked for", "--yes")[2]
    assert [one.names for one in workspace.load("quay.case").judgements] == [("Okonte", "Dara Okonte")]
    assert sayso("verify", "quay.case")[0] == 0


def test_a_bundle_with_judgements_on_names_holds(sayso, tmp_path):
    sayso("names", "quay.case", "--merge", "Okonte", "Lena Tarr", "--reason", "r", "--by", "R. Moll")
    status, _, err = sayso("export", "quay.case", "--format", "bundle", "-o", "q.zip")
    assert status == 0, err
    zipfile.ZipFile("q.zip").extractall(tmp_path / "out")
    command = [sys.executable, "verify.py"]
    done = subprocess.run(command, cwd=tmp_path / "out", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
