"""Files are kept whole or not at all; what happens in a transaction happens together."""

from __future__ import annotations

import os

import pytest

from sayso import ledger
from sayso.kit import NotACase, SaysoError, digest
from sayso.ledger.store import transaction
from sayso.model import Caveat, File, Report

TEXT = "The pier burned."
FILE = File(digest(TEXT), "courier.txt", len(TEXT), "text/plain", "2031-04-11T10:00:00+00:00")
REPORT = Report("r", TEXT, digest(TEXT), FILE.sha256, FILE.name)


@pytest.fixture
def opened(tmp_path):
    with ledger.open_to_write(tmp_path / "quay.case", create=True) as case:
        yield case


def test_bytes_are_kept_under_their_hash_and_read_only(opened):
    name = ledger.keep_bytes(opened, TEXT.encode())
    place = opened.folder / "files" / name[:2] / name
    assert place.read_bytes() == TEXT.encode()
    assert place.stat().st_mode & 0o222 == 0
    assert ledger.keep_bytes(opened, TEXT.encode()) == name


def test_a_cut_off_write_leaves_nothing(opened, monkeypatch):
    def no_power(_handle):
        raise OSError("the power is cut")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_power)
        with pytest.raises(SaysoError, match="power"):
            ledger.keep_bytes(opened, TEXT.encode())
    assert [path for path in (opened.folder / "files").rglob("*") if path.is_file()] == []


def test_a_report_is_in_the_case_whole_or_not_at_all(opened, monkeypatch):
    broken = Report("s", "x", digest("x"), FILE.sha256, FILE.name)
    monkeypatch.setattr(ledger.recorded.codec, "report_to_json", lambda report: {"r": "[]"}[report.id])
    with pytest.raises(KeyError):
        ledger.record_taking(opened, FILE, key="k", reports=(REPORT, broken), caveats=())
    assert ledger.files(opened) == ()
    assert opened.database.execute("SELECT count(*) FROM texts").fetchone() == (0,)


def test_a_taking_without_reports_is_tried_again_and_recorded_once(opened):
    caveat = Caveat("courier.txt", "empty", "courier.txt is empty.")
    for _ in range(3):
        ledger.record_taking(opened, FILE, key="k", reports=(), caveats=(caveat,))
        assert ledger.taken_before(opened, "k") is None
    assert opened.database.execute("SELECT count(*) FROM takings").fetchone() == (1,)
    assert ledger.file_caveats(opened) == (caveat,)


def test_a_later_taking_takes_back_the_caveats_of_a_file(opened):
    ledger.record_taking(opened, FILE, key="k", reports=(), caveats=(Caveat(FILE.name, "no-text", "has no text"),))
    ledger.record_taking(opened, FILE, key="l", reports=(REPORT,), caveats=())
    assert ledger.file_caveats(opened) == ()
    assert ledger.taken_before(opened, "l") == ()


def test_a_broken_transaction_is_rolled_back(opened):
    def write_and_stop():
        with transaction(opened) as database:
            database.execute("INSERT INTO texts VALUES ('a', x'00')")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_stop()
    assert opened.database.execute("SELECT count(*) FROM texts").fetchone() == (0,)


def test_a_new_case_is_not_a_case_before_it_is_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(ledger.store, "APPLICATION", 1)
    with pytest.raises(NotACase), ledger.open_to_write(tmp_path / "quay.case", create=True):
        pass


def test_writing_to_no_case_makes_none(tmp_path):
    with pytest.raises(NotACase), ledger.open_to_write(tmp_path / "quay.case"):
        pass
    assert not (tmp_path / "quay.case").exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written(tmp_path):
    tmp_path.chmod(0o555)
    with pytest.raises(SaysoError, match="--case"), ledger.open_to_write(tmp_path / "quay.case", create=True):
        pass
