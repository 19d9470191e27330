"""Which files to take in: folders, patterns, standard input, and the list that may lie beside them."""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from sayso.intake import listing
from sayso.intake.archive.entry import hidden, left
from sayso.intake.records import STDIN, Found
from sayso.intake.unpacking import LARGEST
from sayso.intake.webpage.saved import companions
from sayso.model import Caveat

HIDDEN_SHOWN = 5
DEEPEST = 64
"""Folders that are put before a name at most to tell it from another."""
MOST_LEVELS = 100
"""Folders in folders that are gone into. Python's own walk and pattern matching fail at about 1,000."""
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Control and direction characters, by which a name could pass for other words, or for a line of its own."""


_TOO_DEEP = f"lies or leads over {MOST_LEVELS} folders deep. Give a folder further down."


@dataclass(frozen=True, slots=True)
class _Met:
    """A file on the way to being found: its path, its name, or why it is not read."""

    path: Path
    name: str
    problem: str = ""
    kind: str = "not-read"
    """Of the caveat that tells the problem."""


def find(paths: Sequence[str | Path]) -> tuple[tuple[Found, ...], tuple[Caveat, ...]]:
    """The files that the paths mean, and a caveat for each path that cannot be read.

    A folder means all files in it and below, sorted, hidden ones left out; a pattern (`*`, `?`, `[a-z]`, `**`) what it
    matches; `-` standard input. A file that is met twice is found once. A `reports.csv` gives publisher, date and
    address of the files beside it, and is no report itself unless it has a column of texts. The pictures and scripts
    that a browser saved with a page are found as parts of it.
    """
    met = [one for path in paths for one in _expand(path)]
    caveats = [Caveat(one.name, one.kind, f"{one.name} {one.problem}") for one in met if one.problem]
    once: dict[str, _Met] = {}
    for one in met:
        if not one.problem:
            once.setdefault(_identity(one.path), one)
    files = list(once.values())
    folders = dict.fromkeys(folder for one in files for folder in _folders(one))
    lists = {folder: listing.read(folder / listing.NAME) for folder in folders}
    found = []
    named = _apart(files)
    pages = companions(one.name for one in named)
    for one, apart in zip(files, named, strict=True):
        if one.path.name == listing.NAME and lists[one.path.parent].no_report:
            continue
        rows = (lists[folder].rows.get(_identity(one.path)) for folder in _folders(one))
        given = next(filter(None, rows), Found(one.path, ""))
        found.append(replace(given, path=one.path, name=apart.name, part_of=pages.get(apart.name, "")))
    caveats += [caveat for given in lists.values() for caveat in given.caveats]
    return tuple(found), tuple(caveats)


def _folders(met: _Met) -> Sequence[Path]:
    """The folders whose list can speak of a file, the nearest first: from its own up to the one that was given."""
    return met.path.parents[: len(PurePosixPath(met.name).parts)]


def load(found: Found) -> bytes | Path | Caveat:
    """The bytes of a file, its path if it is too large for that, or why it cannot be had. Raises nothing."""
    try:
        if str(found.path) == STDIN:
            return sys.stdin.buffer.read(LARGEST + 1)
        with found.path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as problem:
        return Caveat(found.name, "not-read", f"{found.name} {_reason(problem)}")
    return data if len(data) <= LARGEST else found.path


def _identity(path: Path) -> str:
    return STDIN if str(path) == STDIN else os.path.realpath(path)


def _expand(given: str | Path) -> Iterator[_Met]:
    path = Path(given)
    if str(path) == STDIN:
        yield _Met(path, STDIN)
    elif os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where this says no
        yield from _folder(path)
    elif glob.has_magic(str(path)) and not os.path.lexists(path):
        try:
            matches = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 - a pattern may be absolute
        except RecursionError:
            yield _Met(path, _show(str(path)), _TOO_DEEP)
            return
        files = [one for match in matches for one in _expand(match)]
        yield from files or [_Met(path, _show(str(path)), "matches no file. Check the folder and the pattern.")]
    else:
        yield _file(path)


def _folder(folder: Path) -> Iterator[_Met]:
    """The files in a folder and below, in the order of their names; hidden files and folders left out."""
    problems: list[OSError] = []
    met: list[_Met] = []
    passed: list[str] = []
    for place, folders, files in os.walk(folder, onerror=problems.append):
        passed += [name for name in (*folders, *files) if hidden(name) and not left(name)]
        folders[:] = sorted(name for name in folders if not hidden(name))
        if len(Path(place).parts) - len(folder.parts) >= MOST_LEVELS:
            met += [_met(Path(place, name), folder, _TOO_DEEP) for name in folders]
            folders[:] = []
        links = [name for name in folders if Path(place, name).is_symlink()]
        met += [_met(Path(place, name), folder, "is a link to a folder. Give that folder itself.") for name in links]
        met += [_in_folder(Path(place, name), folder) for name in files if not hidden(name)]
    met += [_met(Path(problem.filename), folder, _reason(problem)) for problem in problems]
    if passed:
        shown = ", ".join(map(_show, sorted(passed)[:HIDDEN_SHOWN])) + (" …" if len(passed) > HIDDEN_SHOWN else "")
        told = f"holds hidden files, which were passed over: {shown}. To read one, name it."
        yield _Met(folder, _show(folder.name or str(folder)), told, "passed-over")
    if not met:
        yield _Met(folder, _show(folder.name or str(folder)), "is a folder without files. Put the reports into it.")
    yield from sorted(met, key=lambda one: PurePosixPath(one.name).parts)


def _in_folder(path: Path, folder: Path) -> _Met:
    """A file in a folder. What came with it may link to anything that the user can read: that is not followed."""
    problem = _unreadable(path, named=False)
    if not problem and path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        problem = "is a link to a file outside the folder. Give that file itself."
    return _met(path, folder, problem)


def _file(path: Path) -> _Met:
    return _met(path, None, _unreadable(path, named=True))


def _met(path: Path, folder: Path | None, problem: str) -> _Met:
    name = path.relative_to(folder).as_posix() if folder else path.name
    return _Met(path, _show(name), problem)


def _show(name: str) -> str:
    """A name that can be printed and stored: bytes of it that are no UTF-8, and signs unseen, show as their numbers."""
    whole = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return _UNSEEN.sub(lambda sign: sign[0].encode("unicode_escape").decode("ascii"), whole)


def _unreadable(path: Path, *, named: bool) -> str:
    """Why a file cannot be read; "" if it can. A pipe is read only where the user named it: it may wait for ever."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as problem:
        return _reason(problem)
    if not (stat.S_ISREG(mode) or (named and stat.S_ISFIFO(mode))):
        return "is no ordinary file."
    if not os.access(path, os.R_OK):
        return "may not be read by you. Change its permissions."
    return ""


def _reason(problem: OSError | ValueError) -> str:
    if isinstance(problem, FileNotFoundError):
        return "does not exist. Check the path."
    words = problem.strerror if isinstance(problem, OSError) and problem.strerror else str(problem)
    return f"cannot be read ({words.lower()})."


def _apart(files: list[_Met]) -> list[_Met]:
    """The files under names that differ: where two folders hold the same name, folders are put before it."""
    steps = 1
    while len({one.name for one in files}) < len(files) and steps < DEEPEST:
        steps += 1
        counts: dict[str, int] = {}
        for one in files:
            counts[one.name] = counts.get(one.name, 0) + 1
        files = [replace(one, name=_longer(one, steps)) if counts[one.name] > 1 else one for one in files]
    return files


def _longer(met: _Met, steps: int) -> str:
    parts = Path(os.path.realpath(met.path)).parts[1:]
    return _show("/".join(parts[-max(steps, len(PurePosixPath(met.name).parts) + 1) :]))
