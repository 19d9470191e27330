"""Whose word each claim rests on: the last voice of its chain, or the reporter who speaks in their own.

own        a reporter's own voice: publisher and bylines, for the desk answers for all its reports, while another
           byline may have been elsewhere and seen for themselves
named      somebody or something by name, the same in all reports
unnamed    "two officials": one origin in one report, however many people it says; in another report another one,
           until something shows that it is the same
nobody     a speaker whom the report does not give, or of whom it cannot be told who is meant: one in each report
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from sayso.kit import fold, identify, last_day
from sayso.model import (
    PUBLISHER_NOT_RECORDED,
    UNSPECIFIED,
    Case,
    Claim,
    Echo,
    Entity,
    Given,
    Kind,
    Link,
    Report,
    Span,
    Stance,
    Voice,
)
from sayso.words import lemma

Sort = Literal["own", "named", "unnamed", "nobody"]

_ARTICLE = re.compile(r"^(?:the|a|an) ")
_TAIL = re.compile(
    r"[,;(]|\b(?:who|whom|whose|which|that|of|from|with|in|at|on|for|inside|near|among|familiar|close)\b"
)
"""What follows the noun of a description: "two officers | of the harbour guard"."""


class Root(NamedTuple):
    """An origin before anything is merged."""

    id: str
    name: str
    kind: Kind
    sort: Sort
    voice: str | None
    role: str = ""
    """Of the unnamed the noun that says what they are: "official"; "" for all others."""


class Said(NamedTuple):
    """One claim for or against an answer, and whose word it rests on."""

    given: Given
    answer: str
    claim: Claim
    report: Report
    root: Root

    @property
    def side(self) -> tuple[str, bool]:
        """What it says: the answer, and for or against."""
        return self.answer, self.given.is_for


@lru_cache(maxsize=1 << 16)
def plain(name: str) -> str:
    """A name for comparing, without article.

    >>> plain("The Quay Courier")
    'quay courier'
    """
    return _ARTICLE.sub("", fold(name))


def head_of(name: str) -> str:
    """The noun of a name or description, in lower case: "staff" of "the staff of the harbour hospital"."""
    words = fold(_TAIL.split(name.lower(), maxsplit=1)[0]).split()
    return words[-1] if words else ""


def role_of(description: str) -> str:
    """The noun that says what the unnamed are.

    >>> role_of("two senior officers of the harbour guard"), role_of("firefighters who were there first")
    ('officer', 'firefighter')
    """
    return lemma(head_of(description))


LEAST_VOICES = 2
"""In a chain in which somebody beside the publisher speaks."""

REQUESTS: frozenset[Stance] = frozenset({"orders", "asks"})
"""Who orders or asks does not say that something is so: whoever tells of it does."""


def told_by(claim: Claim) -> tuple[Link, ...]:
    """The chain to whoever says so: without those at its end whose order or question somebody else tells of."""
    end = len(claim.chain)
    while end > LEAST_VOICES and claim.chain[end - 1].stance in REQUESTS:
        end -= 1
    return claim.chain[:end]


class Cast:
    """The case, for telling whose word a claim rests on: made once."""

    def __init__(self, case: Case) -> None:
        self.reports = {report.id: report for report in case.reports}
        self.place = {report.id: number for number, report in enumerate(case.reports)}
        self.claims = {claim.id: claim for one in case.findings for claim in one.claims}
        self.echoes_of: defaultdict[str, list[Echo]] = defaultdict(list)
        for echo in case.echoes:
            self.echoes_of[echo.copy].append(echo)
            self.echoes_of[echo.original].append(echo)
        self.open_names = _open_names(case.entities)
        self.open_to: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        """By name those that it may be one with, and why."""
        for here, there, reason in self.open_names:
            self.open_to[here].append((there, reason))
        self._voices = {name: voice for voice in case.voices for name in voice.attributions}
        self._met = {(report, name): one for one in case.voices for name in one.spellings for report in one.reports}
        names = {entity.id: entity.spellings for entity in case.entities}
        self._spellings = {one.id: (*one.spellings, *names.get(one.entity or "", ())) for one in case.voices}
        self._publishers = _publishers(case.voices, {plain(one.publisher) for one in case.reports if one.publisher})
        self._known = _known(case.voices)

    def said(self, given: Given, answer: str) -> Said:
        """One claim with its root."""
        claim, report = self.claims[given.claim], self.reports[given.report]
        return Said(given, answer, claim, report, self.root(claim, report))

    def root(self, claim: Claim, report: Report) -> Root:
        """Whose word a claim rests on, before anything is merged."""
        chain = told_by(claim)
        if claim.attribution is None or len(chain) < LEAST_VOICES:
            return _own(report)
        link = chain[-1]
        voice = self._voices.get(claim.attribution) if chain == claim.chain else self._met.get((report.id, link.voice))
        if voice is None:
            return _own(report)
        publisher = self._publishers.get(plain(link.voice))
        if voice.named and link.resolved and publisher:
            return _outlet(voice, publisher)
        return self._of_voice(voice, link, report)

    def _of_voice(self, voice: Voice, link: Link, report: Report) -> Root:
        if not link.resolved or voice.name in {UNSPECIFIED, PUBLISHER_NOT_RECORDED}:
            name = link.voice if link.voice != UNSPECIFIED else "somebody whom the report does not give"
            return Root(identify("origin", report.id, "nobody", plain(name)), name, voice.kind, "nobody", voice.id)
        if voice.named and (key := self._key(voice)):
            return Root(identify("origin", *key), voice.name, voice.kind, "named", voice.id)
        name = identify("origin", report.id, plain(link.voice))
        return Root(name, link.voice, voice.kind, "unnamed", voice.id, role_of(link.voice))

    def _key(self, voice: Voice) -> tuple[str, ...]:
        """What a named voice is known by over all reports; without an entity, its name, if that is no other's."""
        if voice.entity:
            return ("voice", voice.id)
        others = self._known.get(plain(voice.name), frozenset())
        return ("voice", *others) if len(others) == 1 else ("name", plain(voice.name))

    def spellings(self, one: Said) -> tuple[str, ...]:
        """All spellings of the voice that a claim rests on, and of whom it is the voice."""
        return self._spellings.get(one.root.voice or "", ())

    def all_of(self, one: Said) -> object:
        """All that is known of a claim's voice: to be compared with what was known before."""
        names = (one.root.name, *self.spellings(one)) if one.root.sort == "named" else ()
        return self.place[one.report.id], names, [self.open_to.get(plain(name)) for name in names], self.relays(one)

    def may_be_one(self, one: Said, other: Said) -> bool:
        """Whether the names of two voices may well be one's, and nobody has decided."""
        here, there = ({plain(name) for name in self.spellings(each)} for each in (one, other))
        return one.root.id != other.root.id and (self._leads(here, there) or self._leads(there, here))

    def _leads(self, here: Iterable[str], there: Container[str]) -> bool:
        return any(name in there for one in here for name, _ in self.open_to.get(one, ()))

    def relays(self, one: Said) -> tuple[str, ...]:
        """The publishers of other reports of the case that a claim came through or from, the innermost first."""
        own = plain(one.report.publisher)
        links = reversed(told_by(one.claim)[1:]) if one.claim.attribution else ()
        found = (self._publishers.get(plain(link.voice)) for link in links if link.resolved)
        return tuple(dict.fromkeys(name for name in found if name and name != own))


def _own(report: Report) -> Root:
    if not report.publisher:
        return Root(identify("origin", "own", report.id), PUBLISHER_NOT_RECORDED, "media", "own", None)
    bylines = sorted(filter(None, map(fold, report.authors)))
    name = f"{report.publisher} ({', '.join(report.authors)})" if bylines else report.publisher
    return Root(identify("origin", "own", plain(report.publisher), *bylines), name, "media", "own", None)


def _outlet(voice: Voice, publisher: str) -> Root:
    """An outlet that others name as the one who says so."""
    return Root(identify("origin", "own", publisher), voice.name, "media", "own", None)


def _publishers(voices: Iterable[Voice], publishers: Iterable[str]) -> dict[str, str]:
    """Publishers of the case by every spelling of the voice that has their name, or ends with it: "state agency N."."""
    known = {name: name for name in publishers}
    for voice in voices:
        spellings = sorted({plain(one) for one in voice.spellings}) if voice.named else []
        own = [known[tail] for one in spellings for tail in _tails(one, voice.kind) if tail in known]
        if own:
            known.update((one, own[0]) for one in spellings if one not in known)
    return known


def _tails(name: str, kind: Kind) -> tuple[str, ...]:
    words = name.split() if kind == "media" else []
    return (name, *(plain(" ".join(words[at:])) for at in range(1, len(words))))


def _known(voices: Iterable[Voice]) -> dict[str, frozenset[str]]:
    """Ids of the voices that are some entity's, by name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for voice in voices:
        if voice.entity:
            for spelling in voice.spellings:
                found[plain(spelling)].add(voice.id)
    return {name: frozenset(ids) for name, ids in found.items()}


LIKELY = 0.5
"""Joinings of names below this score hardly are one."""


def _open_names(entities: Iterable[Entity]) -> tuple[tuple[str, str, str], ...]:
    """Two spellings each that may be one's, and why: nobody has decided."""
    found = {
        (plain(joining.one), plain(joining.other), joining.reason)
        for entity in entities
        for joining in entity.joinings
        if not joining.taken and not joining.by and joining.score >= LIKELY
    }
    return tuple(sorted(found))


def day(report: Report) -> int | None:
    """The last day on which a report can have been published, as a number of days; None where nobody recorded it."""
    found = last_day(report.published)
    return found.toordinal() if found else None


def shares(one: Iterable[Span], other: Span) -> bool:
    """Whether most of the first of some spans lies in another."""
    first = next(iter(one))
    return 2 * (min(first.end, other.end) - max(first.start, other.start)) > first.end - first.start
