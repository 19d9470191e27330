import os

import pytest

from sayso.intake.encoding import decode
from sayso.intake.records import NotRead

WORDS = "The café stayed open, the mayor’s office said. “Nobody was hurt.” "
MARKED = [("utf-8-sig", WORDS), ("utf-16", WORDS), ("utf-32", WORDS)]
BINARY = [
    (b"{\\rtf1 x", "RTF"),
    (b"\x89PNG\r\n\x1a\nrest", "PNG"),
    (b"some\0zeros in it", "zero bytes"),
    (bytes(range(1, 32)) * 20 + b"\xff\xfe\xfd", "no text"),
]


@pytest.mark.parametrize(("encoding", "text"), MARKED)
def test_a_byte_order_mark_decides_and_is_no_text(encoding, text):
    assert decode(text.encode(encoding)) == (text, ())


def test_utf8_is_taken_at_its_word():
    assert decode(WORDS.encode()) == (WORDS, ())


def test_an_old_encoding_is_guessed_and_said():
    text, notes = decode((WORDS * 8).encode("cp1252"))
    assert "café" in text
    assert [kind for kind, _ in notes] == ["encoding-guessed"]


def test_a_declared_encoding_goes_before_a_guess():
    assert decode("Łódź".encode("iso-8859-2"), "iso-8859-2") == ("Łódź", ())
    assert decode("“No”".encode("cp1252"), "iso-8859-1") == ("“No”", ())


@pytest.mark.parametrize("declared", ["rot13", "unicode_escape", "zlib", "no-such-thing", "utf-7"])
def test_a_declared_codec_that_no_page_means_is_passed_over(declared):
    assert decode((WORDS * 8).encode("cp1252"), declared)[1][0][0] == "encoding-guessed"


def test_utf16_without_its_mark_is_guessed():
    text, notes = decode((WORDS * 3).encode("utf-16-be"))
    assert text == WORDS * 3
    assert notes[0][0] == "encoding-guessed"


def test_a_cut_utf8_file_keeps_what_is_whole():
    text, notes = decode(("“No,” he said. " * 5).encode() + "é".encode()[:1])
    assert text == "“No,” he said. " * 5 + "\ufffd"
    assert notes[0][0] == "encoding-damaged"


@pytest.mark.parametrize(("data", "reason"), BINARY)
def test_what_is_no_text_is_named(data, reason):
    with pytest.raises(NotRead, match=reason):
        decode(data)


def test_noise_is_no_text():
    with pytest.raises(NotRead):
        decode(os.urandom(4096))


def test_a_declared_encoding_that_is_none_does_no_harm():
    for declared in ("no-such", "utf\0", "base64", "x" * 10_000):
        assert decode("déjà vu".encode("cp1252"), declared).text == "déjà vu"
