"""Where words stand in the texts of a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sayso.dossier.index import Place
from sayso.kit import fold
from sayso.model import Span
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
    for number, (report, folded) in enumerate(view.folded, 1):
        if not all(word in folded for word in wanted):
            continue
        for place, span in _sentences(view, report.id, number):
            sentence = report.text[span.start : span.end]
            core = fold(sentence)
            if all(word in core for word in wanted):
                yield Hit(place, sentence, report.publisher, report.published)


def _sentences(view: View, report: str, number: int) -> Iterator[tuple[Place, Span]]:
    sentences = view.index.sentences[report]
    if not sentences:
        yield Place(number, 0), Span(0, len(view.reports[report].text))
    for place, span in enumerate(sentences, 1):
        yield Place(number, place), span
