import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def pins(lock):
    """Name → hashes."""
    blocks = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
    return {block.partition("==")[0]: re.findall(r"--hash=sha256:([0-9a-f]{64})", block) for block in blocks}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_every_requirement_is_pinned_with_hashes_and_without_addresses(lock):
    assert all(hashes for hashes in pins(lock).values())
    assert not re.search(r"://|--index|--find-links|--extra-index", lock.read_text(encoding="utf-8"))


def test_what_the_package_names_is_locked():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[<>=~!\[; ]", line)[0] for line in wanted}
    assert names <= pins(ROOT / "requirements" / "run.txt").keys()


def test_locks_agree_with_each_other():
    seen = {}
    for lock in LOCKS:
        for line in lock.read_text(encoding="utf-8").splitlines():
            if "==" in line:
                name, version = line.rstrip(" \\").split("==")
                assert seen.setdefault(name, version) == version
    assert seen
