import json

import pytest

from evals import chains

REPORTS = [{"id": "one", "sha256": "1", "attributions": []}, {"id": "two", "sha256": "2", "attributions": []}]

SCORER = """
import json, sys
gold = [json.loads(line)["id"] for line in open(sys.argv[1])]
print(json.dumps({"ids": gold, "predicted": open(sys.argv[2]).read(), "asked": sys.argv[3:]}))
"""


def run(monkeypatch, *arguments):
    monkeypatch.setattr("sys.argv", ["chains", *map(str, arguments)])
    chains.main()


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(r) + "\n" for r in REPORTS))
    return path


@pytest.fixture
def scorer(tmp_path, monkeypatch):
    def predict(gold, folder):
        (folder / "predicted.jsonl").write_text("found")
        return folder / "predicted.jsonl"

    monkeypatch.setattr(chains, "predict", predict)
    path = tmp_path / "scorer.py"
    path.write_text(SCORER)
    return path


def test_the_scorer_sees_both_files(gold, scorer, monkeypatch, capsys):
    run(monkeypatch, "--gold", gold, "--scorer", scorer)
    assert json.loads(capsys.readouterr().out) == {"ids": ["one", "two"], "predicted": "found", "asked": ["--json"]}


def test_reports_can_be_left_out_and_shown_one_by_one(gold, scorer, monkeypatch, capsys):
    run(monkeypatch, "--gold", gold, "--scorer", scorer, "--without", "one", "--per-report")
    printed = json.loads(capsys.readouterr().out)
    assert printed["ids"] == ["two"]
    assert printed["reports by id"]["two"]["ids"] == ["two"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--without", "three"], "no report has the id three"),
        (["--scorer", "nowhere.py"], "nowhere.py: no scorer there"),
    ],
)
def test_wrong_use_ends_with_status_two(gold, scorer, monkeypatch, capsys, arguments, message):
    with pytest.raises(SystemExit) as stopped:
        run(monkeypatch, "--gold", gold, "--scorer", scorer, *arguments)
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_a_failing_scorer_is_quoted(gold, scorer, monkeypatch, capsys):
    scorer.write_text("raise SystemExit('report 1: content must be a list')")
    with pytest.raises(SystemExit):
        run(monkeypatch, "--gold", gold, "--scorer", scorer)
    assert "content must be a list" in capsys.readouterr().err
