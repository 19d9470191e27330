"""From columns back to records: what is left of the answers to each question, and what hangs on what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from sayso.kit import fold
from sayso.model import Lineage, Question
from sayso.model.weighing import Fall, Hanging, Part, Stand, Support, UnitKind, Weighing
from sayso.weighing.assumptions import Assumptions
from sayso.weighing.core import (
    Beliefs,
    Board,
    Floats,
    Hearings,
    Ints,
    Voices,
    add_up,
    believe,
    discounts,
    leading,
    number,
    taken_sides,
    unite,
    weight,
)
from sayso.weighing.falling import fall
from sayso.weighing.hanging import LeftOut, leave_out, select
from sayso.weighing.hearing import Heard
from sayso.weighing.overlaps import Overlap, lay
from sayso.weighing.words import Grounds, confidence, likelihood, sentence

NONE = np.zeros(0, np.int64)
KINDS: tuple[UnitKind, ...] = ("voice", "hearer", "bloc", "report")


class Without(NamedTuple):
    """Units of one kind left out."""

    found: LeftOut
    kept: Floats
    """(S,): what is then left of the answer that led."""
    of_question: dict[int, Ints]
    """Rows of `found` by question."""


class Places(NamedTuple):
    """Where what belongs to a question stands, by its number: in the answers, the voices, the hearings."""

    answers: dict[int, Ints]
    voices: dict[int, Ints]
    hearings: dict[int, Ints]


class Weighed(NamedTuple):
    """All that was worked out over a case, in columns."""

    heard: Heard
    voices: Voices
    left: Floats
    """(V,): discounts, if all who may be one are one."""
    cautious: Beliefs
    """If all who may be one are one."""
    apart: Beliefs
    """If all who may be one are several."""
    shares: Floats
    claims: Floats
    """(R,): on how many claims each hearing's reliability rests, beside the table."""
    leaders: Ints
    """(Q,): the leading answers, -1 for none."""
    without: dict[UnitKind, Without]
    assumptions: Assumptions
    rows: dict[tuple[int, int], Ints]
    """Rows of the hearings of each voice, by cell and origin."""
    of_question: Places
    overlaps: dict[int, Overlap]
    """By question, where answers can hold together."""

    def rivals(self, at: int, answer: int) -> Ints:
        """The answers to a question with which one cannot hold: all others, where nothing says that both can."""
        found = self.overlaps.get(at)
        fellows = found.fellows(answer) if found else []
        mine = self.of_question.answers.get(at, NONE)
        return mine[~np.isin(mine, [answer, *fellows])]


def work_out(heard: Heard, claims: Floats, assumptions: Assumptions) -> Weighed:
    """Weigh everything, and everything without each unit."""
    bloc = 1.0 - assumptions.dependence["bloc"]
    shares = np.array([1.0 - assumptions.dependence["may_be_one"], bloc])
    board = heard.board
    voices = unite(board.hearings, *taken_sides(board.hearings))
    left = discounts(voices, shares)

    laid = lay(board.overlaps)

    def beliefs(kept: Floats) -> Beliefs:
        return believe(*add_up(voices, kept, len(board.question)), board.question, board.questions, laid=laid)

    h = board.hearings
    units = {"voice": h.origin, "hearer": h.hearer, "bloc": h.groups[1], "report": h.report}
    cautious = beliefs(left)
    leaders = leading(cautious, board.question, board.questions, laid=laid, unsure=board.unsure)
    return Weighed(
        heard,
        voices,
        left,
        cautious,
        beliefs(discounts(voices, np.array([1.0, bloc]))),
        shares,
        claims,
        leaders,
        {kind: _without(leave_out(board, shares, units[kind]), leaders) for kind in KINDS},
        assumptions,
        _rows(board.hearings),
        Places(_by(board.question), _by(board.question[voices.cell // 2]), _by(board.question[h.answer])),
        {one.question: one for one in board.overlaps},
    )


def _without(found: LeftOut, leaders: Ints) -> Without:
    kept = np.zeros(len(found.unit))
    led = found.answer == leaders[found.question][found.pair]
    kept[found.pair[led]] = found.belief[led]
    return Without(found, kept, _by(found.question))


def _by(values: Ints) -> dict[int, Ints]:
    """Rows by value."""
    order = np.argsort(values, kind="stable")
    known, starts = np.unique(values[order], return_index=True)
    return dict(zip((int(one) for one in known), np.split(order, starts[1:]), strict=True)) if len(known) else {}


def _rows(hearings: Hearings) -> dict[tuple[int, int], Ints]:
    cell, _ = taken_sides(hearings)
    first, voice = number(cell, hearings.origin)
    return {(int(cell[first[at]]), int(hearings.origin[first[at]])): rows for at, rows in _by(voice).items()}


def record(weighed: Weighed, at: int, question: Question, lineage: Lineage) -> Weighing:
    """The record of the question with this number."""
    found, mine = weighed.cautious, weighed.of_question.answers.get(at, NONE)
    leader = int(weighed.leaders[at])
    parts = tuple(_parts(weighed, at))
    hanging = tuple(_hanging(weighed, at))
    fallen = _fall(weighed, at, mine)
    opposed = _opposed(weighed, at, leader)
    sure, reasons = confidence(_grounds(weighed, at, leader, hanging, parts))
    return Weighing(
        question=question.id,
        supports=tuple(_support(weighed, int(one), question, opposed) for one in mine),
        unresolved=float(found.unresolved[at]),
        conflict=float(found.conflict[at]),
        leader=_answer(weighed, leader),
        parts=parts,
        hanging=hanging,
        fall=fallen,
        confidence=sure,
        reasons=reasons,
        sentence=_sentence(lineage, hanging if leader >= 0 else ()),
    )


def standing(weighed: Weighed, at: int, question: Question) -> Stand:
    """How the answers to the question with this number stand."""
    mine, leader = weighed.of_question.answers.get(at, NONE), int(weighed.leaders[at])
    opposed = _opposed(weighed, at, leader)
    supports = tuple(_support(weighed, int(one), question, opposed) for one in mine)
    return Stand(question.id, supports, _answer(weighed, leader))


def _answer(weighed: Weighed, place: int) -> str | None:
    return weighed.heard.answers[place].id if place >= 0 else None


def _support(weighed: Weighed, place: int, question: Question, opposed: float) -> Support:
    found, apart = weighed.cautious, weighed.apart
    one = reference(weighed.assumptions.rivals[question.slot])
    belief, plausible = float(found.belief[place]), float(found.plausible[place])
    return Support(
        answer=weighed.heard.answers[place].id,
        belief=belief,
        plausible=plausible,
        belief_apart=float(apart.belief[place]),
        nats_for=float(found.support[place]),
        nats_against=float(found.denial[place]),
        voices=(float(found.whole[place]) / one, float(apart.whole[place]) / one),
        likelihood=likelihood(belief, plausible, opposed=opposed),
    )


def _opposed(weighed: Weighed, at: int, leader: int) -> float:
    """Nats of the rivals and denials of what leads, as a share of its own. 0 where nothing leads."""
    if leader < 0:
        return 0.0
    found = weighed.cautious
    rivals = found.support[weighed.rivals(at, leader)].sum()
    return float((rivals + found.denial[leader]) / found.whole[leader])


def reference(rivals: float) -> float:
    """Nats of one reference voice (reliability .8, nothing lost, hedged or at stake) on a question with so many rivals.

    >>> round(reference(1), 2), round(reference(5), 2)
    (1.39, 3.0)
    """
    one = np.ones(1)
    return float(weight(one, one * 0.8, one * 0.0, one * rivals)[0])


def _parts(weighed: Weighed, at: int) -> Iterator[Part]:
    heard, voices = weighed.heard, weighed.voices
    h = heard.board.hearings
    rows = weighed.of_question.voices.get(at, NONE)
    gains = voices.weight * weighed.left
    for row in sorted(rows, key=lambda one: (voices.cell[one], -gains[one], voices.origin[one])):
        own = weighed.rows[int(voices.cell[row]), int(voices.origin[row])]
        reports = {heard.reports[one] for one in h.report[own]}
        origin = heard.origins[voices.origin[row]]
        yield Part(
            origin=origin.id,
            answer=heard.answers[voices.cell[row] // 2].id,
            is_for=not voices.cell[row] & 1,
            weight=float(voices.weight[row]),
            discount=float(weighed.left[row]),
            reports=tuple(one for one in origin.reports if one in reports),
            reliability=float(h.reliability[own].min()),
            prior_only=bool(weighed.claims[own].max() < weighed.assumptions.learning["claims"]),
        )


def _hanging(weighed: Weighed, at: int) -> Iterator[Hanging]:
    heard, leader = weighed.heard, int(weighed.leaders[at])
    excluded = {-1, *weighed.rivals(at, leader)} if leader >= 0 else set(weighed.of_question.answers[at])
    names: dict[UnitKind, Sequence[str]] = {
        "voice": [one.id for one in heard.origins], "hearer": heard.hearers, "bloc": heard.blocs,
        "report": heard.reports,
    }  # fmt: skip
    for kind, without in weighed.without.items():
        found = []
        for row in without.of_question.get(at, ()):
            after, unit = int(without.found.leader[row]), names[kind][without.found.unit[row]]
            flips = after in excluded
            found.append(Hanging(kind, unit, _answer(weighed, after), flips, float(without.kept[row])))
        yield from sorted(found, key=lambda one: (not one.flips, one.belief, one.unit))


def _fall(weighed: Weighed, at: int, mine: Ints) -> Fall | None:
    board = weighed.heard.board
    rows = weighed.of_question.hearings.get(at, NONE)
    if not len(rows):
        return None
    own = select(board.hearings, rows)
    own = own._replace(answer=np.searchsorted(mine, own.answer))
    here = tuple(
        Overlap(0, np.searchsorted(mine, one.answers), one.shape) for one in board.overlaps if one.question == at
    )
    unsure = None if board.unsure is None else board.unsure[mine]
    found = fall(Board(own, np.zeros(len(mine), np.int64), 1, here, unsure), weighed.shares)
    if not found:
        return None
    gone, after, smallest = found
    lead = weighed.heard.answers[mine[after]].id if after >= 0 else None
    return Fall(tuple(weighed.heard.origins[one].id for one in gone), lead, smallest)


def _grounds(
    weighed: Weighed, at: int, leader: int, hanging: Sequence[Hanging], parts: Sequence[Part]
) -> Grounds | None:
    if leader < 0:
        return None
    rows = weighed.of_question.voices[at]
    voices = weighed.voices
    overlap = weighed.overlaps.get(at)
    same = overlap.implying(leader) if overlap else [leader]
    mine = rows[np.isin(voices.cell[rows], [2 * one for one in same]) & (voices.weight[rows] > 0)]
    _, each = np.unique(voices.origin[mine], return_index=True)
    groups = voices.groups[0][mine[each]]
    answers = {weighed.heard.answers[one].id for one in same}
    return Grounds(
        low=int((groups < 0).sum() + len(np.unique(groups[groups >= 0]))),
        high=len(each),
        rival=_rival(weighed, at, leader),
        unresolved=float(weighed.cautious.unresolved[at]),
        hangs_on_one=any(one.flips and one.kind == "voice" for one in hanging),
        prior_only=all(one.prior_only for one in parts if one.answer in answers and one.is_for),
        opposed=_opposed(weighed, at, leader),
        unsure=weighed.heard.answers[leader].unsure,
    )


def _rival(weighed: Weighed, at: int, leader: int) -> float:
    """Support of the best of its rivals, as a share of the leading one's."""
    belief = weighed.cautious.belief
    return float(belief[weighed.rivals(at, leader)].max(initial=0.0) / belief[leader])


FEW = 2
"""Independent origins, at the least, up to which all may hang on one. With more of them only what leads does."""


def _sentence(lineage: Lineage, hanging: Sequence[Hanging]) -> str:
    """In words, with the voice and the hearer that the leading answer hangs on."""
    reports = len({given.report for one in lineage.testimonies for given in one.given})
    names = {one.id: one.name for one in lineage.origins}
    voices = [names[one.unit] for one in hanging if one.kind == "voice" and one.flips]
    hearers = [one.unit for one in hanging if one.kind == "hearer" and one.flips]
    voice, hearer = voices[0] if len(voices) == 1 else "", hearers[0] if len(hearers) == 1 else ""
    through = f"what {hearer} heard" if hearer else ""
    both = f"{voice}, heard by {hearer}" if voice and hearer and fold(voice) != fold(hearer) else ""
    hangs = (both or voice or through) if lineage.low <= FEW else ""
    widest = sorted(lineage.origins, key=lambda one: -len(one.reports))
    called = tuple(dict.fromkeys(one.name if one.voice else f"{one.name} in its own voice" for one in widest))
    return sentence(reports, lineage.low, lineage.high, hangs, names=called)
