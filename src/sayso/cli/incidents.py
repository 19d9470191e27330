"""The command `incidents`: what the reports tell of, when, where, and who is named as what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import click

from sayso.cli import options
from sayso.cli.group import DONE, Command, commands
from sayso.model import PERPETRATORS, Case, Incident

COLUMNS = {
    True: ("incident", "when", "reports", "claims", "where", "named", "why one"),
    False: (
        "id", "incident", "kind", "earliest", "latest", "where", "places", "reports", "events", "claims", "named",
        "reasons",
    ),
}  # fmt: skip
"""Columns of the table for people, and those for programs."""

WIDTHS = {"incident": 2, "where": 2, "named": 4, "why one": 5}

SHOWN = 3
"""Places, and names of a part, that the table shows of each incident; all of them with --about."""

MANY_REPORTS = 3
"""Reports of an incident from which a name that one alone gives is not listed but counted: it may be misread."""

PARTS = {
    "perpetrator": "as perpetrator",
    "perpetrator_group": "as group behind it",
    "victim": "as victim",
    "target": "as target",
    "weapon": "as weapon",
}


@commands.command(
    cls=Command,
    epilog="""sayso incidents harbour.case
    sayso incidents harbour.case --about "ferry fire"
    sayso incidents harbour.case --as-of 2031-04-12
    sayso incidents harbour.case --format csv > incidents.csv""",
)
@options.given_case
@click.option("--about", metavar="WORDS", help="Only those with these words in name, places or names; in full.")
@options.as_of
@options.form
def incidents(case: Path, about: str | None, as_of: date | None, form: str) -> int:
    """List what the reports tell of: each attack, crash or disappearance once, however many reports tell of it.

    Under "named": who and what the reports name in which part, as somebody's word. Whoever is named as a perpetrator
    is at most counted here: the dossier, and `sayso export --format json`, have each name with those who say so.
    Under "why one": why these events are taken for one incident.
    """
    from sayso.cli import screen

    opened = options.opened(case, as_of)
    found = [one for one in opened.incidents if about is None or matches(opened, one, about)]
    if not found:
        screen.say("No incident has these words." if about and opened.incidents else "The reports tell of no incident.")
        if form == "table":
            return DONE
    screen.show(
        form, COLUMNS[form == "table"], rows(opened, found, form, shown=None if about else SHOWN), widths=WIDTHS
    )
    if form == "table":
        screen.say(
            "Whoever is named in a part is named so by somebody. The dossier says by whom: sayso dossier --case CASE."
        )
    return DONE


def rows(case: Case, found: Iterable[Incident], form: str, *, shown: int | None) -> Iterator[dict[str, object]]:
    """One row an incident, in the order of the case; `shown` is the most places and names that a table gives."""
    names = {entity.id: entity.name for entity in case.entities}
    for one in found:
        places = [names[place] for place in one.places if place in names]
        reports = list(dict.fromkeys(report for report, _ in one.events))
        row: dict[str, object] = {
            "id": one.id,
            "incident": one.name,
            "kind": one.kind,
            "when": when(one),
            "earliest": one.earliest,
            "latest": one.latest,
            "where": places,
            "places": list(one.places),
            "reports": reports,
            "events": [list(event) for event in one.events],
            "claims": list(one.claims),
            "named": [[role, words, len(where)] for role, words, where in one.fillers if role not in PERPETRATORS],
            "reasons": list(one.reasons),
        }
        yield (
            row
            if form != "table"
            else {
                **row,
                "where": _some(places, shown),
                "reports": len(reports),
                "claims": len(one.claims),
                "named": _named(one, shown),
                "why one": " ".join(one.reasons),
            }
        )


def when(one: Incident) -> str:
    """The days it can have happened on, in words."""
    if one.earliest == one.latest:
        return one.earliest or "not said"
    if one.earliest and one.latest:
        return f"{one.earliest} to {one.latest}"
    return f"{one.earliest} or later" if one.earliest else f"{one.latest} or before"


def matches(case: Case, one: Incident, words: str) -> bool:
    """Whether all of these words are in the incident's name, places, names or reasons, whatever the case."""
    places = (entity for entity in case.entities if entity.id in one.places)
    told = [one.name, *one.reasons, *(name for role, name, _ in one.fillers if role not in PERPETRATORS)]
    told += [spelling for place in places for spelling in place.spellings]
    whole = "\n".join(told).casefold()
    return all(word in whole for word in words.casefold().split())


def _named(one: Incident, shown: int | None) -> str:
    """Who is named in which part. Whoever is named as a perpetrator is counted: a name stands beside its voice alone.

    In the short list of an incident of many reports, whom one alone names is counted too.
    """
    told_in = len({report for report, _ in one.events})
    by_part: Mapping[str, list[str]] = defaultdict(list)
    counted: Counter[str] = Counter()
    for role, words, where in one.fillers:
        is_alone = shown and told_in >= MANY_REPORTS and len({place.report for place in where}) == 1
        if role in PERPETRATORS or is_alone:
            counted[role] += 1
        else:
            by_part[role].append(words)
    parts = [role for role in PARTS if role in by_part or role in counted]
    return "; ".join(f"{PARTS[role]}: {_named_in(role, by_part[role], counted[role], shown)}" for role in parts)


def _named_in(role: str, words: list[str], counted: int, shown: int | None) -> str:
    only = "" if role in PERPETRATORS else " in one report only"
    return ", ".join(part for part in (_some(words, shown), f"{counted} named{only}" if counted else "") if part)


def _some(words: list[str], shown: int | None) -> str:
    more = len(words) - (shown or len(words))
    return ", ".join(words[:shown]) + (f" and {more} more" if more > 0 else "")
