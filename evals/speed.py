"""How fast sayso reads, beside its encoder alone.

    python -m evals.speed [PATH]

Everything runs on one core: this process is bound to it, and what it starts inherits that. PATH is whatever
`sayso read` takes. Without it the invented case is read, its paragraphs joined to reports of about 700 words.

Prints

    reports_per_second_per_core   reports, divided by the seconds that `sayso read` took from start to end
    ratio_to_encoder              seconds of the shipped model alone on the word pieces of the same reports, each once,
                                  in windows of 256 without padding, one thread, best of three; divided by those of
                                  `sayso read`
    peak_mb                       memory of the largest process of `sayso read`, in millions of bytes
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from evals.files import report_result, stop
from sayso import encoder, workspace
from sayso.model import Report
from sayso.reading.pieces import WINDOW_PIECES, cut

EXAMPLE = Path(__file__).parents[1] / "examples" / "harbour-fire" / "reports"
WORDS = 700
"""Words of a joined report: about the length of a news report."""

REPORTS = 60
"""Joined reports: enough that starting up weighs little."""


class Run(NamedTuple):
    """One `sayso read`, from start to end."""

    seconds: float
    peak_bytes: int


def read(path: Path, case: Path) -> Run:
    """Run `sayso read PATH --case CASE`. Reports that could not be read (status 1) do not stop the measure."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "sayso", "read", str(path), "--case", str(case)], stdout=sys.stderr
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        stop(f"`sayso read {path}` ended with status {process.returncode}")
    return Run(seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def encode(model: encoder.Encoder, texts: Sequence[str]) -> float:
    """Seconds that the model alone needs for these texts' word pieces, cut and laid out beforehand."""
    windows = []
    for text in texts:
        pieces = cut(text, model.tokenize)
        windows += [pieces.part(at, at + WINDOW_PIECES) for at in range(0, len(pieces.ids), WINDOW_PIECES)]
    started = time.perf_counter()
    for window in windows:
        model.run(window.ids, window.features)
    return time.perf_counter() - started


def join(reports: Sequence[Report], *, count: int = REPORTS, words: int = WORDS) -> list[str]:
    """Texts of at least `words` words, made of whole paragraphs of these reports, each text starting further on."""
    paragraphs = [p for report in reports for p in report.text.split("\n\n") if p.strip()]
    if not paragraphs:
        stop("the reports hold no paragraph to join")
    texts, endless = [], cycle(paragraphs)
    for number in range(count):
        text = f"Report {number + 1}."
        while len(text.split()) < words:
            text += "\n\n" + next(endless)
        texts.append(text)
    return texts


def measure(path: Path, folder: Path) -> dict[str, float]:
    """Read what is under `path` and compare: see above."""
    run = read(path, folder / "timed.case")
    texts = [report.text for report in workspace.load(folder / "timed.case").reports]
    model = encoder.load()
    alone = min(encode(model, texts) for _ in range(3))
    return {
        "reports_per_second_per_core": len(texts) / run.seconds,
        "ratio_to_encoder": alone / run.seconds,
        "peak_mb": run.peak_bytes / 1e6,
    }


def main() -> None:
    """Run the measure named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, nargs="?", help="reports to read; default: the invented case, joined")
    asked = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with TemporaryDirectory() as name:
        folder, path = Path(name), asked.path
        if path is None:
            read(EXAMPLE, folder / "example.case")
            texts = join(workspace.load(folder / "example.case").reports)
            path = folder / "joined.jsonl"
            path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        report_result(measure(path, folder))


if __name__ == "__main__":
    main()
