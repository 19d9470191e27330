"""How a case is kept: its check, its log, evidence for others, deletion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

from sayso import __version__, ledger
from sayso.kit import SaysoError, WrongUse, digest
from sayso.ledger import Check, Deleted, Entry
from sayso.model import File
from sayso.workspace.adding import Step, silent
from sayso.workspace.loading import load, load_and_keep
from sayso.workspace.matrices import judged_only_on
from sayso.workspace.naming import named_only_in

if TYPE_CHECKING:
    from sayso.exchange import ExportCheck


def verify(folder: Path | str, step: Step = silent, *, against: str | None = None) -> Check:
    """Walk the log, hash every kept file and text again and check every span. Breaks are given back, not raised.

    `against` is a head that was kept elsewhere, "NUMBER:HASH", or a file that begins with one: a history that was
    rewritten since does not have it. `WrongUse` for anything else.
    """
    saved = None if against is None else ledger.understand_head(against)
    with ledger.open_to_read(Path(folder)) as opened:
        return ledger.check(opened, step, against=saved)


def verify_export(file: Path | str) -> ExportCheck:
    """Check an export as JSON by itself, redacted or not: what its texts, hashes and spans show."""
    from sayso import exchange

    return exchange.verify_export(Path(file))


def history(folder: Path | str) -> tuple[tuple[Entry, str], ...]:
    """The log of a case, oldest entry first, each with what it is about in a few words."""
    with ledger.open_to_read(Path(folder)) as opened:
        return tuple(ledger.told(opened))


def head(folder: Path | str) -> str:
    """The last entry of the log, "NUMBER:HASH": kept elsewhere, it proves later that history was not rewritten."""
    with ledger.open_to_read(Path(folder)) as opened:
        return str(ledger.head(opened))


def note_export(folder: Path | str, form: str, written: str | bytes) -> SaysoError | None:
    """Put into the log that something was written for others. None, or why it could not be put there."""
    data = written.encode("utf-8", "backslashreplace") if isinstance(written, str) else written
    return ledger.record_export(Path(folder), form, sha256=digest(data), size=len(data))


def write_bundle(folder: Path | str, file: Path | str) -> tuple[str, SaysoError | None]:
    """Write the evidence bundle of a case: one ZIP that somebody without sayso can check. Whole or not at all.

    Gives the head that its log ends with, and what `note_export` gives. `SaysoError` where the case is damaged, or the
    disk refuses.
    """
    from sayso import exchange

    place, case = Path(file), load(folder)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with refusing(place):
        with ledger.open_to_read(Path(folder)) as opened, ledger.whole(place, place.parent) as part:
            at, log, rows = ledger.log_and_rows(opened)
            evidence = exchange.Evidence(case, str(at), log, rows, ledger.texts(opened), ledger.kept(opened))
            exchange.write_bundle(part, evidence, tool=f"sayso {__version__}", at=now)
        with place.open("rb") as written:
            sha256 = file_digest(written, "sha256").hexdigest()
    return str(at), ledger.record_export(Path(folder), "bundle", sha256=sha256, size=place.stat().st_size)


def files_named(folder: Path | str, names: Iterable[str]) -> tuple[tuple[File, ...], int]:
    """The files of a case that go by these names, or whose hash begins so (8 digits at least), with all their copies.

    And how many reports they alone give. `WrongUse` for a name that none has.
    """
    with ledger.open_to_read(Path(folder)) as opened:
        files = ledger.files(opened)
        meant = {one.sha256 for name in names for one in _meant(files, name)}
        return tuple(one for one in files if one.sha256 in meant), len(ledger.reports_only_in(opened, meant))


def _meant(files: Iterable[File], name: str) -> list[File]:
    meant = [one for one in files if one.name == name or (len(name) >= 8 and one.sha256.startswith(name))]
    if not meant:
        advice = "`sayso log CASE` and the dossier list them; what came in an archive or mail goes with that."
        raise WrongUse(f"No file of the case is called {name!r}. {advice}")
    return meant


def delete(folder: Path | str, files: Iterable[File], *, reason: str) -> Deleted:
    """Take files out of a case for good, with all that was found in them. That it was done, and why, stays in the log.

    Judgements go too that are about a voice, a name or a row of a matrix, which no other file brings in.
    """
    sha256s = {one.sha256 for one in files}
    case = load(folder)
    with ledger.open_to_read(Path(folder)) as opened:
        gone = set(ledger.reports_only_in(opened, sha256s))
    voices = {voice.id for voice in case.voices if gone.issuperset(voice.reports)}
    judged = [
        one.id
        for one in case.judgements
        if one.about in voices or (len(one.names) == 2 and named_only_in(case, one, gone))
    ]
    judged += judged_only_on(case, gone)
    with ledger.open_to_write(Path(folder)) as opened:
        deleted = ledger.delete(opened, sha256s, reason, judgements=judged)
        load_and_keep(opened)
        return deleted


@contextmanager
def refusing(place: Path) -> Iterator[None]:
    """What the disk refuses while a file for others is written becomes a `SaysoError` that names the file."""
    try:
        yield
    except OSError as error:
        raise SaysoError(f"{place}: cannot be written ({error.strerror}). Name another file with -o.") from error
