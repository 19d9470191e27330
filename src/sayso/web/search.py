"""Where words stand in the texts of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sayso.dossier.index import Place
from sayso.kit import fold
from sayso.web.view import View

MOST: Final = 100
"""Sentences that are shown."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that has the words."""

    place: Place
    sentence: str
    publisher: str
    published: str


@dataclass(frozen=True, slots=True)
class Hits:
    """What a search gave."""

    shown: tuple[Hit, ...]
    sentences: int
    reports: int


def search(view: View, words: str) -> Hits:
    """The sentences that have all the words, whatever their case and accents, in the order of the case."""
    wanted = fold(words).split()
    found = list(_hits(view, wanted)) if wanted else []
    return Hits(tuple(found[:MOST]), len(found), len({hit.place.report for hit in found}))


def _hits(view: View, wanted: list[str]) -> Iterator[Hit]:
    for place, report, span, core in view.sentences:
        if all(word in core for word in wanted):
            yield Hit(place, report.text[span.start : span.end], report.publisher, report.published)
