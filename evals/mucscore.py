"""CEAF-REE: role fillers as entities, the way GRIT counts them (Du, Rush & Cardie, EACL 2021).

A filler is an entity: a set of mentions, each a string without case, punctuation and articles. Within one role of one
report, gold entities and found ones are paired one to one. A found entity fits a gold one if all its mentions are
mentions of that one (their "strict" similarity, which is 0 or 1), and as many pairs as can be are made. Precision is
pairs by found entities, recall pairs by gold ones; the sums over roles and reports give the micro average.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from typing import get_args

from evals.counting import Counts
from sayso.model import FillerRole

ROLES: tuple[str, ...] = get_args(FillerRole)

Entities = Sequence[frozenset[str]]
"""Of one role in one report, each as its normalised mentions."""

_ARTICLE = re.compile(r"\b(a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalise(mention: str) -> str:
    """A mention as it is compared.

    >>> normalise('The  "Harbour Guard"')
    'harbour guard'
    """
    return " ".join(_ARTICLE.sub(" ", mention.lower().translate(_NO_PUNCTUATION)).split())


def count(gold: Mapping[str, Entities], found: Mapping[str, Entities]) -> dict[str, Counts]:
    """Pairs, found and gold entities of each role of one report."""
    pairs = {role: (gold.get(role, ()), found.get(role, ())) for role in ROLES}
    return {role: Counts(_paired(g, f), len(f), len(g)) for role, (g, f) in pairs.items()}


def _paired(gold: Entities, found: Entities) -> int:
    """The most pairs there can be, one to one, by augmenting paths (Kuhn 1955, with weights of 0 and 1)."""
    return most_pairs([[at for at, whole in enumerate(gold) if one <= whole] for one in found])


def most_pairs(fits: Sequence[Sequence[int]]) -> int:
    """The same, of each found one being known which gold ones it fits."""
    owner: dict[int, int] = {}

    def place(one: int, tried: set[int]) -> bool:
        for at in fits[one]:
            if at not in tried:
                tried.add(at)
                if at not in owner or place(owner[at], tried):
                    owner[at] = one
                    return True
        return False

    return sum(place(one, set()) for one in range(len(fits)))
