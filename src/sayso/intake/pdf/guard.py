"""What a PDF would make its reader do, reckoned before it is done: pdfium cannot be stopped once it draws a page.

A form (a drawing that pages and other forms can use, ISO 32000-2 §8.10) that draws ten others, which each draw ten
others, is 3 kB that take hours; packed blanks are a thousand times as large as in the file. So the bytes that pdfium
would parse for each page are counted: its own, and those of each form as often as it is drawn. pdfium itself writes the
file anew for that, unlocked and without object streams, so that there is only one way of writing to understand.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

from sayso.intake.records import NotRead
from sayso.intake.unpacking import HARMLESS, LARGEST, RATIO

LARGEST_PAGE = 60_000_000
"""Bytes to parse for one page: under a second. A page of a dense map has a tenth of that."""
LEAST = 300
"""Bytes that drawing a form counts for at least: so much takes it to begin."""
PIECE = 150
"""Bytes that each piece of text counts for beside its own."""
UNREADABLE = 1000
"""How often a form of which the bytes cannot be unpacked here counts as drawing each of the others that it names."""
_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s++\d{1,10}\s++R")
_REFERENCE = re.compile(rb"/([^\s/()<>\[\]{}%]+)\s+(\d{1,10})\s+\d{1,10}\s+R\b")
_DRAWN = re.compile(rb"/([^\s/()<>\[\]{}%]+)\s+Do\b")
_FILTERS = re.compile(rb"/Filter\s*(\[[^\]]{0,500}\]|/\w+)")
_DEAD_END = b"<<>>"


class _Object(NamedTuple):
    head: bytes
    """Its dictionary."""
    body: bytes
    """Its stream as it stands in the file."""


def check(document: pdfium.PdfDocument, size: int) -> bool:
    """Raise NotRead ("bomb") if reading the document, of `size` bytes, would take far too long.

    False if its pages can be read but its attachments are not to be unpacked.
    """
    objects = _objects(document)
    cost = _Cost(objects)
    pages = [number for number, one in objects.items() if re.search(rb"/Type\s*/Page\b", one.head)]
    kids = b" ".join(one.head for one in objects.values() if re.search(rb"/Type\s*/Pages\b", one.head))
    times = Counter(map(int, _OBJECT.findall(kids)))  # a page can stand in the file more than once
    total = 0
    for number in pages:
        total += cost.of_page(number) * max(1, times[number])
        if total > max(LARGEST_PAGE, RATIO * size):
            raise NotRead("bomb", "is made so that reading it takes for ever. If you trust it, print it to a new PDF.")
    attached = [one for one in objects.values() if b"/EmbeddedFile" in one.head]
    return all(len(_unpacked(one, _limit(one) + 1) or b"") <= _limit(one) for one in attached)


def _limit(one: _Object) -> int:
    return min(LARGEST, max(HARMLESS, RATIO * len(one.body)))


def _objects(document: pdfium.PdfDocument) -> dict[int, _Object]:
    """Every object of the document by number, as pdfium writes them: one table at the end says where each begins."""
    written = io.BytesIO()
    document.save(written, flags=c.FPDF_REMOVE_SECURITY)
    data = written.getvalue()
    found: dict[int, _Object] = {}
    start = int(data[data.rfind(b"startxref") + 9 :].split()[0])
    numbers = iter(data[start:].split(b"trailer")[0].split()[1:])
    for first, count in zip(numbers, numbers, strict=False):
        for number in range(int(first), int(first) + int(count)):
            offset, _, kind = next(numbers), next(numbers), next(numbers)
            if kind == b"n":
                found[number] = _object(data, int(offset))
    return found


def _object(data: bytes, offset: int) -> _Object:
    end = data.find(b"endobj", offset)
    begins = data.find(b"stream\r\n", offset, end)
    if begins < 0:
        return _Object(data[offset:end], b"")
    head = data[offset:begins]
    length = re.search(rb"/Length (\d{1,12})", head)
    begins += len(b"stream\r\n")
    return _Object(head, data[begins : begins + int(length[1])] if length else b"")


class _Cost:
    """Bytes to be parsed for pages, each form reckoned once."""

    def __init__(self, objects: dict[int, _Object]) -> None:
        self.objects = objects
        self.known: dict[int, int] = {}
        self.inherited = b"".join(one.head for one in objects.values() if re.search(rb"/Type\s*/Pages\b", one.head))

    def of_page(self, number: int) -> int:
        head = self.objects[number].head
        contents = re.search(rb"/Contents\s*(\[[^\[\]]*+\]|\d{1,10}\s+\d{1,10}\s+R)", head)
        parts = [int(part) for part in _OBJECT.findall(contents[1])] if contents else []
        parts = [inner for part in parts for inner in self._in_array(part)]
        names = self._names(head if b"/Resources" in head else head + self.inherited)
        return sum(self._of_stream(part, names, ()) for part in parts)

    def _in_array(self, number: int) -> list[int]:
        """The streams of a page may stand in an array of their own."""
        one = self.objects.get(number, _Object(_DEAD_END, b""))
        if one.body:
            return [number]
        return [int(part) for part in _OBJECT.findall(one.head)]

    def _names(self, head: bytes) -> dict[bytes, int]:
        """Which objects the names in a dictionary mean, those of its resources, wherever these stand."""
        found = {name: int(number) for name, number in _REFERENCE.findall(head)}
        for key in (b"Resources", b"XObject"):
            if key in found and found[key] in self.objects:
                found |= {name: int(number) for name, number in _REFERENCE.findall(self.objects[found[key]].head)}
        return found

    def _of_stream(self, number: int, names: dict[bytes, int], within: tuple[int, ...]) -> int:
        one = self.objects.get(number)
        if one is None:
            return 0
        if number in within:  # a form that draws itself
            return LARGEST_PAGE * RATIO
        body = _unpacked(one, LARGEST_PAGE)
        cost = max(LEAST, len(body or one.body)) + PIECE * sum(map((body or b"").count, (b"Tj", b"TJ")))
        for name, often in _drawings(body, names):
            inner = names.get(name, -1)
            if inner in self.objects and b"/Form" in self.objects[inner].head:
                cost += often * self._of_form(inner, names, (*within, number))
            if cost > LARGEST_PAGE * RATIO:
                break
        return min(cost, LARGEST_PAGE * RATIO)

    def _of_form(self, number: int, names: dict[bytes, int], within: tuple[int, ...]) -> int:
        if number not in self.known:
            head = self.objects[number].head
            own = self._names(head) if b"/Resources" in head else names
            self.known[number] = self._of_stream(number, own, within)
        return self.known[number]


def _drawings(body: bytes | None, names: dict[bytes, int]) -> Iterator[tuple[bytes, int]]:
    """What a stream draws, and how often."""
    if body is None:
        yield from ((name, UNREADABLE) for name in names)
    elif b"Do" in body:
        counts: dict[bytes, int] = {}
        for name in _DRAWN.findall(body):
            counts[name] = counts.get(name, 0) + 1
        yield from counts.items()


def _unpacked(one: _Object, most: int) -> bytes | None:
    """At most so many bytes of a stream, unpacked; None if it is packed in a way that is not known here."""
    data = one.body
    filters = _FILTERS.search(one.head)
    for name in re.findall(rb"/(\w+)", filters[1]) if filters else ():
        unpack = _UNPACK.get(name)
        if unpack is None:
            return None
        try:
            data = unpack(data, most)
        except (zlib.error, ValueError, binascii.Error):
            return None
    return data


def _inflate(data: bytes, most: int) -> bytes:
    return zlib.decompressobj().decompress(data, most)


def _from_ascii85(data: bytes, most: int) -> bytes:
    return base64.a85decode(data.strip().removesuffix(b"~>"))[:most]


def _from_hex(data: bytes, most: int) -> bytes:
    digits = re.sub(rb"\s", b"", data.split(b">")[0])
    return binascii.unhexlify(digits + b"0" * (len(digits) % 2))[:most]


_UNPACK: dict[bytes, Callable[[bytes, int], bytes]] = {
    b"FlateDecode": _inflate,
    b"Fl": _inflate,
    b"ASCII85Decode": _from_ascii85,
    b"A85": _from_ascii85,
    b"ASCIIHexDecode": _from_hex,
    b"AHx": _from_hex,
}
