"""Make the Word documents in this folder and their truth. By hand, seldom: it needs python-docx, pandoc, LibreOffice, Node's docx.

    python tests/intake/documents/docx/make_docx.py [FOLDER OF node_modules]

Each document is made from texts in this file; the truth in truth.json is those texts, put together by the rules that
`sayso.intake.docx.wordml` states, never what the reader gives. Pages of documents by LibreOffice are looked up in the PDF that
LibreOffice itself makes of them. All people, places and outlets are invented.
"""

# ruff: noqa: E501 - XML and scripts stand in the lines that their programs would write
from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import as_others_write
import as_word_writes
from word_parts import HERE, SAID, TRUTH, escape, truth


def by_python_docx() -> None:
    import docx
    from docx.shared import Pt

    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "Fire in the harbour", "Ada Mirel"
    document.add_heading("Fire in the harbour", 1)
    paragraph = document.add_paragraph(SAID[0][:20])
    paragraph.add_run(SAID[0][20:40]).bold = True
    paragraph.add_run(SAID[0][40:]).font.size = Pt(9)
    document.add_paragraph(SAID[1], style="Intense Quote")
    for one in ("smoke at four", "fog at five"):
        document.add_paragraph(one, style="List Bullet")
    for one in ("called the office", "called the mayor"):
        document.add_paragraph(one, style="List Number")
    document.add_page_break()
    document.add_paragraph(SAID[2])
    document.save(HERE / "python-docx.docx")
    truth(
        "python-docx.docx",
        [
            "Fire in the harbour",
            SAID[0],
            SAID[1],
            "• smoke at four",
            "• fog at five",
            "1. called the office",
            "2. called the mayor",
            SAID[2],
        ],
        title="Fire in the harbour",
        authors=["Ada Mirel"],
    )

    document = docx.Document()
    table_ = document.add_table(rows=3, cols=3)
    for at, one in enumerate(["", "Left", "Back", "Alma", "Monday", "", "Brig", "Tuesday", "Friday"]):
        table_.cell(at // 3, at % 3).text = one
    merged = document.add_table(rows=2, cols=2)
    merged.cell(0, 0).merge(merged.cell(0, 1)).text = "Both columns"
    merged.cell(1, 0).text, merged.cell(1, 1).text = "left\tof it", "right"
    section = document.add_section()
    section.header.paragraphs[0].text = "North Gazette – archive copy"
    document.add_paragraph(SAID[3])
    document.save(HERE / "python-docx-tables.docx")
    truth(
        "python-docx-tables.docx",
        ["\tLeft\tBack\nAlma\tMonday\nBrig\tTuesday\tFriday", "Both columns\nleft\tof it\tright", SAID[3]],
        notes=["headers-and-footers"],
        title="",
        authors=[],
    )


def by_pandoc() -> None:
    def convert(name: str, markdown: str) -> None:
        subprocess.run(
            ["pandoc", "-f", "markdown", "-o", HERE / name],
            input=markdown.encode(),
            check=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1935575999"},
        )

    convert(
        "pandoc.docx",
        f"""---
title: Fire in the harbour
author: Ada Mirel
---

# What was said

{SAID[0]}^[So the council’s log.] It has a [page](https://gazette.example/).

> {SAID[1]}

1.  smoke
    a.  at four
    b.  at five
2.  fog

-   one ship

| Ship | Left   |
|------|--------|
| Alma | Monday |

Term
:   what it means

`code` and *stress*, H~2~O, a^2^.
""",
    )
    truth(
        "pandoc.docx",
        [
            "Fire in the harbour",
            "Ada Mirel",
            "What was said",
            f"{SAID[0]}[1] It has a page.",
            SAID[1],
            "1. smoke",
            "a. at four",
            "b. at five",
            "2. fog",
            "• one ship",
            "Ship\tLeft\nAlma\tMonday",
            "Term",
            "what it means",
            "code and stress, H2O, a2.",
            "[1] So the council’s log.",
        ],
        title="Fire in the harbour",
        authors=["Ada Mirel"],
    )
    scripts = [
        "Гавань горела всю ночь, сказал рыбак.",
        "قال المجلس إن السفن غادرت الميناء.",
        "议会说船已离开港口。",
        "Το λιμάνι κάηκε.",
        "Im Hafen brannte es, sagte die Bürgermeisterin.",
        "🚢 e\u0301te\u0301 नौका",
    ]
    convert("pandoc-scripts.docx", "\n\n".join(scripts))
    truth("pandoc-scripts.docx", scripts)


NODE = """
const d = require('docx'), fs = require('fs');
const t = JSON.parse(process.argv[3]);
const run = (text) => new d.TextRun(text);
const numbered = {config: [{reference: 'n', levels: [{level: 0, format: 'upperLetter', text: '%1)', alignment: 'start'}]}]};
const plain = new d.Document({creator: 'Un-named', numbering: numbered,
  footnotes: {1: {children: [new d.Paragraph('So the council.')]}},
  sections: [{footers: {default: new d.Footer({children: [new d.Paragraph({children: [new d.TextRun({children: [d.PageNumber.CURRENT]})]})]})},
  children: [new d.Paragraph({text: t[0], heading: 'Heading1'}), new d.Paragraph({children: [run(t[1]), new d.FootnoteReferenceRun(1)]}),
    new d.Paragraph({text: 'first', numbering: {reference: 'n', level: 0}}), new d.Paragraph({text: 'second', numbering: {reference: 'n', level: 0}}),
    new d.Paragraph({children: [run('a'), new d.TextRun({children: [new d.Tab()]}), new d.TextRun({text: 'b', break: 1}), new d.TextRun({children: [new d.NoBreakHyphen()]}), new d.SymbolRun({char: 'F0FE', symbolfont: 'Wingdings'})]}),
    new d.Table({rows: [new d.TableRow({children: ['Ship', 'Left'].map(x => new d.TableCell({children: [new d.Paragraph(x)]}))})]}),
    new d.Paragraph({children: [new d.PageBreak(), run(t[2])]})]}]});
const changed = new d.Document({comments: {children: [{id: 0, author: 'Lea Sund', children: [new d.Paragraph('Sure?')]}]},
  sections: [{children: [new d.Paragraph({children: [run('The ships left on '),
    new d.InsertedTextRun({text: 'Monday', id: 0, author: 'Lea Sund', date: '2031-05-02T10:00:00Z'}),
    new d.DeletedTextRun({text: 'Sunday', id: 1, author: 'Tom Oru', date: '2031-05-02T10:00:00Z'}),
    new d.CommentRangeStart(0), run(', it was said'), new d.CommentRangeEnd(0), new d.TextRun({children: [new d.CommentReference(0)]}), run('.')]}),
    new d.Paragraph({children: [new d.ExternalHyperlink({children: [run(t[3])], link: 'https://gazette.example/'})]})]}]});
(async () => { fs.writeFileSync(process.argv[2] + '/node.docx', await d.Packer.toBuffer(plain));
  fs.writeFileSync(process.argv[2] + '/node-changes.docx', await d.Packer.toBuffer(changed)); })();
"""


def by_node(modules: str) -> None:
    """By the package "docx" of Node."""
    subprocess.run(
        ["node", "-e", NODE, "--", "x", str(HERE), json.dumps(SAID)],
        check=True,
        env={**os.environ, "NODE_PATH": modules},
    )
    truth(
        "node.docx",
        [
            SAID[0],
            SAID[1] + "[1]",
            "A) first",
            "B) second",
            "a\t\nb\u2011☑",
            "Ship\tLeft",
            SAID[2],
            "[1] So the council.",
        ],
        authors=[],
    )
    truth(
        "node-changes.docx",
        ["The ships left on Monday, it was said.", SAID[3]],
        notes=["tracked-changes", "comments"],
        said={"tracked-changes": ["Lea Sund and Tom Oru", "1 inserted", "1 deleted"], "comments": ["Lea Sund"]},
    )


FODT = """<?xml version="1.0" encoding="UTF-8"?><office:document office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text" xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0">
<office:meta><dc:title>Fire in the harbour</dc:title><meta:initial-creator>Tom Oru</meta:initial-creator><dc:creator>Tom Oru</dc:creator>
<dc:date>2031-05-02T10:00:00</dc:date></office:meta>
<office:automatic-styles><style:style style:name="new" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>
<style:style style:name="hidden" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="frame" style:family="graphic"/><text:list-style style:name="dots"><text:list-level-style-bullet text:level="1"
 text:bullet-char="–"/></text:list-style></office:automatic-styles><office:body><office:text>BODY</office:text></office:body></office:document>"""


def by_libreoffice() -> None:
    def tp(text: str, style: str = "") -> str:
        return f"<text:p{f' text:style-name={chr(34)}{style}{chr(34)}' if style else ''}>{text}</text:p>"

    def note(kind: str, text: str) -> str:
        return f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation><text:note-body>{tp(text)}</text:note-body></text:note>'

    long = [f"{number}th report. {SAID[number % 4]} {SAID[(number + 1) % 4]}" for number in range(4, 40)]
    convert("libreoffice-pages.docx", "".join(map(tp, long)) + tp("A page of its own.", "new"))
    looked_for = [*(one[:12] for one in long), *(one[-20:] for one in long[::5]), "A page of its own."]
    found = pages_of("libreoffice-pages.docx", looked_for)
    mark_pages("libreoffice-pages.docx")
    truth(
        "libreoffice-pages.docx",
        [*long, "A page of its own."],
        pages=found,
        notes=["pages-of-last-saving"],
        title="Fire in the harbour",
        authors=["Tom Oru"],
    )
    convert("libreoffice-breaks.docx", COUNTED + tp(SAID[0]) + tp(SAID[1], "new") + tp(SAID[2]) + tp(SAID[3], "new"))
    truth(
        "libreoffice-breaks.docx",
        SAID,
        pages=pages_of("libreoffice-breaks.docx", [one[:40] for one in SAID]),
        notes=["pages-of-last-saving"],
    )
    convert(
        "libreoffice-notes.docx",
        tp(SAID[0] + note("footnote", "So the council.") + note("endnote", "Or later."))
        + tp(SAID[1] + note("footnote", "So the mayor."))
        + '<text:h text:outline-level="2">Later</text:h>'
        + "<text:list text:style-name='dots'><text:list-item>"
        + tp("an item")
        + "</text:list-item></text:list>",
    )
    truth(
        "libreoffice-notes.docx",
        [
            SAID[0] + "[1][i]",
            SAID[1] + "[2]",
            "Later",
            "• an item",
            "[1] So the council.",
            "[2] So the mayor.",
            "[i] Or later.",
        ],
    )
    region = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:{0}><office:change-info><dc:creator>Lea Sund</dc:creator>'
        "<dc:date>2031-05-02T10:00:00</dc:date></office:change-info>{1}</text:{0}></text:changed-region></text:tracked-changes>"
    )
    inserted = tp(
        'The ships left on <text:change-start text:change-id="c1"/>Monday<text:change-end text:change-id="c1"/>.'
    )
    frame = (
        '<draw:frame draw:style-name="frame" text:anchor-type="paragraph" svg:width="5cm" svg:height="2cm"><draw:text-box>'
        + tp("A quotation in a box.")
        + "</draw:text-box></draw:frame>"
    )
    convert(
        "libreoffice-changes.docx",
        region.format("insertion", "")
        + inserted
        + tp('Shown. <text:span text:style-name="hidden">Hidden.</text:span> Shown again.')
        + tp(SAID[2] + frame)
        + tp(
            "Before<office:annotation><dc:creator>Lea Sund</dc:creator><dc:date>2031-05-02T10:00:00</dc:date>"
            + tp("Check.")
            + "</office:annotation> and after."
        ),
    )
    truth(
        "libreoffice-changes.docx",
        ["The ships left on Monday.", "Shown.  Shown again.", SAID[2], "A quotation in a box.", "Before and after."],
        notes=["tracked-changes", "hidden-text", "comments"],
    )
    cells = "".join(
        f"<table:table-row>{''.join(f'<table:table-cell>{tp(one)}</table:table-cell>' for one in (f'Ship {n}', SAID[n % 4]))}"
        "</table:table-row>"
        for n in range(60)
    )
    convert(
        "libreoffice-table.docx",
        f'{tp("A long table")}<table:table table:name="t"><table:table-column '
        f'table:number-columns-repeated="2"/>{cells}</table:table>{tp("The end of it.")}',
    )
    truth(
        "libreoffice-table.docx",
        ["A long table", "\n".join(f"Ship {n}\t{SAID[n % 4]}" for n in range(60)), "The end of it."],
    )


COUNTED = '<meta:document-statistic meta:page-count="3"/>'
"""What LibreOffice's window notes when it saves; its converter does not count."""


def office(source: Path, form: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                "soffice",
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                form,
                "--outdir",
                folder,
                source,
            ],
            check=True,
            stdout=subprocess.DEVNULL,
        )


def convert(name: str, body: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, name).with_suffix(".fodt")
        meta = COUNTED if body.startswith(COUNTED) else ""
        content = FODT.replace("BODY", body.removeprefix(meta)).replace("</office:meta>", f"{meta}</office:meta>")
        source.write_text(content, encoding="utf-8")
        office(source, "docx:MS Word 2007 XML", HERE)


def pages_of(name: str, looked_for: list[str]) -> dict[str, int]:
    """The page of each text in the PDF that LibreOffice makes of the document."""
    pages = page_texts(name)
    return {text: next(number for number, page in enumerate(pages, 1) if text in page) for text in looked_for}


def page_texts(name: str) -> list[str]:
    """Each page of the PDF that LibreOffice makes of the document, as one line."""
    import pypdfium2

    with tempfile.TemporaryDirectory() as folder:
        office(HERE / name, "pdf", Path(folder))
        document = pypdfium2.PdfDocument(Path(folder, name).with_suffix(".pdf"))
        return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


def mark_pages(name: str) -> None:
    """Put Word's marks where LibreOffice ends its pages, which does not write them: within runs, and after its breaks."""
    path = HERE / name
    starts = [re.match(r"(.*?) ?(\d+th report|$)", text).groups() for text in page_texts(name)[1:]]
    with zipfile.ZipFile(path) as file:
        parts = {entry: file.read(entry) for entry in file.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for entry, content in parts.items():
            text = content.decode() if entry.filename == "word/document.xml" else ""
            for rest, following in starts if text else ():
                until = text.index(f">{following}") if following else len(text)
                at = text.rindex(f"{escape(rest)}</w:t>", 0, until) if rest else until + 1
                text = f'{text[:at]}</w:t><w:lastRenderedPageBreak/><w:t xml:space="preserve">{text[at:]}'
            file.writestr(entry, text or content)


def main() -> None:
    HERE.mkdir(exist_ok=True)
    for make in (*as_word_writes.ALL, *as_others_write.ALL, by_python_docx, by_pandoc, by_libreoffice):
        make()
    by_node(sys.argv[1] if len(sys.argv) > 1 else "node_modules")
    Path(HERE, "truth.json").write_text(
        json.dumps(TRUTH, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
