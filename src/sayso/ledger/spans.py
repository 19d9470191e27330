"""Check that what was found in a report holds there: every span inside its text, every reference to something."""

from __future__ import annotations

from collections.abc import Iterator

from sayso.kit import covers
from sayso.model import Attribution, Change, Findings, Link, Span


def faults(findings: Findings, text: str) -> Iterator[str | None]:
    """One item for each span and each reference: None where it holds, else what is wrong with it."""
    for name, span in _spans(findings):
        fault = _fault(span, text)
        yield f"{name}: {fault}" if fault else None
    by_id = {one.id: one for one in findings.attributions}
    for one in findings.attributions:
        if one.within is not None:
            fault = _outer_fault(one, by_id.get(one.within))
            yield f"attribution {one.id}: {fault}" if fault else None
        if not one.content:
            yield f"attribution {one.id}: has no content"
    for owner, link in _links(findings):
        if link.via is not None and link.via not in by_id:
            yield f"{owner}: a link goes through {link.via}, which is not in the report"


def change_faults(change: Change, text: str) -> Iterator[str]:
    """One item for each span that a person's judgement sets: what is wrong with it, "" if nothing."""
    single = (span for span in (change.source, change.cue) if span is not None)
    yield from (_fault(span, text) for span in (*single, *change.content))


def _spans(findings: Findings) -> Iterator[tuple[str, Span]]:
    yield from (("sentence", span) for span in findings.sentences)
    for one in findings.attributions:
        name = f"attribution {one.id}"
        parts = (one.source, one.cue, one.hearer, *one.content, *(link.span for link in one.chain))
        yield from ((name, span) for span in parts if span is not None)
    for claim in findings.claims:
        parts = (*claim.content, *(link.span for link in claim.chain))
        yield from ((f"claim {claim.id}", span) for span in parts if span is not None)


def _links(findings: Findings) -> Iterator[tuple[str, Link]]:
    for one in findings.attributions:
        yield from ((f"attribution {one.id}", link) for link in one.chain)
    for claim in findings.claims:
        yield from ((f"claim {claim.id}", link) for link in claim.chain)


def _fault(span: Span, text: str) -> str:
    """What is wrong with a span, "" if nothing."""
    start, end = span
    if not 0 <= start < end <= len(text):
        return f"the span {start} to {end} is not in the text of {len(text)} characters"
    if text[start].isspace() or text[end - 1].isspace():
        return f"the span {start} to {end} has white space at its ends"
    return ""


def _outer_fault(inner: Attribution, outer: Attribution | None) -> str:
    if outer is None:
        return f"stands within {inner.within}, which is not in the report"
    if not all(covers(outer.content, span) for span in inner.content):
        return f"its content is not inside that of {outer.id}"
    return ""
