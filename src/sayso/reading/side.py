"""What the side network tells of each word piece, beside attribution: the words that its scores stand for.

A small network reads the encoder's states of two layers (`LAYERS`) in the same pass; the encoder itself knows nothing
of it. Names of kinds are those of the data sets that it learned from (`training/mentions.py` says which).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sayso.reading.pieces import Pieces

LAYERS = (4, 6)
"""The encoder's layers whose states it reads, counted from 1."""

SCHEMES: dict[str, tuple[str, ...]] = {
    "re3d": (
        "Person", "Organisation", "Location", "Nationality", "Temporal", "Quantity", "Weapon", "Vehicle",
        "MilitaryPlatform", "DocumentReference", "Money",
    ),
    "crossner": (
        "politician", "person", "organisation", "politicalparty", "event", "election", "country", "location", "misc",
    ),
    "wikigold": ("PER", "LOC", "ORG", "MISC"),
    "muc": ("perpetrator", "perpetrator_group", "target", "victim", "weapon"),
}  # fmt: skip
"""Scheme of flat BIO tags to its kinds: tag 0 is O, then B and I of each kind in turn."""

NESTED = (
    "person", "place", "organization", "object", "event", "time", "substance", "animal", "plant", "abstract",
)  # fmt: skip
"""Kinds of GUM's nested mentions."""

ROLES = ("agent", "patient", "recipient", "means", "place", "time")
"""Roles of events, in the order of the arcs' scores."""


def firsts(text: str, part: Pieces) -> NDArray[np.int64]:
    """Indices of the pieces with which a word begins."""
    glued = np.zeros(len(part.starts), dtype=bool)
    glued[1:] = part.starts[1:] == part.ends[:-1]
    for i in np.flatnonzero(glued):
        at = int(part.starts[i])
        glued[i] = text[at].isalnum() and text[at - 1].isalnum()
    return np.flatnonzero(~glued)
