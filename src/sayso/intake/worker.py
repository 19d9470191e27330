"""The process in which reports are parsed. It may be killed at any time; it has no network and starts no program.

`workers` starts it. Tasks come on standard input, what came of them goes to standard output.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import BinaryIO

from sayso.intake import wire
from sayso.intake.formats import take_in
from sayso.model import Caveat

MEMORY = 1 << 30
"""Bytes of address space beyond what the process has at its start. Enough for a text of 100 MB with an emoji in it,
which takes four bytes for each character."""
PROCESSOR_SECONDS = 10
"""For one file; and one second more for each MB, so that a file of 5,000 articles gets through."""
FORBIDDEN = ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "subprocess.Popen", "os.system",
             "os.exec", "os.posix_spawn", "os.fork", "os.forkpty")  # fmt: skip
"""Audit events that end in an error. They stop a library that would fetch something, not code that took over."""


def main() -> None:
    """Serve until standard input ends."""
    tasks, results = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints would break the frames
    sys.addaudithook(_refuse)
    _limit_memory()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            _serve(tasks, results)


def _serve(tasks: BinaryIO, results: BinaryIO) -> None:
    data, name, settings = wire.read_task(tasks)
    _limit_processor(len(data))
    try:
        taken = take_in(data, name, settings)
        del data
        wire.write_taken(results, taken)
    except MemoryError:
        _lose(results, name, "too-large", f"needs more than {MEMORY >> 20} MB of memory. Split it into smaller files.")
    except (EOFError, BrokenPipeError):
        raise
    except Exception as problem:  # noqa: BLE001 - whatever a parser raises, only this file is lost
        what = f"{type(problem).__name__}: {str(problem)[:200]}"
        _lose(results, name, "not-read", f"could not be parsed ({what}). Save its text as a .txt file.")


def _lose(results: BinaryIO, name: str, kind: str, reason: str) -> None:
    wire.write_taken(results, ((), (Caveat(name, kind, f"{name} {reason}"),)))


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


def _limit_processor(size: int) -> None:
    """Let the system end this process when it has worked too long on a file of `size` bytes."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        until = int(time.process_time()) + 1 + PROCESSOR_SECONDS + (size >> 20)
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
