"""How long does weighing take, and is it right, when there is much to weigh?

    python -m evals.weighing [CLAIMS]

CLAIMS (1,000,000 if not given) claims are invented for one question in fifty of them (20,000), with three answers a
question on average, 5,000 origins, 3,000 hearers, 500 blocs, a report for ten claims. Prints seconds for weighing all
of it, seconds for leaving out every origin, hearer, bloc and report in turn, and the greatest difference from the same
in plain Python, loops and `math` alone, on a sample of questions: of support, and of what is left without each unit.
Drawn with a fixed seed; one thread of numpy.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import exp, log
from typing import Any, NamedTuple

import numpy as np

from evals.files import report_result
from sayso.weighing.core import ALONE, Board, Hearings, Ints, weigh
from sayso.weighing.hanging import LeftOut, leave_out

CLAIMS = 1_000_000
SAMPLE = 30
"""Questions that are compared with plain Python."""

SHARES = (0.0, 0.5)
"""λ of those that may be one, and of blocs."""


class Row(NamedTuple):
    """One hearing, in plain Python."""

    answer: int
    origin: int
    hearer: int
    report: int
    groups: tuple[int, ...]
    is_for: bool
    fidelity: float
    hedge: float
    reliability: float
    interest: float
    rivals: float


def invent(claims: int) -> Board:
    """A board of so many claims."""
    draw = np.random.default_rng(20310410)
    questions, answers = max(1, claims // 50), max(3, 3 * claims // 50)
    origins, hearers, blocs = 5_000, 3_000, 500
    bloc = np.where(draw.random(origins) < 0.5, draw.integers(0, blocs, origins), ALONE)
    inner = np.where((bloc != ALONE) & (draw.random(origins) < 0.3), bloc * 3 + draw.integers(0, 3, origins), ALONE)
    origin = draw.integers(0, origins, claims)
    hearings = Hearings(
        answer=draw.integers(0, answers, claims),
        origin=origin,
        hearer=draw.integers(0, hearers, claims),
        report=draw.integers(0, max(1, claims // 10), claims),
        groups=np.stack([inner, bloc])[:, origin],
        is_for=draw.random(claims) < 0.8,
        fidelity=draw.choice([1.0, 0.97, 0.9], claims),
        hedge=draw.choice([1.0, 0.875, 0.675, 0.5, 0.325], claims),
        reliability=draw.choice([0.6, 0.65, 0.8, 0.95], origins)[origin],
        interest=draw.choice([0.0, 0.0, 0.8], origins)[origin],
        rivals=np.ones(claims),
    )
    return Board(hearings, np.sort(draw.integers(0, questions, answers)), questions)


def plainly(rows: Iterable[Row]) -> dict[int, float]:
    """Bel of every answer of one question that has hearings, in plain Python."""
    nats: dict[int, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (answer, denied), origins in _sides(rows).items():
        nats[answer][denied] = _nested([(one[0].groups, _weight(one, denied=denied)) for one in origins])
    x = {answer: (exp(w) - 1) * exp(-d) for answer, (w, d) in nats.items()}
    return {answer: one / (1 + sum(x.values())) for answer, one in x.items()}


def _sides(rows: Iterable[Row]) -> Mapping[tuple[int, bool], Sequence[list[Row]]]:
    """Hearings by answer and side, then by origin."""
    found: dict[tuple[int, bool], dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row.answer, row.is_for == (row.hedge < 0.5)][row.origin].append(row)
    return {side: list(origins.values()) for side, origins in found.items()}


def _weight(rows: Sequence[Row], *, denied: bool) -> float:
    paths: dict[int, float] = {}
    for row in rows:
        paths[row.hearer] = max(row.fidelity, paths.get(row.hearer, 0.0))
    lost = 1.0
    for path in paths.values():
        lost *= 1 - path
    tau = (1 - lost) * max(abs(2 * row.hedge - 1) for row in rows)
    r, b, n = rows[0].reliability, rows[0].interest, 1.0 if denied else rows[0].rivals
    blind = (1 - tau) / (n + 1)
    return max(0.0, log((b + (1 - b) * (tau * r + blind)) / (b + (1 - b) * (tau * (1 - r) / n + blind))))


def _nested(units: Sequence[tuple[tuple[int, ...], float]]) -> float:
    for share in SHARES:
        groups: dict[object, list[tuple[tuple[int, ...], float]]] = defaultdict(list)
        for at, (names, weight) in enumerate(units):
            groups[("alone", at) if names[0] == ALONE else names[0]].append((names[1:], weight))
        units = [
            (some[0][0], sum(w * share**k for k, w in enumerate(sorted((w for _, w in some), reverse=True))))
            for some in groups.values()
        ]
    return sum(weight for _, weight in units)


def rows_of(board: Board, question: int) -> list[Row]:
    """The hearings on one question."""
    h = board.hearings
    rows = np.flatnonzero(board.question[h.answer] == question)
    return [Row._make(tuple(one[:, at].tolist()) if one.ndim > 1 else one[at].item() for one in h) for at in rows]


def differences(board: Board, belief: Sequence[float], found: Mapping[str, LeftOut], sample: Sequence[int]) -> float:
    """The greatest difference from plain Python on some questions, whole and without each unit."""
    gaps = [0.0]
    for question in sample:
        rows = rows_of(board, question)
        plain = plainly(rows)
        gaps += [abs(plain[answer] - belief[answer]) for answer in plain]
        for name, out in found.items():
            for pair in np.flatnonzero(out.question == question):
                left = plainly(row for row in rows if _unit(row, name) != out.unit[pair])
                mine = np.flatnonzero(out.pair == pair)
                gaps += [abs(left.get(int(out.answer[at]), 0.0) - float(out.belief[at])) for at in mine]
    return max(gaps)


def _unit(row: Row, name: str) -> int:
    unit: int = row.groups[-1] if name == "bloc" else getattr(row, name)
    return unit


def evaluate(claims: int) -> dict[str, Any]:
    """All figures of the runner."""
    board = invent(claims)
    shares, h = np.array(SHARES), board.hearings
    started = time.perf_counter()
    beliefs = weigh(board, shares)
    weighed = time.perf_counter() - started
    units: dict[str, Ints] = {"origin": h.origin, "hearer": h.hearer, "bloc": h.groups[1], "report": h.report}
    started = time.perf_counter()
    found = {name: leave_out(board, shares, unit) for name, unit in units.items()}
    left_out = time.perf_counter() - started
    sample = sorted({int(one) for one in np.linspace(0, board.questions - 1, SAMPLE)})
    return {
        "claims": claims,
        "questions": board.questions,
        "answers": len(board.question),
        "weigh seconds": weighed,
        "leave-one-out seconds": left_out,
        "left out": {name: len(one.unit) for name, one in found.items()},
        "greatest difference from plain Python": differences(board, beliefs.belief.tolist(), found, sample),
    }


def main() -> None:
    """Run the evaluation named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("claims", type=int, nargs="?", default=CLAIMS, help=f"how many claims, {CLAIMS:,} if not given")
    report_result(evaluate(parser.parse_args().claims))


if __name__ == "__main__":
    main()
