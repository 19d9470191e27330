"""The process in which files are parsed. It may be killed at any time; it has no network and starts no program.

`workers` starts it. Tasks come on standard input, what came of them goes to standard output.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from typing import BinaryIO

from sayso.intake import fields, sandbox, wire
from sayso.intake.descent import Piece
from sayso.intake.formats import unfold
from sayso.model import Caveat

MEMORY = 1 << 30
"""Bytes of address space beyond what the process has at its start. Enough for a text of 100 MB with an emoji in it,
which takes four bytes for each character."""
FORBIDDEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system",
             "os.exec", "os.posix_spawn", "os.fork", "os.forkpty")  # fmt: skip
"""Audit events that end in an error. They stop a library that would fetch something where `sandbox` has no locks."""


def main() -> None:
    """Serve until standard input ends."""
    tasks, results = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints would break the frames
    _limit_memory()  # first, for it reads /proc
    sandbox.enter()
    sys.addaudithook(_refuse)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            _serve(tasks, results)


def _serve(tasks: BinaryIO, results: BinaryIO) -> None:
    task = wire.read_task(tasks)
    _limit_processor(task.seconds)
    try:
        wire.write_pieces(results, _pieces(task))
    except MemoryError:
        _lose(results, task, "too-large", f"needs more than {MEMORY >> 20} MB of memory. Split it into smaller files.")
    except (EOFError, BrokenPipeError):
        raise
    except Exception as problem:  # noqa: BLE001 - whatever a parser raises, only this file is lost
        what = f"{type(problem).__name__}: {fields.tidy(str(problem))[:200]}"
        _lose(results, task, "not-read", f"could not be parsed ({what}). Save its text as a .txt file.")


def _pieces(task: wire.Task) -> Iterator[Piece]:
    """What the task gives. The limit of processor time is for each piece: an archive may hold thousands."""
    large = None if task.handle is None else os.fdopen(task.handle, "rb")
    if large:
        large.seek(0)  # the handle's place is shared with the process that hashed the file
    for piece in unfold(task.member, task.source, task.settings, large=large):
        yield piece
        _limit_processor(task.seconds)


def _lose(results: BinaryIO, task: wire.Task, kind: str, reason: str) -> None:
    label = f"{task.source.name}, {task.member.place}," if task.member.place else task.source.name
    wire.write_pieces(results, [Caveat(task.source.name, kind, f"{label} {reason}")])


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    del arguments
    if event in FORBIDDEN:
        raise PermissionError(event)


def _limit_memory() -> None:
    """Where the system can: Linux does; macOS takes the limit and ignores it; Windows has none."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
            here = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (here + MEMORY, here + MEMORY))


def _limit_processor(seconds: int) -> None:
    """Let the system end this process when it has worked so many seconds from now."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        until = int(time.process_time()) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
