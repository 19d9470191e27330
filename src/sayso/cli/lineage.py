"""The command `lineage`: how many independent origins there are behind the answers to each question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, get_args

import click

from sayso.cli import options
from sayso.cli.group import DONE, Command, commands
from sayso.kit import WrongUse
from sayso.model import Asked, Case, Lineage, Merge, Origin, Question

COLUMNS = {
    True: ("origin", "says", "in", "may be the same as"),
    False: ("question_id", "question", "slot", "incident", "low", "high", "id", "origin", "kind", "named", "voice",
            "own_voice", "reports", "for", "against", "claims", "merges"),
}  # fmt: skip
"""Columns of the table for people, one for each question, and those for programs: one row an origin of a question."""

WIDTHS = {"origin": 4, "says": 3, "in": 4, "may be the same as": 5}

SHOWN = 3
"""Publishers, answers and reasons that the table shows of each origin."""


@commands.command(
    cls=Command,
    epilog="""sayso lineage harbour.case
    sayso lineage harbour.case --slot killed --reasons
    sayso lineage harbour.case --as-of 2031-04-12
    sayso lineage harbour.case --format csv > origins.csv
    sayso lineage harbour.case --merge 3dbcbc950eac891c 11a94eeb74570bd1 --reason "the same two men: I asked\"""",
)
@options.given_case
@click.option(
    "--slot", type=click.Choice(get_args(Asked)), metavar="SLOT", help="Only these questions: killed, place …"
)
@click.option("--reasons", is_flag=True, help="Also why origins were taken for one, or may be, with their ids.")
@options.pair("--merge", "ID ID", "Say that two origins are one.")
@options.pair("--split", "ID ID", "Say that two origins are two.")
@options.pair("--undo", "ID ID", "Take back what was said last of two origins.")
@click.option("--reason", default="", metavar="TEXT", help="Why: to be given with --merge, --split and --undo.")
@click.option("--by", metavar="NAME", help="Who says so. Default: the name of your account.")
@options.as_of
@options.form
@click.pass_context
def lineage(context: click.Context, /, case: Path, **_: object) -> int:
    """Tell on whose word the answers to each question rest, and how many independent origins there are.

    An origin is who says something on their own authority, in however many reports. The bounds are the fewest there
    are if everything that may be one is one (three officials here, a senior official there), and the most: what a
    report says it has from another, words it shares with it, and the same name count once in both. Somebody who speaks
    for another is an origin, but lowers the fewest.

    With --reasons the ids of origins stand beside why they were taken for one. What you say with --merge and --split
    is kept beside what the program says, and counts.
    """
    given = [name for name in options.RULINGS if context.params[name]]
    if len(given) > 1:
        raise WrongUse(f"Say one thing at a time: {' or '.join(f'--{name}' for name in given)}.")
    if given:
        return _judge(case, given[0], context.params)
    return _list(case, context.params)


def _list(folder: Path, asked: Mapping[str, Any]) -> int:
    from sayso import workspace
    from sayso.cli import screen

    day: date | None = asked["as_of"]
    case, form = options.opened(folder, day), asked["form"]
    pairs = zip(case.questions, case.lineages, strict=True)
    found = [(question, one) for question, one in pairs if asked["slot"] in {None, question.slot}]
    if form != "table":
        screen.show(form, COLUMNS[False], rows(found))
        return DONE
    if not found:
        screen.say("No question.")
    for number, (question, one) in enumerate(found):
        if number:
            click.echo()
        click.echo(screen.one_line(question.text))
        click.echo(screen.one_line(workspace.lineage_in_words(case, one)))
        screen.show(form, COLUMNS[True], table(case, question, one), widths=WIDTHS)
        for line in reasons(one) if asked["reasons"] else ():
            click.echo(screen.one_line(line))
    return DONE


def rows(found: Iterable[tuple[Question, Lineage]]) -> Iterator[dict[str, object]]:
    """One row an origin of a question, for programs."""
    for question, one in found:
        words = {answer.id: answer.words for answer in question.answers}
        for origin in one.origins:
            mine = [each for each in one.testimonies if each.origin == origin.id]
            yield {
                "question_id": question.id,
                "question": question.text,
                "slot": question.slot,
                "incident": question.incident,
                "low": one.low,
                "high": one.high,
                "id": origin.id,
                "origin": origin.name,
                "kind": origin.kind,
                "named": origin.named,
                "voice": origin.voice or "",
                "own_voice": origin.voice is None,
                "reports": list(origin.reports),
                "for": [words[each.answer] for each in mine if each.is_for],
                "against": [words[each.answer] for each in mine if not each.is_for],
                "claims": list(dict.fromkeys(given.claim for each in mine for given in each.given)),
                "merges": [_told(merge) for merge in one.merges if origin.id in {merge.one, merge.other}],
            }


def table(case: Case, question: Question, one: Lineage) -> Iterator[dict[str, object]]:
    """One row an origin, for people."""
    words = {answer.id: answer.words for answer in question.answers}
    publishers = {report.id: report.publisher or report.name for report in case.reports}
    names = {origin.id: origin.name for origin in one.origins}
    for origin in one.origins:
        said = [each for each in one.testimonies if each.origin == origin.id]
        yield {
            "origin": origin.name,
            "says": _some([f"{'' if each.is_for else 'not '}{words[each.answer]}" for each in said], "; "),
            "in": _some([publishers[name] for name in origin.reports], ", "),
            "may be the same as": _some(_others(origin, one, names), "; "),
        }


def _others(origin: Origin, one: Lineage, names: Mapping[str, str]) -> list[str]:
    pairs = [(merge, {merge.one, merge.other} - {origin.id}) for merge in one.merges if not merge.taken]
    return [
        f"{names[other]} ({merge.kind})" for merge, rest in pairs if len(rest) == 1 for other in rest if other in names
    ]


def _some(several: Iterable[str], mark: str) -> str:
    """Each once, the first few, and how many more there are."""
    each = list(dict.fromkeys(several))
    more = len(each) - SHOWN
    return mark.join(each[:SHOWN]) + (f"{mark}{more} more" if more > 0 else "")


def reasons(one: Lineage) -> Iterator[str]:
    """Why origins were taken for one, or may be, with their ids."""
    yield from (f"  {origin.id}  {origin.name}" for origin in one.origins)
    yield from map(_told, one.merges)


def _told(merge: Merge) -> str:
    return f"{'one' if merge.taken else 'may be one'}: {merge.one} = {merge.other} ({merge.kind}: {merge.reason})"


def _judge(folder: Path, option: str, asked: Mapping[str, Any]) -> int:
    from sayso import workspace
    from sayso.cli import screen

    one, other = asked[option]
    if not asked["reason"].strip():
        raise WrongUse('Say why with --reason "…": it is kept with what you say of the two origins.')
    by = asked["by"] or workspace.account()
    if not by:
        raise WrongUse("This machine tells no name of your account. Say who you are with --by NAME.")
    pair, before = workspace.Pair("origins", one, other), workspace.load(folder)
    workspace.judge_pair(folder, pair, ruling=options.RULINGS[option], reason=asked["reason"], by=by, case=before)
    case = workspace.with_judgements(folder, before)
    workspace.keep(folder, case)
    screen.say(f"Kept, and in the log: {one} and {other}: {options.RULINGS[option]}, says {by}.")
    for question, each in zip(case.questions, case.lineages, strict=True):
        if any({one, other} & {merge.one, merge.other} for merge in each.merges if merge.kind == "person"):
            screen.say(f"{question.text} {workspace.lineage_in_words(case, each)}")
    return DONE
