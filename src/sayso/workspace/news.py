"""What is new in a case, who is silent in it, whom to ask next, and what falls: as records, rows and words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from sayso import novelty, spine
from sayso.kit import WrongUse, last_day
from sayso.model import Case, Report
from sayso.model.novelty import Ask, Fallen, News, Silence
from sayso.weighing import DEFAULTS, Assumptions
from sayso.workspace.meant import report_or_voice_meant

Row = dict[str, Any]


def news(case: Case, added: Collection[str] | None = None) -> tuple[News, ...]:
    """What each of some reports (ids; default: every one) adds, in the order of the case.

    Each is held against all other reports, and against those of `added` that stand before it in the case.
    """
    return spine.news(case, [one.id for one in case.reports] if added is None else added)


def since(case: Case, given: str) -> tuple[str, ...]:
    """Ids of the reports published on a day or later, or of a report and all that stand behind it in the case.

    A report is meant by its number, file or id. Reports whose day is not known stand last, and count as later.
    """
    try:
        day = date.fromisoformat(given)
    except ValueError:
        first = report_or_voice_meant(case, given)
        if not isinstance(first, Report):
            raise WrongUse(f"{given} is a voice. Name a day, as 2031-05-03, or a report.") from None
        return tuple(one.id for one in case.reports[case.reports.index(first) :])
    dated = ((one.id, last_day(one.published)) for one in case.reports)
    return tuple(name for name, published in dated if published is None or published >= day)


def news_in_brief(case: Case, found: Iterable[News]) -> Iterator[tuple[str, str]]:
    """Each report's name, and in a line what it adds, echoes, contradicts."""
    names = novelty.Names(case)
    for one in found:
        yield novelty.title(names.reports[one.report]), novelty.summary(names, one)


def news_in_full(case: Case, found: Iterable[News]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The same, with a line for each statement."""
    names = novelty.Names(case)
    for one in found:
        yield novelty.title(names.reports[one.report]), novelty.summary(names, one), tuple(novelty.lines(names, one))


def news_rows(case: Case, found: Iterable[News]) -> Iterator[Row]:
    """One row a statement, contradiction or echo of a report, for programs."""
    names = novelty.Names(case)
    for one in found:
        for row in (*_gains(names, one), *_clashes(names, one), *_echoes(one)):
            yield {
                **dict.fromkeys(NEWS_COLUMNS, ""),
                "report": one.report,
                "file": names.reports[one.report].name,
                **row,
            }


NEWS_COLUMNS = (
    "report", "file", "kind", "question_id", "question", "answer_id", "answer", "is_for", "origin_id", "origin",
    "other", "how", "known_in", "may_be", "claims",
)  # fmt: skip
"""`other`: the answer that it stands against; `how`: by what a repeat comes from the first of `known_in`."""


def _gains(names: novelty.Names, one: News) -> Iterator[Row]:
    for gain in one.gains:
        yield {
            "kind": gain.kind,
            "question_id": gain.question,
            "question": names.question(gain.question),
            "answer_id": gain.answer,
            "answer": names.answers[gain.answer].words,
            "is_for": gain.is_for,
            "origin_id": gain.origin,
            "origin": names.origin(gain.origin),
            "how": gain.heard,
            "known_in": list(gain.known),
            "may_be": list(gain.may_be),
            "claims": [given.claim for given in gain.given],
        }


def _clashes(names: novelty.Names, one: News) -> Iterator[Row]:
    for clash in one.clashes:
        yield {
            "kind": "contradiction" if clash.is_new else "known contradiction",
            "question_id": clash.question,
            "question": names.question(clash.question),
            "answer_id": clash.answer,
            "answer": names.answers[clash.answer].words,
            "is_for": clash.is_for,
            "other": names.said(clash.against, is_for=clash.against_is_for),
            "known_in": list(clash.reports),
        }


def _echoes(one: News) -> Iterator[Row]:
    for echo in one.echoes:
        yield {"kind": "echo", "how": echo.kind, "known_in": [echo.original]}
    for echo in one.echoed:
        yield {"kind": "echoed", "how": echo.kind, "known_in": [echo.copy]}


def silences(case: Case) -> tuple[Silence, ...]:
    """Who did not speak to a question that others answered, by question."""
    return spine.silences(case)


SILENCE_COLUMNS = (
    "question_id", "question", "disputed", "voice_id", "voice", "part", "silence", "spoke_on", "reports", "declined",
)  # fmt: skip


def silence_rows(case: Case, found: Iterable[Silence]) -> Iterator[Row]:
    """One row a voice and question, for programs and for the dossier. `declined`: ids of claims."""
    names = novelty.Names(case)
    for one in found:
        yield {
            "question_id": one.question,
            "question": names.question(one.question),
            "disputed": names.questions[one.question].disputed,
            "voice_id": one.voice,
            "voice": one.name,
            "part": one.part,
            "silence": one.kind,
            "spoke_on": [names.question(name) for name in one.spoke_on],
            "reports": list(one.reports),
            "declined": [claim for _, claim in one.declined],
        }


def silence_lines(case: Case, found: Iterable[Silence]) -> Iterator[tuple[str, str]]:
    """Question and, in words, who is silent on it."""
    names = novelty.Names(case)
    for one in found:
        yield names.question(one.question), novelty.tell_silence(names, one)


ASK_COLUMNS = (
    "question_id", "question", "why", "leader", "ask", "kind", "declined", "would_turn", "would_settle", "change",
)  # fmt: skip


def ask(case: Case, *, assumptions: Assumptions = DEFAULTS) -> tuple[Ask, ...]:
    """Open questions, and whose answer to them would change most, the best first."""
    return spine.ask(case, assumptions=assumptions)


def ask_rows(case: Case, found: Iterable[Ask]) -> Iterator[Row]:
    """One row a question and voice, the best first, for programs."""
    names = novelty.Names(case)
    for one in found:
        for whom in one.ask:
            yield {
                "question_id": one.question,
                "question": names.question(one.question),
                "why": one.why,
                "leader": names.answers[one.leader].words if one.leader else "",
                "ask": whom.name,
                "kind": whom.kind if whom.voice else "",
                "declined": whom.declined,
                "would_turn": [names.answers[name].words for name in one.turns],
                "would_settle": [names.answers[name].words for name in one.settles],
                "change": round(one.change, 6),
            }


def ask_lines(case: Case, found: Iterable[Ask]) -> Iterator[str]:
    """The same in words, a few sentences a question."""
    names = novelty.Names(case)
    return (novelty.tell_ask(names, one) for one in found)


def what_falls(before: Case, after: Case) -> tuple[Fallen, ...]:
    """The questions of `before` that are answered otherwise in `after`, in their order."""
    return spine.what_falls(before, after)


def fallen_in_words(found: Iterable[Fallen]) -> Iterator[str]:
    """The same, line by line."""
    return novelty.tell_fallen(found)
