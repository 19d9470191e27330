"""Intake: files to reports. The bytes are left alone; the text, publisher, authors and date are found in them.

    find(paths) ─▶ Found ── load ─▶ bytes ── take_in (in a worker: take_in_safely) ─▶ Reports, Caveats

One module or folder for each format: `plain` (text, Markdown), `webpage`, `jsonlines` (JSON Lines, JSON), `table` (CSV,
TSV), `pdf`, `docx`, `mail` (EML, MBOX, MHTML), `archive` (ZIP, tar), `webarchive` (WARC, ARC, WACZ). `formats` decides
which, and makes reports of the articles; `descent` goes into files in files; `workers` and `sandbox` keep it all from
doing harm. What is wrong comes back as caveats, never as an exception.
"""

from sayso.intake.files import find, load
from sayso.intake.formats import HEAD, media_type, take_in, tools, understand
from sayso.intake.records import STDIN, Found, Settings
from sayso.intake.workers import take_in_safely

__all__ = [
    "HEAD", "STDIN", "Found", "Settings", "find", "load", "media_type", "take_in", "take_in_safely", "tools",
    "understand",
]  # fmt: skip
