"""Which disputed questions a claim speaks to, what it answers, and whether for or against.

    claim ──▶ its word pieces' states, words, cue, events, counts, times, fillers ──▶ for each question: answered for,
    against, or not (`network.py`) ──▶ the words that give the answer (`answers.py`) ──▶ how sure (`assurance.py`)
    claim ──▶ plain sentence frames (`frames.py`) ──▶ answers that these carry, in the place of the learned ones
    each answer ──▶ the words before it (`turned.py`) ──▶ turned round by "no sign of", unlikely where no deed is told

The first three are learned, by `training/{replies,answers,assurance}.py`: of words those in lower case alone count.
The frames are written, and counted by `training/frames.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from sayso.claims.answers import choose
from sayso.claims.assurance import probability, signs_of
from sayso.claims.content import Content, content_of
from sayso.claims.frames import Framed, framed, likelihood
from sayso.claims.network import States, chances, joined
from sayso.claims.setting import Setting, setting_of, signs_around
from sayso.claims.turned import turned
from sayso.kit import shared
from sayso.model import Attribution, Claim, Findings, Reply, Slot, Span
from sayso.words import kind, lemma

SLOTS: tuple[Slot, ...] = get_args(Slot)

LEAST = 0.08
"""Replies with less of a chance are not kept: hardly one in ten of them would be right."""

_WORD = re.compile(r"(?<![\w'’-])[a-z][a-z-]+")


def reply(text: str, findings: Findings, states: Sequence[States]) -> tuple[Claim, ...]:
    """The claims of one report with their replies, in the same order. `states`: those of each window of the report."""
    said = {one.id: one for one in findings.attributions}
    holding = {one.within for one in findings.attributions}
    whole, setting = joined(states), setting_of(text, findings)
    out = []
    for claim in findings.claims:
        content, one = content_of(claim, findings), said.get(claim.attribution or "")
        facts = facts_of(setting, content, one, is_holder=one is not None and one.id in holding)
        chance = chances(whole, claim, one, facts)
        learned = _replies(text, content, one, chance, facts)
        several = with_frames(tuple(learned), _likely(text, content, one), chance)
        out.append(replace(claim, replies=in_order(turned(text, content, one, several))))
    return tuple(out)


def _replies(
    text: str, content: Content, said: Attribution | None, chance: dict[str, float], facts: Sequence[str]
) -> Iterator[Reply]:
    for slot in SLOTS:
        for is_for in (True, False):
            score = chance.get(label_of(slot, is_for=is_for), 0.0)
            if score >= LEAST:
                chosen = choose(slot, text, content, said, is_for=is_for)
                known = signs_of(slot, chosen, score, facts, is_for=is_for)
                yield Reply(slot, is_for, chosen.span, score, probability(known))


def _likely(text: str, content: Content, said: Attribution | None) -> dict[Framed, float]:
    """What the frames answer, each with how likely that is right."""
    return {one: likelihood(text, one, content) for one in framed(text, content, said)}


def with_frames(
    learned: Sequence[Reply], several: Mapping[Framed, float], chance: Mapping[str, float]
) -> tuple[Reply, ...]:
    """The learned replies, with those of frames in the place of what was learned of the same question and side.

    What was learned of the other side goes too if its words are the same: nobody says both in one breath. A reply of a
    frame is as likely right as the frame is, or as what was learned where that gives the same words.
    """
    known = {(one.slot, one.is_for): one for one in learned}
    likely: dict[tuple[Slot, bool, Span], float] = {}
    for each, sure in several.items():
        name = each.slot, each.is_for, each.span
        likely[name] = max(likely.get(name, 0.0), sure, _learned(known.get(name[:2]), each.span))
    out = [one for one in learned if not any(_gives_way(one, each) for each in several)]
    for (slot, is_for, span), sure in likely.items():
        score = max(chance.get(label_of(slot, is_for=is_for), 0.0), sure)
        out.append(Reply(slot, is_for, span, score, sure))
    return in_order(out)


def in_order(several: Iterable[Reply]) -> tuple[Reply, ...]:
    """In the order of the questions, those for an answer first."""
    return tuple(sorted(several, key=lambda one: (SLOTS.index(one.slot), not one.is_for)))


def _learned(one: Reply | None, span: Span) -> float:
    """How likely a learned reply is right, 0 if it has other words."""
    return one.probability if one and one.span and shared(one.span, span) > 0 else 0.0


def _gives_way(learned: Reply, frame: Framed) -> bool:
    is_same = learned.span is not None and shared(learned.span, frame.span) > 0
    return learned.slot == frame.slot and (learned.is_for == frame.is_for or is_same)


def label_of(slot: str, *, is_for: bool) -> str:
    """How the weights name a question and a side."""
    return f"{slot} {'for' if is_for else 'against'}"


def facts_of(setting: Setting, content: Content, said: Attribution | None, *, is_holder: bool) -> list[str]:
    """What speaks for a question: words, cue, events with roles, counts, times, fillers, surroundings; each once."""
    text = setting.text
    names = {*signs_around(setting, content.claim)}
    names |= {"bias", "own voice" if said is None else "said", *_of_words(text, content)}
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
    return sorted(names)


def _of_words(text: str, content: Content) -> Iterator[str]:
    for span in content.claim.content:
        for word in _WORD.findall(text, *span):
            yield f"word {lemma(word)}"
            yield f"kind {kind(word)}"
