"""Which disputed questions a claim speaks to, what it answers, and whether for or against.

    claim ──▶ words, cue, events, counts, times, fillers in it ──▶ for each question: answered for, against, or not
          ──▶ the words that give the answer

Both are learned: the first by logistic regressions (`training/replies.py`, weights in `replies.json`), the second by
weighing candidates (`answers.py`). Words in lower case alone count, so that nobody's name is evidence of anything.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import get_args

from sayso.claims.answers import answer_of
from sayso.claims.content import Content, content_of
from sayso.model import Attribution, Claim, Findings, Reply, Slot
from sayso.words import kind, lemma

SLOTS: tuple[Slot, ...] = get_args(Slot)

_WORD = re.compile(r"(?<![\w'’-])[a-z][a-z-]+")


def reply(text: str, findings: Findings) -> tuple[Claim, ...]:
    """The claims of one report with their replies, in the same order."""
    said = {one.id: one for one in findings.attributions}
    holding = {one.within for one in findings.attributions}
    return tuple(
        replace(claim, replies=_replies(text, content_of(claim, findings), said.get(claim.attribution or ""), holding))
        for claim in findings.claims
    )


def _replies(text: str, content: Content, said: Attribution | None, holding: set[str | None]) -> tuple[Reply, ...]:
    facts = features(text, content, said, is_holder=said is not None and said.id in holding)
    weights, least = _weights()
    out = []
    for slot in SLOTS:
        for is_for in (True, False):
            chance = likely(facts, weights.get(label_of(slot, is_for=is_for), {}))
            if chance >= least:
                span = answer_of(slot, text, content, said, is_for=is_for)
                out.append(Reply(slot, is_for, span, round(chance, 4)))
    return tuple(out)


def label_of(slot: str, *, is_for: bool) -> str:
    """How the weights name a question and a side."""
    return f"{slot} {'for' if is_for else 'against'}"


def features(text: str, content: Content, said: Attribution | None, *, is_holder: bool) -> dict[str, float]:
    """What speaks for a question: words, cue, events with their roles, counts, times, fillers; each 1 or absent."""
    names = {"bias", "own voice" if said is None else "said", *_of_words(text, content)}
    for event in content.events:
        names |= {f"event {event.kind}", *(f"role {event.kind} {role.name}" for role in event.roles)}
        names |= {f"not {event.kind}"} if event.factuality < 0 else set()
    names |= {f"filler {one.role}" for one in content.fillers}
    names |= {f"count {one.fate}" for one in content.quantities}
    names |= {"time"} if content.times else set()
    if said:
        names |= {f"stance {said.stance}", f"certainty {said.certainty}", f"kind {said.kind}"}
        names |= {f"cue {lemma(word)}" for word in _WORD.findall(text[slice(*said.cue)].lower())} if said.cue else set()
    names |= {"holder"} if is_holder else set()
    return dict.fromkeys(sorted(names), 1.0)


def _of_words(text: str, content: Content) -> Iterator[str]:
    for span in content.claim.content:
        for word in _WORD.findall(text, *span):
            yield f"word {lemma(word)}"
            yield f"kind {kind(word)}"


def likely(facts: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logistic of the weighted sum, 0 to 1. The sum is exact: facts come in any order."""
    total = math.fsum(weights.get(name, 0.0) * value for name, value in facts.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) if weights else 0.0


@cache
def _weights() -> tuple[Mapping[str, Mapping[str, float]], float]:
    """By label, and the least chance from which a claim replies."""
    read = json.loads((files("sayso.claims") / "replies.json").read_text(encoding="utf-8"))
    return read["weights"], float(read["least"])
