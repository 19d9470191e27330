"""Do the size of a case, the time to open it and the time to verify it grow with the number of reports?

    python -m evals.custody [SIZE …]

For each size (1,250, 2,500 and 5,000 if none is given) a case of that many invented reports is put on disk, one to a
file, each of about 600 words with findings; parsing and the model are left out. Everything runs in this process.

Prints for each size: `case_mb`; `write`, `open` (loading it as a `Case`), `verify` and `bundle` (packing it as
evidence, in memory) in seconds of processor time, which does not count waiting for the disk; `bundle_mb`. Then, as
`growth`, what one report takes in the largest case over what it takes in the smallest: 1 is linear.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.files import report_result, stop
from evals.invented import AT, invent
from sayso import exchange, ledger, workspace

SIZES = (1_250, 2_500, 5_000)
PARAGRAPHS = 10


def measure(count: int, folder: Path) -> dict[str, float]:
    """Make, open, verify and pack a case of so many reports."""
    print(f"{count} reports …", file=sys.stderr)
    started = time.process_time()
    invent(folder, count, paragraphs=PARAGRAPHS)
    made = time.process_time()
    case = workspace.load(folder)
    opened = time.process_time()
    breaks = workspace.verify(folder).breaks
    verified = time.process_time()
    if breaks or len(case.reports) != count:
        stop(f"{folder}: {breaks[:1]}, {len(case.reports)} reports")
    packed = io.BytesIO()
    with ledger.open_to_read(folder) as at:
        head, log, rows = ledger.log_and_rows(at)
        evidence = exchange.Evidence(case, str(head), log, rows, ledger.texts(at), ledger.kept(at))
        exchange.write_bundle(packed, evidence, tool="sayso", at=AT)
    return {
        "reports": count,
        "case_mb": round(sum(one.stat().st_size for one in folder.rglob("*") if one.is_file()) / 1e6, 1),
        "write": round(made - started, 2),
        "open": round(opened - made, 2),
        "verify": round(verified - opened, 2),
        "bundle": round(time.process_time() - verified, 2),
        "bundle_mb": round(len(packed.getvalue()) / 1e6, 1),
    }


def main() -> None:
    """Run the measure named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", metavar="SIZE", help="default: 1250 2500 5000")
    asked = parser.parse_args()
    found = []
    for count in asked.sizes or SIZES:
        with TemporaryDirectory() as name:
            found.append(measure(count, Path(name) / "grown.case"))
    first, last = found[0], found[-1]
    share = last["reports"] / first["reports"]
    growth = {name: round(last[name] / first[name] / share, 2) for name in first if name != "reports" and first[name]}
    report_result({"sizes": found, "growth": growth})


if __name__ == "__main__":
    main()
