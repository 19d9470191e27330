"""The cited write-up of a case as one page: `compose`; a draft against a case as another: `compose_check`."""

from sayso.dossier.draft import compose_check
from sayso.dossier.page import compose

__all__ = ["compose", "compose_check"]
