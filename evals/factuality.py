"""How far a text commits to its events, against people's judgements.

    python -m evals.factuality FILE

FILE is JSON Lines, gzipped or not, in the form of Jiang & de Marneffe (2021): `text` (tokens with a space between) and
`targets` (`span1` in tokens, `label` from -3 to 3), as UDS_IH2_dev.jsonl.gz (White et al. 2016; Rudinger et al. 2018).
sayso reads each sentence alone, and gives each judged word the number that it would give an event there.

Prints Pearson's r (Pearson 1895), the mean absolute error (`mae`), how many words were judged (`count`), and the 90 %
interval of r over sentences. Beside them the error of a program that always says 3 (`mae of 3`), and of one that
always says the mean of the file, which it cannot know.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evals.files import json_lines, report_result, stop
from sayso import encoder, reading
from sayso.model import Report, Span
from sayso.reading.side import part
from training.factuality import sentence
from training.texts import Text

Row = list[tuple[float, float]]
"""What people and the program said of the words of one sentence."""


def pearson(pairs: Sequence[tuple[float, float]]) -> float:
    """Pearson's correlation of pairs; 0 where one side does not vary.

    >>> round(pearson([(1, 2), (2, 4), (3, 6)]), 6)
    1.0
    """
    if not pairs:
        return 0.0
    both = np.array(pairs, dtype=float)
    spread = both.std(axis=0)
    if not spread.all():
        return 0.0
    return float(((both - both.mean(axis=0)) / spread).prod(axis=1).mean())


def score(rows: Sequence[Row]) -> dict[str, Any]:
    """What is printed, given (judged, found) word by word, sentence by sentence."""
    every = [pair for row in rows for pair in row]
    gold, found = np.array(every, dtype=float).reshape(-1, 2).T
    return {
        "pearson": round(pearson(every), 4),
        "pearson interval": interval(rows),
        "mae": round(float(np.abs(gold - found).mean()), 4),
        "count": len(every),
        "mae of 3": round(float(np.abs(gold - 3).mean()), 4),
        "mae of the mean": round(float(np.abs(gold - gold.mean()).mean()), 4),
    }


def interval(rows: Sequence[Row], draws: int = 500) -> list[float]:
    """90 % interval of r when the sentences are drawn anew, fixed seed (percentile bootstrap, Efron 1979)."""
    draw = random.Random(0)  # noqa: S311 - chance for statistics, not for secrets
    values = sorted(pearson([pair for row in draw.choices(rows, k=len(rows)) for pair in row]) for _ in range(draws))
    return [round(values[draws // 20], 4), round(values[-draws // 20], 4)]


def sentences(rows: Sequence[Mapping[str, Any]], name: str) -> list[Text]:
    """Every row as running text. Ends the program where a row is of another form, or where there are none."""
    texts = []
    for number, row in enumerate(rows, 1):
        try:
            texts.append(sentence(f"{name}, line {number}", row))
        except (KeyError, IndexError, TypeError, ValueError) as error:
            stop(f"{name}, line {number}: not a sentence with judged words: {error!r}")
    return texts if any(text.factuality for text in texts) else stop(f"{name}: no judged words in it")


def read(texts: Sequence[Text]) -> list[Row]:
    """What people and the shipped reader say of each judged word. One line of progress on standard error."""
    shipped = encoder.load()
    rows = []
    for number, text in enumerate(texts, 1):
        found = committed(text.text, [Span(*span) for span, _ in text.factuality], shipped)
        rows.append([(value, said) for (_, value), said in zip(text.factuality, found, strict=True)])
        if number % 100 == 0 or number == len(texts):
            print(f"\rread {number} of {len(texts)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return rows


def committed(text: str, words: Sequence[Span], shipped: encoder.Encoder) -> list[float]:
    """How far a text commits to each word, -3 to 3, as it would for an event there: by the piece it begins with."""
    report = Report("", text, "", "", "")
    windows = list(reading.read(report, shipped.tokenize, shipped.run, limit=len(text)).windows)
    ends = np.concatenate([window.ends for window in windows])
    scores = np.concatenate([part(window.side, "words")[:, 1] for window in windows])
    at = np.searchsorted(ends, [word.start for word in words], side="right")
    return [float(value) for value in np.clip(scores[at], -3, 3)]


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path, help="JSON Lines with text and targets, gzipped or not")
    path = parser.parse_args().path
    report_result(score(read(sentences(json_lines(path), path.name))))


if __name__ == "__main__":
    main()
