"""Does a case outlive a disk that is full, or faulty? Each call of a run is made to fail in turn.

    python -m evals.faults [--every 1] [--offset 0]

A run reads five invented reports into a case: into a new one, and into one that holds two reports already. A library
put before the C library (`faults.c`, compiled here, so that this needs a C compiler and Linux or the like) counts the
calls on files below the case: open, create, read, write, sync, rename, cut, unlink, mkdir, chmod. The run is done once
for each call and each way to fail: ENOSPC, EIO, and for writes half of what should be written and then ENOSPC; once or
from then on. `--every 5` tries every fifth call.

After each: the run did well, or ended in a `SaysoError`; `verify` finds no break, or there is no case yet; what was in
the case before is there as it was; each of the five reports, and what was found in it, is in the case as an undisturbed
run has it, or not at all; if the run did well, all are. Then a run without faults does well, leaves nothing
half-written, and the case exports the same JSON as an undisturbed one.

Prints one JSON object: `calls` of an undisturbed run by kind, for each beginning; `runs`; how many `did_well`, and how
many ended in an error that was `told`; `violations`, which should be empty; `seconds`.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from evals import samples
from evals.files import report_result, stop
from evals.kills import MEMORY, Seen, compare, look, read_here
from sayso import workspace
from sayso.kit import SaysoError

MODES = {"no room": 1, "fault": 2, "half": 3}
"""As `faults.c` numbers them."""
KINDS = {
    "o": "open", "c": "create", "r": "read", "w": "write", "s": "sync", "n": "rename", "t": "cut", "u": "unlink",
    "m": "mkdir", "l": "link", "p": "chmod",
}  # fmt: skip
"""As `faults.c` calls them."""
SHIM = "SAYSO_FAULTS"
"""The environment's name for the library, once it is loaded."""
CLEAR = ("disk", "database", "cannot be made")
"""An error that is told says one of these."""
TOLD_EVERY = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One call that fails: which (from 1), how, and whether all later ones do."""

    number: int
    mode: str
    lasting: bool


@dataclass(frozen=True, slots=True)
class Begin:
    """A state that runs begin with, and what an undisturbed one makes of it."""

    name: str
    """"new": there is no case yet; "grown": there is one with other reports."""
    case: Path | None
    seen: Seen
    """Of the case afterwards."""
    exported: str
    calls: str
    """A letter for each call of an undisturbed run, as in `KINDS`."""


@dataclass(slots=True)
class Bench:
    """What the runs are done with, and what came of them."""

    shim: ctypes.CDLL
    folder: Path
    counts: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)

    @property
    def tried(self) -> Path:
        """The case that is read into."""
        return self.folder / "tried.case"

    def read(self) -> workspace.Added:
        """The run."""
        return read_here(self.folder / "reports", self.tried)


def compile_shim(folder: Path) -> Path:
    """The library, compiled. Raises FileNotFoundError where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise FileNotFoundError("no C compiler")
    made = folder / "faults.so"
    source = Path(__file__).with_name("faults.c")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", made, source, "-ldl"], check=True)
    return made


def load_shim(path: Path) -> ctypes.CDLL:
    """The library, in a process that was started with it."""
    shim = ctypes.CDLL(str(path))
    shim.faults_below.argtypes = [ctypes.c_char_p]
    shim.faults_arm.argtypes = [ctypes.c_long, ctypes.c_int, ctypes.c_int]
    shim.faults_kinds.restype = ctypes.c_char_p
    return shim


def make_bench(shim: ctypes.CDLL, folder: Path) -> Bench:
    """Seven reports, of which two are read first where a run begins with a grown case."""
    for name, numbers in (("before", (0, 1)), ("reports", (2, 3, 4, 5, 6))):
        (folder / name).mkdir()
        for number in numbers:
            (folder / name / f"report-{number}.txt").write_bytes(samples.text(number))
    shim.faults_below(os.fsencode(folder / "tried.case"))
    return Bench(shim, folder)


def beginnings(bench: Bench) -> Iterator[Begin]:
    """Both, each with what an undisturbed run makes of it."""
    grown = bench.folder / "grown.case"
    read_here(bench.folder / "before", grown)
    for name, case in (("new", None), ("grown", grown)):
        reset(bench, case)
        bench.shim.faults_arm(0, 0, 0)
        bench.read()
        calls = bench.shim.faults_kinds().decode()
        seen = look(bench.tried)
        if seen is None:
            raise AssertionError(name)
        yield Begin(name, case, seen, workspace.export(workspace.load(bench.tried), "json"), calls)


def reset(bench: Bench, case: Path | None) -> None:
    """Begin anew: with a copy of this case, or none."""
    bench.shim.faults_arm(0, 0, 0)
    shutil.rmtree(bench.tried, ignore_errors=True)
    if case:
        shutil.copytree(case, bench.tried)


def faults(calls: str, every: int, offset: int) -> Iterator[Fault]:
    """Each call and each way in which it can fail. Only a write can write half."""
    for number in range(1 + offset, len(calls) + 1, every):
        for mode in MODES:
            if mode != "half" or calls[number - 1] == "w":
                yield from (Fault(number, mode, lasting) for lasting in (False, True))


def attempt(bench: Bench, start: Begin, fault: Fault) -> None:
    """One run with a fault, and one without on what it left."""
    reset(bench, start.case)
    before = look(bench.tried)
    bench.shim.faults_arm(fault.number, MODES[fault.mode], fault.lasting)
    did_well = False
    problems: list[str] = []
    try:
        did_well = not bench.read().failures
        problems += [] if did_well else ["a good report was told to be bad"]
    except SaysoError as error:
        problems += [] if any(word in str(error) for word in CLEAR) else [f"an unclear error: {error}"]
    except Exception as error:  # noqa: BLE001 - any other error is what is looked for
        problems.append(f"{type(error).__name__}: {error}")
    bench.shim.faults_arm(0, 0, 0)
    bench.counts.update({"runs": 1, "did_well" if did_well else "told": 1})
    problems += _afterwards(bench, start, before, did_well=did_well)
    what = f"{start.name}, call {fault.number} ({KINDS[start.calls[fault.number - 1]]}), {fault.mode}"
    lasting = ", and all later ones" if fault.lasting else ""
    bench.violations += [f"{what}{lasting}: {problem}" for problem in problems]


def _afterwards(bench: Bench, start: Begin, before: Seen | None, *, did_well: bool) -> Iterator[str]:
    try:
        now = look(bench.tried)
        yield from compare(bench.tried, before, now)
        yield from _neither(start.seen, now, did_well=did_well)
        if bench.read().failures:
            yield "the next run could not read a good report"
        yield from compare(bench.tried, now, look(bench.tried))
        if workspace.export(workspace.load(bench.tried), "json") != start.exported:
            yield "the next run's export differs from that of an undisturbed run"
    except Exception as error:  # noqa: BLE001 - nothing is armed any more, so that nothing may fail
        yield f"afterwards, {type(error).__name__}: {error}"
    left = [one.relative_to(bench.tried) for one in bench.tried.rglob("*") if one.name.startswith(".part-")]
    yield from (f"half-written and left: {name}" for name in left)


def _neither(expected: Seen, now: Seen | None, *, did_well: bool) -> Iterator[str]:
    """What is neither the old state nor the new."""
    reports, findings = (now.reports, now.findings) if now else ({}, {})
    for name, text in reports.items():
        if expected.reports.get(name) != text:
            yield f"report {name} is not as it was given"
    for name, found in findings.items():
        if expected.findings.get(name) != found:
            yield f"the findings in {name} are not those of an undisturbed run"
    if did_well and (reports.keys() != expected.reports.keys() or findings.keys() != expected.findings.keys()):
        yield "the run said that it did well, and something is missing"


def run(every: int, offset: int) -> dict[str, object]:
    """Every so many calls, from the one at `offset` on, in each way. The shim must have been loaded."""
    started = time.perf_counter()
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        bench = make_bench(load_shim(Path(os.environ[SHIM])), Path(name))
        calls = {}
        for start in beginnings(bench):
            calls[start.name] = {KINDS[kind]: count for kind, count in Counter(start.calls).items()}
            for fault in faults(start.calls, every, offset):
                attempt(bench, start, fault)
                if bench.counts["runs"] % TOLD_EVERY == 0:
                    print(f"{bench.counts['runs']} runs, {len(bench.violations)} violations", file=sys.stderr)
    return {
        "calls": calls,
        **bench.counts,
        "seconds": round(time.perf_counter() - started, 1),
        "violations": bench.violations,
    }


def main() -> None:
    """Run the measure named on the command line: in a process of its own, started with the library."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1, help="try every so many calls")
    parser.add_argument("--offset", type=int, default=0, help="beginning so many calls later")
    asked = parser.parse_args()
    if SHIM in os.environ:
        report_result(run(asked.every, asked.offset))
        return
    with TemporaryDirectory() as name:
        try:
            shim = str(compile_shim(Path(name)))
        except FileNotFoundError as error:
            stop(f"{error}: install one (on Debian and Ubuntu: gcc) to make calls fail")
        command = [sys.executable, "-m", "evals.faults", "--every", str(asked.every), "--offset", str(asked.offset)]
        raise SystemExit(
            subprocess.run(command, env=os.environ | {"LD_PRELOAD": shim, SHIM: shim}, check=False).returncode
        )


if __name__ == "__main__":
    main()
