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


def gold_report():
    def one(name, kind, voices, within=None):
        return {"id": name, "kind": kind, "voices": ["Quay Courier", *voices], "within": within}

    attributions = [
        one("a", "official", ["Ode Varr"]),
        one("b", "official", ["the mayor"]),
        one("c", "body", ["x"], "a"),
    ]
    return {"id": "one", "sha256": "1", "attributions": attributions}


MATCHING = """
def matched(gold, predicted):
    return [(g, p) for g in gold for p in predicted if g["id"] == p["id"]]
def agreeing(voices):
    return lambda one, other: one == other
def relayed(one):
    return len(one["voices"]) > 2
"""


def test_the_breakdown_uses_the_matching_of_the_scorer(tmp_path):
    (tmp_path / "scorer.py").write_text(MATCHING)
    scorer = chains.load_scorer(tmp_path / "scorer.py")
    gold = gold_report()
    right, wrong, _ = ({"id": g["id"], "voices": g["voices"]} for g in gold["attributions"])
    wrong["voices"] = ["Quay Courier", "the mayor", "Ode Varr"]
    found = chains.break_down([gold], [{"sha256": "1", "attributions": [right, wrong]}], ["kind", "nested"], scorer)
    assert found["kind"]["official"] == {"gold": 2, "found": 1.0, "whole chain": 0.5}
    assert found["kind"]["body"] == {"gold": 1, "found": 0.0, "whole chain": 0.0}
    assert found["nested"]["True"]["gold"] == 1


def test_a_report_without_predictions_counts_as_not_found(tmp_path):
    (tmp_path / "scorer.py").write_text(MATCHING)
    found = chains.break_down([gold_report()], [], ["relayed"], chains.load_scorer(tmp_path / "scorer.py"))
    assert found == {"relayed": {"False": {"gold": 3, "found": 0.0, "whole chain": 0.0}}}


def test_the_real_scorer_has_what_the_breakdown_needs():
    if not chains.SCORER.is_file():
        pytest.skip(f"{chains.SCORER} is not there")
    scorer = chains.load_scorer(chains.SCORER)
    span = {"content": [[0, 9]], "source": None, "cue": None}
    gold = gold_report()
    for place, one in enumerate(gold["attributions"]):
        one |= {"content": [[20 * place, 20 * place + 9]], "source": None, "cue": None}
    found = [span | {"id": "p", "voices": ["Quay Courier", "Ode Varr"]}]
    broken = chains.break_down([gold], [{"sha256": "1", "attributions": found}], ["kind"], scorer)
    assert broken["kind"]["official"] == {"gold": 2, "found": 0.5, "whole chain": 0.5}
