"""The ledgers of a case: who is held responsible by whom, who is in what legal state, whose words are whose."""

from sayso.accounts.responsibility import responsibilities
from sayso.accounts.status import statuses
from sayso.accounts.wording import contested_words

__all__ = ["contested_words", "responsibilities", "statuses"]
