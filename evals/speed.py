"""How fast sayso reads, beside its encoder alone.

    python -m evals.speed [PATH] [--against READER.onnx]

Everything runs on one core: this process is bound to it, and what it starts inherits that. PATH is whatever
`sayso read` takes. Without it the invented case is read, its paragraphs joined to reports of about 700 words.

Prints

    reports_per_second_per_core   reports, divided by the seconds that `sayso read` took from start to end
    pieces_per_second_per_core    word pieces (the encoder's tokens) of these reports, divided by the same seconds
    encoder_pieces_per_second     the shipped encoder alone on the same pieces, each once, in windows of 256 without
                                  padding, one thread, best of three
    ratio_to_encoder              seconds of the encoder alone, divided by those of `sayso read`
    encoder_share                 share of the time for reading a report in memory that passes inside the encoder, in
                                  this process; without starting up, files and the case on disk
    noting_share                  the same of what turns the encoder's scores into mentions, events, quantities, times
    peak_mb                       memory of the largest process of `sayso read`, in millions of bytes
    encoder_cost_against          with --against: time of the shipped encoder over that of the other one, taken in turns
    grammar_share                 the part of noting that passes in the grammars of quantities and times, no network
    added_cost                    with --against a reader without the side network: what that network and noting add,
                                  over what reading a report in memory takes without them
    added_cost_of_heads           the same of that network and noting without the grammars, over all the rest
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar
from unittest.mock import patch

from evals.files import report_result, stop
from sayso import encoder, reading, spine, workspace
from sayso.model import Report
from sayso.reading import quantities, times
from sayso.reading.pieces import WINDOW_PIECES, cut

T = TypeVar("T")

EXAMPLE = Path(__file__).parents[1] / "examples" / "harbour-fire" / "reports"
WORDS = 700
"""Words of a joined report: about the length of a news report."""

REPORTS = 60
"""Joined reports: enough that starting up weighs little."""


class Run(NamedTuple):
    """One run of the program, from start to end."""

    seconds: float
    peak_bytes: int


def run(*arguments: object) -> Run:
    """Run `sayso` with these arguments. Reports that could not be read (status 1) do not stop the measure."""
    command = [sys.executable, "-m", "sayso", *map(str, arguments)]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=sys.stderr)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 1}:
        stop(f"`{' '.join(command[2:])}` ended with status {process.returncode}")
    return Run(seconds, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def encode(model: encoder.Encoder, texts: Sequence[str]) -> tuple[float, int]:
    """Seconds that the model alone needs for these texts' word pieces, cut and laid out beforehand; and how many."""
    windows = []
    for text in texts:
        pieces = cut(text, model.tokenize)
        windows += [pieces.part(at, at + WINDOW_PIECES) for at in range(0, len(pieces.ids), WINDOW_PIECES)]
    started = time.perf_counter()
    for window in windows:
        model.run(window.ids, window.features)
    return time.perf_counter() - started, sum(len(window.ids) for window in windows)


def cost_against(path: Path, texts: Sequence[str]) -> float:
    """Time of the shipped encoder over that of another: medians of five turns each, one after the other."""
    model = encoder.load()
    other = replace(model, run=encoder.run_of(path, side=False))
    turns = [(encode(model, texts)[0], encode(other, texts)[0]) for _ in range(5)]
    mine, theirs = (float(median(column)) for column in zip(*turns, strict=True))
    return mine / theirs


class Shares(NamedTuple):
    """Of the time for reading reports that are in memory, what passes where."""

    encoder: float
    noting: float
    grammar: float
    """Of noting, that of quantities and times."""


def shares(model: encoder.Encoder, reports: Sequence[Report]) -> Shares:
    """The shares of the encoder, and of what turns its scores into mentions, events, quantities and times."""
    seconds = {"run": 0.0, "find": 0.0, "note": 0.0, "grammar": 0.0}

    def timed(name: str, function: Callable[..., T]) -> Callable[..., T]:
        def call(*arguments: object) -> T:
            started = time.perf_counter()
            out = function(*arguments)
            seconds[name] += time.perf_counter() - started
            return out

        return call

    started = time.perf_counter()
    with (
        patch.object(reading, "find", timed("find", reading.find)),
        patch.object(reading, "note", timed("note", reading.note)),
        patch.object(quantities, "quantities", timed("grammar", quantities.quantities)),
        patch.object(times, "times", timed("grammar", times.times)),
    ):
        for report in reports:
            spine.read_report(report, replace(model, run=timed("run", model.run)))
    whole = time.perf_counter() - started
    return Shares(seconds["run"] / whole, (seconds["find"] + seconds["note"]) / whole, seconds["grammar"] / whole)


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


def measure(path: Path, folder: Path, against: Path | None) -> dict[str, float]:
    """Read what is under `path` and compare: see above."""
    whole = run("read", path, "--case", folder / "timed.case")
    reports = workspace.load(folder / "timed.case").reports
    model = encoder.load()
    part = shares(model, reports)
    alone, pieces = min(encode(model, [report.text for report in reports]) for _ in range(3))
    return {
        "reports_per_second_per_core": len(reports) / whole.seconds,
        "pieces_per_second_per_core": pieces / whole.seconds,
        "encoder_pieces_per_second": pieces / alone,
        "ratio_to_encoder": alone / whole.seconds,
        "encoder_share": part.encoder,
        "noting_share": part.noting,
        "grammar_share": part.grammar,
        "peak_mb": whole.peak_bytes / 1e6,
    } | (_against(cost_against(against, [r.text for r in reports]), part) if against else {})


def _against(cost: float, part: Shares) -> dict[str, float]:
    """Beside a reader without the side network, what this and all that is made of it cost."""
    before = 1 - part.noting - part.encoder * (1 - 1 / cost)
    without_heads = before + part.grammar
    return {"encoder_cost_against": cost, "added_cost": 1 / before - 1, "added_cost_of_heads": 1 / without_heads - 1}


def main() -> None:
    """Run the measure named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, nargs="?", help="reports to read; default: the invented case, joined")
    parser.add_argument("--against", type=Path, metavar="READER.onnx", help="the encoder of another version")
    asked = parser.parse_args()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    with TemporaryDirectory() as name:
        folder, path = Path(name), asked.path
        if path is None:
            run("read", EXAMPLE, "--case", folder / "example.case")
            texts = join(workspace.load(folder / "example.case").reports)
            path = folder / "joined.jsonl"
            path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts), encoding="utf-8")
        report_result(measure(path, folder, asked.against))


if __name__ == "__main__":
    main()
