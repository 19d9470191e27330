"""Reading the truth discovery sets: Flight, Book and Population, as tables of claims with gold beside them.

What is done here is parsing alone: a time of day to minutes, a gate to its letters and digits, a list of authors to
their last names. Nothing here sees what is true.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import re
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from anyascii import anyascii

from evals.files import stop, text_of

TIMES = frozenset({1, 2, 4, 5})
"""Columns of Flight behind the flight's name that hold times; the other two hold gates."""


class Claim(NamedTuple):
    """What one source gives for one item."""

    item: str
    source: str
    kind: str
    """What is asked of the item: "arrival gate" …"""
    raw: str
    value: str
    """The raw string read, in one form for all sources."""
    named: bool = True
    """Whether the source gives a name of its own."""
    said: bool = True
    """False for what follows only from what the source leaves out."""


class Table(NamedTuple):
    """One set: claims, and the true value of some items."""

    claims: tuple[Claim, ...]
    gold: Mapping[str, str]


_CLOCK = re.compile(r"(\d{1,2}):(\d\d) ?([AaPp]?)\.?[Mm]?")
_GATE = re.compile(r"^[A-Z]{0,2}\d{1,3}[A-Z]?$")


def minutes(raw: str) -> str:
    """Minutes after midnight, "" where there is no time of day.

    >>> minutes("8:13 PM, Dec 16"), minutes("2011-12-01  2:57P"), minutes("2011-12-01 13:52"), minutes("Cancelled")
    ('1213', '897', '832', '')
    """
    found = _CLOCK.search(raw)
    if not found:
        return ""
    hour, minute, half = int(found[1]), int(found[2]), found[3].lower()
    if half:
        hour = hour % 12 + 12 * (half == "p")
    return str(hour * 60 + minute)


def gate(raw: str) -> str:
    """Letters and digits of a gate, "" where there is none: a terminal alone is no gate.

    >>> gate("Terminal A - 15"), gate("K8/T3"), gate(" C-14 "), gate("15?"), gate("Terminal 3"), gate("Not provided")
    ('15', 'K8', 'C14', '15', '', '')
    """
    text = raw.strip().upper().strip("?-")
    if text.startswith("TERM") and " - " not in text:
        return ""
    text = text.rsplit(" - ", 1)[-1].split("/")[0].replace("-", "").replace("GATE", "").strip()
    return text if _GATE.match(text) else ""


def flight(folder: Path) -> Table:
    """The Flight set (Li, Dong, Lyons, Meng and Srivastava 2012): `flight/` or its archive, claims and gold by day."""
    claims: list[Claim] = []
    gold: dict[str, str] = {}
    for name, text in _files(folder / "flight"):
        day = Path(name).stem
        if "conflicting_data" in name:
            claims += [one for line in text.splitlines() for one in _flight_claims(day, line.split("\t"))]
        elif "ground_truth" in name:
            for line in text.splitlines():
                gold |= {one.item: one.value for one in _flight_claims(day, ["", *line.split("\t")])}
    return Table(tuple(sorted(claims)), gold)


def _flight_claims(day: str, cells: list[str]) -> Iterator[Claim]:
    for at, raw in enumerate(cells[2:8], 1):
        value = minutes(raw) if at in TIMES else gate(raw)
        if value:
            yield Claim(f"{day} {cells[1].strip()} {at}", cells[0], f"column {at}", raw.strip(), value)


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Names and texts of the text files in a folder and in the archives that lie in it."""
    if not folder.is_dir():
        stop(f"{folder}: there is no such folder")
    for path in sorted(folder.rglob("*")):
        if path.name.endswith((".tar.xz", ".tar.gz")):
            with tarfile.open(path) as archive:
                for member in archive:
                    if member.name.endswith(".txt") and (content := archive.extractfile(member)):
                        yield member.name, content.read().decode("utf-8", "replace")
        elif path.suffix == ".txt" and path.parent.name in {"conflicting_data", "ground_truth"}:
            yield f"{path.parent.name}/{path.name}", path.read_bytes().decode("utf-8", "replace")


_ROLE = re.compile(
    r"\([^)]{0,80}\)|\b(?:jr|sr|ph\.? ?d|m\.?d|dr|prof|professor|editors?|eds?|authors?|foreword by|by|ii|iii|iv)\b\.?"
)
_BETWEEN = re.compile(r"\s*(?:;|&|/|\band\b|\bwith\b|\|)\s*")
_PARTICLES = frozenset({"von", "van", "de", "der", "den", "di", "la", "le", "el", "al", "mc", "st", "du", "da", "ten"})


def last_names(raw: str) -> str:
    """The last names of a list of authors, each once, sorted; "" where none is given.

    >>> last_names("O'Leary, Timothy J.; Linda I. O'Leary"), last_names("Yacht, Carol,Crosson, Susan")
    ('oleary', 'crosson yacht')
    >>> last_names("CAROL YACHT, Susan Crosson"), last_names("Stefan P&uuml;der and von Linden, M.")
    ('crosson yacht', 'linden puder')
    """
    text = _ROLE.sub(" ", anyascii(html.unescape(raw)).lower().replace("not available", ""))
    names = {_last(name) for part in _BETWEEN.split(text) for name in _names(part)}
    return " ".join(sorted(names - {""}))


def _names(part: str) -> Iterator[str]:
    """The names between two "and"s, each with the last name at its end: "yacht, carol, susan crosson" has two."""
    pieces = [one for piece in part.split(",") if (one := piece.strip())]
    while pieces:
        words = [word for word in pieces[0].split() if word not in _PARTICLES]
        inverted = len(words) == 1 and len(pieces) > 1
        yield f"{pieces[1]} {pieces[0]}" if inverted else pieces[0]
        pieces = pieces[1 + inverted :]


def _last(name: str) -> str:
    words = [letters for word in name.split() if len(letters := re.sub(r"[^a-z]", "", word)) > 1]
    return words[-1] if words else ""


def book(folder: Path) -> Table:
    """The Book set (Dong, Berti-Equille and Srivastava 2009), with its 100 gold books."""
    claims = []
    for line in text_of(folder / "book.txt.gz").splitlines():
        cells = line.split("\t")
        if len(cells) > 3 and (value := last_names(cells[3])):
            claims.append(Claim(cells[1], cells[0], "authors", cells[3].strip(), value))
    gold = {}
    for line in text_of(folder / "book_golden.txt").splitlines():
        if "\t" in line:
            item, names = line.split("\t", 1)
            gold[item] = last_names(names)
    return Table(tuple(sorted(set(claims))), gold)


def population(folder: Path) -> Table:
    """The Population set (Pasternack and Roth 2010): the last figure of each editor for each city and year."""
    last: dict[tuple[str, str], Claim] = {}
    for row in _rows(folder / "population_claims.csv.gz"):
        item = f"{row['ObjectID']} {row['PropertyID']}"
        raw = row["PropertyValue"]
        if raw.isdigit() and int(raw) > 0:
            last[item, row["SourceID"]] = Claim(
                item, row["SourceID"], "population", raw, str(int(raw)), not row["SourceID"].startswith("0 (")
            )
    gold = {
        f"{row['ObjectID']} {row['PropertyID']}": row["PropertyValue"] for row in _rows(folder / "population_truth.csv")
    }
    return Table(tuple(sorted(last.values())), gold)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8", "replace")
    yield from csv.DictReader(io.StringIO(text))
