import gzip
import hashlib
import io
import json
import time
import zipfile
import zlib

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from sayso.intake import webarchive
from sayso.intake.records import Lost, Member, NotRead
from sayso.intake.webarchive import warc

HERE = "https://tide.example/a"
PAGE = b"<html><head><title>Ships</title></head><body><p>The ships left.</p></body></html>"
DATE = "2031-05-02T10:00:00Z"


def archive(*records, packed=True):
    """A WARC file of (kind, address, payload, http or None, fields) records."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for kind, address, payload, http, fields in records:
        head = StatusAndHeaders(http[0], list(http[1].items()), protocol="HTTP/1.1") if http else None
        made = writer.create_warc_record(
            address, kind, io.BytesIO(payload), http_headers=head, warc_headers_dict={"WARC-Date": DATE, **fields}
        )
        writer.write_record(made)
    return out.getvalue()


def page(payload=PAGE, address=HERE, status="200 OK", fields=None, **http):
    said = {"Content-Type": "text/html; charset=utf-8", **{name.replace("_", "-"): text for name, text in http.items()}}
    return ("response", address, payload, (status, said), fields or {})


def read(data):
    found = list(webarchive.articles(data))
    remarks = [one.reason for one in found if isinstance(one, Lost) and one.kind == "passed-over"]
    lost = [one for one in found if isinstance(one, Lost) and one.kind != "passed-over"]
    return [one for one in found if isinstance(one, Member)], lost, remarks


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_comes_with_its_address_and_its_time(packed):
    data = archive(("warcinfo", "", b"a: b\r\n", None, {}), page(), packed=packed)
    assert warc.is_warc(io.BytesIO(data))
    (found,), lost, remarks = read(data)
    assert (found.data, found.address, found.captured) == (PAGE, HERE, DATE)
    assert (found.media_type, found.name, found.place, found.notes) == ("text/html", "record.html", "record 2", ())
    assert (lost, len(remarks)) == ([], 1)
    assert list(webarchive.articles(io.BytesIO(data))) == list(webarchive.articles(data))


def test_a_file_packed_as_a_whole_is_read():
    (found,), lost, _ = read(gzip.compress(archive(page(), packed=False)))
    assert (found.data, lost) == (PAGE, [])


PASSED = [
    page(status="404 Not Found"),
    page(status="301 Moved", Location="https://tide.example/b"),
    page(b"\x89PNG", Content_Type="image/png"),
    page(b"{}", Content_Type="application/json"),
    page(b"User-agent: *", "https://tide.example/robots.txt", Content_Type="text/plain"),
    page(fields={"WARC-Resource-Type": "xhr"}),
    ("request", HERE, b"", ("GET / HTTP/1.1", {}), {}),
    ("resource", "urn:text:https://tide.example/a", b"The ships left.", None, {"Content-Type": "text/plain"}),
    ("resource", "metadata://crawler/log.txt", b"log", None, {"Content-Type": "text/plain"}),
    ("response", "dns:tide.example", b"20310502 1.2.3.4", None, {"Content-Type": "text/dns"}),
    ("metadata", HERE, b"a: b", None, {"Content-Type": "text/plain"}),
]


@pytest.mark.parametrize("record", PASSED)
def test_what_is_no_report_is_counted_in_one_remark(record):
    found, lost, remarks = read(archive(page(), record))
    assert (len(found), lost, len(remarks)) == (1, [], 1)
    assert ": 1)" in remarks[0]


KINDS = [
    ("text/plain", b"The ships left.", "record.txt"),
    ("application/pdf", b"%PDF-1.7", "record.pdf"),
    ("", PAGE, "record.html"),
    ("application/octet-stream", b"%PDF-1.7", "record.pdf"),
    ("application/xhtml+xml", PAGE, "record.html"),
]


@pytest.mark.parametrize(("kind", "data", "name"), KINDS)
def test_documents_are_told_by_what_the_server_says_or_by_themselves(kind, data, name):
    (found,), _, _ = read(archive(page(data, Content_Type=kind)))
    assert (found.data, found.name) == (data, name)


def test_resources_and_conversions_are_reports():
    files = [("resource", HERE, PAGE, None, {"Content-Type": "text/html"})]
    files.append(("conversion", f"{HERE}?b", b"The ships left.", None, {"Content-Type": "text/plain"}))
    assert [one.data for one in read(archive(*files))[0]] == [PAGE, b"The ships left."]


def chunked(data, size=9):
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def raw_deflated(data):
    made = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return made.compress(data) + made.flush()


SENT = [
    ({"Transfer_Encoding": "chunked"}, chunked(PAGE)),
    ({"Transfer_Encoding": "chunked"}, PAGE),
    ({"Content_Encoding": "gzip"}, gzip.compress(PAGE, mtime=0)),
    ({"Content_Encoding": "gzip"}, PAGE),
    ({"Content_Encoding": "deflate"}, zlib.compress(PAGE)),
    ({"Content_Encoding": "deflate"}, raw_deflated(PAGE)),
    ({"Content_Encoding": "deflate"}, PAGE),
    ({"Content_Encoding": "br"}, PAGE),
    ({"Content_Encoding": "gzip", "Transfer_Encoding": "chunked"}, chunked(gzip.compress(PAGE, mtime=0))),
    ({"Content_Encoding": "deflate, gzip"}, gzip.compress(zlib.compress(PAGE), mtime=0)),
]


@pytest.mark.parametrize(("http", "sent"), SENT)
def test_the_packing_for_the_way_is_undone(http, sent):
    (found,), lost, _ = read(archive(page(sent, **http)))
    assert (found.data, lost) == (PAGE, [])


UNREADABLE = [
    ({"Content_Encoding": "br"}, b"\x0b\x05\x80x", "format"),
    ({"Content_Encoding": "gzip"}, gzip.compress(PAGE, mtime=0)[:30], "damaged"),
    ({"Content_Encoding": "gzip"}, gzip.compress(b"0" * 30_000_000, mtime=0), "too-large"),
    ({"Content_Encoding": "deflate"}, zlib.compress(b"0" * 30_000_000), "too-large"),
    ({"Transfer_Encoding": "chunked"}, b"1\r\nx\r\n" * 500_001, "damaged"),
]


@pytest.mark.parametrize(("http", "sent", "kind"), UNREADABLE)
def test_a_page_that_cannot_be_unpacked_is_named_and_the_others_read(http, sent, kind):
    started = time.process_time()
    found, lost, _ = read(archive(page(sent, **http), page(address=f"{HERE}/b"), packed=False))
    assert ([one.place for one in found], [(one.kind, one.place) for one in lost]) == (
        ["record 2"],
        [(kind, "record 1")],
    )
    assert time.process_time() - started < 3


def test_the_charset_of_the_server_reaches_the_reader():
    sent = "<html><p>Русь".encode("cp1251")
    (found,), _, _ = read(archive(page(sent, Content_Type="text/html; charset=windows-1251")))
    assert found.data.decode("utf-8-sig") == "<html><p>Русь"


def first_of(data):
    (record,) = (one for one in warc.records(io.BytesIO(data)) if isinstance(one, warc.Record) and one.number == 1)
    return record


def revisit(address, **fields):
    head = {"Content-Type": "text/html"}
    return ("revisit", address, b"", ("200 OK", head), {name.replace("_", "-"): text for name, text in fields.items()})


def test_the_same_content_at_another_address_is_found_again():
    original = archive(page())
    digest = first_of(original).fields["warc-payload-digest"]
    again = revisit(f"{HERE}?b", WARC_Payload_Digest=digest, WARC_Date="2032-01-01T00:00:00Z")
    same = revisit(HERE, WARC_Payload_Digest=digest)
    found, lost, remarks = read(original + archive(again, same))
    assert [(one.address, one.captured, one.place, one.data) for one in found] == [
        (HERE, DATE, "record 1", PAGE),
        (f"{HERE}?b", "2032-01-01T00:00:00Z", "record 2", PAGE),
    ]
    assert lost == []
    assert "without a change: 1" in remarks[0]


def test_content_that_is_in_another_file_is_named():
    _, lost, _ = read(archive(revisit(HERE, WARC_Payload_Digest="sha1:" + "A" * 32)))
    assert [(one.kind, one.place) for one in lost] == [("revisit", "record 1")]


def test_a_file_that_is_cut_is_read_up_to_there():
    for packed in (True, False):
        data = archive(page(), page(PAGE * 2, f"{HERE}/b"), packed=packed)
        found, lost, _ = read(data[:-90])
        assert [one.data for one in found] == [PAGE]
        assert "damaged" in {one.kind for one in lost}
        assert any("cut short" in one.reason for one in lost)


def test_a_record_that_was_changed_is_noted():
    data = archive(page(), packed=False).replace(b"The ships left", b"The ships sank")
    (found,), _, _ = read(data)
    assert [kind for kind, _ in found.notes] == ["digest-differs"]
    (found,), _, _ = read(archive(page(fields={"WARC-Truncated": "length"})))
    assert [kind for kind, _ in found.notes] == ["capture-cut"]


def raw(length, body=b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x", more=b""):
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.example/\r\n"
    return head + more + b"Content-Length: " + str(length).encode() + b"\r\n\r\n" + body + b"\r\n\r\n"


GOOD = raw(48)
LIES = [
    (raw(40), 3),
    (raw(70), 2),
    (raw(-5), 2),
    (raw("x"), 2),
    (raw(10**14), 1),
    (b"rubbish\r\n", 2),
    (raw(10**30), 2),
]


@pytest.mark.parametrize(("lie", "members"), LIES)
def test_a_lie_about_a_length_costs_little(lie, members):
    found, lost, _ = read(GOOD + lie + GOOD)
    assert len(found) == members
    assert lost


HOSTILE = [
    raw(48, more=b"X: " + b"y" * 3_000_000 + b"\r\n"),
    raw(48, more=b"X: y\r\n" * 500_000),
    raw(48, more=b"X: y\r\n" + b" y\r\n" * 500_000),
    GOOD + b"\r\n" * 1_500_000 + GOOD,
    GOOD + b"WARC/1.0\r\n\r\n" * 250_000,
    GOOD * 20_000,
    raw(3_000_048, b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500_000 + b"\r\n<p>"),
    GOOD + b"x" * 3_000_000,
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_file_takes_no_time(data):
    started = time.process_time()
    for form in (data, gzip.compress(data, 1)):
        try:
            list(webarchive.articles(form))
        except NotRead:
            continue
    assert time.process_time() - started < 6


def test_an_older_archive_is_read():
    body = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    first = b"1 0 Crawler\nURL IP-address Archive-date Content-type Archive-length\n"
    data = b"filedesc://a.arc 0.0.0.0 20310502100000 text/plain %d\n%s\n" % (len(first), first)
    data += b"https://tide.example/a 192.0.2.1 20310502100000 text/html %d\n%s\n" % (len(body), body)
    (found,), lost, _ = read(data)
    assert (found.data, found.address, found.captured, lost) == (PAGE, HERE, DATE, [])


@pytest.mark.parametrize("data", [b"", b"text", gzip.compress(b"text", mtime=0), b"\x1f\x8bnothing", b"PK\x03\x04"])
def test_what_is_no_web_archive_is_said_to_be_so(data):
    with pytest.raises(NotRead):
        list(webarchive.articles(data))


def package(files, changed=None):
    """A WACZ file; `changed` replaces a file after the digests were taken."""
    resources = [
        {"path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
        for name, data in files.items()
    ]
    files = {**files, "datapackage.json": json.dumps({"profile": "data-package", "resources": resources}).encode()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in {**files, **(changed or {})}.items():
            made.writestr(name, data)
    return out.getvalue()


def lines(*rows):
    return "\n".join(json.dumps(row) for row in rows).encode()


def test_only_the_pages_that_a_package_lists_are_reports():
    data = archive(page(), page(address=f"{HERE}/frame"), page(b"\x89PNG", f"{HERE}/p", Content_Type="image/png"))
    pages = lines({"format": "json-pages-1.0"}, {"url": f"{HERE}#top", "title": "Ships"}, "x", {"url": 3})
    found, lost, remarks = read(package({"archive/data.warc.gz": data, "pages/pages.jsonl": pages}))
    assert [(one.address, one.place) for one in found] == [(HERE, "archive/data.warc.gz, record 1")]
    assert lost == []
    assert "other parts of pages: 2" in remarks[0]
    assert len(read(package({"archive/data.warc.gz": data}))[0]) == 2


def test_a_listed_page_that_is_not_there_is_named():
    pages = lines({"url": HERE.replace("https", "http")}, {"url": "https://tide.example/z"}, {"url": "file:///a.html"})
    found, lost, _ = read(package({"archive/a.warc.gz": archive(page()), "pages/pages.jsonl": pages}))
    assert [one.address for one in found] == [HERE]
    assert [(one.kind, one.place) for one in lost] == [("page-missing", "https://tide.example/z")]


def test_where_no_listed_page_is_there_all_pages_are_read():
    pages = lines({"url": "https://tide.example/z"})
    found, lost, _ = read(package({"archive/a.warc.gz": archive(page()), "pages/pages.jsonl": pages}))
    assert ([one.address for one in found], [one.kind for one in lost]) == ([HERE], ["pages-not-listed"])


def test_a_listed_page_that_was_moved_is_found():
    data = archive(page(b"", status="302 Found", Location="/b"), page(address="https://tide.example/b"))
    found, _, _ = read(package({"archive/a.warc.gz": data, "pages/pages.jsonl": lines({"url": HERE})}))
    assert [one.address for one in found] == ["https://tide.example/b"]


def test_a_package_that_was_changed_is_named():
    files = {"archive/a.warc.gz": archive(page())}
    _, lost, _ = read(package(files, {"archive/a.warc.gz": archive(page(PAGE * 2))}))
    assert [(one.kind, one.place) for one in lost] == [("digest-differs", "archive/a.warc.gz")]


def test_a_package_may_lack_everything_but_its_archive():
    for description in (b"", b"[" * 100_000, b'{"resources": 3}', b'{"resources": [{"path": [], "hash": {}}]}'):
        found, lost, _ = read(package({"archive/a.warc": archive(page())}, {"datapackage.json": description}))
        assert (len(found), lost) == (1, [])
    with pytest.raises(NotRead, match="without a web archive"):
        read(package({"pages/pages.jsonl": b""}))


def test_the_content_of_one_archive_is_found_again_in_another_of_the_package():
    first = archive(page())
    again = archive(revisit(f"{HERE}?b", WARC_Payload_Digest=first_of(first).fields["warc-payload-digest"]))
    found, lost, _ = read(package({"archive/a.warc.gz": first, "archive/b.warc.gz": again}))
    assert ([one.place for one in found], lost) == (["archive/a.warc.gz, record 1", "archive/b.warc.gz, record 1"], [])
