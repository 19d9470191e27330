"""Names told apart: pairs of names with a verdict, as the matcher of `sayso.names` sees them.

    python -m evals.names FOLDER [--mistakes]

FOLDER holds `nomenklatura_name_bench_cases.csv` (columns schema, name1, name2, is_match, quality, case_group; MIT,
OpenSanctions), and may hold `nomenklatura_logicv2_frozen_run.csv`, what the matcher of nomenklatura made of such pairs
(column predicted_match). Every row counts once. Of the schemas Person becomes the kind person, Vessel vehicle, all
else organisation. A pair is found if `compare` says it is the same.

Prints precision, recall and F1 over all rows, then by kind, by tier of evidence (STRONG, MEDIUM, WEAK) and by group;
and for the rows that the frozen run has too (the same schema and names), both its figures and ours. The verdicts are
those of the cases, not of the run. `--mistakes` lists wrong verdicts on standard error.

Nothing is learned from these rows, threshold included: see `training/names.py`.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from evals.counting import Counts, total
from evals.files import report_result, stop, text_of
from sayso.model import MentionKind
from sayso.names.matching import THRESHOLD, Match, compare

CASES = "nomenklatura_name_bench_cases.csv"
FROZEN = "nomenklatura_logicv2_frozen_run.csv"
KINDS: dict[str, MentionKind] = {"Person": "person", "Vessel": "vehicle"}


class Case(NamedTuple):
    """Two names, and whether they are one's."""

    schema: str
    names: tuple[str, str]
    same: bool
    tier: str
    group: str

    @property
    def kind(self) -> MentionKind:
        """The kind of mention that the schema stands for."""
        return KINDS.get(self.schema, "organisation")


def cases_of(path: Path) -> list[Case]:
    """The rows of a file of cases. Ends the program if a column is missing or a verdict is neither true nor false."""
    found = []
    for number, row in enumerate(csv.DictReader(io.StringIO(text_of(path))), 2):
        try:
            same = {"true": True, "false": False}[row["is_match"]]
            names = (row["name1"], row["name2"])
            found.append(Case(row["schema"], names, same, row["quality"] or "MEDIUM", row["case_group"]))
        except KeyError as error:
            stop(f"{path}, line {number}: no column or verdict {error}")
    return found or stop(f"{path}: no cases in it")


def frozen_of(path: Path) -> dict[tuple[str, tuple[str, str]], bool]:
    """Schema and names to what the run predicted; empty where there is no such file."""
    if not path.exists():
        return {}
    rows = csv.DictReader(io.StringIO(text_of(path)))
    return {(row["schema"], (row["name1"], row["name2"])): row["predicted_match"] == "true" for row in rows}


def score(
    cases: Sequence[Case], found: Sequence[Match], frozen: dict[tuple[str, tuple[str, str]], bool]
) -> dict[str, Any]:
    """What is printed, `found` being what was made of each case."""
    ours = [one.same for one in found]
    by = {
        name: _grouped(cases, ours, key)
        for name, key in (("kind", lambda c: c.kind), ("tier", lambda c: c.tier), ("group", lambda c: c.group))
    }
    known = [index for index, case in enumerate(cases) if (case.schema, case.names) in frozen]
    rows = [cases[index] for index in known]
    theirs = [frozen[case.schema, case.names] for case in rows]
    reference = {
        "rows": len(rows),
        "reference": _rates(_counts(rows, theirs)),
        "sayso": _rates(_counts(rows, [ours[index] for index in known])),
    }
    return {**_rates(_counts(cases, ours)), "rows": len(cases), "threshold": THRESHOLD, **by, "frozen run": reference}


def _grouped(cases: Sequence[Case], ours: Sequence[bool], key: Callable[[Case], str]) -> dict[str, Any]:
    groups: dict[str, list[Counts]] = {}
    for case, predicted in zip(cases, ours, strict=True):
        groups.setdefault(key(case), []).append(_count(case, predicted=predicted))
    return {name: {"rows": len(parts), **_rates(total(parts))} for name, parts in sorted(groups.items())}


def _counts(cases: Iterable[Case], predicted: Iterable[bool]) -> Counts:
    return total([_count(case, predicted=one) for case, one in zip(cases, predicted, strict=True)])


def _count(case: Case, *, predicted: bool) -> Counts:
    return Counts(int(case.same and predicted), int(predicted), int(case.same))


def _rates(counts: Counts) -> dict[str, float]:
    return {name: round(value, 4) for name, value in counts.rates().items()}


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help=f"folder with {CASES}")
    parser.add_argument("--mistakes", action="store_true", help="list wrong verdicts on standard error")
    asked = parser.parse_args()
    cases = cases_of(asked.folder / CASES)
    found = [compare(*case.names, case.kind) for case in cases]
    if asked.mistakes:
        for case, one in zip(cases, found, strict=True):
            if case.same != one.same:
                said = "missed" if case.same else "joined"
                print(said, case.tier, case.kind, *case.names, one.score, one.reason, sep=" | ", file=sys.stderr)
    report_result(score(cases, found, frozen_of(asked.folder / FROZEN)))


if __name__ == "__main__":
    main()
