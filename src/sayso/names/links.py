"""Two names of one report with telling words between them: "also known as", "(…)", ", formerly"."""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

from sayso.model import Span, Where
from sayso.names import forms
from sayso.names.apposition import is_closed
from sayso.names.records import Key, Named, Node, Sheet, Short, Tie

LONGEST_GAP = 30
"""Characters between two names that words such as "also known as" can fill."""

Relation = Literal["bracket", "alias", "former", "translation", "short"]

REASONS: dict[Relation, str] = {
    "bracket": "one stands in brackets behind the other",
    "alias": "a report says that one is also called the other",
    "former": "a report says that one was formerly called the other",
    "translation": "a report gives one as another form of the other",
    "short": "a report gives one as short for the other",
}
_ACRONYM_BEHIND = re.compile(r" ?\([\"“]?(?P<short>[A-Z][A-Za-z.&-]{1,9})[\"”]?\)")
_QUOTES = re.compile("[\"“”'‘’«»]")
_WORDS = re.compile(r"\w+")
_DETERMINERS = re.compile(r" (?:the|a|an)$")


class _Link(NamedTuple):
    one: Key
    other: Key
    relation: Relation
    closed: bool
    """Whether a comma, bracket or full stop stands behind the second."""
    dateline: bool = False
    """Whether it may be where a report comes from and who sends it: "OSTRA (QNA) –" at the start of a line."""


def link(sheet: Sheet, text: str, places: list[Named]) -> None:
    """Add to the sheet what the words between its names say: ties, and acronyms as short forms."""
    found = {*_links(text, places), *_acronyms_behind(sheet, text, places)}
    for one in sorted(found):
        nodes = sheet.nodes[one.one], sheet.nodes[one.other]
        short = _acronym_of_two(one, *nodes) if one.relation in {"bracket", "short"} else None
        if short is not None:
            (full,) = {one.one, one.other} - {short}
            sheet.shorts.append(Short(short, (full,), REASONS["short"]))
        elif _says_so(one, *nodes):
            disputed = not one.closed if one.relation == "translation" else one.relation == "bracket" and one.one.person
            sheet.ties.append(Tie(one.one, one.other, REASONS[one.relation], 1.0, disputed=disputed))


def _says_so(link: _Link, one: Node, other: Node) -> bool:
    """Whether the words can say that the two are one: in brackets can stand a party or a country, too."""
    if link.relation == "bracket":
        return link.closed and not link.dateline and one.kind == other.kind != "place"
    return link.relation != "translation" or (not link.one.person and one.kind == other.kind != "place")


def _links(text: str, places: Iterable[Named]) -> Iterator[_Link]:
    """Pairs of names with telling words between them."""
    by_end: defaultdict[int, list[Named]] = defaultdict(list)
    for one in places:
        by_end[one.span.end].append(one)
    ends = sorted(by_end)
    for one in places:
        last = bisect_right(ends, one.span.start) - 1
        relation = _relation(text, ends[last], one.span.start) if last >= 0 else None
        for before in by_end[ends[last]] if relation else ():
            if before.key.person == one.key.person and before.key.core != one.key.core and relation:
                closed = (
                    _is_bracket_closed(text, one.span.end) if relation == "bracket" else is_closed(text, one.span.end)
                )
                dateline = relation == "bracket" and _is_dateline(text, before.span, one.span)
                yield _Link(before.key, one.key, relation, closed, dateline)


def _is_dateline(text: str, before: Span, inside: Span) -> bool:
    """Whether words in capitals alone stand before a bracket in its line, without an article, and one word in it."""
    begins = max(text.rfind("\n", 0, before.start) + 1, before.start - LONGEST_GAP)
    words = _WORDS.findall(text[begins : before.end])
    only_names = (begins == 0 or text[begins - 1] == "\n") and words[0].casefold() not in forms.ARTICLES
    return only_names and not any(word[0].islower() for word in words) and " " not in text[inside.start : inside.end]


def _is_bracket_closed(text: str, end: int) -> bool:
    return text[end : end + 2].lstrip("\"”’'").startswith(")")


def _relation(text: str, start: int, end: int) -> Relation | None:
    """What the words between two names say of them."""
    if not 2 <= end - start <= LONGEST_GAP:
        return None
    words = " ".join(_QUOTES.sub("", text[start:end].casefold()).split())
    return _gaps().get(_DETERMINERS.sub("", words))


@cache
def _gaps() -> dict[str, Relation]:
    with (Path(__file__).parent / "gaps.csv").open(encoding="utf-8", newline="") as table:
        return {row["gap"]: cast("Relation", row["relation"]) for row in csv.DictReader(table)}


def _acronyms_behind(sheet: Sheet, text: str, places: list[Named]) -> Iterator[_Link]:
    """Acronyms in brackets behind a name that nobody marked as names: "the Free Harbour Movement (FHM)"."""
    marked = {one.span.start for one in places}
    for one in places:
        found = None if one.kind == "person" else _ACRONYM_BEHIND.match(text, one.span.end)
        if found and found.start("short") not in marked and forms.stands_for(found["short"], one.key.core):
            key = Key(forms.form(found["short"], person=False).core, person=False)
            where = Where(sheet.report, Span(*found.span("short")))
            sheet.nodes.setdefault(key, Node(key)).meet(found["short"], one.kind, where)
            yield _Link(one.key, key, "bracket", closed=True)


def _acronym_of_two(link: _Link, one: Node, other: Node) -> Key | None:
    """Which of two names is an acronym of the other, if one is.

    Letters that do not fit may be those of the name in another language, but not where a place or a dateline is.
    """
    for short, full in ((one, other), (other, one)):
        if not short.key.person and forms.is_acronym(short.spelling) and not forms.is_acronym(full.spelling):
            is_whole = link.relation != "bracket" or (link.closed and " " in full.key.core)
            may_be_translated = short.kind == full.kind != "place" and is_whole and not link.dateline
            return short.key if may_be_translated or forms.stands_for(short.spelling, full.key.core) else None
    return None
