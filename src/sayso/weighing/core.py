"""The arithmetic of weighing, on columns: what testimonies, taken together, leave of each rival answer.

    hearings ── unite ──▶ one weight an origin, answer and side ── nest ──▶ W and D an answer ── believe ──▶ Bel, Pl

weight       a bounded log likelihood ratio in nats (`weight`)
dependence   nested groups: W = Σ w₍ₖ₎ λ^(k−1), the heaviest first. λ = 0 is the cautious rule (Denœux 2008), by which
             an echo adds nothing; λ = 1 is Dempster's rule (1967), full independence
answers      Dempster's rule over simple support functions (Shafer 1976), one for and one against each answer, in
             Barnett's closed form (1981). The world is open: "none of these" is always possible. Then the sets that
             the denials leave never shrink to one answer, Barnett's products over the other answers cancel, and with
             x = (e^W − 1) e^(−D) of each answer:

                 z = 1 + Σ x        Bel = x / z        Pl = e^(W − D) / z        u = 1 / z        κ = 1 − z e^(−ΣW)

             u is what is left on no single answer, so that ΣBel + u = 1. κ is the mass that contradicts itself.

All is computed in logarithms: nothing overflows however many speak.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.weighing import overlaps
from sayso.weighing.overlaps import Laid, Overlap

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

MOST_RELIABLE = 0.999
"""Nobody counts as more reliable: a weight stays bounded."""

ALONE = -1
"""In place of a group: depends on nobody."""


class Hearings(NamedTuple):
    """One row a claim that carries an answer. All columns have the same length R."""

    answer: Ints
    """From 0; `Board.question` says to which question it belongs."""
    origin: Ints
    hearer: Ints
    """Who heard the origin first."""
    report: Ints
    groups: Ints
    """(levels, R): on what origins depend together, innermost first; `ALONE` for nothing. One and the same for all
    hearings of an origin, and nested: who shares an inner group shares the outer ones."""
    is_for: Flags
    fidelity: Floats
    """0 to 1: how likely the words came through the relays between origin and reader."""
    hedge: Floats
    """0 to 1: how likely the words leave it; 1 where nothing hedges. Below one half it is a hedged denial."""
    reliability: Floats
    """0 to 1, the origin's."""
    interest: Floats
    """0 to 1: how likely it would say so anyway."""
    rivals: Floats
    """1 or more: how many other answers the type of question allows."""


class Board(NamedTuple):
    """Questions with their answers, and all that was heard."""

    hearings: Hearings
    question: Ints
    """(A,): the question of each answer, from 0."""
    questions: int
    overlaps: tuple[Overlap, ...] = ()
    """Where answers can hold together. All others exclude each other."""
    unsure: Flags | None = None
    """(A,): read with doubt; it leads nothing where others are supported that are not. None: none is."""


class Voices(NamedTuple):
    """One row for each origin, answer and side, in the order of answer, side and origin. V rows."""

    cell: Ints
    """Twice the answer, and one more for what speaks against it."""
    origin: Ints
    groups: Ints
    weight: Floats


class Beliefs(NamedTuple):
    """What is left of the answers (A,) and questions (Q,)."""

    support: Floats
    """(A,): W, in nats."""
    denial: Floats
    """(A,): D, in nats."""
    belief: Floats
    """(A,): Bel."""
    plausible: Floats
    """(A,): Pl."""
    unresolved: Floats
    """(Q,): u."""
    conflict: Floats
    """(Q,): κ."""
    whole: Floats
    """(A,): W with what the answers that imply it add. Without such answers W itself."""


def weight(commitment: Floats, reliability: Floats, interest: Floats, rivals: Floats) -> Floats:
    """Nats that one testimony adds, never below 0: ln of how much likelier it is if the answer is so than if not.

    `commitment` is τ, 0 to 1: attribution times how far the words commit.
    """
    chance = 1.0 / (rivals + 1.0)
    r = np.minimum(reliability, MOST_RELIABLE)
    blind = (1.0 - commitment) * chance
    so = interest + (1.0 - interest) * (commitment * r + blind)
    other = interest + (1.0 - interest) * (commitment * (1.0 - r) / rivals + blind)
    nats: Floats = np.maximum(0.0, np.log(so) - np.log(other))
    return nats


def unite(hearings: Hearings, cell: Ints, commits: Floats) -> Voices:
    """All hearings of one origin on one side of an answer as one testimony.

    Of one hearer the best path counts; several hearers raise how surely it was said (1 − Π(1 − φ)), never how surely
    it is so. The firmest wording counts, the least reliability and the most interest if they differ.
    `cell` and `commits` (0 to 1) are those of `taken_sides`.
    """
    if not len(cell):
        return Voices(cell, hearings.origin, hearings.groups, commits)
    order = np.argsort(_code(cell, hearings.origin, hearings.hearer), kind="stable")
    cell, origin, hearer = cell[order], hearings.origin[order], hearings.hearer[order]
    new_voice = _changes(cell, origin)
    heard = np.flatnonzero(new_voice | _changes(hearer))
    voice = np.flatnonzero(new_voice)
    lost = 1.0 - np.maximum.reduceat(hearings.fidelity[order], heard)
    attributed = 1.0 - np.multiply.reduceat(lost, np.searchsorted(heard, voice))
    denies = (cell[voice] & 1).astype(bool)
    weights = weight(
        attributed * np.maximum.reduceat(commits[order], voice),
        np.minimum.reduceat(hearings.reliability[order], voice),
        np.maximum.reduceat(hearings.interest[order], voice),
        # To deny an answer is to choose one of two: so, or not so.
        np.where(denies, 1.0, np.maximum.reduceat(hearings.rivals[order], voice)),
    )
    groups = np.maximum.reduceat(hearings.groups[:, order], voice, axis=1)
    return Voices(cell[voice], origin[voice], groups, weights)


def taken_sides(hearings: Hearings) -> tuple[Ints, Floats]:
    """The cell of each hearing, and how far its words commit, 0 to 1. What is hedged below one half changes sides."""
    denies = hearings.is_for == (hearings.hedge < 0.5)
    return hearings.answer * 2 + denies, np.abs(2.0 * hearings.hedge - 1.0)


def discounts(voices: Voices, shares: Floats) -> Floats:
    """(V,): what is left of each weight, 0 to 1, after what it shares with heavier ones of its groups.

    `shares`: (levels,): λ of each level, 1 for full independence, 0 where only the heaviest counts.
    """
    left = np.ones(len(voices.cell))
    unit = np.arange(len(voices.cell))
    now = voices
    for level, share in enumerate(shares):
        kept, parent, now = _level(now, level, share)
        left *= kept[unit]
        unit = parent[unit]
    return left


def _level(units: Voices, level: int, share: float) -> tuple[Floats, Ints, Voices]:
    """What is left of each unit beside the heavier ones of its group, the group of each, and the groups as units."""
    size = len(units.cell)
    alone = units.groups[level] == ALONE
    some = np.flatnonzero(~alone)
    first, group = number(units.cell[some], units.groups[level][some])
    order = np.lexsort((-units.weight[some], group))
    starts = np.searchsorted(group[order], np.arange(len(first)))
    kept = np.ones(size)
    kept[some[order]] = np.power(share, np.arange(len(some)) - starts[group[order]])
    parent = np.cumsum(alone) - 1 + len(first)
    parent[some] = group
    rest = np.flatnonzero(alone)
    groups = units.groups[:, rest]
    if len(first):
        groups = np.concatenate([np.maximum.reduceat(units.groups[:, some[order]], starts, axis=1), groups], axis=1)
    leaders = np.concatenate([some[first], rest])
    weights = sums(parent, units.weight * kept, len(leaders))
    return kept, parent, Voices(units.cell[leaders], units.origin[leaders], groups, weights)


def believe(support: Floats, denial: Floats, question: Ints, questions: int, *, laid: Sequence[Laid] = ()) -> Beliefs:
    """What is left of each answer, from its support and denials in nats. `laid`: which of them can hold together."""
    with np.errstate(divide="ignore"):  # no support: the logarithm of nothing
        x = support + np.log1p(-np.exp(-support)) - denial
    left = [overlaps.believe(one.shape, support[one.rows], denial[one.rows]) for one in laid]
    for one in laid:
        x[one.rows] = -np.inf  # they count as one answer, the next
    with np.errstate(divide="ignore"):
        several = [one.total + np.log1p(-np.exp(-one.total)) for one in left]
    terms, of = np.concatenate([x, *several]), np.concatenate([question, *(one.question for one in laid)])
    top = np.zeros(questions)
    np.maximum.at(top, of, terms)
    z = np.exp(-top) + sums(of, np.exp(terms - top[of]), questions)
    log_z = top + np.log(z)
    belief, plausible, whole = x, support - denial, support.copy()
    for one, found in zip(laid, left, strict=True):
        belief[one.rows], plausible[one.rows], whole[one.rows] = found.belief, found.plausible, found.whole
    of_answer = log_z[question]
    all_of_it = sums(question, support, questions)
    return Beliefs(
        support=support,
        denial=denial,
        belief=np.exp(np.minimum(0.0, belief - of_answer)),
        plausible=np.exp(np.minimum(0.0, plausible - of_answer)),
        unresolved=np.exp(-log_z),
        conflict=np.maximum(0.0, -np.expm1(np.minimum(0.0, log_z - all_of_it))) + 0.0,
        whole=whole,
    )


def add_up(voices: Voices, left: Floats, answers: int) -> tuple[Floats, Floats]:
    """Support and denial of each answer, in nats."""
    both = sums(voices.cell, voices.weight * left, 2 * answers)
    return both[0::2], both[1::2]


def weigh(board: Board, shares: Floats) -> Beliefs:
    """Everything from the hearings to what is left of the answers. `shares` is λ of each level of groups."""
    return believe(*totals(board, shares), board.question, board.questions, laid=overlaps.lay(board.overlaps))


def totals(board: Board, shares: Floats) -> tuple[Floats, Floats]:
    """Support and denial of each answer of a board, in nats."""
    voices = unite(board.hearings, *taken_sides(board.hearings))
    return add_up(voices, discounts(voices, shares), len(board.question))


def leading(
    found: Beliefs, question: Ints, questions: int, *, laid: Sequence[Laid] = (), unsure: Flags | None = None
) -> Ints:
    """(Q,): the answer that leads each question, -1 where none has any support or two share it.

    Of rivals the one with the most support; of answers within each other the narrowest that more is said for than for
    the broader one itself. What is `unsure` leads only where nothing else is supported.
    """
    counts = found.belief > 0
    if unsure is not None:
        sure = np.bincount(question[counts & ~unsure], minlength=questions) > 0
        counts &= ~(unsure & sure[question])
    belief = np.where(counts, found.belief, 0.0)
    best = np.zeros(questions)
    np.maximum.at(best, question, belief)
    near = counts & (belief >= best[question] * (1 - TIE))
    out = np.full(questions, -1)
    out[question[near]] = np.flatnonzero(near)
    many = np.bincount(question[near], minlength=questions)
    out[many != 1] = -1
    for one in laid:
        _lead_among(one, found, (belief, near, many), out)
    return out


def _lead_among(one: Laid, found: Beliefs, among: tuple[Floats, Flags, Ints], out: Ints) -> None:
    """Put what leads in the place of what shares the most support with answers that it can hold with, or implies it."""
    belief, near = among[0][one.rows], among[1][one.rows]
    rivals, implies = overlaps.matrix(one.shape.rivals), overlaps.matrix(one.shape.implies)
    own, net = found.support[one.rows], (found.whole - found.denial)[one.rows]
    every, size = np.arange(len(one.rows)), len(rivals)
    is_rival = (near[:, :, None] & near[:, None] & rivals).any((1, 2))
    is_here = near.any(1) & (near.sum(1) == among[2][one.question]) & ~is_rival
    place = np.where(is_here, near.argmax(1), -1)
    for _ in range(size):
        narrower = implies.T[place] & (np.arange(size) != place[:, None]) & is_here[:, None]
        better = np.where(narrower & (net > own[every, place][:, None] * (1 + TIE)), belief, 0.0)
        top = better.argmax(1)
        most = better[every, top]
        shared = (np.where(rivals[top], better, 0.0) >= most[:, None] * (1 - TIE)).any(1)
        place = np.where((most > 0) & ~shared, top, place)
    out[one.question[is_here]] = one.rows[every, place][is_here]


TIE = 1e-9
"""Support that differs by a smaller share is the same: so much the order of adding may change."""


def sums(places: Ints, values: Floats, size: int) -> Floats:
    """(size,): the sum of the values at each place."""
    return np.bincount(places, values, size).astype(np.float64, copy=False)


def number(*columns: Ints | Flags) -> tuple[Ints, Ints]:
    """Equal rows get equal numbers, from 0, in the order of the columns: the first row of each number, and (R,) all."""
    _, first, numbers = np.unique(_code(*columns), return_index=True, return_inverse=True)
    return first, numbers


def _code(*columns: Ints | Flags) -> Ints:
    """(R,): one integer a row, in the order of the columns: equal where and only where the rows are."""
    code, size = np.zeros(len(columns[0]), np.int64), 1
    for column in columns:
        low, high = int(column.min(initial=0)), int(column.max(initial=0))
        if size * (high - low + 1) > MOST_CODES:
            code = np.unique(code, return_inverse=True)[1]
            size = len(code) + 1
        code, size = code * (high - low + 1) + (column.astype(np.int64) - low), size * (high - low + 1)
    return code


MOST_CODES = 1 << 62
"""Codes beyond which they are numbered afresh, so that none overflows."""


def _changes(*columns: Ints) -> Flags:
    """Whether a row differs from the one before in any of the columns; the first does."""
    out = np.zeros(len(columns[0]), bool)
    out[:1] = True
    for column in columns:
        out[1:] |= column[1:] != column[:-1]
    return out
