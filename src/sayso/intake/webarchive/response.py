"""A web server's response, as web archives keep it: status, fields, and the content without its packing (RFC 9110)."""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple

from sayso.intake import unpacking
from sayso.intake.mail import mime
from sayso.intake.records import NotRead

MOST_CHUNKS = 500_000
"""Chunks of a response; servers send one for each few thousand bytes."""
MOST_CODINGS = 3
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})\b[^\n]{0,1000}\n")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\n]{0,200})?\r?\n")
_MARKUP = re.compile(rb"\s{0,200}(?:<|\xef\xbb\xbf)")


class Response(NamedTuple):
    """The head of a response."""

    status: str
    """Three digits; "" if it does not begin as a response does."""
    fields: dict[str, str]
    """By name in lower case; the first of a name counts."""
    body: int
    """Where in the block the content begins."""


def head(block: bytes) -> Response:
    """Status and fields at the beginning of a block."""
    status = _STATUS.match(block)
    if not status:
        return Response("", {}, 0)
    said, body = mime.header(block, status.end(), len(block))
    return Response(status[1].decode("ascii"), said, body)


def content(body: bytes, said: dict[str, str]) -> bytes:
    """What was sent, without the packing for its way (RFC 9112 §7.1, RFC 9110 §8.4). Raises NotRead.

    Many archives keep the field but not the packing, so that content is looked at before the field is believed.
    """
    if "chunked" in said.get("transfer-encoding", "").lower():
        body = _joined(body)
    codings = [one.strip().lower() for one in said.get("content-encoding", "").split(",")]
    for coding in reversed(codings[:MOST_CODINGS]):
        body = _unpacked(body, coding)
    return body


def _unpacked(body: bytes, coding: str) -> bytes:
    if coding in {"gzip", "x-gzip"}:
        return unpacking.inflate(body, unpacking.Inflater(), "gzip") if body.startswith(unpacking.GZIP) else body
    if coding == "deflate":
        # RFC 9110 §8.4.1.2 means zlib's wrapping (its first byte is 0x78); some servers leave it out.
        window = zlib.MAX_WBITS if body[:1] == b"\x78" else -zlib.MAX_WBITS
        plain = _MARKUP.match(body) or body.startswith(b"%PDF-")
        return body if plain or not body else unpacking.inflate(body, unpacking.Inflater(window), "DEFLATE")
    if coding in {"", "identity", "none"} or _MARKUP.match(body) or body.startswith((b"%PDF-", b"PK\x03\x04")):
        return body
    raise NotRead("format", "was sent in a packing that is not read here (Brotli, Zstandard). Save the page itself.")


def _joined(body: bytes) -> bytes:
    """The content of chunks; the body itself where it is not in chunks."""
    parts: list[bytes] = []
    at = 0
    for _ in range(MOST_CHUNKS):
        size = _CHUNK.match(body, at)
        if not size:
            return body if not parts else b"".join(parts)
        length = int(size[1], 16)
        if length == 0:
            return b"".join(parts)
        parts.append(body[size.end() : size.end() + length])
        at = size.end() + length
        at += 2 if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"
    raise NotRead("damaged", "was sent in too many tiny pieces. Save the page itself.")
