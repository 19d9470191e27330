"""Texts through the package's public reading, several at a time."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

import sayso
from sayso.model import Findings


def read_all(texts: Sequence[str]) -> list[Findings]:
    """What sayso finds in each text, in the same order. One line of progress on standard error.

    Every text is read alone, so the number of processes changes nothing but the time.
    """
    found = []
    with ProcessPoolExecutor() as pool:
        for number, findings in enumerate(pool.map(sayso.read_text, texts, chunksize=16), 1):
            found.append(findings)
            if number % 16 == 0 or number == len(texts):
                print(f"\rread {number} of {len(texts)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return found
