"""The commands that show what a case holds: `claims`, `voices`, `versions`, `export`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, cast

import click

from sayso.cli import options
from sayso.cli.group import DONE, Command, commands
from sayso.kit import WrongUse

if TYPE_CHECKING:
    from sayso.model import Case
    from sayso.workspace import Format


@commands.command(
    cls=Command,
    epilog="""sayso claims harbour.case
    sayso claims harbour.case --voice "harbour master"
    sayso claims harbour.case --about killed --own
    sayso claims harbour.case --about "Dara Okonte" --as-of 2031-04-12
    sayso claims harbour.case --format csv > claims.csv""",
)
@options.given_case
@click.option("--voice", metavar="WORDS", help="Only claims in whose chain a voice has these words in its name.")
@click.option(
    "--about",
    metavar="WORDS",
    help="Only claims about a question (killed, perpetrator …), somebody, an incident, or with these words.",
)
@click.option("--own", is_flag=True, help="Also what the reporters say in their own voice.")
@options.as_of
@options.form
def claims(case: Path, voice: str | None, about: str | None, as_of: date | None, form: str, *, own: bool) -> int:
    """List what is said, by whom, and through whom.

    "unsure" under "says": who said it, and through whom, may well be wrong. Read the sentence before you rest anything
    on it. "concluded": the reporter concludes it rather than tells it.
    """
    from sayso.cli import screen, tables

    opened = options.opened(case, as_of)
    chosen = None if about is None else _about(opened, about)
    if voice is not None and not tables.matches(opened, voice):
        screen.say("No voice has these words.")
        if form == "table":
            return DONE
    rows = list(tables.claims(opened, voice=voice, own=own, about=chosen))
    if rows or form != "table":
        screen.show(form, tables.CLAIM_COLUMNS[form], rows, widths=tables.CLAIM_WIDTHS)
    if chosen is not None and not own:
        more = sum(1 for _ in tables.claims(opened, voice=voice, own=True, about=chosen)) - len(rows)
        if more:
            screen.say(f"{screen.count(more, 'claim')} more in the reporters' own voice: --own shows them too.")
    return DONE


def _about(opened: Case, words: str) -> frozenset[str]:
    """The claims that are about some words, after telling what these were taken for."""
    from sayso.cli import screen
    from sayso.cli.about import about

    found = about(opened, words)
    screen.say(f"Taken as {found.meaning}: {screen.count(len(found.claims), 'claim')}.")
    return found.claims


@commands.command(
    cls=Command,
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
    cls=Command,
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
    cls=Command,
    epilog="""sayso export harbour.case --format chains > chains.jsonl
    sayso export harbour.case --format csv -o claims.csv
    sayso export harbour.case --format json --redact "Ada Morren" -o redacted.json
    sayso export harbour.case --format bundle -o harbour.zip""",
)
@options.given_case
@click.option(
    "--format",
    "form",
    type=click.Choice(("chains", "json", "csv", "bundle")),
    required=True,
    help="chains: JSON Lines, one object a report. json: everything. csv: one row an attribution. "
    "bundle: a ZIP of files, texts, log and all, with a verifier that needs Python alone.",
)
@click.option("--text", is_flag=True, help="Put the reports' texts into chains. (json always has them.)")
@options.output("Default: standard output.")
@options.redacted
def export(
    case: Path, form: str, output: Path | None, redact: tuple[str, ...], *, text: bool, redact_list: TextIO | None
) -> int:
    """Write the case in a form for other programs."""
    from sayso import workspace
    from sayso.cli import screen

    if output == Path("-"):  # as other programs have it; a file of that name is hard to get rid of
        output = None
    if output:
        workspace.refuse_bad_place(output)
    names = options.names_to_hide(redact, redact_list)
    if form == "bundle":
        if names:
            raise WrongUse("A bundle holds files as they were handed in: it cannot be redacted. Export json instead.")
        return _bundle(case, output)
    told = workspace.redact(_load(case), names) if names else _load(case)
    written = workspace.export(told, cast("Format", form), with_text=text)
    if output:
        workspace.write(written, output)
    else:
        click.echo(written.encode(errors="backslashreplace"), nl=False)
    if isinstance(told, workspace.Redaction):
        screen.say_redacted(told, written)
    screen.say_unnoted(workspace.note_export(case, form, written))
    return DONE


def _bundle(case: Path, output: Path | None) -> int:
    from sayso import workspace
    from sayso.cli import screen

    if output is None:
        raise WrongUse("A bundle is a ZIP file. Name it with -o.")
    head, unnoted = workspace.write_bundle(case, output)
    screen.say_unnoted(unnoted)
    screen.say(f"The bundle: {output}. To check it: unpack it and run `python3 verify.py`.")
    screen.say(f"Its log ends below this head, which you may tell by another way: {head}")
    return DONE


def _load(case: Path) -> Case:
    from sayso import workspace

    return workspace.load(case)
