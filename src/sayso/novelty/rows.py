"""What is new, who is silent, whom to ask next and what falls, as rows for programs and for the dossier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeAlias

from sayso.model import Case
from sayso.model.novelty import Ask, News, Silence
from sayso.novelty.telling import Names

Row: TypeAlias = dict[str, Any]

NEWS_COLUMNS = (
    "report", "file", "kind", "question_id", "question", "answer_id", "answer", "is_for", "origin_id", "origin",
    "other", "how", "known_in", "may_be", "claims",
)  # fmt: skip
"""`other`: the answer that it stands against; `how`: by what a repeat comes from the first of `known_in`."""


def news_rows(case: Case, found: Iterable[News]) -> Iterator[Row]:
    """One row a statement, contradiction or echo of a report, for programs."""
    names = Names(case)
    for one in found:
        for row in (*_gains(names, one), *_clashes(names, one), *_echoes(one)):
            yield {
                **dict.fromkeys(NEWS_COLUMNS, ""),
                "report": one.report,
                "file": names.reports[one.report].name,
                **row,
            }


def _gains(names: Names, one: News) -> Iterator[Row]:
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


def _clashes(names: Names, one: News) -> Iterator[Row]:
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


SILENCE_COLUMNS = (
    "question_id", "question", "disputed", "voice_id", "voice", "part", "silence", "spoke_on", "reports", "declined",
)  # fmt: skip


def silence_rows(case: Case, found: Iterable[Silence]) -> Iterator[Row]:
    """One row a voice and question, for programs and for the dossier. `declined`: ids of claims."""
    names = Names(case)
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


ASK_COLUMNS = (
    "question_id", "question", "why", "leader", "ask", "kind", "declined", "would_turn", "would_settle", "change",
)  # fmt: skip


def ask_rows(case: Case, found: Iterable[Ask]) -> Iterator[Row]:
    """One row a question and voice, the best first, for programs."""
    names = Names(case)
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
