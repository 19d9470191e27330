"""A file in an archive before it is unpacked, and how its name is to be taken: shown, never followed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sayso.intake import fields
from sayso.intake.encoding import decode
from sayso.intake.records import Lost, Notes, NotRead
from sayso.intake.unpacking import Seekable

MOST = 50_000
"""Entries of an archive that are looked at: beside 10,000 reports there may be pictures. 100,000 took 3 to 4 s."""
WHOLE = 1 << 30
"""Bytes that an archive may unpack to."""
LONGEST_NAME = 300
"""Characters of a name that are shown, from its end."""
DEEPEST = 64
"""Folders in a name at most that count."""
_DRIVE = re.compile(r"[A-Za-z]:")
LEFT = frozenset({"__MACOSX", ".DS_Store", "Thumbs.db", "desktop.ini", ".Spotlight-V100", ".Trashes", ".fseventsd"})
"""Files and folders that macOS and Windows leave everywhere."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in an archive, or why it cannot be one."""

    name: bytes
    """As the archive writes it; see `told`."""
    unpack: Callable[[], bytes]
    """Its bytes. Raises NotRead."""
    problem: Lost | None = None
    """Set for what is no file: a link, a device. Its place is not filled."""
    open: Callable[[], Seekable] | None = None
    """The same as a file, of which not all must be in memory; None where the archive cannot do that. Raises NotRead."""


def shown(name: str) -> str:
    """A name that can be printed and stored, in one line, without control characters.

    >>> shown("./minutes.pdf"), shown(f"a{chr(27)}b.txt")
    ('minutes.pdf', 'a b.txt')
    """
    if name.isprintable() and 0 < len(name) <= LONGEST_NAME:  # most are, and this is asked of every entry
        return name.removeprefix("./")
    tail = name[-LONGEST_NAME:]
    line = fields.tidy(tail).removeprefix("./")
    return f"…{line}" if len(name) > LONGEST_NAME else line or "a file without a name"


def hidden(name: str) -> bool:
    """Whether a file is nothing that its owner sees: its name or a folder's begins with a dot, or macOS left it."""
    return any((part.startswith(".") and part.strip(".")) or part in LEFT for part in name.split("/"))


def left(name: str) -> bool:
    """Whether a system left the file, for itself: nobody misses it."""
    return any(part in LEFT or part.startswith("._") for part in name.split("/"))


def tricks(name: str) -> Notes:
    """A note if the name would lead out of the folder in which the archive is unpacked."""
    if not (name.startswith("/") or _DRIVE.match(name) or ".." in name.split("/")):
        return ()
    message = f"Its name in the archive, {shown(name)!r}, points out of the archive. It was shown and never followed."
    return (("name-points-outside", message),)


def told(raw: Sequence[bytes]) -> tuple[str, ...]:
    """Names of which nobody says the encoding: UTF-8, or what all others of the archive together look like."""
    names = [_utf8(one) for one in raw]
    odd = [number for number, name in enumerate(names) if name is None]
    together = b"\n".join(raw[number].replace(b"\n", b" ") for number in odd)
    try:
        guessed = decode(together).text.split("\n")
    except NotRead:
        guessed = []
    if len(guessed) != len(odd):
        guessed = [raw[number].decode("cp437") for number in odd]
    known = dict(zip(odd, guessed, strict=True))
    return tuple(known[number] if name is None else name for number, name in enumerate(names))


def _utf8(raw: bytes) -> str | None:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
