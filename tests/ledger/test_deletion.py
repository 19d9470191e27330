"""What is deleted is in no byte of the case; that it was deleted stays."""

from __future__ import annotations

import json
import sqlite3

import pytest

from sayso import intake, ledger, workspace
from sayso.kit import WrongUse, digest
from sayso.ledger import deletion
from tests import toy

SECRET = "publisher: Quay Courier\n\nOrla Fenwick said the Brindlemere ledgers were burned. It rained that night."
COPIED = "publisher: Lowland Herald\n\nMayor Tarn said the pier was closed. Nobody was hurt that night."
AGAIN = COPIED.replace("publisher: ", "publisher:  ")
WORDS = (b"Fenwick", b"Brindlemere", b"orla-notes", b"Quay Courier", b"too much was said")


@pytest.fixture(autouse=True)
def parse_here(monkeypatch):
    monkeypatch.setattr(intake, "take_in_safely", toy.take_in_here)


@pytest.fixture
def folder(tmp_path):
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "orla-notes.txt").write_text(SECRET, encoding="utf-8")
    (reports / "herald.txt").write_text(COPIED, encoding="utf-8")
    (reports / "herald-again.txt").write_text(AGAIN, encoding="utf-8")
    workspace.add(tmp_path / "quay.case", [reports], reader=toy.READER)
    case = workspace.load(tmp_path / "quay.case")
    (said,) = (one for each in case.findings for one in each.attributions if "Fenwick" in one.chain[-1].voice)
    workspace.judge(tmp_path / "quay.case", said.id, verdict="rejected", reason="too much was said", by="R. Moll")
    return tmp_path / "quay.case"


def delete(folder, *texts, reason="asked for by the source"):
    with ledger.open_to_write(folder) as opened:
        return ledger.delete(opened, map(digest, texts), reason)


def holding(folder, word):
    places = [place for place in folder.rglob("*") if place.is_file()]
    return [place.name for place in places if word in place.read_bytes() or word.decode() in place.name]


def test_the_words_are_in_no_byte_of_the_folder(folder):
    assert all(holding(folder, word) for word in WORDS)
    assert delete(folder, SECRET) == ledger.Deleted(1, 1, 1)
    assert not any(holding(folder, word) for word in WORDS)
    assert not list(folder.rglob(digest(SECRET)))


def test_what_is_left_holds_and_the_log_says_so(folder):
    delete(folder, SECRET)
    assert workspace.verify(folder).breaks == ()
    assert [report.publisher for report in workspace.load(folder).reports] == ["Lowland Herald"]
    assert workspace.load(folder).judgements == ()
    with ledger.open_to_read(folder) as opened:
        *_, entry = ledger.history(opened)
    assert entry.what == "deleted"
    assert json.loads(entry.body)["reason"] == "asked for by the source"


def test_nothing_in_the_log_tells_what_was_deleted(folder):
    """Not by trying either: the digests are salted, and the salts went with the rows."""
    delete(folder, SECRET)
    with ledger.open_to_read(folder) as opened:
        told = "".join(entry.body for entry in ledger.history(opened))
    assert digest(SECRET) not in told
    assert digest(SECRET.split("\n\n")[1]) not in told


def test_a_text_stays_while_another_file_gives_it(folder):
    before = workspace.load(folder)
    with ledger.open_to_read(folder) as opened:
        assert ledger.reports_only_in(opened, [digest(COPIED)]) == frozenset()
        (herald,) = ledger.reports_only_in(opened, map(digest, (COPIED, AGAIN)))
    assert herald in {one.id for one in before.reports}
    delete(folder, COPIED)
    after = workspace.load(folder)
    assert len(after.files) == len(before.files) - 1
    assert {one.id for one in after.reports} == {one.id for one in before.reports}
    assert after.findings == before.findings
    delete(folder, AGAIN)
    assert [one.publisher for one in workspace.load(folder).reports] == ["Quay Courier"]
    assert holding(folder, b"Tarn") == []
    assert workspace.verify(folder).breaks == ()


def test_the_copy_of_an_older_case_goes_too(folder):
    (folder / "case.sqlite.version-1").write_bytes(SECRET.encode())
    delete(folder, SECRET)
    assert not holding(folder, b"Brindlemere")


def test_it_can_be_read_again(folder, tmp_path):
    delete(folder, SECRET)
    workspace.add(folder, [tmp_path / "reports"], reader=toy.READER)
    assert len(workspace.load(folder).reports) == 2
    assert workspace.verify(folder).breaks == ()


@pytest.mark.parametrize(
    ("texts", "reason", "message"),
    [([SECRET, "never kept"], "because", "not among the files"), ([SECRET], " ", "needs a reason")],
)
def test_what_cannot_be_deleted(folder, texts, reason, message):
    with pytest.raises(WrongUse, match=message):
        delete(folder, *texts, reason=reason)
    assert holding(folder, b"Brindlemere")
    assert workspace.verify(folder).breaks == ()


@pytest.mark.parametrize("step", ["_rows", "finish", "path_of"])
def test_cut_off_it_is_done_by_the_next_or_was_never_begun(folder, monkeypatch, step):
    def no_power(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, ledger.open_to_write(folder) as opened:
        patch.setattr(deletion, step, no_power)
        with pytest.raises(KeyboardInterrupt):
            ledger.delete(opened, [digest(SECRET)], "asked for by the source")
    with ledger.open_to_write(folder):
        pass
    assert not (folder / "deleting").exists()
    assert workspace.verify(folder).breaks == ()
    is_there = [bool(holding(folder, word)) for word in WORDS]
    assert is_there == [step == "_rows"] * len(WORDS)


def test_a_row_goes_only_if_the_last_entry_names_it(folder):
    delete(folder, COPIED)
    with sqlite3.connect(folder / "case.sqlite") as database:
        for table in ("files", "takings", "reports", "judgements", "readers", "log"):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(f"DELETE FROM {table}")  # noqa: S608 - names from above
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("DELETE FROM texts")


def test_words_that_wandered_from_page_to_page_are_gone(tmp_path):
    """Rows big and small, put in and taken out in turn, so that the tree of the database is split and joined."""
    from sayso.model import File, Report

    with ledger.open_to_write(tmp_path / "big.case", create=True) as opened:
        for number in range(150):
            text = f"Witness-{number % 10}-Zephyrine saw it. " * (1 + number * 17 % 400)
            file = File(ledger.keep_bytes(opened, text.encode()), f"{number}.txt", len(text), "text/plain", "2031")
            report = Report(f"r{number}", text, digest(text), file.sha256, file.name)
            ledger.record_taking(opened, file, key=str(number), reports=(report,), caveats=())
        texts = dict(opened.database.execute("SELECT text, record FROM reports"))
        three = [json.loads(record)[2] for record in texts.values() if int(json.loads(record)[0][1:]) % 10 == 3]
        ledger.delete(opened, three, "asked for")
    assert holding(tmp_path / "big.case", b"Witness-4-Zephyrine")
    assert not holding(tmp_path / "big.case", b"Witness-3-Zephyrine")
