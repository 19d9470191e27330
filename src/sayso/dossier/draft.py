"""A draft check as one page: each sentence, what it is, and the exact words of the reports that it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from markupsafe import Markup

from sayso.dossier.page import environment, fingerprint
from sayso.dossier.words import count
from sayso.drafts import MEANINGS, Cited, Telling
from sayso.model import Case, DraftCheck, Report, Sentence, Source, Span, Statement, Verdict

HERE = Path(__file__).parent
MOST_CITED = 6
"""Sources of one origin, and claims against, that are shown; the rest are counted."""
AROUND = 240
"""Code points of a report that are shown before and after the words, where its sentences are long."""


@dataclass(frozen=True, slots=True)
class Cite:
    """A claim of a report with its exact words, inside the text around them."""

    cited: Cited
    pieces: tuple[tuple[str, bool], ...]
    """Stretches of the report, and whether they are the claim's words."""
    note: str = ""
    """Why it speaks against the draft."""


@dataclass(frozen=True, slots=True)
class Part:
    """Sources under one heading."""

    head: str
    cites: tuple[Cite, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Row:
    """One statement of a sentence."""

    words: str
    """Empty where it is the whole sentence."""
    reasons: tuple[str, ...]
    advice: str
    """What to do next, "" for nothing."""
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of the draft."""

    number: int
    words: str
    verdict: Verdict
    rows: tuple[Row, ...]
    copied: tuple[str, ...]
    """Publishers of reports in which some of it stands word for word."""

    @property
    def slug(self) -> str:
        """The verdict as a class of the style."""
        return self.verdict.replace(" ", "-")


def compose_check(case: Case, check: DraftCheck) -> str:
    """The check as one HTML page that needs nothing else, and holds no script. `case` has the draft among its reports.

    Text of draft and reports enters as text only: it is escaped, and characters that would turn or hide what stands
    around them are made visible.
    """
    telling = _Pages(case)
    lines = [_line(number, one, check, telling) for number, one in enumerate(check.sentences, 1)]
    counts = {one: sum(line.verdict == one for line in lines) for one in get_args(Verdict)}
    style = "\n".join((HERE / name).read_text("utf-8") for name in ("style.css", "draft.css"))
    policy = f"default-src 'none'; style-src '{fingerprint(style)}'; img-src data:; base-uri 'none'; form-action 'none'"
    return environment().get_template("draft.html.j2").render(
        title=check.report.title or check.report.name or "A draft",
        lines=lines,
        kinds=[(one, one.replace(" ", "-"), counts[one], MEANINGS[one]) for one in counts],
        reports=telling.met(case),
        case=case,
        count=count,
        policy=policy,
        style=Markup(style),  # noqa: S704 (the package's own files)
    )  # fmt: skip


class _Pages:
    """The case, for citing; keeps which reports were cited."""

    def __init__(self, case: Case) -> None:
        self.told = Telling(case)
        self._texts = {report.id: report for report in case.reports}
        self._sentences = {found.report: sorted(found.sentences) for found in case.findings}
        self._cited: set[str] = set()

    def cite(self, source: Source, note: str = "") -> Cite:
        cited = self.told.cite(source)
        self._cited.add(cited.report)
        return Cite(cited, tuple(self._pieces(cited)), note)

    def met(self, case: Case) -> list[tuple[int, Report]]:
        """The reports that were cited, with their numbers."""
        return [(number, one) for number, one in enumerate(case.reports, 1) if one.id in self._cited]

    def publishers(self, reports: Iterable[str]) -> tuple[str, ...]:
        self._cited.update(reports := list(reports))
        return tuple(dict.fromkeys(self._texts[one].publisher or "publisher not recorded" for one in reports))

    def _pieces(self, cited: Cited) -> Iterator[tuple[str, bool]]:
        text, content = self._texts[cited.report].text, cited.content
        holding = [
            one for one in self._sentences[cited.report] if one.start < content[-1].end and one.end > content[0].start
        ]
        start = max(holding[0].start if holding else 0, content[0].start - AROUND)
        end = min(holding[-1].end if holding else len(text), content[-1].end + AROUND)
        at = min(start, content[0].start)
        for span in content:
            yield text[at : span.start], False
            yield text[slice(*span)], True
            at = span.end
        yield text[at : max(end, at)], False


def _line(number: int, one: Sentence, check: DraftCheck, pages: _Pages) -> Line:
    text = check.report.text
    rows = tuple(_row(each, one.span, text, pages) for each in one.statements)
    copied = pages.publishers(dict.fromkeys(report for _, report, _ in one.passages))
    return Line(number, text[slice(*one.span)], one.verdict, rows, copied)


def _row(one: Statement, sentence: Span, text: str, pages: _Pages) -> Row:
    words = " … ".join(text[slice(*span)] for span in one.content)
    is_whole = len(words) >= sentence.end - sentence.start - 1
    return Row("" if is_whole else words, pages.told.reasons(one), pages.told.advice(one), tuple(_parts(one, pages)))


def _parts(one: Statement, pages: _Pages) -> Iterator[Part]:
    against = [pages.cite(each.source, each.reason) for each in one.against[:MOST_CITED]]
    if against:
        yield Part("Against it", tuple(against), len(one.against) - len(against))
    for root in one.roots:
        name = f"{root.name}, in the reporter’s own voice" if root.own else root.name
        yield _part(f"On the word of {name}", root.sources, pages)
    for root in one.also:
        yield _part(f"Not whom the draft names, but: {root.name}", root.sources, pages)
    if one.nearest:
        yield _part("Nearest to it, and not the same", one.nearest, pages)


def _part(head: str, sources: Sequence[Source], pages: _Pages) -> Part:
    shown = tuple(pages.cite(one) for one in sources[:MOST_CITED])
    return Part(head, shown, len(sources) - len(shown))
