"""`verify` finds every kind of break and names it."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from sayso import ledger, workspace
from sayso.kit import SaysoError
from tests import toy

REPORT = "publisher: Quay Courier\n\nMayor Tarn said two officials said the pier burned. It rained that night."


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A case in which all holds; made once, for parsing starts a process."""
    place = tmp_path_factory.mktemp("whole")
    (place / "courier.txt").write_text(REPORT, encoding="utf-8")
    workspace.add(place / "quay.case", [place / "courier.txt"], reader=toy.READER)
    return place / "quay.case"


@pytest.fixture
def folder(whole, tmp_path):
    """A copy of it to break."""
    return Path(shutil.copytree(whole, tmp_path / "quay.case"))


def breaks(folder):
    return [f"{one.where}: {one.message}" for one in workspace.verify(folder).breaks]


def change(folder, statement, *values):
    """Change the database behind sayso's back, triggers put aside."""
    with sqlite3.connect(folder / "case.sqlite") as database:
        triggers = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        database.execute(statement, values)
        for _, sql in triggers:
            database.execute(sql)


def change_findings(folder, edit):
    with sqlite3.connect(folder / "case.sqlite") as database:
        key, record = database.execute("SELECT key, record FROM derived WHERE key NOT LIKE 'echoes%'").fetchone()
        record = json.loads(record)
        edit(record)
        database.execute("UPDATE derived SET record = ? WHERE key = ?", (json.dumps(record), key))


def test_a_whole_case_holds(folder):
    check = workspace.verify(folder)
    assert (check.files, check.texts, check.findings, check.breaks) == (1, 1, 1, ())
    assert check.spans > 10


def kept(folder):
    return next(path for path in (folder / "files").glob("*/*"))


def test_a_changed_file(folder):
    kept(folder).chmod(0o644)
    kept(folder).write_bytes(REPORT.replace("burned", "turned").encode())
    (found,) = breaks(folder)
    assert found.startswith("courier.txt: the kept file")
    assert "was changed" in found


def test_a_missing_file(folder):
    kept(folder).unlink()
    (found,) = breaks(folder)
    assert "is missing" in found


def test_a_file_that_nobody_recorded(folder):
    (kept(folder).parent / "stray").write_text("who put this here?", encoding="utf-8")
    (found,) = breaks(folder)
    assert "no record speaks of" in found


def test_a_file_that_a_cut_off_run_kept_is_no_break(folder):
    with ledger.open_to_write(folder) as opened:
        ledger.keep_bytes(opened, b"kept, and then the power went")
    check = workspace.verify(folder)
    assert (check.breaks, check.unrecorded) == ((), 1)


def test_a_changed_text(folder):
    change(folder, "UPDATE texts SET text = ?", REPORT.split("\n\n")[1].replace("burned", "turned").encode())
    assert any("the text was changed" in found for found in breaks(folder))


def test_a_missing_text(folder):
    change(folder, "DELETE FROM texts")
    assert any("missing from texts" in found for found in breaks(folder))


@pytest.mark.parametrize(
    ("field", "value"), [("publisher", "Lowland Herald"), ("published", "1999-01-01"), ("address", "file:///elsewhere")]
)
def test_a_report_whose_particulars_were_changed(folder, field, value):
    with sqlite3.connect(folder / "case.sqlite") as database:
        (record,) = database.execute("SELECT record FROM reports").fetchone()
    from sayso.ledger.codec import REPORT_FIELDS

    values = json.loads(record)
    values[REPORT_FIELDS.index(field)] = value
    change(folder, "UPDATE reports SET record = ?", json.dumps(values))
    assert any("its id does not fit" in found for found in breaks(folder))


SENTENCES, ATTRIBUTIONS, CLAIMS = 1, 2, 3


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda found: found[SENTENCES].append([0, 100_000]), "is not in the text"),
        (lambda found: found[SENTENCES].append([5, 5]), "is not in the text"),
        (lambda found: found[SENTENCES].append([-3, 5]), "is not in the text"),
        (lambda found: found[CLAIMS][0][2].append([5, 8]), "has white space at its ends"),
        (lambda found: found[ATTRIBUTIONS][0].__setitem__(2, [0, 6]), "has white space at its ends"),
        (lambda found: found[ATTRIBUTIONS][1].__setitem__(5, "nobody"), "stands within nobody"),
        (lambda found: found[ATTRIBUTIONS][1].__setitem__(4, [[0, 5]]), "is not inside"),
        (lambda found: found[ATTRIBUTIONS][1].__setitem__(4, []), "has no content"),
        (lambda found: found[ATTRIBUTIONS][1][6][0].__setitem__(3, "nobody"), "a link goes through nobody"),
        (lambda found: found.pop(), "cannot be read"),
        (lambda found: found.__setitem__(0, "another"), "says it is about another"),
    ],
)
def test_findings_that_do_not_hold(folder, edit, message):
    change_findings(folder, edit)
    assert any(message in found for found in breaks(folder)), breaks(folder)


def test_a_damaged_database(folder):
    database = folder / "case.sqlite"
    data = bytearray(database.read_bytes())
    for place in range(4096, len(data), 512):
        data[place : place + 64] = b"\xff" * 64
    database.write_bytes(data)
    found = breaks(folder)
    assert found
    assert all("case.sqlite" in one for one in found)


def test_what_is_no_database_at_all(folder):
    (folder / "case.sqlite").write_bytes(b"not a database, but long enough to look at" * 100)
    with pytest.raises(SaysoError, match="cannot be used"):
        workspace.verify(folder)


def test_recorded_rows_cannot_be_changed_or_deleted(folder):
    with sqlite3.connect(folder / "case.sqlite") as database:
        for table in ("files", "texts", "takings", "reports"):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(f"DELETE FROM {table}")  # noqa: S608 - names from above
        with pytest.raises(sqlite3.IntegrityError):
            database.execute("UPDATE files SET name = 'other'")


def test_steps_are_told(folder):
    told = []
    workspace.verify(folder, lambda *step: told.append(step))
    assert told == [*(("log", n, 7) for n in range(1, 8)), ("files", 1, 1), ("texts", 1, 1), ("spans", 1, 1)]
