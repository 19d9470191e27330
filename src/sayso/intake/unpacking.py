"""Bytes as they came to bytes of a format: gzip with bounds, and what is no text at all."""

from __future__ import annotations

import tomllib
import zlib
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from typing import Any

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
GZIP = b"\x1f\x8b"


@cache
def formats() -> dict[str, Any]:
    """The table of suffixes, media types and file signatures, from `formats.toml`."""
    return tomllib.loads(resources.files("sayso.intake").joinpath("formats.toml").read_text(encoding="utf-8"))


def suffix(name: str) -> str:
    """The name's last suffix in lower case, `.gz` passed over.

    >>> suffix("wire/May 2.JSONL.gz")
    '.jsonl'
    """
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix == ".gz" else path.suffix


def unpack(data: bytes) -> bytes:
    """The bytes, gunzipped if they are gzip. Raises NotRead for damaged, oversized or bomb-like ones."""
    if len(data) > LARGEST:
        raise NotRead("too-large", f"holds more than {LARGEST >> 20} MB. Split it into smaller files.")
    return _gunzip(data) if data.startswith(GZIP) else data


def _gunzip(data: bytes) -> bytes:
    limit = min(LARGEST, max(HARMLESS, RATIO * len(data)))
    parts: list[bytes] = []
    while data.startswith(GZIP):  # gzip members may follow each other; zero bytes may pad the end
        member = zlib.decompressobj(16 + zlib.MAX_WBITS)
        try:
            part = member.decompress(data, limit + 1)
        except zlib.error as problem:
            raise NotRead("damaged", f"is gzip but damaged ({problem}). Get it again.") from None
        limit -= len(part)
        if limit < 0:
            raise NotRead(
                "too-large",
                f"unpacks to over {LARGEST >> 20} MB or {RATIO} times its size. Unpack it yourself if you trust it.",
            )
        if not member.eof:
            raise NotRead("damaged", "is gzip but cut short. Get it again.")
        parts.append(part)
        data = member.unused_data.lstrip(b"\0")
    return b"".join(parts) if len(parts) != 1 else parts[0]


def refuse_known_binaries(data: bytes) -> None:
    """Raise NotRead if the first bytes are the signature of a format that holds no plain text."""
    for entry in formats()["magic"]:
        if data.startswith(bytes.fromhex(entry["starts"])):
            raise NotRead("binary", f"looks like {entry['name']}. {READS}")
