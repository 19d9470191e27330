"""Run every evaluation once and compare it with the floors and ceilings in `gate.toml`.

    python -m evals.gate

Prints {"met": …, "measures": [{"name", "skipped" or "floors": {path: {"floor", "value", "met"}} and "ceilings": {path:
{"ceiling", "value", "met"}}}]}; the first `met` is null if nothing could be measured. Ends with status 1 if a floor or
ceiling is not met. A measure whose data is not there is skipped, and says so.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from evals.files import report_result, stop

ROOT = Path(__file__).parents[1]


def judge(
    result: Mapping[str, Any], bounds: Mapping[str, float], kind: Literal["floor", "ceiling"] = "floor"
) -> dict[str, dict[str, Any]]:
    """Each bound beside the value found under its path. A value that is absent or null meets none.

    >>> judge({"cue": {"f1": 0.7}}, {"cue / f1": 0.5})
    {'cue / f1': {'floor': 0.5, 'value': 0.7, 'met': True}}
    """
    judged = {}
    for path, bound in bounds.items():
        value: Any = result
        for key in path.split(" / "):
            value = value.get(key) if isinstance(value, Mapping) else None
        met = value is not None and (value >= bound if kind == "floor" else value <= bound)
        judged[path] = {kind: bound, "value": value, "met": met}
    return judged


def run(measure: Mapping[str, Any]) -> dict[str, Any]:
    """One measure of the table: skipped, or its floors and ceilings with their values."""
    if not (ROOT / measure.get("needs", ".")).exists():
        return {"name": measure["name"], "skipped": f"{measure['needs']} is not there"}
    print(f"{measure['name']} …", file=sys.stderr)
    command = [sys.executable, "-m", *measure["command"]]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        stop(f"`python -m {' '.join(measure['command'])}` ended with status {done.returncode}")
    result = json.loads(done.stdout)
    return {
        "name": measure["name"],
        "floors": judge(result, measure.get("floors", {})),
        "ceilings": judge(result, measure.get("ceilings", {}), "ceiling"),
    }


def verdict(measures: Sequence[Mapping[str, Any]]) -> bool | None:
    """Whether all bounds are met; None where everything was skipped, for then nothing is known."""
    met = [bound["met"] for m in measures for kind in ("floors", "ceilings") for bound in m.get(kind, {}).values()]
    return all(met) if met else None


def main() -> None:
    """Run all measures."""
    table = tomllib.loads((Path(__file__).parent / "gate.toml").read_text(encoding="utf-8"))
    measures = [run(measure) for measure in table["measure"]]
    met = verdict(measures)
    report_result({"met": met, "measures": measures})
    raise SystemExit(1 if met is False else 0)


if __name__ == "__main__":
    main()
