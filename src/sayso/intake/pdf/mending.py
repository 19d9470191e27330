"""A PDF that was cut short, given an end: a table of contents for the pages that are still there.

pdfium finds the objects of a damaged file by itself, but not where to begin if the trailer is gone (ISO 32000-2
§7.5.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MOST_OBJECTS = 200_000
LONGEST_HEAD = 3000
"""Bytes of an object that are looked at for what it is."""
_OBJECT = re.compile(rb"(?<!\d)(\d{1,9}) \d{1,5} obj\b")
_CATALOGUE = re.compile(rb"/Type\s*/Catalog\b")
_PAGE = re.compile(rb"/Type\s*/Page\b")
_TREE = re.compile(rb"/Type\s*/Pages\b")


def mended(data: bytes) -> bytes:
    """The file with a trailer, and with a catalogue and a tree of pages if those are gone; b"" if no page is left."""
    heads = dict(_heads(data))
    pages = [number for number, head in heads.items() if _PAGE.search(head)]
    if not pages:
        return b""
    root = next((number for number, head in heads.items() if _CATALOGUE.search(head)), 0)
    new = max(heads) + 1
    end = b"\nendobj\n"
    if not root or not any(_TREE.search(head) for head in heads.values()):
        kids = b" ".join(b"%d 0 R" % number for number in pages)
        end += b"%d 0 obj\n<</Type/Catalog/Pages %d 0 R>>\nendobj\n" % (new, new + 1)
        end += b"%d 0 obj\n<</Type/Pages/Count %d/Kids[%s]>>\nendobj\n" % (new + 1, len(pages), kids)
        root = new
    return data + end + b"trailer\n<</Root %d 0 R/Size %d>>\nstartxref\n0\n%%%%EOF\n" % (root, new + 2)


def _heads(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The number and first bytes of each object that stands plainly in the file."""
    for count, match in enumerate(_OBJECT.finditer(data)):
        if count >= MOST_OBJECTS:
            return
        head = data[match.end() : match.end() + LONGEST_HEAD]
        yield int(match[1]), re.split(rb"endobj|stream", head, maxsplit=1)[0]
