"""Add reports to a case: keep the files, find the reports in them, read what is new."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sayso import intake, ledger, spine
from sayso.intake import Found, Settings
from sayso.kit import SaysoError, identify
from sayso.ledger import Ledger
from sayso.model import Caveat, File, Findings, Report
from sayso.workspace.crew import Outcome, Reader, cores, read_all
from sayso.workspace.reader import default_reader

Step = Callable[[str, int, int], None]
"""Told how far long work has come: what is done ("files", "reports", …), how many are done, of how many."""

REMARKS = frozenset({"field-chosen", "column-twice", "format-guessed", "list"})
"""Caveats about a file that say how it was understood. All others about files say that something gave no report."""

DOSSIER_MARK = b'<meta name=generator content="sayso '
DOSSIER_HEAD = 4096
"""How a dossier is known that lies among the reports: by this mark in so many first bytes."""

BATCH_REPORTS = 50
BATCH_SECONDS = 2.0
"""Findings are kept after so many reports or seconds, whichever comes first: what a power cut can lose."""


@dataclass(frozen=True, slots=True)
class Added:
    """What adding to a case came to."""

    files: int
    """Files that were looked at."""
    reports: int
    """Reports that are in the case now."""
    new: int
    """Of these, those that were not in it before."""
    read: int
    """Reports that the program read this time."""
    failures: tuple[Caveat, ...]
    """What could not be read, each with its reason."""
    remarks: tuple[Caveat, ...]
    """What should be known about files and reports that were looked at this time."""


def silent(_what: str, _done: int, _total: int) -> None:
    """A step that tells nobody."""


def add(
    folder: Path | str,
    paths: Sequence[str | Path],
    *,
    settings: Settings | None = None,
    reader: Reader | None = None,
    processes: int = 1,
    step: Step = silent,
) -> Added:
    """Add all reports in these files and folders to the case, made if need be, and read those that are new.

    Nothing is parsed or read twice; if this is cut off, the next run goes on where it stopped. `SaysoError` where no
    file is found at all; a file or report that cannot be read is named in `failures`, and the rest goes on. With more
    than one process, a script must keep its own work under `if __name__ == "__main__":`.
    """
    met, lost = intake.find(paths)
    found = tuple(one for one in met if not _is_own(one.path))
    if not found:
        reasons = "".join(f"\n  {caveat.message}" for caveat in lost)
        raise SaysoError(f"There is nothing to read. Name files or folders that hold reports.{reasons}")
    settings = settings or Settings()
    reader = reader or default_reader()
    with ledger.open_to_write(Path(folder), create=True) as opened:
        before = {one.report.id for one in ledger.appearances(opened)}
        told_before, told = _take_in(opened, found, settings, step)
        reports = tuple(one.report for one in ledger.appearances(opened))
        ledger.use_reader(opened, reader.version, _now())
        read, unread, while_reading = _read(opened, reports, reader, processes, step)
        _trace(opened, reports, step)
        known = ledger.report_ids(opened)
    in_files = [*lost, *told_before, *told]
    names = {report.id: _described(report) for report in reports}
    remarks = [caveat for caveat in (*told, *while_reading) if caveat.about in names or caveat.kind in REMARKS]
    return Added(
        files=len(found),
        reports=len(reports),
        new=len(names.keys() - before),
        read=read,
        failures=(*(one for one in in_files if one.about not in known and one.kind not in REMARKS), *unread),
        remarks=tuple(replace(caveat, about=names.get(caveat.about, caveat.about)) for caveat in remarks),
    )


def _is_own(path: Path) -> bool:
    """Whether a file is sayso's own work, met because it lies among the reports: part of a case, or a dossier."""
    if any((folder / "case.sqlite").exists() for folder in path.parents):
        return True
    return path.suffix == ".html" and holds(path, "")


def holds(path: Path, mark: str) -> bool:
    """Whether a file is a dossier whose mark begins so."""
    try:
        with path.open("rb") as file:
            return DOSSIER_MARK + mark.encode() in file.read(DOSSIER_HEAD)
    except OSError:
        return False


def _take_in(
    opened: Ledger, found: Sequence[Found], settings: Settings, step: Step
) -> tuple[list[Caveat], list[Caveat]]:
    """Look for reports in the files that have not been looked through before: caveats known before, and new ones."""
    known: list[Caveat] = []
    caveats: list[Caveat] = []
    pending: dict[Found, tuple[File, str]] = {}
    fresh = _fresh(opened, found, settings, pending, known)
    for number, (one, reports, problems) in enumerate(intake.take_in_safely(fresh, settings), 1):
        file, key = pending.pop(one)
        ledger.record_taking(opened, file, key=key, reports=reports, caveats=problems)
        caveats.extend(problems)
        step("files", number, len(found))
    step("files", len(found), len(found))
    return known, caveats


def _fresh(
    opened: Ledger,
    found: Iterable[Found],
    settings: Settings,
    pending: dict[Found, tuple[File, str]],
    known: list[Caveat],
) -> Iterator[tuple[Found, bytes]]:
    """The files to be looked through, with their bytes, which are kept first. `pending` and `known` are added to."""
    for one in found:
        data = intake.load(one)
        if isinstance(data, Caveat):
            known.append(data)
            nothing = File("", one.name, 0, "", _now())
            ledger.record_taking(opened, nothing, key=_key("", one, settings), reports=(), caveats=(data,))
            continue
        sha256 = ledger.keep_bytes(opened, data)
        key = _key(sha256, one, settings)
        before = ledger.taken_before(opened, key)
        if before is not None:
            known.extend(before)
            continue
        file = File(sha256, one.name, len(data), intake.media_type(data, one.name), _now())
        pending[one] = (file, key)
        yield one, data


def _key(sha256: str, one: Found, settings: Settings) -> str:
    """Stands for everything that bears on which reports a file gives."""
    beside = (one.name, one.publisher, one.published, one.address)
    return identify("taking", sha256, *beside, settings)


def _read(
    opened: Ledger, reports: tuple[Report, ...], reader: Reader, processes: int, step: Step
) -> tuple[int, list[Caveat], list[Caveat]]:
    """Read what this reader has not read: how many that were, a caveat for each that failed, and what else was met."""
    todo = ledger.unread(opened, reader.version, reports)
    batch: list[tuple[Report, Findings]] = []
    failed: list[Caveat] = []
    met: list[Caveat] = []
    read, since = 0, time.monotonic()
    if todo:
        step("reports", 0, len(todo))  # the first takes longest: the reader is loaded
    try:
        for done, outcome in enumerate(_outcomes(opened, todo, reader, processes), 1):
            if outcome.findings is None:
                failed.append(Caveat(_described(outcome.report), "not-read", outcome.reason))
            else:
                batch.append((outcome.report, outcome.findings))
                met.extend(outcome.findings.caveats)
                read += 1
            if len(batch) >= BATCH_REPORTS or time.monotonic() - since > BATCH_SECONDS:
                ledger.keep_findings(opened, reader.version, batch)
                batch, since = [], time.monotonic()
            step("reports", done, len(todo))
    finally:  # Ctrl-C too leaves what was done
        ledger.keep_findings(opened, reader.version, batch)
    return read, failed, met


def _outcomes(opened: Ledger, todo: tuple[Report, ...], reader: Reader, processes: int) -> Iterator[Outcome]:
    if not todo:
        return iter(())
    reports = ledger.with_texts(opened, todo)
    return read_all(reader, reports, total=len(todo), processes=processes or cores())


def _described(report: Report) -> str:
    return f"{report.name}, {report.place}" if report.place else report.name


def _trace(opened: Ledger, reports: tuple[Report, ...], step: Step) -> None:
    """Work out who echoes whom and keep it, unless that has been done for just these reports."""
    if ledger.echoes(opened, spine.ECHO_VERSION, reports) is None:
        step("echoes", 0, 1)
        echoes = spine.trace(tuple(ledger.with_texts(opened, reports)))
        ledger.keep_echoes(opened, spine.ECHO_VERSION, reports, echoes)
        step("echoes", 1, 1)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
