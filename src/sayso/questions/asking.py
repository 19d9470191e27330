"""Which incident a reply is about.

One happening is often told as several incidents: the attack, the killings in it, the missing. Questions are asked of
the one that most reports tell of, which leads the others: those that mostly stand in the same reports, at days that
fit, and are no aftermath such as arrests and trials.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sayso.kit import begun_in
from sayso.model import Claim, Findings, Incident, Reply

AFTERMATH = frozenset({"arrest", "charge", "protest", "escape"})
"""Kinds of incidents that follow on others and are led by none."""

OUTCOMES = frozenset({"death", "injury", "disappearance", "arrest"})
"""Kinds of what comes of others: of two that as many reports tell of, the other leads. Their time and place are not
those of what happened: "died on Monday in hospital"."""

SHARED_REPORTS = 0.5
"""Share of an incident's reports that must tell of the other too, for the other to lead it. A rule of thumb."""

DAYS_APART = 3
"""Days between two incidents that can be one happening, at most: dates in reports are off by a day or two."""


LEAST_PROBABILITY = 0.2
"""Replies less likely right than this raise no question: where many claims speak, the doubtful ones are not missed."""


SILENT = frozenset({"asks", "declines"})
"""Stances of claims that answer nothing: "too soon to say whether it was the Guard"."""

OFF_BY = 1
"""Days by which a claim can be off from its incident's."""


class Posed(NamedTuple):
    """A reply, the claim that gives it, and the incident that it is about."""

    reply: Reply
    claim: Claim
    incident: Incident


def posed(findings: Sequence[Findings], asked: Mapping[str, Incident]) -> Iterator[Posed]:
    """Every reply with its incident; `asked`: claim to incident. What is about none, or unlikely, is left out."""
    for found in findings:
        for claim in found.claims:
            incident = asked.get(claim.id)
            if incident and claim.stance not in SILENT and not is_of_other_days(claim, incident, found):
                yield from (
                    Posed(one, claim, incident) for one in claim.replies if one.probability >= LEAST_PROBABILITY
                )


def is_of_other_days(claim: Claim, incident: Incident, found: Findings) -> bool:
    """Whether the claim names days and none of them is near those of the incident: then it tells of something else."""
    if not incident.earliest or not incident.latest:
        return False
    days = [one for one in begun_in(claim.content, found.times) if one.earliest and one.latest]
    first = date.fromisoformat(incident.earliest[:10]) - timedelta(OFF_BY)
    last = date.fromisoformat(incident.latest[:10]) + timedelta(OFF_BY)
    return bool(days) and all(
        date.fromisoformat(one.latest[:10]) < first or date.fromisoformat(one.earliest[:10]) > last for one in days
    )


def incident_of_claims(
    findings: Sequence[Findings], incidents: Sequence[Incident], lead: Mapping[str, Incident]
) -> dict[str, Incident]:
    """The incident that each claim is asked about; `lead` as `leaders` gives it.

    That is the leader of the one that it tells of; where that is an aftermath or none, the leader of what its report
    mostly tells of.
    """
    own: dict[str, Incident] = {}
    for incident in reversed(incidents):
        if incident.kind not in AFTERMATH:
            own |= dict.fromkeys(incident.claims, lead[incident.id])
    mostly = {report: lead[incident.id] for report, incident in _mostly(incidents).items()}
    pairs = ((claim.id, own.get(claim.id) or mostly.get(found.report)) for found in findings for claim in found.claims)
    return {claim: incident for claim, incident in pairs if incident}


def leaders(incidents: Sequence[Incident]) -> dict[str, Incident]:
    """By id of an incident the one that leads it: itself, or one that more reports tell of."""
    reports = {incident.id: frozenset(report for report, _ in incident.events) for incident in incidents}
    in_order = sorted(incidents, key=lambda one: (-len(reports[one.id]), *_standing(one)))
    leading: defaultdict[str, list[Incident]] = defaultdict(list)
    out: dict[str, Incident] = {}
    for incident in in_order:
        shared = Counter(one.id for report in reports[incident.id] for one in leading[report])
        known = {one.id: one for report in reports[incident.id] for one in leading[report]}
        fit = [
            known[name]
            for name, count in shared.items()
            if count >= SHARED_REPORTS * len(reports[incident.id]) and _can_lead(known[name], incident)
        ]
        leader = min(fit, key=lambda one: (-shared[one.id], -len(reports[one.id]), one.id), default=incident)
        out[incident.id] = leader
        if leader is incident and incident.kind not in AFTERMATH:
            for report in reports[incident.id]:
                leading[report].append(incident)
    return out


def _standing(one: Incident) -> tuple[bool, bool, str, str]:
    return one.kind in OUTCOMES, not one.earliest, one.earliest, one.id


def _can_lead(leader: Incident, other: Incident) -> bool:
    if other.kind in AFTERMATH:
        return False
    return not _is_before(leader, other) and not _is_before(other, leader)


def _is_before(one: Incident, other: Incident) -> bool:
    """Whether the one ended well before the other began. Open days fit all."""
    if not one.latest or not other.earliest:
        return False
    return date.fromisoformat(one.latest[:10]) + timedelta(DAYS_APART) < date.fromisoformat(other.earliest[:10])


def _mostly(incidents: Sequence[Incident]) -> dict[str, Incident]:
    """By report the incident that most of its events belong to, aftermaths last; of equals the first."""
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for number, incident in enumerate(incidents):
        for report, _ in incident.events:
            counts[report][number] += 1
    return {
        report: incidents[min(found, key=lambda n: (incidents[n].kind in AFTERMATH, -found[n], n))]
        for report, found in counts.items()
    }
