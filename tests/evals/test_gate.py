import json
import tomllib

import pytest

from evals import gate


def test_null_and_absent_values_meet_no_floor():
    verdict = gate.judge({"a": None, "b": {"c": 0.9}}, {"a": 0.1, "b / c": 0.9, "b / d": 0.0, "e / f": 0.0})
    assert {path: v["met"] for path, v in verdict.items()} == {
        "a": False,
        "b / c": True,
        "b / d": False,
        "e / f": False,
    }


@pytest.mark.parametrize(("value", "met"), [(0.03, True), (0.04, True), (0.05, False), (None, False)])
def test_a_ceiling_is_the_most_that_will_do(value, met):
    assert gate.judge({"ece": value}, {"ece": 0.04}, "ceiling") == {
        "ece": {"ceiling": 0.04, "value": value, "met": met}
    }


def test_a_missed_ceiling_counts():
    measure = {"floors": {"f1": {"met": True}}, "ceilings": {"ece": {"met": False}}}
    assert gate.verdict([measure]) is False
    assert gate.verdict([{"floors": measure["floors"]}]) is True


def test_a_measure_without_its_data_says_so():
    assert (
        gate.run({"name": "m", "needs": "../no/such", "command": [], "floors": {}})["skipped"]
        == "../no/such is not there"
    )


@pytest.mark.parametrize(("value", "status"), [(0.5, 0), (0.4, 1)])
def test_a_missed_floor_ends_with_status_one(monkeypatch, capsys, value, status):
    monkeypatch.setattr(gate, "run", lambda m: {"name": m["name"], "floors": gate.judge({"x": value}, {"x": 0.5})})
    with pytest.raises(SystemExit) as stopped:
        gate.main()
    assert stopped.value.code == status
    assert json.loads(capsys.readouterr().out)["met"] is (status == 0)


def test_the_table_names_runners_that_exist():
    table = tomllib.loads((gate.ROOT / "evals" / "gate.toml").read_text())
    for measure in table["measure"]:
        assert (gate.ROOT / (measure["command"][0].replace(".", "/") + ".py")).is_file()
        bounds = [*measure.get("floors", {}).values(), *measure.get("ceilings", {}).values()]
        assert bounds
        assert all(0 < bound <= 1 for bound in bounds)


def test_where_all_is_skipped_nothing_is_claimed(monkeypatch, capsys):
    monkeypatch.setattr(gate, "run", lambda m: {"name": m["name"], "skipped": "data is not there"})
    with pytest.raises(SystemExit) as stopped:
        gate.main()
    assert stopped.value.code == 0
    assert json.loads(capsys.readouterr().out)["met"] is None
