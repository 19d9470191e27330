"""Is what most independent voices say also what is true? Weighing on the public sets of truth discovery.

    python -m evals.truth FOLDER

FOLDER holds `flight/` (or its archive in a folder of that name), `book.txt.gz` with `book_golden.txt`, and
`population_claims.csv.gz` with `population_truth.csv`; what is missing is left out. Prints for each set the accuracy on
the gold items that somebody speaks to, and the calibration error (ECE: ten equal bins of the likelihood given to the
chosen value), of the program's own weighing and of baselines in the same run (`evals.accu`).

What the program does, the same for all sets, with its own table of assumptions:

origins       sources that write the very same strings nearly always are one origin (Flight, Book). Of numbers nothing
              can be told that way: to give the same figure is to agree, which is never evidence of copying.
reliability   learned from the other items by `sayso.weighing.reliability`, for each kind of item apart, then frozen.
likelihood    of the chosen value is its support Bel, as it comes: nothing is fitted to gold.

Flight      each value an answer. Book: for each name that anybody gives, whether it is among the authors; who lists
            others and not this name says no, as firmly as the table takes what nobody said how firmly. The set is right
            if all its names are. Population: the posterior of the
            number, right within one in a hundred; likelihood is what the posterior holds that near.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from evals.accu import Best, accu, vote
from evals.files import report_result, stop
from evals.truth_data import Claim, Table, book, flight, population
from sayso.weighing.assumptions import DEFAULTS
from sayso.weighing.core import ALONE, Board, Hearings, Ints, number, weigh
from sayso.weighing.hanging import spread
from sayso.weighing.numbers import Figures, posterior
from sayso.weighing.reliability import learn

SAME_STRINGS = 0.95
"""Share of the items two sources share on which they write the same string, from which they are one origin."""

LEAST_SHARED = 100
"""Items that they must share for that."""

ROUNDS = 3
"""How often reliability is learned from what it gave before."""

NEAR = 0.01
"""Of the true number: how far off a number may be."""

AT_ONCE = 2_000_000
INDEPENDENT = np.ones(1)


def codes(values: Iterable[str]) -> tuple[list[str], Ints]:
    """The distinct strings, sorted, and each value's place among them."""
    known, place = np.unique(np.array(list(values)), return_inverse=True)
    return [str(one) for one in known], place.reshape(-1)


def origins(claims: Sequence[Claim]) -> Mapping[str, str]:
    """The origin of each source: one of those that write the same strings."""
    _, item = codes(one.item for one in claims)
    _, raw = codes(one.raw for one in claims)
    sources, source = codes(one.source for one in claims)
    shared, same = _pairs(item, source, raw, len(sources))
    alike = (shared >= LEAST_SHARED) & (same >= SAME_STRINGS * shared)
    first = list(range(len(sources)))
    for one, other in zip(*np.nonzero(np.tril(alike, -1)), strict=True):
        old, new = first[one], first[other]
        first = [new if place == old else place for place in first]
    return {name: sources[first[at]] for at, name in enumerate(sources)}


def _pairs(item: Ints, source: Ints, raw: Ints, sources: int) -> tuple[Ints, Ints]:
    """(sources, sources) each: how many items two sources share, and on how many they write the same."""
    order = np.argsort(item, kind="stable")
    item, source, raw = item[order], source[order], raw[order]
    starts = np.searchsorted(item, item)
    sizes = np.searchsorted(item, item, side="right") - starts
    shared, same = np.zeros(sources * sources, np.int64), np.zeros(sources * sources, np.int64)
    cuts = np.flatnonzero(np.diff(np.cumsum(sizes) // AT_ONCE)) + 1
    for rows in np.split(np.arange(len(item)), cuts):
        which, other = spread(starts[rows], sizes[rows])
        one = rows[which]
        pair = source[one] * sources + source[other]
        shared += np.bincount(pair, minlength=len(shared))
        same += np.bincount(pair[raw[one] == raw[other]], minlength=len(same))
    return shared.reshape(sources, -1), same.reshape(sources, -1)


def board(claims: Sequence[Claim], origin_of: Mapping[str, str], rivals: float) -> tuple[Board, list[str], Ints]:
    """The claims as hearings; the items by number; the first claim of each answer."""
    items, item = codes(one.item for one in claims)
    _, value = codes(one.value for one in claims)
    _, source = codes(one.source for one in claims)
    _, origin = codes(origin_of[one.source] for one in claims)
    first, answer = number(item, value)
    ones, size = np.ones(len(claims)), len(claims)
    prior = DEFAULTS.reliability_of("media", named=True)
    hearings = Hearings(
        answer=answer,
        origin=origin,
        hearer=source,
        report=source,
        groups=np.full((1, size), ALONE),
        is_for=ones > 0,
        fidelity=ones,
        hedge=np.array([1.0 if one.said else DEFAULTS.hedge["unknown"] for one in claims]),
        reliability=np.array([prior if one.named else DEFAULTS.reliability_of("media", named=False) for one in claims]),
        interest=ones * 0,
        rivals=ones * rivals,
    )
    return Board(hearings, item[first], len(items)), items, first


def learned(given: Board, claims: Sequence[Claim]) -> Board:
    """The board with reliabilities learned from it: each item's from all other items."""
    _, field = codes(one.kind for one in claims)
    kind = np.array([int(one.named) for one in claims])
    found = learn(given, INDEPENDENT, field, kind, claims=DEFAULTS.learning["claims"], rounds=ROUNDS)
    return given._replace(hearings=given.hearings._replace(reliability=found.reliability))


def by_answers(claims: Sequence[Claim], origin_of: Mapping[str, str], rivals: float) -> Best:
    """The best supported value of each item, and its support."""
    plain, items, first = board(claims, origin_of, rivals)
    given = learned(plain, claims)
    belief = weigh(given, INDEPENDENT).belief
    order = np.lexsort((np.arange(len(first)), -np.round(belief, 12), given.question))
    top = order[np.unique(given.question[order], return_index=True)[1]]
    return {items[given.question[at]]: (claims[first[at]].value, float(belief[at])) for at in top}


def by_names(claims: Sequence[Claim], origin_of: Mapping[str, str], rivals: float) -> Best:
    """The names that are rather in than out, item by item."""
    known: dict[str, set[str]] = {}
    for one in claims:
        known.setdefault(one.item, set()).update(one.value.split())
    said = [
        Claim(f"{one.item} {name}", one.source, f"listed: {listed}", one.raw, "in" if listed else "out", said=listed)
        for one in claims
        for name in sorted(known[one.item])
        for listed in (name in one.value.split(),)
    ]
    best = by_answers(said, origin_of, rivals)
    out: dict[str, tuple[str, float]] = {}
    for item, names in known.items():
        chosen = {name: best[f"{item} {name}"] for name in sorted(names)}
        likely = float(np.prod([one[1] for one in chosen.values()]))
        out[item] = (" ".join(name for name, one in chosen.items() if one[0] == "in"), likely)
    return out


def by_numbers(claims: Sequence[Claim], origin_of: Mapping[str, str], rivals: float) -> Best:
    """The mode of each item's posterior."""
    given = learned(board(claims, origin_of, rivals)[0], claims)
    rows: dict[str, list[int]] = {}
    for at, one in enumerate(claims):
        rows.setdefault(one.item, []).append(at)
    return {item: _number(claims, given, some) for item, some in rows.items()}


def _number(claims: Sequence[Claim], given: Board, some: Sequence[int]) -> tuple[str, float]:
    values = np.array([float(claims[at].value) for at in some])
    ones = np.ones(len(some))
    figures = Figures(values, values, 1 - given.hearings.reliability[some], ones, ones, ones)
    found = posterior(figures, DEFAULTS.figures["stray"])
    return str(found.mode), found.within(found.mode * (1 - NEAR), found.mode * (1 + NEAR))


def score(best: Best, gold: Mapping[str, str], right: Callable[[str, str], bool]) -> dict[str, float]:
    """Accuracy and calibration error on the gold items that are spoken to."""
    asked = sorted(gold.keys() & best.keys())
    hits = np.array([right(best[item][0], gold[item]) for item in asked], float)
    likely = np.array([best[item][1] for item in asked])
    bins = np.minimum((likely * 10).astype(int), 9)
    gaps = [abs((likely - hits)[bins == one].sum()) for one in range(10)]
    return {"items": len(asked), "accuracy": float(hits.mean()), "ece": float(sum(gaps) / len(asked))}


def same(one: str, other: str) -> bool:
    """Whether two values are the same."""
    return one == other


def near(one: str, other: str) -> bool:
    """Whether a number is as near to the true one as is asked."""
    return abs(float(one) - float(other)) <= NEAR * float(other)


def medians(claims: Sequence[Claim]) -> Best:
    """The median of each item's figures, without a likelihood."""
    figures: dict[str, list[float]] = {}
    for one in claims:
        figures.setdefault(one.item, []).append(float(one.value))
    return {item: (str(median(found)), 0.0) for item, found in figures.items()}


def evaluate(folder: Path) -> dict[str, Any]:
    """All figures of the runner."""
    out: dict[str, Any] = {}
    for name, (read, needs) in SETS.items():
        if not (folder / needs).exists():
            print(f"{folder / needs}: not there, {name} left out", file=sys.stderr)
            continue
        table = read(folder)
        out[name] = _evaluated(name, table)
    return out


SETS: dict[str, tuple[Callable[[Path], Table], str]] = {
    "flight": (flight, "flight"),
    "book": (book, "book.txt.gz"),
    "population": (population, "population_claims.csv.gz"),
}


def _evaluated(name: str, table: Table) -> dict[str, Any]:
    claims, gold = table
    rivals = DEFAULTS.rivals
    apart = {one.source: one.source for one in claims}
    right = near if name == "population" else same
    if name == "population":
        best = by_numbers(claims, apart, rivals["killed"])
    elif name == "book":
        best = by_names(claims, origins(claims), rivals["free"])
    else:
        best = by_answers(claims, origins(claims), rivals["date"])
    found = {"sayso": best, "voting": vote(claims), "accu": accu(claims)}
    if name == "population":
        found["median"] = medians(claims)
    scores = {method: score(one, gold, right) for method, one in found.items()}
    scores.get("median", {}).pop("ece", None)  # it gives no likelihood
    return scores


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="folder of the truth discovery sets")
    given = parser.parse_args()
    found = evaluate(given.folder)
    if not found:
        stop(f"{given.folder}: none of the sets is in it")
    report_result(found)


if __name__ == "__main__":
    main()
