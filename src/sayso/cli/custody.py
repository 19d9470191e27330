"""The commands about how a case is kept: `verify`, `log`, `delete`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.group import DONE, NOT_ALL_READ, Command, commands
from sayso.kit import WrongUse

if TYPE_CHECKING:
    from sayso.exchange import ExportCheck
    from sayso.workspace import Check


@commands.command(
    cls=Command,
    epilog="""sayso verify harbour.case
    sayso verify harbour.case --against 214:9f3c…
    sayso verify for-others.json""",
)
@options.given_case
@click.option(
    "--against",
    metavar="HEAD",
    help="A head that you kept (NUMBER:HASH, or a file with it): finds a history that was rewritten since.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing if all holds.")
def verify(case: Path, against: str | None, *, quiet: bool) -> int:
    """Walk the log of a case, hash all files and texts again, and check every span.

    Exit status 1 if something does not hold; the first break is named first. The head that is printed stands for all
    that is in the log. Keep it in another place: `--against` it, nobody can rewrite the case unseen.

    Of an export as JSON, in the place of CASE, it checks what that shows by itself, and says if it is redacted.
    """
    from sayso import workspace
    from sayso.cli import screen

    if case.suffix == ".json" and case.is_file():
        if against is not None:
            raise WrongUse("--against is for a case: an export has no log.")
        return _tell_export(workspace.verify_export(case), quiet=quiet)
    with screen.progress(quiet=quiet) as step:
        check = workspace.verify(case, step, against=against)
    status = _tell_check(check, quiet=quiet)
    if status == DONE and not quiet:
        screen.say_lapsed(workspace.lapsed(workspace.load(case)))
    return status


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


def _confirmed(question: str) -> bool:
    """Whether the answer is yes. No answer is none."""
    try:
        return click.confirm(question, err=True)
    except click.Abort:
        click.echo(err=True)
        return False


@commands.command(
    cls=Command,
    epilog="""sayso delete harbour.case minutes.pdf --reason "asked for by the source"
    sayso delete harbour.case 4f1c09aa --reason "court order of 3 May" --yes""",
)
@options.given_case
@click.argument("files", nargs=-1, required=True, metavar="FILES...")
@click.option("--reason", required=True, metavar="TEXT", help="Why. It stays in the log for good.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def delete(case: Path, files: tuple[str, ...], reason: str, *, yes: bool) -> int:
    """Take files out of a case for good, with all that was found in them.

    FILES are names as the dossier and the log have them, or the first digits of their hashes. The bytes, texts and
    findings are overwritten. That it was done, when, by whom and why stays in the log. Copies outside the case are
    yours to find.
    """
    from sayso import workspace
    from sayso.cli import screen

    found, reports = workspace.files_named(case, files)
    for one in found:
        screen.say(f"{one.name}, {one.size} bytes, {one.sha256[:16]}…")
    what = f"{screen.count(len(found), 'file')} with {screen.count(reports, 'report')}"
    if not yes and not _confirmed(f"Delete {what} for good?"):
        screen.say("Nothing was deleted.")
        return DONE
    gone = workspace.delete(case, found, reason=reason)
    judged = f" and {screen.count(gone.judgements, 'judgement')}" if gone.judgements else ""
    screen.say(f"Deleted: {screen.count(gone.files, 'file')}, {screen.count(gone.reports, 'report')}{judged}.")
    screen.say("Dossiers and exports that you made before still hold it. Reading the file again would add it again.")
    return DONE


def _tell_export(check: ExportCheck, *, quiet: bool) -> int:
    from sayso.cli import screen

    if check.is_redacted:
        screen.say(
            f"REDACTED: names were replaced by pseudonyms, in the texts of {check.redacted} of {check.reports} "
            "reports. The hashes of their originals are kept with the case: nothing here shows that the rest of them "
            "is as it was."
        )
    counts = f"{screen.count(check.reports - check.redacted, 'text')}, {screen.count(check.spans, 'span')}"
    for number, one in enumerate(check.breaks):
        screen.say(f"{'Break' if number else 'First break'}: {one}")
    if not check.breaks and not quiet:
        click.echo(f"All holds that an export shows by itself: {counts}.")
    return NOT_ALL_READ if check.breaks else DONE


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
