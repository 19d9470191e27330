"""Attribution: who says what, and through whom.

windows ──▶ drafts      source, cue, content of every attribution, nested ones too      drafts.py, decode.py
        ──▶ nested      which attribution stands inside which                           nesting.py
        ──▶ labelled    kind, stance, certainty, manner                                 labels.py
        ──▶ linked      who is meant, and the chain from publisher to speaker           voices.py, chains.py
        ──▶ settled     what kind of voice speaks, the same throughout a report         kinds.py
"""

from __future__ import annotations

from sayso.attribution import chains, kinds, labels, nesting
from sayso.attribution.decode import Heads
from sayso.attribution.drafts import Draft, find
from sayso.kit import identify
from sayso.model import Attribution, Reading, Report


def attribute(report: Report, reading: Reading, heads: Heads) -> tuple[Attribution, ...]:
    """Every attribution of a report, in the order of the text, with its chain."""
    found = find(report.text, reading.windows, heads)
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
                manner=manners[i], score=round(draft.score, 3),
            )
        )  # fmt: skip
    linked = chains.link(report, reading.sentences, tuple(bare)).attributions
    return kinds.settle(report.text, linked, kind_scores)


def _name(report: Report, draft: Draft) -> str:
    return identify("attribution", report.id, draft.source, draft.cue, *draft.content)
