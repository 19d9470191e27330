"""Numbered notes: for each sentence on which a statement rests, its words and where they stand."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from sayso.dossier.index import Place
from sayso.dossier.markup import paragraphs
from sayso.dossier.sayings import Known
from sayso.dossier.words import day
from sayso.kit import locate
from sayso.model import PUBLISHER_NOT_RECORDED, Report, Span


class Note(NamedTuple):
    """One note."""

    number: int
    sentence: str
    """ "" where the report has no sentences."""
    title: str
    where: str
    """Report, publisher, date, page and line or paragraph, sentence."""
    address: str


class Notes:
    """The notes of a dossier, numbered in the order in which they are first asked for. A sentence has one note."""

    def __init__(self, known: Known) -> None:
        """None yet."""
        self._known = known
        self._reports = list(known.reports.values())
        self._claims = [entry.attribution.id for entry in known.index.entries.values()]
        self._numbers: dict[Place, int] = {}
        self._paragraphs: dict[str, list[int]] = {}

    def number(self, place: Place) -> int:
        """The number of a sentence's note."""
        return self._numbers.setdefault(place, len(self._numbers) + 1)

    def of_claim(self, number: int) -> int:
        """The same for the sentence in which an attributed passage begins, by the passage's number."""
        entry = self._known.index.entries[self._claims[number - 1]]
        return self.number(Place(entry.report_number, entry.sentence))

    def sentence_of(self, number: int) -> str:
        """The sentence in which an attributed passage begins."""
        entry = self._known.index.entries[self._claims[number - 1]]
        return self._sentence(Place(entry.report_number, entry.sentence))

    def all(self) -> list[Note]:
        """Every note that was asked for."""
        return [self._note(place, number) for place, number in self._numbers.items()]

    def _sentence(self, place: Place) -> str:
        report, span = self._at(place)
        return report.text[span.start : span.end] if place.sentence else ""

    def _at(self, place: Place) -> tuple[Report, Span]:
        report = self._reports[place.report - 1]
        sentences = self._known.index.sentences[report.id]
        return report, sentences[place.sentence - 1] if place.sentence else Span(0, 0)

    def _note(self, place: Place, number: int) -> Note:
        report, span = self._at(place)
        where = (
            f"report {place.report}",
            report.publisher or PUBLISHER_NOT_RECORDED,
            day(report.published) or "no date recorded",
            *([self._paper(report, span), f"sentence {place.sentence}"] if place.sentence else []),
        )
        return Note(number, self._sentence(place), report.title, ", ".join(where), report.address)

    def _paper(self, report: Report, span: Span) -> str:
        """Page and line where the report has pages, else the paragraph, counted as the page shows them."""
        page, line = locate(report.pages, span.start) or (None, None)
        if page:
            return f"page {page}, line {line}" if line else f"page {page}"
        if report.id not in self._paragraphs:
            self._paragraphs[report.id] = [block.start for block in paragraphs(report.text)]
        return f"paragraph {max(1, bisect_right(self._paragraphs[report.id], span.start))}"
