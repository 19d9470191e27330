"""The options that all commands share which read reports, and their checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from sayso.kit import WrongUse

if TYPE_CHECKING:
    from sayso.model import Case
    from sayso.workspace import Ruling

FIELDS = ("text", "publisher", "published", "title", "url", "authors")

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Reading:
    """How reports are to be read."""

    limit: int | None
    processes: int | None
    quiet: bool
    fields: tuple[tuple[str, str], ...] = ()
    publisher: str = ""
    published: str = ""


def of(context: click.Context) -> Reading:
    """What the user said, or the defaults."""
    return Reading(**{name: context.params[name] for name in Reading.__dataclass_fields__ if name in context.params})


def reading(command: Command) -> Command:
    """Give a command the options of `Reading`."""
    return _given(command, (*_ABOUT_REPORTS, *_ABOUT_THE_WORK))


def reading_example(command: Command) -> Command:
    """Give a command those options of `Reading` that are not about the reports."""
    return _given(command, _ABOUT_THE_WORK)


def _given(command: Command, several: tuple[Callable[[Command], Command], ...]) -> Command:
    for option in reversed(several):
        command = option(command)
    return command


def reports(*, required: bool = True) -> Callable[[Command], Command]:
    """The argument REPORTS: names of files and folders, patterns, "-"."""
    return click.argument(
        "reports", nargs=-1, required=required, metavar="REPORTS...", callback=_no_addresses, type=click.Path()
    )


def case(*, follows: str = "") -> Callable[[Command], Command]:
    """The option --case. It must be given, except where it follows the output: `follows` is what help says then."""
    default = f" Default: named after -o, so {follows}." if follows else ""
    return click.option(
        "--case",
        type=click.Path(file_okay=False, path_type=Path),
        required=not follows,
        metavar="CASE",
        help=f"The folder that keeps the reports and what was read in them. Made if it is not there.{default}",
    )


def output(text: str, *, default: str | None = None) -> Callable[[Command], Command]:
    """The option -o."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(dir_okay=False, path_type=Path),
        default=default,
        show_default=default is not None,
        metavar="FILE",
        help=text,
    )


def redacted(command: Command) -> Command:
    """The options --redact and --redact-list: names, as `names_to_hide` gathers them."""
    return _given(command, (
        click.option(
            "--redact",
            "redact",
            multiple=True,
            metavar="NAME",
            help="Call whoever bears this name by a pseudonym, throughout. May be given several times.",
        ),
        click.option(
            "--redact-list",
            type=click.File(encoding="utf-8"),
            metavar="FILE",
            help="Names to redact, one a line; empty lines and what follows a # are passed over.",
        ),
    ))  # fmt: skip


def names_to_hide(redact: tuple[str, ...], listed: TextIO | None) -> tuple[str, ...]:
    """The names of both options. `WrongUse` for a list without any: nothing must go out unredacted by mistake."""
    try:
        lines = [line.partition("#")[0].strip() for line in listed or ()]
    except UnicodeDecodeError:
        raise WrongUse("--redact-list: the file is no text in UTF-8.") from None
    if listed is not None and not any(lines):
        raise WrongUse("--redact-list: the file has no name in it. Write one a line.")
    return (*redact, *filter(None, lines))


def given_case(command: Command) -> Command:
    """The argument CASE of the commands that look at one."""
    return click.argument("case", type=click.Path(path_type=Path), metavar="CASE")(command)


def as_of(command: Command) -> Command:
    """The option --as-of of the commands that can show what was known on a day: see `opened`."""
    text = "What was known on that day (as in 2031-05-03): only reports published on it or before."
    return click.option("--as-of", metavar="DAY", callback=_day, help=text)(command)


def opened(case: Path, day: date | None) -> Case:
    """The case in a folder, as it is or as it was known on a day; what is left out for that is told."""
    from sayso import workspace
    from sayso.cli import screen

    whole = workspace.load(case)
    if day is None:
        return whole
    known = workspace.as_of(whole, day)
    for caveat in known.caveats:
        if caveat.kind == workspace.AS_OF:
            screen.say(caveat.message)
    return known


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day. Write year, month and day, as in 2031-05-03.") from None


def form(command: Command) -> Command:
    """The option --format of the tables."""
    choice = click.Choice(("table", "json", "jsonl", "csv"))
    text = "A table for people; the others for programs."
    return click.option("--format", "form", type=choice, default="table", show_default=True, help=text)(command)


def _pairs(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(_pair(value) for value in values)


def _pair(value: str) -> tuple[str, str]:
    field, _, key = (part.strip() for part in value.partition("="))
    if field not in FIELDS or not key:
        raise click.BadParameter(f"{value!r} is not FIELD=KEY with one of the fields {', '.join(FIELDS)}.")
    return field, key


def _no_addresses(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    for value in values:
        if "://" in value:
            raise click.BadParameter(f"{value}: pages are fetched only by sayso read --fetch {value}")
    return values


_ABOUT_REPORTS = (
    click.option(
        "--field",
        "fields",
        multiple=True,
        metavar="FIELD=KEY",
        callback=_pairs,
        help=f"Which key or column holds a field ({', '.join(FIELDS)}). May be given several times.",
    ),
    click.option("--publisher", default="", help="Publisher of reports that do not name their own."),
    click.option("--published", default="", metavar="DATE", help="Date of reports that do not give their own."),
)

_ABOUT_THE_WORK = (
    click.option(
        "--limit",
        type=click.IntRange(1),
        metavar="CHARACTERS",
        help="Read so much of each report (5 million if not given). The whole is kept.",
    ),
    click.option("--processes", type=click.IntRange(1), metavar="N", help="Default: one for each core."),
    click.option("-q", "--quiet", is_flag=True, help="No progress, no summary. What cannot be read is still named."),
)


RULINGS: dict[str, Ruling] = {"merge": "same", "split": "different", "undo": "retracted"}
"""What each option that names two things says of them."""


def pair(option: str, metavar: str, text: str) -> Callable[[Any], Any]:
    """An option that takes the two things that a person says are one, or two."""
    return click.option(option, nargs=2, metavar=metavar, help=text)
