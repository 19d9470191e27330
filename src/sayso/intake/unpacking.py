"""Bytes as they came to bytes of a format: gzip, bzip2 and xz with bounds, and what is no text at all."""

from __future__ import annotations

import bz2
import io
import lzma
import re
import tomllib
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from typing import Any, Protocol, TypeAlias

from sayso.intake.records import NotRead

LARGEST = 200 * 1024 * 1024
"""Bytes that one file may hold, unpacked. Twice the largest text that was asked for."""
RATIO = 100
"""How many bytes may come out of a packed one. Text packs 3 to 10 times; only a bomb, or one line a million times,
goes over 100."""
HARMLESS = 1024 * 1024
"""Unpacked bytes that are let through whatever the ratio."""
READS = (
    "Read are text, Markdown, HTML, JSON, CSV, PDF, DOCX, mail (EML, MBOX, MHTML) and web archives (WARC, WACZ), each"
    " also in ZIP, tar, gzip, bzip2 and xz."
)
INSTEAD = "If it holds a report, save that as PDF, DOCX or text."
GZIP = b"\x1f\x8b"
XZ = b"\xfd7zXZ\x00"
BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
"""The digits of pi begin a block, those of its square root the end of an empty file."""
PACKERS = (".gz", ".bz2", ".xz")
XZ_MEMORY = 128 * 1024 * 1024
"""Bytes that unpacking xz may take. Files of `xz -9` need 65 MB; a header can ask for 4 GB."""
PIECE = 32 * 1024
"""Bytes that are read at a time, and"""
STEP = 1024 * 1024
"""bytes that are unpacked at a time, at most."""


@cache
def formats() -> dict[str, Any]:
    """The table of suffixes, media types and file signatures, from `formats.toml`."""
    return tomllib.loads(resources.files("sayso.intake").joinpath("formats.toml").read_text(encoding="utf-8"))


def suffix(name: str) -> str:
    """The name's last suffix in lower case, `.gz`, `.bz2` and `.xz` passed over.

    >>> suffix("wire/May 2.JSONL.gz")
    '.jsonl'
    """
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix in PACKERS else path.suffix


def unpack(data: bytes) -> bytes:
    """The bytes, unpacked if they are gzip, bzip2 or xz. Raises NotRead for damaged, oversized or bomb-like ones."""
    if len(data) > LARGEST:
        raise NotRead("too-large", f"holds more than {LARGEST >> 20} MB. Split it into smaller files.")
    return b"".join(steps(io.BytesIO(data), LARGEST)) if packing(data[:PIECE]) else data


class Seekable(Protocol):
    """A file of which any place can be read: one on disk, bytes in memory, a part of another file."""

    def read(self, size: int, /) -> bytes:
        """The next bytes."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place, told from the beginning, or from the end if `whence` is 2; the place."""


class Inflater:
    """`zlib` with the manners of `bz2` and `lzma`: input that was not needed yet is kept inside."""

    def __init__(self, window: int = 16 + zlib.MAX_WBITS) -> None:
        """By default for gzip; `-zlib.MAX_WBITS` is for DEFLATE alone (RFC 1951)."""
        self._stream = zlib.decompressobj(window)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """Whether the stream's own end was reached."""
        return self._stream.eof

    @property
    def unused_data(self) -> bytes:
        """What follows that end."""
        return self._stream.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """The next bytes, at most so many."""
        part = self._stream.decompress(self._stream.unconsumed_tail + data, max_length)
        self.needs_input = not self._stream.unconsumed_tail and len(part) < max_length
        return part


Unpacker: TypeAlias = Inflater | bz2.BZ2Decompressor | lzma.LZMADecompressor


def packing(start: bytes) -> tuple[str, Callable[[], Unpacker]] | None:
    """The name of how a file is packed that begins so, and what unpacks one stream of it; None if it is not."""
    if start.startswith(GZIP):
        return "gzip", Inflater
    if BZIP2.match(start):
        return "bzip2", bz2.BZ2Decompressor
    return ("xz", _xz) if start.startswith(XZ) else None


def _xz() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY)


def steps(file: Seekable, largest: int) -> Iterator[bytes]:
    """What a packed file holds, a piece at a time; `largest` is how many bytes it may be in all.

    What comes out is counted, no header is believed. Raises NotRead as `unpack` does.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return _counted(_streams(file), size, largest)


def inflate(packed: bytes, stream: Unpacker, name: str) -> bytes:
    """What one stream holds that is no file. Raises NotRead as `unpack` does; `name` is how it is packed."""
    return b"".join(_counted(_stream(stream, packed, io.BytesIO(), name), len(packed), LARGEST))


def _counted(parts: Iterable[bytes], size: int, largest: int) -> Iterator[bytes]:
    """The parts that came out of `size` bytes, as long as they are not too many."""
    left = min(largest, max(HARMLESS, RATIO * size))
    for part in parts:
        left -= len(part)
        if left < 0:
            reason = (
                f"unpacks to over {largest >> 20} MB or {RATIO} times its size. Unpack it yourself if you trust it."
            )
            raise NotRead("too-large", reason)
        if part:
            yield part


def _streams(file: Seekable) -> Iterator[bytes]:
    """All streams of a file: they may follow each other and be padded with zeros, in all three formats."""
    rest = file.read(PIECE)
    while found := packing(rest):
        name, make = found
        stream = make()
        yield from _stream(stream, rest, file, name)
        rest = _after(stream.unused_data, file)


def _stream(stream: Unpacker, piece: bytes, file: Seekable, name: str) -> Iterator[bytes]:
    """One stream, which begins with a piece and goes on in the file."""
    while not stream.eof:
        if stream.needs_input and not (piece := piece or file.read(PIECE)):
            raise NotRead("damaged", f"is {name} but cut short. Get it again.")
        yield _step(stream, piece if stream.needs_input else b"", name)
        piece = b""


def _step(stream: Unpacker, piece: bytes, name: str) -> bytes:
    try:
        return stream.decompress(piece, STEP)
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as problem:
        if "limit" in str(problem).lower():
            reason = f"needs more than {XZ_MEMORY >> 20} MB of memory to unpack. Unpack it yourself if you trust it."
            raise NotRead("too-large", reason) from None
        raise NotRead("damaged", f"is {name} but damaged ({problem}). Get it again.") from None


def _after(rest: bytes, file: Seekable) -> bytes:
    """What follows the end of a stream, zeros passed over; enough of it to tell whether another stream begins."""
    rest = rest.lstrip(b"\0")
    while len(rest) < len(b"BZh91AY&SY") and (more := file.read(PIECE)):
        rest = (rest + more).lstrip(b"\0")
    return rest


def refuse_known_binaries(data: bytes) -> None:
    """Raise NotRead if the first bytes are the signature of a format that holds no plain text."""
    for entry in formats()["magic"]:
        if data.startswith(bytes.fromhex(entry["starts"])):
            raise NotRead("binary", f"looks like {entry['name']}. {INSTEAD}")
