import gzip
import hashlib
import time

import pytest

from sayso import kit
from sayso.intake import Settings, media_type, take_in
from sayso.intake.unpacking import HARMLESS

TEXT = "The council said on Monday that the ships had left the harbour, two witnesses told the Gazette. "
FAILURES = [
    (b"", "a.txt", "empty"),
    (b" \n\r\n", "a.txt", "empty"),
    (b"", "a.jsonl", "empty"),
    (b"", "a.csv", "empty"),
    (b"\xef\xbb\xbf", "a.md", "empty"),
    (gzip.compress(b"", mtime=0), "a.txt.gz", "empty"),
    (b"%PDF-1.7 x", "a.pdf", "damaged"),
    (b"%PDF-1.7 x", "a.jsonl", "damaged"),
    (b"PK\x03\x04", "a.docx", "damaged"),
    (b"PK\x03\x04", "a.xlsx", "format"),
    (b"<?xml version='1.0'?><a/>", "a.xml", "format"),
    (b"a\0b" * 99, "a.html", "binary"),
    (gzip.compress(TEXT.encode() * 9, mtime=0)[:60], "a.txt.gz", "damaged"),
    (b"\x1f\x8bnot gzip at all", "a.txt", "damaged"),
    (gzip.compress(b"a" * 100 * HARMLESS, mtime=0), "a.txt.gz", "too-large"),
]


@pytest.mark.parametrize(("data", "name", "kind"), FAILURES)
def test_what_gives_no_report_is_named_with_its_reason(data, name, kind):
    reports, caveats = take_in(data, name)
    assert reports == ()
    assert [(c.about, c.kind) for c in caveats] == [(name, kind)]
    assert caveats[0].message.startswith(name)


def test_rows_lost_the_same_way_are_summed_up():
    rows = [b'{"body": "x"}'] * 3 + [b'{"title": "y"}'] + [b'{"body": "x"}'] * 2
    _, caveats = take_in(b"\n".join(rows), "a.jsonl", Settings((("text", "words"),)))
    first, rest, other = (caveat.message for caveat in caveats)
    assert first.startswith("a.jsonl, line 1, has no text under 'words'")
    assert rest == "a.jsonl: and 4 more lines the same way: line 2 to line 3, line 5 to line 6."
    assert other.startswith("a.jsonl, line 4, has no text")


def test_many_different_losses_are_told_in_one():
    rows = [b'{"key %d": 1}' % number for number in range(30)]
    _, caveats = take_in(b"\n".join(rows), "a.jsonl")
    assert len(caveats) == 11
    assert caveats[-1].message == "a.jsonl: and 20 more lines like these: line 11 to line 30."


def test_a_report_has_the_hashes_of_its_text_and_of_its_file():
    data = gzip.compress(TEXT.encode())
    (report,), _ = take_in(
        data, "sub/a.txt.gz", Settings(publisher="Tide", published="2 May 2031", address="https://t.example")
    )
    assert report.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert report.file == hashlib.sha256(data).hexdigest()
    assert report.id == kit.identify(TEXT, "Tide", "2031-05-02", "https://t.example")
    assert (report.name, report.title, report.language) == ("sub/a.txt.gz", "", "en")


def test_gzip_members_are_joined_and_padding_passed_over():
    data = gzip.compress(b"Ships ") + gzip.compress(b"left.") + b"\0" * 9
    assert take_in(data, "a.txt.gz")[0][0].text == "Ships left."


def test_an_unknown_ending_is_read_as_text_and_said():
    (report,), caveats = take_in(TEXT.encode(), "a.wire")
    assert report.text == TEXT
    assert "format-guessed" in {c.kind for c in caveats}


LANGUAGES = [
    (TEXT, "en"),
    ("Die Regierung sagte am Montag, dass die Schiffe den Hafen verlassen hätten und niemand verletzt wurde.", "de"),
    ("El consejo dijo el lunes que los barcos habían abandonado el puerto y que nadie resultó herido.", "es"),
    ("قال المجلس يوم الاثنين إن السفن غادرت الميناء ولم يصب أحد في الحريق الذي اندلع هناك ليلا", "ar"),
    ("Schiffe weg.", ""),
    ("12 34 56 " * 50, ""),
]


@pytest.mark.parametrize(("text", "code"), LANGUAGES)
def test_another_language_is_told_and_the_report_kept(text, code):
    (report,), caveats = take_in(text.encode(), "a.txt")
    assert (report.text, report.language) == (text, code)
    assert ("language" in {c.kind for c in caveats}) == (code not in ("", "en"))


MEDIA = [
    (b"x", "a.txt", "text/plain"),
    (b"<html>", "a", "text/html"),
    (b"{}", "a.jsonl", "application/json"),
    (b"a,b", "a.tsv", "text/csv"),
    (gzip.compress(b"x", mtime=0), "a.txt.gz", "application/gzip"),
    (b"%PDF-1.7", "a.txt", "application/pdf"),
    (b"PK\x03\x04", "a.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"PK\x03\x04", "a.txt", "application/zip"),
    (b"\x7fELF", "a.txt", "application/octet-stream"),
]


@pytest.mark.parametrize(("data", "name", "expected"), MEDIA)
def test_the_media_type_is_told(data, name, expected):
    assert media_type(data, name) == expected


def test_many_parts_lost_for_as_many_reasons_are_told_at_once():
    data = b"".join(b'{"k%d": 1}\n' % number for number in range(60_000))
    began = time.process_time()
    reports, caveats = take_in(data, "a.jsonl")
    assert time.process_time() - began < 10
    assert (reports, len(caveats)) == ((), 11)
    assert "and 59990 more lines like these: line 11 to line 60000" in caveats[-1].message


PUBLISHED_BY = [
    ("Published by the Tarn Courier, 14 March 2032.", "the Tarn Courier", "2032-03-14"),
    ("Published in The Tarn Courier on March 14, 2032", "The Tarn Courier", "2032-03-14"),
    ("Published by Smith, Tarn and Sons", "Smith, Tarn and Sons", ""),
]


@pytest.mark.parametrize(("line", "publisher", "published"), PUBLISHED_BY)
def test_a_line_that_names_publisher_and_date_gives_both(line, publisher, published):
    (report,), _ = take_in(f"{line}\n\n{TEXT}".encode(), "a.txt")
    assert (report.publisher, report.published) == (publisher, published)
