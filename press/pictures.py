"""The documentation's pictures, taken from the program as it runs: `python -m press.pictures`. Wants Chromium.

The invented case is read, its dossier and the check of a draft are written, and a browser without a window looks at
them where `SHOTS` says. Nothing is drawn by hand, nothing mended afterwards.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from press.browser import opened
from press.site import ROOT
from sayso import workspace

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
SCROLL: Final = """(() => {
  const heading = [...document.querySelectorAll("h2, h3, h4")].find((one) => one.textContent.trim() === WORDS);
  const place = heading.closest("details, article, section");
  scrollTo(0, place.getBoundingClientRect().top + scrollY - document.querySelector(".top").offsetHeight);
})()"""


def main() -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory() as name, opened(Path(name) / "profile") as browser:
        write_pages(Path(name))
        for shot in SHOTS:
            browser.size(shot.width, shot.height)
            browser.go((Path(name) / shot.page).as_uri())
            if shot.heading:
                browser.run(SCROLL.replace("WORDS", json.dumps(shot.heading)))
            (FOLDER / f"{shot.name}.png").write_bytes(browser.picture())
            print(FOLDER / f"{shot.name}.png")


def write_pages(folder: Path) -> None:
    """The dossier of the invented case, and a draft held against it."""
    place = folder / "harbour-fire.case"
    workspace.add(place, [workspace.example()])
    case = workspace.load(place)
    workspace.write_dossier(case, folder / "dossier.html", title="The harbour fire")
    draft, _ = workspace.read_draft(DRAFT)
    workspace.write(workspace.check_page(*workspace.check_draft(case, draft)), folder / "check.html")


if __name__ == "__main__":
    main()
