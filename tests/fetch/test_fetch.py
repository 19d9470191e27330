"""What comes of an address, end to end, from a server on loopback that is let through."""

import gzip
import io
import time
from ipaddress import ip_address

import pytest
from warcio.archiveiterator import ArchiveIterator

from sayso import fetch as package
from sayso.fetch import _fetch, address, silent, wire
from sayso.kit import SaysoError

PAGE = b"<html><body><p>The ships left.</p></body></html>"


def get(path="/", tell=silent, scheme="http"):
    refuse = lambda ip: "" if ip == ip_address("127.0.0.2") else address.refusal(ip)  # noqa: E731
    return _fetch(f"{scheme}://site.example{path}", tell, resolve=address.resolve, refuse=refuse)


def plain(body=PAGE, head=b"", status=b"200 OK"):
    return b"HTTP/1.1 %s\r\n%sContent-Length: %d\r\n\r\n%s" % (status, head, len(body), body)


def to(location, status=b"302 Found"):
    return plain(b"", b"Location: %s\r\n" % location, status)


def records(data):
    """(type, address, block as written, headers) of each record; digests are checked."""
    for record in ArchiveIterator(io.BytesIO(data), no_record_parse=True, check_digests=False):
        yield record.rec_type, record.rec_headers["WARC-Target-URI"], record.raw_stream.read(), record.rec_headers


def bodies(data):
    """What warcio reads of each answer, unpacked; it checks the digests."""
    for record in ArchiveIterator(io.BytesIO(data), check_digests="raise"):
        body = record.content_stream().read()
        if record.rec_type == "response":
            yield body


@pytest.fixture
def site(servers, names):
    return servers[0]


CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1a;x=y\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
KEPT = [
    (plain(), PAGE),
    (CHUNKED % (PAGE[:26], len(PAGE) - 26, PAGE[26:]), PAGE),
    (plain(gzip.compress(PAGE, mtime=0), b"Content-Encoding: gzip\r\n"), PAGE),
    (b"HTTP/1.0 200 OK\r\n\r\n" + PAGE, PAGE),
    (plain(head=b"content-TYPE:text/html\r\nX-Odd:  a\t\r\nX-Odd: b\r\nX-Latin: \xe9\r\n"), PAGE),
    (plain(status=b"404 Not Found"), PAGE),
    (plain(status=b"500"), PAGE),
    (plain(b""), b""),
    (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
    (plain(b"\0\xff\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"), b"\0\xff\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"),
]


@pytest.mark.parametrize(("sent", "read"), KEPT)
def test_what_came_is_kept_as_it_came_and_can_be_read(site, sent, read):
    site.answers["/"] = sent
    fetched = get()
    kinds = list(records(fetched.data))
    assert [kind for kind, _, _, _ in kinds] == ["warcinfo", "request", "response"]
    assert kinds[2][2] == sent
    assert kinds[1][2] == site.asked[0]
    assert kinds[2][3]["WARC-IP-Address"] == "127.0.0.2"
    assert kinds[2][3]["WARC-Date"].startswith("20")
    assert kinds[2][3].protocol == "WARC/1.1"
    assert kinds[1][3]["WARC-Concurrent-To"] == kinds[2][3]["WARC-Record-ID"]
    assert list(bodies(fetched.data)) == [read]
    assert (fetched.address, fetched.name) == (kinds[2][1], "site.example.warc")


def test_the_request_is_honest_and_says_no_more_than_it_must(site):
    site.answers["/a?b=%C3%A9"] = plain()
    get("/a?b=é#c")
    assert site.asked[0].decode().split("\r\n") == [
        "GET /a?b=%C3%A9 HTTP/1.1", "Host: site.example", "User-Agent: sayso/0.1.0", "Accept: */*",
        "Accept-Encoding: identity", "Connection: close", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize("status", [b"404 Not Found", b"403 Forbidden", b"500 Broken"])
def test_an_error_is_kept_and_told(site, status):
    site.answers["/"] = plain(status=status)
    fetched = get()
    assert fetched.status == int(status[:3])
    assert status[:3].decode() in fetched.notes[0]


def test_interim_answers_are_passed_over(site):
    site.answers["/"] = b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + plain()
    assert next(block for kind, _, block, _ in records(get().data) if kind == "response") == plain()


def test_what_follows_the_last_chunk_is_kept(site):
    site.answers["/"] = CHUNKED[:-2] % (PAGE[:26], len(PAGE) - 26, PAGE[26:]) + b"X-Sum: 9\r\n\r\n"
    assert next(block for kind, _, block, _ in records(get().data) if kind == "response") == site.answers["/"]


def test_bytes_after_the_announced_length_are_no_part_of_the_answer(site):
    site.answers["/"] = plain() + b"more than was announced"
    assert list(bodies(get().data)) == [PAGE]


@pytest.mark.parametrize(
    "sent",
    [b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n" + PAGE,
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n" + PAGE],
)  # fmt: skip
def test_an_answer_that_is_cut_short_is_kept_and_told(site, sent):
    site.answers["/"] = sent
    fetched = get()
    assert "may be missing" in fetched.notes[0]
    *_, (_, _, block, headers) = records(fetched.data)
    assert (block, headers["WARC-Truncated"]) == (sent, "disconnect")


def test_redirects_are_followed_each_kept_and_told(site):
    site.answers |= {"/": to(b"/2"), "/2": to(b"//site.example/\xc3\xa9 "), "/%C3%A9": to(b"?q", b"308 There")}
    site.answers["/%C3%A9?q"] = plain()
    fetched = get()
    assert fetched.address.endswith("/%C3%A9?q")
    assert "sent on to" in fetched.notes[0]
    assert [kind for kind, _, _, _ in records(fetched.data)] == ["warcinfo", *["request", "response"] * 4]
    assert list(bodies(fetched.data)) == [b"", b"", b"", PAGE]


def test_five_redirects_are_followed_and_not_six(site):
    site.answers |= {f"/{n}": to(b"/%d" % (n + 1)) for n in range(6)} | {"/6": plain()}
    assert get("/1").status == 200
    with pytest.raises(SaysoError, match="more than 5 times"):
        get("/0")
    assert len(site.asked) == 6 + 6


STRAYS = [
    (to(b"/"), "in a circle"),
    (to(b"http://site.example/#again"), "in a circle"),
    (to(b"/a\\b"), "backslash"),
    (to(b"/a\tb"), "do not show"),
    (to(b"/a\r\n b"), "do not show"),
    (to(b"/a b"), "%20"),
    (to(b"http://[site/"), "one way only"),
    (to(b"/a\r\nLocation: /b"), "several addresses"),
    (to(b"ftp://site.example/"), "http://"),
    (to(b"/" + b"a" * 5000), "longer than"),
    (to(b"http://site.example:1/"), "a port other than"),
]


@pytest.mark.parametrize(("sent", "reason"), STRAYS)
def test_a_redirect_that_is_not_followed_says_why(site, sent, reason):
    site.answers["/"] = sent
    with pytest.raises(SaysoError, match=reason) as raised:
        get()
    assert str(raised.value).isprintable()
    assert len(site.asked) == 1


def test_a_line_end_in_an_encoded_location_stays_encoded(site):
    site.answers |= {"/": to(b"/a%0d%0aX-Evil:%20y"), "/a%0d%0aX-Evil:%20y": plain()}
    assert get().status == 200
    assert b"X-Evil: y" not in site.asked[1]


def test_a_redirect_without_a_location_is_an_answer(site):
    site.answers["/"] = plain(status=b"302 Found")
    assert get().status == 302


def endless(talk):
    talk.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        talk.sendall(b"x" * 65536)


def endless_chunks(talk):
    talk.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        talk.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")


def endless_headers(talk):
    talk.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        talk.sendall(b"X: " + b"x" * 60000 + b"\r\n")


def endless_line(talk):
    while True:
        talk.sendall(b"HTTP/1.1 200 " + b"x" * 65536)


def many_headers(talk):
    talk.sendall(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 5000 + b"\r\n")


def endless_interim(talk):
    while True:
        talk.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 500)


def slow_head(talk):
    for byte in plain():
        talk.sendall(bytes([byte]))
        time.sleep(0.1)


def slow_body(talk):
    talk.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        talk.sendall(b"x")
        time.sleep(0.1)


def silence(talk):
    time.sleep(5)


WEARY = [
    (endless, "more than 2 MB"),
    (endless_chunks, "more than 2 MB"),
    (plain(b"x" * 2_100_000), "more than 2 MB"),
    (endless_headers, "headers"),
    (endless_line, "no HTTP"),
    (many_headers, "no HTTP"),
    (endless_interim, "headers"),
    (slow_head, "longer than"),
    (slow_body, "longer than"),
    (silence, "longer than"),
    (b"", "no HTTP"),
    (b"SSH-2.0-x\r\n", "no HTTP"),
    (b"\xff" * 900, "no HTTP"),
    (b"HTTP/1.1 999999 No\r\n\r\n", "no HTTP"),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", ""),
]


@pytest.mark.parametrize(("answer", "reason"), WEARY)
def test_a_server_that_wears_out_is_left(site, monkeypatch, answer, reason):
    monkeypatch.setattr(wire, "LARGEST", 2_000_000)
    monkeypatch.setattr(wire, "TOTAL_SECONDS", 1.0)
    site.answers["/"] = answer
    began = time.monotonic()
    if reason:
        with pytest.raises(SaysoError, match=reason) as raised:
            get()
        assert "site.example" in str(raised.value)
    else:
        assert "may be missing" in get().notes[0]
    assert time.monotonic() - began < 3


def test_a_resolver_that_does_not_answer_is_left(monkeypatch):
    monkeypatch.setattr(wire, "TOTAL_SECONDS", 0.3)
    monkeypatch.setattr(address.socket, "getaddrinfo", lambda *_, **__: time.sleep(1.5) or [])
    began = time.monotonic()
    with pytest.raises(SaysoError, match="longer than"):
        get()
    assert time.monotonic() - began < 1


def test_nobody_there_is_told(site, names):
    names["site.example"] = [["127.0.0.3"]]  # where no one listens
    with pytest.raises(SaysoError, match="no connection"):
        _fetch("http://site.example/", silent, resolve=address.resolve, refuse=lambda _: "")
    with pytest.raises(SaysoError, match=r"nowhere\.example/ could not be fetched: there is no connection \(Name or"):
        _fetch("http://nowhere.example/", silent, resolve=address.resolve, refuse=lambda _: "")


def test_the_next_address_is_tried_when_one_does_not_answer(site, names):
    names["site.example"] = [["127.0.0.3", "127.0.0.2"]]
    site.answers["/"] = plain()
    fetched = _fetch("http://site.example/", silent, resolve=address.resolve, refuse=lambda _: "")
    assert [headers["WARC-IP-Address"] for kind, _, _, headers in records(fetched.data) if kind == "response"] == [
        "127.0.0.2"
    ]


def test_it_tells_how_far_it_has_come(site):
    site.answers["/"] = plain(b"x" * 500_000)
    told = []
    get(tell=told.append)
    assert told == sorted(told)
    assert told[-1] == len(plain(b"x" * 500_000))


NAMES = [
    ("https://news.example/", "news.example.warc"),
    ("https://news.example/a/b.html?c=/d", "news.example-b.html.warc"),
    ("https://news.example/..", "news.example.warc"),
    ("https://news.example/a/%2e%2e%2fetc%2fpasswd", "news.example-2e-2e-2fetc-2fpasswd.warc"),
    ("https://[2606:4700::1111]/x", "2606-4700-1111-x.warc"),
    ("https://news.example/" + "a" * 300, f"news.example-{'a' * 60}.warc"),
]


@pytest.mark.parametrize(("url", "name"), NAMES)
def test_the_name_is_one_of_a_file(url, name):
    assert package._name(address.parse(url)) == name


def test_a_certificate_for_the_name_is_asked_for(private_site, names, monkeypatch):
    private_site.answers["/"] = plain()
    with pytest.raises(SaysoError, match="certificate is not valid"):
        get(scheme="https")
    monkeypatch.setenv("SSL_CERT_FILE", str(private_site.certificate))
    assert list(bodies(get(scheme="https").data)) == [PAGE]
    names["other.example"] = [["127.0.0.2"]]
    with pytest.raises(SaysoError, match="certificate is not valid"):
        _fetch("https://other.example/", silent, resolve=address.resolve, refuse=lambda _: "")
    assert b"".join(private_site.asked).count(b"GET") == 1


def test_nobody_is_sent_from_https_to_http(private_site, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(private_site.certificate))
    private_site.answers["/"] = to(b"http://site.example/plain")
    with pytest.raises(SaysoError, match="from https to http"):
        get(scheme="https")
