"""The records of a whole case: what only all its reports together show, and what people decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from sayso.model.judgement import Judgement
from sayso.model.report import Caveat, File, Findings, Report, Span, Where
from sayso.model.terms import (
    UNSURE_ANSWER,
    Asked,
    DifferenceKind,
    Fate,
    FigureBasis,
    FillerRole,
    Kind,
    MentionKind,
    MomentKind,
)

if TYPE_CHECKING:
    from sayso.model.lineage import Lineage


@dataclass(frozen=True, slots=True)
class Joining:
    """Why two spellings of a case stand for one entity, or why they may: a judgement of the program or of a person."""

    one: str
    other: str
    reason: str
    """In plain words: "the report gives the short form", "spellings of one name in Latin letters" …"""
    score: float
    """0 to 1; 1 where the text itself or a person says so."""
    taken: bool
    """Whether the two were joined. A joining that was not taken is shown as open to a person."""
    disputed: bool
    """Whether something speaks against it, so that results are worth seeing with and without it."""
    by: str = ""
    """Who decided, "" for the program."""


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that the reports speak of, under all its spellings."""

    id: str
    name: str
    """The fullest spelling met."""
    kind: MentionKind
    spellings: tuple[str, ...]
    """As written, the commonest first."""
    mentions: tuple[Where, ...]
    """In the order of the case's reports, then of their texts."""
    joinings: tuple[Joining, ...] = ()
    """Why these spellings are taken for one, and which others may belong to it."""


@dataclass(frozen=True, slots=True)
class Incident:
    """What several claims speak of: one attack, one crash, one disappearance."""

    id: str
    kind: str
    """The kind of most of its events."""
    name: str
    """A few words to call it by, made of kind, place and day: "shooting, Ostra, 3 May 2031"."""
    events: tuple[tuple[str, str], ...]
    """(report, event) ids, in the order of the case."""
    claims: tuple[str, ...]
    """Ids of the claims that speak of it."""
    earliest: str
    """First day it can have happened on, ISO 8601; "" where unsaid, as `latest`."""
    latest: str
    places: tuple[str, ...] = ()
    """Ids of entities, the most often named first."""
    fillers: tuple[tuple[FillerRole, str, tuple[Where, ...]], ...] = ()
    """Role, the fullest words (an entity's name where there is one), and where they stand. Who is named as perpetrator
    is named so by somebody: its claims say by whom."""
    reasons: tuple[str, ...] = ()
    """Why its events are taken for one incident, in plain words."""


class Given(NamedTuple):
    """One claim that gives an answer, or says that it is not the answer."""

    report: str
    claim: str
    is_for: bool
    span: Span | None
    """The words that give it, None where the claim gives none of its own."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One of the rival answers to a question, with who gives it. Never said to be so."""

    id: str
    words: str
    """An entity's name, or the words of the first report that gives it."""
    given: tuple[Given, ...]
    """In the order of the case."""
    entity: str | None = None
    """Id of the entity that it names."""
    low: float | None = None
    """Of a count, as `high`: None where it has no such bound or is no count."""
    high: float | None = None
    earliest: str = ""
    """Of a day, as `latest`: ISO 8601, "" where unsaid or no day."""
    latest: str = ""
    scope: str = ""
    """Of a count of some people only: "civilians", "child" …"""
    probability: float = 1.0
    """How likely one of its claims at least is read right, words and all."""

    @property
    def unsure(self) -> bool:
        """Whether no claim is likely enough read right for the answer to be taken without a look at its words."""
        return self.probability < UNSURE_ANSWER


@dataclass(frozen=True, slots=True)
class Difference:
    """How two answers to one question differ. Of all kinds only "conflict" is a conflict."""

    one: str
    other: str
    """Ids of answers."""
    kind: DifferenceKind
    reason: str
    """In plain words."""
    broader: str = ""
    """Id of the one of the two that the other implies: "at least 10" of it and "11". "" where neither does."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A statement that a voice offers for or against an answer, and who rebuts it."""

    answer: str
    """Id of the answer."""
    is_for: bool
    by: str
    """The voice that offers it, as its report names it."""
    report: str
    claim: str
    """Id of the claim that states it, or of the one that holds it in a clause."""
    span: Span
    """Its words."""
    rebutted: tuple[tuple[str, str], ...] = ()
    """(report, claim) ids of what others say against it."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One voice that gives two answers, or an answer and later its opposite."""

    voice: str
    """The voice as its first report names it."""
    before: Given
    after: Given
    kind: Literal["conflict", "update"]
    """"update" where a later count is higher than its own earlier one."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline that says more, less or other than its report."""

    report: str
    claim: str
    """The headline's claim."""
    body: str
    """The claim in the report that it is held against."""
    kind: Literal["firmer", "weaker", "other"]
    """"firmer": the body hedges and the headline does not; "weaker" the other way round; "other": another answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is in dispute about an incident, or may be."""

    id: str
    slot: Asked
    incident: str
    """Id of the incident that it is about."""
    text: str
    """"Who did it? (fire, Ostra, 3 May 2031)"."""
    answers: tuple[Answer, ...]
    """Those that most reports give first."""
    differences: tuple[Difference, ...] = ()
    reasons: tuple[Reason, ...] = ()
    """In the order of the case, as `headlines`."""
    turns: tuple[Turn, ...] = ()
    """By voice, then in the order of the case."""
    headlines: tuple[Headline, ...] = ()

    @property
    def disputed(self) -> bool:
        """Whether two answers conflict, or one is given and rejected. Unsure answers dispute nothing."""
        sides = {one.id: frozenset(each.is_for for each in one.given) for one in self.answers if not one.unsure}
        conflicts = ({one.one, one.other} for one in self.differences if one.kind == "conflict")
        return any(pair <= sides.keys() for pair in conflicts) or any(len(side) > 1 for side in sides.values())


class Told(NamedTuple):
    """One claim that tells of a moment, and when it was said."""

    report: str
    claim: str
    span: Span
    """The words for what happened, or was said: a stretch of the report."""
    said_first: str
    """First day it can have been said on, ISO 8601, as `said_last`: as the report tells ("said on Friday"), else the
    day of its publication; "" where neither is known."""
    said_last: str
    clock: str = ""
    """The time of day in the words of the report ("shortly before midnight"), "" where it gives none."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the timeline: what happened or was said on some day, as somebody's word. Never said to be so."""

    id: str
    kind: MomentKind
    words: str
    """Those of one report, of the first claim that `told` names."""
    earliest: str
    """First day it can have happened on, ISO 8601; "" where unsaid, as `latest`. Of a statement the day it was made."""
    latest: str
    told: tuple[Told, ...]
    """First the one with these words, then in the order of the case."""
    incident: str | None = None
    """Id of the incident that it is part of, or that its claims speak of."""


@dataclass(frozen=True, slots=True)
class Figure:
    """How many suffered one fate, as one origin last gives it in one report. Never said to be so."""

    id: str
    origin: str
    """Who it rests on: id of the voice that gives it, else of the first of the reports that say it word for word."""
    speaker: str
    """The same in words: the voice as the report names it, or the publisher."""
    low: float
    high: float | None
    """None where the words set no upper bound: "at least 40", or people told of singly."""
    words: str
    """As the report has them; of people told of singly the first."""
    basis: FigureBasis
    given: tuple[Given, ...]
    """The claims that give it, in the order of the text."""
    published: str = ""
    """When its report was published, "" where not recorded."""
    scope: str = ""
    """Of a count of some people only: "civilians", "child" …"""
    superseded: bool = False
    """Whether the same origin gave another figure later."""
    far: bool = False
    """Whether it is so far from the best that it may count something else: it counts in no total."""


@dataclass(frozen=True, slots=True)
class Toll:
    """How many suffered one fate in one incident, as the reports together tell it: from independent origins alone."""

    id: str
    incident: str
    """Id of the incident."""
    fate: Fate
    low: float
    """The lowest of the origins' last figures."""
    best: float
    """What most origins can agree on, of equals the lowest."""
    high: float
    """The highest of the origins' last figures."""
    minimum: float
    """The most conservative figure, vague words read as ACLED reads them: 12 for "dozens"."""
    origins: int
    """Independent origins that give a figure of all."""
    figures: tuple[Figure, ...]
    """In the order of the case; those of some people only, and those superseded, too."""
    open: bool = False
    """Whether somebody says "at least" or "more than" the highest figure."""
    attackers: int = 0
    """How many of the dead are told to have taken their own life in it. They are counted in the figures."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, resolved over all reports of a case."""

    id: str
    name: str
    """The fullest spelling met."""
    kind: Kind
    named: bool
    spellings: tuple[str, ...]
    attributions: tuple[str, ...]
    """Ids of those in which this voice is the last of the chain."""
    relays: tuple[str, ...]
    """Ids of those in which it passes on another's words."""
    reports: tuple[str, ...]
    """Ids of the reports it is met in."""
    entity: str | None = None
    """Id of the entity that speaks; None for nobody in particular ("two officials")."""


@dataclass(frozen=True, slots=True)
class Joined:
    """What only all reports of a case together show."""

    entities: tuple[Entity, ...]
    """By how many reports name them, then name."""
    voices: tuple[Voice, ...]
    """By how often they speak, then name."""
    incidents: tuple[Incident, ...]
    """By how many reports speak of them, then first day."""
    questions: tuple[Question, ...]
    """By incident, in its order, then slot."""
    moments: tuple[Moment, ...] = ()
    """By day, those of no day last."""


EchoKind = Literal["relay", "credit", "quotation", "passage"]
"""What shows that words come from another report: it says so, it carries the other's dateline or byline, it quotes
the same words, it holds the same passage, edited or not."""


@dataclass(frozen=True, slots=True)
class Echo:
    """One report has words from another. Direction by what the text says, else by publication date.

    One for each copy, original and kind.
    """

    copy: str
    original: str
    passages: tuple[tuple[Span, Span], ...]
    """Pairs of spans, in the copy and in the original: of a passage or a quotation what is the same on both sides; of a
    relay or credit the words that say so, and what they most likely speak of."""
    score: float
    """Share of the copy's words that stand in the original, 0 to 1. Of a relay or credit the share of its words that
    say so."""
    kind: EchoKind = "passage"
    reason: str = ""
    """In plain words what shows it."""


@dataclass(frozen=True, slots=True)
class Version:
    """Two reports from the same address, one after the other, and what changed between them."""

    earlier: str
    later: str
    removed: tuple[Span, ...]
    """Stretches of the earlier text that are not in the later one."""
    added: tuple[Span, ...]
    """Stretches of the later text that are not in the earlier one."""
    dated: bool = True
    """Whether times of capture or publication say which came first; if not, the order means nothing."""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that is known, in one fixed order: the faces and the dossier are drawn from this alone."""

    reports: tuple[Report, ...]
    """By publication date (unrecorded last), then publisher, then id."""
    findings: tuple[Findings, ...]
    """One for each report, in the same order."""
    voices: tuple[Voice, ...] = ()
    """By how often they speak, then name."""
    echoes: tuple[Echo, ...] = ()
    versions: tuple[Version, ...] = ()
    """By address, oldest first."""
    judgements: tuple[Judgement, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    """Of files that gave no report, and of the whole case. A report's own stand in its findings."""
    files: tuple[File, ...] = ()
    reader: str = ""
    """Name and version of the model that read the reports."""
    entities: tuple[Entity, ...] = ()
    """By how many reports name them, then name."""
    incidents: tuple[Incident, ...] = ()
    """By how many reports speak of them, then first day."""
    questions: tuple[Question, ...] = ()
    """By incident, then slot."""
    moments: tuple[Moment, ...] = ()
    """The timeline: by day, those of no day last."""
    tolls: tuple[Toll, ...] = ()
    """By incident, then fate."""
    lineages: tuple[Lineage, ...] = ()
    """One for each question, in the same order."""
    before: tuple[Findings, ...] = ()
    """As the program alone has them: of the reports whose `findings` judgements changed, in their order."""
