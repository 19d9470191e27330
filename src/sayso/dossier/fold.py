"""Keeps the page under its size: what does not fit is packed, and unpacked by the page's script when it opens."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

LARGEST_PAGE: Final = 4_900_000
"""Bytes. A page of a case of 400 reports stays below five million, so that it can be mailed and opens at once."""

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%,()*+-;.=:?@^_`{|}~"
"""Base 85 as in RFC 1924, but for three letters that HTML would escape: 5 letters for 4 bytes; base64 takes 5.33."""

_PLAIN: Final = str.maketrans("&<>", ",.:")
_LEVEL: Final = 9
_RAW: Final = -15
"""zlib's window bits for a bare deflate stream, which browsers call "deflate-raw"."""


@dataclass(frozen=True, slots=True)
class Folded:
    """Some pieces of the page as they are, and the rest packed."""

    plain: Markup
    packed: str
    """The deflated rest in base 85; "" where nothing had to be packed."""
    hidden: int
    """How many pieces are packed."""

    @property
    def octets(self) -> int:
        """Bytes it takes in the page."""
        return weight(self.plain) + len(self.packed)


def weight(text: str) -> int:
    """Bytes of a text in UTF-8."""
    return len(text.encode("utf-8"))


def fold(pieces: Sequence[Markup], room: int, *, keep: int, lean: Sequence[Markup] = ()) -> Folded:
    """Pack as few of the last pieces as it takes to fit into `room` bytes; the first `keep` are never packed.

    `lean`: the same pieces as they are packed, without what the script fills in again; none where they are the same.
    """
    sizes, lean = [weight(piece) for piece in pieces], lean or pieces
    if sum(sizes) <= room or len(pieces) <= keep:
        return Folded(Markup("").join(pieces), "", 0)
    packed = [weight(piece) for piece in lean]
    ratio = len(pack(lean[keep:])) / max(1, sum(packed[keep:]))
    total, first = sum(sizes), len(pieces)
    while True:
        while first > keep and total > room:
            first -= 1
            total -= sizes[first] - int(packed[first] * ratio)
        folded = Folded(Markup().join(pieces[:first]), pack(lean[first:]), len(pieces) - first)
        # A few pieces pack worse than all together: go on from what they really take.
        if folded.octets <= room or first == keep:
            return folded
        total = folded.octets


def pack(pieces: Sequence[Markup]) -> str:
    """The pieces joined, deflated, in base 85."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW)
    raw = packer.compress("".join(pieces).encode("utf-8")) + packer.flush()
    return base64.b85encode(raw).decode("ascii").translate(_PLAIN)
