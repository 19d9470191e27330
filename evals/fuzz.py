"""Does a reader stand any bytes? Coverage-guided fuzzing of one reader of `intake`, or of `take_in` over all.

    python -m evals.fuzz READER [--minutes 20] [--folder FOLDER]
    python -m evals.fuzz hypothesis [--examples 10000]

Readers: text, html, json, table, pdf, docx, mail, mbox, mhtml, archive, webarchive, list, take_in. It needs atheris 3,
which is no dependency of the project. Make an environment of its own:

    python3 -m venv fuzzing && fuzzing/bin/pip install atheris -r requirements/run.txt
    PYTHONPATH=src fuzzing/bin/python -m evals.fuzz mail

It begins with good files of invented text (`evals.samples`, tests/intake/documents) and mutates them, packed ones
inside their packing too. For each input it asks what `evals.soundness` asks, and how long it took. An input that fails
is kept in the folder, under `findings`, and the run goes on; one that kills or hangs the process is kept by libFuzzer,
and the run begins again with what it has learned.

Prints one JSON object: `reader`, `minutes`, `executions`, `coverage` (edges at the start and at the end), `inputs` that
were worth keeping, `findings` (the problem, how often it came, and the file of the first), `deaths` of the process.

`hypothesis` runs tests/stress/test_any_bytes.py with so many examples, in the project's own environment.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from evals.files import report_result, stop

SLOW_SECONDS = 5.0
"""Of processor time for one input of `LARGEST` at most. A worker gives a file so small three, and is not watched."""
HANG_SECONDS = 300
"""Of wall time for one input, which other work on the machine counts to: 60 came to be with inputs of a millisecond."""
MEMORY_MB = 3000
PACKED = frozenset({"docx", "archive", "webarchive", "take_in"})
"""Readers of files that are mutated inside their packing. Joining two of them, or many changes, would only break it."""
_DONE = re.compile(r"^#(\d+)\s+(\w+)\s+cov: (\d+) ft: (\d+) corp: (\d+)", re.MULTILINE)


def run(reader: str, seconds: float, folder: Path) -> dict[str, Any]:
    """Fuzz a reader for so long, in processes that may die; what came of it."""
    corpus, findings = folder / "corpus", folder / "findings"
    corpus.mkdir(parents=True, exist_ok=True)
    findings.mkdir(exist_ok=True)
    _sow(reader, corpus)
    began, executions, deaths = time.monotonic(), 0, 0
    coverage: list[int] = []
    log = folder / "log"
    while (left := seconds - (time.monotonic() - began)) > 1:
        with log.open("wb") as told:
            ended = subprocess.run(_command(reader, left, folder), stdout=told, stderr=told, check=False)
        lines = [found.groups() for found in _DONE.finditer(log.read_text(encoding="utf-8", errors="replace"))]
        if not lines:
            stop(f"The fuzzer did not start; what it said stands in {log}.")
        executions += int(lines[-1][0])
        coverage += [int(next((one[2] for one in lines if one[1] == "INITED"), lines[0][2])), int(lines[-1][2])]
        deaths += ended.returncode != 0
        print(f"{reader}: {executions} inputs, {coverage[-1]} edges, {deaths} deaths", file=sys.stderr, flush=True)
    return {
        "reader": reader,
        "minutes": round((time.monotonic() - began) / 60, 1),
        "executions": executions,
        "coverage": [coverage[0], coverage[-1]],
        "inputs": sum(1 for _ in corpus.iterdir()),
        "findings": summary(findings),
        "deaths": deaths,
        "folder": str(folder),
    }


def _sow(reader: str, corpus: Path) -> None:
    from evals import soundness

    if reader not in {*soundness.READERS, soundness.EVERYTHING}:
        stop(f"There is no reader {reader!r}. Take one of: {', '.join([*soundness.READERS, soundness.EVERYTHING])}.")
    for number, data in enumerate(soundness.starts(reader)):
        (corpus / f"start-{number}").write_bytes(data)


def _command(reader: str, seconds: float, folder: Path) -> list[str]:
    from evals import soundness

    return [
        *(sys.executable, "-m", "evals.fuzzing", reader, str(folder / "findings"), str(folder / "corpus")),
        f"-max_total_time={int(seconds)}",
        f"-max_len={soundness.LARGEST}",
        f"-timeout={HANG_SECONDS}",
        f"-rss_limit_mb={MEMORY_MB}",
        f"-artifact_prefix={folder}/findings/",
        "-print_final_stats=1",
        *(("-mutate_depth=3", "-cross_over=0") if reader in PACKED else ()),
    ]


def summary(findings: Path) -> list[dict[str, Any]]:
    """One entry for each problem; the files that libFuzzer left come last."""
    told = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(findings.glob("*.json"))]
    left = [one.name for one in sorted(findings.iterdir()) if one.name.startswith(("crash-", "timeout-", "oom-"))]
    return [*told, *({"problem": name.partition("-")[0], "file": name} for name in left)]


def hypothesis(examples: int) -> int:
    """Run the tests of any bytes with so many examples; pytest's status."""
    command = [sys.executable, "-m", "pytest", "-q", "tests/stress/test_any_bytes.py", "-p", "no:cacheprovider"]
    environment = {**os.environ, "SAYSO_EXAMPLES": str(examples)}
    return subprocess.run(command, env=environment, check=False, stdout=sys.stderr).returncode


def main() -> None:
    """Run what is named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reader", help="a reader, take_in, or hypothesis")
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--examples", type=int, default=10_000)
    parser.add_argument(
        "--folder", type=Path, help="where inputs are kept; a new one in the folder for temporary files"
    )
    asked = parser.parse_args()
    if asked.reader == "hypothesis":
        began = time.monotonic()
        status = hypothesis(asked.examples)
        seconds = round(time.monotonic() - began, 1)
        report_result({"reader": "hypothesis", "examples": asked.examples, "passed": status == 0, "seconds": seconds})
        raise SystemExit(status)
    folder = asked.folder or Path(mkdtemp(prefix=f"fuzz-{asked.reader}-"))
    report_result(run(asked.reader, 60 * asked.minutes, folder.resolve()))


if __name__ == "__main__":
    main()
