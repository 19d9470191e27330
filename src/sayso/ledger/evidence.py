"""What an evidence bundle takes out of a case: its log and rows as lines, its texts and files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sayso.ledger import log
from sayso.ledger.store import Ledger, at_one_moment, path_of


def log_and_rows(ledger: Ledger) -> tuple[log.Head, list[str], list[str]]:
    """Head of the log, its entries and the rows that it speaks of, as lines (see log.py), all of the same moment."""
    with at_one_moment(ledger):
        previous, lines = log.BEFORE_ALL, []
        for entry in log.entries(ledger.database):
            lines.append(entry.line(previous))
            previous = entry.hash
        rows = [line for table in log.TABLES for line, _ in log.recorded(ledger.database, table)]
        return log.last(ledger.database), lines, rows


def texts(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    """SHA-256 and UTF-8 of every text, by hash, one at a time."""
    for (sha256,) in ledger.database.execute("SELECT sha256 FROM texts ORDER BY sha256").fetchall():
        for (text,) in ledger.database.execute("SELECT text FROM texts WHERE sha256 = ?", (sha256,)).fetchall():
            yield sha256, text


def kept(ledger: Ledger) -> Iterator[tuple[str, Path]]:
    """SHA-256 and place of every kept file, by hash."""
    found = ledger.database.execute("SELECT DISTINCT sha256 FROM files ORDER BY sha256").fetchall()
    return ((sha256, path_of(ledger, sha256)) for (sha256,) in found)
