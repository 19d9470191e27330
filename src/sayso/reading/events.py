"""Events of a report, from the scores of the side network to records.

    scores ──▶ which piece heads which role of which event (`arcs`)
           ──▶ event words, how far the text commits to each, the head word of each argument (`spot`)
           ──▶ whole phrases of the arguments (`events`)

Events and their roles are PropBank's (Palmer, Gildea & Kingsbury 2005), as `training/happenings.py` maps them. Negation
and hedges are in the factuality: "denied that it sank" has a sinking near -3, not none.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from sayso.kit import identify
from sayso.model import Event, Role, RoleName, Span

_WORDS = tomllib.loads((Path(__file__).parent / "events.toml").read_text(encoding="utf-8"))
_OPENING, _BREAKING, _PRONOUNS = (frozenset(_WORDS[name]) for name in ("opening", "breaking", "pronouns"))

_WORD = re.compile(r"[^\W_]+(?:[-'’.&/][^\W_]+){0,8}")
_COMPOUND = re.compile(r"(?:-[^\W_]+){1,8}")
_FURTHEST = 80
"""Code points to each side of a head in which its phrase is looked for."""

_WIDEST = 400
"""Code points of the longest known phrase that is taken."""

_LONGEST = 6
"""Words that a phrase may take on to one side of its head."""


ROLES: tuple[RoleName, ...] = get_args(RoleName)

LEAST_SHARE = 0.35
"""Of the share that a role of an event gives to all pieces and to none: two heads that are joined by "and" get about
half each."""


class Spotted(NamedTuple):
    """An event word and the head words of its arguments."""

    span: Span
    factuality: float
    heads: tuple[tuple[RoleName, Span], ...]


class Words(NamedTuple):
    """What is known of a word, whatever text it stands in."""

    lemma: Callable[[str], str]
    kind: Callable[[str], str]
    """Word, as it stands in the text, to the kind of incident it can be part of, "" for none."""


def events(
    report: str, text: str, spotted: Sequence[Spotted], phrases: Sequence[Span], *, words: Words
) -> tuple[Event, ...]:
    """The events of a report, in the order of the text. `phrases` are known ones: mentions, times.

    An argument is the longest known phrase that its head is head of, without the event's own word; else what
    stands around the head.
    """
    ordered = sorted(phrases)
    starts = [span.start for span in ordered]
    taken = {span.start for span in (one.span for one in spotted)}
    out = []
    for one in sorted(spotted):
        roles: dict[Role, None] = {}
        for name, head in one.heads:
            holding = _holding(ordered, starts, head)
            known = [span for span in holding if _is_head(text, span, head) and not _meet(span, one.span)]
            whole = max(known, key=lambda span: (span.end - span.start, -span.start), default=None)
            roles[Role(name, whole or _grown(text, head, taken))] = None
        word = text[slice(*one.span)]
        lemma = words.lemma(word)
        out.append(
            Event(
                identify("event", report, *one.span),
                one.span,
                lemma,
                words.kind(word),
                tuple(sorted(roles, key=lambda role: (role.span, role.name))),
                round(min(3.0, max(-3.0, one.factuality)), 2),
            )
        )
    return tuple(out)


def whole_word(text: str, start: int, end: int) -> Span:
    """The word of which a piece [start, end) is the beginning: "'s" for "'"."""
    while start < end < len(text) and text[end].isalnum():
        end += 1
    return Span(start, end)


def _holding(phrases: Sequence[Span], starts: Sequence[int], head: Span) -> list[Span]:
    """The phrases that hold a head; they are in order, with their starts beside them."""
    near = phrases[bisect_left(starts, head.start - _WIDEST) : bisect_right(starts, head.start)]
    return [span for span in near if head.end <= span.end]


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_head(text: str, phrase: Span, head: Span) -> bool:
    """Whether a word can be the head of a phrase: before it nothing that breaks, and after it no lower-case noun."""
    before = (found[0].lower() for found in _WORD.finditer(text, phrase.start, head.start))
    if any(word in _BREAKING and word not in _OPENING for word in before):
        return False
    after = _WORD.match(text, head.end + 1, phrase.end)
    return after is None or text[head.end] != " " or not after[0].islower() or after[0] in _BREAKING


def _grown(text: str, head: Span, taken: set[int]) -> Span:
    """The phrase around a head, by its neighbours: `taken` are the first code points of event words."""
    if text[slice(*head)].lower() in _PRONOUNS:
        return head
    start = _leftmost(text, head, taken)
    compound = _COMPOUND.match(text, head.end)
    end = compound.end() if compound else head.end
    for word in _onwards(text, end, taken):
        if not word[0][0].isupper() or word[0].lower() in _OPENING:
            break
        end = word.end()
    if text[end : end + 4] == " of " and not text[slice(*head)][0].isupper():
        last = end
        for word in _onwards(text, end + 3, taken):
            last = word.end()
        end = last
    return Span(start, end)


def _leftmost(text: str, head: Span, taken: set[int]) -> int:
    start = head.start
    before = list(_WORD.finditer(text, max(0, start - _FURTHEST), start))
    opened = False
    for word in before[: -_LONGEST - 1 : -1]:
        opens = word[0].lower() in _OPENING
        stops = word.start() in taken or word[0].lower() in _BREAKING or opened
        if text[word.end() : start] not in {" ", "-"} or (stops and not opens):
            break
        opened |= opens
        start = word.start()
    return start


def _onwards(text: str, end: int, taken: set[int]) -> Iterator[re.Match[str]]:
    """The words that follow with nothing but a space between, up to one that breaks or is an event."""
    for count, word in enumerate(_WORD.finditer(text, end, end + _FURTHEST)):
        gone = text[end : word.start()] != " " or count == _LONGEST or word.start() in taken
        if gone or (word[0].lower() in _BREAKING and word[0].lower() not in _OPENING):
            return
        yield word
        end = word.end()


def arcs(scores: NDArray[np.float32]) -> list[tuple[int, int, RoleName]]:
    """Which pieces head an argument of which event, from scores (E, ROLES, 1 + T): none first, then each piece.

    The scores of one role of one event are the logarithms of shares: a role can be none's, one's, or shared by several
    that are named together.
    """
    shares = np.exp(scores - scores.max(2, keepdims=True))
    shares /= shares.sum(2, keepdims=True)
    found = np.argwhere(shares[:, :, 1:] > LEAST_SHARE)
    return [(event, piece, ROLES[role]) for event, role, piece in found.tolist()]


def spot(
    text: str, starts: NDArray[np.int64], ends: NDArray[np.int64], *, found: NDArray[np.int64],
    factuality: NDArray[np.float32], arcs: Sequence[tuple[int, int, RoleName]],
) -> list[Spotted]:  # fmt: skip
    """Event words of a window of T pieces.

    `starts` and `ends` (T,) are the pieces' places; `found` (E,) the pieces with which event words begin;
    `factuality` (T,); `arcs` are (index into `found`, piece, role).
    """
    heads: dict[int, list[tuple[RoleName, Span]]] = {}
    for event, piece, role in arcs:
        heads.setdefault(event, []).append((role, whole_word(text, int(starts[piece]), int(ends[piece]))))
    return [
        Spotted(
            whole_word(text, int(starts[piece]), int(ends[piece])), float(factuality[piece]), tuple(heads.get(i, ()))
        )
        for i, piece in enumerate(found.tolist())
    ]
