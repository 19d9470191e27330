"""The messages in a mailbox (MBOX: RFC 4155, and the variants mboxo, mboxrd, mboxcl that programs write)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.intake.mail import mime
from sayso.intake.records import Lost, Member

LONGEST_LINE = 500
"""Bytes of the line before a message."""
_TIME = re.compile(rb"\b\d\d?:\d\d")
_YEAR = re.compile(rb"\b(?:19|20|21)\d\d\b")
_FIELD = re.compile(rb"[!-9;-~]{1,100}[ \t]{0,9}:|>From ")
_LENGTH = re.compile(r"\d{1,12}")


def looks_like(data: bytes) -> bool:
    """Whether the bytes begin with a mailbox's first line."""
    return _begin(data, _skipped(data)) > 0


def articles(data: bytes) -> Iterator[Member | Lost]:
    """Each message of the mailbox as a member, in order.

    A line that its mail program has marked, ">From ", stays so: which of them were marked is not recorded.
    """
    start = _begin(data, _skipped(data))
    if not start:
        yield Lost("damaged", "", "does not begin as a mailbox does. Export it again, or save its messages as .eml.")
    number = 0
    while start:
        number += 1
        end, following = _next(data, start)
        yield Member(data[start:end], f"message {number}.eml", f"message {number}")
        start = following


def _skipped(data: bytes) -> int:
    """Where the first line begins: after a mark of UTF-8 and blank lines, which some programs put there."""
    first = re.match(rb"(?:\xef\xbb\xbf)?[\r\n]{0,9}", data)
    return first.end() if first else 0


def _begin(data: bytes, at: int) -> int:
    """Where the message begins whose line "From ada@quay.example Fri May  2 10:00:00 2031" is at a place; 0 for none.

    A sentence that begins with From has no time, no year, and no header after it. Thunderbird leaves a bare "From ".
    """
    end = data.find(b"\n", at, at + LONGEST_LINE) + 1
    line = data[at:end]
    told = line.startswith(b"From ") and (line.strip() == b"From" or (_TIME.search(line) and _YEAR.search(line)))
    return end if told and _FIELD.match(data, end) else 0


def _next(data: bytes, begin: int) -> tuple[int, int]:
    """Where the message at a place ends, and where the next one begins (0 for none).

    It ends where the length that it declares does, if the next one follows there; else before a blank line and the
    line of the next.
    """
    said, body = mime.header(data, begin, min(len(data), begin + mime.LONGEST_HEADER))
    if length := _LENGTH.fullmatch(said.get("content-length", "")):
        end = body + int(length[0])
        gap = len(data[end : end + 4]) - len(data[end : end + 4].lstrip(b"\r\n"))
        if following := _begin(data, end + gap):
            return end, following
    at = data.find(b"\nFrom ", begin)
    while at >= 0:
        blank = data[at - 1 : at] == b"\n" or data[at - 2 : at] == b"\n\r"
        if blank and (following := _begin(data, at + 1)):
            return at - (data[at - 1 : at] == b"\r"), following
        at = data.find(b"\nFrom ", at + 1)
    return _trimmed(data, begin), 0


def _trimmed(data: bytes, begin: int) -> int:
    """The end of the last message, without the blank line that closes most mailboxes."""
    for blank in (b"\n\r\n", b"\n\n"):
        if data.endswith(blank, begin):
            return len(data) - len(blank) + 1
    return len(data)
