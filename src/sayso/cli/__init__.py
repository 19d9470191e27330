"""The command line. It talks to `workspace` alone.

Exit status: 0 done; 1 done, but something could not be read (each named with its reason, on standard error), or
`verify` found a break, or nobody took the output; 2 wrong use, such as no reports at all; 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from sayso import __version__
from sayso.cli import options
from sayso.kit import SaysoError, WrongUse

if TYPE_CHECKING:
    from sayso.model import Case
    from sayso.workspace import Added, Check, Format

DONE, NOT_ALL_READ, WRONG_USE, STOPPED = 0, 1, 2, 130


def main() -> None:
    """Run the command line and end the process with its status. Nobody sees a traceback for a mistake of their own."""
    try:
        status = commands.main(prog_name="sayso", standalone_mode=False) or DONE
        sys.stdout.flush()
    except click.ClickException as problem:
        problem.show()
        status = WRONG_USE
    except SaysoError as problem:
        click.echo(f"sayso: {problem}", err=True)
        status = WRONG_USE
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nStopped. What was read is kept; the same command goes on from there.", err=True)
        status = STOPPED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that the last flush does not fail too
        status = NOT_ALL_READ
    sys.exit(status)


class _Command(click.Command):
    """A command whose help ends with examples, one to a line: "COMMAND  # what it does"."""

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Examples"):
            for line in (self.epilog or "").strip().splitlines():
                formatter.write_text(line.strip())


class _Group(click.Group):
    """Commands in the order in which one needs them, not in that of the alphabet."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return list(self.commands)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", message="sayso %(version)s")
def commands() -> None:
    """Say for every claim in a set of reports who says so, and on whose word.

    Begin with `sayso demo`, or with `sayso dossier REPORTS`.

    REPORTS are files, folders, patterns, or - for standard input: text, Markdown, HTML, JSON Lines or CSV of
    articles; any of them gzipped. A CASE is a folder that keeps reports and what was read in
    them. Nothing leaves this machine.

    Exit status: 0 done; 1 done, but something could not be read (each named, with the reason); 2 wrong use.
    """


@commands.command(
    cls=_Command,
    epilog="""sayso dossier reports/
    sayso dossier reports/ more.jsonl.gz --field text=content --field publisher=source
    sayso dossier wire.txt --publisher "North Gazette" --published 2031-05-02 -o wire.html""",
)
@options.reports()
@options.output("Where to write the dossier. A file of that name is replaced.", default="dossier.html")
@options.case(follows="dossier.case")
@click.option("--title", metavar="TEXT", help="What stands above the dossier. Default: the name of the case.")
@options.reading
@click.pass_context
def dossier(
    context: click.Context, /, reports: tuple[str, ...], output: Path, case: Path | None, title: str | None, **_: object
) -> int:
    """Read reports and write up who says what: one HTML file.

    The file needs nothing else, opens offline and prints. Reports that are in the case already are written up too, and
    are not read again.
    """
    return _write_up(reports, _Page(output, case, title), options.of(context))


@commands.command(
    cls=_Command,
    epilog="""sayso read reports/ --case harbour.case
    zcat articles.jsonl.gz | sayso read - --case harbour.case --field text=content""",
)
@options.reports()
@options.case()
@options.reading
@click.pass_context
def read(context: click.Context, /, reports: tuple[str, ...], case: Path, **_: object) -> int:
    """Add reports to a case; only what is new is read."""
    how = options.of(context)
    added = _add(reports, case, how)
    if not how.quiet:
        _sum_up(added, case)
    return _status(added)


@commands.command(
    cls=_Command,
    epilog="""sayso claims harbour.case
    sayso claims harbour.case --voice "harbour master"
    sayso claims harbour.case --format csv > claims.csv""",
)
@options.given_case
@click.option("--voice", metavar="WORDS", help="Only claims in whose chain a voice has these words in its name.")
@click.option("--own", is_flag=True, help="Also what the reporters say in their own voice.")
@options.form
def claims(case: Path, voice: str | None, form: str, *, own: bool) -> int:
    """List what is said, by whom, and through whom.

    "unsure" under "says": who said it, and through whom, may well be wrong. Read the sentence before you rest anything
    on it.
    """
    from sayso.cli import screen, tables

    opened = _load(case)
    if voice is not None and not tables.matches(opened, voice):
        screen.say("No voice has these words.")
    rows = tables.claims(opened, voice=voice, own=own)
    screen.show(form, tables.CLAIM_COLUMNS[form == "table"], rows, widths=tables.CLAIM_WIDTHS)
    return DONE


@commands.command(
    cls=_Command,
    epilog="""sayso voices harbour.case
    sayso voices harbour.case --format json""",
)
@options.given_case
@options.form
def voices(case: Path, form: str) -> int:
    """List who speaks, how often, and under which spellings.

    Under "unsure": in how many of these passages who speaks, or through whom, may well be wrong.
    """
    from sayso.cli import screen, tables

    rows = tables.voices(_load(case))
    screen.show(form, tables.VOICE_COLUMNS[form == "table"], rows, widths=tables.VOICE_WIDTHS)
    return DONE


@commands.command(
    cls=_Command,
    epilog="""sayso versions harbour.case
    sayso versions harbour.case --format json""",
)
@options.given_case
@options.form
def versions(case: Path, form: str) -> int:
    """List the addresses whose text changed from one time to the next, and what changed.

    A page that was saved or fetched again is a report of its own; the earlier one stays. The numbers of reports are
    those of the dossier.
    """
    from sayso.cli import screen, tables

    rows = list(tables.versions(_load(case)))
    if not rows and form == "table":
        screen.say("No address in this case has two texts.")
        return DONE
    screen.show(form, tables.VERSION_COLUMNS[form == "table"], rows, widths=tables.VERSION_WIDTHS)
    return DONE


@commands.command(
    cls=_Command,
    epilog="""sayso export harbour.case --format chains > chains.jsonl
    sayso export harbour.case --format csv -o claims.csv""",
)
@options.given_case
@click.option(
    "--format",
    "form",
    type=click.Choice(("chains", "json", "csv")),
    required=True,
    help="chains: JSON Lines, one object a report. json: everything. csv: one row an attribution.",
)
@click.option("--text", is_flag=True, help="Put the reports' texts into chains. (json always has them.)")
@options.output("Default: standard output.")
def export(case: Path, form: Format, output: Path | None, *, text: bool) -> int:
    """Write the case in a form for other programs."""
    from sayso import workspace

    if output:
        workspace.refuse_bad_place(output)
    written = workspace.export(_load(case), form, with_text=text)
    if output:
        workspace.write(written, output)
    else:
        click.echo(written.encode(errors="backslashreplace"), nl=False)
    return DONE


@commands.command(cls=_Command, epilog="sayso verify harbour.case")
@options.given_case
@click.option("-q", "--quiet", is_flag=True, help="Say nothing if all holds.")
def verify(case: Path, *, quiet: bool) -> int:
    """Hash all files and texts of a case again, and check every span.

    Exit status 1 if something does not hold; the first break is named first.
    """
    from sayso import workspace
    from sayso.cli import screen

    with screen.progress(quiet=quiet) as step:
        check = workspace.verify(case, step)
    return _tell_check(check, quiet=quiet)


@commands.command(
    cls=_Command,
    epilog="""sayso demo
    sayso demo -o try.html --case try.case""",
)
@options.output("Where to write the dossier.", default="demo.html")
@options.case(follows="demo.case")
@options.reading_example
@click.pass_context
def demo(context: click.Context, /, output: Path, case: Path | None, **_: object) -> int:
    """Read an invented case that comes with sayso, and write its dossier."""
    from sayso import workspace

    return _write_up((str(workspace.example()),), _Page(output, case, None), options.of(context))


@commands.command(
    cls=_Command,
    epilog="""eval "$(sayso completion bash)"
    sayso completion fish > ~/.config/fish/completions/sayso.fish""",
)
@click.argument("shell", type=click.Choice(("bash", "zsh", "fish")))
def completion(shell: str) -> int:
    """Print what makes the shell complete sayso's commands and options with the tab key."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is None:
        raise click.BadParameter(shell)
    click.echo(found(commands, {}, "sayso", "_SAYSO_COMPLETE").source())
    return DONE


class _Page(NamedTuple):
    """The dossier that is asked for. None where the user leaves the choice to the program."""

    output: Path
    case: Path | None
    title: str | None


def _write_up(reports: tuple[str, ...], page: _Page, how: options.Reading) -> int:
    from sayso import workspace
    from sayso.cli import screen

    workspace.refuse_bad_place(page.output)
    case = page.case or page.output.with_suffix(".case")
    if case == page.output:
        raise WrongUse(f"{case}: the case goes by this name already. Name another file with -o.")
    added = _add(reports, case, how)
    if not added.reports:
        screen.say("No report could be read, so there is no dossier.")
        return NOT_ALL_READ
    title = _title(case) if page.title is None else page.title
    written = workspace.refresh_dossier(case, page.output, also=added.failures, title=title)
    if not how.quiet:
        _sum_up(added, case)
        if added.others:
            held = f"The case held {screen.count(added.others, 'other report')} before"
            advice = "" if page.case else " For a case of its own use --case."
            screen.say(f"{held}; the dossier shows all {added.reports}.{advice}")
        screen.say(f"The dossier: {page.output}" if written else f"The dossier is as it was: {page.output}")
    return _status(added)


def _title(case: Path) -> str:
    """The case's own name; "" for the default one, which says nothing."""
    name = case.absolute().name.removesuffix(".case")
    return "" if name == "dossier" else name


def _add(reports: tuple[str, ...], case: Path, how: options.Reading) -> Added:
    from sayso import workspace
    from sayso.cli import screen

    settings = workspace.Settings(fields=how.fields, publisher=how.publisher, published=how.published)
    reader = workspace.default_reader(how.limit) if how.limit else workspace.default_reader()
    with screen.progress(quiet=how.quiet) as step:
        processes = how.processes or workspace.cores()
        added = workspace.add(case, reports, settings=settings, reader=reader, processes=processes, step=step)
    for caveat in added.failures:
        screen.say(screen.caveat_line(caveat))
    if not how.quiet:
        for line in screen.remark_lines(added.remarks):
            screen.say(line)
    return added


def _sum_up(added: Added, case: Path) -> None:
    from sayso.cli import screen

    parts = [f"{screen.count(added.reports, 'report')} in {case}: {added.new} new, {added.read} read now."]
    if before := added.reports - added.new:
        parts.append(f"{before} {'was' if before == 1 else 'were'} in it before.")
    if added.failures:
        parts.append("What could not be read is named above.")
    screen.say(" ".join(parts))
    if added.filled:
        which = screen.count(added.filled, "report")
        screen.say(
            f"Recorded as given, for {which} read before: a publisher or date that was missing or only proposed."
        )
    if added.kept_own:
        which = screen.count(added.kept_own, "report")
        screen.say(f"Not used for {which}: a publisher or date that you gave, where the report records another.")
    if added.versions:
        which = "a new report has" if added.versions == 1 else f"{added.versions} new reports have"
        screen.say(f"Of the same address as {which}, the case holds another version. Compare: sayso versions {case}")


def _status(added: Added) -> int:
    return NOT_ALL_READ if added.failures else DONE


def _load(case: Path) -> Case:
    from sayso import workspace

    return workspace.load(case)


def _tell_check(check: Check, *, quiet: bool) -> int:
    from sayso.cli import screen

    counts = (
        f"{screen.count(check.files, 'file')}, {screen.count(check.texts, 'text')}, "
        f"{screen.count(check.spans, 'span')} in {screen.count(check.findings, 'report')} read"
    )
    if not check.breaks:
        if not quiet:
            click.echo(f"All holds: {counts}.")
        return DONE
    for number, one in enumerate(check.breaks):
        screen.say(f"{'First break' if number == 0 else 'Break'}: {one.where}: {one.message}")
    click.echo(f"{screen.count(len(check.breaks), 'break')}; checked {counts}.", err=True)
    return NOT_ALL_READ
