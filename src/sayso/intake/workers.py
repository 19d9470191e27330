"""Parsing where it does no harm: in worker processes with a deadline and a memory limit, each for many files.

A thread or an alarm could not stop a parser written in C that hangs; killing its process can. There is one worker for
each depth of files in files, so that one opens an archive while the next parses what is in it: a bad member costs only
itself.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, cast

from sayso.intake import fields, wire
from sayso.intake.descent import Opener, Piece, Taken, descend, silent
from sayso.intake.formats import Source
from sayso.intake.records import Found, Member, Settings
from sayso.kit import digest, identify_report
from sayso.model import Caveat, Report

PROCESSOR_SECONDS = 10
"""For one file, or one member of it; and one second more for each MB, so that a file of 5,000 articles gets through."""
SMALL_SECONDS = 3
"""For a file of no size, which grows to `PROCESSOR_SECONDS` at 700 kB. Good files of some kB take milliseconds."""
SMALL_STEP = 100_000
"""Bytes that are worth one second more."""
WALL_SECONDS = 30
"""For one piece of one file, whatever the worker does or waits for; and one second more for each MB."""
INHERITED = ("HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "SYSTEMROOT")
"""What a worker gets of the user's environment: where Python and its libraries are. No keys, no proxies."""
PATIENCE_SECONDS = 25.0
"""For all files together that a worker died on. A folder of files made to hang must not cost ten seconds each: when
this is used up, the others get `HASTE_SECONDS`, and what is lost by it is told to be read alone."""
HASTE_SECONDS = 1
MOST_PIECES = 1_000_000
"""Reports, members and caveats of one level of a file. A worker that was taken over could send them without end."""


@dataclass(slots=True)
class _Crew:
    """The workers of one run, by depth, and the time that was lost on files that ended one."""

    tell: Callable[[int], None]
    workers: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    lost_seconds: float = 0.0


def take_in_safely(
    items: Iterable[tuple[Found, bytes | Path]],
    settings: Settings | None = None,
    tell: Callable[[int], None] = silent,
) -> Iterator[tuple[Found, tuple[Report, ...], tuple[Caveat, ...]]]:
    """Reports and caveats of each file, in the order given, parsed one after the other by worker processes.

    A file comes as bytes, or as a path where it is too large for that. A file (or a file in a file) on which the worker
    dies, hangs or needs too much memory gives a caveat with the reason, and the next a new worker. What a file's list
    says of it (`Found`) goes before the settings. `tell` is told how many files inside a file have been met. Raises
    WrongUse as `take_in` does.
    """
    settings = settings or Settings()
    fields.check(settings)
    crew = _Crew(tell)
    try:
        for found, data in items:
            yield found, *_take_in(crew, found, data, settings)
    finally:
        for worker in crew.workers.values():
            _end(worker)


def _take_in(crew: _Crew, found: Found, data: bytes | Path, settings: Settings) -> Taken:
    given = replace(
        settings,
        publisher=found.publisher or settings.publisher,
        published=found.published or settings.published,
        address=found.address or settings.address,
    )
    if isinstance(data, Path):
        with data.open("rb") as file:
            source = Source(found.name, hashlib.file_digest(file, "sha256").hexdigest())
            return descend(Member(b"", found.name, ""), found.name, _opener(crew, source, given, file), crew.tell)
    source = Source(found.name, digest(data))
    return descend(Member(data, found.name, ""), found.name, _opener(crew, source, given), crew.tell)


def _opener(crew: _Crew, source: Source, settings: Settings, file: BinaryIO | None = None) -> Opener:
    def open_level(member: Member, depth: int) -> Iterator[Piece]:
        handle = file.fileno() if file and not depth else None
        return _ask(crew, depth, wire.Task(member, source, settings, handle))

    return open_level


def _start(handle: int | None = None) -> subprocess.Popen[bytes]:
    """A new worker. Not a fork: it would carry the caller's threads, model and open case with it."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    environment = {
        **{name: os.environ[name] for name in INHERITED if name in os.environ},
        "PYTHONPATH": path,
        "PYTHONHASHSEED": "0",  # the order of sets must not change what a parser gives
        "PYTHONDONTWRITEBYTECODE": "1",  # it may not write
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "OPENBLAS_NUM_THREADS": "1",  # each thread takes memory, and none is needed
        "OMP_NUM_THREADS": "1",
    }
    # -P: no module is taken from the folder of the reports.
    command = [sys.executable, "-P", "-c", "from sayso.intake.worker import main; main()"]
    return subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        pass_fds=() if handle is None else (handle,),
    )


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    for stream in (worker.stdin, worker.stdout):
        if stream:
            with contextlib.suppress(OSError):  # what it would still flush has no reader
                stream.close()
    worker.wait()


def _hired(crew: _Crew, depth: int, handle: int | None) -> subprocess.Popen[bytes]:
    """The worker for this depth; a new one where there is none, it is dead, or it needs a handle of its own."""
    worker = crew.workers.get(depth)
    if worker is not None and (handle is not None or worker.poll() is not None):
        _end(worker)
        worker = None
    if worker is None:
        worker = crew.workers[depth] = _start(handle)
    return worker


def _ask(crew: _Crew, depth: int, task: wire.Task) -> Iterator[Piece]:
    """What a worker makes of one level of a file; if it fails, a caveat, and the worker is ended."""
    worker = _hired(crew, depth, task.handle)
    hasty = crew.lost_seconds > PATIENCE_SECONDS
    size = len(task.member.data)
    task = replace(task, seconds=HASTE_SECONDS if hasty else _processor_seconds(size))
    clock = _Clock(worker, (HASTE_SECONDS * 2 if hasty else WALL_SECONDS) + (size >> 20))
    try:
        with clock:
            wire.write_task(cast("BinaryIO", worker.stdin), task)
        pieces = _believed(wire.read_pieces(cast("BinaryIO", worker.stdout)), task.source)
        while True:
            with clock:
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece
    except (EOFError, OSError, ValueError, KeyError, TypeError):
        _end(worker)
        crew.lost_seconds += clock.waited
        reason = f"took more than {clock.seconds} s" if clock.expired.is_set() else _cause(worker.returncode, task)
        yield _lost(task, reason, hasty=hasty)


def _believed(pieces: Iterable[Piece], source: Source) -> Iterator[Piece]:
    """The pieces. ValueError for too many, or for a report of another file or with hashes that are not its own."""
    for number, piece in enumerate(pieces):
        if isinstance(piece, tuple):
            report = piece[0]
            said = {"publisher": report.publisher, "published": report.published, "address": report.address}
            own = (source.name, source.sha256, digest(report.text), identify_report(report.text, **said))
            if (report.name, report.file, report.sha256, report.id) != own:
                raise ValueError(report.id)
        if number >= MOST_PIECES:
            raise ValueError(number)
        yield piece


def _processor_seconds(size: int) -> int:
    return min(PROCESSOR_SECONDS, SMALL_SECONDS + size // SMALL_STEP) + (size >> 20)


def _lost(task: wire.Task, reason: str, *, hasty: bool) -> Caveat:
    label = f"{task.source.name}, {task.member.place}," if task.member.place else task.source.name
    advice = "Read it by itself: too much time went on files before it." if hasty else "Save its text as a .txt file."
    message = f"{label} could not be parsed: its parser {reason}. {advice}"
    return Caveat(task.source.name, "not-read", message)


class _Clock:
    """A deadline for each wait on a worker, which is killed when it passes. Time between two waits does not count."""

    def __init__(self, worker: subprocess.Popen[bytes], seconds: int) -> None:
        self.seconds = seconds
        self.waited = 0.0
        self.expired = threading.Event()
        self._worker = worker

    def __enter__(self) -> None:
        self._began = time.monotonic()
        self._timer = threading.Timer(self.seconds, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def __exit__(self, *_problem: object) -> None:
        self._timer.cancel()
        self.waited = time.monotonic() - self._began

    def _expire(self) -> None:
        self.expired.set()
        self._worker.kill()


def _cause(status: int, task: wire.Task) -> str:
    if status == -getattr(signal, "SIGXCPU", 0):
        return f"took more than {task.seconds} s of processor time"
    return f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
