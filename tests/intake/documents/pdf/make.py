"""Makes the PDFs of this folder and `truth.json`, what should be read in them: `python make.py`.

Needs reportlab, fpdf2, typst, matplotlib, weasyprint, pikepdf, pypdf, cairocffi, and the programs chromium, soffice,
pdflatex, groff, ghostscript, wkhtmltopdf, abiword, qpdf, pdftotext. What is made stands in the folder; the tests need
none of this.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from making import placed, programs, rewritten, truth, typeset  # noqa: E402

PLACED: tuple[tuple[str, str, Callable[..., placed.Truth]], ...] = (
    ("two-columns-out-of-order", "reportlab", placed.two_columns_out_of_order),
    ("two-columns-row-by-row", "reportlab", placed.row_by_row),
    ("three-columns-indented", "reportlab", placed.three_columns_indented),
    ("letter", "reportlab", placed.letter),
    ("letter-by-letter", "reportlab", placed.letter_by_letter),
    ("invisible-text-over-scan", "reportlab", lambda path: placed.scanned(path, layer="all")),
    ("typed-page-then-scans", "reportlab", lambda path: placed.scanned(path, layer="first")),
    ("chinese-without-font", "reportlab", placed.chinese),
    ("written-sideways", "reportlab", placed.turned),
    ("watermark", "reportlab", placed.watermarked),
    ("long-lines-tiny-type", "reportlab", placed.long_and_tiny),
    ("table", "reportlab", placed.table),
    ("letters-set-wide", "reportlab", placed.spaced_headline_and_initial),
    ("cairo", "cairo", typeset.cairo_page),
    ("browser-arabic", "chromium", programs.browser_arabic),
    ("browser-chinese", "chromium", programs.browser_chinese),
    ("weasy-arabic", "WeasyPrint", programs.weasy_arabic),
    ("chart", "matplotlib", typeset.matplotlib_page),
)
BROKEN: tuple[tuple[str, str, Callable[[Path], list[str]]], ...] = (
    ("browser-three-columns", "chromium", programs.browser_columns),
    ("browser-print-out", "chromium", programs.browser_print_out),
    ("browser-box-caption-table", "chromium", programs.browser_box),
    ("browser-slides", "chromium", programs.browser_slides),
    ("browser-russian", "chromium", programs.browser_russian),
    ("qt-press-release", "wkhtmltopdf", programs.qt_press_release),
    ("office-two-columns", "LibreOffice", programs.office_columns),
    ("office-press-release", "LibreOffice", programs.office_release),
    ("abiword-letter", "AbiWord", programs.abiword_letter),
    ("tex-two-columns-hyphens", "pdfLaTeX", typeset.tex_two_columns),
    ("tex-ligatures", "pdfLaTeX", typeset.tex_ligatures),
    ("tex-judgment", "pdfLaTeX", typeset.tex_judgment),
    ("tex-footnotes", "pdfLaTeX", typeset.tex_footnotes),
    ("typst-two-columns-footnote", "typst", typeset.typst_two_columns),
    ("typst-newsletter", "typst", typeset.typst_newsletter),
    ("groff-two-columns", "groff", typeset.groff_report),
    ("groff-through-ghostscript", "ghostscript", typeset.groff_through_ghostscript),
    ("weasy-report", "WeasyPrint", typeset.weasy_report),
    ("fpdf-report", "fpdf2", typeset.fpdf_report),
    ("fpdf-russian", "fpdf2", typeset.fpdf_russian),
)


REWRITTEN: tuple[tuple[str, str, str, Callable[[Path, Path], None]], ...] = (
    ("linearised", "qpdf", "tex-judgment", rewritten.linearised),
    ("encrypted-without-password", "qpdf", "browser-box-caption-table", lambda p, s: rewritten.encrypted(p, s, "")),
    ("turned-pages", "pikepdf", "typst-two-columns-footnote", rewritten.turned),
    ("updated", "pypdf", "weasy-report", rewritten.updated),
    ("with-attachments", "pikepdf", "office-two-columns", rewritten.with_attachments),
)
"""Name, program, the file that it has written anew, how."""
MERGED = ("letter", "tex-ligatures", "browser-slides", "chinese-without-font")


def main() -> None:
    told: dict[str, dict[str, Any]] = {}
    wanted = sys.argv[1:]
    before = json.loads((HERE / "truth.json").read_text()) if wanted and (HERE / "truth.json").exists() else {}
    for name, producer, make in PLACED:
        if not wanted or name in wanted:
            paragraphs, lines = make(HERE / f"{name}.pdf")
            told[name] = _told(producer, paragraphs, truth.from_lines(lines, paragraphs))
    for name, producer, make_text in BROKEN:
        if not wanted or name in wanted:
            paragraphs = make_text(HERE / f"{name}.pdf")
            running = sum(paragraph.startswith("\f") for paragraph in paragraphs)
            paragraphs = _notes_on_their_pages(HERE / f"{name}.pdf", [one.lstrip("\f") for one in paragraphs])
            places = truth.from_poppler(HERE / f"{name}.pdf", paragraphs, running=running)
            told[name] = _told(producer, paragraphs, places)
    told = {**before, **told}
    for name, program, source, rewrite in REWRITTEN:
        rewrite(HERE / f"{name}.pdf", HERE / f"{source}.pdf")
        told[name] = {**told[source], "producer": f"{program} from {told[source]['producer']}"}
    rewritten.merged(HERE / "merged.pdf", *(HERE / f"{source}.pdf" for source in MERGED))
    told["merged"] = _merged(told)
    rewritten.with_blank_pages(HERE / "blank-page-between.pdf", HERE / "two-columns-out-of-order.pdf")
    told["blank-page-between"] = _shifted(told["two-columns-out-of-order"])
    _without_text()
    (HERE / "truth.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _merged(told: dict[str, dict[str, Any]]) -> dict[str, object]:
    paragraphs: list[str] = []
    sentences: list[list[object]] = []
    for source in MERGED:
        shift = rewritten.pages(HERE / f"{source}.pdf", MERGED)
        paragraphs += told[source]["paragraphs"]
        sentences += [[text, page + shift, line] for text, page, line in told[source]["sentences"]]
    return _told("pikepdf from several", paragraphs, sentences)


def _shifted(told: dict[str, Any]) -> dict[str, object]:
    """With a blank page after the first one."""
    moved = [[text, page + (page > 1), line] for text, page, line in told["sentences"]]
    return _told("pikepdf from reportlab", told["paragraphs"], moved)


def _without_text() -> None:
    """Files that give no article: locked, blank, only pictures, without letters, cut short."""
    rewritten.encrypted(HERE / "locked.pdf", HERE / "letter.pdf", "quay")
    rewritten.blank(HERE / "blank.pdf")
    placed.scanned(HERE / "scan.pdf", layer="none")
    rewritten.without_letters(HERE / "no-letters.pdf", HERE / "fpdf-russian.pdf")
    whole = (HERE / "groff-two-columns.pdf").read_bytes()
    (HERE / "cut-short.pdf").write_bytes(whole[: len(whole) * 2 // 3])


def _notes_on_their_pages(path: Path, paragraphs: list[str]) -> list[str]:
    """Footnotes (marked by a vertical tab) after the last paragraph that begins on their page."""
    notes = [one for one in paragraphs if one.startswith("\v")]
    if not notes:
        return paragraphs
    texts = [one for one in paragraphs if not one.startswith("\v")]
    placed = truth.from_poppler(path, [*texts, *(note.lstrip("\v") for note in notes)])
    pages = {str(sentence): int(str(page)) for sentence, page, _ in placed}
    begins = [pages[truth.sentences(one)[0][1]] for one in texts]
    for note in notes:
        plain = note.lstrip("\v")
        after = max(at for at, page in enumerate(begins) if page == pages[truth.sentences(plain)[0][1]])
        texts.insert(after + 1, plain)
        begins.insert(after + 1, begins[after])
    return texts


def _told(producer: str, paragraphs: list[str], sentences: list[list[object]]) -> dict[str, object]:
    return {"producer": producer, "paragraphs": paragraphs, "sentences": sentences}


if __name__ == "__main__":
    main()
