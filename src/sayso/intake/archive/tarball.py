"""The entries of a tar file, packed or not (POSIX.1-1988 ustar, POSIX.1-2001 pax, GNU).

The standard library reads each header. Its `TarFile` is not asked: a negative size sends it round for ever, many long
names in a row use up its stack, and its patterns take quadratic time on a long pax header (all in Python 3.11.7).
"""

from __future__ import annotations

import io
import re
import tarfile
from collections.abc import Iterator
from functools import partial

from sayso.intake import unpacking
from sayso.intake.archive.entry import MOST, WHOLE, Entry
from sayso.intake.records import Lost, NotRead
from sayso.intake.unpacking import Seekable

BLOCK = tarfile.BLOCKSIZE
IN_MEMORY = 100 * 1024 * 1024
"""Bytes up to which a packed tar is unpacked whole. What is larger is unpacked again for each way through it."""
LONGEST_HEADER = 64 * 1024
"""Bytes of a long name or of a pax header. A path has 4,096 at most on Linux."""
MOST_RECORDS = 1000
"""Records of a pax header."""
FARTHEST = 1 << 50
"""Bytes of an entry that a header may claim; more would not be a place in a file."""
_SILENT = (tarfile.DIRTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK, b"D", b"V")
"""Folders (GNU dumps too), what holds for all entries, targets of links, the name of the volume."""
_FILES = (tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE)
_KINDS = {
    tarfile.LNKTYPE: "link",
    tarfile.SYMTYPE: "link",
    tarfile.CHRTYPE: "device",
    tarfile.BLKTYPE: "device",
    tarfile.FIFOTYPE: "pipe",
}


class _Forward:
    """A packed file as if it were unpacked. Going back means to begin again, so that nobody should do it often."""

    def __init__(self, file: Seekable) -> None:
        self._file = file
        self._begin()

    def _begin(self) -> None:
        self._steps = unpacking.steps(self._file, WHOLE)
        self._buffer = b""
        self._at = 0

    def seek(self, offset: int, _whence: int = 0, /) -> int:
        if offset < self._at:
            self._begin()
        while offset > self._at + len(self._buffer):
            self._at += len(self._buffer)
            self._buffer = next(self._steps, b"")
            if not self._buffer:
                return self._at
        self._buffer = self._buffer[offset - self._at :]
        self._at = offset
        return offset

    def read(self, size: int, /) -> bytes:
        parts = [self._buffer]
        have = len(self._buffer)
        while have < size and (step := next(self._steps, None)) is not None:
            parts.append(step)
            have += len(step)
        whole = b"".join(parts)
        self._buffer = whole[size:]
        self._at += min(size, len(whole))
        return whole[:size]


def _header(block: bytes) -> tarfile.TarInfo | None:
    """A header whose checksum is right; None for anything else."""
    try:
        return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError, OverflowError):
        return None


def entries(file: Seekable) -> tuple[tuple[Entry, ...], bool]:
    """The entries in the order of the archive, and whether they can be unpacked in another one. Raises NotRead."""
    file.seek(0)
    source: Seekable = file
    if unpacking.packing(file.read(BLOCK)):
        source = _unpacked(file)
    return tuple(_entries(source)), not isinstance(source, _Forward)


def _unpacked(file: Seekable) -> Seekable:
    whole = io.BytesIO()
    for step in unpacking.steps(file, WHOLE):
        whole.write(step)
        if whole.tell() > IN_MEMORY:
            return _Forward(file)
    return whole


def _entries(source: Seekable) -> Iterator[Entry]:
    offset = 0
    said: dict[str, bytes] = {}
    for _ in range(MOST):
        source.seek(offset)
        block = source.read(BLOCK)
        if not block.strip(b"\0"):  # two such blocks end a tar; some programs write none
            return
        info = _header(block)
        if info is None or not 0 <= info.size <= FARTHEST:
            yield _rest("damaged", "is no tar from here on. What stands before was read; get it again.")
            return
        offset += BLOCK
        size = info.size
        if info.type in (tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME):
            said |= _said(info.type, source.read(min(size, LONGEST_HEADER)))
        elif info.type not in _SILENT:
            if re.fullmatch(rb"\d{1,15}", said.get("size", b"")):
                size = int(said["size"])
            offset += _extended(source, block) if info.type == tarfile.GNUTYPE_SPARSE else 0
            yield _entry(source, info, said, (offset, size))
            said = {}
        offset += -(-size // BLOCK) * BLOCK
    yield _rest("too-large", f"holds more than {MOST:,} entries; the first ones were read. Split it.")


def _said(kind: bytes, data: bytes) -> dict[str, bytes]:
    """What a header before a header says: a long name, or records of "length key=value" (pax)."""
    if kind == tarfile.GNUTYPE_LONGNAME:
        return {"path": data.split(b"\0", 1)[0]}
    found: dict[str, bytes] = {}
    at = 0
    for _ in range(MOST_RECORDS):
        length = re.match(rb"(\d{1,8}) ", data[at : at + 10])
        if not length or int(length[1]) < 5:
            break
        key, _, value = data[at + length.end() : at + int(length[1]) - 1].partition(b"=")
        found[key.decode("ascii", "replace")] = value
        at += int(length[1])
    return found


def _extended(source: Seekable, block: bytes) -> int:
    """The bytes of the maps that follow the header of an old GNU sparse file."""
    more, found = block[482], 0
    while more and len(block := source.read(BLOCK)) == BLOCK:
        more, found = block[504], found + BLOCK
    return found


def _entry(source: Seekable, info: tarfile.TarInfo, said: dict[str, bytes], place: tuple[int, int]) -> Entry:
    problem = None
    if kind := _KINDS.get(info.type):
        problem = Lost("link" if kind == "link" else "no-file", "", f"is a {kind}, which is never followed or opened.")
    elif info.type not in _FILES or any(key.startswith("GNU.sparse") for key in said):
        problem = Lost("format", "", "is stored in a way that is not read here (sparse or split). Unpack it yourself.")
    name = said.get("path") or info.name.encode("utf-8", "surrogateescape")
    return Entry(name, partial(_read, source, *place), problem)


def _rest(kind: str, reason: str) -> Entry:
    return Entry(b"the rest", bytes, Lost(kind, "", reason))


def _read(source: Seekable, offset: int, size: int) -> bytes:
    if size > unpacking.LARGEST:
        raise NotRead("too-large", f"holds more than {unpacking.LARGEST >> 20} MB. Split it into smaller files.")
    source.seek(offset)
    data = source.read(size)
    if len(data) < size:
        raise NotRead("damaged", "is cut short: the archive ends before it does. Get it again.")
    return data
