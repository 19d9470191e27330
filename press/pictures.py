"""The documentation's pictures, taken from the program as it runs: `python -m press.pictures`. Wants Chromium.

The invented case is read, its dossier and the check of a draft are written, and the workspace is served. Then a
browser without a window looks at them where `SHOTS` and `of_workspace` say. Nothing is drawn by hand, nothing mended.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

from press.browser import Browser, opened
from press.site import ROOT
from sayso import workspace
from sayso.model import Case

FOLDER: Final = ROOT / "docs" / "pictures"
DRAFT: Final = ROOT / "examples" / "harbour-fire" / "drafts" / "short-news.txt"


class Shot(NamedTuple):
    """One picture."""

    name: str
    page: str
    heading: str
    """What stands at its top; "" for the head of the page."""
    width: int
    height: int


SHOTS: Final = (
    Shot("dossier", "dossier.html", "", 1200, 1130),
    Shot("question", "dossier.html", "How many are missing?", 1200, 720),
    Shot("tolls", "dossier.html", "Ledgers", 1200, 760),
    Shot("timeline", "dossier.html", "Timeline", 1200, 700),
    Shot("report", "dossier.html", "At least 11 dead in fire at Port Mazrin shed where strikers were held", 1200, 720),
    Shot("check", "check.html", "", 1200, 900),
)
SCROLL: Final = """(async () => {
  const heading = [...document.querySelectorAll("h2, h3, h4")].find((one) => one.textContent.trim() === WORDS);
  const place = heading.closest("details, article, section");
  for (let n = 0; n < 5; n += 1) {
    scrollTo(0, place.getBoundingClientRect().top + scrollY - document.querySelector(".top").offsetHeight);
    await new Promise((done) => { setTimeout(done, 100); });
  }
})()"""
"""What is far away has no height before it is near: so the place is looked for several times."""


def main() -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory() as name, opened(Path(name) / "profile") as browser:
        case = write_pages(Path(name))
        for shot in SHOTS:
            browser.size(shot.width, shot.height)
            browser.go((Path(name) / shot.page).as_uri())
            if shot.heading:
                browser.run(SCROLL.replace("WORDS", json.dumps(shot.heading)))
            keep(browser, shot)
        with served(Path(name) / "harbour-fire.case") as (_, address):
            browser.go(address)
            for shot in of_workspace(case):
                browser.size(shot.width, shot.height)
                browser.go(address[: address.index("/", len("http://"))] + shot.page)
                keep(browser, shot)


def of_workspace(case: Case) -> tuple[Shot, ...]:
    """Pages of the workspace, by address: a report beside its passages, and the matrix of the first question."""
    return (
        Shot("workspace", f"/reports/{case.reports[1].id}", "", 1200, 860),
        Shot("workspace-hypotheses", f"/hypotheses/{case.questions[0].id}", "", 1200, 860),
    )


def keep(browser: Browser, shot: Shot) -> None:
    """Write what the window shows."""
    (FOLDER / f"{shot.name}.png").write_bytes(browser.picture())
    print(FOLDER / f"{shot.name}.png")


@contextmanager
def served(case: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The workspace of a case as `sayso serve` serves it: the process, and the address that opens it."""
    command = [sys.executable, "-m", "sayso", "serve", str(case)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)  # noqa: S603 (sayso itself)
    assert process.stderr is not None  # noqa: S101 (told to the type checker)
    try:
        yield process, next(line.strip() for line in process.stderr if line.strip().startswith("http"))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()
        process.stderr.close()


def write_pages(folder: Path) -> Case:
    """The dossier of the invented case, and a draft held against it."""
    place = folder / "harbour-fire.case"
    workspace.add(place, [workspace.example()])
    case = workspace.load(place)
    workspace.write_dossier(case, folder / "dossier.html", title="The harbour fire")
    draft, _ = workspace.read_draft(DRAFT)
    workspace.write(workspace.check_page(*workspace.check_draft(case, draft)), folder / "check.html")
    return case


if __name__ == "__main__":
    main()
