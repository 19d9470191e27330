"""Word documents made by hand, as Word writes them."""
# ruff: noqa: E501 - XML and scripts stand in the lines that their programs would write

from __future__ import annotations

from word_parts import (
    NUMBERING,
    PAGE,
    RENDERED,
    SAID,
    XML,
    W,
    cell,
    field,
    p,
    package,
    r,
    relation,
    row,
    split,
    table,
    truth,
)


def word_split_runs() -> None:
    """Runs split by revision ids and spelling marks, smart tags, bookmarks, hyphens, symbols, fields."""
    hyphens = (
        '<w:r><w:t>co</w:t><w:softHyphen/><w:t>operation, post</w:t><w:noBreakHyphen/><w:t xml:space="preserve">war; </w:t>'
        '<w:sym w:font="Symbol" w:char="F062"/><w:t xml:space="preserve"> rays; </w:t><w:sym w:font="Wingdings" w:char="F0FE"/>'
        '<w:t xml:space="preserve"> done</w:t><w:tab/><w:t>a tab</w:t><w:br/><w:t>a line</w:t><w:cr/><w:t>another</w:t></w:r>'
    )
    tagged = '<w:smartTag w:element="place"><w:smartTagPr/>' + r("Orlava Bay") + "</w:smartTag>"
    link = (
        '<w:hyperlink r:id="rId9" w:history="1">'
        + r("the Gazette’s page", '<w:rStyle w:val="Hyperlink"/>')
        + "</w:hyperlink>"
    )
    nested = field('IF "a" = "a" "', field("PAGE", r("7")) + r(" pages"))
    package(
        "word-split-runs.docx",
        p(
            '<w:bookmarkStart w:id="0" w:name="_Top"/>' + split(SAID[0]) + '<w:bookmarkEnd w:id="0"/>',
            '<w:pStyle w:val="Heading1"/><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>',
        )
        + p(split(SAID[1]))
        + p("")
        + p(hyphens)
        + p(r("The port of ") + tagged + r(" is shown on ") + link + r("."))
        + p(
            r("It has ")
            + nested
            + r(", see page ")
            + '<w:fldSimple w:instr=" PAGEREF x ">'
            + r("12")
            + "</w:fldSimple>"
            + field("HYPERLINK \\l x", r("here"))
            + r(".")
        ),
        relations=relation(9, "hyperlink", "https://gazette.example/", "External"),
    )
    truth(
        "word-split-runs.docx",
        [
            SAID[0],
            SAID[1],
            "cooperation, post\u2011war; β rays; ☑ done\ta tab\na line\nanother",
            "The port of Orlava Bay is shown on the Gazette’s page.",
            "It has 7 pages, see page 12here.",
        ],
    )


def word_pages() -> None:
    """Pages as Word marks them: within a paragraph, after a break of the author's, in a table, an empty page."""
    first, second = SAID[1][:60], SAID[1][60:]
    package(
        "word-pages.docx",
        p(r(SAID[0]))
        + p(r(first) + "<w:r><w:lastRenderedPageBreak/>" + r(second)[len('<w:r w:rsidR="00A1B2C3">') :])
        + p(PAGE)
        + p("<w:r><w:lastRenderedPageBreak/><w:t>Third page.</w:t></w:r>")
        + table(
            row(cell(p(r("Ship"))), cell(p(r("Left")))),
            row(cell(p(RENDERED + r("Alma"))), cell(p(RENDERED + r("Tuesday")))),
        )
        + p(PAGE)
        + p(PAGE)
        + p(RENDERED + r(SAID[2]))
        + p(r(SAID[3])),
    )
    truth(
        "word-pages.docx",
        [SAID[0], SAID[1], "Third page.", "Ship\tLeft\nAlma\tTuesday", SAID[2], SAID[3]],
        pages={
            SAID[0]: 1,
            first: 1,
            second: 2,
            "Third page.": 3,
            "Ship": 3,
            "Alma": 4,
            "Tuesday": 4,
            SAID[2]: 6,
            SAID[3]: 6,
        },
        notes=["pages-of-last-saving"],
    )


def word_text_boxes() -> None:
    """Text boxes, held twice for new and old versions; one for old versions alone; lettering; a drawing without words."""

    def both(text: str) -> str:
        box = f"<w:txbxContent>{p(r(text))}{p(r('Second line in the box.'))}</w:txbxContent>"
        return (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>'
            f"<wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )

    only_old = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wpx"><w:drawing/></mc:Choice><mc:Fallback><w:pict><v:textbox>'
        f"<w:txbxContent>{p(r('Only the old form has words.'))}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    lettering = '<w:r><w:pict><v:shape><v:textpath on="t" string="DRAFT OF MAY"/></v:shape></w:pict></w:r>'
    package(
        "word-text-boxes.docx",
        p(r("Before ") + both("A quotation in a box.") + r("and after."))
        + p(r(SAID[0]))
        + p(only_old + lettering + r(SAID[1]))
        + p(r(SAID[2])),
    )
    truth(
        "word-text-boxes.docx",
        [
            "Before and after.",
            "A quotation in a box.\n\nSecond line in the box.",
            SAID[0],
            SAID[1],
            "Only the old form has words.",
            "DRAFT OF MAY",
            SAID[2],
        ],
    )


def word_tracked_changes() -> None:
    by = 'w:id="1" w:author="Lea Sund" w:date="2031-05-02T10:00:00Z"'
    other = by.replace("Lea Sund", "Tom Oru")
    package(
        "word-tracked-changes.docx",
        p(
            r("The ships left on ")
            + f"<w:del {by}><w:r><w:delText>Sunday</w:delText></w:r></w:del>"
            + f"<w:ins {by}>{r('Monday')}</w:ins>"
            + r(
                ", it was said.",
                '<w:b/><w:rPrChange w:id="9" w:author="Lea Sund"><w:rPr><w:vanish/></w:rPr></w:rPrChange>',
            )
        )
        + p(r("This line and "), f"<w:rPr><w:del {other}/></w:rPr>")
        + p(r("the next are one now."))
        + p(f"<w:moveFrom {by}>{r(SAID[2])}</w:moveFrom>")
        + p(r(SAID[0]))
        + p(f"<w:moveTo {by}>{r(SAID[2])}</w:moveTo>")
        + p(
            f"<w:ins {other}><w:del {by}><w:r><w:delText>Neither.</w:delText></w:r></w:del></w:ins>"
            f"<w:ins {other}>{field('DATE', r('2 May'))}</w:ins>"
        )
        + table(
            row(cell(p(r("Ship"))), cell(p(r("Crew")))),
            row(
                cell(p(f"<w:del {by}><w:r><w:delText>Brig</w:delText></w:r></w:del>")),
                cell(p("")),
                properties=f"<w:del {by}/>",
            ),
            row(cell(p(f"<w:ins {by}>{r('Alma')}</w:ins>")), cell(p(r("12"))), properties=f"<w:ins {by}/>"),
        ),
    )
    truth(
        "word-tracked-changes.docx",
        [
            "The ships left on Monday, it was said.",
            "This line and the next are one now.",
            SAID[0],
            SAID[2],
            "2 May",
            "Ship\tCrew\nAlma\t12",
        ],
        notes=["tracked-changes"],
        said={"tracked-changes": ["Lea Sund", "Tom Oru", "4 inserted", "3 deleted", "1 moved"]},
    )


def word_content_controls() -> None:
    """Content controls around blocks, rows, cells and words; a table of contents; a placeholder; a choice."""

    def control(content: str, properties: str = "") -> str:
        return f"<w:sdt><w:sdtPr><w:rPr><w:vanish/></w:rPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    contents = p(
        field('TOC \\o "1-3"', "").removesuffix('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + f'<w:hyperlink w:anchor="_Toc1">{r("The fire")}<w:r><w:tab/></w:r>{field("PAGEREF _Toc1", r("2"))}</w:hyperlink>'
    )
    choice = '<w:dropDownList><w:listItem w:displayText="Hidden choice" w:value="x"/></w:dropDownList>'
    package(
        "word-content-controls.docx",
        control(
            contents + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
            '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>',
        )
        + p(r("The fire"), '<w:pStyle w:val="Heading1"/>')
        + control(p(r(SAID[0])))
        + p(
            r("Signed by ")
            + control(r("Ada Mirel"), choice)
            + r(" on ")
            + control(r("2 May 2031"), "<w:date/>")
            + r(".")
        )
        + table(control(row(cell(p(r("a"))), control(cell(p(r("b")))))), row(cell(p(control(r("c")))), cell(p(r("d")))))
        + p(control(r("Click here to enter text."), "<w:showingPlcHdr/>"))
        + f'<w:customXml w:element="x">{p(r(SAID[3]))}</w:customXml>',
    )
    truth(
        "word-content-controls.docx",
        [
            "The fire\t2",
            "The fire",
            SAID[0],
            "Signed by Ada Mirel on 2 May 2031.",
            "a\tb\nc\td",
            "Click here to enter text.",
            SAID[3],
        ],
    )


def word_numbering() -> None:
    """Numbered paragraphs of a legal text: levels, letters, a new start, numbers that come from a style, bullets."""

    def n(text: str, level: int, number: int = 1) -> str:
        return p(r(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')

    styles = (
        f'{XML}<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="Clause"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    package(
        "word-numbering.docx",
        n("The council says:", 0)
        + n("two ships left;", 1)
        + n("one came back:", 1)
        + n("at night,", 2)
        + n("with fog,", 2)
        + n("as seen;", 3)
        + n("nobody was hurt.", 1)
        + p(r("The witnesses say:"), '<w:pStyle w:val="Clause"/>')
        + n("smoke;", 0, 2)
        + n("no smoke.", 0, 2)
        + p(r("No number."), '<w:pStyle w:val="Clause"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + n("A new start.", 0, 3)
        + n("It goes on.", 0, 3)
        + p(r("Shown. ") + r("Secret.", '<w:rStyle w:val="Secret"/>')),
        {"word/numbering.xml": NUMBERING, "word/styles.xml": styles},
        relations=relation(1, "numbering", "numbering.xml") + relation(2, "styles", "/word/styles.xml"),
    )
    truth(
        "word-numbering.docx",
        [
            "1. The council says:",
            "1.1 two ships left;",
            "1.2 one came back:",
            "(a) at night,",
            "(b) with fog,",
            "IV) as seen;",
            "1.3 nobody was hurt.",
            "2. The witnesses say:",
            "• smoke;",
            "• no smoke.",
            "No number.",
            "1. A new start.",
            "2. It goes on.",
            "Shown.",
        ],
        notes=["hidden-text"],
    )


ALL = (word_split_runs, word_pages, word_text_boxes, word_tracked_changes, word_content_controls, word_numbering)
