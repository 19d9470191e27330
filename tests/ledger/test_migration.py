"""A case of version 1 opens in this version, and nothing of it is lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from sayso import intake, ledger, workspace
from sayso.kit import SaysoError, digest, identify, identify_report
from sayso.ledger import migration
from sayso.ledger.store import VERSION
from sayso.model import Report
from tests import toy

TEXT = "Mayor Tarn said two officials said the pier burned. It rained that night."
BYTES = f"publisher: Quay Courier\n\n{TEXT}".encode()
NAME = identify_report(TEXT, publisher="Quay Courier", published="", address="")
AT = "2031-04-11T10:00:00+00:00"


def old_case(folder: Path) -> Path:
    """A case as sayso made it when version 1 was current, row by row: not by any code that is still in use."""
    kept = folder / "files" / digest(BYTES)[:2] / digest(BYTES)
    kept.parent.mkdir(parents=True)
    kept.write_bytes(BYTES)
    (folder / "lock").touch()
    with sqlite3.connect(folder / "case.sqlite") as database:
        database.executescript((Path(__file__).parent / "version-1.sql").read_text(encoding="utf-8"))
        insert = database.execute
        insert("INSERT INTO files VALUES (?, 'courier.txt', ?, 'text/plain', ?)", (digest(BYTES), len(BYTES), AT))
        insert("INSERT INTO texts VALUES (?, ?)", (digest(TEXT), TEXT.encode()))
        insert("INSERT INTO takings VALUES (1, 'k', ?, 'courier.txt', ?, '[]')", (digest(BYTES), AT))
        insert("INSERT INTO takings VALUES (2, 'l', '', 'gone.txt', ?, ?)", (AT, '[["gone.txt","not-read","gone"]]'))
        record = [NAME, digest(TEXT), digest(BYTES), "courier.txt", "", "", "Quay Courier", [], "", "", "en"]
        insert("INSERT INTO reports VALUES (1, ?, '', ?, ?)", (NAME, digest(TEXT), json.dumps(record)))
        judged = ["j1", NAME, "retracted", "the paper took it back", "R. Moll", AT, None]
        insert("INSERT INTO judgements VALUES (1, 'j1', ?)", (json.dumps(judged),))
        insert("INSERT INTO readers VALUES (1, 'toy 1', ?)", (AT,))
        key = identify(NAME, digest(TEXT), "", "Quay Courier", (), "", "", "en")
        found = toy.read(report())
        insert("INSERT INTO derived VALUES (?, 'toy 1', ?)", (key, ledger.codec.findings_to_json(found)))
    database.close()
    return folder


def report() -> Report:
    return Report(
        NAME, TEXT, digest(TEXT), digest(BYTES), "courier.txt", publisher="Quay Courier", authors=(), language="en"
    )


@pytest.fixture
def folder(tmp_path):
    return old_case(tmp_path / "old.case")


def test_it_says_what_it_said(folder):
    case = workspace.load(folder)
    assert case.reports == (report(),)
    assert case.findings == (toy.read(report()),)
    assert case.reader == "toy 1"
    assert [one.name for one in case.files] == ["courier.txt"]
    assert [one.reason for one in case.judgements] == ["the paper took it back"]
    assert [one.message for one in case.caveats if one.about == "gone.txt"] == ["gone"]


def test_it_holds_and_has_a_log(folder):
    check = workspace.verify(folder)
    assert (check.files, check.texts, check.findings, check.breaks) == (1, 1, 1, ())
    with ledger.open_to_read(folder) as opened:
        entries = list(ledger.log.entries(opened.database))
    assert [one.what for one in entries] == ["made", "migrated"]
    body = json.loads(entries[1].body)
    assert body["sha256"] == digest((folder / body["copy"]).read_bytes())
    assert {table: len(names) for table, names in body["rows"].items()} == {
        "files": 1, "takings": 2, "reports": 1, "judgements": 1, "readers": 1, "derived": 1,
    }  # fmt: skip


def test_nothing_is_read_or_kept_again(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "take_in_safely", toy.take_in_here)
    (tmp_path / "herald.txt").write_text("publisher: Lowland Herald\n\nMayor Tarn denied the pier burned.")
    added = workspace.add(folder, [tmp_path / "herald.txt"], reader=toy.READER)
    assert (added.reports, added.read) == (2, 1)
    assert workspace.verify(folder).breaks == ()


def test_the_copy_is_the_old_case(folder, tmp_path):
    (dump,) = dumps(folder / "case.sqlite")
    workspace.load(folder)
    assert dumps(folder / "case.sqlite.version-1") == [dump]
    assert dumps(folder / "case.sqlite") != [dump]


def dumps(*places):
    found = []
    for place in places:
        database = sqlite3.connect(place)
        found.append("\n".join(database.iterdump()))
        database.close()
    return found


def test_a_copy_that_was_changed_is_a_break(folder):
    workspace.load(folder)
    copy = folder / "case.sqlite.version-1"
    copy.write_bytes(copy.read_bytes().replace(b"rained", b"hailed"))
    (found,) = workspace.verify(folder).breaks
    assert "the copy" in found.message
    copy.unlink()
    assert workspace.verify(folder).breaks == (), "the copy is the user's to keep or not"


@pytest.mark.parametrize("step", ["sync_file", "sync_folder", "write_head", "empty_database", "_fill"])
def test_cut_off_anywhere_it_is_still_the_old_case(folder, monkeypatch, step):
    before = dumps(folder / "case.sqlite")

    def no_power(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(migration, step, no_power)
        with pytest.raises(KeyboardInterrupt):
            workspace.load(folder)
    assert dumps(folder / "case.sqlite") == before
    assert workspace.load(folder).reports == (report(),)
    assert workspace.verify(folder).breaks == ()


def test_where_nothing_may_be_written_it_says_what_to_do(folder, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(SaysoError, match="Copy the folder to a place where you may write"):
        workspace.load(folder)
    assert not (folder / "head").exists()


def test_it_can_be_moved(folder, tmp_path):
    workspace.load(folder)
    moved = shutil.move(folder, tmp_path / "elsewhere" / "moved.case")
    assert workspace.verify(moved).breaks == ()


def test_the_fields_of_this_version(folder):
    """A change here is a change of the case's format: see codec.py."""
    assert VERSION == 2
    assert ledger.codec.REPORT_FIELDS == (
        "id", "sha256", "file", "name", "place", "title", "publisher", "authors", "published", "address", "language",
        "captured", "pages",
    )  # fmt: skip
