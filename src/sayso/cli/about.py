"""Which claims are about some words: a disputed question, somebody, an incident, or claims that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, get_args

from sayso.kit import WrongUse, fold
from sayso.model import Case, Claim, Entity, Findings, Report, Slot, Where

LISTED = 3
"""Names, and incidents, that are told to somebody whose words are nothing's."""


class About(NamedTuple):
    """What words were taken for, and the claims that are about it."""

    meaning: str
    """In plain words: "the question “killed”"."""
    claims: frozenset[str]


def about(case: Case, words: str) -> About:
    """The claims that are about these words, by the first of these meanings that some claim has.

    A disputed question ("killed", "ordered by"); a name, in any of its spellings; an incident with these words in its
    name; a name of which they are a part; else claims that hold all of these words. `WrongUse` where there are none,
    with what there is.
    """
    for meaning in _meanings(case, words):
        if meaning.claims:
            return meaning
    raise WrongUse(f"No claim is about {words!r}. {_there_is(case, words)}")


def _meanings(case: Case, words: str) -> Iterator[About]:
    from sayso import workspace

    slot = next((one for one in get_args(Slot) if fold(one.replace("_", " ")) == fold(words)), None)
    if slot:
        yield About(f"the question “{slot}”", _replying(case, slot))
    exact = workspace.entities_with(case, words)
    yield About(_named(exact), _naming(case, exact))
    wanted = fold(words).split()
    incidents = [one for one in case.incidents if wanted and set(wanted) <= set(fold(one.name).split())]
    names = " or ".join(f"“{one.name}”" for one in incidents[:LISTED])
    yield About(f"the incident {names}", frozenset(name for one in incidents for name in one.claims))
    partly = [one for one in case.entities if any(_holds(spelling, wanted) for spelling in one.spellings)]
    yield About(_named(partly), _naming(case, partly))
    yield About(f"claims with the words “{words}”", _holding(case, wanted))


def _replying(case: Case, slot: str) -> frozenset[str]:
    return frozenset(claim.id for claim in _claims(case) if any(reply.slot == slot for reply in claim.replies))


def _named(entities: Iterable[Entity]) -> str:
    names = [entity.name for entity in entities]
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"{', '.join(names[:LISTED])}{more} (in any spelling)"


def _naming(case: Case, entities: Iterable[Entity]) -> frozenset[str]:
    """The claims in whose content one of these is named."""
    wheres: dict[str, list[Where]] = {}
    for entity in entities:
        for where in entity.mentions:
            wheres.setdefault(where.report, []).append(where)
    return frozenset(
        claim.id
        for findings in case.findings
        if findings.report in wheres
        for claim in findings.claims
        if any(part.start <= one.span.start < part.end for one in wheres[findings.report] for part in claim.content)
    )


def _holding(case: Case, wanted: list[str]) -> frozenset[str]:
    told = ((claim, _words(report, claim)) for report, findings in _pages(case) for claim in findings.claims)
    return frozenset(claim.id for claim, words in told if wanted and set(wanted) <= set(fold(words).split()))


def _holds(spelling: str, wanted: list[str]) -> bool:
    return bool(wanted) and set(wanted) <= set(fold(spelling).split())


def _words(report: Report, claim: Claim) -> str:
    return " ".join(report.text[span.start : span.end] for span in claim.content)


def _pages(case: Case) -> Iterator[tuple[Report, Findings]]:
    yield from zip(case.reports, case.findings, strict=True)


def _claims(case: Case) -> Iterator[Claim]:
    return (claim for findings in case.findings for claim in findings.claims)


def _there_is(case: Case, words: str) -> str:
    from sayso import workspace

    slots = {reply.slot for claim in _claims(case) for reply in claim.replies}
    near = workspace.nearest(case, words)
    lists = {
        "questions": [slot for slot in get_args(Slot) if slot in slots],
        "names most like it": near or [entity.name for entity in case.entities[:LISTED]],
        "incidents": [f"“{one.name}”" for one in case.incidents[:LISTED]],
    }
    told = "; ".join(f"{what}: {', '.join(some)}" for what, some in lists.items() if some)
    return (
        f"There are {told}."
        if told
        else "No claim of this case answers a question, names anybody or tells of an incident."
    )
