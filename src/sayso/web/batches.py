"""In which order reports were taken in, and what each added to what was known by then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import Final

from sayso import workspace
from sayso.model import Case, Report
from sayso.model.novelty import News

TOGETHER_SECONDS: Final = 60
"""Files were taken in together where no more lies between one and the next."""


def batches(case: Case) -> list[tuple[str, list[Report]]]:
    """Reports that were taken in together, the first ones first: when, and the reports in the order of the case."""
    collected = {one.sha256: one.collected for one in case.files}
    times = sorted({collected.get(one.file, "") for one in case.reports})
    begun = dict.fromkeys(times[:1], times[0]) if times else {}
    for before, now in pairwise(times):
        begun[now] = begun[before] if _near(before, now) else now
    found: dict[str, list[Report]] = {each: [] for each in begun.values()}
    for one in case.reports:
        found[begun[collected.get(one.file, "")]].append(one)
    return list(found.items())


def _near(before: str, now: str) -> bool:
    try:
        return (datetime.fromisoformat(now) - datetime.fromisoformat(before)).total_seconds() <= TOGETHER_SECONDS
    except ValueError:
        return False


def as_added(case: Case) -> tuple[News, ...]:
    """What each report added to those taken in before it, and to those taken in with it that stand before it."""
    return workspace.news(replace(case, reports=tuple(one for _, some in batches(case) for one in some)))
