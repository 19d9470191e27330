"""One request and its answer over a connection to an address that was checked: all bytes kept, all limits held."""

from __future__ import annotations

import contextlib
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, IncompleteRead
from queue import Empty, Queue
from typing import cast

from sayso import __version__
from sayso.fetch.address import BY_HAND, IP, Address

CONNECT_SECONDS = 10.0
TOTAL_SECONDS = 60.0
"""For all of a fetch, with its redirects."""
LARGEST = 200_000_000
"""Bytes, of all answers together: with what is written around them they stay below what intake reads."""
LARGEST_HEAD = 256 * 1024
"""Bytes of status line and headers. Browsers take as much."""
PIECE = 1 << 16
_INTERIM = re.compile(rb"HTTP/1\.\d 1\d\d.*?\r?\n\r?\n", re.DOTALL)

Resolve = Callable[[str, int], tuple[IP, ...]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server gave, and what it was asked."""

    request: bytes
    response: bytes
    """Status line, headers and body as they came, chunks, compression and all; interim answers (1xx) left out."""
    body: int
    """Where in the response its body begins."""
    ip: str
    status: int
    reason: str
    locations: tuple[str, ...]
    cut: bool
    """Whether the connection ended before the length that the headers gave."""


class TooMuch(Exception):
    """More came than is taken."""


class Wire:
    """The bytes that come over a connection, in the form of the file that `HTTPResponse` reads from."""

    def __init__(self, connection: socket.socket, deadline: float, *, room: int, tell: Callable[[int], None]) -> None:
        """Keep what comes, up to `room` bytes, until `deadline` (of `time.monotonic`)."""
        self.received = bytearray()
        self.at = 0
        self._allowed, self._too_much = LARGEST_HEAD, "headers than any page needs"
        self._connection, self._deadline, self._room, self._tell = connection, deadline, room, tell

    def makefile(self, mode: str) -> Wire:
        """Itself: it stands for the socket as well."""
        del mode
        return self

    def flush(self) -> None:
        """Nothing: it is only read."""

    def close(self) -> None:
        """Nothing: who opened the connection ends it."""

    def open_body(self) -> None:
        """Let more come than a head may have."""
        self._allowed, self._too_much = self._room, f"{LARGEST // 1_000_000} MB"

    def readline(self, limit: int) -> bytes:
        """A line with its end; less at the end of all or at the limit."""
        while (end := self.received.find(b"\n", self.at, self.at + limit)) < 0:
            if len(self.received) - self.at >= limit or not self._more():
                break
        return self._take(limit if end < 0 else end + 1 - self.at)

    def read(self, amount: int) -> bytes:
        """So many bytes; fewer at the end of all."""
        while len(self.received) - self.at < amount and self._more():
            pass
        return self._take(amount)

    def _take(self, amount: int) -> bytes:
        piece = bytes(self.received[self.at : self.at + amount])
        self.at += len(piece)
        if self.at > self._allowed:
            raise TooMuch(f"its answer holds more than {self._too_much}. {BY_HAND}")
        return piece

    def _more(self) -> bool:
        """Wait for more bytes; whether any came."""
        if len(self.received) > self._allowed + PIECE:
            return False
        self._connection.settimeout(left(self._deadline))
        piece = self._connection.recv(PIECE)
        self.received += piece
        self._tell(len(self.received))
        return bool(piece)


def left(deadline: float, most: float = TOTAL_SECONDS) -> float:
    """Seconds until the deadline, `most` at most. Raises TimeoutError when it is past."""
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return min(seconds, most)


def look_up(resolve: Resolve, address: Address, deadline: float) -> tuple[IP, ...]:
    """All addresses of a host, asked for once. In a thread: the system's resolver knows no deadline. Raises OSError."""
    if address.ip:
        return (address.ip,)
    answers: Queue[tuple[IP, ...] | OSError] = Queue()

    def ask() -> None:
        try:
            answers.put(resolve(address.host, address.port))
        except OSError as problem:
            answers.put(problem)
        except ValueError as problem:  # a name that the system cannot encode
            answers.put(OSError(str(problem)))

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=left(deadline, CONNECT_SECONDS))
    except Empty:
        raise TimeoutError from None
    if isinstance(answer, OSError):
        raise answer
    return answer


def ask(address: Address, ips: tuple[IP, ...], *, deadline: float, room: int, tell: Callable[[int], None]) -> Answer:
    """Ask for a page at the first of the addresses that answers. Raises OSError, HTTPException, TooMuch."""
    with _connected(address, ips, deadline) as (connection, ip):
        request = (
            f"GET {address.target} HTTP/1.1\r\nHost: {address.authority}\r\nUser-Agent: sayso/{__version__}\r\n"
            "Accept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"
        ).encode("ascii")
        connection.settimeout(left(deadline))
        connection.sendall(request)
        return _answer(Wire(connection, deadline, room=room, tell=tell), request, ip)


@contextlib.contextmanager
def _connected(address: Address, ips: tuple[IP, ...], deadline: float) -> Iterator[tuple[socket.socket, str]]:
    """A connection to one of the very addresses that were checked, under TLS for the name where it is https."""
    problem: OSError = OSError("it has no address")
    for ip in ips:
        connection = socket.socket(socket.AF_INET6 if ip.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
        try:
            connection.settimeout(left(deadline, CONNECT_SECONDS))
            connection.connect((str(ip), address.port))
        except OSError as reason:
            connection.close()
            problem = reason
            continue
        with connection:
            if address.scheme == "http":
                yield connection, str(ip)
            else:
                with _trusted().wrap_socket(connection, server_hostname=address.host) as private:
                    yield private, str(ip)
        return
    raise problem


def _trusted() -> ssl.SSLContext:
    """Certificates are checked against the system's roots; where it has none, against those of certifi."""
    context = ssl.create_default_context()
    paths = ssl.get_default_verify_paths()
    if not (paths.cafile or paths.capath or context.cert_store_stats()["x509_ca"]):
        import certifi

        context.load_verify_locations(certifi.where())
    context.set_alpn_protocols(["http/1.1"])
    return context


def _answer(wire: Wire, request: bytes, ip: str) -> Answer:
    """Read an answer to its end."""
    while True:  # past interim answers that nobody asked for (RFC 9110 §15.2)
        response = HTTPResponse(cast("socket.socket", wire))
        response.begin()
        if response.status >= 200:
            break
    body = wire.at
    wire.open_body()
    cut = False
    try:
        while response.read(PIECE):
            pass
    except IncompleteRead:
        cut = True
    head = 0
    while interim := _INTERIM.match(wire.received, head, body):
        head = interim.end()
    return Answer(
        request,
        bytes(wire.received[head : wire.at]),
        body - head,
        ip,
        response.status,
        response.reason,
        tuple(response.headers.get_all("location", ())),
        cut or bool(response.length),
    )


def told(problem: OSError | HTTPException | TooMuch) -> str:
    """What went wrong, in plain words and with what to do."""
    if isinstance(problem, TooMuch):
        return str(problem)
    if isinstance(problem, TimeoutError):
        return f"it took longer than {CONNECT_SECONDS:.0f} s to connect or {TOTAL_SECONDS:.0f} s in all. {BY_HAND}"
    if isinstance(problem, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({problem.verify_message}): another may answer in its name. {BY_HAND}"
    if isinstance(problem, HTTPException):
        return f"its answer is no HTTP that can be read ({type(problem).__name__}). {BY_HAND}"
    return f"there is no connection ({problem.strerror or problem}). Check the address and the network."
