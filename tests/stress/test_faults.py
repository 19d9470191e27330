"""A case outlives a full or faulty disk. `python -m evals.faults` makes every call fail, not only some."""

import json
import shutil
import subprocess
import sys

import pytest

from evals import faults

EVERY = 17
"""With it, every kind of call fails at some places, in about half a minute."""


def test_only_a_write_can_write_half():
    tried = list(faults.faults("cws", 1, 0))
    assert [one.number for one in tried if one.mode == "half"] == [2, 2]
    assert len(tried) == 3 * 4 + 2
    assert {one.number for one in faults.faults("w" * 10, 4, 1)} == {2, 6, 10}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a library before the C library, as on Linux")
@pytest.mark.skipif(not (shutil.which("cc") or shutil.which("gcc")), reason="there is no C compiler here")
def test_faults():
    command = [sys.executable, "-m", "evals.faults", "--every", str(EVERY), "--offset", "3"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert told["violations"] == []
    assert told["told"] > 100  # the faults did reach the program
    assert told["calls"]["new"]["write"] > 50
