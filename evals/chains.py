"""Chains of attribution against gold ones, by a scorer that stands outside this repository.

    python -m evals.chains --gold FILE [--scorer PATH] [--without ID …] [--per-report]

FILE holds one report a line, gzipped or not: `text`, `publisher`, `published`, `sha256` of the text and `attributions`.
The texts are written to a folder, `sayso read` makes a case of them and `sayso export --format chains` the predictions;
the scorer compares the two files. What it prints as JSON is printed here: see its own description for the measures, of
which detection F1, chain F1, root, nested recall, deep recall and denials recall are the ones to look at. A rate
with nothing to divide by is null.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from evals.files import json_lines, report_result, stop

SCORER = Path(__file__).parents[2] / "shared" / "eval" / "score_chains.py"
"""Where the scorer stands if nobody says otherwise: beside the checkout."""

GIVEN = ("id", "text", "publisher", "published")
"""What sayso is told about a report. The gold stays here."""


def predict(gold: Sequence[dict[str, Any]], folder: Path) -> Path:
    """Read the texts of these reports with sayso: the file of its chains, one report a line."""
    reports, case, predicted = folder / "reports.jsonl", folder / "gold.case", folder / "predicted.jsonl"
    _write(reports, [{key: report[key] for key in GIVEN if key in report} for report in gold])
    _sayso("read", reports, "--case", case)
    _sayso("export", case, "--format", "chains", "-o", predicted)
    return predicted


def score(gold: Sequence[dict[str, Any]], predicted: Path, scorer: Path) -> dict[str, Any]:
    """What the scorer says about these gold reports. Ends the program with the scorer's own message if it fails."""
    with TemporaryDirectory() as folder:
        _write(Path(folder) / "gold.jsonl", gold)
        command = [sys.executable, str(scorer), str(Path(folder) / "gold.jsonl"), str(predicted), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        stop(f"{scorer} ended with status {done.returncode}:\n{done.stderr}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def leave_out(reports: Sequence[dict[str, Any]], without: Sequence[str]) -> list[dict[str, Any]]:
    """The reports but for those with one of these ids. An id that no report has ends the program."""
    missing = set(without) - {report["id"] for report in reports}
    if missing:
        stop(f"no report has the id {', '.join(sorted(missing))}")
    return [report for report in reports if report["id"] not in without]


def _sayso(*arguments: object) -> None:
    command = [sys.executable, "-m", "sayso", *map(str, arguments)]
    done = subprocess.run(command, stdout=sys.stderr, check=False)
    if done.returncode:
        stop(f"`{' '.join(command[2:])}` ended with status {done.returncode}")


def _write(path: Path, objects: Sequence[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects), encoding="utf-8")


def arguments() -> argparse.ArgumentParser:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, metavar="FILE")
    parser.add_argument("--scorer", type=Path, default=SCORER, metavar="PATH", help=f"default: {SCORER}")
    parser.add_argument("--without", action="append", default=[], metavar="ID", help="leave this report out")
    parser.add_argument("--per-report", action="store_true", help="add the same measures for each report alone")
    return parser


def main() -> None:
    """Run the evaluation named on the command line."""
    asked = arguments().parse_args()
    if not asked.scorer.is_file():
        stop(f"{asked.scorer}: no scorer there. Say where it is with --scorer PATH")
    gold = leave_out(json_lines(asked.gold), asked.without)
    with TemporaryDirectory() as folder:
        predicted = predict(gold, Path(folder))
        result = score(gold, predicted, asked.scorer)
        if asked.per_report:
            result["reports by id"] = {report["id"]: score([report], predicted, asked.scorer) for report in gold}
    report_result(result)


if __name__ == "__main__":
    main()
