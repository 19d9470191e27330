"""Which addresses are asked for: strictly written ones, of public machines.

`urllib.parse` takes what a browser would mend; here an address is refused unless it can be read in one way only (RFC
3986 with the narrower readings of the WHATWG URL Standard, "host parsing"). A name says nothing of where it leads: that
is checked on what it resolves to, see `refusal`.
"""

from __future__ import annotations

import re
import socket
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from encodings import idna
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import quote, urljoin

from sayso.kit import SaysoError

IP = IPv4Address | IPv6Address
BY_HAND = "If it is a page you can see, save it from the browser and read the file."
PORTS = {"http": 80, "https": 443}
ALLOWED_PORTS = (80, 443, 8080, 8443)
"""Where web pages are published. On others stand mail, databases and the like, which a forged address could talk to."""
LONGEST = 4000
"""Characters. RFC 9110 §4.1 asks for 8,000 octets at least; with characters to be encoded this comes near."""
LOCAL = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "onion")
"""Names of this computer or of a private network (RFC 6761, 6762, 8375; ICANN for .internal), and of Tor (RFC 7686)."""
SPECIAL = tuple(ip_network(network) for network in (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
    "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
    "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
))  # fmt: skip
"""IANA's registries of special-purpose addresses for IPv4 and IPv6, written out, since what `ipaddress` calls global
differs between versions of Python; and one under which a cloud tells its machines their secrets. 2001::/23 holds
Teredo, 2002::/16 is 6to4: both hold an IPv4 address, and nobody publishes there."""
PUBLIC = IPv6Network("2000::/3")
"""All that is public of IPv6 (RFC 4291 §2.4). Mapped, compatible, translated (64:ff9b:1::/48), unique local,
link-local, site-local and multicast addresses are outside of it."""
TRANSLATED = IPv6Network("64:ff9b::/96")
"""How a network without IPv4 names an IPv4 address (RFC 6052): judged by the last 32 bits."""

_WRITTEN = re.compile(r"(https?)://([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?", re.IGNORECASE | re.DOTALL)
_AUTHORITY = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::(.*))?", re.DOTALL)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_NUMBER = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)", re.ASCII)
_KEPT = "!#$%&'()*+,/:;=?@[]~"
"""Characters that are not encoded in a path and query: the reserved ones, and % itself (RFC 3986 §2)."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address that was read strictly."""

    scheme: str
    """"http" or "https"."""
    host: str
    """In ASCII and lower case: a name, or an IP address without brackets."""
    port: int
    target: str
    """Path and query, encoded, as asked of the server."""
    ip: IP | None = None
    """Where the host is an IP address."""

    @property
    def authority(self) -> str:
        """Host and port as they stand in an address and in the header Host."""
        host = f"[{self.host}]" if isinstance(self.ip, IPv6Address) else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"


def shown(url: str) -> str:
    """An address that can be printed, whatever it holds, and is not too long."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in url[:200]) + ("…" if len(url) > 200 else "")


def parse(url: str) -> Address:
    """Read an address. Raises SaysoError, with the reason, for one that is not http or https or is oddly written."""
    written = _WRITTEN.fullmatch(url)
    if problem := _oddity(url):
        raise _refused(url, problem)
    if not written:
        raise _refused(url, "does not begin with http:// or https://. Copy it from the browser's address bar")
    scheme, authority = written[1].lower(), written[2]
    if "@" in authority:
        raise _refused(url, "holds a name or password before an @. Write it without")
    parts = _AUTHORITY.fullmatch(authority)
    if not parts:
        raise _refused(url, "has a host that cannot be read in one way only")
    host, ip = _host(parts[1], url)
    target = quote((written[3] or "/") + (written[4] or ""), safe=_KEPT)
    return Address(scheme, host, _port(parts[2], scheme, url), target, ip)


def follow(base: Address, location: str) -> Address:
    """The address that a server sends on to, which may be relative. Raises SaysoError as `parse` does."""
    if problem := _oddity(location):  # first: urljoin leaves out line ends and tabs without a word
        raise _refused(location, problem)
    try:
        return parse(urljoin(str(base), location))
    except ValueError:
        raise _refused(location, "has a host that cannot be read in one way only") from None


def refusal(ip: IP) -> str:
    """Why nothing is asked of a machine with this address; "" if it is a public one.

    >>> refusal(ip_address("127.0.0.1")), refusal(ip_address("64:ff9b::a00:1")), refusal(ip_address("1.1.1.1"))
    ('127.0.0.1 is not public', '10.0.0.1 is not public', '')
    """
    if isinstance(ip, IPv6Address) and ip in TRANSLATED:
        return refusal(IPv4Address(int(ip) & 0xFFFFFFFF))
    if not ip.is_global or ip.is_multicast or any(ip in network for network in SPECIAL):
        return f"{ip} is not public"
    if isinstance(ip, IPv6Address) and (ip not in PUBLIC or _isatap(ip) or ip.scope_id):
        return f"{ip} is not public"
    return f"{ip} is this computer" if _own(ip) else ""


def resolve(host: str, port: int) -> tuple[IP, ...]:
    """All addresses of a name, as the system gives them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return tuple(dict.fromkeys(ip_address(where[0]) for *_, where in found))


def check(address: Address, ips: tuple[IP, ...], refuse: Callable[[IP], str]) -> None:
    """Raise SaysoError if a single one of its addresses is refused: the answer may be meant to slip one in."""
    for reason in filter(None, map(refuse, ips)):
        raise _refused(str(address), f"leads to a machine that is not on the public web ({reason})")


def _refused(url: str, reason: str) -> SaysoError:
    return SaysoError(f"{shown(url)} is not fetched: it {reason}. {BY_HAND}")


def _oddity(url: str) -> str:
    """Why the characters of an address are refused; "" if they are not."""
    if len(url) > LONGEST:
        return f"is longer than {LONGEST} characters"
    if "\\" in url:
        return "holds a backslash, which browsers and servers read in two ways"
    # Controls, direction marks, lone surrogates, unassigned, and all white space.
    if any(c.isspace() or unicodedata.category(c)[0] == "C" for c in url):
        return "holds white space or characters that do not show. Write a space as %20"
    return ""


def _port(digits: str | None, scheme: str, url: str) -> int:
    if digits is None:
        return PORTS[scheme]
    if digits not in map(str, ALLOWED_PORTS):
        raise _refused(url, f"names a port other than {', '.join(map(str, ALLOWED_PORTS))}")
    return int(digits)


def _host(written: str, url: str) -> tuple[str, IP | None]:
    """The host in ASCII, and the IP address that it is."""
    if written.startswith("["):
        return _ipv6(written[1:-1], url)
    if unicodedata.normalize("NFKC", written) != written:  # as what full-width letters mean
        raise _refused(url, "has a host in letters that stand for others")
    labels = written.lower().split(".")
    if _NUMBER.fullmatch(labels[-1]):  # WHATWG URL, "ends in a number": whatever else it is, it is an IPv4 address
        return _ipv4(written, url)
    ascii_labels = [_label(label) for label in labels]
    if not all(ascii_labels) or len(".".join(ascii_labels)) > 253:
        raise _refused(url, "has a host that is no name of a site")
    host = ".".join(ascii_labels)
    if len(labels) < 2 or any(f".{host}".endswith(f".{name}") for name in LOCAL):
        raise _refused(url, "names a machine that is not on the public web")
    return host, None


def _ipv4(written: str, url: str) -> tuple[str, IP]:
    """Four decimal numbers and no other form: not octal, hexadecimal, shortened, or one large number."""
    try:
        return written, IPv4Address(written)
    except ValueError:
        raise _refused(url, "has a host of numbers that are not four from 0 to 255 with dots between") from None


def _ipv6(written: str, url: str) -> tuple[str, IP]:
    try:
        ip = IPv6Address(written)
    except ValueError:
        ip = None
    if ip is None or ip.scope_id:
        raise _refused(url, "has a host in brackets that is no IPv6 address")
    return str(ip), ip


def _label(label: str) -> str:
    """A part of a name in ASCII; "" if it is none, or if programs differ on what it is in ASCII.

    So full-width letters, ligatures, other kinds of dots, ß and joiners are refused: IDNA 2003 (RFC 3490), which the
    standard library has, and IDNA 2008 (RFC 5891) turn them into other names.

    >>> _label("bücher"), _label("ｅxample"), _label("straße"), _label("a_b"), _label("a。b")
    ('xn--bcher-kva', '', '', '', '')
    """
    if not label.isascii():
        if (
            any(unicodedata.category(c)[0] not in "LMN" for c in label.replace("-", ""))
            or idna.nameprep(label) != label
        ):
            return ""
        try:
            label = idna.ToASCII(label).decode("ascii")
        except UnicodeError:
            return ""
    return label if _LABEL.fullmatch(label) else ""


def _isatap(ip: IPv6Address) -> bool:
    """Whether its second half holds an IPv4 address in the manner of ISATAP (RFC 5214 §6.1)."""
    return int(ip) >> 32 & 0xFFFFFFFF in (0x00005EFE, 0x02005EFE)


def _own(ip: IP) -> bool:
    """Whether it is an address of this computer, on which services may listen that trust their own. Sends nothing."""
    try:
        with socket.socket(socket.AF_INET6 if ip.version == 6 else socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect((str(ip), 9))  # of a datagram socket it only chooses the way out
            return ip_address(probe.getsockname()[0]) == ip
    except OSError:
        return False
