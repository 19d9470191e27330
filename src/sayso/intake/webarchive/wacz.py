"""The package around a web archive (WACZ 1.1): which pages were asked for, and whether it is as it was packed."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from sayso.intake import fields
from sayso.intake.archive import entry, zipped
from sayso.intake.archive.entry import Entry
from sayso.intake.records import Lost, NotRead
from sayso.intake.unpacking import Seekable

LARGEST_LIST = 50 * 1024 * 1024
"""Bytes of a list of pages. It may hold the text of each page, which is not used."""
LARGEST_DESCRIPTION = 2 * 1024 * 1024
"""Bytes of the package's own description."""
MOST_RESOURCES = 1000
"""Files of a package whose digests are checked."""
ARCHIVES = (".warc", ".warc.gz", ".arc", ".arc.gz")
_STEP = 1024 * 1024


class Package(NamedTuple):
    """What a package holds."""

    archives: tuple[tuple[str, Callable[[], Seekable]], ...]
    """Name and opener of each of its WARC files, in the order of their names."""
    pages: tuple[str, ...]
    """The addresses of its pages as listed, each once; none where it has no list."""
    problems: tuple[Lost, ...]


def read(file: Seekable) -> Package:
    """The package in a file. Raises NotRead for one that is damaged or holds no web archive."""
    entries = zipped.entries(file)
    named = dict(sorted(zip(entry.told([one.name for one in entries]), entries, strict=True)))
    archives = {name: one for name, one in named.items() if name.lower().endswith(ARCHIVES)}
    if not archives:
        raise NotRead("empty", "is a package without a web archive in it. Save it again.")
    lost = [(entry.shown(name), one.problem) for name, one in archives.items() if one.problem]
    problems = [Lost(one.kind, name, one.reason) for name, one in lost]
    lists = [one for name, one in named.items() if name.startswith("pages/") and name.endswith(".jsonl")]
    pages = tuple(dict.fromkeys(page for one in lists for page in _pages(one)))
    sound = tuple((entry.shown(name), partial(_opened, one)) for name, one in archives.items() if not one.problem)
    return Package(sound, pages, (*problems, *_differing(named)))


def _opened(one: Entry) -> Seekable:
    return one.open() if one.open else io.BytesIO(one.unpack())


def _start(one: Entry, largest: int) -> bytes:
    """The first bytes of an entry; none of one that cannot be read."""
    try:
        return _opened(one).read(largest)
    except NotRead:
        return b""


def _pages(one: Entry) -> Iterator[str]:
    """The addresses in a list of pages: JSON Lines, the first of which is about the list (WACZ §5.2.1)."""
    for line in _start(one, LARGEST_LIST).split(b"\n"):
        page = _object(line)
        if isinstance(page.get("url"), str) and re.match("https?://", page["url"]):
            yield fields.tidy(page["url"])


def _object(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _differing(named: dict[str, Entry]) -> Iterator[Lost]:
    """The files whose digest is not the one that the package declares (WACZ §5.3), and those that are not there."""
    description = _object(_start(named["datapackage.json"], LARGEST_DESCRIPTION)) if "datapackage.json" in named else {}
    signed = "datapackage-digest.json"
    whole = _object(_start(named[signed], LARGEST_DESCRIPTION)) if signed in named else {}
    listed = description.get("resources")
    told = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    for one in (*told[:MOST_RESOURCES], whole):
        name, digest = one.get("path"), one.get("hash")
        if not isinstance(name, str) or not isinstance(digest, str) or not digest.startswith("sha256:"):
            continue
        if name not in named:
            yield Lost("missing", entry.shown(name), "is named by the package but is not in it. Get the package again.")
        elif _sha256(named[name]) not in {"", digest.removeprefix("sha256:").lower()}:
            reason = "does not match its digest in the package: it was changed after it was packed."
            yield Lost("digest-differs", entry.shown(name), reason)


def _sha256(one: Entry) -> str:
    """The digest of an entry in hexadecimal; "" for one that cannot be read."""
    whole = hashlib.sha256()
    try:
        file = _opened(one)
        while step := file.read(_STEP):
            whole.update(step)
    except NotRead:
        return ""
    return whole.hexdigest()
