"""The files in an archive: ZIP, and tar as it is or packed with gzip, bzip2 or xz.

Names are shown, never used as paths. What an archive holds is counted while it is unpacked.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sayso.intake import listing
from sayso.intake.archive import entry, tarball, zipped
from sayso.intake.archive.entry import DEEPEST, Entry
from sayso.intake.listing import Row
from sayso.intake.records import Lost, Member, NotRead
from sayso.intake.unpacking import Seekable
from sayso.intake.webpage import saved as savedpage

MOST_LISTS = 100
"""Lists, `reports.csv`, of an archive that are read; the others are members."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file of an archive under the name by which it is told from all others."""

    name: str
    place: str
    entry: Entry


def articles(file: bytes | Seekable) -> Iterator[Member | Lost]:
    """The files in an archive as members, in the order of their names; why others are none.

    Only a packed tar that unpacks to over 100 MB is read in the order of the archive. Folders, hidden files and what a
    browser saves beside a page are passed over. A `reports.csv` gives publisher, date and address of files beside it
    and below. Raises NotRead for a file that is no archive, or a damaged one.
    """
    file = io.BytesIO(file) if isinstance(file, bytes) else file
    file.seek(0)
    if file.read(4) in zipped.STARTS:
        entries, any_order = zipped.entries(file), True
    else:
        entries, any_order = tarball.entries(file)
    files = _files(entries)
    if any_order:
        files.sort(key=lambda one: one.name.split("/"))
    if not files:
        raise NotRead("empty", "is an archive without files. Put the reports into it.")
    yield from _members(files)


def _files(entries: Iterable[Entry]) -> list[_File]:
    """The entries that are files and not hidden, those of the same name told apart."""
    entries = tuple(entries)
    found: list[_File] = []
    met: dict[str, int] = {}
    names = (name.removeprefix("./") for name in entry.told([one.name for one in entries]))
    for name, one in zip(names, entries, strict=True):
        if not name.endswith("/") and not entry.hidden(name):
            place = entry.shown(name)
            met[place] = met.get(place, 0) + 1
            found.append(_File(name, place if met[place] == 1 else f"{place} ({met[place]})", one))
    return found


def _members(files: list[_File]) -> Iterator[Member | Lost]:
    lists = [one for one in files if one.name.rpartition("/")[2] == listing.NAME and not one.entry.problem]
    names = {one.name for one in files}
    rows: dict[str, dict[str, Row]] = {}
    passed: set[str] = set()
    for one in lists[:MOST_LISTS]:
        rows[one.name.rpartition("/")[0]], said, problems = _list(one, names)
        passed |= {one.place} if said else set()
        yield from problems
    companions = savedpage.companions(name for name in names if name.count("/") < DEEPEST)
    for one in files:
        if one.place not in passed and one.name not in companions:
            yield _member(one, rows)


def _list(file: _File, names: set[str]) -> tuple[dict[str, Row], bool, list[Lost]]:
    """What a list says of files by their names, whether it is nothing but a list, and what is wrong with it."""
    folder = file.name.rpartition("/")[0]
    try:
        said = listing.understand(file.entry.unpack())
    except NotRead as problem:
        return {}, True, [Lost("list", file.place, f"{problem.reason} It was not used as a list.")]
    rows, problems = listing.assign(said, lambda name: _within(folder, name) if _within(folder, name) in names else "")
    return rows, said.no_report, [Lost("list", file.place, problem) for problem in problems]


def _within(folder: str, name: str) -> str:
    """The name in the archive of a file that a list in a folder names."""
    name = name.removeprefix("./")
    return f"{folder}/{name}" if folder else name


def _member(file: _File, rows: dict[str, dict[str, Row]]) -> Member | Lost:
    if file.entry.problem:
        return replace(file.entry.problem, place=file.place)
    try:
        data = file.entry.unpack()
    except NotRead as problem:
        return Lost(problem.kind, file.place, problem.reason)
    said = _said(file.name, rows) if rows else None
    member = Member(data, entry.shown(file.name), file.place, notes=entry.tricks(file.name))
    if said:
        return replace(member, address=said.address, published=said.published, publisher=said.publisher)
    return member


def _said(name: str, rows: dict[str, dict[str, Row]]) -> Row | None:
    """What the nearest list says of a file, from its own folder up."""
    folder = name
    for _ in range(DEEPEST):
        if not folder:
            break
        folder = folder.rpartition("/")[0]
        if row := rows.get(folder, {}).get(name):
            return row
    return None
