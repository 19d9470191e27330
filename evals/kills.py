"""Does a case outlive `kill -9`? A run is killed at a random moment, and the case looked at, again and again.

    python -m evals.kills [--kills 1000] [--programs 100] [--seed 1]

`sayso read` is given twelve invented reports of as many formats and killed, alone or with all processes that it
started, at a moment drawn between its start and the time that it takes undisturbed. Then the case is looked at, and the
run started again on the same case, until one ends by itself. Of the kills, `--programs` are of the real program:
command line, worker, encoder; a quarter of them while it reads in two processes. For the others this process forks one
that does the same without starting up Python, parsing in place and reading with a pattern instead of the model: it
takes a tenth of a second, so that most moments fall where something is being written. In half of the cases half of the
reports are there before, from a run that ended well.

After each kill: the case opens (or is not there yet, if nothing had been promised); `verify` finds no break, and the
log still holds its head of before; every report and all findings that were seen in an earlier look are there, as they
were; in half of the kills that earlier look is taken just before, while the run goes on. When a run has ended by
itself: it says that it did well, nothing half-written is left, and the case exports the JSON of an undisturbed one.

Prints one JSON object: `kills`, of these `programs`, of these `crews`; `cases`; `before_the_case` (kills that came
before there was one); `seconds`; and `violations`, which should be empty.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from evals import samples
from evals.files import report_result
from evals.invented import READER, find
from sayso import intake, workspace
from sayso.intake import Found, Settings
from sayso.kit import SaysoError, digest
from sayso.model import Caveat, Report

KINDS = ("txt", "html", "jsonl", "csv", "pdf", "docx", "eml", "mbox", "warc", "zip", "tar.gz", "txt.gz")
MEMORY = Path("/dev/shm")  # noqa: S108 - a file system in memory, where there is one
"""Where cases are made: what a killed program wrote is with the system, so that a slow disk would only take time."""
MOST_KILLS = 12
"""Of one case. Then it is left to end."""
PATIENCE_SECONDS = 120
"""For a run that is not killed."""
TOLD_EVERY = 50

Start = Callable[[Path, Path], int]
"""Starts a run that reads a folder into a case, as the leader of its own group of processes; its number."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at a case showed."""

    reports: dict[str, str]
    """The hash of each report's text."""
    findings: dict[str, str]
    """What was found in each report that was read."""
    head: str


@dataclass(slots=True)
class Told:
    """What came of the kills so far."""

    counts: Counter[str] = field(default_factory=Counter)
    violations: list[str] = field(default_factory=list)


def write_reports(folder: Path) -> None:
    """Twelve reports of as many formats in `reports`; half of them in `half` as well."""
    for name, kinds in (("reports", KINDS), ("half", KINDS[::2])):
        (folder / name).mkdir()
        for kind in kinds:
            (folder / name / f"report.{kind}").write_bytes(samples.MAKERS[kind](KINDS.index(kind)))


def start_program(folder: Path, case: Path, processes: int = 1) -> int:
    """The real program."""
    command = [
        sys.executable,
        "-m",
        "sayso",
        "read",
        str(folder),
        "--case",
        str(case),
        "--processes",
        str(processes),
        "-q",
    ]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid


def start_crew(folder: Path, case: Path) -> int:
    """The real program, reading in two processes beside its own."""
    return start_program(folder, case, 2)


def start_fork(folder: Path, case: Path) -> int:
    """The same in a fork of this process, with a pattern for the model and no worker."""
    pid = os.fork()
    if pid:
        return pid
    status = 70
    try:
        os.setsid()
        status = 1 if read_here(folder, case).failures else 0
    finally:
        os._exit(status)


def read_here(folder: Path, case: Path) -> workspace.Added:
    """What `sayso read` does, in this process, with a pattern for the model."""
    with patch.object(intake, "take_in_safely", take_in_here):
        return workspace.add(case, [folder], reader=workspace.Reader(READER, lambda: find))


def take_in_here(
    items: Iterable[tuple[Found, bytes | Path]], settings: Settings | None = None, *_: object
) -> Iterator[tuple[Found, tuple[Report, ...], tuple[Caveat, ...]]]:
    """What `intake.take_in_safely` does, in this process, for files that harm nobody."""
    for found, data in items:
        whole = data.read_bytes() if isinstance(data, Path) else data
        given = settings or Settings()
        beside = {name: getattr(found, name) or getattr(given, name) for name in ("publisher", "published", "address")}
        yield found, *intake.take_in(whole, found.name, replace(given, **beside))


def look(case: Path) -> Seen | None:
    """What is in a case; None where there is none yet. `SaysoError` if it cannot be opened."""
    if not (case / "case.sqlite").exists():
        return None
    opened, head = workspace.load(case), workspace.head(case)
    findings = {one.report: json.dumps(asdict(one)) for one in opened.findings if one.sentences}
    return Seen({one.id: digest(one.text) for one in opened.reports}, findings, head)


def compare(case: Path, before: Seen | None, now: Seen | None) -> Iterator[str]:
    """What is wrong with a case, given an earlier look at it."""
    if now is None:
        if before is not None:
            yield "the case is gone"
        return
    check = workspace.verify(case, against=before.head if before else None)
    yield from (f"verify: {one.where}: {one.message}" for one in check.breaks)
    if before is None:
        return
    lost = [name for name, text in before.reports.items() if now.reports.get(name) != text]
    yield from (f"report {name} is lost or changed" for name in lost)
    gone = [name for name, found in before.findings.items() if now.findings.get(name) != found]
    yield from (f"the findings in {name} are lost or changed" for name in gone)


def one_case(start: Start, folder: Path, case: Path, draw: random.Random, told: Told, *, kills: int) -> int:
    """Kill runs on one case until one ends by itself; how many were killed. `folder` is that of `undisturbed`."""
    longest = float((folder / f"seconds-{start.__name__}").read_text())
    seen: Seen | None = None
    if draw.random() < 0.5:
        if _wait(start(folder / "half", case), PATIENCE_SECONDS) != 0:
            told.violations.append("a run on half of the reports did not end well")
        seen = look(case)
    killed = 0
    while killed < min(kills, MOST_KILLS):
        before = partial(look, case) if draw.random() < 0.5 else None
        kill = os.killpg if draw.random() < 0.5 else os.kill
        status, earlier = _kill(start(folder / "reports", case), draw.uniform(0, longest), before, kill)
        seen = earlier or seen
        if status != -signal.SIGKILL:
            told.violations += [] if status == 0 else [f"a run that was not killed ended with status {status}"]
            break
        killed += 1
        seen = _after_kill(case, seen, told)
    _to_the_end(start, folder, case, seen, told)
    return killed


def _after_kill(case: Path, seen: Seen | None, told: Told) -> Seen | None:
    try:
        now = look(case)
        told.violations += compare(case, seen, now)
    except SaysoError as problem:
        told.violations.append(f"the case does not open: {problem}")
        return seen
    told.counts["before_the_case"] += now is None
    return now


def _to_the_end(start: Start, folder: Path, case: Path, seen: Seen | None, told: Told) -> None:
    """Let a run end, and compare the case with an undisturbed one."""
    if (status := _wait(start(folder / "reports", case), PATIENCE_SECONDS)) != 0:
        told.violations.append(f"the next run ended with status {status}")
    told.violations += compare(case, seen, look(case))
    left = [str(one.relative_to(case)) for one in case.rglob("*") if one.name.startswith(".part-")]
    told.violations += [f"half-written and left: {name}" for name in left]
    expected = (folder / f"expected-{start.__name__}").read_text(encoding="utf-8")
    if workspace.export(workspace.load(case), "json") != expected:
        told.violations.append("the export differs from that of an undisturbed run")


def _kill(
    pid: int, after: float, before: Callable[[], Seen | None] | None, kill: Callable[[int, int], None]
) -> tuple[int, Seen | None]:
    """Wait so many seconds, look at the case if asked to, kill: the run's status, and what was seen."""
    status = _wait(pid, after)
    if status is not None:
        return status, None
    seen = None
    if before:
        try:
            seen = before()
        except SaysoError:  # the case is only just being made
            seen = None
    try:
        kill(pid, signal.SIGKILL)
    except ProcessLookupError:  # it has no group of its own yet
        os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), seen


def _wait(pid: int, seconds: float) -> int | None:
    """The status with which a process ends in this time; None if it does not."""
    until = time.perf_counter() + seconds
    while True:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        left = until - time.perf_counter()
        if left <= 0:
            return None
        time.sleep(min(0.0005, left))


def undisturbed(start: Start, folder: Path) -> None:
    """Run once without harm: keep how long it takes, and what the case exports."""
    case = folder / f"undisturbed-{start.__name__}.case"
    started = time.perf_counter()
    status = _wait(start(folder / "reports", case), PATIENCE_SECONDS)
    if status != 0:
        raise SystemExit(f"the undisturbed run ended with status {status}")
    (folder / f"seconds-{start.__name__}").write_text(str(time.perf_counter() - started))
    exported = workspace.export(workspace.load(case), "json")
    (folder / f"expected-{start.__name__}").write_text(exported, encoding="utf-8")


def run(kills: int, programs: int, seed: int) -> dict[str, object]:
    """So many kills, of these so many of the real program."""
    draw = random.Random(seed)  # noqa: S311 - moments drawn by chance, not secrets
    told, started = Told(), time.perf_counter()
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        folder = Path(name)
        write_reports(folder)
        read_here(folder / "reports", folder / "warm.case")  # what is loaded now, a fork need not load again
        crews = programs // 4
        for start, wanted in (
            (start_fork, kills - programs),
            (start_program, programs - crews),
            (start_crew, crews),
        ):
            if wanted:
                undisturbed(start, folder)
                _kill_often(start, folder, wanted, draw, told)
    return {
        "kills": told.counts["kills"],
        "programs": told.counts["start_program"] + told.counts["start_crew"],
        "crews": told.counts["start_crew"],
        "cases": told.counts["cases"],
        "before_the_case": told.counts["before_the_case"],
        "seconds": round(time.perf_counter() - started, 1),
        "violations": told.violations,
    }


def _kill_often(start: Start, folder: Path, wanted: int, draw: random.Random, told: Told) -> None:
    done = 0
    while done < wanted:
        with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
            killed = one_case(start, folder, Path(name) / "killed.case", draw, told, kills=wanted - done)
        if done // TOLD_EVERY != (done + killed) // TOLD_EVERY:
            print(f"{start.__name__}: {done + killed} kills, {len(told.violations)} violations", file=sys.stderr)
        done += killed
        told.counts.update({"cases": 1, "kills": killed, start.__name__: killed})


def main() -> None:
    """Run the measure named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--programs", type=int, default=100, help="of these, kills of the real program")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    report_result(run(asked.kills, asked.programs, asked.seed))


if __name__ == "__main__":
    main()
