"""Sixty hostile files among a hundred good ones: are the good read, is each bad one named, and how long does it take?

    python -m evals.hostile [--keep FOLDER]

Makes the files of `evals.hostile_files` and good ones of every format, and adds them to a case with the real workers
and a reader that finds nothing: first the good ones alone, then all.

Prints one JSON object: `good` and how many were `good_read`; `hostile`, and how many of them were `hostile_right`:
named if they must be, read as far as there is something to read, and without the secret that they point at; `wrong`,
what is wrong with which; `seconds_good`, `seconds_all` and `seconds_extra`; `worst`, the ten files that took longest.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals import hostile_files, samples
from evals.files import report_result
from evals.hostile_files import SECRET, Hostile
from sayso import intake, ledger, workspace
from sayso.ledger import codec
from sayso.model import Findings, Report
from sayso.workspace import Added

GOOD = 100


def find_nothing(report: Report) -> Findings:
    """A reader that reads nothing: what is measured here is intake."""
    return Findings(report.id, (), (), ())


def start() -> Any:  # noqa: ANN401 - the workspace wants a function
    """Load the reader."""
    return find_nothing


READER = workspace.Reader("nothing 1", start)


def put(folder: Path, secret: Path) -> tuple[dict[str, int], dict[str, Hostile]]:
    """The files by name, good and hostile: all in `mixed`, where they alternate, and the good ones in `alone` too."""
    mixed, alone = folder / "mixed", folder / "alone"
    mixed.mkdir()
    alone.mkdir()
    good = {}
    for number in range(GOOD):
        suffix = list(samples.MAKERS)[number % len(samples.MAKERS)]
        name = f"{number:03}-good.{suffix}"
        data = samples.MAKERS[suffix](number)
        (alone / name).write_bytes(data)
        (mixed / name).write_bytes(data)
        good[name] = number
    hostile = {}
    for number, one in enumerate(hostile_files.files(secret)):
        name = f"{number:03}-{one.name}"
        one.put(mixed / name)
        hostile[name] = one
    return good, hostile


def measure(folder: Path) -> dict[str, Any]:
    """Everything that is printed, given an empty folder."""
    secret = folder / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    good, hostile = put(folder, secret)
    _, _, seconds_good = _add(folder / "good.case", folder / "alone")
    added, times, seconds_all = _add(folder / "all.case", folder / "mixed")
    texts = _texts(folder / "all.case")
    lost = [name for name, number in good.items() if samples.marker(number) not in texts[name]]
    kinds = _kinds(folder / "all.case", added)
    judged = {name: judge(one, kinds[shown(name)], texts[shown(name)]) for name, one in hostile.items()}
    wrong = {shown(name): said for name, said in judged.items() if said}
    return {
        "good": len(good),
        "good_read": len(good) - len(lost),
        "good_lost": lost,
        "hostile": len(hostile),
        "hostile_right": len(hostile) - len(wrong),
        "wrong": wrong,
        "seconds_good": round(seconds_good, 1),
        "seconds_all": round(seconds_all, 1),
        "seconds_extra": round(seconds_all - seconds_good, 1),
        "worst": sorted(times, reverse=True)[:10],
    }


def shown(name: str) -> str:
    """A file's name as sayso shows it: control and direction characters by their numbers."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in name)


def _add(case: Path, folder: Path) -> tuple[Added, list[tuple[float, str]], float]:
    """What adding came to, how long each file took, and all of it."""
    names = iter([one.name for one in intake.find([folder])[0]])
    times: list[tuple[float, str]] = []
    began = before = time.perf_counter()

    def step(what: str, _done: int, _total: int) -> None:
        nonlocal before
        now = time.perf_counter()
        if what == "files" and (name := next(names, "")):
            times.append((round(now - before, 2), name))
            before = now

    added = workspace.add(case, [folder], reader=READER, step=step)
    return added, times, time.perf_counter() - began


def _texts(case: Path) -> defaultdict[str, str]:
    """All texts of a case by the file that they came from, blanks and line ends as single blanks."""
    texts: defaultdict[str, str] = defaultdict(str)
    asked = "SELECT record, texts.text FROM reports JOIN texts ON reports.text = texts.sha256"
    with ledger.open_to_read(case) as opened:
        for record, text in opened.database.execute(asked):
            words = text.decode("utf-8", "surrogatepass").split()
            texts[codec.report_from_json(record, "").name] += " ".join(words) + " "
    return texts


def _kinds(case: Path, added: Added) -> defaultdict[str, set[str]]:
    """The kinds of all caveats by the file that they are about, or whose report."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for caveat in added.failures:
        kinds[caveat.about].add(caveat.kind)
    with ledger.open_to_read(case) as opened:
        for name, caveats in opened.database.execute("SELECT name, caveats FROM takings"):
            kinds[name].update(caveat.kind for caveat in codec.caveats_from_json(caveats))
    return kinds


def judge(one: Hostile, kinds: set[str], text: str) -> str:
    """What is wrong with what became of a hostile file; "" if nothing is."""
    if one.named and not kinds & one.named:
        return f"none of {sorted(one.named)} was named, but {sorted(kinds)}"
    if one.read and one.read not in text:
        return f"what can be read was not read; named: {sorted(kinds)}"
    if not one.read and text.strip():
        return f"a report came of it: {text[:80]!r}"
    if SECRET in text or "root:" in text:
        return "it gave away a file that it points at"
    return ""


def main() -> None:
    """Run the measure named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=Path, help="make the files and cases here, in a new folder, and leave them")
    asked = parser.parse_args()
    if asked.keep:
        asked.keep.mkdir(parents=True)
        report_result(measure(asked.keep))
        return
    with TemporaryDirectory() as name:
        print("making files ...", file=sys.stderr)
        report_result(measure(Path(name)))


if __name__ == "__main__":
    main()
