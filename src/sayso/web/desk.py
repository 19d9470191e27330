"""The case as the workspace holds it: loaded once, loaded again when the case on disk changed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sayso import workspace
from sayso.kit import SaysoError
from sayso.model import Case
from sayso.web.view import View

PATIENCE_SECONDS: Final = 20.0
"""How long an act waits for another that is under way in this workspace."""
DAYS_KEPT: Final = 4
"""Views of the case as it was known on a day that are kept: each is as large as the case."""


class Desk:
    """One open case."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loading = threading.Lock()
        self._acting = threading.Lock()
        self._view: View | None = None
        self._stamp: tuple[int, int] = (0, 0)
        self._days: OrderedDict[str, View] = OrderedDict()

    def view(self) -> View:
        """The case as it is. Loaded again where the file of the case changed, by whomever."""
        now = self._view
        if now is not None and self._stamp == self._read_stamp():
            return now
        with self._loading:
            stamp = self._read_stamp()
            if self._view is None or self._stamp != stamp:
                self._take(workspace.load(self.folder), stamp)
            return self._view  # type: ignore[return-value]

    def warm(self) -> None:
        """Work out what the first pages need, so that the first look is as quick as the next."""
        view = self.view()
        _ = view.look, view.brief, view.members, view.folded

    def as_of(self, day: str) -> View:
        """The case as it was known on a day. `WrongUse` for what is no day, and where no report is as old."""
        now = self.view()
        with self._loading:
            found = self._days.get(day)
            if found is None:
                found = self._days[day] = View(workspace.as_of(now.case, day), now=now, day=day)
                while len(self._days) > DAYS_KEPT:
                    self._days.popitem(last=False)
            return found

    def act(self, done: Callable[[Case], Case | None]) -> View:
        """Do something that changes the case, one at a time, and look at it again.

        `done` is given the case as it is, and may give it as it is after that; otherwise it is brought to the
        judgements that it then holds.
        """
        with self.alone():
            before = self.view()
            case = done(before.case) or workspace.with_judgements(self.folder, before.case)
            with self._loading:
                self._take(case, self._read_stamp())
        return self.view()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else changes the case through this workspace inside. `SaysoError` where that takes too long."""
        if not self._acting.acquire(timeout=PATIENCE_SECONDS):
            raise SaysoError(
                "Reports are being added to the case just now. Wait until that is done, then send it again."
            )
        try:
            yield
        finally:
            self._acting.release()

    def _take(self, case: Case, stamp: tuple[int, int]) -> None:
        self._days.clear()
        self._view, self._stamp = View(case, before=self._view), stamp

    def _read_stamp(self) -> tuple[int, int]:
        """Changes with every commit: the database is one file. `SaysoError` where the case is gone."""
        try:
            found = (self.folder / "case.sqlite").stat()
        except OSError as error:
            raise SaysoError(f"{self.folder}: the case can no longer be read ({error.strerror}).") from error
        return found.st_mtime_ns, found.st_size
