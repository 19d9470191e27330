import bz2
import gzip
import io
import lzma
import struct
import tarfile
import time
import zipfile
import zlib

import pytest

from sayso.intake import archive, unpacking
from sayso.intake.records import Lost, Member, NotRead

TEXT = b"The council said on Monday that the ships had left the harbour."
ODD = "Quärz/Hafen\u00fc.txt"


def zipped(files, method=zipfile.ZIP_DEFLATED):
    """A ZIP file of (name or ZipInfo, bytes) pairs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, data in files:
            made.writestr(name, data)
    return out.getvalue()


def tarred(files, mode="w", form=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=form) as made:
        for name, data in files:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(data)
            made.addfile(info, io.BytesIO(data))
    return out.getvalue()


def read(data):
    found = list(archive.articles(data))
    members = {one.place: one for one in found if isinstance(one, Member)}
    lost = {one.place: one for one in found if isinstance(one, Lost)}
    assert len(members) + len(lost) == len(found)
    return members, lost


def texts(data):
    members, lost = read(data)
    assert lost == {}
    return {place: one.data for place, one in members.items()}


FILES = [("b/two.txt", TEXT), ("a.html", b"<p>One"), ("b/a b.txt", b"x"), ("z.zip", b"PK")]
MAKERS = [
    zipped,
    lambda files: zipped(files, zipfile.ZIP_STORED),
    lambda files: zipped(files, zipfile.ZIP_BZIP2),
    tarred,
    lambda files: tarred(files, "w:gz"),
    lambda files: tarred(files, "w:bz2"),
    lambda files: tarred(files, "w:xz"),
    lambda files: tarred(files, form=tarfile.GNU_FORMAT),
    lambda files: tarred(files, form=tarfile.USTAR_FORMAT),
]


@pytest.mark.parametrize("make", MAKERS)
def test_the_files_come_in_the_order_of_their_names(make):
    data = make(FILES)
    assert list(texts(data).items()) == sorted(FILES)
    assert list(archive.articles(io.BytesIO(data))) == list(archive.articles(data))


@pytest.mark.parametrize("make", [zipped, tarred, lambda files: tarred(files, form=tarfile.GNU_FORMAT)])
def test_names_of_any_length_and_script_are_kept(make):
    files = [("日本/報告.txt", b"a"), (ODD, b"b"), ("f/" * 60 + "x" * 120 + ".txt", b"c")]
    assert sorted(texts(make(files)).values()) == [b"a", b"b", b"c"]
    assert {"日本/報告.txt", ODD} <= set(texts(make(files)))


@pytest.mark.parametrize("make", [zipped, tarred])
def test_hidden_files_and_folders_are_passed_over(make):
    names = [".git/config", "__MACOSX/._a.txt", "a/.DS_Store", "a/", "./b.txt"]
    assert texts(make([(name, b"" if name.endswith("/") else b"x") for name in names])) == {"b.txt": b"x"}


@pytest.mark.parametrize("make", [zipped, tarred])
def test_names_that_point_outside_are_shown_and_noted(make):
    members, lost = read(make([("../../etc/a.txt", b"1"), ("/root/b.txt", b"2"), ("c/d.txt", b"3")]))
    assert lost == {}
    assert {place for place, one in members.items() if one.notes} == {"../../etc/a.txt", "/root/b.txt"}
    assert {kind for one in members.values() for kind, _ in one.notes} == {"name-points-outside"}


@pytest.mark.parametrize("make", [zipped, tarred])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_files_of_the_same_name_are_kept_apart(make):
    assert texts(make([("a.txt", b"1"), ("a.txt", b"2")])) == {"a.txt": b"1", "a.txt (2)": b"2"}


@pytest.mark.parametrize("make", [zipped, tarred])
def test_control_and_direction_characters_do_not_reach_a_name(make):
    (place,) = texts(make([("a\x1b[2J\u202etxt.exe", b"x")]))
    assert place == "a [2J txt.exe"


@pytest.mark.parametrize("make", [zipped, tarred])
def test_what_a_browser_saved_beside_a_page_is_passed_over(make):
    files = [("Fire.html", b"p"), ("Fire_files/quay.jpg", b"j"), ("Fire_files/a.css", b"c"), ("quay.jpg", b"k")]
    assert list(texts(make(files))) == ["Fire.html", "quay.jpg"]


@pytest.mark.parametrize("make", [zipped, tarred])
def test_a_list_says_who_published_what(make):
    rows = "file,publisher,published,url\na.txt,Tide,2031-05-02,https://t.example/a\nsub/b.txt,Wire,,\ngone.txt,X,,\n"
    inner = "file,publisher\nb.txt,Gazette\n"
    files = [("in/a.txt", b"1"), ("in/sub/b.txt", b"2"), ("in/reports.csv", rows.encode())]
    members, lost = read(make(files))
    assert [(one.publisher, one.published, one.address) for one in members.values()] == [
        ("Tide", "2031-05-02", "https://t.example/a"),
        ("Wire", "", ""),
    ]
    assert [(one.kind, place) for place, one in lost.items()] == [("list", "in/reports.csv")]
    assert "gone.txt" in lost["in/reports.csv"].reason
    members, _ = read(make([*files, ("in/sub/reports.csv", inner.encode())]))
    assert members["in/sub/b.txt"].publisher == "Gazette"


def test_a_table_of_articles_called_reports_stays_a_report():
    assert list(texts(zipped([("reports.csv", b"text,date\nShips left,2031\n")]))) == ["reports.csv"]
    members, lost = read(zipped([("reports.csv", b"a,b\n1,2\n"), ("a.txt", b"1")]))
    assert (list(members), list(lost)) == (["a.txt"], ["reports.csv"])


def test_links_and_devices_are_named_and_not_followed():
    kinds = [(tarfile.SYMTYPE, "link"), (tarfile.LNKTYPE, "link"), (tarfile.CHRTYPE, "no-file")]
    files = []
    for number, (kind, _) in enumerate(kinds):
        info = tarfile.TarInfo(f"n{number}.txt")
        info.type, info.linkname = kind, "/etc/passwd"
        files.append((info, b""))
    members, lost = read(tarred([*files, ("z.txt", b"z")]))
    assert list(members) == ["z.txt"]
    assert [one.kind for one in lost.values()] == [kind for _, kind in kinds]
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    members, lost = read(zipped([(info, "/etc/passwd"), ("z.txt", b"z")]))
    assert (list(members), lost["link.txt"].kind) == (["z.txt"], "link")


def test_names_without_an_encoding_are_told_from_each_other():
    names = ["Bericht über Hafen.txt", "Größe der Straße.txt", "Übersicht für März.txt"]
    data = zipped([(f"{number}" * 22 + ".txt", b"x") for number in range(3)])
    for number, name in enumerate(names):
        raw = name.encode("cp1252")
        data = data.replace((f"{number}" * 22 + ".txt").encode(), (b"." + b" " * 0 + raw).ljust(26, b"!")[1:] + b"!")
    places = list(read(data)[0])
    assert all(any(place.startswith(name) for place in places) for name in names)


def test_a_name_in_the_field_for_unicode_counts_if_it_is_about_this_name():
    for crc, place in [(zlib.crc32(b"H__fen.txt"), "Häfen.txt"), (7, "H__fen.txt")]:
        info = zipfile.ZipInfo("H__fen.txt")
        field = b"\x01" + struct.pack("<L", crc) + "Häfen.txt".encode()
        info.extra = struct.pack("<HH", 0x9999, 1) + b"x" + struct.pack("<HH", 0x7075, len(field)) + field
        assert texts(zipped([(info, "x")])) == {place: b"x"}


def test_an_entry_that_cannot_be_unpacked_is_named_and_the_others_read():
    data = bytearray(zipped([("a.txt", TEXT), ("b.txt", TEXT * 2), ("c.txt", TEXT * 3)], zipfile.ZIP_STORED))
    data[data.index(b"b.txt") + 8] ^= 1
    members, lost = read(bytes(data))
    assert (list(members), lost["b.txt"].kind) == (["a.txt", "c.txt"], "damaged")


def directory(data, offset, form, value):
    """The ZIP file with a field of its first directory entry set."""
    changed = bytearray(data)
    struct.pack_into(form, changed, data.index(b"PK\x01\x02") + offset, value)
    return bytes(changed)


LIES = [
    (8, "<H", 1, "encrypted"),
    (10, "<H", 14, "format"),
    (10, "<H", 99, "format"),
    (16, "<L", 7, "damaged"),
    (20, "<L", 3, "damaged"),
    (20, "<L", 0xFFFFFFF0, "trick"),
    (42, "<L", 1, "damaged"),
]


@pytest.mark.parametrize(("offset", "form", "value", "kind"), LIES)
def test_a_lie_in_the_directory_costs_the_entry_alone(offset, form, value, kind):
    members, lost = read(directory(zipped([("a.txt", TEXT), ("b.txt", TEXT)]), offset, form, value))
    assert lost["a.txt"].kind == kind
    assert list(members) == ["b.txt"] or set(lost) == {"a.txt", "b.txt"}


def test_a_size_that_the_directory_makes_up_is_not_believed():
    for size in (1, 0xFFFFFFFE):
        assert texts(directory(zipped([("a.txt", TEXT)]), 24, "<L", size)) == {"a.txt": TEXT}


def test_entries_that_lie_over_each_other_are_refused():
    data = zipped([("a.txt", TEXT * 9), ("b.txt", TEXT * 9), ("c.txt", b"c")])
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    changed = bytearray(data)
    struct.pack_into("<L", changed, second + 42, 0)
    members, lost = read(bytes(changed))
    assert (list(members), {one.kind for one in lost.values()}) == (["c.txt"], {"trick"})


BOMBS = [
    lambda data: zipped([("a.txt", data)]),
    lambda data: zipped([("a.txt", data)], zipfile.ZIP_BZIP2),
]


@pytest.mark.parametrize("make", BOMBS)
def test_a_bomb_is_not_unpacked(make):
    started = time.process_time()
    assert read(make(b"0" * 30_000_000))[1]["a.txt"].kind == "too-large"
    assert time.process_time() - started < 3


@pytest.mark.parametrize("mode", ["w:gz", "w:bz2", "w:xz"])
def test_a_packed_tar_that_is_a_bomb_is_not_unpacked(mode):
    with pytest.raises(NotRead, match="times its size"):
        read(tarred([("a.txt", b"0" * 30_000_000)], mode))


BROKEN = [b"", b"PK\x05\x06" + b"\xff" * 18, zipped([("a.txt", TEXT)])[:-30]]


@pytest.mark.parametrize("data", BROKEN)
def test_a_broken_zip_is_said_to_be_so(data):
    with pytest.raises(NotRead):
        read(b"PK\x03\x04" + data)


def test_an_archive_without_files_is_said_to_be_so():
    for data in (zipped([]), tarred([(".hidden", b"x")])):
        with pytest.raises(NotRead, match="without files"):
            read(data)


def test_a_directory_of_too_many_entries_is_refused(monkeypatch):
    monkeypatch.setattr("sayso.intake.archive.zipped.MOST", 3)
    with pytest.raises(NotRead, match="more than 3 files"):
        read(zipped([(f"{number}.txt", b"") for number in range(4)]))


def header(name=b"a.txt", size=b"00000000005\0", kind=b"0"):
    """A tar header of 512 bytes with a right checksum."""
    block = bytearray(512)
    block[: len(name)] = name
    block[100:108] = b"0000644\0"
    block[124:136] = size
    block[136:148] = b"00000000000\0"
    block[148:156] = b" " * 8
    block[156:157] = kind
    block[257:265] = b"ustar\x0000"
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


GOOD = header() + b"ships".ljust(512, b"\0")
TAR_LIES = [
    (GOOD + header(b"b.txt", b"\xff" * 12), "the rest", "damaged"),  # base 256: minus one
    (GOOD + header(b"b.txt", b"\x80" + b"\x7f" * 11), "the rest", "damaged"),
    (GOOD + header(b"b.txt", b"77777777777\0"), "b.txt", "too-large"),
    (GOOD + header(b"b.txt", b"00000007777\0") + b"x", "b.txt", "damaged"),
    (GOOD + b"no header".ljust(512, b"."), "the rest", "damaged"),
    (GOOD + header(b"b.txt", kind=b"S") + bytes(512), "b.txt", "format"),
    (GOOD + header(b"b.txt", kind=b"M") + bytes(512), "b.txt", "format"),
    (GOOD + header(b"p", b"00000000036\0", b"x") + b"30 size=99999999999999999999\n".ljust(512, b"\0") + GOOD, "", ""),
]


@pytest.mark.parametrize(("data", "place", "kind"), TAR_LIES)
def test_a_lie_in_a_tar_costs_what_it_is_about(data, place, kind):
    members, lost = read(data)
    assert members["a.txt"].data == b"ships"
    assert {place: one.kind for place, one in lost.items()} == ({place: kind} if kind else {})


def test_a_tar_is_hostile_without_taking_time():
    long_names = header(b"././@LongLink", b"00000000005\0", b"L") + b"x.txt".ljust(512, b"\0")
    digits = header(b"p", b"%011o\0" % 1_000_000, b"x") + b"1" * 1_000_000 + bytes(448)
    for data in (long_names * 20_000 + GOOD, digits + GOOD, header(b"e", b"00000000000\0") * 20_000 + GOOD):
        started = time.process_time()
        read(data)
        assert time.process_time() - started < 3


def test_a_large_packed_tar_is_read_in_its_own_order(monkeypatch):
    monkeypatch.setattr("sayso.intake.archive.tarball.IN_MEMORY", 2000)
    rows = ("reports.csv", b"file,publisher\na.txt,Tide\n")
    data = tarred([("b.txt", TEXT * 9), ("a.txt", TEXT), rows, ("c.txt", b"c" * 3000)], "w:gz")
    members, lost = read(data)
    assert [(place, one.publisher) for place, one in members.items()] == [
        ("b.txt", ""),
        ("a.txt", "Tide"),
        ("c.txt", ""),
    ]
    assert members["c.txt"].data == b"c" * 3000
    assert lost == {}


PACKED = [
    (gzip.compress, "gzip"),
    (bz2.compress, "bzip2"),
    (lzma.compress, "xz"),
]


@pytest.mark.parametrize(("pack", "name"), PACKED)
def test_a_packed_file_is_unpacked_within_bounds(pack, name):
    assert unpacking.unpack(pack(TEXT)) == TEXT
    assert unpacking.unpack(pack(TEXT) + b"\0" * 70_000 + pack(TEXT)) == TEXT * 2
    assert unpacking.unpack(pack(b"")) == b""
    for bad in (pack(TEXT)[:-9], pack(TEXT)[:20]):
        with pytest.raises(NotRead, match=name):
            unpacking.unpack(bad)
    with pytest.raises(NotRead, match="times its size"):
        unpacking.unpack(pack(b"0" * 30_000_000))


def test_unpacking_does_not_take_the_memory_that_a_header_asks_for():
    filters = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 28}]
    with pytest.raises(NotRead, match="memory"):
        unpacking.unpack(lzma.compress(TEXT, filters=filters))


def test_text_that_begins_like_a_packed_file_is_text():
    assert unpacking.unpack(b"BZh is how bzip2 begins.") == b"BZh is how bzip2 begins."
