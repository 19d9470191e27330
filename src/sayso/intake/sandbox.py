"""Locks around the process that parses: a parser that a hostile report has taken over can compute, and little else.

Three locks of Linux, each of which holds for good and needs no rights: the process gives up gaining rights; Landlock
leaves it the folders of Python and of system libraries to read, and no other file; a seccomp filter leaves it the
system calls of `syscalls.csv`, with the arguments that stand there: it cannot connect, write to a file, rename, unlink,
start a program, or signal or watch another process. Where one lock is missing the others still hold, and `enter` says
which it is. On other systems there are none, and the audit hook of `worker` stands alone.

Sources: Documentation/userspace-api/{no_new_privs,seccomp_filter,landlock}.rst of Linux; linux/{filter,seccomp,audit,
landlock}.h; the numbers of the calls from asm/unistd_64.h (x86_64) and asm-generic/unistd.h (aarch64).
"""

from __future__ import annotations

import csv
import ctypes
import errno
import io
import os
import struct
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib import resources
from importlib.util import find_spec
from itertools import starmap

MACHINES = {"x86_64": (0xC000003E, 317), "aarch64": (0xC00000B7, 277)}
"""What the kernel calls a machine (AUDIT_ARCH_*), and its number for the call `seccomp`. Others get no filter."""
X32 = 0x40000000
"""From here on, a number on x86_64 means a call of the x32 kind, to which the rules do not apply."""
NEWER = 424
"""From here on, numbers are of calls that came with Linux 5.1 and later. They are answered as an older kernel would,
and the C library takes the older call, which the filter can see into: clone for clone3, openat for openat2."""
SYSTEM = (
    "/lib", "/lib32", "/lib64", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64",
    "/usr/share/locale", "/usr/share/zoneinfo", "/nix/store", "/gnu/store", "/sys/devices/system/cpu",
    "/etc/ld.so.cache", "/etc/localtime", "/etc/mime.types", "/dev/null", "/dev/zero", "/dev/random", "/dev/urandom",
)  # fmt: skip
"""What the libraries of the readers read beside Python's own folders. None of it is the user's."""
IMPORTED = ("lxml", "trafilatura", "htmldate", "cchardet", "py3langid", "numpy", "pypdfium2", "warcio")
"""Packages that readers load when they are first needed, which is after the locks are shut."""

_SET_NO_NEW_PRIVS = 38  # linux/prctl.h
_SET_MODE_FILTER, _ALL_THREADS = 1, 1  # linux/seccomp.h
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # asm-generic/unistd.h: the same on all machines
_VERSION, _PATH_BENEATH = 1, 1  # linux/landlock.h, as are the next
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_ALL_FILE_RIGHTS, _NETWORK, _SCOPES = 16, 4, 6
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # linux/bpf_common.h
_NUMBER, _MACHINE, _ARGUMENTS = 0, 4, 16  # offsets in struct seccomp_data
_ALLOW, _FAIL, _KILL = 0x7FFF0000, 0x00050000, 0x80000000  # linux/seccomp.h

Instruction = tuple[int, int, int, int]
"""Of the filter: code, how many to skip if it holds, how many if not, operand (struct sock_filter)."""
Call = Callable[..., int]


def enter() -> tuple[str, ...]:
    """Shut the locks around this process, for good. What could not be shut, in plain words; () if all are.

    To be called before other threads start. From then on a forbidden call fails with EPERM (ENOSYS for one that came
    with Linux 5.1 or later), and the opening of another file with EACCES. Names and sizes of files can still be asked
    for, what was handed over open can be read, and temporary files are memory. Raises nothing.
    """
    tempfile.TemporaryFile = _in_memory  # type: ignore[assignment] # py3langid unpacks its model into one
    if sys.platform != "linux":
        return ("This system has no locks that are known here; the worker's audit hook stands alone.",)
    problems = []
    for lock in (_lock_rights, _lock_files, _lock_calls):
        try:
            problems.append(lock(ctypes.CDLL(None, use_errno=True)))
        except (OSError, ValueError, ImportError, AttributeError) as problem:
            problems.append(f"A lock could not be shut ({problem}).")
    return tuple(filter(None, problems))


def _in_memory(*_: object, **__: object) -> io.BytesIO:
    return io.BytesIO()


def _ask(call: Call, *arguments: int | bytes | None) -> int:
    """What a function of the C library gives; where it fails, the number of the error, below zero."""
    result = call(*(ctypes.c_long(one) if isinstance(one, int) else one for one in arguments))
    return result if result >= 0 else -ctypes.get_errno()


def _lock_rights(libc: ctypes.CDLL) -> str:
    """Give up gaining rights, without which no other lock can be shut. Why that cannot be done, "" if it is done."""
    problem = _ask(libc.prctl, _SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    return f"It cannot give up gaining rights ({os.strerror(-problem)})." if problem else ""


def _lock_files(libc: ctypes.CDLL) -> str:
    """Leave this process what `_readable` lists, to read. Why that cannot be done, "" if it is done."""
    syscall = libc.syscall
    version = _ask(syscall, _CREATE_RULESET, None, 0, _VERSION)
    if version < 1:
        return f"What it may read is not limited: this Linux has no Landlock ({os.strerror(-version)})."
    readable = _readable()
    if outside := _outside(readable):
        return f"What it may read is not limited: {outside} lies in no folder of Python's."
    rights = (1 << _FILE_RIGHTS.get(version, _ALL_FILE_RIGHTS)) - 1
    ruleset = struct.pack("=QQQ", rights, 3 * (version >= _NETWORK), 3 * (version >= _SCOPES))
    rules = _ask(syscall, _CREATE_RULESET, ruleset, len(ruleset), 0)
    if rules < 0:
        return f"What it may read is not limited ({os.strerror(-rules)})."
    for path in readable:
        _permit(syscall, rules, path)
    problem = _ask(syscall, _RESTRICT_SELF, rules, 0)
    os.close(rules)
    return f"What it may read is not limited ({os.strerror(-problem)})." if problem else ""


def _permit(syscall: Call, rules: int, path: str) -> None:
    """Let a file, or all in a folder, be read; one that is not there cannot be."""
    with suppress(OSError):
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        rights = _READ_FILE | (_READ_DIR if os.path.isdir(path) else 0)  # noqa: PTH112
        _ask(syscall, _ADD_RULE, rules, _PATH_BENEATH, struct.pack("=Qi", rights, handle), 0)
        os.close(handle)


def _readable() -> list[str]:
    """Libraries of the system, Python's folders, and others that modules come from, unless the user works in those."""
    prefixes = (sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix)
    own = [f"{prefix}/{folder}" for prefix in prefixes for folder in ("lib", "lib64")]
    given = [*filter(None, (*sys.path, *os.environ.get("LD_LIBRARY_PATH", "").split(os.pathsep)))]
    users = [os.path.realpath(folder) for folder in (".", os.path.expanduser("~"))]  # noqa: PTH111
    others = [folder for folder in map(os.path.realpath, given) if not any(_lies_in(user, folder) for user in users)]
    package = str(resources.files("sayso"))
    return list(dict.fromkeys(map(os.path.realpath, (*SYSTEM, *own, package, *others))))


def _lies_in(path: str, folder: str) -> bool:
    return f"{path}/".startswith(f"{folder.rstrip('/')}/")


def _outside(readable: Sequence[str]) -> str:
    """A package that a reader could not load, as where it is a link to a folder elsewhere; "" if all can be."""
    for name in IMPORTED:
        found = find_spec(name)
        origin = os.path.realpath(found.origin) if found and found.origin else ""
        if origin and not any(_lies_in(origin, folder) for folder in readable):
            return name
    return ""


def _lock_calls(libc: ctypes.CDLL) -> str:
    """Leave this process the calls of `syscalls.csv`. Why that cannot be done, "" if it is done."""
    machine = os.uname().machine
    if machine not in MACHINES or sys.maxsize < 1 << 32:
        return f"System calls are not limited: their numbers on this machine ({machine}) are not known here."
    instructions = list(_filter(machine, os.getpid()))
    code = ctypes.create_string_buffer(b"".join(starmap(struct.Struct("=HBBI").pack, instructions)))
    program = struct.pack("@HP", len(instructions), ctypes.addressof(code))
    problem = _ask(libc.syscall, MACHINES[machine][1], _SET_MODE_FILTER, _ALL_THREADS, program)
    return f"System calls are not limited ({os.strerror(abs(problem))})." if problem else ""


def _filter(machine: str, process: int) -> Iterator[Instruction]:
    """The seccomp filter: what becomes of a system call, from its number and arguments."""
    yield (_LOAD, 0, 0, _MACHINE)
    yield (_EQUAL, 1, 0, MACHINES[machine][0])
    yield (_RETURN, 0, 0, _KILL)
    yield (_LOAD, 0, 0, _NUMBER)
    yield (_AT_LEAST, 0, 1, X32)
    yield (_RETURN, 0, 0, _KILL)
    table = resources.files("sayso.intake").joinpath("syscalls.csv").read_text(encoding="ascii")
    for row in csv.DictReader(table.splitlines()):
        if row[machine]:
            rule = _rule(row["argument"], row["test"], row["value"].replace("own", str(process)))
            yield (_EQUAL, 0, len(rule), int(row[machine]))
            yield from rule
    yield (_AT_LEAST, 0, 1, NEWER)
    yield (_RETURN, 0, 0, _FAIL | errno.ENOSYS)
    yield (_RETURN, 0, 0, _FAIL | errno.EPERM)


def _rule(argument: str, test: str, value: str) -> list[Instruction]:
    """What becomes of a call: always allowed without a test, else if an argument's low 32 bits meet it.

    "is": it equals one of the values; "has": it has the bit; "lacks": it has none of the bits. The kernel itself reads
    no more than 32 bits of those arguments.
    """
    values = [int(one, 0) for one in value.split()]
    allow, refuse = (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _FAIL | errno.EPERM)
    if not test:
        return [allow]
    load = (_LOAD, 0, 0, _ARGUMENTS + 8 * int(argument))
    if test == "is":
        return [load, *((_EQUAL, len(values) - at, 0, one) for at, one in enumerate(values)), refuse, allow]
    first, second = (allow, refuse) if test == "has" else (refuse, allow)
    return [load, (_ANY_BIT, 0, 1, values[0]), first, second]
