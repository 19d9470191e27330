"""The frame of the command line: the group of commands, how help looks, what the exit status says."""

from __future__ import annotations

import click

from sayso import __version__

DONE, NOT_ALL_READ, WRONG_USE, STOPPED = 0, 1, 2, 130


class Command(click.Command):
    """A command whose help ends with examples, one to a line: "COMMAND  # what it does"."""

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The examples, each on its own line."""
        with formatter.section("Examples"):
            for line in (self.epilog or "").strip().splitlines():
                formatter.write_text(line.strip())


ORDER = (
    "dossier",
    "read",
    "claims",
    "voices",
    "names",
    "incidents",
    "questions",
    "lineage",
    "weigh",
    "ask",
    "silence",
    "tolls",
    "timeline",
    "hypotheses",
    "accounts",
    "judge",
    "retract",
    "check",
    "new",
    "versions",
    "serve",
    "export",
    "verify",
    "log",
    "delete",
    "demo",
    "completion",
)


class Group(click.Group):
    """Commands in the order in which one needs them, not in that of the alphabet."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names, in `ORDER`."""
        return sorted(self.commands, key=ORDER.index)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", message="sayso %(version)s")
def commands() -> None:
    """Say for every claim in a set of reports who says so, and on whose word.

    Begin with `sayso demo`, or with `sayso dossier REPORTS`.

    REPORTS are files, folders, patterns, or - for standard input: text, Markdown, HTML, PDF, DOCX, mail (EML, MBOX),
    saved pages, web archives (WARC, WACZ), JSON Lines or CSV of articles, and ZIP or tar of any of these. A CASE is a
    folder that keeps reports and what was read in them. Nothing leaves this machine.

    Exit status: 0 done; 1 done, but something could not be read (each named, with the reason); 2 wrong use.
    """
