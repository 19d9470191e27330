"""Which disputed questions a claim speaks to, what it answers, and whether for or against.

    claim ──▶ words, cue, events, counts, times, fillers in it ──▶ for each question: answered for, against, or not
          ──▶ the words that give the answer

The first is learned (logistic regressions, `training/replies.py`, weights in `replies.json`), the second are rules
(`answers.py`). Words in lower case alone count, so that nobody's name is evidence of anything.
"""

from __future__ import annotations

import json
import math
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TypeVar, get_args

from sayso.claims.answers import Content, answer_of
from sayso.model import Attribution, Claim, Findings, Reply, Slot, Span
from sayso.words import lemma

SLOTS: tuple[Slot, ...] = get_args(Slot)
LABELS = tuple(f"{slot} {side}" for slot in SLOTS for side in ("for", "against"))

_WORD = re.compile(r"(?<![\w'’-])[a-z][a-z-]+")

T = TypeVar("T")


def reply(text: str, findings: Findings) -> tuple[Claim, ...]:
    """The claims of one report with their replies, in the same order."""
    said = {one.id: one for one in findings.attributions}
    holding = {one.within for one in findings.attributions}
    return tuple(
        replace(claim, replies=_replies(text, content_of(claim, findings), said.get(claim.attribution or ""), holding))
        for claim in findings.claims
    )


def content_of(claim: Claim, findings: Findings) -> Content:
    """What the report's findings hold of a claim's content."""
    return Content(
        claim,
        _inside(claim.content, findings.events, lambda one: one.span),
        _inside(claim.content, findings.fillers, lambda one: one.span),
        _inside(claim.content, findings.quantities, lambda one: one.span),
        _inside(claim.content, findings.times, lambda one: one.span),
        _inside(claim.content, findings.mentions, lambda one: one.span),
    )


def _inside(content: Sequence[Span], several: Sequence[T], where: Callable[[T], Span]) -> tuple[T, ...]:
    """Those that begin in the content; `several` are in the order of the text."""
    starts = [where(one).start for one in several]
    return tuple(
        one for span in content for one in several[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
    )


def _replies(text: str, content: Content, said: Attribution | None, holding: set[str | None]) -> tuple[Reply, ...]:
    facts = features(text, content, said, is_holder=said is not None and said.id in holding)
    (weights, least), out = _weights(), []
    for label in LABELS:
        chance = likely(facts, weights.get(label, {}))
        if chance >= least:
            slot, side = label.split()
            is_for = side == "for"
            out.append(Reply(slot, is_for, answer_of(slot, text, content, said), round(chance, 4)))  # type: ignore[arg-type]
    return tuple(out)


def features(text: str, content: Content, said: Attribution | None, *, is_holder: bool) -> dict[str, float]:
    """What speaks for a question: words, cue, events with their roles, counts, times, fillers; each 1 or absent."""
    names = {"bias"}
    for span in content.claim.content:
        names |= {f"word {lemma(word)}" for word in _WORD.findall(text, *span)}
    if said and said.cue:
        names |= {f"cue {lemma(word)}" for word in _WORD.findall(text.lower(), *said.cue)}
    for event in content.events:
        names |= {f"event {event.kind}", *(f"role {event.kind} {role.name}" for role in event.roles)}
        names |= {f"not {event.kind}"} if event.factuality < 0 else set()
    names |= {f"filler {one.role}" for one in content.fillers}
    names |= {f"count {one.fate}" for one in content.quantities}
    names |= {"time"} if content.times else set()
    if said:
        names |= {f"stance {said.stance}", f"certainty {said.certainty}", f"kind {said.kind}"}
    names |= {"holder"} if is_holder else set()
    return dict.fromkeys(sorted(names), 1.0)


def likely(facts: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic of the weighted sum, 0 to 1. The sum is exact: facts come in any order."""
    total = math.fsum(weights.get(name, 0.0) * value for name, value in facts.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) if weights else 0.0


@cache
def _weights() -> tuple[Mapping[str, Mapping[str, float]], float]:
    """By label, and the least chance from which a claim replies."""
    read = json.loads((files("sayso.claims") / "replies.json").read_text(encoding="utf-8"))
    return read["weights"], float(read["least"])
