"""The command `check`: one's own article against a case, sentence by sentence."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli import options
from sayso.cli.group import DONE, Command, commands

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sayso.model import Case, DraftCheck, Source, Statement, Verdict
    from sayso.workspace import Telling

STYLES: dict[Verdict, str] = {
    "contradicted": "bold red",
    "firmer": "bold magenta",
    "untraced": "bold yellow",
    "single-rooted": "cyan",
    "traced": "green",
    "no claim": "dim",
}
"""Colours, beside the words that say the same."""

MARKS: dict[Verdict, str] = {
    "contradicted": "x", "firmer": "^", "untraced": "?", "single-rooted": "1", "traced": "=", "no claim": " ",
}  # fmt: skip
"""One letter for each, for whoever sees no colours."""

CITED = 3
"""Sources of each kind whose words the terminal shows; the page and JSON have more."""


@commands.command(
    cls=Command,
    epilog="""sayso check article.docx --case harbour.case
    sayso check article.md --case harbour.case -o check.html
    sayso check - --case harbour.case --format json < article.txt
    sayso check article.md --case harbour.case --as-of 2031-04-12""",
)
@click.argument("draft", type=click.Path(path_type=Path), metavar="DRAFT")
@click.option(
    "--case",
    type=click.Path(path_type=Path),
    required=True,
    metavar="CASE",
    help="The case that the draft is checked against.",
)
@click.option(
    "--published",
    default="",
    metavar="DATE",
    help="The day of the draft, for its “on Friday”, where it gives none. Default: the last day of the case.",
)
@options.as_of
@options.form
@options.output("Write the check as an HTML page that needs nothing else.")
def check(draft: Path, case: Path, published: str, as_of: date | None, form: str, output: Path | None) -> int:
    """Say of each sentence of your own article where it comes from in the case.

    contradicted: a report denies it or gives another answer. firmer: it drops a hedge or an attribution that all its
    sources have. untraced: nothing in the case is like it. single-rooted: all of it comes from one origin. traced: it
    comes from two independent origins or more. None of them says that a sentence is so. What the draft gives as
    somebody's word is held against that somebody's claims. The draft is never added to the case.

    Exit status: 0 whatever was found of the sentences, 2 if the draft or the case cannot be opened.
    """
    from sayso import workspace
    from sayso.cli import screen

    if output:
        workspace.refuse_bad_place(output)
    report, remarks = workspace.read_draft(draft, published=published)
    for line in screen.remark_lines(remarks):
        screen.say(line)
    with screen.progress(quiet=False) as step:
        step("case", 0, 0)
        opened = options.opened(case, as_of)
        step("case", 1, 1)
        told, found = workspace.check_draft(opened, report, step=step)
    if output:
        workspace.write(workspace.check_page(told, found), output)
        screen.say(f"The check: {output}")
    if form == "table":
        if not output:
            _show(told, found)
        screen.say(_count(found))
    elif form == "csv":
        click.echo(workspace.table_as_csv(workspace.DRAFT_COLUMNS, workspace.draft_rows(told, found)), nl=False)
    elif form == "jsonl":
        for sentence in workspace.draft_tree(told, found):
            click.echo(json.dumps(sentence))
    else:
        click.echo(json.dumps(workspace.draft_tree(told, found), indent=1))
    return DONE


def _count(found: DraftCheck) -> str:
    """How many sentences of each kind, in one line."""
    from sayso.cli import screen

    counts = {one: sum(each.verdict == one for each in found.sentences) for one in STYLES}
    kinds = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
    return f"{screen.count(len(found.sentences), 'sentence')}: {kinds}." if kinds else "The draft has no sentence."


def _show(case: Case, found: DraftCheck) -> None:
    """All sentences, each with what it is, why, the words of the reports with their places, and what to do next."""
    from rich.table import Table
    from rich.text import Text

    from sayso import workspace
    from sayso.cli import screen

    told = workspace.Telling(case)
    table = Table(box=None, pad_edge=False, show_lines=False, show_header=False, expand=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for number, sentence in enumerate(found.sentences, 1):
        style = STYLES[sentence.verdict]
        words = screen.one_line(found.report.text[slice(*sentence.span)])
        what = Text(f"{MARKS[sentence.verdict]} {sentence.verdict}", style)
        table.add_row(Text(str(number), "dim"), what, Text(words, "bold"))
        lines = dict.fromkeys(line for one in sentence.statements for line in _lines(told, one))
        table.add_row("", "", Text("\n".join([*(screen.one_line(line) for line in lines), ""])))
    screen.show_drawn(table)


def _lines(told: Telling, one: Statement) -> Iterator[str]:
    """Why a statement is what it is, the exact words, and what to do next."""
    yield from told.reasons(one)
    for mark, sources in _cited(one):
        for source in sources[:CITED]:
            cited = told.cite(source)
            yield f"{mark} {cited.number}:{cited.sentence} {cited.chain}: “{cited.words}”"
    if advice := told.advice(one):
        yield f"next: {advice}"


def _cited(one: Statement) -> Iterator[tuple[str, Sequence[Source]]]:
    """What is cited: one source of each origin, what speaks against it, and the nearest of what is untraced."""
    yield "  in", [root.sources[0] for root in (*one.roots, *one.also)]
    yield "  against, in", [each.source for each in one.against]
    yield "  nearest, in", one.nearest
