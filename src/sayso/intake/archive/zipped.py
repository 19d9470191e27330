"""The entries of a ZIP file (PKWARE APPNOTE 6.3.10).

The standard library reads the directory. It does not unpack: it inflates bzip2 and LZMA without a bound, believes the
sizes in the directory, and reads entries that overlap (as in the "zip bombs" of D. Fifield, 2019).
"""

from __future__ import annotations

import bz2
import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from functools import partial

from sayso.intake import fields, unpacking
from sayso.intake.archive.entry import MOST, Entry
from sayso.intake.records import Lost, NotRead
from sayso.intake.unpacking import Seekable

STARTS = (b"PK\x03\x04", b"PK\x05\x06")
LARGEST_DIRECTORY = 12 * 1024 * 1024
"""Bytes of a directory: 50,000 entries with names of 190 characters."""
_LOCAL = struct.Struct("<4s22xHH")
"""APPNOTE §4.3.7: signature, and at its end the lengths of name and extra field."""
_UTF8, _LOCKED = 0x800, 0x2041
"""Flags (§4.4.4): the name is UTF-8; the entry is encrypted (0x1, 0x40), or the directory is (0x2000)."""
_UNICODE_PATH = 0x7075
_KINDS = {0o120000: "link", 0o020000: "device", 0o060000: "device", 0o010000: "pipe", 0o140000: "socket"}


class _Guarded:
    """A file of which nobody reads more at once than a directory may have."""

    def __init__(self, file: Seekable) -> None:
        self.seek = file.seek
        self._file = file

    def tell(self) -> int:
        return self._file.seek(0, io.SEEK_CUR)

    def seekable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        data = self._file.read(min(size, LARGEST_DIRECTORY) if size >= 0 else LARGEST_DIRECTORY)
        if size > LARGEST_DIRECTORY or len(data) == LARGEST_DIRECTORY:
            raise NotRead("too-large", "is a ZIP file with too large a directory. Unpack it yourself if you trust it.")
        return data


class Slice:
    """A part of a file as a file."""

    def __init__(self, file: Seekable, begin: int, size: int) -> None:
        """`begin` and `size` in bytes."""
        self._file, self._begin, self._size = file, begin, size
        self._at = 0

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """As `Seekable.seek`."""
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def read(self, size: int = -1, /) -> bytes:
        """As `Seekable.read`; the base file may have been elsewhere in between."""
        left = max(0, self._size - self._at)
        self._file.seek(self._begin + self._at)
        data = self._file.read(left if size < 0 else min(size, left))
        self._at += len(data)
        return data


def entries(file: Seekable) -> tuple[Entry, ...]:
    """The entries of a ZIP file in the order of its directory. Raises NotRead for a damaged one."""
    try:
        directory = zipfile.ZipFile(_Guarded(file))
    except (zipfile.BadZipFile, ValueError, OverflowError, LookupError, struct.error, OSError, RuntimeError) as problem:
        raise NotRead(
            "damaged", f"is a ZIP file but damaged ({fields.tidy(str(problem))[:100]}). Get it again."
        ) from None
    infos = directory.infolist()
    if len(infos) > MOST:
        raise NotRead("too-large", f"holds more than {MOST:,} files. Split it.")
    overlapping = _overlapping(infos, directory.start_dir)
    return tuple(_entry(file, info, overlaps=id(info) in overlapping) for info in infos)


def _entry(file: Seekable, info: zipfile.ZipInfo, *, overlaps: bool) -> Entry:
    problem = None
    kind = _KINDS.get(info.external_attr >> 16 & 0o170000)
    if kind:
        problem = Lost("link" if kind == "link" else "no-file", "", f"is a {kind}, which is never followed or opened.")
    elif overlaps:
        problem = Lost("trick", "", "lies over other entries of its ZIP file, as in a bomb. It was not unpacked.")
    elif info.flag_bits & _LOCKED:
        problem = Lost("encrypted", "", "is encrypted. Unpack it yourself with its password.")
    return Entry(_name(info), partial(_unpack, file, info), problem, partial(_open, file, info))


def _name(info: zipfile.ZipInfo) -> bytes:
    r"""The name as the archive writes it, in UTF-8 where it says so.

    Others should be in code page 437, but most programs write what their system uses. "\" of old ones is "/".
    """
    utf8 = info.flag_bits & _UTF8
    raw = info.orig_filename.encode("utf-8" if utf8 else "cp437", "replace")
    return (_unicode_path(info.extra, raw) or raw).replace(b"\\", b"/")


def _unicode_path(extra: bytes, raw: bytes) -> bytes:
    """The name in Info-ZIP's extra field for it (APPNOTE §4.6.9), "" if there is none or it is about another name.

    Windows and some mail services write it beside a name in the system's own encoding.
    """
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_PATH and len(field) > 5 and field[1:5] == struct.pack("<L", zlib.crc32(raw)):
            return field[5:]
        at += 4 + size
    return b""


def _overlapping(infos: Iterable[zipfile.ZipInfo], limit: int) -> set[int]:
    """The ids of entries that share bytes with another one or with the directory."""
    found: set[int] = set()
    end, before = 0, None
    for info in sorted(infos, key=lambda one: one.header_offset):
        here = info.header_offset + _LOCAL.size + info.compress_size
        if info.header_offset < end:
            found |= {id(info), id(before)}
        if here > limit or info.header_offset < 0:
            found.add(id(info))
        if here > end:
            end, before = here, info
    return found


def _begin(file: Seekable, info: zipfile.ZipInfo) -> int:
    """Where the bytes of an entry begin, after its local header."""
    file.seek(max(0, info.header_offset))
    local = file.read(_LOCAL.size)
    if info.header_offset < 0 or len(local) < _LOCAL.size or not local.startswith(STARTS[0]):
        raise NotRead("damaged", "is not where its ZIP file says. Get it again.")
    _, name, extra = _LOCAL.unpack(local)
    return info.header_offset + _LOCAL.size + int(name) + int(extra)


def _open(file: Seekable, info: zipfile.ZipInfo) -> Seekable:
    """An entry as a file, which may be larger than memory where it is stored without packing."""
    if info.compress_type == zipfile.ZIP_STORED:
        return Slice(file, _begin(file, info), info.compress_size)
    return io.BytesIO(_unpack(file, info))


def _unpack(file: Seekable, info: zipfile.ZipInfo) -> bytes:
    """The bytes of an entry, counted while they are inflated, and checked against its checksum."""
    begin = _begin(file, info)
    if info.compress_size > unpacking.LARGEST:
        raise NotRead("too-large", f"holds more than {unpacking.LARGEST >> 20} MB. Split it into smaller files.")
    file.seek(begin)
    packed = file.read(info.compress_size)
    if info.compress_type == zipfile.ZIP_STORED:
        data = packed
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        data = unpacking.inflate(packed, unpacking.Inflater(-zlib.MAX_WBITS), "DEFLATE")
    elif info.compress_type == zipfile.ZIP_BZIP2:
        data = unpacking.inflate(packed, bz2.BZ2Decompressor(), "bzip2")
    else:
        raise NotRead("format", "is packed in a way that is not read here. Unpack it yourself.")
    if zlib.crc32(data) != info.CRC:
        raise NotRead("damaged", "does not match its checksum. Get it again.")
    return data
