"""What stands after a voice in tables: that its chain may be read wrong, or that the reporter says it."""

from __future__ import annotations

from sayso.model import Case

UNSURE = " (unsure)"
OWN_VOICE = " (in the reporter's own voice)"


def unsure_claims(case: Case) -> frozenset[str]:
    """The ids of claims whose chain may well be read wrong."""
    return frozenset(
        claim.id
        for findings in case.findings
        for faint in [{one.id for one in findings.attributions if one.unsure}]
        for claim in findings.claims
        if claim.attribution in faint
    )
