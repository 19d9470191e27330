"""The pages on what accounts rest on: who echoes whom, what changed on the way, what is left of each answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from markupsafe import Markup

from sayso.dossier import origins, questions, weighed
from sayso.web.drawing import draw
from sayso.web.pages import Missing, Query, stretch
from sayso.web.view import View

PAIRS: Final = 20
OPEN: Final = 5
"""Pairs that are open when the page comes."""
CHANGES: Final = 30
CHAINS: Final = 3


def echoes(view: View, query: Query) -> Markup:
    """Which report has words from which, side by side."""
    some, part = stretch(view.pairs, query, PAIRS)
    return view.led(draw("echoes", view=view, pairs=some, part=part, opened=OPEN))


def changed(view: View, query: Query) -> Markup:
    """What changed on the way, all of it or of one kind."""
    kind = query.get("kind", "")
    found = view.drifts
    kind = kind if kind in dict(found.counts) else ""
    some, part = stretch([one for one in found.shown if kind in {"", one.kind}], query, CHANGES)
    return view.led(draw("drift", view=view, changes=some, part=part, kind=kind, counts=found.counts))


def weights(view: View, query: Query) -> Markup:
    """What each question rests on, in a sentence."""
    sentences = {one.question: one.sentence for one in view.weighed.weighings}
    some, part = stretch(list(view.asked.values()), query)
    rows = [(one.id, *one.text.partition(" (")[::2], one.disputed, sentences.get(one.id, "")) for one in some]
    return view.led(draw("weights", view=view, rows=rows, part=part))


def weight(view: View, question: str) -> Markup:
    """One question: its answers, on whom they rest, what is left of each, and what hangs on what."""
    asked = view.asked.get(question)
    if asked is None:
        missing = "The case has no such question now: new reports and judgements change what is asked."
        raise Missing(f"On {view.day} this was no question yet." if view.day else missing)
    found = questions.disputes(replace(view.case, questions=(asked,)), view.known)
    computed = weighed.weighed(view.case, view.weighed, view.known, [question]).get(question)
    if computed and computed.rests and computed.rests.more:
        lineage = next(one for one in view.case.lineages if one.question == question)
        whole = replace(computed.rests, roll=origins.roll(asked, lineage, view.known))
        computed = replace(computed, rests=whole)
    one = (*found.disputed, *found.others)[0]
    return view.led(
        draw("weight", view=view, q=one, computed=computed, assumed=view.weighed.assumed, few=CHAINS)
    )  # fmt: skip
