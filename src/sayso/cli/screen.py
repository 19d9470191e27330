"""What a person sees in the terminal: progress, tables, messages. Messages and progress go to standard error."""

from __future__ import annotations

import io
import json
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sayso import workspace
from sayso.model import Caveat
from sayso.workspace import Lapsed, Redaction, Step

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID
    from rich.table import Table

WORDS = {
    "bytes": "Fetching, bytes",
    "files": "Looking through files",
    "members": "Files in the last file",
    "reports": "Reading reports",
    "echoes": "Comparing reports",
    "names": "Telling who is who",
    "case": "Opening the case",
    "sentences": "Checking sentences",
    "log": "Walking the log",
    "rows": "Checking records",
    "texts": "Hashing texts",
    "spans": "Checking spans",
}
"""What the progress bar says for each kind of step."""

REMARKS_SHOWN = 3
"""Of each kind."""

LONGEST_WORD = 24
"""Characters. A table may break longer words, such as addresses; a terminal too narrow for others gets no table."""

GAP = 2
"""Characters between two columns of a table."""

Row = Mapping[str, object]


def say(message: str) -> None:
    """A line for the person, on standard error, without control characters that a hostile report may have brought."""
    click.echo("".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in message), err=True)


def say_unnoted(problem: Exception | None) -> None:
    """That an export could not be put into the case's log, if so."""
    if problem:
        say(f"Not put into the case's log: {problem}")


def say_redacted(redaction: Redaction, written: str) -> None:
    """By whom chosen names were replaced, and what that cannot hide."""
    for line in redaction.in_words(written):
        say(line)


def say_lapsed(several: Sequence[Lapsed]) -> None:
    """Which judgements no longer meet anything, and why."""
    if several:
        say(f"{count(len(several), 'judgement')} no longer {'meets' if len(several) == 1 else 'meet'} anything:")
    for one in several:
        said = one.judgement
        about = " / ".join(filter(None, said.names[:3])) or said.about
        say(f"  {said.verdict} by {said.by}, {said.at[:10]}: {about}: {one.reason}.")


def count(number: int, what: str, several: str = "") -> str:
    """So many of them: "1 report", "2 reports"."""
    return f"{number} {what if number == 1 else several or f'{what}s'}"


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
        task = tasks[what] if what in tasks else bars.add_task(WORDS.get(what, what), total=total or None, rate="")
        tasks[what] = task
        speed = bars.tasks[bars.task_ids.index(task)].speed
        bars.update(task, completed=done, total=total or None, rate=f"{speed:.1f} a second" if speed else "")

    return step


def show(form: str, columns: Sequence[str], rows: Iterable[Row], *, widths: Mapping[str, int] | None = None) -> None:
    """Rows on standard output: a table for people, or json, jsonl, csv for programs.

    `widths` gives some columns' share of the terminal; the others take what they need. Where that would break words,
    the table becomes a list.
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
    cells = [{name: one_line(row.get(name)) for name in columns} for row in rows]
    if _is_wide_enough(columns, cells, widths):
        click.echo(_drawn_table(columns, cells, widths), nl=False)
        return
    for row in cells:
        first = [f"{name}: {row[name]}" for name in columns if name not in widths and row[name]]
        if first:
            click.echo("  ".join(first))
        for name in widths:
            if row[name]:
                click.echo(_indented(f"{name}: {row[name]}"))
        click.echo()


def _is_wide_enough(columns: Sequence[str], cells: Sequence[Mapping[str, str]], widths: Mapping[str, int]) -> bool:
    """Whether a table leaves each column of `widths` room for its longest word, so that none is broken."""
    fixed = (max(len(name), *(len(row[name]) for row in cells), 0) for name in columns if name not in widths)
    left = _width() - sum(fixed) - GAP * (len(columns) - 1)
    words = {name: max(len(word) for row in ({name: name}, *cells) for word in row[name].split()) for name in widths}
    return all(min(words[name], LONGEST_WORD) <= left * widths[name] // sum(widths.values()) for name in widths)


def _indented(text: str) -> str:
    return textwrap.fill(
        text, _width(), initial_indent="  ", subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
    )


def _drawn_table(columns: Sequence[str], rows: Iterable[Mapping[str, str]], widths: Mapping[str, int]) -> str:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for name in columns:
        table.add_column(name, ratio=widths.get(name), overflow="fold", no_wrap=name not in widths)
    for row in rows:
        table.add_row(*(Text(row[name]) for name in columns))
    table.expand = bool(widths)
    return _as_text(table)


def show_drawn(table: Table) -> None:
    """A table that is made already, with its colours where the output is a terminal."""
    click.echo(_as_text(table), nl=False)


def _as_text(table: Table) -> str:
    from rich.console import Console

    drawn = io.StringIO()
    Console(file=drawn, width=_width(), force_terminal=sys.stdout.isatty(), highlight=False).print(table)
    return drawn.getvalue()


def _width() -> int:
    """The terminal's, or enough for a line of a table where output goes elsewhere."""
    return shutil.get_terminal_size((120, 24)).columns


def one_line(value: object) -> str:
    """A value in one line, without control characters."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = " ".join(str("" if value is None else value).split())
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
