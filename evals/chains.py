"""Chains of attribution against gold ones, by a scorer that stands outside this repository.

    python -m evals.chains --gold FILE [--scorer PATH] [--without ID …] [--per-report] [--by FEATURE …]

FILE holds one report a line, gzipped or not: `text`, `publisher`, `published`, `sha256` of the text and `attributions`.
The texts are written to a folder, `sayso read` makes a case of them and `sayso export --format chains` the predictions;
the scorer compares the two files. What it prints as JSON is printed here: see its own description for the measures, of
which detection F1, chain F1, root, nested recall, deep recall and denials recall are the ones to look at. A rate
with nothing to divide by is null.

`--by kind` (or named, stance, certainty, manner, nested, relayed) adds, for each value of that feature in the gold, how
many attributions have it, the share of them that was found, and the share found with the whole chain right, as the
scorer matches and compares. `nested` are those within another, `relayed` chains of three voices or more within none.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from evals.files import json_lines, report_result, stop

SCORER = Path(__file__).parents[2] / "shared" / "eval" / "score_chains.py"
"""Where the scorer stands if nobody says otherwise: beside the checkout."""

GIVEN = ("id", "text", "publisher", "published")
"""What sayso is told about a report. The gold stays here."""

FEATURES = ("named", "kind", "stance", "certainty", "manner", "nested", "relayed")


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


def break_down(
    gold: Sequence[dict[str, Any]], predicted: Sequence[dict[str, Any]], features: Sequence[str], scorer: ModuleType
) -> dict[str, dict[str, dict[str, Any]]]:
    """For each feature and each of its values in the gold: how many, and the shares found and with the whole chain."""
    found = {report["sha256"]: report["attributions"] for report in predicted}
    rows: list[tuple[dict[str, Any], bool, bool]] = []
    for report in gold:
        partners = {g["id"]: p for g, p in scorer.matched(report["attributions"], found.get(report["sha256"], []))}
        agrees = scorer.agreeing({voice for one in report["attributions"] for voice in one["voices"]})
        for one in report["attributions"]:
            voices = partners[one["id"]].get("voices") or [] if one["id"] in partners else []
            is_whole = len(voices) == len(one["voices"]) and all(map(agrees, one["voices"], voices))
            rows.append((one, one["id"] in partners, is_whole))
    return {name: _by_value([(_value(one, name, scorer), *row) for one, *row in rows]) for name in features}


def _value(one: dict[str, Any], feature: str, scorer: ModuleType) -> str:
    if feature == "nested":
        return str(bool(one.get("within")))
    return str(scorer.relayed(one) if feature == "relayed" else one.get(feature))


def _by_value(rows: Sequence[tuple[Any, ...]]) -> dict[str, dict[str, Any]]:
    """Rows of (value, found, whole chain right)."""
    out = {}
    for value in sorted({row[0] for row in rows}):
        found, whole = zip(*(row[1:] for row in rows if row[0] == value), strict=True)
        shares = {"found": sum(found) / len(found), "whole chain": sum(whole) / len(whole)}
        out[value] = {"gold": len(found), **shares}
    return out


def load_scorer(path: Path) -> ModuleType:
    """The scorer as a module, for its matching. It stands outside this repository, so it has no name to import."""
    spec = importlib.util.spec_from_file_location("score_chains", path)
    if spec is None or spec.loader is None:
        stop(f"{path}: no Python file")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
    parser.add_argument("--by", action="append", default=[], choices=FEATURES, help="break down by what the gold says")
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
        if asked.by:
            result["by"] = break_down(gold, json_lines(predicted), asked.by, load_scorer(asked.scorer))
    report_result(result)


if __name__ == "__main__":
    main()
