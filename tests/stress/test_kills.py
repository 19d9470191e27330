"""A case outlives `kill -9` at any moment. `python -m evals.kills` does it a thousand times."""

import json
import os
import signal
import sys

import pytest

from evals import kills
from sayso import workspace

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks and kills groups of processes, as on Linux")


@pytest.fixture
def case(tmp_path):
    kills.write_reports(tmp_path)
    kills.read_here(tmp_path / "half", tmp_path / "a.case")
    return tmp_path / "a.case"


def test_a_loss_is_told(case, tmp_path):
    half = kills.look(case)
    kills.read_here(tmp_path / "reports", case)
    whole = kills.look(case)
    assert half.reports
    assert any(json.loads(one)["attributions"] for one in half.findings.values())
    assert list(kills.compare(case, half, whole)) == []
    lost = list(kills.compare(case, whole, half))
    assert sum("report" in one for one in lost) == len(whole.reports) - len(half.reports)
    assert any("findings" in one for one in lost)
    assert list(kills.compare(case, whole, None)) == ["the case is gone"]


def test_a_kept_file_cut_short_is_told(case):
    seen = kills.look(case)
    file = next(one for one in (case / "files").glob("*/*"))
    file.chmod(0o644)
    os.truncate(file, 10)
    assert any("verify" in one for one in kills.compare(case, seen, kills.look(case)))


def test_a_fork_is_killed_with_its_group(case, tmp_path):
    pid = kills.start_fork(tmp_path / "reports", case)
    status, seen = kills._kill(pid, 0.0, lambda: kills.look(case), os.killpg)
    assert status in {-signal.SIGKILL, 0}
    assert seen is None or seen.reports
    workspace.load(case)


@pytest.mark.slow
def test_kills():
    told = kills.run(200, 4, 1)
    assert told["violations"] == []
    assert told["kills"] >= 200
    assert told["programs"] >= 4
