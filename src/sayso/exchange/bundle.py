"""An evidence bundle: one ZIP from which somebody without sayso can check everything that a case says.

    README.txt          what this is and how to check it, in plain words
    verify.py           the check: one file, Python alone
    manifest.json       {"form", "tool", "exported", "head", "members": [{"path", "size", "sha256"} …]}: all but itself
    log.jsonl           the entries of the log, one a line; each begins with the SHA-256 of the line before
    records.jsonl       the rows that the log speaks of, one a line; the log names the SHA-256 of each line
    case.json           what the case says: the export as JSON
    texts/SHA256.txt    the text of each report, in UTF-8
    files/SHA256        each file as it was handed in, byte for byte

`sayso.ledger.log` states the form of the two files of lines. Members are named by hashes, never by the user's names.
The same case gives the same bytes but for the time of the export, whoever packs it with the same version of zlib.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sayso.exchange.everything import to_json
from sayso.kit import SaysoError
from sayso.model import Case

FORM = "sayso evidence 1"
PIECE_BYTES = 1 << 20
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that every member bears: the first that a ZIP can state."""
VERIFIER = Path(__file__).with_name("verify_bundle.py")

README = """\
This is an evidence bundle, written by {tool} on {at}.

It holds the files as they were handed in (files/), the texts of the reports that were found in them
(texts/), what the program and its users recorded about them (records.jsonl), the log of all that was
done, in which every entry is hashed with the one before (log.jsonl), and what follows from all that:
who says what, on whose word (case.json).

To check that nothing was changed since, with Python 3.9 or newer and nothing else:

    python3 verify.py

or, without unpacking anything first, python3 verify.py BUNDLE.zip. It says "All holds", or names the
first thing that was changed. Better than to trust the verify.py that came with the bundle is one that
you have from elsewhere: it is the same for all bundles of one version of sayso.

The head of the log is

    {head}

Whoever noted down an earlier head of this case can check that the history was not rewritten since,
with that head or with a file that begins with it:

    python3 verify.py --against NUMBER:HASH

The names of files and texts are their SHA-256. By hand: `sha256sum files/*`, and for the log: the
SHA-256 of each line, without its end, is what the next line begins with.

case.json says what the reports say, and who in them says so. It does not say that it is true.
"""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What goes into a bundle."""

    case: Case
    head: str
    """NUMBER:HASH of the last entry."""
    log: Iterable[str]
    """Lines, without their ends; see `sayso.ledger.log`."""
    records: Iterable[str]
    """The same."""
    texts: Iterable[tuple[str, bytes]]
    """SHA-256 and UTF-8 of every text, by hash."""
    files: Iterable[tuple[str, Path]]
    """SHA-256 and place of every kept file, by hash."""


def write_bundle(target: BinaryIO, evidence: Evidence, *, tool: str, at: str) -> None:
    """Write the ZIP into an open file that can seek. `at` is UTC in ISO 8601.

    `SaysoError` where a kept file is missing or was changed: then the target is not to be used.
    """
    members: list[dict[str, object]] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, allowZip64=True, compresslevel=6) as archive:
        for name, content in _contents(evidence, tool, at):
            sha256, size = _put(archive, name, content)
            if name.startswith("files/") and name != f"files/{sha256}":
                raise SaysoError(f"The kept file {name[6:]} was changed. Run `sayso verify` on the case.")
            members.append({"path": name, "size": size, "sha256": sha256})
        about = {"form": FORM, "tool": tool, "exported": at, "head": evidence.head, "members": members}
        _put(archive, "manifest.json", json.dumps(about, indent=1).encode("ascii") + b"\n")


def _contents(evidence: Evidence, tool: str, at: str) -> Iterator[tuple[str, bytes | Path]]:
    yield "README.txt", README.format(tool=tool, at=at, head=evidence.head).encode("ascii")
    yield "verify.py", VERIFIER
    yield "log.jsonl", _lines(evidence.log)
    yield "records.jsonl", _lines(evidence.records)
    yield "case.json", to_json(evidence.case).encode("ascii")
    yield from ((f"texts/{sha256}.txt", text) for sha256, text in evidence.texts)
    yield from ((f"files/{sha256}", place) for sha256, place in evidence.files)


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode("ascii")


def _put(archive: zipfile.ZipFile, name: str, content: bytes | Path) -> tuple[str, int]:
    """Write one member a piece at a time: its SHA-256 and size."""
    info = zipfile.ZipInfo(name, EPOCH)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    info.create_system = 3  # Unix, on whatever system it is made: else the same case gives other bytes
    found, size = hashlib.sha256(), 0
    with _opened(content) as source, archive.open(info, "w", force_zip64=True) as member:
        while piece := source.read(PIECE_BYTES):
            member.write(piece)
            found.update(piece)
            size += len(piece)
    return found.hexdigest(), size


def _opened(content: bytes | Path) -> BinaryIO:
    if isinstance(content, bytes):
        return io.BytesIO(content)
    try:
        return content.open("rb")
    except OSError as error:
        raise SaysoError(f"The kept file {content} cannot be read ({error.strerror}). Run `sayso verify`.") from error
