"""The ledgers of a case: how many, who is held responsible by whom, who is in what legal state, whose words are whose.

    case ──▶ draw_up ──▶ Accounts
    case ──▶ toll ──▶ Tolls

Nothing is said to be so: every line has the voice that says it, and the claim that leads to its chain.
"""

from sayso.accounts.drawing import draw_up, held_responsible
from sayso.accounts.responsibility import responsibilities
from sayso.accounts.status import statuses
from sayso.accounts.toll import toll
from sayso.accounts.wording import contested_words

__all__ = ["contested_words", "draw_up", "held_responsible", "responsibilities", "statuses", "toll"]
