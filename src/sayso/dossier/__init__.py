"""The cited write-up of a case as one page. One verb: `compose`."""

from sayso.dossier.page import compose

__all__ = ["compose"]
