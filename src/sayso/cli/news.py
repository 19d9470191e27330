"""The commands `new`, `silence`, `ask`: what reports add, who did not speak to a question, whom to ask next."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path

import click

from sayso.cli import options
from sayso.cli.group import DONE, Command, commands

ASKED = 7
"""Questions that are told."""

SHOWN = 6
"""Silent voices that are told of one question; all of them with --all."""


@commands.command(
    cls=Command,
    epilog="""sayso new harbour.case
    sayso new harbour.case --since 2031-04-14
    sayso new harbour.case --since courier-2031-04-15.html --brief
    sayso new harbour.case --format csv > new.csv""",
)
@options.given_case
@click.option(
    "--since", "first", metavar="DAY|REPORT", help="Only reports of that day or later, or behind that report."
)
@click.option("--brief", is_flag=True, help="One line a report.")
@options.as_of
@options.form
def new(case: Path, first: str | None, as_of: date | None, form: str, *, brief: bool) -> int:
    """Tell of each report what it adds to what was known before it.

    A report adds a question, an answer, a denial, or one more origin for what others said. It repeats what the same
    origin was heard with before: beside it stands in which report, and by what it has it from there. It contradicts
    where it is the first to give an answer in conflict with another, or to deny what another says, or the other way
    round; --format gives contradictions known before, too. Nothing says that any of it is so.

    Before it are reports that stand before it in the case: by day of publication, those of no day last. With --since
    all reports that are not asked for count as known. A REPORT is its number, file or id.
    """
    from sayso import workspace
    from sayso.cli import screen

    opened = options.opened(case, as_of)
    added = None if first is None else workspace.since(opened, first)
    found = workspace.news(opened, added)
    if form != "table":
        screen.show(form, workspace.NEWS_COLUMNS, workspace.news_rows(opened, found))
        return DONE
    if not found:
        screen.say("No report.")
    for title, summary, lines in workspace.news_in_full(opened, found):
        click.echo(screen.one_line(title))
        click.echo(f"  {screen.one_line(summary)}")
        for line in () if brief else lines:
            click.echo(f"    {' ' * (len(line) - len(line.lstrip()))}{screen.one_line(line)}")
    return DONE


@commands.command(
    cls=Command,
    epilog="""sayso silence harbour.case
    sayso silence harbour.case --disputed --all
    sayso silence harbour.case --as-of 2031-04-12
    sayso silence harbour.case --format csv > silence.csv""",
)
@options.given_case
@click.option("--disputed", is_flag=True, help="Only questions on which accounts conflict.")
@click.option("--all", "everything", is_flag=True, help=f"All silent voices, not only {SHOWN} a question.")
@options.as_of
@options.form
def silence(case: Path, as_of: date | None, form: str, *, disputed: bool, everything: bool) -> int:
    """Tell who did not speak to a question that others answered.

    Those are voices with a name and a part in the incident: others hold them responsible (accused), or they speak on
    other questions about it, as party, official, court, victim, witness, expert or institution. "declined": a report
    says that they would not answer. "not heard": nothing shows that anybody asked them. Silence proves nothing.
    """
    from sayso import workspace
    from sayso.cli import screen

    opened = options.opened(case, as_of)
    asked = {one.id for one in opened.questions if one.disputed or not disputed}
    found = [one for one in workspace.silences(opened) if one.question in asked]
    if form != "table":
        screen.show(form, workspace.SILENCE_COLUMNS, workspace.silence_rows(opened, found))
        return DONE
    if not found:
        screen.say("Nobody who speaks on one question is silent on another.")
    for number, (question, several) in enumerate(groupby(workspace.silence_lines(opened, found), lambda one: one[0])):
        lines = [line for _, line in several]
        shown = lines if everything else lines[:SHOWN]
        click.echo(("\n" if number else "") + screen.one_line(question))
        for line in shown:
            click.echo(f"  {screen.one_line(line)}")
        if len(shown) < len(lines):
            click.echo(f"  … and {len(lines) - len(shown)} more: --all")
    return DONE


@commands.command(
    cls=Command,
    epilog="""sayso ask harbour.case
    sayso ask harbour.case --most 3
    sayso ask harbour.case --assume interest.party=0.5
    sayso ask harbour.case --format csv > ask.csv""",
)
@options.given_case
@click.option(
    "--most", type=click.IntRange(1), default=ASKED, show_default=True, metavar="N", help="So many questions."
)
@click.option(
    "--assume", multiple=True, metavar="KEY=VALUE", help="Another assumption, as of `sayso weigh`. May be given again."
)
@options.as_of
@options.form
def ask(case: Path, most: int, assume: tuple[str, ...], as_of: date | None, form: str) -> int:
    """Tell which question to ask next, and whom: those first whose answer would change most.

    Asked are questions that are open: no answer leads, another is near it, or all who give the leading one may be one.
    For each, one more independent origin is let speak for every answer in turn, and against the leading one, and
    weighed as `sayso weigh` does. Named are voices with a part in the incident that did not speak to the question; one
    with something at stake changes less, and one that declined comes last.
    """
    from sayso import workspace
    from sayso.cli import screen

    opened = options.opened(case, as_of)
    found = workspace.ask(opened, assumptions=workspace.assume(assume))[:most]
    if form != "table":
        screen.show(form, workspace.ASK_COLUMNS, workspace.ask_rows(opened, found))
        return DONE
    if not found:
        screen.say("No question is open.")
    for number, line in enumerate(workspace.ask_lines(opened, found), 1):
        click.echo(screen.one_line(f"{number}. {line}"))
    return DONE
