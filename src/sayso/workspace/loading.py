"""Everything that is known in a case, as one record."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sayso import ledger, spine
from sayso.model import Case, Caveat
from sayso.workspace.reader import joining_version


def load(folder: Path | str, *, also: tuple[Caveat, ...] = ()) -> Case:
    """Everything that is known in a case. `NotACase` where there is none.

    `also` are further caveats to show with it, such as files of the last run that could not be opened. All is of one
    moment, even while another program adds to the case.
    """
    with ledger.open_to_read(Path(folder)) as opened, ledger.at_one_moment(opened):
        return load_opened(opened, also=also)


def load_opened(opened: ledger.Ledger, *, also: tuple[Caveat, ...] = ()) -> Case:
    """The same of an opened case. What was not kept of it is worked out now."""
    with no_collection():
        found = ledger.appearances(opened)
        version = ledger.current_reader(opened)
        reports = tuple(ledger.with_texts(opened, (one.report for one in found)))
        echoes = ledger.echoes(opened, spine.ECHO_VERSION, reports)
        case = spine.assemble(
            reports,
            tuple(one for one in ledger.findings(opened, version, reports) if one is not None),
            caveats=(*also, *ledger.file_caveats(opened), *(caveat for one in found for caveat in one.caveats)),
            judgements=ledger.judgements(opened),
            files=ledger.files(opened),
            joined=ledger.joined(opened, joining_version()),
        )
        traced = spine.trace(reports) if echoes is None else echoes
        return spine.account(replace(case, reader=version, echoes=traced))


def load_and_keep(opened: ledger.Ledger) -> Case:
    """Everything that is known in a case, after keeping of it what takes long to work out."""
    case = load_opened(opened)
    ledger.keep_joined(opened, joining_version(), spine.joined_of(case))
    return case


@contextmanager
def no_collection() -> Iterator[None]:
    """Without Python's garbage collector, which looks through the millions of tuples of a large case again and again.

    For 5,000 reports that took two thirds of the time, and grew faster than the case; there is nothing to collect.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
