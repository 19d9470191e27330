"""The message in an EML file: its words as one article, its attachments as files of their own (RFC 5322, RFC 2045).

The words come back exact: quoted replies, forwarded messages and signatures stay, and lines are not joined again where
format=flowed (RFC 3676) lets a reader do it. Of a message in HTML alone, all words that it shows are taken: finding
the "main text", as for web pages, would drop greetings and signatures, which say who speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import MessageError
from email.utils import getaddresses, parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import quote

from sayso.intake import dates, fields, webpage
from sayso.intake.encoding import Decoded
from sayso.intake.mail import mime
from sayso.intake.mail.mime import Part
from sayso.intake.records import Article, Lost, Member, Notes, NotRead
from sayso.intake.webpage import words as pagewords

SUBSTANCE = 50
"""Words from which on a plain text is taken for the message, whatever the HTML beside it says."""
SHARE = 0.5
"""Of the words of the HTML that a shorter plain text must have. What has less is a stub: "Please view as HTML"."""
MOST_AUTHORS = 20
_SIGNATURES = {
    "application/pgp-signature",
    "application/pgp-keys",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
}
_NOTICES = {"message/delivery-status", "message/disposition-notification", "text/rfc822-headers"}
_FURNITURE = re.compile(r"image/|audio/|video/|font/|text/css|text/javascript|application/(?:x-)?(?:javascript|font)")
"""What a page within a message is drawn with."""
_TNEF = {"application/ms-tnef", "application/vnd.ms-tnef"}
_ARMOUR = re.compile(r"\s{0,99}-----BEGIN PGP MESSAGE-----")
_COMMENT = re.compile(r" ?\([^()]*\) ?$")  # of a header that is tidy: no two spaces in a row
_OLD_ZONE = re.compile(r".*\d\s+(?:UT|[ECMP][SD]T)", re.DOTALL)
"""Zones by name that RFC 5322 §4.3 gives a meaning."""
_PHRASE = re.compile(r"\s*+\"?([^<\"]{2,200}?)\"?\s*+<")
_REASONS = {
    "cut": "ends before its last part does. What is there was read; get the message again if you can.",
    "too-many": f"has more than {mime.MOST_PARTS:,} parts; the first ones were read. Save the others as files.",
    "too-deep": f"holds parts nested more than {mime.DEEPEST} deep; those were not read. Save them as files.",
    "no-boundary": "says that it has parts, but they are not there. Get the message again.",
}


class _Piece(NamedTuple):
    """A part and what it is for the reader of the message: "text", "html", "attachment", "sealed" or "signed"."""

    role: str
    part: Part


def articles(data: bytes) -> Iterator[Article | Member | Lost]:
    """The words of a message as one article, and each attachment and forwarded message as a member.

    Pictures and styles that it is drawn with, and signatures, are parts of it. Raises nothing.
    """
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")  # old Macintosh
    message = mime.read(data)
    pieces = list(_pieces(message, data))
    attachments = [piece for piece in pieces if piece.role not in {"text", "html"}]
    said = [*_problems(message), *_words(data, message, pieces)]
    yield from said
    if not said and not attachments:
        yield Lost("empty", "", "is a message without words.")
    for number, piece in enumerate(attachments, 1):
        yield _attachment(data, piece, "" if piece.part is message else f"attachment {number}")


def _problems(part: Part) -> Iterator[Lost]:
    if part.problem:
        yield Lost(f"message-{part.problem}", "", _REASONS[part.problem])
    for one in part.parts:
        yield from _problems(one)


def _pieces(part: Part, data: bytes) -> Iterator[_Piece]:
    """The parts that matter, in order."""
    if part.kind == "multipart/encrypted":
        yield _Piece("sealed", part)
    elif not part.parts:
        role = _role(part)
        if role:
            yield _Piece(role, part)
    elif part.kind == "multipart/alternative":
        yield from _alternatives([list(_pieces(one, data)) for one in part.parts], data)
    elif part.kind == "multipart/related":
        root = mime.root(part)
        for one in part.parts:
            if one is root or not _FURNITURE.match(one.kind):
                yield from _pieces(one, data)
    else:
        for one in part.parts:
            yield from _pieces(one, data)


def _role(part: Part) -> str:
    """What a part without parts is; "" for what is neither text nor attachment."""
    if part.kind in _SIGNATURES or part.kind in _NOTICES:
        return ""
    if part.kind in {"application/pkcs7-mime", "application/x-pkcs7-mime"}:
        return "signed" if "signed-data" in part.fields.get("content-type", "").lower() else "sealed"
    inline = not part.attached and not part.name
    if part.kind in {"text/plain", "text/html"} and inline:
        return part.kind[5:].replace("plain", "text")
    if part.kind.startswith("multipart/"):
        return "text" if part.problem == "no-boundary" else ""
    if part.kind.startswith("image/") and not part.attached:
        return ""
    return "attachment"


def _alternatives(branches: list[list[_Piece]], data: bytes) -> list[_Piece]:
    """The same words are there several times: one of them, and the attachments of all."""
    plain = next((branch for branch in branches if any(one.role == "text" for one in branch)), None)
    pages = [branch for branch in branches if any(one.role == "html" for one in branch)]
    page = pages[-1] if pages else None
    chosen = plain if plain and (not page or plain is page or _has_substance(plain, page, data)) else page
    if chosen is None:
        return [one for branch in branches for one in branch]
    return [one for branch in branches for one in branch if branch is chosen or one.role not in {"text", "html"}]


def _has_substance(plain: list[_Piece], page: list[_Piece], data: bytes) -> bool:
    count = len(_shown(data, plain, "text").text.split())
    return count >= SUBSTANCE or count >= SHARE * len(_shown(data, page, "html").text.split())


def _shown(data: bytes, pieces: list[_Piece], role: str) -> Decoded:
    """The words of all pieces of a role, the next under the one before; notes on how they were read."""
    texts: list[str] = []
    notes: list[tuple[str, str]] = []
    for piece in pieces:
        if piece.role == role:
            raw, damage = mime.body(data, piece.part)
            try:
                decoded = _read(raw, piece.part)
            except NotRead as problem:
                decoded = Decoded("", ((problem.kind, f"its text {problem.reason}"),))
            texts.append(decoded.text)
            notes += [*damage, *decoded.notes]
    return Decoded("\n\n".join(one for one in texts if one), tuple(dict.fromkeys(notes)))


def _read(raw: bytes, part: Part) -> Decoded:
    if part.kind != "text/html":
        return mime.text(raw, part.charset)
    declared = webpage.DECLARED.search(raw[: webpage.HEAD])
    page = mime.text(raw, part.charset or (declared[1].decode("ascii") if declared else ""))
    return Decoded(pagewords.all_words(page.text).text, page.notes)


def _words(data: bytes, message: Part, pieces: list[_Piece]) -> Iterator[Article | Lost]:
    """The article of a message, or why its words cannot be read; nothing for a message without words."""
    plain, page = (_shown(data, pieces, role) for role in ("text", "html"))
    if page.text and len(plain.text.split()) < SUBSTANCE:  # a list puts its footer beside a page
        text = "\n\n".join(one for one in (page.text, plain.text) if one and not one.isspace())
    else:
        text = "\n\n".join(one for one in (plain.text, page.text) if one)
    if _ARMOUR.match(text):
        yield Lost("encrypted", "", "is encrypted (PGP). Decrypt it in your mail program and save it again.")
    elif text and not text.isspace():
        yield _article(text, message, plain.notes + page.notes)
    elif plain.notes or page.notes:
        yield from (Lost(kind, "", said) for kind, said in plain.notes + page.notes)


def _article(text: str, message: Part, notes: Notes) -> Article:
    said = message.fields
    publisher, proposed = _publisher(said)
    return Article(
        text,
        title=fields.tidy(mime.words(said.get("subject", ""))),
        publisher=publisher,
        published=_published(said.get("date", "")),
        address=_address(said),
        authors=_people(said.get("from", "")),
        notes=notes + proposed,
    )


def _people(raw: str) -> tuple[str, ...]:
    """Names, or addresses where they are not given. Parted before they are decoded: a decoded name may hold commas."""
    try:
        pairs = getaddresses([raw])[:MOST_AUTHORS]
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        pairs = []
    named = (fields.tidy(mime.words(name)) or fields.tidy(mime.words(address)) for name, address in pairs)
    return tuple(dict.fromkeys(one for one in named if one)) or tuple(filter(None, (fields.tidy(mime.words(raw)),)))


def _publisher(said: dict[str, str]) -> tuple[str, Notes]:
    """The name of a mailing list (RFC 2919), else of the sender, who publishes a message by sending it; with a note."""
    phrase = _PHRASE.match(said.get("list-id", ""))
    name = fields.tidy(mime.words(phrase[1])) if phrase else ""
    where = "List-Id"
    if not name:
        name, where = next(iter(_people(said.get("from", ""))), ""), "From"
    if not name:
        return "", ()
    return name, (("publisher-proposed", f"{name!r} is proposed from the message's header ({where}). Check it."),)


def _address(said: dict[str, str]) -> str:
    """Where the message is archived (RFC 5064), else the address of its id (RFC 2392 §2); "" if it has neither."""
    archived = fields.tidy(said.get("archived-at", "")).strip("<> ")
    if re.match(r"https?://\S+$", archived):
        return archived
    match = re.search(r"<\s*([^<>\s]{3,400})\s*>", said.get("message-id", ""))
    return "mid:" + quote(match[1], safe="@!$'()*+,;:=~", errors="replace") if match else ""


def _published(raw: str) -> str:
    """The date in ISO 8601 if it is understood, else as written."""
    written = fields.tidy(mime.words(raw))
    for _ in range(3):
        written = _COMMENT.sub("", written)
    if _OLD_ZONE.fullmatch(written):
        try:
            return parsedate_to_datetime(written).isoformat(timespec="seconds").replace("+00:00", "Z")
        except (ValueError, TypeError, OverflowError):
            pass
    return dates.understand(written).value


def _attachment(data: bytes, piece: _Piece, place: str) -> Member | Lost:
    """A part as a file of its own; `place` is "" if it is the whole message."""
    part = piece.part
    message = part.kind in {"message/rfc822", "message/global"}
    name = part.name or ("message.eml" if message else "")
    place = place and f"{place} ({name or part.kind})"
    if piece.role == "sealed":
        return Lost("encrypted", place, "is encrypted. Decrypt it in your mail program and save it again.")
    if piece.role == "signed":
        return Lost("format", place, "is sealed in its signature (S/MIME). Open it in your mail program and save it.")
    if part.kind in _TNEF or name.lower() == "winmail.dat":
        return Lost("format", place, "is Outlook's own packing (TNEF). Ask for the message in another form.")
    if part.kind in {"message/partial", "message/external-body"}:
        return Lost("format", place, "is not in this message: it is a piece of a longer one, or lies elsewhere.")
    raw, notes = mime.body(data, part)
    if part.kind.startswith("text/"):
        raw, said = mime.with_charset(raw, part.charset)
        notes += said
    if message and not name.lower().endswith(".eml"):
        name += ".eml"
    return Member(raw, name or part.kind, place or "content", part.kind, notes=notes)
