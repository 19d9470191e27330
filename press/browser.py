"""A Chromium without a window, driven over the DevTools protocol (1.3) through a pipe: no package, no open port."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
FLAGS: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--remote-debugging-pipe",
)  # fmt: skip
PATIENCE: Final = 60.0
"""Seconds to wait for a page, or for what a page is to say."""
DOMAINS: Final = ("Page", "Runtime", "Network", "Log")
"""What the browser tells of by itself."""
CODES: Final = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowUp": 38, "ArrowDown": 40}
"""Keys that are no letters, as Windows numbers them."""
NARROW: Final = 500
"""Pixels below which a window is a telephone's."""


def program() -> str | None:
    """Where the browser is; None where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@dataclass(slots=True)
class Browser:
    """One page of one browser with a profile of its own: its cookies are nobody else's."""

    process: int
    write: int
    read: int
    session: str = ""
    number: int = 0
    left: bytes = b""
    events: list[dict[str, Any]] = field(default_factory=list)
    """What the browser told by itself."""

    def call(self, method: str, **given: object) -> dict[str, Any]:
        """What the browser answers of this page. `RuntimeError` where it refuses."""
        return self.ask(method, given, self.session)

    def ask(self, method: str, given: dict[str, object], session: str = "") -> dict[str, Any]:
        """What the browser answers of itself, or of one of its pages."""
        self.number += 1
        asked = {"id": self.number, "method": method, "params": given}
        os.write(self.write, json.dumps(asked | ({"sessionId": session} if session else {})).encode() + b"\0")
        while (told := self._next()).get("id") != self.number:
            self.events.append(told)
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
        """The value of some JavaScript; a promise is waited for. `RuntimeError` where it goes wrong."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in found:
            raise RuntimeError(str(found["exceptionDetails"]))
        return found["result"].get("value")

    def go(self, address: str) -> None:
        """Open a page and wait until it is there."""
        self.call("Page.navigate", url=address)
        self.wait_for("document.readyState === 'complete' && location.href !== 'about:blank'")

    def wait_for(self, script: str, seconds: float = PATIENCE) -> None:
        """Until some JavaScript says yes. Pages that are just going say nothing. `RuntimeError` where it never does."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(RuntimeError):
                if self.run(f"Boolean({script})"):
                    return
            time.sleep(0.05)
        raise RuntimeError(f"never: {script}")

    def leads_on(self, act: Callable[..., None], *given: object) -> None:
        """Do something that brings another page, and wait until that is there."""
        self.run("document.documentElement.dataset.old = 'yes'")
        act(*given)
        self.wait_for("document.readyState === 'complete' && !document.documentElement.dataset.old")

    def press(self, key: str, *, alt: bool = False) -> None:
        """One key, as a person presses it."""
        text = "\r" if key == "Enter" else key if len(key) == 1 else ""
        code = CODES.get(key, ord(key[0].upper()))
        self.call(
            "Input.dispatchKeyEvent",
            type="keyDown",
            key=key,
            text=text,
            windowsVirtualKeyCode=code,
            modifiers=int(alt),
        )
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def type(self, words: str) -> None:
        """Words where the cursor is, as if they were pasted."""
        self.call("Input.insertText", text=words)

    def click(self, selector: str) -> None:
        """With the mouse, in the middle of the first element."""
        place = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); "
            "e.scrollIntoView({block: 'center'}); const b = e.getClientRects()[0]; "
            "return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def size(self, width: int, height: int = 900, *, dark: bool = False) -> None:
        """Of the window, in pixels, and the scheme of colours that the person likes."""
        given = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < NARROW}
        self.call("Emulation.setDeviceMetricsOverride", **given)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])

    def picture(self) -> bytes:
        """What the window shows, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def requests(self) -> list[str]:
        """Addresses that pages asked for."""
        self.run("1")
        sent = (one["params"] for one in self.events if one.get("method") == "Network.requestWillBeSent")
        return [one["request"]["url"] for one in sent]

    def complaints(self) -> list[str]:
        """What a policy or a script's mistake brought up."""
        self.run("1")
        told = {"Log.entryAdded", "Runtime.exceptionThrown"}
        return [json.dumps(one["params"]) for one in self.events if one.get("method") in told]

    def kill(self) -> None:
        """End it at once, as a crash would."""
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
            self.process = 0


@contextmanager
def opened(profile: Path, *more: str) -> Iterator[Browser]:
    """A browser with a profile of its own, ended afterwards; `more` flags. `RuntimeError` where there is none here."""
    if (found := program()) is None:
        raise RuntimeError("No Chromium on this machine: install it first.")
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    process = _started([found, *FLAGS, *more, f"--user-data-dir={profile}", "about:blank"], theirs_in, theirs_out)
    os.close(theirs_in)
    os.close(theirs_out)
    browser = Browser(process, ours_out, ours_in)
    try:
        target = browser.ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        browser.session = browser.ask("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        for domain in DOMAINS:
            browser.call(f"{domain}.enable")
        yield browser
    finally:
        _end(browser)


def _end(browser: Browser) -> None:
    """Let it write what it notes, such as its log of the network, and end it."""
    if browser.process:
        with suppress(Exception):
            browser.ask("Browser.close", {})
        end = time.monotonic() + 10
        while time.monotonic() < end and browser.process:
            if os.waitpid(browser.process, os.WNOHANG)[0]:
                browser.process = 0
            else:
                time.sleep(0.02)
    browser.kill()
    os.close(browser.read)
    os.close(browser.write)


def _started(command: list[str], commands: int, answers: int) -> int:
    """The process. Chromium reads commands from descriptor 3 and answers on 4: ours get there by way of high ones."""
    high = [fcntl.fcntl(one, fcntl.F_DUPFD_CLOEXEC, 10) for one in (commands, answers)]
    moves = [(os.POSIX_SPAWN_DUP2, high[0], 3), (os.POSIX_SPAWN_DUP2, high[1], 4)]
    quiet = [(os.POSIX_SPAWN_OPEN, one, os.devnull, os.O_WRONLY, 0) for one in (1, 2)]
    process = os.posix_spawn(command[0], command, os.environ, file_actions=[*quiet, *moves])
    for one in high:
        os.close(one)
    return process
