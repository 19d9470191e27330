"""All ledgers of a case at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sayso.accounts.known import Known
from sayso.accounts.responsibility import responsibilities
from sayso.accounts.status import statuses
from sayso.accounts.wording import contested_words
from sayso.model import Accounts, Entity, Findings, Incident, Question, Report, Voice


def draw_up(
    reports: Sequence[Report],
    findings: Sequence[Findings],
    *,
    entities: Iterable[Entity],
    voices: Iterable[Voice],
    incidents: Sequence[Incident],
    questions: Sequence[Question],
) -> Accounts:
    """The ledgers of responsibility, legal status and contested words. `reports` are in the order of the case."""
    known = Known(reports, findings, entities=entities, voices=voices, incidents=incidents, questions=questions)
    return Accounts(responsibilities(known), statuses(known), contested_words(known))
