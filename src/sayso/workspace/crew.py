"""Reading spread over processes. Each loads the encoder once and reads one report at a time.

Not batches but processes, because a report must be read the same way alone and in company.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for

from sayso.model import Findings, Report

Read = Callable[[Report], Findings]

LEAST_FOR_A_CREW = 8
"""With fewer reports, starting processes (about a second each) costs more than it gains."""

WAITING_PER_PROCESS = 2
"""Reports handed out ahead of time, so that no process waits and memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads reports, and a name for it that changes whenever the same report could be read differently."""

    version: str
    start: Callable[[], Read]
    """Called once in each process; must be importable by name there."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one report gave: findings, or the reason why there are none."""

    report: Report
    findings: Findings | None
    reason: str = ""


def cores() -> int:
    """How many processor cores this program may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_all(reader: Reader, reports: Iterable[Report], *, total: int, processes: int) -> Iterator[Outcome]:
    """Read all reports (`total` of them), in the order in which they get done. No report stops the others."""
    if processes < 2 or total < LEAST_FOR_A_CREW:
        read = reader.start()
        for report in reports:
            yield _attempt(read, report)
        return
    lost: list[Report] = []
    yield from _together(reader, iter(reports), min(processes, total), lost)
    for report in lost:
        yield _alone(reader, report)


def _together(reader: Reader, reports: Iterator[Report], processes: int, lost: list[Report]) -> Iterator[Outcome]:
    """Read in a crew. When a process dies, the reports that were handed out go to `lost` and a new crew starts."""
    while (first := next(reports, None)) is not None:
        crew = _crew(reader, processes)
        under_way: dict[Future[Outcome], Report] = {crew.submit(_work, first): first}
        try:
            yield from _feed(crew, reports, under_way, processes * WAITING_PER_PROCESS)
        except BrokenProcessPool:
            lost.extend(under_way.values())
        finally:
            crew.shutdown(wait=False, cancel_futures=True)


def _feed(
    crew: ProcessPoolExecutor, reports: Iterator[Report], under_way: dict[Future[Outcome], Report], ahead: int
) -> Iterator[Outcome]:
    while True:
        while len(under_way) < ahead and (report := next(reports, None)) is not None:
            under_way[_submit(crew, report, under_way)] = report
        if not under_way:
            return
        done, _ = wait(under_way, return_when=FIRST_COMPLETED)
        for future in done:
            outcome = future.result()
            del under_way[future]
            yield outcome


def _submit(crew: ProcessPoolExecutor, report: Report, under_way: dict[Future[Outcome], Report]) -> Future[Outcome]:
    try:
        return crew.submit(_work, report)
    except BrokenProcessPool:
        under_way[Future()] = report  # taken from the queue already, so it must not be forgotten
        raise


def _alone(reader: Reader, report: Report) -> Outcome:
    """A report that was out when a process died, read by itself: only the one at fault dies again."""
    with _crew(reader, 1) as crew:
        try:
            return crew.submit(_work, report).result()
        except BrokenProcessPool:
            reason = "the reading process was killed, perhaps because memory ran out; try a smaller --limit"
            return Outcome(report, None, reason)


def _crew(reader: Reader, processes: int) -> ProcessPoolExecutor:
    # Every process has a core; more threads for numpy's small matrices in each would take them from one another. Set
    # here, as a process inherits it when it starts and loads numpy before it does anything of ours.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    context = multiprocessing.get_context("spawn")  # a fork would copy the threads of libraries half way
    return ProcessPoolExecutor(processes, context, initializer=_prepare, initargs=(reader.start,))


_hired: list[Read] = []
"""In a process of the crew: the one reader that it has loaded."""


def _prepare(start: Callable[[], Read]) -> None:
    """Ctrl-C is for the program that asked for the work; if that dies, so does this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _hired.append(start())


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)


def _work(report: Report) -> Outcome:
    return _attempt(_hired[0], report)


def _attempt(read: Read, report: Report) -> Outcome:
    try:
        return Outcome(report, read(report))
    except Exception as error:  # noqa: BLE001 - whatever goes wrong in one report, the rest is read
        return Outcome(report, None, f"reading failed ({type(error).__name__}: {error})")
