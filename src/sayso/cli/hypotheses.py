"""The command `hypotheses`: the matrix of competing hypotheses, and what a person says of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from sayso.cli import options
from sayso.cli.group import DONE, NOT_ALL_READ, Command, commands
from sayso.kit import SaysoError, WrongUse, fold
from sayso.model import Case, Evidence, Hypothesis, Level, Matrix, Rating

if TYPE_CHECKING:
    from sayso.model import Judgement

RATINGS = tuple(filter(None, get_args(Rating)))
ALL = "all"
ACTS = ("rate", "accept", "undo", "add", "drop", "restore", "assume", "searched", "credibility", "relevance", "read")
"""Options that record something, of which one is given at a time."""


ADDING = {"add": "hypothesis", "assume": "assumption", "searched": "absence"}


def _act(name: str, metavar: str, text: str) -> Callable[[Any], Any]:
    parts = metavar.split()
    return click.option(f"--{name}", nargs=len(parts), metavar=metavar, help=text)


@commands.command(
    cls=Command,
    epilog="""sayso hypotheses harbour.case
    sayso hypotheses harbour.case --question "who ordered it" --classic
    sayso hypotheses harbour.case --why E3
    sayso hypotheses harbour.case --rate H1 E3 II --because "He was abroad that week: see his passport."
    sayso hypotheses harbour.case --accept all E1
    sayso hypotheses harbour.case --accept all all --by "A. Reader"
    sayso hypotheses harbour.case --add "A fault in the wiring" --because "The surveyor asked about it."
    sayso hypotheses harbour.case --searched "No call was logged" --because "The exchange says that it looked."
    sayso hypotheses harbour.case --credibility E3 low --because "He was not there."
    sayso hypotheses harbour.case --deceiving "Interior Minister"
    sayso hypotheses harbour.case --csv matrix.csv
    sayso hypotheses harbour.case --read matrix.csv --by "A. Reader\"""",
)
@options.given_case
@click.option("--question", metavar="WORDS", help="The question whose text has these words. Default: who did it.")
@click.option("--classic", is_flag=True, help="Evidence in rows and hypotheses in columns, as Heuer drew it.")
@click.option("--all", "everything", is_flag=True, help="All rows of evidence.")
@_act("why", "EVIDENCE", "One row of evidence: its words in the reports, and why each cell is rated as it is.")
@_act("rate", "HYPOTHESIS EVIDENCE RATING", f"Rate a cell: {', '.join(RATINGS)}.")
@click.option("--if-deceptive", is_flag=True, help="With --rate or --undo: for the case that who says so deceives.")
@_act("accept", "HYPOTHESIS EVIDENCE", "Take what is suggested as your own; all for all of them.")
@_act("undo", "HYPOTHESIS EVIDENCE", "Take back the rating of a cell.")
@_act("add", "WORDS", "Add a hypothesis.")
@_act("drop", "HYPOTHESIS", "Leave a hypothesis out.")
@_act("restore", "WORDS", "Take back that a hypothesis, an assumption or a search was added or dropped.")
@_act("assume", "WORDS", "Add a row of evidence that is an assumption of yours.")
@_act("searched", "WORDS", "Add what a search did not find. --because: who attests the search, and of what.")
@_act("credibility", "EVIDENCE LEVEL", "How credible a row is: low, medium, high.")
@_act("relevance", "EVIDENCE LEVEL", "How much a row bears on the question: low, medium, high.")
@click.option("--because", default="", metavar="TEXT", help="Why. To be given with all that you say but --accept.")
@click.option("--by", metavar="NAME", help="Who says so. Default: the name of your account.")
@click.option("--deceiving", metavar="ACTOR", help="Show the matrix if what they say is meant to deceive.")
@click.option("--csv", "csv_file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Write the matrix as CSV, to be filled in.")  # fmt: skip
@click.option("--read", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
              help="Record what a matrix in CSV says otherwise than the case.")  # fmt: skip
@options.as_of
@options.form
def hypotheses(case: Path, as_of: date | None, form: str, **asked: Any) -> int:  # noqa: ANN401
    """Hold the rival answers to a question against what speaks for and against each.

    Hypotheses are the rival answers, and "none of these". A row of evidence is what one origin says, in however many
    reports: who repeats it adds nothing. Ratings: II and I (very) inconsistent, N neutral, C and CC (very) consistent,
    NA does not apply. What the program suggests stands in small letters and counts for nothing until you accept it.

    The numbers below are those of Heuer's analysis of competing hypotheses: they count what speaks against. They order
    hypotheses, they are not probabilities, and the truth may not be listed. Hypotheses that are rated on different rows
    are compared on the rows they share. "weighted": by credibility and relevance; "share": of the most that its rated
    rows could count; "roots against": independent origins.

    HYPOTHESIS and EVIDENCE are called as the matrix calls them, H1 and E1, or by their ids or words. All that you say
    is kept beside what the program says, with your name, the time and the reason.
    """
    given = [name for name in ACTS if asked[name]]
    if len(given) > 1:
        raise WrongUse(f"Say one thing at a time: {' or '.join(f'--{name}' for name in given)}.")
    if given and as_of:
        raise WrongUse("What is said is said of the whole case: leave --as-of out.")
    if asked["read"]:
        return _read(case, asked)
    if given:
        _record(case, given[0], asked)
    return _show(options.opened(case, as_of), form, asked)


def _show(case: Case, form: str, asked: Mapping[str, Any]) -> int:
    from sayso import workspace
    from sayso.cli import matrix as drawn
    from sayso.cli import screen

    found = _chosen(case, asked["question"])
    if found is None:
        screen.say("No question, so no hypotheses.")
        return DONE
    if asked["csv_file"]:
        workspace.refuse_bad_place(asked["csv_file"])
        workspace.write(workspace.matrix_as_csv(found, classic=asked["classic"]), asked["csv_file"])
        screen.say(f"The matrix: {asked['csv_file']}. Read it in again with --read.")
        return DONE
    if asked["deceiving"]:
        found = _deceived(found, asked["deceiving"])
    if asked["why"]:
        drawn.why(case, found, _evidence(found, asked["why"]))
    elif form == "json":
        click.echo(json.dumps(drawn.whole(found), indent=1))
    elif form != "table":
        screen.show(form, drawn.CELL_COLUMNS, drawn.cells(found))
    else:
        drawn.show(found, classic=asked["classic"], everything=asked["everything"])
        _tell_rest(case)
    return DONE


def _tell_rest(case: Case) -> None:
    from sayso import workspace
    from sayso.cli import screen

    lost = len(workspace.adrift(case))
    if lost:
        what = screen.count(lost, "judgement")
        screen.say(f"{what} on hypotheses found nothing any more that it is about: `sayso log CASE`.")
    others = len(case.questions) - 1
    if others:
        screen.say(f"{screen.count(others, 'other question')}: see `sayso questions CASE`, and choose with --question.")


def _chosen(case: Case, words: str | None) -> Matrix | None:
    """The matrix of the question that has these words; without them of the first incident's main question."""
    from sayso import workspace

    if not words:
        return next(iter(workspace.matrices(case)), None)
    found = [one for one in case.questions if words == one.id or fold(words) in fold(one.text)]
    if not found:
        raise WrongUse(f"No question has the words {words!r}. `sayso questions CASE` lists them all.")
    return workspace.matrices(case, main=(found[0].id,))[0]


def _deceived(found: Matrix, words: str) -> Matrix:
    from sayso import workspace

    actors = dict.fromkeys(row.actor for row in found.evidence)
    wanted = [one for one in actors if one == words] or [one for one in actors if fold(words) in fold(one)]
    if len(wanted) != 1:
        which = f"Several say something here: {', '.join(wanted)}." if wanted else "Nobody here is called so."
        raise WrongUse(f"--deceiving {words!r}: {which} Give one name as the matrix has it.")
    return workspace.deceiving(found, wanted[0])


def _by(asked: Mapping[str, Any]) -> str:
    from sayso import workspace

    by = asked["by"] or workspace.account()
    if not by:
        raise WrongUse("This machine tells no name of your account. Say who you are with --by NAME.")
    return str(by)


def _record(folder: Path, act: str, asked: Mapping[str, Any]) -> None:
    from sayso import workspace
    from sayso.cli import screen

    if act != "accept" and not asked["because"].strip():
        raise WrongUse('Say why with --because "…": it is kept with what you say.')
    if asked["if_deceptive"] and act not in {"rate", "undo"}:
        raise WrongUse("--if-deceptive goes with --rate and --undo.")
    found = _chosen(workspace.load(folder), asked["question"])
    if found is None:
        raise WrongUse("The case has no question, so nothing can be said of its hypotheses.")
    said = [replace(one, reason=asked["because"] or one.reason) for one in _said(found, act, asked)]
    kept = workspace.judge_matrix(folder, said, by=_by(asked))
    screen.say(f"Kept, and in the log: {screen.count(len(kept), 'judgement')} by {_by(asked)}.")


def _said(found: Matrix, act: str, asked: Mapping[str, Any]) -> list[Judgement]:
    """What the option says, as judgements; of what is accepted the reasons are those of the suggestions."""
    from sayso import workspace

    told = asked[act]
    if act in {"credibility", "relevance"}:
        row, level = _evidence(found, told[0]), told[1].lower()
        if level not in get_args(Level):
            raise WrongUse(f"{told[1]!r} is no {act}. Use one of: {', '.join(get_args(Level))}.")
        return [workspace.judgement_on(found, act, level, row=row)]
    if act in {"rate", "undo"}:
        kind = "rating if deceptive" if asked["if_deceptive"] else "rating"
        verdict = told[2].upper() if act == "rate" else "retracted"
        if verdict not in {*RATINGS, "retracted"}:
            raise WrongUse(f"{told[2]!r} is no rating. Use one of: {', '.join(RATINGS)}.")
        words, row = _hypothesis(found, told[0]).words, _evidence(found, told[1])
        return [workspace.judgement_on(found, kind, verdict, words=words, row=row)]
    if act == "accept":
        return _accepted(found, *told)
    return [_on_list(found, act, told)]


def _accepted(found: Matrix, hypothesis: str, evidence: str) -> list[Judgement]:
    from sayso import workspace

    named = {one.id: one for one in (found.hypotheses if hypothesis == ALL else (_hypothesis(found, hypothesis),))}
    rows = {row.id: row for row in (found.evidence if evidence == ALL else (_evidence(found, evidence),))}
    open_ones = [
        cell
        for cell in found.cells
        if cell.state == "suggested" and cell.hypothesis in named and cell.evidence in rows and not cell.if_deceptive
    ]
    if not open_ones:
        raise WrongUse("Nothing is suggested there that is not rated already. Rate it yourself with --rate.")
    return [
        replace(
            workspace.judgement_on(
                found, "rating", cell.suggested, words=named[cell.hypothesis].words, row=rows[cell.evidence]
            ),
            reason=cell.suggestion,
        )
        for cell in open_ones
    ]


def _on_list(found: Matrix, act: str, words: str) -> Judgement:
    """That something is added to the matrix, or left out, or neither."""
    from sayso import workspace

    if act == "drop":
        left_out = _hypothesis(found, words)
        if left_out.is_rest:
            raise WrongUse(f"“{left_out.words}” always stays: what happened may not be listed.")
        return workspace.judgement_on(found, "hypothesis", "dropped", words=left_out.words)
    if act == "restore":
        bases = [row.basis for row in found.evidence if not row.given and fold(row.words) == fold(words)]
        return workspace.judgement_on(found, next(iter(bases), "hypothesis"), "retracted", words=words)
    kind = ADDING[act]
    known = (*(one.words for one in found.hypotheses), *(row.words for row in found.evidence))
    if fold(words) in map(fold, known):
        raise WrongUse(f"The matrix has {words!r} already.")
    return workspace.judgement_on(found, kind, "added", words=words)


def _hypothesis(found: Matrix, called: str) -> Hypothesis:
    by_code = {f"h{number}": one for number, one in enumerate(found.hypotheses, 1)}
    for one in found.hypotheses:
        if called == one.id or fold(called) == fold(one.words):
            return one
    if called.lower() not in by_code:
        raise WrongUse(f"No hypothesis is called {called!r}. They are H1 to H{len(by_code)}; add one with --add.")
    return by_code[called.lower()]


def _evidence(found: Matrix, called: str) -> Evidence:
    by_code = {f"e{number}": one for number, one in enumerate(found.evidence, 1)}
    wanted = [row for row in found.evidence if called == row.id or fold(called) == fold(row.words)]
    if len(wanted) == 1:
        return wanted[0]
    if called.lower() not in by_code:
        raise WrongUse(f"No row of evidence is called {called!r}. They are E1 to E{len(by_code)}.")
    return by_code[called.lower()]


def _read(folder: Path, asked: Mapping[str, Any]) -> int:
    from sayso import workspace
    from sayso.cli import screen

    place = asked["read"]
    try:
        text = place.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8: save it as CSV in UTF-8"
        raise SaysoError(f"{place}: cannot be read ({reason}).") from None
    try:
        kept, problems = workspace.read_matrix(folder, text, by=_by(asked))
    except WrongUse as error:
        raise WrongUse(f"{place}: {error}") from None
    for problem in problems:
        screen.say(f"{place}: {problem}")
    screen.say(f"Kept, and in the log: {screen.count(len(kept), 'judgement')}." if kept else "Nothing in it is new.")
    return NOT_ALL_READ if problems else DONE
