"""The command `weigh`: what the testimonies on each question, taken together, leave of its answers, in words first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

import click

from sayso.cli import options
from sayso.cli.group import DONE, Command, commands
from sayso.kit import WrongUse, fold
from sayso.model import Answer, Asked, Case, Estimate, Part, Question, Support, Weighing

if TYPE_CHECKING:
    from sayso.workspace import Assumed, Assumptions

SUPPORT_COLUMNS = (
    "question_id", "question", "slot", "incident", "id", "answer", "leads", "likelihood", "support", "possible",
    "support_apart", "unresolved", "conflict", "voices_low", "voices_high", "nats_for", "nats_against", "confidence",
    "reasons", "sentence", "for", "against", "estimates",
)  # fmt: skip
PART_COLUMNS = (
    "question_id", "question", "answer_id", "answer", "is_for", "origin_id", "origin", "kind", "weight", "discount",
    "contribution", "so_far", "reliability", "prior_only", "reports",
)  # fmt: skip
HANGING_COLUMNS = ("question_id", "question", "kind", "unit", "name", "flips", "leader", "support")
ASSUMED_COLUMNS = ("key", "value", "default", "source")

IN_WORDS = ("answer", "by what is said", "rests on", "denied by")
IN_NUMBERS = ("answer", "support", "possible", "if apart", "voices", "nats for", "against")
WATERFALL = ("who", "side", "alone", "adds", "so far", "reliability")

SHOWN = 3
"""Voices that the table shows of each answer."""

ACROSS = 16
"""Cells of a waterfall."""

WIDTHS = {"answer": 3, "rests on": 4, "denied by": 3}


class _One(NamedTuple):
    """A question with its weighing, and names for what the weighing speaks of."""

    question: Question
    weighing: Weighing
    names: Mapping[str, str]
    """Of origins and reports, by their ids."""
    kinds: Mapping[str, str]
    """Of origins."""

    @property
    def answers(self) -> dict[str, Answer]:
        return {one.id: one for one in self.question.answers}


@commands.command(
    cls=Command,
    epilog="""sayso weigh harbour.case
    sayso weigh harbour.case --slot killed --numbers
    sayso weigh harbour.case --slot killed --why four
    sayso weigh harbour.case --slot perpetrator --hangs
    sayso weigh harbour.case --assume reliability.party.named=0.5 --assume dependence.bloc=0.9
    sayso weigh harbour.case --as-of 2031-04-12
    sayso weigh harbour.case --format csv > weighed.csv
    sayso weigh --assumptions""",
)
@click.argument("case", type=click.Path(path_type=Path), metavar="CASE", required=False)
@click.option(
    "--slot", type=click.Choice(get_args(Asked)), metavar="SLOT", help="Only these questions: killed, place …"
)
@click.option("--numbers", is_flag=True, help="Support, what is unresolved, conflict, and how many voices it is worth.")
@click.option("--why", metavar="ANSWER", help="What each origin adds to this answer, or takes from it: words, or id.")
@click.option("--hangs", is_flag=True, help="What becomes of each question without one voice, hearer, bloc or report.")
@click.option(
    "--assume", multiple=True, metavar="KEY=VALUE", help="Another assumption, such as dependence.bloc=0.3. Repeatable."
)
@click.option("--assumptions", "listed", is_flag=True, help="List what is assumed, with where each number comes from.")
@options.as_of
@options.form
@click.pass_context
def weigh(context: click.Context, /, case: Path | None, **_: object) -> int:
    """Tell what the accounts of each question, taken together, leave of its answers, and on whom that hangs.

    First in words: how many reports there are and how many independent origins, on whom everything hangs, how likely
    each answer is by what is said (words of ICD 203), and apart from that how well founded it is. Echoes add nothing.
    "Not settled": more than one of those words would do. No figure stands beside anybody's name until asked for:
    --numbers, --why. Support and what is unresolved lie between 0 and 1 and are no probabilities that something is so.
    """
    from sayso import workspace

    asked = context.params
    assumptions = workspace.assume(asked["assume"])
    if asked["listed"]:
        _list(workspace.assumed(assumptions), asked["form"])
        return DONE
    if case is None:
        raise click.UsageError("Missing argument 'CASE'.", context)
    if asked["why"] and asked["hangs"]:
        raise WrongUse("Ask one thing at a time: --why or --hangs.")
    opened = options.opened(case, asked["as_of"])
    found = [one for one in _every(opened, assumptions) if asked["slot"] in {None, one.question.slot}]
    _show(found, asked)
    return DONE


def _list(several: Sequence[Assumed], form: str) -> None:
    """The assumptions; for people the source of a section stands beside its first line alone."""
    from sayso.cli import screen

    rows, last = [], ""
    for one in several:
        section = one.key.partition(".")[0]
        repeated = form == "table" and section == last
        rows.append({**one._asdict(), **({"source": ""} if repeated else {})})
        last = section
    screen.show(form, ASSUMED_COLUMNS, rows, widths={"source": 1})


def _every(case: Case, assumptions: Assumptions) -> Iterator[_One]:
    from sayso import workspace

    reports = {one.id: _report(one.publisher or one.name, one.published) for one in case.reports}
    lineages = {one.question: one for one in case.lineages}
    questions = {one.id: one for one in case.questions}
    for one in workspace.weigh(case, assumptions=assumptions):
        origins = lineages[one.question].origins
        kinds = {each.id: "the reporter" if each.voice is None else each.kind for each in origins}
        yield _One(questions[one.question], one, {**reports, **{each.id: each.name for each in origins}}, kinds)


def _report(name: str, published: str) -> str:
    return f"{name}, {published[:10]}" if published else name


def _show(found: Sequence[_One], asked: Mapping[str, Any]) -> None:
    from sayso import workspace
    from sayso.cli import screen

    form = asked["form"]
    if asked["why"]:
        _show_why(found, asked["why"], form)
    elif form != "table":
        columns, rows = (HANGING_COLUMNS, hanging) if asked["hangs"] else (SUPPORT_COLUMNS, supports)
        screen.show(form, columns, (row for one in found for row in rows(one)))
    elif not found:
        screen.say("No question.")
    else:
        for number, one in enumerate(found):
            if number:
                click.echo()
            _show_one(one, numbers=asked["numbers"], hangs=asked["hangs"])
        click.echo(f"\n{workspace.WEIGHED_LIMITS}")


def _show_one(one: _One, *, numbers: bool, hangs: bool) -> None:
    from sayso import workspace
    from sayso.cli import screen

    def line(text: str) -> None:
        click.echo(screen.one_line(text))

    line(one.question.text)
    line(one.weighing.sentence)
    if hangs:
        for text in workspace.hangs_in_words(one.question, one.weighing, one.names, numbers=numbers):
            line(text)
        return
    if numbers:
        screen.show("table", IN_NUMBERS, map(_in_numbers, _pairs(one)), widths={"answer": 1})
        line(f"Unresolved: {one.weighing.unresolved:.2f}. Conflict: {one.weighing.conflict:.2f}.")
    else:
        screen.show("table", IN_WORDS, (_in_words(one, pair) for pair in _pairs(one)), widths=WIDTHS)
    for text in workspace.said_beside(one.question, one.weighing, numbers=numbers):
        line(text)


def _pairs(one: _One) -> Iterator[tuple[Answer, Support]]:
    answers = one.answers
    ranked = sorted(one.weighing.supports, key=lambda each: -each.belief)  # of equals in the order of the question
    return ((answers[each.answer], each) for each in ranked)


def _in_words(one: _One, pair: tuple[Answer, Support]) -> dict[str, object]:
    answer, support = pair
    return {
        "answer": answer.words,
        "by what is said": support.likelihood,
        "rests on": _some(_who(one, answer.id, is_for=True)),
        "denied by": _some(_who(one, answer.id, is_for=False)),
    }


def _in_numbers(pair: tuple[Answer, Support]) -> dict[str, object]:
    answer, support = pair
    return {
        "answer": answer.words,
        "support": f"{support.belief:.2f}",
        "possible": f"{support.plausible:.2f}",
        "if apart": f"{support.belief_apart:.2f}",
        "voices": "–".join(dict.fromkeys(f"{number:.1f}" for number in support.voices)),
        "nats for": f"{support.nats_for:.2f}",
        "against": f"{support.nats_against:.2f}",
    }


def _who(one: _One, answer: str, *, is_for: bool) -> list[str]:
    """Who gives an answer, or denies it: those on whom most rests first."""
    some = [part for part in one.weighing.parts if part.answer == answer and part.is_for == is_for]
    return list(dict.fromkeys(one.names[part.origin] for part in some))


def _some(several: Sequence[str]) -> str:
    more = f" and {len(several) - SHOWN} more" if len(several) > SHOWN else ""
    return ", ".join(several[:SHOWN]) + more


def _show_why(found: Sequence[_One], asked: str, form: str) -> None:
    from sayso import workspace
    from sayso.cli import screen

    some = [(one, answer) for one in found for answer in one.question.answers if _is(answer, asked)]
    if not some:
        raise WrongUse(f"No question has the answer {asked!r}. `sayso questions CASE` lists the answers.")
    if form != "table":
        screen.show(form, PART_COLUMNS, (row for one, answer in some for row in parts(one, answer)))
        return
    for number, (one, answer) in enumerate(some):
        if number:
            click.echo()
        click.echo(screen.one_line(f"{one.question.text} “{answer.words}”"))
        rows = list(parts(one, answer))
        whole = max((abs(float(str(row["so_far"]))) for row in rows), default=0.0)
        screen.show("table", WATERFALL, (_step(row, whole) for row in rows), widths={"who": 1})
        support = next(each for each in one.weighing.supports if each.answer == answer.id)
        click.echo(f"Support {support.belief:.2f}, possible {support.plausible:.2f}, unresolved "
                   f"{one.weighing.unresolved:.2f}. *: assumed, not seen.")  # fmt: skip
    click.echo(f"\n{workspace.WEIGHED_LIMITS}")


def _is(answer: Answer, asked: str) -> bool:
    return answer.id == asked or fold(asked) == fold(answer.words) or f" {fold(asked)} " in f" {fold(answer.words)} "


def _step(row: Mapping[str, Any], whole: float) -> dict[str, object]:
    end = round(ACROSS * row["so_far"] / whole) if whole else 0
    start = round(ACROSS * (row["so_far"] - row["contribution"]) / whole) if whole else 0
    return {
        "who": row["origin"],
        "side": "for" if row["is_for"] else "against",
        "alone": f"{row['weight']:.2f}",
        "adds": f"{row['contribution']:.2f}",
        "so far": f"{'·' * start}{'█' * (end - start)} {row['so_far']:.2f}",
        "reliability": f"{row['reliability']:.2f}{'*' * row['prior_only']}",
    }


def parts(one: _One, answer: Answer) -> Iterator[dict[str, object]]:
    """One row a step of the waterfall of one answer: in nats, those for it first. `so_far` of either side apart."""
    so_far = {True: 0.0, False: 0.0}
    for part in one.weighing.parts:
        if part.answer == answer.id:
            so_far[part.is_for] += part.contribution
            yield {
                "question_id": one.question.id,
                "question": one.question.text,
                "answer_id": answer.id,
                "answer": answer.words,
                "is_for": part.is_for,
                "origin_id": part.origin,
                "origin": one.names[part.origin],
                "kind": one.kinds[part.origin],
                **_weights(part),
                "so_far": so_far[part.is_for],
                "reports": list(part.reports),
            }


def _weights(part: Part) -> dict[str, object]:
    names = ("weight", "discount", "contribution", "reliability", "prior_only")
    return {name: getattr(part, name) for name in names}


def hanging(one: _One) -> Iterator[dict[str, object]]:
    """One row a voice, hearer, bloc or report that is left out, for programs."""
    for each in one.weighing.hanging:
        yield {
            "question_id": one.question.id,
            "question": one.question.text,
            "kind": each.kind,
            "unit": each.unit,
            "name": one.names.get(each.unit, each.unit),
            "flips": each.flips,
            "leader": one.answers[each.leader].words if each.leader else "",
            "support": each.belief,
        }


def supports(one: _One) -> Iterator[dict[str, object]]:
    """One row an answer, for programs, in the order of the question."""
    answers, weighed = one.answers, one.weighing
    for each in weighed.supports:
        yield {
            "question_id": one.question.id,
            "question": one.question.text,
            "slot": one.question.slot,
            "incident": one.question.incident,
            "id": each.answer,
            "answer": answers[each.answer].words,
            "leads": each.answer == weighed.leader,
            "likelihood": each.likelihood,
            "support": each.belief,
            "possible": each.plausible,
            "support_apart": each.belief_apart,
            "unresolved": weighed.unresolved,
            "conflict": weighed.conflict,
            "voices_low": each.voices[0],
            "voices_high": each.voices[1],
            "nats_for": each.nats_for,
            "nats_against": each.nats_against,
            "confidence": weighed.confidence,
            "reasons": list(weighed.reasons),
            "sentence": weighed.sentence,
            "for": _who(one, each.answer, is_for=True),
            "against": _who(one, each.answer, is_for=False),
            "estimates": [_estimate(each) for each in weighed.estimates],
        }


def _estimate(one: Estimate) -> str:
    return f"{one.scope or 'all'}: {one.low:g} / {one.best:g} / {one.high:g}"
