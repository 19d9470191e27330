"""Which events of a case are one incident, across reports.

    events with a kind ──▶ signs ──▶ join ──▶ gather ──▶ tell ──▶ incidents
                           what stands   events that   events of one   the record
                           around each   are one       incident

Look-alikes stay apart: another shooting in the same town on another day, an air strike that answers an attack. One
attack that is told of on many days stays one. Nothing is decided about who did it: who is named as what is named so
by somebody, whom the claims tell.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from sayso.incidents.gathering import gather
from sayso.incidents.joining import Group, join
from sayso.incidents.signs import papers
from sayso.incidents.telling import Known, tell
from sayso.kit import Memory, named_by_report
from sayso.model import Entity, Findings, Incident, Report


def group(
    reports: tuple[Report, ...],
    findings: tuple[Findings, ...],
    entities: Iterable[Entity],
    memory: Memory | None = None,
) -> tuple[Incident, ...]:
    """The incidents that the events with a kind belong to, by how many reports tell of them, then first day.

    The order of reports and findings does not matter. An incident of which every report says that it did not happen, or
    says nothing of whether it did, is none. With a `memory`, events are joined anew only where other events, names or
    stretches of claims are met.
    """
    found = {one.report: one for one in findings}
    ordered = sorted(
        (report for report in reports if report.id in found),
        key=lambda one: (one.published == "", one.published, one.publisher, one.id),
    )
    memory = memory or Memory(keeps=False)
    kinded = [
        memory.recall(("kinded", report.id), found[report.id], partial(_kinded, found[report.id])) for report in ordered
    ]
    named = named_by_report(entities, memory)
    case = Known(ordered, kinded, named)
    shown = papers(ordered, kinded, named, memory)
    several = memory.recall(
        "incidents", shown, lambda: [scenes for one in join(shown, memory=memory) for scenes in gather(one)]
    )
    told = [_told(scenes, case, memory) for scenes in several if any(scene.event.factuality > 0 for scene in scenes)]
    ranked = sorted(told, key=lambda one: (-one[0], one[1].earliest or one[1].latest, one[1].name, one[1].id))
    return tuple(incident for _, incident in ranked)


def _told(scenes: Group, case: Known, memory: Memory) -> tuple[int, Incident]:
    """How many reports tell of an incident, and its record."""
    reports = sorted({scene.report for scene in scenes})
    pages = [(case.reports[number], case.findings[number], case.named(number)) for number in reports]
    first = case.reports[scenes[0].report].id, scenes[0].event.id
    return len(reports), memory.recall(("incident", first), (scenes, pages), partial(tell, scenes, case))


def _kinded(findings: Findings) -> Findings:
    return replace(findings, events=tuple(event for event in findings.events if event.kind))
