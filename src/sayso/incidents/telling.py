"""What is told of an incident: its name, days, places, who is named in which part, and why its events are one."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sayso.incidents.gathering import agreed, days_of, kind_of, part_of, possible
from sayso.incidents.signs import Scene
from sayso.kit import begun_in, identify, last_day, named_at
from sayso.model import PERPETRATORS, Entity, Event, Filler, FillerRole, Findings, Incident, Report, Span, Where

MOST_SHARED = 5
"""Names given in a reason."""

_AT = re.compile(
    r"\b(?:in|at|near|outside|inside|around|across|off|on|over|into|of)\s+(?:(?:the|downtown|central|nearby|\w+ern)\s+){0,2}$",
    re.IGNORECASE,
)
"""What stands before a place where something is, or happens."""

_LOOK_BACK = 40

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


class Known(NamedTuple):
    """The case, for looking things up."""

    reports: Sequence[Report]
    findings: Sequence[Findings]
    entities: Mapping[str, Sequence[tuple[Span, Entity]]]
    """By report, in the order of their places."""

    def entity(self, report: str, span: Span) -> Entity | None:
        """The entity that most of a span is a mention of."""
        found = named_at(span, self.entities.get(report, ()))
        return found[1] if found else None

    def named(self, number: int) -> Sequence[tuple[Span, Entity]]:
        """The entities that the report of a number names."""
        return self.entities.get(self.reports[number].id, ())


def tell(scenes: Sequence[Scene], case: Known) -> Incident:
    """The record of an incident, given its events in the order of the case."""
    kind = kind_of(scenes)
    events = tuple((case.reports[scene.report].id, scene.event.id) for scene in scenes)
    places = _places(scenes, case)
    earliest, latest = _when(scenes, case)
    named = [kind, places[0].name if places else "", day_in_words(earliest, latest) if _told(scenes) else ""]
    return Incident(
        id=identify("incident", kind, *events[0]),
        kind=kind,
        name=", ".join(part for part in named if part),
        events=events,
        claims=_claims(scenes, case),
        earliest=earliest,
        latest=latest,
        places=tuple(place.id for place in places),
        fillers=_fillers(scenes, case),
        reasons=tuple(_reasons(scenes, case)),
    )


def day_in_words(earliest: str, latest: str) -> str:
    """A day, or the month or year that both days lie in; "" where they lie in two years.

    >>> day_in_words("2031-05-03", "2031-05-03"), day_in_words("2031-05-03", "2031-05-09")
    ('3 May 2031', 'May 2031')
    """
    if not earliest or earliest[:4] != latest[:4]:
        return ""
    year, month, day = (int(part) for part in earliest.split("-"))
    if earliest == latest:
        return f"{day} {MONTHS[month - 1]} {year}"
    return f"{MONTHS[month - 1]} {year}" if earliest[:7] == latest[:7] else str(year)


def _told(scenes: Sequence[Scene]) -> tuple[int, int] | None:
    """The days that are said of most of the events; within them, or where none are, those said beside most of them."""
    own = days_of(scenes)
    first, last = own or (0, date.max.toordinal())
    beside = possible((scene.days_beside for scene in scenes), scenes)
    return agreed(days for days in beside if first <= days[0] and days[1] <= last) or own


def _when(scenes: Sequence[Scene], case: Known) -> tuple[str, str]:
    """First and last day: as told, else up to the day on which it was first reported as a fact."""
    days = _told(scenes)
    if days is not None:
        return date.fromordinal(days[0]).isoformat(), date.fromordinal(days[1]).isoformat()
    dated = (case.reports[scene.report].published[:10] for scene in scenes if scene.event.factuality > 0)
    return "", min((day for day in dated if day), default="")


def _places(scenes: Sequence[Scene], case: Known) -> list[Entity]:
    """Places at which something is said to be, in the events' sentences; those in most reports first.

    An event's own place counts twice more. A place that is only named, as in "the Varnian minister", counts where no
    other is.
    """
    counts, named = Counter[str](), Counter[str]()
    found = dict[str, Entity]()
    seen = set[tuple[int, str]]()
    for scene in scenes:
        own = {role.span for role in scene.event.roles if role.name == "place"}
        for span, entity in _entities(scene, case):
            if entity.kind == "place":
                found[entity.id] = entity
                is_own = any(one.start <= span.start and span.end <= one.end for one in own)
                is_new = (scene.report, entity.id) not in seen
                counts[entity.id] += is_own + (is_new and (is_own or _stands_at(case.reports[scene.report].text, span)))
                named[entity.id] += is_new
                seen.add((scene.report, entity.id))
    best = +counts or named
    return [found[name] for name in sorted(best, key=lambda name: (-best[name], found[name].name, name))]


def _stands_at(text: str, span: Span) -> bool:
    return bool(_AT.search(text[max(0, span.start - _LOOK_BACK) : span.start]))


def _entities(scene: Scene, case: Known) -> Iterator[tuple[Span, Entity]]:
    sentence, several = _sentence(scene, case), case.entities.get(case.reports[scene.report].id, ())
    first, past = (bisect_left(several, at, key=_start) for at in sentence)
    yield from several[first:past]


def _start(one: tuple[Span, Entity]) -> int:
    return one[0].start


def _sentence(scene: Scene, case: Known) -> Span:
    sentences = sorted(case.findings[scene.report].sentences)
    at = bisect_right([one.start for one in sentences], scene.event.span.start) - 1
    return sentences[at] if sentences and at >= 0 else Span(0, len(case.reports[scene.report].text))


def _claims(scenes: Sequence[Scene], case: Known) -> tuple[str, ...]:
    by_report = defaultdict[int, set[str]](set)
    for scene in scenes:
        by_report[scene.report].add(scene.event.id)
    return tuple(
        claim.id
        for report, events in sorted(by_report.items())
        for claim in case.findings[report].claims
        if not events.isdisjoint(claim.events)
    )


def _fillers(scenes: Sequence[Scene], case: Known) -> tuple[tuple[FillerRole, str, tuple[Where, ...]], ...]:
    """Who and what is named in which part, in a sentence with one of the events; those named most often first.

    Nobody in what only follows a deed, such as an arrest: who is charged is no victim. Whoever is named as a victim no
    more often than as a perpetrator is not given as a victim.
    """
    if part_of(kind_of(scenes)) == "sequel":
        return ()
    found = defaultdict[tuple[FillerRole, str], dict[Where, None]](dict)
    for scene in scenes:
        report, sentence = case.reports[scene.report], _sentence(scene, case)
        events = begun_in((sentence,), case.findings[scene.report].events)
        for filler in case.findings[scene.report].fillers:
            if _inside(filler.span, sentence) and not _contradicted(filler, events):
                entity = case.entity(report.id, filler.span)
                words = entity.name if entity else report.text[filler.span.start : filler.span.end]
                found[filler.role, words][Where(report.id, filler.span)] = None
    blamed = Counter({words: len(where) for (role, words), where in found.items() if role in PERPETRATORS})
    ranked = sorted(
        (one for one in found if one[0] != "victim" or blamed[one[1]] < len(found[one])),
        key=lambda one: (one[0], -len(found[one]), one[1]),
    )
    return tuple((role, words, tuple(found[role, words])) for role, words in ranked)


def _inside(span: Span, sentence: Span) -> bool:
    return sentence.start <= span.start < sentence.end


def _contradicted(filler: Filler, events: Iterable[Event]) -> bool:
    """Whether the events of the sentence give another part: who attacks or is arrested is no victim."""
    parts = {
        (role.name, part_of(event.kind))
        for event in events
        if event.kind
        for role in event.roles
        if role.span.start < filler.span.end and filler.span.start < role.span.end
    }
    if filler.role == "victim":
        return any(name == "agent" or (name == "patient" and part == "sequel") for name, part in parts)
    return filler.role in PERPETRATORS and ("patient", "outcome") in parts


def _reasons(scenes: Sequence[Scene], case: Known) -> Iterator[str]:
    reports = {scene.report for scene in scenes}
    if len(reports) > 1:
        yield from _shared_names(scenes, case)
    told = _told(scenes)
    if told:
        times = sum(told in {scene.days, scene.days_beside} for scene in scenes)
        earliest, latest = (date.fromordinal(day).isoformat() for day in told)
        yield f"The day is given as {_stretch(earliest, latest)} ({_times(times)})."
    lemmas = Counter(scene.event.lemma for scene in scenes)
    listed = sorted(lemmas, key=lambda lemma: (-lemmas[lemma], lemma))[:MOST_SHARED]
    yield f"The reports' word{'s' * (len(listed) > 1)} for it: {', '.join(listed)}."
    if len(reports) > 1:
        published = sorted(day for report in reports if (day := case.reports[report].published[:10]))
        if published:
            yield f"The reports are from {_stretch(published[0], published[-1])}."
    else:
        yield "One report alone tells of it."


def _stretch(first: str, last: str) -> str:
    """From day to day, one alone where they are the same; a month or a year as it is recorded."""
    days = [day_in_words(one, one) if len(one) == len("2031-05-02") and last_day(one) else one for one in (first, last)]
    return " to ".join(dict.fromkeys(days))


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


def _shared_names(scenes: Sequence[Scene], case: Known) -> Iterator[str]:
    by_name = defaultdict[str, dict[int, Scene]](dict)
    for scene in scenes:
        for term in scene.names:
            if term[1:2] != " ":
                by_name[term[1:]].setdefault(scene.report, scene)
    shared = sorted((name for name in by_name if len(by_name[name]) > 1), key=lambda n: (-len(by_name[n]), n))
    written = [_as_written(name, next(iter(by_name[name].values())), case) for name in shared[:MOST_SHARED]]
    if written:
        yield f"Several reports have these names and numbers beside it: {', '.join(written)}."


def _as_written(name: str, scene: Scene, case: Known) -> str:
    """A folded name as the sentence has it."""
    text = case.reports[scene.report].text[slice(*_sentence(scene, case))].replace("’", "'")
    at = text.lower().find(name)
    return text[at : at + len(name)] if at >= 0 else name
