"""A headless Chromium that a test drives over the DevTools protocol, through a pipe: no package, no port."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--remote-debugging-pipe",
)  # fmt: skip
PATIENCE = 30.0


class Browser:
    """One browser with one profile of its own: its cookies are nobody else's."""

    def __init__(self, profile, *more):
        to_read, self._write = os.pipe()
        self._read, to_write = os.pipe()

        def settle():
            # Chromium reads commands from descriptor 3 and writes answers to 4. Moved out of the way first, as either
            # may be where the other has to go.
            first, second = os.dup(to_read), os.dup(to_write)
            high = max(first, second, 10) + 1
            os.dup2(first, high)
            os.dup2(second, high + 1)
            os.dup2(high, 3)
            os.dup2(high + 1, 4)

        command = [BROWSER, *FLAGS, *more, f"--user-data-dir={profile}", "about:blank"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen(command, preexec_fn=settle, close_fds=False, **quiet)  # noqa: PLW1509
        os.close(to_read)
        os.close(to_write)
        self._left, self._number = b"", 0
        self.events = []
        target = self._call("Target.createTarget", {"url": "about:blank"})["targetId"]
        self._session = self._call("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def close(self):
        with contextlib.suppress(Exception):
            self._call("Browser.close")
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
        os.close(self._read)
        os.close(self._write)

    def kill(self):
        """End it at once, as a crash would."""
        self.process.kill()
        self.process.wait()

    def call(self, method, given=None):
        return self._call(method, given, self._session)

    def _call(self, method, given=None, session=None):
        self._number += 1
        asked = {"id": self._number, "method": method, "params": given or {}}
        os.write(self._write, json.dumps(asked | ({"sessionId": session} if session else {})).encode() + b"\0")
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            told = self._next()
            if told.get("id") == self._number:
                if "error" in told:
                    raise AssertionError(f"{method}: {told['error']}")
                return told["result"]
            self.events.append(told)
        raise AssertionError(f"{method}: no answer")

    def _next(self):
        while b"\0" not in self._left:
            piece = os.read(self._read, 1 << 16)
            if not piece:
                raise AssertionError("the browser has gone")
            self._left += piece
        line, _, self._left = self._left.partition(b"\0")
        return json.loads(line)

    def run(self, script):
        """The value of some JavaScript; a promise is waited for."""
        asked = {"expression": script, "awaitPromise": True, "returnByValue": True}
        found = self.call("Runtime.evaluate", asked)
        if "exceptionDetails" in found:
            raise AssertionError(found["exceptionDetails"])
        return found["result"].get("value")

    def go(self, address):
        self.call("Page.navigate", {"url": address})
        self.wait_for("document.readyState === 'complete' && location.href !== 'about:blank'")

    def wait_for(self, script, seconds=PATIENCE):
        """Until some JavaScript says yes. Pages that are just going say nothing."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with contextlib.suppress(AssertionError):
                if self.run(f"Boolean({script})"):
                    return
            time.sleep(0.05)
        raise AssertionError(f"never: {script}")

    def leads_on(self, act, *given):
        """Do something that brings another page, and wait until that is there."""
        self.run("document.documentElement.dataset.old = 'yes'")
        act(*given)
        self.wait_for("document.readyState === 'complete' && !document.documentElement.dataset.old")

    def press(self, key, text=None, *, alt=False):
        """One key, as a person presses it."""
        codes = {"Enter": 13, "Escape": 27, "Tab": 9, "ArrowUp": 38, "ArrowDown": 40}
        text = text if text is not None else "\r" if key == "Enter" else key if len(key) == 1 else ""
        given = {
            "key": key,
            "text": text,
            "windowsVirtualKeyCode": codes.get(key, ord(key[0].upper())),
            "modifiers": int(alt),
        }
        self.call("Input.dispatchKeyEvent", {"type": "keyDown", **given})
        self.call("Input.dispatchKeyEvent", {"type": "keyUp", "key": key})

    def type(self, words):
        self.call("Input.insertText", {"text": words})

    def click(self, selector):
        """With the mouse, in the middle of the first element."""
        place = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)}); "
            "e.scrollIntoView({block: 'center'}); const b = e.getClientRects()[0]; "
            "return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            given = {"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1}
            self.call("Input.dispatchMouseEvent", given)

    def size(self, width, height=900, *, dark=False):
        given = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}
        self.call("Emulation.setDeviceMetricsOverride", given)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", {"features": [scheme]})

    def picture(self, file):
        file.write_bytes(base64.b64decode(self.call("Page.captureScreenshot", {"format": "png"})["data"]))

    def requests(self):
        """Addresses that pages asked for."""
        self.run("1")
        sent = (one["params"] for one in self.events if one.get("method") == "Network.requestWillBeSent")
        return [one["request"]["url"] for one in sent]

    def complaints(self):
        """What the policy or a script's mistake brought up."""
        self.run("1")
        found = [
            one["params"] for one in self.events if one.get("method") in {"Log.entryAdded", "Runtime.exceptionThrown"}
        ]
        return [json.dumps(one) for one in found]


@contextmanager
def served(folder):
    """The workspace as `sayso serve` serves it: the process and the address that it prints."""
    command = [sys.executable, "-m", "sayso", "serve", str(folder)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield server, next(found[0] for line in server.stderr if (found := re.search(r"http://\S+", line)))
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(20)


@contextmanager
def browsing(profile, *more):
    browser = Browser(profile, *more)
    try:
        yield browser
    finally:
        browser.close()
