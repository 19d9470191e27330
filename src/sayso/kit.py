"""Small tools that several rooms share: ids, spans, text folding, errors."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from sayso.model import Certainty, Entity, Link, Report, Span


class SaysoError(Exception):
    """Wrong use, or something the user can mend. The message says what to do next.

    SaysoError
    ├── NotACase      a folder that should hold a case does not
    └── WrongUse      an option or argument that makes no sense
    """


class NotACase(SaysoError):
    """The folder is no case, or a case of a newer version."""


class WrongUse(SaysoError):
    """The caller asked for something that cannot be."""


def digest(data: bytes | str) -> str:
    """SHA-256 as 64 hex digits. Text is taken as UTF-8, lone surrogates passed through."""
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return hashlib.sha256(raw).hexdigest()


def identify(*parts: object) -> str:
    """A record's id: 16 hex digits of the SHA-256 over its parts, in order. The same parts give the same id."""
    whole = hashlib.sha256()
    for index, part in enumerate(parts):  # one after the other: a text of 100 MB is not copied into a joined one
        whole.update(b"\x1f" if index else b"")
        whole.update(str(part).encode("utf-8", "surrogatepass"))
    return whole.hexdigest()[:16]


def identify_report(text: str, *, publisher: str, published: str, address: str) -> str:
    """A report's id. Two reports are the same only if all four are."""
    return identify(text, publisher, published, address)


def trim(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends (an empty one at `start` if nothing else is there)."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def covers(outer: Iterable[Span], inner: Span) -> bool:
    """Whether one of the outer spans holds the whole inner one."""
    return any(span.start <= inner.start and inner.end <= span.end for span in outer)


T = TypeVar("T")


class Memory:
    """What was worked out last, so that a judgement on one report is no reason to work out all others again.

    A result is given again only where all that it rests on is equal to what it rested on: so nothing can come out
    otherwise than without a memory. It holds what it remembers, so whoever asks but once takes one that keeps nothing.
    """

    def __init__(self, *, keeps: bool = True) -> None:
        self.keeps = keeps
        self._kept: dict[Hashable, tuple[object, Any]] = {}

    def recall(self, name: Hashable, rests_on: object, work: Callable[[], T]) -> T:
        """What `work` gave last under this name if `rests_on` is what it was then, else what it gives now."""
        if not self.keeps:
            return work()
        kept = self._kept.get(name)
        if kept is None or kept[0] != rests_on:
            kept = self._kept[name] = (rests_on, work())
        found: T = kept[1]
        return found

    def same(self, name: Hashable, one: T) -> T:
        """The record of last time, if it is equal: what rests on it is then compared by identity, which is quick."""
        return self.recall(name, one, lambda: one)


class Placed(Protocol):
    """A record with a place in the text of its report."""

    @property
    def span(self) -> Span:
        """Where its words stand."""


P = TypeVar("P", bound=Placed)


def begun_in(spans: Iterable[Span], several: Sequence[P]) -> tuple[P, ...]:
    """Those that begin in one of the spans; `several` are in the order of the text."""
    found: list[P] = []
    for span in spans:
        first = bisect_left(several, span.start, key=_start)
        found += several[first : bisect_left(several, span.end, lo=first, key=_start)]
    return tuple(found)


def _start(one: Placed) -> int:
    return one.span.start


def shared(one: Span, other: Span) -> int:
    """Code points that two spans share; below 0 how far they are apart."""
    return min(one.end, other.end) - max(one.start, other.start)


WIDEST = 400
"""Code points of the longest mention that is looked for."""


Places = defaultdict[str, tuple[tuple[Span, Entity], ...]]


def named_by_report(entities: Iterable[Entity], memory: Memory | None = None) -> Places:
    """By report, where entities are named, in the order of the text. With a `memory`, what is equal is the same."""
    memory = memory or Memory(keeps=False)
    ordered = sorted(entities, key=attrgetter("id"))
    return memory.recall("named", ordered, lambda: _named_by_report(ordered, memory))


def _named_by_report(ordered: Iterable[Entity], memory: Memory) -> Places:
    found: defaultdict[str, list[tuple[Span, Entity]]] = defaultdict(list)
    for entity in ordered:
        for where in entity.mentions:
            found[where.report].append((where.span, entity))
    for several in found.values():
        several.sort(key=lambda one: (one[0], one[1].id))
    return defaultdict(tuple, {name: memory.same(("named", name), tuple(several)) for name, several in found.items()})


def named_at(span: Span, named: Sequence[tuple[Span, Entity]]) -> tuple[Span, Entity] | None:
    """Which of them is named in a span, and where: the one that fills most of it, of equals the first."""
    first = bisect_left(named, span.start - WIDEST, key=lambda one: one[0].start)
    past = bisect_left(named, span.end, lo=first, key=lambda one: one[0].start)
    near = (one for one in named[first:past] if one[0].end > span.start)
    return min(near, key=lambda one: (-shared(one[0], span), one[0], one[1].id), default=None)


def locate(pages: Sequence[Sequence[int]], offset: int) -> tuple[int, int | None] | None:
    """Page and line, both from 1, of an offset, given `Report.pages`; None for a text without pages.

    The line is None on a page of one line, and in formats that mark pages but no lines. What stands before the first
    line counts to it.

    >>> locate(((0, 40), (), (81,)), 50), locate(((0, 40), (), (81,)), 90), locate((), 5)
    ((1, 2), (3, None), None)

    Lines of two pages may alternate, where a paragraph goes on over what stands at the foot of the first:

    >>> locate(((0, 60, 81), (40, 99)), 50), locate(((0, 60, 81), (40, 99)), 90)
    ((2, 1), (1, 3))
    """
    filled = [(lines, number) for number, lines in enumerate(pages, 1) if lines]
    if not filled:
        return None
    begun = [(lines[bisect_right(lines, offset) - 1], number) for lines, number in filled if lines[0] <= offset]
    _, page = max(begun, default=(0, min(filled, key=lambda one: one[0][0])[1]))
    lines = pages[page - 1]
    return page, max(1, bisect_right(lines, offset)) if len(lines) > 1 else None


def headline_end(report: Report) -> int:
    """Where the headline ends in the text: the first line, if it is no sentence or the report's title; else 0."""
    first = report.text.split("\n", 1)[0]
    is_title = bool(report.title) and first.strip() == report.title.strip()
    is_short = len(first) < len(report.text) and not first.rstrip().endswith((".", "!", "…"))
    return len(first) if is_title or (is_short and first.strip()) else 0


_MONTH = re.compile(r"\d{4}-\d\d")
_YEAR = re.compile(r"\d{4}")


def last_day(published: str) -> date | None:
    """The last day that a date in ISO 8601 can mean, None where it is none: "" or a date as somebody wrote it.

    >>> last_day("2031-05-03T10:00:00Z"), last_day("2031-02"), last_day("03/05/2031")
    (datetime.date(2031, 5, 3), datetime.date(2031, 2, 28), None)
    """
    if _YEAR.fullmatch(published):
        published += "-12"
    if _MONTH.fullmatch(published):
        year, month = int(published[:4]), int(published[5:])
        published += f"-{monthrange(year, month)[1] if year and 0 < month < 13 else 0:02}"
    try:
        return date.fromisoformat(published[:10]) if published[10:11] in {"", "T", " "} else None
    except ValueError:
        return None


FIRMNESS: tuple[Certainty, ...] = ("certain", "unknown", "probable", "possible")
"""From firm to weak. A hedge that was stated counts before a firmness that nobody stated, as in an order."""


def weakest(chain: Iterable[Link]) -> Certainty:
    """The weakest certainty in a chain: how firmly its words have reached the reader."""
    return max((link.certainty for link in chain), key=FIRMNESS.index, default="unknown")


def in_words(chain: Sequence[Link], arrow: str) -> str:
    """A chain in one line, outermost voice first, each with what is not plain about it.

    A voice that asserts and is certain stands alone. "?" marks one of whom it cannot be told who is meant.

    >>> in_words((Link("Quay Courier"), Link("he", "alleges", "probable", resolved=False)), " > ")
    'Quay Courier > he (?, alleges, probable)'
    """
    return arrow.join(_in_words(link) for link in chain)


def _in_words(link: Link) -> str:
    unclear = () if link.resolved else ("?",)
    stance = () if link.stance == "asserts" else (link.stance,)
    hedge = (link.certainty,) if link.certainty in {"probable", "possible"} else ()
    marks = (*unclear, *stance, *hedge)
    return f"{link.voice} ({', '.join(marks)})" if marks else link.voice


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """A name for comparing: no accents, no case, no punctuation, no possessive, single spaces.

    >>> fold("The Émirate’s  Council")
    'the emirate council'
    """
    plain = name.replace("’", "'")
    if not plain.isascii():  # most names are, and this is asked tens of thousands of times
        plain = unicodedata.normalize("NFKD", plain)
        for mark in filter(unicodedata.combining, sorted(set(plain))):  # few, even of a long text
            plain = plain.replace(mark, "")
    plain = re.sub(r"'s\b", "", plain.casefold())
    return " ".join(re.findall(r"[^\W_]+", plain))
