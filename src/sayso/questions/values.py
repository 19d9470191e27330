"""What a reply answers, as a value that equals that of every reply with the same answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial
from itertools import pairwise
from typing import NamedTuple

from sayso.kit import Memory, fold, named_at, named_by_report, shared
from sayso.model import UNSPECIFIED, Claim, Entity, Findings, Given, Quantity, Report, Span, Voice, When
from sayso.questions.asking import Posed
from sayso.questions.holding import led
from sayso.words import lemma

COUNTS = frozenset({"killed", "injured", "missing", "detained"})
NAMES = frozenset({"perpetrator", "ordered_by", "complicity", "place", "whereabouts"})
"""Questions whose answers are entities where the words name one."""

_SELF = re.compile(r" (?:him|her|it)self$| themselves$")
_IN = re.compile(r"(?:,| in| on| at| near) (?:the )?")
_SMALL = frozenset({"a", "an", "the", "some", "his", "her", "its", "their", "this", "that", "these", "those"})

_NOBODY = frozenset(
    {
        "which", "who", "whom", "that", "it", "he", "she", "they", "them", "him", "her", "we", "us", "i", "you", "one",
        "others", "someone", "somebody", "anyone", "anybody", "nobody",
    }
)  # fmt: skip
"""Words that name nobody by themselves."""


SOME = frozenset(
    {
        "child", "boy", "girl", "baby", "woman", "student", "pupil", "soldier", "policeman", "fighter", "militant",
        "rebel", "journalist", "tourist",
    }
)  # fmt: skip
"""Nouns for some of those who can be killed, injured, missing or held: a count of them is no count of all."""


COVERED = 0.5
"""Share of an answer's words that a name must fill to be the answer: "pictures by the Guard" is not the Guard."""


LONGEST_TITLE = 3
"""Words of a title: "chief fire officer"."""

LONGEST_NAME = 5
"""Words of a person's name."""

_BETWEEN = frozenset({"of", "by", "and", "or", "for", "with", "against", "to", "in", "from", "on", "at", "as", "under"})
"""Words after which a name is no longer what a description is about: "the men of Jan Orr"."""


class Value(NamedTuple):
    """One of these, the rest empty: an entity, a count, days, words."""

    entity: str = ""
    words: str = ""
    """Folded, without small words."""
    low: float | None = None
    high: float | None = None
    scope: str = ""
    """Of a count: "civilians", "child" …; "" for all or unsaid."""
    earliest: str = ""
    latest: str = ""
    name: str = ""
    """What the entity is called."""


def _same_voice(voice: Voice) -> str:
    """Its id; the name of what is no entity but is called by a name in every report: "the Free Port movement"."""
    if voice.name == UNSPECIFIED:
        return ""
    has_name = any(word[:1].isupper() for word in voice.name.split()[1:])
    return voice.id if voice.entity or not has_name else f"named {fold(voice.name)}"


class Known:
    """The case, for looking things up. Made once: everything by report."""

    def __init__(
        self,
        reports: Sequence[Report],
        findings: Sequence[Findings],
        entities: Iterable[Entity],
        voices: Iterable[Voice],
        memory: Memory | None = None,
    ) -> None:
        voices = tuple(voices)
        self._memory = memory or Memory(keeps=False)
        self.speaking = {name: voice.entity for voice in voices for name in voice.attributions if voice.entity}
        """Attribution to the entity that speaks in it."""
        same = [(_same_voice(voice), voice) for voice in voices]
        self.voices = {one: voice.name for one, voice in reversed(same)}
        self.voice = {name: one for one, voice in same for name in voice.attributions}
        """Attribution to what stands for the voice that speaks in it; "" for nobody in particular."""
        self.claims = {claim.id: claim for each in findings for claim in each.claims}
        self.place = {report.id: number for number, report in enumerate(reports)}
        """By report its place in the case."""
        self.reports = {report.id: report for report in reports}
        self.findings = {each.report: each for each in findings}
        self.texts: Mapping[str, str] = {report.id: report.text for report in reports}
        self.counts: Mapping[str, Mapping[int, Quantity]] = {
            each.report: {one.span.end: one for one in each.quantities} for each in findings
        }
        """By report and by where it ends, as `times`: a reply leaves out the article before it."""
        self.times: Mapping[str, Mapping[int, When]] = {
            each.report: {one.span.end: one for one in each.times} for each in findings
        }
        self.published = {report.id: report.published[:10] for report in reports}
        self.entities = {one.id: one for one in entities}
        self.named = named_by_report(self.entities.values(), self._memory)
        self.people: Mapping[str, str] = self._memory.same("people", _full_names(self.entities.values()))
        """Full names, folded, to the one person who has it."""

    def titled(self, report: str, title: str) -> Entity | None:
        """The one person whom the report calls by this title: "the colonel" after "Colonel Berren"."""
        if not title or len(title.split()) > LONGEST_TITLE:
            return None
        text, width, last = self.texts[report], len(title) + 1, title.rpartition(" ")[2]

        def has_title(start: int) -> bool:
            words = text[max(0, start) : max(0, start + width)]
            return (last in words.lower() or not words.isascii()) and fold(words) == title  # folding takes long

        found = {
            entity.id: entity
            for span, entity in self.named[report]
            if entity.kind == "person" and (has_title(span.start - width) or has_title(span.start))
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def described(self, words: str) -> Entity | None:
        """The person whose full name a description ends with: "the former harbour master Ilvo Berren"."""
        parts = words.split()
        for start in range(max(0, len(parts) - LONGEST_NAME), len(parts) - 1):
            name = self.people.get(" ".join(parts[start:]))
            if name:
                return self.entities[name] if _BETWEEN.isdisjoint(parts[:start]) else None
        return None

    @cached_property
    def within(self) -> frozenset[tuple[str, str]]:
        """Entities of which some report names the one in the other, or as what leads it; the narrower one first."""
        several = (
            self._memory.recall(("in", report), (self.texts[report], named), partial(_in, self.texts[report], named))
            for report, named in self.named.items()
        )
        return frozenset(pair for one in several for pair in one)

    @cached_property
    def peoples(self) -> frozenset[str]:
        """Words for the people of states that the reports have, as lemmas."""
        names = {fold(one.name) for one in self.entities.values() if one.kind == "nationality"}
        return frozenset(lemma(name) for name in names if name.isalpha())

    def all_of(self, claims: Iterable[Claim]) -> object:
        """All that is known of some claims' reports, names and voices: to be compared with what was known before."""
        claims = tuple(claims)
        reports = dict.fromkeys(claim.report for claim in claims)
        pages = [(self.place[one], self.reports[one], self.findings[one], self.named.get(one)) for one in reports]
        spoken = [self.voice.get(claim.attribution or "", "") for claim in claims]
        speaking = [self.speaking.get(claim.attribution or "", "") for claim in claims]
        names = [self.voices.get(one) for one in spoken]
        return pages, spoken, names, speaking, [self.entities.get(one or "") for one in speaking]

    def voice_of(self, given: Given) -> str:
        """What stands for the voice that gives an answer; "" for the reporter's own and for nobody in particular."""
        return self.voice.get(self.claims[given.claim].attribution or "", "")

    def when(self, claim: Claim) -> tuple[int, int]:
        """By which a claim stands in the order of the case."""
        return self.place[claim.report], claim.content[0].start

    def words(self, one: Posed) -> str:
        """The words of a reply, as the report has them."""
        return self.texts[one.claim.report][slice(*one.reply.span)] if one.reply.span else ""

    def entity(self, report: str, span: Span) -> Entity | None:
        """The entity that is named in a span: the one that fills most of it, of equals the first."""
        best = named_at(span, self.named.get(report, ()))
        return best[1] if best and COVERED * (span.end - span.start) <= shared(best[0], span) else None


def _full_names(entities: Iterable[Entity]) -> dict[str, str]:
    """Names of two words or more that one person of the case alone has, folded, to the person's id."""
    found: dict[str, set[str]] = {}
    for one in entities:
        if one.kind == "person":
            for name in (one.name, *one.spellings):
                if " " in name:
                    found.setdefault(fold(name), set()).add(one.id)
    return {name: min(several) for name, several in found.items() if len(several) == 1}


def _in(text: str, named: Sequence[tuple[Span, Entity]]) -> frozenset[tuple[str, str]]:
    places = (
        (first.id, second.id)
        for (one, first), (other, second) in pairwise(named)
        if first.kind == second.kind == "place" and _IN.fullmatch(text, one.end, other.start)
    )
    return frozenset((*places, *led(text, named)))


def value_of(one: Posed, known: Known) -> Value | None:
    """The value of a reply; None where it has no words of its own, or none that can be told."""
    report, slot = one.claim.report, one.reply.slot
    if one.reply.span is None:
        return None
    span = _without_self(known.texts[report], one.reply.span)
    if slot in COUNTS:
        count = known.counts[report].get(span.end)
        return (
            Value(low=count.low, high=count.high, scope=_scope(count)) if count and count.fate in {"", slot} else None
        )
    if slot == "date":
        when = known.times[report].get(span.end)
        return Value(earliest=when.earliest, latest=when.latest) if when and when.earliest and when.latest else None
    entity = _entity(one, span, known) if slot in NAMES else None
    words = worded(one, known)
    if slot in NAMES and not entity:
        entity = known.titled(report, words) or known.described(words)
    if entity:
        return Value(entity=entity.id, name=entity.name)
    return Value(words=words) if words and words not in _NOBODY else None


def worded(one: Posed, known: Known) -> str:
    """The words of a reply that has any, folded, without small words."""
    text = known.texts[one.claim.report]
    span = _without_self(text, one.reply.span) if one.reply.span else Span(0, 0)
    return " ".join(word for word in fold(text[slice(*span)]).split() if word not in _SMALL)


def _without_self(text: str, span: Span) -> Span:
    """The span without its last word in "the colonel himself"."""
    found = _SELF.search(text, *span)
    return Span(span.start, found.start()) if found and found.start() > span.start else span


def _scope(count: Quantity) -> str:
    return count.who or (count.counted if count.counted in SOME else "")


def _entity(one: Posed, span: Span, known: Known) -> Entity | None:
    """The entity that is named in a span; the one that speaks, where a speaker answers with themselves."""
    speaker = known.speaking.get(one.claim.attribution or "")
    is_in_content = any(part.start <= span.start < part.end for part in one.claim.content)
    return known.entities[speaker] if speaker and not is_in_content else known.entity(one.claim.report, span)
