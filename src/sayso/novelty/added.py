"""What each of some reports adds to all others and to those of them that stand before it in the case.

Statements are compared by origin, answer and side (`Testimony`), so a report that says with other words what another
said on the word of the same origin adds nothing. One pass over each question, in the order in which reports are known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple, TypeAlias

from sayso.model import Case, Echo, Given, Lineage, Question
from sayso.model.novelty import Clash, Gain, GainKind, Heard, News

MOST_KNOWN = 3
"""Reports that are named as having had something before."""

Order: TypeAlias = tuple[bool, int]
Stated: TypeAlias = tuple[str, bool]
"""An answer, and whether it is given or denied."""


class _Row(NamedTuple):
    """One claim with what it says, and on whose word."""

    order: Order
    given: Given
    origin: str
    answer: str

    @property
    def stated(self) -> Stated:
        """What it says."""
        return self.answer, self.given.is_for


@dataclass(slots=True)
class _Before:
    """What reports known so far say on one question."""

    said: dict[Stated, list[str]] = field(default_factory=dict)
    """The first reports that say it."""
    origins: dict[Stated, list[str]] = field(default_factory=dict)
    heard: dict[tuple[str, Stated], list[str]] = field(default_factory=dict)
    """The first reports in which an origin says it."""
    answers: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """What each origin gave for an answer."""
    clashed: set[tuple[Stated, Stated]] = field(default_factory=set)


def news(case: Case, added: Collection[str]) -> tuple[News, ...]:
    """What each of the added reports (ids) adds, in the order of the case.

    Each is held against all that were not added, and against those added that stand before it in the case: so nothing
    depends on the order in which they were read.
    """
    some = frozenset(added)
    order = {report.id: (report.id in some, place) for place, report in enumerate(case.reports)}
    echoes = _Echoes(case.echoes, order)
    gains: defaultdict[str, list[Gain]] = defaultdict(list)
    clashes: defaultdict[str, list[Clash]] = defaultdict(list)
    for question, lineage in zip(case.questions, case.lineages, strict=True):
        for report, found, against in _question(question, lineage, order, echoes):
            gains[report] += found
            clashes[report] += against
    return tuple(
        News(one, tuple(gains[one]), tuple(clashes[one]), tuple(echoes.copies[one]), tuple(echoes.originals[one]))
        for one in order
        if one in some
    )


class _Echoes:
    """Echoes by the report that is known later of the two."""

    def __init__(self, echoes: Iterable[Echo], order: Mapping[str, Order]) -> None:
        self.copies: defaultdict[str, list[Echo]] = defaultdict(list)
        self.originals: defaultdict[str, list[Echo]] = defaultdict(list)
        self.kinds: dict[tuple[str, str], Heard] = {}
        for echo in echoes:
            self.kinds.setdefault((echo.copy, echo.original), echo.kind)
            self.kinds.setdefault((echo.original, echo.copy), echo.kind)
            later = self.copies if order[echo.original] < order[echo.copy] else self.originals
            later[max(echo.copy, echo.original, key=order.__getitem__)].append(echo)

    def best(self, report: str, known: Sequence[str]) -> tuple[Heard, tuple[str, ...]]:
        """How a report has something from the first of those that had it; those it echoes come first."""
        ranked = sorted(known, key=lambda one: (report, one) not in self.kinds)
        return self.kinds.get((report, ranked[0]), "voice"), tuple(ranked)


Found: TypeAlias = tuple[str, list[Gain], list[Clash]]


def _question(question: Question, lineage: Lineage, order: Mapping[str, Order], echoes: _Echoes) -> Iterator[Found]:
    """Of each added report what it adds to one question."""
    rows = sorted(
        (
            _Row(order[given.report], given, one.origin, one.answer)
            for one in lineage.testimonies
            for given in one.given
        ),
        key=lambda row: row.order,
    )
    rivals, maybe = _conflicts(question), _maybe(lineage)
    before = _Before()
    for at, several in groupby(rows, key=lambda row: row.order):
        mine = list(several)
        if at[0]:
            report = mine[0].given.report
            said = dict.fromkeys(row.stated for row in mine)
            yield (
                report,
                list(_gains(question, mine, before, maybe, echoes)),
                list(_clashes(question, said, before, rivals)),
            )
        _learn(before, mine, rivals)


def _gains(
    question: Question, mine: Sequence[_Row], before: _Before, maybe: Mapping[str, set[str]], echoes: _Echoes
) -> Iterator[Gain]:
    """One for each origin, answer and side that the report has."""
    grouped: dict[tuple[str, Stated], list[Given]] = {}
    for row in mine:
        grouped.setdefault((row.origin, row.stated), []).append(row.given)
    for (origin, stated), given in grouped.items():
        heard, known = echoes.best(given[0].report, had) if (had := before.heard.get((origin, stated))) else ("", ())
        yield Gain(
            kind=_kind(origin, stated, before),
            question=question.id,
            answer=stated[0],
            is_for=stated[1],
            origin=origin,
            given=tuple(given),
            known=known,
            heard=heard,
            may_be=()
            if known
            else tuple(one for one in before.origins.get(stated, ()) if one in maybe.get(origin, ())),
            before=() if known else tuple(one for one in before.answers.get(origin, ()) if one != stated[0]),
        )


def _kind(origin: str, stated: Stated, before: _Before) -> GainKind:
    if not before.said:
        return "question"
    if (origin, stated) in before.heard:
        return "repeat"
    if stated in before.said:
        return "origin"
    return "answer" if stated[1] else "denial"


def _clashes(
    question: Question, said: Iterable[Stated], before: _Before, rivals: Mapping[str, Sequence[str]]
) -> Iterator[Clash]:
    for answer, is_for in said:
        for other in _against((answer, is_for), rivals):
            if other in before.said:
                is_new = ((answer, is_for), other) not in before.clashed
                yield Clash(question.id, answer, is_for, *other, tuple(before.said[other]), is_new)


def _against(stated: Stated, rivals: Mapping[str, Sequence[str]]) -> list[Stated]:
    """What a statement stands against: the same answer on the other side, and those in conflict with an answer."""
    answer, is_for = stated
    return [(answer, not is_for), *((one, True) for one in rivals.get(answer, ()) if is_for)]


def _learn(before: _Before, mine: Iterable[_Row], rivals: Mapping[str, Sequence[str]]) -> None:
    """Take one report into what is known."""
    for row in mine:
        if row.stated not in before.said:
            met = [other for other in _against(row.stated, rivals) if other in before.said]
            before.clashed.update(pair for other in met for pair in ((row.stated, other), (other, row.stated)))
        _note(before.said.setdefault(row.stated, []), row.given.report)
        origins = before.origins.setdefault(row.stated, [])
        heard = before.heard.setdefault((row.origin, row.stated), [])
        if not heard:
            origins.append(row.origin)
            if row.given.is_for:
                before.answers[row.origin].append(row.answer)
        _note(heard, row.given.report)


def _note(reports: list[str], report: str) -> None:
    if len(reports) < MOST_KNOWN and report not in reports:
        reports.append(report)


def _conflicts(question: Question) -> dict[str, list[str]]:
    """By answer those in conflict with it. Unsure answers are in none."""
    unsure = {answer.id for answer in question.answers if answer.unsure}
    out: dict[str, list[str]] = {}
    for one in question.differences:
        if one.kind == "conflict" and not {one.one, one.other} & unsure:
            out.setdefault(one.one, []).append(one.other)
            out.setdefault(one.other, []).append(one.one)
    return out


def _maybe(lineage: Lineage) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for merge in lineage.merges:
        if not merge.taken:
            out.setdefault(merge.one, set()).add(merge.other)
            out.setdefault(merge.other, set()).add(merge.one)
    return out
