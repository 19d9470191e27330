"""The questions in dispute: rival answers side by side, who says so, how they differ, what is offered for and against.

No answer is said to be so, and none stands without its voices. Voices and reports are counted; `weighed` weighs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sayso.dossier.differences import Way, ways
from sayso.dossier.index import Place
from sayso.dossier.sayings import Known, Saying, Speaker, counts, gathered, of_claim, speaker_of
from sayso.dossier.words import bounds, days, letters, spelled, upper_first
from sayso.model import PUBLISHER_NOT_RECORDED, Answer, Case, Given, Headline, Question, Reason, Turn

MOST_DISPUTED: Final = 150
"""Questions that are shown; the rest are counted."""
MOST_OTHERS: Final = 150
MOST_ANSWERS: Final = 12
"""Answers of one question that are shown; the rest are counted."""
MOST_CHAINS: Final = 12
"""Chains of one answer that are shown; the rest are counted. So many reasons, turns and headlines too."""

UNSURE: Final = "unsure: read before use"
"""Of accounts all of which are."""

HEADS: Final = {
    "firmer": "The headline is firmer than the report.",
    "weaker": "The headline is weaker than the report.",
    "other": "The headline gives another answer than the report.",
}


@dataclass(frozen=True, slots=True)
class Chains:
    """Who says something, through whom; those beyond the bound are counted."""

    shown: tuple[Saying, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What a voice offers for or against an answer, and who rebuts it."""

    is_for: bool
    by: Saying
    rebutted: tuple[Saying, ...]


@dataclass(frozen=True, slots=True)
class Rival:
    """One answer."""

    words: str
    quoted: bool
    """Whether these are words of a report; else the name of an entity."""
    member: int
    """Number in the cast, 0 for none."""
    means: str
    """What the program takes the words for: a number, days; "" where they say it."""
    unsure: bool
    who: str
    """How many voices in how many reports give it and deny it, in words."""
    read: str
    """How much of it a person has checked, in words."""
    given: Chains
    against: Chains
    grounds: tuple[Ground, ...]


@dataclass(frozen=True, slots=True)
class TwoThings:
    """One voice that says two things."""

    voice: str
    update: bool
    """Whether it gave a higher count later, which is no conflict."""
    before: Saying
    after: Saying


@dataclass(frozen=True, slots=True)
class Over:
    """A headline and the report under it."""

    report: int
    publisher: str
    said: str
    head: Saying
    body: Saying


@dataclass(frozen=True, slots=True)
class Dispute:
    """One question as the page shows it."""

    id: str
    """Of the case's question."""
    number: int
    text: str
    incident: int
    """Its number, 0 for none."""
    about: str
    """What the incident is called."""
    disputed: bool
    lead: str
    """How many accounts there are, in words."""
    rivals: tuple[Rival, ...]
    more: int
    """Answers that are not shown."""
    ways: tuple[Way, ...]
    turns: tuple[TwoThings, ...]
    heads: tuple[Over, ...]


@dataclass(frozen=True, slots=True)
class Disputes:
    """All questions of a case, those in dispute first."""

    disputed: tuple[Dispute, ...]
    others: tuple[Dispute, ...]
    more: int
    """Questions that are not shown."""


def disputes(case: Case, known: Known, others: int = MOST_OTHERS) -> Disputes:
    """The questions in the case's order. `others`: how many of those are shown that are not in dispute."""
    copies = copied(case)
    some = [one for one in case.questions if one.disputed][:MOST_DISPUTED]
    rest = [one for one in case.questions if not one.disputed][:others]
    made = [_dispute(one, n, known, copies) for n, one in enumerate([*some, *rest], 1)]
    return Disputes(tuple(made[: len(some)]), tuple(made[len(some) :]), len(case.questions) - len(made))


def copied(case: Case) -> dict[str, set[str]]:
    """The reports whose passages stand in a report, by its id."""
    copies: defaultdict[str, set[str]] = defaultdict(set)
    for echo in case.echoes:
        if echo.kind != "passage":
            continue
        copies[echo.copy].add(echo.original)
    return copies


def places(found: Disputes) -> Iterator[Place]:
    """All sentences that the questions lead to."""
    for one in (*found.disputed, *found.others):
        for saying in _sayings(one):
            yield from saying.places


def _sayings(one: Dispute) -> Iterator[Saying]:
    for rival in one.rivals:
        yield from (*rival.given.shown, *rival.against.shown)
        for ground in rival.grounds:
            yield from (ground.by, *ground.rebutted)
    for turn in one.turns:
        yield from (turn.before, turn.after)
    for over in one.heads:
        yield from (over.head, over.body)


def _dispute(one: Question, number: int, known: Known, copies: dict[str, set[str]]) -> Dispute:
    text, _, about = one.text.partition(" (")
    shown = one.answers[:MOST_ANSWERS]
    reasons: defaultdict[str, list[Reason]] = defaultdict(list)
    for reason in one.reasons:
        reasons[reason.answer].append(reason)
    return Dispute(
        id=one.id,
        number=number,
        text=text,
        incident=known.incidents.get(one.incident, (0, ""))[0],
        about=about.removesuffix(")"),
        disputed=one.disputed,
        lead=lead(one),
        rivals=tuple(_rival(answer, reasons[answer.id], known, copies) for answer in shown),
        more=len(one.answers) - len(shown),
        ways=ways(one),
        turns=tuple(found for turn in one.turns[:MOST_CHAINS] for found in _turn(turn, known)),
        heads=tuple(found for head in one.headlines[:MOST_CHAINS] for found in _over(head, known)),
    )


def lead(one: Question) -> str:
    """How many accounts there are, in words."""
    sides = [frozenset(each.is_for for each in answer.given) for answer in one.answers]
    said = accounts_in_words(sum(True in side for side in sides), sum(len(side) > 1 for side in sides))
    return f"{said}, {UNSURE}" if one.answers and all(each.unsure for each in one.answers) else said


def accounts_in_words(given: int, denied: int) -> str:
    """How many are given, and how many of these denied."""
    if not given:
        return "Denied only"
    words = spelled(given, "account")
    return upper_first(f"{words}, {letters(denied)} of them denied" if denied and given > 1 else
                       f"{words}, and it is denied" if denied else words)  # fmt: skip


def _rival(answer: Answer, reasons: Sequence[Reason], known: Known, copies: dict[str, set[str]]) -> Rival:
    some = [(one, saying) for one in answer.given if (saying := of_claim(one.claim, one.span, known))]
    return Rival(
        words=answer.words,
        quoted=answer.entity is None,
        member=known.cast.get(answer.entity or "", 0),
        means=_means(answer),
        unsure=answer.unsure,
        who=who(answer.given, known, copies),
        read=_read([saying for _, saying in some]),
        given=_chains(saying for one, saying in some if one.is_for),
        against=_chains(saying for one, saying in some if not one.is_for),
        grounds=tuple(found for reason in reasons[:MOST_CHAINS] for found in _ground(reason, known)),
    )


def _means(answer: Answer) -> str:
    """What the words are taken for, and of whom a count is."""
    of = f"of “{answer.scope}” only" if answer.scope else ""
    value = ""
    if answer.low is not None:
        value = bounds(answer.low, answer.high)
    elif answer.earliest or answer.latest:
        value = days(answer.earliest, answer.latest)
    return ", ".join(word for word in (value if value != answer.words else "", of) if word)


def _chains(sayings: Iterable[Saying]) -> Chains:
    some = gathered(sayings)
    return Chains(some[:MOST_CHAINS], max(0, len(some) - MOST_CHAINS))


def who(given: Iterable[Given], known: Known, copies: dict[str, set[str]]) -> str:
    """How many voices in how many reports, in words: "four voices in six reports; two deny it"."""
    sides: dict[bool, dict[str, Speaker]] = {True: {}, False: {}}
    reports: set[str] = set()
    for one in given:
        if counts(one.claim, known):
            speaker = speaker_of(known.claims[one.claim], known)
            sides[one.is_for].setdefault(speaker.key, speaker)
            reports |= {one.report} if one.is_for else set()
    denied = len(sides[False])
    denials = f"{letters(denied)} {'denies' if denied == 1 else 'deny'} it" if denied else ""
    if not sides[True] and not denied:
        return "All readings rejected"
    if not sides[True]:
        return upper_first(f"nobody here says so; {denials}")
    echoes = sum(bool(copies.get(report, set()) & reports) for report in reports)
    repeated = f"{letters(echoes)} of the reports {'repeats' if echoes == 1 else 'repeat'} passages of another"
    lines = (_voices(sides[True].values(), len(reports)), repeated if echoes else "", denials)
    return upper_first("; ".join(line for line in lines if line))


def _voices(speakers: Iterable[Speaker], reports: int) -> str:
    """Voices and reporters apart: what a reporter says in their own voice is no statement of anybody else."""
    owns = [speaker.own for speaker in speakers]
    voices = spelled(owns.count(False), "voice") if False in owns else ""
    own = spelled(owns.count(True), "outlet") + " in the reporter’s own voice" if True in owns else ""
    return f"{' and '.join(word for word in (voices, own) if word)}, in {spelled(reports, 'report')}"


def _read(sayings: Sequence[Saying]) -> str:
    """How much of it a person has checked."""
    checked = sum(bool(saying.verdict) for saying in sayings)
    if not checked:
        return "read by program"
    return "checked by a person" if checked == len(sayings) else "partly checked by a person, the rest read by program"


def _ground(reason: Reason, known: Known) -> Iterator[Ground]:
    by = of_claim(reason.claim, reason.span, known)
    if by:
        others = (of_claim(claim, None, known) for _, claim in reason.rebutted[:MOST_CHAINS])
        yield Ground(reason.is_for, by, tuple(one for one in others if one))


def _turn(turn: Turn, known: Known) -> Iterator[TwoThings]:
    before, after = (of_claim(one.claim, one.span, known) for one in (turn.before, turn.after))
    if before and after:
        yield TwoThings(turn.voice, turn.kind == "update", before, after)


def _over(head: Headline, known: Known) -> Iterator[Over]:
    above, below = of_claim(head.claim, None, known), of_claim(head.body, None, known)
    if above and below and head.report in known.reports:
        publisher = known.reports[head.report].publisher or PUBLISHER_NOT_RECORDED
        yield Over(known.index.reports[head.report], publisher, HEADS[head.kind], above, below)
