"""Who is who, over all reports of a case: one person, group or place under all its spellings, and who speaks.

    forms, matching    what a name says by itself; whether two are spellings of one
    cutting            which words of a mention are the name
    within             one report: names, short forms, acronyms, "also known as", descriptions beside a name
    across, clusters   all reports: ties between names, and clusters that hold no two that exclude each other
    judged             what people have said of two names
    entities, voices   the records that come of it, with the reasons

Names are rather left apart than thrown together. Never joined are

    - names that share only a family name ("Okonte" where no report says whether Dara or Lena Okonte is meant)
    - names with other first names, numbers, genders, generations ("Jr."), or of other kinds
    - descriptions of the unnamed ("two officials") of different reports: they may be anybody
    - speakers whom the text does not give, and publishers nobody recorded, of different reports
    - what a person has set apart

What is joined though something speaks against it is disputed: results can be had without such joinings, too. What is
not joined though something speaks for it is shown as open, for a person to decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from operator import attrgetter

from sayso.kit import Memory, fold
from sayso.model import Entity, Findings, Judgement, Mention, Report, Voice
from sayso.names.across import Cast, bring_together
from sayso.names.cutting import standing_alone
from sayso.names.entities import entities
from sayso.names.forms import plain_name
from sayso.names.judged import APART, RETRACTED, SAME, Verdict, cores, pair_of, standing
from sayso.names.records import Sheet, Speaker
from sayso.names.voices import Heard, Utterance, speakers, utterances, voices
from sayso.names.within import read

__all__ = ["APART", "RETRACTED", "SAME", "cores", "pair_of", "plain_name", "resolve"]


_Named = tuple[str, tuple[Mention, ...], tuple[Speaker, ...]]
"""A report's id, its mentions, and who speaks in it by name."""


def resolve(
    reports: tuple[Report, ...],
    findings: tuple[Findings, ...],
    judgements: tuple[Judgement, ...] = (),
    *,
    disputed: bool = True,
    memory: Memory | None = None,
) -> tuple[tuple[Entity, ...], tuple[Voice, ...]]:
    """All entities, by how many reports name them, then name; and all voices, by how often they speak, then name.

    The order of reports and findings does not matter, but for the order of an entity's mentions, which is that of the
    reports. Findings of reports that are not given are passed over. `disputed` False leaves apart what something
    speaks against joining. With a `memory`, names are brought together anew only where another is met or judged.
    """
    memory = memory or Memory(keeps=False)
    known = {report.id: report for report in reports}
    read_ones = sorted((each for each in findings if each.report in known), key=attrgetter("report"))
    said = {each.report: memory.recall(("said", each.report), each, partial(_said, each)) for each in read_ones}
    verdicts = standing(judgements)
    named = tuple((each.report, each.mentions, said[each.report][1]) for each in read_ones)
    found, cast, heard = memory.recall(
        "names",
        (reports, named, verdicts, disputed),
        lambda: _known(reports, named, verdicts, disputed=disputed, memory=memory),
    )
    everything = {name: several for name, (several, _) in said.items()}
    spoken = voices(everything, cast, heard, found, memory=memory)
    return memory.same("entities", tuple(found.values())), memory.same("voices", spoken)


def _said(findings: Findings) -> tuple[tuple[Utterance, ...], tuple[Speaker, ...]]:
    """Who speaks in a report, place by place, and who of them by name."""
    several = tuple(utterances(findings))
    return several, speakers(several)


def _known(
    reports: tuple[Report, ...],
    named: Iterable[_Named],
    verdicts: tuple[Verdict, ...],
    *,
    disputed: bool,
    memory: Memory,
) -> tuple[dict[int, Entity], Cast, dict[str, Heard]]:
    """The entity of each cluster that is one, all names, and by report those of its voices."""
    known = {report.id: report for report in reports}
    outlets = {_plain(report.publisher) for report in reports}
    given = [
        memory.recall(("mentions", report.id), (report, found, outlets), partial(_with_outlets, report, found, outlets))
        for report, found in ((known[name], Findings(name, mentions=mentions)) for name, mentions, _ in named)
    ]
    heard: dict[str, Heard] = {}
    sheets = _sheets(known, given, {name: spoken for name, _, spoken in named}, heard, memory)
    cast = bring_together(sheets, verdicts, disputed=disputed, memory=memory)
    return entities(cast, reports, verdicts, memory), cast, heard


def _with_outlets(report: Report, findings: Findings, outlets: set[str]) -> Findings:
    """The findings with every mention of an outlet of the case as an organisation, whatever its words look like."""
    return replace(
        findings,
        mentions=tuple(
            one._replace(kind="organisation") if _plain(report.text[slice(*one.span)]) in outlets else one
            for one in findings.mentions
        ),
    )


def _plain(name: str) -> str:
    return fold(name).removeprefix("the ")


def _sheets(
    known: dict[str, Report],
    findings: list[Findings],
    spoken: dict[str, tuple[Speaker, ...]],
    heard: dict[str, Heard],
    memory: Memory,
) -> Iterator[Sheet]:
    """What each report says of its names; the names of its voices go into `heard`."""
    named = [(known[each.report], each.mentions) for each in findings]
    met = memory.recall("alone", named, lambda: standing_alone((known[each.report], each) for each in findings))
    for each in findings:
        report, speak = known[each.report], spoken[each.report]
        make = partial(read, report, each, met, speak)
        sheet = memory.recall(("sheet", each.report), (report, each.mentions, met, speak), make)
        described = frozenset(key for key, node in sheet.nodes.items() if node.described)
        heard[each.report] = Heard(sheet.voices, described)
        yield sheet
