"""Small good files of every format that is read, made from invented texts by the standard library alone.

They are the good files among hostile ones (`evals.hostile`), and what fuzzing begins with (`evals.fuzz`).
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

DAY = "2031-05-02"
HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""A PDF's first two lines; the second tells that it holds bytes beyond ASCII (ISO 32000-2 §7.5.2)."""
Maker = Callable[[int], bytes]
"""Makes the bytes of a good file with the text of this number."""


def marker(number: int) -> str:
    """Words that stand in the good text of this number alone."""
    return f"pier number {number} burned through the night"


def paragraphs(number: int) -> tuple[str, ...]:
    """An invented report."""
    return (
        f"Mayor Ada Tarn of Ostra said on Monday that {marker(number)} and that nobody had been hurt.",
        "Two officials of the harbour office told the Quay Courier that a crane had fallen before the fire broke out.",
        "The council said it would meet again on Thursday. The union of dockers denied that any of them was there.",
    )


def text(number: int) -> bytes:
    """A text file with a header."""
    body = "\n\n".join(paragraphs(number))
    return f"publisher: Quay Courier\npublished: {DAY}\ntitle: Fire at pier {number}\n\n{body}\n".encode()


def page(number: int) -> bytes:
    """A web page."""
    body = "".join(f"<p>{one}</p>" for one in paragraphs(number))
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Fire at pier {number} | Quay Courier</title>"
        f'<meta property="og:site_name" content="Quay Courier">'
        f'<meta property="article:published_time" content="{DAY}T10:00:00Z"></head>'
        f"<body><nav><a href=/>Home</a></nav><article><h1>Fire at pier {number}</h1>{body}</article></body></html>"
    ).encode()


_HERE, _WHEN = "https://quay.example/fire", "Fri May 02 2031 10:00:00 GMT+0300"
_COPY = f"https://web.archive.org/web/20310502100000/{_HERE}"
SAVERS = (
    f"<!-- saved from url=(0025){_HERE} -->",
    f"<!--\n Page saved with SingleFile \n url: {_HERE} \n saved date: {_WHEN} (Eastern Time)\n-->",
    f"<!-- Saved from {_HERE} at 2031-05-02T10:00:00Z using monolith v2.8.1 -->",
    "<!-- Mirrored from quay.example/fire by HTTrack Website Copier/3.x, Fri, 02 May 2031 10:00:00 GMT -->",
    f'<meta name="savepage-url" content="{_HERE}"><meta name="savepage-date" content="{_WHEN}">',
    f'<script>__wm.wombat("{_HERE}","20310502100000")</script><div id=wm-ipp>a</div>',
    f'<link rel=canonical href="{_COPY}"><time datetime="2031-05-02">2 May 2031</time>',
    '<script type="application/ld+json">{"@type":"NewsArticle","publisher":{"name":"Tide"},"author":"Ada"}</script>',
)
"""What savers of pages, and pages themselves, write into a page about it."""


def saved_pages() -> Iterator[bytes]:
    """Web pages with each of these."""
    for mark in SAVERS:
        yield page(1).replace(b"<html lang=en>", f"<html lang=en>{mark}".encode())


def row(number: int) -> dict[str, str]:
    """An article as a row of a table or an object of JSON."""
    return {"text": "\n".join(paragraphs(number)), "publisher": "Quay Courier", "published": DAY, "title": "Fire"}


def json_lines(number: int) -> bytes:
    """A line of JSON Lines."""
    return json.dumps(row(number)).encode() + b"\n"


def json_array(number: int) -> bytes:
    """An array of one article."""
    return json.dumps([row(number)], indent=1).encode()


def table(number: int, sign: str = ",") -> bytes:
    """A table of one row."""
    cells = row(number)
    quoted = (f'"{one}"' for one in cells.values())
    return f"{sign.join(cells)}\r\n{sign.join(quoted)}\r\n".encode()


def message(number: int) -> bytes:
    """A message in plain text and HTML, with a text attached."""
    plain = "\r\n".join(paragraphs(number))
    return (
        "From: Ada Mirel <ada@quay.example>\r\nTo: desk@quay.example\r\nDate: Fri, 02 May 2031 10:00:00 +0300\r\n"
        f"Message-ID: <fire-{number}@quay.example>\r\nSubject: =?utf-8?q?Fire_at_pier_{number}?=\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="outer"\r\n\r\n'
        '--outer\r\nContent-Type: multipart/alternative; boundary="inner"\r\n\r\n'
        f"--inner\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{plain}\r\n"
        f"--inner\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{plain}</p>\r\n--inner--\r\n"
        '--outer\r\nContent-Type: text/plain; name="note.txt"\r\nContent-Disposition: attachment\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\nVGhlIGhhcmJvdXIgb2ZmaWNlIHNhaWQgc28u\r\n--outer--\r\n"
    ).encode()


def mailbox(number: int) -> bytes:
    """A mailbox of two messages."""
    first = b"From ada@quay.example Fri May  2 10:00:00 2031\n"
    second = b"From tom@quay.example Fri May  2 11:00:00 2031\nFrom: Tom Oru <tom@quay.example>\nSubject: Re\n\nSeen.\n"
    return first + message(number).replace(b"\r\n", b"\n") + b"\n" + second


def saved_page(number: int) -> bytes:
    """A page as Chrome saves it in one file."""
    address = f"https://quay.example/fire-{number}"
    return (
        (
            f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {address}\r\nSubject: Fire\r\n"
            "Date: Fri, 2 May 2031 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/related; type="text/html"; boundary="part"\r\n\r\n'
            f"--part\r\nContent-Type: text/html\r\nContent-Location: {address}\r\n\r\n"
        ).encode()
        + page(number)
        + b"\r\n--part--\r\n"
    )


def zipped(entries: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP file of these entries."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", method) as archive:
        for name, data in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (2031, 5, 2, 10, 0, 0)), data, method)
    return whole.getvalue()


def tarred(entries: Mapping[str, bytes]) -> bytes:
    """A tar file of these entries."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        for name, data in entries.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return whole.getvalue()


def _members(number: int) -> dict[str, bytes]:
    return {f"fire/{number}.txt": text(number), "fire/more.html": page(number), "reports.csv": b"file,publisher\n"}


def archive(number: int) -> bytes:
    """A ZIP file of a text, a page and a list."""
    return zipped(_members(number))


def tape(number: int) -> bytes:
    """The same in a tar file."""
    return tarred(_members(number))


def record(kind: str, address: str, block: bytes, media: str = "application/http;msgtype=response") -> bytes:
    """A record of a web archive (ISO 28500)."""
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: {DAY}T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{zlib.crc32(block):08x}>\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def web_archive(number: int) -> bytes:
    """A web archive of a note of the crawler, and a page."""
    address = f"https://quay.example/fire-{number}"
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(number)
    return record("warcinfo", "", b"software: none\r\n", "application/warc-fields") + record("response", address, block)


def web_package(number: int) -> bytes:
    """A package (WACZ) of the same."""
    pages = b'{"format": "json-pages-1.0"}\n' + json.dumps({"url": f"https://quay.example/fire-{number}"}).encode()
    entries = {
        "archive/data.warc.gz": gzip.compress(web_archive(number), mtime=0),
        "pages/pages.jsonl": pages,
        "datapackage.json": b'{"profile": "data-package", "wacz_version": "1.1.1", "resources": []}',
    }
    return zipped(entries, method=zipfile.ZIP_STORED)


def pdf_of(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, the first of which is its catalog (ISO 32000-2 §7.5)."""
    whole, places = bytearray(HEAD), []
    for number, body in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(whole))
    return bytes(whole) + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, end)


def stream(data: bytes, said: bytes = b"") -> bytes:
    """A stream of a PDF; `said` goes into its dictionary."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), said, data)


def drawn(lines: Iterable[str]) -> bytes:
    """What draws these lines on a page of a PDF."""
    shown = b"".join(b"(%s) Tj T*\n" % line.encode("ascii") for line in lines)
    return b"BT /F1 11 Tf 14 TL 72 760 Td\n" + shown + b"ET"


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def document(number: int) -> bytes:
    """A PDF of one page."""
    lines = [line for one in paragraphs(number) for line in _wrapped(one)]
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", leaf]
    return pdf_of([*objects, stream(drawn(lines)), FONT])


def with_attachment(number: int) -> bytes:
    """A PDF with title and author, two pages, and a text attached (ISO 32000-2 §7.11)."""
    lines = [line for one in paragraphs(number) for line in _wrapped(one, 36)]
    columns = drawn(lines[:6]) + b"\n" + drawn(lines[6:]).replace(b" 72 760 Td", b" 320 760 Td")
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 6 0 R>>>>>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(note.txt) 9 0 R]>>>>>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        leaf % 5,
        leaf % 7,
        stream(columns),
        FONT,
        stream(drawn(lines)),
        b"<</Title(Fire at the pier)/Author(Ada Mirel)/CreationDate(D:20310502100000Z)>>",
        b"<</Type/Filespec/F(note.txt)/UF(note.txt)/EF<</F 10 0 R>>>>",
        stream(text(number), b"/Type/EmbeddedFile"),
    ]
    return pdf_of(objects, b"/Info 8 0 R")


def _wrapped(sentence: str, width: int = 80) -> list[str]:
    lines = [""]
    for word in sentence.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(body: str, *, before: str = "", **more: bytes) -> bytes:
    """A DOCX (ECMA-376) with this in its body; `before` goes before the root, `more` are parts in its folder."""
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    main = f'<?xml version="1.0"?>{before}<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>'
    parts = {"[Content_Types].xml": types, "_rels/.rels": relations, "word/document.xml": main}
    return zipped({**{name: part.encode() for name, part in parts.items()}, **more})


def office(number: int) -> bytes:
    """A DOCX of some paragraphs."""
    return word_file("".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs(number)))


MAKERS: Mapping[str, Maker] = {
    "txt": text,
    "md": text,
    "html": page,
    "jsonl": json_lines,
    "json": json_array,
    "csv": table,
    "tsv": lambda number: table(number, "\t"),
    "txt.gz": lambda number: gzip.compress(text(number), mtime=0),
    "txt.bz2": lambda number: bz2.compress(text(number)),
    "txt.xz": lambda number: lzma.compress(text(number)),
    "eml": message,
    "mbox": mailbox,
    "mht": saved_page,
    "zip": archive,
    "tar": tape,
    "tar.gz": lambda number: gzip.compress(tape(number), mtime=0),
    "warc": web_archive,
    "warc.gz": lambda number: gzip.compress(web_archive(number), mtime=0),
    "wacz": web_package,
    "pdf": document,
    "docx": office,
}
"""Who makes a good file of which suffix."""
