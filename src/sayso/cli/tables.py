"""What the commands `claims` and `voices` list: rows for people and for programs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from sayso.cli import details
from sayso.kit import in_words, locate, weakest
from sayso.model import PUBLISHER_NOT_RECORDED, UNSPECIFIED, Attribution, Case, Claim, Findings, Report
from sayso.workspace import Entry

Row = dict[str, object]

_FLAT = (
    "claim_id", "where", "report", "publisher", "published", "address", "voice", "chain", "own_voice", "inferred",
    "stance", "polarity", "certainty", "weakest_certainty", "claim", "offsets", "page", "line", "attribution",
    "probability", "chain_probability", "unsure",
)  # fmt: skip
_NESTED = (*_FLAT, "links", "events", "quantities", "times", "replies")
CLAIM_COLUMNS = {
    "table": ("place", "when", "chain", "says", "claim"),
    "csv": _FLAT,
    "json": _NESTED,
    "jsonl": _NESTED,
}
"""Columns of the table for people, and those for programs."""

CLAIM_WIDTHS = {"chain": 3, "claim": 6}

VOICE_COLUMNS = {
    True: ("voice", "kind", "named", "speaks", "unsure", "relays", "met in"),
    False: ("id", "voice", "kind", "named", "speaks", "unsure", "relays", "reports", "spellings"),
}

VOICE_WIDTHS = {"voice": 2, "met in": 1}

VERSION_COLUMNS = {
    True: ("earlier", "later", "order", "address", "taken out", "put in"),
    False: ("address", "earlier", "later", "order", "captured", "removed", "removed_offsets", "added", "added_offsets"),
}

VERSION_WIDTHS = {"address": 1, "taken out": 2, "put in": 2}

ARROW = " → "


LOG_COLUMNS = {
    True: ("entry", "at (UTC)", "who", "with", "what", "about"),
    False: ("entry", "at", "who", "tool", "what", "about", "body", "hash"),
}

LOG_WIDTHS = {"about": 1}


def entries(history: Iterable[tuple[Entry, str]]) -> Iterator[Row]:
    """One row an entry of the log, oldest first."""
    for entry, about in history:
        yield {
            "entry": entry.number,
            "at (UTC)": entry.at.removesuffix("+00:00").replace("T", " "),
            "at": entry.at,
            "who": entry.actor or "not recorded",
            "tool": entry.tool,
            "with": entry.tool,
            "what": entry.what,
            "about": about,
            "body": entry.body,
            "hash": entry.hash,
        }


def claims(
    case: Case, *, voice: str | None = None, own: bool = False, about: frozenset[str] | None = None
) -> Iterator[Row]:
    """One row a claim, in the order of reports and of their texts.

    "where" is the report's number, in the order of the case, and the number of the sentence: the dossier's numbers;
    "place" the same with the page.

    `voice`: only those in whose chain a voice's name or a spelling of it has these words, whatever the case. `own`:
    with what reporters say in their own voice. `about`: only these.
    """
    wanted = None if voice is None else _spellings(case, voice)
    for number, (report, findings) in enumerate(zip(case.reports, case.findings, strict=True), 1):
        found = {one.id: one for one in findings.attributions}
        for claim in findings.claims:
            is_wanted = wanted is None or any(link.voice in wanted for link in claim.chain)
            is_about = about is None or claim.id in about
            if is_wanted and is_about and (own or claim.attribution is not None):
                where = f"{number}:{_sentence(findings, claim)}"
                page, _ = locate(report.pages, claim.content[0].start) or (0, None)
                yield {
                    "where": where,
                    "place": f"{where}, p. {page}" if page else where,
                    **_claim(report, claim, found.get(claim.attribution or "")),
                    **details.of_claim(report, claim, findings),
                }


def voices(case: Case) -> Iterator[Row]:
    """One row a voice, those who speak most first; speakers whom a report does not give come last.

    "unsure": of how many of the passages in which it speaks the chain is unsure.
    """
    faint = {one.id for findings in case.findings for one in findings.attributions if one.unsure}
    publishers = {report.id: report.publisher or PUBLISHER_NOT_RECORDED for report in case.reports}
    for voice in sorted(case.voices, key=lambda voice: voice.name == UNSPECIFIED):
        yield {
            "id": voice.id,
            "voice": voice.name,
            "kind": voice.kind,
            "named": voice.named,
            "speaks": len(voice.attributions),
            "unsure": len(faint.intersection(voice.attributions)),
            "relays": len(voice.relays),
            "reports": list(voice.reports),
            "met in": publishers[voice.reports[0]] if len(voice.reports) == 1 else f"{len(voice.reports)} reports",
            "spellings": list(voice.spellings),
        }


def versions(case: Case) -> Iterator[Row]:
    """One row for each step from a version of an address to the next. "earlier" and "later" are numbers of reports."""
    numbers = {report.id: number for number, report in enumerate(case.reports, 1)}
    for version in case.versions:
        earlier, later = (case.reports[numbers[name] - 1] for name in (version.earlier, version.later))
        removed = [earlier.text[span.start : span.end] for span in version.removed]
        added = [later.text[span.start : span.end] for span in version.added]
        yield {
            "address": later.address,
            "earlier": numbers[version.earlier],
            "later": numbers[version.later],
            "captured": [earlier.captured, later.captured],
            "taken out": f"− {' … '.join(removed)}",
            "put in": f"+ {' … '.join(added)}",
            "order": "" if version.dated else "not recorded",
            "removed": removed,
            "removed_offsets": " ".join(f"{span.start}:{span.end}" for span in version.removed),
            "added": added,
            "added_offsets": " ".join(f"{span.start}:{span.end}" for span in version.added),
        }


def _spellings(case: Case, words: str) -> set[str]:
    wanted = words.casefold().split()
    return {
        spelling
        for voice in case.voices
        if any(all(word in one.casefold() for word in wanted) for one in voice.spellings)
        for spelling in voice.spellings
    }


def matches(case: Case, words: str) -> bool:
    """Whether a voice has these words in its name or in a spelling of it."""
    return bool(_spellings(case, words))


def _sentence(findings: Findings, claim: Claim) -> int:
    """The sentence in which a claim begins, counted from 1 as the dossier counts; 0 where there are no sentences."""
    return bisect_right(sorted(sentence.start for sentence in findings.sentences), claim.content[0].start)


def _claim(report: Report, claim: Claim, said: Attribution | None) -> Row:
    """`said` is its attribution; what reporters say in their own voice has none, and no probabilities."""
    place = locate(report.pages, claim.content[0].start)
    says = (claim.stance, claim.certainty if claim.certainty not in {"certain", "unknown"} else "")
    marks = (*says, "concluded" if claim.inferred else "", "unsure" if said and said.unsure else "")
    return {
        "claim_id": claim.id,
        "report": report.id,
        "publisher": report.publisher,
        "published": report.published,
        "address": report.address,
        "voice": claim.chain[-1].voice if claim.chain else report.publisher,
        "chain": in_words(claim.chain, ARROW),
        "own_voice": claim.attribution is None,
        "inferred": claim.inferred,
        "stance": claim.stance,
        "polarity": claim.polarity,
        "certainty": claim.certainty,
        "weakest_certainty": weakest(claim.chain),
        "when": report.published[:10],
        "says": ", ".join(mark for mark in marks if mark),
        "claim": " … ".join(report.text[span.start : span.end] for span in claim.content),
        "offsets": " ".join(f"{span.start}:{span.end}" for span in claim.content),
        "page": place[0] if place else None,
        "line": place[1] if place else None,
        "attribution": claim.attribution,
        "probability": said.probability if said else None,
        "chain_probability": said.chain_probability if said else None,
        "unsure": said.unsure if said else None,
    }
