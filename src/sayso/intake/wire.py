"""What passes between intake and its worker: frames of JSON and of raw bytes. No pickles: the worker is not trusted.

A task is a frame of JSON (the member, the file, the settings) and a frame with its bytes. Back come pieces, each a
frame of JSON and, for a report its text, for a member its bytes; then an empty frame. A frame is its length in eight
bytes, then itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from typing import Any, BinaryIO

from sayso.intake.descent import Piece
from sayso.intake.formats import Source
from sayso.intake.records import Member, Notes, Settings
from sayso.model import Caveat, Report

LARGEST_FRAME = 1 << 31
"""Bytes. A frame that claims more is a lie of a broken worker."""
_OF_REPORT = tuple(field.name for field in fields(Report) if field.name != "text")
_OF_MEMBER = tuple(field.name for field in fields(Member) if field.name != "data")
_TUPLES = frozenset({"authors", "pages", "notes"})


@dataclass(frozen=True, slots=True)
class Task:
    """One level of a file, to be unfolded."""

    member: Member
    source: Source
    settings: Settings
    handle: int | None = None
    """The worker's handle on the file, where it is too large to be handed over as bytes."""
    seconds: int = 10
    """Of processor time, for each piece."""


def write(stream: BinaryIO, frame: bytes) -> None:
    """A frame: its length in eight bytes, then itself."""
    stream.write(len(frame).to_bytes(8, "big"))
    stream.write(frame)


def read(stream: BinaryIO) -> bytes:
    """The next frame. Raises EOFError if there is none or it is cut short."""
    length = int.from_bytes(_exactly(stream, 8), "big")
    if length > LARGEST_FRAME:
        raise EOFError
    return _exactly(stream, length)


def _exactly(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def write_task(stream: BinaryIO, task: Task) -> None:
    """A task for the worker."""
    head = {
        "member": _row(task.member, _OF_MEMBER),
        "source": task.source,
        "settings": asdict(task.settings),
        "handle": task.handle,
        "seconds": task.seconds,
    }
    write(stream, json.dumps(head).encode("ascii"))
    write(stream, task.member.data)
    stream.flush()


def read_task(stream: BinaryIO) -> Task:
    """The next task."""
    head = json.loads(read(stream))
    said = head["settings"]
    said["fields"] = tuple((field, key) for field, key in said["fields"])
    member = Member(data=read(stream), **_values(head["member"], _OF_MEMBER))
    return Task(member, Source(*head["source"]), Settings(**said), head["handle"], head["seconds"])


def write_pieces(stream: BinaryIO, pieces: Iterable[Piece]) -> None:
    """What came of a task, each piece as soon as it is there. Texts go as frames of their own: JSON swells them."""
    for piece in pieces:
        if isinstance(piece, Caveat):
            write(stream, json.dumps({"caveat": [piece.about, piece.kind, piece.message]}).encode("ascii"))
        elif isinstance(piece, Member):
            write(stream, json.dumps({"member": _row(piece, _OF_MEMBER)}).encode("ascii"))
            write(stream, piece.data)
        else:
            report, notes = piece
            write(stream, json.dumps({"report": _row(report, _OF_REPORT), "notes": notes}).encode("ascii"))
            write(stream, report.text.encode("utf-8", "surrogatepass"))
        stream.flush()
    write(stream, b"")
    stream.flush()


def read_pieces(stream: BinaryIO) -> Iterator[Piece]:
    """What came of a task. Raises EOFError if the worker is gone, ValueError, KeyError or TypeError if it is mad."""
    try:
        yield from _pieces(stream)
    except (RecursionError, OverflowError, AttributeError) as problem:
        raise ValueError(str(problem)) from None


def _pieces(stream: BinaryIO) -> Iterator[Piece]:
    while frame := read(stream):
        head = json.loads(frame)
        if "caveat" in head:
            about, kind, message = map(_line, head["caveat"])
            yield Caveat(about, kind, message)
        elif "member" in head:
            yield Member(data=read(stream), **_values(head["member"], _OF_MEMBER))
        else:
            text = read(stream).decode("utf-8", "surrogatepass")
            yield Report(text=text, **_values(head["report"], _OF_REPORT)), _notes(head["notes"])


def _row(record: Member | Report, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


def _values(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The fields of a record, each of its right type whatever the worker sent."""
    values: dict[str, Any] = {name: _line(row[name]) for name in names if name not in _TUPLES}
    if "authors" in names:
        values["authors"] = tuple(map(_line, row["authors"]))
    if "pages" in names:
        values["pages"] = tuple(tuple(map(int, lines)) for lines in row["pages"])
    if "notes" in names:
        values["notes"] = _notes(row["notes"])
    return values


def _notes(rows: list[list[str]]) -> Notes:
    return tuple((_line(kind), _line(message)) for kind, message in rows)


def _line(value: object) -> str:
    """Words that are no text of a report. Halves of characters, which a case cannot store there, are a ValueError."""
    line = str(value)
    line.encode("utf-8")
    return line
