"""Whatever is changed in a case behind sayso's back: `verify` names it, or the case says what it said."""

# ruff: noqa: S608 - the tables and columns in statements are named in this file

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from evals import flips
from sayso import ledger, workspace
from sayso.kit import SaysoError, WrongUse, digest
from sayso.ledger import log


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tampering") / "whole.case"
    flips.make(folder, 12)
    return folder


@pytest.fixture
def folder(whole, tmp_path):
    return Path(shutil.copytree(whole, tmp_path / "tampered.case"))


def change(folder, *statements):
    """Run SQL behind sayso's back: with the triggers put aside, and put back."""
    with closing(sqlite3.connect(folder / "case.sqlite", isolation_level=None)) as database:
        triggers = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            database.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            database.execute(*([statement] if isinstance(statement, str) else statement))
        for _, sql in triggers:
            database.execute(sql)


def ask(folder, statement):
    with closing(sqlite3.connect(folder / "case.sqlite")) as database:
        return database.execute(statement).fetchall()


def breaks(folder, against=None):
    with ledger.open_to_read(folder) as opened:
        return ledger.check(opened, against=against).breaks


def head_of(folder):
    with ledger.open_to_read(folder) as opened:
        return ledger.head(opened)


def test_the_case_holds(folder):
    assert breaks(folder) == ()
    assert breaks(folder, head_of(folder)) == ()
    assert {row[0] for row in ask(folder, "SELECT DISTINCT what FROM log")} == {
        "made", "collected", "derived", "judged", "exported", "deleted",
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_flipped_bits(whole, seed):
    """300 of the 10,000 of `python -m evals.flips`: the head and the header first, the others anywhere."""
    before = flips.says(whole)
    bits = [*flips.places(whole, 3000, seed)]
    for place, bit in [*bits[seed:1300:24], *bits[-25:]]:
        assert flips.flip(whole, place, bit, before) != "slipped", (place, bit)
    assert breaks(whole) == ()


TABLES = {**log.TABLES, "log": ("number", "at", "actor", "tool", "what", "body"), "texts": ("sha256", "text")}
COLUMNS = [
    (table, column)
    for table, columns in TABLES.items()
    for column in (*columns, *{"texts": (), "log": ("hash",)}.get(table, ("salt", "digest")))
]


def test_every_column_is_among_them(whole):
    found = [(table, row[1]) for table in TABLES for row in ask(whole, f"PRAGMA table_info({table})")]
    assert sorted(found) == sorted(COLUMNS)
    assert {row[0] for row in ask(whole, "SELECT name FROM sqlite_schema WHERE type = 'table'")} == set(TABLES)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
@pytest.mark.parametrize("which", ["min", "max"])
def test_an_edited_cell(folder, table, column, which):
    ((kind,),) = ask(folder, f"SELECT DISTINCT typeof({column}) FROM {table}")
    more = {"integer": f"{column} + 100000", "text": f"{column} || 'x'", "blob": f"CAST({column} || 'x' AS BLOB)"}
    other = more[kind]
    change(folder, f"UPDATE {table} SET {column} = {other} WHERE rowid = (SELECT {which}(rowid) FROM {table})")
    assert breaks(folder)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_taken_out(folder, table):
    change(folder, f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})")
    assert breaks(folder)


@pytest.mark.parametrize("table", TABLES)
def test_a_row_put_in(folder, table):
    """A copy of the last row; where a column must be unique, with another value there."""
    columns = [column for name, column in COLUMNS if name == table]
    taken = {"number", "id", "sha256", "key"} if table != "reports" else {"number", "id"}
    values = ", ".join(
        column if column not in taken else f"{column} + 1" if column == "number" else f"{column} || 'x'"
        for column in columns
    )
    change(folder, f"INSERT INTO {table} SELECT {values} FROM {table} ORDER BY rowid DESC LIMIT 1")
    assert breaks(folder)


@pytest.mark.parametrize("table", ["files", "takings", "reports", "log"])
def test_two_rows_swapped(folder, table):
    """Their numbers change places."""
    first, second = (row[0] for row in ask(folder, f"SELECT number FROM {table} ORDER BY number DESC LIMIT 2"))
    moves = [(first, -1), (second, first), (-1, second)]
    change(folder, "PRAGMA foreign_keys = OFF", *(
        (f"UPDATE {table} SET number = ? WHERE number = ?", (to, number)) for number, to in moves
    ))  # fmt: skip
    assert breaks(folder)


@pytest.mark.parametrize("table", ["reports", "derived", "files"])
def test_two_rows_that_change_places_but_for_their_digests(folder, table):
    columns = [column for column in log.TABLES[table] if column != "number"]
    rows = ask(folder, f"SELECT rowid, {', '.join(columns)} FROM {table} ORDER BY rowid LIMIT 2")
    (one, *first), (other, *second) = rows
    away = ["" if isinstance(value, str) else -1 for value in first]
    marks = ", ".join(f"{column} = ?" for column in columns)
    statement = f"UPDATE {table} SET {marks} WHERE rowid = ?"
    change(folder, (statement, (*away, one)), (statement, (*first, other)), (statement, (*second, one)))
    assert breaks(folder)


def test_the_first_break_in_the_order_of_the_log_comes_first(folder):
    change(folder, "UPDATE files SET name = 'other.txt' WHERE number = (SELECT min(number) FROM files)")
    change(folder, "UPDATE judgements SET id = 'other'")
    found = breaks(folder)
    assert [one.where for one in found[:2]] == ["files", "judgements"], found
    assert "was changed" in found[0].message


@pytest.mark.parametrize("entry", ["first", "middle", "last"])
def test_an_entry_that_was_edited_and_hashed_anew(folder, entry):
    """Whoever edits an entry must hash all after it anew; then the file `head` is wrong, and a head kept elsewhere."""
    kept = head_of(folder)
    number = {"first": 1, "middle": kept.number // 2, "last": kept.number}[entry]
    forge(folder, number)
    assert breaks(folder)
    with ledger.open_to_read(folder) as opened:
        (folder / "head").write_text(f"{ledger.head(opened)}\n")
    assert breaks(folder) == (), "a history that was rewritten as a whole holds by itself"
    (found,) = breaks(folder, kept)
    assert "rewritten" in found.message


def forge(folder, number):
    """Rewrite the history from an entry on: another actor, every hash made to fit."""
    with closing(sqlite3.connect(folder / "case.sqlite")) as database:
        entries = list(log.entries(database))
    previous = entries[number - 2].hash if number > 1 else log.BEFORE_ALL
    statements = []
    for one in entries[number - 1 :]:
        actor = "somebody else" if one.number == number else one.actor
        forged = log.Entry(one.number, one.at, actor, one.tool, one.what, one.body, "")
        previous = digest(forged.line(previous))
        statements.append(("UPDATE log SET actor = ?, hash = ? WHERE number = ?", (actor, previous, one.number)))
    change(folder, *statements)


def cut_back(folder, number):
    """Put log and rows back to what they were after an entry."""
    with closing(sqlite3.connect(folder / "case.sqlite")) as database:
        later = [one for one in log.entries(database) if one.number > number]
    gone = [row for one in later for row in log.digests(json.loads(one.body), "rows")]
    change(
        folder,
        *((f"DELETE FROM {table} WHERE digest = ?", (name,)) for table, name in gone),
        ("DELETE FROM log WHERE number > ?", (number,)),
    )


def test_the_last_entries_cut_off(folder):
    kept = head_of(folder)
    with ledger.open_to_write(folder) as opened:
        ledger.use_reader(opened, "another", "2031-05-03T10:00:00+00:00")
        ledger.use_reader(opened, "a third", "2031-05-03T10:00:00+00:00")
    last = head_of(folder)
    cut_back(folder, last.number - 1)
    (found,) = breaks(folder)
    assert "cut off" in found.message
    (folder / "head").write_text(f"{kept}\n")
    assert breaks(folder, kept) == (), "with an older head, nothing in the folder shows it"
    (found,) = breaks(folder, last)
    assert "cut off" in found.message


def test_nobody_adds_to_a_log_that_was_put_back(folder):
    with ledger.open_to_write(folder) as opened:
        ledger.use_reader(opened, "another", "2031-05-03T10:00:00+00:00")
    cut_back(folder, head_of(folder).number - 1)
    with pytest.raises(SaysoError, match="put back to an earlier state"), ledger.open_to_write(folder):
        pass


def test_an_older_head_is_no_break(folder):
    """So it is when the power goes between the commit and the writing of the head."""
    with ledger.open_to_read(folder) as opened:
        (folder / "head").write_text(f"3:{log.hash_of(opened.database, 3)}\n")
    assert breaks(folder) == ()
    with ledger.open_to_write(folder) as opened:
        ledger.use_reader(opened, "another", "2031-05-03T10:00:00+00:00")
    assert (folder / "head").read_text() == f"{head_of(folder)}\n"


@pytest.mark.parametrize("text", ["", "\n", "0:" + "0" * 64, "1:" + "0" * 64, "7", None])
def test_a_head_that_names_no_entry(folder, text):
    (folder / "head").unlink()
    if text is not None:
        (folder / "head").write_text(text)
    assert breaks(folder)


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER files_last",
        "DROP INDEX takings_by_key",
        "CREATE TABLE more (what TEXT)",
        "CREATE VIEW more AS SELECT 1",
        "CREATE TRIGGER more AFTER INSERT ON log BEGIN DELETE FROM derived; END",
        "ALTER TABLE files ADD COLUMN more TEXT",
        "ANALYZE",
        "PRAGMA journal_mode = WAL",
    ],
)
def test_a_database_of_another_form(folder, statement):
    with closing(sqlite3.connect(folder / "case.sqlite", isolation_level=None)) as database:
        database.execute(statement).fetchall()
    assert breaks(folder)


def test_a_trigger_that_does_nothing(folder):
    with closing(sqlite3.connect(folder / "case.sqlite", isolation_level=None)) as database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("UPDATE sqlite_schema SET sql = replace(sql, 'ABORT', 'IGNORE') WHERE name = 'files_stay'")
    assert any("files_stay" in one.message for one in breaks(folder))


def test_bytes_behind_the_database(folder):
    with (folder / "case.sqlite").open("ab") as file:
        file.write(b"who put this here?")
    assert breaks(folder)


def test_a_database_of_which_the_end_is_missing(folder):
    data = (folder / "case.sqlite").read_bytes()
    for size in (0, 50, 100, 5000, len(data) // 2, len(data) - 4096, len(data) - 1):
        (folder / "case.sqlite").write_bytes(data[:size])
        assert not flips.holds(folder), size


def test_a_case_that_says_it_is_of_the_version_before_log_began(folder):
    with closing(sqlite3.connect(folder / "case.sqlite", isolation_level=None)) as database:
        database.execute("PRAGMA user_version = 1")
    before = (folder / "case.sqlite").read_bytes()
    with pytest.raises(SaysoError, match="has a log"):
        workspace.verify(folder)
    assert (folder / "case.sqlite").read_bytes() == before


def test_kept_files_that_change_places(folder):
    one, other, *_ = sorted(place for place in (folder / "files").rglob("*") if place.is_file())
    data = one.read_bytes(), other.read_bytes()
    for place, changed in ((one, data[1]), (other, data[0])):
        place.chmod(0o644)
        place.write_bytes(changed)
    assert len(breaks(folder)) == 2


def test_a_kept_file_that_is_a_link(folder, tmp_path):
    place = next(place for place in (folder / "files").rglob("*") if place.is_file())
    shutil.move(place, tmp_path / "moved")
    place.symlink_to(tmp_path / "moved")
    (found,) = breaks(folder)
    assert "a link" in found.message


@pytest.mark.parametrize("name", ["files/more", "files/ab", "files/ab/more", "files/zz/zz"])
def test_what_does_not_belong_among_the_kept_files(folder, name):
    place = folder / name
    place.parent.mkdir(exist_ok=True)
    place.write_text("who put this here?") if not place.exists() else (place / "more").write_text("or this?")
    found = breaks(folder)
    assert found
    assert all("no record" in one.message for one in found)


def test_heads_as_they_are_given(tmp_path):
    head = f"17:{'ab' * 32}"
    (tmp_path / "kept").write_text(f"{head}\nkept by R. Moll\n")
    assert str(ledger.understand_head(f" {head}\n")) == str(ledger.understand_head(str(tmp_path / "kept"))) == head
    (tmp_path / "other").write_text("something else")
    for wrong in ("17", f"17:{'g' * 64}", str(tmp_path / "none"), str(tmp_path / "other"), "x" * 5000, "a\0b"):
        with pytest.raises(WrongUse):
            ledger.understand_head(wrong)


def test_the_chain_by_hand(folder):
    """As the docstring of log.py tells it, without any code of sayso's."""
    from hashlib import sha256

    previous = "0" * 64
    for number, at, actor, tool, what, body, name in ask(folder, "SELECT * FROM log ORDER BY number"):
        line = json.dumps([previous, number, at, actor, tool, what, json.loads(body)], separators=(",", ":"))
        previous = sha256(line.encode("ascii")).hexdigest()
        assert previous == name
    assert (folder / "head").read_text() == f"{number}:{previous}\n"
    (row,) = ask(folder, "SELECT salt, number, id, record, digest FROM judgements")
    line = json.dumps(["judgements", *row[:-1]], separators=(",", ":"))
    assert sha256(line.encode("ascii")).hexdigest() == row[-1]


def test_an_entry_taken_out_is_named_once(folder):
    last = head_of(folder).number
    what = dict(ask(folder, "SELECT number, what FROM log"))
    for number in range(2, last):
        broken = Path(shutil.copytree(folder, folder.with_name(f"{number}.case")))
        change(broken, f"DELETE FROM log WHERE number = {number}")
        found = [f"{one.where}: {one.message}" for one in breaks(broken)]
        assert found[0] == f"log: entry {number} is missing", what[number]
        assert len([one for one in found if one.startswith("log")]) == 1, found
        assert len(found) <= 6, found


def test_entries_taken_out_side_by_side_are_one_break(folder):
    change(folder, "DELETE FROM log WHERE number IN (4, 5, 6)")
    assert [one.message for one in breaks(folder) if one.where == "log"] == ["entries 4 to 6 are missing"]


@pytest.mark.parametrize("column", ["actor", "hash"])
def test_an_entry_that_was_changed_is_named_once(folder, column):
    change(folder, f"UPDATE log SET {column} = {column} || 'x' WHERE number = 5")
    (found,) = breaks(folder)
    assert found.message == "entry 5 was changed: its hash does not fit"


def test_entries_given_other_numbers_are_one_break(folder):
    last = head_of(folder).number
    change(folder, "DELETE FROM log WHERE number = 5", "UPDATE log SET number = -number WHERE number > 5",
           "UPDATE log SET number = -number - 1 WHERE number < 0")  # fmt: skip
    found = [one.message for one in breaks(folder) if one.where == "log"]
    assert found[0].startswith(f"it ends with entry {last - 1}, but the file `head` names entry {last}")
    assert found[1].startswith("entry 5 was changed")
    assert f"up to entry {last - 1}" in found[1]
    assert len(found) == 2, found


def test_history_comes_before_the_schema_and_both_in_one_line_each(folder):
    kept = head_of(folder)
    with closing(sqlite3.connect(folder / "case.sqlite")) as database:
        triggers = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")]
        for name in triggers:
            database.execute(f"DROP TRIGGER {name}")
        database.execute("DELETE FROM log WHERE number = ?", (kept.number,))
        database.commit()
    found = [one.message for one in breaks(folder, kept)]
    assert ["cut off" in one for one in found[:3]] == [True, True, False], found
    gone = [one for one in found if one.startswith("trigger")]
    assert len(gone) == len(triggers)
    assert all("is missing" in one and "\n" not in one and "RAISE" not in one for one in gone)


@pytest.mark.parametrize(
    ("table", "statement", "names"),
    [
        ("files", "UPDATE files SET name = 'other.txt' WHERE number = 1", "file other.txt ("),
        (
            "reports",
            "UPDATE reports SET record = replace(record, 'en', 'xx') WHERE number = 1",
            "report {id} in report-",
        ),
        ("judgements", "UPDATE judgements SET record = replace(record, 'a', 'o')", "judgement {id} ("),
        ("derived", "UPDATE derived SET record = replace(record, 'certain', 'doubted')", "what was found in report "),
    ],
)
def test_a_changed_row_is_told_in_words(folder, table, statement, names):
    if "{id}" in names:
        names = names.format(id=ask(folder, f"SELECT id FROM {table} ORDER BY number")[0][0])
    change(folder, statement)
    found = next(one.message for one in breaks(folder) if one.where == table)
    assert names in found
    assert "was changed" in found
    assert '["' not in found
    assert len(found.split(" (", 1)[1]) < 64
