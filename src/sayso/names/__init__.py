"""Who speaks, over all reports of a case: one voice under the spellings it is met with.

Within a report it has been settled already who is meant. Across reports only this joins: the same name once case,
accents, punctuation, a leading article and a title are put aside. Never joined are

    - names that share only a family name ("Okonte" where the case knows a Dara and a Lena Okonte)
    - descriptions of the unnamed ("two officials") of different reports: they may be anybody
    - speakers whom the text does not give, and publishers nobody recorded, of different reports

so voices are rather counted twice than thrown together. A one-word name that no full name of the case ends in is taken
for one voice: it may be a state or an agency, and nothing in the case speaks against it.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import get_args

from sayso.kit import fold, identify
from sayso.model import PUBLISHER_NOT_RECORDED, UNSPECIFIED, Attribution, Findings, Kind, Link, Report, Voice

ARTICLES = frozenset({"the", "a", "an"})

NOT_A_PERSON = frozenset({"media", "body", "court", "document"})
"""Kinds of voices whose one-word names ("Reuters") are no family names."""


@dataclass(slots=True)
class _Met:
    """What has been seen of one voice so far."""

    spellings: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    named: bool = False
    attributions: dict[str, None] = field(default_factory=dict)
    relays: dict[str, None] = field(default_factory=dict)
    reports: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Utterance:
    """One link of one attribution's chain."""

    link: Link
    attribution: str
    report: str
    is_last: bool
    named: bool
    kind: Kind | None
    """None for a relay of which no attribution tells."""


def resolve(reports: tuple[Report, ...], findings: tuple[Findings, ...]) -> tuple[Voice, ...]:
    """All voices in the chains of a case, by how often they speak, then name.

    The order of reports and findings does not matter. Findings of reports that are not given are passed over.
    """
    known = {report.id for report in reports}
    utterances = [one for each in findings if each.report in known for one in _utterances(each)]
    family_names = _family_names(utterances)
    met: defaultdict[str, _Met] = defaultdict(_Met)
    for one in utterances:
        _add(met[_key(one, family_names)], one)
    voices = [_voice(key, seen) for key, seen in met.items()]
    return tuple(sorted(voices, key=lambda voice: (-len(voice.attributions), voice.name, voice.id)))


@lru_cache(maxsize=1 << 16)
def plain_name(name: str) -> str:
    """A name for comparing across reports: folded, without a leading article, without titles before a full name.

    "The Courier" gives "courier", "Prime Minister Dara Okonte" gives "dara okonte". A title stays where only one word
    is left behind it: "Mr. Okonte" gives "mr okonte", for that is not just any Okonte.
    """
    words = fold(name).split()
    if len(words) > 1 and words[0] in ARTICLES:
        words = words[1:]
    titles, longest = _titles()
    rest = words
    while size := next((n for n in range(longest, 0, -1) if " ".join(rest[:n]) in titles), 0):
        rest = rest[size:]
    is_full_name = len(rest) > 1 and not ARTICLES.intersection(rest) and "of" not in rest and "for" not in rest
    return " ".join(rest if is_full_name else words)


@cache
def _titles() -> tuple[frozenset[str], int]:
    with (Path(__file__).parent / "titles.csv").open(encoding="utf-8", newline="") as table:
        titles = frozenset(row["title"] for row in csv.DictReader(table))
    return titles, max(title.count(" ") + 1 for title in titles)


def _utterances(findings: Findings) -> Iterator[_Utterance]:
    by_id = {one.id: one for one in findings.attributions}
    described = {plain_name(one.chain[-1].voice): one for one in reversed(findings.attributions) if one.chain}
    for one in findings.attributions:
        for place, link in enumerate(one.chain):
            told = _told_of(link, by_id, described)
            is_last = place == len(one.chain) - 1
            named = told.named if told else place == 0 or _looks_named(link.voice)
            kind: Kind | None = told.kind if told else "media" if place == 0 else None
            yield _Utterance(link, one.id, findings.report, is_last, named, kind)


def _told_of(link: Link, by_id: dict[str, Attribution], described: dict[str, Attribution]) -> Attribution | None:
    """The attribution that says of what kind this voice is: its own, else one of the same words in the report."""
    own = by_id.get(link.via or "")
    if own is not None and own.chain and own.chain[-1].voice == link.voice:
        return own
    return described.get(plain_name(link.voice))


def _looks_named(voice: str) -> bool:
    """Whether a word other than a leading article is capitalised, for relays of which nothing else is known."""
    words = voice.split()
    if words and words[0].casefold() in ARTICLES:
        words = words[1:]
    return any(word[:1].isupper() for word in words)


def _family_names(utterances: Iterable[_Utterance]) -> frozenset[str]:
    """Last words of the full names of persons in the case."""
    full = {plain_name(one.link.voice) for one in utterances if one.named and one.kind not in NOT_A_PERSON}
    return frozenset(
        words[-1] for words in map(str.split, full) if 2 <= len(words) <= 4 and "of" not in words and "for" not in words
    )


def _key(one: _Utterance, family_names: frozenset[str]) -> str:
    """The same key, the same voice."""
    name = plain_name(one.link.voice)
    words = name.split()
    is_single = len(words) == 1 or (len(words) == 2 and words[0] in _titles()[0])
    is_ambiguous = is_single and words[-1] in family_names and one.kind not in NOT_A_PERSON
    is_nobody = one.link.voice in {UNSPECIFIED, PUBLISHER_NOT_RECORDED} or not name
    if one.named and one.link.resolved and not is_ambiguous and not is_nobody:
        return name
    return f"{one.report} {name or one.link.voice}"


def _add(met: _Met, one: _Utterance) -> None:
    met.spellings[one.link.voice] += 1
    if one.kind is not None:
        met.kinds[one.kind] += 1
    met.named = met.named or (one.named and one.link.resolved)
    met.reports.add(one.report)
    (met.attributions if one.is_last else met.relays)[one.attribution] = None


def _voice(key: str, met: _Met) -> Voice:
    kinds = get_args(Kind)
    kind: Kind = min(met.kinds, key=lambda k: (-met.kinds[k], kinds.index(k)), default="unspecified")
    name = max(met.spellings, key=lambda s: (len(s.split()), met.spellings[s], len(s), s))
    return Voice(
        id=identify("voice", key),
        name=name,
        kind=kind,
        named=met.named,
        spellings=tuple(sorted(met.spellings)),
        attributions=tuple(sorted(met.attributions)),
        relays=tuple(sorted(met.relays)),
        reports=tuple(sorted(met.reports)),
    )
