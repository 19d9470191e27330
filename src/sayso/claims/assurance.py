"""How likely a reply is right, words and all: a logistic regression over the network's chance and the words chosen.

`training/assurance.py` fits it on claims that neither the network nor the weights of candidates had learned from
(Platt 1999, with further signs), in `assurance.json`.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from sayso.claims.answers import FAMILIES, Chosen
from sayso.model import Slot

FOUND_AS = frozenset(
    {"mention", "wording", "filler", "sure", "count", "time", "run", "speaker", "agent", "patient", "means", "place",
     "event", "pronoun", "not", "teller"}
)  # fmt: skip
"""First words of signs that count; of the roles those with "deed" and "other" alone, not each event's."""


STANDING = frozenset(
    {"said", "own voice", "holder", "stands early", "stands amid", "stands late", "beside the day",
     "beside another day", "after another day", "beside the place", "beside other places"}
)  # fmt: skip
"""Facts of the claim that count: who speaks, and where it stands."""


def signs_of(slot: Slot, chosen: Chosen, chance: float, facts: Iterable[str], *, is_for: bool) -> dict[str, float]:
    """What speaks for and against a reply, name to value. `facts`: of its claim, as `replies.facts_of` gives them."""
    family = FAMILIES.get(slot, "motive")
    chance = max(0.0001, min(0.9999, chance))
    odds = math.log(chance / (1 - chance))
    known = {
        "bias": 1.0,
        "odds": odds,
        f"odds {slot}": odds,
        f"{slot} {'for' if is_for else 'against'}": 1.0,
        f"share {family}": math.log(chosen.share),
        f"weight {family}": max(-1.0, min(2.0, chosen.weight / 5)),
        "no candidate": float(not chosen.candidates),
    }
    standing = [name for name in facts if name in STANDING]
    known |= dict.fromkeys(standing, 1.0) | {f"{family} {name}": 1.0 for name in standing}
    return known | {f"{family} {sign}": 1.0 for sign in chosen.signs if _counts(sign)}


def _counts(sign: str) -> bool:
    first, _, rest = sign.partition(" of ")
    return first.split(" ")[0] in FOUND_AS and (not rest or rest in {"deed", "other"})


def probability(known: Mapping[str, float]) -> float:
    """0 to 1."""
    weights = _weights()
    total = math.fsum(value * weights.get(name, 0.0) for name, value in known.items())
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 4)


@cache
def _weights() -> Mapping[str, float]:
    found: dict[str, float] = json.loads((files("sayso.claims") / "assurance.json").read_text(encoding="utf-8"))
    return found
