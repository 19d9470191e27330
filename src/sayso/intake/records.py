"""What intake works with: a file that was found, what the user said about it, an article that was read from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

Notes = tuple[tuple[str, str], ...]
"""(kind, message) of what should be known about a report; they become its caveats."""
STDIN = "-"
"""The path, and the name, of standard input."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to take in, and what a `reports.csv` beside it says about it."""

    path: Path
    """Where to read it; `Path("-")` is standard input."""
    name: str
    """Relative to the folder that was given; the same on every machine."""
    publisher: str = ""
    published: str = ""
    address: str = ""
    part_of: str = ""
    """The name of the saved page that this file is a picture or script of; it is kept, and is no report."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user said about the reports."""

    fields: tuple[tuple[str, str], ...] = ()
    """(field, key) pairs: which key of a JSON object or column of a table holds text, publisher, published, title,
    url or authors. For that field they replace the names that intake knows."""
    publisher: str = ""
    """For reports that do not name their own."""
    published: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """One text as its file gives it, before it is a report: dates as written, nothing proposed."""

    text: str
    place: str = ""
    """Where in the file: "" for the whole, else "line 12", "row 3" or "item 3"."""
    title: str = ""
    publisher: str = ""
    published: str = ""
    address: str = ""
    authors: tuple[str, ...] = ()
    notes: Notes = ()
    captured: str = ""
    """UTC, ISO 8601; as `Report.captured`."""
    pages: tuple[tuple[int, ...], ...] = ()
    """As `Report.pages`."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a file: of an archive, a message, a web archive. It is taken in as a file of its own."""

    data: bytes
    name: str
    """As the container calls it, for its suffix. It is never used as a path."""
    place: str
    """Where in the container: "minutes.pdf", "message 3", "attachment 1 (note.pdf)", "record 14"."""
    media_type: str = ""
    """As the container declares it, without parameters; it counts where the name's suffix tells nothing."""
    address: str = ""
    """What the container says of it; it goes before what the file says of itself."""
    captured: str = ""
    published: str = ""
    """This and the next for what the file itself does not say."""
    publisher: str = ""
    notes: Notes = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """Something in a file that gave no report, or a remark about the whole file."""

    kind: str
    place: str
    """"" for the whole file."""
    reason: str


class NotRead(Exception):
    """A file (or a line of it) cannot be read as articles. `take_in` turns it into a caveat."""

    def __init__(self, kind: str, reason: str) -> None:
        """Keep the caveat's kind, such as "binary", and a reason that says what to do."""
        super().__init__(reason)
        self.kind = kind
        self.reason = reason
