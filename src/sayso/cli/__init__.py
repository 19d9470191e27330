"""The command line. It talks to `workspace` alone.

    group      the frame: the group of commands, exit statuses
    reading    dossier, read, demo
    listing    claims, voices, versions, export
    about      which claims are about a question, somebody, an incident
    names      names: who is who, and a person's word on it
    incidents  incidents: what the reports tell of
    questions  questions: what is in dispute, and who says what
    weighing   weigh: what the accounts of each question, taken together, leave of its answers
    news       new, silence, ask: what reports add, who did not speak, whom to ask next
    tolls      tolls: how many were killed, injured, missing, detained, and who says so
    timeline   timeline: when it happened, and when it was said
    hypotheses hypotheses: the matrix of competing hypotheses, and a person's ratings; matrix: how it looks
    judging    judge, retract: what a person says of attributions, reports and voices
    accounts   accounts: responsibility, legal status, contested words
    check      check: one's own article against a case
    custody    verify, log, delete
    serving    serve: the workspace in the browser

Exit status: 0 done; 1 done, but something could not be read (each named with its reason, on standard error), or
`verify` found a break, or nobody took the output; 2 wrong use, such as no reports at all; 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import os
import sys

import click

from sayso.cli import (
    accounts,
    check,
    custody,
    hypotheses,
    incidents,
    judging,
    lineage,
    listing,
    names,
    news,
    questions,
    reading,
    serving,
    timeline,
    tolls,
    weighing,
)
from sayso.cli.group import DONE, NOT_ALL_READ, STOPPED, WRONG_USE, Command, commands
from sayso.kit import SaysoError

__all__ = [
    "accounts",
    "check",
    "commands",
    "custody",
    "hypotheses",
    "incidents",
    "judging",
    "lineage",
    "listing",
    "main",
    "names",
    "news",
    "questions",
    "reading",
    "serving",
    "timeline",
    "tolls",
    "weighing",
]


def main() -> None:
    """Run the command line and end the process with its status. Nobody sees a traceback for a mistake of their own."""
    # One thread for numpy's matrices, unless told otherwise: they are small, and further threads only wait, which takes
    # twice the processor time. Work is spread over processes. It counts as numpy is not loaded yet.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
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
    except OSError as problem:
        click.echo(
            f"sayso: The output could not be written ({problem.strerror}). Make room, or write elsewhere.", err=True
        )
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = WRONG_USE
    sys.exit(status)


@commands.command(
    cls=Command,
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
