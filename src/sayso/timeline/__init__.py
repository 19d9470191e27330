"""When it happened beside when it was said: the lines of a timeline.

    times ──▶ which event, or which statement, each is of ──▶ scenes ──▶ moments
              dating                                          one report  one line for what many reports tell

What deserves a line: an incident, once for all its reports, and once more for each other day that somebody gives it;
another event with a day of its own, if the words say that it happened; a statement whose day is told. Reports that tell
of one event (same days, same sense, same one that it befell or who did it), or of what one voice said on one day, share
a line. Nothing is decided: each moment keeps the claims that tell of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from sayso.kit import Memory, fold, identify, named_by_report
from sayso.model import Entity, Findings, Incident, Moment, Report, Span, Voice
from sayso.timeline.scenes import Key, Known, Scene, scenes
from sayso.words import lemma

__all__ = ["order"]

LEAST_LETTERS = 4
"""Shorter words ("the", "was") say nothing of what a line is about."""

LEAST_WORDS = 4
"""Fewer such words say too little to stand for a line: a rule of thumb."""


def order(
    reports: tuple[Report, ...],
    findings: tuple[Findings, ...],
    entities: Iterable[Entity],
    voices: Iterable[Voice],
    incidents: Sequence[Incident],
    *,
    memory: Memory | None = None,
) -> tuple[Moment, ...]:
    """The moments of a case by day, those of no day last; of one day those of which most reports tell first.

    The order of reports and findings changes nothing but the order in which a moment's claims stand.
    """
    memory = memory or Memory(keeps=False)
    known = _known(entities, voices, incidents, memory)
    found = {one.report: one for one in findings}
    texts = {report.id: report.text for report in reports}
    ordered = sorted(reports, key=lambda one: (one.published == "", one.published, one.publisher, one.id))
    told = [scene for one in ordered if one.id in found for scene in _scenes(one, found[one.id], known, memory)]
    lines = _lines(told, texts)
    by_key: defaultdict[Key, list[Scene]] = defaultdict(list)
    for scene in told:
        by_key[lines[scene.key]].append(scene)
    of_claim = _of_claim(incidents)
    moments = []
    for key, several in by_key.items():
        spoken_of = [of_claim.get(scene.told.claim, "") for scene in several]
        make = partial(_moment, key, several, texts, of_claim=of_claim)
        written = [texts[scene.told.report] for scene in several]
        moments.append(memory.recall(("moment", *key), (several, spoken_of, written), make))
    return tuple(sorted(moments, key=_place))


def _scenes(report: Report, findings: Findings, known: Known, memory: Memory) -> tuple[Scene, ...]:
    incidents = known.incidents.get(report.id, {}).items()
    happened = {event: (one.id, one.earliest, one.latest) for event, one in incidents}  # all that is read of them
    spoke = tuple(known.voices.get(one.id) for one in findings.attributions)
    rests_on = (report, findings, happened, known.entities.get(report.id), spoke)
    return memory.recall(("scenes", report.id), rests_on, lambda: tuple(scenes(report, findings, known)))


def _known(entities: Iterable[Entity], voices: Iterable[Voice], incidents: Sequence[Incident], memory: Memory) -> Known:
    happened: defaultdict[str, dict[str, Incident]] = defaultdict(dict)
    for incident in reversed(incidents):
        for report, event in incident.events:
            happened[report][event] = incident
    return Known(
        happened,
        {
            report: memory.recall(("spans", report), named, partial(_ids, named))
            for report, named in named_by_report(entities, memory).items()
        },
        {name: voice.id for voice in voices if voice.named for name in voice.attributions},
    )


def _ids(named: Iterable[tuple[Span, Entity]]) -> dict[Span, str]:
    return {span: one.id for span, one in named}


def _of_claim(incidents: Sequence[Incident]) -> dict[str, str]:
    """Claim to the incident that it speaks of; of several the one that most reports tell of, which stands first."""
    return {claim: incident.id for incident in reversed(incidents) for claim in incident.claims}


def _lines(told: Sequence[Scene], texts: Mapping[str, str]) -> dict[Key, Key]:
    """Which line a key's scenes go to: their own, or that of the same words for the same days, an incident's first.

    So copies stay together, where one report has an event's word as part of the incident and another has not.
    """
    lines = {scene.key: scene.key for scene in told}
    by_words: dict[tuple[str, str, str], Key] = {}
    for scene in sorted(told, key=lambda one: one.kind != "incident"):
        words = fold(texts[scene.told.report][slice(*scene.told.span)])
        line = by_words.setdefault((words, scene.earliest, scene.latest), scene.key)
        if scene.kind == "event":
            lines[scene.key] = line
    return lines


def _moment(key: Key, several: Sequence[Scene], texts: Mapping[str, str], *, of_claim: Mapping[str, str]) -> Moment:
    first = _best(several, texts)
    by_claim = {scene.told.claim: scene.told for scene in reversed((first, *several))}
    told = tuple(by_claim[claim] for claim in dict.fromkeys(scene.told.claim for scene in (first, *several)))
    incidents = Counter(of_claim[one.claim] for one in told if one.claim in of_claim)
    spoken_of = min(incidents, key=lambda one: (-incidents[one], one), default=None)
    return Moment(
        id=identify("moment", *key),
        kind=first.kind,
        words=" ".join(texts[first.told.report][slice(*first.told.span)].split()),
        earliest=first.earliest,
        latest=first.latest,
        told=told,
        incident=first.incident or spoken_of,
    )


def _best(several: Sequence[Scene], texts: Mapping[str, str]) -> Scene:
    """Whose words stand for all: of the best rank those that most reports use, of equals the first."""
    best = max(scene.rank for scene in several)
    ranked = [scene for scene in several if scene.rank == best]
    if len(ranked) == 1:
        return ranked[0]
    words = [_words(scene, texts) for scene in ranked]
    pairs = {(one.told.report, word) for one, some in zip(ranked, words, strict=True) for word in some}
    used = Counter(word for _, word in pairs)
    shared = [sum(used[word] for word in some) / max(LEAST_WORDS, len(some)) for some in words]
    return ranked[max(range(len(ranked)), key=lambda at: (shared[at], -at))]


def _words(scene: Scene, texts: Mapping[str, str]) -> frozenset[str]:
    folded = fold(texts[scene.told.report][slice(*scene.told.span)]).split()
    return frozenset(lemma(word) for word in folded if len(word) >= LEAST_LETTERS)


def _place(one: Moment) -> tuple[bool, str, str, int, str]:
    reports = len({told.report for told in one.told})
    return not (one.earliest or one.latest), one.earliest or one.latest, one.latest, -reports, one.id
