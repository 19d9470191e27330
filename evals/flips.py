"""Does a case say when one of its bits was changed? One flipped bit at a time, anywhere in its folder.

    python -m evals.flips [--flips 10000] [--seed 1] [--reports 24]

Makes a case of invented reports, with a judgement, an export, a deletion, and rows that another reader's findings
replaced. Then flips one bit, asks `verify`, and puts the bit back. The first flips go through every bit of the
database's header and of the file `head`; the others fall anywhere, by chance, in any file of the case.

Prints one JSON object: `flips`; how many `verify` `found`; `harmless`, where it found nothing and the case exports the
same bytes and has the same log; `slipped`, where it found nothing and the case says something else, with the `places`;
`seconds`.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.files import report_result
from evals.invented import invent
from sayso import ledger, workspace
from sayso.kit import SaysoError
from sayso.ledger.header import HEADER_BYTES

TOLD_EVERY = 500


def make(folder: Path, reports: int) -> None:
    """A case with an entry of every kind in its log but a migration."""
    invent(folder, reports)
    ledger.record_export(folder, "json", sha256="0" * 64, size=1)
    with ledger.open_to_write(folder) as opened:
        ledger.delete(opened, [ledger.files(opened)[-1].sha256], "asked for")
        again = [one.report for one in ledger.appearances(opened)][:3]
        found = [one for one in ledger.findings(opened, ledger.current_reader(opened), again) if one]
        ledger.keep_findings(opened, ledger.current_reader(opened), zip(again, found, strict=True))


def says(folder: Path) -> str:
    """All that a case says: its export, and its log."""
    with ledger.open_to_read(folder) as opened:
        entries = "\n".join(map(str, ledger.history(opened)))
    return workspace.export(workspace.load(folder), "json") + entries


def holds(folder: Path) -> bool:
    """Whether `verify` finds nothing wrong."""
    try:
        return not workspace.verify(folder).breaks
    except SaysoError:
        return False


def places(folder: Path, count: int, seed: int) -> Iterator[tuple[Path, int]]:
    """So many bits of the case's files: (file, bit)."""
    database, head = folder / "case.sqlite", folder / "head"
    first = [(database, bit) for bit in range(8 * HEADER_BYTES)]
    first += [(head, bit) for bit in range(8 * head.stat().st_size)]
    yield from first[:count]
    draw = random.Random(seed)  # noqa: S311 - chance for an experiment
    files = sorted(place for place in folder.rglob("*") if place.is_file() and place.stat().st_size)
    sizes = [place.stat().st_size for place in files]
    for place in draw.choices(files, sizes, k=max(0, count - len(first))):
        yield place, draw.randrange(8 * place.stat().st_size)


def flip(folder: Path, place: Path, bit: int, before: str) -> str:
    """Flip a bit, look, put it back: "found", "harmless" or "slipped"."""
    whole, names = place.read_bytes(), set(folder.iterdir())
    broken = bytearray(whole)
    broken[bit // 8] ^= 1 << bit % 8
    _put(place, bytes(broken))
    try:
        return "found" if not holds(folder) else "harmless" if _says_the_same(folder, before) else "slipped"
    finally:
        _put(place, whole)
        for left in set(folder.iterdir()) - names:
            left.unlink()


def _put(place: Path, data: bytes) -> None:
    place.chmod(0o644)
    place.write_bytes(data)


def _says_the_same(folder: Path, before: str) -> bool:
    try:
        return says(folder) == before
    except SaysoError:
        return False


def main() -> None:
    """Run the measure named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--flips", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", type=int, default=24)
    asked = parser.parse_args()
    started = time.perf_counter()
    counts = {"found": 0, "harmless": 0, "slipped": 0}
    slipped = []
    with TemporaryDirectory() as name:
        folder = Path(name) / "flipped.case"
        make(folder, asked.reports)
        before = says(folder)
        for number, (place, bit) in enumerate(places(folder, asked.flips, asked.seed), 1):
            outcome = flip(folder, place, bit, before)
            counts[outcome] += 1
            if outcome == "slipped":
                slipped.append(f"{place.relative_to(folder)}: bit {bit}")
            if number % TOLD_EVERY == 0:
                print(f"{number} of {asked.flips}", file=sys.stderr)
    result = {"flips": sum(counts.values()), **counts, "places": slipped}
    report_result({**result, "seconds": round(time.perf_counter() - started, 1)})


if __name__ == "__main__":
    main()
