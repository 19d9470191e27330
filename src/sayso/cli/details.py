"""What stands in a claim, for programs: its chain, events, counts, times, and what it answers."""

from __future__ import annotations

from sayso.kit import begun_in
from sayso.model import Claim, Event, Findings, Quantity, Reply, Report, Span, When

Row = dict[str, object]


def of_claim(report: Report, claim: Claim, findings: Findings) -> Row:
    """Lists of objects. Offsets are [start, end], code points of the report's text, half-open."""
    text = report.text
    return {
        "links": [
            {"voice": link.voice, "stance": link.stance, "certainty": link.certainty, "resolved": link.resolved}
            for link in claim.chain
        ],
        "events": [_event(text, one) for one in begun_in(claim.content, findings.events)],
        "quantities": [_quantity(one) for one in begun_in(claim.content, findings.quantities)],
        "times": [_time(one) for one in begun_in(claim.content, findings.times)],
        "replies": [_reply(text, one) for one in claim.replies],
    }


def _event(text: str, one: Event) -> Row:
    roles = [{"role": role.name, **_words(text, role.span)} for role in one.roles]
    told = {"lemma": one.lemma, "kind": one.kind, "factuality": one.factuality, "roles": roles}
    return {"id": one.id, **_words(text, one.span), **told}


def _quantity(one: Quantity) -> Row:
    told = {"low": one.low, "high": one.high, "counted": one.counted, "fate": one.fate, "who": one.who}
    return {"words": one.as_written, "offsets": list(one.span), **told}


def _time(one: When) -> Row:
    return {"words": one.as_written, "offsets": list(one.span), "earliest": one.earliest, "latest": one.latest}


def _reply(text: str, one: Reply) -> Row:
    words = _words(text, one.span) if one.span else {"words": "", "offsets": None}
    return {"question": one.slot, "is_for": one.is_for, **words, "score": one.score}


def _words(text: str, span: Span) -> Row:
    return {"words": text[span.start : span.end], "offsets": list(span)}
