"""All ledgers of a case at once, or the one that weighing needs."""

from __future__ import annotations

from sayso.accounts.known import Known
from sayso.accounts.responsibility import responsibilities
from sayso.accounts.status import statuses
from sayso.accounts.wording import contested_words
from sayso.model import Accounts, Case, Responsibility


def draw_up(case: Case) -> Accounts:
    """The ledgers of responsibility, legal status and contested words, from all findings that the case holds."""
    known = _known(case)
    return Accounts(responsibilities(known), statuses(known), contested_words(known))


def held_responsible(case: Case) -> tuple[Responsibility, ...]:
    """The ledger of responsibility alone, in a quarter of the time."""
    return responsibilities(_known(case))


def _known(case: Case) -> Known:
    return Known(
        case.reports,
        case.findings,
        entities=case.entities,
        voices=case.voices,
        incidents=case.incidents,
        questions=case.questions,
    )
