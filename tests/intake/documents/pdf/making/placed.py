"""PDFs of which a script places every line: reportlab, cairo, matplotlib. The truth is what was placed, and where."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from . import texts
from .truth import Line

DEJAVU = "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"
Truth = tuple[list[str], list[list[Line]]]
"""Paragraphs as they should read, and their lines."""


def wrap(text: str, font: str, size: float, width: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and pdfmetrics.stringWidth(longer, font, size) > width:
            yield line
            longer = word
        line = longer
    yield line


def canvas(path: Path, size: tuple[float, float] = A4, **more: object) -> Canvas:
    made = Canvas(str(path), pagesize=size, invariant=True, **more)
    made.setCreator("")
    return made


class Press:
    """Draws lines column by column and remembers them."""

    def __init__(self, columns: Sequence[tuple[float, float]], *, top: float, foot: float, size: float = 10) -> None:
        self.columns, self.top, self.foot, self.size = columns, top, foot, size
        self.page, self.column, self.y = 1, 0, top
        self.drawn: list[tuple[int, float, float, str, str]] = []
        self.paragraphs: list[list[Line]] = []
        self.joined: list[str] = []

    def set(self, text: str, font: str = "Times-Roman", indent: float = 0, gap: float = 6) -> None:
        lines: list[Line] = []
        words = text
        first = True
        while words:
            if self.y < self.foot:
                self.column += 1
                self.y = self.top
                if self.column == len(self.columns):
                    self.page, self.column = self.page + 1, 0
            x, width = self.columns[self.column]
            shift = indent if first else 0
            line = next(wrap(words, font, self.size, width - shift))
            self.drawn.append((self.page, x + shift, self.y, line, font))
            lines.append((self.page, line))
            words = words[len(line) :].strip()
            self.y -= 1.2 * self.size
            first = False
        self.y -= gap
        self.paragraphs.append(lines)
        self.joined.append(text)


def two_columns_out_of_order(path: Path) -> Truth:
    press = Press([(50, 235), (310, 235)], top=700, foot=430)
    for paragraph in texts.STORY:
        press.set(paragraph)
    drawing = [*press.drawn, (1, 50, 740, texts.HEADLINE, "Helvetica-Bold")]
    random.Random(4).shuffle(drawing)  # noqa: S311 - the order of drawing
    made = canvas(path)
    for page in range(1, press.page + 1):
        for _, x, y, line, font in (one for one in drawing if one[0] == page):
            made.setFont(font, 22 if font == "Helvetica-Bold" else 10)
            made.drawString(x, y, line)
        made.showPage()
    made.save()
    return [texts.HEADLINE, *press.joined], [[(1, texts.HEADLINE)], *press.paragraphs]


def row_by_row(path: Path) -> Truth:
    """Two columns as a line printer would put them: the first line of both, then the second of both."""
    press = Press([(60, 220), (320, 220)], top=760, foot=300)
    for paragraph in texts.STORY[:6]:
        press.set(paragraph, "Courier", gap=0, indent=18)
    made = canvas(path)
    for _, x, y, line, font in sorted(press.drawn, key=lambda one: (-one[2], one[1])):
        made.setFont(font, 10)
        made.drawString(x, y, line)
    made.save()
    return press.joined, press.paragraphs


def three_columns_indented(path: Path) -> Truth:
    """Paragraphs marked by an indent, no blank lines; they run over columns and pages."""
    press = Press([(40, 160), (217, 160), (394, 160)], top=720, foot=420, size=9)
    for paragraph in texts.STORY:
        press.set(paragraph, indent=12, gap=0)
    made = canvas(path)
    for page in range(1, press.page + 1):
        if page == 1:
            made.setFont("Helvetica-Bold", 24)
            made.drawString(40, 760, texts.HEADLINE)
        for _, x, y, line, font in (one for one in press.drawn if one[0] == page):
            made.setFont(font, 9)
            made.drawString(x, y, line)
        made.showPage()
    made.save()
    return [texts.HEADLINE, *press.joined], [[(1, texts.HEADLINE)], *press.paragraphs]


def letter(path: Path) -> Truth:
    blocks = [
        ["Harbour Office of Port Sorrel"],
        ["3 Quay Road, Port Sorrel"],
        ["The editors of the Sorrel Ledger"],
        ["11 Chandlers Row"],
        ["Port Sorrel"],
        ["7 November 2031"],
        ["Your enquiry about the fire of Tuesday"],
        ["Dear Ms Korvin,"],
    ]
    made = canvas(path)
    y = 780.0
    for number, (line,) in enumerate(blocks):
        made.setFont("Times-Bold" if number in (0, 6) else "Times-Roman", 16 if number == 0 else 11)
        made.drawString(400 if number == 5 else 72, y, line)
        y -= 40 if number in (1, 4, 5, 6) else 16
    paragraphs: list[list[Line]] = [[(1, line)] for (line,) in blocks]
    press = Press([(72, 440)], top=y - 10, foot=100, size=11)
    for paragraph in texts.STORY[:3]:
        press.set(paragraph, gap=9)
    for closing in ("Yours sincerely,", "Odo Fenwick, spokesman"):
        press.set(closing, gap=20)
    for _, x, y, line, font in press.drawn:
        made.setFont(font, 11)
        made.drawString(x, y, line)
    made.save()
    return [*(line for (line,) in blocks), *press.joined], [*paragraphs, *press.paragraphs]


def letter_by_letter(path: Path) -> Truth:
    press = Press([(72, 440)], top=760, foot=100, size=11)
    for paragraph in texts.STORY[:4]:
        press.set(paragraph, gap=9)
    made = canvas(path)
    made.setFont("Times-Roman", 11)
    for _, x, y, line, font in press.drawn:
        for at, letter_ in enumerate(line):
            if letter_ != " ":
                made.drawString(x + pdfmetrics.stringWidth(line[:at], font, 11), y, letter_)
    made.save()
    return press.joined, press.paragraphs


def _picture(lines: Sequence[tuple[float, float, str]], size: tuple[float, float], scale: float = 1.4) -> Image.Image:
    """A page as a scanner sees it, one bit a dot."""
    picture = Image.new("1", (int(size[0] * scale), int(size[1] * scale)), 1)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(DEJAVU, int(9 * scale))
    for x, y, line in lines:
        pen.text((x * scale, (size[1] - y - 9) * scale), line, fill=0, font=font)
    return picture


def scanned(path: Path, *, layer: str) -> Truth:
    """Pictures of pages; `layer` "none", "all" (an invisible text over each) or "first" (typed first page)."""
    press = Press([(72, 420)], top=760, foot=600, size=11)
    for paragraph in texts.STORY[:6]:
        press.set(paragraph, gap=9)
    made = canvas(path)
    for page in range(1, press.page + 1):
        drawn = [one for one in press.drawn if one[0] == page]
        picture = io.BytesIO()
        if layer != "first" or page > 1:
            _picture([(x, y, line) for _, x, y, line, _ in drawn], A4).save(picture, "PNG")
            made.drawImage(ImageReader(picture), 0, 0, *A4)
        for _, x, y, line, font in drawn:
            if layer == "all" or (layer == "first" and page == 1):
                pen = made.beginText(x, y)
                pen.setFont(font, 11)
                pen.setTextRenderMode(3 if layer == "all" else 0)
                pen.textOut(line)
                made.drawText(pen)
        made.showPage()
    made.save()
    if layer == "first":
        kept = [[line for line in lines if line[0] == 1] for lines in press.paragraphs]
        return [" ".join(line for _, line in lines) for lines in kept if lines], [lines for lines in kept if lines]
    return press.joined, press.paragraphs


def chinese(path: Path) -> Truth:
    """A font that is not in the file, as is the custom for Chinese."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    made = canvas(path)
    paragraphs: list[list[Line]] = []
    y = 760.0
    for text in texts.CHINESE:
        lines = [text[at : at + 20] for at in range(0, len(text), 20)]
        for line in lines:
            made.setFont("STSong-Light", 14)
            made.drawString(80, y, line)
            y -= 20
        y -= 16
        paragraphs.append([(1, line) for line in lines])
    made.save()
    return list(texts.CHINESE), paragraphs


def turned(path: Path) -> Truth:
    """A page written along its long side, and a stamp along the edge of an upright one."""
    press = Press([(80, 640)], top=500, foot=90, size=12)
    for paragraph in texts.STORY[:4]:
        press.set(paragraph, gap=9)
    made = canvas(path)
    made.rotate(90)
    made.translate(0, -A4[0])
    for _, x, y, line, font in press.drawn:
        made.setFont(font, 12)
        made.drawString(x, y, line)
    made.showPage()
    second = Press([(120, 400)], top=760, foot=90, size=11)
    second.page = 2
    for paragraph in texts.STORY[4:7]:
        second.set(paragraph, gap=9)
    for _, x, y, line, font in second.drawn:
        made.setFont(font, 11)
        made.drawString(x, y, line)
    made.rotate(90)
    made.setFont("Helvetica", 14)
    made.drawString(250, -50, "Received 8 November 2031")
    made.save()
    stamp: list[Line] = [(2, "Received 8 November 2031")]
    return (
        [*press.joined, *second.joined, "Received 8 November 2031"],
        [*press.paragraphs, *second.paragraphs, stamp],
    )


def watermarked(path: Path) -> Truth:
    press = Press([(72, 440)], top=740, foot=400, size=11)
    for paragraph in texts.STORY:
        press.set(paragraph, gap=9)
    made = canvas(path)
    for page in range(1, press.page + 1):
        made.saveState()
        made.setFillGray(0.85)
        made.setFont("Helvetica-Bold", 90)
        made.translate(130, 250)
        made.rotate(45)
        made.drawString(0, 0, "DRAFT")
        made.restoreState()
        made.setFont("Helvetica", 9)
        made.drawString(72, 790, "Fire inspectorate, interim report")
        made.drawRightString(512, 60, f"Page {page} of {press.page}")
        for _, x, y, line, font in (one for one in press.drawn if one[0] == page):
            made.setFont(font, 11)
            made.drawString(x, y, line)
        made.showPage()
    made.save()
    running: list[list[Line]] = [[(1, "Fire inspectorate, interim report")], [(1, "DRAFT")]]
    return [*press.joined, "Fire inspectorate, interim report", "DRAFT"], [*press.paragraphs, *running]


def long_and_tiny(path: Path) -> Truth:
    """Paragraphs of one very long line each, in type of three points, on a page five metres wide."""
    made = canvas(path, (14000, 300))
    y = 250.0
    for text in texts.STORY:
        made.setFont("Times-Roman", 3)
        made.drawString(20, y, text)
        y -= 8
    made.save()
    return list(texts.STORY), [[(1, text)] for text in texts.STORY]


def table(path: Path) -> Truth:
    made = canvas(path)
    rows = [" ".join(row) for row in texts.TABLE]
    pdfmetrics.registerFont(TTFont("DejaVu", DEJAVU))
    made.setFont("DejaVu", 11)
    intro = "Ships in the inner harbour on the night of the fire, as the harbour office lists them:"
    made.drawString(72, 760, intro)
    for number, row in enumerate(texts.TABLE):
        for cell, x in zip(row, (72, 190, 300, 420), strict=True):
            made.drawString(x, 730 - 18 * number, cell)
    made.line(72, 726, 480, 726)
    after = "The crew of the Old Tern was questioned first, said the harbour master."
    made.drawString(72, 600, after)
    made.save()
    return [intro, *rows, after], [[(1, line)] for line in (intro, *rows, after)]


def spaced_headline_and_initial(path: Path) -> Truth:
    """A headline in letters set wide apart, without blanks in the file, and a line drawn twice to look bold."""
    made = canvas(path)
    pen = made.beginText(72, 760)
    pen.setFont("Helvetica-Bold", 18)
    pen.setCharSpace(7)
    pen.textOut("HARBOUR FIRE")
    pen.setCharSpace(0)
    made.drawText(pen)
    press = Press([(72, 440)], top=720, foot=100, size=11)
    bold = "What the inspectorate knew"
    for text in (bold, *texts.STORY[3:6]):
        press.set(text, gap=9)
    for _, x, y, line, font in press.drawn:
        made.setFont(font, 11)
        made.drawString(x, y, line)
        if line == bold:
            made.drawString(x + 0.3, y, line)
    made.save()
    return ["HARBOUR FIRE", *press.joined], [[(1, "HARBOUR FIRE")], *press.paragraphs]
