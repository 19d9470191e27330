"""The responsibility ledger: who is said to have had which part in an incident, and by whom.

    answers to "who did it, ordered it, helped?"       those that speak of blame ──┐
    events: who is told as the agent of a deed                                   ──┼──▶ kind, speaker, stake ──▶ ledger
    words: "claimed responsibility", "denied any role", "accused … of"           ──┘

An answer is taken only where its claim speaks of blame: names the one as the agent of a deed, accuses, or has a word of
guilt (`blame.toml`). So a mistaken answer is rather left out than put beside a name. Nothing is said to be so.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sayso.accounts.blame import (
    accuses_of_deed,
    accuses_of_other,
    content_of,
    cue_of,
    deeds_in,
    does,
    entity_of,
    gives_order,
    has_agent,
    is_agent,
    is_doing,
    is_guilt,
    is_negated,
    is_patient,
    is_somebody,
    is_where,
    lemmas,
    named_with,
    points_at_deed,
    table,
    tells_of_deed,
)
from sayso.accounts.declared import declared
from sayso.accounts.known import Known, Paper, Speaker
from sayso.accounts.stakes import is_self, speaks_for, stake_of
from sayso.kit import covers, weakest
from sayso.model import (
    Blame,
    Claim,
    Entity,
    Event,
    Given,
    Question,
    Responsibility,
    Slot,
    Span,
)

PARTS: Mapping[Slot, Blame] = {"perpetrator": "accused", "ordered_by": "ordered", "complicity": "helped"}
"""What it means to be given as an answer to a question, if nothing weakens it."""

BLAMING: frozenset[Blame] = frozenset({"accused", "suspected", "ordered", "helped"})

_SELF = re.compile(r"(?:[Ww]e|I|us|[Oo]ur|[Mm]y|ourselves|myself)\b")
_NO_PART = re.compile(
    r"(?:\b(?:no|not|never|nothing|without|neither|nor|nobody)|n['’]t)\b(?:\W+\w+){0,3}?\W+"
    r"(?:role|part|involve\w*|responsib\w+|behind|hand|link\w*|connection|guilty|carr(?:y|ied) out|to do with)\b",
    re.IGNORECASE,
)
_NOT_SAID = re.compile(
    r"(?:\b(?:no|not|never|none)|n['’]t)\b(?:\W+\w+){0,4}?\W+(?:claim|admit|take|taken)|\b(?:nobody|no one|no-one)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(r"\border(?:s|ed|ing)?\b")


class Told(NamedTuple):
    """What a voice says of somebody, before its stake is known."""

    incident: str
    slot: Slot
    kind: Blame
    name: str
    entity: Entity | None
    paper: Paper
    claim: Claim
    speaker: Speaker
    span: Span

    @property
    def who(self) -> str:
        """The same for all that is said of one."""
        return self.entity.id if self.entity else " ".join(self.name.casefold().split()).removeprefix("the ")


def responsibilities(known: Known) -> tuple[Responsibility, ...]:
    """The ledger, by incident, then whom it is said of (most often first), then in the order of the case."""
    return _ledger([*_answered(known), *_in_words(known), *_agents(known)], known)


def _answered(known: Known) -> Iterator[Told]:
    """What the answers to the questions of blame say."""
    claims = {claim.id: claim for paper in known.papers.values() for claim in paper.claims}
    for question in known.questions:
        if question.slot in PARTS:
            for answer in question.answers:
                for given in answer.given:
                    yield from _given(known, question, given, claims[given.claim])


def _given(known: Known, question: Question, given: Given, claim: Claim) -> Iterator[Told]:
    paper, slot = known.papers[given.report], question.slot
    if given.span is None or slot == "free" or claim.stance in {"asks", "declines"}:
        return
    if not covers(claim.content, given.span):
        yield from _of_speaker(known, paper, claim, slot=slot, is_for=given.is_for, incident=question.incident)
    elif paper.claim_at(given.span.start) is claim:
        for span in named_with(paper, given.span):
            yield from _of_named(known, paper, claim, (question.incident, slot, given.is_for), span)


def _of_speaker(known: Known, paper: Paper, claim: Claim, *, slot: Slot, is_for: bool, incident: str) -> Iterator[Told]:
    """Of one who answers with themselves: admits or denies; or is said to have given an order."""
    speaker = known.speaker(paper, claim)
    doer = known.voice_of(paper, claim.chain[-1], claim)
    said = paper.said.get(claim.attribution or "")
    if not doer or not said or not said.source or not said.chain[-1].resolved:
        return
    others = [one for one in _doers(paper, claim) if is_somebody(paper, one)]
    if others and claim.stance == "denies":
        for span in others:
            yield from _of_named(known, paper, claim, (incident, slot, False), span)
        return
    entity = known.entities.get(doer.entity or "")
    name = entity.name if entity else claim.chain[-1].voice
    content = content_of(paper, claim)
    kind: Blame | None = None
    own, negated = _own_deeds(paper, claim)
    if not is_for and ((claim.stance == "denies" and lemmas(content) & table("rejected")) or (negated and not own)):
        kind = "denied"
    elif claim.stance == "orders" and is_for and slot == "ordered_by" and deeds_in(paper, claim):
        kind = "suspected" if weakest(claim.chain) in {"probable", "possible"} else "ordered"
    if kind:
        yield Told(incident, _part(slot, kind, content), kind, name, entity, paper, claim, speaker, said.source)


def _doers(paper: Paper, claim: Claim) -> Iterator[Span]:
    """Who does the deeds that a claim tells of, pronouns too."""
    for part in claim.content:
        for event in paper.events_in(part):
            if event.kind in table("deeds") or is_doing(paper, event):
                yield from (role.span for role in event.roles if role.name == "agent")


def _own_deeds(paper: Paper, claim: Claim) -> tuple[bool, bool]:
    """Whether a speaker tells of a deed that they do, and whether of one that they do not do: "we placed no bomb"."""
    does_it = denies_it = False
    several = (event for part in claim.content for event in paper.events_in(part))
    for event in several if claim.attribution else ():
        if any(role.name == "agent" and _SELF.fullmatch(paper.text, *role.span) for role in event.roles):
            patients = " ".join(paper.text[slice(*role.span)] for role in event.roles if role.name == "patient")
            is_deed = event.kind in table("deeds") or is_doing(paper, event) or points_at_deed(patients)
            negated = is_deed and is_negated(paper, event)
            does_it, denies_it = does_it or (is_deed and not negated), denies_it or negated
    return does_it, denies_it


def _is_undone(paper: Paper, claim: Claim, span: Span) -> bool:
    """Whether the words name who is told not to do a deed."""
    several = (event for part in claim.content for event in paper.events_in(part))
    deeds = [event for event in several if event.kind in table("deeds") or is_doing(paper, event)]
    return any(does(paper, event, span) and is_negated(paper, event) for event in deeds)


def _of_named(known: Known, paper: Paper, claim: Claim, asked: tuple[str, Slot, bool], span: Span) -> Iterator[Told]:
    """Of one whom the content names."""
    incident, slot, is_for = asked
    speaker = known.speaker(paper, claim)
    own = _SELF.match(paper.text, *span) is not None and claim.attribution is not None
    entity = known.entities.get(speaker.voice.entity or "") if own and speaker.voice else entity_of(paper, span)
    places = known.incidents[incident].places if incident in known.incidents else ()
    if not own and (not is_somebody(paper, span) or is_where(paper, claim, span, places)):
        return
    if slot == "perpetrator" and gives_order(paper, claim, span):
        slot = "ordered_by"
    own_deed, negated = _own_deeds(paper, claim) if own else (False, _is_undone(paper, claim, span))
    if own_deed and negated:
        return  # "we did not …, we …": which of the two is the deed, nobody can tell
    is_for = is_for and not negated
    relation = "self" if own or is_self(speaker, entity) else "side" if speaks_for(speaker, entity) else "other"
    kind = _kind(paper, claim, span, slot=slot, is_for=is_for, relation=relation)
    if kind:
        words = speaker.name if own else " ".join(paper.text[slice(*span)].split())
        name = entity.name if entity else words
        yield Told(
            incident, _part(slot, kind, content_of(paper, claim)), kind, name, entity, paper, claim, speaker, span
        )


def _part(slot: Slot, kind: Blame, content: str) -> Slot:
    """The part that is spoken of: who denies having ordered it denies that, whatever the question was."""
    return "ordered_by" if kind == "denied" and slot == "perpetrator" and _ORDER.search(content) else slot


def _kind(paper: Paper, claim: Claim, span: Span, *, slot: Slot, is_for: bool, relation: str) -> Blame | None:
    """What the claim says of the one it names; None where it does not speak of blame.

    `relation`: whether the speaker is the one named ("self"), speaks for them ("side"), or is another.
    """
    content = content_of(paper, claim)
    words = lemmas(content) | cue_of(paper, claim)
    if _NOT_SAID.search(content):
        return None
    is_doer = is_agent(paper, claim, span)
    is_guilty = is_guilt(lemmas(content) if accuses_of_other(paper, claim, span) else words, content)
    is_innocent = _NO_PART.search(content) is not None
    if is_innocent or claim.stance == "denies" or not is_for:
        speaks = is_innocent or (not is_for and (is_doer or is_guilty or bool(words & {"role", "involve"})))
        return ("cleared" if relation == "other" else "denied") if speaks else None
    if slot != "perpetrator":
        speaks = bool(words & table("order" if slot == "ordered_by" else "help")) and bool(deeds_in(paper, claim))
    elif relation == "self":
        speaks = is_doer
    else:
        has_capital = any(letter.isupper() for letter in paper.text[slice(*span)])
        is_blamed = is_guilty and has_capital and not is_patient(paper, claim, span)
        speaks = is_doer or is_blamed or accuses_of_deed(paper, claim, span)
    return _firmness(claim, words, PARTS[slot], is_own=relation == "self") if speaks else None


def _firmness(claim: Claim, words: frozenset[str], kind: Blame, *, is_own: bool) -> Blame:
    if is_own:
        return "claimed"
    weak = weakest(claim.chain) in {"probable", "possible"} or bool(words & table("suspicion"))
    return "suspected" if weak else kind


def _agents(known: Known) -> Iterator[Told]:
    """Who is told as the agent of a deed that is part of an incident."""
    for paper in known.papers.values():
        for event in paper.events:
            if has_agent(event) and (event.kind in table("deeds") or is_doing(paper, event)):
                yield from _of_event(known, paper, event)


def _of_event(known: Known, paper: Paper, event: Event) -> Iterator[Told]:
    claim = paper.claim_at(event.span.start)
    is_deed = event.kind in table("deeds")
    incident = known.incident_of_event(claim.id, event.id) if claim and is_deed else ""
    if claim and not is_deed and tells_of_deed(paper, claim):
        incident = known.incident_of(claim.id)
    if not claim or not incident or claim.stance in {"asks", "declines", "orders"}:
        return
    patients = {role.span for role in event.roles if role.name == "patient"}
    for role in event.roles:
        if role.span not in patients and covers(claim.content, role.span) and does(paper, event, role.span):
            yield from _of_named(known, paper, claim, (incident, "perpetrator", claim.stance != "denies"), role.span)


def _in_words(known: Known) -> Iterator[Told]:
    """What the words of the texts say of claims of responsibility, denials and accusations."""
    for paper in known.papers.values():
        for one in declared(paper, known):
            incident = known.incident_of(one.claim.id)
            if incident:
                yield Told(incident, one.slot, one.kind, one.name, one.entity, paper, one.claim, one.speaker, one.span)


def _ledger(told: Iterable[Told], known: Known) -> tuple[Responsibility, ...]:
    """Each thing that a claim says of somebody once, in order, with the speaker's stake."""
    once: dict[tuple[str, str, str, bool], Told] = {}
    for one in told:
        once.setdefault((one.incident, one.claim.id, one.who, one.kind in {"denied", "cleared"}), one)
    often = Counter((one.incident, one.who) for one in once.values())
    blamed: defaultdict[str, dict[str, Entity]] = defaultdict(dict)
    for one in once.values():
        if one.kind in BLAMING and one.entity:
            blamed[one.incident][one.entity.id] = one.entity
    incidents = {name: number for number, name in enumerate(known.incidents)}

    def place(one: Told) -> tuple[object, ...]:
        said = (known.place[one.paper.id], one.span, one.claim.id, one.kind)
        return incidents.get(one.incident, len(incidents)), -often[one.incident, one.who], one.who, *said

    return tuple(_record(one, blamed[one.incident]) for one in sorted(once.values(), key=place))


def _record(one: Told, blamed: Mapping[str, Entity]) -> Responsibility:
    return Responsibility(
        incident=one.incident,
        name=one.name,
        kind=one.kind,
        slot=one.slot,
        certainty=weakest(one.claim.chain),
        speaker=one.speaker.name,
        stake=stake_of(one.speaker, one.entity, blamed.values()),
        report=one.paper.id,
        claim=one.claim.id,
        span=one.span,
        entity=one.entity.id if one.entity else None,
        voice=one.speaker.voice.id if one.speaker.voice else None,
    )
