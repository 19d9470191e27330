"""PDFs by typesetters (pdfLaTeX, typst, groff, WeasyPrint) and by libraries (fpdf2, cairo, matplotlib, borb)."""

from __future__ import annotations

from pathlib import Path

from . import texts
from .programs import groff, latex, p, page, tex_quotes, typst, weasyprint

SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
Head = "Sorrel District Court, case 11/2031"


def _tex(body: str, options: str = "", more: str = "") -> str:
    return (
        f"\\documentclass[a5paper,10pt{options}]{{article}}\\usepackage[utf8]{{inputenc}}"
        f"\\usepackage[margin=15mm]{{geometry}}{more}\\pdfinfoomitdate=1\\pdftrailerid{{}}\\begin{{document}}{body}"
        "\\end{document}"
    )


def tex_two_columns(path: Path) -> list[str]:
    """Justified and hyphenated, paragraphs marked by an indent, page numbers at the foot."""
    text = [*texts.LONG_WORDS, *texts.STORY]
    body = "\n\n".join(map(tex_quotes, text))
    title = f"\\twocolumn[{{\\LARGE {texts.HEADLINE}\\par\\vspace{{4mm}}}}]\n"
    latex(path, _tex(title + body, ",twocolumn"))
    return [texts.HEADLINE, *text]


def tex_ligatures(path: Path) -> list[str]:
    """The old fonts with their own encoding, and words with ff, fi, fl, ffi, ffl."""
    body = "\\raggedright\\setlength{\\parskip}{6pt}\\setlength{\\parindent}{0pt}\\pagestyle{empty}"
    source = _tex(body + "\n\n".join(texts.LIGATURES))
    latex(path, source)
    return list(texts.LIGATURES)


def tex_judgment(path: Path) -> list[str]:
    """Numbered paragraphs, a running head with the page's number, a title in the middle."""
    more = "\\usepackage{fancyhdr}\\pagestyle{fancy}\\fancyhf{}\\lhead{" + Head + "}\\rhead{\\thepage}"
    more += "\\setlength{\\headheight}{14pt}"
    items = "".join(f"\\item {tex_quotes(one)}\n" for one in texts.STORY)
    body = "\\begin{center}\\large Judgment of 12 November 2031\\end{center}"
    body += f"\\begin{{enumerate}}{items}\\end{{enumerate}}"
    latex(path, _tex(body, more=more))
    numbered = [f"{number}. {one}" for number, one in enumerate(texts.STORY, 1)]
    return ["Judgment of 12 November 2031", *numbered, f"\f{Head} 1"]


def tex_footnotes(path: Path) -> list[str]:
    """Footnotes, of which the first stands under a paragraph that runs over the page."""
    first, second = texts.FOOTNOTES
    story = [tex_quotes(one) for one in texts.STORY]
    story[0] = story[0].replace("still missing.", f"still missing.\\footnote{{{first}}}")
    story[3] = story[3].replace("went unanswered.", f"went unanswered.\\footnote{{{second}}}")
    body = "\\setlength{\\parindent}{0pt}\\setlength{\\parskip}{7pt}\\raggedright\\large " + "\n\n".join(story)
    latex(path, _tex(body))
    told = list(texts.STORY)
    told[0] = told[0].replace("still missing.", "still missing.1")
    told[3] = told[3].replace("went unanswered.", "went unanswered.2")
    return [*told, f"\v1{first}", f"\v2{second}"]


def typst_two_columns(path: Path) -> list[str]:
    """Tagged, hyphenated, with a footnote in the first column."""
    note = texts.FOOTNOTES[0]
    story = list(texts.STORY)
    written = [one.replace("still missing.", f"still missing.#footnote[{note}]") for one in story]
    source = (
        '#set page("a5", columns: 2, margin: 14mm, numbering: "1")\n'
        '#set text(11pt, font: "Libertinus Serif", lang: "en")\n'
        "#set par(justify: true, first-line-indent: 1em, spacing: 0.65em)\n"
        f'#place(top + center, scope: "parent", float: true, text(18pt)[{texts.HEADLINE}])\n' + "\n\n".join(written)
    )
    typst(path, source)
    story[0] = story[0].replace("still missing.", "still missing.1")
    return [texts.HEADLINE, *story, f"\v1{note}"]


def typst_newsletter(path: Path) -> list[str]:
    """Two stories one below the other, each with its headline over three columns."""
    second = "Bridge vote put off again"
    source = (
        '#set page("a4", margin: 16mm)\n#set text(9.5pt, font: "Libertinus Serif", hyphenate: true)\n'
        "#set par(justify: true, spacing: 0.9em)\n#show heading: set text(20pt)\n"
        f"= {texts.HEADLINE}\n#columns(3, gutter: 12pt)[{chr(10).join(f'{one}{chr(10)}' for one in texts.STORY[:4])}"
        f"#colbreak()\n{(chr(10) * 2).join(texts.STORY[4:8])}\n#colbreak()\n{(chr(10) * 2).join(texts.STORY[8:])}]\n"
        f"= {second}\n#columns(3, gutter: 12pt)[{f'{chr(10)}#colbreak(){chr(10)}'.join(texts.SECOND)}]\n"
    )
    typst(path, source)
    return [texts.HEADLINE, *texts.STORY, second, *texts.SECOND]


def groff_report(path: Path) -> list[str]:
    """groff's own PDF, two columns, a title over both."""
    paragraphs = "".join(f".LP\n{one}\n" for one in texts.STORY)
    groff(path, f".TL\n{texts.HEADLINE}\n.2C\n{paragraphs}")
    return [texts.HEADLINE, *texts.STORY]


def groff_through_ghostscript(path: Path) -> list[str]:
    """PostScript made a PDF by ghostscript; one column, headers with the page's number."""
    head = ".ds LH Sorrel Ledger\n.ds CH\n.ds RH 8 November 2031\n.ds CF %\n.ds LF\n.ds RF\n.nr PS 19\n.nr VS 25\n"
    paragraphs = "".join(f".PP\n{one}\n" for one in texts.STORY)
    groff(path, head + paragraphs, device="ps")
    return [*texts.STORY, "\fSorrel Ledger 8 November 2031"]


def weasy_report(path: Path) -> list[str]:
    """Running head and foot, a table with rules, a footnote."""
    style = (
        "@page{size:A5;margin:20mm 15mm;@top-left{content:'Sorrel Ledger'}@top-right{content:'Harbour fire'}"
        "@bottom-center{content:counter(page) ' / ' counter(pages)}}"
        "body{font:10.5pt/1.35 'Liberation Serif';text-align:justify;hyphens:auto} p{margin:0 0 6pt}"
        "td{border:1px solid;padding:3pt 9pt;text-align:left} table{border-collapse:collapse;margin:0 0 10pt}"
    )
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in texts.TABLE)
    body = f"<h1>{texts.HEADLINE}</h1>{p(texts.STORY[:3])}<table>{rows}</table>{p(texts.STORY[3:])}"
    weasyprint(path, page(body, style))
    table = [" ".join(row) for row in texts.TABLE]
    return [texts.HEADLINE, *texts.STORY[:3], *table, *texts.STORY[3:], "\fSorrel Ledger Harbour fire"]


def fpdf_report(path: Path) -> list[str]:
    from fpdf import FPDF

    class Report(FPDF):
        def header(self) -> None:
            self.set_font("Times", size=9)
            self.cell(0, 6, "Trade union of dock workers, annual report", new_x="LMARGIN", new_y="NEXT")
            self.ln(6)

        def footer(self) -> None:
            self.set_y(-15)
            self.cell(0, 6, f"- {self.page_no()} -", align="C")

    made = Report(format="A5")
    made.set_creation_date(__import__("datetime").datetime(2031, 11, 9, tzinfo=__import__("datetime").UTC))
    made.add_page()
    made.set_font("Times", size=11)
    for one in texts.STORY:
        made.multi_cell(
            0, 5.5, one.replace("’", "'").replace("“", '"').replace("”", '"'), align="J", new_x="LMARGIN", new_y="NEXT"
        )
        made.ln(3)
    made.output(str(path))
    story = [one.replace("’", "'").replace("“", '"').replace("”", '"') for one in texts.STORY]
    return [*story, "\fTrade union of dock workers, annual report"]


def fpdf_russian(path: Path) -> list[str]:
    from fpdf import FPDF

    made = FPDF(format="A5")
    made.set_creation_date(__import__("datetime").datetime(2031, 11, 9, tzinfo=__import__("datetime").UTC))
    made.add_page()
    made.add_font("DejaVu", fname=SANS)
    made.set_font("DejaVu", size=11)
    for one in texts.RUSSIAN:
        made.multi_cell(0, 6, one, align="L", new_x="LMARGIN", new_y="NEXT")
        made.ln(4)
    made.output(str(path))
    return list(texts.RUSSIAN)


def cairo_page(path: Path) -> tuple[list[str], list[list[tuple[int, str]]]]:
    import cairocffi as cairo

    surface = cairo.PDFSurface(str(path), 420, 595)
    surface.set_metadata(cairo.PDF_METADATA_CREATE_DATE, "2031-11-09T00:00:00Z")
    context = cairo.Context(surface)
    context.select_font_face("DejaVu Serif")
    context.set_font_size(10)
    paragraphs: list[list[tuple[int, str]]] = []
    y = 50.0
    for one in texts.STORY[:4]:
        lines: list[str] = [""]
        for word in one.split():
            longer = f"{lines[-1]} {word}".strip()
            if context.text_extents(longer)[4] > 330:
                lines.append(word)
            else:
                lines[-1] = longer
        for line in lines:
            context.move_to(45, y)
            context.show_text(line)
            y += 13
        y += 8
        paragraphs.append([(1, line) for line in lines])
    surface.finish()
    return list(texts.STORY[:4]), paragraphs


def matplotlib_page(path: Path) -> tuple[list[str], list[list[tuple[int, str]]]]:
    """A chart with its labels above two lines of text."""
    import matplotlib as mpl

    mpl.use("pdf")
    import matplotlib.pyplot as plt

    figure = plt.figure(figsize=(6, 5))
    axes = figure.add_axes((0.15, 0.45, 0.7, 0.4))
    axes.bar(range(3), (14, 22, 9))
    axes.set_xticks([])
    axes.set_yticks([])
    lines = [
        "Crew of the ships in the harbour",
        "The figures are those of the harbour office.",
        "It gave them on Wednesday.",
    ]
    figure.text(0.15, 0.9, lines[0], size=14)
    figure.text(0.15, 0.3, lines[1], size=10)
    figure.text(0.15, 0.2, lines[2], size=10)
    figure.savefig(path, metadata={"CreationDate": None})
    return lines, [[(1, line)] for line in lines]
