"""Fetch a page that the user asked for: the one place where sayso touches the network.

What came is kept as it came, in a WARC file (ISO 28500:2017, version 1.1): every request and answer on the way, byte
for byte, with addresses, times and digests. Nothing is asked of this computer or of a private network: an address is
read strictly, its name is resolved once, every address that gives is checked, and the connection goes to one of those.
No cookies, no Referer, no proxy, no password: the server sees one honest request, and where it comes from.
"""

from __future__ import annotations

import hashlib
import io
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from uuid import uuid4

from sayso import __version__
from sayso.fetch import wire
from sayso.fetch.address import BY_HAND, IP, Address, check, follow, parse, refusal, resolve, shown
from sayso.kit import SaysoError

MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of an address."""

    data: bytes
    """A WARC file."""
    name: str
    """For the file: letters, digits, dots and hyphens, ending in .warc."""
    address: str
    """Of what came in the end, after redirects."""
    status: int
    """Of HTTP, in the end. 404 and the like are kept, too."""
    notes: tuple[str, ...] = ()
    """What the user should be told, in plain words."""


@dataclass(frozen=True, slots=True)
class _Hop:
    address: Address
    answer: wire.Answer
    moment: str


def silent(_received: int) -> None:
    """A listener that tells nobody."""


def fetch(url: str, tell: Callable[[int], None] = silent) -> Fetched:
    """What a page's address gives, after five redirects at most. `tell` is told how many bytes of an answer have come.

    It takes 60 s and 200 MB at most. Raises SaysoError, with what to do, for an address that is not fetched and for
    a server that cannot be reached, whose certificate is not valid, or that breaks these limits.
    """
    return _fetch(url, tell, resolve=resolve, refuse=refusal)


def _fetch(url: str, tell: Callable[[int], None], *, resolve: wire.Resolve, refuse: Callable[[IP], str]) -> Fetched:
    """As `fetch`, with the two that say where a name leads and what is refused: tests put their own in their place."""
    address, hops = parse(url), list[_Hop]()
    deadline = time.monotonic() + wire.TOTAL_SECONDS
    while True:
        room = wire.LARGEST - sum(len(hop.answer.response) for hop in hops)
        moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        try:
            ips = wire.look_up(resolve, address, deadline)
            check(address, ips, refuse)
            answer = wire.ask(address, ips, deadline=deadline, room=room, tell=tell)
        except (OSError, HTTPException, wire.TooMuch) as problem:
            raise SaysoError(f"{shown(str(address))} could not be fetched: {wire.told(problem)}") from None
        hops.append(_Hop(address, answer, moment))
        if answer.status not in _REDIRECTS or not answer.locations:
            return Fetched(_archive(hops), _name(address), str(address), answer.status, tuple(_notes(hops)))
        address = _next(hops)


def _next(hops: list[_Hop]) -> Address:
    """Where the last answer sends on to. Raises SaysoError where that is not followed."""
    last = hops[-1].address
    locations = set(hops[-1].answer.locations)
    if len(locations) > 1:
        raise SaysoError(f"{shown(str(last))} sends on to several addresses at once. {BY_HAND}")
    if len(hops) > MOST_REDIRECTS:
        raise SaysoError(f"{shown(str(hops[0].address))} sends on more than {MOST_REDIRECTS} times. {BY_HAND}")
    following = follow(last, _text(locations.pop()))
    if following in [hop.address for hop in hops]:
        raise SaysoError(f"{shown(str(hops[0].address))} sends on in a circle. {BY_HAND}")
    if last.scheme == "https" and following.scheme == "http":
        trouble = f"sends on from https to {shown(str(following))}, which anybody on the way can change"
        raise SaysoError(f"{shown(str(last))} {trouble}. Give that address itself if you want it all the same.")
    return following


def _text(header: str) -> str:
    """A header's value, which comes as Latin-1, in the UTF-8 that it is where somebody left it unencoded."""
    value = header.strip(" \t")  # no part of it (RFC 9110 §5.5)
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _notes(hops: list[_Hop]) -> list[str]:
    last = hops[-1]
    notes = []
    if len(hops) > 1:
        notes.append(f"{shown(str(hops[0].address))} sent on to {shown(str(last.address))}.")
    if last.answer.status >= 300:
        reason = f" ({shown(last.answer.reason)})" if last.answer.reason else ""
        notes.append(f"The server answered {last.answer.status}{reason}: this may be no report. It is kept as it came.")
    if last.answer.cut:
        notes.append("The connection ended before all had come that was announced: the end of the page may be missing.")
    return notes


def _name(address: Address) -> str:
    """A name for the file: what it holds of the address is no path.

    >>> _name(parse("https://example.org/../news/Größe 2.html".replace(" ", "%20")))
    'example.org-Gr-C3-B6-C3-9Fe-202.html.warc'
    """
    path = address.target.partition("?")[0].rstrip("/").rpartition("/")[2]
    words = [re.sub(r"[^A-Za-z0-9.]+", "-", part).strip("-.")[:60] for part in (address.host, path)]
    return "-".join(filter(None, words)) + ".warc"


def _archive(hops: list[_Hop]) -> bytes:
    """The WARC file: what made it, then for each address on the way the request and the answer."""
    out = io.BytesIO()
    made = f"software: sayso/{__version__}\r\nformat: WARC File Format 1.1\r\n"
    _record(
        out, made.encode("ascii"), {"WARC-Type": "warcinfo", "WARC-Date": hops[0].moment}, "application/warc-fields"
    )
    for hop in hops:
        asked, given = f"<urn:uuid:{uuid4()}>", f"<urn:uuid:{uuid4()}>"
        common = {"WARC-Target-URI": str(hop.address), "WARC-Date": hop.moment, "WARC-IP-Address": hop.answer.ip}
        request = {"WARC-Type": "request", "WARC-Record-ID": asked, "WARC-Concurrent-To": given, **common}
        _record(out, hop.answer.request, request, "application/http; msgtype=request")
        response = {"WARC-Type": "response", "WARC-Record-ID": given, **common}
        response["WARC-Payload-Digest"] = _digest(memoryview(hop.answer.response)[hop.answer.body :])
        if hop.answer.cut:
            response["WARC-Truncated"] = "disconnect"
        _record(out, hop.answer.response, response, "application/http; msgtype=response")
    return out.getvalue()


def _record(out: io.BytesIO, block: bytes, headers: dict[str, str], kind: str) -> None:
    """Write one record. By hand: warcio would write the headers of HTTP anew, not as they came."""
    headers = {
        "WARC-Record-ID": f"<urn:uuid:{uuid4()}>",
        **headers,
        "WARC-Block-Digest": _digest(block),
        "Content-Type": kind,
        "Content-Length": str(len(block)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    out.write(f"WARC/1.1\r\n{lines}\r\n".encode("ascii") + block + b"\r\n\r\n")


def _digest(data: bytes | memoryview) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"
