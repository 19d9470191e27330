"""What is said on a question, weighed: in words first, and one click further how that was computed.

No number stands beside anybody's name but in that fold, and no support without what is unresolved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from markupsafe import Markup

from sayso import weighing
from sayso.dossier.origins import Rests, rests
from sayso.dossier.pictures import open_bar, step
from sayso.dossier.sayings import Known
from sayso.dossier.words import day
from sayso.model import PUBLISHER_NOT_RECORDED, Answer, Case, Drift, Lineage, Matrix, Part, Question, Support, Weighing
from sayso.model.novelty import News, Silence

MOST_ANSWERS: Final = 8
"""Answers whose support is shown, those with most of it; the rest are counted. Half of them get a waterfall."""
MOST_STEPS: Final = 10
LEAST: Final = 0.005
"""Nats: who adds less is counted, not shown."""


class Weighed(NamedTuple):
    """What was worked out of a case for its dossier, beside its ledgers."""

    weighings: tuple[Weighing, ...] = ()
    drift: tuple[Drift, ...] = ()
    matrices: tuple[Matrix, ...] = ()
    assumed: tuple[tuple[str, float, float, str], ...] = ()
    """The table of assumptions: key, value, the program's own value, source."""
    news: tuple[News, ...] = ()
    """What each report adds to those before it."""
    silences: tuple[Silence, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """What is left of one answer."""

    words: str
    likelihood: str
    belief: str
    plausible: str
    apart: str
    voices: str
    picture: Markup


@dataclass(frozen=True, slots=True)
class Step:
    """What one origin adds to an answer, or takes from it."""

    who: str
    is_for: bool
    alone: str
    adds: str
    reliability: str
    prior_only: bool
    picture: Markup


@dataclass(frozen=True, slots=True)
class Waterfall:
    """The weights behind one answer."""

    words: str
    steps: tuple[Step, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Computed:
    """One question, weighed."""

    sentence: str
    beside: tuple[str, ...]
    """How well founded it is, and that accounts contradict each other."""
    hangs: tuple[str, ...]
    rests: Rests | None
    bars: tuple[Bar, ...]
    more: int
    unresolved: str
    open: Markup
    """The part that is unresolved, drawn."""
    conflict: str
    falls: tuple[Waterfall, ...]
    figures: tuple[str, ...]


def weighed(case: Case, found: Weighed, known: Known, wanted: Iterable[str]) -> dict[str, Computed]:
    """Those of the questions with these ids that were weighed, by the question's id."""
    wanted = set(wanted)
    questions = {one.id: one for one in case.questions if one.id in wanted}
    lineages = {one.question: one for one in case.lineages}
    names = {one.id: _called(one.publisher, one.published) for one in case.reports}
    return {
        one.question: _computed(questions[one.question], one, lineages[one.question], (names, known))
        for one in found.weighings
        if one.question in questions and one.question in lineages
    }


def _called(publisher: str, published: str) -> str:
    return f"{publisher or PUBLISHER_NOT_RECORDED}, {day(published[:10])}" if published else publisher


def _computed(question: Question, one: Weighing, lineage: Lineage, called: tuple[Mapping[str, str], Known]) -> Computed:
    reports, known = called
    names = {**reports, **{each.id: each.name for each in lineage.origins}}
    answers = {each.id: each for each in question.answers}
    ranked = sorted(one.supports, key=lambda each: (-each.belief, -each.nats_for))
    shown = ranked[:MOST_ANSWERS]
    longest = max((max(each.nats_for, each.nats_against) for each in one.supports), default=0.0)
    return Computed(
        sentence=one.sentence,
        beside=tuple(_beside(one)),
        hangs=tuple(weighing.hangs(question, one, names)),
        rests=rests(question, lineage, known) if lineage.origins else None,
        bars=tuple(_bar(answers[each.answer], each) for each in shown),
        more=len(ranked) - len(shown),
        unresolved=f"{one.unresolved:.2f}",
        open=open_bar(0.0, one.unresolved),
        conflict=f"{one.conflict:.2f}",
        falls=tuple(_falls(one, [answers[each.answer] for each in shown[: MOST_ANSWERS // 2]], names, longest)),
        figures=tuple(weighing.estimated(each, days=question.slot == "date") for each in one.estimates),
    )


def _beside(one: Weighing) -> Iterator[str]:
    yield f"How well founded that is: {one.confidence}. {' '.join(one.reasons)}"
    if one.conflict >= weighing.MUCH_CONFLICT:
        yield weighing.CONTRADICTED


def _bar(answer: Answer, one: Support) -> Bar:
    return Bar(
        words=answer.words,
        likelihood=one.likelihood,
        belief=f"{one.belief:.2f}",
        plausible=f"{one.plausible:.2f}",
        apart=f"{one.belief_apart:.2f}",
        voices=" to ".join(dict.fromkeys(f"{number:.1f}" for number in one.voices)),
        picture=open_bar(one.belief, one.plausible),
    )


def _falls(one: Weighing, answers: Iterable[Answer], names: Mapping[str, str], longest: float) -> Iterator[Waterfall]:
    for answer in answers:
        parts = [each for each in one.parts if each.answer == answer.id]
        if parts:
            adding = [each for each in parts if each.contribution >= LEAST][:MOST_STEPS]
            yield Waterfall(answer.words, tuple(_steps(adding, names, longest)), len(parts) - len(adding))


def _steps(parts: Sequence[Part], names: Mapping[str, str], longest: float) -> Iterator[Step]:
    """Those for it from the left end, then those against it from the left end again."""
    so_far = {True: 0.0, False: 0.0}
    for one in parts:
        start = so_far[one.is_for]
        so_far[one.is_for] = end = start + one.contribution
        whole = longest or 1.0
        yield Step(
            who=names[one.origin],
            is_for=one.is_for,
            alone=f"{one.weight:.2f}",
            adds=f"{one.contribution:.2f}",
            reliability=f"{one.reliability:.2f}",
            prior_only=one.prior_only,
            picture=step(start / whole, end / whole, is_for=one.is_for),
        )
