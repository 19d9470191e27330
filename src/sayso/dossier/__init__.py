"""The cited write-up of a case as one page: `compose`; a draft against a case as another: `compose_check`.

`show` draws one thing for a notebook: a case, a question, a chain.
"""

from sayso.dossier.draft import compose_check
from sayso.dossier.page import compose
from sayso.dossier.showing import Shown, show

__all__ = ["Shown", "compose", "compose_check", "show"]
