"""Check an export as JSON by itself: texts have their hashes, passages fit, and whether names were replaced in it.

Of a redacted report the hash says nothing: that of the original is kept by whoever has the case, and it is said so.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

from sayso.exchange.verify_bundle import Walk, check_spans, sha256
from sayso.kit import SaysoError

REDACTED = "redacted"
"""Begins what stands for the hash of a redacted text, and is the kind of the caveat on a redacted case."""


class ExportCheck(NamedTuple):
    """What was found in an export."""

    reports: int
    redacted: int
    """Reports in whose texts something was replaced."""
    is_redacted: bool
    """Whether names were replaced anywhere."""
    spans: int
    breaks: tuple[str, ...]
    """What does not hold, the first first."""


def verify_export(file: Path) -> ExportCheck:
    """Check an export. `SaysoError` where the file cannot be read or is none."""
    try:
        case = json.loads(file.read_text("utf-8"))
        walk = Walk()
        whole = [one for one in case["reports"] if not one["sha256"].startswith(REDACTED)]
        for one in whole:
            walk.need(sha256(one["text"]) == one["sha256"], f"report {one['id']}: its text was changed")
        check_spans(walk, case)
        redacted = len(case["reports"]) - len(whole)
        is_redacted = bool(redacted) or any(one["kind"] == REDACTED for one in case["caveats"])
    except OSError as error:
        raise SaysoError(f"{file}: cannot be read ({error.strerror}).") from error
    except Exception as error:  # whatever a forged export makes of it, it is none
        what = f"{type(error).__name__}: {error}"
        raise SaysoError(f"{file}: is no export as JSON that can be checked ({what}).") from error
    return ExportCheck(len(case["reports"]), redacted, is_redacted, walk.counts["spans"], tuple(walk.breaks))
