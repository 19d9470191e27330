"""What stands on one page of a PDF: words with their places, as pdfium gives them.

pdfium tells each character of a page with its box, size and angle, and sets blanks where it sees gaps. No reading order
is taken from it: a page may be drawn in any order. Coordinates are points (1/72 inch), y upwards, turned so that most
text of the page stands upright (ISO 32000-2 §8.3).
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as c
from numpy.typing import NDArray

MOST_CHARACTERS = 200_000
"""Of one page. A full page of a broadsheet has 30,000."""
GAP = 0.18
"""A blank between two words, in heights of the type, at least. pdfium asks for more after some letters."""
FAR = 1.5
"""Heights of the type by which a character stands back from the one before it if they belong to other lines."""
SHORT, AROUND = 3, 40
"""Characters of a word that do not tell how wide its letters are set; those before and after it that do."""
LONGEST_NAME = 128
"""Bytes of a font's name; PDF allowed 127 (ISO 32000-1, table C.1)."""
LINE_END_HYPHEN = "\x02"
"""What pdfium gives for a hyphen at the end of a line."""
UNKNOWN = "\ufffd"
"""For a glyph of which the file does not say which character it is."""
_TOKEN = re.compile(r"[^\t-\r\x1c-\x20\x85\u2000-\u200b\u2028\u2029\u3000\ufeff]+")
_LIGATURES = dict(zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True))
_SYMBOLS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0E0: "→", 0xF02D: "-"}
"""Bullets as Word leaves them: code points of the fonts Symbol and Wingdings, moved to the private use area."""
_READ_AS = {**_LIGATURES, **_SYMBOLS, 0xFFFE: LINE_END_HYPHEN, 0xFFFF: UNKNOWN}
_LEFTWARD = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SHAPED = re.compile("[\ufb50-\ufdfb\ufe70-\ufefc]+")
"""Arabic letters as glyphs, which some producers give instead of the letters."""
_STRAY = re.compile("[\x00\x01\x03-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffd\ue000-\uf8ff]")


class Word(NamedTuple):
    """A piece of text without blanks."""

    text: str
    x0: float
    x1: float
    y: float
    """The line that it stands on."""
    size: float
    at: int
    """Of its first character, in the order drawn."""
    spaced: bool
    """Whether pdfium saw a blank or a new line before it."""
    font: str


class Page(NamedTuple):
    """The words of a page: one group for each direction of writing, the commonest first."""

    groups: tuple[tuple[Word, ...], ...]
    characters: int
    unknown: int
    """Characters of which the file does not say what they are."""
    outside: int
    """Words left out, since they stand beyond the edge of the page."""
    cut: bool
    """Whether it holds more than `MOST_CHARACTERS`."""
    drawn: bool
    """Whether there is anything on it, if only a picture."""


class _Placed(NamedTuple):
    """A word as it stands on the page: `word` has no places yet."""

    word: Word
    angle: float
    """Degrees, clockwise."""
    box: tuple[float, float, float, float]
    """Left, bottom, right, top."""
    origin: tuple[float, float]
    unknown: int
    """Characters that the file does not tell."""


class _Buffers(NamedTuple):
    """Where pdfium writes what it is asked for."""

    x: ctypes.c_double
    y: ctypes.c_double
    matrix: c.FS_MATRIX
    name: ctypes.Array[ctypes.c_char]


def read(page: pdfium.PdfPage) -> Page:
    """The words of a page. Raises PdfiumError if pdfium cannot read it."""
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        placed = list(_words(textpage, min(count, MOST_CHARACTERS)))
    finally:
        textpage.close()
    edges = page.get_bbox()
    inside = [one for one in placed if _within(one.box, edges)]
    texts = [one.word.text for one in inside]
    unknown = sum(one.unknown for one in inside)
    outside = len(placed) - len(inside)
    drawn = c.FPDFPage_CountObjects(page) > 0
    return Page(tuple(_groups(inside)), sum(map(len, texts)), unknown, outside, count > MOST_CHARACTERS, drawn)


def _words(textpage: pdfium.PdfTextPage, count: int) -> Iterator[_Placed]:
    raw, unicode, loose = textpage.raw, c.FPDFText_GetUnicode, c.FPDFText_GetLooseCharBox
    text = "".join([chr(code) if 0 < code < 0x110000 else UNKNOWN for code in [unicode(raw, i) for i in range(count)]])
    spans = [token.span() for token in _TOKEN.finditer(text)]
    if not spans:
        return
    corners = (c.FS_RECTF * count)()
    for index in range(count):
        loose(raw, index, corners[index])
    boxes = np.frombuffer(corners, dtype=np.float32).reshape(-1, 4)  # left, top, right, bottom
    pieces = list(_pieces(text, spans, boxes))
    bounds = [at for begin, end, _ in pieces for at in (begin, end)]
    within = np.vstack([boxes, boxes[-1:]])  # reduceat wants its last bound inside
    lefts, bottoms = (np.minimum.reduceat(within[:, side], bounds)[::2].tolist() for side in (0, 3))
    rights, tops = (np.maximum.reduceat(within[:, side], bounds)[::2].tolist() for side in (2, 1))
    leftward = _LEFTWARD.search(text)
    buffers = _Buffers(ctypes.c_double(), ctypes.c_double(), c.FS_MATRIX(), ctypes.create_string_buffer(LONGEST_NAME))
    for (begin, end, spaced), box in zip(pieces, zip(lefts, bottoms, rights, tops, strict=True), strict=True):
        word = _logical(text[begin:end], boxes[begin:end]) if leftward else text[begin:end]
        yield _word(raw, begin, word, box, buffers, spaced=spaced)


def _pieces(text: str, spans: list[tuple[int, int]], boxes: NDArray[np.float32]) -> Iterator[tuple[int, int, bool]]:
    """The words among the characters: first, end, and whether something parts it from the one before."""
    gaps = _gaps(boxes)
    wide = np.nonzero(gaps > GAP)[0].tolist()
    at, last = 0, 0
    for start, end in spans:
        while at < len(wide) and wide[at] <= start:
            at += 1
        torn = at < len(wide) and wide[at] < end and not _LEFTWARD.search(text, start, end)
        cuts = _cuts(gaps, start, end) if torn else []
        for begin, stop in zip([start, *cuts], [*cuts, end], strict=True):
            yield begin, stop, begin > last or begin != start
            last = stop


def _gaps(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    """The blank before each character, in its own heights; where the line goes back or elsewhere, a wide one."""
    gaps = np.zeros(len(boxes), dtype=np.float32)
    height = np.maximum(boxes[1:, 1] - boxes[1:, 3], 0.01)
    ahead = boxes[1:, 0] - boxes[:-1, 2]
    back = boxes[:-1, 0] - boxes[1:, 2]
    gaps[1:] = np.maximum(ahead, np.where(back > FAR * height, back, 0)) / height
    return gaps


def _cuts(gaps: NDArray[np.float32], start: int, end: int) -> list[int]:
    """Where a word falls apart, whatever pdfium says: at a blank that is not just a wide setting of letters here."""
    around = gaps[start + 1 : end] if end - start > SHORT else gaps[max(0, start - AROUND) : end + AROUND]
    usual = float(np.median(np.minimum(around, FAR)))
    return [start + 1 + int(at) for at in np.nonzero(gaps[start + 1 : end] > max(GAP, 2 * usual))[0]]


def _word(
    raw: c.FPDF_TEXTPAGE, at: int, text: str, box: tuple[float, float, float, float], to: _Buffers, *, spaced: bool
) -> _Placed:
    c.FPDFText_GetCharOrigin(raw, at, to.x, to.y)
    c.FPDFText_GetMatrix(raw, at, to.matrix)
    # Points, as the eye sees them: the font's size, by how much the page scales it.
    scale = math.sqrt(abs(to.matrix.a * to.matrix.d - to.matrix.b * to.matrix.c))
    size = float(c.FPDFText_GetFontSize(raw, at)) * scale
    length = c.FPDFText_GetFontInfo(raw, at, to.name, LONGEST_NAME, None)
    font = to.name.value.decode("utf-8", "replace") if 0 < length <= LONGEST_NAME else ""
    straight = to.matrix.b == 0 == to.matrix.c and to.matrix.a > 0
    angle = 0.0 if straight else math.degrees(c.FPDFText_GetCharAngle(raw, at))
    lost = c.FPDFText_HasUnicodeMapError(raw, at) == 1
    unknown = len(text) if lost else 0 if text.isascii() and text.isprintable() else len(_STRAY.findall(text))
    return _Placed(Word(text, 0, 0, 0, size, at, spaced, font), angle, box, (to.x.value, to.y.value), unknown)


def _logical(text: str, boxes: NDArray[np.float32]) -> str:
    """A word of a script that runs to the left, the letter furthest right first: pdfium turns some of these round."""
    letters = [at for at, character in enumerate(text) if right_to_left(character)]
    if len(letters) < 2 or boxes[letters[0], 0] >= boxes[letters[-1], 0] or re.search("[A-Za-z0-9]", text):
        return text
    return "".join(text[at] for at in sorted(range(len(text)), key=lambda at: -float(boxes[at, 0] + boxes[at, 2])))


def right_to_left(character: str) -> bool:
    """Whether it is a letter of Hebrew, Arabic or another script of the blocks U+0590 to U+08FF or their glyphs."""
    return bool(_LEFTWARD.match(character))


def _within(box: tuple[float, float, float, float], edges: tuple[float, float, float, float]) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return edges[0] <= x <= edges[2] and edges[1] <= y <= edges[3]


def _groups(placed: list[_Placed]) -> Iterator[tuple[Word, ...]]:
    """Words of one direction together, turned upright."""
    lengths: Counter[int] = Counter()
    for one in placed:
        lengths[_direction(one.angle)] += len(one.word.text)
    for direction, _ in lengths.most_common():
        yield tuple(_upright(one, direction) for one in placed if _direction(one.angle) == direction)


def _direction(angle: float) -> int:
    """Degrees: a quarter turn if it is one within 7 degrees (a scan lies askew), else the nearest 5."""
    quarter = round(angle / 90) * 90
    return (quarter if abs(angle - quarter) <= 7 else round(angle / 5) * 5) % 360


def _upright(one: _Placed, direction: int) -> Word:
    left, bottom, right, top = one.box
    x, y = one.origin
    text = one.word.text if one.word.text.isascii() else tidy(one.word.text)
    if not direction:
        return Word(text, left, right, y, *one.word[4:])
    turn = math.radians(direction)
    cos, sin = math.cos(turn), math.sin(turn)
    across = [a * cos - b * sin for a, b in ((left, bottom), (left, top), (right, bottom), (right, top))]
    return Word(text, min(across), max(across), x * sin + y * cos, *one.word[4:])


def tidy(text: str) -> str:
    r"""Letters for glyphs: ligatures, bullets, shaped Arabic; pairs of surrogates as the one character they mean.

    >>> tidy("o\ufb03ce"), tidy("\ud83d\udea2")
    ('office', '🚢')
    """
    if text.isascii():
        return text
    if any("\ud800" <= character <= "\udfff" for character in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = _SHAPED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return text.translate(_READ_AS)
