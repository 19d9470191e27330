"""Which incident a reply is about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.model import Claim, Findings, Incident, Reply


class Posed(NamedTuple):
    """A reply, the claim that gives it, and the incident that it is about."""

    reply: Reply
    claim: Claim
    incident: Incident


def posed(findings: Sequence[Findings], incidents: Sequence[Incident]) -> Iterator[Posed]:
    """Every reply with its incident: the one that its claim tells of, else the one that its report mostly tells of.

    Of several the one that most reports tell of, which stands first. A report that tells of no incident has no replies.
    """
    of_claim: dict[str, Incident] = {}
    for incident in reversed(incidents):
        of_claim |= dict.fromkeys(incident.claims, incident)
    mostly = _mostly(incidents)
    for found in findings:
        for claim in found.claims:
            incident_of = of_claim.get(claim.id) or mostly.get(found.report)
            if incident_of:
                yield from (Posed(reply, claim, incident_of) for reply in claim.replies)


def _mostly(incidents: Sequence[Incident]) -> dict[str, Incident]:
    """By report the incident that most of its events belong to; of equals the first."""
    counts: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for number, incident in enumerate(incidents):
        for report, _ in incident.events:
            counts[report][number] += 1
    return {report: incidents[min(found, key=lambda n: (-found[n], n))] for report, found in counts.items()}
