"""What a hurried reader sees first: who speaks, how little or much of it is checked, what hangs together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import Final

from sayso.dossier.index import Entry, Index, cut
from sayso.dossier.voices import FEW_WORDS, Card, Group, drawn, full_chain, known_speaker, row, told
from sayso.dossier.words import count, dates
from sayso.kit import fold
from sayso.model import PUBLISHER_NOT_RECORDED, UNSPECIFIED, Attribution, Case

MOST_HEARD: Final = 6
DEEPEST: Final = 3
SURE: Final = 0.9
"""The lowest score of a reading that may stand at the head of the page: wrong long chains have lower ones as a rule."""
UNKNOWN: Final = (UNSPECIFIED, PUBLISHER_NOT_RECORDED)
PAIR: Final = 2
"""The shortest chain: publisher and speaker. Whatever is longer came through a further voice."""

CHECKED: Final = ("accepted", "rejected")
"""Verdicts that show that a person looked at the very passage. "retracted" takes a judgement back."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and what it counts."""

    value: int
    label: str


@dataclass(frozen=True, slots=True)
class Look:
    """The page's head."""

    span: str
    """The dates covered, in words."""
    figures: tuple[Figure, ...]
    checked: str
    facts: tuple[tuple[str, str], ...]
    """Plain sentences, each with the filter that shows what it counts ("" for none)."""
    heard: tuple[Card, ...]
    deepest: tuple[Group, ...]


def look(case: Case, index: Index, voices: list[Card]) -> Look:
    """Everything the head of the page says."""
    entries = list(index.entries.values())
    checked = sum(1 for e in entries if _verdict(index, e) in CHECKED)
    return Look(
        span=dates(report.published for report in case.reports),
        figures=_figures(case, len(entries), checked),
        checked=_checked(len(entries), checked),
        facts=tuple(_facts(case, entries)),
        heard=tuple(card for card in voices if card.own and card.known)[:MOST_HEARD],
        deepest=deepest(entries, index),
    )


def caveat_count(case: Case) -> int:
    """All caveats, the reports' own included."""
    return len(case.caveats) + sum(len(findings.caveats) for findings in case.findings)


def _verdict(index: Index, entry: Entry) -> str:
    judgement = index.standing.get(entry.attribution.id)
    return judgement.verdict if judgement else ""


def _figures(case: Case, passages: int, checked: int) -> tuple[Figure, ...]:
    publishers = len({report.publisher for report in case.reports if report.publisher})
    voices = sum(1 for voice in case.voices if voice.attributions and voice.name != UNSPECIFIED)
    caveats = caveat_count(case)
    return (
        Figure(len(case.reports), "report" if len(case.reports) == 1 else "reports"),
        Figure(publishers, "publisher" if publishers == 1 else "publishers"),
        Figure(voices, "voice" if voices == 1 else "voices"),
        Figure(passages, "attributed passage" if passages == 1 else "attributed passages"),
        Figure(checked, "checked by a person"),
        Figure(caveats, "caveat" if caveats == 1 else "caveats"),
    )


def _checked(passages: int, checked: int) -> str:
    if not checked:
        return "Nobody has checked these readings yet: every passage is as read by program."
    if checked == passages:
        return "A person has checked every passage."
    return (f"A person has checked {count(checked, 'passage')}; the other {passages - checked:,} are as read by "
            "program.")  # fmt: skip


def _facts(case: Case, entries: list[Entry]) -> list[tuple[str, str]]:
    """The lines of the first look, without those that would count nothing."""
    said = [entry.attribution for entry in entries]
    speaking = [voice for voice in case.voices if voice.attributions and voice.name != UNSPECIFIED]
    own = [claim for findings in case.findings for claim in findings.claims if claim.attribution is None]
    lines = (
        (sum(voice.named for voice in speaking), "voice", "with a name", ""),
        (sum(not voice.named for voice in speaking), "voice", "described only, without a name", ""),
        (sum(a.stance == "alleges" for a in said), "accusation", "", "alleges"),
        (sum(a.stance == "denies" for a in said), "denial", "", "denies"),
        (sum(_hedged(a) for a in said), "passage", "hedged: probable or possible only", "hedged"),
        (sum(not a.named for a in said), "passage", "resting on a speaker without a name", "anon"),
        (sum(len(full_chain(e)) > PAIR for e in entries), "passage", "that came through a further voice", "relayed"),
        (sum(not known_speaker(e) for e in entries), "passage", "for which the report gives no speaker", "nobody"),
        (sum(bool(told(e)) for e in entries), "passage", "told by somebody who alleges, denies or hedges it", "told"),
        (sum(_unclear(e) for e in entries), "passage", "where the program could not tell who is meant", "unclear"),
        (len(own), "statement", "in the reporters’ own voice, attributed to nobody", ""),
        (sum(not report.publisher for report in case.reports), "report", "without a recorded publisher", ""),
    )
    return [(f"{count(number, noun)} {rest}".strip(), kind) for number, noun, rest, kind in lines if number]


def _hedged(attribution: Attribution) -> bool:
    return attribution.certainty in {"probable", "possible"}


def _unclear(entry: Entry) -> bool:
    return any(not link.resolved and link.voice != UNSPECIFIED for link in full_chain(entry))


def deepest(entries: list[Entry], index: Index) -> tuple[Group, ...]:
    """The longest of the chains that can be relied on, one claim each, from different reports as far as there are."""
    sure = [entry for entry in entries if len(full_chain(entry)) > PAIR and _sure(entry, index)]
    sure.sort(key=lambda entry: (-len(full_chain(entry)), entry.number))
    reports: set[str] = set()
    chains: set[tuple[object, ...]] = set()
    first: list[Entry] = []
    later: list[Entry] = []
    for entry in sure:
        if drawn(entry) in chains:
            continue
        chains.add(drawn(entry))
        (later if entry.report.id in reports else first).append(entry)
        reports.add(entry.report.id)
    return tuple(Group(drawn(entry), (row(entry, index),)) for entry in [*first, *later][:DEEPEST])


def _sure(entry: Entry, index: Index) -> bool:
    """More than a few words, all voices known and different, relays asserting, all steps read with confidence."""
    chain = full_chain(entry)
    names = [set(fold(link.voice).split()) for link in chain]  # "Courier" of "Ostra Courier" is no further voice
    steps = {link.via for link in chain if link.via} & index.entries.keys()
    said = [entry.attribution, *(index.entries[step].attribution for step in steps)]
    return (
        len(cut(entry.report.text, entry.attribution.content).split()) > FEW_WORDS
        and all(link.resolved and link.voice not in UNKNOWN for link in chain)
        and not any(one <= other for one, other in permutations(names, 2))
        and all(link.stance == "asserts" for link in chain[1:-1])
        and all(attribution.score >= SURE for attribution in said)
    )
