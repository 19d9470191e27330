"""The names of a case: who bears them, which are like them, where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from sayso import names, spine
from sayso.kit import WrongUse, fold
from sayso.model import Case, Entity, Judgement

NEAREST = 3
"""Names that are told to somebody who asked for one that is not there."""


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


def refuse_names(case: Case, one: str, other: str) -> None:
    """`WrongUse` unless both are names of the case, and two."""
    for name in (one, other):
        if not _reports_with(case, name):
            near = ", ".join(nearest(case, name))
            advice = f"The nearest: {near}." if near else "`sayso names CASE` lists all there are."
            raise WrongUse(f"The case has no name {name!r}. {advice}")
    if names.cores(one) & names.cores(other):
        raise WrongUse(f"{one} and {other} are one name but for case, accents, articles and titles.")


def has_name(case: Case, name: str) -> bool:
    """Whether some report has a name, however it is written."""
    return name in _spellings(case) or bool(_reports_with(case, name))


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
