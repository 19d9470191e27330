import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-q"]
    subprocess.run([*command, "-w", str(folder), str(ROOT)], check=True)
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_a_wheel_carries_code_tables_and_the_example(wheel):
    packed = set(zipfile.ZipFile(wheel).namelist())
    sources = {p for p in (ROOT / "src").rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    assert {p.relative_to(ROOT / "src").as_posix() for p in sources} <= packed
    example = {p for p in (ROOT / "examples" / "harbour-fire").rglob("*") if p.is_file()}
    assert example
    assert {f"sayso/{p.relative_to(ROOT).as_posix()}" for p in example} <= packed


@pytest.mark.slow
def test_a_wheel_stays_small(wheel):
    assert wheel.stat().st_size < 40_000_000
