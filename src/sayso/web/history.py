"""What people decided, the latest first: who, when, why, what it set, from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from sayso import workspace
from sayso.dossier.index import cut
from sayso.dossier.words import day
from sayso.judging import RETRACTED, UNDONE, Step
from sayso.model import Judgement
from sayso.web.drawing import draw
from sayso.web.pages import Query, stretch
from sayso.web.view import View

LONGEST: Final = 300
"""Characters of a passage, or of words that were set, that are shown."""
SAID_OF_TWO: Final = {"same": "one", "different": "two"}
NOTHING_SAID: Final = "not said any more"


@dataclass(frozen=True, slots=True)
class Act:
    """One judgement as the page shows it."""

    judgement: Judgement
    when: str
    about: str
    """What it is about, in words."""
    place: str
    """Where that stands, in words: "report 2, sentence 4"; "" for what stands in no one report."""
    address: str
    """The page that has it, "" where it is nowhere now."""
    steps: tuple[Step, ...]
    """What it set, from what to what."""
    stands: bool
    """Whether no later one supersedes it."""
    takes_back: bool
    """Whether it is itself an undoing."""
    lapsed: str
    """Why it meets nothing any more, "" where it does."""
    needs_reason: bool
    """Whether its undoing does."""


def judgements(view: View, query: Query) -> Markup:
    """All of them, or with `lapsed` those that stand and no longer meet anything."""
    made = [one for one in reversed(view.case.judgements) if not query.get("lapsed") or one.id in view.lapsed]
    some, part = stretch(made, query)
    steps, standing = workspace.steps(view.case), workspace.stands(view.case)
    before = {one.id: one for one in view.case.judgements}
    acts = [
        _act(view, one, steps.get(one.id) or _of_several(one, before.get(one.supersedes or "")), one.id in standing)
        for one in some
    ]
    asked = {"lapsed": "yes"} if query.get("lapsed") else {}
    return view.led(draw("judgements", view=view, acts=acts, part=part, asked=asked, longest=LONGEST))


def _act(view: View, one: Judgement, steps: tuple[Step, ...], stands: bool) -> Act:  # noqa: FBT001 (the act's own)
    about, place, address = _of_matrix(view, one) if one.names[2:] else _about(view, one)
    return Act(
        judgement=one,
        when=day(one.at),
        takes_back=one.verdict == (RETRACTED if one.names[1:] else UNDONE),
        about=about,
        place=place,
        address=address,
        steps=steps,
        stands=stands,
        lapsed=view.lapsed.get(one.id, "") if stands else "",
        needs_reason=bool(one.names[1:]),
    )


def _of_several(one: Judgement, before: Judgement | None) -> tuple[Step, ...]:
    """What was said of two names or origins, or of a matrix, before and now."""
    was = before.verdict if before and before.verdict != RETRACTED else ""
    now = one.verdict if one.verdict != RETRACTED else ""
    if len(one.names) == 2:
        return (Step("they are", SAID_OF_TWO.get(was, ""), SAID_OF_TWO.get(now, NOTHING_SAID)),)
    return (Step(one.names[0], was, now or NOTHING_SAID),) if one.names[2:] else ()


def _about(view: View, one: Judgement) -> tuple[str, str, str]:
    """What it is about, the place, the address."""
    if pair := workspace.pair_of(one):
        return _of_pair(view, pair)
    if entry := view.index.entries.get(one.about):
        place = f"report {entry.report_number}, sentence {entry.sentence}"
        return f"“{cut(entry.report.text, entry.attribution.content)}”", place, view.address("c", entry.number)
    if one.about in view.reports:
        report = view.reports[one.about]
        return report.title or report.name, f"report {view.index.reports[one.about]}", f"/reports/{one.about}"
    if voice := next((each for each in view.case.voices if each.id == one.about), None):
        return voice.name, "voice", f"/voices/{one.about}"
    if one.change and one.change.report in view.reports:
        words = cut(view.reports[one.change.report].text, one.change.content)
        return f"“{words}”", f"report {view.index.reports[one.change.report]}", f"/reports/{one.change.report}"
    return (one.names[0] if one.names else "what no report of the case holds now"), "", ""


def _of_pair(view: View, pair: workspace.Pair) -> tuple[str, str, str]:
    """The same of two names, or of two origins with the first question that rests on one of them."""
    if pair.of == "names":
        found = workspace.entities_with(view.case, pair.one)
        return f"“{pair.one}” and “{pair.other}”", "names", f"/names/{found[0].id}" if found else ""
    called = {each.id: each.name for root in view.case.lineages for each in root.origins}
    both = {pair.one, pair.other}
    asked = next(
        (one.question for one in view.case.lineages if not both.isdisjoint(each.id for each in one.origins)), ""
    )
    words = " and ".join(f"“{called.get(name, name)}”" for name in pair[1:])
    return words, "origins", f"/weights/{asked}" if asked else ""


def _of_matrix(view: View, one: Judgement) -> tuple[str, str, str]:
    _, words, target, _, *claims = one.names
    held = frozenset(claims)
    asked = next((q for q in view.case.questions if q.id == target), None) or next(
        (q for q in view.case.questions for answer in q.answers for given in answer.given if given.claim in held), None
    )
    about = f"“{words}”" if words else "a row of evidence"
    return about, asked.text if asked else "hypotheses", f"/hypotheses/{asked.id}" if asked else ""
