"""The whole case as one JSON object, named field by field as in `model/`; nothing that differs from run to run.

    {"form", "reports": [{"id", "text", …}], "findings": [{"report", "sentences", "attributions", "claims", "caveats",
     "mentions": [{"span", "kind", "wording", "score", "words"}],
     "quantities": [{"span", "low", "high", "counted", "fate", "who", "as_written"}],
     "times": [{"span", "earliest", "latest", "as_written"}],
     "events": [{"id", "span", "lemma", "kind", "roles": [{"name", "span", "words"}], "factuality", "words"}],
     "fillers": [{"role", "span", "score", "confidence", "words"}]}],
     "voices", "echoes", "versions", "judgements", "caveats", "files", "reader",
     "entities": [{"id", "name", "kind", "spellings", "mentions": [{"report", "span", "words"}], "joinings": [{"one",
      "other", "reason", "score", "taken", "disputed", "by"}]}],
     "incidents": [{"id", "kind", "name", "events": [{"report", "event"}], "claims", "earliest", "latest", "places",
      "fillers": [{"role", "name", "mentions": [{"report", "span", "words"}]}], "reasons"}],
     "questions": [{"id", "slot", "incident", "text", "disputed", "answers": [{"id", "words", "entity", "low", "high",
      "earliest", "latest", "scope", "given": [{"report", "claim", "is_for", "span"}]}],
      "differences": [{"one", "other", "kind", "reason"}],
      "reasons": [{"answer", "is_for", "by", "report", "claim", "span", "words", "rebutted": [{"report", "claim"}]}],
      "turns": [{"voice", "before", "after", "kind"}], "headlines": [{"report", "claim", "body", "kind"}]}],
     "moments": [{"id", "kind", "words", "earliest", "latest", "incident", "told": [{"report", "claim", "span",
      "said_first", "said_last", "clock", "words"}]}]}

     "lineages": [{"question", "low", "high", "origins": [{"id", "name", "kind", "named", "voice", "reports"}],
      "testimonies": [{"origin", "answer", "is_for", "stance", "certainty", "given": [{"report", "claim", "is_for",
      "span"}]}], "merges": [{"one", "other", "kind", "reason", "taken"}]}]

Beside these "tolls" and, in `export`, "responsibilities", "statuses", "contested": the ledgers, as `model/` has them.
There too "drift": [{"kind", "before", "after", "reason", "question"}], both claims as in "given", and
"weighings": [{"question", "supports": [{"answer", "belief", "plausible", "belief_apart", "nats_for", "nats_against",
 "voices", "likelihood"}], "unresolved", "conflict", "leader", "parts": [{"origin", "answer", "is_for", "weight",
 "discount", "contribution", "reports", "reliability", "prior_only"}], "hanging": [{"kind", "unit", "leader", "flips",
 "belief"}], "fall": {"origins", "leader", "smallest"}, "confidence", "reasons", "sentence", "estimates": [{"low",
 "best", "high", "scope", "origins"}]}]; "matrices": [{"question", "text", "slot", "hypotheses", "evidence", "cells",
 "may_be_one"}], of competing hypotheses;
"news": [{"report", "gains": [{"kind", "question", "answer", "is_for", "origin", "given", "known", "heard", "may_be",
 "before"}], "clashes": [{"question", "answer", "is_for", "against", "against_is_for", "reports", "is_new"}], "echoes":
 [{"copy", "original", "kind"}], "echoed"}], each report held against those before it;
"silences": [{"question", "voice", "name", "part", "kind", "spoke_on", "reports",
 "spoken": [{"report", "claim"}], "declined": [{"report", "claim"}]}];
"asks": [{"question", "why", "leader", "ask": [{"voice", "name", "kind", "declined"}], "change", "turns", "settles"}],
the best question first.
None of these figures is a probability that something is so.

A span is [start, end], code points of the report's text, half-open; "words" are those of the text there. `model/`
says what each field means. Who is named as what in an incident is named so by somebody: look whose content holds the
words.

When a file was collected, by whom and with what is left out, for it is of this machine; it stands in the case's log.
"before" holds the findings as the program alone has them, of reports in which judgements changed something: "findings"
has them as people corrected them. Judgements keep their time: when somebody judged is part of what they said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from sayso.model import (
    Accounts,
    Attribution,
    Case,
    Claim,
    Drift,
    Entity,
    Event,
    Evidence,
    File,
    Filler,
    Findings,
    Incident,
    Lineage,
    Matrix,
    Mention,
    Moment,
    Part,
    Question,
    Reason,
    Role,
    Span,
    Toll,
    Weighing,
    Where,
)
from sayso.model.novelty import News, Novelty

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

OF_THIS_MACHINE = frozenset({"collected", "collector", "tool"})
FORM = "sayso case 1"
"""Names this form, first in the object."""


def to_json(
    case: Case,
    accounts: Accounts | None = None,
    drift: Iterable[Drift] | None = None,
    *,
    weighings: Iterable[Weighing] | None = None,
    matrices: Iterable[Matrix] | None = None,
    novelty: Novelty | None = None,
) -> str:
    """Everything that a case holds, in the form that stands at the head of this module; the rest where given."""
    texts = {report.id: report.text for report in case.reports}
    everything = {
        "form": FORM,
        **_named(case),
        "findings": [_findings(findings, texts.get(findings.report, "")) for findings in case.findings],
        "before": [_findings(findings, texts.get(findings.report, "")) for findings in case.before],
        "files": [_file(file) for file in case.files],
        "entities": [_entity(entity, texts) for entity in case.entities],
        "incidents": [_incident(incident, texts) for incident in case.incidents],
        "questions": [_question(question, texts) for question in case.questions],
        "moments": [_moment(moment, texts) for moment in case.moments],
        "tolls": [_toll(toll) for toll in case.tolls],
        "lineages": [_lineage(lineage) for lineage in case.lineages],
        **(_accounts(accounts) if accounts else {}),
        **({} if drift is None else {"drift": [_drift(one) for one in drift]}),
        **({} if weighings is None else {"weighings": [_weighing(one) for one in weighings]}),
        **({} if matrices is None else {"matrices": [_matrix(one) for one in matrices]}),
        **(_novelty(novelty) if novelty else {}),
    }
    # ASCII: a lone surrogate of a text comes through
    return json.dumps(everything, separators=(",", ":"), default=_named) + "\n"


def _novelty(found: Novelty) -> dict[str, Any]:
    silent = [
        {**_named(one), **{name: [_pair(*pair) for pair in getattr(one, name)] for name in ("spoken", "declined")}}
        for one in found.silences
    ]
    asks = [{**_named(one), "ask": [each._asdict() for each in one.ask]} for one in found.asks]
    return {"news": [_news(one) for one in found.news], "silences": silent, "asks": asks}


def _news(one: News) -> dict[str, Any]:
    gains = [{**_named(gain), "given": [each._asdict() for each in gain.given]} for gain in one.gains]
    echoes = [{"copy": echo.copy, "original": echo.original, "kind": echo.kind} for echo in one.echoes]
    echoed = [{"copy": echo.copy, "original": echo.original, "kind": echo.kind} for echo in one.echoed]
    return {"report": one.report, "gains": gains, "clashes": one.clashes, "echoes": echoes, "echoed": echoed}


def _pair(report: str, claim: str) -> dict[str, str]:
    return {"report": report, "claim": claim}


def _file(file: File) -> dict[str, Any]:
    return {name: value for name, value in _named(file).items() if name not in OF_THIS_MACHINE}


def _findings(findings: Findings, text: str) -> dict[str, Any]:
    return {
        **_named(findings),
        "mentions": [_with_words(one, text) for one in findings.mentions],
        "quantities": [one._asdict() for one in findings.quantities],
        "times": [one._asdict() for one in findings.times],
        "claims": [_claim(one, text) for one in findings.claims],
        "events": [_event(one, text) for one in findings.events],
        "fillers": [_with_words(one, text) for one in findings.fillers],
    }


def _claim(claim: Claim, text: str) -> dict[str, Any]:
    replies = [{**one._asdict(), "words": _words(text, one.span) if one.span else ""} for one in claim.replies]
    return {**_named(claim), "replies": replies}


def _question(question: Question, texts: dict[str, str]) -> dict[str, Any]:
    answers = [{**_named(one), "given": [each._asdict() for each in one.given]} for one in question.answers]
    turns = [{**_named(one), "before": one.before._asdict(), "after": one.after._asdict()} for one in question.turns]
    reasons = [_reason(one, texts) for one in question.reasons]
    return {**_named(question), "answers": answers, "disputed": question.disputed, "reasons": reasons, "turns": turns}


def _toll(toll: Toll) -> dict[str, Any]:
    figures = [{**_named(one), "given": [each._asdict() for each in one.given]} for one in toll.figures]
    return {**_named(toll), "figures": figures}


def _lineage(lineage: Lineage) -> dict[str, Any]:
    told = [{**_named(one), "given": [each._asdict() for each in one.given]} for one in lineage.testimonies]
    return {**_named(lineage), "testimonies": told}


def _drift(one: Drift) -> dict[str, Any]:
    return {**_named(one), "before": one.before._asdict(), "after": one.after._asdict()}


def _weighing(weighing: Weighing) -> dict[str, Any]:
    return {**_named(weighing), "parts": [_part(one) for one in weighing.parts]}


def _part(part: Part) -> dict[str, Any]:
    return {**_named(part), "contribution": part.contribution}


def _matrix(matrix: Matrix) -> dict[str, Any]:
    return {**_named(matrix), "evidence": [_evidence(one) for one in matrix.evidence]}


def _evidence(row: Evidence) -> dict[str, Any]:
    return {**_named(row), "given": [each._asdict() for each in row.given]}


def _accounts(accounts: Accounts) -> dict[str, Any]:
    contested = [{**_named(one), "uses": [each._asdict() for each in one.uses]} for one in accounts.contested]
    return {"responsibilities": accounts.responsibilities, "statuses": accounts.statuses, "contested": contested}


def _reason(reason: Reason, texts: dict[str, str]) -> dict[str, Any]:
    rebutted = [_pair(*pair) for pair in reason.rebutted]
    return {**_named(reason), "words": _words(texts.get(reason.report, ""), reason.span), "rebutted": rebutted}


def _moment(moment: Moment, texts: dict[str, str]) -> dict[str, Any]:
    told = [{**one._asdict(), "words": _words(texts.get(one.report, ""), one.span)} for one in moment.told]
    return {**_named(moment), "told": told}


def _with_words(one: Mention | Filler | Role, text: str) -> dict[str, Any]:
    return {**one._asdict(), "words": _words(text, one.span)}


def _event(event: Event, text: str) -> dict[str, Any]:
    roles = [_with_words(role, text) for role in event.roles]
    return {**_named(event), "roles": roles, "words": _words(text, event.span)}


def _words(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _entity(entity: Entity, texts: dict[str, str]) -> dict[str, Any]:
    return {**_named(entity), "mentions": _places(entity.mentions, texts)}


def _places(wheres: Iterable[Where], texts: dict[str, str]) -> list[dict[str, Any]]:
    return [{**where._asdict(), "words": _words(texts.get(where.report, ""), where.span)} for where in wheres]


def _incident(incident: Incident, texts: dict[str, str]) -> dict[str, Any]:
    return {
        **_named(incident),
        "events": [{"report": report, "event": event} for report, event in incident.events],
        "fillers": [
            {"role": role, "name": name, "mentions": _places(wheres, texts)} for role, name, wheres in incident.fillers
        ],
    }


def _named(record: DataclassInstance) -> dict[str, Any]:
    """The fields of a record under their names. `dataclasses.asdict` copies all values: four times as slow."""
    named = {field.name: getattr(record, field.name) for field in fields(record)}
    return named | {"unsure": record.unsure} if isinstance(record, Attribution) else named
