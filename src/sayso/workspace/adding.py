"""Add reports to a case: keep the files, find the reports in them, read what is new."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from sayso import __version__, intake, ledger, lineage, spine
from sayso.fetch import Fetched
from sayso.intake import Found, Settings
from sayso.kit import SaysoError, identify
from sayso.ledger import PROPOSED, Appearance, Ledger
from sayso.model import Caveat, File, Findings, Report
from sayso.workspace.crew import Outcome, Reader, cores, read_all
from sayso.workspace.loading import load_and_keep
from sayso.workspace.reader import default_reader, joining_version

Step = Callable[[str, int, int], None]
"""Told how far long work has come: what is done ("files", "reports", …), how many, of how many (0: unknown)."""

REMARKS = frozenset({
    "column-twice", "digest-differs", "field-chosen", "format-guessed", "list", "pages-not-listed", "passed-over",
    "same-file",
})  # fmt: skip
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
    """How many more than before. A report that was only filled in is not new."""
    read: int
    """Reports that the program read this time."""
    failures: tuple[Caveat, ...]
    """What could not be read, each with its reason."""
    remarks: tuple[Caveat, ...]
    """What should be known about files and reports that were looked at this time."""
    filled: int
    """Reports that were in the case before and whose publisher, date or address was put on record only now."""
    kept_own: int
    """Reports whose own publisher or date differs from the one in the settings, and stands."""
    others: int
    """Reports in the case that are in none of the files that were looked at."""
    repeated: int = 0
    """Reports that were met in a second file, or in the case before, in files that were parsed this time."""
    versions: int = 0
    """New reports for whose address the case holds another text."""
    added: tuple[str, ...] = ()
    """Ids of the new reports. One that was only filled in, and so got another id, is not new."""


@dataclass(slots=True)
class _Look:
    """One look through files: its settings, and what is gathered on the way."""

    opened: Ledger
    settings: Settings
    pages: Mapping[Found, bytes]
    """What was fetched, and so need not be loaded."""
    pending: dict[Found, tuple[File, str]] = field(default_factory=dict)
    """Handed out to be parsed, with the file's record and the taking's key."""
    known: list[Caveat] = field(default_factory=list)
    """Caveats that were known before."""
    told: list[Caveat] = field(default_factory=list)
    """New ones."""
    met: set[str] = field(default_factory=set)
    """Ids of reports that are in the case."""
    repeated: int = 0
    """Reports that were in it, or in another file, before."""
    keys: set[str] = field(default_factory=set)
    hashes: set[str] = field(default_factory=set)


def silent(_what: str, _done: int, _total: int) -> None:
    """A step that tells nobody."""


def add(
    folder: Path | str,
    paths: Sequence[str | Path | Fetched],
    *,
    settings: Settings | None = None,
    reader: Reader | None = None,
    processes: int = 1,
    step: Step = silent,
) -> Added:
    """Add all reports in these files and folders to the case, made if need be, and read those that are new.

    Pages from the web (`sayso.fetch.fetch`) may stand among the paths: this itself opens no connection.
    Nothing is parsed or read twice; if this is cut off, the next run goes on where it stopped. `SaysoError` where no
    file is found at all; a file or report that cannot be read is named in `failures`, and the rest goes on. With more
    than one process, a script must keep its own work under `if __name__ == "__main__":`.
    """
    met, lost = intake.find([path for path in paths if not isinstance(path, Fetched)])
    fetched = (one for one in paths if isinstance(one, Fetched))
    pages = {Found(Path(one.name), one.name, address=one.address): one.data for one in fetched}
    own = {one: _own(one) for one in met}
    found = (*(one for one in met if not own[one]), *pages)
    lost = (*lost, *(_passed_over(name) for name in sorted({name for name in own.values() if name})))
    if not found:
        reasons = "".join(f"\n  {caveat.message}" for caveat in lost)
        if met:
            reasons = " These are sayso's own cases and dossiers; for a dossier of a case: sayso dossier --case CASE."
        raise SaysoError(f"There is nothing to read. Name files or folders that hold reports.{reasons}")
    settings = intake.understand(settings or Settings())
    reader = reader or default_reader()
    is_new = not (Path(folder) / "case.sqlite").exists()
    with ledger.open_to_write(Path(folder), create=True) as opened:
        before = ledger.appearances(opened)
        look = _Look(opened, settings, pages, met=set(ledger.report_ids(opened)))
        _take_in(look, found, step)
        after = ledger.appearances(opened)
        reports = tuple(one.report for one in after)
        ledger.use_reader(opened, reader.version, _now())
        read, unread, while_reading = _read(opened, reports, reader, processes, step)
        _trace(opened, reports, step)
        if reports:
            _join(opened, step)
        known = ledger.report_ids(opened)
        given = ledger.reports_in(opened, look.hashes)
        kept_own = _count_own(look)
    if is_new and not reports:
        ledger.discard(Path(folder))
    in_files = [*lost, *look.known, *look.told]
    names = {report.id: _described(report) for report in reports}
    remarks = [
        caveat for caveat in (*lost, *look.told, *while_reading) if caveat.about in names or caveat.kind in REMARKS
    ]
    gone = {one.report.id for one in before} - names.keys()
    settled = {(one.report.file, one.report.place) for one in before if one.report.id in gone}
    known_before = {one.report.id for one in before}
    return Added(
        files=len(found),
        reports=len(reports),
        new=max(0, len(names) - len(before)),
        read=read,
        failures=(*(one for one in in_files if one.about not in known and one.kind not in REMARKS), *unread),
        remarks=tuple(replace(caveat, about=names.get(caveat.about, caveat.about)) for caveat in remarks),
        filled=len(gone) + _count_settled(before, after),
        kept_own=kept_own,
        others=len(names.keys() - given),
        repeated=look.repeated,
        versions=_count_versions(reports, known_before),
        added=tuple(one.id for one in reports if one.id not in known_before and (one.file, one.place) not in settled),
    )


def _count_settled(before: Iterable[Appearance], after: Iterable[Appearance]) -> int:
    """Reports of which a field that was only proposed before is now recorded, with the same value."""
    now = {one.report.id: {caveat.kind for caveat in one.caveats} for one in after}
    was = {one.report.id: {caveat.kind for caveat in one.caveats} & set(PROPOSED.values()) for one in before}
    return sum(1 for name, kinds in was.items() if name in now and kinds - now[name])


def _count_versions(reports: Iterable[Report], before: set[str]) -> int:
    """New reports from an address that gave another text as well."""
    texts: defaultdict[str, set[str]] = defaultdict(set)
    new = []
    for report in reports:
        if report.address:
            address = lineage.same_address(report.address)
            texts[address].add(report.sha256)
            new += [address] if report.id not in before else []
    return sum(1 for address in new if len(texts[address]) > 1)


def _count_own(look: _Look) -> int:
    """Reports that were looked at with a publisher or date in the settings and have another one of their own."""
    asked = {name: getattr(look.settings, name) for name in PROPOSED if getattr(look.settings, name)}
    if not asked:
        return 0
    taken = ledger.reports_taken(look.opened, look.keys)
    return len({one.id for one in taken if any(getattr(one, name) != value for name, value in asked.items())})


def _own(one: Found) -> str:
    """The name of the case or dossier, sayso's own work, that a file among the reports belongs to; "" for others."""
    for levels, folder in enumerate(one.path.parents):
        if ledger.is_case(folder):
            parts = Path(one.name).parts
            return "/".join(parts[: max(1, len(parts) - 1 - levels)])
    return one.name if one.path.suffix == ".html" and holds(one.path, "") else ""


def _passed_over(name: str) -> Caveat:
    return Caveat(name, "passed-over", f"{name} is a case or a dossier of sayso's, and was passed over.")


def holds(path: Path, mark: str) -> bool:
    """Whether a file is a dossier whose mark begins so."""
    try:
        with path.open("rb") as file:
            return DOSSIER_MARK + mark.encode() in file.read(DOSSIER_HEAD)
    except OSError:
        return False


def _take_in(look: _Look, found: Sequence[Found], step: Step) -> None:
    """Look for reports in the files that have not been looked through before, and record them."""

    def tell(members: int) -> None:
        step("members", members, 0)

    taken = intake.take_in_safely(_fresh(look, found), look.settings, tell)
    for number, (one, reports, problems) in enumerate(taken, 1):
        file, key = look.pending.pop(one)
        if other := ledger.same_file(look.opened, file.sha256, file.name):
            look.told.append(Caveat(one.name, "same-file", f"{one.name} is byte for byte the same as {other}."))
        look.repeated += sum(1 for report in reports if report.id in look.met)
        look.met.update(report.id for report in reports)
        ledger.record_taking(look.opened, file, key=key, reports=reports, caveats=problems, tool=intake.tools())
        look.told.extend(problems)
        step("files", number, len(found))
    step("files", len(found), len(found))


def _fresh(look: _Look, found: Iterable[Found]) -> Iterator[tuple[Found, bytes | Path]]:
    """The files to be looked through, with their bytes, which are kept first. `look` gathers what is met."""
    for one in found:
        data = look.pages[one] if one in look.pages else intake.load(one)
        if isinstance(data, Caveat):
            look.known.append(data)
            nothing = File("", one.name, 0, "", _now())
            key = _key("", one, look.settings)
            ledger.record_taking(look.opened, nothing, key=key, reports=(), caveats=(data,))
            continue
        file = _kept(look.opened, one, data)
        key = _key(file.sha256, one, look.settings)
        look.hashes.add(file.sha256)
        look.keys.add(key)
        before = ledger.taken_before(look.opened, key)
        if before is not None:
            look.known.extend(before)
        elif one.part_of:
            ledger.record_taking(look.opened, file, key=key, reports=(), caveats=())
        else:
            look.pending[one] = (file, key)
            yield one, data


def _kept(opened: Ledger, one: Found, data: bytes | Path) -> File:
    """Keep a file byte for byte; its record."""
    if isinstance(data, Path):
        sha256, size = ledger.keep_file(opened, data)
        with data.open("rb") as file:
            start = file.read(intake.HEAD)
    else:
        sha256, size, start = ledger.keep_bytes(opened, data), len(data), data[: intake.HEAD]
    return File(
        sha256,
        one.name,
        size,
        intake.media_type(start, one.name),
        _now(),
        address=one.address,
        collector=ledger.account(),
        tool=f"sayso {__version__}",
    )


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


def _join(opened: Ledger, step: Step) -> None:
    """Work out who is who and what is one incident and keep it, unless that has been done for the case as it is."""
    if ledger.joined(opened, joining_version()) is None:
        step("names", 0, 1)
        load_and_keep(opened)
        step("names", 1, 1)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
