"""A lineage in words: "Nine reports, one to three independent origins. Everything hangs on …"."""

from __future__ import annotations

from collections.abc import Mapping

from sayso.model import PUBLISHER_NOT_RECORDED, Lineage, Origin

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
"""Numbers that are written out."""

SHOWN = 2
"""Publishers that are named of one origin."""


def in_words(lineage: Lineage, publishers: Mapping[str, str]) -> str:
    """What a question rests on, in a sentence or two. `publishers`: report id to publisher, "" where not recorded."""
    reports = {one.report for testimony in lineage.testimonies for one in testimony.given}
    least, most = written(lineage.low), written(lineage.high)
    bounds = most if lineage.low == lineage.high else f"{least} to {most}"
    several = "origin" if lineage.high == 1 else "origins"
    total = f"{written(len(reports)).capitalize()} {'report' if len(reports) == 1 else 'reports'}"
    told = f"{total}, {bounds} independent {several}."
    if lineage.low == 1 and len(reports) > 1:
        widest = max(lineage.origins, key=lambda one: len(one.reports))  # of equals the first in the case
        sure = "Everything hangs" if lineage.high == 1 else "Everything may hang"
        return f"{told} {sure} on {_who(widest, publishers)}."
    return told


def written(number: int) -> str:
    """A number as it is written in a sentence.

    >>> written(3), written(14)
    ('three', '14')
    """
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def _who(origin: Origin, publishers: Mapping[str, str]) -> str:
    if origin.voice is None:
        return f"the word of {origin.name} alone"
    names = list(dict.fromkeys(publishers.get(one) or PUBLISHER_NOT_RECORDED for one in origin.reports))
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    joined = ", ".join(names[:SHOWN]) if more else " and ".join(names)
    return f"{origin.name}, quoted by {joined}{more}"
