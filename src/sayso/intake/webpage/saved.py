"""What a browser leaves beside a saved page (its folder of pictures and scripts) and in it (address and time)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from sayso.intake import dates, fields
from sayso.intake.records import Notes

HEAD = 20_000
"""Characters at the start of a page in which savers leave their mark: before, in or right after the tag `html`."""
TAIL = 5_000
"""Characters at the end, where the Wayback Machine says when it took the page."""
LONGEST = 4096
"""Characters of a path at most (PATH_MAX of Linux); no browser makes longer ones."""
COPY = re.compile(
    r"https?://[^/?#\s]{1,200}/(?:[^?#\s]{0,60}/)?(\d{14})(?:[a-z]{2}_)?/(https?:/{1,2}[^\s\"'<>]{1,2000})"
)
"""The address of a copy in a web archive, as the Wayback Machine and pywb form it: a time in UTC, then the original."""
_MARKS = (
    # Mark of the Web, which Internet Explorer, Edge and Chrome write; the number is the address's length.
    re.compile(r"<!-- saved from url=\(\d{4}\)(?P<address>\S{1,2000}) -->", re.IGNORECASE),
    # SingleFile; "Archive processed by" in its early versions.
    re.compile(
        r"(?:Page saved with|Archive processed by) SingleFile\s{1,9}url: (?P<address>\S{1,2000})\s{1,9}"
        r"saved date: (?P<captured>[^\n]{10,80})"
    ),
    re.compile(r"<!-- Saved from (?P<address>\S{1,2000}) at (?P<captured>\S{10,40}) using monolith"),
    re.compile(r"<!-- Mirrored from (?P<host>\S{1,2000}) by HTTrack[^,>]{0,100}, (?P<captured>[^>]{10,40}?) -->"),
    # Save Page WE
    re.compile(
        r"<meta name=\"?savepage-url\"? content=\"?(?P<address>[^\s\">]{1,2000})(?:.{0,2000}?"
        r"<meta name=\"?savepage-date\"? content=\"?(?P<captured>[^\">]{10,80}))?",
        re.DOTALL,
    ),
    # WebScrapBook; its time is UTC, to the millisecond.
    re.compile(
        r"<html[^>]{0,2000}? data-scrapbook-source=\"(?P<address>[^\"]{1,2000})\""
        r"(?:[^>]{0,2000}? data-scrapbook-create=\"(?P<captured>\d{14})\d{3}\")?"
    ),
)
_WAYBACK_MOMENT = re.compile(r"FILE ARCHIVED ON (\d\d:\d\d:\d\d) (\w{3}) (\d\d), (\d{4}) AND RETRIEVED FROM THE")
_WAYBACK_ADDRESS = re.compile(r"__wm\.wombat\(\"([^\"\s]{1,2000})\",\s?\"(\d{14})\"")
_TOOLBAR = ("<!-- BEGIN WAYBACK TOOLBAR INSERT -->", "<!-- END WAYBACK TOOLBAR INSERT -->")
TOOLBAR_IDS = ("wm-ipp-base", "wm-ipp", "wm-ipp-print")
"""Elements of the Wayback Machine's toolbar, for pages whose comments were lost when they were saved."""
_JAVASCRIPT = re.compile(r"\w{3} (\w{3}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})")
"""`Date.toString` (ECMA-262 §21.4.4.41): Fri May 02 2031 10:00:00 GMT+0300 (a name of the zone)."""


class Saved(NamedTuple):
    """Where a page was saved from and when; "" where it does not say."""

    address: str = ""
    captured: str = ""
    """UTC, ISO 8601."""
    archive: str = ""
    """The host of the web archive whose copy it is."""


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads(resources.files("sayso.intake.webpage").joinpath("saved.toml").read_text(encoding="utf-8"))


def companions(names: Iterable[str]) -> dict[str, str]:
    """Which of the files belong to a saved page: companion → its page, in the order given.

    Names are relative paths with "/". A folder is a page's if it stands beside it and has its name, with or without
    the suffix, and a word for "files". Everything in it and below belongs to the page, frames too, but not documents
    that no browser leaves there.

    >>> companions(["a/Fire.html", "a/Fire_files/quay.jpg", "a/Fire_files/minutes.pdf", "a/Fire.jpg"])
    {'a/Fire_files/quay.jpg': 'a/Fire.html'}
    """
    listed = [name for name in names if len(name) <= LONGEST]
    pages: dict[str, str] = {}
    for name in listed:
        stem, suffix = _parted(name)
        if suffix in _names()["pages"]:
            pages.setdefault(_plain(stem), name)
            pages.setdefault(_plain(name), name)
    own = ((name, _page_of(name, pages)) for name in listed if _parted(name)[1] not in _names()["reports"])
    return {name: page for name, page in own if page}


def _parted(name: str) -> tuple[str, str]:
    """A path without its suffix, and the suffix in lower case."""
    folder, slash, last = name.rpartition("/")
    stem, _, suffix = last.rpartition(".")
    return (f"{folder}{slash}{stem}", f".{suffix.lower()}") if stem else (name, "")


def _page_of(name: str, pages: dict[str, str]) -> str:
    """The page to which the file's outermost folder of companions belongs; "" if it lies in none."""
    for slash in re.finditer("/", name):
        folder = name[: slash.start()]
        for joint in _names()["joints"]:
            stem, _, word = folder.rpartition(joint)
            page = pages.get(_plain(stem), "") if _plain(word.lower()) in _words() else ""
            if page:
                return page
    return ""


@cache
def _words() -> frozenset[str]:
    return frozenset(map(_plain, _names()["words"]))


def _plain(name: str) -> str:
    """One form for accents, since some systems take names apart."""
    return unicodedata.normalize("NFC", name)


def saved(page: str) -> Saved:
    """Where and when a page was saved, as its saver wrote into it. `page` is its source.

    The copy of a web archive gives the original address and the archive's time, whenever it was saved from there.
    """
    head = page[:HEAD]
    found = next(filter(None, (_told(mark.search(head)) for mark in _MARKS)), Saved())
    return _unwrapped(found) or _wayback(page) or found


def _told(match: re.Match[str] | None) -> Saved | None:
    if match is None:
        return None
    told = match.groupdict()
    address = f"http://{told['host']}" if told.get("host") else told["address"].replace("&amp;", "&")
    if not re.match(r"(?:https?|ftp)://", address):  # "about:internet", or a file of somebody's own disk
        return None
    return Saved(fields.tidy(address), moment(told.get("captured") or ""))


def _unwrapped(found: Saved) -> Saved | None:
    """The original of a web archive's copy."""
    original, captured = original_of(found.address)
    return Saved(original, captured, fields.site(found.address)) if original else None


def original_of(address: str) -> tuple[str, str]:
    """Original address and time of capture (UTC, ISO 8601) of a copy in a web archive; two empty ones for any other.

    >>> original_of("https://web.archive.org/web/20310502100000/https://gazette.example/a")
    ('https://gazette.example/a', '2031-05-02T10:00:00Z')
    """
    match = COPY.fullmatch(address)
    captured = moment(match[1]) if match else ""
    return (re.sub(r"^(https?:)/+", r"\1//", match[2]), captured) if match and captured else ("", "")


def agree(found: Saved, declared: str) -> tuple[Saved, Notes]:
    """What the saver wrote, completed by the address that the page gives as its own; and what to say about both.

    Where the page was taken from counts before what it calls itself.
    """
    own = Saved(declared)
    own = _unwrapped(own) or own
    found = Saved(found.address or own.address, found.captured or own.captured, found.archive or own.archive)
    notes: Notes = ()
    if found.archive:
        said = f"This is a copy in a web archive ({found.archive}); address and time of capture are as it gives them."
        notes += (("web-archive-copy", said),)
    if own.address and _place(own.address) != _place(found.address):
        said = f"The page was saved from {found.address}, but it calls itself {own.address}."
        notes += (("address-differs", said),)
    return found, notes


def _place(address: str) -> str:
    """What stays of an address where two ways to write it differ: no scheme, www, query, fragment or last slash."""
    return re.sub(r"^\w+://(?:www\.|m\.)?|[?#].*$|/$", "", address.lower()).rstrip("/")


def _wayback(page: str) -> Saved | None:
    """What the Wayback Machine's own script says at the start of a page, or its comment at the end."""
    archive = "web.archive.org"
    if match := _WAYBACK_ADDRESS.search(page[:HEAD]):
        return Saved(fields.tidy(match[1]), moment(match[2]), archive)
    if match := _WAYBACK_MOMENT.search(page[-TAIL:]):
        time, month, day, year = match.groups()
        return Saved("", moment(f"{day} {month} {year} {time} GMT"), archive)
    return None


def without_toolbar(page: str) -> str:
    """The page's source without what the Wayback Machine puts on top of it between its two comments."""
    start = page.find(_TOOLBAR[0])
    end = page.find(_TOOLBAR[1], start)
    return page[:start] + page[end + len(_TOOLBAR[1]) :] if 0 <= start < end else page


def moment(written: str) -> str:
    """A time as savers write it, in UTC (ISO 8601); "" if it has no time zone or is no time.

    Fourteen digits are UTC, as in all web archives.

    >>> moment("Fri May 02 2031 10:00:00 GMT+0300 (Eastern Time)"), moment("20310502100000"), moment("2 May 2031")
    ('2031-05-02T07:00:00Z', '2031-05-02T10:00:00Z', '')
    """
    if match := _JAVASCRIPT.match(written):
        month, day, year, time, zone = match.groups()
        written = f"{day} {month} {year} {time} {zone}"
    try:
        if re.fullmatch(r"\d{14}", written):
            found = datetime.strptime(f"{written}+0000", "%Y%m%d%H%M%S%z")
        else:
            found = datetime.fromisoformat(dates.understand(written).value)
        return found.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if found.tzinfo else ""
    except (ValueError, OverflowError):
        return ""
