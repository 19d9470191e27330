"""Who speaks, over all reports: voices are joined as the names are by which they go.

Descriptions of the unnamed ("two officials") of different reports are never joined, for they may be anybody; nor are
speakers whom the text does not give, and publishers nobody recorded. So voices are rather counted twice than thrown
together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple, get_args

from sayso.kit import Memory, fold, identify
from sayso.model import (
    PUBLISHER_NOT_RECORDED,
    UNSPECIFIED,
    Attribution,
    Entity,
    Findings,
    Kind,
    Link,
    MentionKind,
    Voice,
)  # fmt: skip
from sayso.names import forms
from sayso.names.across import Cast
from sayso.names.clusters import Cluster
from sayso.names.entities import head
from sayso.names.records import Key, Speaker

KINDS: dict[Kind | None, MentionKind] = {
    "media": "organisation", "body": "organisation", "court": "organisation", "document": "document",
    "official": "person", "expert": "person", "witness": "person", "victim": "person",
}  # fmt: skip
"""What a voice of a kind is, as far as the kind tells: a party can be a person or a group."""


@dataclass(slots=True)
class _Met:
    """What has been seen of one voice so far."""

    spellings: Counter[str] = field(default_factory=Counter)
    kinds: Counter[Kind] = field(default_factory=Counter)
    named: bool = False
    attributions: dict[str, None] = field(default_factory=dict)
    relays: dict[str, None] = field(default_factory=dict)


class Heard(NamedTuple):
    """The names of one report that bear on who speaks in it."""

    voices: Mapping[str, Key]
    """By the name of a voice in its chains."""
    described: frozenset[Key]
    """Descriptions that hang on a name."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """One link of one attribution's chain."""

    link: Link
    attribution: str
    report: str
    is_last: bool
    named: bool
    kind: Kind | None
    """None for a relay of which no attribution tells."""

    @property
    def is_somebody(self) -> bool:
        """Whether it is by name that somebody speaks here, and it is known who is meant."""
        return self.named and self.link.resolved and self.link.voice not in {UNSPECIFIED, PUBLISHER_NOT_RECORDED}


def utterances(findings: Findings) -> Iterator[Utterance]:
    """Every link of every chain of a report."""
    by_id = {one.id: one for one in findings.attributions}
    told_of = {forms.plain_name(one.chain[-1].voice): one for one in reversed(findings.attributions) if one.chain}
    for one in findings.attributions:
        for place, link in enumerate(one.chain):
            told = _told_of(link, by_id, told_of)
            is_last = place == len(one.chain) - 1
            named = told.named if told else place == 0 or _looks_named(link.voice)
            kind: Kind | None = told.kind if told else "media" if place == 0 else None
            yield Utterance(link, one.id, findings.report, is_last, named, kind)


def speakers(said: Iterable[Utterance]) -> tuple[Speaker, ...]:
    """The named voices among them, each place once."""
    found = {
        (one.link.voice, one.link.span): Speaker(one.link.voice, one.link.span, KINDS.get(one.kind, "other"))
        for one in said
        if one.is_somebody and fold(one.link.voice)
    }
    return tuple(found.values())


def voices(
    said: Mapping[str, Sequence[Utterance]],
    cast: Cast,
    heard: Mapping[str, Heard],
    known: Mapping[int, Entity],
    *,
    memory: Memory | None = None,
) -> tuple[Voice, ...]:
    """All voices, by how often they speak, then name.

    `said` and `heard` by report; `known`: the entity of each cluster that is one.
    """
    memory = memory or Memory(keeps=False)
    heads: dict[int, tuple[str, ...]] = {}
    met: defaultdict[tuple[str, ...], list[tuple[str, _Met]]] = defaultdict(list)
    entity: dict[tuple[str, ...], Entity | None] = {}
    for report, several in said.items():
        names = heard[report]
        for key, seen in memory.recall(("met", report), (several, names), partial(_met, several, names)).items():
            name: tuple[str, ...] = ("voice", report, key) if isinstance(key, str) else ()
            if not isinstance(key, str):
                cluster = cast.clusters.of[key]
                name = heads.get(id(cluster)) or _called(cluster, cast)
                heads[id(cluster)] = name
                entity[name] = known.get(id(cluster))
            met[name].append((report, seen))
    found = []
    for name, parts in met.items():
        make = partial(_voice, name, parts, entity.get(name))
        found.append(memory.recall(("voice", name), (parts, entity.get(name)), make))
    return tuple(sorted(found, key=lambda voice: (-len(voice.attributions), voice.name, voice.id)))


def _called(cluster: Cluster, cast: Cast) -> tuple[str, ...]:
    return ("voice", *map(str, head(cast.nodes[key] for key in cluster.members).key))


def _met(several: Iterable[Utterance], names: Heard) -> dict[Key | str, _Met]:
    """What one report shows of each voice: by the name it goes by, or by its words."""
    met: defaultdict[Key | str, _Met] = defaultdict(_Met)
    for one in several:
        _add(met[_key(one, names) or _unnamed(one.link.voice)], one)
    return met


def _told_of(link: Link, by_id: dict[str, Attribution], told_of: dict[str, Attribution]) -> Attribution | None:
    """The attribution that says of what kind this voice is: its own, else one of the same words in the report."""
    own = by_id.get(link.via or "")
    if own is not None and own.chain and own.chain[-1].voice == link.voice:
        return own
    return told_of.get(forms.plain_name(link.voice))


def _looks_named(voice: str) -> bool:
    """Whether a word other than a leading article is capitalised, for relays of which nothing else is known."""
    words = voice.split()
    if words and words[0].casefold() in forms.ARTICLES:
        words = words[1:]
    return any(word[:1].isupper() for word in words)


def _key(one: Utterance, names: Heard) -> Key | None:
    """The name that this voice goes by; for one without a name, its description if that hangs on a name."""
    if one.is_somebody and one.link.voice in names.voices:
        return names.voices[one.link.voice]
    core = forms.form(one.link.voice, person=False).core
    keys = (Key(core, person, report=one.report) for person in (True, False)) if one.link.resolved else ()
    return next((key for key in keys if key in names.described), None)


def _unnamed(voice: str) -> str:
    return forms.plain_name(voice) or voice


def _add(met: _Met, one: Utterance) -> None:
    met.spellings[one.link.voice] += 1
    if one.kind is not None:
        met.kinds[one.kind] += 1
    met.named = met.named or (one.named and one.link.resolved)
    (met.attributions if one.is_last else met.relays)[one.attribution] = None


def _voice(key: tuple[str, ...], parts: Sequence[tuple[str, _Met]], entity: Entity | None) -> Voice:
    kinds, met = get_args(Kind), _Met()
    for _, one in parts:
        met.spellings.update(one.spellings)
        met.kinds.update(one.kinds)
        met.named = met.named or one.named
        met.attributions |= one.attributions
        met.relays |= one.relays
    kind: Kind = min(met.kinds, key=lambda k: (-met.kinds[k], kinds.index(k)), default="unspecified")
    name = max(met.spellings, key=lambda s: (len(s.split()), met.spellings[s], len(s), s))
    return Voice(
        id=identify(*key),
        name=name,
        kind=kind,
        named=met.named,
        spellings=tuple(sorted(met.spellings)),
        attributions=tuple(sorted(met.attributions)),
        relays=tuple(sorted(met.relays)),
        reports=tuple(sorted({report for report, _ in parts})),
        entity=entity.id if entity else None,
    )
