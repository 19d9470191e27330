"""The records of a web archive file (WARC 1.0 and 1.1: ISO 28500, and the older ARC), packed or not.

warcio reads the header of each record. Its own iterator is not asked: it passes over a cut end in silence, refuses a
file that is packed as a whole, takes quadratic time on a long line, and unpacks without a bound.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from collections.abc import Iterator

from sayso.intake import unpacking
from sayso.intake.records import Lost, NotRead
from sayso.intake.unpacking import Seekable

WHOLE = 4 << 30
"""Bytes that a file may unpack to. Most of a web archive is pictures, which are passed over."""
LONGEST_HEADER = 256 * 1024
"""Bytes of a record's own header."""
LEAST_RECORDS, RECORD = 20_000, 300
"""So many records are read of any file, and one more for each 300 bytes of it: real ones take more, packed or not."""
MARK = b"WARC/"
_LENGTH = re.compile(r"\d{1,15}")
_BREAKS = re.compile(rb"[\r\n]*")
_DIGEST = re.compile(r"(sha1|sha256|md5):([A-Za-z0-9+/=_-]{20,130})", re.IGNORECASE)


class _Reader:
    """Bytes that come in steps, read as warcio reads them."""

    def __init__(self, steps: Iterator[bytes]) -> None:
        self._steps = steps
        self._buffer = b""
        self._at = 0
        self.left = 0
        """Bytes of lines that may still be read."""
        self.problem: NotRead | None = None
        """Why the steps ended early."""

    def _more(self) -> bool:
        try:
            step = next(self._steps, b"")
        except NotRead as problem:
            self.problem, step = problem, b""
        self._buffer = self._buffer[self._at :] + step
        self._at = 0
        return bool(step)

    def read(self, size: int) -> bytes:
        parts = []
        while size > 0 and (self._at < len(self._buffer) or self._more()):
            part = self._buffer[self._at : self._at + size]
            parts.append(part)
            self._at += len(part)
            size -= len(part)
        return b"".join(parts)

    def skip(self, size: int) -> int:
        """Pass over so many bytes; how many were there."""
        passed = 0
        while passed < size and (self._at < len(self._buffer) or self._more()):
            step = min(size - passed, len(self._buffer) - self._at)
            passed += step
            self._at += step
        return passed

    def readline(self, size: int = LONGEST_HEADER) -> bytes:
        size = min(size, self.left)
        while (end := self._buffer.find(b"\n", self._at, self._at + size)) < 0:
            if len(self._buffer) - self._at >= size:
                self._at += size
                raise NotRead("damaged", "has a header that is too long.")
            if not self._more():
                break
        line = self._buffer[self._at : end + 1 if end >= 0 else len(self._buffer)]
        self._at += len(line)
        self.left -= len(line)
        return line

    def blank(self) -> bool:
        """Pass over line breaks; whether anything follows."""
        while True:
            found = _BREAKS.match(self._buffer, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._buffer):
                return True
            if not self._more():
                return False

    def find(self, mark: bytes) -> None:
        """Go to the next line that begins with a mark, at best the one at which the reader stands."""
        if self._buffer.startswith(mark, self._at):
            return
        mark = b"\n" + mark
        while (found := self._buffer.find(mark, self._at)) < 0:
            self._at = max(self._at, len(self._buffer) - len(mark))
            if not self._more():
                self._at = len(self._buffer)
                return
        self._at = found + 1


class Record:
    """A record: what its header says, and its block, which can be read until the next record is asked for."""

    def __init__(self, number: int, fields: dict[str, str], length: int, reader: _Reader) -> None:
        """`length` in bytes."""
        self.number = number
        self.fields = fields
        """By name in lower case, as ISO 28500 §5 names them; for ARC too."""
        self.length = length
        self._reader = reader
        self._left = self.length

    @property
    def kind(self) -> str:
        """The type: "response", "resource", "revisit" … (ISO 28500 §6); for ARC always "response" or "warcinfo"."""
        return self.fields.get("warc-type", "").lower()

    def read(self, size: int) -> bytes:
        """The next bytes of the block, fewer where it or the file ends."""
        data = self._reader.read(min(size, self._left))
        self._left -= len(data)
        return data

    def finish(self) -> bool:
        """Pass over the rest of the block; whether all of it is there."""
        self._left -= self._reader.skip(self._left)
        return self._left == 0


def is_warc(file: Seekable) -> bool:
    """Whether the file begins as a web archive does, packed or not. A damaged packed file is none."""
    file.seek(0)
    start = file.read(unpacking.PIECE)
    if unpacking.packing(start):
        try:
            start = next(unpacking.steps(file, WHOLE), b"")
        except NotRead:
            return False
    return start.startswith((MARK, b"filedesc://"))


def records(file: Seekable) -> Iterator[Record | Lost]:
    """The records of a file in order, and where it is damaged. Raises NotRead for a file that is no web archive."""
    if not is_warc(file):
        raise NotRead("damaged", "is no web archive, or damaged at its beginning. Get it again.")
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    packed = unpacking.packing(file.read(unpacking.PIECE))
    file.seek(0)
    steps = unpacking.steps(file, WHOLE) if packed else iter(lambda: file.read(unpacking.PIECE), b"")
    reader = _Reader(steps)
    number = 0
    while reader.blank():
        number += 1
        if number > LEAST_RECORDS + size // RECORD:
            yield Lost("too-large", "", "holds too many tiny records; the first ones were read. Split it.")
            return
        yield from _record(reader, number)
    if reader.problem:
        yield Lost(reader.problem.kind, "", f"{reader.problem.reason} What stands before the damage was read.")


def _record(reader: _Reader, number: int) -> Iterator[Record | Lost]:
    """The record at which the reader stands; what is wrong with it. Leaves the reader at the next one."""
    reader.left = LONGEST_HEADER
    try:
        record = Record(number, *_header(reader), reader)
    except Exception as problem:  # noqa: BLE001 - whatever warcio raises on strange bytes, the next record is looked for
        reason = problem.reason if isinstance(problem, NotRead) else "does not begin as a record does."
        yield Lost("damaged", f"record {number}", f"{reason} The one before may be incomplete. Get the file again.")
        reader.find(MARK)
        return
    yield record
    if not record.finish():
        yield Lost("damaged", f"record {number}", "is cut short: the file ends in it. Get the file again.")


def _header(reader: _Reader) -> tuple[dict[str, str], int]:
    """The fields of a record, and the length of its block; for ARC, under the names that WARC has for them."""
    from warcio.recordloader import ARC2WARCHeadersParser  # here, since other files should not wait for it
    from warcio.statusandheaders import StatusAndHeadersParser

    line = reader.readline()
    if line.startswith(MARK):
        found = StatusAndHeadersParser([MARK.decode("ascii")]).parse(reader, line)
    else:
        found = ARC2WARCHeadersParser().parse(reader, line)
    said = {name.lower(): value for name, value in reversed(found.headers)}
    if not _LENGTH.fullmatch(said.get("content-length", "")):
        raise NotRead("damaged", "does not say how long it is.")
    lines_of_block = 0 if line.startswith(MARK) else found.total_len  # an ARC file's first record counts them in
    return said, max(0, int(said["content-length"]) - lines_of_block)


def digest_differs(block: bytes, declared: str) -> bool:
    """Whether a record's block has another digest than is declared (ISO 28500 §5.8), in Base32 or hexadecimal."""
    match = _DIGEST.fullmatch(declared.strip())
    if not match:
        return False
    found = hashlib.new(match[1].lower(), block, usedforsecurity=False)
    written = match[2].rstrip("=")
    return written.lower() != found.hexdigest() and written.upper() != base64.b32encode(found.digest()).decode().strip(
        "="
    )
