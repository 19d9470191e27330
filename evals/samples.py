"""Invented reports in every format that sayso reads, each a few hundred bytes: what the measures of harm start from."""

from __future__ import annotations

import bz2
import csv
import gzip
import hashlib
import io
import json
import lzma
import random
import tarfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from email.message import EmailMessage

from evals.growth import OUTLETS, sentence

FIXED = (2031, 5, 2, 10, 0, 0)
"""The time that archives give their members: the same number must always give the same bytes."""
LONG_AGO = 1_935_482_400
"""The same in seconds since 1970."""


def story(number: int) -> list[str]:
    """Paragraphs of an invented report: somebody says, or denies, something."""
    draw = random.Random(number)  # noqa: S311 - chance for invented texts, not for secrets
    return [f"Report {number} from the coast.", *(sentence(draw) for _ in range(4))]


def published(number: int) -> str:
    """When it was published, ISO 8601."""
    return f"2031-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}"


def outlet(number: int) -> str:
    """Who published it."""
    return OUTLETS[number % len(OUTLETS)]


def text(number: int) -> bytes:
    """With a header of three lines."""
    head = f"publisher: {outlet(number)}\npublished: {published(number)}\n\n"
    return (head + "\n\n".join(story(number))).encode()


def page(number: int) -> bytes:
    """A web page."""
    words = "\n".join(f"<p>{line}</p>" for line in story(number))
    return (
        "<!doctype html><html><head><meta charset=utf-8>"
        f'<meta property="og:site_name" content="{outlet(number)}">'
        f'<meta property="article:published_time" content="{published(number)}">'
        f"<title>Report {number}</title></head>\n<body><nav><a href=/>Home</a></nav>"
        f"<article><h1>Report {number}</h1>\n{words}</article></body></html>"
    ).encode()


def json_lines(number: int) -> bytes:
    """Two reports."""
    return b"".join(json.dumps(_row(one)).encode() + b"\n" for one in (number, number + 1000))


def table(number: int, delimiter: str = ",") -> bytes:
    """Two reports."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, ["publisher", "published", "text"], delimiter=delimiter)
    writer.writeheader()
    writer.writerows([_row(number), _row(number + 1000)])
    return out.getvalue().encode()


def _row(number: int) -> dict[str, str]:
    return {"publisher": outlet(number), "published": published(number), "text": "\n\n".join(story(number))}


def pdf(number: int) -> bytes:
    """One page, a line for each sentence (ISO 32000-1 §7.5)."""
    lines = b" T* ".join(b"(" + line.encode("latin-1") + b") Tj" for line in story(number))
    return pdf_of([b"BT /F1 11 Tf 60 760 Td 16 TL " + lines + b" ET"])


def pdf_of(contents: Sequence[bytes], *, more: Sequence[bytes] = ()) -> bytes:
    """A PDF of pages with these content streams in Helvetica. `more` are further objects, numbered after the others."""
    count = len(contents)
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [" + kids + b"] /Count %d >>" % count,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >>"
            b" /XObject << /X1 %d 0 R >> >> /Contents %d 0 R >>" % (4 + 2 * count, 5 + 2 * at)
        )
        objects.append(b"<< /Length %d >> stream\n" % len(content) + content + b"\nendstream")
    return pdf_file([*objects, *more])


def pdf_file(objects: Sequence[bytes]) -> bytes:
    """A PDF file of these objects, numbered from 1; the first is the catalog."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj " % number + one + b" endobj\n"
    begin = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, begin))


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(number: int) -> bytes:
    """A paragraph for each sentence (ECMA-376 part 1 §17)."""
    words = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in story(number))
    return docx_of(f'<w:document xmlns:w="{WORD}"><w:body>{words}</w:body></w:document>')


def docx_of(document: str) -> bytes:
    """A DOCX with this main part."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    related = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    start = '<?xml version="1.0" encoding="UTF-8"?>'
    return zipped(
        {
            "[Content_Types].xml": f'{start}<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
            "_rels/.rels": f'{start}<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{related}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": start + document,
        }
    )


def mail(number: int) -> bytes:
    """A message with a note and an attached report."""
    message = EmailMessage()
    message["From"] = f"{outlet(number)} <desk@courier.example>"
    message["To"] = "reader@case.example"
    message["Subject"] = f"Report {number}"
    message["Date"] = f"{number % 28 + 1:02d} May 2031 10:00:00 +0000"
    message["Message-ID"] = f"<{number}@courier.example>"
    message.set_content("\n\n".join(story(number)))
    message.add_attachment(text(number + 1000), maintype="text", subtype="plain", filename=f"note-{number}.txt")
    message.set_boundary(f"part-{number}")
    return message.as_bytes()


def mailbox(number: int) -> bytes:
    """Two messages."""
    messages = (mail(one).replace(b"\nFrom ", b"\n>From ") for one in (number, number + 1000))
    return b"".join(b"From desk@courier.example Fri May  2 10:00:00 2031\n" + one + b"\n\n" for one in messages)


def saved_page(number: int) -> bytes:
    """A page as browsers save it in one file (MHTML)."""
    begin = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://courier.example/{0}\r\n"
        "Subject: Report {0}\r\n"
        "Date: Fri, 2 May 2031 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----{0}"\r\n\r\n------{0}\r\n'
        "Content-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n"
        "Content-Location: https://courier.example/{0}\r\n\r\n"
    )
    return begin.format(number).encode() + page(number) + f"\r\n------{number}--\r\n".encode()


def web_archive(number: int) -> bytes:
    """Two pages as a crawler keeps them (WARC 1.1)."""
    return b"".join(_response(one) for one in (number, number + 1000))


def _response(number: int) -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(number)
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/{number}\r\n"
        f"WARC-Date: 2031-05-02T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def web_package(number: int) -> bytes:
    """A web archive in its package (WACZ 1.1)."""
    archive = gzip.compress(web_archive(number), mtime=0)
    pages = '{"format": "json-pages-1.0", "id": "pages"}\n' + "".join(
        json.dumps({"id": str(one), "url": f"https://courier.example/{one}"}) + "\n" for one in (number, number + 1000)
    )
    said = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "resources": [
            {"name": name.split("/")[-1], "path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
            for name, data in (("archive/data.warc.gz", archive), ("pages/pages.jsonl", pages.encode()))
        ],
    }
    return zipped({"archive/data.warc.gz": archive, "pages/pages.jsonl": pages, "datapackage.json": json.dumps(said)})


def archive(number: int) -> bytes:
    """A ZIP file with a text, a page and a message."""
    return zipped({f"{number}/a.txt": text(number), "b.html": page(number + 1000), "c.eml": mail(number + 2000)})


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(zipfile.ZipInfo(name, FIXED), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(members: Mapping[str, bytes]) -> bytes:
    """A tar file of these members."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as file:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), LONG_AGO
            file.addfile(info, io.BytesIO(data))
    return out.getvalue()


def tar_gz(number: int) -> bytes:
    """A packed tar file with two texts."""
    members = {f"{one}.txt": text(one) for one in (number, number + 1000)}
    return gzip.compress(tarred(members), mtime=0)


FORMATS: Mapping[str, Callable[[int], bytes]] = {
    "txt": text,
    "md": text,
    "html": page,
    "jsonl": json_lines,
    "json": lambda number: json.dumps([_row(number)]).encode(),
    "csv": table,
    "tsv": lambda number: table(number, "\t"),
    "pdf": pdf,
    "docx": docx,
    "eml": mail,
    "mbox": mailbox,
    "mhtml": saved_page,
    "warc": web_archive,
    "wacz": web_package,
    "zip": archive,
    "tar.gz": tar_gz,
    "txt.gz": lambda number: gzip.compress(text(number), mtime=0),
    "txt.xz": lambda number: lzma.compress(text(number)),
    "txt.bz2": lambda number: bz2.compress(text(number)),
}
"""By the ending of a file's name: what makes one, given a number; another number gives another file."""


def files(count: int) -> dict[str, bytes]:
    """So many files, of all formats in turn, under their names."""
    kinds = list(FORMATS.items())
    return {
        f"report-{number:03d}.{kinds[number % len(kinds)][0]}": kinds[number % len(kinds)][1](number)
        for number in range(count)
    }
