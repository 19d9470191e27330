"""The case as the workspace holds it: loaded once, brought up to date after every act, loaded again if others add.

What a person decides is on the disk before they are answered, and stands beside its passage at once. What follows from
it for names, questions and the rest is worked out by a thread of its own, in a large case for some seconds.
"""

from __future__ import annotations

import gc
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from sayso import workspace
from sayso.kit import Memory, SaysoError
from sayso.model import Case, Judgement
from sayso.web import pages
from sayso.web.view import View

PATIENCE_SECONDS: Final = 20.0
"""How long an act waits for another that is under way in this workspace."""
FOLLOW_SECONDS: Final = 0.2
"""How long an act waits for what follows from it; in a small case that is enough."""
REST_SECONDS: Final = 2.0
"""How long nobody must have judged before what follows is kept on disk. In a large case that holds up acts a second."""
IDLE_SECONDS: Final = 10.0
"""And how long after that before pages are worked out that take seconds: they hold up the next judgement, too."""
DAYS_KEPT: Final = 4
"""Views of the case as it was known on a day that are kept: each is as large as the case."""


class Desk:
    """One open case."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loading = threading.Lock()
        self._acting = threading.Lock()
        self._working = threading.Lock()
        self._dating = threading.Lock()
        self._memory = Memory()
        """What was worked out last; used under `_working`."""
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
                self._take(View(workspace.load(self.folder)), stamp)
            return self._view  # type: ignore[return-value]

    @property
    def is_following(self) -> bool:
        """Whether it is still being worked out what follows from the last judgements."""
        return self._view is not None and self._view.is_following

    def warm(self) -> None:
        """Work out what the first pages need, so that the first look is as quick as the next."""
        _warm(self.view())

    def remember(self) -> None:
        """Keep in memory what the case was worked out from, so that what follows from a judgement is soon there.

        Then work out what the pages behind the first ones need. Takes as long as working the case out: by a thread of
        its own. Acts do not wait for it.
        """
        with self._working:
            self._memory = workspace.remember(self.view().worked_out)
        self.view().warm_more()

    def as_of(self, day: str) -> View:
        """The case as it was known on a day. `WrongUse` for what is no day, and where no report is as old."""
        now = self.view()
        with self._dating:
            found = self._days.get(day)
            if found is None or not found.is_of(now):
                found = self._days[day] = View(workspace.as_of(now.case, day), now=now, day=day)
                while len(self._days) > DAYS_KEPT:
                    self._days.popitem(last=False)
            return found

    def act(self, done: Callable[[Case], Case | tuple[Judgement, ...]]) -> View:
        """Do something that changes the case, one at a time, and look at it again.

        `done` is given the case as it is. It gives the case as it is after that, or the judgements that it recorded.
        """
        with self.alone():
            before = self.view()
            made = done(before.case)
            with self._loading:
                shown = View(made, before=before) if isinstance(made, Case) else before.with_judgements(made)
                self._take(shown, self._read_stamp())
        if not isinstance(made, Case):
            done_with = threading.Event()
            work = (shown, before, done_with)
            threading.Thread(target=self._follow, args=work, name="following", daemon=True).start()
            done_with.wait(FOLLOW_SECONDS)
        return self.view()

    def aside(self, done: Callable[[], object]) -> None:
        """Do something that is written into the folder and changes nothing of the case: it is not loaded again."""
        with self.alone():
            self._aside(done)

    def _aside(self, done: Callable[[], object]) -> None:
        with self._loading:  # else who looks before the stamp is taken would load it again
            same = self._stamp == self._read_stamp()
            done()
            if same:
                self._stamp = self._read_stamp()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else changes the case through this workspace inside. `SaysoError` where that takes too long."""
        if not self._acting.acquire(timeout=PATIENCE_SECONDS):
            raise SaysoError(
                "Reports are being added to the case just now. Wait until that is done; then send it again."
            )
        try:
            yield
        finally:
            self._acting.release()

    def _follow(self, shown: View, before: View, done_with: threading.Event) -> None:
        """Work out all that follows from judgements, unless there are newer ones by then: those bring it along."""
        with self._working:
            if self._view is not shown:
                return
            whole = View(workspace.with_judgements(self.folder, before.worked_out, self._memory), before=before)
            _ = whole.known  # what the page needs on which the judgement was made
            with self._loading:
                if self._view is shown:
                    self._take(whole, self._stamp)
        done_with.set()
        _warm(whole)
        time.sleep(REST_SECONDS)
        if self._view is whole:
            self._keep(whole)
        time.sleep(IDLE_SECONDS)
        if self._view is whole:
            whole.warm_more()

    def _keep(self, whole: View) -> None:
        with suppress(SaysoError), self.alone():  # another program is writing: then it is worked out when next loaded
            if self._view is whole and self._stamp == self._read_stamp():
                self._aside(lambda: workspace.keep(self.folder, whole.case))

    def _take(self, view: View, stamp: tuple[int, int]) -> None:
        self._view, self._stamp = view, stamp
        gc.freeze()  # a case is millions of tuples in no rings, through which Python would look again and again

    def _read_stamp(self) -> tuple[int, int]:
        """Changes with every commit: the database is one file. `SaysoError` where the case is gone."""
        try:
            found = (self.folder / "case.sqlite").stat()
        except OSError as error:
            raise SaysoError(f"{self.folder}: the case can no longer be read ({error.strerror}).") from error
        return found.st_mtime_ns, found.st_size


def _warm(view: View) -> None:
    """Work out what pages need that show the whole case, and draw the first ones."""
    view.warm()
    pages.home(view, {})
    pages.list_reports(view, {})
    if view.case.reports:
        pages.report(view, view.case.reports[0].id)
