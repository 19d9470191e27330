"""The questions in dispute in a minute: of the incident that most reports tell of, one line a question.

Nobody stands here beside an accusation without a voice that makes it, and nothing that rests on unsure passages alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from sayso.dossier.differences import in_words
from sayso.dossier.questions import Dispute, Disputes
from sayso.dossier.sayings import Known, Speaker, counts, speaker_of
from sayso.dossier.words import day, letters, listing, spelled
from sayso.kit import FIRMNESS, fold, weakest
from sayso.model import Answer, Case, Figure, Given, Question, Toll

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
LINES: Final = 10
ACCOUNTS: Final = 3
HEDGES: Final = {"probable": "probably, ", "possible": "possibly, "}
"""How the firmest of those who give an answer hedges it."""
DOERS: Final = ("perpetrator", "ordered_by", "complicity")
NAMES: Final = 2
"""Voices that are named of each account; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Account:
    """One answer and who gives it."""

    words: str
    """In quotation marks where they are a report's."""
    who: str


@dataclass(frozen=True, slots=True)
class Line:
    """One question in dispute."""

    number: int
    """That of the question in the page."""
    text: str
    lead: str
    accounts: tuple[Account, ...]
    more: str
    """How many further accounts there are, in words; "" for none."""
    denial: str = ""
    """Of who did it: that no denial was read, where none of the accounts is denied; else ""."""
    rests: str = ""
    """How many reports and independent origins there are, and what everything hangs on; "" for nothing weighed."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What is in dispute about the main incident."""

    about: str
    incident: int
    lines: tuple[Line, ...]
    more: int
    """Questions in dispute that are not among the lines."""
    tolls: tuple[str, ...] = ()
    """For each fate the lowest, the highest and the latest figure and whose they are, in a sentence."""


def brief(case: Case, found: Disputes, known: Known, rests: Mapping[str, str] = NOTHING) -> Brief | None:
    """The lines for the head of the page; None where nothing is in dispute. `rests`: by question, on what it rests."""
    if not found.disputed:
        return None
    main = found.disputed[0]
    asked = [one for one in case.questions if one.disputed]
    pairs = [(one, shown) for one, shown in zip(asked, found.disputed, strict=False) if shown.incident == main.incident]
    lines = tuple(replace(_line(one, shown, known), rests=rests.get(one.id, "")) for one, shown in pairs[:LINES])
    tolls = tuple(toll_in_words(one) for one in case.tolls if one.incident == asked[0].incident and _figures(one))
    return Brief(main.about, main.incident, lines, len(asked) - len(lines), tolls)


def _figures(toll: Toll) -> list[Figure]:
    """The numbers of all who suffered it that still stand, by the day of their reports."""
    kept = [one for one in toll.figures if not (one.far or one.scope or one.superseded or one.basis == "people")]
    return sorted(kept, key=lambda one: (one.published == "", one.published))


def toll_in_words(toll: Toll) -> str:
    """In words: "Killed: four (the ministry) to 23 (the coroner). The latest: 23 (the coroner), of 17 April 2031."."""
    figures = _figures(toll)
    low, high = min(figures, key=_least), max(figures, key=_top)
    last = [one for one in figures if one.published][-1:]
    span = _told(low) if low == high else f"{_told(low)} to {_told(high)}"
    latest = f" The latest: {_told(last[0])}, of {day(last[0].published[:10])}." if last and low != high else ""
    return f"{toll.fate.capitalize()}: {span}.{latest}"


def _told(one: Figure) -> str:
    return f"“{one.words}” ({one.speaker})"


def _least(one: Figure) -> float:
    """What "as many as 40" gives is 40: it says nothing of how few."""
    return one.low or one.high or 0.0


def _top(one: Figure) -> float:
    return one.low if one.high is None else one.high


def _line(one: Question, shown: Dispute, known: Known) -> Line:
    given_first = sorted(one.answers, key=lambda answer: not any(each.is_for for each in answer.given))
    sure = [(answer, account) for answer in given_first if not answer.unsure for account in _account(answer, known)]
    accounts = tuple(Account(in_words(answer), who) for answer, who in _rivals_first(sure)[:ACCOUNTS])
    more = len(one.answers) - len(accounts)
    is_denied = any(not each.is_for for answer in one.answers for each in answer.given)
    denial = "" if one.slot not in DOERS or is_denied else "No denial was read."
    return Line(shown.number, shown.text, shown.lead, accounts, f"{letters(more)} more below" if more else "", denial)


def _rivals_first(sure: Sequence[tuple[Answer, str]]) -> list[tuple[Answer, str]]:
    """One of each kind of account before a second of one kind: "the regime" and "Orvasse's regime" are no rivals."""
    kinds = [fold(answer.words).rsplit(" ", 1)[-1] for answer, _ in sure]
    return [one for _, one in sorted(enumerate(sure), key=lambda each: kinds[each[0]] in kinds[: each[0]])]


def _account(answer: Answer, known: Known) -> Iterator[str]:
    """Who gives it and who denies it, in words; nothing where all of that is unsure."""
    given = [one for one in answer.given if _is_sure(one, known)]
    says = _names((one for one in given if one.is_for), known)
    denies = _names((one for one in given if not one.is_for), known)
    if says or denies:
        firm = (weakest(known.claims[one.claim].chain) for one in given if one.is_for)
        hedge = HEDGES.get(min(firm, key=FIRMNESS.index, default="certain"), "")
        yield "; ".join(
            one for one in (says and f"{hedge}according to {says}", denies and f"denied by {denies}") if one
        )


def _is_sure(one: Given, known: Known) -> bool:
    claim = known.claims.get(one.claim)
    entry = known.index.entries.get(claim.attribution or "") if claim else None
    return counts(one.claim, known) and not (entry and known.index.is_unsure(entry))


def _names(given: Iterable[Given], known: Known) -> str:
    """The voices, the first by name; "" for none."""
    speakers: dict[str, Speaker] = {}
    for one in given:
        speaker = speaker_of(known.claims[one.claim], known)
        speakers.setdefault(speaker.key, speaker)
    alike = Counter(map(called, sorted(speakers.values(), key=lambda one: (one.own, not one.name))))
    names = [name if times == 1 else f"{letters(times)} called “{name}”" for name, times in alike.items()]
    rest = sum(list(alike.values())[NAMES:])
    if rest > 1:
        names = [*names[:NAMES], spelled(rest, "other")]
    return listing(names, len(names))


def called(speaker: Speaker) -> str:
    """A voice in running text."""
    if not speaker.name:
        return "a speaker not given"
    return f"{speaker.name} in the reporter’s own voice" if speaker.own else speaker.name
