"""The case as data frames: plain columns that pandas, polars and others take as they are, without sayso needing them.

    reports        one row a report
    claims         one row a claim, the reporters' own too
    attributions   one row an attribution: the columns of `export --format csv`, empty cells as None
    voices         one row a voice
    incidents      one row an incident
    questions      one row a question
    answers        one row a claim for or against an answer to a question
    tolls          one row a figure of a toll
    lineages       one row an origin's testimony on an answer to a question, with the bounds of the question
    drift          one row a change between two claims; without a row where it was not worked out
    weighings      one row a question: what is unresolved, the conflict, which answer leads, confidence
    supports       one row an answer: what the testimonies, taken together, leave of it
    parts          one row an origin's word on an answer: what it adds, in nats
    hangs          one row a voice, hearer, bloc or report: what becomes of a question without it
    estimates      one row a number or day asked for, of one scope
    timeline       one row a claim that tells of a moment
    responsibility, statuses, words    one row a line of these ledgers; without a row where they were not drawn up

Without weighings there is no row in weighings, supports, parts, hangs and estimates.

Cells are strings, numbers, booleans or None. Days are ISO 8601, as strings. Ids join the tables: `report`, `claim`,
`attribution`, `incident`, `question`, `answer`, `moment`. Several names in one cell stand with "; " between them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import TYPE_CHECKING

from sayso.exchange import weighed as weighed_rows
from sayso.exchange.table import ATTRIBUTION_COLUMNS, claim_rows
from sayso.kit import in_words, locate, weakest
from sayso.model import (
    PUBLISHER_NOT_RECORDED,
    UNSPECIFIED,
    Accounts,
    Answer,
    Case,
    Claim,
    Drift,
    LegalStatus,
    Question,
    Report,
    Responsibility,
    Span,
    Weighing,
)

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

NONE_DRAWN = Accounts((), (), ())

Row = dict[str, object]
Frame = dict[str, list[object]]

COLUMNS = {
    "reports": ("report", "publisher", "published", "title", "address", "language", "text_sha256"),
    "claims": (
        "claim", "report", "publisher", "published", "voice", "chain", "own_voice", "inferred", "stance", "polarity",
        "certainty", "weakest_certainty", "words", "start", "end", "page", "attribution", "events", "replies",
    ),
    "attributions": ATTRIBUTION_COLUMNS,
    "voices": ("voice", "name", "kind", "named", "entity", "speaks", "relays", "reports", "spellings"),
    "incidents": ("incident", "name", "kind", "earliest", "latest", "places", "reports", "events", "claims"),
    "questions": ("question", "slot", "incident", "text", "disputed", "answers", "conflicts"),
    "answers": (
        "question", "slot", "incident", "text", "disputed", "answer", "answer_words", "entity", "low", "high",
        "earliest", "latest", "report", "publisher", "published", "claim", "is_for", "voice", "chain", "words",
    ),
    "tolls": (
        "toll", "incident", "fate", "lowest", "best", "highest", "minimum", "origins", "figure", "origin", "speaker",
        "low", "high", "words", "basis", "scope", "superseded", "far", "published",
    ),
    "lineages": (
        "question", "slot", "incident", "text", "low", "high", "origin", "name", "kind", "named", "voice", "own_voice",
        "answer", "answer_words", "is_for", "stance", "certainty", "reports", "claims", "maybe_same",
    ),
    "drift": (
        "kind", "question", "reason", "before_report", "before_publisher", "before_claim", "before_words",
        "after_report", "after_publisher", "after_claim", "after_words",
    ),
    "weighings": (
        "question", "slot", "incident", "text", "leader", "leader_words", "unresolved", "conflict", "confidence",
        "reasons", "sentence", "fall", "fall_leader",
    ),
    "supports": (
        "question", "answer", "answer_words", "likelihood", "belief", "plausible", "belief_apart", "nats_for",
        "nats_against", "voices_low", "voices_high",
    ),
    "parts": (
        "question", "answer", "answer_words", "is_for", "origin", "name", "weight", "discount", "contribution",
        "reliability", "prior_only", "reports",
    ),
    "hangs": ("question", "kind", "unit", "name", "flips", "leader", "leader_words", "belief"),
    "estimates": ("question", "slot", "incident", "text", "scope", "low", "best", "high", "origins"),
    "timeline": (
        "moment", "kind", "earliest", "latest", "clock", "incident", "words", "report", "publisher", "published",
        "claim", "voice", "chain", "said_first", "said_last",
    ),
    "responsibility": (
        "incident", "name", "entity", "kind", "slot", "certainty", "speaker", "stake", "report", "claim", "start",
        "end",
    ),
    "statuses": (
        "incident", "name", "entity", "kind", "is_so", "certainty", "earliest", "latest", "speaker", "report", "claim",
        "start", "end",
    ),
    "words": (
        "incident", "group", "name", "entity", "word", "sense", "said", "speaker", "report", "claim", "start", "end",
    ),
}  # fmt: skip
"""Table to its columns, in order. They are there for a case without a row too."""


def frames(
    case: Case,
    accounts: Accounts = NONE_DRAWN,
    drift: Iterable[Drift] = (),
    *,
    weighings: Iterable[Weighing] = (),
) -> dict[str, Frame]:
    """Table name to columns, column name to cells, all columns of a table of one length.

    >>> sorted(frames(Case((), ()))["voices"])
    ['entity', 'kind', 'name', 'named', 'relays', 'reports', 'speaks', 'spellings', 'voice']
    """
    weighed = tuple(weighings)
    rows: dict[str, Callable[[Case], Iterable[Row]]] = {
        "reports": _reports,
        "claims": _claims,
        "attributions": _attributions,
        "voices": _voices,
        "incidents": _incidents,
        "questions": _questions,
        "answers": _answers,
        "tolls": _tolls,
        "lineages": _lineages,
        "drift": lambda case: _drift(case, drift),
        "weighings": lambda case: weighed_rows.weighings(case, weighed),
        "supports": lambda case: weighed_rows.supports(case, weighed),
        "parts": lambda case: weighed_rows.parts(case, weighed),
        "hangs": lambda case: weighed_rows.hangs(case, weighed),
        "estimates": lambda case: weighed_rows.estimates(case, weighed),
        "timeline": _timeline,
        "responsibility": lambda _: map(_ledger_row, accounts.responsibilities),
        "statuses": lambda _: map(_ledger_row, accounts.statuses),
        "words": lambda _: _uses(accounts),
    }
    return {name: _columns(COLUMNS[name], rows[name](case)) for name in COLUMNS}


def _columns(names: Iterable[str], rows: Iterable[Row]) -> Frame:
    frame: Frame = {name: [] for name in names}
    for row in rows:
        for name, cells in frame.items():
            cells.append(row[name])
    return frame


def _reports(case: Case) -> Iterator[Row]:
    for one in case.reports:
        yield {**_report(one), "title": one.title, "address": one.address, "language": one.language,
               "text_sha256": one.sha256}  # fmt: skip


def _report(one: Report) -> Row:
    return {"report": one.id, "publisher": one.publisher or PUBLISHER_NOT_RECORDED, "published": one.published or None}


def _claims(case: Case) -> Iterator[Row]:
    for report, findings in zip(case.reports, case.findings, strict=True):
        for one in findings.claims:
            page, _ = locate(report.pages, one.content[0].start) or (None, None)
            yield {
                **_report(report),
                **_said(one),
                "own_voice": one.attribution is None,
                "inferred": one.inferred,
                "stance": one.stance,
                "polarity": one.polarity,
                "certainty": one.certainty,
                "weakest_certainty": weakest(one.chain),
                "words": _words(report.text, *one.content),
                "start": one.content[0].start,
                "end": one.content[-1].end,
                "page": page,
                "attribution": one.attribution,
                "events": len(one.events),
                "replies": "; ".join(f"{reply.slot} {'for' if reply.is_for else 'against'}" for reply in one.replies),
            }


def _said(one: Claim) -> Row:
    return {
        "claim": one.id,
        "voice": one.chain[-1].voice if one.chain else UNSPECIFIED,
        "chain": in_words(one.chain, " > "),
    }


def _attributions(case: Case) -> Iterator[Row]:
    for row in claim_rows(case):
        yield {name: None if value == "" else value for name, value in row.items()}


def _voices(case: Case) -> Iterator[Row]:
    for one in case.voices:
        yield {
            "voice": one.id,
            "name": one.name,
            "kind": one.kind,
            "named": one.named,
            "entity": one.entity,
            "speaks": len(one.attributions),
            "relays": len(one.relays),
            "reports": len(one.reports),
            "spellings": "; ".join(one.spellings),
        }


def _incidents(case: Case) -> Iterator[Row]:
    names = {entity.id: entity.name for entity in case.entities}
    for one in case.incidents:
        yield {
            "incident": one.id,
            "name": one.name,
            "kind": one.kind,
            "earliest": one.earliest or None,
            "latest": one.latest or None,
            "places": "; ".join(names[place] for place in one.places if place in names),
            "reports": len({report for report, _ in one.events}),
            "events": len(one.events),
            "claims": len(one.claims),
        }


def _questions(case: Case) -> Iterator[Row]:
    for one in case.questions:
        conflicts = sum(each.kind == "conflict" for each in one.differences)
        yield {**_question(one), "answers": len(one.answers), "conflicts": conflicts}


def _question(one: Question) -> Row:
    return {
        "question": one.id,
        "slot": one.slot,
        "incident": one.incident,
        "text": one.text,
        "disputed": one.disputed,
    }


def _answers(case: Case) -> Iterator[Row]:
    reports, claims = _known(case)
    for question in case.questions:
        for one in question.answers:
            for given in one.given:
                yield {
                    **_question(question),
                    **_answer(one),
                    **_report(reports[given.report]),
                    **_said(claims[given.claim]),
                    "is_for": given.is_for,
                    "words": _words(reports[given.report].text, given.span) if given.span else None,
                }


def _answer(one: Answer) -> Row:
    return {
        "answer": one.id,
        "answer_words": one.words,
        "entity": one.entity,
        "low": one.low,
        "high": one.high,
        "earliest": one.earliest or None,
        "latest": one.latest or None,
    }


def _tolls(case: Case) -> Iterator[Row]:
    for toll in case.tolls:
        for one in toll.figures:
            yield {
                **_fields(one),
                "toll": toll.id,
                "incident": toll.incident,
                "fate": toll.fate,
                "lowest": toll.low,
                "best": toll.best,
                "highest": toll.high,
                "minimum": toll.minimum,
                "origins": toll.origins,
                "figure": one.id,
            }


def _lineages(case: Case) -> Iterator[Row]:
    for question, lineage in zip(case.questions, case.lineages, strict=False):  # a case may be without lineages
        origins = {one.id: one for one in lineage.origins}
        words = {one.id: one.words for one in question.answers}
        open_pairs = [{one.one, one.other} for one in lineage.merges if not one.taken]
        for told in lineage.testimonies:
            one = origins[told.origin]
            others = sorted(name for pair in open_pairs if one.id in pair for name in pair - {one.id})
            yield {
                **{name: value for name, value in _question(question).items() if name != "disputed"},
                "low": lineage.low,
                "high": lineage.high,
                "origin": one.id,
                "name": one.name,
                "kind": one.kind,
                "named": one.named,
                "voice": one.voice,
                "own_voice": one.voice is None,
                "answer": told.answer,
                "answer_words": words[told.answer],
                "is_for": told.is_for,
                "stance": told.stance,
                "certainty": told.certainty,
                "reports": "; ".join(dict.fromkeys(given.report for given in told.given)),
                "claims": "; ".join(dict.fromkeys(given.claim for given in told.given)),
                "maybe_same": "; ".join(others),
            }


def _drift(case: Case, changes: Iterable[Drift]) -> Iterator[Row]:
    reports, claims = _known(case)
    for one in changes:
        row: Row = {"kind": one.kind, "question": one.question, "reason": one.reason}
        for side, given in (("before", one.before), ("after", one.after)):
            report = reports[given.report]
            row[f"{side}_report"] = report.id
            row[f"{side}_publisher"] = report.publisher or None
            row[f"{side}_claim"] = given.claim
            row[f"{side}_words"] = _words(report.text, *claims[given.claim].content)
        yield row


def _ledger_row(one: Responsibility | LegalStatus) -> Row:
    return {**_fields(one), "start": one.span.start, "end": one.span.end}


def _uses(accounts: Accounts) -> Iterator[Row]:
    for one in accounts.contested:
        for use in one.uses:
            yield {**_fields(one), **use._asdict(), "start": use.span.start, "end": use.span.end}


def _fields(one: DataclassInstance) -> Row:
    return {field.name: getattr(one, field.name) for field in fields(one)}


def _timeline(case: Case) -> Iterator[Row]:
    reports, claims = _known(case)
    for one in case.moments:
        for told in one.told:
            yield {
                "moment": one.id,
                "kind": one.kind,
                "earliest": one.earliest or None,
                "latest": one.latest or None,
                "clock": told.clock or None,
                "incident": one.incident,
                "words": _words(reports[told.report].text, told.span),
                **_report(reports[told.report]),
                **_said(claims[told.claim]),
                "said_first": told.said_first or None,
                "said_last": told.said_last or None,
            }


def _known(case: Case) -> tuple[dict[str, Report], dict[str, Claim]]:
    claims = {claim.id: claim for findings in case.findings for claim in findings.claims}
    return {report.id: report for report in case.reports}, claims


def _words(text: str, *spans: Span) -> str:
    return " … ".join(text[span.start : span.end] for span in spans)
