"""Word documents made by hand, as other programs write them."""
# ruff: noqa: E501 - XML and scripts stand in the lines that their programs would write

from __future__ import annotations

import io
import zipfile

from word_parts import (
    EXTRA,
    HERE,
    NUMBERING,
    OFFICE,
    PAGE,
    SAID,
    STRICT,
    XML,
    W,
    cell,
    field,
    p,
    package,
    r,
    relation,
    rels,
    row,
    table,
    truth,
)


def notes_part(namespace: str, kind: str, notes: dict[int, str]) -> str:
    ref = f"<w:r><w:{kind}Ref/></w:r>"
    inner = "".join(f'<w:{kind} w:id="{n}">{p(ref + r(" " + text))}</w:{kind}>' for n, text in notes.items())
    skipped = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    return f'{XML}<w:{kind}s xmlns:w="{namespace}">{skipped}{inner}</w:{kind}s>'


def strict() -> None:
    """ISO 29500 strict: other namespaces, other relation types, true and false written out; notes out of order."""

    def ref(kind: str, number: int, more: str = "") -> str:
        return f'<w:r><w:{kind}Reference w:id="{number}"{more}/></w:r>'

    package(
        "strict.docx",
        p(
            r("The ships left")
            + ref("footnote", 5)
            + r(" on Monday")
            + ref("endnote", 2)
            + r(".")
            + ref("footnote", 3)
            + ref("footnote", 7, ' w:customMarkFollows="true"')
            + r("*")
        )
        + p(r("Seen ") + r("not seen ", '<w:vanish w:val="true"/>') + r("seen again.", '<w:vanish w:val="false"/>'))
        + table(row(cell(p(r("Ship"))), cell(p(r("Left")))), row(cell(p(r("Alma"))), cell(p(r("4:15")), p(r("a.m."))))),
        {
            "word/footnotes.xml": notes_part(
                STRICT, "footnote", {3: "So the log.", 5: "So the council.", 7: "A star.", 8: "Unused."}
            ),
            "word/endnotes.xml": notes_part(STRICT, "endnote", {2: "Or on Tuesday."}),
        },
        namespace=STRICT,
        relations=relation(2, "footnotes", "footnotes.xml") + relation(3, "endnotes", "endnotes.xml"),
    )
    truth(
        "strict.docx",
        [
            "The ships left[1] on Monday[i].[2]*",
            "Seen seen again.",
            "Ship\tLeft\nAlma\t4:15\na.m.",
            "[1] So the council.",
            "[2] So the log.",
            "A star.",
            "[i] Or on Tuesday.",
        ],
        notes=["hidden-text"],
    )


def google_like() -> None:
    """As Google Docs writes: every toggle written out, ranges of columns, no rendered breaks, lists, a table in a table."""
    off = '<w:rtl w:val="0"/><w:b w:val="0"/><w:vanish w:val="0"/>'
    inner = table(row(cell(p(r("in", off))), cell(p(r("ner", off)))))
    package(
        "google-like.docx",
        p(
            '<w:bookmarkStart w:colFirst="0" w:colLast="0" w:name="_x" w:id="0"/>' + r(SAID[0], off),
            '<w:keepNext w:val="0"/>',
        )
        + p(r("First point", off), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>')
        + table(row(cell(p(r("Outer", off))), cell(p(r("beside", off)), inner, p(""))))
        + p(PAGE)
        + p(r(SAID[3], off) + "<w:r><w:rPr/></w:r>"),
        {"word/numbering.xml": NUMBERING},
        relations=relation(1, "numbering", "numbering.xml"),
    )
    truth("google-like.docx", [SAID[0], "• First point", "Outer\tbeside\nin\tner", SAID[3]])


def macros_and_parts() -> None:
    """A document with macros, an embedded Word document, an object, and a part in HTML."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr(
            "_rels/.rels", rels(f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>')
        )
        file.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{p(r("Embedded words."))}</w:body></w:document>'
        )
    package(
        "macros-and-parts.docm",
        p(r(SAID[0])) + '<w:altChunk r:id="rId5"/>' + p("<w:r><w:object/></w:r>" + r(SAID[2])),
        {
            "word/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros",
            "word/embeddings/Annex.docx": inner.getvalue(),
            "word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0 object",
            "word/afchunk.html": "<html><p>Words of a part.</p>",
            "word/comments.xml": f'{XML}<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="Lea Sund">{p(r("Check this."))}</w:comment></w:comments>',
            "word/header1.xml": f'{XML}<w:hdr xmlns:w="{W}">{p(r("Harbour Office, for internal use"))}</w:hdr>',
            "word/footer1.xml": f'{XML}<w:ftr xmlns:w="{W}">{p(r("Page ") + field("PAGE", r("1")) + r(" of 3"))}</w:ftr>',
        },
        relations=relation(1, "vbaProject", "vbaProject.bin")
        + relation(3, "package", "embeddings/Annex.docx")
        + relation(4, "oleObject", "embeddings/oleObject1.bin")
        + relation(5, "aFChunk", "/word/afchunk.html")
        + relation(6, "comments", "comments.xml")
        + relation(7, "header", "header1.xml")
        + relation(8, "footer", "footer1.xml")
        + relation(9, "attachedTemplate", "file:///c:/x.dotm", "External")
        + relation(10, "oleObject", "http://127.0.0.1:9/x", "External"),
    )
    truth(
        "macros-and-parts.docm",
        [SAID[0], SAID[2]],
        notes=["comments", "headers-and-footers"],
        said={"comments": ["1", "Lea Sund"], "headers-and-footers": ["Harbour Office, for internal use"]},
        members=["annex.docx", "afchunk.html"],
        lost=["embedded"],
    )


def odd_template() -> None:
    """A template by an odd program: UTF-16, names in capitals and with backslashes, CDATA, comments, references, a formula."""
    odd = (
        f'<?xml version="1.0" encoding="UTF-16"?><x:document xmlns:x="{W}" {EXTRA}><x:body><x:p><x:r><x:t>One &amp; two '
        "&#x201C;three&#8221;<!-- gone --> four<![CDATA[ <five> ]]>six<?gone?>.\n</x:t></x:r></x:p>"
        "<x:p><m:oMath><m:f><m:num><m:r><m:t>3</m:t></m:r></m:num><m:den><m:r><m:t>4</m:t></m:r></m:den></m:f></m:oMath>"
        "<x:r><x:t xml:space='preserve" + "'> of all ships</x:t></x:r></x:p>"
        "<x:p><x:r><x:ruby><x:rt><x:r><x:t>hafen</x:t></x:r></x:rt><x:rubyBase><x:r><x:t>harbour</x:t></x:r></x:rubyBase></x:ruby>"
        "</x:r></x:p><x:r><x:t>In no paragraph.</x:t></x:r></x:body></x:document>"
    ).encode("utf-16")
    with zipfile.ZipFile(HERE / "odd-template.dotx", "w") as file:
        for name, content in (
            (
                "_RELS\\.RELS",
                rels(f'<Relationship Id="a" Type="{OFFICE}/officeDocument" Target="/Word\\Document2.XML"/>'),
            ),
            ("WORD\\document2.xml", odd),
        ):
            file.writestr(zipfile.ZipInfo(name, (2031, 5, 2, 10, 0, 0)), content, zipfile.ZIP_STORED)
    truth(
        "odd-template.dotx",
        ["One & two “three” four <five> six.", "3/4 of all ships", "harbour (hafen)", "In no paragraph."],
    )


ALL = (strict, google_like, macros_and_parts, odd_template)
