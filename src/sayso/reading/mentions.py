"""One list of mentions out of what several data sets taught the reader to mark.

    re3d            persons, bodies, places, weapons … of reports on conflict, named and described: first
    crossner, wikigold    names alone: what the first did not find
    gum             every noun phrase and pronoun: descriptions and pronouns that none of them found

Two marks are the same mention if they have the same head word: "the Varnian minister" and "minister". Of these the
first stays, and they vote on its kind; names with the same head word vote together, as in one report a name has one
sense (Gale, Church & Yarowsky 1992). One mention may stand inside another ("the commander of the Quay Brigade"); none
crosses another.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.resources import files
from typing import NamedTuple, TypeAlias

from sayso.kit import trim
from sayso.model import Mention, MentionKind, Span, Wording

_TABLE = tomllib.loads((files("sayso.reading") / "mentions.toml").read_text(encoding="utf-8"))
KINDS: Mapping[str, Mapping[str, MentionKind]] = _TABLE["kinds"]
"""Scheme to its kinds, by their name here."""
RANKS = {"re3d": 0, "crossner": 1, "wikigold": 1, "gum": 2}
"""Whose mark stays, the first."""
ARTICLES, UNNAMED, PRONOUNS, AFTER_HEAD, POSTS = (
    frozenset(_TABLE[name]) for name in ("articles", "unnamed", "pronouns", "after_head", "posts")
)
NAMES = frozenset({"crossner", "wikigold"})
"""Schemes that mark nothing but names."""

Mark: TypeAlias = tuple[int, int, str, float]
"""Start, end, kind, score."""

_WORD = re.compile(r"[^\s,;:()\[\]\"“”–—/]+|[,;:()\[\]–—/]")
_POSSESSIVE = re.compile(r"(?<=\w)(?:['’]s|(?<=s)['’])$")
_LOOSE = frozenset('"“”„«»,;:!?')
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")
_BEGINS = re.compile(r"(?:^|[.!?:…]|\n)[\s\"“”‘'«(]{0,8}$")
_LOOK_BACK = 9

_SMALL_VOTE = 0.5
"""What a mark of the kind "other" weighs, which is all that no kind fits."""

_COUNTED: frozenset[MentionKind] = frozenset({"money", "quantity", "time"})
"""Kinds that have no names, and that no vote changes: the other schemes do not know them."""


class _Found(NamedTuple):
    rank: int
    """0 for the first scheme."""
    score: float
    span: Span
    kind: MentionKind
    head: Span
    named: bool
    """Whether a scheme of names alone marked it."""


def mentions(text: str, tagged: Mapping[str, Sequence[Mark]]) -> tuple[Mention, ...]:
    """The mentions of a text, in order, the longer of two that begin together first.

    `tagged` gives each scheme's marks in code points. A scheme or kind that `KINDS` does not know is passed over.
    """
    tidied: dict[tuple[int, int], tuple[Span, Span]] = {}  # several schemes mark the same words
    found = [one for scheme in KINDS for one in _marks(text, scheme, tagged.get(scheme, ()), tidied)]
    found.sort(key=lambda one: (one.span.start, -one.span.end, one.rank, -one.score))
    names = {one.head.end for one in found if one.named}
    kept = [one for group in _groups(found) for one in _settle(group)]
    out = [_mention(text, one, votes, sure=one.head.end in names) for one, votes in kept]
    voted = _voted(text, kept, out)
    agreed = (
        one._replace(kind=voted[_letters(text, found.head)]) if one.wording == "name" else one
        for one, (found, _) in zip(out, kept, strict=True)
    )
    return tuple(sorted(agreed, key=lambda one: (one.span.start, -one.span.end, one.kind)))


_Votes: TypeAlias = Counter[MentionKind]


def _voted(text: str, kept: Sequence[tuple[_Found, _Votes]], out: Sequence[Mention]) -> dict[str, MentionKind]:
    """The kind of every name of the report, by its head word."""
    sums: dict[str, _Votes] = {}
    for (found, votes), one in zip(kept, out, strict=True):
        if one.wording == "name":
            sums.setdefault(_letters(text, found.head), Counter()).update(votes)
    return {word: _most(votes) for word, votes in sums.items()}


def _letters(text: str, head: Span) -> str:
    return text[head.start : head.end].casefold()


def _most(votes: _Votes) -> MentionKind:
    return min(votes, key=lambda kind: (-votes[kind], kind))


def _marks(
    text: str, scheme: str, marks: Iterable[Mark], tidied: dict[tuple[int, int], tuple[Span, Span]]
) -> Iterator[_Found]:
    """What a scheme marks; `tidied` keeps span and head of marks already looked at."""
    for start, end, kind, score in marks:
        if (start, end) not in tidied:
            span = tidy(text, start, end)
            tidied[start, end] = span, head_of(text, span)
        span, head = tidied[start, end]
        if kind in KINDS[scheme] and span.start < span.end:
            yield _Found(RANKS[scheme], score, span, KINDS[scheme][kind], head, scheme in NAMES)


def tidy(text: str, start: int, end: int) -> Span:
    """The span without what does not belong to the words: white space, loose marks, a possessive, half a bracket."""
    span = trim(text, start, end)
    while span.start < span.end:
        first, last, within = text[span.start], text[span.end - 1], set(text[span.start : span.end])
        if last in _LOOSE or (last in _CLOSING and not within & _OPENING):
            span = trim(text, span.start, span.end - 1)
        elif first in _LOOSE or (first in _OPENING and not within & _CLOSING):
            span = trim(text, span.start + 1, span.end)
        else:
            break
    owned = _POSSESSIVE.search(text[span.start : span.end])
    return Span(span.start, span.start + owned.start()) if owned else span


def head_of(text: str, span: Span) -> Span:
    """The head word of a noun phrase: the last before what is said after it.

    >>> words = "the former head of the Quay Brigade"
    >>> words[slice(*head_of(words, Span(0, len(words))))]
    'head'
    """
    head = None
    for word in _WORD.finditer(text, span.start, span.end):
        written = word[0].casefold()
        if head and (written in AFTER_HEAD or not word[0][0].isalnum()):
            break
        if written not in ARTICLES and word[0][0].isalnum():
            head = Span(word.start(), word.start() + len(word[0].rstrip(".'’")))
    return head or span


def _groups(found: Sequence[_Found]) -> Iterator[list[_Found]]:
    """Marks that touch each other, by way of others too, together."""
    group: list[_Found] = []
    end = 0
    for one in found:
        if group and one.span.start >= end:
            yield group
            group = []
        group.append(one)
        end = max(end, one.span.end)
    if group:
        yield group


def _settle(group: Sequence[_Found]) -> list[tuple[_Found, _Votes]]:
    """Those of a group that stay, with the votes on their kind: one for each head word, none across another.

    By scheme, then score.
    """
    votes: dict[int, _Votes] = {}
    kept: list[_Found] = []
    for one in sorted(group, key=lambda each: (each.rank, -each.score, each.span)):
        weight = one.score * (_SMALL_VOTE if one.kind == "other" else 1)
        votes.setdefault(one.head.end, Counter())[one.kind] += weight  # type: ignore[assignment]
        if not any(one.head.end == other.head.end or _cross(one.span, other.span) for other in kept):
            kept.append(one)
    return [(one, votes[one.head.end]) for one in kept]


def _cross(one: Span, other: Span) -> bool:
    return one.start < other.start < one.end < other.end or other.start < one.start < other.end < one.end


def _mention(text: str, one: _Found, votes: _Votes, *, sure: bool) -> Mention:
    kind = one.kind if one.kind in _COUNTED else _most(votes)
    wording = word(text, one.span, kind, sure=sure)
    span = _without_article(text, one.span) if wording == "name" else one.span
    return Mention(span, kind, wording, one.score)


def word(text: str, span: Span, kind: MentionKind, *, sure: bool) -> Wording:
    """Whether a mention is a name, a description or a pronoun; `sure` where its head ends a mark of names alone.

    A name has a head with a capital that is not there because a sentence begins with it, and is no post alone.
    """
    words = [found[0] for found in _WORD.finditer(text, *span)]
    if text[span.start : span.end].casefold() in PRONOUNS:
        return "pronoun"
    head = head_of(text, span)
    capital = text[head.start : head.start + 1].isupper()
    if not capital or kind in _COUNTED or words[0].casefold() in UNNAMED:
        return "description"
    alone = all(one.casefold() in ARTICLES for one in words[:-1])
    if _letters(text, head) in POSTS and (alone or kind == "person"):
        return "description"
    begins = alone and not text[head.start : head.end].isupper() and _begins_sentence(text, span.start)
    return "description" if begins and not sure else "name"


def _begins_sentence(text: str, at: int) -> bool:
    return bool(_BEGINS.search(text[max(0, at - _LOOK_BACK) : at]))


def _without_article(text: str, span: Span) -> Span:
    first = _WORD.search(text, *span)
    if first and first[0].casefold() in ARTICLES and first.end() < span.end:
        return trim(text, first.end(), span.end)
    return span
