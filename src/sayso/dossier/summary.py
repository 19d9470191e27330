"""What a hurried reader sees first: who speaks, how little or much of it is checked, what hangs together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Final

from sayso.dossier.index import Entry, Index, cut
from sayso.dossier.voices import FEW_WORDS, Card, Group, drawn, full_chain, known_speaker, row, told
from sayso.dossier.words import count, dates, unsure
from sayso.judging import CHECKED
from sayso.kit import fold
from sayso.model import PUBLISHER_NOT_RECORDED, UNSPECIFIED, Case

MOST_HEARD: Final = 6
DEEPEST: Final = 3
UNKNOWN: Final = (UNSPECIFIED, PUBLISHER_NOT_RECORDED)
PAIR: Final = 2
"""The shortest chain: publisher and speaker. Whatever is longer came through a further voice."""


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
        figures=_figures(case, len(entries), sum(index.is_unsure(entry) for entry in entries), checked),
        checked=_checked(len(entries), checked),
        facts=tuple(_facts(case, entries, index)),
        heard=tuple(card for card in voices if card.own and card.known)[:MOST_HEARD],
        deepest=deepest(entries, index),
    )


def caveat_count(case: Case) -> int:
    """All caveats, the reports' own included."""
    return len(case.caveats) + sum(len(findings.caveats) for findings in case.findings)


def _verdict(index: Index, entry: Entry) -> str:
    judgement = index.standing.get(entry.attribution.id)
    return judgement.verdict if judgement else ""


def _figures(case: Case, passages: int, unsure: int, checked: int) -> tuple[Figure, ...]:
    publishers = len({report.publisher for report in case.reports if report.publisher})
    voices = sum(1 for voice in case.voices if voice.attributions and voice.name != UNSPECIFIED)
    caveats = caveat_count(case)
    return (
        Figure(len(case.reports), "report" if len(case.reports) == 1 else "reports"),
        Figure(publishers, "publisher" if publishers == 1 else "publishers"),
        Figure(voices, "voice" if voices == 1 else "voices"),
        Figure(passages, "attributed passage" if passages == 1 else "attributed passages"),
        Figure(unsure, "unsure: read before use"),
        Figure(checked, "checked by a person"),
        *((Figure(caveats, "caveat" if caveats == 1 else "caveats"),) if caveats else ()),
    )


def _checked(passages: int, checked: int) -> str:
    if not checked:
        return "Nobody has checked these readings yet: every passage is as read by program."
    if checked == passages:
        return "A person has checked every passage."
    return (f"A person has checked {count(checked, 'passage')}; the other {passages - checked:,} are as read by "
            "program.")  # fmt: skip


def _facts(case: Case, entries: list[Entry], index: Index) -> list[tuple[str, str]]:
    """The lines of the first look, without those that would count nothing. Each says how much of it is unsure."""
    speaking = [voice for voice in case.voices if voice.attributions and voice.name != UNSPECIFIED]
    faint = sum(all(map(index.is_unsure, index.of(voice.attributions))) for voice in speaking)
    own = sum(claim.attribution is None for findings in case.findings for claim in findings.claims)
    voices = (
        (sum(voice.named for voice in speaking), "voice", "with a name"),
        (sum(not voice.named for voice in speaking), "voice", "described only, without a name"),
        (faint, "voice", "met in unsure passages only"),
    )
    rest = (
        (own, "statement", "in the reporters’ own voice, attributed to nobody"),
        (sum(not report.publisher for report in case.reports), "report", "without a recorded publisher"),
    )
    return [
        *((f"{count(number, noun)} {words}", "") for number, noun, words in voices if number),
        *_passages(entries, index),
        *((f"{count(number, noun)} {words}", "") for number, noun, words in rest if number),
    ]


def _passages(entries: list[Entry], index: Index) -> Iterator[tuple[str, str]]:
    faint = sum(map(index.is_unsure, entries))
    if faint:
        yield f"{count(faint, 'passage')} marked unsure: read the sentence before anything rests on it", "unsure"
    for belongs, noun, words, kind in PASSAGES:
        some = [entry for entry in entries if belongs(entry)]
        if some:
            among = unsure(sum(map(index.is_unsure, some)), len(some))
            yield f"{count(len(some), noun)} {words}".strip() + among, kind


def _hedged(entry: Entry) -> bool:
    return entry.attribution.certainty in {"probable", "possible"}


def _unclear(entry: Entry) -> bool:
    return any(not link.resolved and link.voice != UNSPECIFIED for link in full_chain(entry))


PASSAGES: Final[tuple[tuple[Callable[[Entry], bool], str, str, str], ...]] = (
    (lambda e: e.attribution.stance == "alleges", "accusation", "", "alleges"),
    (lambda e: e.attribution.stance == "denies", "denial", "", "denies"),
    (_hedged, "passage", "hedged: probable or possible only", "hedged"),
    (lambda e: not e.attribution.named, "passage", "resting on a speaker without a name", "anon"),
    (lambda e: len(full_chain(e)) > PAIR, "passage", "that came through a further voice", "relayed"),
    (lambda e: not known_speaker(e), "passage", "for which the report gives no speaker", "nobody"),
    (lambda e: bool(told(e)), "passage", "told by somebody who alleges, denies or hedges it", "told"),
    (_unclear, "passage", "where the program could not tell who is meant", "unclear"),
)
"""What is counted in the first look: which passages, what to call them, and the filter that shows them."""


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
    """More than a few words, all voices known and different, relays asserting, no step unsure."""
    chain = full_chain(entry)
    names = [set(fold(link.voice).split()) for link in chain]  # "Courier" of "Ostra Courier" is no further voice
    steps = {link.via for link in chain if link.via} & index.entries.keys()
    said = [entry, *(index.entries[step] for step in steps)]
    return (
        len(cut(entry.report.text, entry.attribution.content).split()) > FEW_WORDS
        and all(link.resolved and link.voice not in UNKNOWN for link in chain)
        and not any(one <= other for one, other in permutations(names, 2))
        and all(link.stance == "asserts" for link in chain[1:-1])
        and not any(map(index.is_unsure, said))
    )
