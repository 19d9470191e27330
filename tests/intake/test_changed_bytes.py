"""Readers of containers raise nothing but NotRead, whatever bytes of a good file are changed, lost or doubled."""

import contextlib
import gzip
import io
import tarfile
import zipfile
from email.message import EmailMessage

from hypothesis import example, given, settings
from hypothesis import strategies as st

from sayso.intake import archive, mail, webarchive
from sayso.intake.mail import mbox, mhtml
from sayso.intake.records import Article, Lost, Member, NotRead

TEXT = b"The council said on Monday that the ships had left the harbour.\n"


def message():
    made = EmailMessage()
    made["From"], made["Subject"], made["Date"] = "Ada Mirel <a@b.example>", "Qué", "Fri, 02 May 2031 10:00:00 +0300"
    made.set_content(TEXT.decode())
    made.add_alternative("<p>The ships</p>", subtype="html")
    made.add_attachment(b"%PDF-\xff", maintype="application", subtype="pdf", filename="nöte.pdf")
    return made.as_bytes()


def zipped(*files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files:
            made.writestr(name, data)
    return out.getvalue()


def tarred(mode):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as made:
        for name in ("a.txt", "é" * 80 + ".txt", "reports.csv"):
            info = tarfile.TarInfo(name)
            info.size = len(TEXT)
            made.addfile(info, io.BytesIO(TEXT))
    return out.getvalue()


def record(kind, address, block):
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Length: {len(block)}\r\n\r\n"
    return head.encode() + block + b"\r\n\r\n"


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
SENT = HEAD + gzip.compress(b"<html>" + TEXT, mtime=0)
WARC = record("response", "https://t.example/a", SENT) + record("revisit", "https://t.example/b", SENT[:60])
MAIL = message()
PAGE = b"From: <Saved by Blink>\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x\n"
FILES = [
    (archive, zipped(("a.txt", TEXT), ("b/ä.html", TEXT * 9), ("reports.csv", b"file,publisher\na.txt,Tide\n"))),
    (archive, tarred("w")),
    (archive, tarred("w:gz")),
    (archive, tarred("w:xz")),
    (mail, MAIL),
    (mbox, (b"From a@b Fri May  2 10:00:00 2031\n" + MAIL + b"\n\n") * 2),
    (mhtml, PAGE),
    (webarchive, WARC),
    (webarchive, gzip.compress(WARC, mtime=0)),
    (webarchive, zipped(("archive/a.warc", WARC), ("pages/pages.jsonl", b'{"url": "https://t.example/a"}'))),
]
CHANGES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 60), st.binary(max_size=12), st.integers(0, 3)), max_size=6
)


def changed(data, changes):
    for share, length, new, times in changes:
        at = int(share * len(data))
        data = data[:at] + data[at : at + length] * times + new + data[at + length :]
    return data


@settings(max_examples=400, deadline=2000)
@given(st.sampled_from(FILES), CHANGES)
@example(FILES[0], [(0.97, 4, b"\xff\xff\xff\x7f", 0)])
def test_changed_bytes_give_a_reason_or_what_can_be_read(file, changes):
    reader, data = file
    with contextlib.suppress(NotRead):
        for one in reader.articles(changed(data, changes)):
            assert isinstance(one, Article | Member) or one.reason


def test_unchanged_files_are_read():
    for reader, data in FILES:
        found = list(reader.articles(data))
        assert any(not isinstance(one, Lost) for one in found)
