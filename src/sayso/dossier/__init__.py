"""The cited write-up of a case as one page: `compose`; a draft against a case as another: `compose_check`.

`show` draws one thing for a notebook: a case, a question, a chain.
"""

from sayso.dossier.draft import compose_check
from sayso.dossier.markdown import compose_markdown
from sayso.dossier.page import compose
from sayso.dossier.showing import Shown, show
from sayso.dossier.weighed import Weighed

__all__ = ["Shown", "Weighed", "compose", "compose_check", "compose_markdown", "show"]
