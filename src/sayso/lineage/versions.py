"""Versions: reports from the same address with other words, compared one after the other.

A page that was taken from the web again is a new report and replaces nothing (Berkeley Protocol on Digital Open Source
Investigations, on versions of online content). What changed between two versions is found as difflib finds it, first
in sentences, then in the words of those that changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from sayso.kit import trim
from sayso.model import Report, Span, Version

MOST_SENTENCES = 3_000
"""Of both texts together that are compared sentence by sentence: the time grows with the square. Beyond this, what is
between the first and the last change counts as changed."""
MOST_WORDS = 600
"""Of both sides of one change that are compared word by word, for the same reason."""
LEAST_KEPT = 0.5
"""Share of the words of two sentences that must be the same for their words to be compared: of two that have little in
common, each is shown whole."""
_SENTENCE = re.compile(r"[^.!?\n]{1,2000}(?:[.!?]{1,9}[\"'”’)\]]{0,9}|\n|$)?|[.!?\n]")
_WORD = re.compile(r"\w+|[^\w\s]")
_SCHEME = re.compile(r"^[a-z]{2,8}://(?:www\d?\.)?", re.IGNORECASE)
_TAIL = re.compile(r"(?:#.*|[?&](?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|ref|cmpid|ns_\w+|smid|at_\w+)=[^&#]*)")
"""A fragment, and the parameters that newsletters and social networks add to an address; they change no page."""


def same_address(address: str) -> str:
    """One form for the ways in which one web address is written.

    >>> same_address("https://www.gazette.example/fire/?utm_source=mail#top")
    'gazette.example/fire'
    >>> same_address("http://gazette.example/fire?id=3&fbclid=x")
    'gazette.example/fire?id=3'
    """
    plain = _TAIL.sub("", _SCHEME.sub("", address.strip()))
    host, slash, path = plain.partition("/")
    path = path.replace("&", "?", 1) if "?" not in path else path
    return f"{host.lower()}{slash}{path}".rstrip("/?")


def compare(reports: Iterable[Report]) -> tuple[Version, ...]:
    """What changed from each version of an address to the next, in the order of the addresses.

    Versions follow each other by the time of capture, then by publication date; where both are the same or missing,
    by id, which says nothing about time. Reports whose texts are the same are no versions of each other.
    """
    by_address: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.address:
            by_address[same_address(report.address)].append(report)
    return tuple(
        _changed(earlier, later)
        for address in sorted(by_address)
        for earlier, later in pairwise(_one_of_each_text(by_address[address]))
    )


def _one_of_each_text(reports: list[Report]) -> list[Report]:
    ordered = sorted(reports, key=lambda one: (*_time(one), one.id))
    texts: dict[str, Report] = {}
    for report in ordered:
        texts.setdefault(report.sha256, report)
    return list(texts.values())


def _changed(earlier: Report, later: Report) -> Version:
    blocks = list(_blocks(earlier.text, later.text))
    removed = tuple(old for old, _ in blocks if old.start < old.end)
    added = tuple(new for _, new in blocks if new.start < new.end)
    dated = all((one.captured or one.published) for one in (earlier, later)) and _time(earlier) != _time(later)
    return Version(earlier.id, later.id, removed, added, dated)


def _time(report: Report) -> tuple[bool, str, str]:
    return (not report.captured, report.captured, report.published)


def _blocks(old: str, new: str) -> Iterator[tuple[Span, Span]]:
    """Pairs of stretches that differ; one of a pair may be empty."""
    parts, others = (list(_SENTENCE.finditer(text)) for text in (old, new))
    if len(parts) + len(others) > MOST_SENTENCES:
        yield _between(old, new)
        return
    for a, b in _differences(parts, others, len(old), len(new)):
        yield from _refined(old, new, a, b)


def _refined(old: str, new: str, a: Span, b: Span) -> Iterator[tuple[Span, Span]]:
    words, others = list(_WORD.finditer(old, *a)), list(_WORD.finditer(new, *b))
    changed = [(a, b)]
    if words and others and len(words) + len(others) <= MOST_WORDS:
        parts = list(_differences(words, others, a.end, b.end))
        kept = 2 * len(words) - sum(2 * len(_WORD.findall(old, *span)) for span, _ in parts)
        changed = parts if kept > LEAST_KEPT * (len(words) + len(others)) else changed
    for here, there in changed:
        pair = trim(old, *here), trim(new, *there)
        if any(span.start < span.end for span in pair):
            yield pair


def _differences(
    parts: list[re.Match[str]], others: list[re.Match[str]], end: int, other_end: int
) -> Iterator[tuple[Span, Span]]:
    """Stretches of two sequences that differ, from the first of the parts concerned to the end of the last."""
    before, after = ([" ".join(one[0].split()) for one in several] for several in (parts, others))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, a, b, c, d in matcher.get_opcodes():
        if what != "equal":
            yield _stretch(parts, a, b, end), _stretch(others, c, d, other_end)


def _stretch(parts: list[re.Match[str]], first: int, last: int, end: int) -> Span:
    if first == last:
        place = parts[first].start() if first < len(parts) else end
        return Span(place, place)
    return Span(parts[first].start(), parts[last - 1].end())


def _between(old: str, new: str) -> tuple[Span, Span]:
    """What stands between the first and the last change."""
    least = min(len(old), len(new))
    start = next((at for at in range(least) if old[at] != new[at]), least)
    back = next((at for at in range(least - start) if old[-1 - at] != new[-1 - at]), least - start)
    return trim(old, start, len(old) - back), trim(new, start, len(new) - back)
