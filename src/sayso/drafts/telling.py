"""What a check came to, in words that terminal and page share. Nothing is said to be so or not so."""

from __future__ import annotations

import re
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

_QUOTED = re.compile(r"[“\"]([^“”\"]{8,600})[”\"]")
"""What stands in quotation marks and is longer than a word."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")

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
        lines = [*self._firmness(one), *self._quoted(one), *self._roots(one), *self._against(one)]
        if one.also:
            names = _listed(root.name for root in one.also)
            lines.append(f"others who say so: {names}" if one.roots else f"not as their word; others say so: {names}")
        if one.verdict == "untraced" and not one.also:
            lines.append("nothing like it in the case")
        return tuple(lines)

    def advice(self, one: Statement) -> str:
        """What its author can do about a statement, "" where nothing need be done."""
        if one.verdict == "contradicted":
            return "say that it is disputed, and who says otherwise"
        if one.verdict == "firmer":
            name = _listed(root.name for root in one.roots)
            back = "put the hedge back" if "hedge" in one.dropped else ""
            given = f"give it as the word of {name}" if "attribution" in one.dropped else ""
            return ", and ".join(part for part in (back, given) if part)
        if one.verdict == "untraced":
            nearest = "compare it with the nearest words" if one.nearest else "say where it comes from, or take it out"
            return "give it as the word of those who say it" if one.also else nearest
        if one.verdict == "single-rooted":
            return ("say also who says otherwise, and " if one.against else "") + "find somebody else who can know"
        return "say also who says otherwise" if one.against else ""

    def _quoted(self, one: Statement) -> Iterable[str]:
        """Words in quotation marks that no report has that says the same."""
        mine = self._reports[self._claims[one.claim].report][1].text
        sources = [each for root in (*one.roots, *one.also) for each in root.sources] or list(one.nearest)
        texts = [_plain(self._reports[each.report][1].text) for each in sources]
        for span in one.content:
            for found in _QUOTED.finditer(mine, max(0, span.start - 1), span.end + 1):
                if texts and not any(_plain(found[1]) in text for text in texts):
                    yield f"quoted otherwise: no report that is like it has the words “{found[1]}”"

    def _firmness(self, one: Statement) -> Iterable[str]:
        if "hedge" in one.dropped:
            yield "firmer than its sources: all of them hedge it"
        if "attribution" in one.dropped:
            names = _listed(root.name for root in one.roots)
            yield f"told as the draft’s own: all sources give it as the word of {names}"

    def _roots(self, one: Statement) -> Iterable[str]:
        if len(one.roots) == 1:
            reports = len({each.report for each in one.roots[0].sources})
            whole = "" if reports == 1 else f"{'both' if reports == 2 else f'all {reports}'} reports go back to "
            yield f"one origin: {whole}{self._root(one.roots[0])}"
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


def _plain(text: str) -> str:
    """Its words alone, in lower case."""
    return " ".join(_WORD.findall(text.replace("’", "'").casefold()))


def _listed(names: Iterable[str]) -> str:
    once: Sequence[str] = list(dict.fromkeys(names))
    more = len(once) - SHOWN
    return ", ".join(once[:SHOWN]) + (f" and {more} more" if more > 0 else "")
