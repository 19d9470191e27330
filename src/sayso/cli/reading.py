"""The commands that read reports: `dossier`, `read`, `demo`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

import click

from sayso.cli import options
from sayso.cli.group import DONE, NOT_ALL_READ, Command, commands
from sayso.kit import SaysoError, WrongUse

if TYPE_CHECKING:
    from sayso.model import Caveat
    from sayso.workspace import Added, Fetched


NEWS_SHOWN = 10
"""New reports of which is told what they add."""


@commands.command(
    cls=Command,
    epilog="""sayso dossier reports/
    sayso dossier reports/ more.jsonl.gz --field text=content --field publisher=source
    sayso dossier --case harbour.case -o harbour.html
    sayso dossier wire.txt --publisher "North Gazette" --published 2031-05-02 -o wire.html
    sayso dossier --case harbour.case -o harbour.md
    sayso dossier --case harbour.case --redact "Ilse Varn" --redact-list names.txt -o for-others.html""",
)
@options.reports(required=False)
@options.output("Where to write the dossier. A file of that name is replaced.", default="dossier.html")
@options.case(follows="dossier.case")
@click.option("--title", metavar="TEXT", help="What stands above the dossier. Default: the name of the case.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("html", "markdown")),
    help="Default: markdown where the name that -o gives ends with .md, else html.",
)
@options.redacted
@options.reading
@click.pass_context
def dossier(context: click.Context, /, reports: tuple[str, ...], output: Path, case: Path | None, **_: object) -> int:
    """Read reports and write up who says what: one HTML file, or Markdown.

    The file needs nothing else, opens offline and prints. Reports that are in the case already are written up too, and
    are not read again. Without REPORTS, it is a dossier of what the case holds.
    """
    said = context.params
    names = options.names_to_hide(said["redact"], said["redact_list"])
    form: Form = said["form"] or ("markdown" if output.suffix.lower() in MARKDOWN else "html")
    return _write_up(reports, _Page(output, case, said["title"], form, names), options.of(context))


@commands.command(
    cls=Command,
    epilog="""sayso read reports/ --case harbour.case
    zcat articles.jsonl.gz | sayso read - --case harbour.case --field text=content
    sayso read --fetch https://gazette.example/fire --case harbour.case""",
)
@options.reports(required=False)
@options.case()
@click.option(
    "--fetch",
    "urls",
    multiple=True,
    metavar="URL",
    help="Fetch this page, and keep what came as it came: the only thing that opens a connection. May be given "
    "several times.",
)
@options.reading
@click.pass_context
def read(context: click.Context, /, reports: tuple[str, ...], case: Path, urls: tuple[str, ...], **_: object) -> int:
    """Add reports to a case; only what is new is read."""
    if not reports and not urls:
        raise WrongUse("Name files or folders that hold reports, or pages with --fetch.")
    how = options.of(context)
    fetched, failed = _fetch(urls, quiet=how.quiet)
    if failed and not fetched and not reports:
        return NOT_ALL_READ
    added = _add(reports, case, how, fetched)
    if not how.quiet:
        _sum_up(added, case)
        _tell_news(added, case)
    return NOT_ALL_READ if failed else _status(added)


@commands.command(
    cls=Command,
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


Form = Literal["html", "markdown"]
MARKDOWN = frozenset({".md", ".markdown"})


class _Page(NamedTuple):
    """The dossier that is asked for. None where the user leaves the choice to the program."""

    output: Path
    case: Path | None
    title: str | None
    form: Form = "html"
    redact: tuple[str, ...] = ()


def _write_up(reports: tuple[str, ...], page: _Page, how: options.Reading) -> int:
    from sayso import workspace
    from sayso.cli import screen

    workspace.refuse_bad_place(page.output)
    case = page.case or page.output.with_suffix(".case")
    if case == page.output:
        raise WrongUse(f"{case}: the case goes by this name already. Name another file with -o.")
    title = _title(case) if page.title is None else page.title
    if not reports:
        if page.case is None:
            raise WrongUse("Name REPORTS, files or folders; or with --case a case that holds some.")
        _write(case, page, title)
        screen.say(f"The dossier: {page.output}")
        return DONE
    added = _add(reports, case, how)
    if not added.reports:
        screen.say("No report could be read, so there is no dossier.")
        return NOT_ALL_READ
    written = _write(case, page, title, also=added.failures)
    if not how.quiet:
        _sum_up(added, case)
        if added.others:
            held = f"The case held {screen.count(added.others, 'other report')} before"
            advice = "" if page.case else " For a case of its own use --case."
            screen.say(f"{held}; the dossier shows all {added.reports}.{advice}")
        screen.say(f"The dossier: {page.output}" if written else f"The dossier is as it was: {page.output}")
    return _status(added)


def _write(case: Path, page: _Page, title: str, *, also: tuple[Caveat, ...] = ()) -> bool:
    """Write the dossier; whether it was written, and not the same already."""
    from sayso import workspace
    from sayso.cli import screen

    if page.form == "html" and not page.redact:
        return workspace.refresh_dossier(case, page.output, also=also, title=title)
    whole = workspace.load(case, also=also)
    told = workspace.redact(whole, page.redact) if page.redact else whole
    written = workspace.write_dossier(told, page.output, title=title, form=page.form)
    if isinstance(told, workspace.Redaction):
        screen.say_redacted(told, written)
    return True


def _title(case: Path) -> str:
    """The case's own name; "" for the default one, which says nothing."""
    name = case.absolute().name.removesuffix(".case")
    return "" if name == "dossier" else name


def _fetch(urls: tuple[str, ...], *, quiet: bool) -> tuple[list[Fetched], bool]:
    """What came, and whether something did not. One page that cannot be fetched does not stop the others."""
    from sayso import workspace
    from sayso.cli import screen

    fetched, failed = [], False
    for url in urls:
        try:
            with screen.progress(quiet=quiet) as step:
                one = workspace.fetch(url, lambda received: step("bytes", received, 0))
        except SaysoError as problem:
            screen.say(str(problem))
            failed = True
        else:
            fetched.append(one)
            for note in one.notes:
                screen.say(note)
    return fetched, failed


def _add(reports: tuple[str, ...], case: Path, how: options.Reading, fetched: Sequence[Fetched] = ()) -> Added:
    from sayso import workspace
    from sayso.cli import screen

    settings = workspace.Settings(fields=how.fields, publisher=how.publisher, published=how.published)
    reader = workspace.default_reader(how.limit) if how.limit else workspace.default_reader()
    with screen.progress(quiet=how.quiet) as step:
        processes = how.processes or workspace.cores()
        paths: list[str | Path | Fetched] = [*reports, *fetched]
        added = workspace.add(case, paths, settings=settings, reader=reader, processes=processes, step=step)
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
    if added.repeated:
        which = screen.count(added.repeated, "report was", "reports were")
        screen.say(f"{which} met more than once: the same words from the same publisher, date and address. Taken once.")
    if added.versions:
        which = screen.count(added.versions, "new report has", "new reports have")
        screen.say(f"{which} an address that has another text in the case. Compare: sayso versions {case}")


def _tell_news(added: Added, folder: Path) -> None:
    """What each of the first few new reports adds, in a line."""
    from sayso import workspace
    from sayso.cli import screen

    if not added.added:
        return
    case = workspace.load(folder)
    found = workspace.news(case, added.added)
    for title, summary in workspace.news_in_brief(case, found[:NEWS_SHOWN]):
        screen.say(f"{screen.one_line(title)}\n  {screen.one_line(summary)}")
    more = f"… and {len(found) - NEWS_SHOWN} more. " if len(found) > NEWS_SHOWN else ""
    screen.say(f"{more}In full: sayso new {folder}")


def _status(added: Added) -> int:
    return NOT_ALL_READ if added.failures else DONE
