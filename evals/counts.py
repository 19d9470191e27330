"""Are the counts right that the program finds? Draws some by chance to be judged by hand, and adds up the judgements.

    python -m evals.counts FOLDER [--seed N] [--sample 100] > drawn.csv
    python -m evals.counts FOLDER --judged judged.csv

FOLDER holds files of JSON Lines, gzipped or not, whose objects have `ID` and `content_original` (AllSides articles).
Reports whose id stands in the `id` of a line of `--without` are left out: the development reports of chains, which lie
beside FOLDER in `chains/dev.jsonl.gz` if nothing else is said.

The first form writes a table: one drawn count a line with its sentence and an empty column `verdict`. The draw is the
same for the same seed, texts and counts. Write "right" or "wrong" into `verdict`: right is a count whose words, bounds,
noun, fate and who a careful coder would have written down the same from reading the sentence (and those around it), and
which counts people or things at all.

The second form prints {"judged", "right", "share", "interval", "not_found_so"}: how many are judged, how many right,
the share with its 90 % interval, and how many of those judged the program would not give the same today.

What cannot be compared: whoever judges knows the program; what it misses is not in the draw.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import sys
from collections.abc import Iterator
from pathlib import Path

from evals.counting import Counts, interval
from evals.files import json_lines, report_result, stop, text_of
from sayso.model import Quantity
from sayso.reading.quantities import quantities
from sayso.reading.sentences import split

COLUMNS = ("verdict", "report", "start", "as_written", "low", "high", "counted", "fate", "who", "sentence")
VERDICTS = frozenset({"right", "wrong"})


def texts(folder: Path, without: Path) -> dict[str, str]:
    """Text by id, without those of the second file. Ends the program if there is nothing to read."""
    left_out = {row["id"] for row in json_lines(without)}
    files = sorted(folder.glob("*.jsonl.gz")) + sorted(folder.glob("*.jsonl"))
    found = {row["ID"]: row["content_original"] for file in files for row in json_lines(file)}
    if not found:
        stop(f"{folder}: no reports in it; name a folder with .jsonl or .jsonl.gz files")
    return {name: found[name] for name in sorted(found) if name not in left_out}


def rows(reports: dict[str, str]) -> Iterator[dict[str, str]]:
    """Every count of every report as a line of the table, with an empty verdict."""
    for name, text in reports.items():
        sentences = split(text)
        for one in quantities(text, sentences):
            sentence = next(span for span in sentences if span.start <= one.span.start < span.end)
            yield _row(name, one, text[sentence.start : sentence.end])


def _row(report: str, one: Quantity, sentence: str) -> dict[str, str]:
    high = "" if one.high is None else f"{one.high:g}"
    told = (report, str(one.span.start), one.as_written, f"{one.low:g}", high, one.counted, one.fate, one.who, sentence)
    return dict(zip(COLUMNS, ("", *told), strict=True))


def draw(reports: dict[str, str], seed: int, sample: int) -> list[dict[str, str]]:
    """So many counts by chance, in the order of the reports."""
    every = list(rows(reports))
    chosen = random.Random(seed).sample(range(len(every)), min(sample, len(every)))  # noqa: S311 - no secret
    return [every[place] for place in sorted(chosen)]


def add_up(reports: dict[str, str], judged: Path) -> dict[str, object]:
    """The share of a judged table that is right. Ends the program at a line without a verdict."""
    table = list(csv.DictReader(io.StringIO(text_of(judged), newline="")))
    for number, row in enumerate(table, 2):
        if row.get("verdict") not in VERDICTS:
            stop(f"{judged}, line {number}: write right or wrong into the column verdict")
    now = {tuple(row.values())[1:] for row in rows(reports)}
    right = [row["verdict"] == "right" for row in table]
    return {
        "judged": len(right),
        "right": sum(right),
        "share": sum(right) / len(right) if right else 0.0,
        "interval": interval([Counts(int(one), 1, 1) for one in right], "precision"),
        "not_found_so": sum(tuple(row[column] for column in COLUMNS[1:]) not in now for row in table),
    }


def main() -> None:
    """Run the measure named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sample", type=int, default=100, metavar="N")
    parser.add_argument("--judged", type=Path, metavar="FILE", help="a drawn table with verdicts")
    parser.add_argument("--without", type=Path, metavar="FILE", help="reports to leave out")
    asked = parser.parse_args()
    reports = texts(asked.folder, asked.without or asked.folder.resolve().parent / "chains" / "dev.jsonl.gz")
    if asked.judged:
        report_result(add_up(reports, asked.judged))
        return
    table = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(draw(reports, asked.seed, asked.sample))


if __name__ == "__main__":
    main()
