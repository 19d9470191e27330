"""Plain words for the page, and the one gate through which text of reports enters HTML."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from markupsafe import Markup, escape

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

NUMBERS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip

SHARES: Final = ((0.9, "nearly all"), (0.6, "most"), (0.4, "about half"), (0.15, "part"), (0.0, "a little"))
"""Lower bound of an echo's share of words, and how the page says it: no per cents are shown."""

LENGTH: Final = len("2031-05-02")

_OVERRIDES: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Bidirectional embeddings, overrides and isolates: they can turn a name or sentence round (Unicode TR 36, 3.1.4)."""

_TROUBLE: Final = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff{_OVERRIDES}]")
_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d))?")


def clean(text: str) -> str:
    r"""The text with every character made visible that would turn, hide or break what stands around it.

    Control characters become their Unicode control pictures, bidirectional controls their code in brackets, lone
    surrogates the replacement character. Tab and line feed stay.

    >>> clean("a\u202eb\x00")
    'a[U+202E]b␀'
    """
    return _TROUBLE.sub(_visible, text)


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] in _OVERRIDES:
        return f"[U+{code:04X}]"
    if code == 0x0D:
        return " "
    return chr(0x2400 + code) if code < 0x20 else "\ufffd"


def shown(text: str) -> Markup:
    """Text for an element's content (never for an attribute): cleaned and escaped.

    Quotation marks need no escape there, and reports are full of them, so they are kept as they are.

    >>> shown('<b>"x"</b>')
    Markup('&lt;b&gt;"x"&lt;/b&gt;')
    """
    return Markup(str(escape(clean(text))).replace("&#34;", '"').replace("&#39;", "'"))  # noqa: S704 (escaped here)


def web_address(address: str) -> str:
    """The address if it leads to the web (http or https, with a host), else "": only such become links."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in {"http", "https"} and parts.netloc and not _TROUBLE.search(address) else ""


def count(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun.

    >>> count(1, "report"), count(1200, "reply", "replies")
    ('1 report', '1,200 replies')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def spelled(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun, for running text: small ones in letters.

    >>> spelled(1, "voice"), spelled(4, "reply", "replies"), spelled(40, "report")
    ('one voice', 'four replies', '40 reports')
    """
    return f"{letters(number)} {noun if number == 1 else plural or noun + 's'}"


def letters(number: int) -> str:
    """A small number in letters.

    >>> letters(2), letters(13)
    ('two', '13')
    """
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else f"{number:,}"


def times(number: int) -> str:
    """How often, in words.

    >>> times(1), times(2), times(7)
    ('once', 'twice', '7 times')
    """
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def unsure(number: int, whole: int) -> str:
    """How many of so many are unsure, to go on a line that counts the whole.

    >>> unsure(0, 7), unsure(1, 1), unsure(7, 7), unsure(2, 7)
    ('', ', unsure', ', all unsure', ', 2 of them unsure')
    """
    if not number:
        return ""
    if number < whole:
        return f", {number:,} of them unsure"
    return ", unsure" if whole == 1 else ", all unsure"


def listing(names: Sequence[str], most: int = 4) -> str:
    """Names in a row; beyond `most` the rest are counted.

    >>> listing(["A", "B", "C"]), listing(["A", "B", "C", "D"], 2)
    ('A, B and C', 'A, B and 2 others')
    """
    head = list(names[:most])
    rest = len(names) - len(head)
    if rest:
        head.append(count(rest, "other"))
    return " and ".join([", ".join(head[:-1]), head[-1]]) if len(head) > 1 else "".join(head)


def day(published: str) -> str:
    """An ISO 8601 date, with its time if it has one, in words; whatever is no such date as it stands.

    >>> day("2031-05-02"), day("2031-05-02T10:30:00Z"), day("spring")
    ('2 May 2031', '2 May 2031, 10:30', 'spring')
    """
    match = _DATE.match(published)
    if not match or not _exists(match):
        return published
    words = f"{int(match[3])} {MONTHS[int(match[2]) - 1]} {match[1]}"
    return f"{words}, {match[4]}" if match[4] else words


def days(earliest: str, latest: str) -> str:
    """First and last day in words.

    >>> days("2031-05-02", "2031-05-02"), days("2031-05-02", ""), days("", "")
    ('2 May 2031', '2 May 2031 or later', 'not said')
    >>> days("2031-05-02", "2031-05-04"), days("2031-02-01", "2031-02-28"), days("2029-01-01", "2029-12-31")
    ('2 to 4 May 2031', 'February 2031', '2029')
    """
    if earliest and latest:
        return _stretch(earliest, latest)
    if earliest or latest:
        return f"{day(earliest)} or later" if earliest else f"{day(latest)} or before"
    return "not said"


def _stretch(earliest: str, latest: str) -> str:
    first, last = day(earliest), day(latest)
    if first == last:
        return first
    if (earliest[:4], earliest[4:], latest[4:]) == (latest[:4], "-01-01", "-12-31"):
        return earliest[:4]
    if earliest[:7] != latest[:7] or len(earliest) != LENGTH or len(latest) != LENGTH:
        return f"{first} to {last}"
    year, month = map(int, earliest.split("-")[:2])
    if (earliest[8:], int(latest[8:])) == ("01", monthrange(year, month)[1]):
        return first.partition(" ")[2]
    return f"{int(earliest[8:])} to {last}"


def bounds(low: float, high: float | None) -> str:
    """How many, in words. `high` None: no upper bound.

    >>> bounds(40, None), bounds(0, 14), bounds(20, 30), bounds(1200, 1200)
    ('40 or more', '14 or fewer', '20 to 30', '1,200')
    """
    least = figure(low)
    if high is None:
        return f"{least} or more"
    most = figure(high)
    if low == high:
        return least
    return f"{least} to {most}" if low else f"{most} or fewer"


def figure(number: float) -> str:
    """A number as it is written: with commas, and without a fraction where it has none.

    >>> figure(1200.0), figure(1.5)
    ('1,200', '1.5')
    """
    return f"{number:,.0f}" if number == int(number) else f"{number:,}"


def _exists(match: re.Match[str]) -> bool:
    try:
        date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return False
    return True


def dates(published: Iterable[str]) -> str:
    """The span of the recorded dates, days only.

    >>> dates(["2031-05-09", "", "2031-05-02T10:30:00Z"]), dates([""])
    ('2 May 2031 to 9 May 2031', 'dates not recorded')
    """
    known = sorted(match[0][:10] for text in published if (match := _DATE.match(text)) and _exists(match))
    if not known:
        return "dates not recorded"
    return day(known[0]) if known[0] == known[-1] else f"{day(known[0])} to {day(known[-1])}"


def share(score: float) -> str:
    """An echo's share of words, in words.

    >>> share(0.95), share(0.5)
    ('nearly all', 'about half')
    """
    return next(words for bound, words in SHARES if score >= bound)


def upper_first(text: str) -> str:
    """The text with a capital letter first.

    >>> upper_first("carried by the Courier")
    'Carried by the Courier'
    """
    return text[:1].upper() + text[1:]


def size(octets: int) -> str:
    """A file's size as people say it.

    >>> size(950), size(20_480)
    ('950 bytes', '20.0 KiB')
    """
    if octets < 1024:
        return count(octets, "byte")
    return f"{octets / 1024:,.1f} KiB" if octets < 1024**2 else f"{octets / 1024**2:,.1f} MiB"
