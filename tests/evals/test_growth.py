import json

from evals import growth
from evals.speed import Run
from sayso import lineage
from sayso.model import Report


def test_the_reports_are_the_same_each_time_all_different_and_short():
    made = growth.reports(100)
    assert made == growth.reports(100)
    assert len({one["text"] for one in made}) == 100
    assert all(40 < len(one["text"].split()) < 120 for one in made)


def test_some_repeat_an_earlier_one():
    made = [Report(str(n), sha256="", file="", name="", **one) for n, one in enumerate(growth.reports(60))]
    assert len({echo.copy for echo in lineage.trace(tuple(made))}) >= 60 // growth.COPIED - 1


def test_time_is_told_for_one_report(tmp_path, monkeypatch):
    asked = []

    def run(*arguments):
        asked.append(arguments[0])
        name = "grown.case" if arguments[0] == "read" else "grown.html"
        (tmp_path / name).write_bytes(b"x" * 2_000_000)
        return Run(2.0, 50_000_000)

    monkeypatch.setattr(growth, "run", run)
    found = growth.measure(20, tmp_path)
    assert asked == ["read", "dossier"]
    assert len([json.loads(line) for line in (tmp_path / "reports.jsonl").read_text().splitlines()]) == 20
    sizes = {"case_mb": 2.0, "dossier_mb": 2.0}
    times = {"read_ms": 100.0, "dossier_ms": 100.0, "read_peak_mb": 50, "dossier_peak_mb": 50}
    assert found == {"reports": 20, **times, **sizes}
