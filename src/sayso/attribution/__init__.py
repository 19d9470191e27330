"""Attribution: who says what, and through whom.

windows ──▶ drafts      source, cue, content of every attribution, nested ones too      drafts.py, decode.py
        ──▶ nested      which attribution stands inside which                           nesting.py
        ──▶ labelled    kind, stance, certainty, manner                                 labels.py
        ──▶ linked      who is meant, and the chain from publisher to speaker           voices.py, chains.py
        ──▶ settled     what kind of voice speaks, the same throughout a report         kinds.py
        ──▶ judged      how likely each is right, alone and with its whole chain        probability.py
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sayso.attribution import chains, kinds, labels, nesting, probability
from sayso.attribution.decode import Heads
from sayso.attribution.drafts import NOTHING, Draft, find
from sayso.attribution.probability import Settled
from sayso.kit import identify
from sayso.model import Attribution, Change, Findings, Reading, Report, Span


def attribute(report: Report, reading: Reading, heads: Heads) -> tuple[Attribution, ...]:
    """Every attribution of a report, in the order of the text, with its chain and how likely both are right."""
    return probability.judge(settle(report, reading.sentences, find(report.text, reading.windows, heads)))


def settle(report: Report, sentences: tuple[Span, ...], found: Sequence[Draft]) -> Settled:
    """The attributions of these drafts, in the same order, without their probabilities, and what those rest on."""
    holders = nesting.holders(found)
    names = [_name(report, draft) for draft in found]
    manners = labels.manners(report.text, found, holders)
    bare, kind_scores = [], {}
    for i, draft in enumerate(found):
        holder = holders[i]
        kind, stance, certainty = labels.read(report.text, draft)
        if len(draft.labels):
            kind_scores[names[i]] = labels.kind_scores(draft)
        bare.append(
            Attribution(
                id=names[i], report=report.id, source=draft.source, cue=draft.cue, content=draft.content,
                within=None if holder is None else names[holder], kind=kind, stance=stance, certainty=certainty,
                manner=manners[i],
            )
        )  # fmt: skip
    linked, meant = chains.link(report, sentences, tuple(bare))
    settled = kinds.settle(report.text, linked, kind_scores)
    evidence = {name: draft.evidence for name, draft in zip(names, found, strict=True)}
    return Settled(report.text, {one.id: one for one in settled}, evidence, meant)


def _name(report: Report, draft: Draft) -> str:
    return identify("attribution", report.id, draft.source, draft.cue, *draft.content)


def complete(report: Report, findings: Findings, change: Change) -> Attribution:
    """What the rules make of an attribution that a person added at these spans, among those that the program found.

    Its chain, kind, stance, certainty, manner and hearer are read off the words, without the encoder.
    """
    unread = np.zeros(labels.SCORES, dtype=np.float32)
    drafts = [Draft(one.source, one.cue, one.content, NOTHING, unread) for one in findings.attributions]
    drafts.append(Draft(change.source, change.cue, change.content, NOTHING, unread))
    settled = settle(report, findings.sentences, drafts)
    return settled.attributions[identify("attribution", report.id, change.source, change.cue, *change.content)]
