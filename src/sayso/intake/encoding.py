"""Bytes to text: a byte order mark, what a page declares, UTF-8, and only then a guess, which is said."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from sayso.intake.records import Notes, NotRead
from sayso.intake.unpacking import READS, refuse_known_binaries

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its first two bytes are the same
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 256 * 1024
"""Bytes that an encoding is guessed from. More does not change the guess, and costs time."""
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
"""Bytes that text of no encoding has many of."""
MOST_CONTROLS = 0.02
"""The share of control bytes above which a file is binary; texts have none or a stray one."""
BROWSERS = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252"}
"""What browsers take these declarations to mean (WHATWG Encoding Standard, "names and labels")."""
TRICKS = re.compile(r"utf-?7|escape|punycode|idna|undefined|mbcs|oem", re.IGNORECASE)
"""Codecs of Python that no page means."""


class Decoded(NamedTuple):
    """A text, and (kind, message) of what should be said about how it was decoded."""

    text: str
    notes: Notes = ()


def decode(data: bytes, declared: str = "") -> Decoded:
    """The text of the bytes. `declared` is the encoding that a page names. Raises NotRead for what is no text."""
    for mark, name in MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], name)
    refuse_known_binaries(data)
    if b"\0" in data:
        return _without_mark(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        return _not_utf8(data, problem.start, declared)
    return Decoded(text)


def _marked(data: bytes, name: str) -> Decoded:
    try:
        return Decoded(data.decode(name))
    except UnicodeDecodeError as problem:
        text = data.decode(name, "replace")
        return Decoded(text, _damaged(name, problem.start))


def _without_mark(data: bytes) -> Decoded:
    """UTF-16 without its mark has a zero in every other byte of Latin text; anything else with zeros is binary."""
    sample = data[:SAMPLE]
    half = len(sample) // 2
    zeros_first, zeros_second = sample[0::2].count(0), sample[1::2].count(0)
    name = "utf-16-le" if zeros_second > zeros_first else "utf-16-be"
    if max(zeros_first, zeros_second) > half * 0.7 and min(zeros_first, zeros_second) < half * 0.05:
        try:
            return Decoded(data.decode(name), _guess(name))
        except UnicodeDecodeError:
            pass
    raise NotRead("binary", f"holds zero bytes, so it is no text. {READS}")


def _not_utf8(data: bytes, first: int, declared: str) -> Decoded:
    sample = data[max(0, first - SAMPLE // 4) : first + SAMPLE]
    if len(sample) - len(sample.translate(None, CONTROLS)) > MOST_CONTROLS * len(sample):
        raise NotRead("binary", f"holds bytes that are no text. {READS}")
    if declared and not TRICKS.search(declared):
        try:
            return Decoded(data.decode(BROWSERS.get(declared.lower(), declared)))
        except (LookupError, ValueError):
            pass
    return _mended(data, sample, first) or _guessed(data, sample)


def _mended(data: bytes, sample: bytes, first: int) -> Decoded | None:
    """UTF-8 with a few broken bytes, as a cut or a bad copy leaves it; None if most of its letters are broken."""
    tried = sample.decode("utf-8", "replace")
    broken = tried.count("\ufffd")
    whole = sum(c > "\x7f" for c in tried) - broken
    if whole <= 3 * broken:
        return None
    text = data.decode("utf-8", "replace")
    return Decoded(text, _damaged("utf-8", first))


def _guessed(data: bytes, sample: bytes) -> Decoded:
    import cchardet

    guess = cchardet.detect(sample)["encoding"]
    for name in (guess, "cp1252"):
        try:
            if name and not TRICKS.search(name):
                return Decoded(data.decode(name), _guess(name))
        except (LookupError, ValueError):
            continue
    raise NotRead("binary", f"is in no encoding that is known here. Save it as UTF-8. {READS}")


def _damaged(name: str, byte: int) -> Notes:
    message = f"The text is {name} but damaged, first at byte {byte}; what could not be read shows as \ufffd."
    return (("encoding-damaged", message),)


def _guess(name: str) -> Notes:
    message = f"The encoding is not stated and is not UTF-8; {name} was guessed. Check names with accents."
    return (("encoding-guessed", message),)
