"""From the records of a case to columns: who was heard on which answer, by whom, through whom, how firmly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sayso.kit import fold, weakest
from sayso.model import (
    Answer,
    Attribution,
    Claim,
    Findings,
    Kind,
    Lineage,
    Link,
    Origin,
    Question,
    Responsibility,
    Testimony,
)
from sayso.weighing.assumptions import Assumptions
from sayso.weighing.core import ALONE, Board, Flags, Floats, Hearings, Ints
from sayso.weighing.overlaps import overlaps

KINDS: tuple[Kind, ...] = (
    "official", "party", "witness", "expert", "court", "media", "document", "victim", "body", "unspecified",
)  # fmt: skip

RESPONSIBLE = frozenset({"perpetrator", "ordered_by", "complicity"})
"""Questions on which a party serves itself by naming others, and speaks against itself by naming itself."""

COUNTED = frozenset({"killed", "injured", "missing", "detained"})


class Known(NamedTuple):
    """What the claims of a case say of how they came, looked up by id."""

    claims: Mapping[tuple[str, str], Claim]
    attributions: Mapping[str, Attribution]
    stakes: Mapping[tuple[str, str], str]
    """By claim and entity (else the words) that it speaks of."""
    places: Mapping[str, int]
    """Of reports, in the order of the case."""


class Heard(NamedTuple):
    """The columns of a case, and what their numbers stand for."""

    board: Board
    answers: tuple[Answer, ...]
    origins: tuple[Origin, ...]
    hearers: tuple[str, ...]
    reports: tuple[str, ...]
    blocs: tuple[str, ...]
    field: tuple[int, ...]
    """(R,): the type of question, by number."""
    kind: tuple[int, ...]
    """(R,): the kind of who speaks, by number."""


class _Row(NamedTuple):
    """One hearing."""

    answer: str
    origin: Origin
    hearer: str
    report: str
    may_be_one: str
    """What names those that may be one with it, "" for nobody."""
    is_for: bool
    fidelity: float
    hedge: float
    reliability: float
    interest: float
    rivals: float
    slot: str


def know(findings: Iterable[Findings], responsibilities: Iterable[Responsibility]) -> Known:
    """The claims, attributions and stakes of a case by their ids."""
    every = tuple(findings)
    return Known(
        {(one.report, claim.id): claim for one in every for claim in one.claims},
        {spoken.id: spoken for one in every for spoken in one.attributions},
        {(one.claim, one.entity or one.name): one.stake for one in responsibilities},
        {one.report: place for place, one in enumerate(every)},
    )


def hear(
    questions: Sequence[Question],
    lineages: Sequence[Lineage],
    known: Known,
    *,
    blocs: Mapping[str, str],
    assumptions: Assumptions,
) -> Heard:
    """All hearings on the questions that have a lineage. `blocs`: name of the bloc of an origin, by its id."""
    by_question = {one.question: one for one in lineages}
    rows = [
        row
        for question in questions
        if question.id in by_question
        for row in _rows(question, by_question[question.id], known, assumptions)
    ]
    return _columns(questions, rows, blocs)


def _rows(question: Question, lineage: Lineage, known: Known, assumptions: Assumptions) -> Iterator[_Row]:
    origins = {one.id: one for one in lineage.origins}
    answers = {one.id: one for one in question.answers}
    one_of, passed = may_be_one(lineage), overtaken(question)
    for testimony in lineage.testimonies:
        origin, answer = origins[testimony.origin], answers[testimony.answer]
        for given in testimony.given:
            claim = known.claims.get((given.report, given.claim))
            chain = claim.chain if claim else ()
            interest, against = interest_of(question, answer, testimony, origin, known.stakes)
            named = assumptions.reliability_of(origin.kind, named=origin.named or origin.voice is None)
            yield _Row(
                answer=answer.id,
                origin=origin,
                hearer=(chain[-2] if len(chain) > 1 else chain[0]).voice if chain else origin.name,
                report=given.report,
                may_be_one=f"{question.id} {one_of[origin.id]}" if origin.id in one_of else "",
                is_for=testimony.is_for,
                fidelity=(
                    fidelity(chain, origin, known, assumptions)
                    * read_right(question, answer, testimony, claim)
                    * (assumptions.counting["overtaken"] if answer.id in passed and testimony.is_for else 1.0)
                ),
                hedge=_hedge(testimony, chain, assumptions),
                reliability=assumptions.against_interest["reliability"] if against else named,
                interest=assumptions.interest[interest],
                rivals=assumptions.rivals[question.slot],
                slot=question.slot,
            )


def overtaken(question: Question) -> frozenset[str]:
    """The answers whose count a later, higher one has overtaken: they were no lie, but hardly all."""
    if question.slot not in COUNTED:
        return frozenset()
    answers = {one.id: one for one in question.answers}
    out = set()
    for one in question.differences:
        if one.kind == "update":
            less, more = sorted((answers[one.one], answers[one.other]), key=lambda answer: answer.low or 0.0)
            if less.high is not None and less.high < (more.low or 0.0):
                out.add(less.id)
    return frozenset(out)


def may_be_one(lineage: Lineage) -> dict[str, str]:
    """The least id among those that may be one, for each origin that may be one with another."""
    first: dict[str, str] = {}
    for merge in lineage.merges:
        if not merge.taken:
            old, new = (first.setdefault(one, one) for one in (merge.one, merge.other))
            least = min(old, new)
            first = {one: least if root in {old, new} else root for one, root in first.items()}
    return first


def fidelity(chain: Sequence[Link], origin: Origin, known: Known, assumptions: Assumptions) -> float:
    """How likely the words came through: a product over the relays between who publishes and who speaks."""
    table = assumptions.fidelity
    came = 1.0 if origin.named or origin.voice is None else table["anonymous_origin"]
    for link in chain[1:-1]:
        spoken = known.attributions.get(link.via or "")
        wire = spoken is not None and spoken.kind == "media"
        came *= table["wire" if wire else "named" if spoken is None or spoken.named else "unnamed"]
    return came


def read_right(question: Question, answer: Answer, testimony: Testimony, claim: Claim | None) -> float:
    """How likely the program has read rightly that these words give this answer: it may have misheard, too.

    Of a claim that tells the answer in passing, what is known of the answer as a whole.
    """
    replies = claim.replies if claim else ()
    found = [one.probability for one in replies if (one.slot, one.is_for) == (question.slot, testimony.is_for)]
    return max(found, default=answer.probability)


def _hedge(testimony: Testimony, chain: Sequence[Link], assumptions: Assumptions) -> float:
    """How likely the words leave it: the weakest of the chain, for a hedge once made cannot be undone by a relay."""
    return assumptions.hedge[weakest(chain) if chain else testimony.certainty]


def interest_of(
    question: Question, answer: Answer, testimony: Testimony, origin: Origin, stakes: Mapping[tuple[str, str], str]
) -> tuple[str, bool]:
    """What the speaker has to do with the answer, and whether they speak against themselves.

    Who says that they, or their side, did it, speaks against their own interest; who denies that, or names another
    while held responsible or a party to the dispute, serves it. On numbers of victims a party serves itself either way.
    """
    if question.slot in COUNTED:
        return ("party", False) if origin.kind == "party" else ("none", False)
    if question.slot not in RESPONSIBLE:
        return "none", False
    about = answer.entity or answer.words
    found = {stakes.get((given.claim, about), "") for given in testimony.given} - {""}
    if found & {"self", "same side"}:
        return ("none", True) if testimony.is_for else ("self", False)
    stake = next((one for one in ("accused", "party", "victim") if one in found), "")
    return stake or ("party" if origin.kind == "party" else "none"), False


def _columns(questions: Sequence[Question], rows: Sequence[_Row], blocs: Mapping[str, str]) -> Heard:
    """Rows to columns. Names get numbers in their own order, so that the order of rows changes nothing."""
    answers = tuple(one for question in questions for one in question.answers)
    of_answer = {one.id: place for place, one in enumerate(answers)}
    origins = {row.origin.id: row.origin for row in rows}
    names = {name: place for place, name in enumerate(sorted(origins))}
    spelled: dict[str, str] = {}
    for row in rows:
        spelled[fold(row.hearer)] = min(row.hearer, spelled.get(fold(row.hearer), row.hearer))
    reports = tuple(sorted({row.report for row in rows}))
    known_blocs = tuple(sorted({blocs[name] for name in names if name in blocs}))
    ones = {name: place for place, name in enumerate(sorted({row.may_be_one for row in rows} - {""}))}
    bloc_of = {name: known_blocs.index(blocs[name]) if name in blocs else ALONE for name in names}
    at = {name: place for place, name in enumerate(reports)}
    heard_by = {name: place for place, name in enumerate(sorted(spelled))}
    slots = tuple(sorted({row.slot for row in rows}))
    hearings = Hearings(
        answer=_ints(of_answer[row.answer] for row in rows),
        origin=_ints(names[row.origin.id] for row in rows),
        hearer=_ints(heard_by[fold(row.hearer)] for row in rows),
        report=_ints(at[row.report] for row in rows),
        groups=np.array(
            [[ones.get(row.may_be_one, ALONE) for row in rows], [bloc_of[row.origin.id] for row in rows]], np.int64
        ),
        is_for=np.array([row.is_for for row in rows], bool),
        fidelity=_floats(row.fidelity for row in rows),
        hedge=_floats(row.hedge for row in rows),
        reliability=_floats(row.reliability for row in rows),
        interest=_floats(row.interest for row in rows),
        rivals=_floats(row.rivals for row in rows),
    )
    question = _ints(place for place, one in enumerate(questions) for _ in one.answers)
    return Heard(
        Board(hearings, question, len(questions), tuple(overlaps(questions)), _flags(one.unsure for one in answers)),
        answers,
        tuple(origins[name] for name in names),
        tuple(spelled[name] for name in heard_by),
        reports,
        known_blocs,
        tuple(slots.index(row.slot) for row in rows),
        tuple(KINDS.index(row.origin.kind) for row in rows),
    )


def _flags(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, np.bool_)


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)


def _floats(values: Iterable[float]) -> Floats:
    return np.fromiter(values, np.float64)
