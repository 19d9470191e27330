"""Files that are whole or not there, and what the disk says in plain words."""

from __future__ import annotations

import errno
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from sayso.kit import SaysoError

PART = ".part-"
"""Begins the name of a file that is not yet whole. What is left of a run that was cut off goes with the next one."""

PIECE_BYTES = 1 << 20

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_CLOSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_WITHOUT_LOCKS = frozenset({errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP})
_CANNOT_SYNC = frozenset({errno.EINVAL, errno.EBADF, errno.EOPNOTSUPP, errno.ENOSYS})


def refusal(folder: Path, error: OSError | sqlite3.Error) -> SaysoError:
    """What the disk or the database refuses, with what to do about it. What was recorded before is in the case."""
    if isinstance(error, OSError):
        return SaysoError(f"{folder}: {_os_message(error)}")
    return SaysoError(f"{folder}: {_sqlite_message(error)}")


FULL = "the disk is full. All that was recorded before is kept; make room and run the same command again."
CLOSED = "not allowed to write here{}. Use --case with a folder of your own, or copy the case to where you may write."
FAULT = (
    "the disk reports a fault{}. All that was recorded before is kept; copy the case to another disk,"
    " run `sayso verify` on the copy, and go on with it."
)
NO_LOCKS = (
    "this disk cannot keep two programs from writing at the same time (it has no file locks, as some network drives)."
    " Copy the case to a disk of this machine and go on with the copy."
)
HELD = "another program holds the case's database. Wait until it is done, and run the same command again."


def _os_message(error: OSError) -> str:
    if error.errno in _FULL:
        return FULL
    if error.errno in _CLOSED:
        return CLOSED.format(f" ({error.strerror})")
    if error.errno in _WITHOUT_LOCKS:
        return NO_LOCKS
    return FAULT.format(f" ({error.strerror or error})")


def _sqlite_message(error: sqlite3.Error) -> str:
    """By SQLite's result codes, sqlite.org/rescode.html."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name == "SQLITE_FULL":
        return FULL
    if name.startswith(("SQLITE_READONLY", "SQLITE_PERM", "SQLITE_CANTOPEN")):
        return CLOSED.format(f" ({error})")
    if name.startswith("SQLITE_IOERR"):
        return FAULT.format(f" ({error})")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return HELD
    if name == "SQLITE_NOLFS":
        return NO_LOCKS
    return f"the case's database cannot be used ({error}). Run `sayso verify` on it, or use a copy."


@contextmanager
def telling(folder: Path) -> Iterator[None]:
    """What the disk refuses inside becomes a `SaysoError`."""
    try:
        yield
    except OSError as error:
        raise refusal(folder, error) from error


OPENED = ("/dev/std", "/dev/fd/", "/proc/")
"""How the names of files begin that stand for one already open, such as standard output."""


@contextmanager
def whole(place: Path, parts: Path, *, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A file to write, which gets its name only once it is whole and on the disk. Until then it lies in `parts`.

    `mode` is cut by what new files of this user are not allowed. The folder of `place` is not synced. A link is
    followed; a pipe or a device is written to as it is, for it would be lost if a file took its name.
    """
    if str(place).startswith(OPENED) or (place.exists() and not place.is_file()):
        with place.open("wb") as device:
            yield device
        return
    if place.is_symlink():
        place = place.resolve()
        parts = place.parent
    handle, name = tempfile.mkstemp(prefix=PART, dir=parts)
    try:
        with os.fdopen(handle, "wb") as part:
            yield part
            part.flush()
            os.fsync(part.fileno())
        Path(name).chmod(mode & ~_umask())
        Path(name).replace(place)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise


def copy_and_hash(source: BinaryIO, target: BinaryIO) -> tuple[str, int]:
    """Copy by pieces: the SHA-256 and the bytes of what was copied."""
    found, size = hashlib.sha256(), 0
    while piece := source.read(PIECE_BYTES):
        target.write(piece)
        found.update(piece)
        size += len(piece)
    return found.hexdigest(), size


def sync_file(place: Path) -> None:
    """Make a file that others wrote last through a power cut."""
    with place.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make new names in a folder last through a power cut. Windows cannot open folders and needs no such call."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _CANNOT_SYNC:  # some network drives cannot sync a folder: then there is no more to do
            raise
    finally:
        os.close(handle)


def _umask() -> int:
    """What new files of this user are not allowed, which temporary files do not follow."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
