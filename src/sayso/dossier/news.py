"""What each report added to what was known before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from sayso.dossier.index import Place
from sayso.dossier.reports import first_line
from sayso.dossier.sayings import Known, Saying, gathered, of_claim
from sayso.dossier.words import day, listing
from sayso.model import PUBLISHER_NOT_RECORDED, Case, Given, Question
from sayso.model.novelty import Clash, Gain, News
from sayso.novelty import Names

MOST: Final = 6
"""Reports that the dossier shows: the last that surely add something."""
MOST_NAMED: Final = 3

HEADS: Final = {
    "question": "New question",
    "answer": "New answer",
    "denial": "First denial",
    "origin": "One more origin",
    "repeat": "Repeats",
}
HOW: Final = {
    "relay": "it says so itself",
    "credit": "it credits it",
    "quotation": "the same words quoted",
    "passage": "a passage of the same words",
    "voice": "the same voice",
    "": "",
}
"""By what a report has something from another."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that a report adds, repeats or contradicts."""

    head: str
    question: str
    asked: int
    """The question's number, 0 where the page does not show it."""
    words: str
    """The answer, and whether it is denied."""
    by: tuple[Saying, ...]
    aside: str
    """What else is to be known of it."""
    others: tuple[int, ...]
    """Numbers of the reports that it repeats or contradicts."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """One report."""

    number: int
    title: str
    publisher: str
    date: str
    facts: tuple[Fact, ...]
    repeats: tuple[Fact, ...]
    echoes: tuple[tuple[str, int], ...]
    """By what it has words from which report."""
    state: str
    """What is to be said where it adds nothing, else ""."""


def fresh(case: Case, found: Iterable[News], known: Known, asked: Mapping[str, int]) -> tuple[Fresh, ...]:
    """What each report adds, in their order. `asked`: by id of a question the number under which the page shows it."""
    names = Names(case)
    return tuple(_fresh(one, known, names, asked) for one in found)


def latest(case: Case, found: Sequence[News]) -> tuple[list[News], int]:
    """The last reports that add something that is sure, without what is not, the latest first; how many more do."""
    unsure = {answer.id for one in case.questions for answer in one.answers if answer.unsure}
    sure = (replace(one, gains=tuple(gain for gain in one.gains if gain.answer not in unsure)) for one in found[::-1])
    adding = [one for one in sure if one.adds]
    return adding[:MOST], len(adding[MOST:])


def places(found: Iterable[Fresh]) -> Iterator[Place]:
    """All sentences that they lead to."""
    for one in found:
        for fact in (*one.facts, *one.repeats):
            for saying in fact.by:
                yield from saying.places


def _fresh(one: News, known: Known, names: Names, asked: Mapping[str, int]) -> Fresh:
    report = known.reports[one.report]
    new = [clash for clash in one.clashes if clash.is_new]
    told = (known, names, asked)
    facts = [*_gains(one.adds, told), *_clashes(new, one.gains, told)]
    order = {name: at for at, name in enumerate(names.questions)}
    facts.sort(key=lambda fact: order[fact[0]])
    echoes = {(HOW[echo.kind], known.index.reports[echo.original]): None for echo in one.echoes}
    return Fresh(
        number=known.index.reports[report.id],
        title=report.title or first_line(report),
        publisher=report.publisher or PUBLISHER_NOT_RECORDED,
        date=day(report.published) or "no date recorded",
        facts=tuple(fact for _, fact in facts),
        repeats=tuple(fact for _, fact in _gains((gain for gain in one.gains if gain.kind == "repeat"), told)),
        echoes=tuple(echoes),
        state="" if facts else "Nothing new." if one.gains else "It answers no question.",
    )


_Told: TypeAlias = tuple[Known, Names, Mapping[str, int]]


def _gains(gains: Iterable[Gain], told: _Told) -> Iterator[tuple[str, Fact]]:
    """The question of each, and what it is; those that differ only in who says so are one."""
    alike: dict[tuple[str, Fact], dict[Saying, None]] = {}
    for gain in gains:
        fact = _gain(gain, told)
        alike.setdefault((gain.question, replace(fact, by=())), {}).update(dict.fromkeys(fact.by))
    yield from ((question, replace(fact, by=tuple(by))) for (question, fact), by in alike.items())


def _gain(gain: Gain, told: _Told) -> Fact:
    known, names, asked = told
    asides = (
        f"may be {listing([names.origin(one) for one in gain.may_be], MOST_NAMED)}" if gain.may_be else "",
        f"said before {listing([names.said(one, is_for=True) for one in gain.before], MOST_NAMED)}"
        if gain.before
        else "",
        HOW[gain.heard],
    )
    return Fact(
        head=HEADS[gain.kind],
        question=_short(names.questions[gain.question]),
        asked=asked.get(gain.question, 0),
        words=names.said(gain.answer, is_for=gain.is_for),
        by=_by(gain.given, known),
        aside="; ".join(aside for aside in asides if aside),
        others=tuple(known.index.reports[one] for one in gain.known),
    )


def _clashes(clashes: Iterable[Clash], gains: Iterable[Gain], told: _Told) -> Iterator[tuple[str, Fact]]:
    """What it says against others, once for each thing that it says."""
    known, names, asked = told
    given = {(gain.answer, gain.is_for): gain.given for gain in gains}
    grouped: dict[tuple[str, str, bool], list[Clash]] = {}
    for clash in clashes:
        grouped.setdefault((clash.question, clash.answer, clash.is_for), []).append(clash)
    for (question, answer, is_for), several in grouped.items():
        others = dict.fromkeys(names.said(one.against, is_for=one.against_is_for) for one in several)
        reports = dict.fromkeys(known.index.reports[name] for one in several for name in one.reports)
        yield (
            question,
            Fact(
                head="Contradicts",
                question=_short(names.questions[question]),
                asked=asked.get(question, 0),
                words=f"{names.said(answer, is_for=is_for)} against {listing([*others], MOST_NAMED)}",
                by=_by(given.get((answer, is_for), ()), known),
                aside="",
                others=tuple(sorted(reports))[:MOST_NAMED],
            ),
        )


def _by(given: Iterable[Given], known: Known) -> tuple[Saying, ...]:
    return gathered(saying for one in given if (saying := of_claim(one.claim, one.span, known)))


def _short(question: Question) -> str:
    """Without what stands in brackets behind it."""
    return question.text.partition(" (")[0]
