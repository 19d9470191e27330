"""The command `tolls`: how many were killed, injured, missing, detained, as the reports tell it, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import click

from sayso.cli import options
from sayso.cli.group import DONE, Command, commands
from sayso.cli.marks import OWN_VOICE, UNSURE, unsure_claims
from sayso.cli.timeline import chosen
from sayso.model import Case, Fate, Figure, Toll

COLUMNS = {
    True: ("incident", "fate", "low", "best", "high", "minimum", "origins", "who says so"),
    False: (
        "id", "incident_id", "incident", "fate", "low", "best", "high", "minimum", "open", "origins", "attackers",
        "figures",
    ),
}  # fmt: skip
"""Columns of the table for people, and those for programs."""

FIGURE_COLUMNS = {
    True: ("incident", "fate", "figure", "of", "who says so", "words", "published", "counts"),
    False: (
        "id", "toll", "incident_id", "incident", "fate", "low", "high", "scope", "basis", "speaker", "origin", "words",
        "published", "superseded", "far", "unsure", "reports", "claims",
    ),
}  # fmt: skip

WIDTHS = {False: {"incident": 3, "who says so": 6}, True: {"incident": 3, "who says so": 3, "words": 4}}
"""Of the table of tolls, and of that of figures."""

SHOWN = 4
"""Figures that the table shows of each toll."""


@commands.command(
    cls=Command,
    epilog="""sayso tolls harbour.case
    sayso tolls harbour.case --fate killed --figures
    sayso tolls harbour.case --as-of 2031-04-12
    sayso tolls harbour.case --figures --format csv > figures.csv""",
)
@options.given_case
@click.option("--fate", type=click.Choice(get_args(Fate)), metavar="FATE", help="killed, injured, missing or detained.")
@click.option("--incident", metavar="WHICH", help="Only one incident: its number in `sayso incidents`, or its name.")
@click.option("--figures", is_flag=True, help="Every figure with who gives it, not one line a toll.")
@options.as_of
@options.form
def tolls(case: Path, fate: str | None, incident: str | None, as_of: date | None, form: str, *, figures: bool) -> int:
    """List how many were killed, injured, missing and detained in each incident, as the reports tell it.

    Low, best, high: the lowest and highest of the last figures of independent origins, and the number that most of
    them can agree on, of equals the lower (as UCDP does). Minimum: the most conservative figure (as ACLED does). An
    origin is who a figure rests on; reports that only echo another have none of their own. Nothing says that it is so.
    "at least" a number: people told of singly, or a lower bound; "about" a number counts as the range that it may mean.
    With --figures, "(unsure)": who gives the figure may well be read wrong.
    """
    from sayso.cli import screen

    opened = options.opened(case, as_of)
    wanted = None if incident is None else {one.id for one in chosen(opened.incidents, incident)}
    found = [one for one in opened.tolls if fate in {None, one.fate} and (wanted is None or one.incident in wanted)]
    if not found and form == "table":
        screen.say("No toll.")
        return DONE
    columns = (FIGURE_COLUMNS if figures else COLUMNS)[form == "table"]
    told = figure_rows(opened, found, form) if figures else rows(opened, found, form)
    screen.show(form, columns, told, widths=WIDTHS[figures])
    return DONE


def rows(case: Case, found: Iterable[Toll], form: str) -> Iterator[dict[str, object]]:
    """One row a toll."""
    names = {one.id: one.name for one in case.incidents}
    for one in found:
        row: dict[str, object] = {
            "id": one.id,
            "incident_id": one.incident,
            "incident": names[one.incident],
            "fate": one.fate,
            "low": one.low,
            "best": one.best,
            "high": one.high,
            "minimum": one.minimum,
            "open": one.open,
            "origins": one.origins,
            "attackers": one.attackers,
            "figures": [figure.id for figure in one.figures],
        }
        shown = {
            "low": f"{one.low:g}",
            "best": f"{one.best:g}",
            "high": f"{one.high:g}{' or more' * one.open}",
            "minimum": f"{one.minimum:g}",
            "who says so": _who(one),
        }
        yield {**row, **shown} if form == "table" else row


def figure_rows(case: Case, found: Iterable[Toll], form: str) -> Iterator[dict[str, object]]:
    """One row a figure, toll by toll."""
    names = {one.id: one.name for one in case.incidents}
    own = {claim.id for one in case.findings for claim in one.claims if not claim.attribution}
    faint = unsure_claims(case)
    for toll in found:
        for one in toll.figures:
            claims = list(dict.fromkeys(given.claim for given in one.given))
            unsure, is_own = (bool(claims) and kind.issuperset(claims) for kind in (faint, own))
            row: dict[str, object] = {
                "id": one.id,
                "toll": toll.id,
                "incident_id": toll.incident,
                "incident": names[toll.incident],
                "fate": toll.fate,
                "low": one.low,
                "high": one.high,
                "scope": one.scope,
                "basis": one.basis,
                "speaker": one.speaker,
                "origin": one.origin,
                "words": one.words,
                "published": one.published,
                "superseded": one.superseded,
                "far": one.far,
                "reports": list(dict.fromkeys(given.report for given in one.given)),
                "claims": claims,
                "unsure": unsure,
            }
            shown = {
                "figure": in_words(one),
                "of": one.scope or "all",
                "who says so": f"{one.speaker}{UNSURE * unsure}{OWN_VOICE * is_own}",
                "published": one.published[:10],
                "counts": _counts(one),
            }
            yield {**row, **shown} if form == "table" else row


def in_words(one: Figure) -> str:
    """A figure in a few words.

    >>> from dataclasses import replace
    >>> figure = Figure("f", "v", "the coroner", 20, 30, "20 to 30", "number", ())
    >>> in_words(figure), in_words(replace(figure, high=20)), in_words(replace(figure, high=None))
    ('20 to 30', '20', 'at least 20')
    """
    if one.high is None:
        return f"at least {one.low:g}"
    return f"{one.low:g}" if one.low == one.high else f"{one.low:g} to {one.high:g}"


def _counts(one: Figure) -> str:
    if one.superseded:
        return "no: a later one"
    return "no: of some" if one.scope else "no: far from the others" if one.far else "yes"


def _who(toll: Toll) -> str:
    """The last figures with those who give them: "23: the coroner, the ministry; at least 11: hospital staff"."""
    by_number: dict[str, list[str]] = {}
    for one in toll.figures:
        if _counts(one) == "yes":
            speakers = by_number.setdefault(in_words(one), [])
            speakers += [one.speaker] * (one.speaker not in speakers)
    ranked = sorted(by_number.items(), key=lambda pair: -len(pair[1]))
    told = [f"{number}: {', '.join(speakers[:SHOWN])}" for number, speakers in ranked[:SHOWN]]
    return "; ".join(told) + (f"; {len(ranked) - SHOWN} more" if len(ranked) > SHOWN else "")
