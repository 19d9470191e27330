"""The case for others: a dossier or an export, written by a thread of its own, as it is or with names replaced."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Literal, cast

from markupsafe import Markup

from sayso import workspace
from sayso.dossier.cast import SECTIONS
from sayso.kit import SaysoError, WrongUse
from sayso.model import Case, Entity
from sayso.web.desk import Desk
from sayso.web.drawing import draw
from sayso.web.pages import Missing, Query
from sayso.web.uploads import plain
from sayso.web.view import View

Form = Literal["html", "markdown", "json", "csv", "bundle"]

FORMS: Final[dict[str, tuple[str, str, str]]] = {
    "html": ("Dossier (HTML)", ".html", "One page that needs nothing else, opens offline and prints."),
    "markdown": ("Dossier (Markdown)", ".md", "The same as text, for an editor or a wiki."),
    "json": (
        "Everything (JSON)",
        ".json",
        "For other programs: every record, with the texts. “sayso verify” checks it.",
    ),
    "csv": ("Claims (CSV)", ".csv", "For a spreadsheet: one row an attribution."),
    "bundle": ("Evidence (ZIP)", ".zip", "Files as they were handed in, texts, log, and a program that checks them."),
}
"""Label, ending and what it is for."""
NOT_REDACTED: Final = frozenset({"bundle"})
"""It holds files as they were handed in."""

LISTED: Final = 600
"""Names that can be ticked; others are written."""
HIDE: Final = "hide-"
"""Begins the fields of names that are ticked; the id of the entity follows."""
MOST_FIELDS: Final = LISTED + 10


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that can be taken away."""

    key: str
    """Part of its address: a page that is older leads to no newer file."""
    name: str
    file: Path
    size: int
    sha256: str
    told: tuple[str, ...]
    """What is to be known of it."""


@dataclass(slots=True)
class Outbox:
    """What is being written, or was written last."""

    holder: TemporaryDirectory[str] = field(default_factory=lambda: TemporaryDirectory(prefix="sayso-"))
    """A folder that only this user can look into; it goes with the workspace."""
    running: bool = False
    what: str = ""
    since: float = 0.0
    names: tuple[str, ...] = ()
    """Those that were chosen last: the next is most often the same for another reader."""
    ready: Ready | None = None
    problem: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked for."""

    form: Form
    names: tuple[str, ...]
    """Those to be replaced."""


def page(outbox: Outbox, view: View, query: Query) -> Markup:
    """What can be handed over, what is being written, and the names that can be replaced."""
    several = list(islice(_listed(view.case), LISTED))
    groups = [(title, [one for one in several if one.kind == kind]) for kind, title in SECTIONS.items()]
    chosen = set(outbox.names)
    ticked = {one.id for one in several if one.name in chosen or one.id == query.get("hide")}
    written = sorted(chosen - {one.name for one in several})
    return draw(
        "handing", forms=FORMS, fixed=NOT_REDACTED, groups=groups, more=len(view.case.entities) - len(several),
        ticked=ticked, written=written, outbox=outbox, hide=HIDE, now=progress(outbox),
    )  # fmt: skip


def _listed(case: Case) -> Iterator[Entity]:
    """People first, then groups, then places, those that most reports name first."""
    for kind in SECTIONS:
        yield from (one for one in case.entities if one.kind == kind)


def wanted(case: Case, fields: Mapping[str, str]) -> Wanted:
    """What a form asks for. `WrongUse` for no known form, and where names are to be replaced and none is given."""
    form, redact = fields.get("form", ""), fields.get("redact")
    if form not in FORMS or (redact and form in NOT_REDACTED):
        raise WrongUse("Choose what to hand over: a dossier or an export.")
    called = {one.id: one.name for one in case.entities}
    ticked = [called.get(name.removeprefix(HIDE), "") for name in fields if name.startswith(HIDE)]
    written = [" ".join(line.split()) for line in fields.get("others", "").splitlines()]
    if "" in ticked:
        raise WrongUse("The case has one of these names no more: judgements changed who is who. Choose again.")
    names = tuple(dict.fromkeys([*ticked, *filter(None, written)])) if redact else ()
    if redact and not names:
        raise WrongUse("No name is chosen. Tick names, or write them: nothing goes out unredacted by mistake.")
    return Wanted(cast("Form", form), names)


def begin(outbox: Outbox, desk: Desk, asked: Wanted) -> None:
    """Begin to write it. It goes on whether anybody looks or not."""
    with outbox.lock:
        if outbox.running:
            raise WrongUse("Something is being written already. Wait until it is there; then ask for more.")
        outbox.running, outbox.ready, outbox.problem = True, None, ""
        outbox.names = asked.names or outbox.names
        outbox.since, outbox.what = time.monotonic(), "Looking at the case"
    threading.Thread(target=_make, args=(outbox, desk, asked), name="handing over", daemon=True).start()


def _make(outbox: Outbox, desk: Desk, asked: Wanted) -> None:
    try:
        outbox.ready = _written(outbox, desk, asked)
    except SaysoError as problem:
        outbox.problem = str(problem)
    except Exception as problem:  # noqa: BLE001 - whatever goes wrong is told, and the workspace goes on
        outbox.problem = f"Writing failed ({type(problem).__name__}: {problem})."
    finally:
        outbox.running = False


def _written(outbox: Outbox, desk: Desk, asked: Wanted) -> Ready:
    case = workspace.with_judgements(desk.folder, desk.view().worked_out)
    name = desk.folder.resolve().name.removesuffix(".case")
    told: Case | workspace.Redaction = case
    if asked.names:
        outbox.what = "Replacing names"
        told = workspace.redact(case, asked.names)
        name = f"{told.text(name)} redacted"
    outbox.what = f"Writing: {FORMS[asked.form][0]}"
    key = secrets.token_urlsafe(16)
    file = Path(outbox.holder.name) / key
    _write(desk, asked.form, told, file, title=name)
    for old in file.parent.iterdir():
        if old != file:
            old.unlink()
    lines = told.in_words(file.read_text("utf-8")) if isinstance(told, workspace.Redaction) else ()
    with file.open("rb") as written:
        sha256 = hashlib.file_digest(written, "sha256").hexdigest()
    return Ready(key, plain(name + FORMS[asked.form][1]), file, file.stat().st_size, sha256, lines)


def _write(desk: Desk, form: Form, told: Case | workspace.Redaction, file: Path, *, title: str) -> None:
    if form in ("html", "markdown"):
        workspace.write_dossier(told, file, title=title, form=form)
    elif form == "bundle":
        desk.aside(lambda: workspace.write_bundle(desk.folder, file))
    else:
        written = workspace.export(told, cast("workspace.Format", form))
        workspace.write(written, file)
        desk.aside(lambda: workspace.note_export(desk.folder, form, written))


def progress(outbox: Outbox) -> dict[str, object]:
    """How far it has come, for the page."""
    seconds = int(time.monotonic() - outbox.since) if outbox.running else 0
    return {"running": outbox.running, "what": outbox.what, "seconds": seconds}


def taken(outbox: Outbox, key: str) -> Ready:
    """The file with this key. `Missing` where another was written since."""
    if outbox.ready is None or outbox.running or not secrets.compare_digest(outbox.ready.key, key):
        raise Missing("This file is no longer there: another was written since, or the workspace was opened anew.")
    return outbox.ready
