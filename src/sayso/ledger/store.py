"""The folder of a case: its database, its kept files, and the lock that lets one program write at a time.

NAME.case/
    case.sqlite             what was recorded, and what was derived from it
    head                    the last entry of the log, as text, see log.py; written after each one
    files/ab/abcd…          each file byte for byte, under its SHA-256
    lock                    held by the one program that writes; the lock goes with the program, the file stays
    deleting                there while a deletion is under way, see deletion.py
    case.sqlite.version-1   the case as it was before it was brought to this version, see migration.py
    .part-…                 a file that is not yet whole; goes with the next run

All paths are relative: a case can be moved. What is committed is on the disk (`synchronous = EXTRA`), database first,
head second; if the power goes between the two, the head names an older entry, and that is no break.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from sayso.kit import NotACase, SaysoError, digest
from sayso.ledger import log
from sayso.ledger.disk import PART, copy_and_hash, refusal, sync_file, sync_folder, telling, whole

APPLICATION = int.from_bytes(b"sayo", "big")
"""SQLite's application_id: tells a case from other databases."""

VERSION = 2
"""SQLite's user_version: the version of `schema.sql`."""

WAIT_SECONDS = 120
"""How long a program waits for another: for a commit, far less than a second; for a check of a large case, a few."""

SCHEMA = Path(__file__).parent / "schema.sql"

DELETING = "deleting"
"""Holds the hashes of files that are being deleted."""

OWN = frozenset({"lock", "head"})
"""Names that a start which was cut off can leave in the folder of a case to be, beside `PART`."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open case. Good only inside the `with` that opened it."""

    folder: Path
    database: sqlite3.Connection


@contextmanager
def open_to_read(folder: Path) -> Iterator[Ledger]:
    """A case to look at, even while another program writes to it. `NotACase` where there is none.

    A case of an older version is first brought to this one, for which the folder must be writable.
    """
    place = _place(folder)
    version = _version(folder)
    if version < VERSION:
        if not _is_writable(folder, place):
            message = (
                f"{folder}: a case of version {version}, which must be brought to version {VERSION} first, and nothing"
                " may be written here. Copy the folder to a place where you may write, and open the copy."
            )
            raise SaysoError(message)
        with _locked(folder), telling(folder):
            _bring_up(folder)
    with _connect(folder, "rw" if _is_writable(folder, place) else "ro") as ledger:
        ledger.database.execute("PRAGMA query_only = ON")
        yield ledger


@contextmanager
def open_to_write(folder: Path, *, create: bool = False) -> Iterator[Ledger]:
    """A case to add to, made first where `create` says so and there is none.

    `NotACase` where there is no case, `SaysoError` where another program is writing to it, the disk refuses, or the
    log has been put back to an earlier state.
    """
    is_new = create and not (folder / "case.sqlite").exists()
    if is_new:
        _make_folder(folder)
    else:
        _place(folder)
    with _locked(folder):
        with telling(folder):
            _tidy(folder)
            if is_new and not (folder / "case.sqlite").exists():
                _make_database(folder)
            _bring_up(folder)
        with _connect(folder, "rw") as ledger:
            ledger.database.execute("PRAGMA synchronous = EXTRA")
            ledger.database.execute("PRAGMA secure_delete = ON")
            _refuse_another_history(ledger)
            _finish_deletion(ledger)
            yield ledger


@contextmanager
def transaction(ledger: Ledger) -> Iterator[sqlite3.Connection]:
    """All that is written inside is kept together, or not at all. The head of the log is written after it."""
    database = ledger.database
    database.execute("BEGIN IMMEDIATE")
    try:
        yield database
        head = log.last(database)
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            with suppress(sqlite3.Error):  # what went wrong first is what the user must hear of
                database.execute("ROLLBACK")
        raise
    write_head(ledger.folder, head)


@contextmanager
def at_one_moment(ledger: Ledger) -> Iterator[None]:
    """All that is read inside is of the same moment. Writers wait meanwhile, so it must not take more than seconds."""
    ledger.database.execute("BEGIN")
    try:
        yield
    finally:
        if ledger.database.in_transaction:
            ledger.database.execute("ROLLBACK")


def head(ledger: Ledger) -> log.Head:
    """The last entry of the log: `str` of it is to be kept elsewhere, for `check(…, against=…)`."""
    return log.last(ledger.database)


def write_head(folder: Path, head: log.Head) -> None:
    """Put the head into its file. The folder is not synced: after a power cut an older head is as good."""
    with telling(folder), whole(folder / "head", folder) as file:
        file.write(f"{head}\n".encode("ascii"))


def kept_head(folder: Path) -> log.Head | None:
    """What the file `head` says; None where it is missing or says nothing of the kind."""
    try:
        return log.parse_head((folder / "head").read_text(encoding="ascii", errors="replace"))
    except OSError:
        return None


def path_of(ledger: Ledger, sha256: str) -> Path:
    """Where the file with this hash is kept."""
    return ledger.folder / "files" / sha256[:2] / sha256


def keep_bytes(ledger: Ledger, data: bytes) -> str:
    """Keep a file byte for byte; its SHA-256. Either the whole file is there afterwards or none of it."""
    sha256 = digest(data)
    with telling(ledger.folder):
        place = path_of(ledger, sha256)
        if not _is_kept(place, len(data)):
            parts = _make_parts(place)
            with whole(place, parts, mode=0o444) as part:
                copy_and_hash(BytesIO(data), part)
            sync_folder(place.parent)
    return sha256


def keep_file(ledger: Ledger, path: Path) -> tuple[str, int]:
    """Keep a file of any size byte for byte, a piece at a time: its SHA-256 and its size in bytes.

    `SaysoError` where it cannot be read, naming it; either the whole file is kept or none of it.
    """
    parts = ledger.folder / "files"
    with telling(ledger.folder):
        parts.mkdir(exist_ok=True)
    try:
        source = path.open("rb")
    except OSError as error:
        raise SaysoError(f"{path}: cannot be read ({error.strerror}).") from error
    with source, telling(ledger.folder):
        holder = parts / f"{PART}whole"
        with whole(holder, parts, mode=0o444) as part:
            sha256, size = copy_and_hash(source, part)
        place = path_of(ledger, sha256)
        if _is_kept(place, size):
            holder.unlink()
        else:
            _make_parts(place)
            holder.replace(place)
            sync_folder(place.parent)
    return sha256, size


def is_case(folder: Path) -> bool:
    """Whether a folder is a case: its database bears the mark of one (SQLite's application id, at byte 68)."""
    try:
        with (folder / "case.sqlite").open("rb") as file:
            return file.read(72)[68:] == APPLICATION.to_bytes(4, "big")
    except OSError:
        return False


def discard(folder: Path) -> None:
    """Take away a case that was made in vain: what sayso made in the folder, and the folder if that was all."""
    for name in ("case.sqlite", *OWN):
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / "files", ignore_errors=True)
    with suppress(OSError):
        folder.rmdir()


def empty_database(place: Path) -> sqlite3.Connection:
    """A new database with the tables of a case and nothing in them, not even a log."""
    place.unlink(missing_ok=True)
    database = sqlite3.connect(place, isolation_level=None)
    database.executescript(f"BEGIN;\n{SCHEMA.read_text(encoding='utf-8')}\nCOMMIT;")  # one commit, not thirty
    return database


def _is_kept(place: Path, size: int) -> bool:
    """One of another size is what a broken disk left of it, and is kept anew."""
    return place.is_file() and place.stat().st_size == size


def _make_parts(place: Path) -> Path:
    parts = place.parent.parent
    if not place.parent.is_dir():
        place.parent.mkdir(parents=True, exist_ok=True)
        sync_folder(parts)
        sync_folder(parts.parent)
    return parts


def _make_folder(folder: Path) -> None:
    with_more = folder.is_dir() and any(
        entry.name not in OWN and not entry.name.startswith(PART) for entry in folder.iterdir()
    )
    if with_more or (folder.exists() and not folder.is_dir()):
        message = f"{folder}: holds something else than a case. Name a new or empty folder with --case."
        raise NotACase(message)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)
    except OSError as error:
        message = f"{folder}: cannot be made ({error.strerror}). Name another folder with --case."
        raise SaysoError(message) from error


def _make_database(folder: Path) -> None:
    """The new database gets its name only when it is whole, so that a cut-off start leaves no half case."""
    part = folder / f"{PART}case.sqlite"
    try:
        with closing(empty_database(part)) as database:
            log.begin(database)
            head = log.last(database)
        sync_file(part)
        write_head(folder, head)
        part.replace(folder / "case.sqlite")
        sync_folder(folder)
    except sqlite3.Error as error:
        raise refusal(folder, error) from error


def _tidy(folder: Path) -> None:
    """Take away what a run that was cut off left half written. Nobody else writes now."""
    for place in (folder, folder / "files"):
        for left in place.glob(f"{PART}*"):
            left.unlink(missing_ok=True)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock. It is the system's (flock), so that it goes with the program, however that ends."""
    from filelock import FileLock, Timeout  # here, because it is slow to import and readers do not need it

    lock = FileLock(folder / "lock", timeout=0, fallback_to_soft=False)
    try:
        lock.acquire()
    except Timeout:
        message = f"{folder}: another program is adding to this case. Wait until it is done, or use another --case."
        raise SaysoError(message) from None
    except OSError as error:
        raise refusal(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def _bring_up(folder: Path) -> None:
    if _version(folder) < VERSION:
        from sayso.ledger.migration import migrate

        migrate(folder)


@contextmanager
def _connect(folder: Path, mode: str) -> Iterator[Ledger]:
    address = f"{(folder / 'case.sqlite').absolute().as_uri()}?mode={mode}"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=WAIT_SECONDS, isolation_level=None)) as database:
            database.execute("PRAGMA foreign_keys = ON")
            database.execute("PRAGMA trusted_schema = OFF")
            database.execute("PRAGMA cell_size_check = ON")
            yield Ledger(folder, database)
    except sqlite3.Error as error:
        raise refusal(folder, error) from error


def _version(folder: Path) -> int:
    """The version of the case. `NotACase` for another kind of database, or a version that this program knows not."""
    place = _place(folder)
    with _connect(folder, "rw" if _is_writable(folder, place) else "ro") as ledger:
        (application,) = ledger.database.execute("PRAGMA application_id").fetchone()
        (version,) = ledger.database.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise _no_case(folder)
    if version > VERSION:
        message = f"{folder}: a case of version {version}; this sayso knows up to {VERSION}. Use a newer sayso."
        raise NotACase(message)
    if version < 1:
        raise NotACase(
            f"{folder}: a case of version {version}, which there never was. The file was damaged: use a copy."
        )
    return int(version)


def _finish_deletion(ledger: Ledger) -> None:
    from sayso.ledger.deletion import finish

    finish(ledger)


def _refuse_another_history(ledger: Ledger) -> None:
    """Adding to a log that was put back would hide that: what the head remembers would be overwritten."""
    kept = kept_head(ledger.folder)
    if kept and log.hash_of(ledger.database, kept.number) != kept.hash:
        message = (
            f"{ledger.folder}: the log does not hold the entry that the file `head` names, number {kept.number}:"
            " case.sqlite was put back to an earlier state, or is another case's. Put back the right one, or both"
            " files from the same copy; `sayso verify` tells more."
        )
        raise NotACase(message)


def _is_writable(folder: Path, place: Path) -> bool:
    return os.access(folder, os.W_OK) and os.access(place, os.W_OK)


def _place(folder: Path) -> Path:
    place = folder / "case.sqlite"
    if not place.is_file():
        raise _no_case(folder)
    return place


def _no_case(folder: Path) -> NotACase:
    if not folder.exists():
        return NotACase(f"{folder}: no case is there. Make one from reports with: sayso read REPORTS --case {folder}")
    beside = folder.with_suffix(".case")
    if folder.suffix == ".html" and (beside / "case.sqlite").is_file():
        return NotACase(f"{folder} is a dossier, not a case. The case that stands beside it is {beside}")
    name = f"{folder.resolve().stem}.case"
    return NotACase(f"{folder} is no case. If it holds reports, make one of them: sayso read {folder} --case {name}")
