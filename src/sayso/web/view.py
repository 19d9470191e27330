"""Look-ups of one state of the case, each worked out when it is first asked for: the dossier's own, page by page."""

from __future__ import annotations

import re
from collections import defaultdict
from copy import copy
from dataclasses import replace
from functools import cached_property
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup

from sayso import workspace
from sayso.dossier import (
    Weighed,
    brief,
    cast,
    drifts,
    incidents,
    index,
    ledgers,
    measured,
    questions,
    reports,
    summary,
    timeline,
    voices,
)
from sayso.dossier.cast import Member, Names
from sayso.dossier.index import Entry, Index, Place
from sayso.dossier.reports import Pair, Sheet, headline
from sayso.dossier.sayings import Known
from sayso.dossier.voices import Card, Seat
from sayso.kit import fold
from sayso.model import Accounts, Case, Findings, Judgement, Matrix, Question, Report, Span
from sayso.model.novelty import News, Silence
from sayso.web.batches import as_added
from sayso.web.drawing import draw

_LED: Final = re.compile(r"(<a (?:class=pl )?href=)#([ceikqrsv])(\d+)(?:-(\d+))?")
"""A link of the dossier's pieces. No text of a report holds one: there `<` is escaped."""


_PLACED: Final = re.compile(r"href=#(?:s(\d{1,7})-\d|r(\d{1,7}))")
"""A link to a sentence, or to a report."""


class View:
    """One state of the case. Nothing in it changes."""

    def __init__(self, case: Case, *, day: str = "", now: View | None = None, before: View | None = None) -> None:
        self.case = case
        self.worked_out = case
        """The case with all that follows from its judgements; `case` may bear further ones for a moment."""
        self._now = now
        """What the pages show that links lead to, where that is not this: a view of itself would never be freed."""
        self.home = Markup()
        """The first page, once it was drawn."""
        self._matrices: dict[str, Matrix] = {}
        self.day = day
        """The day as of which the case is shown, "" for now."""
        self._before = before.index if before and before.case.findings is case.findings else None
        if before and before.case.reports is case.reports and before.index.sentences == self.index.sentences:
            known = ("folded", "sentences")  # both of the texts alone
            self.__dict__.update((name, before.__dict__[name]) for name in known if name in before.__dict__)

    def is_of(self, now: View) -> bool:
        """Whether this shows, as of a day, what that shows."""
        return self._now is now

    @property
    def is_following(self) -> bool:
        """Whether it is still being worked out what follows from the last judgements."""
        return self.worked_out is not self.case

    def with_judgements(self, made: tuple[Judgement, ...]) -> View:
        """The same look-ups with judgements that stand beside their passages, before it is known what follows."""
        shown = copy(self)
        shown.case = replace(self.case, judgements=(*self.case.judgements, *made))
        for name in ("index", "known", "lapsed"):
            shown.__dict__.pop(name, None)
        shown._matrices = {}  # noqa: SLF001 (its own)
        shown._before = self.index  # noqa: SLF001 (its own)
        return shown

    def warm(self) -> None:
        """Work out what the pages need that show the whole case."""
        _ = self.look, self.brief, self.names, self.folded, self.named, self.sentences

    def warm_more(self) -> None:
        """The same for pages behind the first ones, those first that are quick to work out. Seconds in a large case."""
        _ = self.pairs, self.silences, self.news, self.moments, self.drifts, self.accounts, self.ledgers, self.weighed

    @cached_property
    def index(self) -> Index:
        """Numbers; taken over where only judgements are new."""
        if self._before is not None:
            return index.judged(self._before, self.case.judgements)
        return index.number(self.case)

    @cached_property
    def entries(self) -> list[Entry]:
        """By number, from 1."""
        return list(self.index.entries.values())

    @cached_property
    def reports(self) -> dict[str, Report]:
        """By id."""
        return {report.id: report for report in self.case.reports}

    @cached_property
    def findings(self) -> dict[str, Findings]:
        """By the report's id."""
        return {findings.report: findings for findings in self.case.findings}

    @cached_property
    def cast(self) -> list[str]:
        """Ids of entities, by number from 1."""
        return cast.order(self.case)

    @cached_property
    def known(self) -> Known:
        """What everything needs that says who says so."""
        return Known(self.case, self.index, {identity: n for n, identity in enumerate(self.cast, 1)})

    @cached_property
    def seats(self) -> list[Seat]:
        """The voices, by number from 1."""
        return voices.seats(self.case, self.index)

    def card(self, seat: Seat, *, in_brief: bool = False) -> Card:
        """What is to be said of a voice; `in_brief` without its claims."""
        return voices.card(seat, self.index, in_brief=in_brief)

    @cached_property
    def names(self) -> Names:
        """What is needed to tell of any name."""
        speakers: defaultdict[str, list[int]] = defaultdict(list)
        for seat in self.seats:
            if seat.voice and seat.voice.entity:
                speakers[seat.voice.entity].append(seat.number)
        return Names(self.case, self.index, speakers)

    def member(self, number: int) -> Member:
        """One of the cast, by number from 1."""
        return cast.member(self.names, number)

    def scene(self, number: int) -> incidents.Scene:
        """One incident, by number from 1."""
        return incidents.scene(self.case, number, self.known)

    @cached_property
    def disputes(self) -> questions.Disputes:
        """The questions in dispute."""
        return questions.disputes(self.case, self.known, others=0)

    @cached_property
    def brief(self) -> brief.Brief | None:
        """What is in dispute, in a minute."""
        return brief.brief(self.case, self.disputes, self.known)

    @cached_property
    def look(self) -> summary.Look:
        """The first look."""
        first = self.seats[: summary.MOST_HEARD]  # the others speak less often
        return summary.look(self.case, self.index, [self.card(seat, in_brief=True) for seat in first])

    @cached_property
    def method(self) -> str:
        """What the mark "unsure" is worth."""
        return measured.method()

    @cached_property
    def lapsed(self) -> dict[str, str]:
        """Why judgements that stand meet nothing any more, by their ids."""
        return {one.judgement.id: one.reason for one in workspace.lapsed(self.case)}

    @cached_property
    def days(self) -> list[str]:
        """The days on which reports were published, each once: where the as-of slider can stand, or stands."""
        if self._now:
            return sorted({*self._now.days, self.day})
        return sorted({one.published[:10] for one in self.case.reports if len(one.published) >= len("2031-05-02")})

    @cached_property
    def folded(self) -> list[tuple[Report, str]]:
        """Reports with their texts in the form in which words are looked for."""
        return [(one, fold(f"{one.title} {one.publisher} {one.text}")) for one in self.case.reports]

    @cached_property
    def sentences(self) -> list[tuple[Place, Report, Span, str]]:
        """All sentences, the whole text where a report has none, with the form in which words are looked for."""
        found = []
        for number, report in enumerate(self.case.reports, 1):
            spans = self.index.sentences[report.id] or (Span(0, len(report.text)),)
            first = 1 if self.index.sentences[report.id] else 0
            for n, span in enumerate(spans, first):
                found.append((Place(number, n), report, span, fold(report.text[span.start : span.end])))
        return found

    @cached_property
    def named(self) -> list[str]:
        """The spellings of each of the cast in the form in which words are looked for, by number from 1."""
        return [fold(" ".join(one.spellings)) for one in self.names.met]

    @cached_property
    def asked(self) -> dict[str, Question]:
        """The questions, by id, in the order of the case: those in dispute first."""
        return {one.id: one for one in sorted(self.case.questions, key=lambda one: not one.disputed)}

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Of the questions, by id: under these they are led to."""
        return {name: number for number, name in enumerate(self.asked, 1)}

    @cached_property
    def accounts(self) -> Accounts:
        """Who is held responsible by whom, legal states, contested words."""
        return workspace.draw_up(self.case)

    @cached_property
    def ledgers(self) -> ledgers.Ledgers:
        """The same as the page shows it, all of it."""
        return ledgers.ledgers(self.accounts, self.known, None)

    @cached_property
    def moments(self) -> timeline.Lines:
        """When it happened beside when it was said: what most reports tell of."""
        return timeline.lines(self.case, self.known)

    @cached_property
    def weighed(self) -> Weighed:
        """What is left of each answer, and what that assumes."""
        return Weighed(workspace.weigh(self.case, accounts=self.accounts), assumed=workspace.assumed())

    @cached_property
    def drifts(self) -> drifts.Drifts:
        """What changed on the way, all of it."""
        return drifts.drifts(workspace.drift(self.case), self.known, None)

    @cached_property
    def pairs(self) -> list[Pair]:
        """Which report has words from which."""
        return reports.pairs(self.case, self.index)

    @cached_property
    def silences(self) -> tuple[Silence, ...]:
        """Who did not speak to a question that others answered."""
        return workspace.silences(self.case)

    @cached_property
    def news(self) -> dict[str, News]:
        """By report what it added to what was known when it was taken in."""
        return {one.report: one for one in as_added(self.case)}

    def matrix(self, question: str) -> Matrix | None:
        """The matrix of a question, worked out once; None where the case has no such question."""
        if question not in self._matrices and question in {one.id for one in self.case.questions}:
            self._matrices[question] = workspace.matrices(self.case, main=(question,))[0]
        return self._matrices.get(question)

    def sheet(self, report: str) -> Sheet:
        """One report with its text marked; every sentence has an id."""
        number, sentences = self.index.reports[report], self.index.sentences[report]
        places = {Place(number, n) for n in range(1, len(sentences) + 1)}
        return reports.sheets(self.case, self.index, places, only=report)[0]

    def led(self, html: str) -> Markup:
        """The dossier's pieces with links to the pages of the workspace; for paper, the reports behind them."""
        told = Markup(_LED.sub(self._lead, html))  # noqa: S704 (rendered here, with everything escaped)
        numbers = sorted({int(one or other) for one, other in _PLACED.findall(html)})
        reports = [(n, self.case.reports[n - 1]) for n in numbers if n <= len(self.case.reports)]
        return told + draw("cited", reports=[(n, one, headline(one)) for n, one in reports]) if reports else told

    def _lead(self, link: re.Match[str]) -> str:
        head, kind, number, sentence = link[1], link[2], int(link[3]), link[4]
        return f'{head}"{self.address(kind, number, sentence or "")}"'

    def address(self, kind: str, number: int, sentence: str = "") -> str:
        """Where the page's numbered thing stands: as in the dossier, `c` is a claim, `s` a sentence, `e` a name."""
        if kind in "cq":
            entry = (self._now or self).index.entries[self.entries[number - 1].attribution.id]
            return f"/reports/{entry.report.id}#{kind}{entry.number}"
        if kind in "rs":
            name = self.case.reports[number - 1].id
            return f"/reports/{name}" + (
                f"#s{(self._now or self).index.reports[name]}-{sentence}" if kind == "s" else ""
            )
        if kind == "e":
            return self._name(self.cast[number - 1])
        if kind == "v":
            seat = self.seats[number - 1]
            if self._now:
                return f"/voices?{urlencode({'q': seat.name})}"
            return f"/voices/{seat.voice.id if seat.voice else number}"
        return f"/incidents/{number}" if kind == "i" else self._question(number)

    def _question(self, number: int) -> str:
        day = f"?day={self.day}" if self.day else ""
        return f"/weights/{list(self.asked)[number - 1]}{day}"

    def _name(self, identity: str) -> str:
        """Where a name is shown. As of a day it may have been another's: then it is looked for."""
        if self._now is None or identity in self._now.known.cast:
            return f"/names/{identity}"
        return f"/names?{urlencode({'q': self.known.names[identity]})}"
