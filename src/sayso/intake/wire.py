"""What passes between intake and its worker: frames of JSON and of raw texts. No pickles: the worker is not trusted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, fields
from typing import Any, BinaryIO

from sayso.intake.records import Settings
from sayso.model import Caveat, Report

LARGEST_FRAME = 1 << 31
"""Bytes. A frame that claims more is a lie of a broken worker."""
Taken = tuple[tuple[Report, ...], tuple[Caveat, ...]]
_SHORT = tuple(field.name for field in fields(Report) if field.name != "text")


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


def write_task(stream: BinaryIO, data: bytes, name: str, settings: Settings) -> None:
    """A file for the worker."""
    write(stream, json.dumps({"name": name, "settings": asdict(settings)}).encode("ascii"))
    write(stream, data)
    stream.flush()


def read_task(stream: BinaryIO) -> tuple[bytes, str, Settings]:
    """A file to take in: bytes, name, settings."""
    head = json.loads(read(stream))
    said = head["settings"]
    said["fields"] = tuple((field, key) for field, key in said["fields"])
    return read(stream), head["name"], Settings(**said)


def write_taken(stream: BinaryIO, taken: Taken) -> None:
    """What came of a file. Texts go as frames of their own: JSON would make them many times as large."""
    reports, caveats = taken
    rows = [{name: getattr(report, name) for name in _SHORT} for report in reports]
    said = [[caveat.about, caveat.kind, caveat.message] for caveat in caveats]
    write(stream, json.dumps({"reports": rows, "caveats": said}).encode("ascii"))
    for report in reports:
        write(stream, report.text.encode("utf-8", "surrogatepass"))
    stream.flush()


def read_taken(stream: BinaryIO) -> Taken:
    """What came of a file. Raises EOFError if the worker is gone, ValueError, KeyError or TypeError if it is mad."""
    head = json.loads(read(stream))
    reports = tuple(_report(row, read(stream)) for row in head["reports"])
    return reports, tuple(_caveats(head["caveats"]))


def _report(row: dict[str, Any], text: bytes) -> Report:
    authors = tuple(map(str, row["authors"]))
    short = {name: str(row[name]) for name in _SHORT if name not in {"authors", "pages"}}
    pages = tuple(tuple(map(int, lines)) for lines in row["pages"])
    return Report(text=text.decode("utf-8", "surrogatepass"), authors=authors, pages=pages, **short)


def _caveats(rows: list[list[str]]) -> Iterator[Caveat]:
    for about, kind, message in rows:
        yield Caveat(str(about), str(kind), str(message))
