"""The command `accounts`: who is held responsible by whom, who is in what legal state, whose words are whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click

from sayso.cli import options
from sayso.cli.group import DONE, Command, commands
from sayso.cli.marks import UNSURE, unsure_claims
from sayso.cli.timeline import chosen, days
from sayso.kit import in_words
from sayso.model import Accounts, Case, Claim, ContestedWords, LegalStatus, Report, Responsibility, Slot, Span, WordUse

Row = dict[str, object]

_PLACE = ("report", "publisher", "published", "claim", "chain", "unsure", "words", "offsets")
COLUMNS = {
    ("responsibility", True): ("of whom", "what is said", "who says so", "stake", "in the words", "incident"),
    ("responsibility", False): (
        "incident_id", "incident", "name", "entity", "kind", "part", "certainty", "speaker", "voice", "stake", *_PLACE,
    ),
    ("status", True): ("of whom", "what is said", "when", "who says so", "in the words"),
    ("status", False): (
        "incident_id", "incident", "name", "entity", "status", "is_so", "certainty", "earliest", "latest", "speaker",
        "voice", *_PLACE,
    ),
    ("wording", True): ("of what", "word", "commits to", "who says so", "whose word", "times", "in the words"),
    ("wording", False): (
        "incident_id", "incident", "group", "name", "entity", "word", "sense", "said", "speaker", "voice", *_PLACE,
    ),
}  # fmt: skip
"""Columns of each ledger, for people (True) and for programs."""

WIDTHS = {
    "responsibility": {
        "of whom": 4, "what is said": 3, "who says so": 5, "stake": 4, "in the words": 7, "incident": 3,
    },
    "status": {"of whom": 2, "who says so": 3, "in the words": 4},
    "wording": {"of what": 2, "who says so": 3, "in the words": 4},
}  # fmt: skip

SAID = {
    "claimed": "did it, by their own word",
    "denied": "denied it",
    "accused": "accused",
    "suspected": "suspected",
    "ordered": "said to have ordered it",
    "helped": "said to have helped",
    "cleared": "said to have no part",
}
PARTS: dict[Slot, str] = {"ordered_by": "the order", "complicity": "help"}
STAKES = {
    "self": "is the one spoken of",
    "same side": "speaks for them",
    "accused": "held responsible by others",
    "party": "party to the dispute",
    "victim": "victim",
    "": "none known",
}
CONTEXT = 60
"""Code points to either side of the words that the table shows."""


@commands.command(
    cls=Command,
    epilog="""sayso accounts harbour.case
    sayso accounts harbour.case --kind status
    sayso accounts harbour.case --kind wording --incident fire
    sayso accounts harbour.case --as-of 2031-04-12 --format csv > responsibility.csv""",
)
@options.given_case
@click.option(
    "--kind",
    type=click.Choice(("responsibility", "status", "wording")),
    default="responsibility",
    show_default=True,
    help="Who is held responsible; who is charged, convicted, cleared …; by which words each voice calls it.",
)
@click.option(
    "--incident",
    metavar="WHICH",
    help="Only of this one: its number in `sayso incidents`, words of its name, or the first letters of its id.",
)
@options.as_of
@options.form
def accounts(case: Path, kind: str, incident: str | None, as_of: date | None, form: str) -> int:
    """List who is held responsible by whom, who is in what legal state, or whose words are whose.

    Every line is what somebody says, with the whole chain: nothing says that it is so. "(unsure)": the chain may well
    be read wrong. Lines without it can be wrong too: read the sentence. Under "stake": what the speaker has to do with
    it, as far as the reports tell. Under "whose word": a word that is only reported may be the
    reporter's own.
    """
    from sayso import workspace
    from sayso.cli import screen

    opened = options.opened(case, as_of)
    wanted = None if incident is None else frozenset(one.id for one in chosen(opened.incidents, incident))
    found = list(ledger_rows(opened, workspace.draw_up(opened), kind, form=form, wanted=wanted))
    if not found and form == "table":
        screen.say("Nothing of this is told.")
        return DONE
    screen.show(form, COLUMNS[kind, form == "table"], found, widths=WIDTHS[kind])
    return DONE


def ledger_rows(
    case: Case, drawn: Accounts, kind: str, *, form: str, wanted: frozenset[str] | None = None
) -> Iterator[Row]:
    """The rows of one ledger, of all incidents or of those that are wanted."""

    def is_in(one: Responsibility | LegalStatus | ContestedWords) -> bool:
        return wanted is None or one.incident in wanted

    if kind == "responsibility":
        return responsibility_rows(case, filter(is_in, drawn.responsibilities))
    if kind == "status":
        return status_rows(case, filter(is_in, drawn.statuses))
    return (wording_table if form == "table" else wording_rows)(case, filter(is_in, drawn.contested))


class _Places:
    """The case, for telling where words stand and through whom they came."""

    def __init__(self, case: Case) -> None:
        self.reports: dict[str, Report] = {one.id: one for one in case.reports}
        self.claims: dict[str, Claim] = {claim.id: claim for one in case.findings for claim in one.claims}
        self.names = {one.id: one.name for one in case.incidents}
        self.unsure = unsure_claims(case)

    def of(self, incident: str, report: str, claim: str, *, speaker: str, span: Span) -> Row:
        """The columns that all ledgers share."""
        where, text = self.reports[report], self.reports[report].text
        around = text[max(0, span.start - CONTEXT) : span.end + CONTEXT]
        chain, unsure = self._chain(claim, speaker), claim in self.unsure
        return {
            "incident_id": incident,
            "incident": self.names.get(incident, ""),
            "report": report,
            "publisher": where.publisher,
            "published": where.published,
            "claim": claim,
            "chain": chain,
            "unsure": unsure,
            "who says so": f"{chain}{UNSURE * unsure}",
            "words": text[slice(*span)],
            "in the words": f"… {' '.join(around.split())} …",
            "offsets": f"{span.start}:{span.end}",
            "speaker": speaker,
        }

    def _chain(self, claim: str, speaker: str) -> str:
        """The chain up to the speaker: who is said to have given an order does not say so."""
        from sayso.cli.tables import ARROW

        if claim not in self.claims:
            return speaker
        links = self.claims[claim].chain
        last = next((at for at in range(len(links), 0, -1) if links[at - 1].voice == speaker), len(links))
        return in_words(links[:last], ARROW)


def responsibility_rows(case: Case, found: Iterable[Responsibility]) -> Iterator[Row]:
    """One row for each thing that a claim says of somebody."""
    places = _Places(case)
    for one in found:
        part = f" ({PARTS[one.slot]})" if one.slot in PARTS and one.kind not in {"ordered", "helped"} else ""
        hedge = f", {one.certainty}" if one.certainty in {"probable", "possible"} else ""
        yield {
            **places.of(one.incident, one.report, one.claim, speaker=one.speaker, span=one.span),
            "name": one.name,
            "of whom": one.name,
            "entity": one.entity or "",
            "kind": one.kind,
            "part": one.slot,
            "what is said": f"{SAID[one.kind]}{part}{hedge}",
            "certainty": one.certainty,
            "voice": one.voice or "",
            "stake": STAKES[one.stake],
        }


def status_rows(case: Case, found: Iterable[LegalStatus]) -> Iterator[Row]:
    """One row for each status that words give somebody."""
    places = _Places(case)
    for one in found:
        hedge = f", {one.certainty}" if one.certainty in {"probable", "possible"} else ""
        yield {
            **places.of(one.incident, one.report, one.claim, speaker=one.speaker, span=one.span),
            "name": one.name,
            "of whom": one.name,
            "entity": one.entity or "",
            "status": one.kind,
            "is_so": one.is_so,
            "what is said": f"{'' if one.is_so else 'not '}{one.kind}{hedge}",
            "certainty": one.certainty,
            "earliest": one.earliest,
            "latest": one.latest,
            "when": days(one.earliest, one.latest) if one.earliest or one.latest else "",
            "voice": one.voice or "",
        }


def wording_rows(case: Case, found: Iterable[ContestedWords]) -> Iterator[Row]:
    """One row for each place where a contested word stands."""
    places = _Places(case)
    for one in found:
        for use in one.uses:
            yield _use(places, one, use)


def wording_table(case: Case, found: Iterable[ContestedWords]) -> Iterator[Row]:
    """One row for each word of each voice, with the first place and how often it stands; words of a sense together."""
    places = _Places(case)
    for one in found:
        first: dict[tuple[str, str, str, str], WordUse] = {}
        for use in one.uses:
            first.setdefault((use.sense, use.word, use.speaker, use.said), use)
        times = Counter((use.sense, use.word, use.speaker, use.said) for use in one.uses)
        for key in sorted(times, key=lambda key: (key[0], key[1], -times[key], key)):
            yield {**_use(places, one, first[key]), "times": times[key]}


def _use(places: _Places, one: ContestedWords, use: WordUse) -> Row:
    return {
        **places.of(one.incident, use.report, use.claim, speaker=use.speaker, span=use.span),
        "group": one.group,
        "name": one.name,
        "of what": one.name,
        "entity": one.entity or "",
        "word": use.word,
        "sense": use.sense,
        "commits to": use.sense,
        "said": use.said,
        "whose word": use.said,
        "voice": use.voice or "",
    }
