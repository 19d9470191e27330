"""From what was selected in the page to spans of the report: the page shows a text paragraph by paragraph, cleaned."""

from __future__ import annotations

import re
from typing import Final

from sayso.dossier.markup import paragraphs
from sayso.dossier.words import clean
from sayso.kit import WrongUse
from sayso.model import Span

_PIECE: Final = re.compile(r"(\d{1,7}):(\d{1,9}):(\d{1,9})", re.ASCII)
MOST_PIECES: Final = 200


def spans(text: str, selected: str) -> tuple[Span, ...]:
    r"""The spans that "PARAGRAPH:START:END,…" means: paragraphs from 0, offsets in code points as they are shown.

    `WrongUse` for what is no selection, or not in the text.

    >>> spans("One.\n\nTwo and three.", "1:4:7")
    (Span(start=10, end=13),)
    """
    pieces = [_PIECE.fullmatch(one) for one in selected.split(",", MOST_PIECES) if one]
    blocks = paragraphs(text)
    found = []
    for piece in pieces:
        number, start, end = map(int, piece.groups()) if piece else (len(blocks), 0, 0)
        if number >= len(blocks) or start >= end:
            raise WrongUse("What was selected is not in this text. Load the page again and select the words once more.")
        block = text[blocks[number].start : blocks[number].end]
        found.append(Span(*(blocks[number].start + _real(block, offset) for offset in (start, end))))
    return tuple(found)


def _real(block: str, shown: int) -> int:
    """The offset in the text of an offset in what is shown, where a character that would hide or turn has its code."""
    seen = 0
    for place, character in enumerate(block):
        if seen >= shown:
            return place
        seen += len(clean(character))
    if seen < shown:
        raise WrongUse(
            "What was selected ends behind its paragraph. Load the page again and select the words once more."
        )
    return len(block)
