"""Voices against themselves, and headlines against their reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal

from sayso.kit import FIRMNESS, headline_end, weakest
from sayso.model import Answer, Claim, Difference, DifferenceKind, Given, Headline, Report, Turn
from sayso.questions.values import Known


def turns_of(answers: Sequence[Answer], differences: Sequence[Difference], known: Known) -> tuple[Turn, ...]:
    """Where one voice gives two answers that differ, or is for an answer and against it, one after the other."""
    kinds = {frozenset((one.one, one.other)): one.kind for one in differences}
    by_voice: defaultdict[str, list[tuple[Answer, Given]]] = defaultdict(list)
    for answer in answers:
        for given in answer.given:
            voice = known.voice_of(given)
            if voice:
                by_voice[voice].append((answer, given))
    out = []
    for voice in sorted(by_voice, key=lambda one: (known.voices[one], one)):
        several = sorted(by_voice[voice], key=lambda one: known.when(known.claims[one[1].claim]))
        out += [Turn(known.voices[voice], before, after, kind) for before, after, kind in _turns(several, kinds)]
    return tuple(out)


def _turns(
    several: Sequence[tuple[Answer, Given]], kinds: Mapping[frozenset[str], DifferenceKind]
) -> Iterator[tuple[Given, Given, Literal["conflict", "update"]]]:
    """Between each two that follow each other."""
    for (one, before), (other, after) in pairwise(several):
        if one.id == other.id and before.is_for != after.is_for:
            yield before, after, "conflict"
        kind = kinds.get(frozenset((one.id, other.id)))
        if before.is_for and after.is_for and (kind == "conflict" or kind == "update"):  # noqa: PLR1714 - for mypy
            yield before, after, kind


def headlines_of(answers: Sequence[Answer], reports: Mapping[str, Report], known: Known) -> Iterator[Headline]:
    """Headlines whose claim is firmer or weaker than what the report goes on to say, or gives another answer."""
    by_report: defaultdict[str, list[tuple[Answer, Given]]] = defaultdict(list)
    for answer in answers:
        for given in answer.given:
            by_report[given.report].append((answer, given))
    for name in sorted(by_report, key=lambda one: known.place[one]):
        end = headline_end(reports[name])
        heads = [one for one in by_report[name] if known.claims[one[1].claim].content[0].start < end]
        body = [one for one in by_report[name] if known.claims[one[1].claim].content[0].start >= end]
        if heads and body:
            yield from _against(heads[0], body, known)


def _against(head: tuple[Answer, Given], body: Sequence[tuple[Answer, Given]], known: Known) -> Iterator[Headline]:
    """One difference of a headline: to the firmest claim of the same answer, else to the first other answer."""
    answer, given = head
    same = [known.claims[one.claim] for other, one in body if other.id == answer.id and one.is_for == given.is_for]
    firm = _firmness(known.claims[given.claim])
    if same:
        nearest = max(same, key=lambda one: (_firmness(one), -one.content[0].start))
        if firm != _firmness(nearest):
            yield Headline(given.report, given.claim, nearest.id, "firmer" if firm > _firmness(nearest) else "weaker")
    elif given.is_for:
        yield Headline(given.report, given.claim, body[0][1].claim, "other")


def _firmness(claim: Claim) -> int:
    """From weak to firm; what nobody qualified counts as firm."""
    certainty = weakest(claim.chain)
    return 0 if certainty == "unknown" else -FIRMNESS.index(certainty)
