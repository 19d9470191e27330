"""The command `questions`: what is in dispute about each incident, and who gives which answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import click

from sayso.cli import options
from sayso.cli.group import DONE, Command, commands
from sayso.model import Answer, Case, Claim, Question, Slot

COLUMNS = {
    True: ("question", "answer", "for", "against", "who says so", "differs"),
    False: ("id", "question", "slot", "incident", "answer", "unsure", "entity", "low", "high", "earliest", "latest",
            "for", "against", "disputed"),
}  # fmt: skip
"""Columns of the table for people, and those for programs."""

WIDTHS = {"question": 3, "answer": 3, "who says so": 5, "differs": 4}

SHOWN = 3
"""Voices, and differences, that the table shows of each answer."""


@commands.command(
    cls=Command,
    epilog="""sayso questions harbour.case
    sayso questions harbour.case --slot killed
    sayso questions harbour.case --as-of 2031-04-12
    sayso questions harbour.case --disputed --format csv > questions.csv""",
)
@options.given_case
@click.option("--slot", type=click.Choice(get_args(Slot)), metavar="SLOT", help="Only these: killed, perpetrator …")
@click.option("--disputed", is_flag=True, help="Only questions on which accounts conflict.")
@options.as_of
@options.form
def questions(case: Path, slot: str | None, as_of: date | None, form: str, *, disputed: bool) -> int:
    """List what is in dispute about each incident, with the rival answers and who gives them.

    An answer is what somebody gives: nothing says that it is so. Under "differs": how an answer differs from the
    others. Only a conflict is a conflict.
    """
    from sayso.cli import screen

    opened = options.opened(case, as_of)
    found = [one for one in opened.questions if slot in {None, one.slot} and (one.disputed or not disputed)]
    if not found and form == "table":
        screen.say("No question.")
        return DONE
    screen.show(form, COLUMNS[form == "table"], rows(opened, found, form), widths=WIDTHS)
    return DONE


def rows(case: Case, found: Iterable[Question], form: str) -> Iterator[dict[str, object]]:
    """One row an answer, question by question."""
    claims = {claim.id: claim for findings in case.findings for claim in findings.claims}
    for question in found:
        words = {answer.id: answer.words for answer in question.answers}
        for answer in question.answers:
            given = [(one.is_for, claims[one.claim]) for one in answer.given]
            sides = {side: [claim for is_for, claim in given if is_for == side] for side in (True, False)}
            row: dict[str, object] = {
                "id": answer.id,
                "question": question.text,
                "slot": question.slot,
                "incident": question.incident,
                "answer": answer.words,
                "unsure": answer.unsure,
                "entity": answer.entity or "",
                "low": answer.low,
                "high": answer.high,
                "earliest": answer.earliest,
                "latest": answer.latest,
                "for": [claim.id for claim in sides[True]],
                "against": [claim.id for claim in sides[False]],
                "disputed": question.disputed,
            }
            shown: dict[str, object] = {
                "for": len(sides[True]),
                "against": len(sides[False]),
                "who says so": _voices(sides[True] + sides[False]),
                "differs": _differs(question, answer, words),
            }
            shown["answer"] = f"{answer.words} (unsure)" if answer.unsure else answer.words
            yield {**row, **shown} if form == "table" else row


def _voices(claims: Iterable[Claim]) -> str:
    """The first voices, each once, by the last link of their chains."""
    names = list(dict.fromkeys(claim.chain[-1].voice for claim in claims if claim.chain))
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _differs(question: Question, answer: Answer, words: dict[str, str]) -> str:
    told = [
        f"{one.kind}: {words[one.other if one.one == answer.id else one.one]}"
        for one in question.differences
        if answer.id in {one.one, one.other}
    ]
    more = f"; {len(told) - SHOWN} more" if len(told) > SHOWN else ""
    return "; ".join(told[:SHOWN]) + more
