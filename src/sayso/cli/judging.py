"""The commands `judge` and `retract`: what a person says of attributions, reports and voices."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from sayso.cli import options
from sayso.cli.group import DONE, Command, commands
from sayso.kit import WrongUse, in_words
from sayso.model import Attribution, Case, Certainty, Change, Judgement, Kind, Report, Stance

if TYPE_CHECKING:
    from sayso.workspace import Verdict

Row = dict[str, object]

COLUMNS = {
    True: ("where", "what", "who", "when", "why", "the program says", "a person says"),
    False: (
        "about", "kind", "verdict", "by", "at", "reason", "judgement", "report", "chain", "before", "words", "change",
        "place", "stands",
    ),
}  # fmt: skip
"""Columns of the list for people, and for programs."""


WIDTHS = {"why": 2, "the program says": 3, "a person says": 3}

FIELDS = ("speaker", "chain", "stance", "certainty", "kind", "named", "source", "cue", "content")
TERMS: dict[str, tuple[str, ...]] = {
    "stance": get_args(Stance), "certainty": get_args(Certainty), "kind": get_args(Kind), "named": ("yes", "no"),
}  # fmt: skip
PARTING = ">"
"""Between the voices of a chain, and ELLIPSIS between the parts of a content."""
ELLIPSIS = "…"

ACTS = ("accept", "reject", "correct", "add", "undo")
SIGNED: dict[str, Verdict] = {"accept": "accepted", "reject": "rejected", "undo": "undone"}


def _signed(command: Any) -> Any:  # noqa: ANN401 - click's decorators
    because = click.option("--because", default="", metavar="TEXT", help="Why. Kept with what you say.")
    by = click.option("--by", metavar="NAME", help="Who says so. Default: the name of your account.")
    return because(by(command))


@commands.command(
    cls=Command,
    epilog="""sayso judge harbour.case 2:14 --accept
    sayso judge harbour.case 2:14 --reject --because "The Courier says it itself."
    sayso judge harbour.case 4f1c09aa --correct speaker="Dara Okonte" --because "He is named in the line before."
    sayso judge harbour.case 2:14 --correct chain="the police > Dara Okonte" --correct stance=denies --because "..."
    sayso judge harbour.case 2 --add content="the doors were bolted" --add speaker="Dara Okonte" --because "..."
    sayso judge harbour.case 2:14 --undo
    sayso judge harbour.case
    sayso judge harbour.case --format csv > judgements.csv""",
)
@options.given_case
@click.argument("about", required=False, metavar="[ATTRIBUTION]")
@click.option("--accept", is_flag=True, help="It is read right.")
@click.option("--reject", is_flag=True, help="It is no such statement. It counts no more.")
@click.option("--correct", multiple=True, metavar="FIELD=VALUE", help=f"Set something: {', '.join(FIELDS)}.")
@click.option("--add", multiple=True, metavar="FIELD=VALUE", help="Add one to this report: content, and who speaks.")
@click.option("--undo", is_flag=True, help="Take back what was said of it last.")
@_signed
@options.form
@click.pass_context
def judge(context: click.Context, /, case: Path, about: str | None, **_: object) -> int:
    """Say of an attribution whether it is read right; without ATTRIBUTION, list what was said.

    ATTRIBUTION is a sentence, as 2:14 for the 14th of report 2, or an id from `sayso claims CASE --format json`; with
    --add a report, by number, file or id. source, cue and content are words as they stand in the report, "…" between
    the parts of a content. A chain names all voices after the publisher, the one who speaks last, ">" between them:
    "the magazine > officials" are officials through the magazine. Kind and named are of the one who speaks.

    What you say is kept with your name, the time and the reason, beside what the program says, and all that follows
    from it is worked out again. --undo takes back the last of it.
    """
    asked = [name for name in ACTS if context.params[name]]
    if len(asked) > 1:
        raise WrongUse(f"Say one thing at a time: {' or '.join(f'--{name}' for name in asked)}.")
    if about is None:
        if asked:
            raise WrongUse(f"--{asked[0]}: say of which attribution, as in `sayso judge {case} 2:14 --{asked[0]}`.")
        return _list(case, context.params["form"])
    if not asked:
        raise WrongUse(f"Say what of {about}: --accept, --reject, --correct, --add or --undo.")
    return _judge(case, about, asked[0], context.params)


@commands.command(
    cls=Command,
    epilog="""sayso retract harbour.case 3 --dry-run
    sayso retract harbour.case 3 --because "The paper took it back on 9 May."
    sayso retract harbour.case "Dara Okonte" --because "She withdrew it in court."
    sayso retract harbour.case 3 --undo""",
)
@options.given_case
@click.argument("about", metavar="REPORT_OR_VOICE")
@click.option("--undo", is_flag=True, help="It stands again.")
@click.option("--dry-run", is_flag=True, help="Only show what would fall.")
@_signed
@click.pass_context
def retract(context: click.Context, /, case: Path, about: str, **_: object) -> int:
    """Say that a report or a voice took back what it said, and show what falls with it.

    REPORT_OR_VOICE is a report's number (as in `sayso claims`), file or id, or a voice's name or id. It stays listed,
    and its claims count no more. Each question that is answered otherwise without it is shown before and after.
    """
    from sayso import workspace
    from sayso.cli import screen

    asked = context.params
    before = workspace.load(case)
    meant = workspace.report_or_voice_meant(before, about)
    if asked["dry_run"]:
        after = workspace.if_retracted(before, meant.id)
    else:
        verdict: Verdict = "undone" if asked["undo"] else "retracted"
        by = _who(asked)
        _need_reason(asked, verdict)
        workspace.judge(case, meant.id, verdict=verdict, reason=asked["because"], by=by, case=before)
        after = workspace.with_judgements(case, before)
        workspace.keep(case, after)
        screen.say(f"Kept, and in the log: {meant.title or meant.name if isinstance(meant, Report) else meant.name}:"
                   f" {verdict}, says {by}.")  # fmt: skip
    for line in _fallen(before, after):
        click.echo(line)
    return DONE


def _judge(folder: Path, about: str, act: str, asked: Mapping[str, Any]) -> int:
    from sayso import workspace
    from sayso.cli import screen

    by, because = _who(asked), asked["because"]
    _need_reason(asked, act)
    case = workspace.load(folder)
    if act == "add":
        report = workspace.report_or_voice_meant(case, about)
        if not isinstance(report, Report):
            raise WrongUse(f"{about} is a voice. Name the report that has the words: its number, file or id.")
        made = workspace.add_attribution(folder, _change(asked["add"], report), reason=because, by=by, case=case)
    else:
        one = _undoable(case, about) if act == "undo" else workspace.attribution_meant(case, about).id
        if act == "correct":
            change = _change(asked["correct"], _report_of(case, one))
            made = workspace.correct(folder, one, change, reason=because, by=by, case=case)
        else:
            made = workspace.judge(folder, one, verdict=SIGNED[act], reason=because, by=by, case=case)
    screen.say(f"Kept, and in the log: {made.about}: {made.verdict}, says {by}.")
    now = workspace.with_judgements(folder, case)
    workspace.keep(folder, now)
    for line in _outcome(case, now, made.about):
        screen.say(line)
    return DONE


def _who(asked: Mapping[str, Any]) -> str:
    from sayso import workspace

    by = asked["by"] or workspace.account()
    if not by:
        raise WrongUse("This machine tells no name of your account. Say who you are with --by NAME.")
    return str(by)


def _need_reason(asked: Mapping[str, Any], act: str) -> None:
    if act in {"reject", "correct", "add", "retracted"} and not asked["because"].strip():
        raise WrongUse('Say why with --because "…": it is kept with what you say.')


def _undoable(case: Case, about: str) -> str:
    """What is meant by words that name something which was judged: it need not be in the findings any more."""
    from sayso import workspace

    judged = [one.about for one in workspace.standing(case) if len(about) >= 6 and one.about.startswith(about)]
    return judged[0] if len(judged) == 1 else workspace.attribution_meant(case, about).id


def _report_of(case: Case, about: str) -> Report:
    holder = next(each.report for each in case.findings for one in each.attributions if one.id == about)
    return next(report for report in case.reports if report.id == holder)


def _change(pairs: tuple[str, ...], report: Report) -> Change:
    """What FIELD=VALUE pairs set; words of the report become spans."""
    from sayso import workspace

    found: dict[str, str] = {}
    for pair in pairs:
        field, mark, value = (part.strip() for part in pair.partition("="))
        if field not in FIELDS or not mark or not value:
            raise WrongUse(f"{pair!r} is not FIELD=VALUE with one of the fields {', '.join(FIELDS)}.")
        if field in found:
            raise WrongUse(f"{field} is given twice. Give each field once.")
        found[field] = value
    for field, known in TERMS.items():
        if field in found and found[field] not in known:
            raise WrongUse(f"{found[field]!r} is no {field}. Use one of: {', '.join(known)}.")
    parts = found.get("content", "").replace("...", ELLIPSIS).split(ELLIPSIS)
    return Change(
        report.id,
        source=workspace.words_in(report, found["source"]) if "source" in found else None,
        cue=workspace.words_in(report, found["cue"]) if "cue" in found else None,
        content=tuple(workspace.words_in(report, part.strip()) for part in parts if part.strip()),
        speaker=found.get("speaker", ""),
        chain=tuple(part.strip() for part in found["chain"].split(PARTING)) if "chain" in found else None,
        stance=found.get("stance"),  # type: ignore[arg-type] # seen above
        certainty=found.get("certainty"),  # type: ignore[arg-type] # the same
        kind=found.get("kind"),  # type: ignore[arg-type] # the same
        named=found["named"] == "yes" if "named" in found else None,
    )


def _outcome(before: Case, after: Case, about: str) -> Iterator[str]:
    """What the program says, what stands now, and which questions are answered otherwise."""
    was, now = _attributions(before).get(about), _attributions(after).get(about)
    if was and now and was.chain != now.chain:
        yield f"  before: {_told(was)}"
    if now:
        yield f"  now: {_told(now)}"
    yield from _fallen(before, after, nothing="")


def _fallen(before: Case, after: Case, nothing: str = "No question is answered otherwise.") -> Iterator[str]:
    from sayso import workspace

    changed = workspace.what_falls(before, after)
    if not changed and nothing:
        yield nothing
    yield from workspace.fallen_in_words(changed)


def _told(one: Attribution) -> str:
    return in_words(one.chain, " > ")


def _attributions(case: Case) -> dict[str, Attribution]:
    return {one.id: one for each in case.findings for one in each.attributions}


def _list(folder: Path, form: str) -> int:
    from sayso import workspace
    from sayso.cli import screen

    case = workspace.load(folder)
    rows = list(_rows(case, [one for one in case.judgements if not one.names[1:]], workspace.stands(case)))
    if not rows:
        screen.say("Nobody has judged anything in this case yet: every reading is the program's.")
        if form == "table":
            return DONE
    screen.show(form, COLUMNS[form == "table"], rows, widths=WIDTHS)
    screen.say_lapsed(workspace.lapsed(case))
    return DONE


def _rows(case: Case, judged: Sequence[Judgement], standing: Container[str]) -> Iterator[Row]:
    """One row for each judgement, in the order of their making, those that stand no more and what undid them too."""
    now = _attributions(case)
    changed = {each.report for each in case.before}
    read = [*case.before, *(each for each in case.findings if each.report not in changed)]
    was = {one.id: one for each in read for one in each.attributions}
    reports = {report.id: report for report in case.reports}
    places = _places(case, judged)
    for one in judged:
        said, before, stands = now.get(one.about), was.get(one.about), one.id in standing
        report = reports.get(said.report if said else one.about)
        thing = report.title or report.name if report and not said else "".join(one.names)
        text = report.text if report and said else ""
        told = _told(said) if said and stands and (not before or before.chain != said.chain) else ""
        set_then = _set(one.change) if one.change else ""
        place = places.get(one.about, "")
        yield {
            "about": one.about if said or not thing else f"{one.about} {thing}",
            "place": place,
            "where": " ".join(filter(None, (place, "" if said else thing))) or one.about,
            "kind": "attribution" if said or ":" in place else "report" if report else "voice",
            "verdict": one.verdict,
            "what": one.verdict
            if stands
            else f"{one.verdict} (takes back)"
            if one.verdict == SIGNED["undo"]
            else f"{one.verdict} (stands no more)",
            "stands": "yes" if stands else "no",
            "who": one.by,
            "by": one.by,
            "when": one.at[:10],
            "at": one.at,
            "why": one.reason,
            "reason": one.reason,
            "judgement": one.id,
            "report": report.id if report else (one.change.report if one.change else ""),
            "chain": _told(said) if said else "",
            "before": _told(before) if before else "",
            "the program says": _told(before) if before else "",
            "a person says": told if stands else set_then,
            "words": " … ".join(text[span.start : span.end] for span in said.content) if said else "",
            "change": set_then,
        }


def _places(case: Case, judged: Iterable[Judgement]) -> dict[str, str]:
    """Where what was judged stands, by its id: "2" for a report, "2:14" for words, those of what is gone too."""
    numbers = {report.id: number for number, report in enumerate(case.reports, 1)}
    starts = {each.report: sorted(span.start for span in each.sentences) for each in case.findings}
    words = {one.about: (one.change.report, one.change.content) for one in judged if one.change and one.change.content}
    words |= {about: (one.report, one.content) for about, one in _attributions(case).items()}
    inside = {
        about: f"{numbers[report]}:{bisect_right(starts[report], content[0].start)}"
        for about, (report, content) in words.items()
        if report in numbers
    }
    return {**{report: str(number) for report, number in numbers.items()}, **inside}


def _set(change: Change) -> str:
    """What was set, in words; spans are in the other columns."""
    values = {
        "speaker": change.speaker,
        "chain": " > ".join(change.chain or ()),
        "stance": change.stance or "",
        "certainty": change.certainty or "",
        "kind": change.kind or "",
        "named": "" if change.named is None else "yes" if change.named else "no",
    }
    return "; ".join(f"{name}: {value}" for name, value in values.items() if value)
