"""The command `names`: who is who in a case, and what a person says of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

import click

from sayso.cli import options
from sayso.cli.group import DONE, Command, commands
from sayso.kit import WrongUse, fold
from sayso.model import Case, Entity, Joining, MentionKind

COLUMNS = {
    True: ("name", "kind", "met in", "also written", "to decide"),
    False: ("id", "name", "kind", "spellings", "reports", "mentions", "joinings"),
}
"""Columns of the table for people, and those for programs."""

WIDTHS = {"name": 2, "also written": 3, "to decide": 4}

MOST = 100
"""Names that the table shows, those met in most reports; all of them with --all or --about."""

SPELLINGS = 3
JOININGS = 2
"""Spellings, and joinings to decide, that the table shows of each name; all of them with --about."""


@commands.command(
    cls=Command,
    epilog="""sayso names harbour.case
    sayso names harbour.case --about okonte
    sayso names harbour.case --all | less
    sayso names harbour.case --kind person --format csv > people.csv
    sayso names harbour.case --merge "Kasim Varr" "Qassem al-Varr" --reason "same passport number"
    sayso names harbour.case --split "Okonte" "Dara Okonte" --reason "the harbour master is meant"
    sayso names harbour.case --undo "Okonte" "Dara Okonte" --reason "I misread the minutes\"""",
)
@options.given_case
@click.option("--all", "everybody", is_flag=True, help=f"The whole table, not only the {MOST} met in most reports.")
@click.option("--about", metavar="WORDS", help="Only who has these words in a spelling; with all reasons.")
@click.option(
    "--kind", type=click.Choice(get_args(MentionKind)), metavar="KIND", help="Only these: person, organisation, place …"
)
@click.option("--without-disputed", is_flag=True, help="Leave apart whatever something speaks against joining.")
@options.pair("--merge", "NAME NAME", "Say that two spellings stand for one.")
@options.pair("--split", "NAME NAME", "Say that two spellings stand for two.")
@options.pair("--undo", "NAME NAME", "Take back what was said last of two spellings.")
@click.option("--reason", default="", metavar="TEXT", help="Why: to be given with --merge, --split and --undo.")
@click.option("--by", metavar="NAME", help="Who says so. Default: the name of your account.")
@options.form
@click.pass_context
def names(context: click.Context, /, case: Path, **_: object) -> int:
    """List who is who: every person, group and place that the reports name, under all its spellings.

    Those named in most reports come first. Who is only described ("the prosecutor") is not listed, unless beside a
    name that says who it is; nor are words for a people.

    Under "to decide": what was joined though something speaks against it (disputed), and what may belong together and
    was not joined (open), each with the reason. What you say with --merge and --split is kept beside what the program
    says, and --undo takes it back. Nobody is joined on a family name alone.
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

    case = workspace.load(folder)
    if asked["without_disputed"]:
        case = workspace.without_disputed(case)
    found = [one for one in case.entities if _is_wanted(one, asked["about"], asked["kind"])]
    form = asked["form"]
    if not found:
        screen.say(_nothing(case, asked["about"], asked["kind"]))
        if form == "table":
            return DONE
    whole = form != "table" or asked["everybody"] or asked["about"] is not None
    shown = found if whole else found[:MOST]
    screen.show(form, COLUMNS[form == "table"], _rows(shown, form, few=not asked["about"]), widths=WIDTHS)
    if len(shown) < len(found):
        left = screen.count(len(found) - len(shown), "more name")
        screen.say(f"… and {left}. To see all: --all. To find one: --about WORDS. For programs: --format csv.")
    return DONE


def _is_wanted(one: Entity, about: str | None, kind: str | None) -> bool:
    words = (about or "").casefold().split()
    has_words = any(all(word in spelling.casefold() for word in words) for spelling in one.spellings)
    return has_words and kind in {None, one.kind}


def _nothing(case: Case, about: str | None, kind: str | None) -> str:
    from sayso import workspace

    if not case.entities:
        return "The reports of this case name nobody."
    if about is None:
        return f"The reports of this case name no {kind}."
    near = ", ".join(workspace.nearest(case, about))
    return f"No name {f'of a {kind} ' if kind else ''}has these words.{f' The nearest: {near}.' if near else ''}"


def _rows(found: Iterable[Entity], form: str, *, few: bool) -> Iterator[dict[str, object]]:
    """One row an entity. `few`: whether only some spellings and joinings are to be shown to people."""
    for one in found:
        reports = list(dict.fromkeys(where.report for where in one.mentions))
        others = [spelling for spelling in one.spellings if spelling != one.name]
        pending = [
            joining
            for joining in one.joinings
            if not few or ((joining.disputed or not joining.taken) and _can_be_decided(joining))
        ]
        yield {
            "id": one.id,
            "name": one.name,
            "kind": one.kind,
            "spellings": list(one.spellings),
            "reports": reports,
            "mentions": len(one.mentions),
            "joinings": list(map(asdict, one.joinings)) if form != "csv" else list(map(_in_words, one.joinings)),
            "met in": "1 report" if len(reports) == 1 else f"{len(reports)} reports",
            "also written": _some(others, SPELLINGS if few else None, " · "),
            "to decide": _some(list(map(_in_words, pending)), JOININGS if few else None, "; "),
        }


def _some(several: list[str], shown: int | None, mark: str) -> str:
    """The first few, and how many more there are."""
    more = len(several) - shown if shown else 0
    return mark.join(several[:shown]) + (f"{mark}{more} more" if more > 0 else "")


def _can_be_decided(joining: Joining) -> bool:
    """Two names that are written the same cannot be told apart by their spelling: nothing is asked of anybody."""
    return fold(joining.one) != fold(joining.other)


def _in_words(joining: Joining) -> str:
    """As in "disputed: Okonte = Dara Okonte (why)"; "≠" for two that were left apart."""
    state = "open" if not joining.taken else "disputed" if joining.disputed else "joined"
    state = f"{joining.by} says" if joining.by else state
    return f"{state}: {joining.one} {'=' if joining.taken else '≠'} {joining.other} ({joining.reason})"


def _judge(folder: Path, option: str, asked: Mapping[str, Any]) -> int:
    from sayso import workspace
    from sayso.cli import screen

    one, other = asked[option]
    if not asked["reason"].strip():
        raise WrongUse(f'Say why with --reason "…": it is kept with what you say of {one} and {other}.')
    by = asked["by"] or workspace.account()
    if not by:
        raise WrongUse("This machine tells no name of your account. Say who you are with --by NAME.")
    pair, before = workspace.Pair("names", one, other), workspace.load(folder)
    workspace.judge_pair(folder, pair, ruling=options.RULINGS[option], reason=asked["reason"], by=by, case=before)
    case = workspace.with_judgements(folder, before)
    workspace.keep(folder, case)
    screen.say(f"Kept, and in the log: {one} and {other}: {options.RULINGS[option]}, says {by}.")
    for line in _outcome(case, option, one, other):
        screen.say(line)
    return DONE


def _outcome(case: Case, option: str, one: str, other: str) -> Iterator[str]:
    """How things are now, and why they are not as was said, if so."""
    from sayso import workspace
    from sayso.cli import screen

    here, there = (workspace.entities_with(case, name) for name in (one, other))
    if option == "merge" and not set(here) & set(there):
        yield "They stay apart, because of what was said of another pair: see `sayso names CASE --about`."
    if option == "merge" and any(len(several) > 1 for several in (here, there)):
        yield f"{one} or {other} is also short for another in some reports, where it stays so."
    for entity in dict.fromkeys((*here, *there)):
        met = screen.count(len({where.report for where in entity.mentions}), "report")
        yield f"{entity.name} ({entity.kind}), {met}: {' · '.join(entity.spellings)}"
