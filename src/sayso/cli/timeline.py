"""The command `timeline`: when it happened, beside when it was said, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

import click

from sayso.cli import options
from sayso.cli.group import DONE, Command, commands
from sayso.kit import WrongUse, fold
from sayso.model import Case, Claim, Incident, Moment

COLUMNS = {
    True: ("when", "what", "who says so", "reports", "said", "incident"),
    False: (
        "id", "kind", "earliest", "latest", "clock", "words", "incident_id", "incident", "reports", "claims",
        "said_first", "said_last", "voices",
    ),
}  # fmt: skip
"""Columns of the table for people, and those for programs."""

WIDTHS = {"what": 6, "who says so": 3, "incident": 2}

MOST = 60
"""Lines that the table shows, those of which most reports tell; all of them with --all."""

SHOWN = 2
"""Voices that the table shows of each line."""

SHORTEST = 4
"""Digits from which on a number is no number of an incident, but a year in a name, or the beginning of an id."""

LISTED = 5
"""Incidents that are told to somebody who asked for one that is not there."""


@commands.command(
    cls=Command,
    epilog="""sayso timeline harbour.case
    sayso timeline harbour.case --as-of 2031-04-12
    sayso timeline harbour.case --incident 1
    sayso timeline harbour.case --incident "ferry fire" --all
    sayso timeline harbour.case --format csv > timeline.csv""",
)
@options.given_case
@click.option(
    "--incident",
    metavar="WHICH",
    help="Only what is told of it: its number in `sayso incidents`, words of its name, or the first letters of its id.",
)
@click.option("--all", "everything", is_flag=True, help=f"Every line, not only the {MOST} of which most reports tell.")
@options.as_of
@options.form
def timeline(case: Path, incident: str | None, as_of: date | None, form: str, *, everything: bool) -> int:
    """List when it happened beside when it was said, and who says so.

    A line is an incident, another event with a day of its own, or a statement whose day is told. Under "what": the
    words of one report, with those who say so beside them; nothing says that it is so. An incident for which reports
    give two days has a line for each. Under "said": when it was published, or said where the report tells that.
    """
    from sayso.cli import screen

    opened = options.opened(case, as_of)
    wanted = None if incident is None else {one.id for one in chosen(opened.incidents, incident)}
    found = [one for one in opened.moments if wanted is None or one.incident in wanted]
    if not found:
        screen.say("No line.")
        if form == "table":
            return DONE
    shown = found if everything or form != "table" else most_told(found, MOST)
    screen.show(form, COLUMNS[form == "table"], rows(opened, shown, form), widths=WIDTHS)
    if len(shown) < len(found):
        screen.say(f"{len(shown)} of {len(found)} lines, those of which most reports tell. The rest: --all.")
    return DONE


def chosen(incidents: Sequence[Incident], which: str) -> list[Incident]:
    """The incidents that are meant by a number, from 1, by words of a name, or by the beginning of an id.

    `WrongUse` where there is none, with what there is.
    """
    is_number = which.isdecimal() and len(which) < SHORTEST
    words = set(fold(which).split())
    found = [one for number, one in enumerate(incidents, 1) if is_number and number == int(which)]
    if not is_number and words:
        named = [one for one in incidents if words <= set(fold(one.name).split())]
        found = named or [one for one in incidents if one.id.startswith(which.casefold())]
    if found:
        return found
    listed = "; ".join(f"{number} {one.name}" for number, one in enumerate(incidents[:LISTED], 1))
    advice = f"There are: {listed}{' …' * (len(incidents) > LISTED)}." if listed else "The reports tell of no incident."
    raise WrongUse(f"No incident is called {which!r}. {advice}")


def most_told(moments: Sequence[Moment], most: int) -> list[Moment]:
    """Those of which most reports tell, an incident before others, in their order."""
    ranked = sorted(range(len(moments)), key=lambda at: (*_rank(moments[at]), at))[:most]
    return [moments[at] for at in sorted(ranked)]


def _rank(one: Moment) -> tuple[int, bool, int]:
    return -len({told.report for told in one.told}), one.kind != "incident", -len(one.told)


def rows(case: Case, found: Iterable[Moment], form: str) -> Iterator[dict[str, object]]:
    """One row a moment."""
    claims = {claim.id: claim for findings in case.findings for claim in findings.claims}
    names = {one.id: one.name for one in case.incidents}
    for one in found:
        by = _voices(one, claims)
        clocks = list(dict.fromkeys(told.clock for told in one.told if told.clock))
        reports = list(dict.fromkeys(told.report for told in one.told))
        said = sorted(day for told in one.told for day in (told.said_first, told.said_last) if day)
        row: dict[str, object] = {
            "id": one.id,
            "kind": one.kind,
            "earliest": one.earliest,
            "latest": one.latest,
            "clock": clocks,
            "words": one.words,
            "incident_id": one.incident or "",
            "incident": names.get(one.incident or "", ""),
            "reports": reports,
            "claims": [told.claim for told in one.told],
            "said_first": said[0] if said else "",
            "said_last": said[-1] if said else "",
            "voices": by,
        }
        shown = {
            "when": ", ".join([days(one.earliest, one.latest), *clocks[:1]]),
            "what": one.words,
            "who says so": ", ".join(by[:SHOWN]) + (f" and {len(by) - SHOWN} more" if len(by) > SHOWN else ""),
            "reports": len(reports),
            "said": days(said[0], said[-1]) if said else "not recorded",
        }
        yield {**row, **shown} if form == "table" else row


def days(earliest: str, latest: str) -> str:
    """Days in one cell: a day, a month or year, or a stretch.

    >>> days("2031-05-03", "2031-05-03"), days("2031-02-01", "2031-02-28"), days("2031-01-01", "2031-12-31")
    ('2031-05-03', '2031-02', '2031')
    >>> days("2031-05-03", "2031-05-09"), days("", "2031-05-09"), days("", "")
    ('2031-05-03 to 05-09', '2031-05-09 or before', 'not said')
    """
    if not earliest or not latest:
        return f"{earliest} or later" if earliest else f"{latest} or before" if latest else "not said"
    if earliest == latest:
        return earliest
    is_to_end = (date.fromisoformat(latest) + timedelta(1)).day == 1
    if earliest[:4] == latest[:4] and (earliest[5:], latest[5:]) == ("01-01", "12-31"):
        return earliest[:4]
    if earliest[:7] == latest[:7] and earliest.endswith("-01") and is_to_end:
        return earliest[:7]
    return f"{earliest} to {latest.removeprefix(earliest[:5])}"


def _voices(one: Moment, claims: dict[str, Claim]) -> list[str]:
    """Each once, by the last link of their chains; first the one whose words stand in the line."""
    return list(dict.fromkeys(claims[told.claim].chain[-1].voice for told in one.told if claims[told.claim].chain))
