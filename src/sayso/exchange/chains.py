"""Chains of attribution as JSON Lines: one object a report, in the order of the case.

    {"id", "sha256", "publisher", "published", "attributions": [
        {"id", "source": [start, end] | null, "cue": [start, end] | null, "content": [[start, end], …],
         "within": id | null,
         "voices": [publisher, …, the one who speaks], "named", "kind", "stance", "certainty", "manner",
         "probability", "chain_probability", "unsure"}],
     "answers": [{"question", "answer", "attributions": [id, …], "polarity": "for" | "against"}]}

Offsets are code points of the report's text, half-open; `sha256` is that of the text in UTF-8. `named` to `manner` are
the last voice's. `probability` is how likely the attribution is right, `chain_probability` how likely moreover every
voice is, `unsure` whether that is too little to rest anything on: see `sayso.model`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from sayso.model import PUBLISHER_NOT_RECORDED, Attribution, Case, Findings, Report

LEAST_SCORE = 0.2
"""Replies with this chance or more are told as answers: it was best on parts of marked chains (`training.replies`)."""


def to_chains(case: Case, *, with_text: bool = False) -> str:
    """All reports with their attributions, those without any too. Texts are left out unless asked for."""
    pairs = zip(case.reports, case.findings, strict=True)
    return "".join(_line(_report(report, findings, with_text=with_text)) for report, findings in pairs)


LINE_ENDS = {ord(c): f"\\u{ord(c):04x}" for c in "\x85\u2028\u2029"}
"""Some programs end a line at these too; JSON has them as they are."""


def _line(value: dict[str, Any]) -> str:
    line = json.dumps(value, ensure_ascii=False).translate(LINE_ENDS)
    try:
        line.encode()
    except UnicodeEncodeError:  # a lone surrogate, which UTF-8 cannot hold, but an escape can
        line = json.dumps(value)
    return f"{line}\n"


def _report(report: Report, findings: Findings, *, with_text: bool) -> dict[str, Any]:
    publisher = report.publisher or PUBLISHER_NOT_RECORDED
    text = {"text": report.text} if with_text else {}
    return {
        "id": report.id,
        "sha256": report.sha256,
        "publisher": report.publisher,
        "published": report.published,
        **text,
        "attributions": [
            _attribution(one, publisher)
            for one in sorted(findings.attributions, key=lambda one: (one.content, one.cue or (), one.id))
        ],
        "answers": _answers(report, findings),
    }


def _answers(report: Report, findings: Findings) -> list[dict[str, Any]]:
    """What is answered to which disputed question, by which attributions; by none in the reporter's own voice."""
    found: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for claim in findings.claims:
        for reply in (one for one in claim.replies if one.score >= LEAST_SCORE):
            words = report.text[slice(*reply.span)] if reply.span else ""
            carriers = found[reply.slot, words, "for" if reply.is_for else "against"]
            carriers += [claim.attribution] if claim.attribution else []
    return [
        {"question": slot, "answer": words, "attributions": carriers, "polarity": side}
        for (slot, words, side), carriers in sorted(found.items())
    ]


def _attribution(one: Attribution, publisher: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "source": one.source,
        "cue": one.cue,
        "content": one.content,
        "within": one.within,
        "voices": [link.voice for link in one.chain] or [publisher],
        "named": one.named,
        "kind": one.kind,
        "stance": one.stance,
        "certainty": one.certainty,
        "manner": one.manner,
        "probability": one.probability,
        "chain_probability": one.chain_probability,
        "unsure": one.unsure,
    }
