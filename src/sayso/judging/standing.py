"""Which judgement stands on each thing: the last that was not taken back."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.model import Change, Judgement

UNDONE = "undone"
RETRACTED = "retracted"
"""Of a report or voice: it was taken back by who said it. Older cases have it of attributions too, in the sense of
`UNDONE`; there it changes nothing and shows nobody's look."""

CHECKED = frozenset({"accepted", "rejected", "corrected", "added"})
"""Verdicts that show that a person looked at the very passage."""


def standing(judgements: Iterable[Judgement]) -> dict[str, Judgement]:
    """The last judgement on each thing, by what it is about, in the order of these things' first ones.

    `judgements` in the order in which they were recorded. Each "undone" takes back the last one on its thing that still
    stands, so that the one before stands again. Those that have two `names` or more are left out: the rooms `names` and
    `hypotheses` read them.
    """
    kept: dict[str, list[Judgement]] = {}
    for one in judgements:
        if len(one.names) > 1:
            continue
        several = kept.setdefault(one.about, [])
        if one.verdict != UNDONE:
            several.append(one)
        elif several:
            several.pop()
    return {about: several[-1] for about, several in kept.items() if several}


def altering(judgements: Iterable[Judgement]) -> list[tuple[str, str, Change | None]]:
    """What stands of those that change more than a mark: on what, the verdict, what is set. The same, the same case."""
    gone = {"rejected", RETRACTED}
    stands = sorted(standing(judgements).items())
    known = [(about, one.verdict if one.verdict in gone else "", one.change) for about, one in stands]
    return [one for one in known if one[1] or one[2]]
