"""A case for looking things up: which claim holds some words, whom they name, which incident a claim is about."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sayso.kit import WIDEST, begun_in, fold, named_at, named_by_report
from sayso.model import (
    PUBLISHER_NOT_RECORDED,
    UNSPECIFIED,
    Attribution,
    Claim,
    Entity,
    Event,
    Findings,
    Incident,
    Link,
    Mention,
    Question,
    Report,
    Span,
    Voice,
    When,
)


class Speaker(NamedTuple):
    """Who says something, as the report names them."""

    name: str
    voice: Voice | None
    claim: Claim | None


class Paper:
    """One report with what was found in it, each in the order of the text."""

    def __init__(self, report: Report, findings: Findings, named: Sequence[tuple[Span, Entity]] = ()) -> None:
        self.id = report.id
        self.text = report.text
        self.publisher = report.publisher or PUBLISHER_NOT_RECORDED
        self.claims: Sequence[Claim] = findings.claims
        self.said: Mapping[str, Attribution] = {one.id: one for one in findings.attributions}
        self.cues = {one.cue.start: one for one in reversed(findings.attributions) if one.cue and one.chain}
        """Where cues begin, to their attributions."""
        self.stated = {claim.attribution: claim for claim in findings.claims if claim.attribution}
        """Attributions to the claims that they make."""
        self.sentences = sorted(findings.sentences)
        self.times: Sequence[When] = sorted(findings.times)
        self.mentions: Sequence[Mention] = sorted(findings.mentions, key=lambda one: (one.span, one.kind))
        self.events: Sequence[Event] = sorted(findings.events, key=lambda one: (one.span, one.id))
        self.named = named
        self._marks, self._held = _segments(findings.claims)

    def claim_at(self, at: int) -> Claim | None:
        """The innermost claim whose content holds a place."""
        return self._held[bisect_right(self._marks, at) - 1] if self._marks and at >= self._marks[0] else None

    def sentence_at(self, at: int) -> Span:
        """The sentence that holds a place; the whole text where there are none."""
        place = bisect_right(self.sentences, at, key=lambda one: one.start) - 1
        return self.sentences[place] if place >= 0 else Span(0, len(self.text))

    def events_in(self, span: Span) -> Sequence[Event]:
        """The events whose words begin in a span."""
        return begun_in((span,), self.events)

    def times_in(self, span: Span) -> Sequence[When]:
        """The times that begin in a span."""
        return begun_in((span,), self.times)

    def mentions_in(self, span: Span) -> Sequence[Mention]:
        """The mentions that begin in a span."""
        return begun_in((span,), self.mentions)

    def mentions_at(self, span: Span) -> list[Mention]:
        """The mentions that share a place with a span."""
        return [one for one in self.mentions_in(Span(span.start - WIDEST, span.end)) if one.span.end > span.start]

    def entity(self, span: Span) -> Entity | None:
        """The entity that is named in a span: the one that fills most of it, of equals the first."""
        found = named_at(span, self.named)
        return found[1] if found else None


class Known:
    """The case by report, with voices and incidents."""

    def __init__(
        self,
        reports: Sequence[Report],
        findings: Sequence[Findings],
        *,
        entities: Iterable[Entity] = (),
        voices: Iterable[Voice] = (),
        incidents: Sequence[Incident] = (),
        questions: Sequence[Question] = (),
    ) -> None:
        self.questions = questions
        found = {one.report: one for one in findings}
        in_order = [report for report in reports if report.id in found]
        self.entities = {one.id: one for one in entities}
        named = named_by_report(self.entities.values())
        self.papers = {report.id: Paper(report, found[report.id], named[report.id]) for report in in_order}
        self.place = {report.id: number for number, report in enumerate(in_order)}
        self._by_attribution: dict[str, Voice] = {}
        self._by_name: dict[tuple[str, str], Voice] = {}
        for voice in voices:
            self._by_attribution |= dict.fromkeys(voice.attributions, voice)
            self._by_name |= {(report, name): voice for report in voice.reports for name in voice.spellings}
        self.incidents = {one.id: one for one in incidents}
        self.happened = {event: one.id for one in reversed(incidents) for _, event in one.events}
        """Events to the incidents that they are part of."""
        self._about, self._mostly = _incidents_of_claims(self.papers.values(), incidents, questions)

    def incident_of_event(self, claim: str, event: str) -> str:
        """Id of the incident that an event in a claim is part of, "" for none.

        Where the claim is asked about another one, that one leads it, and is given.
        """
        return self.incident_of(claim) if event in self.happened else ""

    def incident_at(self, paper: Paper, at: int) -> str:
        """Id of the incident that the claim at a place is about; where none holds it, its report's; "" for none."""
        claim = paper.claim_at(at)
        return self.incident_of(claim.id) if claim else self._mostly[paper.id]

    def incident_of(self, claim: str) -> str:
        """Id of the incident that a claim is about, "" for none."""
        return self._about.get(claim, "")

    def speaker(self, paper: Paper, claim: Claim | None) -> Speaker:
        """Who says a claim: the last voice of its chain; the publisher of what stands in no claim.

        Of an order it is the voice before: that somebody gave an order is said by whoever tells of it.
        """
        if claim is None or not claim.chain:
            return Speaker(paper.publisher, self._by_name.get((paper.id, paper.publisher)), None)
        links = claim.chain[:-1] if claim.stance == "orders" and len(claim.chain) > 1 else claim.chain
        return Speaker(links[-1].voice, self.voice_of(paper, links[-1], claim), claim)

    def voice_of(self, paper: Paper, link: Link, claim: Claim) -> Voice | None:
        """The voice of a link of a claim's chain; None for a speaker whom the text does not give."""
        if link.voice in {UNSPECIFIED, PUBLISHER_NOT_RECORDED}:
            return None
        own = self._by_attribution.get(claim.attribution or "") if link is claim.chain[-1] else None
        return own or self._by_name.get((paper.id, link.voice))


def _segments(claims: Iterable[Claim]) -> tuple[list[int], list[Claim | None]]:
    """Where the innermost claim changes, and the claim from there on. Of two of one length the first by id."""
    opens: defaultdict[int, list[tuple[int, str, Claim]]] = defaultdict(list)
    for claim in claims:
        for span in claim.content:
            opens[span.start].append((span.end, claim.id, claim))
            opens[span.end] += []
    marks, held = sorted(opens), []
    active: list[tuple[int, int, str, Claim]] = []
    for mark in marks:
        active = [one for one in active if one[1] > mark]
        active += [(end - mark, end, name, claim) for end, name, claim in opens[mark] if end > mark]
        held.append(min(active, key=lambda one: one[:3])[3] if active else None)
    return marks, held


def _incidents_of_claims(
    papers: Iterable[Paper], incidents: Sequence[Incident], questions: Iterable[Question]
) -> tuple[dict[str, str], dict[str, str]]:
    """By claim, and by report, the incident that it is about, "" for none.

    A claim's is the one whose questions it answers; else the one that it tells of; else its report's. A report's is the
    one whose questions most of its claims answer, else the one of most of its events. Where the claims of an incident
    mostly answer another one's questions, that one leads it, and stands for it.
    """
    asked: dict[str, str] = {}
    for question in questions:
        for answer in question.answers:
            for given in answer.given:
                asked.setdefault(given.claim, question.incident)
    led: dict[str, str] = {}
    by_report: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for incident in incidents:
        counts = Counter(asked[claim] for claim in incident.claims if claim in asked)
        led[incident.id] = min(counts, key=lambda one: (-counts[one], one), default=incident.id)
        for report, _ in incident.events:
            by_report[report][led[incident.id]] += 1
    told = {claim: led[incident.id] for incident in reversed(incidents) for claim in incident.claims}
    out: dict[str, str] = {}
    by_most: dict[str, str] = {}
    for paper in papers:
        replied = Counter(asked[claim.id] for claim in paper.claims if claim.id in asked) or by_report[paper.id]
        mostly = min(replied, key=lambda one: (-replied[one], one), default="")
        by_most[paper.id] = mostly
        out |= {claim.id: asked.get(claim.id) or told.get(claim.id) or mostly for claim in paper.claims}
    return out, by_most


def words_of(name: str) -> list[str]:
    """The words of a name for comparing, without articles."""
    return [word for word in fold(name).split() if word not in {"the", "a", "an"}]
