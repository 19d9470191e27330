"""A Chromium without a window, driven over the DevTools protocol (1.3) through a pipe: no package, no open port."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
FLAGS: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars", "--remote-debugging-pipe",
)  # fmt: skip
PATIENCE: Final = 60.0
"""Seconds to wait for a page."""


def program() -> str | None:
    """Where the browser is; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@dataclass(slots=True)
class Browser:
    """One page of one browser."""

    write: int
    read: int
    session: str = ""
    number: int = 0
    left: bytes = b""

    def call(self, method: str, **given: object) -> dict[str, Any]:
        """What the browser answers. `RuntimeError` where it refuses."""
        self.number += 1
        asked = {"id": self.number, "method": method, "params": given}
        os.write(self.write, json.dumps(asked | ({"sessionId": self.session} if self.session else {})).encode() + b"\0")
        while (told := self._next()).get("id") != self.number:
            pass
        if "error" in told:
            raise RuntimeError(f"{method}: {told['error']}")
        result: dict[str, Any] = told["result"]
        return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self.left:
            if not (piece := os.read(self.read, 1 << 16)):
                raise RuntimeError("The browser has gone.")
            self.left += piece
        line, _, self.left = self.left.partition(b"\0")
        told: dict[str, Any] = json.loads(line)
        return told

    def run(self, script: str) -> Any:  # noqa: ANN401 - whatever the script gives
        """The value of some JavaScript."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return found["result"].get("value")

    def go(self, address: str) -> None:
        """Open a page and wait until it is there."""
        self.call("Page.navigate", url=address)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with suppress(RuntimeError):
                if self.run("document.readyState === 'complete' && location.href !== 'about:blank'"):
                    return
            time.sleep(0.05)
        raise RuntimeError(f"{address} does not open.")

    def size(self, width: int, height: int) -> None:
        """Of the window, in pixels."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self) -> bytes:
        """What the window shows, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])


@contextmanager
def opened(profile: Path) -> Iterator[Browser]:
    """A browser with a profile of its own, ended afterwards. `RuntimeError` where there is none on this machine."""
    if (found := program()) is None:
        raise RuntimeError("No Chromium on this machine: install it first.")
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    process = _started(found, profile, theirs_in, theirs_out)
    os.close(theirs_in)
    os.close(theirs_out)
    browser = Browser(ours_out, ours_in)
    try:
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        browser.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        browser.call("Page.enable")
        yield browser
    finally:
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(ours_in)
        os.close(ours_out)


def _started(found: str, profile: Path, commands: int, answers: int) -> int:
    """The process. Chromium reads commands from descriptor 3 and answers on 4: ours get there by way of high ones."""
    high = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 10) for one in (commands, answers)]
    moves = [(os.POSIX_SPAWN_DUP2, high[0], 3), (os.POSIX_SPAWN_DUP2, high[1], 4)]
    quiet = [(os.POSIX_SPAWN_OPEN, one, os.devnull, os.O_WRONLY, 0) for one in (1, 2)]
    command = [found, *FLAGS, f"--user-data-dir={profile}", "about:blank"]
    process = os.posix_spawn(found, command, os.environ, file_actions=[*quiet, *moves])
    for one in high:
        os.close(one)
    return process
