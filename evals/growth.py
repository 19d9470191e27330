"""Does the time for one report grow with the number of reports? From an empty case to a dossier.

    python -m evals.growth [SIZE …]

For each size (10, 100, 1,000 and 10,000 if none is given) that many invented reports are written to one file, `sayso
read` makes a case of them in one process, and `sayso dossier` writes it up, with nothing left to read. Everything runs
on one core, to which this process is bound. The reports are short (about 60 words, a tenth of a news report), so that
10,000 take minutes: the encoder weighs less than in real work, and what is done over all reports (names, copies, the
case on disk, the dossier) more. Every fifth report holds a passage of an earlier one, as wire copy does, and the same
three hundred people speak throughout.

Prints for each size: `read_ms` and `dossier_ms` for one report, start-up included; the largest process of either in
millions of bytes; megabytes of the case's folder and of the dossier. Start-up (a second or two) rules the smallest
size. From 100 on a figure for one report that grows with the size shows a step that is worse than linear.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.files import report_result
from evals.speed import Run, run

SIZES = (10, 100, 1_000, 10_000)

GIVEN = ("Ada", "Cale", "Dorn", "Ella", "Finn", "Gila", "Hale", "Ivo", "Jora", "Kem", "Lio", "Mara", "Nils", "Oda")
FAMILY: tuple[str, ...] = (
    "Arrel",
    "Brask",
    "Corv",
    "Dunmar",
    "Eskil",
    "Farrow",
    "Grell",
    "Hodde",
    "Irven",
    "Jarl",
    "Kolm",
    "Lunde",
)
FAMILY += ("Mirrow", "Norr", "Ostrel", "Pellin", "Quist", "Rhode", "Sarn", "Tolle")
OFFICES = (
    "the harbour master",
    "a spokesman for the port",
    "the fire chief",
    "a dock worker",
    "the minister",
    "who saw it",
)
CUES = ("said", "told the Courier", "denied", "said in a statement", "claimed", "confirmed")
SUBJECTS = ("the ferry", "the warehouse", "the night train", "the fuel depot", "a patrol boat", "the north quay")
EVENTS = (
    "had burned for two hours before help came",
    "was hit by a shell from the hills",
    "was empty when the roof fell in",
    "may have been set on fire by its owner",
    "had been checked a week before the accident",
    "carried eleven people and no cargo",
)
OUTLETS = tuple(f"The {place} Courier" for place in ("Northport", "Vell", "Isle", "Marrow", "Skerry", "Dunmar"))
SENTENCES = 5
COPIED = 5
"""Every so many reports, one repeats two sentences of an earlier one."""


def sentence(draw: random.Random) -> str:
    """One invented statement with its speaker, about 12 words."""
    who = f"{draw.choice(GIVEN)} {draw.choice(FAMILY)}, {draw.choice(OFFICES)},"
    return f"{who} {draw.choice(CUES)} that {draw.choice(SUBJECTS)} {draw.choice(EVENTS)}."


def reports(count: int) -> list[dict[str, str]]:
    """So many invented reports, always the same ones, all different."""
    draw = random.Random(count)  # noqa: S311 - chance for invented texts, not for secrets
    made: list[dict[str, str]] = []
    for number in range(count):
        said = [sentence(draw) for _ in range(SENTENCES)]
        if made and number % COPIED == 0:
            said[:2] = draw.choice(made)["text"].split("\n\n")[1:3]
        text = "\n\n".join([f"Report {number + 1} from the coast.", *said])
        published = f"20{31 + number // 336:02d}-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}"
        made.append({"text": text, "publisher": draw.choice(OUTLETS), "published": published})
    return made


def measure(count: int, folder: Path) -> dict[str, float]:
    """The whole job for so many reports."""
    given, case, page = folder / "reports.jsonl", folder / "grown.case", folder / "grown.html"
    given.write_text("".join(json.dumps(one) + "\n" for one in reports(count)), encoding="utf-8")
    print(f"{count} reports …", file=sys.stderr)
    read = run("read", given, "--case", case, "--processes", 1, "-q")
    written = run("dossier", given, "--case", case, "-o", page, "--processes", 1, "-q")
    return {"reports": count, **_rounded(count, read, written), "case_mb": _size(case), "dossier_mb": _size(page)}


def _rounded(count: int, read: Run, written: Run) -> dict[str, float]:
    return {
        "read_ms": round(1000 * read.seconds / count, 2),
        "dossier_ms": round(1000 * written.seconds / count, 2),
        "read_peak_mb": round(read.peak_bytes / 1e6),
        "dossier_peak_mb": round(written.peak_bytes / 1e6),
    }


def _size(path: Path) -> float:
    files = [one for one in path.rglob("*") if one.is_file()] if path.is_dir() else [path]
    return round(sum(one.stat().st_size for one in files) / 1e6, 2)


def main() -> None:
    """Run the measure named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", metavar="SIZE", help="default: 10 100 1000 10000")
    asked = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    found = []
    for count in asked.sizes or SIZES:
        with TemporaryDirectory() as name:
            found.append(measure(count, Path(name)))
    report_result({"sizes": found})


if __name__ == "__main__":
    main()
