"""Small PDFs that make readers hang, made in memory."""

from __future__ import annotations

import zlib
from collections.abc import Callable


def built(objects: dict[int, bytes], more: bytes = b"") -> bytes:
    """A PDF of these objects; number 1 is the catalogue."""
    parts, offsets = [b"%PDF-1.7\n"], {}
    length = len(parts[0])
    for number, body in objects.items():
        offsets[number] = length
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        length += len(parts[-1])
    size = max(objects) + 1
    parts.append(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    parts += [
        b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
        for number in range(1, size)
    ]
    parts.append(b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, more, length))
    return b"".join(parts)


def stream(data: bytes, more: bytes = b"", *, packed: bool = True) -> bytes:
    if packed:
        data, more = zlib.compress(data, 9), more + b"/Filter/FlateDecode"
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), more, data)


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
SAID = b"BT /F 12 Tf 72 700 Td (The office said that four were missing.) Tj ET\n"


def page(
    content: bytes, more: dict[int, bytes] | None = None, resources: bytes = b"", box: bytes = b"0 0 595 842"
) -> bytes:
    return built(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>>>"
            % (box, resources),
            4: content,
            5: FONT,
            **(more or {}),
        }
    )


def bomb_of_blanks() -> bytes:
    return page(stream(SAID + b" " * 70_000_000))


def bomb_of_operators() -> bytes:
    return page(stream(SAID + b"q Q " * 16_000_000))


def bomb_called_a_picture() -> bytes:
    return page(
        stream(SAID + b"q Q " * 16_000_000, b"/Type/XObject/Subtype/Image/Width 9999/Height 9999/BitsPerComponent 8")
    )


def bomb_in_a_bomb() -> bytes:
    once = zlib.compress(SAID + b"q Q " * 16_000_000, 9)
    twice = zlib.compress(once, 9)
    return page(b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%s\nendstream" % (len(twice), twice))


def million_glyphs() -> bytes:
    return page(stream(b"BT /F 0.01 Tf 72 700 Td (" + b"a" * 1_000_000 + b") Tj ET"))


def million_pieces() -> bytes:
    return page(stream(b"BT /F 1 Tf 72 700 Td " + b"(a) Tj 1 0 Td " * 200_000 + b"ET"))


def two_million_pieces() -> bytes:
    return page(stream(b"BT /F 1 Tf 72 700 Td " + b"(a) Tj 1 0 Td " * 2_000_000 + b"ET"))


def heavy_page_many_times() -> bytes:
    heavy = page(stream(SAID + b"q Q " * 2_000_000))
    return heavy.replace(b"/Kids[3 0 R]/Count 1>>", b"/Kids[" + b"3 0 R " * 2000 + b"]/Count 2000>>")


def full_page_many_times() -> bytes:
    lines = b"".join(b"1 0 0 1 20 %d Tm (%s) Tj " % (y, b"abcd efgh " * 9) for y in range(20, 820, 6))
    full = page(stream(b"BT /F 6 Tf " + lines + b"ET"))
    return full.replace(b"/Kids[3 0 R]/Count 1>>", b"/Kids[" + b"3 0 R " * 2000 + b"]/Count 2000>>")


def long_words() -> bytes:
    words = b"".join(b"1 0 0 1 20 %d Tm (%s) Tj " % (y, b"a" * 4000) for y in range(20, 820, 20))
    return page(stream(b"BT /F 0.1 Tf " + words + b"ET"))


def blanks_of_a_column() -> bytes:
    """Rows of many words far apart: as many gutters as words."""
    rows = b"".join(b"1 0 0 1 %d %d Tm (w) Tj " % (x, y) for y in range(20, 820, 8) for x in range(10, 590, 8))
    return page(stream(b"BT /F 3 Tf " + rows + b"ET"))


def all_over_the_page() -> bytes:
    places = b"".join(b"1 0 0 1 %d %d Tm (ab) Tj " % (n * 7919 % 590, n * 104729 % 840) for n in range(40_000))
    return page(stream(b"BT /F 4 Tf " + places + b"ET"))


def forms_in_forms() -> bytes:
    """Each form draws the next one ten times: 10**12 drawings."""
    forms = {
        10 + n: stream(
            b"/X Do " * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (11 + n)
        )
        for n in range(12)
    }
    last = {22: stream(SAID, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</Font<</F 5 0 R>>>>")}
    return page(stream(b"/X Do " * 10), {**forms, **last}, b"/XObject<</X 10 0 R>>")


def form_in_itself() -> bytes:
    form = stream(b"/X Do " * 10, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 10 0 R>>>>")
    return page(stream(SAID + b"/X Do " * 10), {10: form}, b"/XObject<</X 10 0 R>>")


def doubling_pages() -> bytes:
    """Each node of the page tree has the next one twice: 2**40 pages."""
    nodes = {n: b"<</Type/Pages/Kids[%d 0 R %d 0 R]/Count %d>>" % (n + 1, n + 1, 2 ** (42 - n)) for n in range(2, 42)}
    leaf = {42: b"<</Type/Page/MediaBox[0 0 595 842]>>"}
    return built({1: b"<</Type/Catalog/Pages 2 0 R>>", **nodes, **leaf})


def deep_pages() -> bytes:
    nodes = {n: b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (n + 1, n - 1) for n in range(2, 20_000)}
    return built({1: b"<</Type/Catalog/Pages 2 0 R>>", **nodes, 20_000: b"<</Type/Page/MediaBox[0 0 595 842]>>"})


def pages_in_a_circle() -> bytes:
    return built({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 900000>>"})


def claims_a_million_pages() -> bytes:
    return built(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            4: stream(SAID),
            5: FONT,
        }
    )


def one_page_many_times() -> bytes:
    kids = b"3 0 R " * 100_000
    return built(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Kids[%s]/Count 100000>>" % kids,
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
            4: stream(SAID * 40),
            5: FONT,
        }
    )


def nested_arrays() -> bytes:
    return page(stream(SAID), {9: b"[" * 500_000 + b"]" * 500_000})


def nested_in_content() -> bytes:
    return page(stream(SAID + b"[" * 2_000_000 + b"]" * 2_000_000 + b" TJ"))


def saved_states() -> bytes:
    return page(stream(b"q " * 2_000_000 + SAID))


def endless_box() -> bytes:
    return page(stream(SAID), box=b"-1e38 -1e38 1e38 1e38")


def length_of_itself() -> bytes:
    return page(b"<</Length 4 0 R>>\nstream\n%s\nendstream" % SAID)


def letters_bomb() -> bytes:
    ranges = b"100 beginbfrange\n" + b"<0000> <ffff> <0041>\n" * 100 + b"endbfrange\n"
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 7 0 R/DescendantFonts[8 0 R]>>"
    down = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo"
    down += b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
    return page(
        stream(b"BT /G 12 Tf 72 700 Td <00010002> Tj ET"),
        {6: font, 7: stream(b"/CIDInit /ProcSet findresource begin begincmap\n" + ranges * 300), 8: down},
        b"/ExtGState<<>>",
    ).replace(b"/F 5 0 R", b"/G 6 0 R")


def glyph_in_itself() -> bytes:
    """A Type 3 font whose glyph writes itself, ten times."""
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 97/Widths[9]"
        b"/Encoding<</Differences[97/a]>>/CharProcs<</a 7 0 R>>/Resources<</Font<</T 6 0 R>>>>>>"
    )
    glyph = stream(b"9 0 d0 BT /T 1 Tf (aaaaaaaaaa) Tj ET")
    return page(stream(b"BT /T 12 Tf 72 700 Td (aaaa) Tj ET"), {6: font, 7: glyph}).replace(b"/F 5 0 R", b"/T 6 0 R")


def table_that_points_to_itself() -> bytes:
    data = page(stream(SAID))
    start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    return data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %d" % start)


def attachments_in_a_circle() -> bytes:
    data = {
        1: b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles 6 0 R>>>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        6: b"<</Kids[6 0 R 7 0 R 7 0 R]>>",
        7: b"<</Kids[6 0 R 6 0 R]>>",
    }
    return built(data)


def attachment_bomb() -> bytes:
    return built(
        {
            1: b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.txt) 6 0 R]>>>>>>",
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
            6: b"<</Type/Filespec/F(a.txt)/EF<</F 7 0 R>>>>",
            7: stream(b"a" * 250_000_000, b"/Type/EmbeddedFile"),
        }
    )


ALL: dict[str, Callable[[], bytes]] = {
    name: make
    for name, make in list(globals().items())
    if callable(make) and getattr(make, "__module__", "") == __name__ and name not in {"built", "stream", "page"}
}
