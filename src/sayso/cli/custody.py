"""The commands about how a case is kept: `verify`, `log`, `delete`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.group import DONE, NOT_ALL_READ, Command, commands

if TYPE_CHECKING:
    from sayso.workspace import Check


@commands.command(
    cls=Command,
    epilog="""sayso verify harbour.case
    sayso verify harbour.case --against 214:9f3c…""",
)
@options.given_case
@click.option(
    "--against",
    default="",
    metavar="HEAD",
    help="A head that you kept (NUMBER:HASH, or a file with it): finds a history that was rewritten since.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing if all holds.")
def verify(case: Path, against: str, *, quiet: bool) -> int:
    """Walk the log of a case, hash all files and texts again, and check every span.

    Exit status 1 if something does not hold; the first break is named first. The head that is printed stands for all
    that is in the log. Keep it in another place: `--against` it, nobody can rewrite the case unseen.
    """
    from sayso import workspace
    from sayso.cli import screen

    with screen.progress(quiet=quiet) as step:
        check = workspace.verify(case, step, against=against)
    return _tell_check(check, quiet=quiet)


@commands.command(
    cls=Command,
    epilog="""sayso log harbour.case
    sayso log harbour.case --head > harbour.head
    sayso log harbour.case --format jsonl""",
)
@options.given_case
@click.option("--head", is_flag=True, help="Print only the head, NUMBER:HASH, to be kept elsewhere.")
@options.form
def log(case: Path, form: str, *, head: bool) -> int:
    """List who did what to a case, when, and with which version.

    Every entry is hashed with the one before, so that none can be changed, left out or put in without a trace.
    """
    from sayso import workspace
    from sayso.cli import screen, tables

    if head:
        click.echo(workspace.head(case))
    else:
        screen.show(form, tables.LOG_COLUMNS[form == "table"], tables.entries(workspace.history(case)),
                    widths=tables.LOG_WIDTHS)  # fmt: skip
    return DONE


def _tell_check(check: Check, *, quiet: bool) -> int:
    from sayso.cli import screen

    counts = (
        f"{screen.count(check.files, 'file')}, {screen.count(check.texts, 'text')}, "
        f"{screen.count(check.spans, 'span')} in {screen.count(check.findings, 'report')} read"
    )
    if not check.breaks:
        if not quiet:
            click.echo(f"All holds: {counts}, {screen.count(check.entries, 'entry', 'entries')} of the log.")
            click.echo(f"Head of the log: {check.head}")
            if check.unrecorded:
                which = screen.count(check.unrecorded, "file")
                click.echo(f"Kept by a run that was cut off, and not yet recorded: {which}. Read them again.", err=True)
        return DONE
    for number, one in enumerate(check.breaks):
        screen.say(f"{'First break' if number == 0 else 'Break'}: {one.where}: {one.message}")
    click.echo(f"{screen.count(len(check.breaks), 'break')}; checked {counts}.", err=True)
    return NOT_ALL_READ
