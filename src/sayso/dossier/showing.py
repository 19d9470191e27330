"""Pictures of one thing for a notebook: a case, a question, a chain of voices.

HTML and SVG that need no script, no style sheet and no network. Text of reports is escaped. Every picture says in words
what it draws, for screen readers and for places that strip drawings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sayso.dossier import cast, drawings, questions, summary
from sayso.dossier.brief import Brief, brief
from sayso.dossier.drawings import Mark
from sayso.dossier.index import number
from sayso.dossier.page import environment
from sayso.dossier.sayings import Known
from sayso.dossier.voices import called, mark
from sayso.dossier.words import clean
from sayso.kit import WrongUse
from sayso.model import PUBLISHER_NOT_RECORDED, Answer, Attribution, Case, Link, Question, Report

CHAINS: Final = 4
"""Chains of one answer that are shown; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Something to be seen: notebooks call `_repr_html_`, everything else gets its words."""

    html: str
    words: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.words


def show(thing: object, case: Case | None = None) -> Shown:
    """A case, a question (with its case), an attribution or a chain of links, as a picture.

    `WrongUse` for anything else, and for a question without its case.
    """
    if isinstance(thing, Case):
        return _case(thing)
    if isinstance(thing, Question):
        if case is None:
            raise WrongUse("A question is shown with the case that it is from: sayso.show(question, case).")
        return _question(thing, case)
    if isinstance(thing, Attribution):
        return _chain(thing.chain, _content(thing, case))
    if isinstance(thing, tuple) and thing and all(isinstance(link, Link) for link in thing):
        return _chain(thing, "")
    raise WrongUse(
        f"{type(thing).__name__}: there is no picture of that. Give a case, a question with its case, "
        "an attribution with its case, or a chain."
    )


def _chain(links: Sequence[Link], content: str) -> Shown:
    words = " → ".join(f"{called(link)}{_aside(link)}" for link in links) + (f": “{content}”" if content else "")
    return Shown(_part().drawn(drawings.chain(links, content, words)), clean(words))


def _aside(link: Link) -> str:
    said = ", ".join(filter(None, (mark(link.stance, link.certainty), "" if link.resolved else "not resolved")))
    return f" ({said})" if said else ""


def _content(said: Attribution, case: Case | None) -> str:
    """The words that are attributed, where the case is at hand."""
    report = next((one for one in case.reports if one.id == said.report), None) if case else None
    return " … ".join(report.text[span.start : span.end] for span in said.content) if report else ""


def _question(question: Question, case: Case) -> Shown:
    """Its answers, each with the days on which reports gave it (dots) or rejected it (crosses)."""
    found = questions.disputes(replace(case, questions=(question,)), _known(case))
    dispute = (*found.disputed, *found.others)[0]
    reports = {report.id: report for report in case.reports}
    scale = drawings.scale(report.published for report in case.reports)
    rivals = [
        (rival, drawings.strip(_given(answer, reports), scale))
        for rival, answer in zip(dispute.rivals, question.answers, strict=False)
    ]
    lines = [f"{dispute.text} {dispute.lead}", *(f"  {rival.words}: {rival.who}" for rival, _ in rivals)]
    return Shown(_part().question(dispute, rivals, CHAINS), clean("\n".join(lines)))


def _given(answer: Answer, reports: dict[str, Report]) -> Iterator[Mark]:
    """Each report that gives the answer or rejects it, once."""
    for report, is_for in dict.fromkeys((one.report, one.is_for) for one in answer.given):
        yield _mark(reports[report], is_for=is_for)


def _mark(report: Report, *, is_for: bool) -> Mark:
    return Mark(report.published, report.publisher or PUBLISHER_NOT_RECORDED, is_for)


def _case(case: Case) -> Shown:
    """Its reports on a line of days, then one line a question in dispute."""
    known = _known(case)
    found = brief(case, questions.disputes(case, known), known)
    days = drawings.scale(report.published for report in case.reports)
    strip = drawings.strip((_mark(report, is_for=True) for report in case.reports), days)
    head = ", ".join(f"{one.value:,} {one.label}" for one in summary.look(case, known.index, []).figures)
    return Shown(_part().case(head, strip, found), clean("\n".join([head, *_lines(found)])))


def _lines(found: Brief | None) -> Iterable[str]:
    for line in (*found.lines, *found.told) if found else ():
        yield f"  {line.text} {line.lead}: {'; '.join(f'{one.words} ({one.who})' for one in line.accounts)}"


def _known(case: Case) -> Known:
    return Known(case, number(case), {identity: n for n, identity in enumerate(cast.order(case), 1)})


def _part() -> Any:  # noqa: ANN401 - a template's macros
    return environment().get_template("shown.html.j2").make_module()
