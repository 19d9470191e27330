"""The command `serve`: the case in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from sayso.cli import options
from sayso.cli.group import DONE, Command, commands


@commands.command(
    cls=Command,
    epilog="""sayso serve harbour.case
    sayso serve harbour.case --by "A. Reader"
    sayso serve harbour.case --port 9000""",
)
@options.given_case
@click.option("--port", type=click.IntRange(1024, 65535), metavar="N", help="Serve at this port of 127.0.0.1.")
@click.option("--by", default="", metavar="NAME", help="Who judges. Default: the browser asks, before the first act.")
def serve(case: Path, port: int | None, by: str) -> int:
    """Open the workspace: read, check, correct and add to a case in the browser, on this machine alone.

    It prints an address that opens the workspace in one browser, once. Nobody else can reach it: not from another
    machine, and not from another page in the same browser. What you decide is kept in the case at once, with your name
    and the time. Ctrl-C ends it.
    """
    from sayso import web
    from sayso.cli import screen

    def tell(address: str) -> None:
        screen.say(f"The workspace of {case}. Open this address in a browser; it works once:\n\n  {address}\n")
        screen.say("Ctrl-C ends it. What you decide is kept at once.")

    screen.say("Opening the case …")
    try:
        web.serve(case, port=port, by=by.strip(), tell=tell)
    except KeyboardInterrupt:
        screen.say("\nClosed. All that was decided is in the case.")
    return DONE
