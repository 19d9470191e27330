"""Findings as people corrected them: attributions changed or added, and the claims that follow from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sayso.judging.chains import relinked
from sayso.judging.claims import with_replies
from sayso.judging.standing import standing
from sayso.kit import covers
from sayso.model import Attribution, Change, Claim, Event, Findings, Judgement, Report, Span

Settle = Callable[[Report, Findings, Change], Attribution]
"""What the program makes of an attribution at the spans of a change: chain, kind, stance …, without the encoder."""

State = Callable[[Report, tuple[Span, ...], tuple[Attribution, ...], tuple[Event, ...]], tuple[Claim, ...]]
"""The claims of a report, as `claims.state` gives them."""


def apply(
    reports: Iterable[Report],
    findings: Iterable[Findings],
    judgements: Iterable[Judgement],
    *,
    settle: Settle,
    state: State,
) -> tuple[Findings, ...]:
    """The findings with the judgements that stand, in the same order; what none touches is given back as it came.

    What was rejected stays among the attributions, for `counted` to leave out, but is no longer in the chains of what
    it holds.
    """
    findings = tuple(findings)
    acts = _by_report(findings, standing(judgements))
    if not acts:
        return findings
    by_id = {report.id: report for report in reports if report.id in acts}
    return tuple(
        _applied(by_id[one.report], one, acts[one.report], settle=settle, state=state) if one.report in by_id else one
        for one in findings
    )


def _by_report(findings: Iterable[Findings], stands: Mapping[str, Judgement]) -> dict[str, dict[str, Judgement]]:
    """The judgements that change something, by report, then by attribution, in the order of the attributions' ids."""
    acts: defaultdict[str, dict[str, Judgement]] = defaultdict(dict)
    wanted = {about: one for about, one in sorted(stands.items()) if one.change or one.verdict == "rejected"}
    if not wanted:
        return acts
    holder = {one.id: each.report for each in findings for one in each.attributions if one.id in wanted}
    for about, one in wanted.items():
        report = holder.get(about) or (one.change.report if one.change else "")
        if report:
            acts[report][about] = one
    return acts


def _applied(
    report: Report, findings: Findings, acts: Mapping[str, Judgement], *, settle: Settle, state: State
) -> Findings:
    changes = {about: one.change for about, one in acts.items() if one.change}
    rejected = frozenset(about for about, one in acts.items() if one.verdict == "rejected")
    read = {one.id: one for one in findings.attributions}
    for about, change in changes.items():
        if about not in read and change.content:
            read[about] = replace(settle(report, findings, change), id=about, report=report.id)
    changes = {about: change for about, change in changes.items() if about in read}
    placed = {one.id: _placed(one, changes.get(one.id)) for one in read.values()}
    moved = frozenset(name for name, one in placed.items() if one != read[name]) | (read.keys() - _ids(findings))
    held = {name: replace(one, within=_holder(one, placed, moved, rejected)) for name, one in placed.items()}
    linked = relinked(report.text, read, held, changes)
    added = sorted((linked[name] for name in linked.keys() - _ids(findings)), key=_place)
    attributions = (*(linked[one.id] for one in findings.attributions), *added)
    if attributions == findings.attributions:
        return findings
    attributions = tuple(sorted(attributions, key=_place)) if added else attributions
    stated = state(report, findings.sentences, attributions, findings.events)
    return replace(findings, attributions=attributions, claims=with_replies(stated, findings.claims))


def _ids(findings: Findings) -> frozenset[str]:
    return frozenset(one.id for one in findings.attributions)


def _placed(one: Attribution, change: Change | None) -> Attribution:
    if change is None or not change.content:
        return one
    return replace(one, source=change.source, cue=change.cue, content=change.content)


def _place(one: Attribution) -> tuple[int, int, str]:
    """In the order of the text, what holds something before it."""
    spans = [*one.content, *(span for span in (one.source, one.cue) if span)]
    return min(span.start for span in spans), -max(span.end for span in spans), one.id


def _holder(
    one: Attribution, known: Mapping[str, Attribution], moved: frozenset[str], rejected: frozenset[str]
) -> str | None:
    """The innermost attribution that holds it: as the program has it, unless one of the two was moved or rejected."""
    others = [known[name] for name in (moved if one.id not in moved else known) if name not in rejected]
    holders = [other for other in others if _holds(other, one)]
    own = known.get(one.within or "")
    while own is not None and own.id in rejected:
        own = known.get(own.within or "")
    if own is not None and ((own.id not in moved | {one.id} and one.id not in moved) or _holds(own, one)):
        holders.append(own)
    return min(holders, key=lambda other: (_length(other), other.id)).id if holders else None


def _holds(outer: Attribution, inner: Attribution) -> bool:
    parts = [*inner.content, *(span for span in (inner.cue, inner.source) if span)]
    return _length(outer) > _length(inner) and all(covers(outer.content, part) for part in parts)


def _length(one: Attribution) -> int:
    return sum(span.end - span.start for span in one.content)
