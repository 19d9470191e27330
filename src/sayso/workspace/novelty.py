"""What is new in a case, who is silent in it, whom to ask next, and what falls: as records, rows and words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from sayso import novelty, spine
from sayso.kit import WrongUse, last_day
from sayso.model import Case, Report
from sayso.model.novelty import Ask, Fallen, News, Silence
from sayso.novelty import (
    ASK_COLUMNS,
    NEWS_COLUMNS,
    SILENCE_COLUMNS,
    ask_rows,
    news_rows,
    silence_rows,
)
from sayso.weighing import DEFAULTS, Assumptions
from sayso.workspace.meant import report_or_voice_meant

__all__ = [
    "ASK_COLUMNS", "NEWS_COLUMNS", "SILENCE_COLUMNS", "ask", "ask_lines", "ask_rows", "fallen_in_words", "news",
    "news_in_brief", "news_in_full", "news_rows", "silence_lines", "silence_rows", "silences", "since", "what_falls",
]  # fmt: skip


def news(case: Case, added: Collection[str] | None = None) -> tuple[News, ...]:
    """What each of some reports (ids; default: every one) adds, in the order of the case.

    Each is held against all other reports, and against those of `added` that stand before it in the case.
    """
    return novelty.news(case, [one.id for one in case.reports] if added is None else added)


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


def silences(case: Case) -> tuple[Silence, ...]:
    """Who did not speak to a question that others answered, by question."""
    return spine.silences(case)


def silence_lines(case: Case, found: Iterable[Silence]) -> Iterator[tuple[str, str]]:
    """Question and, in words, who is silent on it."""
    names = novelty.Names(case)
    for one in found:
        yield names.question(one.question), novelty.tell_silence(names, one)


def ask(case: Case, *, assumptions: Assumptions = DEFAULTS) -> tuple[Ask, ...]:
    """Open questions, and whose answer to them would change most, the best first."""
    return spine.ask(case, assumptions=assumptions)


def ask_lines(case: Case, found: Iterable[Ask]) -> Iterator[str]:
    """The same in words, a few sentences a question."""
    names = novelty.Names(case)
    return (novelty.tell_ask(names, one) for one in found)


def what_falls(before: Case, after: Case) -> tuple[Fallen, ...]:
    """The questions that are answered otherwise in `after`: on other reports or origins, or another answer leads."""
    return novelty.falls(before, after, spine.stand(before), spine.stand(after))


def fallen_in_words(found: Iterable[Fallen]) -> Iterator[str]:
    """The same, line by line."""
    return novelty.tell_fallen(found)
