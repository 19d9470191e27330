"""What a person sees in the terminal: progress, tables, messages. Messages and progress go to standard error."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sayso import workspace
from sayso.model import Caveat
from sayso.workspace import Step

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

WORDS = {
    "files": "Looking through files",
    "reports": "Reading reports",
    "echoes": "Comparing reports",
    "texts": "Hashing texts",
    "spans": "Checking spans",
}
"""What the progress bar says for each kind of step."""

REMARKS_SHOWN = 3
"""Of each kind."""

Row = Mapping[str, object]


def say(message: str) -> None:
    """A line for the person, on standard error, without control characters that a hostile report may have brought."""
    click.echo("".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in message), err=True)


def caveat_line(caveat: Caveat) -> str:
    """A caveat in one line that begins with what it is about."""
    about = caveat.message.startswith(caveat.about)
    return caveat.message if about else f"{caveat.about}: {caveat.message}"


def remark_lines(remarks: Iterable[Caveat]) -> Iterator[str]:
    """The first few remarks of each kind, and how many more there are: the dossier has them all."""
    by_kind: dict[str, list[Caveat]] = {}
    for remark in remarks:
        by_kind.setdefault(remark.kind, []).append(remark)
    for several in by_kind.values():
        yield from (caveat_line(one) for one in several[:REMARKS_SHOWN])
        if len(several) > REMARKS_SHOWN:
            yield f"… and {len(several) - REMARKS_SHOWN} more like this; the dossier has them all."


@contextmanager
def progress(*, quiet: bool) -> Iterator[Step]:
    """A step that draws bars with a rate and the time left; silent where standard error is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield workspace.silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _drawn(bars)


def _drawn(bars: Progress) -> Step:
    tasks: dict[str, TaskID] = {}

    def step(what: str, done: int, total: int) -> None:
        task = tasks[what] if what in tasks else bars.add_task(WORDS.get(what, what), total=total, rate="")
        tasks[what] = task
        speed = bars.tasks[bars.task_ids.index(task)].speed
        bars.update(task, completed=done, total=total, rate=f"{speed:.1f} a second" if speed else "")

    return step


def show(form: str, columns: Sequence[str], rows: Iterable[Row], *, widths: Mapping[str, int] | None = None) -> None:
    """Rows on standard output: a table for people, or json, jsonl, csv for programs.

    `widths` gives some columns' share of the terminal; the others take what they need.
    """
    rows = ({name: row[name] for name in columns} for row in rows)
    if form == "table":
        _show_table(columns, rows, widths or {})
    elif form == "csv":
        click.echo(workspace.table_as_csv(columns, rows), nl=False)
    elif form == "jsonl":
        for row in rows:
            click.echo(json.dumps(row))
    else:
        click.echo(json.dumps(list(rows), indent=1))


def _show_table(columns: Sequence[str], rows: Iterable[Row], widths: Mapping[str, int]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in columns:
        table.add_column(name, ratio=widths.get(name), overflow="fold", no_wrap=name not in widths)
    for row in rows:
        table.add_row(*(Text(_cell(row.get(name))) for name in columns))
    table.expand = bool(widths)
    drawn = io.StringIO()
    console = Console(file=drawn, width=_width(), force_terminal=sys.stdout.isatty(), highlight=False)
    console.print(table)
    click.echo(drawn.getvalue(), nl=False)


def _width() -> int:
    """The terminal's, or enough for a line of a table where output goes elsewhere."""
    return shutil.get_terminal_size((120, 24)).columns


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = " ".join(str("" if value is None else value).split())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
