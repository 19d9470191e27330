"""What people decided, of whatever kind: one taken back by its id, and those that no longer meet anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from sayso import judging, spine
from sayso.judging import Step
from sayso.kit import WrongUse
from sayso.model import Case, Judgement
from sayso.workspace.judging import judge
from sayso.workspace.loading import load
from sayso.workspace.matrices import adrift, judge_matrix
from sayso.workspace.naming import has_name
from sayso.workspace.pairs import judge_pair, known_origins, pair_of


class Lapsed(NamedTuple):
    """A judgement that stands and changes nothing, because what it is about is no longer there."""

    judgement: Judgement
    reason: str
    """In plain words."""


def take_back(folder: Path | str, judgement: str, *, reason: str, by: str, case: Case | None = None) -> Judgement:
    """Record that the judgement with this id holds no more, whatever it is about. `WrongUse` where there is none.

    Of an attribution, a report or a voice the last that stands is taken back, and this has to be that one.
    """
    case = case or load(folder)
    one = next((one for one in case.judgements if one.id == judgement), None)
    if one is None:
        raise WrongUse("The case has no such judgement.")
    if pair := pair_of(one):
        return judge_pair(folder, pair, ruling="retracted", reason=reason, by=by, case=case)
    if one.names[1:]:
        back = replace(one, id="", verdict="retracted", reason=reason, by="", at="", supersedes=None)
        return judge_matrix(folder, [back], by=by)[0]
    if judging.standing(case.judgements).get(one.about) != one:
        raise WrongUse(
            "This judgement stands no more: a later one, or its undoing, came after it. Load the page again."
        )
    return judge(folder, one.about, verdict="undone", reason=reason, by=by, case=case)


def stands(case: Case) -> frozenset[str]:
    """Ids of the judgements that no later one supersedes or takes back, of every kind."""
    gone = {one.supersedes for one in case.judgements}
    single = {one.id for one in judging.standing(case.judgements).values()}
    several = {one.id for one in case.judgements if one.names[1:] and one.id not in gone and one.verdict != "retracted"}
    return frozenset(single | several)


def steps(case: Case) -> dict[str, tuple[Step, ...]]:
    """What each judgement on an attribution set, from what to what, by its id: see `judging.steps`."""
    judged = {one.about for one in case.judgements}
    read = {one.id: one for each in spine.as_read(case) for one in each.attributions if one.id in judged}
    return judging.steps(case.judgements, read, {report.id: report.text for report in case.reports})


def lapsed(case: Case) -> tuple[Lapsed, ...]:
    """The judgements that stand and no longer meet anything, each with the reason, in the order of their making.

    So it goes where a report was deleted, where a newer program reads other passages, and where reports that were added
    changed who is who, or on whose word something rests.
    """
    standing = stands(case)
    adrift_now = frozenset(one.id for one in adrift(case))
    told = ((one, _why(case, one, adrift_now)) for one in case.judgements if one.id in standing)
    return tuple(Lapsed(one, why) for one, why in told if why)


def _why(case: Case, one: Judgement, adrift_now: frozenset[str]) -> str:
    """Why a judgement meets nothing; "" where it does."""
    if len(one.names) > 2:
        return "its question, hypothesis or row of evidence is no longer there" if one.id in adrift_now else ""
    if (pair := pair_of(one)) is None:
        return _why_single(case, one)
    if pair.of == "names":
        missing = [f"“{name}”" for name in pair[1:] if not has_name(case, name)]
        return f"no report has the name {' or '.join(missing)} now" if missing else ""
    missing = [name for name in pair[1:] if name not in known_origins(case)]
    whose = "these two origins are" if len(missing) == 2 else "one of its two origins is"
    return f"{whose} no longer there: what was added or judged since changed on whose word it rests" if missing else ""


def _why_single(case: Case, one: Judgement) -> str:
    reports = {report.id for report in case.reports}
    if one.verdict == judging.RETRACTED:
        if one.about in reports or judging.retracted_voices(case.voices, [one]):
            return ""
        return f"no voice is called “{one.names[0]}” now" if one.names else "its report or voice is no longer there"
    if any(said.id == one.about for each in case.findings for said in each.attributions):
        return ""
    if one.change and one.change.report not in reports:
        return "its report is no longer there"
    return "its passage is gone: the program reads none in these words now"
