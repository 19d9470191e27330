"""Neither the order of files nor the number of processes changes what the shipped reader says of the invented case."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso import workspace

REPORTS = sorted((Path(__file__).parents[2] / "examples" / "harbour-fire" / "reports").iterdir())

pytestmark = pytest.mark.slow


def test_order_and_processes_change_no_byte(tmp_path):
    workspace.add(tmp_path / "one", REPORTS)
    for part in (REPORTS[7:][::-1], REPORTS[:7][::-1]):
        workspace.add(tmp_path / "other", part, processes=2)
    one, other = (workspace.load(tmp_path / name) for name in ("one", "other"))
    assert len(one.incidents) > 1
    assert len(one.entities) > 10
    for form in ("json", "csv", "chains"):
        assert workspace.export(one, form) == workspace.export(other, form), form
