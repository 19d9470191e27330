"""What a check came to, in words that terminal and page share. Nothing is said to be so or not so."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sayso.kit import in_words
from sayso.model import PUBLISHER_NOT_RECORDED, Case, Claim, Root, Source, Span, Statement, Verdict

MEANINGS: dict[Verdict, str] = {
    "contradicted": "a report denies it or gives another answer",
    "firmer": "firmer than its sources: they hedge it, or give it as somebody’s word",
    "untraced": "nothing like it in the case",
    "single-rooted": "all of it from one origin",
    "traced": "from two or more independent origins",
    "no claim": "nothing to check",
}
"""What each verdict says. None says that a sentence is so, or that it is not."""

SHOWN = 3
"""Names, and claims against, that a line tells of; the rest are counted."""


class Cited(NamedTuple):
    """A claim of the case, as one cites it."""

    report: str
    """Id of the report."""
    number: int
    """The report's number in the case, from 1, as in the dossier."""
    sentence: int
    """The sentence in which its words begin, from 1."""
    publisher: str
    published: str
    title: str
    chain: str
    """Its voices in one line, outermost first."""
    words: str
    """Exactly as they stand in the report, an ellipsis between its spans."""
    content: tuple[Span, ...]


class Telling:
    """The case, for citing claims. Made once."""

    def __init__(self, case: Case) -> None:
        self._reports = {report.id: (number, report) for number, report in enumerate(case.reports, 1)}
        self._claims: dict[str, Claim] = {claim.id: claim for found in case.findings for claim in found.claims}
        self._starts = {found.report: sorted(one.start for one in found.sentences) for found in case.findings}

    def cite(self, source: Source) -> Cited:
        """The report, place and exact words of a source."""
        number, report = self._reports[source.report]
        claim = self._claims[source.claim]
        words = " … ".join(report.text[start:end] for start, end in claim.content)
        return Cited(
            report.id,
            number,
            bisect_right(self._starts[report.id], claim.content[0].start),
            report.publisher or PUBLISHER_NOT_RECORDED,
            report.published,
            report.title,
            in_words(claim.chain, " > "),
            words,
            claim.content,
        )

    def reasons(self, one: Statement) -> tuple[str, ...]:
        """Why a statement has its verdict, and what else to know of it, each in a line."""
        lines = [*self._firmness(one), *self._roots(one), *self._against(one)]
        if one.also:
            names = _listed(root.name for root in one.also)
            lines.append(f"others who say so: {names}" if one.roots else f"not as their word; others say so: {names}")
        if one.verdict == "untraced" and not one.also:
            lines.append("nothing like it in the case")
        return tuple(lines)

    def _firmness(self, one: Statement) -> Iterable[str]:
        if "hedge" in one.dropped:
            yield "firmer than its sources: all of them hedge it"
        if "attribution" in one.dropped:
            names = _listed(root.name for root in one.roots)
            yield f"told as the draft’s own: all sources give it as the word of {names}"

    def _roots(self, one: Statement) -> Iterable[str]:
        if len(one.roots) == 1:
            yield f"one origin: {self._root(one.roots[0])}"
        elif one.roots:
            more = len(one.roots) - SHOWN
            named = "; ".join(self._root(root) for root in one.roots[:SHOWN])
            yield f"{len(one.roots)} origins: {named}" + (f"; and {more} more" if more > 0 else "")

    def _root(self, root: Root) -> str:
        publishers = _listed(self._publisher(one) for one in root.sources)
        if root.own:
            return f"{root.name} in its own voice" + (f" (in {publishers})" if publishers != root.name else "")
        return f"{root.name} (in {publishers})"

    def _against(self, one: Statement) -> Iterable[str]:
        said: dict[str, None] = {}
        for against in one.against:
            claim = self._claims[against.source.claim]
            who = claim.chain[-1].voice if claim.chain else self._publisher(against.source)
            said[f"{who} {against.reason} (in {self._publisher(against.source)})"] = None
        lines = list(said)
        if lines:
            more = len(lines) - SHOWN
            yield "against it: " + "; ".join(lines[:SHOWN]) + (f"; and {more} more" if more > 0 else "")

    def _publisher(self, source: Source) -> str:
        return self._reports[source.report][1].publisher or PUBLISHER_NOT_RECORDED


def _listed(names: Iterable[str]) -> str:
    once: Sequence[str] = list(dict.fromkeys(names))
    more = len(once) - SHOWN
    return ", ".join(once[:SHOWN]) + (f" and {more} more" if more > 0 else "")
