"""What people say of names: that two spellings stand for one, or for two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, get_args

from sayso import ledger, names, spine
from sayso.kit import WrongUse, fold
from sayso.model import Case, Entity, Judgement
from sayso.workspace.loading import load, load_and_keep

Ruling = Literal["same", "different", "retracted"]

NEAREST = 3
"""Names that are told to somebody who asked for one that is not there."""


def judge_names(folder: Path | str, one: str, other: str, *, ruling: Ruling, reason: str, by: str) -> Case:
    """Record that two spellings stand for one, or for two, or that neither was to be said. Gives the case after that.

    It supersedes the last judgement on the two, in whatever order, case and accents they were written. `WrongUse` for a
    name that is not in the case, two names that are the same but for that, and nothing to retract.
    """
    if ruling not in get_args(Ruling):
        raise WrongUse(f"{ruling!r} is no ruling on two names. Use one of: {', '.join(get_args(Ruling))}.")
    if not by.strip() or not reason.strip():
        raise WrongUse("A judgement needs to say who judged, and why: give a name in `by` and a `reason`.")
    case = load(folder)
    about = names.pair_of(one, other)
    stands = _stands(case.judgements, about)
    if ruling != "retracted" or not stands:  # what was said can be taken back even where it left a name nowhere
        _refuse(case, one, other)
    if ruling == "retracted" and not stands:
        raise WrongUse(f"There is no judgement on {one} and {other} to take back. `sayso log CASE` lists all that are.")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    judgement = Judgement("", about, ruling, reason, by, at, names=(one, other))
    with ledger.open_to_write(Path(folder)) as opened:
        ledger.record_judgement(opened, judgement)
        return load_and_keep(opened)


def without_disputed(case: Case) -> Case:
    """The same case with names left apart wherever something speaks against joining them."""
    return spine.resolve_again(case, case.judgements, disputed=False)


def nearest(case: Case, words: str) -> tuple[str, ...]:
    """Names of the case that are most like some words."""
    by_core = {fold(spelling): spelling for spelling in _spellings(case)}
    wanted = fold(words)
    holding = sorted(core for core in by_core if not set(wanted.split()).isdisjoint(core.split()))
    alike = [*get_close_matches(wanted, holding, NEAREST, 0), *get_close_matches(wanted, by_core, NEAREST)]
    return tuple(by_core[core] for core in dict.fromkeys(alike))[:NEAREST]


def named_only_in(case: Case, judgement: Judgement, gone: Iterable[str]) -> bool:
    """Whether a judgement is on a name that stands in these reports alone."""
    gone = frozenset(gone)
    places = [_reports_with(case, name) for name in judgement.names]
    return any(reports and reports <= gone for reports in places)


def _refuse(case: Case, one: str, other: str) -> None:
    for name in (one, other):
        if not _reports_with(case, name):
            near = ", ".join(nearest(case, name))
            advice = f"The nearest: {near}." if near else "`sayso names CASE` lists all there are."
            raise WrongUse(f"The case has no name {name!r}. {advice}")
    if names.cores(one) & names.cores(other):
        raise WrongUse(f"{one} and {other} are one name but for case, accents, articles and titles.")


def _stands(judgements: Iterable[Judgement], about: str) -> bool:
    last = [judgement.verdict for judgement in judgements if judgement.about == about][-1:]
    return bool(last) and last != [names.RETRACTED]


def _reports_with(case: Case, name: str) -> frozenset[str]:
    """The reports that have a name, however it is written."""
    asked = names.cores(name)
    texts = {report.id: report.text for report in case.reports}
    found = {
        where.report
        for entity in case.entities
        if any(asked & names.cores(spelling) for spelling in entity.spellings)
        for where in entity.mentions
        if asked & names.cores(texts[where.report][where.span.start : where.span.end])
    }
    return frozenset(found.union(*(v.reports for v in case.voices if any(asked & names.cores(s) for s in v.spellings))))


def _spellings(case: Case) -> list[str]:
    spoken = (spelling for voice in case.voices if voice.named for spelling in voice.spellings)
    return sorted({*(spelling for entity in case.entities for spelling in entity.spellings), *spoken})


def entities_with(case: Case, name: str) -> tuple[Entity, ...]:
    """The entities that have a name among their spellings."""
    asked = names.cores(name)
    return tuple(one for one in case.entities if any(asked & names.cores(spelling) for spelling in one.spellings))
