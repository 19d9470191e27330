"""Records as compact JSON and back: lists of their fields in the order of `model/`.

The order of the fields is part of the case's format: a field may be added at the end, with a default; any other
change to what is recorded needs a new `user_version` in `schema.sql` and a step in `migration.py`. What is derived and
was kept in another form counts as not yet read.
"""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sayso.model import (
    Answer,
    Attribution,
    Caveat,
    Change,
    Claim,
    Difference,
    Echo,
    Entity,
    Event,
    Filler,
    Findings,
    Given,
    Headline,
    Incident,
    Joined,
    Joining,
    Judgement,
    Link,
    Mention,
    Moment,
    Quantity,
    Question,
    Reason,
    Reply,
    Report,
    Role,
    Span,
    Told,
    Turn,
    Voice,
    When,
    Where,
)  # fmt: skip

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Row = list[Any]
"""What JSON gives back for a record: its fields, in order."""

REPORT_FIELDS = tuple(field.name for field in fields(Report) if field.name != "text")
"""A report's text is kept once, under its hash, apart from the record."""


def dump(value: object) -> str:
    """Compact JSON, records as lists of their fields. Pure ASCII, so that a lone surrogate comes through."""
    return json.dumps(value, separators=(",", ":"), default=_fields)


def _fields(record: DataclassInstance) -> Row:
    """The fields of a record, in order. `dataclasses.astuple` copies every value, and so is four times as slow."""
    return [getattr(record, field.name) for field in fields(record)]


def report_to_json(report: Report) -> str:
    """All fields but the text."""
    return dump([getattr(report, name) for name in REPORT_FIELDS])


def report_from_json(record: str, text: str) -> Report:
    """The report with its text. `ValueError` or `TypeError` where the JSON is not of this form."""
    row = json.loads(record)
    if not isinstance(row, list) or len(row) > len(REPORT_FIELDS):
        raise ValueError("not the record of a report")
    values = dict(zip(REPORT_FIELDS, row, strict=False))  # an older sayso knew fewer fields: the rest is not recorded
    values["authors"] = tuple(values["authors"])
    values["pages"] = tuple(map(tuple, values.get("pages", ())))
    return Report(text=text, **values)


def caveats_to_json(caveats: tuple[Caveat, ...]) -> str:
    """Caveats, in the order given."""
    return dump(caveats)


def caveats_from_json(record: str) -> tuple[Caveat, ...]:
    """Caveats, in the order kept."""
    return tuple(Caveat(*row) for row in json.loads(record))


def judgement_to_json(judgement: Judgement) -> str:
    """One judgement; as an older sayso wrote it, as far as that had fields for it."""
    row = _fields(judgement)
    return dump(row if judgement.change else row[:8] if judgement.names else row[:7])


def judgement_from_json(record: str) -> Judgement:
    """One judgement."""
    row: Row = json.loads(record)
    name, about, verdict, reason, by, at, supersedes, *rest = row
    names, change = rest[0] if rest else (), rest[1] if rest[1:] else None
    return Judgement(name, about, verdict, reason, by, at, supersedes, tuple(names), _change(change))


def _change(row: Row | None) -> Change | None:
    if row is None:
        return None
    report, source, cue, content, speaker, chain, *rest = row
    voices = None if chain is None else tuple(chain)
    return Change(report, _span(source), _span(cue), _spans(content), speaker, voices, *rest)


def findings_to_json(findings: Findings) -> str:
    """All that was found in one report."""
    return dump(findings)


def findings_from_json(record: str) -> Findings:
    """All that was found in one report. `ValueError` or `TypeError` where the JSON is not of this form."""
    report, sentences, attributions, claims, caveats, mentions, quantities, times, events, fillers = json.loads(record)
    return Findings(
        report,
        _spans(sentences),
        tuple(_attribution(row) for row in attributions),
        tuple(_claim(row) for row in claims),
        tuple(Caveat(*row) for row in caveats),
        tuple(Mention(Span(*span), *rest) for span, *rest in mentions),
        tuple(Quantity(Span(*span), *rest) for span, *rest in quantities),
        tuple(When(Span(*span), *rest) for span, *rest in times),
        tuple(_event(row) for row in events),
        tuple(Filler(role, Span(*span), *rest) for role, span, *rest in fillers),
    )


def echoes_to_json(echoes: tuple[Echo, ...]) -> str:
    """All echoes of a case."""
    return dump(echoes)


def echoes_from_json(record: str) -> tuple[Echo, ...]:
    """All echoes of a case."""
    return tuple(
        Echo(copy, original, tuple((Span(*here), Span(*there)) for here, there in passages), *rest)
        for copy, original, passages, *rest in json.loads(record)
    )


def joined_to_json(joined: Joined) -> str:
    """All that only the reports of a case together show."""
    return dump(joined)


def joined_from_json(record: str) -> Joined:
    """All that only the reports of a case together show. `ValueError` or `TypeError` where it is not of this form."""
    entities, voices, incidents, questions, moments = json.loads(record)
    return Joined(
        tuple(_entity(row) for row in entities),
        tuple(_voice(row) for row in voices),
        tuple(_incident(row) for row in incidents),
        tuple(_question(row) for row in questions),
        tuple(_moment(row) for row in moments),
    )


def _moment(row: Row) -> Moment:
    name, kind, words, earliest, latest, told, incident = row
    by = tuple(Told(report, claim, Span(*span), *rest) for report, claim, span, *rest in told)
    return Moment(name, kind, words, earliest, latest, by, incident)


def _question(row: Row) -> Question:
    name, slot, incident, text, answers, differences, reasons, turns, headlines = row
    return Question(
        name,
        slot,
        incident,
        text,
        tuple(_answer(answer) for answer in answers),
        tuple(Difference(*difference) for difference in differences),
        tuple(_reason(reason) for reason in reasons),
        tuple(Turn(voice, _given(before), _given(after), kind) for voice, before, after, kind in turns),
        tuple(Headline(*headline) for headline in headlines),
    )


def _reason(row: Row) -> Reason:
    answer, is_for, by, report, claim, span, rebutted = row
    return Reason(answer, is_for, by, report, claim, Span(*span), tuple((there, that) for there, that in rebutted))


def _given(row: Row) -> Given:
    report, claim, is_for, span = row
    return Given(report, claim, is_for, _span(span))


def _answer(row: Row) -> Answer:
    name, words, given, *rest = row
    return Answer(name, words, tuple(_given(one) for one in given), *rest)


def _entity(row: Row) -> Entity:
    name, full, kind, spellings, mentions, joinings = row
    return Entity(
        name, full, kind, tuple(spellings), _wheres(mentions), tuple(Joining(*joining) for joining in joinings)
    )


def _wheres(rows: list[Row]) -> tuple[Where, ...]:
    return tuple(Where(report, Span(*span)) for report, span in rows)


def _voice(row: Row) -> Voice:
    name, full, kind, named, spellings, attributions, relays, reports, entity = row
    return Voice(name, full, kind, named, tuple(spellings), tuple(attributions), tuple(relays), tuple(reports), entity)


def _incident(row: Row) -> Incident:
    name, kind, words, events, claims, earliest, latest, places, fillers, reasons = row
    return Incident(
        name,
        kind,
        words,
        tuple((report, event) for report, event in events),
        tuple(claims),
        earliest,
        latest,
        tuple(places),
        tuple((role, filler, _wheres(where)) for role, filler, where in fillers),
        tuple(reasons),
    )


def _span(row: list[int] | None) -> Span | None:
    return None if row is None else Span(*row)


def _spans(rows: list[list[int]]) -> tuple[Span, ...]:
    return tuple(Span(*row) for row in rows)


def _links(rows: list[Row]) -> tuple[Link, ...]:
    return tuple(
        Link(voice, stance, certainty, via, _span(span), resolved)
        for voice, stance, certainty, via, span, resolved in rows
    )


def _attribution(row: Row) -> Attribution:
    name, report, source, cue, content, within, chain, named, kind, stance, certainty, manner, hearer, *chances = row
    probability, chain_probability = chances
    return Attribution(
        name,
        report,
        _span(source),
        _span(cue),
        _spans(content),
        within,
        _links(chain),
        named,
        kind,
        stance,
        certainty,
        manner,
        _span(hearer),
        probability,
        chain_probability,
    )


def _claim(row: Row) -> Claim:
    name, report, content, chain, attribution, stance, certainty, events, replies, polarity, inferred = row
    answered = tuple(Reply(slot, is_for, _span(span), *rest) for slot, is_for, span, *rest in replies)
    return Claim(
        name,
        report,
        _spans(content),
        _links(chain),
        attribution,
        stance,
        certainty,
        tuple(events),
        answered,
        polarity,
        inferred,
    )


def _event(row: Row) -> Event:
    name, span, lemma, kind, roles, factuality = row
    return Event(name, Span(*span), lemma, kind, tuple(Role(role, Span(*at)) for role, at in roles), factuality)
