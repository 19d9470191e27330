"""What is said of the main incident, in a minute: one line a question, of the incident that most reports tell of.

Answers that do not exclude each other ("the regime", "the ruler's army") stand as one account. Nobody stands here
beside an accusation without a voice that makes it. Where sure accounts are few, those of unsure passages stand behind
them, marked; what the program is unsure to be an answer stands nowhere here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.dossier.differences import in_words
from sayso.dossier.origins import bounds_of
from sayso.dossier.questions import Dispute, Disputes, accounts_in_words
from sayso.dossier.sayings import Known, Speaker, counts, speaker_of
from sayso.dossier.words import day, days, letters, listing, spelled, upper_first
from sayso.kit import FIRMNESS, weakest
from sayso.model import Answer, Case, Figure, Given, Lineage, Question, Toll

LINES: Final = 10
ACCOUNTS: Final = 3
ALSO: Final = 2
"""Further wordings of an account that are shown."""
MANY: Final = 8
"""Reports of a case from which on what one of them alone answers is named without its answer: half of that is misread,
as judged by hand."""
HEDGES: Final = {"probable": "probably, ", "possible": "possibly, "}
"""How the firmest of those who give an answer hedges it."""
COUNTS: Final = ("killed", "injured", "missing", "detained")
DOERS: Final = ("perpetrator", "ordered_by", "complicity")
Akin = Mapping[frozenset[str], str]
"""Ids of two answers that can both hold, with that of the broader one, "" for none."""
NAMES: Final = 2
"""Voices that are named of each account; the rest are counted."""
CLOSE: Final = 3
"""Origins between the fewest and the most up to which both are told."""
_VAGUE: Final = re.compile(
    r"(?i:[a-z]+ ){0,3}(?i:hundreds|thousands|dozens|scores|tens|many|several|no)(?: of .*)?", re.DOTALL
)
_WHO: Final = re.compile(r",? (?:who|whom|which|that)\b.*", re.DOTALL)
"""Behind the name of a voice what its sentence tells of it: "two officers whom it did not name"."""


@dataclass(frozen=True, slots=True)
class Account:
    """One answer, with those that it does not exclude, and who gives it."""

    words: str
    """In quotation marks where they are a report's."""
    who: str
    also: tuple[tuple[str, str], ...] = ()
    """How others put it, and who."""
    is_given: bool = True
    """Whether somebody says so; else it is only denied."""
    is_denied: bool = False
    unsure: bool = False
    """Whether the program is unsure in all of these passages who says so."""
    reports: int = 0
    """How many give it."""
    heard: int = 0
    """How many give or deny it."""
    own: bool = False
    """Whether reporters alone give it, in their own voice."""


@dataclass(frozen=True, slots=True)
class Line:
    """One question."""

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
    """How many reports and independent origins these accounts have, and on whom all hangs; "" for none known."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many suffered one fate."""

    number: int
    """That of the question in the page, 0 for none."""
    words: str
    """The lowest, the highest and the latest figure and whose they are, in a sentence."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What is said of the main incident."""

    about: str
    incident: int
    lines: tuple[Line, ...]
    """Questions in dispute."""
    more: int
    """Questions in dispute that are not among the lines."""
    tolls: tuple[Count, ...] = ()
    told: tuple[Line, ...] = ()
    """Questions to which one account alone is given, and nobody denies it."""
    faint: tuple[tuple[int, str], ...] = ()
    """Number and words of the questions that unsure passages alone answer, or of many reports one."""


def brief(case: Case, found: Disputes, known: Known) -> Brief | None:
    """The lines for the head of the page; None where no question is."""
    shown = {one.id: one for one in (*found.disputed, *found.others)}
    asked = [one for one in case.questions if one.id in shown]
    if not asked:
        return None
    main = next((one for one in asked if one.disputed), asked[0])
    of_main = [one for one in asked if one.incident == main.incident]
    tolls = {one.fate: one for one in case.tolls if one.incident == main.incident and _figures(one)}
    counted = {one.slot: shown[one.id].number for one in of_main if one.slot in COUNTS}
    lineages = {one.question: one for one in case.lineages}
    many = len(case.reports) >= MANY
    lines = [
        _line(one, shown[one.id], known, lineages.get(one.id), many=many) for one in of_main if one.slot not in tolls
    ]
    told = [one for one in lines if one.accounts and (_is_firm(one) or not many)]
    disputed = [one for one in told if _is_rival(one)]
    elsewhere = sum(one.disputed and one.incident != main.incident for one in case.questions)
    return Brief(
        shown[main.id].about,
        shown[main.id].incident,
        tuple(disputed[:LINES]),
        len(disputed[LINES:]) + elsewhere,
        tuple(Count(counted.get(fate, 0), toll_in_words(one, known)) for fate, one in tolls.items()),
        tuple([one for one in told if not _is_rival(one)][: max(0, LINES - len(disputed))]),
        tuple((one.number, one.text) for one in lines if one not in told),
    )


def _is_firm(line: Line) -> bool:
    """Whether two reports give one of its accounts or deny it."""
    return any(one.heard > 1 for one in line.accounts)


def _is_rival(line: Line) -> bool:
    """Whether two accounts or a denial stand here."""
    return len(line.accounts) > 1 or any(one.is_denied for one in line.accounts)


def _figures(toll: Toll) -> list[Figure]:
    """The numbers of all who suffered it that still stand, by the day of their reports."""
    kept = [one for one in toll.figures if not (one.far or one.scope or one.superseded or one.basis == "people")]
    return sorted(kept, key=lambda one: (one.published == "", one.published))


def toll_in_words(toll: Toll, known: Known) -> str:
    """In words: "Killed: four (the ministry) to 23 (the coroner). The latest: 23 (the coroner), of 17 April 2031.".

    What reporters recall in their own voice counts where nobody else gives a figure, and "hundreds" where nobody gives
    a number. Where the program is unsure who gives a figure, it says so.
    """
    figures = _figures(toll)
    others = [one for one in figures if not _is_own(one, known)] or figures
    figures = [one for one in others if not _VAGUE.fullmatch(one.words)] or others
    low, high = min(figures, key=_least), max(figures, key=_top)
    last = [one for one in figures if one.published][-1:]
    span = _told(low, known) if low == high else f"{_told(low, known)} to {_told(high, known)}"
    latest = f" The latest: {_told(last[0], known)}, of {day(last[0].published[:10])}." if last and low != high else ""
    return f"{toll.fate.capitalize()}: {span}.{latest}"


def _is_own(one: Figure, known: Known) -> bool:
    return not any(known.claims[each.claim].attribution for each in one.given)


def _is_unsure(one: Figure, known: Known) -> bool:
    return bool(one.given) and not any(_is_sure(each, known) for each in one.given)


def _told(one: Figure, known: Known) -> str:
    return f"“{one.words}” ({_plain(one.speaker)}{', unsure' if _is_unsure(one, known) else ''})"


def _least(one: Figure) -> float:
    """What "as many as 40" gives is 40: it says nothing of how few."""
    return one.low or one.high or 0.0


def _top(one: Figure) -> float:
    return one.low if one.high is None else one.high


def _line(one: Question, shown: Dispute, known: Known, lineage: Lineage | None, *, many: bool) -> Line:
    """Sure accounts first; where they are few, those that the program is unsure who gives, marked so.

    Of many reports, what one reporter alone says in their own voice stands below.
    """
    likely = [answer for answer in one.answers if not answer.unsure and not answer.scope and _counting(answer, known)]
    given_first = sorted(likely, key=lambda answer: not any(each.is_for for each in answer.given))
    sure = [answer for answer in given_first if any(_is_sure(each, known) for each in answer.given)]
    akin = {frozenset((each.one, each.other)): each.broader for each in one.differences if each.kind != "conflict"}
    sides = _sides(sure, akin)
    rest = (answer for answer in given_first if answer not in sure)
    beside = [answer for answer in rest if not any(_joins(answer, each, akin) for each in sides)]
    told = [*sides, *_sides(beside, akin)][: max(ACCOUNTS, len(sides))]
    every = sorted((_account(side, known) for side in told), key=_rank)
    found = [one for one in every if not (many and one.own and one.reports == 1)]
    given = [each for side in told for answer in side for each in _counting(answer, known)]
    is_denied = any(not each.is_for for answer in one.answers for each in answer.given)
    return Line(
        shown.number,
        shown.text,
        _lead(found),
        tuple(found[:ACCOUNTS]),
        _more(len(every) - len(found[:ACCOUNTS]), len(one.answers) - sum(map(len, told))),
        "" if one.slot not in DOERS or is_denied else "No denial was read.",
        _rests(given, lineage, len(told)) if lineage else "",
    )


def _rank(one: Account) -> tuple[bool, bool, int]:
    """Accounts that somebody gives first, and of those the ones of most reports."""
    return one.unsure, not one.is_given, -one.reports


def _rests(given: Sequence[Given], lineage: Lineage, accounts: int) -> str:
    """How many reports and independent origins there are, in words, and on whom all of it hangs."""
    sides = " on all sides" if accounts > 1 else ""
    claims = {one.claim for one in given}
    heard = {one.origin for one in lineage.testimonies if any(each.claim in claims for each in one.given)}
    if not heard:
        return ""
    low, high = bounds_of(heard, lineage), len(heard)
    told = f"{upper_first(spelled(len({one.report for one in given}), 'report'))}, "
    if high - low >= CLOSE:
        return f"{told}at least {spelled(low, 'independent origin')}{sides}."
    several = (
        f"{letters(low)} to {spelled(high, 'independent origin')}" if low < high else spelled(low, "independent origin")
    )
    (only, *_) = (one.name for one in lineage.origins if one.id in heard)
    return f"{told}{several}{sides}.{f' Everything hangs on {_plain(only)}.' if high == 1 else ''}"


def _counting(answer: Answer, known: Known) -> list[Given]:
    """Who gives or denies it, those aside whose reading a person has rejected."""
    return [one for one in answer.given if counts(one.claim, known)]


def _lead(found: Sequence[Account]) -> str:
    """How many accounts there are, in words."""
    given = [one for one in found if one.is_given]
    said = accounts_in_words(len(given), sum(one.is_denied for one in given))
    only = len(found) - len(given)
    return f"{said}; {spelled(only, 'denial')} besides" if given and only else said


def _more(sure: int, unsure: int) -> str:
    """How many accounts are not shown, in words."""
    if sure and unsure:
        return f"{letters(sure)} more below, and {letters(unsure)} unsure"
    return f"{letters(sure or unsure)} more below{'' if sure else ', unsure'}" if sure or unsure else ""


def _sides(answers: Iterable[Answer], akin: Akin) -> list[list[Answer]]:
    """Answers that do not exclude the first of their side, and may so be one account. A denied one alone is one.

    So is one that is broader than others of one side alone: "the regime" beside "the Varnian regime".
    """
    sides: list[list[Answer]] = []
    for answer in answers:
        own = next((side for side in sides if _joins(answer, side, akin)), None) or _narrowed(answer, sides, akin)
        if own is None:
            sides.append([answer])
        else:
            own.append(answer)
    return sides


def _narrowed(answer: Answer, sides: Sequence[list[Answer]], akin: Akin) -> list[Answer] | None:
    """The one side with an answer that implies this one."""
    found = [side for side in sides if any(akin.get(frozenset((each.id, answer.id))) == answer.id for each in side)]
    return found[0] if len(found) == 1 else None


def _joins(answer: Answer, side: Sequence[Answer], akin: Akin) -> bool:
    return frozenset((side[0].id, answer.id)) in akin


def _account(side: Sequence[Answer], known: Known) -> Account:
    """Who gives it and who denies it, in words."""
    sure = {answer.id: [one for one in _counting(answer, known) if _is_sure(one, known)] for answer in side}
    given = sure if any(sure.values()) else {answer.id: _counting(answer, known) for answer in side}
    first, *others = [answer for answer in side if given[answer.id]]
    also = tuple((_worded(answer), _who(given[answer.id], known)) for answer in others[:ALSO])
    told = [one for some in given.values() for one in some]
    return Account(
        _worded(first),
        _who(given[first.id], known),
        also,
        any(one.is_for for one in told),
        not all(one.is_for for one in told),
        given is not sure,
        len({one.report for one in told if one.is_for}),
        len({one.report for one in told}),
        not any(known.claims[one.claim].attribution for one in told if one.is_for),
    )


def _worded(answer: Answer) -> str:
    """Days as what they are, for each report puts them in its own way; all else as it is put."""
    return days(answer.earliest, answer.latest) if answer.earliest and answer.latest else in_words(answer)


def _who(given: Sequence[Given], known: Known) -> str:
    says = _names((one for one in given if one.is_for), known)
    denies = _names((one for one in given if not one.is_for), known)
    firm = (weakest(known.claims[one.claim].chain) for one in given if one.is_for)
    hedge = HEDGES.get(min(firm, key=FIRMNESS.index, default="certain"), "")
    if not says:
        return f"denied by {denies}; who says so was not read"
    return "; ".join(filter(None, (f"{hedge}according to {says}", denies and f"denied by {denies}")))


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
    return f"{speaker.name}, in its own voice" if speaker.own else _plain(speaker.name)


def _plain(name: str) -> str:
    """A voice without what its sentence tells of it."""
    return _WHO.sub("", name) or name
