"""Baselines of truth discovery, written plainly: voting, and ACCU.

ACCU is the accuracy model of Dong, Berti-Equille and Srivastava ("Integrating conflicting data: the role of source
dependence", VLDB 2009, section 4.1), without its search for copiers: how accurate a source is and how likely a value is
are worked out from each other in turns, until they stay.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from math import exp, log

from evals.truth_data import Claim

FALSE_VALUES = 100
"""Wrong values that an item can have, all equally likely, as in the paper's experiments."""

START = 0.8
"""Accuracy of every source before the first turn, as in the paper."""

TURNS = 50
STAYS = 1e-4
"""Largest change of an accuracy at which the turns end."""

Best = Mapping[str, tuple[str, float]]
"""By item: the value chosen, and how likely it is said to be."""


def vote(claims: Iterable[Claim]) -> Best:
    """The value that most sources give, of equals the first by its letters; their share is its likelihood."""
    votes = defaultdict[str, Counter[str]](Counter)
    for one in claims:
        votes[one.item][one.value] += 1
    return {item: _first({value: n / found.total() for value, n in found.items()}) for item, found in votes.items()}


def accu(claims: Iterable[Claim]) -> Best:
    """The likeliest values by ACCU."""
    by_item = defaultdict[str, dict[str, list[str]]](lambda: defaultdict(list))
    for one in claims:
        by_item[one.item][one.value].append(one.source)
    accuracy = defaultdict[str, float](lambda: START)
    likely: dict[str, dict[str, float]] = {}
    for _ in range(TURNS):
        likely = {item: _likely(values, accuracy) for item, values in by_item.items()}
        new = _accuracies(by_item, likely)
        moved = max((abs(new[source] - accuracy[source]) for source in new), default=0.0)
        accuracy = defaultdict(lambda: START, new)
        if moved < STAYS:
            break
    return {item: _first(values) for item, values in likely.items()}


def _likely(values: Mapping[str, list[str]], accuracy: Mapping[str, float]) -> dict[str, float]:
    """How likely each value is: each source adds ln(n A / (1 − A)); values that nobody gives count too."""
    scores = {
        value: sum(log(FALSE_VALUES * accuracy[one] / (1 - accuracy[one])) for one in sources)
        for value, sources in values.items()
    }
    top = max(0.0, *scores.values())
    unseen = max(0, FALSE_VALUES + 1 - len(scores)) * exp(-top)
    whole = sum(exp(score - top) for score in scores.values()) + unseen
    return {value: exp(score - top) / whole for value, score in scores.items()}


def _accuracies(
    by_item: Mapping[str, Mapping[str, list[str]]], likely: Mapping[str, Mapping[str, float]]
) -> dict[str, float]:
    """How likely a source's values are on average, kept off nothing and one."""
    total, count = defaultdict[str, float](float), Counter[str]()
    for item, values in by_item.items():
        for value, sources in values.items():
            for source in sources:
                total[source] += likely[item][value]
                count[source] += 1
    return {source: min(0.99, max(0.01, total[source] / count[source])) for source in total}


def _first(likely: Mapping[str, float]) -> tuple[str, float]:
    best = max(sorted(likely), key=likely.__getitem__)
    return best, likely[best]
