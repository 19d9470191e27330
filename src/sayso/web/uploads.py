"""Reports added by dropping files: they are laid beside each other first, then read as `sayso read` reads them.

What a file holds is looked at only by `workspace.add`, whose workers can be killed.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

from sayso import workspace
from sayso.kit import SaysoError, WrongUse
from sayso.web.desk import Desk
from sayso.workspace import Added, Settings

LARGEST_FILE: Final = 1 << 30
LARGEST_ALL: Final = 4 << 30
MOST_FILES: Final = 5_000
LONGEST_NAME: Final = 150
"""Characters of a file's name that are kept."""

STEPS: Final = {
    "files": "Looking through files",
    "members": "Files in the last file",
    "reports": "Reading reports",
    "echoes": "Comparing reports",
    "names": "Telling who is who",
}
"""What is being done, in words."""


@dataclass(slots=True)
class Pile:
    """Files that were dropped and are not in the case yet, and how far their reading has come."""

    holder: TemporaryDirectory[str] = field(default_factory=lambda: TemporaryDirectory(prefix="sayso-"))
    """A folder that only this user can look into; it goes with the workspace."""
    size: int = 0
    names: list[str] = field(default_factory=list)
    running: bool = False
    step: tuple[str, int, int] = ("", 0, 0)
    told: list[str] = field(default_factory=list)
    """What came of the last reading, line by line."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return Path(self.holder.name)


async def lay_down(pile: Pile, name: str, pieces: AsyncIterator[bytes]) -> str:
    """Keep a dropped file until it is read; the name it got. `WrongUse` where that is too much.

    Half a file is not kept: who goes away in the middle has to drop it again.
    """
    with pile.lock:
        if pile.running:
            raise WrongUse("Reports are being read just now. Drop more when that is done.")
        if len(pile.names) >= MOST_FILES:
            raise WrongUse(f"That is more than {MOST_FILES:,} files at once. Read these first, then drop the others.")
        name = _free(plain(name), pile.names)
        pile.names.append(name)
    size, whole = 0, False
    try:
        with (pile.folder / name).open("wb") as file:
            async for piece in pieces:
                size += len(piece)
                if size > LARGEST_FILE or pile.size + size > LARGEST_ALL:
                    raise WrongUse(f"{name}: too large. One file may have 1 GiB, all together 4 GiB; or: sayso read")
                file.write(piece)
        whole = True
    finally:
        if whole:
            pile.size += size
        else:
            pile.names.remove(name)
            (pile.folder / name).unlink(missing_ok=True)
    return name


def plain(name: str) -> str:
    r"""A file's name without folders and without anything that could lead elsewhere.

    >>> plain("a/b/../minutes.pdf"), plain("..\\x.txt"), plain(""), plain(".profile")
    ('minutes.pdf', 'x.txt', 'file', '_.profile')
    """
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(c for c in last if c.isprintable() and c not in '<>:"|?*')[-LONGEST_NAME:].strip()
    if not kept.strip("."):
        return "file"
    return f"_{kept}" if kept.startswith(".") else kept


def _free(name: str, taken: list[str]) -> str:
    """The name, with a number where another file has it."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{Path(name).stem} ({number}){Path(name).suffix}"
    return free


def begin(pile: Pile, desk: Desk, settings: Settings) -> None:
    """Begin to read what was dropped. It goes on whether anybody looks or not."""
    with pile.lock:
        if pile.running:
            raise WrongUse("Reports are being read already.")
        if not pile.names:
            raise WrongUse("There is nothing to read: drop files first.")
        pile.running, pile.told, pile.step = True, [], ("", 0, 0)
    threading.Thread(target=_read, args=(pile, desk, settings), name="reading", daemon=True).start()


def _read(pile: Pile, desk: Desk, settings: Settings) -> None:
    def step(what: str, done: int, total: int) -> None:
        pile.step = (what, done, total)

    try:
        with desk.alone():
            added = workspace.add(desk.folder, [pile.folder], settings=settings, processes=workspace.cores(), step=step)
        pile.told = summary(added)
    except SaysoError as problem:
        pile.told = [str(problem)]
    except Exception as problem:  # noqa: BLE001 - whatever goes wrong is told, and the workspace goes on
        pile.told = [f"Reading failed ({type(problem).__name__}: {problem}). What was read before that is kept."]
    finally:
        with pile.lock:
            clear(pile)
            pile.running = False


def clear(pile: Pile) -> None:
    """Take away what was dropped. What was read of it is in the case, byte for byte."""
    shutil.rmtree(pile.folder, ignore_errors=True)
    pile.folder.mkdir(mode=0o700, exist_ok=True)
    pile.names.clear()
    pile.size = 0


def summary(added: Added) -> list[str]:
    """What adding came to, line by line."""
    head = f"{added.new} new of {added.reports} in the case; {added.read} read now."
    problems = [one.message for one in (*added.failures, *added.remarks)]
    return [head, *problems]


def progress(pile: Pile) -> dict[str, object]:
    """How far it has come, for the page."""
    what, done, total = pile.step
    return {
        "running": pile.running, "what": STEPS.get(what, "Starting"), "done": done, "total": total, "told": pile.told,
        "waiting": len(pile.names),
    }  # fmt: skip
