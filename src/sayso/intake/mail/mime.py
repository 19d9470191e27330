"""What messages and saved pages are made of: fields, parts in parts, transfer encodings (RFC 5322, 2045 to 2047).

The standard library's `email` understands values and parameters here. It does not split the parts: its parser keeps an
object for each, tries every line against every boundary that is open, and calls itself for every level. 3 MB of tiny
parts took it 4 s and 180 MB, 800 kB in 90 levels 1.5 s, and 2,000 levels a RecursionError. Here a part is two offsets
into one buffer.
"""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header
from email.message import Message

from sayso.intake import fields
from sayso.intake.encoding import Decoded, decode
from sayso.intake.records import Notes, NotRead

LONGEST_HEADER = 256 * 1024
"""Bytes of a header that are looked at. Ordinary ones have 2 to 20 thousand."""
LONGEST_VALUE = 2000
"""Characters of a field that are looked at: the standard library's parsers of values take quadratic time."""
DEEPEST = 10
"""Levels of parts in parts. Mail programs make five at most."""
MOST_PARTS = 1000
"""Parts of a message, all levels together."""
MOST_HITS = 20_000
"""Places in a part that begin like its boundary, but are none."""
_NAME = re.compile(rb"[!-9;-~]+")
"""Of a field: printable US-ASCII without the colon (RFC 5322 §2.2)."""
_BLANK = re.compile(rb"\n\r?\n")
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_DELIMITER = re.compile(rb"(--)?[ \t]{0,100}(?:\r?\n|\r?\Z)")
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
_CHARSET = re.compile(r"[A-Za-z0-9_.:+-]{1,40}")
_SHIFTED = re.compile(r"iso-?2022-|hz|utf-?7", re.IGNORECASE)
"""Encodings that write other letters with the bytes of ASCII, and so pass for UTF-8 (RFC 1468, 1843, 2152)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A message or a part of one: its fields, and where in the buffer its body lies."""

    fields: dict[str, str]
    """By name in lower case, unfolded; bytes beyond ASCII as surrogates. The first of a name counts."""
    start: int
    end: int
    kind: str = "text/plain"
    """The media type, in lower case."""
    charset: str = ""
    name: str = ""
    """The file name that it gives, as one line; never to be used as a path."""
    attached: bool = False
    """Whether it is declared an attachment (RFC 2183)."""
    parts: tuple[Part, ...] = ()
    problem: str = ""
    """Why not all parts could be told apart: "cut", "too-many", "too-deep" or "no-boundary"; "" if they could."""


def read(data: bytes) -> Part:
    """The message in the bytes, with its parts. Raises nothing: what is no message is a text without fields."""
    return _part(data, (0, len(data)), "text/plain", 0, iter(range(MOST_PARTS)))


def header(data: bytes, start: int, end: int) -> tuple[dict[str, str], int]:
    """The fields at `start`, and where the body after the blank line begins (`end` if there is none)."""
    if data.startswith((b"\n", b"\r\n"), start, end):
        return {}, data.index(b"\n", start) + 1
    blank = _BLANK.search(data, start, end)
    body = blank.end() if blank else end
    block = _FOLD.sub(b"", data[start : min(body, start + LONGEST_HEADER)])
    found: dict[str, str] = {}
    for line in block.split(b"\n"):
        name, colon, value = line.partition(b":")
        name = name.rstrip()
        if colon and _NAME.fullmatch(name):
            value = value.strip()[:LONGEST_VALUE]
            found.setdefault(name.decode("ascii").lower(), value.decode("ascii", "surrogateescape"))
    return found, body


def _part(data: bytes, place: tuple[int, int], usual: str, depth: int, left: Iterator[int]) -> Part:
    """The part at a place. `usual` is its type where it declares none; `left` gives out how many may still be made."""
    said, start = header(data, *place)
    typed = _typed(said, usual)
    kind = fields.tidy(typed.get_content_type())
    boundary = (_tried(typed.get_boundary) or "").encode("utf-8", "surrogateescape")
    if kind == usual and boundary and not said["content-type"].partition(";")[0].strip():
        kind = "multipart/mixed"  # a boundary and no type: some programs leave it out
    parts: tuple[Part, ...] = ()
    problem = ""
    if kind.startswith("multipart/"):
        within = "message/rfc822" if kind == "multipart/digest" else "text/plain"
        if depth == DEEPEST or not boundary:
            problem = "too-deep" if boundary else "no-boundary"
        else:
            places, problem = _split(data, (start, place[1]), boundary)
            made = [_part(data, one, within, depth + 1, left) for one in places if next(left, None) is not None]
            problem = "too-many" if len(made) < len(places) else problem
            parts = tuple(made)
    charset = fields.tidy(_tried(typed.get_content_charset))
    attached = _tried(typed.get_content_disposition) == "attachment"
    return Part(said, start, place[1], kind, charset, _name(typed), attached, parts, problem)


def _typed(said: dict[str, str], usual: str) -> Message:
    """The standard library's understanding of type and disposition."""
    holder = Message()
    holder.set_default_type(usual)
    for name in ("content-type", "content-disposition"):
        if name in said:
            holder[name] = said[name]
    return holder


def media_type(value: str) -> tuple[str, str]:
    """Media type and charset of a Content-Type field, in lower case; two empty ones if it is empty."""
    typed = _typed({"content-type": value}, "text/plain")
    return (
        (fields.tidy(typed.get_content_type()), fields.tidy(_tried(typed.get_content_charset)))
        if value.strip()
        else ("", "")
    )


def _tried(ask: Callable[[], object]) -> str | None:
    """What a method of `Message` answers; None where it fails on a value that no mail program writes."""
    try:
        answer = ask()
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError):
        return None
    return str(answer) if answer is not None else None


def _name(typed: Message) -> str:
    """RFC 2231 has its own encoding for parameters, but most programs use that of RFC 2047."""
    return fields.tidy(words(_tried(typed.get_filename) or ""))


def _split(data: bytes, place: tuple[int, int], boundary: bytes) -> tuple[list[tuple[int, int]], str]:
    """Where the parts between the boundary's lines lie (RFC 2046 §5.1.1), and what is wrong, "" for nothing."""
    mark = b"--" + boundary
    start, end = place
    found: list[tuple[int, int]] = []
    begin = -1
    at = data.find(mark, start, end)
    for _ in range(MOST_PARTS + MOST_HITS):
        if at < 0:
            break
        line = _DELIMITER.match(data, at + len(mark), end)
        if line and (at == start or data[at - 1] == 10):
            if begin >= 0:
                found.append((begin, _before_break(data, begin, at)))
            begin = line.end()
            if line[1]:
                return found, ""
        at = data.find(mark, at + len(mark), end)
    if at >= 0:
        return found, "too-many"
    if begin < 0:
        return found, "no-boundary"
    return [*found, (begin, end)], "cut"


def _before_break(data: bytes, begin: int, at: int) -> int:
    """The line break before a boundary belongs to the boundary."""
    at -= 1
    at -= data[at - 1 : at] == b"\r"
    return max(begin, at)


def root(part: Part) -> Part:
    """What the other parts of a multipart/related belong to: the one that `start` names, else the first (RFC 2387)."""
    match = re.search(r"\bstart\s*=\s*\"?(<[^>\"]{1,500}>)", part.fields.get("content-type", ""))
    named = (one for one in part.parts if match and one.fields.get("content-id") == match[1])
    return next(named, part.parts[0])


def body(data: bytes, part: Part) -> tuple[bytes, Notes]:
    """The bytes of a part without its transfer encoding (RFC 2045 §6), as far as they can be read."""
    raw = data[part.start : part.end]
    encoding = part.fields.get("content-transfer-encoding", "").lower().partition(";")[0].strip(" '\"")
    if encoding == "base64":
        return _base64(raw)
    if encoding == "quoted-printable":
        return quopri.decodestring(raw), ()
    if encoding in {"x-uuencode", "uuencode", "x-uue"}:
        return _uuencoded(raw)
    return raw, ()


def _base64(raw: bytes) -> tuple[bytes, Notes]:
    letters = raw.translate(None, _NOT_BASE64)
    strange = len(raw.translate(None, b" \t\r\n=")) - len(letters)
    kept = len(letters) - (len(letters) % 4 == 1)
    whole = binascii.a2b_base64(letters[:kept] + b"=" * (-kept % 4))
    if strange == 0 and kept == len(letters):
        return whole, ()
    message = "Its base64 encoding is damaged; what could be read was read. Compare it with the message."
    return whole, (("transfer-damaged", message),)


def _uuencoded(raw: bytes) -> tuple[bytes, Notes]:
    lines = raw.splitlines()
    first = next((number for number, line in enumerate(lines) if line.startswith(b"begin ")), -1)
    pieces: list[bytes] = []
    for line in lines[first + 1 :]:
        if line.strip() in {b"end", b"`", b""}:
            break
        try:
            pieces.append(binascii.a2b_uu(line))
        except binascii.Error:
            message = "Its uuencoding is damaged; what stands before the damage was read."
            return b"".join(pieces), (("transfer-damaged", message),)
    return b"".join(pieces), ()


def text(data: bytes, charset: str) -> Decoded:
    """The text of bytes that declare a charset. Raises NotRead for what is no text."""
    charset = charset if _CHARSET.fullmatch(charset) else ""
    if _SHIFTED.match(charset):
        try:
            return Decoded(data.decode(charset))
        except (LookupError, UnicodeError):
            pass
    return decode(data, charset)


def words(raw: str) -> str:
    """A field's text with its encoded words (RFC 2047) and its bytes beyond ASCII read.

    >>> words("=?utf-8?q?Fire_on_the_Qu=C3=A9?= Nord")
    'Fire on the Qué Nord'
    """
    plain = _read(raw.encode("utf-8", "surrogateescape"), "")
    if "=?" not in plain:
        return plain
    try:
        pieces = decode_header(plain)
    except (MessageError, ValueError, LookupError):
        return plain
    return "".join(one if isinstance(one, str) else _read(one, charset) for one, charset in pieces) or plain


def _read(piece: bytes, charset: str | None) -> str:
    if charset is None:  # `decode_header` gives what stands between encoded words so
        return piece.decode("raw-unicode-escape", "replace")
    try:
        return text(piece, charset).text
    except NotRead:
        return piece.decode("ascii", "replace")


def with_charset(page: bytes, charset: str) -> tuple[bytes, Notes]:
    """The bytes of a page or text so that its reader cannot miss the charset that its container declares.

    Untouched where they are UTF-8, the container says nothing, or the page says it too; else in UTF-8 with its mark.
    """
    if not charset or re.search(rb"<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}encoding", page[:4096], re.IGNORECASE):
        return page, ()
    try:
        decoded = text(page, charset)
    except NotRead:
        return page, ()
    same = decoded.text.encode("utf-8", "surrogatepass")
    return (page, ()) if same == page else (b"\xef\xbb\xbf" + same, decoded.notes)
