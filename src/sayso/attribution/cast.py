"""The cast of a report: every figure once, under its fullest name, and all places where it is met.

"Vel", "Minister Vel" and "Harbour Minister Mara Vel" are one figure, and so are an outlet and its initials. If several
people bear a surname, a lone surname goes to the one whose title goes with it, else to the last one named.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from sayso.attribution.figures import Figure, described, named, qualifies
from sayso.attribution.vocabulary import FEMALE_GIVEN, HONORIFICS, MALE_GIVEN, ROYAL, folded
from sayso.model import Span

Key = tuple[str, ...]

NEAR = 600
"""Code points within which a surname goes to the last bearer named, if there are several."""
LONGEST = 9
"""Words in the fullest name at most: what is longer is a list."""
SMALL = frozenset({"of", "the", "and", "for", "on", "u s", "us"})
"""Words of a body's name that its initials pass over."""
MOST_BEARERS = 20
"""People of one surname that are kept apart; so many are a list of names, not a report."""


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a figure is met."""

    span: Span
    figure: int
    """Index into the cast's figures."""
    qualifies: bool = False
    """True where the name only qualifies the noun after it: "Varnian" in "Varnian officials"."""


@dataclass(frozen=True, slots=True)
class Cast:
    """All figures of one report and, in order of the text, all places where they are met."""

    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]
    starts: tuple[int, ...]
    """Start of each mention, for bisection."""

    def before(self, place: int, reach: int = 60) -> list[tuple[Mention, Figure]]:
        """The last mentions that begin before a place with their figures, nearest first, of the last `reach`."""
        end = bisect_left(self.starts, place)
        return [(m, self.figures[m.figure]) for m in reversed(self.mentions[max(0, end - reach) : end])]


@dataclass(slots=True)
class _Bearer:
    """One full name, where it stands, and what goes with it."""

    key: Key
    gender: str
    traits: set[str] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)


def find(text: str, known: Iterable[Figure] = ()) -> Cast:
    """The cast of a text; `known` are figures found by other means, such as the source words of attributions."""
    raw = sorted([*known, *named(text), *described(text)], key=lambda f: (f.span.start, -f.span.end))
    kept = _disjoint(raw)
    bearers = _bearers(kept)
    figures: list[Figure] = []
    index: dict[Key | int, int] = {}
    mentions = []
    for i, figure in enumerate(kept):
        key = _key(figure, bearers) if figure.core else i
        if key == ():
            continue
        at = index.setdefault(key, len(figures))
        if at == len(figures):
            figures.append(figure)
        else:
            figures[at] = merged(figures[at], figure)
        mentions.append(Mention(figure.span, at, qualifies(text, figure)))
    mentions = _with_pairs(text, figures, mentions)
    return Cast(tuple(figures), tuple(mentions), tuple(m.span.start for m in mentions))


def _with_pairs(text: str, figures: list[Figure], mentions: list[Mention]) -> list[Mention]:
    """With the pairs of names that "and" joins, each after the mention of its first; their figures are added."""
    out: list[Mention] = []
    known: dict[tuple[int, int], int] = {}
    for mention, following in zip_longest(mentions, mentions[1:]):
        out.append(mention)
        if following is None or not _is_pair(text, mention, following):
            continue
        one, other = figures[mention.figure], figures[following.figure]
        if not one.core or not other.core or one is other:
            continue
        at = known.setdefault((mention.figure, following.figure), len(figures))
        span = Span(mention.span.start, following.span.end)
        if at == len(figures):
            figures.append(pair(one, other, span))
        out.append(Mention(span, at))
    return out


def _is_pair(text: str, one: Mention, other: Mention) -> bool:
    """Whether two mentions are joined by "and" and belong to no longer list, nor to a noun after them."""
    joined = text[one.span.end : other.span.start] in {" and ", " and the "}
    listed = text[max(0, one.span.start - 2) : one.span.start] == ", "
    return joined and not listed and not one.qualifies and not other.qualifies


def pair(one: Figure, other: Figure, span: Span) -> Figure:
    """Two who are spoken of as one."""
    name = f"{one.name} and {other.name}"
    sort = one.sort if one.sort == other.sort else "unknown"
    return Figure(name, span, sort, plural=True, head="and", traits=one.traits | other.traits)


def _disjoint(raw: list[Figure]) -> list[Figure]:
    """Without the descriptions that lie inside another: given source words are longer than what the pattern finds."""
    out: list[Figure] = []
    end = 0
    for figure in raw:
        if figure.core or figure.span.start >= end:
            out.append(figure)
        if not figure.core:
            end = max(end, figure.span.end)
    return out


def _bearers(raw: Iterable[Figure]) -> dict[str, list[_Bearer]]:
    """The names of two words or more, under each word by which they can be called."""
    by_key: dict[Key, _Bearer] = {}
    out: dict[str, list[_Bearer]] = {}
    for figure in raw:
        if len(figure.core) < 2:
            continue
        key = _full_key(figure)
        if key not in by_key:
            by_key[key] = _Bearer(key, figure.gender)
        bearer = by_key[key]
        bearer.gender = bearer.gender or figure.gender
        bearer.traits |= figure.traits
        bearer.starts.append(figure.span.start)
        for short in _short_forms(figure):
            known = out.setdefault(short, [])
            if len(known) < MOST_BEARERS and bearer not in known:
                known.append(bearer)
    return out


def _short_forms(figure: Figure) -> set[str]:
    """What a longer name can be called by: a surname or given name, initials, "the Courier"."""
    core = figure.core
    if figure.sort in {"person", "unknown"}:
        return {core[-1]} | ({core[0]} if _is_personal(figure) else set())
    heavy = [word for word in core if word not in SMALL]
    initials = {"".join(w[0] for w in heavy)} if len(heavy) > 2 or figure.sort == "outlet" else set()
    if figure.sort != "outlet":
        return initials
    return initials | {core[-1]} | ({core[0]} if core[1:] == ("news",) else set())


def _is_personal(figure: Figure) -> bool:
    """Whether a name of two or three words looks like somebody's given name and surname."""
    return len(figure.core) <= 3 and (figure.sort == "person" or figure.core[0] in MALE_GIVEN | FEMALE_GIVEN)


def _key(figure: Figure, bearers: dict[str, list[_Bearer]]) -> Key:
    """What to gather a name under: the longer name that it shortens, else its own words; () drops it."""
    if len(figure.core) > 1:
        return _full_key(figure)
    genders = {"", figure.gender} if figure.gender else {"", "m", "f"}
    royal = figure.traits & ROYAL
    known = [b for b in bearers.get(figure.core[0], ()) if b.gender in genders and royal <= b.traits]
    if not known:
        return () if figure.bare else figure.core
    titled = [b for b in known if (figure.traits & b.traits) - set(b.key) - HONORIFICS]
    if titled or len(known) == 1:
        return (titled or known)[-1].key
    return max(known, key=lambda b: _last_before(b, figure.span.start)).key


def _last_before(bearer: _Bearer, place: int) -> int:
    """Where a name stands last before a place, if near; those that are not near rank by who was met first."""
    at = bisect_right(bearer.starts, place)
    near = at > 0 and place - bearer.starts[at - 1] < NEAR
    return bearer.starts[at - 1] if near else -1 - bearer.starts[0]


def _full_key(figure: Figure) -> Key:
    """First and last word of a personal name, so that a middle initial makes no second person."""
    return (figure.core[0], figure.core[-1]) if figure.sort in {"person", "unknown"} else figure.core


def merged(known: Figure, other: Figure) -> Figure:
    """One figure out of two mentions: the fuller name, every trait."""
    fuller = other if weight(known.name) < weight(other.name) <= LONGEST else known
    sort = known.sort if known.sort == "person" or other.sort == "unknown" else other.sort
    core = max(known.core, other.core, key=len)
    gender = known.gender or other.gender
    return replace(fuller, sort=sort, gender=gender, traits=known.traits | other.traits, core=core, bare=False)


def weight(name: str) -> int:
    """How full a name is: its words, honorifics apart."""
    return sum(folded(word) not in HONORIFICS for word in name.split())
