"""Pieces of Word documents, as Word writes them, and the truth about what was made of them."""
# ruff: noqa: E501 - XML and scripts stand in the lines that their programs would write

from __future__ import annotations

import re
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
TRUTH: dict[str, dict] = {}
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
SAID = [
    "The council said on Monday that two ships had left the harbour of Orlava Bay.",
    "“Nobody was hurt,” said Ada Mirel, the mayor’s spokeswoman, but a dock worker told the Gazette that he had seen smoke.",
    "A second witness, Tom Oru, denied this: “There was no smoke, only fog.”",
    "According to the harbour office, the fire – if it was one – began at 4:15 a.m. and was out by five.",
]


def truth(name: str, blocks: list[str], **more: object) -> None:
    """What the reader must give for a file: its text, and more. Pages: a piece of text → its page."""
    TRUTH[name] = {"text": "\n\n".join(blocks), **more}


def package(  # noqa: PLR0913 - the parts of a package
    name: str,
    document: str,
    parts: dict[str, str | bytes] | None = None,
    *,
    namespace: str = W,
    relations: str = "",
    main: str = "word/document.xml",
    body: str = "",
) -> None:
    """A package around the content of w:body."""
    office = STRICT_OFFICE if namespace == STRICT else OFFICE
    head = f'<w:document xmlns:w="{namespace}" xmlns:r="{office}" {EXTRA}><w:body>'
    folder, file = main.rsplit("/", 1)
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/' + main + '" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": rels(f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="{main}"/>'),
        main: XML + (body or head + document + "<w:sectPr/></w:body></w:document>"),
        f"{folder}/_rels/{file}.rels": rels(relations.replace("OFFICE", office)),
        **(parts or {}),
    }
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as file_:
        for part, content in files.items():
            file_.writestr(zipfile.ZipInfo(part, (2031, 5, 2, 10, 0, 0)), content, zipfile.ZIP_DEFLATED)


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
EXTRA = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)


def rels(inner: str) -> str:
    return f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def relation(number: int, kind: str, target: str, mode: str = "") -> str:
    outside = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="rId{number}" Type="OFFICE/{kind}" Target="{target}"{outside}/>'


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r w:rsidR="00A1B2C3"><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def split(text: str) -> str:
    """A text in the small runs that Word makes of it when it is edited and checked."""
    runs = re.findall(r".{1,17}", text)
    return '<w:proofErr w:type="spellStart"/>'.join(
        f'<w:r w:rsidRPr="00{n:06X}"><w:rPr><w:lang w:val="en-GB"/></w:rPr><w:t xml:space="preserve">{escape(one)}</w:t></w:r>'
        for n, one in enumerate(runs)
    )


def p(inner: str, properties: str = "") -> str:
    return f'<w:p w:rsidR="00D4E5F6" w:rsidRDefault="00D4E5F6"><w:pPr>{properties}</w:pPr>{inner}</w:p>'


def field(code: str, result: str) -> str:
    """A complex field."""

    def step(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return step("begin") + instruction + step("separate") + result + step("end")


def cell(*paragraphs: str) -> str:
    return "<w:tc><w:tcPr/>" + "".join(paragraphs) + "</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"
PAGE = '<w:r><w:br w:type="page"/></w:r>'

NUMBERING = (
    f'{XML}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%4)"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
    '<w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
)
