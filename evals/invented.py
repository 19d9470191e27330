"""A case of invented reports, put on disk without parsing or a model: for what is measured on the ledger alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from evals.growth import reports as invented_texts
from sayso import ledger, spine
from sayso.kit import digest, identify, identify_report, trim
from sayso.ledger import Ledger
from sayso.model import Attribution, Caveat, Claim, File, Findings, Judgement, Link, Report, Span, Stance

READER = "invented 1"
AT = "2031-05-02T10:00:00+00:00"
BATCH = 50
"""Reports in one transaction of findings, as in `sayso read`."""

_SAID = re.compile(
    r"(?P<source>[A-Z]\w+ [A-Z]\w+)(?:, [^,]+,| of \w+) (?P<cue>said|told|denied|claimed|confirmed)\b(?P<content>[^.]+)"
)


def invent(folder: Path, count: int, *, paragraphs: int = 1) -> None:
    """A case of so many reports, one to a file, with findings, copies and a judgement.

    Each has `paragraphs` times the text of one in `evals.growth`, which has about 60 words.
    """
    texts = invented_texts(count * paragraphs)
    with ledger.open_to_write(folder, create=True) as opened:
        ledger.use_reader(opened, READER, AT)
        given = [texts[at : at + paragraphs] for at in range(0, len(texts), paragraphs)]
        taken = [_take(opened, number, some) for number, some in enumerate(given)]
        for at in range(0, count, BATCH):
            ledger.keep_findings(opened, READER, [(one, find(one)) for one in taken[at : at + BATCH]])
        found = [one.report for one in ledger.appearances(opened)]
        echoes = spine.trace(tuple(ledger.with_texts(opened, found)))
        ledger.keep_echoes(opened, spine.ECHO_VERSION, found, echoes)
        ledger.record_judgement(opened, Judgement("", taken[0].id, "accepted", "read again", "R. Moll", AT))


def _take(opened: Ledger, number: int, given: Sequence[dict[str, str]]) -> Report:
    text = "\n\n".join(one["text"] for one in given)
    publisher, published = given[0]["publisher"], given[0]["published"]
    data = f"publisher: {publisher}\npublished: {published}\n\n{text}".encode()
    name = f"report-{number}.txt"
    file = File(ledger.keep_bytes(opened, data), name, len(data), "text/plain", AT, collector="moll", tool="invented 1")
    identity = identify_report(text, publisher=publisher, published=published, address="")
    report = Report(
        identity, text, digest(text), file.sha256, name, publisher=publisher, published=published, language="en"
    )
    caveats = (Caveat(identity, "invented", "Nobody ever published this."),)
    key = identify("taking", file.sha256)
    ledger.record_taking(opened, file, key=key, reports=(report,), caveats=caveats, tool="invented 1")
    return report


def find(report: Report) -> Findings:
    """What a pattern finds in a report: a reader for what is measured without a model."""
    sentences = tuple(trim(report.text, *found.span()) for found in re.finditer(r"[^.\n]+\.", report.text))
    said = tuple(_said(report, found) for found in _SAID.finditer(report.text))
    claims = tuple(
        Claim(identify(one.id, "claim"), report.id, one.content, one.chain, one.id, one.stance) for one in said
    )
    return Findings(report.id, sentences, said, claims)


def _said(report: Report, found: re.Match[str]) -> Attribution:
    source, content = Span(*found.span("source")), trim(report.text, *found.span("content"))
    name = identify("invented", report.id, content)
    stance: Stance = "denies" if found["cue"] == "denied" else "asserts"
    chain = (Link(report.publisher), Link(found["source"], stance, via=name, span=source))
    cue = Span(*found.span("cue"))
    return Attribution(
        name,
        report.id,
        source,
        cue,
        (content,),
        chain=chain,
        named=True,
        kind="official",
        stance=stance,
        probability=0.9,
        chain_probability=0.8,
    )
