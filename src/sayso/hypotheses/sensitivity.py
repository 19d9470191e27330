"""How firmly the order of hypotheses stands: what small change would put others first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import accumulate

from sayso.hypotheses.scoring import SAME, VALUES, Grid, against, grid, order_of, penalty, places
from sayso.model import Matrix, Order, Rating, Shift

NAMES: dict[int, Rating] = {-2: "II", -1: "I", 0: "N", 1: "C", 2: "CC"}


def shifts(matrix: Matrix) -> tuple[Shift, ...]:
    """Every single change that puts other hypotheses first.

    A row left out, a claim (with the row that has no other), a root or an actor with all their rows, and one step up or
    down of one rating. By kind, in the order of the matrix.
    """
    told = grid(matrix)
    now = order_of(told)
    return (*_left_out(matrix, told, now), *_one_step(told, now))


def _left_out(matrix: Matrix, told: Grid, now: Order) -> Iterator[Shift]:
    rated = frozenset(row for values in told.values.values() for row in values)
    units: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in matrix.evidence:
        if row.id in rated:
            units["row", row.id].add(row.id)
            claims = {one.claim for one in row.given}
            if len(claims) == 1:
                units["claim", claims.pop()].add(row.id)
            if row.root:
                units["root", row.root].add(row.id)
            units["actor", row.actor].add(row.id)
    leave = _Leaving(told, now)
    for kind in ("row", "claim", "root", "actor"):
        for (which, what), rows in units.items():
            leaders = leave.leaders(rows) if which == kind else now.leaders
            if set(leaders) != set(now.leaders):
                yield Shift(kind, (what,), leaders)


def _totals(told: Grid, now: Order) -> dict[str, float]:
    """Of what is compared, in the order of the matrix."""
    compared = {one for place in now.places for one in place}
    return {one: against(told, one, now.rows) for one in told.values if one in compared}


class _Leaving:
    """Who leads without some rows, from the sums over all of them."""

    def __init__(self, told: Grid, now: Order) -> None:
        self.told, self.now = told, now
        self.shared = frozenset(now.rows)
        self.totals = _totals(told, now)

    def leaders(self, rows: AbstractSet[str]) -> tuple[str, ...]:
        """The same as computed anew."""
        drops_out = any(values and values.keys() <= rows for values in self.told.values.values())
        if drops_out or not self.totals:  # those that are left may share more rows
            return order_of(self.told, rows).leaders
        gone = rows & self.shared
        if len(gone) == len(self.shared):
            return ()
        return places({one: total - against(self.told, one, gone) for one, total in self.totals.items()})[0]


def _one_step(told: Grid, now: Order) -> Iterator[Shift]:
    totals = _totals(told, now)
    for row in now.rows:
        for one, total in totals.items():
            value = told.values[one][row]
            for other in (value - 1, value + 1):
                if other not in NAMES:
                    continue
                changed = total + told.weights[row] * (penalty(other) - penalty(value))
                leaders = places({**totals, one: changed})[0]
                if set(leaders) != set(now.leaders):
                    yield Shift("cell", (one, row, NAMES[other]), leaders)


def fewest_roots(matrix: Matrix) -> Shift | None:
    """The fewest roots without which another hypothesis has less against it than the one that leads.

    None where no one hypothesis leads, or it leads whatever is left out. Of several sets as small, the one that puts
    the first of the rivals ahead. Exact: what a root adds to the distance of two hypotheses is a sum over its rows, so
    the fewest roots that undo a lead are those that add most to it.
    """
    told = grid(matrix)
    now = order_of(told)
    if len(now.leaders) != 1:
        return None
    leader = now.leaders[0]
    roots = {row.id: row.root for row in matrix.evidence}
    found: list[Shift] = []
    for rival in (one for place in now.places[1:] for one in place):
        leads = _leads(told, now, (leader, rival), roots)
        lead = against(told, rival, now.rows) - against(told, leader, now.rows)
        biggest = sorted((root for root in leads if leads[root] > 0), key=lambda root: (-leads[root], root))
        left = accumulate((leads[root] for root in biggest), lambda left, one: left - one, initial=lead)
        number = next((number for number, much in enumerate(left) if round(much, SAME) < 0), None)
        if number is not None:
            found.append(Shift("root", tuple(biggest[:number]), (rival,)))
    return min(found, key=lambda shift: len(shift.what), default=None)


def _leads(told: Grid, now: Order, pair: tuple[str, str], roots: Mapping[str, str]) -> dict[str, float]:
    """By root, by how much more its rows speak against the rival than against the leader."""
    leader, rival = pair
    leads: defaultdict[str, float] = defaultdict(float)
    for row in now.rows:
        if roots[row]:
            more = penalty(told.values[rival][row]) - penalty(told.values[leader][row])
            leads[roots[row]] += told.weights[row] * more
    return leads


def deceiving(matrix: Matrix, actor: str) -> Matrix:
    """The matrix if what an actor says is meant to deceive.

    Its rows count as rated for that case; where nobody rated them so, they say nothing of any hypothesis (N). What is
    not rated, or does not apply, stays so.
    """
    rows = {row.id for row in matrix.evidence if row.actor == actor}
    if_so = {(cell.hypothesis, cell.evidence): cell for cell in matrix.cells if cell.if_deceptive and cell.rating}
    cells = []
    for cell in matrix.cells:
        if cell.evidence in rows and not cell.if_deceptive:
            other = if_so.get((cell.hypothesis, cell.evidence))
            rating: Rating = other.rating if other else "N" if cell.rating in VALUES else cell.rating
            cells.append(replace(cell, rating=rating))
        else:
            cells.append(cell)
    known = {(cell.hypothesis, cell.evidence) for cell in matrix.cells if not cell.if_deceptive}
    cells += [replace(cell, if_deceptive=False) for key, cell in if_so.items() if key not in known and key[1] in rows]
    return replace(matrix, cells=tuple(cells))
