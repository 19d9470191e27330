"""Forms of address that must not be fetched, against a canary on loopback that none may reach."""

import csv
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.fetch import _fetch, address, fetch, silent
from sayso.kit import SaysoError

ESCAPES = {r"\u00ad": "\u00ad", r"\u200b": "\u200b", r"\t": "\t", r"\r": "\r", r"\n": "\n", r"\x00": "\0"}
SITE = ip_address("127.0.0.2")


def forms(port):
    """(address, what its name leads to, why it is there)."""
    with Path(__file__).with_name("forbidden.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            written = row["address"].replace("{port}", str(port))
            for escape, character in ESCAPES.items():
                written = written.replace(escape, character)
            yield written, row["leads_to"].split(), row["why"]


def all_names_lead(monkeypatch, where):
    """Let the system's resolver give these addresses for any name: it too reads odd numbers as addresses."""
    monkeypatch.setattr(
        address.socket, "getaddrinfo", lambda host, port, **_: [(0, 0, 0, "", (ip, port)) for ip in where]
    )


def only_the_site(ip):
    return "" if ip == SITE else address.refusal(ip)


def test_none_of_these_forms_reaches_the_canary(servers, monkeypatch):
    tried, through = 0, []
    for written, leads_to, why in forms(servers[0].port):
        all_names_lead(monkeypatch, leads_to)
        tried += 1
        try:
            fetch(written)
        except SaysoError as problem:
            if "not fetched" not in str(problem):
                through.append((why, str(problem)))
        else:
            through.append((why, written))
    assert tried >= 100
    assert through == []
    assert [server.asked for server in servers] == [[]] * len(servers)


def test_none_of_them_reaches_it_when_a_site_sends_on_to_it(servers, monkeypatch):
    site, *canaries = servers
    port, sent, reasons = site.port, 0, {}
    for written, leads_to, why in forms(port):
        try:
            location = written.encode("utf-8")
        except UnicodeError:
            continue
        if b"\r" in location or b"\0" in location:
            continue  # a header cannot hold them; see the tests of headers
        site.answers["/"] = b"HTTP/1.1 302 Found\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n"

        def resolve(host, _port, leads_to=leads_to):
            return (SITE,) if host == "site.example" else tuple(map(ip_address, leads_to))

        sent += 1
        try:
            _fetch(f"http://site.example:{port}/", silent, resolve=resolve, refuse=only_the_site)
        except SaysoError as problem:
            reasons[why] = str(problem)
        else:
            # What has no protocol or host is read as a path on the same site, as any browser does.
            reasons[why] = "same site"
    assert sent > 95
    assert len(site.asked) >= sent
    assert [server.asked for server in canaries] == [[]] * len(canaries)
    assert {why for why, reason in reasons.items() if reason == "same site"} <= {"a number alone", "one slash"}


def test_the_canary_would_have_sung(servers):
    """Without the check of addresses the plain forms do reach it: or else the tests above would show nothing."""
    for server in servers:
        server.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
    for url, ip in (("http://127.0.0.1/", None), ("http://news.example/", "127.0.0.1"), ("http://[::1]/", None)):
        if "[" in url and len(servers) < 3:
            continue
        resolve = lambda *_, ip=ip: (ip_address(ip),)  # noqa: E731
        assert _fetch(url, silent, resolve=resolve, refuse=lambda _: "").status == 200
    assert all(server.asked for server in servers[1:])


def test_a_name_is_resolved_once_and_the_connection_goes_there(servers, names):
    """Rebinding: the first answer is the site, the next is loopback."""
    site, *canaries = servers
    site.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
    names["site.example"] = [["127.0.0.2"], ["127.0.0.1"]]
    fetched = _fetch("http://site.example/", silent, resolve=address.resolve, refuse=only_the_site)
    assert fetched.status == 200
    assert names["calls"] == ["site.example"]
    assert len(site.asked) == 1
    assert [server.asked for server in canaries] == [[]] * len(canaries)


def test_a_name_is_checked_anew_after_each_redirect(servers, names):
    site, *canaries = servers
    site.answers["/"] = b"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"
    names["site.example"] = [["127.0.0.2"], ["127.0.0.1"]]
    with pytest.raises(SaysoError, match=r"127\.0\.0\.1 is not public"):
        _fetch("http://site.example/", silent, resolve=address.resolve, refuse=only_the_site)
    assert len(site.asked) == 1
    assert [server.asked for server in canaries] == [[]] * len(canaries)


def test_proxies_of_the_environment_are_not_asked(servers, names, monkeypatch):
    site, *canaries = servers
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{site.port}")
    site.answers["/"] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"
    _fetch("http://site.example/", silent, resolve=address.resolve, refuse=only_the_site)
    assert len(site.asked) == 1
    assert [server.asked for server in canaries] == [[]] * len(canaries)


PUBLIC = ["1.1.1.1", "93.184.216.34", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::101:101",
          "2a00:1450:4001:81b::200e"]  # fmt: skip


@pytest.mark.parametrize("ip", PUBLIC)
def test_public_addresses_are_let_through(ip):
    assert address.refusal(ip_address(ip)) == ""


@given(st.ip_addresses())
def test_what_python_does_not_call_global_is_refused_in_all_its_disguises(ip):
    if ip.is_global and not ip.is_multicast:
        return
    assert address.refusal(ip) or ip in address.TRANSLATED
    if ip.version == 4:
        number = int(ip)
        disguises = [0xFFFF << 32 | number, number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80,
                     0x20010000 << 96 | number << 64, 0x20010000 << 96 | number ^ 0xFFFFFFFF,
                     0x2A00 << 112 | 0x5EFE << 32 | number, 0x2A00 << 112 | 0x2005EFE << 32 | number]  # fmt: skip
        assert all(address.refusal(ip_address(disguise.to_bytes(16, "big"))) for disguise in disguises)


@given(st.text())
def test_any_text_is_read_or_refused_with_a_reason(text):
    for url in (text, f"http://{text}", f"https://news.example/{text}"):
        problem = ""
        try:
            parsed = address.parse(url)
        except SaysoError as raised:
            problem = str(raised)
        if problem:
            assert "not fetched" in problem
            assert problem.isprintable()
        else:
            assert address.parse(str(parsed)) == parsed
            assert str(parsed).isascii()
            assert parsed.target.startswith("/")
            assert not set(str(parsed)) & set(" \r\n\t\\@") - set(parsed.target)


WRITTEN = [
    ("HTTPS://News.Example/A", "https://news.example/A"),
    ("http://news.example", "http://news.example/"),
    ("http://news.example?a=b", "http://news.example/?a=b"),
    ("http://news.example:80/", "http://news.example/"),
    ("https://news.example:443/#top", "https://news.example/"),
    ("http://news.example:8080/", "http://news.example:8080/"),
    ("http://bücher.example/größe?q=ß", "http://xn--bcher-kva.example/gr%C3%B6%C3%9Fe?q=%C3%9F"),
    ("http://news.example/a%20b%zz", "http://news.example/a%20b%zz"),
    ('http://news.example/"<>', "http://news.example/%22%3C%3E"),
    ("http://1.1.1.1/", "http://1.1.1.1/"),
    ("https://[2606:4700::1111]/", "https://[2606:4700::1111]/"),
    ("http://news.example/@me:x", "http://news.example/@me:x"),
]


@pytest.mark.parametrize(("url", "read"), WRITTEN)
def test_ordinary_addresses_are_read(url, read):
    assert str(address.parse(url)) == read
