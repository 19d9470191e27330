"""Parsing where it does no harm: in a worker process with a deadline and a memory limit, one for many files.

A thread or an alarm could not stop a parser written in C that hangs; killing its process can.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import BinaryIO, cast

from sayso.intake import fields, wire
from sayso.intake.records import Found, Settings
from sayso.intake.worker import PROCESSOR_SECONDS
from sayso.model import Caveat, Report

WALL_SECONDS = 30
"""For one file, whatever the worker does or waits for; and one second more for each MB."""


def take_in_safely(
    items: Iterable[tuple[Found, bytes]], settings: Settings | None = None
) -> Iterator[tuple[Found, tuple[Report, ...], tuple[Caveat, ...]]]:
    """Reports and caveats of each file, in the order given, parsed one after the other by a worker process.

    A file on which the worker dies, hangs or needs too much memory gives a caveat with the reason, and the next file a
    new worker. What a file's list says of it (`Found`) goes before the settings. Raises WrongUse as `take_in` does.
    """
    settings = settings or Settings()
    fields.check(settings)
    worker: subprocess.Popen[bytes] | None = None
    try:
        for found, data in items:
            if worker is None or worker.poll() is not None:
                worker = _start()
            reports, caveats = _ask(worker, data, found, settings)
            yield found, reports, caveats
    finally:
        if worker is not None:
            _end(worker)


def _start() -> subprocess.Popen[bytes]:
    """A new worker. Not a fork: it would carry the caller's threads, model and open case with it."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    environment = {
        **os.environ,
        "PYTHONPATH": path,
        "PYTHONHASHSEED": "0",  # the order of sets must not change what a parser gives
        "OPENBLAS_NUM_THREADS": "1",  # each thread takes memory, and none is needed
        "OMP_NUM_THREADS": "1",
    }
    # -P: no module is taken from the folder of the reports.
    command = [sys.executable, "-P", "-c", "from sayso.intake.worker import main; main()"]
    return subprocess.Popen(  # noqa: S603 - our own program
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )


def _end(worker: subprocess.Popen[bytes]) -> None:
    worker.kill()
    for stream in (worker.stdin, worker.stdout):
        if stream:
            with contextlib.suppress(OSError):  # what it would still flush has no reader
                stream.close()
    worker.wait()


def _ask(worker: subprocess.Popen[bytes], data: bytes, found: Found, settings: Settings) -> wire.Taken:
    """What the worker makes of a file; if it fails, a caveat, and the worker is ended."""
    given = replace(
        settings,
        publisher=found.publisher or settings.publisher,
        published=found.published or settings.published,
        address=found.address or settings.address,
    )
    expired = threading.Event()
    seconds = WALL_SECONDS + (len(data) >> 20)
    clock = threading.Timer(seconds, _expire, (expired, worker))
    clock.daemon = True
    clock.start()
    try:
        wire.write_task(cast("BinaryIO", worker.stdin), data, found.name, given)
        return wire.read_taken(cast("BinaryIO", worker.stdout))
    except (EOFError, OSError, ValueError, KeyError, TypeError):
        _end(worker)
        reason = f"took more than {seconds} s" if expired.is_set() else _cause(worker.returncode, len(data))
        message = f"{found.name} could not be parsed: its parser {reason}. Save its text as a .txt file."
        return (), (Caveat(found.name, "not-read", message),)
    finally:
        clock.cancel()


def _expire(expired: threading.Event, worker: subprocess.Popen[bytes]) -> None:
    expired.set()
    worker.kill()


def _cause(status: int, size: int) -> str:
    if status == -getattr(signal, "SIGXCPU", 0):
        return f"took more than {PROCESSOR_SECONDS + (size >> 20)} s of processor time"
    return f"was ended by signal {-status}" if status < 0 else f"ended with status {status}"
