"""Names of places by their whole: "Camp Orr", where "Camp" alone was taken for the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sayso.model import Mention

BEFORE_A_PLACE = frozenset({"camp", "fort", "port", "mount", "lake", "cape", "hotel", "villa", "isle", "point", "gulf"})
"""Words with which the name of a place begins, and which alone name none."""


def as_places(text: str, mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The mentions, with "Camp Orr" a place where "Camp" was taken for one and the whole for a person."""
    several = sorted(mentions)
    begun = {
        one.span.start
        for one in several
        if one.kind == "place" and text[one.span.start : one.span.end].casefold() in BEFORE_A_PLACE
    }
    longest = {
        one.span.start: one.span for one in sorted(several, key=lambda one: one.span.end) if one.wording == "name"
    }
    for one in several:
        if one.span.start not in begun or one.wording != "name":
            yield one
        elif one.span == longest[one.span.start]:
            yield one._replace(kind="place")
