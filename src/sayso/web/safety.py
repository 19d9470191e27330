"""Who may speak to the workspace: a browser that was given the printed address, from the workspace's own pages.

Other programs of this machine and other pages in the same browser reach 127.0.0.1 too. So everything is refused but
what bears the cookie; the cookie is given for a token that works once; a name that was made to lead to 127.0.0.1
(DNS rebinding) is told by its Host; what another page sends is told by Origin and Sec-Fetch-Site (Fetch Standard and
Fetch Metadata, W3C). What a report says never becomes a script: the policy lets none run but the workspace's own file.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
)
HEADERS: Final = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
"""On every answer, refusals too."""

METHODS: Final = ("GET", "HEAD", "POST")
OWN_PAGE: Final = "same-origin"
TYPED: Final = "none"
"""Sec-Fetch-Site of an address that was typed, or opened from another program."""
KEY_BYTES: Final = 32
OPENING: Final = "/open/"
"""Begins the path of an address that is printed; its token follows."""


@dataclass(slots=True)
class Keys:
    """What opens one running workspace."""

    host: str
    """As the browser must name it: "127.0.0.1:PORT"."""
    session: str = field(default_factory=lambda: secrets.token_urlsafe(KEY_BYTES))
    """The cookie's value."""
    tickets: set[str] = field(default_factory=set)
    """Tokens that have not been used."""

    @property
    def origin(self) -> str:
        """That of the workspace's own pages."""
        return f"http://{self.host}"

    @property
    def cookie(self) -> str:
        """The cookie's name. Cookies do not tell ports apart, so that two workspaces need two names."""
        return f"sayso-{self.host.rpartition(':')[2]}"


def new_address(keys: Keys) -> str:
    """An address that opens the workspace in one more browser, once."""
    ticket = secrets.token_urlsafe(KEY_BYTES)
    keys.tickets.add(ticket)
    return f"{keys.origin}{OPENING}{ticket}"


def guard(app: ASGIApp, keys: Keys) -> ASGIApp:
    """The app behind the checks, with the headers on whatever it answers."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await app(scope, receive, send)
            return  # a web socket is closed without an answer: there are none here

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer = _opened(scope, keys) or _refused(scope, keys)
        await (answer or app)(scope, receive, send_with_headers)

    return guarded


def _opened(scope: Scope, keys: Keys) -> Response | None:
    """What answers the printed address: the cookie, once."""
    path, headers = scope["path"], Headers(scope=scope)
    if not path.startswith(OPENING) or scope["method"] != "GET" or headers.getlist("host") != [keys.host]:
        return None
    ticket = next((one for one in keys.tickets if _same(one, path.removeprefix(OPENING))), None)
    if ticket is None:
        return None
    keys.tickets.discard(ticket)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(keys.cookie, keys.session, httponly=True, samesite="strict", path="/")
    return answer


def _refused(scope: Scope, keys: Keys) -> Response | None:
    """Why the request goes no further; None where it may."""
    headers = Headers(scope=scope)
    if headers.getlist("host") != [keys.host]:
        return _no(421, f"This workspace answers only to {keys.origin}/")
    if scope["method"] not in METHODS:
        return _no(405, "The workspace knows no such request.")
    if not _is_own(headers, changes=scope["method"] == "POST", origin=keys.origin):
        return _no(403, "This was asked for by another page. Open the workspace's own page and do it there.")
    if not _has_cookie(headers, keys):
        return _no(
            403,
            "This needs the address that `sayso serve` printed, which opens the workspace once, in one browser. For"
            " another browser choose “Another browser” in the open workspace, or start `sayso serve` again.",
        )
    return None


def _is_own(headers: Headers, *, changes: bool, origin: str) -> bool:
    """Whether the request comes from a page of the workspace or, for looking only, from the person.

    As pages here send no referrer, their forms send "null" as Origin (Fetch Standard, 3.1.2); then Sec-Fetch-Site,
    which no page can set, must say that it is our own.
    """
    origins, site = headers.getlist("origin"), headers.getlist("sec-fetch-site")
    if origins not in ([], [origin], ["null"]) or len(site) > 1:
        return False
    if changes:
        return site == [OWN_PAGE] or (origins == [origin] and not site)
    return site in ([], [OWN_PAGE], [TYPED]) and origins != ["null"]


def _has_cookie(headers: Headers, keys: Keys) -> bool:
    for header in headers.getlist("cookie"):
        try:
            found = SimpleCookie(header).get(keys.cookie)
        except CookieError:
            continue
        if found is not None and _same(found.value, keys.session):
            return True
    return False


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode())


def _no(status: int, why: str) -> Response:
    return PlainTextResponse(f"Refused. {why}\n", status)
