import json
import subprocess
import sys

import pytest

from evals import names
from sayso.names.matching import Match

COLUMNS = "case_group,schema,name1,name2,is_match,quality,category,notes\n"
CASES = """made,Person,Dara Okonte,"OKONTE, Dara",true,STRONG,,
made,Person,Dara Okonte,Lena Okonte,false,,,
made,Company,Varr Ltd,Varr Limited,true,WEAK,,
made,Vessel,Ostra 6,Ostra 5,true,WEAK,,
"""
FROZEN = """schema,name1,name2,is_match,predicted_match
Person,Dara Okonte,Lena Okonte,true,true
Company,Varr Ltd,Varr Limited,true,true
Company,Ostra,Ostra,true,true
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / names.CASES).write_text(COLUMNS + CASES, encoding="utf-8")
    return tmp_path


def verdicts(same):
    return [Match(float(one == "y"), one == "y", "") for one in same]


def test_rates_are_counted_over_rows_kinds_and_tiers(folder):
    cases = names.cases_of(folder / names.CASES)
    printed = names.score(cases, verdicts("yyyn"), {})
    assert (printed["precision"], printed["recall"], printed["rows"]) == (0.6667, 0.6667, 4)
    assert {kind: part["rows"] for kind, part in printed["kind"].items()} == {
        "organisation": 1,
        "person": 2,
        "vehicle": 1,
    }
    assert printed["tier"]["MEDIUM"]["precision"] == 0
    assert printed["tier"]["WEAK"]["recall"] == 0.5


def test_the_frozen_run_is_measured_by_the_verdicts_of_the_cases(folder):
    (folder / names.FROZEN).write_text(FROZEN, encoding="utf-8")
    cases = names.cases_of(folder / names.CASES)
    frozen = names.frozen_of(folder / names.FROZEN)
    printed = names.score(cases, verdicts("ynyy"), frozen)["frozen run"]
    assert printed["rows"] == 2
    assert printed["reference"]["precision"] == 0.5
    assert printed["sayso"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}


def test_without_a_frozen_run_there_is_nothing_to_compare_with(folder):
    assert names.frozen_of(folder / names.FROZEN) == {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (COLUMNS, "no cases"),
        (COLUMNS + "made,Person,A,B,perhaps,,,\n", "line 2: no column or verdict 'perhaps'"),
        ("name1,name2\nA,B\n", "line 2: no column or verdict 'is_match'"),
    ],
)
def test_a_broken_file_is_named(tmp_path, capsys, content, said):
    file = tmp_path / names.CASES
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit):
        names.cases_of(file)
    error = capsys.readouterr().err
    assert said in error
    assert str(file) in error


def test_the_runner_prints_one_object(folder):
    command = [sys.executable, "-m", "evals.names", str(folder), "--mistakes"]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    printed = json.loads(ended.stdout)
    assert (printed["precision"], printed["rows"]) == (1.0, 4)
    assert ended.stderr.splitlines() == [
        "missed | WEAK | vehicle | Ostra 6 | Ostra 5 | 0.2 | numbers differ: 5 and 6",
    ]
