"""Is every sentence of a draft traced to where it comes from in a case?

    python -m evals.drafts FOLDER [--case CASE] [--draft NAME]

FOLDER has `reports/` and `drafts/`, in the form of `examples/harbour-fire`: the drafts as text files, and `marks.jsonl`
with one object for each of their sentences, `{"draft": file, "sentence": words, "is": [verdict, …]}`. Where two
verdicts can be defended both are named, the better one first, and either is right. The program reads the reports,
unless a case that holds them is given.

"accuracy" is the share of sentences with a right verdict. Precision of a verdict: of the sentences that were given it
those for which it is right; recall: of those whose first mark it is those with a right verdict. The confusion counts
the wrong ones as "mark > verdict".

Prints one JSON object; the wrong sentences go to standard error, one JSON object a line.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, get_args

from evals.files import json_lines, report_result, stop
from sayso import workspace
from sayso.model import Case, Verdict


class Judged(NamedTuple):
    """A sentence with what it is and what the program says."""

    draft: str
    words: str
    wanted: tuple[str, ...]
    verdict: str

    @property
    def is_right(self) -> bool:
        """Whether the verdict can be defended."""
        return self.verdict in self.wanted


def judged(case: Case, folder: Path, marks: Iterable[dict[str, Any]], only: str = "") -> Iterator[Judged]:
    """Every marked sentence with its verdict; "not found" where the program has no such sentence."""
    wanted: dict[str, dict[str, tuple[str, ...]]] = {}
    for mark in marks:
        wanted.setdefault(mark["draft"], {})[mark["sentence"]] = tuple(mark["is"])
    for name in sorted(wanted):
        if only in {"", name}:
            report, _ = workspace.read_draft(folder / name)
            _, check = workspace.check_draft(case, report)
            found = {report.text[slice(*one.span)]: one.verdict for one in check.sentences}
            for words, verdicts in wanted[name].items():
                yield Judged(name, words, verdicts, found.get(words, "not found"))


def rates(several: Sequence[Judged]) -> dict[str, Any]:
    """Accuracy, precision and recall of each verdict, and which were taken for which."""
    wrong = Counter(f"{one.wanted[0]} > {one.verdict}" for one in several if not one.is_right)
    return {
        "sentences": len(several),
        "accuracy": _share([one.is_right for one in several]),
        "verdicts": {
            name: {
                "precision": _share([one.is_right for one in several if one.verdict == name]),
                "recall": _share([one.is_right for one in several if one.wanted[0] == name]),
                "given": sum(one.verdict == name for one in several),
                "marked": sum(one.wanted[0] == name for one in several),
            }
            for name in get_args(Verdict)
        },
        "wrong": dict(sorted(wrong.items())),
    }


def _share(several: Sequence[bool]) -> float | None:
    return round(sum(several) / len(several), 4) if several else None


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder with reports/ and drafts/")
    parser.add_argument("--case", type=Path, help="a case that holds the reports already")
    parser.add_argument("--draft", default="", help="only this file of drafts/")
    given = parser.parse_args()
    drafts = given.folder / "drafts"
    marks = json_lines(drafts / "marks.jsonl")
    with TemporaryDirectory() as place:
        case = given.case or Path(place) / "case"
        if not given.case:
            workspace.add(case, [given.folder / "reports"])
        several = list(judged(workspace.load(case), drafts, marks, given.draft))
    if not several:
        stop(f"{drafts}: no sentence is marked there")
    for one in several:
        if not one.is_right:
            print(json.dumps(one._asdict(), ensure_ascii=False), file=sys.stderr)
    names = sorted({one.draft for one in several})
    by_draft = {name: _share([one.is_right for one in several if one.draft == name]) for name in names}
    report_result({**rates(several), "drafts": by_draft})


if __name__ == "__main__":
    main()
