"""Whatever the bytes, `take_in` gives reports that hold together, or says why there are none (`evals.soundness`).

`python -m evals.fuzz hypothesis` runs it with 10,000 examples.
"""

import base64
import contextlib
import gzip
import io
import json
import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evals import samples, soundness
from sayso.intake import wire
from sayso.intake.formats import formats

EXAMPLES = int(os.environ.get("SAYSO_EXAMPLES", "200"))
AT_WILL = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=EXAMPLES == 200,  # a chance find must not stop somebody else's work
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
STARTS = [bytes.fromhex(entry["starts"]) for entry in (*formats()["signature"], *formats()["magic"])]
STARTS += [
    b"\x1f\x8b\x08\0",
    b"BZh91AY&SY",
    b"\xfd7zXZ\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<html>",
    b"From a 10:00 2031\nA: b",
]
PIECES = st.sampled_from(
    [
        *(b"\0", b"\xff", b"\n", b"\r\n\r\n", b"<", b"<!--", b"&#x110000;", b'"', b"{", b"[" * 3000, b"<div>" * 500),
        *(b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", b"999999999999999999", b"-1", b"../", b"\xed\xa0\x80", b"\\ud800"),
        *("\u202e\u2066".encode(), b"PK\x05\x06", b"PK\x01\x02", b"--outer\r\n", b"endobj", b"/Kids[2 0 R]", b"xref"),
    ]
)
EDIT = st.tuples(
    st.sampled_from(["replace", "insert", "remove", "repeat", "cut", "flip"]),
    st.floats(0, 1, exclude_max=True),
    st.integers(1, 300),
    st.one_of(PIECES, st.binary(min_size=1, max_size=8)),
)


def edited(data, edits):
    """The bytes after each edit: what is done, where (a share of the length), how far, and with what."""
    for what, share, length, piece in edits:
        at = int(share * len(data))
        if what == "replace":
            data = data[:at] + piece + data[at + len(piece) :]
        elif what == "insert":
            data = data[:at] + piece + data[at:]
        elif what == "remove":
            data = data[:at] + data[at + length :]
        elif what == "repeat":
            data = data[:at] + data[at : at + length] * 20 + data[at + length :]
        elif what == "cut":
            data = data[:at]
        elif data:
            data = data[:at] + bytes([data[at] ^ 1 << length % 8]) + data[at + 1 :]
    return data


def around(suffix, data):
    """The file inside another one."""
    name = f"inner.{suffix}"
    attached = samples.message(1).replace(b"VGhlIGhhcmJvdXIgb2ZmaWNlIHNhaWQgc28u", base64.b64encode(data))
    return [
        ("zip", samples.zipped({name: data})),
        ("tar", samples.tarred({name: data})),
        (f"{suffix}.gz", gzip.compress(data, mtime=0)),
        ("eml", attached.replace(b"note.txt", name.encode())),
        ("warc", samples.record("resource", f"https://quay.example/{name}", data, "application/octet-stream")),
    ]


@st.composite
def files(draw):
    """Name and bytes of a good file that was changed, perhaps inside another one that was changed too."""
    suffix = draw(st.sampled_from(list(samples.MAKERS)))
    data = edited(samples.MAKERS[suffix](draw(st.integers(0, 3))), draw(st.lists(EDIT, max_size=4)))
    if draw(st.integers(0, 3)) == 0:
        suffix, data = draw(st.sampled_from(around(suffix, data)))
        data = edited(data, draw(st.lists(EDIT, max_size=1)))
    if draw(st.integers(0, 4)) == 0:
        suffix = draw(st.sampled_from(soundness.SUFFIXES))
    return f"a.{suffix}", data


@AT_WILL
@given(files())
def test_a_good_file_that_was_changed(file):
    name, data = file
    soundness.check_taking(data, name)


@AT_WILL
@given(st.sampled_from(STARTS), st.binary(max_size=600), st.sampled_from(soundness.SUFFIXES))
def test_any_bytes_after_the_first_ones_of_a_format(start, data, suffix):
    soundness.check_taking(start + data, f"a.{suffix}")


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=8,
)
HEADS = st.one_of(
    VALUES,
    st.fixed_dictionaries({"report": st.fixed_dictionaries(dict.fromkeys(wire._OF_REPORT, VALUES)), "notes": VALUES}),
    st.fixed_dictionaries({"member": st.fixed_dictionaries(dict.fromkeys(wire._OF_MEMBER, VALUES))}),
    st.fixed_dictionaries({"caveat": VALUES}),
)


@AT_WILL
@given(HEADS, st.binary(max_size=20))
def test_whatever_a_worker_sends_is_a_piece_or_refused(head, data):
    pipe = io.BytesIO()
    for frame in (json.dumps(head).encode(), data, b""):
        wire.write(pipe, frame)
    pipe.seek(0)
    with contextlib.suppress(EOFError, ValueError, KeyError, TypeError):
        for piece in wire.read_pieces(pipe):
            again = io.BytesIO()
            wire.write_pieces(again, [piece])
            again.seek(0)
            assert list(wire.read_pieces(again)) == [piece]


def late(data):
    """A ZIP file whose directory claims to lie 5,000 bytes later than it does."""
    return data[:-6] + (int.from_bytes(data[-6:-2], "little") + 5000).to_bytes(4, "little") + data[-2:]


FOUND = [
    ("mail", b"Content-Type: a/b\0\r\nContent-Disposition: attachment\r\n\r\nx"),
    ("table", b'text\tdate\r\n"Ships" left\t2031\r\n'),
    ("webarchive", samples.zipped({"@.warc": samples.web_archive(1)}).replace(b"@.warc", b"\0.warc")),
    ("html", b"<html><body><div id=wm-ipp></div>\x01x<p>Ships left."),
    ("html", b"<html><body><h1>\x0bShips left</h1><p>The mayor said so."),
    ("html", b"<html><body><h1>&#11;Ships left</h1><p>The mayor said so."),
    ("html", b"<html id=wm-ipp><body><p>Ships left."),
    ("docx", samples.zipped({"word/document.xml": b'<w:document xmlns:w="\x7f"><'})),
    ("webarchive", late(samples.web_package(1))),
]
"""What fuzzing found, made smaller."""


@pytest.mark.parametrize(("reader", "data"), FOUND)
def test_what_was_found_stays_mended(reader, data):
    soundness.check(reader, data)


@pytest.mark.parametrize("suffix", list(samples.MAKERS))
def test_good_files_are_good(suffix):
    name = f"a.{suffix}"
    soundness.check_taking(samples.MAKERS[suffix](5), name)
    reports, _ = soundness.take_in(samples.MAKERS[suffix](5), name)
    assert any(samples.marker(5) in " ".join(report.text.split()) for report in reports)


def test_what_is_unsound_is_found(monkeypatch):
    def lie(*_):
        report, *rest = soundness.formats.take_in(samples.text(1), "a.txt")[0]
        return (replace(report, pages=((0, 5, 5),)), *rest), ()

    monkeypatch.setattr(soundness, "take_in", lie)
    with pytest.raises(soundness.Unsound, match="do not rise"):
        soundness.check_taking(b"x", "a.txt")
