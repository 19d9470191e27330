"""The package of an Office document (ECMA-376 part 2, Open Packaging Conventions): its parts, read with bounds.

Parts are looked up by name in the package's own directory; a name is never a path. XML is read without document types,
so that there are no entities, and nothing is ever fetched.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import Any, NamedTuple, Protocol

from lxml import etree

from sayso.intake import fields
from sayso.intake.records import NotRead
from sayso.intake.unpacking import HARMLESS, LARGEST, RATIO

MOST_PARTS = 10_000
"""Parts of a package at most; a book with many pictures has hundreds."""
MOST_TAGS = 2_000_000
"""Tags that are read of a package at most: five seconds of processor. 2,000 printed pages have less."""
CHUNK = 1 << 16
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""The stream in which Word puts a document with a password (MS-OFFCRYPTO §2.3.4.4)."""
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error, LookupError)


class Relation(NamedTuple):
    """What a part refers to (OPC §9.3)."""

    id: str
    kind: str
    """The last step of the relationship's type: "officeDocument", "footnotes"; the same in transitional and strict."""
    target: str
    """Name of a part; "" for what lies outside the package."""


class Target(Protocol):
    """What takes the XML of a part, element by element. Names are in Clark notation."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """At a start tag."""

    def end(self, tag: str) -> None:
        """At an end tag."""

    def data(self, text: str) -> None:
        """Between them."""


class Package:
    """The parts of a package. Not frozen: it counts what has been unpacked."""

    def __init__(self, data: bytes) -> None:
        """Open it. Raises NotRead for what is no package, is locked, or is damaged."""
        if data.startswith(_OLE):
            raise NotRead(*_why_ole(data))
        if data.count(b"PK\1\2") > 2 * MOST_PARTS:  # before the directory is read: each entry costs time and memory
            raise NotRead("too-large", f"claims more than {MOST_PARTS:,} parts, as no document has.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (*_BROKEN, NotImplementedError) as problem:
            raise _damaged(problem) from None
        entries = self._zip.infolist()
        if len(entries) > MOST_PARTS:
            raise NotRead("too-large", f"holds more than {MOST_PARTS:,} parts, as no document has.")
        if sum(entry.compress_size for entry in entries) > len(data):
            raise NotRead("too-large", "claims more packed bytes than it has, as bombs do.")
        self.parts: dict[str, zipfile.ZipInfo] = {}
        self.twice: list[str] = []
        """Names that occur more than once; the last part of the name counts."""
        for entry in entries:
            name = _normal(entry.filename)
            if name in self.parts:
                self.twice.append(name)
            self.parts[name] = entry
        self._left = LARGEST
        self._tags_left = MOST_TAGS

    def read(self, name: str) -> bytes:
        """The bytes of a part, b"" if there is none. Raises NotRead for one that is damaged, locked or too large."""
        entry = self.parts.get(_normal(name))
        if entry is None:
            return b""
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:  # OPC §C.4 knows no other
            raise _damaged("packed in a way that Office does not use")
        limit = min(self._left, max(HARMLESS, RATIO * entry.compress_size))
        pieces: list[bytes] = []
        try:
            with self._zip.open(entry) as file:
                while piece := file.read(CHUNK):
                    limit -= len(piece)
                    self._left -= len(piece)
                    if limit < 0:
                        much = f"unpacks to over {LARGEST >> 20} MB or {RATIO} times its size"
                        raise NotRead("too-large", f"{much}. Save its text as a .txt file.")
                    pieces.append(piece)
        except RuntimeError as problem:  # what zipfile raises for an entry with a password
            raise NotRead("password", f"is locked ({str(problem)[:60]}). Save it without a password.") from None
        except _BROKEN as problem:
            raise _damaged(problem) from None
        return b"".join(pieces)

    def walk(self, name: str, target: Target) -> None:
        """Send the XML of a part through a target. Nothing happens if there is no such part."""
        self._parse(name, _Guarded(target))

    def tree(self, name: str) -> Any:  # noqa: ANN401 - lxml carries no types
        """The root element of a small part; None if there is none."""
        return self._parse(name, _Guarded(_Tree()))

    def _parse(self, name: str, target: _Guarded) -> Any:  # noqa: ANN401 - what the target's close gives
        data = self.read(name)
        self._tags_left -= data.count(b"<")
        if self._tags_left < 0:
            raise NotRead("too-large", f"has over {MOST_TAGS:,} tags. Save its text as a .txt file.")
        return _parse(data, target) if data else None

    def relations(self, part: str = "") -> tuple[Relation, ...]:
        """What a part refers to; without a part, what the package itself does."""
        folder, name = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        return tuple(_relation(one, folder) for one in root) if root is not None else ()


def _relation(element: Any, folder: str) -> Relation:  # noqa: ANN401 - the same
    given = {local(key): value for key, value in element.attrib.items()}
    outside = given.get("TargetMode", "").lower() == "external"
    target = "" if outside else posixpath.normpath(posixpath.join("/", folder, given.get("Target", "")))
    return Relation(given.get("Id", ""), given.get("Type", "").rpartition("/")[2], _normal(target))


def _normal(name: str) -> str:
    """Names of parts are the same in capitals (OPC §6.3.5); some programs write backslashes."""
    return name.replace("\\", "/").lstrip("/").lower()


def local(tag: str) -> str:
    """A name without its namespace.

    >>> local("{urn:x}val"), local("val")
    ('val', 'val')
    """
    return tag.rpartition("}")[2]


def _damaged(problem: object) -> NotRead:
    what = fields.tidy(str(problem))[:100]
    again = "Get it again, or open it in a word processor and save it anew."
    return NotRead("damaged", f"is a damaged Office document ({what}). {again}")


def _why_ole(data: bytes) -> tuple[str, str]:
    """The caveat for a file in Microsoft's compound format."""
    if _ENCRYPTED in data:
        return "password", "is protected with a password. Open it with the password and save it without."
    return "format", "is an old Word document (DOC). Save it as .docx."


class _Tree:
    """A target that keeps the elements. lxml's own cannot take its own empty prefixes of namespaces."""

    def __init__(self) -> None:
        builder = etree.TreeBuilder()
        self.end, self.data, self.close, self._start = builder.end, builder.data, builder.close, builder.start

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._start(tag, attributes)


class _Guarded:
    """A target for lxml that refuses a document type before any of its entities is read."""

    def __init__(self, target: Any) -> None:  # noqa: ANN401 - a Target
        self.start, self.end, self.data = target.start, target.end, target.data
        self._close = getattr(target, "close", lambda: None)

    def close(self) -> Any:  # noqa: ANN401 - the root, or nothing
        try:
            return self._close()
        except AssertionError:  # of a tree that is not whole; the parser then raises what is wrong with it
            return None

    def doctype(self, *_: object) -> None:
        reason = "holds a document type, which Office never writes and which entity tricks need. It was not read."
        raise NotRead("entity-trick", reason)


def _parse(data: bytes, target: _Guarded) -> Any:  # noqa: ANN401 - what the target's close gives
    parser = etree.XMLParser(
        target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        if "depth" in str(problem):
            raise NotRead("too-deep", "is nested deeper than 256 elements, as no document is.") from None
        raise _damaged(problem) from None
    except (ValueError, LookupError, AssertionError) as problem:
        raise _damaged(problem) from None
