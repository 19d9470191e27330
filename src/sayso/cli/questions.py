"""The command `questions`: what is in dispute about each incident, and who gives which answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import get_args

import click

from sayso.cli import options
from sayso.cli.group import DONE, Command, commands
from sayso.cli.marks import OWN_VOICE, UNSURE, unsure_claims
from sayso.kit import FIRMNESS, weakest
from sayso.model import Answer, Case, Claim, Question, Slot

COLUMNS = {
    True: ("answer", "who says so", "who denies it", "differs"),
    False: ("id", "question", "slot", "incident", "answer", "unsure", "entity", "low", "high", "earliest", "latest",
            "who_says_so", "who_denies_it", "for", "against", "disputed"),
}  # fmt: skip
"""Columns of the table for people, one for each question, and those for programs."""

WIDTHS = {"answer": 3, "who says so": 5, "who denies it": 3, "differs": 4}

SHOWN = 3
"""Voices, and other answers, that the table shows of each answer."""


@commands.command(
    cls=Command,
    epilog="""sayso questions harbour.case
    sayso questions harbour.case --slot killed
    sayso questions harbour.case --as-of 2031-04-12
    sayso questions harbour.case --disputed --format csv > questions.csv""",
)
@options.given_case
@click.option(
    "--slot", type=click.Choice(get_args(Slot)), metavar="SLOT", help=f"Only these: {', '.join(get_args(Slot))}."
)
@click.option("--disputed", is_flag=True, help="Only questions on which accounts conflict.")
@options.as_of
@options.form
def questions(case: Path, slot: str | None, as_of: date | None, form: str, *, disputed: bool) -> int:
    """List what is in dispute about each incident, with the rival answers and who gives them.

    An answer is what somebody gives: nothing says that it is so. "(unsure)": who says it, or what, may well be read
    wrong. Under "differs", against which other answers it stands and how. conflict: both cannot be so; update: a later
    figure in keeping with it; scope: other people are counted; granularity: the one holds the other; alias: another
    name for the same. Only a conflict is a conflict. The sentences stand in the dossier, and in `sayso claims CASE
    --about SLOT`.
    """
    from sayso.cli import screen

    opened = options.opened(case, as_of)
    found = [one for one in opened.questions if slot in {None, one.slot} and (one.disputed or not disputed)]
    if not found and form == "table":
        screen.say("No question.")
        return DONE
    if form != "table":
        screen.show(form, COLUMNS[False], rows(opened, found))
        return DONE
    for number, question in enumerate(found):
        if number:
            click.echo()
        click.echo(screen.one_line(question.text))
        screen.show(form, COLUMNS[True], table(opened, question), widths=WIDTHS)
    return DONE


def rows(case: Case, found: Iterable[Question]) -> Iterator[dict[str, object]]:
    """One row an answer, question by question, for programs. Voices stand as in `table`, all of them."""
    sides = _Sides(case)
    for question in found:
        for answer in question.answers:
            yield {
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
                "who_says_so": sides.voices(answer, is_for=True),
                "who_denies_it": sides.voices(answer, is_for=False),
                "for": [one.claim for one in answer.given if one.is_for],
                "against": [one.claim for one in answer.given if not one.is_for],
                "disputed": question.disputed,
            }


def table(case: Case, question: Question) -> Iterator[dict[str, object]]:
    """One row an answer to one question, for people: of many voices and differences the first."""
    sides = _Sides(case)
    for answer in question.answers:
        yield {
            "answer": f"{answer.words}{UNSURE * answer.unsure}",
            "who says so": _first(sides.voices(answer, is_for=True)),
            "who denies it": _first(sides.voices(answer, is_for=False)),
            "differs": _differs(question, answer),
        }


class _Sides:
    """The case, for telling who gives an answer."""

    def __init__(self, case: Case) -> None:
        self.claims = {claim.id: claim for one in case.findings for claim in one.claims}
        self.faint = unsure_claims(case)
        self.named = {name: voice.name for voice in case.voices if voice.named for name in voice.attributions}
        """Attribution to the fullest name of the voice that speaks in it, where it has a name."""

    def voices(self, answer: Answer, *, is_for: bool) -> list[str]:
        """Each voice of one side once, by the last link of its chain; those read surely come first, without a mark.

        A voice with a name stands under one name, however its reports spell it, and with the firmest of its hedges.
        """
        claims = [self.claims[one.claim] for one in answer.given if one.is_for == is_for]
        firm_first = sorted(claims, key=lambda one: FIRMNESS.index(weakest(one.chain)))
        found: dict[str, tuple[int, str]] = {}
        for one in firm_first:
            name, last = self._name(one), one.chain[-1] if one.chain else None
            if last:
                rank, mark = (2, UNSURE) if one.id in self.faint else (0, "") if one.attribution else (1, OWN_VOICE)
                hedge = f" ({weakest(one.chain)})" if weakest(one.chain) in {"probable", "possible"} else ""
                known = found.get(name, (3, ""))
                found[name] = min(known, (rank, f"{name}{hedge}{mark}"), key=lambda each: each[0])
        place = {name: at for at, name in enumerate(dict.fromkeys(self._name(one) for one in claims))}
        return [found[name][1] for name in sorted(found, key=lambda name: (found[name][0], place[name]))]

    def _name(self, claim: Claim) -> str:
        return self.named.get(claim.attribution or "") or (claim.chain[-1].voice if claim.chain else "")


def _first(several: list[str]) -> str:
    more = f" and {len(several) - SHOWN} more" if len(several) > SHOWN else ""
    return ", ".join(several[:SHOWN]) + more


def _differs(question: Question, answer: Answer) -> str:
    """The other answers by how they differ: "conflict: four, 11; update: nine"."""
    words = {one.id: one.words for one in question.answers}
    by_kind: dict[str, list[str]] = {}
    for one in question.differences:
        if answer.id in {one.one, one.other}:
            by_kind.setdefault(one.kind, []).append(words[one.other if one.one == answer.id else one.one])
    others = len(words) - 1
    return "; ".join(
        f"{kind}: {f'all {others} others' if len(several) == others > SHOWN else _first(several)}"
        for kind, several in by_kind.items()
    )
