"""A toy reader for tests: "X said Y.", "X denied Y." and, within Y, "Z told it W". No model, no weights."""

from __future__ import annotations

import re
from dataclasses import replace

from sayso import claims, intake
from sayso.kit import identify, trim
from sayso.model import PUBLISHER_NOT_RECORDED, Attribution, Caveat, Findings, Link, Report, Span
from sayso.workspace import Reader

SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
SAID = re.compile(r"(?P<source>[^,.\n]+?) (?P<cue>said|denied) (?:that )?(?P<content>[^.\n]+)")

FAULT = "reading this report fails"
"""A report with these words makes the toy reader raise."""

DEATH = "reading this report kills"
"""A report with these words ends the process that reads it."""


def read(report: Report) -> Findings:
    if FAULT in report.text:
        raise ValueError(report.name)
    if DEATH in report.text:
        import os

        os._exit(9)
    sentences = tuple(
        span for found in SENTENCE.finditer(report.text) if (span := trim(report.text, *found.span())).start < span.end
    )
    attributions = tuple(one for sentence in sentences for one in _said(report, sentence))
    stated = claims.state(report, sentences, attributions)
    caveats = () if attributions else (Caveat(report.id, "nothing-said", "Nobody says anything in this report."),)
    return Findings(report.id, sentences, attributions, stated, caveats)


def _said(report: Report, sentence: Span, holder: Attribution | None = None) -> list[Attribution]:
    found = SAID.search(report.text, *sentence)
    if not found:
        return []
    source, cue = trim(report.text, *found.span("source")), Span(*found.span("cue"))
    content = trim(report.text, *found.span("content"))
    name = identify("toy", report.id, content, source)
    stance = "denies" if found["cue"] == "denied" else "asserts"
    outer = holder.chain if holder else (Link(report.publisher or PUBLISHER_NOT_RECORDED),)
    voice = report.text[source.start : source.end]
    one = Attribution(
        name,
        report.id,
        source,
        cue,
        (content,),
        holder.id if holder else None,
        (*outer, Link(voice, stance, via=name, span=source)),
        named=voice.istitle(),
        kind="official" if "official" in voice else "body",
        stance=stance,
        probability=0.9,
        chain_probability=0.8,
    )
    return [one, *_said(report, content, one)]


def take_in_here(items, settings=None, _tell=None):
    """What `intake.take_in_safely` does, but in this process."""
    settings = settings or intake.Settings()
    for found, data in items:
        beside = {
            name: getattr(found, name) or getattr(settings, name) for name in ("publisher", "published", "address")
        }
        yield found, *intake.take_in(data, found.name, replace(settings, **beside))


def start():
    return read


def refuse():
    raise AssertionError("nothing was left to read, so the reader must not be started")


READER = Reader("toy 1", start)
NEVER = Reader("toy 1", refuse)
