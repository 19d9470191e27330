"""Where the rooms meet: what becomes of one report, and what becomes of all of them.

report ──▶ read ──▶ attribute ──▶ state ──▶ Findings           one at a time, in any order, in any process
reports, findings ──▶ resolve, group, pose, order, trace ──▶ Case           all together, in one fixed order
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol

from sayso.kit import Memory, last_day
from sayso.model import (
    Accounts,
    Case,
    Caveat,
    DraftCheck,
    Drift,
    Echo,
    File,
    Findings,
    Joined,
    Judgement,
    Lineage,
    Question,
    Report,
    Weighing,
)
from sayso.model.novelty import Ask, Silence
from sayso.model.weighing import Stand

if TYPE_CHECKING:
    from sayso.attribution.decode import Heads
    from sayso.claims.network import States
    from sayso.model import Window
    from sayso.reading import Found, Run
    from sayso.reading.pieces import Tokenize
    from sayso.reading.side import SideHeads
    from sayso.weighing import Assumptions

DEFAULT_LIMIT = 5_000_000
"""Characters of a report that are read. What stands behind them is kept and named in a caveat."""

AT_ONCE = 16
"""Windows that are looked at together: many at once are quicker, few stand in memory."""

ECHO_VERSION = "echoes 3"
"""Changes when `trace` would give other echoes for the same reports."""


AS_OF = "as-of"
"""Kind of the caveat on a case as it was known on a day."""

READ_LANGUAGES = frozenset({"en", ""})
"""ISO 639-1. A text that is too short to tell its language is read."""


class Encoder(Protocol):
    """What reading and attribution need of the model; `sayso.encoder` has it."""

    @property
    def tokenize(self) -> Tokenize:
        """Text to word pieces."""

    @property
    def run(self) -> Run:
        """Word pieces to scores."""

    @property
    def heads(self) -> Heads:
        """The weights that turn scores into attributions."""

    @property
    def side(self) -> SideHeads:
        """The weights that turn scores into mentions and events."""


def read_report(report: Report, encoder: Encoder, limit: int = DEFAULT_LIMIT) -> Findings:
    """Everything that one report gives on its own. The same report always gives the same findings.

    A report in a language that the reader does not know gives nothing: intake has put a caveat on it.
    """
    from sayso import attribution, claims, reading, words
    from sayso.reading.events import Words

    if report.language not in READ_LANGUAGES:
        return Findings(report.id)

    read = reading.read(report, encoder.tokenize, encoder.run, limit=limit)
    found: list[Found] = []
    states: list[States] = []

    def noted() -> Iterator[Window]:
        windows = iter(read.windows)
        while some := tuple(islice(windows, AT_ONCE)):
            found.extend(reading.find(report.text, some, encoder.side))
            states.extend(claims.project(some))
            yield from some

    attributions = attribution.attribute(report, replace(read, windows=noted()), encoder.heads)
    who_and_what = reading.note(report, read.sentences, found, Words(words.lemma, words.kind))
    stated = claims.state(report, read.sentences, attributions, who_and_what.events)
    found_in_all = Findings(report.id, read.sentences, attributions, stated, read.caveats, *who_and_what)
    return replace(found_in_all, claims=claims.reply(report.text, found_in_all, states))


def assemble(
    reports: tuple[Report, ...],
    findings: tuple[Findings, ...],
    *,
    caveats: tuple[Caveat, ...] = (),
    judgements: tuple[Judgement, ...] = (),
    files: tuple[File, ...] = (),
    joined: Joined | None = None,
) -> Case:
    """A case of these reports, the same in whatever order they come; without echoes, which `trace` finds.

    `joined` is what was worked out before for just these; without it, it is worked out now.

    Caveats about a report go to its findings, all others to the case. A report without findings gets empty ones and a
    caveat that says so.
    """
    from sayso import lineage

    ordered = tuple(sorted(reports, key=lambda one: (one.published == "", one.published, one.publisher, one.id)))
    known = {report.id for report in reports}
    about: defaultdict[str, list[Caveat]] = defaultdict(list)
    for caveat in caveats:
        about[caveat.about if caveat.about in known else ""].append(caveat)
    found = {each.report: each for each in findings}
    merged = tuple(_with_caveats(report, found.get(report.id), about[report.id]) for report in ordered)
    judged = _judged(ordered, merged, judgements)
    joined = joined or _join(ordered, judged, judgements)
    return Case(
        reports=ordered,
        findings=judged,
        before=_before(merged, judged),
        voices=joined.voices,
        versions=lineage.compare(ordered),
        judgements=judgements,
        caveats=_in_order(about[""]),
        files=tuple(sorted(files, key=attrgetter("name", "sha256"))),
        entities=joined.entities,
        incidents=joined.incidents,
        questions=joined.questions,
        moments=joined.moments,
    )


def resolve_again(
    case: Case, judgements: tuple[Judgement, ...], *, disputed: bool = True, memory: Memory | None = None
) -> Case:
    """The same case with these judgements: who is who comes out as if they had been there from the start.

    `disputed` False leaves names apart wherever something speaks against joining them. A `memory` of earlier calls
    spares work, and changes nothing else.
    """
    read = as_read(case)
    judged = _judged(case.reports, read, judgements)
    found = _join(case.reports, judged, judgements, disputed=disputed, memory=memory)
    again = replace(
        case,
        findings=judged,
        before=_before(read, judged),
        entities=found.entities,
        voices=found.voices,
        incidents=found.incidents,
        questions=found.questions,
        moments=found.moments,
        judgements=judgements,
    )
    return account(again, memory)


def rejudge(case: Case, judgements: tuple[Judgement, ...], memory: Memory | None = None) -> Case:
    """The same case with these judgements, as if they had been there from the start.

    Where they alter nothing but a mark, as an acceptance does, nothing else is worked out again.
    """
    from sayso import judging

    marked = judging.altering(judgements) == judging.altering(case.judgements)
    if marked and _of_others(judgements) == _of_others(case.judgements):
        return replace(case, judgements=judgements)
    return resolve_again(case, judgements, memory=memory)


def _of_others(judgements: tuple[Judgement, ...]) -> list[Judgement]:
    """Those that are on names and origins, not on attributions, reports or voices."""
    return [one for one in judgements if len(one.names) == 2]


def account(case: Case, memory: Memory | None = None) -> Case:
    """The same case with its accounts and lineages: what rests on its echoes too, which have no origin of their own."""
    from sayso import accounts, lineage, questions

    lead = {name: one.id for name, one in questions.leaders(case.incidents).items()}
    counted = replace(case, findings=_counted(case))
    return replace(case, tolls=accounts.toll(counted, lead, memory), lineages=lineage.root(counted, memory))


def as_read(case: Case) -> tuple[Findings, ...]:
    """The findings as the program alone has them, whatever people decided, in the order of the reports."""
    before = {one.report: one for one in case.before}
    return tuple(before.get(one.report, one) for one in case.findings)


def joined_of(case: Case) -> Joined:
    """What only all its reports together show, to be kept."""
    return Joined(case.entities, case.voices, case.incidents, case.questions, case.moments)


def as_of(case: Case, day: date) -> Case:
    """What was known on a day: only the reports published on it or before, everything joined again.

    Reports whose day of publication is not known are left out, and so is one of which only a month or year is known
    that ends later; a caveat counts them. Judgements stay, whenever they were made.
    """
    last = {report.id: last_day(report.published) for report in case.reports}
    kept = tuple(report for report in case.reports if (published := last[report.id]) and published <= day)
    names, files = {report.id for report in kept}, {report.file for report in kept}
    told = assemble(
        kept,
        tuple(one for one in as_read(case) if one.report in names),
        caveats=(*case.caveats, *_left_out(last, day)),
        judgements=case.judgements,
        files=tuple(file for file in case.files if file.sha256 in files),
    )
    echoes = tuple(echo for echo in case.echoes if echo.copy in names and echo.original in names)
    return account(replace(told, reader=case.reader, echoes=echoes))


def _left_out(last: Mapping[str, date | None], day: date) -> Iterator[Caveat]:
    undated = sum(published is None for published in last.values())
    later = sum(published is not None and published > day for published in last.values())
    message = f"What was known on {day.isoformat()}: {_reports(later)} of a later day left out"
    more = f", and {_reports(undated)} whose day of publication is not known" if undated else ""
    yield Caveat("as of a day", AS_OF, f"{message}{more}.")


def _reports(number: int) -> str:
    return "1 report" if number == 1 else f"{number} reports"


def _join(
    reports: tuple[Report, ...],
    findings: tuple[Findings, ...],
    judgements: tuple[Judgement, ...],
    *,
    disputed: bool = True,
    memory: Memory | None = None,
) -> Joined:
    from sayso import incidents, judging, names, questions, timeline

    findings = judging.counted(findings, judgements)
    entities, voices = names.resolve(reports, findings, judgements, disputed=disputed, memory=memory)
    findings = judging.without_voices(findings, judging.retracted_voices(voices, judgements))
    found = incidents.group(reports, findings, entities, memory)
    posed = questions.pose(reports, findings, entities, voices, found, memory=memory)
    moments = timeline.order(reports, findings, entities, voices, found, memory=memory)
    return Joined(entities, voices, found, posed, moments)


def draw_up(case: Case) -> Accounts:
    """The ledgers of a case: responsibility, legal status, contested words. Worked out when asked for, never kept."""
    from sayso import accounts

    return accounts.draw_up(replace(case, findings=_counted(case)))


def weigh(
    case: Case, *, accounts: Accounts | None = None, assumptions: Assumptions | None = None
) -> tuple[Weighing, ...]:
    """What is said on each question, weighed. Worked out when asked for, never kept.

    Who speaks for or against themselves stands in the ledger of responsibility: in `accounts`, else it is drawn up.
    """
    from sayso import weighing

    return weighing.weigh(
        case.questions,
        case.lineages,
        case.findings,
        responsibilities=(accounts or draw_up(case)).responsibilities,
        assumptions=assumptions or weighing.DEFAULTS,
    )


def drift(case: Case) -> tuple[Drift, ...]:
    """What changed on the way from origins to reports. Worked out when asked for, never kept."""
    from sayso import lineage

    return lineage.drift(replace(case, findings=_counted(case)))


def silences(case: Case) -> tuple[Silence, ...]:
    """Who did not speak to a question that others answered. Worked out when asked for, never kept."""
    from sayso import novelty

    return novelty.silences(case, _counted(case))


def stand(case: Case, *, assumptions: Assumptions | None = None) -> tuple[Stand, ...]:
    """How the answers stand, as `weigh` has it, without what hangs on what: quicker."""
    from sayso import accounts, weighing

    held = accounts.held_responsible(replace(case, findings=_counted(case)))
    table = assumptions or weighing.DEFAULTS
    return weighing.stand(case.questions, case.lineages, case.findings, responsibilities=held, assumptions=table)


def ask(case: Case, *, assumptions: Assumptions | None = None) -> tuple[Ask, ...]:
    """Whose answer to an open question would change most, the best first. Worked out when asked for, never kept."""
    from sayso import novelty, weighing

    table = assumptions or weighing.DEFAULTS
    whom = novelty.whom(silences(case))
    return weighing.ask(case.questions, case.lineages, stand(case, assumptions=table), whom, assumptions=table)


def _judged(
    reports: tuple[Report, ...], findings: tuple[Findings, ...], judgements: tuple[Judgement, ...]
) -> tuple[Findings, ...]:
    """The findings as people corrected them."""
    from sayso import attribution, claims, judging

    return judging.apply(reports, findings, judgements, settle=attribution.complete, state=claims.state)


def _before(read: tuple[Findings, ...], judged: tuple[Findings, ...]) -> tuple[Findings, ...]:
    return tuple(one for one, now in zip(read, judged, strict=True) if one is not now)


def _counted(case: Case) -> tuple[Findings, ...]:
    """Findings without what was rejected or taken back."""
    from sayso import judging

    findings = judging.counted(case.findings, case.judgements)
    return judging.without_voices(findings, judging.retracted_voices(case.voices, case.judgements))


def check_draft(
    case: Case, draft: Report, found: Findings, *, step: Callable[[int, int], None] | None = None
) -> tuple[Case, DraftCheck]:
    """Where each sentence of a draft comes from in a case; before it the case with the draft as one of its reports.

    That case is for looking at, not for keeping: the draft is no report, and stands last whatever its day. `step` is
    told of how many sentences are done, and of how many.
    """
    from sayso import drafts, lineage

    def rooted(asked: tuple[Question, ...]) -> tuple[Lineage, ...]:
        # Beside the case's own questions: who is one with whom shows in all of them.
        return lineage.root(replace(case, questions=(*case.questions, *asked)))[len(case.questions) :]

    counted = replace(case, findings=_counted(case))
    near = drafts.nearest(counted, draft, found)
    few = _with_draft(counted, near, draft, found)
    told = few if len(near) == len(case.reports) else drafts.place(counted, few, draft)
    return told, drafts.check(told, draft.id, rooted, step=step)


def _with_draft(case: Case, near: frozenset[str], draft: Report, found: Findings) -> Case:
    """A case of these reports and a draft."""
    from sayso import incidents, names, questions

    reports = (*(one for one in case.reports if one.id in near), draft)
    findings = (*(one for one in case.findings if one.report in near), found)
    entities, voices = names.resolve(reports, findings, case.judgements)
    grouped = incidents.group(reports, findings, entities)
    posed = questions.pose(reports, findings, entities, voices, grouped)
    return Case(
        reports,
        findings,
        voices,
        trace(reports),
        judgements=case.judgements,
        entities=entities,
        incidents=grouped,
        questions=posed,
    )


def trace(reports: tuple[Report, ...]) -> tuple[Echo, ...]:
    """Who echoes whom among these reports, the same in whatever order they come.

    A later version of the same address is no echo of the earlier one.
    """
    from sayso import lineage

    return lineage.trace(reports)


def _with_caveats(report: Report, findings: Findings | None, caveats: list[Caveat]) -> Findings:
    if findings is None:
        message = "This report has not been read by the program yet. Add it to the case again with `sayso read`."
        return Findings(report.id, caveats=_in_order([*caveats, Caveat(report.id, "unread", message)]))
    return replace(findings, caveats=_in_order([*caveats, *findings.caveats]))


def _in_order(caveats: list[Caveat]) -> tuple[Caveat, ...]:
    return tuple(sorted(set(caveats), key=attrgetter("about", "kind", "message")))
