"""A lineage in words, and what changed on the way."""

from __future__ import annotations

from sayso import lineage, spine
from sayso.model import Case, Drift, Lineage


def lineage_in_words(case: Case, one: Lineage) -> str:
    """What a question rests on, in a sentence or two."""
    return lineage.in_words(one, {report.id: report.publisher for report in case.reports})


def drift(case: Case) -> tuple[Drift, ...]:
    """What changed on the way from origins to reports."""
    return spine.drift(case)
