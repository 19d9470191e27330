"""What a reply answers, as a value that equals that of every reply with the same answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sayso.kit import fold
from sayso.model import Entity, Findings, Quantity, Report, Span, Voice, When
from sayso.questions.asking import Posed

COUNTS = frozenset({"killed", "injured", "missing", "detained"})
NAMES = frozenset({"perpetrator", "ordered_by", "complicity", "place", "whereabouts"})
"""Questions whose answers are entities where the words name one."""

_SMALL = frozenset({"a", "an", "the", "some", "his", "her", "its", "their", "this", "that", "these", "those"})


class Value(NamedTuple):
    """One of these, the rest empty: an entity, a count, days, words."""

    entity: str = ""
    words: str = ""
    """Folded, without small words."""
    low: float | None = None
    high: float | None = None
    earliest: str = ""
    latest: str = ""
    name: str = ""
    """What the entity is called."""


class Known:
    """The case, for looking things up. Made once: everything by report."""

    def __init__(
        self,
        reports: Sequence[Report],
        findings: Sequence[Findings],
        entities: Iterable[Entity],
        voices: Iterable[Voice],
    ) -> None:
        self.speaking = {name: voice.entity for voice in voices for name in voice.attributions if voice.entity}
        """Attribution to the entity that speaks in it."""
        self.place = {report.id: number for number, report in enumerate(reports)}
        """By report its place in the case."""
        self.texts: Mapping[str, str] = {report.id: report.text for report in reports}
        self.counts: Mapping[str, Mapping[Span, Quantity]] = {
            each.report: {one.span: one for one in each.quantities} for each in findings
        }
        self.times: Mapping[str, Mapping[Span, When]] = {
            each.report: {one.span: one for one in each.times} for each in findings
        }
        self.entities: dict[str, Entity] = {}
        self.named: defaultdict[str, list[tuple[Span, Entity]]] = defaultdict(list)
        for entity in entities:
            self.entities[entity.id] = entity
            for where in entity.mentions:
                self.named[where.report].append((where.span, entity))

    def words(self, one: Posed) -> str:
        """The words of a reply, as the report has them."""
        return self.texts[one.claim.report][slice(*one.reply.span)] if one.reply.span else ""

    def entity(self, report: str, span: Span) -> Entity | None:
        """The entity that is named in a span: the one that fills most of it, of equals the first."""
        near = [one for one in self.named[report] if one[0].start < span.end and span.start < one[0].end]
        best = max(near, key=lambda one: (_shared(one[0], span), -one[0].start, one[1].id), default=None)
        return best[1] if best else None


def _shared(one: Span, other: Span) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def value_of(one: Posed, known: Known) -> Value | None:
    """The value of a reply; None where it has no words of its own, or none that can be told."""
    span, report, slot = one.reply.span, one.claim.report, one.reply.slot
    if span is None:
        return None
    if slot in COUNTS:
        count = known.counts[report].get(span)
        return Value(low=count.low, high=count.high) if count else None
    if slot == "date":
        when = known.times[report].get(span)
        return Value(earliest=when.earliest, latest=when.latest) if when and when.earliest and when.latest else None
    entity = _entity(one, span, known) if slot in NAMES else None
    if entity:
        return Value(entity=entity.id, name=entity.name)
    words = " ".join(word for word in fold(known.words(one)).split() if word not in _SMALL)
    return Value(words=words) if words else None


def _entity(one: Posed, span: Span, known: Known) -> Entity | None:
    """The entity that is named in a span; the one that speaks, where a speaker answers with themselves."""
    speaker = known.speaking.get(one.claim.attribution or "")
    is_in_content = any(part.start <= span.start < part.end for part in one.claim.content)
    return known.entities[speaker] if speaker and not is_in_content else known.entity(one.claim.report, span)
