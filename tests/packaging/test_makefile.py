"""What the Makefile shows of the tools that it runs."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("status", "shown"), [(0, False), (1, True)])
def test_what_pip_says_is_shown_only_when_it_fails(tmp_path, status, shown):
    if shutil.which("make") is None or not Path("/bin/bash").exists():
        pytest.skip("no make or no bash here")
    for name in ("requirements/run.txt", "requirements/dev.txt", "pyproject.toml", ".venv/.locked", ".venv/.package"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    pip = f"PIP=sh -c 'echo a warning of pip; exit {status}' --"
    done = subprocess.run(
        ["make", "-f", str(ROOT / "Makefile"), pip, "train-setup"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) == (status == 0)
    assert ("a warning of pip" in done.stdout + done.stderr) is shown
