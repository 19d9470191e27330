"""What the disk and other programs can do to a case: nothing is lost, and the user is told what to do."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from evals import flips, invented
from sayso import ledger, workspace
from sayso.kit import NotACase, SaysoError, digest, identify_report
from sayso.ledger import disk, store
from sayso.model import File, Report

TEXT = "The pier burned."


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("durability") / "whole.case"
    invented.invent(folder, 4)
    return folder


@pytest.fixture
def folder(whole, tmp_path):
    return Path(shutil.copytree(whole, tmp_path / "quay.case"))


def take(opened, text=TEXT):
    file = File(ledger.keep_bytes(opened, text.encode()), "pier.txt", len(text), "text/plain", invented.AT)
    name = identify_report(text, publisher="", published="", address="")
    report = Report(name, text, digest(text), file.sha256, file.name)
    ledger.record_taking(opened, file, key=digest(text), reports=(report,), caveats=())


def test_a_full_disk_at_the_database(folder):
    before = flips.says(folder)

    def fill():
        with ledger.open_to_write(folder) as opened:
            (pages,) = opened.database.execute("PRAGMA page_count").fetchone()
            opened.database.execute(f"PRAGMA max_page_count = {pages}")
            take(opened, "A long text. " * 10_000)

    with pytest.raises(SaysoError, match=r"disk is full.*make room"):
        fill()
    assert flips.says(folder) == before
    with ledger.open_to_write(folder) as opened:
        take(opened)
    check = workspace.verify(folder)
    assert check.breaks == ()
    assert check.unrecorded == 1, "the bytes of the first try are kept, and nothing speaks of them"


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, "make room"),
        (errno.EDQUOT, "make room"),
        (errno.EIO, "copy the case to another disk"),
        (errno.EROFS, "a folder of your own"),
        (errno.EACCES, "a folder of your own"),
    ],
)
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_disk_that_refuses(folder, monkeypatch, number, message, call):
    before = flips.says(folder)

    def refuse(*_arguments):
        raise OSError(number, os.strerror(number))

    with ledger.open_to_write(folder) as opened, monkeypatch.context() as patch:
        patch.setattr(*((os, "fsync", refuse) if call == "fsync" else (Path, "replace", refuse)))
        with pytest.raises(SaysoError, match=message):
            take(opened)
    assert flips.says(folder) == before
    assert workspace.verify(folder).breaks == ()
    assert list(folder.rglob(f"{disk.PART}*")) == []


def test_a_head_that_cannot_be_written_after_the_commit(folder, monkeypatch):
    def refuse(*_arguments, **_more):
        raise OSError(errno.ENOSPC, "No space left on device")

    with ledger.open_to_write(folder) as opened, monkeypatch.context() as patch:
        patch.setattr(store, "whole", refuse)
        with pytest.raises(SaysoError, match="make room"):
            ledger.use_reader(opened, "another", invented.AT)
    check = workspace.verify(folder)
    assert check.breaks == ()
    assert (folder / "head").read_text().strip() != check.head
    with ledger.open_to_read(folder) as opened:
        assert ledger.current_reader(opened) == "another"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("SQLITE_FULL", "make room"),
        ("SQLITE_IOERR_WRITE", "copy the case to another disk"),
        ("SQLITE_READONLY", "may write"),
        ("SQLITE_READONLY_ROLLBACK", "may write"),
        ("SQLITE_CANTOPEN", "may write"),
        ("SQLITE_BUSY", "Wait until it is done"),
        ("SQLITE_NOLFS", "disk of this machine"),
        ("SQLITE_CORRUPT", "sayso verify"),
    ],
)
def test_what_the_database_refuses(folder, name, message):
    def fail():
        with ledger.open_to_write(folder):
            error = sqlite3.OperationalError("as it comes")
            error.sqlite_errorname = name
            raise error

    with pytest.raises(SaysoError, match=message):
        fail()


def test_a_disk_without_locks(folder, monkeypatch):
    def refuse(*_arguments):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(SaysoError, match="disk of this machine"), ledger.open_to_write(folder):
        pass


def test_a_disk_that_has_never_heard_of_locks(folder, monkeypatch):
    """The library would put a file in place of the lock, which would stay behind when the program is killed."""

    def refuse(*_arguments):
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(SaysoError, match="disk of this machine"), ledger.open_to_write(folder):
        pass


WRITER = """
import sys
from pathlib import Path
from sayso import ledger
with ledger.open_to_write(Path(sys.argv[1])) as opened:
    with ledger.store.transaction(opened) as database:
        database.execute("INSERT INTO texts VALUES ('half', x'00')")
        print("writing", flush=True)
        sys.stdin.read()
"""


def test_a_writer_that_is_killed_leaves_no_lock_and_nothing_half_done(folder):
    before = flips.says(folder)
    command = [sys.executable, "-c", WRITER, str(folder)]
    path = os.pathsep.join(filter(None, sys.path))
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}
    ) as writer:
        assert writer.stdout.readline() == b"writing\n"
        with pytest.raises(SaysoError, match="another program"), ledger.open_to_write(folder):
            pass
        assert flips.says(folder) == before, "readers see what was there before"
        os.kill(writer.pid, signal.SIGKILL)
    with ledger.open_to_write(folder) as opened:
        take(opened)
    assert workspace.verify(folder).breaks == ()


def test_a_check_waits_for_no_writer_and_sees_one_moment(folder):
    """A writer adds to the case all the time that another checks it."""
    done = threading.Event()

    def write():
        try:
            with ledger.open_to_write(folder) as opened:
                for number in range(40):
                    take(opened, f"{TEXT} {number}")
        finally:
            done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = set()
    while not done.is_set():
        check = workspace.verify(folder)
        seen.add((check.entries, check.breaks))
    writer.join()
    assert len(seen) > 2
    assert {breaks for _, breaks in seen} == {()}
    assert workspace.verify(folder).texts == 44


def test_what_is_left_of_a_cut_off_run_goes_with_the_next(folder):
    for left in (folder / f"{disk.PART}case.sqlite", folder / "files" / f"{disk.PART}x"):
        left.write_text("half a file")
    assert workspace.verify(folder).breaks == ()
    with ledger.open_to_write(folder):
        pass
    assert list(folder.rglob(f"{disk.PART}*")) == []


@pytest.mark.parametrize("step", ["sync_file", "write_head", "sync_folder"])
def test_a_case_that_was_cut_off_while_it_was_made(tmp_path, monkeypatch, step):
    def no_power(*_arguments):
        raise KeyboardInterrupt

    folder = tmp_path / "new.case"
    folder.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(store, step, no_power)
        with pytest.raises(KeyboardInterrupt), ledger.open_to_write(folder, create=True):
            pass
    with ledger.open_to_write(folder, create=True) as opened:
        take(opened)
    assert workspace.verify(folder).breaks == ()


def test_a_kept_file_that_a_broken_disk_cut_short_is_kept_anew(folder):
    with ledger.open_to_write(folder) as opened:
        take(opened)
        place = store.path_of(opened, digest(TEXT))
        place.chmod(0o644)
        place.write_bytes(b"The p")
        assert workspace.verify(folder).breaks
        take(opened)
    assert workspace.verify(folder).breaks == ()


def test_a_large_file_is_kept_by_pieces(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(disk, "PIECE_BYTES", 10)
    (tmp_path / "large.txt").write_text(TEXT * 5)
    with ledger.open_to_write(folder) as opened:
        for _ in range(2):
            assert ledger.keep_file(opened, tmp_path / "large.txt") == (digest(TEXT * 5), len(TEXT * 5))
        assert store.path_of(opened, digest(TEXT * 5)).read_text() == TEXT * 5
        with pytest.raises(SaysoError, match=r"none\.txt: cannot be read"):
            ledger.keep_file(opened, tmp_path / "none.txt")
    assert list(folder.rglob(f"{disk.PART}*")) == []


def test_a_case_that_was_moved(folder, tmp_path):
    before = flips.says(folder)
    moved = shutil.move(folder, tmp_path / "another" / "name.case")
    assert workspace.verify(moved).breaks == ()
    assert flips.says(Path(moved)) == before
    with closing(sqlite3.connect(Path(moved) / "case.sqlite")) as database:
        assert str(tmp_path) not in "\n".join(database.iterdump())


@pytest.mark.parametrize("version", [0, -1, 3])
def test_a_case_of_a_version_that_is_not_known(folder, version):
    with closing(sqlite3.connect(folder / "case.sqlite", isolation_level=None)) as database:
        database.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(NotACase, match=f"version {version}"):
        workspace.load(folder)


def test_a_reader_cannot_write(folder):
    with pytest.raises(SaysoError), ledger.open_to_read(folder) as opened:
        take(opened)


def test_an_export_that_cannot_be_noted_is_told(folder):
    assert ledger.record_export(folder, "json", sha256=digest(TEXT), size=16) is None
    with ledger.open_to_write(folder):
        error = ledger.record_export(folder, "json", sha256=digest(TEXT), size=16)
    assert "another program" in str(error)


def test_names_that_are_no_utf8(folder, monkeypatch):
    monkeypatch.setenv("LOGNAME", "moll\udcff")
    with ledger.open_to_write(folder) as opened:
        file = File(ledger.keep_bytes(opened, b"x"), "caf\udce9.txt", 1, "text/plain", invented.AT, collector="m\udcff")
        name = identify_report(TEXT, publisher="", published="", address="")
        report = Report(name, TEXT, digest(TEXT), file.sha256, file.name, "a \udcff")
        for _ in range(2):
            ledger.record_taking(opened, file, key="k", reports=(report,), caveats=())
    assert workspace.verify(folder).breaks == ()
    case = workspace.load(folder)
    assert [one.name for one in case.files if one.size == 1] == ["caf\\udce9.txt"]
    assert report in case.reports
