"""What may make two origins one: it lowers the low bound only.

relay       a stated relay of a report in which several can be meant
restated    a reporter says in their own voice what somebody says in the same report
byline      two bylines of one publisher
role        the unnamed of one role with the same answer within some days
unclear     a speaker whom the report does not give may be any other there with the same answer
name        a short name and a long one
bloc        somebody who speaks for another: two people, one interest
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import NamedTuple

from sayso.kit import fold
from sayso.lineage.merges import LEAST_LETTERS, STEM_LETTERS, Groups, by_report, relayed_from
from sayso.lineage.roots import Cast, Root, Said, day, head_of, plain, told_by
from sayso.model import MergeKind

WINDOW_DAYS = 7
"""Two reports no further apart can have heard the same unnamed people: an event is mostly told of in its first week. A
rule of thumb."""

_OFFICE = re.compile(
    r",\s{1,9}(?:(?:the|a|an|its|their|who is)\s){0,2}[a-z][\w-]{2,20}(?:\s[a-z][\w-]{2,20}){0,2}\s(?:of|for|at|from)\s"
    r"(?:the\s)?([A-Z][^,.;:()\"“”]{3,60})[,;.)]"
)
"""What stands behind a name and says what it is: ", secretary of the Dockers' League,"."""

_OF = re.compile(r"\s(?:of|from|for|at)\s(?:the\s)?((?:[A-Z][\w'’-]{1,30}\s?){1,5})")
"""The same without a word for the office: "Dr. N. of the Harbour Hospital"."""
_OWNER = re.compile(r"\b([A-Za-z-]{5,20})['’]s\s(?:[a-z-]{3,15}\s){0,2}[a-z-]{3,20},?(?:\s(?=[A-Z])|\s?$)")
"""What stands before a name and says whose it is."""
LOOK_BACK = 60

ANYBODY = frozenset({"official", "source", "person", "people", "man", "woman", "authority", "insider", "pair", "group"})
"""Roles that say no more than of what kind somebody is."""

Named = Mapping[str, Sequence[str]]


class Maybe(NamedTuple):
    """Evidence that two origins may be one."""

    one: str
    other: str
    kind: MergeKind
    reason: str


class Heard(NamedTuple):
    """A claim, and the origin that it rests on after what was taken."""

    said: Said
    origin: str

    @property
    def root(self) -> Root:
        """Whose word it rests on before anything was taken."""
        return self.said.root


def possible(cast: Cast, several: Sequence[Heard]) -> Iterator[Maybe]:
    """What may make origins of one question one, each pair once, the strongest evidence first.

    `several`: the claims of the question that rest on no other report's.
    """
    found = (
        *_relays(cast, several),
        *_beside(several),
        *_bylines(several),
        *_roles(several),
        *_through(several),
        *_unclear(several),
        *_spellings(cast, several),
        *_same_words(several),
        *_blocs(several),
    )
    known: set[frozenset[str]] = set()
    for maybe in found:
        pair = frozenset((maybe.one, maybe.other))
        if len(pair) > 1 and pair not in known:
            known.add(pair)
            yield maybe


def _relays(cast: Cast, several: Sequence[Heard]) -> Iterator[Maybe]:
    groups: Groups = by_report(one.said for one in several)
    origin = {one.said: one.origin for one in several}
    for one in several:
        if one.root.sort == "own":
            _, fitting = relayed_from(cast, one.said, groups)
            for other in fitting[:1]:
                says = f"{one.said.report.publisher} has it from {other.report.publisher}, which has it from"
                yield Maybe(one.origin, origin[other], "relay", f"{says} {other.root.name}")


def _beside(several: Sequence[Heard]) -> Iterator[Maybe]:
    """A reporter's own voice, and who says the same in the report."""
    groups: defaultdict[tuple[str, str, bool], list[Heard]] = defaultdict(list)
    for one in several:
        groups[one.said.report.id, *one.said.side].append(one)
    for found in groups.values():
        other = next((one for one in found if one.root.sort != "own"), None)
        for one in found if other else ():
            if other and one.root.sort == "own":
                where = one.said.report.publisher or one.root.name
                yield Maybe(one.origin, other.origin, "restated", f"{other.root.name} says the same, heard by {where}")


def _bylines(several: Sequence[Heard]) -> Iterator[Maybe]:
    by_publisher: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for one in several:
        if one.root.sort == "own" and one.said.report.publisher:
            by_publisher[one.said.report.publisher].setdefault(one.origin)
    for publisher, names in by_publisher.items():
        for name, other in pairwise(names):
            yield Maybe(name, other, "byline", f"both write for {publisher}")


def _roles(several: Sequence[Heard]) -> Iterator[Maybe]:
    """By answer, side, and role or kind; those next to each other in time, so that the work grows with the claims."""
    buckets: defaultdict[tuple[str, bool, str], list[Heard]] = defaultdict(list)
    for one in several:
        if one.root.sort == "unnamed" and one.root.role:
            for role in (f"a {one.root.role}", one.root.kind):
                buckets[*one.said.side, role].append(one)
    for found in buckets.values():
        for one, other in pairwise(sorted(found, key=_when)):
            is_role = one.root.role == other.root.role or ANYBODY & {one.root.role, other.root.role}
            is_report = one.said.report.id == other.said.report.id
            if (is_role or is_report) and _near(one.said, other.said):
                yield Maybe(one.origin, other.origin, "role", _same_role(one.root, other.root))


def _same_role(one: Root, other: Root) -> str:
    return f"both unnamed ({one.name}; {other.name}), with the same answer within {WINDOW_DAYS} days"


def _when(one: Heard) -> tuple[bool, int, str, str]:
    when = day(one.said.report)
    return when is None, when or 0, one.root.id, one.said.given.claim


def _near(one: Said, other: Said) -> bool:
    """Whether two reports are of the same days; of those without a date it cannot be told, so they may be."""
    here, there = day(one.report), day(other.report)
    return here is None or there is None or abs(here - there) <= WINDOW_DAYS


def _through(several: Sequence[Heard]) -> Iterator[Maybe]:
    """Who is heard through another alone, who says the same: a voice in a video, and the video."""
    by_words = {(one.said.report.id, one.said.side, plain(told_by(one.said.claim)[-1].voice)): one for one in several}
    for one in several:
        for link in told_by(one.said.claim)[1:-1]:
            other = by_words.get((one.said.report.id, one.said.side, plain(link.voice)))
            if other:
                yield Maybe(one.origin, other.origin, "bloc", f"{one.root.name} is heard through {other.root.name}")


def _unclear(several: Sequence[Heard]) -> Iterator[Maybe]:
    """Whom a report does not give, and one who may be meant: with the same answer, in the same report, if there is."""
    first: dict[object, Heard] = {}
    for one in several:
        for key in _places(one) if one.root.sort != "nobody" else ():
            first.setdefault(key, one)
    nobody = [one for one in several if one.root.sort == "nobody"]
    for one in nobody:
        other = next((first[key] for key in _places(one) if key in first), nobody[0])
        where = one.said.report.publisher or "a report"
        yield Maybe(one.origin, other.origin, "unclear", f"{where} does not say who: it may be {other.root.name}")


def _places(one: Heard) -> tuple[object, ...]:
    return (one.said.report.id, one.said.side), one.said.side, one.said.report.id, None


def _spellings(cast: Cast, several: Sequence[Heard]) -> Iterator[Maybe]:
    """Names that may be one's by their spelling, as long as nobody has decided."""
    names: defaultdict[str, dict[str, Heard]] = defaultdict(dict)
    for one in several:
        if one.root.sort == "named":
            for name in (one.root.name, *cast.spellings(one.said)):
                names[plain(name)].setdefault(one.root.id, one)
    for here in sorted(names):
        for there, reason in cast.open_to.get(here, ()):
            for one, other in product(names[here].values(), names.get(there, {}).values()):
                yield Maybe(one.origin, other.origin, "name", f"{one.root.name} and {other.root.name}: {reason}")


def _same_words(several: Sequence[Heard]) -> Iterator[Maybe]:
    """The unnamed and the named who may be meant: "the coroner" and Coroner N.; "a page of the log" and the log."""
    by_root = {one.root.id: one for one in several}
    names: defaultdict[str, list[Heard]] = defaultdict(list)
    for one in by_root.values():
        if one.root.sort == "named":
            for word in sorted({*plain(one.root.name).split()[:-1], head_of(one.root.name)}):
                names[word].append(one)
    for one in by_root.values():
        words = plain(one.root.name).split() if one.root.sort == "unnamed" else []
        for other in [each for word in words for each in names.get(word, ())]:
            if len(words) == 1 or one.root.kind == other.root.kind == "document":
                yield Maybe(one.origin, other.origin, "name", f"{one.root.name} may be {other.root.name}")


def _blocs(several: Sequence[Heard]) -> Iterator[Maybe]:
    """Who may speak for whom, as names and what stands beside them in a report tell."""
    by_root = {one.root.id: one for one in several if one.root.sort in {"named", "unnamed"}}
    known = {name: _stems(plain(one.root.name)) for name, one in by_root.items()}
    whole, heads = _bodies(by_root, known)
    offices: defaultdict[str, set[str]] = defaultdict(set)
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for one in several:
        offices[one.root.id] |= _office(one.said)
        owners[one.root.id] |= _owner(one.said)
    for name, one in by_root.items():
        words = known[name] | offices[name]
        short = owners[name] | (known[name] if one.root.sort == "unnamed" else set())
        found = [body for word in sorted(words) for body in whole.get(word, ()) if known[body] <= words]
        found += [body for word in sorted(short) if len(word) >= LEAST_LETTERS for body in heads.get(word, ())]
        for body in dict.fromkeys(found):
            if body != name:
                yield _bloc(one, by_root[body])


def _bodies(by_root: Mapping[str, Heard], known: Mapping[str, set[str]]) -> tuple[Named, Named]:
    """Those for whom somebody can speak: by one of their words, and by the last."""
    whole: defaultdict[str, list[str]] = defaultdict(list)
    heads: defaultdict[str, list[str]] = defaultdict(list)
    for name, stems in known.items():
        telling = [stem for stem in stems if len(stem) >= LEAST_LETTERS]
        if telling and by_root[name].root.sort == "named":
            whole[min(telling)].append(name)
            heads[head_of(plain(by_root[name].root.name))[:STEM_LETTERS]].append(name)
    return whole, heads


def _bloc(one: Heard, body: Heard) -> Maybe:
    if head_of(one.root.name) == head_of(body.root.name):
        return Maybe(one.origin, body.origin, "name", f"{one.root.name} and {body.root.name} may be two names of one")
    return Maybe(one.origin, body.origin, "bloc", f"{one.root.name} may speak for {body.root.name}")


def _office(said: Said) -> set[str]:
    """Whom an office is of that stands behind the name of who has it: ", secretary of the Dockers' League,"."""
    span = told_by(said.claim)[-1].span
    found = (each.match(said.report.text, span.end) for each in (_OFFICE, _OF)) if span else ()
    return {stem for one in found if one for stem in _stems(fold(one[1]))}


def _owner(said: Said) -> set[str]:
    """Whose somebody is: "the ministry's spokesman, N."."""
    span = told_by(said.claim)[-1].span
    found = _OWNER.finditer(said.report.text, max(0, span.start - LOOK_BACK), span.end) if span else ()
    return {stem for one in found if span and one.end() >= span.start for stem in _stems(fold(one[1]))}


def _stems(words: str) -> set[str]:
    """Beginnings of the words that say whom a name stands for."""
    return {word[:STEM_LETTERS] for word in words.split()}
