"""The folder of a case: its database, its kept files, and the lock that lets one program write at a time.

NAME.case/
    case.sqlite         what was recorded, and what was derived from it
    files/ab/abcd…      each file byte for byte, under its SHA-256
    lock                held by the one program that writes
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sayso.kit import NotACase, SaysoError, digest

APPLICATION = int.from_bytes(b"sayo", "big")
"""SQLite's application_id: tells a case from other databases."""

VERSION = 1
"""SQLite's user_version: the version of `schema.sql`."""

WAIT_SECONDS = 30
"""How long a reader waits for a writer's commit, which takes far less than a second."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open case. Good only inside the `with` that opened it."""

    folder: Path
    database: sqlite3.Connection


@contextmanager
def open_to_read(folder: Path) -> Iterator[Ledger]:
    """A case to look at, even while another program writes to it. `NotACase` where there is none."""
    with _connect(folder) as ledger:
        yield ledger


@contextmanager
def open_to_write(folder: Path, *, create: bool = False) -> Iterator[Ledger]:
    """A case to add to, made first where `create` says so and there is none.

    `NotACase` where there is no case, `SaysoError` where another program is writing to it or the disk refuses.
    """
    from filelock import FileLock, Timeout  # here, because it is slow to import and readers do not need it

    is_new = create and not (folder / "case.sqlite").exists()
    if is_new:
        _make_folder(folder)
    elif not (folder / "case.sqlite").exists():
        raise _no_case(folder)
    try:
        with FileLock(folder / "lock", timeout=0):
            if is_new:
                _make_database(folder)
            with _connect(folder) as ledger:
                yield ledger
    except Timeout:
        message = f"{folder}: another program is adding to this case. Wait until it is done, or use another --case."
        raise SaysoError(message) from None
    except PermissionError as error:
        message = f"{folder}: not allowed to write here ({error.strerror}). Use --case with a folder of your own."
        raise SaysoError(message) from error


@contextmanager
def transaction(ledger: Ledger) -> Iterator[sqlite3.Connection]:
    """All that is written inside is kept together, or not at all."""
    ledger.database.execute("BEGIN IMMEDIATE")
    try:
        yield ledger.database
    except BaseException:
        ledger.database.execute("ROLLBACK")
        raise
    ledger.database.execute("COMMIT")


def path_of(ledger: Ledger, sha256: str) -> Path:
    """Where the file with this hash is kept."""
    return ledger.folder / "files" / sha256[:2] / sha256


def keep_bytes(ledger: Ledger, data: bytes) -> str:
    """Keep a file byte for byte; its SHA-256. Either the whole file is there afterwards or none of it."""
    sha256 = digest(data)
    place = path_of(ledger, sha256)
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(place, data)
    return sha256


def discard(folder: Path) -> None:
    """Take away a case that was made in vain: what sayso made in the folder, and the folder if that was all."""
    for name in ("case.sqlite", "lock"):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "files", ignore_errors=True)
    with suppress(OSError):
        folder.rmdir()


def _write_whole(place: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=".part-", dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
        Path(name).chmod(0o444)
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(place.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name itself last through a power cut. Windows cannot open folders and needs no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _make_folder(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(entry.name != "lock" for entry in folder.iterdir())):
        message = f"{folder}: holds something else than a case. Name a new or empty folder with --case."
        raise NotACase(message)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{folder}: cannot be made ({error.strerror}). Name another folder with --case."
        raise SaysoError(message) from error


def _make_database(folder: Path) -> None:
    """The new database gets its name only when it is whole, so that a cut-off start leaves no half case."""
    part, place = folder / ".part-case.sqlite", folder / "case.sqlite"
    if place.exists():
        return
    part.unlink(missing_ok=True)
    database = sqlite3.connect(part)
    database.executescript((Path(__file__).parent / "schema.sql").read_text(encoding="utf-8"))
    database.close()
    part.replace(place)


@contextmanager
def _connect(folder: Path) -> Iterator[Ledger]:
    place = folder / "case.sqlite"
    if not place.is_file():
        raise _no_case(folder)
    mode = "rw" if os.access(folder, os.W_OK) and os.access(place, os.W_OK) else "ro"
    address = f"{place.absolute().as_uri()}?mode={mode}"
    try:
        database = sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
        try:
            _check(folder, database)
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("PRAGMA trusted_schema = OFF")
            yield Ledger(folder, database)
        finally:
            database.close()
    except sqlite3.DatabaseError as error:
        message = f"{folder}: the case's database cannot be used ({error}). Run `sayso verify` on it, or use a copy."
        raise SaysoError(message) from error


def _check(folder: Path, database: sqlite3.Connection) -> None:
    (application,) = database.execute("PRAGMA application_id").fetchone()
    (version,) = database.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise _no_case(folder)
    if version > VERSION:
        message = f"{folder}: a case of version {version}; this sayso knows up to {VERSION}. Use a newer sayso."
        raise NotACase(message)


def _no_case(folder: Path) -> NotACase:
    if not folder.exists():
        return NotACase(f"{folder}: no case is there. Make one from reports with: sayso read REPORTS --case {folder}")
    name = f"{folder.resolve().stem}.case"
    return NotACase(f"{folder} is no case. If it holds reports, make one of them: sayso read {folder} --case {name}")
