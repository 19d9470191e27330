"""The page of all commands, as each tells of itself with `--help`."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import click

from sayso.cli import commands as group


def page() -> str:
    """Markdown: what all commands share, then each in the order of `sayso --help`."""
    context = click.Context(group, info_name="sayso", **group.context_settings)
    lines = ["# Commands", "", told(group.help or ""), "", *_table(group, context), ""]
    for name in group.list_commands(context):
        lines += _command(group.commands[name], context)
    return "\n".join(lines) + "\n"


def _command(command: click.Command, above: click.Context) -> Iterator[str]:
    context = click.Context(command, info_name=command.name, parent=above)
    usage = command.get_usage(context).removeprefix("Usage: ")
    yield from (f"## sayso {command.name}", "", f"    {' '.join(usage.split())}", "", told(command.help or ""), "")
    yield from _table(command, context)
    if command.epilog:
        examples = (f"    {line.strip()}" for line in command.epilog.strip().splitlines())
        yield from ("", "Examples:", "", *examples)
    yield ""


def _table(command: click.Command, context: click.Context) -> Iterator[str]:
    """One row an option."""
    options = (one for one in command.get_params(context) if isinstance(one, click.Option))
    rows = [row for one in options if (row := one.get_help_record(context))]
    yield from ("| option | what it does |", "|---|---|")
    yield from (f"| {cell(f'`{names}`')} | {cell(told(does))} |" for names, does in rows)


def told(text: str) -> str:
    r"""Plain text of a help page or a docstring as Markdown: nothing in it is a mark but backticks and indented blocks.

    >>> told("Use *, <b> or `*`.")
    'Use \\*, \\<b> or `*`.'
    """
    text = inspect.cleandoc(text.replace("\b\n", ""))
    parts = text.split("`")
    parts[::2] = (_escaped(part) for part in parts[::2])
    return "`".join(parts)


def _escaped(text: str) -> str:
    """A line that begins with blanks stays as it is: it is a block of its own."""
    return "\n".join(line if line.startswith("    ") else _marked(line) for line in text.split("\n"))


def _marked(line: str) -> str:
    return "".join("\\" + letter if letter in "*_<[]#" else letter for letter in line)


def cell(text: str) -> str:
    """Text for one cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")
